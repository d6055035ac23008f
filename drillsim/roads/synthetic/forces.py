"""Fire stations, hydrants and hospitals of the city, with the gaps that a real one has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from drillsim.base import portable

Array = NDArray[np.float64]
Ints = NDArray[np.int64]
STATION_M: Final = 3200.0
"""Between stations: five minutes at 40 km/h there, as the bird flies (GB 51080 asks for five minutes)."""
GAPS: Final = 0.15
"""Part of the stations that is planned and not built (assumption)."""
PEOPLE_PER_HOSPITAL: Final = 60_000
OLD_QUARTER_M: Final = 700.0
"""The old quarter around the centre has no hydrants (assumption)."""


@dataclass(frozen=True, slots=True)
class FireStation:
    """A fire station."""

    place: int
    """Row of the place where it stands."""
    force: str
    crew: int
    vehicles: int


def stations_of(points: Array, candidates: Ints, rng: np.random.Generator) -> tuple[FireStation, ...]:
    """Return stations spread over the candidate places, with gaps."""
    chosen: list[int] = []
    spots = points[candidates]
    tree = cKDTree(spots)
    free = np.ones(len(candidates), bool)
    for k in rng.permutation(len(candidates)).tolist():
        if free[k]:
            chosen.append(k)
            free[tree.query_ball_point(spots[k], STATION_M)] = False
    built = [k for k in chosen if len(chosen) < 8 or rng.random() >= GAPS]  # noqa: PLR2004  # a town builds all
    order = sorted(built, key=lambda k: float(portable.square(spots[k]).sum()))
    return tuple(_station(int(candidates[k]), i, rng) for i, k in enumerate(order))


def _station(place: int, number: int, rng: np.random.Generator) -> FireStation:
    """Return a station: national near the centre, then by turns government brigades and micro stations."""
    if number % 3 == 0 or number < 4:  # noqa: PLR2004  # the first four
        return FireStation(place, "national_team", int(rng.integers(18, 31)), int(rng.integers(4, 8)))
    if number % 3 == 1:
        return FireStation(place, "government_brigade", int(rng.integers(8, 16)), int(rng.integers(2, 4)))
    return FireStation(place, "micro_station", int(rng.integers(4, 7)), 1)


def hydrants_of(points: Array, candidates: Ints, village: NDArray[np.bool_], rng: np.random.Generator) -> Ints:
    """Return the (n,) rows of places with a hydrant: most candidates, none in the old quarter and in villages."""
    old = portable.square(points[candidates]).sum(axis=1) < portable.square(OLD_QUARTER_M)
    there = ~old & ~village[candidates] & (rng.random(len(candidates)) < 0.6)  # noqa: PLR2004  # assumption
    return np.asarray(candidates[there])


def hospitals_of(points: Array, candidates: Ints, people: int, rng: np.random.Generator) -> Ints:
    """Return the (n,) rows of places of hospitals, more of them near the centre."""
    count = max(1, round(people / PEOPLE_PER_HOSPITAL))
    near = 1.0 / (1000.0 + np.sqrt(portable.square(points[candidates]).sum(axis=1)))
    return np.sort(rng.choice(candidates, min(count, len(candidates)), replace=False, p=near / near.sum()))
