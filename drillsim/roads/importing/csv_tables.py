"""Roads from two CSV tables: nodes with coordinates, and edges with road classes, speeds or travel times.

The tables of drillsim itself hold more and are read by :mod:`drillsim.roads.network.tables`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem
from drillsim.base.geodesy import great_circles_m
from drillsim.roads.csv_reader import Line, read_csv
from drillsim.roads.importing.edge_list import Options, RawRoads, Tally
from drillsim.roads.importing.edges import NOTHING, OTHER_NAMES, Edge, Nodes, raw_of_edges, tags_of
from drillsim.roads.importing.graph import OSMNX_NODE_TAGS, OSMNX_WAY_TAGS, node_flags
from drillsim.roads.importing.travel_times import TIMES_S, TRAVEL_S

NODE_FILES: Final = ("nodes", "node", "vertices", "junctions")
EDGE_FILES: Final = ("edges", "arcs", "links", "roads", "edge")
SUFFIXES: Final = (".csv", ".csv.gz")
NODE_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("id", "node_id", "nodeid", "osmid", "osm_id", "node", "index"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
}
EDGE_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "start": ("from", "u", "source", "fromnode", "from_node", "from_id", "start", "tail"),
    "end": ("to", "v", "target", "tonode", "to_node", "to_id", "end", "head"),
}
"""What the columns of other makers are called, in small letters; the first that is there is taken."""
HEIGHTS: Final = ("elevation_m", "elevation", "ele", "z")
LENGTHS_M: Final[Mapping[str, float]] = {"length_m": 1.0, "length_km": 1000.0, "distance_km": 1000.0, "distance_m": 1.0}
UNSURE: Final = ("length", "distance")
"""Lengths without a stated unit; it is inferred from the coordinates."""
MODE: Final = "mode_"
"""Columns of travel times in days, one for each way of driving, in the tables of ambulance simulators."""
DAY_S: Final = 86_400.0
EDGES_READ: Final = frozenset(
    {
        *OSMNX_WAY_TAGS,
        *OTHER_NAMES,
        *OTHER_NAMES.values(),
        "reversed",
        *LENGTHS_M,
        *UNSURE,
        *TIMES_S,
        "free_flow_kmh",
        "osmid",
        "osm_id",
    }
)
"""Columns of edges that are read beside the ends and the travel times by mode."""
NUMBERING: Final = frozenset({"", "index", "key", "fid", "id"})
MOST_HEAD: Final = 50
"""Lines in which the line with the names of the columns must come."""
MOST_BYTES: Final = 500_000_000
"""Of a table, unpacked."""
Rows = list[dict[str, str]]


def tables_in(folder: Path) -> tuple[Path, Path] | None:
    """Return the tables of nodes and of edges in a folder; None if there are none."""
    found = [
        next((folder / (name + end) for name in names for end in SUFFIXES if (folder / (name + end)).is_file()), None)
        for names in (NODE_FILES, EDGE_FILES)
    ]
    return None if found[0] is None or found[1] is None else (found[0], found[1])


def read_tables(folder: Path, options: Options, tally: Tally) -> RawRoads:
    """Return the roads of a folder with a table of nodes and one of edges, packed or not.

    Raises
    ------
    NetworkError
        If there are none, they cannot be read, or a column that is needed is missing.
    """
    found = tables_in(folder)
    if found is None:
        raise NetworkError([Problem("roads_folder", where=str(folder))])
    (node_rows, node_at), (edge_rows, edge_at) = (
        _table(path, needed, options.encoding) for path, needed in zip(found, (NODE_COLUMNS, EDGE_COLUMNS), strict=True)
    )
    if not edge_rows:
        raise NetworkError([Problem("table_empty", where=str(found[1]))])
    nodes = _nodes(node_rows, node_at, found[0], tally)
    length_m, seconds = _measures(nodes, edge_rows, edge_at, tally)
    edges, one_way = [], all("oneway" not in row for row in edge_rows[:1])
    for row, metres, took_s in zip(edge_rows, length_m.tolist(), seconds.tolist(), strict=True):
        tags = tags_of({name: value for name, value in row.items() if name not in EDGE_COLUMNS["start"]})
        stated = any(row.get(name, "").strip().lower() not in NOTHING for name in (*LENGTHS_M, *UNSURE))
        tags.pop("length", None)
        if math.isfinite(metres) or stated:  # non-numeric values are counted where lengths are read
            tags["length"] = repr(metres)
        if math.isfinite(took_s):
            tags[TRAVEL_S] = repr(took_s)
        edges.append(Edge(_id_of(row[edge_at["start"]]), _id_of(row[edge_at["end"]]), tags, np.zeros((0, 2))))
    if all("highway" not in edge.tags for edge in edges):
        tally.warnings.append("no_highway")
    _count_unused(edge_rows, set(edge_at.values()) | EDGES_READ, "edges", tally)
    height = next((name for name in HEIGHTS if node_rows and name in node_rows[0]), "")
    _count_unused(node_rows, {*node_at.values(), *OSMNX_NODE_TAGS, height}, "nodes", tally)
    directed = one_way and _has_both_directions(edges)
    if one_way and not directed:
        tally.warnings.append("no_oneway")
    return raw_of_edges(nodes, edges, options, tally, directed=directed)


def _count_unused(rows: Rows, used: AbstractSet[str], table: str, tally: Tally) -> None:
    """Count the cells of columns that nothing reads, column by column; those that number rows are none."""
    unused = [name for name in (rows[0] if rows else ()) if name not in used | NUMBERING and not name.startswith(MODE)]
    for name in unused:
        filled = sum(row[name].strip().lower() not in NOTHING for row in rows)
        if filled:
            tally.not_applied[f"{table}: {name}"] += filled


def _has_both_directions(edges: Sequence[Edge]) -> bool:
    """Return whether a row is one direction: some road has two rows, one for each."""
    pairs = {(edge.start, edge.end) for edge in edges}
    return any((b, a) in pairs for a, b in pairs if a != b)


def _nodes(rows: Rows, at: Mapping[str, str], path: Path, tally: Tally) -> Nodes:
    ids = [_id_of(row[at["id"]]) for row in rows]
    if "" in ids:
        raise NetworkError([Problem("missing", where=str(path), values={"field": at["id"]})])
    lat, lon = (_numbers(rows, at[name]) for name in ("lat", "lon"))
    where: dict[str, tuple[float, float]] = {}
    for name, point in zip(ids, zip(lat.tolist(), lon.tolist(), strict=True), strict=True):
        if where.setdefault(name, point) != point and not any(map(math.isnan, point)):
            raise NetworkError([Problem("roads_node_twice", where=str(path), values={"name": name})])
    height = next((_numbers(rows, name) for name in HEIGHTS if rows and name in rows[0]), np.full(len(rows), np.nan))
    return Nodes(ids, lat, lon, height, np.array([node_flags(row, tally) for row in rows], np.uint8))


def _measures(
    nodes: Nodes, rows: Rows, at: Mapping[str, str], tally: Tally
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the length and the travel time of each edge, NaN where both columns are empty: both (n_edges,). [m, s]"""
    columns = rows[0] if rows else {}
    length_m = next(
        (factor * _numbers(rows, name) for name, factor in LENGTHS_M.items() if name in columns),
        next(
            (_in_metres(nodes, rows, at, _numbers(rows, name)) for name in UNSURE if name in columns),
            np.full(len(rows), np.nan),
        ),
    )
    seconds = next((factor * _numbers(rows, name) for name, factor in TIMES_S.items() if name in columns), None)
    modes = [name for name in columns if name.startswith(MODE)]
    if seconds is None and modes:  # the slowest way of driving is that of ordinary traffic
        if len(modes) > 1:
            tally.warnings.append("slowest_mode")
        seconds = DAY_S * np.max([_numbers(rows, name) for name in modes], axis=0)
    return length_m, np.full(len(rows), np.nan) if seconds is None else seconds


def _in_metres(nodes: Nodes, rows: Rows, at: Mapping[str, str], stated: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n_edges,) lengths that may be kilometres in metres: the unit is that which fits the coordinates. [m]"""
    row_of = {name: i for i, name in enumerate(nodes.ids)}
    ends = [[row_of.get(_id_of(row[at[end]]), -1) for row in rows] for end in ("start", "end")]
    start, end = (np.array(one, np.int64) for one in ends)
    known = (start >= 0) & (end >= 0) & (stated > 0)
    lat, lon = nodes.lat, nodes.lon
    direct_m = great_circles_m(lat[start[known]], lon[start[known]], lat[end[known]], lon[end[known]])
    far = direct_m > 0
    ratio = float(np.median(direct_m[far] / stated[known][far])) if far.any() else 1.0
    return stated * (1000.0 if ratio > math.sqrt(1000.0) else 1.0)


def _id_of(text: str) -> str:
    """Return an id; numbers that a table holds as fractions are whole.

    Examples
    --------
    >>> _id_of("17.0"), _id_of("n17"), _id_of(" 4 ")
    ('17', 'n17', '4')
    """
    text = text.strip()
    whole = text.removesuffix(".0")
    return whole if whole.isdigit() else text


def _numbers(rows: Rows, column: str) -> NDArray[np.float64]:
    return np.array([_number(row[column]) for row in rows], float)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _table(path: Path, needed: Mapping[str, tuple[str, ...]], encoding: str) -> tuple[Rows, dict[str, str]]:
    """Return the rows, and the column for each needed quantity.

    Raises
    ------
    NetworkError
        If it cannot be read or a column is missing.
    """
    lines = read_csv(path, most_bytes=MOST_BYTES, titled=True, encoding=encoding)
    at, names, begin = _head(lines, needed, path)
    rows = [dict(zip(names, cells, strict=False)) for _, cells in lines[begin:] if any(cells)]
    short = [n for n, row in enumerate(rows) if len(row) < len(names)]
    if short:
        raise NetworkError([Problem("roads_row_short", where=str(path), values={"row": short[0] + 1, "n": len(names)})])
    return rows, at


def _head(
    lines: Sequence[Line], needed: Mapping[str, tuple[str, ...]], path: Path
) -> tuple[dict[str, str], list[str], int]:
    """Return the columns by quantity, all columns, and the first row; other tables may stand above them."""
    for row, (line, cells) in enumerate(lines):
        if line > MOST_HEAD:
            break
        names = [name.strip().lower() for name in cells]
        at = {what: next((name for name in known if name in names), "") for what, known in needed.items()}
        if all(at.values()):
            while names and not names[-1]:
                names.pop()
            return at, names, row + 1
    wanted = "; ".join("/".join(known) for known in needed.values())
    raise NetworkError([Problem("roads_columns", where=str(path), values={"wanted": wanted})])
