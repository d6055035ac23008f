"""What has to be done at a fire in a tall building: the task graph of the fireground, from what is known of it now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from drillsim.base.quantities import Duration, Text
from drillsim.hazards.high_rise.tower import Tactics, Tower
from drillsim.physics.fire.breathing_air import working_s
from drillsim.physics.fire.climbing import WALK_FROM_LIFT_FLOORS, access_s
from drillsim.world.task import Spell, Task

AIR: Final = "air_set"
WAY_ON_AIR_S: Final = 60.0
"""From clean air two floors below to the work (assumption). [s]"""
HEAVY_L_MIN: Final = 70.0
REFILL_PER_S: Final = 1.0 / 180.0
"""Cylinders that a mobile compressor fills: one in three minutes (assumption). [1/s]"""
TO_THE_END_S: Final = 86_400.0
"""Person-time of work that lasts as long as it is called for (numerical bound). [person·s]"""
SEARCHES_AT_A_TIME: Final = 3
PAIR: Final = 2
"""Nobody goes alone where smoke may be: two in, two out. NFPA 1500 and 1710 (knowledge)."""
M2_PER_SECTOR: Final = 75.0
"""What a pair searches on one way in: a flat, some rooms (assumption). [m²]"""
LIFT_WORK_S: Final = 120.0
"""Take over a fire lift: call it down, key, test (assumption). [person·s]"""
CARRY_FLOOR_S: Final = 20.0
CARRIERS: Final = 4
"""Four people carry one down a floor in 20 s (assumption)."""
MOST_FLOORS_CARRIED: Final = 4
"""So far down is safety, where lifts or others take over (assumption)."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What the fireground has to do with now; the tasks follow from it."""

    floor: int
    """Floor on which the fire began."""
    lines: tuple[tuple[int, int], ...] = ()
    """Attack lines wanted per burning floor, lowest first."""
    cover: int | None = None
    """Floor above the fire on which a line stands ready."""
    search: tuple[int, ...] = ()
    """Floors to be searched next."""
    first_aid: bool = False
    """Whether people of the house or a micro station can still fight it with a hose reel."""
    begun: bool = False
    """Whether an officer is there, who says where crews go and how."""
    known: bool = False
    """Whether the first officer has sized it up."""
    fire: bool = True
    """Whether anything burns."""
    weak: bool = False
    """Whether the water does not reach it with enough pressure."""
    stream: bool = False
    """Whether aerials reach burning floors."""
    lift: bool = False
    """Whether crews have taken over the fire lift, or are about to."""
    lift_wait_s: float = 0.0
    """How long that will still take them. [s]"""
    staged: bool = False
    """Whether a forward post two floors below holds crews and cylinders."""
    large: bool = False
    """Whether more than the first alarm is called for."""
    burnt: bool = False
    """Whether there is something to overhaul."""


def spell(tactics: Tactics) -> Spell:
    """Return how long people work on one cylinder: the turn-around rule.

    Examples
    --------
    >>> round(spell(Tactics()).work_s / 60.0, 1)
    22.7
    """
    return Spell(
        work_s=max(60.0, working_s(tactics.cylinder_l, HEAVY_L_MIN, WAY_ON_AIR_S)),
        rest_s=tactics.rest_s,
        rest_after=True,
        supply=AIR,
    )


def search_person_s(tower: Tower, tactics: Tactics, *, smoke: bool) -> float:
    """Return the person-time that the search of a floor takes. [person·s]

    Examples
    --------
    >>> search_person_s(Tower(storeys=20, people=0), Tactics(), smoke=True) / 60.0
    120.0
    """
    return 60.0 * tower.floor_m2 / (tactics.search_m2_min if smoke else tactics.search_clear_m2_min)


def sectors_of(tower: Tower) -> int:
    """Return into how many parts a floor is divided for its search, one pair at a time in each.

    Examples
    --------
    >>> [sectors_of(Tower(storeys=9, people=0, floor_m2=m2)) for m2 in (90.0, 600.0, 1500.0)]
    [1, 8, 20]
    """
    return max(1, int(tower.floor_m2 / M2_PER_SECTOR))


def carry_person_s(floor: int) -> float:
    """Return the person-time that it takes to bring one person to safety who cannot walk. [person·s]

    Examples
    --------
    >>> carry_person_s(3), carry_person_s(30)
    (160.0, 320.0)
    """
    return CARRIERS * CARRY_FLOOR_S * min(floor - 1, MOST_FLOORS_CARRIED)


class Fireground:
    """The task graph for one building.

    Parameters
    ----------
    tower, tactics
        Building, and kit and standing orders.
    elevation_m
        Height above sea level, which slows climbs. [m]
    """

    def __init__(self, tower: Tower, tactics: Tactics, elevation_m: float) -> None:
        self.tower, self.tactics, self.elevation_m = tower, tactics, elevation_m
        self._spell, self._together = spell(tactics), tactics.crews_together

    def tasks(self, brief: Brief) -> tuple[Task, ...]:
        """Return what is to be done now, in the order in which crews are put to it."""
        if not brief.begun:
            return tuple(self._lift(brief))
        if not brief.fire and not self.tactics.drill:
            return (*self._search(brief), *self._overhaul(brief))
        lines, water = list(self._attack(brief)), list(self._water_supply())
        house_water = self.tower.house_pump and self.tower.riser == "charged"
        first = [*lines[:2], *water] if house_water else [*water, *lines[:2]]
        return (
            *self._lift(brief), *first, *self._pressure(brief), *self._lobby(), *self._forward_post(brief),
            *self._people(brief), *self._smoke(brief), *lines[2:], *self._safety(brief), *self._search(brief),
            *self._logistics(brief), *self._first_aid(brief),
        )  # fmt: skip

    def climb_s(self, brief: Brief, floor: int) -> float:
        """Return how long a crew takes to a floor: from the lobby, or from the forward post once that stands. [s]"""
        tower = self.tower
        if brief.staged and floor > WALK_FROM_LIFT_FLOORS:
            floors = min(floor - 1, abs(floor - self._post(brief)))
            how = {"storey_m": tower.storey_m, "elevation_m": self.elevation_m}
            return min(access_s(floors, tower.storeys, by_lift=False, **how), self._from_lobby_s(brief, floor))
        return self._from_lobby_s(brief, floor)

    def _from_lobby_s(self, brief: Brief, floor: int) -> float:
        tower = self.tower
        by_lift = brief.lift and tower.fire_lifts > 0
        how = {"storey_m": tower.storey_m, "elevation_m": self.elevation_m}
        on_foot_s = access_s(floor - 1, tower.storeys, by_lift=False, **how)
        if not by_lift:
            return on_foot_s
        return min(on_foot_s, brief.lift_wait_s + access_s(floor - 1, tower.storeys, by_lift=True, **how))

    def _post(self, brief: Brief) -> int:
        return max(1, brief.floor - WALK_FROM_LIFT_FLOORS)

    def _first_aid(self, brief: Brief) -> Iterator[Task]:
        if brief.first_aid:
            yield _task(
                "first-aid", "First-aid attack with a house hose", "初期火灾扑救（室内消火栓）", ("fire_attack",),
                crew=2, work_s=TO_THE_END_S, access_s=self._from_lobby_s(brief, brief.floor), does="first_aid",
                in_turn=False,
            )  # fmt: skip

    def _water_supply(self) -> Iterator[Task]:
        yield _task(
            "water-supply", "Hydrant to engine to riser", "占据水源并向水泵接合器供水", ("water_supply",),
            crew=2, work_s=360.0, does="supply",
        )  # fmt: skip

    def _lobby(self) -> Iterator[Task]:
        yield _task(
            "lobby-control", "Lobby and fire control room", "控制首层大厅和消控室", ("rescue",), crew=1, work_s=240.0,
            after=("size-up",),
        )  # fmt: skip

    def _lift(self, brief: Brief) -> Iterator[Task]:
        if self.tower.fire_lifts and not (brief.lift and brief.lift_wait_s == 0):
            yield _task(
                "fire-lift", "Take over the fire lift", "接管消防电梯", ("fire_lift",), crew=1, work_s=LIFT_WORK_S,
                does="lift",
            )  # fmt: skip

    def _attack(self, brief: Brief) -> Iterator[Task]:
        crew = self.tactics.line_crew
        for floor, count in brief.lines:
            for n in range(1, count + 1):
                yield _task(
                    f"line-{floor}-{n}", f"Attack line {n}, floor {floor}", f"{floor}层第{n}支水枪进攻",
                    ("fire_attack",), crew=crew, work_s=TO_THE_END_S, access_s=self.climb_s(brief, floor),
                    spell=self._spell, does="water_on", together=self._together,
                )  # fmt: skip
        if brief.cover is not None:
            yield _task(
                f"cover-{brief.cover}", f"Covering line, floor {brief.cover}", f"{brief.cover}层设防水枪",
                ("fire_attack",), crew=crew, work_s=TO_THE_END_S, access_s=self.climb_s(brief, brief.cover),
                spell=self._spell, does="water_on", together=self._together,
            )  # fmt: skip

    def _search(self, brief: Brief) -> Iterator[Task]:
        burning, sectors = {floor for floor, _ in brief.lines}, sectors_of(self.tower)
        for floor in brief.search:
            work_s = search_person_s(self.tower, self.tactics, smoke=floor in burning) / sectors
            for n in range(1, sectors + 1):
                yield _task(
                    f"search-{floor}-{n}", f"Search and rescue, floor {floor}, sector {n}", f"{floor}层{n}区搜救",
                    ("rescue",), crew=PAIR, work_s=work_s, access_s=self.climb_s(brief, floor), does="search",
                    spell=self._spell if brief.fire else None, after=("size-up",), danger=True,
                )  # fmt: skip

    def _forward_post(self, brief: Brief) -> Iterator[Task]:
        post = self._post(brief)
        if self.tower.storeys > WALK_FROM_LIFT_FLOORS + 1 and not brief.staged:
            yield _task(
                "forward-post", f"Forward post, floor {post}", f"{post}层设立前方进攻起点", ("fire_attack",),
                crew=2, work_s=480.0, access_s=self._from_lobby_s(brief, post), after=("size-up",), does="staged",
                danger=True,
            )  # fmt: skip

    def _safety(self, brief: Brief) -> Iterator[Task]:
        team = self.tactics.line_crew
        if brief.known and brief.lines:
            yield _task(
                "rit", "Rapid intervention team", "紧急救助小组待命", ("rescue",), crew=team,
                work_s=TO_THE_END_S, access_s=self._from_lobby_s(brief, self._post(brief)), danger=True,
                together=self._together,
            )  # fmt: skip

    def _people(self, brief: Brief) -> Iterator[Task]:
        yield _task(
            "evacuation", "Evacuation control on the stairs", "疏散楼梯引导", ("rescue",), crew=2, work_s=480.0,
            access_s=self._from_lobby_s(brief, self._post(brief)), after=("lobby-control",), does="guide",
        )  # fmt: skip
        yield _task(
            "medical-post", "Medical post", "设立医疗救护点", ("medical",), crew=2, work_s=600.0,
            after=("size-up",),
        )  # fmt: skip

    def _smoke(self, brief: Brief) -> Iterator[Task]:
        if not self.tower.pressurised:
            yield _task(
                "stair-fans", "Pressurise the stairs", "楼梯间正压送风", ("smoke_ventilation",), crew=2,
                work_s=480.0, does="pressurise",
            )  # fmt: skip
        yield _task(
            "ventilate", f"Ventilate floor {brief.floor}", f"{brief.floor}层排烟", ("smoke_ventilation",), crew=2,
            work_s=600.0, access_s=self.climb_s(brief, brief.floor), spell=self._spell, does="ventilate",
        )  # fmt: skip

    def _logistics(self, brief: Brief) -> Iterator[Task]:
        if brief.large:
            yield _task(
                "air-refill", "Refill air cylinders", "现场充气保障", ("logistics",), crew=2, work_s=TO_THE_END_S,
                yields={AIR: REFILL_PER_S},
            )  # fmt: skip

    def _pressure(self, brief: Brief) -> Iterator[Task]:
        if brief.weak:
            yield _task(
                "high-pressure", "High-pressure pump to riser", "高压泵供水", ("high_pressure_pump",), crew=2,
                work_s=480.0, does="high_pressure",
            )  # fmt: skip
            yield _task(
                "relay", "Two engines in series", "两车耦合接力供水", ("water_supply",), crew=4, work_s=2400.0,
                after=("water-supply",), does="relay",
            )  # fmt: skip
        if brief.stream:
            yield _task(
                "aerial-stream", "Water from an aerial", "举高车外部射水", ("ladder",), crew=2,
                work_s=TO_THE_END_S, does="stream",
            )  # fmt: skip

    def _overhaul(self, brief: Brief) -> Iterator[Task]:
        if brief.burnt:
            yield _task(
                "overhaul", "Overhaul", "清理残火", ("fire_attack",), crew=4,
                work_s=60.0 * self.tower.burning_m2, access_s=self.climb_s(brief, brief.floor),
            )  # fmt: skip


def _task(
    name: str, en: str, zh: str, capabilities: tuple[str, ...], *, work_s: float, crew: int = 1,
    access_s: float = 0.0, spell: Spell | None = None, after: tuple[str, ...] = (), does: str | None = None,
    danger: bool | None = None, together: bool = False, in_turn: bool = True,
    yields: Mapping[str, float] | None = None,
) -> Task:  # fmt: skip
    """Return one task; work on air takes people into danger."""
    return Task(
        id=name, title=Text(en=en, zh=zh), capabilities=capabilities, min_crew=crew,
        one_unit=together, in_turn=in_turn, work=Duration(mean_s=work_s), access=Duration(mean_s=access_s), spell=spell,
        after=after, danger=spell is not None if danger is None else danger, intervention=does,
        yields=dict(yields or {}),
    )  # fmt: skip
