"""Roads from edges one by one, as graphs and tables have them, rather than from ways with many nodes."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drillsim.roads.importing.access import YES, way_of
from drillsim.roads.importing.conditions import CLOSING
from drillsim.roads.importing.edge_list import BLOCKED, Options, RawRoads, Tally, Way, in_rows
from drillsim.roads.importing.limits import READ
from drillsim.roads.importing.tags import MOST_KMH
from drillsim.roads.importing.travel_times import SPEEDS, TRAVEL_S, told_s

ALIASES: Final = {
    "fclass": "highway", "class": "highway", "type": "highway", "speed_kph": "maxspeed", "speed_kmh": "maxspeed",
    "speed_limit": "maxspeed",
}  # fmt: skip
"""Columns that other makers of tables call otherwise; used where the usual one is missing."""
WITH_COLONS: Final = {
    key.replace(":", "_"): key
    for key in (*READ, *(f"{who}:conditional" for who in (*CLOSING, "maxspeed", "maxweight", "maxheight", "oneway")))
    if ":" in key
}
"""Columns whose names may have no colons, as ``maxspeed_forward``."""
OTHER_NAMES: Final = {**ALIASES, **WITH_COLONS}
BOTH_WAYS: Final = {"b": "no", "f": "yes", "t": "-1"}
"""Directions as single letters in some tables: both, from start to end, from end to start."""
MOST_LIST: Final = 10_000
"""Characters of a list written as text that are read."""
NOTHING: Final = frozenset({"", "nan", "none", "null", "<na>"})
SAME_M: Final = 1.0
"""Stated lengths of both directions of a road differ by no more than this (assumption). [m]"""
SAME_SPEED: Final = 1e-4
"""Speeds of both directions that differ by less than this part are the same. [dimensionless]"""
POINTS_DEG: Final = 1e-6
"""Points nearer than this are the same. [deg]"""


@dataclass(frozen=True, slots=True, eq=False)
class Edge:
    """A road between two nodes."""

    start: Any
    end: Any
    tags: Mapping[str, str]
    shape: NDArray[np.float64]
    """(k, 2) latitude and longitude of the points between the ends. [deg]"""


@dataclass(frozen=True, slots=True, eq=False)
class Nodes:
    """Named nodes and where they are."""

    ids: Sequence[Any]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    elevation_m: NDArray[np.float64]
    flags: NDArray[np.uint8]


def raw_of_edges(
    nodes: Nodes, edges: Iterable[Edge], options: Options, tally: Tally, *, directed: bool, prefix: str = ""
) -> RawRoads:
    """Return the roads of edges.

    Parameters
    ----------
    directed
        Whether each edge is driven from start to end only; two that are each other's reverse become one road driven
        both ways. Else what its tags say holds.
    prefix
        Stands before an id of a node.
    """
    edges = tuple(edges)
    if all("oneway" not in edge.tags for edge in edges):  # a motorway without a direction is better driven both ways
        edges = tuple(replace(edge, tags={**edge.tags, "oneway": "no"}) for edge in edges)
    row_of = {name: row for row, name in enumerate(nodes.ids)}
    made: list[tuple[Way, list[int]]] = []
    shapes = _Shapes(len(nodes.ids))
    waiting: dict[Any, list[int]] = {}
    for number, edge in enumerate(edges):
        way = _way(number, edge, options, tally)
        if way is None:
            continue
        ends = row_of.get(edge.start), row_of.get(edge.end)
        if ends[0] is None or ends[1] is None:
            tally.dropped["end_unknown"] += 1
            continue
        if ends[0] == ends[1] and len(edge.shape) == 0:
            tally.dropped["loop_without_course"] += 1
            continue
        if directed:
            way = replace(way, oneway=1)
        way = _with_length(way, edge, tally)
        twin = _twin(waiting, made, edge, way, directed=directed)
        if twin is None:
            waiting.setdefault(_key(edge, way), []).append(len(made))
            made.append((way, [ends[0], *shapes.add(edge.shape), ends[1]]))
        elif directed:
            made[twin] = (replace(made[twin][0], oneway=0), made[twin][1])
        else:
            tally.dropped["twin"] += 1
    copies = _cut_at_barriers(nodes, shapes, made, tally)
    return _raw(nodes, shapes, made, copies, prefix)


def _cut_at_barriers(nodes: Nodes, shapes: _Shapes, made: list[tuple[Way, list[int]]], tally: Tally) -> list[int]:
    """Split the road at a barrier; return the nodes that are duplicated for it.

    Where several roads meet, it is unknown which one it bars.
    """
    barred = np.asarray(nodes.flags) & BLOCKED != 0
    if not barred.any():
        return []
    beside: dict[int, set[int]] = {}
    for _, rows in made:
        for here, there in ((rows[0], rows[1]), (rows[-1], rows[-2])):
            if barred[here]:
                beside.setdefault(here, set()).add(there)
    closed = sorted(row for row, others in beside.items() if len(others) == 2)  # noqa: PLR2004  # a road to either side
    tally.blocked += len(closed)
    copy = {(row, max(beside[row])): shapes.next + k for k, row in enumerate(closed)}
    for _, rows in made:
        here, there = copy.get((rows[0], rows[1]), rows[0]), copy.get((rows[-1], rows[-2]), rows[-1])
        rows[0], rows[-1] = here, there
    return closed


class _Shapes:
    """Points between the ends of edges, which become nodes without an id."""

    def __init__(self, first: int) -> None:
        self.next, self.points = first, [np.zeros((0, 2))]

    def add(self, shape: NDArray[np.float64]) -> range:
        self.points.append(shape)
        self.next += len(shape)
        return range(self.next - len(shape), self.next)


def _raw(nodes: Nodes, shapes: _Shapes, made: list[tuple[Way, list[int]]], copies: list[int], prefix: str) -> RawRoads:
    """Return nodes, points between them and copies of nodes, in this order, with the roads."""
    points = np.concatenate(shapes.points)
    names = np.empty(shapes.next + len(copies), object)
    names[: len(nodes.ids)] = list(nodes.ids)
    names[len(nodes.ids) : shapes.next] = ""
    names[shapes.next :] = _other_names(nodes.ids, copies)
    first, rows = in_rows([row for _, row in made])
    return RawRoads(
        names, prefix,
        np.concatenate([nodes.lat, points[:, 0], nodes.lat[copies]]),
        np.concatenate([nodes.lon, points[:, 1], nodes.lon[copies]]),
        np.concatenate([nodes.elevation_m, np.full(len(points), np.nan), nodes.elevation_m[copies]]),
        np.concatenate([nodes.flags, np.zeros(len(points), np.uint8), nodes.flags[copies]]),
        tuple(way for way, _ in made), first, rows,
    )  # fmt: skip


def _other_names(ids: Sequence[Any], copies: list[int]) -> list[str]:
    taken = {str(name) for name in ids} if copies else set()
    names = []
    for row in copies:
        name = f"{ids[row]}-2"
        while name in taken:
            name += "-2"
        taken.add(name)
        names.append(name)
    return names


def tags_of(attributes: Mapping[str, Any]) -> dict[str, str]:
    """Return attributes as tags: texts, the values of a list with semicolons between them, nothing where there is none.

    Examples
    --------
    >>> tags_of({"lanes": ["2", "3"], "oneway": True, "bridge": None, "fclass": "primary"})
    {'lanes': '2;3', 'oneway': 'true', 'highway': 'primary'}
    >>> tags_of({"highway": "['primary', 'service']"})  # a list that went through a table
    {'highway': 'primary;service'}
    """
    tags = {}
    for name, value in attributes.items():
        text = _text(value)
        if text.lower() not in NOTHING:
            tags[name] = text.lower() if text in {"True", "False"} else text
    for other, name in OTHER_NAMES.items():
        if other in tags and name not in tags:
            tags[name] = tags.pop(other)
    return tags


def written_ends(start: str, end: str, row: Mapping[str, Any]) -> tuple[str, str]:
    """Return the ends of an edge in the order in which its road runs.

    Where a graph without directions is written down, the two nodes stand in any order, and ``from`` and ``to`` keep
    the direction.

    Examples
    --------
    >>> written_ends("1", "2", {"from": 2, "to": 1, "oneway": True}), written_ends("1", "2", {"from": "A", "to": "B"})
    (('2', '1'), ('1', '2'))
    """
    kept = str(row.get("from")), str(row.get("to"))
    return kept if kept == (end, start) else (start, end)


def _text(value: Any) -> str:
    if isinstance(value, str) and value.startswith("[") and value.endswith("]") and len(value) <= MOST_LIST:
        value = _list(value)
    if isinstance(value, (list, tuple, set, np.ndarray)):
        return ";".join(dict.fromkeys(_text(one) for one in value))
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def _list(text: str) -> Any:
    """Return a list that is written as text; the text as it stands if it is none."""
    try:
        return ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text


def _way(number: int, edge: Edge, options: Options, tally: Tally) -> Way | None:
    tags = dict(edge.tags)
    if "highway" not in tags and tags.get("route") != "ferry":
        tags["highway"] = "unclassified"
        tally.guessed["highway_missing"] += 1
    if tags.get("oneway", "").lower() in BOTH_WAYS:
        tags["oneway"] = BOTH_WAYS[tags["oneway"].lower()]
        tags |= {key: "no" for key in ("bridge", "tunnel") if tags.get(key) == "F"}
    if tags.get("maxspeed") == "0":
        del tags["maxspeed"]
    for key in ("name", "ref"):
        if key in tags:
            tags[key] = tags[key].partition(";")[0]
    name = tags.get("osmid", tags.get("osm_id", "")).partition(";")[0]
    free_kmh = _free_flow_kmh(tags)
    if free_kmh is None:
        tags.pop("free_flow_kmh", None)
    travel_s = _travel_s(tags, tally)
    if travel_s is not None:
        tags["free_flow_kmh"] = "by time"  # so that no speed is guessed
    way = way_of(f"w{name}" if name else f"e{number}", tags, options, tally)
    if way is not None and tags.get("reversed") == "true":  # its tags are those of the road the other way round
        way = _turned(way)
    return None if way is None else replace(way, free_flow_kmh=free_kmh, travel_s=travel_s)


def _travel_s(tags: Mapping[str, str], tally: Tally) -> float | None:
    """Return the travel time that counts, None if there is none or it is no number above 0; count what does not."""
    told = told_s(tags)
    if told is None:
        return None
    if TRAVEL_S not in tags and any(name in tags for name in SPEEDS):
        tally.not_applied["travel_time"] += 1
        return None
    if math.isnan(told):
        tally.guessed["travel_time_unusable"] += 1
        return None
    return told


def _free_flow_kmh(tags: Mapping[str, str]) -> float | None:
    """Return the stated speed; None if there is none or it is implausible. [km/h]"""
    try:
        kmh = float(tags.get("free_flow_kmh", "nan"))
    except ValueError:
        return None
    return kmh if 0 < kmh <= MOST_KMH else None


def _key(edge: Edge, way: Way) -> Any:
    return edge.start, edge.end, way.id if way.id.startswith("w") else way.highway, _rounded(edge.shape)


def _rounded(shape: NDArray[np.float64]) -> bytes:
    return np.rint(shape / POINTS_DEG).astype(np.int64).tobytes()


def _twin(
    waiting: dict[Any, list[int]], made: list[tuple[Way, list[int]]], edge: Edge, way: Way, *, directed: bool
) -> int | None:
    """Return the road that this edge runs along the other way, and take it off the list."""
    if edge.tags.get("oneway", "").lower() in YES or (way.oneway and not directed):
        return None
    turned = Edge(edge.end, edge.start, edge.tags, edge.shape[::-1])
    candidates = waiting.get(_key(turned, way), [])
    for place, row in enumerate(candidates):
        if _alike(made[row][0], way):
            return candidates.pop(place)
    return None


def _alike(one: Way, other: Way) -> bool:
    """Return whether two directions may be one road: as long and as fast."""
    if one.length_m is not None and other.length_m is not None and abs(one.length_m - other.length_m) > SAME_M:
        return False
    as_fast = _as_fast(one.free_flow_kmh, other.free_flow_kmh) and _as_fast(one.travel_s, other.travel_s)
    return _limits(one) == _limits(_turned(other)) and as_fast


def _limits(way: Way) -> tuple[float | None, float | None]:
    return way.limit_kmh, way.limit_kmh if way.backward_limit_kmh is None else way.backward_limit_kmh


def _turned(way: Way) -> Way:
    """Return a way whose limits are those of the other direction."""
    along, against = _limits(way)
    return way if along == against else replace(way, limit_kmh=against, backward_limit_kmh=along)


def _as_fast(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= SAME_SPEED * one


def _with_length(way: Way, edge: Edge, tally: Tally) -> Way:
    """Return the way with the length that the edge states, if it does."""
    text = edge.tags.get("length", "")
    try:
        stated = float(text)
    except ValueError:
        stated = np.nan
    if not (np.isfinite(stated) and stated >= 0):
        tally.guessed["length_unreadable" if text else "length_missing"] += 1
        return way
    return replace(way, length_m=stated)
