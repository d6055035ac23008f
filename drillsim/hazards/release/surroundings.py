"""Roads and places around a source, as points at which a hazard is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base import portable
from drillsim.base.geodesy import Point, moved, offsets_m
from drillsim.physics.gas.cloud import Points
from drillsim.physics.validity import Array
from drillsim.roads import Ids
from drillsim.world.exclusion import Exclusion
from drillsim.world.network_arrays import NetworkArrays

SPACING_M: Final = 100.0
MOST_SAMPLES: Final = 400
"""A road section is looked at every hundred metres, ends included, at so many points at most (numerical). [m], [-]"""


@dataclass(frozen=True, eq=False, slots=True)
class Surroundings:
    """What lies within some distance of a source."""

    places: NDArray[np.intp]
    """(n_places,) rows of the places."""
    sections: NDArray[np.intp]
    """(n_sections,) rows of the road sections."""
    points: Points
    """First the places, then the points of each section in turn."""
    starts: NDArray[np.intp]
    """(n_sections,) where the points of each section begin, counted from the first point of a section."""

    def by_place(self, values: NDArray[np.int8]) -> NDArray[np.int8]:
        """Return what belongs to the places. (n_places,)"""
        return values[: len(self.places)]

    def by_section(self, values: NDArray[np.int8]) -> NDArray[np.int8]:
        """Return the greatest value along each section. (n_sections,)"""
        if not len(self.sections):
            return np.zeros(0, dtype=np.int8)
        return np.asarray(np.maximum.reduceat(values[len(self.places) :], self.starts), dtype=np.int8)


def place_offsets_m(ground: NetworkArrays, origin: Point) -> tuple[Array, Array]:
    """Return how far east and north of a point all places of the ground lie: both (n_places,). [m]"""
    return offsets_m(origin, ground.lat_deg, ground.lon_deg)


def point_at(ground: NetworkArrays, node: str, east_m: float, north_m: float) -> Point:
    """Return latitude and longitude of a point so far east and north of a place. [deg]"""
    row = ground.row(node)
    return moved((float(ground.lat_deg[row]), float(ground.lon_deg[row])), east_m, north_m)


@lru_cache(maxsize=16)
def surroundings(ground: NetworkArrays, node: str, east_m: float, north_m: float, within_m: float) -> Surroundings:
    """Return places and sections within some distance of a point beside a place; straight lines between ends."""
    east, north = place_offsets_m(ground, point_at(ground, node, east_m, north_m))
    near = portable.hypot(east, north) <= within_m
    ends = ground.section_ends
    sections = np.flatnonzero(near[ends].any(axis=1)) if len(ends) else np.zeros(0, dtype=np.intp)
    places = np.flatnonzero(near)
    first, last = ends[sections, 0], ends[sections, 1]
    length_m = portable.hypot(east[last] - east[first], north[last] - north[first])
    counts = np.clip(np.ceil(length_m / SPACING_M).astype(np.intp) + 1, 2, MOST_SAMPLES)
    starts = np.concatenate((np.zeros(1, dtype=np.intp), np.cumsum(counts)[:-1])) if len(counts) else counts
    part = (np.arange(counts.sum()) - np.repeat(starts, counts)) / np.repeat(counts - 1, counts)
    first, last = np.repeat(first, counts), np.repeat(last, counts)
    along_e = east[first] + (east[last] - east[first]) * part
    along_n = north[first] + (north[last] - north[first]) * part
    points = Points(np.concatenate((east[places], along_e)), np.concatenate((north[places], along_n)))
    return Surroundings(places, sections, points, starts)


def exclusion_of(
    ground: NetworkArrays, near: Surroundings, now: NDArray[np.int8], ahead: NDArray[np.int8]
) -> Exclusion:
    """Return grades at the points of the surroundings, now and with what is to come, by place and section."""
    return Exclusion(
        _named(ground.place_ids, near.places, near.by_place(now)),
        _named(ground.section_ids, near.sections, near.by_section(now)),
        _named(ground.place_ids, near.places, near.by_place(ahead)),
        _named(ground.section_ids, near.sections, near.by_section(ahead)),
    )


def _named(ids: Ids, rows: NDArray[np.intp], grades: NDArray[np.int8]) -> dict[str, int]:
    graded = np.flatnonzero(grades)
    return dict(zip(ids.names(rows[graded]), grades[graded].tolist(), strict=True))
