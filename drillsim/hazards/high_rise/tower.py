"""A tall building: its floors, stairs, lifts, water, façade and people, as a planner describes them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Count, Model, Seconds, Share
from drillsim.physics.fire.floor_spread import SPRAY_MM_S

Use = Literal["dwelling", "office", "hospital"]
Width = Annotated[float, Field(ge=0.1, le=200, json_schema_extra={"unit": "m"})]
Height = Annotated[float, Field(ge=0.1, le=10, json_schema_extra={"unit": "m"})]
SquareMetre = Annotated[float, Field(ge=1, le=20_000, json_schema_extra={"unit": "m²"})]
Megapascal = Annotated[float, Field(ge=0, le=6, json_schema_extra={"unit": "MPa"})]
BURNS_KW_M2: Final = 250.0
"""Heat released per area where everything burns: dwelling, office, hospital. EN 1991-1-2 Annex E (knowledge)."""
MOST_ROOMS: Final = 50
"""More rooms of a floor never burn one after the other (assumption)."""
GLAZED: Final = 0.15
"""Window area over floor area of the room that burns (assumption)."""


@dataclass(frozen=True, slots=True)
class UseFacts:
    """What the use of a building says of fuel and people."""

    fuel_mj_m2: float
    """Mean fire load. EN 1991-1-2 table E.4 (knowledge)."""
    room_m2: float
    """What burns on a floor before walls stop it (assumption: a flat's main rooms, an open-plan area, a ward room)."""
    day_share: float
    night_share: float
    """Part of the people of the building who are in it by day and by night (assumption)."""
    impaired_share: float
    """Part of them who cannot use stairs (assumption)."""
    pre_movement_s: tuple[float, float]
    """First and ninety-ninth percentile from the alarm until people move, awake. PD 7974-6 (knowledge)."""
    asleep_s: tuple[float, float]
    """The same where people sleep."""
    behind_doors: float
    """Part of the smoke on the floor of the fire that reaches people who stay in their rooms (assumption)."""


USES: Final[Mapping[str, UseFacts]] = MappingProxyType(
    {
        "dwelling": UseFacts(780.0, 60.0, 0.4, 0.95, 0.03, (120.0, 600.0), (450.0, 1200.0), 0.05),
        "office": UseFacts(420.0, 400.0, 0.9, 0.03, 0.01, (45.0, 135.0), (45.0, 135.0), 1.0),
        "hospital": UseFacts(230.0, 60.0, 1.0, 0.8, 0.4, (60.0, 300.0), (300.0, 900.0), 0.2),
    }
)
"""By use. Pre-movement: offices 0.5-1 min and 1-2 min more, sleeping 5-10 min and 5-20 min more: middles of PD 7974-6
(knowledge). Fuel: EN 1991-1-2. Rooms and shares of people are assumptions."""


class Opening(Model):
    """A window or door of the room that burns, to the outside, or several that are alike."""

    width_m: Width
    """Width."""
    height_m: Height
    """Height."""
    count: Annotated[int, Field(ge=1, le=200)] = 1
    """How many there are."""


class Tower(Model):
    """A tall building. What is left out follows from its use."""

    storeys: Annotated[int, Field(ge=2, le=200)]
    """Floors above ground; the ground floor is floor 1."""
    storey_m: Annotated[float, Field(ge=2, le=10, json_schema_extra={"unit": "m"})] = 3.0
    """Height of a floor."""
    use: Use = "dwelling"
    """What the building is used for."""
    floor_m2: SquareMetre = 600.0
    """Area of a floor."""
    room_m2: SquareMetre | None = None
    """Area that burns on a floor before walls stop the fire; by use if left out."""
    window_height_m: Height = 1.5
    """Height of the windows, which take 15 % of the area that burns."""
    openings: Annotated[tuple[Opening, ...], Field(max_length=50)] = ()
    """Windows and doors that let air into the area that burns, in place of these windows."""
    spandrel_m: Annotated[float, Field(ge=0, le=10, json_schema_extra={"unit": "m"})] = 1.2
    """Wall between the windows of two floors; flames that reach over it set the next floor alight."""
    people: Annotated[int, Field(ge=0, le=30_000)]
    """People who belong to the building when it is full, spread evenly over the floors above the ground floor."""
    present: Share | None = None
    """Part of them who are there; by use and hour if left out."""
    impaired: Share | None = None
    """Part of those who cannot use stairs; by use if left out."""
    stairs: Annotated[int, Field(ge=1, le=10)] = 2
    """Stairs from top to bottom."""
    stair_width_m: Annotated[float, Field(gt=0.3, le=10, json_schema_extra={"unit": "m"})] = 1.2
    """Clear width of a stair."""
    pressurised: bool = False
    """Whether fans keep smoke out of the stairs."""
    fire_lifts: Annotated[int, Field(ge=0, le=10)] = 1
    """Fire lifts in working order, which crews can take over."""
    riser: Literal["charged", "dry", "failed"] = "charged"
    """Standpipe: filled, filled by the first engine, or of no use, so that hose goes up the stairs."""
    house_pump: bool = True
    """Whether the pump of the building works and feeds a charged riser; if not, the fire service does."""
    sprinklers: Literal["none", "working", "failed"] = "none"
    """Sprinklers."""
    spray_mm_s: Annotated[float, Field(ge=0.01, le=1, json_schema_extra={"unit": "mm/s"})] = SPRAY_MM_S
    """Water that sprinklers put on the floor; 0.07 mm/s (4 L/min on a square metre) in light hazards."""
    facade: Literal["sound", "combustible"] = "sound"
    """Whether the cladding burns."""
    facade_enters: Share = 0.5
    """Part of the floors whose rooms catch fire from burning cladding in front of them (assumption)."""
    exit_shut: Share = 0.5
    """Part of the floors, behind cladding that burns or burnt, where a room that has flashed over sets the corridor
    alight as well, so that nobody gets out past it (assumption)."""
    flares_up: Share = 0.5
    """Part of the rooms behind burnt cladding whose fire, when it has died, takes the next room of the floor unless
    water is there (assumption)."""

    @model_validator(mode="after")
    def _openings_in_walls(self) -> Tower:
        """Refuse openings that the walls have no room for, and those that are described twice."""
        if self.openings and "window_height_m" in self.model_fields_set:
            raise PydanticCustomError("openings_twice", "write openings or window_height_m, not both")
        highest_m = max(height for _, height in self.vents)
        if highest_m > self.storey_m:
            raise PydanticCustomError(
                "opening_above_ceiling", "an opening of {height_m} m in a floor of {storey_m} m",
                {"height_m": highest_m, "storey_m": self.storey_m},
            )  # fmt: skip
        opening_m2, wall_m2 = sum(area for area, _ in self.vents), self.wall_m2
        if self.openings and opening_m2 > wall_m2:
            raise PydanticCustomError(
                "openings_too_large", "openings of {opening_m2} m² in walls of {wall_m2} m²",
                {"opening_m2": round(opening_m2, 1), "wall_m2": round(wall_m2, 1)},
            )  # fmt: skip
        return self

    @property
    def facts(self) -> UseFacts:
        """What the use says."""
        return USES[self.use]

    @property
    def burning_m2(self) -> float:
        """Area that burns on a floor before walls stop the fire. [m²]"""
        return min(self.room_m2 or self.facts.room_m2, self.floor_m2)

    @property
    def wall_m2(self) -> float:
        """Walls round what burns on a floor, as if it were square (assumption). [m²]"""
        return 4.0 * math.sqrt(self.burning_m2) * self.storey_m

    @property
    def vents(self) -> tuple[tuple[float, float], ...]:
        """Area and height of each opening of what burns. [m²], [m]"""
        if not self.openings:
            return ((GLAZED * self.burning_m2, self.window_height_m),)
        return tuple((o.count * o.width_m * o.height_m, o.height_m) for o in self.openings)

    @property
    def rooms_per_floor(self) -> int:
        """How many rooms of that size a floor has, one of which burns at a time."""
        return min(MOST_ROOMS, max(1, int(self.floor_m2 / self.burning_m2)))

    @property
    def fuel_mj(self) -> float:
        """Heat that a floor's fire can release. [MJ]"""
        return self.facts.fuel_mj_m2 * self.burning_m2

    def height_m(self, floor: int) -> float:
        """Return how high a floor lies above the ground. [m]

        Examples
        --------
        >>> Tower(storeys=33, people=0).height_m(10)
        27.0
        """
        return (floor - 1) * self.storey_m

    def occupants(self, hour: float) -> int:
        """Return how many people are in the building at a clock hour; night is 22:00 to 6:00 (assumption).

        Examples
        --------
        >>> [Tower(storeys=33, people=400).occupants(hour) for hour in (2.0, 14.0)]
        [380, 160]
        """
        by_use = self.facts.night_share if is_night(hour) else self.facts.day_share
        return round(self.people * (by_use if self.present is None else self.present))


NIGHT_BEGINS_H, NIGHT_ENDS_H = 22.0, 6.0
"""Clock hours between which people sleep (assumption). [h]"""


def is_night(hour: float) -> bool:
    """Return whether the people of a building sleep at a clock hour (assumption)."""
    return not NIGHT_ENDS_H <= hour < NIGHT_BEGINS_H


class Tactics(Model):
    """What the fire service of the place brings and does, whatever the plan: kit and standing orders."""

    engine_pump_mpa: Megapascal = 1.0
    """Pressure of an ordinary engine's pump (assumption: rated pressure of low-pressure pumps)."""
    high_pump_mpa: Megapascal = 2.5
    """Pressure of a high-pressure pump with its hose (assumption: hose of 2.5 MPa)."""
    line_crew: Annotated[int, Field(ge=1, le=20)] = 3
    """Least people on an attack line: two at the branch, one at the door; the intervention team stands outside."""
    branch_mm: Annotated[float, Field(ge=10, le=40, json_schema_extra={"unit": "mm"})] = 19.0
    """Bore of the branch: 19 mm in the Chinese service, 28.6 mm (1-1/8 inch) on American high-rise lines."""
    crews_together: bool = True
    """Whether a line and the intervention team are each one crew that stays together; if not, crews combine."""
    lines: Annotated[int, Field(ge=1, le=20)] | None = None
    """Lines on each burning floor by standing order; by the size of the fire if left out."""
    searches_above: Count | None = None
    """Floors above the fire that are searched; all if left out."""
    drill: bool = False
    """Whether every task is done to the end though the fire is out, as in an exercise."""
    line_work_s: Annotated[float, Field(ge=0, le=36_000, json_schema_extra={"unit": "person·s"})] = 600.0
    """Work from reaching the floor until water: hose laid and filled, the door opened."""
    search_m2_min: Annotated[float, Field(ge=0.1, le=1000, json_schema_extra={"unit": "m²/min"})] = 5.0
    """Area that one person searches in smoke in a minute (assumption)."""
    search_clear_m2_min: Annotated[float, Field(ge=0.1, le=1000, json_schema_extra={"unit": "m²/min"})] = 20.0
    """The same where there is no smoke (assumption)."""
    cylinder_l: Annotated[float, Field(gt=0, le=10_000, json_schema_extra={"unit": "L"})] = 2040.0
    """Air of a cylinder: 6.8 L at 30 MPa."""
    rest_s: Seconds = 600.0
    """Rest and change of cylinder after each: 10 minutes, of themselves, after the first (NFPA 1584, knowledge)."""
    aerial_reach_m: Annotated[float, Field(ge=0, le=200, json_schema_extra={"unit": "m"})] = 54.0
    """Height to which aerials throw water (assumption: a 54 m platform)."""
    evacuation: Literal["all", "phased"] = "all"
    """Who leaves at the alarm: everybody, or those next to the fire and the others when they are told."""
