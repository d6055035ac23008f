"""Tables of lines: GeoParquet and GeoPackage."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.importing.crs import WGS84, Crs, crs_of
from drillsim.roads.importing.edge_list import Options, RawRoads, Tally
from drillsim.roads.importing.edges import Edge, raw_of_edges, tags_of, written_ends
from drillsim.roads.importing.ends import Course, Ends, joined, placed

Row = Mapping[str, Any]
ENDS: Final = (("u", "v"), ("from", "to"), ("source", "target"))
OF_THE_WHOLE: Final = frozenset({name for pair in ENDS for name in pair} | {"length"})
"""What does not hold for a part of a line."""
ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)
"""Of the header of a geometry in a GeoPackage, by its code."""
HEADER_BYTES: Final = 8
"""Of the same without its envelope."""
HSTORE: Final = re.compile(r'"([^"]+)"=>"([^"]*)"')
LINE_TYPES: Final = (1, 5)
"""LineString and MultiLineString, as GEOS numbers them."""
LINES: Final = ("LINESTRING", "MULTILINESTRING", "CURVE", "GEOMETRY")
MOST_DIRECTED: Final = 0.05
"""Part of the edges that have one the other way from which on the table holds one row per direction (assumption)."""


def read_geoparquet(path: Path, options: Options, tally: Tally) -> RawRoads:
    """Return the roads of a GeoParquet file.

    Raises
    ------
    NetworkError
        If it cannot be read, has no lines, or lies in a system that is not read.
    """
    try:
        table = pq.read_table(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise NetworkError([Problem("roads_broken", where=str(path), values={"why": str(error)[:200]})]) from None
    try:
        about = json.loads((table.schema.metadata or {}).get(b"geo", b"{}"))
        column = str(about.get("primary_column", "geometry"))
        crs = about.get("columns", {}).get(column, {}).get("crs", "OGC:CRS84")
    except (ValueError, AttributeError) as error:
        raise NetworkError([Problem("roads_broken", where=str(path), values={"why": str(error)})]) from None
    kind = table.schema.field(column).type if column in table.column_names else None
    if kind is None or not (pa.types.is_binary(kind) or pa.types.is_large_binary(kind)):
        raise NetworkError([Problem("roads_geometry", where=str(path), got=", ".join(table.column_names))])
    rest = table.drop_columns([column])
    return raw_of_table(
        rest.to_pylist() or [{}] * table.num_rows, table[column].to_pylist(), crs, options, tally, str(path)
    )


def read_geopackage(path: Path, options: Options, tally: Tally) -> RawRoads:
    """Return the roads of a GeoPackage: of its layer of lines, or of the largest one if it has several.

    Raises
    ------
    NetworkError
        If it cannot be read, has no lines, or lies in a system that is not read.
    """
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as db:
            db.row_factory = sqlite3.Row
            layer, column, crs = _layer(db, str(path))
            rows = [dict(row) for row in db.execute(f"SELECT * FROM {_quoted(layer)}")]  # noqa: S608  # quoted
    except sqlite3.Error as error:
        raise NetworkError([Problem("roads_broken", where=str(path), values={"why": str(error)})]) from None
    lines = [_without_header(row.pop(column, None)) for row in rows]
    return raw_of_table([_spread(row) for row in rows], lines, crs, options, tally, str(path))


def raw_of_table(
    rows: Sequence[Row], lines: Sequence[bytes | None], crs: Any, options: Options, tally: Tally, where: str
) -> RawRoads:
    """Return the roads of rows with a line each.

    Parameters
    ----------
    rows
        Attributes: both ends as ``u`` and ``v`` or the like, if the table names them, and tags.
    lines
        Their courses as WKB.
    crs
        System of the coordinates, as :func:`crs_of` takes it; degrees if nothing is said.
    where
        File, for messages.
    """
    system = crs_of(crs or WGS84, where)
    if system.shift_unknown:
        tally.warnings.append("datum")
    parts_of = courses_of(lines, system)
    lost = sum(not parts for parts in parts_of)
    if lost:
        tally.dropped["no_course"] += lost
    if lost == len(rows):
        raise NetworkError([Problem("roads_geometry" if rows else "roads_none", where=where)])
    courses = [course for parts in parts_of for course in parts]
    kept_rows = [row for whole, parts in zip(rows, parts_of, strict=True) for row in _for_each_part(whole, len(parts))]
    names = _named_ends([row for row, parts in zip(rows, parts_of, strict=True) if parts])
    n_parts = [len(parts) for parts in parts_of if parts]
    nodes, ends, courses = joined(courses) if names is None else placed(names, courses, n_parts)
    edges = [
        Edge(start, end, tags_of(row), course[1:-1])
        for row, course, (start, end) in zip(kept_rows, courses, ends, strict=True)
    ]
    directed = _one_row_per_direction(edges)
    if not directed and all("oneway" not in edge.tags for edge in edges):
        tally.warnings.append("no_oneway")
    if all("highway" not in edge.tags for edge in edges):
        tally.warnings.append("no_highway")
    return raw_of_edges(nodes, edges, options, tally, directed=directed)


def courses_of(lines: Sequence[bytes | None], crs: Crs) -> list[list[Course]]:
    """Return the parts of each line as (k, 2) latitude and longitude; none for other geometries and damaged ones. [deg]

    Parts of which each goes on where the one before ends are one.
    """
    import shapely  # slow to load, seldom needed

    with np.errstate(invalid="ignore"):  # non-finite coordinates mean a damaged line
        geometries = shapely.from_wkb(np.array(lines, object), on_invalid="ignore")
    is_line = np.isin(shapely.get_type_id(geometries), LINE_TYPES)
    parts, line_of = shapely.get_parts(np.where(is_line, geometries, None), return_index=True)
    points, part_of = shapely.get_coordinates(parts, return_index=True)
    count = np.bincount(part_of, minlength=len(parts))
    damaged = count < 2  # noqa: PLR2004  # both ends
    damaged[part_of[~np.isfinite(points).all(axis=1)]] = True
    lat, lon = crs.to_degrees(*points.T)
    courses = np.split(np.column_stack([lat, lon]), np.cumsum(count)[:-1])
    lost = set(line_of[damaged].tolist())
    found: list[list[Course]] = [[] for _ in lines]
    for line, course in zip(line_of.tolist(), courses, strict=False):
        before = found[line]
        if line in lost:
            continue
        if before and np.array_equal(before[-1][-1], course[0]):
            before[-1] = np.concatenate([before[-1], course[1:]])
        else:
            before.append(course)
    return found


def _for_each_part(row: Row, n: int) -> list[Row]:
    """Return a row for each part of a line; their lengths are unknown."""
    if n <= 1:
        return [row] * n
    return [{name: value for name, value in row.items() if name not in OF_THE_WHOLE}] * n


def _named_ends(rows: Sequence[Row]) -> Ends | None:
    """Return the ids of both ends of every row, if the table has them all."""
    for a, b in ENDS:
        if all(row.get(a) is not None and row.get(b) is not None for row in rows):
            return [written_ends(str(row[a]), str(row[b]), row) for row in rows]
    return None


def _one_row_per_direction(edges: list[Edge]) -> bool:
    pairs = {(edge.start, edge.end) for edge in edges if edge.start != edge.end}
    both = sum((b, a) in pairs for a, b in pairs)
    return both > MOST_DIRECTED * max(1, len(pairs)) and all("oneway" not in edge.tags for edge in edges)


def _layer(db: sqlite3.Connection, where: str) -> tuple[str, str, Any]:
    layers = [
        row
        for row in db.execute(
            "SELECT table_name, column_name, geometry_type_name, srs_id FROM gpkg_geometry_columns ORDER BY table_name"
        )
        if str(row["geometry_type_name"]).upper() in LINES
    ]
    if not layers:
        raise NetworkError([Problem("roads_geometry", where=where)])
    sizes = [
        db.execute(f"SELECT count(*) FROM {_quoted(row['table_name'])}").fetchone()[0]  # noqa: S608  # quoted
        for row in layers
    ]
    table, column, _, srs = layers[int(np.argmax(sizes))]
    found = db.execute(
        "SELECT organization, organization_coordsys_id FROM gpkg_spatial_ref_sys WHERE srs_id = ?", (srs,)
    ).fetchone()
    return table, column, f"{found[0]}:{found[1]}" if found else f"EPSG:{srs}"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _without_header(blob: Any) -> bytes | None:
    """Return the WKB in a geometry of a GeoPackage, which has a header of its own."""
    if not isinstance(blob, bytes) or blob[:2] != b"GP" or len(blob) < HEADER_BYTES:
        return None
    code = blob[3] >> 1 & 7
    return blob[8 + ENVELOPE_BYTES[code] :] if code < len(ENVELOPE_BYTES) else None


def _spread(row: Row) -> dict[str, Any]:
    """Return a row with the tags that some writers put together in one column."""
    return {**dict(HSTORE.findall(str(row.get("other_tags") or ""))), **row}
