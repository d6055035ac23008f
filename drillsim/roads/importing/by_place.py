"""Roads by the name of a place, looked up on the internet through OSMnx."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.importing.edge_list import Options, RawRoads, Tally
from drillsim.roads.importing.graph import read_graph
from drillsim.roads.importing.osm import LICENCE

WAY_TAGS: Final = (
    "abandoned", "access", "area", "bridge", "bus", "demolished", "disused", "duration", "emergency", "hgv", "highway",
    "impassable", "junction", "lanes", "maxheight", "maxheight:physical", "maxspeed", "maxspeed:backward",
    "maxspeed:forward", "maxspeed:lanes", "maxspeed:type", "maxweight", "motor_vehicle", "motorcar", "name", "oneway",
    "psv", "razed", "ref", "route", "service", "smoothness", "source:maxspeed", "surface", "tracktype", "tunnel",
    "vehicle", "width", "zone:maxspeed", "zone:traffic",
)  # fmt: skip
NODE_TAGS: Final = (
    "access", "barrier", "bollard", "bus", "direction", "ele", "emergency", "hgv", "highway", "motor_vehicle",
    "motorcar", "psv", "vehicle",
)  # fmt: skip


DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})
"""What goes wrong with a file that is open already."""


@contextmanager
def _tags_kept(settings: Any) -> Iterator[None]:
    """Let OSMnx keep the tags that are read here; it knows settings for all its users only."""
    before = settings.useful_tags_way, settings.useful_tags_node
    settings.useful_tags_way, settings.useful_tags_node = list(WAY_TAGS), list(NODE_TAGS)
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
        with _tags_kept(
            osmnx.settings
        ):  # all ways and nodes: what may be driven is decided here, as for any other file
            graph = osmnx.graph_from_place(name, network_type="all", retain_all=True, simplify=False)
    except OSError as error:
        if error.filename is not None or error.errno in DISK:
            file = error.filename or getattr(osmnx.settings, "cache_folder", "")
            values = {"file": str(file), "why": error.strerror or type(error).__name__}
            raise NetworkError([Problem("roads_place_file", where=where, values=values)]) from None
        # what goes wrong on the way to a server is told in a page of addresses
        raise NetworkError([Problem("roads_offline", where=where, values={"why": type(error).__name__})]) from None
    except Exception as error:  # noqa: BLE001  # and whatever the server says
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise NetworkError([Problem("roads_place", where=where, values={"why": why})]) from None
    tally.licence = LICENCE
    return read_graph(graph, options, tally, where)
