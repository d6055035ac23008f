"""Objects of OpenStreetMap files: which count, and what nodes tell of the roads on which they lie."""

from __future__ import annotations

import bz2
import gzip
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.importing.access import bar_height_m, is_blocked
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
    except (EOFError, OSError, zlib.error):  # the parser finds the damage too, and says where it is
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
            If it has, in another version: of a history nobody knows what is still there.
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
    osmium: Any, source: Any, wanted: NDArray[np.int64], where: str, inline: Inline
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
            rows.append(_node(item))
        elif item.location.x != NO_COORDINATE:
            lat, lon = item.location.lat_without_check(), item.location.lon_without_check()
            code = "roads_swapped" if abs(lat) <= MOST_LON and abs(lon) <= MOST_LAT else "roads_in_metres"
            raise NetworkError([Problem(code, where=where, got=f"{lat:.7g}; {lon:.7g}")])
    rows += [(name, lat, lon, np.nan, np.nan, 0) for name, (lat, lon) in inline.items()]
    columns = zip(*rows, strict=True) if rows else ([], [], [], [], [], [])
    kinds = (np.int64, np.float64, np.float64, np.float64, np.float64, np.uint8)
    ids, lat, lon, height, low, flags = (np.array(column, kind) for column, kind in zip(columns, kinds, strict=True))
    _, order = np.unique(ids, return_index=True)
    return {
        "id": ids[order], "lat": lat[order], "lon": lon[order], "elevation_m": height[order],
        "max_height_m": low[order], "flags": flags[order],
    }  # fmt: skip


def _node(item: Any) -> tuple[int, float, float, float, float, int]:
    location, tags = item.location, item.tags
    if not tags:
        return item.id, location.lat, location.lon, np.nan, np.nan, 0
    height = elevation_m(tags.get("ele", ""))
    direction = tags.get("traffic_signals:direction") or tags.get("direction") or ""
    flags = flags_of(tags.get("highway", ""), direction) | (BLOCKED if is_blocked(tags) else 0)
    low = bar_height_m(tags)
    if low is None and tags.get("barrier") == "height_restrictor":
        low, flags = HEIGHT_BAR_M, flags | UNSPECIFIED_HEIGHT
    return (
        item.id, location.lat, location.lon, np.nan if height is None else height, np.nan if low is None else low, flags
    )  # fmt: skip


def passed_through(ids: NDArray[np.int64], refs: list[NDArray[np.int64]]) -> NDArray[np.bool_]:
    """Return at which nodes one road just goes on, (n_nodes,): what stands there stands across it.

    Where several roads meet, the map does not tell which one is meant; where one ends, nobody goes on anyway.
    """
    if len(ids) == 0:
        return np.zeros(0, bool)
    ends = np.concatenate([np.concatenate([nodes[:-1], nodes[1:]]) for nodes in refs])
    nodes, count = np.unique(ends, return_counts=True)
    links = np.zeros(len(ids), np.int64)
    rows = np.minimum(np.searchsorted(ids, nodes), len(ids) - 1)
    there = ids[rows] == nodes
    links[rows[there]] = count[there]
    return np.asarray(links == 2)  # noqa: PLR2004  # a link to either side


def parts_by_height(
    piece: NDArray[np.int64], low_m: NDArray[np.float64]
) -> Iterator[tuple[NDArray[np.int64], float | None]]:
    """Yield the parts of a way between bars above the road, (n,) rows each, and the height of the bar if any. [m]"""
    limit_m = np.fmin(low_m[piece[:-1]], low_m[piece[1:]])
    limited = np.isfinite(limit_m)
    if not limited.any():
        yield piece, None
        return
    changes = np.flatnonzero((limited[1:] != limited[:-1]) | (limited[1:] & (limit_m[1:] != limit_m[:-1]))) + 1
    for begin, end in zip([0, *changes.tolist()], [*changes.tolist(), len(limited)], strict=True):
        yield piece[begin : end + 1], float(limit_m[begin]) if limited[begin] else None


def lower(way: Way, height_m: float) -> float:
    """Return the lower of the limits of a way and of a bar above it. [m]"""
    return height_m if way.max_height_m is None else min(height_m, way.max_height_m)


def pieces(
    ids: NDArray[np.int64], nodes: NDArray[np.int64], blocked: NDArray[np.int64], tally: Tally
) -> Iterator[NDArray[np.int64]]:
    """Yield the runs of nodes that are in the file, (n,) rows each; a run of one node leads nowhere.

    A way that is blocked ends at the nodes on both sides.
    """
    if len(ids) == 0:
        tally.clipped += len(nodes)
        return
    rows = np.minimum(np.searchsorted(ids, nodes), len(ids) - 1)
    there = ids[rows] == nodes
    passed = there if len(blocked) == 0 else there & ~np.isin(nodes, blocked)
    if passed.all():
        yield from [rows] if len(rows) > 1 else []
        return
    tally.clipped += int((~there).sum())
    there = passed
    for run in np.split(np.arange(len(rows)), np.flatnonzero(np.diff(there)) + 1):
        if there[run[0]] and len(run) > 1:
            yield rows[run]
