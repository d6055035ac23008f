"""The tables of stations and units of a plan, as they are edited."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from drillsim.app import plan_table
from drillsim.app.state import Session
from drillsim.app.unfinished import called, taken
from drillsim.forces.forces import FORCES
from drillsim.language import vocabulary, word
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.plan_inheritance import merged_spec
from drillsim.scenario.scenario import Scenario

ROWS: Final = {"stations": plan_table.station_rows, "units": plan_table.unit_rows}
"""Initial rows of the tables."""
KEPT: Final = ("table_key", "table_lang", "table_base", "table_written", *ROWS)
"""What is kept of the tables of a plan while another is shown."""


def _put_away() -> dict[Any, dict[str, Any]]:
    """Keep the tables of the plan edited so far, for when the user comes back to it.

    Returns
    -------
    dict
        Tables of each plan that was edited, by scenario and plan.
    """
    away: dict[Any, dict[str, Any]] = st.session_state.setdefault("put_away", {})
    if "table_key" in st.session_state:
        kept = {name: st.session_state[name] for name in KEPT}
        away[kept["table_key"][:2]] = kept
    return away


def _are_edited(kept: dict[str, Any]) -> bool:
    """Return whether the rows of tables differ from the plan that they began with."""
    return bool(kept) and any(
        kept[name] != rows_of(kept["table_base"], kept["table_lang"]) for name, rows_of in ROWS.items()
    )


def with_lost_plans(scenario: Scenario) -> tuple[Scenario, frozenset[str]]:
    """Return the scenario with the plans that this session edits and somebody else has deleted, and their ids.

    Without its plan, an edit would be out of reach.
    """
    state: Any = st.session_state
    shown = {name: state[name] for name in KEPT} if "table_key" in state else {}
    lost = set()
    for kept in (shown, *state.get("put_away", {}).values()):
        of, plan_id = kept["table_key"][:2] if kept else ("", "")
        if of == scenario.id and plan_id not in {spec.id for spec in scenario.plans} and _are_edited(kept):
            scenario = scenario.with_plan(_standing_alone(scenario, kept))
            lost.add(plan_id)
    return scenario, frozenset(lost)


def _standing_alone(scenario: Scenario, kept: dict[str, Any]) -> PlanSpec:
    """Return a plan as it was written, or with all that it had inherited if its base plan is gone too."""
    written: PlanSpec = kept["table_written"]
    whole: PlanSpec = kept["table_base"]
    return written if written.based_on in {None, *(spec.id for spec in scenario.plans)} else whole


class Tables:
    """The two tables: every edit goes into the rows at once; an editor starts from the rows when it must start anew."""

    def __init__(self, session: Session, scenario: Scenario, base_id: str) -> None:
        self.session = session
        self.scenario = scenario
        self.now = merged_spec(scenario.plans, base_id)
        """The plan as it is now."""
        key = (scenario.id, base_id, hash(self.now.model_dump_json()))
        if st.session_state.get("table_key") != key and not self._are_of_an_older(key):
            found = _put_away().pop(key[:2], {})
            if found.get("table_key") == key or _are_edited(found):
                st.session_state.update(found)
            else:
                st.session_state.update({"table_key": key, "table_lang": session.lang})
                self.begin()
        self.base: PlanSpec = st.session_state["table_base"]
        """The plan as it was when its editing began."""
        self.written: PlanSpec = st.session_state["table_written"]
        """The same as it was written, which may be based on another."""
        before = st.session_state["table_lang"]
        if before != session.lang:
            st.session_state["table_lang"] = session.lang
            for name, rows_of in ROWS.items():
                rows = st.session_state[name]
                st.session_state[name] = plan_table.retitled(
                    rows, rows_of(self.base, before), rows_of(self.base, session.lang)
                )

    def _are_of_an_older(self, key: tuple[str, str, int]) -> bool:
        """Return whether the tables hold edits of the plan as it was before somebody else changed it."""
        state: Any = st.session_state
        if "table_key" not in state or state["table_key"][:2] != key[:2]:
            return False
        return _are_edited({name: state[name] for name in KEPT})

    def are_edited(self) -> bool:
        """Return whether any row differs from the plan."""
        return any(st.session_state[name] != rows_of(self.base, self.session.lang) for name, rows_of in ROWS.items())

    def are_outdated(self) -> bool:
        """Return whether the plan has changed since its editing began."""
        return self.base != self.now

    def begin(self) -> None:
        """Begin with the rows of the plan as it is now."""
        written = next(spec for spec in self.scenario.plans if spec.id == self.now.id)
        key = (self.scenario.id, self.now.id, hash(self.now.model_dump_json()))
        st.session_state.update({"table_key": key, "table_base": self.now, "table_written": written})
        st.session_state.update({name: rows_of(self.now, self.session.lang) for name, rows_of in ROWS.items()})

    @property
    def stations(self) -> list[plan_table.Row]:
        """Rows of stations, as edited."""
        return list(st.session_state["stations"])

    @property
    def units(self) -> list[plan_table.Row]:
        """Rows of units, as edited."""
        return list(st.session_state["units"])

    def draw(self) -> None:
        """Draw the tables of stations and units."""
        say, places = self.session.say, self.scenario.roads.places
        stations = {row["station"]: row.get("title") or row["station"] for row in self.stations if row.get("station")}
        capabilities = self._capabilities()
        number: dict[str, Any] = {"min_value": 0, "max_value": 100_000, "step": 1, "width": 95}
        st.markdown(f"**{say('units')}**")
        self._editor(
            "units",
            (*stations.items(), *capabilities),
            {
                "station": st.column_config.SelectboxColumn(
                    say("station"),
                    options=list(stations),
                    format_func=lambda name: stations.get(name, name),
                    width=140,
                ),
                "unit": st.column_config.TextColumn(say("unit"), max_chars=60, width=130),
                "title": st.column_config.TextColumn(say("unit_title"), max_chars=200, width=150),
                **{name: st.column_config.NumberColumn(say(name), **number) for name in plan_table.NUMBERS},
                "crew": st.column_config.NumberColumn(say("crew"), **number | {"width": 105}),
                "establishment": st.column_config.NumberColumn(say("establishment"), **number | {"width": 120}),
                "capabilities": st.column_config.MultiselectColumn(
                    say("capabilities"),
                    options=capabilities,
                    format_func=lambda name: word("capability", name, self.session.lang),
                    width="large",
                ),
            },
        )
        st.markdown(f"**{say('stations')}**")
        self._editor(
            "stations",
            (),
            {
                "station": st.column_config.TextColumn(say("station_id"), max_chars=60),
                "title": st.column_config.TextColumn(say("unit_title"), max_chars=200),
                "node": st.column_config.SelectboxColumn(
                    say("place"),
                    options=list(places),
                    format_func=lambda node: places[str(node)].name(self.session.lang),
                ),
                "force": st.column_config.SelectboxColumn(
                    say("force"),
                    options=list(FORCES),
                    format_func=lambda force: word("kind", str(force), self.session.lang),
                    default="national_team",
                ),
            },
        )

    def _editor(self, table: str, choices: tuple[Any, ...], columns: dict[str, Any]) -> None:
        """Draw one table. An editor keeps its place while it is edited, so it is the same one while it shows the rows.

        It starts anew where the rows changed without it, and where its choices did: it would forget its edits then.
        """
        asked = hash((choices, self.session.lang))
        key, start = st.session_state.get(f"{table}_editor", ("none", []))
        rows = st.session_state[table]
        shown = taken(start, st.session_state[key]) if key in st.session_state else None
        if shown != rows or not key.endswith(f"_{asked}"):
            number = st.session_state["editors"] = st.session_state.get("editors", 0) + 1
            key, start = f"{table}_{number}_{asked}", rows
            st.session_state[f"{table}_editor"] = (key, start)
        editor: Any = st.data_editor  # its overloads know no column_config of mixed values
        editor(
            pd.DataFrame(start, columns=list(columns)),
            key=key,
            num_rows="dynamic",
            hide_index=True,
            placeholder="–",
            on_change=_apply,
            args=(table,),
            column_config=columns,
        )

    def _capabilities(self) -> list[str]:
        """Return the selectable capabilities: those of the glossary and of any unit in the table."""
        named = {name for row in self.units for name in row.get("capabilities") or ()}
        return [*vocabulary("capability"), *sorted(named - set(vocabulary("capability")))]


def _apply(table: str) -> None:
    """Take the edits of a table into its rows; units follow what happens to their station."""
    key, start = st.session_state[f"{table}_editor"]
    before = st.session_state[table]
    now = st.session_state[table] = taken(start, st.session_state[key])
    if table == "stations":
        st.session_state["units"] = plan_table.renamed(st.session_state["units"], called(before), called(now))
