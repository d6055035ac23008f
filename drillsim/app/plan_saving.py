"""Saving the plan that is edited: checked, and never over what somebody else has written meanwhile."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import streamlit as st

from drillsim.app import saved_plans
from drillsim.app.edited_tables import Tables
from drillsim.app.failures import show_problems
from drillsim.app.markdown import plain
from drillsim.app.plan_changes import plan_data
from drillsim.app.state import Session
from drillsim.app.unfinished import unfinished
from drillsim.base.errors import ScenarioError, WriteError
from drillsim.base.reasons import reason_of
from drillsim.language import message
from drillsim.scenario.files import read_plan
from drillsim.scenario.lint import lint
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.plan_inheritance import merged_spec
from drillsim.scenario.saving import as_yaml


def save(session: Session, tables: Tables, new_id: str, title: str, lost: Collection[str]) -> None:
    """Draw the buttons that save and download the plan, what stands against it, and how it went.

    Parameters
    ----------
    lost
        Plans that somebody else has deleted while they were edited here; their names are free.
    """
    scenario, base_id = tables.scenario, tables.now.id
    first, second, third = st.columns([2, 2, 4], vertical_alignment="center")
    asked = first.button(session.say("save"), type="primary", width="stretch", key="save_plan")
    if owner := _owner(tables, new_id, lost):
        third.error(session.say(owner, id=plain(new_id)))
        return
    if lacking := unfinished(tables.stations, tables.units, session.lang):
        st.error("\n".join([session.say("unfinished"), "", *(f"- {named}" for named in lacking)]))
        return
    text = as_yaml(_data(tables, plan_id=new_id, title=title, lang=session.lang))
    try:
        spec = read_plan(text, scenario, name="")
    except ScenarioError as error:
        show_problems(error, session.lang, located=False)
        return
    if incompatibilities := saved_plans.incompatibilities(scenario, spec):
        third.error(session.say("others_misfit", plans=", ".join(incompatibilities)))
        return
    found = [message(r.code, session.lang, **r.values) for r in lint(scenario.with_plan(spec), spec.id)]
    if found:
        st.warning("\n".join(f"- {plain(named)}" for named in found))
    second.download_button(session.say("plan_file"), text, f"{new_id}.yaml", "application/yaml", width="stretch")
    seen = None if new_id in lost else tables.written if new_id == base_id else _saved_here(tables).get(new_id)
    overwrites = _may_overwrite(session, tables, spec, seen)
    if (asked or overwrites) and _written(session, tables, spec, seen, overwrites=overwrites):
        _saved_here(tables)[new_id] = spec
        if new_id == base_id:
            st.session_state.pop("table_key", None)  # its tables begin anew
        st.session_state["plan_saved"] = text
        st.rerun()
    if st.session_state.get("plan_saved") == text and not saved_plans.has_changed(scenario, new_id, spec):
        third.success(session.say("saved"))


def _owner(tables: Tables, new_id: str, lost: Collection[str]) -> str:
    """Return the message that tells whose name it is; empty if it may be used."""
    scenario = tables.scenario
    known = {spec.id for spec in scenario.plans}
    saved = saved_plans.is_saved(scenario, new_id)
    if new_id in known and not saved and new_id not in lost:
        return "shipped_id"
    if new_id in known and new_id != tables.now.id and new_id not in _saved_here(tables):
        return "saved_id"
    return ""


def _saved_here(tables: Tables) -> dict[str, PlanSpec]:
    """Return what this session has saved, starting from the plan that is edited, by name."""
    ours: dict[Any, dict[str, PlanSpec]] = st.session_state.setdefault("saved_here", {})
    return ours.setdefault((tables.scenario.id, tables.now.id), {})


def _may_overwrite(session: Session, tables: Tables, spec: PlanSpec, seen: PlanSpec | None) -> bool:
    """Tell if somebody else has changed the plan; return whether the user wants to write over that."""
    if not saved_plans.has_changed(tables.scenario, spec.id, seen):
        if tables.are_outdated():
            st.warning(session.say("base_changed"))
        return False
    st.warning(session.say("plan_changed"))
    return st.button(session.say("overwrite"), key="overwrite_plan")


def _written(session: Session, tables: Tables, spec: PlanSpec, seen: PlanSpec | None, *, overwrites: bool) -> bool:
    """Write the plan; if it cannot be written, say why and return False. The edits stay in the tables."""
    try:
        if overwrites:
            saved_plans.keep(tables.scenario, spec)
        else:
            saved_plans.keep_unless_changed(tables.scenario, spec, seen)
    except saved_plans.ChangedPlanError:
        return False  # the warning is on the page
    except WriteError as error:
        st.error(session.say("not_saved", why=plain(reason_of(error, session.lang))))
        return False
    return True


def _data(tables: Tables, **named: str) -> dict[str, Any]:
    """Return the contents of the plan file; an edited saved plan keeps its base plan."""
    beneath: PlanSpec | None = tables.now
    written = None
    if named["plan_id"] == tables.now.id:
        written = tables.written
        beneath = merged_spec(tables.scenario.plans, written.based_on) if written.based_on else None
    return plan_data(beneath, tables.stations, tables.units, shown=tables.base, written=written, **named)
