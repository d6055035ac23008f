"""Places that matter to an emergency service, from OpenStreetMap files: stations, hospitals, water, what may burn.

They are drawn as a point, a line or an area. Objects may stand in any order, and areas may be clipped or drawn badly:
what is there of them is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem
from drillsim.base.geodesy import moved, offsets_m
from drillsim.base.unseen import without_unseen
from drillsim.roads.importing.access import YES
from drillsim.roads.importing.edge_list import Tally
from drillsim.roads.importing.osm import format_of, opened
from drillsim.roads.importing.osm_objects import Deleted, Versions, deleted_in, inline_of, nodes_in
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
KEYS: Final = ("amenity", "emergency", "building:levels", "height", "landuse", "place", "natural")
"""Keys of which an object must have one."""
AREAS: Final = frozenset({"multipolygon", "boundary"})
"""Types of relation whose members are the edges of an area."""
SITES: Final = frozenset({"site"})
"""Types of relation whose members belong together."""
HOLE: Final = "inner"
LEAST_M2: Final = 1e-6
"""What is smaller is a line there and back."""
Refs = tuple[int, ...]
Where = Mapping[int, tuple[float, float]]
Lines = tuple[tuple[tuple[float, float], ...], ...]
"""Points one after the other as (latitude, longitude). [deg]"""


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
    """Other tags."""
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
        drawn.kind, drawn.id, without_unseen(tags.get("name", "")), drawn.lat, drawn.lon, drawn.area_m2,
        _whole(tags.get("building:levels")), metres(tags.get("height", "")), _population(tags.get("population", "")),
        {key: tags[key] for key in KEPT_TAGS if key in tags}, drawn.outline if drawn.kind == "water" else (),
    )  # fmt: skip


def _population(text: str) -> int | None:
    digits = text.replace(",", "").replace(" ", "").replace("'", "")
    return _whole(digits) if digits.isdecimal() else None


@dataclass(frozen=True, slots=True)
class Drawn:
    """An object, and where it is."""

    id: str
    kind: str
    tags: Mapping[str, str]
    lat: float
    lon: float
    area_m2: float | None
    """None if it is no area, or incomplete."""
    outline: Lines = ()
    """The lines that it is drawn with, as far as they are there; none for a point."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """A way or relation before the places of its nodes are known."""

    id: str
    kind: str
    tags: Mapping[str, str]
    lines: tuple[Refs, ...]
    ways: Refs
    """Members of a relation whose nodes are not known yet."""
    area: bool


def drawings(
    osmium: Any, source: Any, where: str, kind_of: Callable[..., str], deleted: Deleted = frozenset()
) -> Iterator[Drawn]:
    """Yield the objects that have a kind.

    Parameters
    ----------
    osmium, source
        The package that reads the file, and the file.
    where
        Its name, for messages.
    kind_of
        Tells the kind of an object by its tags and whether it is an ``area``; empty for none.
    deleted
        Objects that are left out.

    Raises
    ------
    NetworkError
        If objects stand in it in several versions, or their coordinates are none.
    """
    points, shapes, inline = _objects(osmium, source, where, kind_of, deleted)
    members = _members(osmium, source, {way for shape in shapes for way in shape.ways}, inline)
    lines = [[*shape.lines, *(members[way] for way in shape.ways if way in members)] for shape in shapes]
    refs = {ref for drawn in lines for line in drawn for ref in line}
    found = nodes_in(osmium, source, np.array(sorted(refs), np.int64), where, inline, Tally())
    at = dict(zip(found["id"].tolist(), zip(found["lat"].tolist(), found["lon"].tolist(), strict=True), strict=True))
    yield from points
    for shape, drawn in zip(shapes, lines, strict=True):
        whole = shape.area and len(drawn) == len(shape.lines) + len(shape.ways)
        place = _middle(drawn, at, area=whole)
        if place is not None:
            yield Drawn(shape.id, shape.kind, shape.tags, *place, _outline(drawn, at))


def _objects(
    osmium: Any, source: Any, where: str, kind_of: Callable[..., str], deleted: Deleted
) -> tuple[list[Drawn], list[_Shape], dict[int, tuple[float, float]]]:
    points, shapes, seen = [], [], Versions(where)
    inline: dict[int, tuple[float, float]] = {}
    for item in osmium.FileProcessor(source).with_filter(osmium.filter.KeyFilter(*KEYS)):
        tags = {tag.k: tag.v for tag in item.tags}
        letter = "n" if item.is_node() else "w" if item.is_way() else "r"
        about = f"{letter}{item.id}", kind_of(tags, area=letter != "n"), tags
        if not about[1] or (letter, item.id) in deleted or not seen.is_new(letter, item):
            continue
        if item.is_node():
            if item.location.valid():
                points.append(Drawn(*about, item.location.lat, item.location.lon, None))
        elif item.is_way():
            refs = tuple(node.ref for node in item.nodes)
            inline.update(inline_of(item))
            shapes.append(_Shape(*about, (refs,), (), area=True))
        elif tags.get("type") in AREAS | SITES:
            edges = tuple(member.ref for member in item.members if member.type == "w" and member.role != HOLE)
            shapes.append(_Shape(*about, (), edges, area=tags["type"] in AREAS))
    return points, shapes, inline


def _members(osmium: Any, source: Any, wanted: set[int], inline: dict[int, tuple[float, float]]) -> dict[int, Refs]:
    """Return the nodes of these ways."""
    if not wanted:
        return {}
    reader = osmium.FileProcessor(source, osmium.osm.WAY)
    if min(wanted) >= 0:
        reader = reader.with_filter(osmium.filter.IdFilter(wanted))
    found = {}
    for way in reader:
        if way.id in wanted:
            found[way.id] = tuple(node.ref for node in way.nodes)
            inline.update(inline_of(way))
    return found


def _outline(lines: Sequence[Refs], at: Where) -> Lines:
    """Return the runs of nodes that are there."""
    runs: list[list[tuple[float, float]]] = []
    for line in lines:
        runs.append([])
        for ref in line:
            if ref in at:
                runs[-1].append(at[ref])
            else:
                runs.append([])
    return tuple(tuple(run) for run in runs if run)


def _middle(lines: Sequence[Refs], at: Where, *, area: bool) -> tuple[float, float, float | None] | None:
    """Return latitude, longitude and area; the middle of the nodes that are there if its rings are not whole."""
    known = {ref for line in lines for ref in line if ref in at}
    if not known:
        return None
    rings = _rings(lines) if area and all(ref in at for line in lines for ref in line) else []
    if not rings:
        lat, lon = np.mean([at[ref] for ref in sorted(known)], axis=0).tolist()
        return lat, lon, None
    parts = np.array([_ring_middle(np.array([at[ref] for ref in ring])) for ring in rings])
    weights = parts[:, 2] if parts[:, 2].sum() > 0 else np.ones(len(parts))
    lat, lon = np.average(parts[:, :2], axis=0, weights=weights).tolist()
    return lat, lon, float(parts[:, 2].sum())


def _rings(lines: Sequence[Refs]) -> list[Refs]:
    """Return the closed rings that lines make, put together end to end; none if some do not close."""
    rings: list[Refs] = []
    open_lines = []
    for line in lines:
        if len(line) > 3 and line[0] == line[-1]:  # noqa: PLR2004  # three corners, and the first again
            rings.append(line)
        elif len(line) > 1:
            open_lines.append(line)
    while open_lines:
        ring = open_lines.pop()
        while ring[0] != ring[-1]:
            onward = next((i for i, line in enumerate(open_lines) if ring[-1] in (line[0], line[-1])), None)
            if onward is None:
                return []
            line = open_lines.pop(onward)
            ring += line[1:] if line[0] == ring[-1] else line[-2::-1]
        rings.append(ring)
    return rings


def _ring_middle(points: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return the centre of mass of a ring of (k, 2) latitude and longitude, and its area. [deg, deg, m2]"""
    import shapely  # slow to load, seldom needed

    origin = (float(points[0, 0]), float(points[0, 1]))
    area = shapely.Polygon(np.column_stack(offsets_m(origin, *points.T)))
    if area.area < LEAST_M2:
        return float(points[:, 0].mean()), float(points[:, 1].mean()), 0.0
    return *moved(origin, area.centroid.x, area.centroid.y), float(area.area)
