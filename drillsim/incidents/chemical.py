"""A chemical accident: a toxic leak with its cloud, tanks on fire that set others alight, or both at one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

import numpy as np
from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base import portable
from drillsim.base.quantities import Duration, Metres, Text
from drillsim.hazards.flammable_gas import FlammableGas, GasSpec
from drillsim.hazards.release.cloud_spec import CloudSpec
from drillsim.hazards.release.farm_spec import FarmSpec
from drillsim.hazards.release.surroundings import place_offsets_m, point_at
from drillsim.hazards.tank_farm import TankFarm
from drillsim.hazards.toxic_cloud import ToxicCloud
from drillsim.incidents.base import CallSettings, Incident, IncidentKind, Occurrence
from drillsim.language import Term
from drillsim.physics.fire.foam import NEEDED_SPREAD
from drillsim.physics.fire.reignition import BLANKET_SPREAD
from drillsim.world.advisory import Advisory
from drillsim.world.incompatibility import Incompatibility
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.references import NodeRef
from drillsim.world.task import Task
from drillsim.world.weather import Weather
from drillsim.world.world import World

OFF_MAP_M: Final = 5000.0
"""No plant lies farther off the road network than this: a slip of the pen (assumption). [m]"""
FAR_FROM_ROADS_M: Final = 3000.0
"""No plant is farther from a road than this: a slip of the pen (assumption). [m]"""
FAILURE_CV: Final = 0.3
"""Spread of the time that a vessel stands heat (assumption)."""
ATTACKS: Final = 32
"""Foam attacks on one tank for which luck is drawn; those beyond have it over again (numerical bound)."""


class Chemical(CallSettings, IncidentKind):
    """A chemical accident and the response it calls for.

    The first unit sizes up from upwind; nobody goes in before the air is measured and the decontamination point stands.
    Whoever cannot come nearer for the cloud works from a safe place within ``safe_line_m``.
    """

    words = {
        "title": Term("Chemical accident", "危化品事故"),
        "about": Term(__doc__, "一起危化品事故及其处置。"),
        "field.cloud": Term("Leak and cloud", "泄漏与气云"),
        "field.gas": Term("Leak of flammable gas", "可燃气体泄漏"),
        "field.fire": Term("Tank fire", "储罐火灾设定"),
        "field.failure_cv": Term("Spread of time to failure", "储罐失效时间离散系数"),
        "field.size_up": Term("Size-up", "火情侦察"),
        "field.detection": Term("Air measurement", "侦检"),
        "field.decon_line": Term("Decontamination point", "洗消站设立"),
        "field.cordon": Term("Isolation and warning", "警戒疏散"),
        "task.detect": Term("Gas measured", "气体侦检"),
        "task.cordon": Term("Cordon", "警戒疏散"),
        "error.neither_cloud_nor_fire": Term(
            "nothing happens; give cloud (a toxic leak), gas (a flammable one) or fire (tanks)",
            "没有任何事故；请写 cloud（有毒泄漏）、gas（可燃泄漏）或 fire（储罐火灾）",
        ),
    }

    kind: Literal["chemical"] = "chemical"
    """A toxic leak, a tank fire, or both."""
    node: NodeRef
    """Place where units report: the gate of the plant."""
    discovery: Duration = Duration(mean_s=120)
    """From the start until somebody notices (assumption: 2 minutes)."""
    report: Duration = Duration(mean_s=60)
    """From discovery until the alarm reaches the command centre (assumption: 1 minute)."""
    approach: Duration = Duration(mean_s=120)
    """From the place on the road network to the scene (assumption: 2 minutes)."""
    safe_line_m: Metres = 3000.0
    """Units that cannot reach the gate work from a safe place at most this far from it."""
    cloud: CloudSpec | None = None
    """A toxic leak and its cloud."""
    gas: GasSpec | None = None
    """A leak of flammable gas that may light."""
    fire: FarmSpec | None = None
    """Tanks on fire."""
    failure_cv: Annotated[float, Field(ge=0, le=2)] = FAILURE_CV
    """Spread of the time that tanks stand heat."""
    size_up: Duration = Duration(mean_s=600)
    """Person-time of the first look from upwind (assumption: two people, 5 minutes). [person·s]"""
    detection: Duration = Duration(mean_s=1200)
    """Person-time until the air is measured (assumption: two people, 10 minutes). [person·s]"""
    decon_line: Duration = Duration(mean_s=3600)
    """Person-time until the decontamination point stands (assumption: four people, 15 minutes). [person·s]"""
    cordon: Duration = Duration(mean_s=7200)
    """Person-time of isolation and warning (assumption: four people, 30 minutes). [person·s]"""
    tasks: Annotated[tuple[Task, ...], Field(max_length=100)] = ()
    """More tasks: water supply …"""

    @classmethod
    def example(cls) -> Chemical:
        """Return a leak of ammonia, and a tank on fire beside it."""
        return cls(
            id="plant",
            node="village",
            starts_at_s=0,
            cloud={"leak": {"substance": "ammonia", "stored_kg": 50, "hole_mm": 10}},
            fire={
                "tanks": [
                    {
                        "id": "t1",
                        "east_m": 50,
                        "north_m": 0,
                        "diameter_m": 20,
                        "substance": "gasoline",
                        "content_m3": 500,
                    }
                ],
                "burning": ["t1"],
            },
        )

    @model_validator(mode="after")
    def _something(self) -> Chemical:
        if self.cloud is None and self.fire is None and self.gas is None:
            raise PydanticCustomError("neither_cloud_nor_fire", "give cloud or fire")
        return self

    @field_validator("node")
    @classmethod
    def _on_the_map(cls, node: str, info: ValidationInfo) -> str:
        for found in (info.context or {}).get("snaps", ()):
            if found.place == node and found.distance_m > OFF_MAP_M:
                values = {"km": f"{found.distance_m / 1000:.0f}", "most": f"{OFF_MAP_M / 1000:.0f}"}
                raise PydanticCustomError("off_the_map", "off the map", values)
        return node

    def incompatibilities(self, ground: NetworkArrays, weather: Weather) -> Iterator[Incompatibility]:
        """Yield tanks and leaks far from any place of the road network, and why its clouds cannot be in this wind."""
        yield from self._far_from_roads(ground)
        if self.cloud is not None:
            yield from self.cloud.wind_incompatibilities(self.id, weather)
        if self.gas is not None:
            yield from self._gas(self.gas).incompatibilities(ground, weather)

    def _far_from_roads(self, ground: NetworkArrays) -> Iterator[Incompatibility]:
        spots = [(0.0, 0.0)] if self.cloud is None else [(self.cloud.east_m, self.cloud.north_m)]
        spots += [(self.gas.east_m, self.gas.north_m)] if self.gas is not None else []
        spots += [(tank.east_m, tank.north_m) for tank in (self.fire.tanks if self.fire is not None else ())]
        for east_m, north_m in spots:
            east, north = place_offsets_m(ground, point_at(ground, self.node, east_m, north_m))
            away_m = float(portable.hypot(east, north).min())
            if away_m > FAR_FROM_ROADS_M:
                values = {"km": f"{away_m / 1000:.1f}", "most": f"{FAR_FROM_ROADS_M / 1000:g}"}
                yield Incompatibility("off_the_map", values)

    def occur(self, world: World) -> Occurrence:
        """Return one incident for the leak, one for the fire, each with its hazard."""
        incidents: list[Incident] = []
        hazards: list[ToxicCloud | FlammableGas | TankFarm] = []
        advisories: list[Advisory] = []
        if self.cloud is not None:
            cloud = self._cloud(self.cloud, world)
            incidents.append(self._incident(self.id, cloud.id, "chemical_leak", self._leak_tasks(self.cloud)))
            hazards.append(cloud)
            advisories += cloud.advisories(cloud.begin(self.starts_at_s, world))
        if self.gas is not None:
            gas = self._gas(self.gas)
            name = self.id if self.cloud is None else f"{self.id}-gas"
            incidents.append(self._incident(name, gas.id, "gas_leak", self._leak_tasks(self.gas)))
            hazards.append(gas)
        if self.fire is not None:
            farm = self._farm(self.fire, world)
            name = self.id if not incidents else f"{self.id}-fire"
            incidents.append(self._incident(name, farm.id, "tank_fire", self._fire_tasks()))
            hazards.append(farm)
            advisories += farm.advisories(farm.begin(self.starts_at_s, world))
        return Occurrence(tuple(incidents), tuple(hazards), tuple(dict.fromkeys(advisories)))

    def _cloud(self, spec: CloudSpec, world: World) -> ToxicCloud:
        luck = tuple(float(world.streams("rounding", self.id, s.id).random()) for s in spec.settlements)
        given = {name: getattr(spec, name) for name in CloudSpec.model_fields}
        response = spec.response.model_copy(update={"after": ("detect", "decon-line"), "curtain_after": ("size-up",)})
        return ToxicCloud(**{**given, "response": response}, id=f"{self.id}-cloud", node=self.node, luck=luck)

    def _gas(self, spec: GasSpec) -> FlammableGas:
        given = {name: getattr(spec, name) for name in GasSpec.model_fields}
        response = spec.response.model_copy(update={"after": ("detect", "decon-line"), "curtain_after": ("size-up",)})
        return FlammableGas(**{**given, "response": response}, id=f"{self.id}-gas", node=self.node)

    def _farm(self, spec: FarmSpec, world: World) -> TankFarm:
        sigma = float(np.sqrt(portable.log1p(portable.square(self.failure_cv))))
        draws = [world.streams("tank", self.id, tank.id) for tank in spec.tanks]
        luck = tuple(float(portable.exp(sigma * rng.standard_normal())) for rng in draws)
        blast = tuple(float(rng.random()) for rng in draws)
        given = {name: getattr(spec, name) for name in FarmSpec.model_fields}
        return TankFarm(
            **{**given, "foam_after": ("size-up",)}, id=f"{self.id}-tanks", node=self.node, luck=luck, blast_luck=blast,
            foam_luck=self._spread("foam", spec, world, NEEDED_SPREAD),
            blanket_luck=self._spread("blanket", spec, world, BLANKET_SPREAD),
        )  # fmt: skip

    def _spread(self, what: str, spec: FarmSpec, world: World, sigma: float) -> tuple[tuple[float, ...], ...]:
        """Return a factor of middle 1 for each attack on each tank, the same under every plan."""
        draws = [world.streams(what, self.id, tank.id).standard_normal(ATTACKS) for tank in spec.tanks]
        return tuple(tuple(float(portable.exp(sigma * one)) for one in row) for row in draws)

    def _incident(self, name: str, hazard: str, type_: str, tasks: tuple[Task, ...]) -> Incident:
        return Incident(
            approach=self.approach, **self.call_settings(), id=name, type=type_, hazard=hazard,
            tasks=(*tasks, *self.tasks), safe_line_m=self.safe_line_m,
        )  # fmt: skip

    def _leak_tasks(self, cloud: CloudSpec | GasSpec) -> tuple[Task, ...]:
        r = cloud.response
        return (
            self._size_up(),
            Task(
                id="detect", title=Text(en="Measure the air, set the zones", zh="侦检划区"), capabilities=(r.entry,),
                min_crew=2, work=self.detection, after=("size-up",),
            ),
            Task(
                id="decon-line", title=Text(en="Set up decontamination", zh="设立洗消站"),
                capabilities=(r.decontamination,), min_crew=4, work=self.decon_line, after=("size-up",),
            ),
            Task(
                id="cordon", title=Text(en="Isolate, warn", zh="警戒疏散"),
                capabilities=("evacuation",), min_crew=2, useful_crew=8, work=self.cordon,
                intervention="people_warned",
            ),
        )  # fmt: skip

    def _fire_tasks(self) -> tuple[Task, ...]:
        return (self._size_up(),)

    def _size_up(self) -> Task:
        return Task(
            id="size-up", title=Text(en="Size up from upwind", zh="上风向侦察"), capabilities=("reconnaissance",),
            min_crew=2, work=self.size_up,
        )  # fmt: skip
