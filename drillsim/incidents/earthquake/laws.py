"""One earthquake by several attenuation laws: what each expects at the settlements, and how far it spreads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from drillsim.hazards.earthquake.settlements import split
from drillsim.incidents.earthquake.input import LAWS, EarthquakeInput, Settlement
from drillsim.incidents.earthquake.people import settlements_of, stock_of, where
from drillsim.physics.earthquake.attenuation import Array
from drillsim.physics.earthquake.casualties import expected_toll
from drillsim.physics.earthquake.damage import indoors
from drillsim.world.world import World


@dataclass(frozen=True, eq=False, slots=True)
class LawEffect:
    """What one law expects of an earthquake; values at -1, 0 and +1 standard deviations of the law everywhere.

    A ShakeMap has no spread: its three values are the same.
    """

    law: str
    """``yu2013``, ``bssa14``, ``wang2000`` or ``shakemap``."""
    used: bool
    """Whether the scenario shakes by it."""
    settlements: tuple[Settlement, ...]
    intensity: Array
    """(3, n) intensity at the settlements."""
    trapped: Array
    """(3,) people under rubble and alive at first, on the mean."""
    killed: Array
    """(3,) people killed at once, on the mean; who dies under rubble comes on top."""


def law_effects(quake: EarthquakeInput, world: World) -> Iterator[LawEffect]:
    """Yield what each law expects, and the ShakeMap if there is one."""
    settlements = settlements_of(quake, world.ground)
    _, lat, lon = where(settlements, world.ground)
    source = quake.source_in(world)
    inside = [_inside(one, world.hour(quake.starts_at_s)) for one in settlements]
    if quake.shakemap is not None:
        seen = quake.shakemap.at(lat, lon).intensity
        yield _effect("shakemap", True, settlements, inside, np.array([seen, seen, seen]))
    for name in LAWS:
        law = quake.law(source, name)
        median = law.at(lat, lon)
        read = [law.off_median(median, np.full(len(lat), float(d))).intensity for d in (-1, 0, 1)]
        used = quake.shakemap is None and quake.law_of(source) == name
        yield _effect(name, used, settlements, inside, np.array(read))


def _inside(settlement: Settlement, hour: float) -> dict[str, int]:
    """Return the people indoors by building class."""
    share = indoors(hour) if settlement.indoors is None else settlement.indoors
    return split(round(settlement.population * share), stock_of(settlement))


def _effect(
    name: str, used: bool, settlements: tuple[Settlement, ...], inside: Sequence[dict[str, int]], intensity: Array
) -> LawEffect:
    trapped, killed = np.zeros(3), np.zeros(3)
    for i, by_class in enumerate(inside):
        for building_class, people in by_class.items():
            under, dead = expected_toll(people, intensity[:, i], building_class)
            trapped += under
            killed += dead
    return LawEffect(name, used, settlements, intensity, trapped, killed)
