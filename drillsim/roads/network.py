"""The road network: an immutable value over a networkx graph, with a written contract and a validator."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import Any, Final

import networkx as nx

from drillsim.errors import Fault, NetworkError, UnknownNameError, unknown_name

ROAD_CLASSES: Final = ("motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "track")
EARTH_RADIUS_M: Final = 6_371_008.8
"""Mean radius of the Earth (IUGG). [m]"""
SHORTEST: Final = 0.98
"""A section may be this little of the great circle between its ends: coordinates are rounded."""


def great_circle_m(lat1_deg: float, lon1_deg: float, lat2_deg: float, lon2_deg: float) -> float:
    """Return the great-circle distance between two points. [m]

    Examples
    --------
    >>> round(great_circle_m(36.617, 101.778, 36.407, 94.901) / 1000)  # Xining to Golmud
    615
    """
    phi1, phi2 = math.radians(lat1_deg), math.radians(lat2_deg)
    d_phi, d_lambda = phi2 - phi1, math.radians(lon2_deg - lon1_deg)
    h = math.sin(d_phi / 2) ** 2 + math.cos(phi1) * math.cos(phi2) * math.sin(d_lambda / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(math.sqrt(min(1.0, h)))


@dataclass(frozen=True, slots=True)
class Place:
    """A town, junction or pass: a node of the network."""

    id: str
    name_zh: str
    name_en: str
    kind: str
    lat: float
    lon: float
    elevation_m: float = 0.0
    population: int | None = None
    admin: str = ""
    """Prefecture that it belongs to."""
    district: str = ""
    """District (county) that it belongs to; the smallest area that a station answers for."""
    source: str = ""

    def name(self, lang: str) -> str:
        """Return the name in *lang*."""
        return self.name_zh if lang == "zh" else self.name_en


@dataclass(frozen=True, slots=True)
class Section:
    """A road section between two places, driven both ways unless it is one-way."""

    id: str
    start: str
    end: str
    road: str
    """Number of the road: ``G0613``."""
    length_m: float
    free_flow_kmh: float
    """What a car drives on a dry, empty road. [km/h]"""
    name_zh: str = ""
    road_class: str = "primary"
    oneway: bool = False
    max_elevation_m: float | None = None
    """Height of the pass, where there is one above both ends. [m]"""
    toll: str = ""
    carriageways: str = ""
    source: str = ""
    confidence: str = ""


class RoadNetwork:
    """Places and the road sections between them; never changed by a run.

    **Graph contract.** :attr:`graph` is a frozen ``networkx.MultiDiGraph``. A node is the id of a place (text) and
    carries every field of :class:`Place`; an edge goes in one driving direction, its key is the id of the section
    (text), and it carries every field of :class:`Section`. A section that is not one-way has two edges with the same
    key. Lengths are in metres, speeds in km/h, coordinates in degrees (WGS 84). Ids are unique, both ends of a section
    exist and differ, lengths and speeds are finite and positive, and no section is shorter than 0.98 of the great
    circle between its ends.

    Two networks with the same content are equal, whatever they are called.

    Raises
    ------
    NetworkError
        With every breach of the contract.
    """

    __slots__ = ("__dict__", "id", "places", "remarks", "sections")

    def __init__(self, id: str, places: Iterable[Place], sections: Iterable[Section]) -> None:  # noqa: A002  # it is one
        places, sections = tuple(places), tuple(sections)
        faults = list(_breaches(places, sections))
        if faults:
            raise NetworkError(faults)
        self.id = id
        self.places: Mapping[str, Place] = MappingProxyType({place.id: place for place in places})
        self.sections: Mapping[str, Section] = MappingProxyType({section.id: section for section in sections})
        self.remarks: tuple[str, ...] = tuple(_remarks(self.graph))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RoadNetwork) and self.digest == other.digest

    def __hash__(self) -> int:
        return int(self.digest[:15], 16)

    def __repr__(self) -> str:
        return f"RoadNetwork({self.id!r}, {len(self.places)} places, {len(self.sections)} sections)"

    def __reduce__(self) -> tuple[Any, ...]:
        return RoadNetwork, (self.id, tuple(self.places.values()), tuple(self.sections.values()))

    @cached_property
    def digest(self) -> str:
        """Fingerprint of every place and section."""
        rows = [[asdict(item) for item in items.values()] for items in (self.places, self.sections)]
        return sha256(json.dumps(rows, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @cached_property
    def graph(self) -> Any:
        """The network as a frozen ``networkx.MultiDiGraph``; see the contract above."""
        graph = nx.MultiDiGraph(id=self.id)
        for place in self.places.values():
            graph.add_node(place.id, **asdict(place))
        for section in self.sections.values():
            row = asdict(section)
            graph.add_edge(section.start, section.end, key=section.id, **row)
            if not section.oneway:
                graph.add_edge(section.end, section.start, key=section.id, **row)
        return nx.freeze(graph)

    @cached_property
    def _between(self) -> dict[frozenset[str], tuple[Section, ...]]:
        found: dict[frozenset[str], tuple[Section, ...]] = {}
        for section in self.sections.values():
            ends = frozenset((section.start, section.end))
            found[ends] = (*found.get(ends, ()), section)
        return found

    def sections_between(self, a: str, b: str, road: str | None = None) -> tuple[Section, ...]:
        """Return the sections that join two places directly, all or those of one *road*."""
        found = self._between.get(frozenset((a, b)), ())
        return tuple(section for section in found if road is None or section.road == road)

    def place(self, name: str) -> Place:
        """Return a place by id.

        Raises
        ------
        UnknownNameError
            If there is none; the message guesses the intended one.
        """
        if name not in self.places:
            raise UnknownNameError(unknown_name("place", name, self.places))
        return self.places[name]

    @classmethod
    def from_graph(cls, graph: Any, id: str) -> RoadNetwork:  # noqa: A002
        """Return the network that a graph which keeps the contract describes.

        Raises
        ------
        NetworkError
            With every breach of the contract, missing attributes included.
        """
        faults: list[Fault] = []
        places = [_row(Place, {"id": str(n), **data}, f"node {n}", faults) for n, data in graph.nodes(data=True)]
        sections = {
            str(key): _row(Section, {"start": u, "end": v, **data, "id": str(key)}, f"edge {key}", faults)
            for u, v, key, data in graph.edges(keys=True, data=True)
            if str(key) == str(data.get("id", key))
        }
        if faults:
            raise NetworkError(faults)
        return cls(id, places, sections.values())


def _row(kind: type[Any], data: Mapping[str, Any], where: str, faults: list[Fault]) -> Any:
    names = {field.name for field in fields(kind)}
    try:
        return kind(**{name: value for name, value in data.items() if name in names})
    except TypeError as error:
        faults.append(Fault("graph_attributes", where=where, values={"missing": str(error).partition("missing ")[2]}))
        return None


def _breaches(places: tuple[Place, ...], sections: tuple[Section, ...]) -> Iterator[Fault]:
    """Yield every breach of the graph contract."""
    if not places:
        yield Fault("network_empty")
    known: dict[str, Place] = {}
    for place in places:
        if place.id in known:
            yield Fault("duplicate_id", place.id, values={"name": place.id})
        known[place.id] = place
        if not (-90 <= place.lat <= 90 and -180 <= place.lon <= 180):  # noqa: PLR2004  # degrees
            yield Fault("coordinates", place.id, got=f"{place.lat}, {place.lon}")
        if not math.isfinite(place.elevation_m):
            yield Fault("not_finite", place.id, values={"field": "elevation_m"}, got=str(place.elevation_m))
    seen: set[str] = set()
    for section in sections:
        if section.id in seen:
            yield Fault("duplicate_id", section.id, values={"name": section.id})
        seen.add(section.id)
        yield from _section_breaches(section, known)


def _section_breaches(section: Section, known: Mapping[str, Place]) -> Iterator[Fault]:
    for field in ("length_m", "free_flow_kmh"):
        value = getattr(section, field)
        if not (isinstance(value, (int, float)) and math.isfinite(value) and value > 0):
            yield Fault("not_positive", section.id, values={"field": field}, got=str(value))
            return
    if section.road_class not in ROAD_CLASSES:
        yield Fault("road_class", section.id, values={"known": ", ".join(ROAD_CLASSES)}, got=section.road_class)
    missing = [end for end in (section.start, section.end) if end not in known]
    for end in missing:
        yield Fault("section_end", section.id, values={"name": end})
    if section.start == section.end:
        yield Fault("section_loop", section.id)
    if not missing:
        a, b = known[section.start], known[section.end]
        direct_m = great_circle_m(a.lat, a.lon, b.lat, b.lon)
        if section.length_m < SHORTEST * direct_m:
            values = {"length_km": f"{section.length_m / 1000:.1f}", "direct_km": f"{direct_m / 1000:.1f}"}
            yield Fault("section_too_short", section.id, values=values)


def _remarks(graph: Any) -> Iterator[str]:
    """Yield what is allowed and yet worth knowing."""
    parts = sorted(nx.strongly_connected_components(graph), key=lambda part: (-len(part), min(part)))
    for part in parts[1:]:
        yield f"cut off from the largest part: {', '.join(sorted(part)[:10])}"
