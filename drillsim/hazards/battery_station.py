"""A battery store: off-gas, an explosion without warning, fire from container to container, long cooling."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Final, Literal

from pydantic import Field

from drillsim.base import portable
from drillsim.base.clock import SAME_MOMENT_S
from drillsim.base.quantities import Capability, Duration, Positive, Seconds, Text
from drillsim.hazards.base import Hazard, Intervention
from drillsim.hazards.release.leak_tasks import LONG_S, WATER, water_task
from drillsim.hazards.release.surroundings import exclusion_of, surroundings
from drillsim.language import Term
from drillsim.world.exclusion import Exclusion
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.references import NodeRef
from drillsim.world.task import Task
from drillsim.world.world import World

MONITOR_CREW: Final = 4
"""People who keep a monitor on the containers going (assumption)."""


@dataclass(frozen=True, slots=True)
class _Store:
    t_s: float
    stage: Literal["off_gas", "burning", "cooling", "out"]
    since_s: float
    burning: int
    spread_at_s: float
    measured: bool
    cooled: bool
    water_l: float
    inside: int
    caught: int
    lost: int


class BatteryStation(Hazard):
    """Cells give off flammable gas, which explodes without warning; then containers burn, and light each other.

    Whoever measures the gas in time gives the signal to withdraw: nobody works in danger until it has exploded. Cooling
    stops the spread; enough water on every burning container ends it.
    """

    words = {
        "title": Term("Battery store", "电池储能舱热失控"),
        "about": Term(__doc__, "电池析出可燃气体，毫无征兆爆炸；随后储能舱起火，并引燃相邻舱。"),
        "field.containers": Term("Containers", "电池舱数"),
        "field.explodes_after_s": Term("Explodes after", "爆炸延时"),
        "field.spreads_after_s": Term("Spreads after", "蔓延时间"),
        "field.water_per_container_l": Term("Water per container", "每舱用水量"),
        "field.cooling_l_s": Term("Flow of the cooling", "冷却流量"),
        "field.stand_off_m": Term("Stand-off", "安全距离"),
        "field.cooling_by": Term("The cooling takes", "降温所需能力"),
        "value.caught_inside": Term("people caught inside", "爆炸时在内人员"),
        "value.containers_burning": Term("containers burning", "起火舱体数"),
        "value.water_used_l": Term("water used [l]", "用水量 [升]"),
        "value.off_gas": Term("giving off gas", "析气"),
        "value.cooling": Term("being cooled", "冷却"),
        "value.gas_measured": Term("gas measured", "气体侦检"),
        "value.inside": Term("inside", "内部作业"),
        "value.containers_lost": Term("containers burnt out", "烧毁舱体数"),
        "task.cooling": Term("Cooling from outside", "外部冷却"),
        "task.inside": Term("Work inside", "舱内作业"),
    }

    needs_separate_crews: ClassVar[bool] = True

    kind: Literal["battery_station"] = "battery_station"
    """A battery store in thermal runaway."""
    node: NodeRef
    """Place on the road network."""
    containers: Positive = 4
    """Containers, or rooms, in all."""
    explodes_after_s: Annotated[Seconds, Field(gt=0)] = 7080.0
    """From the first gas to the explosion (Beijing 2021: 118 min after the call, found)."""
    spreads_after_s: Annotated[Seconds, Field(gt=0)] = 3600.0
    """From container to container while nobody cools (assumption: 1 h)."""
    burns_s: Annotated[Seconds, Field(gt=0)] = 33_900.0
    """How long it burns from the explosion if nobody cools (Beijing 2021: 565 min with cooling, found)."""
    water_per_container_l: Annotated[float, Field(gt=0, le=1e7, json_schema_extra={"unit": "L"})] = 40_000.0
    """Water that ends the runaway of a container (10 to 40 m³ for a vehicle pack, tens for a container; knowledge)."""
    cooling_l_s: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "L/s"})] = 20.0
    """Flow of the cooling (assumption)."""
    main_l_s: Annotated[float, Field(ge=0, le=10_000, json_schema_extra={"unit": "L/s"})] = 40.0
    """Water that one unit brings from mains."""
    stand_off_m: Annotated[float, Field(ge=0, le=1000, json_schema_extra={"unit": "m"})] = 45.0
    """Nobody comes nearer (practice after Surprise, Arizona, 2019: 45 m; knowledge)."""
    cooling_by: Capability = "fire_attack"
    """What cooling takes."""

    @classmethod
    def example(cls) -> BatteryStation:
        """Return a store that nobody has set anything of."""
        return cls(id="store", node="village")

    def begin(self, t_s: float, world: World) -> _Store:
        """Return the state when cells begin to give off gas."""
        del world
        return _Store(t_s, "off_gas", t_s, 0, math.inf, False, False, 0.0, 0, 0, 0)

    def stage(self, state: _Store) -> str:
        """Return ``off_gas``, ``burning``, ``cooling`` or ``out``."""
        return state.stage

    def next_change_s(self, state: _Store) -> float:
        """Return when it explodes, spreads, is cold or burnt out. [s after STARTEX]"""
        if state.stage == "off_gas":
            return state.since_s + self.explodes_after_s
        if state.stage == "burning":
            return min(state.spread_at_s, state.since_s + self.burns_s)
        if state.stage == "cooling":
            return state.t_s + self._water_left_l(state) / self.cooling_l_s
        return math.inf

    def advance(self, state: _Store, t_s: float) -> _Store:
        """Explode, spread, or come to an end."""
        state = self._until(state, t_s)
        if state.stage == "off_gas":
            spread = math.inf if state.cooled else t_s + self.spreads_after_s
            stage: Literal["burning", "cooling"] = "cooling" if state.cooled else "burning"
            return replace(state, stage=stage, since_s=t_s, burning=1, lost=1, spread_at_s=spread, caught=state.inside)
        if state.stage == "cooling" and self._water_left_l(state) <= self.cooling_l_s * SAME_MOMENT_S:
            return replace(state, stage="out", burning=0)
        if state.stage == "burning" and t_s >= state.since_s + self.burns_s - SAME_MOMENT_S:
            return replace(state, stage="out", burning=0)
        if state.stage == "burning" and state.lost < self.containers:
            more = t_s + self.spreads_after_s if state.lost + 1 < self.containers else math.inf
            return replace(state, burning=state.burning + 1, lost=state.lost + 1, spread_at_s=more)
        return replace(state, spread_at_s=math.inf)

    def intervene(self, state: _Store, t_s: float, intervention: Intervention) -> _Store:
        """Measure the gas, work inside, or put water on."""
        on = intervention.phase != "end" and intervention.people > 0
        if intervention.name == "gas_measured" and intervention.phase == "end" and state.stage == "off_gas":
            return replace(self._until(state, t_s), measured=True)
        if intervention.name == "inside" and state.stage == "off_gas":
            return replace(self._until(state, t_s), inside=intervention.people if on else 0)
        if intervention.name == "water_on" and state.stage != "out" and on != state.cooled:
            return self._cooled(self._until(state, t_s), on=on)
        return state

    def tasks(self, state: _Store, incident: str) -> tuple[Task, ...]:
        """Return water and cooling until it is out."""
        del incident
        if state.stage == "out":
            return ()
        water = (water_task(self.main_l_s),) if self.main_l_s > 0 else ()
        cooling = Task(
            id="cooling", title=Text(en="Cool from behind cover", zh="掩体后持续冷却"), capabilities=(self.cooling_by,),
            min_crew=MONITOR_CREW, work=Duration(mean_s=LONG_S), uses={WATER: self.cooling_l_s},
            intervention="water_on",
        )  # fmt: skip
        return (*water, cooling)

    def holds_open(self, state: _Store, incident: str) -> bool:
        """Return whether it is not out."""
        del incident
        return state.stage != "out"

    def withdrawal_signal(self, state: _Store) -> bool:
        """Return whether gas has been measured and not yet exploded: the signal to withdraw."""
        return state.stage == "off_gas" and state.measured

    def exclusion(self, state: _Store, ground: NetworkArrays) -> Exclusion:
        """Keep everybody the stand-off away until it burns openly."""
        if state.stage in {"out", "cooling"}:
            return Exclusion()
        near = surroundings(ground, self.node, 0.0, 0.0, 2000.0)
        away = portable.hypot(near.points.east_m, near.points.north_m)
        grades = (3 * (away <= self.stand_off_m)).astype("int8")
        nobody = grades * 0
        return exclusion_of(ground, near, nobody, grades)

    def measures(self, state: _Store, t_s: float) -> Mapping[str, float]:
        """Return containers on fire and lost, water on them, and people whom the explosion caught inside."""
        del t_s
        return {
            "containers_burning": float(state.burning),
            "containers_lost": float(state.lost),
            "water_used_l": state.water_l,
            "caught_inside": float(state.caught),
        }

    def _water_left_l(self, state: _Store) -> float:
        return max(0.0, state.burning * self.water_per_container_l - state.water_l)

    def _until(self, state: _Store, t_s: float) -> _Store:
        past_s = t_s - state.t_s
        on_fire = state.cooled and state.stage in {"burning", "cooling"}
        return replace(state, t_s=t_s, water_l=state.water_l + (self.cooling_l_s * past_s if on_fire else 0.0))

    def _cooled(self, state: _Store, *, on: bool) -> _Store:
        if state.stage == "off_gas":
            return replace(state, cooled=on)
        if on:
            return replace(state, cooled=True, stage="cooling", spread_at_s=math.inf)
        more = state.t_s + self.spreads_after_s if state.lost < self.containers else math.inf
        return replace(state, cooled=False, stage="burning", spread_at_s=more)
