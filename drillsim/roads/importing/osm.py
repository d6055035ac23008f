"""OpenStreetMap files: ``.osm``, ``.osm.gz``, ``.osm.bz2``, ``.osm.pbf``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.importing.access import FERRY_ROUTES, way_of
from drillsim.roads.importing.edge_list import BLOCKED, UNSPECIFIED_HEIGHT, Options, RawRoads, Tally, Way, in_rows
from drillsim.roads.importing.osm_objects import (
    Inline,
    Versions,
    deleted_in,
    inline_of,
    limited,
    links_at,
    nodes_in,
    parts_by_limit,
    pieces,
    separated,
    with_copies,
)
from drillsim.roads.importing.rights import is_ferry_with_room, is_ferry_without_room

LICENCE: Final = "ODbL 1.0, © OpenStreetMap contributors, openstreetmap.org/copyright"
MAGICS: Final = ((b"\x1f\x8b", "osm.gz"), (b"BZh", "osm.bz2"), (b"<", "osm"), (b"\xef\xbb\xbf<", "osm"))
PBF_MARK: Final = b"OSMHeader"
ACROSS: Final = 2
"""Links of a node inside one road: one to either side."""
ENTITIES: Final = "entities are not supported"
"""Message of the parser about an XML file that declares entities."""


def read_osm(path: Path, options: Options, tally: Tally) -> RawRoads:
    """Return the roads of an OpenStreetMap file.

    References to nodes that were clipped away are counted; the way goes on in pieces.

    Raises
    ------
    NetworkError
        If it cannot be read.
    """
    tally.licence = LICENCE
    with opened(path) as (osmium, source):
        ways, refs, inline = _ways(osmium, source, options, tally, str(path))
        wanted = np.unique(np.concatenate(refs)) if refs else np.zeros(0, np.int64)
        found = nodes_in(osmium, source, wanted, str(path), inline, tally)
    ids = found["id"]
    if ways and len(ids) == 0:
        raise NetworkError([Problem("roads_without_nodes", where=str(path), values={"ways": len(ways)})])
    if bars := int((found["flags"] & UNSPECIFIED_HEIGHT != 0).sum()):
        tally.guessed["height_bar"] += bars
    # a barrier inside one road lies across it; where several meet, the map does not tell which one is meant, and at a
    # dead end nothing passes anyway
    links, barred = links_at(ids, refs), found["flags"] & BLOCKED != 0
    blocked = ids[(links == ACROSS) & barred]
    tally.blocked = len(blocked)
    if at_junctions := int(((links > ACROSS) & barred).sum()):
        tally.guessed["barrier_at_junction"] += at_junctions
    low_m, narrow_m = (np.where(links == ACROSS, found[name], np.nan) for name in ("max_height_m", "max_width_m"))
    kept, rows = [], []
    for way, nodes in zip(ways, refs, strict=True):
        for piece in pieces(ids, nodes, blocked, tally):
            whole = way if len(piece) == len(nodes) else replace(way, duration_s=None)
            for part, height_m, width_m in parts_by_limit(piece, low_m, narrow_m):
                kept.append(limited(whole, height_m, width_m))
                rows.append(part.copy())
    copies = separated(rows, np.searchsorted(ids, blocked), len(ids))
    first, flat = in_rows(rows)
    lat, lon, height, flags = (
        np.concatenate([found[name], found[name][copies]]) for name in ("lat", "lon", "elevation_m", "flags")
    )
    return RawRoads(with_copies(ids, copies), "n", lat, lon, height, flags, tuple(kept), first, flat)


@contextmanager
def opened(path: Path) -> Iterator[tuple[Any, Any]]:
    """Yield the osmium module and the open file; errors of reading become problems.

    Raises
    ------
    NetworkError
        If it cannot be read.
    """
    import osmium  # slow to load, seldom needed

    kind = format_of(path)
    if not kind:
        raise NetworkError([Problem("roads_broken", where=str(path), values={"why": "no OpenStreetMap data"})])
    try:
        yield osmium, osmium.io.File(str(path), kind)
    except osmium.InvalidLocationError as error:
        raise NetworkError([Problem("roads_in_metres", where=str(path), got=str(error))]) from None
    except (RuntimeError, ValueError, OSError, MemoryError) as error:
        if isinstance(error, NetworkError):
            raise
        code = "roads_entities" if ENTITIES in str(error) else "roads_broken"
        raise NetworkError([Problem(code, where=str(path), values={"why": str(error)})]) from None


def format_of(path: Path) -> str:
    """Return the format by the first bytes, whatever the file is called; empty if it is none of them."""
    with path.open("rb") as file:
        head = file.read(64).lstrip()
    if PBF_MARK in head:
        return "pbf"
    return next((name for magic, name in MAGICS if head.startswith(magic)), "")


def _ways(
    osmium: Any, source: Any, options: Options, tally: Tally, where: str
) -> tuple[list[Way], list[NDArray[np.int64]], Inline]:
    ways, refs = [], []
    inline: dict[int, tuple[float, float]] = {}
    deleted = deleted_in(Path(where), format_of(Path(where)))
    seen = Versions(where)
    entities = osmium.osm.WAY | osmium.osm.RELATION
    keys = osmium.filter.KeyFilter("highway", "route", "restriction")
    silent: set[str] = set()
    boats: set[str] = set()
    for item in osmium.FileProcessor(source, entities).with_filter(keys):
        tags = {tag.k: tag.v for tag in item.tags}
        if item.is_relation():
            if ("r", item.id) not in deleted:
                boats |= _relation(item, tags, tally)
            continue
        if "highway" not in tags and tags.get("route") not in FERRY_ROUTES:
            continue  # a route of buses or hikers
        if ("w", item.id) in deleted:
            tally.dropped["deleted"] += 1
            continue
        if not seen.is_new("w", item):
            continue
        way = way_of(f"w{item.id}", tags, options, tally)
        if way is not None:
            silent |= {way.id} if way.highway == "ferry" and not is_ferry_with_room(tags) else set()
            ways.append(way)
            refs.append(np.array([node.ref for node in item.nodes], np.int64))
            inline.update(inline_of(item))
    off = silent & boats
    tally.dropped += Counter({"foot_ferry": len(off)})
    tally.guessed -= Counter({"ferry_vehicles": len(off)})
    kept = [row for row, way in enumerate(ways) if way.id not in off]
    return [ways[row] for row in kept], [refs[row] for row in kept], inline


def _relation(item: Any, tags: Mapping[str, str], tally: Tally) -> set[str]:
    """Return the ways of a boat that takes no fire engines, unless they say otherwise; count bans on turns."""
    if "restriction" in tags:
        tally.not_applied[f"restriction={tags['restriction']}"] += 1
        if "restrictions" not in tally.warnings:
            tally.warnings.append("restrictions")
    if tags.get("route") in FERRY_ROUTES and is_ferry_without_room(tags):
        return {f"w{member.ref}" for member in item.members if member.type == "w"}
    return set()
