"""Selection of the reader for a source."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.csv_reader import read_csv, reason
from drillsim.roads.importing.build import Recipe, build, largest_part, with_heights
from drillsim.roads.importing.coordinates import winding_sections
from drillsim.roads.importing.csv_tables import MOST_BYTES, read_tables
from drillsim.roads.importing.edge_list import Options, RawRoads, Tally
from drillsim.roads.importing.geo import read_geopackage, read_geoparquet
from drillsim.roads.importing.graph import read_graph, read_graphml, read_place
from drillsim.roads.importing.node_retention import ALL, kept_ids, refuse_unknown
from drillsim.roads.importing.osm import format_of, read_osm
from drillsim.roads.importing.report import ImportReport, counted, report_of
from drillsim.roads.network.columns import numbers
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.tables import read_network

PLACE: Final = "place:"
"""What a source begins with that is the name of a place."""
READERS: Final[Mapping[str, Callable[[Path, Options, Tally], RawRoads]]] = {
    "OpenStreetMap": read_osm,
    "GraphML": read_graphml,
    "GeoParquet": read_geoparquet,
    "GeoPackage": read_geopackage,
}
OWN_COLUMNS: Final = frozenset({"from", "to", "length_km", "free_flow_kmh"})
"""What a table of edges has that needs no guess."""
HEAD: Final = 4096
"""Magic bytes of file formats."""


def import_roads(
    path: Path | str, *, profile: str = "generic", pedestrian: bool = False, wrong_way: bool = False,
    elevation: Path | str | None = None, largest_part_only: bool = False,
    kept_points: Sequence[tuple[float, float]] = (), keep: Collection[Any] | str = (), encoding: str = "",
) -> tuple[RoadNetwork, ImportReport]:  # fmt: skip
    """Return the road network of a file, contracted to junctions, and a report of what was kept, dropped and guessed.

    Parameters
    ----------
    path
        An OpenStreetMap file, GraphML, GeoParquet or GeoPackage; a folder with a table of nodes and one of edges (CSV,
        packed or not); or ``place:`` and the name of a place, which is looked up on the internet.
    profile
        Whose speeds are taken where there is no limit: ``generic``, ``china_urban``, ``china_plateau``.
    pedestrian
        Whether to keep ways for people on foot that are wide enough, with that risk.
    wrong_way
        Whether each one-way section, motorways excepted, has one against it, with that risk.
    elevation
        File of heights: CSV or GeoTIFF.
    largest_part_only
        Whether to leave out what is cut off from the largest part.
    kept_points
        Latitude and longitude of what stands at roads: the node nearest to each becomes a place, be it a junction or
        not.
    keep
        Ids of nodes that become places though no roads meet there, or ``"all"``. Without it, a node at which only two
        alike pieces of road meet is part of the course of a section and has no id any more.
    encoding
        That of tables that do not say it themselves, ``gb18030``; UTF-8 if nothing is said.

    Raises
    ------
    NetworkError
        With every problem.
    """
    recipe = Recipe(
        Options(pedestrian, wrong_way, encoding), profile, elevation, largest_part_only, tuple(kept_points),
        kept_ids(keep),
    )  # fmt: skip
    recipe.speeds()
    source, tally = str(path), Tally()
    if source.startswith(PLACE):
        raw = read_place(source.removeprefix(PLACE).strip(), recipe.options, tally)
        return build(raw, tally, recipe, source=source, kind="OSMnx")
    path = Path(path)
    if path.is_dir():
        return _folder(path, recipe) if _is_own(path, encoding) else _tables(path, recipe)
    kind = kind_of(path)
    return build(READERS[kind](path, recipe.options, tally), tally, recipe, source=source, kind=kind)


def import_graph(
    graph: Any, *, id: str = "graph", profile: str = "generic", pedestrian: bool = False, wrong_way: bool = False,
    elevation: Path | str | None = None, largest_part_only: bool = False, keep: Collection[Any] | str = (),
) -> tuple[RoadNetwork, ImportReport]:  # fmt: skip
    """Return the road network of a networkx graph, and the report; see :func:`import_roads`.

    Nodes have ``x`` and ``y`` or ``lon`` and ``lat``; edges may have ``highway``, ``length`` [m], ``maxspeed`` and
    whatever else OpenStreetMap has.

    Nodes at which only two alike edges meet become part of the course of a section, and their ids are gone; *keep*
    names those that must stay, as the nodes of stations or of a demand table, or is ``"all"``.

    Raises
    ------
    NetworkError
        With every problem.
    """
    recipe = Recipe(Options(pedestrian, wrong_way), profile, elevation, largest_part_only, (), kept_ids(keep))
    tally = Tally()
    return build(read_graph(graph, recipe.options, tally, id), tally, recipe, source=id, kind="networkx")


def holds_places(path: Path | str) -> bool:
    """Return whether a source holds more than roads: stations, settlements, buildings.

    Raises
    ------
    NetworkError
        If there is no such file, or no reader for it.
    """
    path = Path(path)
    return not (str(path).startswith(PLACE) or path.is_dir()) and kind_of(path) == "OpenStreetMap"


def kind_of(path: Path) -> str:
    """Return which of :data:`READERS` reads a file, by its content and name.

    Raises
    ------
    NetworkError
        If there is no such file, it is empty, or there is no reader for it.
    """
    if not path.is_file():
        raise NetworkError([Problem("file_not_regular" if path.exists() else "file_missing", where=str(path))])
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError as error:
        raise NetworkError([Problem("file_unreadable", where=str(path), values={"why": reason(error)})]) from None
    if not head:
        raise NetworkError([Problem("roads_empty_file", where=str(path))])
    if head.startswith(b"PAR1"):
        return "GeoParquet"
    if head.startswith(b"SQLite format 3\0"):
        return "GeoPackage"
    name = path.name.lower()
    if b"<graphml" in head or name.endswith(".graphml"):
        return "GraphML"
    if format_of(path) or name.endswith((".osm", ".osm.gz", ".osm.bz2", ".pbf")):
        return "OpenStreetMap"
    raise NetworkError([Problem("roads_format", where=str(path))])


def _is_own(folder: Path, encoding: str) -> bool:
    """Return whether the tables in a folder are those of drillsim, which state length and speed of every road."""
    path = folder / "edges.csv"
    if not path.is_file():
        return False
    head = next(iter(read_csv(path, most_bytes=MOST_BYTES, encoding=encoding)), (0, []))[1]
    return {name.strip() for name in head} >= OWN_COLUMNS


def _tables(path: Path, recipe: Recipe) -> tuple[RoadNetwork, ImportReport]:
    tally = Tally()
    return build(read_tables(path, recipe.options, tally), tally, recipe, source=str(path), kind="CSV")


def _folder(path: Path, recipe: Recipe) -> tuple[RoadNetwork, ImportReport]:
    """Return the network of two tables, which state all speeds and directions."""
    network, tally = read_network(path, encoding=recipe.options.encoding), Tally()
    if recipe.keep != ALL:  # every row is a place, so there is nothing to be kept but what is not there
        refuse_unknown([name for name in recipe.keep if name not in network.place_ids])
    filled = network.provenance.get("heights_filled", 0)
    if filled:
        tally.guessed["height_missing"] += filled
    for column in network.provenance.get("unread_columns", ()):
        tally.not_applied[column] += 1
    ways, nodes = network.section_columns.num_rows, network.place_columns.num_rows
    arcs = int(2 * ways - numbers(network.section_columns["oneway"]).sum())
    if recipe.elevation is not None:
        network = with_heights(network, recipe.elevation, tally, recipe.options.encoding)
    if recipe.largest_part_only:
        network = largest_part(network, tally)
    report = report_of(
        network, tuple(tally.warnings), winding_sections(network), source=str(path), format="CSV",
        profile=recipe.profile, ways=ways, nodes=nodes, arcs=arcs, **counted(tally),
        heights_known=int(np.count_nonzero(numbers(network.place_columns["elevation_m"]))),
    )  # fmt: skip
    return network, report
