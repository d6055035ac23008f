"""OpenStreetMap files: ``.osm``, ``.osm.gz``, ``.osm.bz2``, ``.osm.pbf``."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drillsim.errors import Fault, NetworkError
from drillsim.roads.importing.coordinates import MOST_LAT, MOST_LON
from drillsim.roads.importing.raw import BLOCKED, Options, RawRoads, Tally, Way, flags_of, in_rows
from drillsim.roads.importing.rights import is_blocked, way_of
from drillsim.roads.importing.tags import elevation_m

LICENCE: Final = "ODbL 1.0, © OpenStreetMap contributors, openstreetmap.org/copyright"
MAGICS: Final = ((b"\x1f\x8b", "osm.gz"), (b"BZh", "osm.bz2"), (b"<", "osm"), (b"\xef\xbb\xbf<", "osm"))
NO_COORDINATE: Final = 2**31 - 1
"""What the parser holds where a node has none."""
PBF_MARK: Final = b"OSMHeader"
ENTITIES: Final = "entities are not supported"
"""What the parser says about an XML file that declares entities."""


def read_osm(path: Path, options: Options, tally: Tally) -> RawRoads:
    """Return the roads of an OpenStreetMap file.

    References to nodes that were clipped away are counted; the way goes on in pieces.

    Raises
    ------
    NetworkError
        If it cannot be read, or the extra for it is not installed.
    """
    tally.licence = LICENCE
    with opened(path) as (osmium, source):
        ways, refs = _ways(osmium, source, options, tally)
        wanted = np.unique(np.concatenate(refs)) if refs else np.zeros(0, np.int64)
        found = _nodes(osmium, source, wanted, str(path))
    ids = found["id"]
    blocked = _blocked(found, refs)
    kept, rows = [], []
    for way, nodes in zip(ways, refs, strict=True):
        for piece in _pieces(ids, nodes, blocked, tally):
            kept.append(way if len(piece) == len(nodes) else replace(way, duration_s=None))
            rows.append(piece)
    first, flat = in_rows(rows)
    return RawRoads(
        ids, "n", found["lat"], found["lon"], found["elevation_m"], found["flags"], tuple(kept), first, flat
    )


@contextmanager
def opened(path: Path) -> Iterator[tuple[Any, Any]]:
    """Give the package that reads it and the file; what goes wrong while it is read becomes a fault.

    Raises
    ------
    NetworkError
        If it cannot be read, or the extra for it is not installed.
    """
    try:
        import osmium  # noqa: PLC0415  # an extra
    except ImportError:
        raise NetworkError([Fault("extra_missing", where=str(path), values={"extra": "osm"})]) from None
    kind = format_of(path)
    if not kind:
        raise NetworkError([Fault("roads_broken", where=str(path), values={"why": "no OpenStreetMap data"})])
    try:
        yield osmium, osmium.io.File(str(path), kind)
    except (RuntimeError, ValueError, OSError, MemoryError) as error:
        if isinstance(error, NetworkError):
            raise
        code = "roads_entities" if ENTITIES in str(error) else "roads_broken"
        raise NetworkError([Fault(code, where=str(path), values={"why": str(error)})]) from None


def format_of(path: Path) -> str:
    """Return the format by the first bytes, whatever the file is called; empty if it is none of them."""
    with path.open("rb") as file:
        head = file.read(64).lstrip()
    if PBF_MARK in head:
        return "pbf"
    return next((name for magic, name in MAGICS if head.startswith(magic)), "")


def _ways(osmium: Any, source: Any, options: Options, tally: Tally) -> tuple[list[Way], list[NDArray[np.int64]]]:
    ways, refs = [], []
    entities = osmium.osm.WAY | osmium.osm.RELATION
    keys = osmium.filter.KeyFilter("highway", "route", "restriction")
    banned = False
    for item in osmium.FileProcessor(source, entities).with_filter(keys):
        tags = {tag.k: tag.v for tag in item.tags}
        if item.is_relation():
            banned = banned or "restriction" in tags
            continue
        if "highway" not in tags and tags.get("route") != "ferry":
            continue  # a route of buses or hikers
        way = way_of(f"w{item.id}", tags, options, tally)
        if way is not None:
            ways.append(way)
            refs.append(np.array([node.ref for node in item.nodes], np.int64))
    if banned:
        tally.warnings.append("restrictions")
    return ways, refs


def _nodes(osmium: Any, source: Any, wanted: NDArray[np.int64], where: str) -> dict[str, NDArray[Any]]:
    """Return the wanted nodes that the file has, in the order of their ids.

    Raises
    ------
    NetworkError
        If a latitude is that of no place on Earth, but would be a longitude.
    """
    reader = osmium.FileProcessor(source, osmium.osm.NODE)
    names = set(wanted.tolist())
    if names and min(names) >= 0:
        reader = reader.with_filter(osmium.filter.IdFilter(names))  # fast, but knows no drafts with negative ids
    rows = []
    for item in reader:
        if item.id not in names:
            continue
        if item.location.valid():
            rows.append(_node(item))
        elif item.location.x != NO_COORDINATE:
            lat, lon = item.location.lat_without_check(), item.location.lon_without_check()
            code = "roads_swapped" if abs(lat) <= MOST_LON and abs(lon) <= MOST_LAT else "roads_in_metres"
            raise NetworkError([Fault(code, where=where, got=f"{lat:.7g}; {lon:.7g}")])
    columns = zip(*rows, strict=True) if rows else ([], [], [], [], [])
    kinds = (np.int64, np.float64, np.float64, np.float64, np.uint8)
    ids, lat, lon, height, flags = (np.array(column, kind) for column, kind in zip(columns, kinds, strict=True))
    _, order = np.unique(ids, return_index=True)
    return {
        "id": ids[order], "lat": lat[order], "lon": lon[order], "elevation_m": height[order], "flags": flags[order],
    }  # fmt: skip


def _node(item: Any) -> tuple[int, float, float, float, int]:
    location, tags = item.location, item.tags
    if not tags:
        return item.id, location.lat, location.lon, np.nan, 0
    height = elevation_m(tags.get("ele", ""))
    direction = tags.get("traffic_signals:direction") or tags.get("direction") or ""
    flags = flags_of(tags.get("highway", ""), direction) | (BLOCKED if is_blocked(tags) else 0)
    return item.id, location.lat, location.lon, np.nan if height is None else height, flags


def _blocked(found: dict[str, NDArray[Any]], refs: list[NDArray[np.int64]]) -> NDArray[np.int64]:
    """Return the nodes at which a single way is blocked; where several meet, the map does not tell which one is."""
    barred = np.asarray(found["id"][found["flags"] & BLOCKED != 0])
    if len(barred) == 0:
        return barred
    nodes, count = np.unique(np.concatenate(refs), return_counts=True)
    return np.asarray(barred[count[np.searchsorted(nodes, barred)] == 1])


def _pieces(
    ids: NDArray[np.int64], nodes: NDArray[np.int64], blocked: NDArray[np.int64], tally: Tally
) -> Iterator[NDArray[np.int64]]:
    """Yield the runs of nodes that are in the file, as rows; a run of one node leads nowhere.

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
    tally.blocked += int((there & ~passed).sum())
    there = passed
    for run in np.split(np.arange(len(rows)), np.flatnonzero(np.diff(there)) + 1):
        if there[run[0]] and len(run) > 1:
            yield rows[run]
