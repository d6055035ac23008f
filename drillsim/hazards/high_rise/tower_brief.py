"""What the officer in command makes of a burning building: lines, searches, whom to call; the tasks follow from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from drillsim.hazards.high_rise.tower_response import floor_of
from drillsim.hazards.high_rise.tower_state import Setting, State
from drillsim.hazards.high_rise.tower_tasks import SEARCHES_AT_A_TIME, Brief, Fireground
from drillsim.hazards.high_rise.tower_water import wanted_lines

FLOORS_ATTACKED: Final = 3
"""Burning floors that are attacked at a time, from below (assumption)."""

FIRST_AID_KW: Final = 1000.0
"""A larger fire nobody fights with a house hose and without breathing apparatus (assumption). [kW]"""


def briefed(state: State, setting: Setting) -> State:
    """Let the tasks be those that the building calls for now."""
    if state.brief.known:
        state = replace(state, level=max(state.level, _level(state)))
    brief = _brief(state, setting)
    if brief == state.tasks_of:
        return state
    wanted = {floor for floor, _ in brief.lines} | {brief.cover}
    lines = {name: line for name, line in state.water.lines.items() if floor_of(name) in wanted}
    tasks = Fireground(setting.tower, setting.tactics, setting.elevation_m).tasks(brief)
    return replace(state, brief=brief, tasks=tasks, tasks_of=brief, water=replace(state.water, lines=lines))


def _brief(state: State, setting: Setting) -> Brief:
    tower, tactics, blaze, before = setting.tower, setting.tactics, state.blaze, state.brief
    rooms, fire = blaze.rooms, state.burns
    top = min(tower.storeys, rooms[-1] + 1) if rooms else setting.floor
    weak = before.weak or state.water.weak(tower, tactics, top, setting.elevation_m)
    return replace(
        before,
        lines=_lines(state, setting),
        cover=top if rooms and top > rooms[-1] else None,
        search=_to_search(state, setting),
        first_aid=bool(rooms) and float(blaze.kw.sum()) <= FIRST_AID_KW and tower.riser == "charged",
        fire=fire,
        weak=fire and weak,
        stream=fire and _within_reach(state, setting),
        large=state.level > 1,
        burnt=bool(blaze.over.any()),
    )


def _lines(state: State, setting: Setting) -> tuple[tuple[int, int], ...]:
    """Return how many lines each of the lowest burning floors is to have; never fewer than before."""
    rooms, before = state.blaze.rooms[:FLOORS_ATTACKED], dict(state.brief.lines)
    if not rooms:
        return ()
    if setting.tactics.lines is not None:
        return tuple((floor, setting.tactics.lines) for floor in rooms)
    line_l_s = state.water.line_l_s(setting.tower, setting.tactics, rooms[0], setting.elevation_m)
    kw = state.blaze.kw
    return tuple((f, max(wanted_lines(float(kw[f - 1]), line_l_s), before.get(f, 0))) for f in rooms)


def _to_search(state: State, setting: Setting) -> tuple[int, ...]:
    """Return the floors that are searched next: those that burn or burnt, and upwards from there."""
    touched = np.flatnonzero((state.blaze.kw > 0) | state.blaze.over | state.blaze.facade(state.t_s))
    lowest = min(setting.floor, int(touched[0]) + 1) if len(touched) else setting.floor
    top, above = setting.tower.storeys, setting.tactics.searches_above
    if above is not None:
        top = min(top, max(setting.floor, *(int(i) + 1 for i in touched[-1:])) + above)
    left = [floor for floor in range(lowest, top + 1) if floor not in state.searched]
    return tuple(left[:SEARCHES_AT_A_TIME])


def _within_reach(state: State, setting: Setting) -> bool:
    """Return whether aerials reach the lowest fire."""
    burning = np.flatnonzero((state.blaze.kw > 0) | state.blaze.facade(state.t_s))
    return len(burning) > 0 and setting.tower.height_m(int(burning[0]) + 1) <= setting.tactics.aerial_reach_m


def _level(state: State) -> int:
    """Return the alarm that the fire deserves: 2 after flashover, 3 with a second floor, 4 with more."""
    blaze = state.blaze
    floors = max(len(blaze.rooms), int(np.count_nonzero(blaze.facade(state.t_s))))
    return 1 + (bool(blaze.flashed.any()) or floors > 1) + (floors > 1) + (floors > FLOORS_ATTACKED)
