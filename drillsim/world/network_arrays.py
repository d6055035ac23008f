"""Places and road sections of a network as arrays, for hazards and scenario kinds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from drillsim.roads import Ids, RoadNetwork, Stretches, numbers, stretches_of


@dataclass(frozen=True, eq=False)
class NetworkArrays:
    """Places and road sections of one network; row i of every array is place or section i."""

    place_ids: Ids
    lat_deg: NDArray[np.float64]
    """(n_places,) latitude, WGS 84. [deg]"""
    lon_deg: NDArray[np.float64]
    """(n_places,) longitude. [deg]"""
    elevation_m: NDArray[np.float64]
    """(n_places,) height above sea level. [m]"""
    population: NDArray[np.float64]
    """(n_places,) people; 0 where unknown."""
    district: tuple[str, ...]
    section_ids: Ids
    section_ends: NDArray[np.int32]
    """(n_sections, 2) rows of the places at both ends."""
    section_max_elevation_m: NDArray[np.float64]
    """(n_sections,) highest point: of the pass where known, else of the higher end. [m]"""
    section_min_elevation_m: NDArray[np.float64]
    """(n_sections,) lowest point: of the gorge where known, else of the lower end. [m]"""
    section_length_m: NDArray[np.float64]
    """(n_sections,) length. [m]"""
    stretches: Stretches
    """Their courses as stretches of even grade."""
    section_class: tuple[str, ...]
    """(n_sections,) class of road, as the network names it."""
    section_bridge: NDArray[np.bool_]
    """(n_sections,) whether a bridge is part of it, where the network knows."""
    section_tunnel: NDArray[np.bool_]
    """(n_sections,) whether a tunnel is part of it, where the network knows."""

    def row(self, place: str) -> int:
        """Return the row of a place."""
        return self.place_ids.row(place)

    def part_above(self, line_m: float) -> NDArray[np.float64]:
        """Return which part of the length of each section lies above a height: (n_sections,)."""
        return self.stretches.part_above(line_m, len(self.section_ends))


@lru_cache(maxsize=8)
def network_arrays(network: RoadNetwork) -> NetworkArrays:
    """Return the places and sections of *network* as arrays."""
    places, sections = network.place_columns, network.section_columns
    elevation_m = numbers(places["elevation_m"])
    ends = network.section_ends
    highest_m = np.fmax(numbers(sections["max_elevation_m"]), elevation_m[ends].max(axis=1, initial=-np.inf))
    stretches = stretches_of(network)
    population = numbers(places["population"]).astype(float)
    return NetworkArrays(
        place_ids=network.place_ids,
        lat_deg=numbers(places["lat"]),
        lon_deg=numbers(places["lon"]),
        elevation_m=elevation_m,
        population=np.maximum(population, 0.0),
        district=tuple(places["district"].to_pylist()),
        section_ids=network.section_ids,
        section_ends=ends,
        section_max_elevation_m=highest_m,
        section_min_elevation_m=stretches.lowest_m(len(ends)),
        stretches=stretches,
        section_length_m=numbers(sections["length_m"]),
        section_class=tuple(sections["road_class"].to_pylist()),
        section_bridge=numbers(sections["bridge"]).astype(bool),
        section_tunnel=numbers(sections["tunnel"]).astype(bool),
    )
