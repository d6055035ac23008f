"""A fire in a remote temple: timber, no hydrants, water by tankers from the next open water. NFPA 1142."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Count, Duration, Metres, Seconds, Text
from drillsim.hazards.release.leak_tasks import WATER
from drillsim.hazards.timber_hall import MOST_TANKERS, TimberHall
from drillsim.incidents.base import CallSettings, Incident, IncidentKind, Needs, Occurrence
from drillsim.language import Term
from drillsim.physics.air import pressure_ratio
from drillsim.physics.fire.water_shuttle import (
    TABLE_KMH,
    cycle_minutes,
    tanker_l_min,
    tankers_needed,
    water_needed_m3,
)
from drillsim.world.task import Task
from drillsim.world.world import World

KW_M2: Final = 500.0
"""Heat release of a timber hall per floor area. Source: SFPE Handbook, dwellings and halls 250 to 1000 (knowledge)."""
LITRES_S_NOZZLE: Final = 6.5
"""Flow of one 19 mm nozzle. Source: Chinese practice (knowledge)."""


MOST_L_S: Final = 1000.0
"""A greater attack nobody makes on one hall (assumption). [L/s]"""


class TempleFire(CallSettings, IncidentKind):
    """A timber hall on fire far from any hydrant.

    The water that must be on hand follows NFPA 1142 from the volume of the hall; tankers bring it from open water at
    ``0.9 V / (travel + fill + dump)``. On the plateau pumps fill more slowly, in proportion to the pressure of the air.
    """

    words = {
        "title": Term("Temple fire", "寺院火灾"),
        "about": Term(__doc__, "远离消火栓的木构殿堂火灾。"),
        "field.occupancy_class": Term("Occupancy hazard", "使用危险等级"),
        "field.construction_class": Term("Construction class", "结构等级"),
        "field.exposed": Term("Exposures", "有毗邻建筑"),
        "field.source_m": Term("Distance to open water", "水源距离"),
        "field.shuttle_kmh": Term("Speed of tankers", "运水车速"),
        "field.tank_l": Term("Tank of a tanker", "水罐容量"),
        "field.fill_l_min": Term("Filling rate", "加水流量"),
        "field.dump_s": Term("Time to empty", "卸水用时"),
        "field.attack_s": Term("Time of the attack", "进攻时间"),
        "field.open_source": Term("Opening the source", "开辟水源"),
        "error.attack_too_great": Term(
            "the water of NFPA 1142 in attack_s is {flow_l_s} L/s; at most {most} are put on a hall. "
            "Write a longer attack_s or a smaller hall",
            "按 attack_s 计算的灭火流量为 {flow_l_s} 升/秒，单座殿堂至多 {most} 升/秒。请加长 attack_s 或减小殿堂",
        ),
        "error.too_many_tankers": Term(
            "{needed} tankers would have to shuttle; at most {most} can. "
            "Write a nearer source, faster filling or tankers",
            "需要 {needed} 辆水罐车往返运水，至多 {most} 辆。请缩短水源距离、加快加水，或写明 tankers",
        ),
        "task.open-source": Term("Water source opened up", "开辟天然水源"),
    }

    kind: Literal["temple_fire"] = "temple_fire"
    """A remote temple on fire."""
    discovery: Duration = Duration(mean_s=300)
    """From the start until somebody notices (assumption: 5 minutes)."""
    report: Duration = Duration(mean_s=120)
    """From discovery until the alarm reaches the command centre (assumption: 2 minutes)."""
    approach: Duration = Duration(mean_s=300)
    """From the place on the road network to the hall (assumption: 5 minutes)."""
    needs: Needs | None = None
    """Units of the first alarm by capability; a rescue unit, an engine and the tankers if left out."""
    floor_m2: Annotated[float, Field(gt=0, le=20_000, json_schema_extra={"unit": "m²"})]
    """Floor area of the hall."""
    height_m: Annotated[float, Field(gt=0, le=60, json_schema_extra={"unit": "m"})]
    """Height of the hall."""
    occupancy_class: Annotated[int, Field(ge=3, le=7)] = 4
    """Occupancy hazard of NFPA 1142, 3 the worst (assumption: 4)."""
    construction_class: Annotated[float, Field(ge=0.5, le=1.5)] = 1.5
    """Construction of NFPA 1142: 1.5 is timber."""
    exposed: bool = True
    """Whether another building stands within 15 m."""
    people: Count = 30
    """People who must be brought out."""
    source_m: Annotated[Metres, Field(le=200_000)]
    """Distance from open water to the hall by road."""
    shuttle_kmh: Annotated[float, Field(ge=1, le=120, json_schema_extra={"unit": "km/h"})] = TABLE_KMH
    """Speed of the tankers; that of NFPA 1142 if left out."""
    tank_l: Annotated[float, Field(ge=500, le=50_000, json_schema_extra={"unit": "L"})] = 8000.0
    """Tank of one tanker."""
    fill_l_min: Annotated[float, Field(ge=10, le=20_000, json_schema_extra={"unit": "L/min"})] = 1600.0
    """How fast a tanker is filled at sea level (assumption)."""
    dump_s: Annotated[Seconds, Field(le=86_400)] = 120.0
    """How long it takes to empty it (assumption)."""
    tankers: Annotated[int, Field(ge=1, le=MOST_TANKERS)] | None = None
    """Tankers that can be used at the source; as many as keep up the attack if left out."""
    attack_s: Annotated[Seconds, Field(ge=60, le=604_800)] = 3600.0
    """Time in which the water of NFPA 1142 is put on the fire (assumption: 1 hour)."""
    open_source: Duration = Duration(mean_s=0)
    """Person-time until water can be drawn: 18 person-hours for an ice hole as at Amdo, where 18 men took
    1.5 h at 5200 m and work takes half as long again. [person·s]"""

    @classmethod
    def example(cls) -> TempleFire:
        """Return a hall two kilometres from open water."""
        return cls(id="temple", node="village", starts_at_s=0, floor_m2=400, height_m=10, source_m=2000)

    @model_validator(mode="after")
    def _water_in_reach(self) -> TempleFire:
        """Refuse a hall for which no attack, or no number of tankers that anybody has, would do."""
        if self.flow_l_s > MOST_L_S:
            raise PydanticCustomError(
                "attack_too_great", "an attack of {flow_l_s} L/s", {"flow_l_s": round(self.flow_l_s), "most": MOST_L_S}
            )
        needed = self.tankers_at(0.0)
        if needed > MOST_TANKERS:
            raise PydanticCustomError("too_many_tankers", "{needed} tankers", {"needed": needed, "most": MOST_TANKERS})
        return self

    @property
    def flow_l_s(self) -> float:
        """Flow of the attack. [L/s]"""
        return 1000.0 * self.water_m3 / self.attack_s

    def tankers_at(self, elevation_m: float) -> int:
        """Return how many tankers shuttle at that height."""
        return self.tankers or tankers_needed(60.0 * self.flow_l_s, self.tank_l, self.cycle_min(elevation_m))

    @property
    def water_m3(self) -> float:
        """Least water to have on hand. [m³]"""
        volume = self.floor_m2 * self.height_m
        return water_needed_m3(volume, self.occupancy_class, self.construction_class, exposed=self.exposed)

    def cycle_min(self, elevation_m: float) -> float:
        """Return the time of one round of a tanker at that height. [min]"""
        fill = self.tank_l / (self.fill_l_min * pressure_ratio(elevation_m))
        return cycle_minutes(self.source_m, self.shuttle_kmh, fill, self.dump_s / 60.0)

    def occur(self, world: World) -> Occurrence:
        """Return the incident and its fire."""
        elevation_m = float(world.ground.elevation_m[world.ground.row(self.node)])
        cycle = self.cycle_min(elevation_m)
        flow_l_s, tankers = self.flow_l_s, self.tankers_at(elevation_m)
        opened = ("open-source",) if self.open_source.typical_s > 0 else ()
        fire = TimberHall(
            id=self.id, growth="fast", peak_kw=KW_M2 * self.floor_m2, reference_kw=KW_M2 * self.floor_m2,
            tankers=tankers, tanker_l_s=tanker_l_min(self.tank_l, cycle) / 60.0, shuttle_after=opened,
            attack_l_s=flow_l_s,
        )  # fmt: skip
        needs = self.needs or {"rescue": 1, "fire_attack": 1, "water_supply": tankers}
        incident = Incident(
            approach=self.approach, **self.call_settings() | {"needs": needs}, id=self.id, type="building_fire",
            hazard=fire.id, tasks=self._tasks(flow_l_s), facts={"people_inside": self.people},
        )  # fmt: skip
        return Occurrence((incident,), (fire,))

    def _tasks(self, flow_l_s: float) -> tuple[Task, ...]:
        crew = max(4, 2 * -int(-flow_l_s // LITRES_S_NOZZLE))
        source = Task(
            id="open-source", title=Text(en="Open the water source", zh="开辟取水点"), capabilities=("water_supply",),
            min_crew=2, useful_crew=18, work=self.open_source,
        )  # fmt: skip
        people = Task(
            id="people", title=Text(en="Bring people out", zh="疏散僧众"), capabilities=("rescue",), min_crew=4,
            useful_crew=12, work=Duration(mean_s=max(1, self.people) * 180.0), danger=True,
        )  # fmt: skip
        attack = Task(
            id="attack", title=Text(en="Attack the fire", zh="灭火"), capabilities=("fire_attack",), min_crew=crew,
            work=Duration(mean_s=crew * self.attack_s), uses={WATER: flow_l_s}, danger=True, intervention="water_on",
        )  # fmt: skip
        return (*((source,) if self.open_source.typical_s > 0 else ()), people, attack)
