"""Tanks of a tank farm: what each is, how it is, and how heat passes between them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Final, Literal

import numpy as np
from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base import portable
from drillsim.base.quantities import EntityId, Model, Text
from drillsim.physics.fire.foam import (
    LARGE_TANK_M,
    Attack,
    concentrate_l,
    cooling_adjacent_l_s,
    cooling_burning_l_s,
    foam_minutes,
    solution_l_s,
    water_film_l_min_m2,
)
from drillsim.physics.fire.pool_fire import (
    burning_kg_m2_s,
    flame_length_m,
    heat_release_kw,
    radiation_kw_m2,
    tilt_sine,
)
from drillsim.physics.fire.tank_fuels import TANK_CONTENTS, TANK_FLAMMABLE, TANK_FUELS
from drillsim.physics.gas.cloud import Points
from drillsim.physics.gas.substances import Flammable, Substance
from drillsim.physics.validity import Array
from drillsim.world.references import unknown_reference

TankStatus = Literal["sound", "burning", "foamed", "down", "out", "burnt_out", "burst"]
STATUSES: Final[tuple[TankStatus, ...]] = ("sound", "burning", "foamed", "down", "out", "burnt_out", "burst")
ON_FIRE: Final = frozenset({"burning", "foamed"})
STRIP_DEG: Final = 10.0
"""Width of the strips of a wall for which heat is worked out (numerical step). [deg]"""


def _known_content(name: str) -> str:
    if name not in TANK_CONTENTS:
        raise unknown_reference("substance", name, set(TANK_CONTENTS))
    return name


ContentName = Annotated[str, Field(max_length=40), AfterValidator(_known_content)]
"""Name of what is in a tank: a substance, or a cut of a refinery as ``heavy_naphtha``."""


class Tank(Model):
    """One tank, as it stands beside the place of its hazard."""

    id: EntityId
    """Short name, unique within the hazard."""
    title: Text | None = None
    """Name for people."""
    east_m: Annotated[float, Field(ge=-5000, le=5000, json_schema_extra={"unit": "m"})]
    """How far east of the hazard's place its centre is."""
    north_m: Annotated[float, Field(ge=-5000, le=5000, json_schema_extra={"unit": "m"})]
    """How far north."""
    diameter_m: Annotated[float, Field(ge=1, le=120, json_schema_extra={"unit": "m"})]
    """Diameter."""
    height_m: Annotated[float, Field(ge=1, le=60, json_schema_extra={"unit": "m"})] = 15.0
    """Height of its wall."""
    substance: ContentName
    """What is in it; it must burn: ``gasoline``, ``heavy_naphtha``, ``light_reformate`` …"""
    content_m3: Annotated[float, Field(gt=0, le=300_000, json_schema_extra={"unit": "m³"})]
    """How much is in it; at most what it holds."""
    roof: Literal["fixed", "internal_floating"] = "fixed"
    """Whether a roof that floats inside may sink askew and hide burning surface from foam."""
    vessel: Literal["atmospheric", "pressurised"] = "atmospheric"
    """Whether heat makes it burn at its roof or burst."""
    blast_class: Literal["vessel", "elongated", "small"] = "vessel"
    """What blast breaks it: from 22 kPa (atmospheric) or 16 kPa (pressurised) as a vessel, 31 kPa as a column, 37 kPa
    as small equipment (Cozzani and Salzano 2004; knowledge)."""
    fixed_cooling_l_min_m2: Annotated[float, Field(ge=0, le=50, json_schema_extra={"unit": "L/(min·m²)"})] = 0.0
    """Water that a fixed ring puts on its wall from the start; 0 if it has none or it is broken."""

    @model_validator(mode="after")
    def _burns(self) -> Tank:
        if self.substance not in TANK_FLAMMABLE:
            known = ", ".join(sorted(TANK_FLAMMABLE))
            raise PydanticCustomError("not_flammable", "not flammable", {"substance": self.substance, "known": known})
        if self.vessel == "atmospheric" and not self.can_burn:
            values = {"substance": self.substance, "known": ", ".join(sorted(TANK_FUELS))}
            raise PydanticCustomError("no_burning_rate", "no burning rate", values)
        if self.content_m3 > self.volume_m3:
            values = {"content": f"{self.content_m3:g}", "most": f"{self.volume_m3:.0f}"}
            raise PydanticCustomError("overfull_tank", "overfull", values)
        return self

    @property
    def content(self) -> Substance:
        """What is in it."""
        return TANK_CONTENTS[self.substance]

    @property
    def can_burn(self) -> bool:
        """Whether it is known how it burns at its roof."""
        return self.substance in TANK_FUELS

    @property
    def fuel(self) -> Flammable:
        """How its content burns."""
        return TANK_FLAMMABLE[self.substance]

    @property
    def obstructed(self) -> bool:
        """Whether its roof hides burning surface from foam."""
        return self.roof == "internal_floating"

    @property
    def blast_sort(self) -> str:
        """Which probit of a blast holds for it."""
        return self.vessel if self.blast_class == "vessel" else self.blast_class

    @property
    def area_m2(self) -> float:
        """Area of its roof. [m²]"""
        return 0.25 * float(np.pi) * portable.square(self.diameter_m)

    @property
    def volume_m3(self) -> float:
        """Volume when full. [m³]"""
        return self.area_m2 * self.height_m

    @property
    def attack(self) -> Attack:
        """How foam is put on it by mobile monitors."""
        if self.can_burn and TANK_FUELS[self.substance].polar:
            return "polar_monitor"
        return "large_tank" if self.diameter_m > LARGE_TANK_M else "monitor"

    @property
    def foam_s(self) -> float:
        """How long foam must be put on without a break. [s]"""
        return 60.0 * foam_minutes(self.attack, TANK_FUELS[self.substance].flash_c)

    @property
    def solution_l_s(self) -> float:
        """Least flow of foam solution. [L/s]"""
        return solution_l_s(self.attack, self.area_m2)

    @property
    def concentrate_l(self) -> float:
        """Concentrate of a whole attack. [L]"""
        return concentrate_l(self.attack, self.area_m2, TANK_FUELS[self.substance].flash_c)

    def cooling_l_s(self, *, on_fire: bool) -> float:
        """Return the cooling water that the code asks for. [L/s]"""
        return cooling_burning_l_s(self.diameter_m) if on_fire else cooling_adjacent_l_s(self.diameter_m)

    @property
    def film_l_min_m2(self) -> float:
        """Water on the side that faces the fire when it is cooled as the code asks. [L/(min·m²)]"""
        return water_film_l_min_m2(self.cooling_l_s(on_fire=False), self.diameter_m, self.height_m)

    @property
    def heat_mw(self) -> float:
        """Heat that it gives off when its roof is on fire. [MW]"""
        return float(heat_release_kw(self.fuel, self.diameter_m)) / 1000.0

    @property
    def burns_m3_s(self) -> float:
        """How fast its content burns away. [m³/s]"""
        rate = float(burning_kg_m2_s(self.fuel, self.diameter_m)) * self.area_m2
        return rate / self.content.liquid_kg_m3


@dataclass(frozen=True, slots=True)
class TankState:
    """How one tank is."""

    status: TankStatus
    content_m3: float
    damage: float = 0.0
    """Part of its strength that heat has taken; 1 is failure."""
    kw_m2: float = 0.0
    """Heat on it, before cooling."""
    cooled_by: str = ""
    """First word of the task that cools it; none if nobody does."""
    cooling_crew: int = 0
    """People who keep it cooled."""
    foam_crew: int = 0
    """People who put foam on it."""
    foam_on: bool = False
    foam_s: float = 0.0
    """How long foam has been put on without a break."""
    attacks: int = 0
    """Foam attacks that were kept up for their whole time."""
    failed: int = 0
    """Those of them after which it burnt on."""
    hot_c: float = 0.0
    """After knock-down: temperature of the hottest in it."""
    blanket: float = 0.0
    """After knock-down: part of the blanket's life that is left."""
    covered_by: str = ""
    """First word of the task that keeps the blanket whole; none if nobody does."""
    cover_crew: int = 0
    """People who keep it whole."""

    @property
    def on_fire(self) -> bool:
        """Whether it burns."""
        return self.status in ON_FIRE

    @property
    def cooled(self) -> bool:
        """Whether water is on it."""
        return self.cooled_by != ""

    @property
    def covered(self) -> bool:
        """Whether its blanket is kept whole."""
        return self.covered_by != ""


def still_worked_at(now: TankState, heads: tuple[str, ...]) -> TankState:
    """Return a tank without the work of tasks that are over, given the first words of those that are called for.

    Nobody says so when a task is withdrawn: its water and foam end with it.
    """
    if now.cooled_by not in heads:
        now = replace(now, cooled_by="", cooling_crew=0)
    return now if now.covered_by in heads else replace(now, covered_by="", cover_crew=0)


def heat_kw_m2(
    tanks: tuple[Tank, ...], on_fire: Array, wind_m_s: float, from_deg: float, air_kg_m3: float = 1.2
) -> Array:
    """Return the heat on each tank from all that burn. (n_tanks,) [kW/m²]

    Parameters
    ----------
    tanks
        All tanks.
    on_fire
        (n_tanks,) whether each burns.
    wind_m_s, from_deg
        Wind, which tilts the flames. [m/s], [deg]

    Notes
    -----
    Shokri and Beyler from centre to the nearer wall; wind brings the middle of the flame nearer to what lies downwind.
    Fires on several sides heat several sides: the heat is that of the worst strip of the wall, each fire counted with
    the cosine of the angle at which it shines on it.
    """
    round_tanks = tuple((t.east_m, t.north_m, t.diameter_m) for t in tanks)
    heat = np.zeros((len(tanks), len(_STRIPS)))
    for i in np.flatnonzero(on_fire).tolist():
        heat += _heat_from(i, tanks[i].fuel, round_tanks, wind_m_s, from_deg, air_kg_m3)
    return np.asarray(heat.max(axis=1))


_STRIPS: Final = np.radians(np.arange(0.0, 360.0, STRIP_DEG))
"""Where the strips of a wall look (derived). [rad]"""


@lru_cache(maxsize=256)
def _heat_from(
    i: int, fuel: Flammable, tanks: tuple[tuple[float, float, float], ...], wind_m_s: float, from_deg: float,
    air_kg_m3: float,
) -> Array:  # fmt: skip
    """Return the heat of one burning tank on each strip of all, east, north and diameter given. (n_tanks, strips)"""
    east, north, diameter = np.array(tanks).T
    away_e, away_n = east - east[i], north - north[i]
    centres = portable.hypot(away_e, away_n)
    own_m = tanks[i][2]
    length_m = float(flame_length_m(heat_release_kw(fuel, own_m), own_m))
    lean_m = 0.5 * length_m * tilt_sine(fuel, own_m, wind_m_s, air_kg_m3)
    others, angle = centres > 0.0, np.radians(from_deg)
    downwind = np.zeros(len(tanks))
    downwind[others] = -(away_e * portable.sin(angle) + away_n * portable.cos(angle))[others] / centres[others]
    got = np.where(others, radiation_kw_m2(own_m, centres - 0.5 * diameter, lean_m * downwind), 0.0)
    facing = portable.arctan2(-away_e, -away_n)[:, np.newaxis]
    return np.asarray(got[:, np.newaxis] * np.maximum(portable.cos(_STRIPS - facing), 0.0))


@lru_cache(maxsize=256)
def heat_around_kw_m2(points: Points, east_m: float, north_m: float, diameter_m: float) -> Array:
    """Return the heat of one fire at points, in calm air. (n,) [kW/m²]"""
    return radiation_kw_m2(diameter_m, portable.hypot(points.east_m - east_m, points.north_m - north_m))
