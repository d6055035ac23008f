"""What responders do to a burning building: each intervention turns one state into another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from drillsim.hazards.base import Intervention
from drillsim.hazards.high_rise.tower_egress import searched, told
from drillsim.hazards.high_rise.tower_state import Setting, State
from drillsim.hazards.high_rise.tower_tasks import LIFT_WORK_S
from drillsim.hazards.high_rise.tower_water import Line
from drillsim.world.altitude import labour_factor


def floor_of(task: str) -> int:
    """Return the floor that a task of the fireground is on.

    Examples
    --------
    >>> floor_of("line-10-2"), floor_of("search-33")
    (10, 33)
    """
    return int(task.split("-")[1])


def at_work(state: State, setting: Setting, act: Intervention) -> State:
    """Return the state from now on, with so many people at what acts while people are at it."""
    if act.name == "water_on":
        return _man_line(state, setting, act)
    if act.name == "first_aid":
        return replace(state, aid=act.people)
    if act.name == "stream":
        return replace(state, water=replace(state.water, streams=1 if act.people else 0))
    if act.name == "size_up":
        known = state.brief.known or act.phase == "end"
        return replace(state, brief=replace(state.brief, begun=True, known=known))
    if act.name == "lift":
        work_s = LIFT_WORK_S * _slower(setting, act)
        wait_s = 0.0 if act.phase == "end" else work_s / max(1, act.people)
        return replace(state, brief=replace(state.brief, lift=True, lift_wait_s=wait_s))
    return state


def _slower(setting: Setting, act: Intervention) -> float:
    """Return the factor of altitude on person-time, as on every other task."""
    return labour_factor(setting.elevation_m) * act.slower


def _man_line(state: State, setting: Setting, act: Intervention) -> State:
    """Man a line: the first crew lays it, whoever relieves them takes it over as it is."""
    line, floor = state.water.lines.get(act.task), floor_of(act.task)
    if line is None:
        hose_s = state.water.hose_work_s(setting.tower, floor)
        work_s = (setting.tactics.line_work_s + hose_s) * _slower(setting, act)
        line = Line(floor, act.people, state.t_s + work_s / max(1, act.people))
    lines = {**state.water.lines, act.task: replace(line, people=act.people)}
    climbing = max(state.climbing, sum(line.people for line in lines.values()))
    return replace(state, water=replace(state.water, lines=lines), climbing=climbing)


def _search(state: State, act: Intervention) -> State:
    """Count a sector; a floor is searched when all of its sectors are."""
    floor = floor_of(act.task)
    swept = state.swept | {act.task}
    if len([task for task in swept if floor_of(task) == floor]) < state.sectors:
        return replace(state, swept=swept)
    people = searched(state.people, floor, state.t_s)
    return replace(state, swept=swept, people=people, searched=state.searched | {floor})


def _supply(state: State, _: Intervention) -> State:
    return replace(state, water=replace(state.water, supplied=True))


def _boost(state: State, act: Intervention) -> State:
    return replace(state, water=replace(state.water, boosts=state.water.boosts | {act.name}))


AT_WORK: Final = frozenset({"water_on", "first_aid", "stream", "lift", "size_up"})
"""Interventions that act while people are at them."""
WHEN_DONE: Final[Mapping[str, Callable[[State, Intervention], State]]] = MappingProxyType(
    {
        "staged": lambda state, _: replace(state, brief=replace(state.brief, staged=True)),
        "pressurise": lambda state, _: replace(state, fans=True),
        "ventilate": lambda state, _: replace(state, vented=True),
        "guide": lambda state, _: replace(state, people=told(state.people, state.t_s)),
        "supply": _supply,
        "high_pressure": _boost,
        "relay": _boost,
        "search": _search,
    }
)
"""Interventions that act when the work is done."""
