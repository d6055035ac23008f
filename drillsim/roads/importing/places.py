"""Places that matter to an emergency service, from OpenStreetMap files: stations, hospitals, water, what may burn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from drillsim.errors import Fault, NetworkError
from drillsim.roads.importing.osm import opened
from drillsim.roads.importing.tags import metres
from drillsim.roads.parts import EARTH_RADIUS_M

SETTLEMENTS: Final = frozenset({"city", "town", "village", "suburb", "hamlet"})
WATER: Final = frozenset({"water_tank", "suction_point", "fire_water_pond"})
HIGH_LEVELS: Final = 10
HIGH_M: Final = 27.0
"""A dwelling higher than this is a high-rise (GB 50016; from general knowledge of the code). [m]"""
MOST_COUNTED: Final = 1e9
"""Numbers of levels or people above this are slips of the pen."""
KEYS: Final = ("amenity", "emergency", "building:levels", "height", "landuse", "place", "natural")
KEPT_TAGS: Final = (
    "building", "building:levels", "height", "population", "operator", "fire_hydrant:type", "emergency", "capacity",
    "landuse", "industrial", "place", "natural", "name:en",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PointOfInterest:
    """A place that matters to an emergency service."""

    kind: str
    """``fire_station``, ``hospital``, ``hydrant``, ``water``, ``high_building``, ``industrial`` or ``settlement``."""
    id: str
    """``n``, ``w`` or ``r`` and its number in OpenStreetMap."""
    name: str
    lat: float
    lon: float
    area_m2: float | None = None
    """None for a point."""
    levels: int | None = None
    height_m: float | None = None
    population: int | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    """What else is said of it."""


def places_of_interest(path: Path | str) -> tuple[PointOfInterest, ...]:
    """Return the places of an OpenStreetMap file, by kind and id; of an area the middle.

    Areas that are clipped by the edge of the file are left out.

    Raises
    ------
    NetworkError
        If the file cannot be read.
    """
    path = Path(path)
    if not path.is_file():
        raise NetworkError([Fault("file_is_folder" if path.is_dir() else "file_missing", where=str(path))])
    with opened(path) as (osmium, source):
        wanted = osmium.filter.KeyFilter(*KEYS)
        reader = osmium.FileProcessor(source).with_areas(wanted).with_filter(wanted)
        found = [place for item in reader if (place := _place(item)) is not None]
    return tuple(sorted(found, key=lambda place: (place.kind, place.id[0], int(place.id[1:]))))


def kind_of(tags: Mapping[str, str], *, area: bool) -> str:
    """Return which kind of place these tags make; empty for none.

    Examples
    --------
    >>> kind_of({"amenity": "fire_station"}, area=True), kind_of({"building:levels": "12"}, area=True)
    ('fire_station', 'high_building')
    >>> kind_of({"landuse": "industrial"}, area=False)
    ''
    """
    if tags.get("amenity") in {"fire_station", "hospital"}:
        return str(tags["amenity"])
    if tags.get("emergency") == "fire_hydrant":
        return "hydrant"
    if tags.get("emergency") in WATER or (area and tags.get("natural") == "water"):
        return "water"
    if tags.get("place") in SETTLEMENTS:
        return "settlement"
    if area and (tags.get("building", "no") != "no" or "building:levels" in tags):
        return "high_building" if _is_high(tags) else ""
    return "industrial" if area and tags.get("landuse") == "industrial" else ""


def _is_high(tags: Mapping[str, str]) -> bool:
    return (_whole(tags.get("building:levels")) or 0) >= HIGH_LEVELS or (
        metres(tags.get("height", "")) or 0.0
    ) >= HIGH_M


def _whole(text: str | None) -> int | None:
    value = metres((text or "").replace(" ", ""))
    return None if value is None or value > MOST_COUNTED else int(value)


def _place(item: Any) -> PointOfInterest | None:
    tags = {tag.k: tag.v for tag in item.tags}
    kind = kind_of(tags, area=item.is_area())
    if not kind:
        return None
    if item.is_node():
        if not item.location.valid():
            return None
        name, lat, lon, area_m2 = f"n{item.id}", item.location.lat, item.location.lon, None
    elif item.is_area():
        name = f"{'w' if item.from_way() else 'r'}{item.orig_id()}"
        lat, lon, area_m2 = _middle([list(ring) for ring in item.outer_rings()])
    else:
        return None  # the way or relation that an area is made of
    return PointOfInterest(
        kind, name, tags.get("name", ""), lat, lon, area_m2, _whole(tags.get("building:levels")),
        metres(tags.get("height", "")), _population(tags.get("population", "")),
        {key: tags[key] for key in KEPT_TAGS if key in tags},
    )  # fmt: skip


def _population(text: str) -> int | None:
    digits = text.replace(",", "").replace(" ", "").replace("'", "")
    return _whole(digits) if digits.isdecimal() else None


def _middle(rings: Iterable[Any]) -> tuple[float, float, float]:
    """Return the centre of mass of outer rings and their area. [deg, deg, m2]"""
    parts = [_ring_middle(np.array([(node.lat, node.lon) for node in ring])) for ring in rings]
    areas = np.array([area for _, _, area in parts])
    weights = areas if areas.sum() > 0 else np.ones(len(areas))
    lat, lon = (float(np.average([part[i] for part in parts], weights=weights)) for i in (0, 1))
    return lat, lon, float(areas.sum())


def _ring_middle(points: Any) -> tuple[float, float, float]:
    origin = points[0]
    scale = np.radians(1) * EARTH_RADIUS_M * np.array([1.0, np.cos(np.radians(origin[0]))])
    y, x = ((points - origin) * scale).T
    cross = x[:-1] * y[1:] - x[1:] * y[:-1]
    area = cross.sum() / 2
    if abs(area) < 1e-6:  # noqa: PLR2004  # a line there and back [m2]
        return float(points[:, 0].mean()), float(points[:, 1].mean()), 0.0
    east = ((x[:-1] + x[1:]) * cross).sum() / (6 * area)
    north = ((y[:-1] + y[1:]) * cross).sum() / (6 * area)
    return float(origin[0] + north / scale[0]), float(origin[1] + east / scale[1]), abs(float(area))
