"""Roads by the name of a place, looked up on the internet through OSMnx."""

from __future__ import annotations

from importlib import import_module

from drillsim.errors import Fault, NetworkError
from drillsim.roads.importing.graph import read_graph
from drillsim.roads.importing.osm import LICENCE
from drillsim.roads.importing.raw import Options, RawRoads, Tally


def read_place(name: str, options: Options, tally: Tally) -> RawRoads:
    """Return the roads of the place with that name.

    Raises
    ------
    NetworkError
        If no name is given, the extra for it is not installed, there is no internet, or no such place.
    """
    where = f"place:{name}"
    if not name:
        raise NetworkError([Fault("roads_place_name", where=where)])
    try:
        osmnx = import_module("osmnx")
    except ImportError:
        raise NetworkError([Fault("extra_missing", where=where, values={"extra": "place"})]) from None
    kind = "all" if options.pedestrian else "drive_service"
    try:
        graph = osmnx.graph_from_place(name, network_type=kind, retain_all=True)
    except OSError as error:  # what goes wrong on the way to a server is told in a page of addresses
        raise NetworkError([Fault("roads_offline", where=where, values={"why": type(error).__name__})]) from None
    except Exception as error:  # noqa: BLE001  # and whatever the server says
        why = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        raise NetworkError([Fault("roads_place", where=where, values={"why": why})]) from None
    tally.licence = LICENCE
    return read_graph(graph, options, tally, where)
