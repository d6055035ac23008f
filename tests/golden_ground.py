"""The ground of golden tables: places so many metres east and north of a point on the equator.

There a degree of longitude is as long as one of latitude, so that distances are those that are written down.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from drillsim.roads import network_from_tables
from drillsim.world.network_arrays import NetworkArrays, network_arrays

M_PER_DEG = 111_194.93
"""Length of a degree on a sphere of 6371 km: 2 pi 6371000 / 360. [m/deg]"""
PLACES = {"a": [0, 0, 0], "b": [1000, 0, 0]}
"""East [m], north [m], height above sea level [m] and, if wanted, people."""


def ground(given: Mapping[str, Any] | None) -> NetworkArrays:
    """Return places and straight roads; a road is [from, to, length in km, highest point in m if wanted]."""
    given = given or {}
    places = given.get("places", PLACES)
    names = list(places)
    roads = given.get("roads") or [[names[0], name, None] for name in names[1:]]
    nodes = [
        {"id": name, "lat": north / M_PER_DEG, "lon": 100 + east / M_PER_DEG, "elevation_m": height,
         **({"population": people[0]} if people else {})}
        for name, (east, north, height, *people) in places.items()
    ]  # fmt: skip
    return network_arrays(network_from_tables(nodes, [_road(places, *road) for road in roads], id="golden"))


def _road(
    places: Mapping[str, Any], start: str, end: str, length_km: float | None = None, highest_m: float | None = None
) -> dict[str, Any]:
    (east_a, north_a, *_), (east_b, north_b, *_) = places[start], places[end]
    straight_km = ((east_a - east_b) ** 2 + (north_a - north_b) ** 2) ** 0.5 / 1000.0
    road = {"from": start, "to": end, "length_km": length_km or 1.001 * straight_km, "free_flow_kmh": 60}
    return road if highest_m is None else {**road, "max_elevation_m": highest_m}
