"""Nodes kept as places although no roads meet there: those named by the user, and those nearest to points."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from drillsim.base.errors import NetworkError, Problem
from drillsim.base.geodesy import great_circles_m, in_space_m
from drillsim.roads.csv_reader import lines_of, read_text, reason
from drillsim.roads.importing.edge_list import RawRoads
from drillsim.roads.importing.junctions import Links
from drillsim.roads.network.snap import FAR_M

ALL: Final = "all"
"""Stands for every node that has an id."""
COLUMNS: Final = ("id", "node", "node_id")
MOST_BYTES: Final = 500_000_000
SHOWN: Final = 10
"""Unknown ids that a message names."""


def kept_ids(keep: Collection[Any] | str) -> tuple[str, ...] | str:
    """Return the ids of nodes to be kept as texts; :data:`ALL` as it stands.

    Examples
    --------
    >>> kept_ids([7, "b"]), kept_ids("all")
    (('7', 'b'), 'all')

    Raises
    ------
    NetworkError
        If it is another text, or no collection.
    """
    if isinstance(keep, str):
        if keep != ALL:
            raise NetworkError([Problem("keep_what", "keep", got=keep[:40])])
        return keep
    try:
        return tuple(str(name).strip() for name in keep)
    except TypeError:
        raise NetworkError([Problem("keep_what", "keep", got=str(keep)[:40])]) from None


def read_kept(path: Path | str, *, encoding: str = "") -> tuple[str, ...]:
    """Return the ids of a file: one a line, or the column ``id`` or ``node`` of a table; ids with commas in ``.txt``.

    Raises
    ------
    NetworkError
        If it cannot be read, or none of its columns is one of these.
    """
    path = Path(path)
    text = read_text(path, most_bytes=MOST_BYTES, encoding=encoding)
    try:
        rows = [[cell.strip() for cell in cells] for _, cells in lines_of(text)]
    except csv.Error as error:
        raise NetworkError([Problem("file_unreadable", where=str(path), values={"why": reason(error)})]) from None
    head = [cell.lower() for cell in rows[0]] if rows else []
    column = next((head.index(name) for name in COLUMNS if name in head), None)
    if column is None and path.suffix.lower() == ".txt":
        return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
    if column is None and len(head) > 1:
        raise NetworkError([Problem("keep_columns", where=f"{path}:1")])
    found = [row[column or 0] for row in rows[column is not None :] if len(row) > (column or 0)]
    return tuple(dict.fromkeys(name for name in found if name))


def kept_nodes(
    raw: RawRoads, links: Links, keep: Sequence[str] | str, points: Sequence[tuple[float, float]]
) -> NDArray[np.int64]:
    """Return the rows of the road nodes to be kept, (n_kept,): those of these ids, and those nearest to points.

    Raises
    ------
    NetworkError
        If an id is that of no node of a road.
    """
    nodes = named_nodes(raw, links)
    named = nodes if keep == ALL else _of_ids(raw, nodes, keep)
    return np.union1d(named, _nearest(raw, nodes, points))


def named_nodes(raw: RawRoads, links: Links) -> NDArray[np.int64]:
    """Return the rows of road nodes with an id, (n_named,); the others only shape a road."""
    nodes = np.unique(np.concatenate([links.tail, links.head]))
    return np.asarray(nodes[np.asarray(raw.node_ids)[nodes].astype(str) != ""])


def refuse_unknown(unknown: Sequence[str]) -> None:
    """Refuse ids to be kept that nothing has.

    Raises
    ------
    NetworkError
        If there are any.
    """
    if unknown:
        names = ", ".join([*unknown[:SHOWN], "…"] if len(unknown) > SHOWN else unknown)
        raise NetworkError([Problem("keep_unknown", "keep", values={"n": len(unknown), "names": names})])


def _of_ids(raw: RawRoads, nodes: NDArray[np.int64], keep: Sequence[str]) -> NDArray[np.int64]:
    """Return the rows of the nodes with these ids, (n_keep,), written with their prefix or without."""
    if not keep:
        return np.zeros(0, np.int64)
    row_of = {str(name): row for name, row in zip(raw.node_ids[nodes].tolist(), nodes.tolist(), strict=True)}
    found = {name: row_of.get(name, row_of.get(name.removeprefix(raw.prefix))) for name in keep}
    refuse_unknown([name for name, row in found.items() if row is None])
    return np.array([row for row in found.values() if row is not None], np.int64)


def _nearest(raw: RawRoads, nodes: NDArray[np.int64], points: Sequence[tuple[float, float]]) -> NDArray[np.int64]:
    """Return the rows of the nodes nearest to points, (n,), except where none is near enough."""
    if len(nodes) == 0 or len(points) == 0:
        return np.zeros(0, np.int64)
    lat, lon = np.array(points, float).T
    nearest = nodes[cKDTree(in_space_m(raw.lat[nodes], raw.lon[nodes])).query(in_space_m(lat, lon))[1]]
    near = great_circles_m(lat, lon, raw.lat[nearest], raw.lon[nearest]) <= FAR_M
    return np.asarray(np.unique(nearest[near]))
