"""People around an explosion: whom blast and heat kill, whom they injure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from drillsim.base import portable
from drillsim.hazards.release.surroundings import place_offsets_m
from drillsim.hazards.release.toxic_casualties import COHORTS, Settlement, spread_m
from drillsim.physics.blast.blast import eardrum_part, lung_death_part, structural_damage_part
from drillsim.physics.blast.explosion import Explosion
from drillsim.physics.fire.point_source import BURN_DOSE, thermal_death_part, thermal_dose
from drillsim.physics.validity import Array
from drillsim.world.network_arrays import NetworkArrays

INDOORS_DEAD, INDOORS_HURT = 0.1, 0.5
"""Part of the people in a house damaged beyond use who die, or are injured (assumption)."""
IN, OUT = 0, 1
HALF: Final = 0.5
"""Added to an expected number of people before it is cut: rounding to the nearest (numerical)."""


@dataclass(frozen=True, slots=True, eq=False)
class BlastCasualties:
    """Where the people of each settlement are, and how they are after all explosions so far."""

    settlements: tuple[Settlement, ...]
    east_m: Array
    """(n_settlements, COHORTS) east of the origin."""
    north_m: Array
    """(n_settlements, COHORTS) north of it."""
    alive: Array
    """(n_settlements, COHORTS, 2) part of those indoors and outdoors who live."""
    unhurt: Array
    """(n_settlements, COHORTS, 2) part of those who live that nothing happened to."""

    @property
    def dead(self) -> tuple[int, ...]:
        """Deaths by settlement. [people]"""
        died = (self._people() * (1.0 - self.alive)).sum(axis=(1, 2))
        return tuple(min(s.people, int(d + HALF)) for s, d in zip(self.settlements, died, strict=True))

    @property
    def hurt(self) -> tuple[int, ...]:
        """Injured people who live, by settlement. [people]"""
        hurt = (self._people() * self.alive * (1.0 - self.unhurt)).sum(axis=(1, 2))
        rows = zip(self.settlements, self.dead, hurt, strict=True)
        return tuple(min(s.people - died, int(h + HALF)) for s, died, h in rows)

    def headcount(self) -> dict[str, int]:
        """Return everybody by state."""
        dead, hurt = sum(self.dead), sum(self.hurt)
        return {"present": sum(s.people for s in self.settlements) - dead - hurt, "injured": hurt, "dead": dead}

    def _people(self) -> Array:
        rows = [((1.0 - s.outdoors) * s.people / COHORTS, s.outdoors * s.people / COHORTS) for s in self.settlements]
        return np.array(rows).reshape(len(rows), 1, 2)


def people_around(
    settlements: tuple[Settlement, ...], ground: NetworkArrays, origin: tuple[float, float]
) -> BlastCasualties:
    """Return everybody, unhurt, with their places counted from a point. [lat, lon in deg]"""
    rows = [ground.row(s.node) for s in settlements]
    east, north = place_offsets_m(ground, origin)
    out_e, out_n = spread_m(settlements)
    sound = np.ones((len(settlements), COHORTS, 2))
    return BlastCasualties(
        settlements, east[rows][:, np.newaxis] + out_e, north[rows][:, np.newaxis] + out_n, sound, sound
    )


def after(people: BlastCasualties, explosion: Explosion, east_m: float, north_m: float) -> BlastCasualties:
    """Return everybody after one more explosion, so far east and north of the origin.

    Notes
    -----
    In the open: lung haemorrhage and Eisenberg's thermal probit kill; burst eardrums (probit) and second-degree burns
    (the dose of 20 s at 9.5 kW/m²) injure. Indoors: of those whose house is damaged beyond use (probit) a tenth die and
    half are injured; walls keep the heat out (assumptions). One explosion has nothing to do with the next.
    """
    if not people.settlements:
        return people
    away = portable.hypot(people.east_m - east_m, people.north_m - north_m)
    kpa, heat, lasts_s = explosion.kpa(away), explosion.kw_m2(away), explosion.lasts_s
    house = structural_damage_part(kpa)
    live = np.empty_like(people.alive)
    safe = np.empty_like(people.unhurt)
    live[..., IN] = 1.0 - INDOORS_DEAD * house
    safe[..., IN] = 1.0 - INDOORS_HURT * house / live[..., IN]
    live[..., OUT] = (1.0 - lung_death_part(kpa)) * (1.0 - thermal_death_part(heat, lasts_s))
    safe[..., OUT] = (1.0 - eardrum_part(kpa)) * (thermal_dose(heat, lasts_s) < BURN_DOSE)
    return BlastCasualties(people.settlements, people.east_m, people.north_m, people.alive * live, people.unhurt * safe)
