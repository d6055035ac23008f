"""The page that edits a plan: its stations and units."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import streamlit as st

from drillsim.app import plan_table, saved_plans
from drillsim.app.edited_tables import Tables, with_lost_plans
from drillsim.app.markdown import plain
from drillsim.app.plan_saving import save
from drillsim.app.state import Session, offer
from drillsim.app.unfinished import is_blank
from drillsim.base.reasons import reason_of
from drillsim.scenario.scenario import Scenario


def show(session: Session) -> None:
    """Draw the page: choice of the base plan, both tables, totals, saving and deleting."""
    scenario = session.scenario
    if scenario is None:
        return
    st.markdown(f"### {plain(scenario.title.in_(session.lang))}")
    scenario, lost = with_lost_plans(scenario)
    titles = {spec.id: spec.title.in_(session.lang) if spec.title else spec.id for spec in scenario.plans}
    left, middle, right = st.columns(3)
    field = offer("edit_base", next(iter(titles)), titles, lang=session.lang)
    base_id = left.selectbox(session.say("edit_base"), list(titles), format_func=lambda p: titles[p], key=field)
    new_id = _kept_text(middle, session.say("edit_id"), f"edit_id_{base_id}", _free_id(scenario, base_id, lost))
    title = _kept_text(
        right, session.say("edit_title"), f"edit_title_{base_id}", _free_title(scenario, titles, base_id, lost)
    )
    st.caption(session.say("edit_note"))
    _delete(session, scenario, base_id, left)
    tables = Tables(session, scenario, base_id)
    tables.draw()
    _totals(session, tables.units)
    if tables.are_edited() and st.button(session.say("undo_edits"), key="undo_edits"):
        tables.begin()
        st.rerun()
    if base_id in lost:
        st.warning(session.say("plan_deleted"))
    save(session, tables, new_id, title, lost)


def _free_id(scenario: Scenario, base_id: str, lost: Collection[str]) -> str:
    """Return a name for the new plan; that of the plan itself if it is, or was, a saved one."""
    if base_id in lost or saved_plans.is_saved(scenario, base_id):
        return base_id
    known = {spec.id for spec in scenario.plans}
    return next(name for n in range(1, len(known) + 2) if (name := f"{base_id}-{n}") not in known)


def _free_title(scenario: Scenario, titles: dict[str, str], base_id: str, lost: Collection[str]) -> str:
    """Return a title for the new plan that no other plan has; that of the plan itself if it is, or was, a saved one."""
    if base_id in lost or saved_plans.is_saved(scenario, base_id):
        return titles[base_id]
    known = set(titles.values())
    first = f"{titles[base_id]} *"
    return next(t for n in range(1, len(known) + 2) if (t := first if n == 1 else f"{first}{n}") not in known)


def _kept_text(place: Any, label: str, key: str, default: str) -> str:
    """Draw a text field whose value outlives a visit to another page, where it is not drawn."""
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
        try:
            saved_plans.forget(scenario, plan_id)
        except OSError as error:
            place.error(plain(reason_of(error, session.lang)))
            return
        st.session_state.pop("plan_saved", None)  # what was saved is gone
        st.session_state.pop("table_key", None)  # and so are its tables
        st.rerun()


def _count(row: plan_table.Row) -> int:
    return 1 if row.get("count") is None else int(row["count"])


def _totals(session: Session, units: list[plan_table.Row]) -> None:
    units = [row for row in units if not is_blank(row)]

    def total(name: str) -> int:
        return sum(_count(row) * int(row.get(name) or 0) for row in units)

    count = sum(_count(row) for row in units)
    st.caption(session.say("summary", units=count, crew=total("crew"), establishment=total("establishment")))
