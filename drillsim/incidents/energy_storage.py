"""A battery store in thermal runaway: off-gas, an explosion without warning, hours of cooling."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from drillsim.base.quantities import Duration, Metres, Positive, Seconds, Text
from drillsim.hazards.battery_station import BatteryStation
from drillsim.incidents.base import CallSettings, Incident, IncidentKind, Occurrence
from drillsim.language import Term
from drillsim.world.task import Task
from drillsim.world.world import World


class EnergyStorage(CallSettings, IncidentKind):
    """Cells of a battery store run away. Gas gathers and explodes at a moment that nobody can see coming.

    Whoever goes in before the gas is measured may be inside then; measuring it gives the signal to withdraw.
    """

    words = {
        "title": Term("Energy-storage accident", "储能电站事故"),
        "about": Term(__doc__, "储能电站电池热失控，可燃气体积聚，爆炸时刻无法预知。"),
        "field.explosion": Term("Until the explosion", "至爆炸时间"),
        "field.inside_work": Term("Work inside", "内部作业量"),
        "field.measuring": Term("Gas measurement", "气体侦检"),
        "task.measure": Term("Gas and heat measured", "气体与温度监测"),
    }

    kind: Literal["energy_storage"] = "energy_storage"
    """A battery store in thermal runaway."""
    starts_at_s: Seconds
    """When cells begin to give off gas, after STARTEX."""
    discovery: Duration = Duration(mean_s=60)
    """From the start until somebody notices (assumption: 1 minute)."""
    report: Duration = Duration(mean_s=60)
    """From discovery until the alarm reaches the command centre (assumption: 1 minute)."""
    safe_line_m: Metres = 1000.0
    """Units work from a safe place at most this far from it."""
    containers: Positive = 4
    """Containers, or rooms, in all."""
    explosion: Duration = Duration(median_s=7080, cv=0.5)
    """From the first gas to the explosion (Beijing 2021: 118 min, found; the spread is an assumption)."""
    spreads_after_s: Annotated[Seconds, Field(gt=0)] = 3600.0
    """From container to container while nobody cools (assumption: 1 h)."""
    burns_s: Annotated[Seconds, Field(gt=0)] = 33_900.0
    """How long it burns if nobody cools (Beijing 2021: 565 min, found)."""
    water_per_container_l: Annotated[float, Field(gt=0, le=1e7, json_schema_extra={"unit": "L"})] = 40_000.0
    """Water that ends the runaway of a container (knowledge: tens of cubic metres)."""
    stand_off_m: Annotated[Metres, Field(le=1000)] = 45.0
    """Nobody comes nearer (knowledge: 45 m)."""
    inside_work: Duration = Duration(mean_s=28_800)
    """Person-time of work inside: search, isolation of power (assumption: four people, 2 hours). [person·s]"""
    measuring: Duration = Duration(mean_s=1200)
    """Person-time until the gas is measured (assumption: two people, 10 minutes). [person·s]"""

    @classmethod
    def example(cls) -> EnergyStorage:
        """Return a store that nobody has set anything of."""
        return cls(id="store", node="village", starts_at_s=0)

    def occur(self, world: World) -> Occurrence:
        """Return the incident and its store, with the moment of the explosion drawn."""
        store = BatteryStation(
            id=f"{self.id}-store", node=self.node, containers=self.containers,
            explodes_after_s=max(60.0, self.explosion.draw(world.streams("explosion", self.id))),
            spreads_after_s=self.spreads_after_s, burns_s=self.burns_s, stand_off_m=self.stand_off_m,
            water_per_container_l=self.water_per_container_l,
        )  # fmt: skip
        tasks = (
            Task(
                id="measure", title=Text(en="Measure the gas", zh="侦检可燃气体"), capabilities=("hazmat",),
                min_crew=2, work=self.measuring, intervention="gas_measured",
            ),
            Task(
                id="inside", title=Text(en="Search and isolate power", zh="内部搜索断电"),
                capabilities=("fire_attack",), min_crew=4, work=self.inside_work, danger=True, intervention="inside",
            ),
        )  # fmt: skip
        incident = Incident(
            **self.call_settings(), id=self.id, type="battery_fire", hazard=store.id, tasks=tasks,
            safe_line_m=self.safe_line_m,
        )  # fmt: skip
        return Occurrence((incident,), (store,))
