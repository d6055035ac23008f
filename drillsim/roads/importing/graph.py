"""Graphs: of networkx, from GraphML files, or of a named place, downloaded by OSMnx."""

from __future__ import annotations

import errno
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

import numpy as np
from numpy.typing import NDArray

from drillsim.base import portable
from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.importing.barriers import BAR_HEIGHTS, GAP_WIDTHS, count_barrier, is_blocked
from drillsim.roads.importing.crs import WGS84, Crs, crs_of
from drillsim.roads.importing.edge_list import BLOCKED, Options, RawRoads, Tally, flags_of
from drillsim.roads.importing.edges import Edge, Nodes, raw_of_edges, tags_of, written_ends
from drillsim.roads.importing.osm import LICENCE
from drillsim.roads.importing.tags import elevation_m

Attributes = Mapping[str, Any]
Points = Mapping[str, tuple[float, float]]
"""x and y by name of the node."""
CHUNK: Final = 1 << 20
"""Bytes read at once."""
OSMNX_WAY_TAGS: Final = (
    "abandoned", "access", "access:conditional", "area", "barrier", "bollard", "bridge", "bus", "busway", "cargo",
    "demolished", "designation", "disused", "duration", "emergency", "ferry", "fire_lane", "foot", "hgv", "highway",
    "ice_road", "impassable", "junction", "lanes", "lanes:backward", "lanes:forward", "maxaxleload", "maxheight",
    "maxheight:physical", "maxlength", "maxspeed", "maxspeed:backward", "maxspeed:conditional", "maxspeed:forward",
    "maxspeed:lanes", "maxspeed:type", "maxweight", "maxwidth", "maxwidth:physical", "motor_vehicle",
    "motor_vehicle:conditional", "motorcar", "name", "oneway", "oneway:bus", "oneway:conditional", "oneway:emergency",
    "opening_hours", "passenger", "bicycle", "psv", "razed", "ref", "route", "seasonal", "service", "smoothness",
    "source:maxspeed", "surface", "tracktype", "tunnel", "vehicle", "vehicle:conditional", "width", "winter_road",
    "zone:maxspeed", "zone:traffic",
)  # fmt: skip
OSMNX_NODE_TAGS: Final = (
    "access", "barrier", "bollard", "bus", "direction", "ele", "emergency", "hgv", "highway", "locked", "maxheight",
    "maxheight:physical", "maxwidth", "maxwidth:physical", "motor_vehicle", "motorcar", "psv", "service", "vehicle",
)  # fmt: skip
BINDING_AT_NODES: Final = frozenset({"barrier", *BAR_HEIGHTS, *GAP_WIDTHS})
DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})
"""What goes wrong with a file that is open already."""


def read_graph(graph: Any, options: Options, tally: Tally, where: str) -> RawRoads:
    """Return the roads of a networkx graph, directed or not, with or without parallel edges.

    Raises
    ------
    NetworkError
        If nodes have no coordinates, no name, or names that differ by type alone.
    """
    edges = graph.edges(data=True)
    return raw_of_graph(
        dict(graph.nodes(data=True)), edges, graph.graph, options, tally, directed=graph.is_directed(), where=where
    )


def raw_of_graph(
    nodes: Mapping[Any, Attributes], edges: Iterable[tuple[Any, Any, Attributes]], about: Attributes, options: Options,
    tally: Tally, *, directed: bool, where: str,
) -> RawRoads:  # fmt: skip
    """Return the roads of a graph given as nodes and edges with attributes.

    Parameters
    ----------
    about
        Attributes of the graph: ``crs``, where it is not degrees; ``created_with``.
    where
        File, for messages.

    Raises
    ------
    NetworkError
        If nodes have no name, or names that differ by type alone.
    """
    names = _names(nodes, where)
    if "osmnx" in str(about.get("created_with", "")).lower():
        tally.licence = LICENCE
    crs = crs_of(about.get("crs") or WGS84, where)
    if crs.shift_unknown:
        tally.warnings.append("datum")
    x, y = (_coordinate(nodes, names) for names in (("x", "lon", "lng", "longitude"), ("y", "lat", "latitude")))
    lat, lon = crs.to_degrees(x, y)
    points = dict(zip(names, zip(x.tolist(), y.tolist(), strict=True), strict=True))
    made = [_edge(str(start), str(end), data, crs, points, directed=directed) for start, end, data in edges]
    _warn(made, tally)
    return raw_of_edges(
        Nodes(
            names, lat, lon,
            np.array([_height(data) for data in nodes.values()]),
            np.array([node_flags(data, tally) for data in nodes.values()], np.uint8),
        ),
        made, options, tally, directed=directed,
    )  # fmt: skip


def _coordinate(nodes: Mapping[Any, Attributes], names: tuple[str, ...]) -> NDArray[np.float64]:
    values = (next((data[name] for name in names if name in data), None) for data in nodes.values())
    return np.array([_number(value) for value in values], float)


def _number(value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        return math.nan


def _height(data: Attributes) -> float:
    written = next((data[name] for name in ("elevation", "ele", "elevation_m") if name in data), "")
    height = elevation_m(str(written))
    return math.nan if height is None else height


def node_flags(data: Attributes, tally: Tally) -> int:
    """Return the flags of a node; a limit there is counted, for nothing tells which of its edges it binds."""
    flags = flags_of(str(data.get("highway", "")), str(data.get("direction", "")))
    if not BINDING_AT_NODES & data.keys():
        return flags
    tags = tags_of(data)
    count_barrier(tags, tally)
    for key in (*BAR_HEIGHTS, *GAP_WIDTHS):
        if key in tags:
            tally.not_applied[f"node {key}"] += 1
    return flags | BLOCKED if is_blocked(tags) else flags


def _names(nodes: Iterable[Any], where: str) -> list[str]:
    """Return the names of nodes as texts; refuse an empty one, and two that differ by type alone, as 1 and "1" do."""
    named: dict[str, Any] = {}
    for node in nodes:
        if named.setdefault(str(node), node) is not node:
            values = {"one": repr(named[str(node)]), "other": repr(node)}
            raise NetworkError([Problem("roads_names_alike", where=where, values=values)])
    if any(not name.strip() for name in named):
        raise NetworkError([Problem("missing", where=where, values={"field": "id"})])
    return list(named)


def _edge(start: str, end: str, data: Attributes, crs: Crs, points: Points, *, directed: bool) -> Edge:
    """Return an edge; a line that is written from the other end is turned."""
    if not directed:
        start, end = written_ends(start, end, data)
    course = _course(data.get("geometry"))
    shape = np.zeros((0, 2))
    if course is not None and len(course) > 2:  # noqa: PLR2004  # more than both ends
        here = points.get(start, (math.nan, math.nan))
        near = _apart(course[0], here) <= _apart(course[-1], here)
        shape = course[1:-1] if near or start == end else course[-2:0:-1]
        shape = np.column_stack(crs.to_degrees(shape[:, 0], shape[:, 1]))
    return Edge(start, end, tags_of({name: value for name, value in data.items() if name != "geometry"}), shape)


def _course(geometry: Any) -> NDArray[np.float64] | None:
    """Return the (k, 2) points x and y of a line, which WKT states or anything that has ``coords``; None for others."""
    if isinstance(geometry, str):
        import shapely  # slow to load, seldom needed

        with np.errstate(invalid="ignore"):  # non-finite coordinates are no course
            geometry = shapely.from_wkt(geometry, on_invalid="ignore")
    if getattr(geometry, "geom_type", "LineString") != "LineString":
        return None
    coords = getattr(geometry, "coords", None)
    points = None if coords is None else np.array([point[:2] for point in coords], float)
    return points if points is not None and np.isfinite(points).all() else None


def _warn(edges: list[Edge], tally: Tally) -> None:
    if edges and all("highway" not in edge.tags for edge in edges):
        tally.warnings.append("no_highway")


def read_graphml(path: Path, options: Options, tally: Tally) -> RawRoads:
    """Return the roads of a GraphML file; values may all be texts.

    Raises
    ------
    NetworkError
        If it is no XML, declares entities, or nodes have no coordinates.
    """
    reader = _GraphML(path)
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                reader.parser.Parse(chunk, False)
            reader.parser.Parse(b"", True)
    except (expat.ExpatError, OSError, ValueError, LookupError) as error:
        if isinstance(error, NetworkError):
            raise
        raise NetworkError([Problem("roads_broken", where=str(path), values={"why": str(error)})]) from None
    return raw_of_graph(
        reader.nodes, reader.edges, reader.about, options, tally, directed=reader.directed, where=str(path)
    )


class _GraphML:
    """What has been read of a GraphML file."""

    def __init__(self, path: Path) -> None:
        self.nodes: dict[str, dict[str, str]] = {}
        self.edges: list[tuple[str, str, dict[str, str]]] = []
        self.about: dict[str, str] = {}
        self.directed = True
        self._where = str(path)
        self._names: dict[str, str] = {}
        self._within: list[dict[str, str]] = []
        self._key: str | None = None
        self._text: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *_: Any) -> None:
        raise NetworkError([Problem("roads_entities", where=self._where)])

    def _start(self, tag: str, given: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "key":
            self._names[given.get("id", "")] = given.get("attr.name", given.get("id", ""))
        elif name == "graph":
            self.directed = given.get("edgedefault", "directed") == "directed"
            self._within.append(self.about)
        elif name == "node":
            self._within.append(self.nodes.setdefault(given["id"], {}))
        elif name == "edge":
            self.edges.append((given["source"], given["target"], {}))
            self._within.append(self.edges[-1][2])
        elif name == "data":
            self._key = given.get("key")
            self._text.clear()

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "data" and self._key is not None and self._within:
            self._within[-1][self._names.get(self._key, self._key)] = "".join(self._text).strip()
            self._key = None
        elif name in {"graph", "node", "edge"}:
            self._within.pop()


@contextmanager
def _tags_kept(settings: Any) -> Iterator[None]:
    """Let OSMnx keep the tags that are read here; it knows settings for all its users only."""
    before = settings.useful_tags_way, settings.useful_tags_node
    settings.useful_tags_way, settings.useful_tags_node = list(OSMNX_WAY_TAGS), list(OSMNX_NODE_TAGS)
    try:
        yield
    finally:
        settings.useful_tags_way, settings.useful_tags_node = before


def read_place(name: str, options: Options, tally: Tally) -> RawRoads:
    """Return the roads of the place with that name.

    Raises
    ------
    NetworkError
        If no name is given, the extra for it is not installed, there is no internet, no such place, or no file can be
        written where OSMnx keeps what it fetched.
    """
    where = f"place:{name}"
    if not name:
        raise NetworkError([Problem("roads_place_name", where=where)])
    try:
        import osmnx  # an extra
    except ImportError:
        raise NetworkError([Problem("extra_missing", where=where, values={"extra": "place"})]) from None
    try:
        # all ways and nodes: what may be driven is decided here, as for any other file
        with _tags_kept(osmnx.settings):
            graph = osmnx.graph_from_place(name, network_type="all", retain_all=True, simplify=False)
    except OSError as error:
        if error.filename is not None or error.errno in DISK:
            file = error.filename or getattr(osmnx.settings, "cache_folder", "")
            values = {"file": str(file), "why": error.strerror or type(error).__name__}
            raise NetworkError([Problem("roads_place_file", where=where, values=values)]) from None
        # messages of network errors are a page of addresses
        raise NetworkError([Problem("roads_offline", where=where, values={"why": type(error).__name__})]) from None
    except Exception as error:  # noqa: BLE001  # and whatever the server says
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise NetworkError([Problem("roads_place", where=where, values={"why": why})]) from None
    tally.licence = LICENCE
    return read_graph(graph, options, tally, where)


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    return portable.hypot(a[0] - b[0], a[1] - b[1])
