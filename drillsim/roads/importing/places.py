"""Places that matter to an emergency service, from OpenStreetMap files: stations, hospitals, water, what may burn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.importing.access import YES
from drillsim.roads.importing.osm import format_of, opened
from drillsim.roads.importing.osm_edits import deleted_in
from drillsim.roads.importing.osm_features import Drawn, Lines, drawings
from drillsim.roads.importing.tags import metres

SETTLEMENTS: Final = frozenset({"city", "town", "village", "suburb", "hamlet"})
WATER: Final = frozenset({"water_tank", "suction_point", "fire_water_pond"})
HIGH_LEVELS: Final = 10
HIGH_M: Final = 27.0
"""A dwelling higher than this is a high-rise (GB 50016; from general knowledge of the code). [m]"""
MOST_COUNTED: Final = 1e9
"""Numbers of levels or people above this are slips of the pen."""
KEPT_TAGS: Final = (
    "building", "building:levels", "height", "population", "operator", "fire_hydrant:type", "emergency", "capacity",
    "landuse", "industrial", "place", "natural", "name:en", "name:zh",
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
    """None for a point, and for an area that is clipped."""
    levels: int | None = None
    height_m: float | None = None
    population: int | None = None
    tags: Mapping[str, str] = field(default_factory=dict)
    """What else is said of it."""
    outline: Lines = ()
    """Edge of a water, as (latitude, longitude); none for a point and for other kinds. [deg]"""


def places_of_interest(path: Path | str) -> tuple[PointOfInterest, ...]:
    """Return the places of an OpenStreetMap file, by kind and id; of an area the middle.

    Of what is clipped by the edge of the file, or not drawn as a closed line, the middle of the nodes that are there is
    taken; it has no area.

    Raises
    ------
    NetworkError
        If the file cannot be read.
    """
    path = Path(path)
    if not path.is_file():
        raise NetworkError([Problem("file_is_folder" if path.is_dir() else "file_missing", where=str(path))])
    with opened(path) as (osmium, source):
        deleted = deleted_in(path, format_of(path))
        drawn = drawings(osmium, source, str(path), kind_of, deleted)
        found = [_made(one) for one in drawn if not _given_up(one.tags)]
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


def _given_up(tags: Mapping[str, str]) -> bool:
    return any(tags.get(key) in YES for key in ("disused", "abandoned", "demolished"))


def _is_high(tags: Mapping[str, str]) -> bool:
    return (_whole(tags.get("building:levels")) or 0) >= HIGH_LEVELS or (
        metres(tags.get("height", "")) or 0.0
    ) >= HIGH_M


def _whole(text: str | None) -> int | None:
    value = metres((text or "").replace(" ", ""))
    return None if value is None or value > MOST_COUNTED else int(value)


def _made(drawn: Drawn) -> PointOfInterest:
    tags = drawn.tags
    return PointOfInterest(
        drawn.kind, drawn.id, tags.get("name", ""), drawn.lat, drawn.lon, drawn.area_m2,
        _whole(tags.get("building:levels")), metres(tags.get("height", "")), _population(tags.get("population", "")),
        {key: tags[key] for key in KEPT_TAGS if key in tags}, drawn.outline if drawn.kind == "water" else (),
    )  # fmt: skip


def _population(text: str) -> int | None:
    digits = text.replace(",", "").replace(" ", "").replace("'", "")
    return _whole(digits) if digits.isdecimal() else None
