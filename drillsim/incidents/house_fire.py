"""A fire in a house of few storeys: pairs and lines, two in and two out. NIST Technical Note 1661, NFPA 1710."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Literal

from pydantic import Field

from drillsim.base.quantities import Count, Duration, IncidentType, Positive, Text
from drillsim.hazards.fire_growth import FireGrowth
from drillsim.incidents.base import CallSettings, Incident, IncidentKind, Needs, Occurrence
from drillsim.language import Term
from drillsim.world.task import Task
from drillsim.world.world import World

PAIR: Final = 2
"""Nobody goes in alone: NFPA 1500 and 1710 (knowledge)."""
IN_AND_OUT: Final = 4
"""Two in, two out before water goes on inside: NFPA 1710 (knowledge)."""
LADDERS: Final = 2
"""Ground ladders raised to a house of more than one storey (assumption)."""
CLEAR_FACTOR: Final = 4.0
"""A second search, without smoke, goes so much faster (assumption: as in towers)."""
CARRY_S: Final = 120.0
"""For a pair to bring one person out of the house (assumption). [s]"""
KW_M2: Final = 250.0
"""Heat released per area where everything burns, dwelling. EN 1991-1-2 Annex E (knowledge)."""
ROOM_M2: Final = 60.0
"""What burns before walls stop it, as in a flat (assumption)."""
REFERENCE_KW: Final = 2000.0
"""Size of fire for which the work of the attack is written (assumption)."""
SIZE_UP_S: Final = 90.0
"""Once round the house (assumption). [person·s]"""
PUMP_S: Final = 60.0
"""Pump engaged on the water of the tank (assumption). [person·s]"""
ATTACK_S: Final = 120.0
"""From the door to the fire and water on it (assumption). [s]"""
SUPPLY_S, LADDER_S, VENT_S, RIT_S, UTILITIES_S, EXTENSION_S = 300.0, 240.0, 360.0, 120.0, 180.0, 480.0
"""Hydrant to engine, one ladder, windows opened, intervention team ready, gas and power off, walls and ceilings looked
behind (assumptions). [person·s]"""


class HouseFire(CallSettings, IncidentKind):
    """A fire in a house of few storeys.

    Crews work in whole pairs and in turn: the line, two in and two out, the search of each storey, ladders,
    ventilation, a second line. A fifth rider without a partner goes in with nobody: so that one more person saves time
    only when it makes a pair. Of the people inside it says when they are found; how long they live it does not model.
    """

    words = {
        "title": Term("House fire", "低层住宅火灾"),
        "about": Term(__doc__, "低层住宅火灾：两人一组、按顺序展开，两人进两人守；只有凑成一组的人员才能缩短时间。"),
        "incident_type.house_fire": Term("House fire", "低层住宅火灾"),
        "field.line_person_s": Term("Work of a line", "铺设一条水带的工作量"),
        "task.attack-line": Term("Attack line laid", "铺设进攻水带"),
        "task.backup-line": Term("Second line laid", "铺设掩护水带"),
        "task.pump": Term("Pump engaged", "启动车泵"),
        "task.second-search": Term("Second search", "复查搜索"),
        "task.ladder": Term("Ladder", "架设拉梯"),
        "task.utilities": Term("Gas and power off", "断气断电"),
        "task.extension": Term("Walls and ceilings checked", "检查墙体吊顶蔓延"),
    }

    kind: Literal["house_fire"] = "house_fire"
    """A fire in a house."""
    type: IncidentType = "house_fire"
    """What sort of incident it is, as run cards name it."""
    discovery: Duration = Duration(mean_s=240.0)
    """From established burning until somebody notices: 4 minutes in the service's 15-minute rule."""
    approach: Duration = Duration(mean_s=0.0)
    """From its place on the road network to the house."""
    needs: Needs = Field(default_factory=lambda: {"fire_attack": 3, "rescue": 1})
    """Units of the first alarm by capability: three engines and a truck as in TN 1661."""
    storeys: Annotated[int, Field(ge=1, le=4)] = 2
    """Floors above ground."""
    floor_m2: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "m²"})] = 93.0
    """Area of a floor; 2000 square feet on two of them in TN 1661."""
    growth: Literal["slow", "medium", "fast", "ultra_fast"] = "medium"
    """Growth class."""
    people: Count = 1
    """People inside who must be brought out, spread over the storeys from the top."""
    search_m2_min: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "m²/min"})] = 5.0
    """Area that one person searches in smoke in a minute (assumption)."""
    line_person_s: Annotated[float, Field(gt=0, le=36_000, json_schema_extra={"unit": "person·s"})] = 366.0
    """Work of laying a line to the fire: TN 1661 measured 57, 87 and 122 s less with 3, 4 and 5 people than with 2,
    which is 340 to 410 person-seconds."""
    line_crew: Annotated[Positive, Field(ge=2, le=6)] = 2
    """People who lay a line."""

    @classmethod
    def example(cls) -> HouseFire:
        """Return the house of the experiments."""
        return cls(id="house", node="village", starts_at_s=0)

    def occur(self, world: World) -> Occurrence:
        """Return the fire and its incident."""
        burning_kw = KW_M2 * min(ROOM_M2, self.floor_m2)
        fire = FireGrowth(id=self.id, growth=self.growth, peak_kw=burning_kw, reference_kw=REFERENCE_KW)
        return Occurrence((self._incident(),), (fire,))

    def foreseen(self) -> tuple[Incident, ...]:
        """Return its incident, which is the same in every replication."""
        return (self._incident(),)

    def _incident(self) -> Incident:
        return Incident(
            approach=self.approach, **self.call_settings(), id=self.id, type=self.type, hazard=self.id,
            tasks=tuple(self.tasks()), facts={"people_inside": self.people, "storeys": float(self.storeys)},
        )  # fmt: skip

    def tasks(self) -> Iterator[Task]:
        """Yield what is to be done, in the order in which crews are put to it."""
        inside = ("attack-line",)
        yield _task("size-up", "Size-up and command", "火情侦察与指挥", "fire_attack", 1, SIZE_UP_S)
        yield _task("pump", "Pump engaged", "启动车泵", "fire_attack", 1, PUMP_S)
        yield self._line("attack-line", "Attack line laid", "铺设进攻水带")
        yield _task(
            "attack", "Attack: two in, two out", "内攻（两人进、两人守）", "fire_attack", IN_AND_OUT,
            IN_AND_OUT * ATTACK_S, after=("size-up", "pump", "attack-line"), danger=True, does="water_on",
        )  # fmt: skip
        storeys = range(self.storeys, 0, -1)
        for storey in storeys:
            yield _task(
                f"search-{storey}", f"Search, floor {storey}", f"{storey}层搜救", "rescue", PAIR,
                self._search_s(storey), after=inside, danger=True,
            )  # fmt: skip
        if self.storeys > 1:
            for n in range(1, LADDERS + 1):
                yield _task(f"ladder-{n}", f"Ladder {n}", f"第{n}架拉梯", "rescue", PAIR, LADDER_S)
        yield _task("ventilate", "Windows opened", "开窗排烟", "rescue", PAIR, VENT_S, after=inside)
        yield self._line("backup-line", "Second line laid", "铺设掩护水带")
        yield _task("water-supply", "Hydrant to engine", "占据水源供水", "fire_attack", PAIR, SUPPLY_S)
        yield _task("rit", "Intervention team ready", "紧急救助小组待命", "rescue", PAIR, RIT_S)
        yield _task("utilities", "Gas and power off", "断气断电", "rescue", 1, UTILITIES_S)
        yield _task(
            "extension", "Walls and ceilings checked", "检查墙体吊顶蔓延", "fire_attack", PAIR, EXTENSION_S,
            after=("attack",),
        )  # fmt: skip
        for storey in storeys:
            plain_s = 60.0 * self.floor_m2 / (CLEAR_FACTOR * self.search_m2_min)
            yield _task(
                f"second-search-{storey}", f"Second search, floor {storey}", f"{storey}层复查", "rescue", PAIR, plain_s,
                after=("attack", f"search-{storey}"),
            )  # fmt: skip

    def _search_s(self, storey: int) -> float:
        """Return the work of searching a storey and of bringing out who is there. [person·s]"""
        rank = self.storeys - storey
        there = self.people // self.storeys + (rank < self.people % self.storeys)
        return 60.0 * self.floor_m2 / self.search_m2_min + PAIR * CARRY_S * there

    def _line(self, name: str, en: str, zh: str) -> Task:
        return _task(name, en, zh, "fire_attack", self.line_crew, self.line_person_s)


def _task(
    name: str, en: str, zh: str, capability: str, crew: int, work_s: float, *, after: tuple[str, ...] = (),
    danger: bool = False, does: str | None = None,
) -> Task:  # fmt: skip
    return Task(
        id=name, title=Text(en=en, zh=zh), capabilities=(capability,), min_crew=crew, in_turn=True,
        work=Duration(mean_s=work_s), after=after, danger=danger, intervention=does,
    )  # fmt: skip
