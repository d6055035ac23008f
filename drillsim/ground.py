"""The ground as numbers: places and road sections as arrays, for hazards and scenario kinds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from drillsim.roads import RoadNetwork


@dataclass(frozen=True, eq=False)
class Ground:
    """Places and road sections of one network; row i of every array is place or section i."""

    place_ids: tuple[str, ...]
    lat_deg: NDArray[np.float64]
    """(n_places,) latitude, WGS 84. [deg]"""
    lon_deg: NDArray[np.float64]
    """(n_places,) longitude. [deg]"""
    elevation_m: NDArray[np.float64]
    """(n_places,) [m]"""
    population: NDArray[np.float64]
    """(n_places,) people; 0 where unknown."""
    district: tuple[str, ...]
    section_ids: tuple[str, ...]
    section_ends: NDArray[np.int64]
    """(n_sections, 2) rows of the places at both ends."""
    section_max_elevation_m: NDArray[np.float64]
    """(n_sections,) highest point: of the pass where known, else of the higher end. [m]"""

    def row(self, place: str) -> int:
        """Return the row of a place."""
        return self.rows[place]

    @property
    def rows(self) -> Mapping[str, int]:
        """Row of each place by id."""
        return {place: i for i, place in enumerate(self.place_ids)}


@lru_cache(maxsize=8)
def ground_of(network: RoadNetwork) -> Ground:
    """Return the places and sections of *network* as arrays."""
    places = tuple(network.places.values())
    rows = {place.id: i for i, place in enumerate(places)}
    elevation_m = np.array([place.elevation_m for place in places], dtype=float)
    sections = tuple(network.sections.values())
    ends = np.array([(rows[s.start], rows[s.end]) for s in sections], dtype=np.int64).reshape(-1, 2)
    pass_m = np.array([np.nan if s.max_elevation_m is None else s.max_elevation_m for s in sections], dtype=float)
    return Ground(
        place_ids=tuple(rows),
        lat_deg=np.array([place.lat for place in places], dtype=float),
        lon_deg=np.array([place.lon for place in places], dtype=float),
        elevation_m=elevation_m,
        population=np.array([place.population or 0 for place in places], dtype=float),
        district=tuple(place.district for place in places),
        section_ids=tuple(section.id for section in sections),
        section_ends=ends,
        section_max_elevation_m=np.fmax(pass_m, elevation_m[ends].max(axis=1, initial=-np.inf)),
    )
