"""A fire in a tall building: what burns where, who gets out, how much water reaches it, and what crews have to do."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Final, Literal

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Seconds
from drillsim.hazards.base import Hazard, Intervention
from drillsim.hazards.high_rise.tower import Tactics, Tower
from drillsim.hazards.high_rise.tower_brief import briefed
from drillsim.hazards.high_rise.tower_egress import (
    IN_PLACE,
    ON_STAIRS,
    OVERCOME,
    REFUGE,
    beside_fire,
    people_of,
    to_carry,
)
from drillsim.hazards.high_rise.tower_fire import draw_spread, ignite, room_of
from drillsim.hazards.high_rise.tower_response import AT_WORK, WHEN_DONE, at_work, floor_of
from drillsim.hazards.high_rise.tower_smoke import clear_smoke
from drillsim.hazards.high_rise.tower_state import Setting, State, flows_l_s, until
from drillsim.hazards.high_rise.tower_tasks import Brief, carry_person_s, search_person_s, sectors_of
from drillsim.hazards.high_rise.tower_water import Water
from drillsim.hazards.high_rise.words import WORDS
from drillsim.language import Term
from drillsim.physics.fire.fire_flow import needed_flow_l_s
from drillsim.world.task import Task
from drillsim.world.weather import Weather
from drillsim.world.world import World

STEP_S: Final = 30.0
"""While something moves, the state is brought up to date so often (numerical step). [s]"""


class HighRiseFire(Hazard):
    """A fire in a tall building.

    It grows with the square of time, flashes over, burns what its windows and its fuel allow, and climbs from window to
    window or along the façade. People leave by the stairs; smoke follows. It calls for the tasks of the fireground, and
    water that reaches it slows it, holds it or puts it out.
    """

    words = {
        "title": Term("Fire in a tall building", "高层建筑内火灾"),
        "about": Term(__doc__, "高层建筑内的火灾。"),
        "value.delivered_l_s": Term("water delivered [l/s]", "供水流量 [升/秒]"),
        "value.facade_floors": Term("floors burning on the façade", "外墙着火层数"),
        "value.floors_burning": Term("floors burning", "着火层数"),
        "value.heat_kw": Term("heat release [kW]", "热释放速率 [千瓦]"),
        "value.needed_l_s": Term("water needed [l/s]", "所需流量 [升/秒]"),
        "value.stair_smoke": Term("smoke in the stairs", "楼梯间烟气"),
        **WORDS,
    }

    kind: Literal["high_rise_fire"] = "high_rise_fire"
    """A fire in a tall building."""
    tower: Tower
    """The building."""
    tactics: Tactics = Tactics()
    """Kit and standing orders."""
    floor: Annotated[int, Field(ge=1, le=200)]
    """Floor on which it begins."""
    growth: Literal["slow", "medium", "fast", "ultra_fast"] = "medium"
    """Growth class."""
    outside: bool = False
    """Whether it begins on the cladding and not in a room."""
    alarm_after_s: Seconds = 120.0
    """From established burning until people in the building are alarmed."""
    elevation_m: Annotated[float, Field(ge=-500, le=6000, json_schema_extra={"unit": "m"})] = 0.0
    """Height of the place above sea level."""

    @classmethod
    def example(cls) -> HighRiseFire:
        """Return a fast fire below the roof of a small hospital."""
        return cls(
            id="tower",
            floor=6,
            growth="ultra_fast",
            tower={"storeys": 6, "people": 40, "room_m2": 5, "use": "hospital"},
        )

    @model_validator(mode="after")
    def _floor_in_tower(self) -> HighRiseFire:
        refuse_above_roof(self.floor, self.tower)
        return self

    @property
    def setting(self) -> Setting:
        """What does not change while it burns."""
        return Setting(self.tower, self.tactics, self.floor, self.elevation_m)

    def begin(self, t_s: float, world: World) -> State:
        """Return the state at established burning."""
        state = State(
            t_s=t_s,
            blaze=ignite(self.tower, self.floor, t_s, outside=self.outside),
            people=beside_fire(
                people_of(self.tower, t_s, world.hour(t_s), world.streams("high-rise", self.id, "people")), self.floor
            ),
            smoke=clear_smoke(self.tower),
            water=Water(),
            draws=draw_spread(self.tower, world.streams("high-rise", self.id, "fire")),
            room=room_of(self.tower, self.growth, self.setting.air),
            alarm_s=t_s + self.alarm_after_s,
            outside_c=world.weather.temperature_c,
            brief=Brief(self.floor),
            sectors=sectors_of(self.tower),
        )
        return briefed(state, self.setting)

    def stage(self, state: State) -> str:
        """Return how far it is: ``growing`` to ``out`` or ``burnt_out``; ``smouldering`` before it flares up."""
        blaze = state.blaze
        if not state.burns:
            return "out" if state.water.ever or blaze.opened.any() else "burnt_out"
        if blaze.rooms and sum(flows_l_s(state, self.setting).values()) >= needed_flow_l_s(float(blaze.kw.sum())):
            return "attacked"
        if blaze.smoulders and not blaze.rooms and not blaze.facade(state.t_s).any():
            return "smouldering"
        if len(blaze.rooms) > 1 or blaze.facade(state.t_s).any():
            return "spreading"
        return "fully_developed" if blaze.flashed.any() else "growing"

    def next_change_s(self, state: State) -> float:
        """Return the next moment at which the state is brought up to date. [s after STARTEX]"""
        if not state.moves:
            return math.inf
        return min(state.t_s + STEP_S, state.water.next_ready_s(state.t_s))

    def advance(self, state: State, t_s: float) -> State:
        """Bring the state up to date."""
        return briefed(until(state, self.setting, t_s), self.setting)

    def weather_changed(self, state: State, t_s: float, weather: Weather) -> State:
        """Let the outside temperature drive the smoke."""
        if weather.temperature_c == state.outside_c:
            return state
        return replace(until(state, self.setting, t_s), outside_c=weather.temperature_c)

    def intervene(self, state: State, t_s: float, intervention: Intervention) -> State:
        """Let lines, searches, fans, pumps, lifts and guides take effect."""
        name, setting = intervention.name, self.setting
        if name in AT_WORK:
            return briefed(at_work(until(state, setting, t_s), setting, intervention), setting)
        if name in WHEN_DONE and intervention.phase == "end":
            return briefed(WHEN_DONE[name](until(state, setting, t_s), intervention), setting)
        return state

    def tasks(self, state: State, incident: str) -> tuple[Task, ...]:
        """Return the task graph of the fireground as it stands."""
        return state.tasks

    def alarm_level(self, state: State, incident: str) -> int:
        """Return the alarm that the officer in command asks for."""
        return state.level

    def holds_open(self, state: State, incident: str) -> bool:
        """Hold the incident open while it burns, or anybody is on the stairs, in refuge or overcome."""
        waits = np.isin(state.people.state, (ON_STAIRS, REFUGE, OVERCOME)).any()
        return state.burns or (bool(waits) and bool(state.brief.search))

    def work_factor(self, state: State, t_s: float, task: Task) -> float:
        """Return how much longer a search takes for the people whom it has to carry off the floor."""
        if task.intervention != "search":
            return 1.0
        floor = floor_of(task.id)
        plain_s = search_person_s(self.tower, self.tactics, smoke=floor in dict(state.brief.lines))
        return 1.0 + to_carry(state.people, floor) * carry_person_s(floor) / plain_s

    def people(self, state: State) -> Mapping[str, int]:
        """Return how many people are in place, on the stairs, in refuge, overcome, out, rescued, lost."""
        return state.people.counts()

    def measures(self, state: State, t_s: float) -> Mapping[str, float]:
        """Return heat, water needed and delivered, floors that burn, smoke, and fire, water and people by floor."""
        blaze, flows = state.blaze, flows_l_s(state, self.setting)
        facade = np.flatnonzero(blaze.facade(state.t_s))
        kw = float(blaze.kw.sum())
        found = {
            "heat_kw": round(kw, 1),
            "needed_l_s": round(needed_flow_l_s(kw), 2),
            "delivered_l_s": round(sum(flows.values()), 2),
            "floors_burning": float(len(blaze.rooms)),
            "facade_floors": float(len(facade)),
            "stair_smoke": round(float(state.smoke.shares.max(initial=0.0)), 4),
        }
        if self.tower.facade == "combustible":
            found["cut_off"] = float(np.count_nonzero(state.people.cut_off & (state.people.state == IN_PLACE)))
        found |= {f"floor_{floor}_kw": round(float(blaze.kw[floor - 1]), 1) for floor in blaze.rooms}
        found |= {f"floor_{i + 1}_facade": 1.0 for i in facade}
        found |= {f"floor_{floor}_l_s": round(flow, 2) for floor, flow in sorted(flows.items())}
        by_floor = state.people.by_floor(self.tower.storeys)
        return found | {f"floor_{i + 1}_people": float(by_floor[i]) for i in np.flatnonzero(by_floor)}


def refuse_above_roof(floor: int, tower: Tower) -> None:
    """Refuse a fire on a floor that the building does not have."""
    if floor > tower.storeys:
        raise PydanticCustomError(
            "floor_above_roof",
            "floor {floor} is above the roof: {storeys} storeys",
            {"floor": floor, "storeys": tower.storeys},
        )
