"""A burning building at one moment, and how fire, smoke, water and people go on from there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.hazards.high_rise.tower import Tactics, Tower
from drillsim.hazards.high_rise.tower_egress import IN_PLACE, People, breathe, shut_in, told, walk
from drillsim.hazards.high_rise.tower_fire import Blaze, Room, SpreadDraws, burn
from drillsim.hazards.high_rise.tower_smoke import Smoke, smoke_after
from drillsim.hazards.high_rise.tower_tasks import Brief
from drillsim.hazards.high_rise.tower_water import Water
from drillsim.physics.air import pressure_ratio
from drillsim.world.task import Task

NEIGHBOURS: Final = (-1, 2)
"""In a phased evacuation the floors from one below to two above the fire leave first (assumption)."""


@dataclass(frozen=True)
class Setting:
    """What does not change while it burns."""

    tower: Tower
    tactics: Tactics
    floor: int
    """Floor on which it began."""
    elevation_m: float
    """Height of the place above sea level. [m]"""

    @cached_property
    def air(self) -> float:
        """Pressure of the air over that at sea level."""
        return pressure_ratio(self.elevation_m)


@dataclass(frozen=True, eq=False, slots=True)
class State:
    """The building at one moment."""

    t_s: float
    """[s after STARTEX]"""
    blaze: Blaze
    people: People
    smoke: Smoke
    water: Water
    draws: SpreadDraws
    room: Room
    alarm_s: float
    """When the evacuation alarm sounds. [s after STARTEX]"""
    outside_c: float
    """Air temperature outside. [°C]"""
    brief: Brief
    tasks: tuple[Task, ...] = ()
    tasks_of: Brief | None = None
    """What these tasks followed from."""
    sectors: int = 1
    """Parts into which a floor is divided for its search."""
    swept: frozenset[str] = frozenset()
    """Searches of sectors that are done."""
    searched: frozenset[int] = frozenset()
    """Floors all of whose sectors are."""
    climbing: int = 0
    """Most people who were on lines at a time; they came up the first stair."""
    aid: int = 0
    """People at the hose reel of the house."""
    alarmed: bool = False
    fans: bool = False
    vented: bool = False
    level: int = 1
    """Alarm that the officer in command asks for."""

    @property
    def burns(self) -> bool:
        """Whether anything burns, or will of itself."""
        return self.blaze.alive(self.t_s)

    @property
    def moves(self) -> bool:
        """Whether anything goes on: fire, smoke, people."""
        people = self.people
        hears = (people.state == IN_PLACE) & np.isfinite(people.moves_s)
        return self.burns or not self.alarmed or people.walking or bool(hears.any()) or self.smoke.thick


def until(state: State, setting: Setting, t_s: float) -> State:
    """Let fire, smoke and people go on until a moment."""
    dt_s = t_s - state.t_s
    if dt_s <= 0:
        return state
    if not state.alarmed and t_s >= state.alarm_s:
        state = replace(state, people=told(state.people, state.alarm_s, _leave_first(setting)), alarmed=True)
    tower, flows, reach_m = setting.tower, flows_l_s(state, setting), stream_to_m(state, setting)
    blaze = burn(state.blaze, tower, state.room, state.draws, (state.t_s, t_s), flows, reach_m)
    smoke = smoke_after(
        state.smoke, blaze, tower, dt_s, flashover_kw=state.room.flashover_kw, outside_c=state.outside_c,
        door_open=bool(flows), fans=state.fans, vented=state.vented, air=setting.air,
    )  # fmt: skip
    people = walk(shut_in(state.people, blaze.exits_shut(t_s, state.draws)), tower, t_s, state.climbing)
    people = breathe(people, smoke.room_ppm, smoke.floor_ppm, smoke.stair_ppm, dt_s, blaze.room)
    water = replace(state.water, ever=True) if flows or _wets_facade(state, tower, reach_m) else state.water
    return replace(state, t_s=t_s, blaze=blaze, smoke=smoke, people=people, water=water)


def _leave_first(setting: Setting) -> NDArray[np.bool_] | None:
    """Return the floors that leave at the alarm: (storeys,) array; None for all."""
    if setting.tactics.evacuation == "all":
        return None
    floors = np.arange(1, setting.tower.storeys + 1)
    return (floors >= setting.floor + NEIGHBOURS[0]) & (floors <= setting.floor + NEIGHBOURS[1])


def flows_l_s(state: State, setting: Setting) -> dict[int, float]:
    """Return the water that reaches each floor: lines, the hose reel of the house, aerials. [L/s]"""
    tower, water = setting.tower, state.water
    flows = water.flows(tower, setting.tactics, state.t_s, setting.elevation_m)
    if state.aid and not state.blaze.flashed[setting.floor - 1]:
        flows[setting.floor] = flows.get(setting.floor, 0.0) + water.house_line_l_s(tower, setting.floor)
    reach_m = stream_to_m(state, setting)
    low = [floor for floor in state.blaze.rooms if tower.height_m(floor) <= reach_m]
    for floor in low:
        flows[floor] = flows.get(floor, 0.0) + water.stream_l_s() / len(low)
    return {floor: flow for floor, flow in flows.items() if flow > 0}


def _wets_facade(state: State, tower: Tower, reach_m: float) -> bool:
    """Return whether the water of aerials reaches burning cladding."""
    return any(tower.height_m(int(i) + 1) <= reach_m for i in np.flatnonzero(state.blaze.facade(state.t_s)))


def stream_to_m(state: State, setting: Setting) -> float:
    """Return the height up to which aerials throw water now; negative if none does. [m]"""
    return setting.tactics.aerial_reach_m if state.water.streams and state.water.supplied else -1.0
