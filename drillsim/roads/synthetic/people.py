"""Population and buildings of a fictional city. All numbers are assumptions after Chinese prefecture cities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base import portable

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
PEOPLE_PER_PLACE: Final = 20.0
KINDS: Final = ("residential", "office", "school", "hospital", "industry")
KIND_SHARES: Final = (0.78, 0.12, 0.03, 0.01, 0.06)
STOREYS: Final = ((1, 3, 0.30), (4, 6, 0.36), (7, 11, 0.20), (12, 18, 0.10), (19, 33, 0.035), (34, 40, 0.005))
"""From, to, and share of the buildings near the centre."""
BY_DAY: Final = (0.35, 6.0, 25.0, 2.0, 5.0)
"""People by day over people by night, by kind."""


@dataclass(frozen=True, eq=False)
class Buildings:
    """Buildings, one row each."""

    place: Ints
    """Row of the place where it stands."""
    kind: Ints
    """Number in :data:`KINDS`."""
    storeys: Ints
    people_night: Array
    people_day: Array


def people_of(from_centre_m: Array, village: NDArray[np.bool_], rng: np.random.Generator) -> Ints:
    """Return the people at each place: dense near the centre, few in villages, twenty on average: (n,)."""
    reach = np.quantile(from_centre_m, 0.9) + 1.0
    density = portable.exp(-1.6 * from_centre_m / reach) * portable.exp(0.5 * rng.standard_normal(len(from_centre_m)))
    density[village] = 4.0 * density.mean()
    return np.asarray(np.rint(density / density.mean() * PEOPLE_PER_PLACE), dtype=np.int64)


def buildings_of(people: Ints, from_centre_m: Array, rng: np.random.Generator) -> Buildings:
    """Return buildings in which these people live: one for about thirty."""
    count = np.minimum(rng.poisson(0.2 + people / 30.0), 12)
    place = np.repeat(np.arange(len(people)), count)
    n = len(place)
    kind = rng.choice(len(KINDS), n, p=KIND_SHARES)
    band = rng.choice(len(STOREYS), n, p=[share for _, _, share in STOREYS])
    low, high = (np.array([row[k] for row in STOREYS])[band] for k in (0, 1))
    storeys = rng.integers(low, high + 1)
    outside = from_centre_m[place] > np.quantile(from_centre_m, 0.6)
    storeys = np.where(outside, np.minimum(storeys, rng.integers(1, 12, n)), storeys)
    weight = storeys * rng.uniform(0.6, 1.4, n)
    home = np.bincount(place, weight, minlength=len(people))[place]
    night = people[place] * weight / np.maximum(home, 1e-9)
    night = np.where(kind == 0, night, 0.1 * night)
    night *= people.sum() / max(night.sum(), 1e-9)
    day = night * np.array(BY_DAY)[kind]
    return Buildings(place, kind, storeys, night, day * night.sum() / max(day.sum(), 1e-9))
