"""Graphs: of networkx, of OSMnx, or read from GraphML."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.importing.access import is_blocked
from drillsim.roads.importing.crs import WGS84, Crs, crs_of
from drillsim.roads.importing.edge_list import BLOCKED, Options, RawRoads, Tally, flags_of
from drillsim.roads.importing.edges import Edge, Nodes, raw_of_edges, tags_of, written_ends
from drillsim.roads.importing.osm import LICENCE
from drillsim.roads.importing.tags import elevation_m

Attributes = Mapping[str, Any]
Points = Mapping[str, tuple[float, float]]
"""x and y by name of the node."""


def read_graph(graph: Any, options: Options, tally: Tally, where: str) -> RawRoads:
    """Return the roads of a networkx graph, directed or not, with or without parallel edges.

    Raises
    ------
    NetworkError
        If nodes have no coordinates, no name, or names that are told apart by their type alone.
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
        If nodes have no name, or names that are told apart by their type alone.
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
            np.array([_flags(data) for data in nodes.values()], np.uint8),
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
    said = next((data[name] for name in ("elevation", "ele", "elevation_m") if name in data), "")
    height = elevation_m(str(said))
    return math.nan if height is None else height


def _flags(data: Attributes) -> int:
    flags = flags_of(str(data.get("highway", "")), str(data.get("direction", "")))
    return flags | BLOCKED if "barrier" in data and is_blocked(tags_of(data)) else flags


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
        near = math.dist(course[0], here) <= math.dist(course[-1], here)
        shape = course[1:-1] if near or start == end else course[-2:0:-1]
        shape = np.column_stack(crs.to_degrees(shape[:, 0], shape[:, 1]))
    return Edge(start, end, tags_of({name: value for name, value in data.items() if name != "geometry"}), shape)


def _course(geometry: Any) -> NDArray[np.float64] | None:
    """Return the (k, 2) points x and y of a line, which WKT states or anything that has ``coords``; None for others."""
    if isinstance(geometry, str):
        import shapely  # slow to load, seldom needed

        with np.errstate(invalid="ignore"):  # what is not finite is no course
            geometry = shapely.from_wkt(geometry, on_invalid="ignore")
    if getattr(geometry, "geom_type", "LineString") != "LineString":
        return None
    coords = getattr(geometry, "coords", None)
    points = None if coords is None else np.array([point[:2] for point in coords], float)
    return points if points is not None and np.isfinite(points).all() else None


def _warn(edges: list[Edge], tally: Tally) -> None:
    if edges and all("highway" not in edge.tags for edge in edges):
        tally.warnings.append("no_highway")
