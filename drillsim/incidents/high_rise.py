"""A fire in a tall building: the building, the fire in it, the people, and the call that it sets off."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator

from drillsim.base.quantities import Duration, IncidentType, Seconds, Text
from drillsim.hazards.high_rise.tower import Tactics, Tower
from drillsim.hazards.high_rise.tower_tasks import Brief, Fireground
from drillsim.hazards.high_rise_fire import HighRiseFire, refuse_above_roof
from drillsim.incidents.base import CallSettings, Incident, IncidentKind, Needs, Occurrence
from drillsim.language import Term
from drillsim.physics.fire.floor_spread import SPRAY_MM_S
from drillsim.world.advisory import Advisory
from drillsim.world.references import NodeRef
from drillsim.world.task import Task
from drillsim.world.world import World

SIZE_UP: Final = Task(
    id="size-up", title=Text(en="Size-up and command", zh="火情侦察与指挥"), capabilities=("fire_attack",),
    work=Duration(mean_s=120.0), intervention="size_up",
)  # fmt: skip
"""What the first officer does; everything else the fire calls for. Two minutes: an assumption."""
FIRST_ALARM: Final[Mapping[str, int]] = MappingProxyType(
    {"fire_attack": 4, "rescue": 2, "smoke_ventilation": 1, "ladder": 1, "medical": 1}
)
"""Units of the first alarm, some 42 people with crews of five: the effective response force of NFPA 1710 for
high-rises (knowledge)."""
ROOMS_MEASURED_M2: Final = 500.0
"""Largest room to which the formula of flashover was compared: MQH as in EN 1991-1-2 (knowledge). [m²]"""
CLIMBS_MEASURED_FLOORS: Final = 40
"""Floors of the 120 m up to which climbs in kit were measured (knowledge)."""


class HighRise(CallSettings, IncidentKind):
    """A fire in a tall building.

    The tasks of the fireground follow from how the fire stands: lines per burning floor, a covering line above,
    searches upwards from the fire, a forward post, fans, pumps. People, smoke and water are those of the building.
    """

    words = {
        "title": Term("High-rise fire", "高层建筑火灾"),
        "about": Term(__doc__, "高层建筑火灾。"),
        "field.alarm": Term("Alarm in the building", "楼内报警时间"),
        "advisory.flashover_measured": Term(
            "flashover formulas are measured up to some {most:.0f} m² of room",
            "轰燃公式的实测范围约到房间面积 {most:.0f} 平方米",
        ),
        "advisory.spray_measured": Term(
            "sprinklers are measured from {least} mm/s of water",
            "喷水强度的实测范围从 {least} 毫米/秒起",
        ),
        "advisory.climbs_measured": Term(
            "climbs in kit are measured up to 120 m, some {floors} floors",
            "负重登高的实测范围到120米，约 {floors} 层",
        ),
    }

    kind: Literal["high_rise"] = "high_rise"
    """A fire in a tall building."""
    node: NodeRef
    """Place on the road network where the building stands."""
    district: Annotated[str, Field(max_length=100)] | None = None
    """District it belongs to; that of its place if left out."""
    type: IncidentType = "high_rise_fire"
    """What sort of incident it is, as run cards name it."""
    starts_at_s: Seconds
    """When the fire is established."""
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
    alarm: Duration = Duration(mean_s=120.0)
    """From established burning until people in the building are alarmed."""
    discovery: Duration = Duration(mean_s=240.0)
    """From established burning until somebody notices: 4 minutes in the service's 15-minute rule."""
    approach: Duration = Duration(mean_s=0.0)
    """From its place on the road network to the building."""
    needs: Needs = Field(default_factory=lambda: dict(FIRST_ALARM))
    """Units of the first alarm by capability."""

    @classmethod
    def example(cls) -> HighRise:
        """Return a fire in a small building of six storeys."""
        return cls(
            id="tower",
            node="town",
            floor=3,
            starts_at_s=60,
            tower={"storeys": 6, "people": 40},
            alarm={"mean_s": 60, "cv": 1},
        )

    @model_validator(mode="after")
    def _floor_in_tower(self) -> HighRise:
        refuse_above_roof(self.floor, self.tower)
        return self

    def occur(self, world: World) -> Occurrence:
        """Return the fire and its incident."""
        fire = HighRiseFire.model_construct(
            kind="high_rise_fire", id=self.id, starts_at_s=self.starts_at_s, tower=self.tower, tactics=self.tactics,
            floor=self.floor, growth=self.growth, outside=self.outside, alarm_after_s=self._alarm_s(world),
            elevation_m=float(world.ground.elevation_m[world.ground.row(self.node)]),
        )  # fmt: skip
        return Occurrence((self._incident(world),), (fire,), tuple(self._advisories()))

    def foreseen(self) -> tuple[Incident, ...]:
        """Return its incident with the first line and the search of the floor of the fire."""
        brief = Brief(self.floor, lines=((self.floor, 1),), search=(self.floor,), begun=True)
        tasks = Fireground(self.tower, self.tactics, 0.0).tasks(brief)
        sure = [task for task in tasks if task.id in {f"line-{self.floor}-1", f"search-{self.floor}-1"}]
        settings = self.call_settings() | {"needs": None}
        return (Incident(**settings, id=self.id, type=self.type, tasks=(SIZE_UP, *sure)),)

    def _alarm_s(self, world: World) -> float:
        return self.alarm.draw(world.streams("high-rise", self.id, "alarm"))

    def _incident(self, world: World) -> Incident:
        there = self.tower.occupants(world.hour(self.starts_at_s))
        facts = {"floor": float(self.floor), "storeys": float(self.tower.storeys), "people": float(there)}
        return Incident.model_construct(
            approach=self.approach, **self.call_settings(), id=self.id, type=self.type, district=self.district,
            tasks=(SIZE_UP,), lapses_after_s=None, hazard=self.id, facts=facts,
        )  # fmt: skip

    def _advisories(self) -> Iterator[Advisory]:
        if self.tower.burning_m2 > ROOMS_MEASURED_M2:
            yield Advisory.of("flashover_measured", most=ROOMS_MEASURED_M2)
        if self.tower.sprinklers == "working" and self.tower.spray_mm_s < SPRAY_MM_S:
            yield Advisory.of("spray_measured", least=SPRAY_MM_S)
        if self.floor > CLIMBS_MEASURED_FLOORS:
            yield Advisory.of("climbs_measured", floors=CLIMBS_MEASURED_FLOORS)
