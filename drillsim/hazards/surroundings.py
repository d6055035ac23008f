"""Roads and places around a source, as points at which a hazard is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.ground import Ground
from drillsim.hazards.cloud import Points
from drillsim.hazards.exclusion import Exclusion
from drillsim.hazards.valid_range import Array
from drillsim.roads import Ids

SAMPLES: Final = 5
"""Points along each road section, its ends included."""
EARTH_M_PER_DEG: Final = 111_194.93
"""Length of one degree of latitude on a sphere of 6371 km. [m/deg]"""


@dataclass(frozen=True, eq=False, slots=True)
class Surroundings:
    """What lies within some distance of a source."""

    places: NDArray[np.intp]
    """(n_places,) rows of the places."""
    sections: NDArray[np.intp]
    """(n_sections,) rows of the road sections."""
    points: Points
    """(n_places + n_sections * SAMPLES,) first the places, then the points of each section."""

    def by_place(self, values: NDArray[np.int8]) -> NDArray[np.int8]:
        """Return what belongs to the places. (n_places,)"""
        return values[: len(self.places)]

    def by_section(self, values: NDArray[np.int8]) -> NDArray[np.int8]:
        """Return the greatest value along each section. (n_sections,)"""
        along = values[len(self.places) :].reshape(len(self.sections), SAMPLES)
        return np.asarray(along.max(axis=1, initial=0), dtype=np.int8)


def offsets_m(ground: Ground, lat_deg: float, lon_deg: float) -> tuple[Array, Array]:
    """Return all places of the ground from a point: east and north, on a plane that touches there. [m]

    Within a thousandth up to 50 km.
    """
    east = (ground.lon_deg - lon_deg) * EARTH_M_PER_DEG * np.cos(np.radians(lat_deg))
    return np.asarray(east), np.asarray((ground.lat_deg - lat_deg) * EARTH_M_PER_DEG)


def point_at(ground: Ground, node: str, east_m: float, north_m: float) -> tuple[float, float]:
    """Return latitude and longitude of a point so far east and north of a place. [deg]"""
    row = ground.row(node)
    lat, lon = float(ground.lat_deg[row]), float(ground.lon_deg[row])
    return lat + north_m / EARTH_M_PER_DEG, lon + east_m / (EARTH_M_PER_DEG * float(np.cos(np.radians(lat))))


@lru_cache(maxsize=16)
def surroundings(ground: Ground, node: str, east_m: float, north_m: float, within_m: float) -> Surroundings:
    """Return places and sections within some distance of a point beside a place; straight lines between ends."""
    east, north = offsets_m(ground, *point_at(ground, node, east_m, north_m))
    near = np.hypot(east, north) <= within_m
    ends = ground.section_ends
    sections = np.flatnonzero(near[ends].any(axis=1)) if len(ends) else np.zeros(0, dtype=np.intp)
    places = np.flatnonzero(near)
    part = np.linspace(0.0, 1.0, SAMPLES)
    along_e = _between(east, ends[sections], part)
    along_n = _between(north, ends[sections], part)
    return Surroundings(
        places, sections, Points(np.concatenate((east[places], along_e)), np.concatenate((north[places], along_n)))
    )


def _between(values: Array, ends: NDArray[np.int32], part: Array) -> Array:
    first, last = values[ends[:, 0]], values[ends[:, 1]]
    return np.asarray((first[:, np.newaxis] + (last - first)[:, np.newaxis] * part).ravel())


def exclusion_of(ground: Ground, near: Surroundings, now: NDArray[np.int8], ahead: NDArray[np.int8]) -> Exclusion:
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
