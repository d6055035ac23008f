"""Edit a plan: where stations stand, and what stands there."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from drillsim.app import plan_table, saved_plans
from drillsim.app.markdown import plain
from drillsim.app.plan_changes import plan_data
from drillsim.app.state import Session, offer, show_problems
from drillsim.app.unfinished import called, is_blank, taken, unfinished
from drillsim.base.errors import ScenarioError
from drillsim.forces.forces import FORCES
from drillsim.language import message, vocabulary, word
from drillsim.scenario.files import read_plan
from drillsim.scenario.lint import lint
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.plan_inheritance import merged_spec
from drillsim.scenario.saving import as_yaml
from drillsim.scenario.scenario import Scenario

ROWS: Final = {"stations": plan_table.station_rows, "units": plan_table.unit_rows}
"""What the tables begin with."""


def show(session: Session) -> None:
    """Draw the page."""
    scenario = session.scenario
    if scenario is None:
        return
    st.markdown(f"### {plain(scenario.title.in_(session.lang))}")
    titles = {spec.id: spec.title.in_(session.lang) if spec.title else spec.id for spec in scenario.plans}
    left, middle, right = st.columns(3)
    field = offer("edit_base", next(iter(titles)), titles, lang=session.lang)
    base_id = left.selectbox(session.say("edit_base"), list(titles), format_func=lambda p: titles[p], key=field)
    base = merged_spec(scenario.plans, base_id)
    new_id = _kept_text(middle, session.say("edit_id"), f"edit_id_{base_id}", _free_id(scenario, base_id))
    title = _kept_text(
        right, session.say("edit_title"), f"edit_title_{base_id}", _free_title(scenario, titles, base_id)
    )
    st.caption(session.say("edit_note"))
    _delete(session, scenario, base_id, left)
    tables = _Tables(session, scenario, base)
    tables.draw()
    _totals(session, tables.units)
    if tables.are_edited() and st.button(session.say("undo_edits"), key="undo_edits"):
        tables.begin()
        st.rerun()
    _save(session, scenario, base, tables, new_id, title)


def _free_id(scenario: Scenario, base_id: str) -> str:
    """Return a name for the new plan; that of the plan itself if it is a saved one."""
    if saved_plans.is_saved(scenario, base_id):
        return base_id
    known = {spec.id for spec in scenario.plans}
    return next(name for n in range(1, len(known) + 2) if (name := f"{base_id}-{n}") not in known)


def _free_title(scenario: Scenario, titles: dict[str, str], base_id: str) -> str:
    """Return a title for the new plan that no other plan has; that of the plan itself if it is a saved one."""
    if saved_plans.is_saved(scenario, base_id):
        return titles[base_id]
    known = set(titles.values())
    first = f"{titles[base_id]} *"
    return next(t for n in range(1, len(known) + 2) if (t := first if n == 1 else f"{first}{n}") not in known)


def _kept_text(place: Any, label: str, key: str, default: str) -> str:
    """Ask for a text; what was written outlives a visit to another page, where the field is not drawn."""
    kept = st.session_state.setdefault("kept_texts", {})
    written = str(place.text_input(label, value=kept.get(key, default), key=key))
    if written != default:
        kept[key] = written
    return written


def _delete(session: Session, scenario: Scenario, plan_id: str, place: Any) -> None:
    if not saved_plans.is_saved(scenario, plan_id):
        return
    others = saved_plans.based_on(scenario, plan_id)
    if others:
        place.caption(session.say("others_based", plans=", ".join(others)))
    elif place.button(session.say("delete_plan"), key="delete_plan"):
        saved_plans.forget(scenario, plan_id)
        st.session_state.pop("plan_saved", None)  # what was saved is gone
        st.session_state.pop("table_key", None)  # and so are its tables
        st.rerun()


def _put_away() -> dict[Any, dict[str, Any]]:
    """Keep the tables of the plan that was edited until now: who comes back to it finds them again.

    Returns
    -------
    dict
        Tables of each plan that was edited, by scenario and plan.
    """
    away: dict[Any, dict[str, Any]] = st.session_state.setdefault("put_away", {})
    if "table_key" in st.session_state:
        kept = {name: st.session_state[name] for name in ("table_key", "table_lang", *ROWS)}
        away[kept["table_key"][:2]] = kept
    return away


class _Tables:
    """The two tables: every edit goes into the rows at once; an editor starts from the rows when it must start anew."""

    def __init__(self, session: Session, scenario: Scenario, base: PlanSpec) -> None:
        self.session = session
        self.scenario = scenario
        self.base = base
        key = (scenario.id, base.id, hash(base.model_dump_json()))
        if st.session_state.get("table_key") != key:
            found = _put_away().pop(key[:2], {})
            if found.get("table_key") != key:  # nobody has edited it, or it is not what it was then
                found = {"table_key": key, "table_lang": session.lang}
                self.begin()
            st.session_state.update(found)
        before = st.session_state["table_lang"]
        if before != session.lang:
            st.session_state["table_lang"] = session.lang
            for name, rows_of in ROWS.items():
                rows = st.session_state[name]
                st.session_state[name] = plan_table.retitled(rows, rows_of(base, before), rows_of(base, session.lang))

    def are_edited(self) -> bool:
        """Return whether any row is another than that of the plan."""
        return any(st.session_state[name] != rows_of(self.base, self.session.lang) for name, rows_of in ROWS.items())

    def begin(self) -> None:
        """Begin with the rows of the plan."""
        st.session_state.update({name: rows_of(self.base, self.session.lang) for name, rows_of in ROWS.items()})

    @property
    def stations(self) -> list[plan_table.Row]:
        """Rows of stations, as edited."""
        return list(st.session_state["stations"])

    @property
    def units(self) -> list[plan_table.Row]:
        """Rows of units, as edited."""
        return list(st.session_state["units"])

    def draw(self) -> None:
        """Draw both tables."""
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
        """Return what a unit may be able to do: what the glossary knows, and what any unit of the table says."""
        named = {name for row in self.units for name in row.get("capabilities") or ()}
        return [*vocabulary("capability"), *sorted(named - set(vocabulary("capability")))]


def _apply(table: str) -> None:
    """Take the edits of a table into its rows; units follow what happens to their station."""
    key, start = st.session_state[f"{table}_editor"]
    before = st.session_state[table]
    now = st.session_state[table] = taken(start, st.session_state[key])
    if table == "stations":
        st.session_state["units"] = plan_table.renamed(st.session_state["units"], called(before), called(now))


def _count(row: plan_table.Row) -> int:
    return 1 if row.get("count") is None else int(row["count"])


def _totals(session: Session, units: list[plan_table.Row]) -> None:
    units = [row for row in units if not is_blank(row)]

    def total(name: str) -> int:
        return sum(_count(row) * int(row.get(name) or 0) for row in units)

    count = sum(_count(row) for row in units)
    st.caption(session.say("summary", units=count, crew=total("crew"), establishment=total("establishment")))


def _save(session: Session, scenario: Scenario, base: PlanSpec, tables: _Tables, new_id: str, title: str) -> None:
    first, second, third = st.columns([2, 2, 4], vertical_alignment="center")
    asked = first.button(session.say("save"), type="primary", width="stretch", key="save_plan")
    known = {spec.id for spec in scenario.plans}
    ours = st.session_state.setdefault("saved_here", set())
    if new_id in known and new_id != base.id and (scenario.id, base.id, new_id) not in ours:
        owner = "saved_id" if saved_plans.is_saved(scenario, new_id) else "shipped_id"
        third.error(session.say(owner, id=new_id))
        return
    if new_id in known and not saved_plans.is_saved(scenario, new_id):
        third.error(session.say("shipped_id", id=new_id))
        return
    if lacking := unfinished(tables.stations, tables.units, session.lang):
        st.error("\n".join([session.say("unfinished"), "", *(f"- {named}" for named in lacking)]))
        return
    text = as_yaml(_data(scenario, base, tables, plan_id=new_id, title=title, lang=session.lang))
    try:
        spec = read_plan(text, scenario, name=session.say("page_plan"))
    except ScenarioError as error:
        show_problems(error, session.lang)
        return
    if incompatibilities := saved_plans.incompatibilities(scenario, spec):
        third.error(session.say("others_misfit", plans=", ".join(incompatibilities)))
        return
    found = [message(r.code, session.lang, **r.values) for r in lint(scenario.with_plan(spec), spec.id)]
    if found:
        st.warning("\n".join(f"- {plain(named)}" for named in found))
    second.download_button(session.say("plan_file"), text, f"{new_id}.yaml", "application/yaml", width="stretch")
    if asked:
        saved_plans.keep(scenario, spec)
        ours.add((scenario.id, base.id, new_id))
        st.session_state["plan_saved"] = text
        st.rerun()
    if st.session_state.get("plan_saved") == text:
        third.success(session.say("saved"))


def _data(scenario: Scenario, shown: PlanSpec, tables: _Tables, **named: str) -> dict[str, Any]:
    """Return what the file of the plan says; an edit of a saved plan is written against the plan beneath it again."""
    beneath: PlanSpec | None = shown
    written = None
    if named["plan_id"] == shown.id:
        written = next(spec for spec in scenario.plans if spec.id == shown.id)
        beneath = merged_spec(scenario.plans, written.based_on) if written.based_on else None
    return plan_data(beneath, tables.stations, tables.units, shown=shown, written=written, **named)
