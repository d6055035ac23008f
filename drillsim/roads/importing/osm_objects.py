"""Objects of OpenStreetMap files: selection of ways, and tags of nodes that apply to their roads."""

from __future__ import annotations

import bz2
import gzip
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.importing.barriers import (
    bar_height_m,
    count_barrier,
    gap_width_m,
    is_blocked,
)
from drillsim.roads.importing.coordinates import MOST_LAT, MOST_LON
from drillsim.roads.importing.edge_list import BLOCKED, UNSPECIFIED_HEIGHT, Tally, Way, flags_of
from drillsim.roads.importing.tags import elevation_m

Deleted = frozenset[tuple[str, int]]
"""``n``, ``w`` or ``r`` and the number of an object."""
OPENERS: Final[Mapping[str, Callable[..., Any]]] = {"osm": open, "osm.gz": gzip.open, "osm.bz2": bz2.open}
CHUNK: Final = 1 << 22
"""Bytes read at once."""
LONGEST: Final = 1 << 16
"""Bytes of the longest opening tag."""
DELETED_TAG: Final = re.compile(rb"<(n|w|r)(?:ode|ay|elation)\s[^<>]*?\baction\s*=\s*(?:'delete'|\"delete\")[^<>]*>")
ID: Final = re.compile(rb"\sid\s*=\s*['\"](-?\d+)['\"]")
LARGE_BYTES: Final = 1 << 26
"""Files from this size on are filtered by number before Python sees their nodes: faster, but the filter takes up to two
gigabytes, for the numbers of nodes are spread wide. [bytes]"""
NO_COORDINATE: Final = 2**31 - 1
"""What the parser holds where a node has none."""
HEIGHT_BAR_M: Final = 2.5
"""Height of a bar above the road that lets cars pass, where none is tagged (assumption). [m]"""
Inline = Mapping[int, tuple[float, float]]
"""Latitude and longitude by the number of the node."""


def deleted_in(path: Path, kind: str) -> Deleted:
    """Return the objects of an OpenStreetMap file that are deleted; the parser does not tell.

    Parameters
    ----------
    kind
        Format of the file; only XML has such objects.
    """
    opener = OPENERS.get(kind)
    return frozenset() if opener is None else frozenset(_deleted(path, opener))


def _deleted(path: Path, opener: Callable[..., Any]) -> Iterator[tuple[str, int]]:
    rest = b""
    try:
        with opener(path, "rb") as file:
            while chunk := file.read(CHUNK):
                text = rest + chunk
                for tag in DELETED_TAG.finditer(text):
                    number = ID.search(tag[0])
                    if number:
                        yield tag[1].decode(), int(number[1])
                rest = text[max(text.rfind(b"<"), len(text) - LONGEST) :]
    except (EOFError, OSError, zlib.error):  # the parser finds the damage too, with its position
        return


class Versions:
    """Which objects have been read; where extracts were put together, some stand in the file more than once."""

    def __init__(self, where: str) -> None:
        self._where = where
        self._version: dict[tuple[str, int], int] = {}

    def is_new(self, kind: str, item: Any) -> bool:
        """Return whether an object has not been read before.

        Raises
        ------
        NetworkError
            If it has, in another version: files of history do not tell which objects still exist.
        """
        before = self._version.get((kind, item.id))
        if (before is not None and before != item.version) or not item.visible:
            raise NetworkError([Problem("roads_history", where=self._where, got=f"{kind}{item.id}")])
        self._version[kind, item.id] = item.version
        return before is None


def inline_of(way: Any) -> Inline:
    """Return the coordinates that stand in a way itself, as servers write them on demand."""
    return {node.ref: (node.lat, node.lon) for node in way.nodes if node.location.valid()}


def nodes_in(
    osmium: Any, source: Any, wanted: NDArray[np.int64], where: str, inline: Inline, tally: Tally
) -> dict[str, NDArray[Any]]:
    """Return the wanted nodes that the file has, in the order of their ids: (n,) by name of the column.

    Parameters
    ----------
    inline
        Coordinates that ways tell; taken where the file does not have the node.

    Raises
    ------
    NetworkError
        If a latitude is that of no place on Earth, but would be a longitude.
    """
    reader = osmium.FileProcessor(source, osmium.osm.NODE)
    names = set(wanted.tolist())
    if names and min(names) >= 0 and Path(where).stat().st_size > LARGE_BYTES:  # it knows no drafts with negative ids
        reader = reader.with_filter(osmium.filter.IdFilter(names))
    rows = []
    for item in reader:
        if item.id not in names:
            continue
        if item.location.valid():
            rows.append(_node(item, tally))
        elif item.location.x != NO_COORDINATE:
            lat, lon = item.location.lat_without_check(), item.location.lon_without_check()
            code = "roads_swapped" if abs(lat) <= MOST_LON and abs(lon) <= MOST_LAT else "roads_in_metres"
            raise NetworkError([Problem(code, where=where, got=f"{lat:.7g}; {lon:.7g}")])
    rows += [(name, lat, lon, np.nan, np.nan, np.nan, 0) for name, (lat, lon) in inline.items()]
    columns = zip(*rows, strict=True) if rows else ([], [], [], [], [], [], [])
    kinds = (np.int64, *[np.float64] * 5, np.uint8)
    ids, lat, lon, height, low, narrow, flags = (
        np.array(column, kind) for column, kind in zip(columns, kinds, strict=True)
    )
    _, order = np.unique(ids, return_index=True)
    return {
        "id": ids[order], "lat": lat[order], "lon": lon[order], "elevation_m": height[order],
        "max_height_m": low[order], "max_width_m": narrow[order], "flags": flags[order],
    }  # fmt: skip


def _node(item: Any, tally: Tally) -> tuple[int, float, float, float, float, float, int]:
    location = item.location
    if not item.tags:
        return item.id, location.lat, location.lon, np.nan, np.nan, np.nan, 0
    tags = {tag.k: tag.v for tag in item.tags}
    height = elevation_m(tags.get("ele", ""))
    direction = tags.get("traffic_signals:direction") or tags.get("direction") or ""
    flags = flags_of(tags.get("highway", ""), direction) | (BLOCKED if is_blocked(tags) else 0)
    low, narrow = bar_height_m(tags), gap_width_m(tags)
    if low is None and tags.get("barrier") == "height_restrictor":
        low, flags = HEIGHT_BAR_M, flags | UNSPECIFIED_HEIGHT
    count_barrier(tags, tally)
    known = [np.nan if value is None else value for value in (height, low, narrow)]
    return item.id, location.lat, location.lon, known[0], known[1], known[2], flags


def links_at(ids: NDArray[np.int64], refs: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return how many links meet at each node: (n_nodes,)."""
    links = np.zeros(len(ids), np.int64)
    if len(ids) == 0:
        return links
    ends = np.concatenate([np.concatenate([nodes[:-1], nodes[1:]]) for nodes in refs])
    nodes, count = np.unique(ends, return_counts=True)
    rows = np.minimum(np.searchsorted(ids, nodes), len(ids) - 1)
    there = ids[rows] == nodes
    links[rows[there]] = count[there]
    return links


def parts_by_limit(
    piece: NDArray[np.int64], low_m: NDArray[np.float64], narrow_m: NDArray[np.float64]
) -> Iterator[tuple[NDArray[np.int64], float, float]]:
    """Yield the parts of a way between bars and gaps, (n,) rows each, with height and width, NaN for none. [m]"""
    height_m, width_m = (np.fmin(limit[piece[:-1]], limit[piece[1:]]) for limit in (low_m, narrow_m))
    changes = np.flatnonzero(_differs(height_m) | _differs(width_m)) + 1
    for begin, end in zip([0, *changes.tolist()], [*changes.tolist(), len(height_m)], strict=True):
        yield piece[begin : end + 1], float(height_m[begin]), float(width_m[begin])


def _differs(limit_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return (n - 1,) whether each limit is another than the one before it; none is like none."""
    filled = np.nan_to_num(limit_m, nan=-1.0)
    return np.asarray(filled[1:] != filled[:-1])


def limited(way: Way, height_m: float, width_m: float) -> Way:
    """Return the way with the lower of its own limits and those of a bar above it and a gap in it, NaN for none. [m]"""
    if np.isnan(height_m) and np.isnan(width_m):
        return way
    return replace(way, max_height_m=_lower(way.max_height_m, height_m), max_width_m=_lower(way.max_width_m, width_m))


def _lower(one_m: float | None, other_m: float) -> float | None:
    if np.isnan(other_m):
        return one_m
    return other_m if one_m is None else min(one_m, other_m)


def pieces(
    ids: NDArray[np.int64], nodes: NDArray[np.int64], blocked: NDArray[np.int64], tally: Tally
) -> Iterator[NDArray[np.int64]]:
    """Yield the runs of nodes that are in the file, (n,) rows each; a run of one node leads nowhere.

    A way that is blocked ends at the barrier from either side.
    """
    if len(ids) == 0:
        tally.clipped += len(nodes)
        return
    rows = np.minimum(np.searchsorted(ids, nodes), len(ids) - 1)
    there = ids[rows] == nodes
    barred = there & np.isin(nodes, blocked)
    if there.all() and not barred[1:-1].any():
        yield from [rows] if len(rows) > 1 else []
        return
    tally.clipped += int((~there).sum())
    for run in np.split(np.arange(len(rows)), np.flatnonzero(np.diff(there)) + 1):
        if not there[run[0]]:
            continue
        cuts = [run[0], *run[1:-1][barred[run[1:-1]]].tolist(), run[-1]]
        for begin, end in pairwise(cuts):
            if end > begin:
                yield rows[begin : end + 1]


def separated(rows: list[NDArray[np.int64]], blocked: NDArray[np.int64], n: int) -> NDArray[np.int64]:
    """Let two roads that meet at a barrier end at nodes of their own; return the (n,) nodes duplicated.

    Parameters
    ----------
    rows
        Nodes of each road; a node on the other side of a barrier is replaced in place.
    blocked
        Rows of the nodes with a barrier.
    n
        Nodes so far; duplicates are numbered on from there.
    """
    met: set[int] = set()
    barred = set(blocked.tolist())
    copies: list[int] = []
    for way in rows:
        for at in (0, -1):
            node = int(way[at])
            if node in barred and node in met:
                way[at] = n + len(copies)
                copies.append(node)
            elif node in barred:
                met.add(node)
    return np.array(copies, np.int64)


def with_copies(ids: NDArray[np.int64], copies: NDArray[np.int64]) -> NDArray[Any]:
    """Return the ids with those of copies behind them, (n_all,): ``17-2`` for the other side of node 17."""
    if len(copies) == 0:
        return ids
    names = np.empty(len(ids) + len(copies), object)
    names[: len(ids)] = ids.tolist()
    names[len(ids) :] = [f"{name}-2" for name in ids[copies].tolist()]
    return names
