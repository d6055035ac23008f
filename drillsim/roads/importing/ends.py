"""Junctions of tables of lines: positions and names of the ends of lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base import portable
from drillsim.roads.importing.edges import Nodes

SAME_DEG: Final = 1e-6
"""Ends of lines that are nearer than this are one junction, where the table does not name them; 0.1 m. [deg]"""
AS_NAMED: Final = 1.1
"""Votes of a line that it runs from the end that is named first, against one that it does not: where nothing else
decides, it does."""
Course = NDArray[np.float64]
Ends = list[tuple[str, str]]
Found = tuple[Nodes, Ends, list[Course]]


def joined(courses: list[Course]) -> Found:
    """Join lines whose ends are at the same point."""
    ends = _ends_of(courses)
    keys, inverse = np.unique(_keys(ends), axis=0, return_inverse=True)
    inverse = inverse.ravel()
    points = np.zeros(keys.shape)
    points[inverse] = ends
    names = [f"j{row}" for row in range(len(keys))]
    pairs = [(names[a], names[b]) for a, b in inverse.reshape(-1, 2).tolist()]
    return _nodes(names, points), pairs, courses


def placed(names: Ends, courses: list[Course], n_parts: Sequence[int]) -> Found:
    """Find where each named end is, and turn lines that run from the other end.

    Parameters
    ----------
    names
        Both ends of every line.
    courses
        Its parts, line after line.
    n_parts
        How many parts each line has. Where parts begin and end within a line they are joined as :func:`joined` does.
    """
    lines = np.split(np.arange(len(courses)), np.cumsum(n_parts)[:-1])
    ids, points, turned = _places(names, _ends_of([_span(courses[rows[0]], courses[rows[-1]]) for rows in lines]))
    at = dict(zip(ids, points, strict=True))
    inner = _Inner(ids, points)
    ends: Ends = []
    kept: list[Course] = []
    for pair, rows, turn in zip(names, lines, turned.tolist(), strict=True):
        parts = [courses[row][::-1] if turn else courses[row] for row in (rows[::-1] if turn else rows).tolist()]
        kept += parts
        ends += [pair] if len(parts) == 1 else inner.ends_of(parts, pair, at)
    return _nodes([*ids, *inner.names], np.concatenate([points, *inner.points])), ends, kept


class _Inner:
    """Ends of parts within a line: a named end where one is, else one more at that point."""

    def __init__(self, ids: list[str], points: Course) -> None:
        self.names: list[str] = []
        self.points: list[Course] = []
        self._at = dict(zip(map(tuple, _keys(points).tolist()), ids, strict=True))
        self._prefix = "j"
        while any(name.startswith(self._prefix) for name in ids):
            self._prefix += "j"

    def ends_of(self, parts: list[Course], pair: tuple[str, str], at: dict[str, Course]) -> Ends:
        """Return both ends of each part: those of the line are the ones nearest to where these are."""
        points = _ends_of(parts)
        found: list[str | None] = [None] * len(points)
        for name in pair:
            away = portable.square(points - at[name]).sum(axis=1)
            away[[one is not None for one in found]] = np.inf
            found[int(np.argmin(away))] = name
        whole = [name or self._named(point) for name, point in zip(found, points, strict=True)]
        return list(zip(whole[::2], whole[1::2], strict=True))

    def _named(self, point: Course) -> str:
        key = tuple(_keys(point).tolist())
        if key not in self._at:
            self._at[key] = f"{self._prefix}{len(self.names)}"
            self.names.append(self._at[key])
            self.points.append(point[None])
        return self._at[key]


def _places(names: Ends, ends: Course) -> tuple[list[str], Course, NDArray[np.bool_]]:
    """Return the named nodes, where they are, and which lines run from the other end.

    Some tables keep a line as it was drawn, whichever end they name first. So each end of a line votes for both of its
    nodes; a line is turned where its nodes have more votes at the points the other way round, as the lines that they
    share with others tell. A node that is the end of one line alone follows that line.
    """
    flat = [name for pair in names for name in pair]
    ids, node = np.unique(np.array(flat, dtype=object), return_inverse=True)
    keys, inverse = np.unique(_keys(ends), axis=0, return_inverse=True)
    point, node = inverse.reshape(-1, 2), node.reshape(-1, 2)
    straight = node * len(keys) + point
    crossed = node * len(keys) + point[:, ::-1]
    _, inverse = np.unique(np.stack([straight, crossed]), return_inverse=True)
    weight = np.repeat([AS_NAMED, 1.0], straight.size)
    votes = np.bincount(inverse.ravel(), weight)[inverse.reshape(2, -1, 2)].sum(axis=2)
    turned = votes[1] > votes[0]
    where = np.zeros(keys.shape)
    where[point.ravel()] = ends
    at = _most_frequent(np.where(turned[:, None], crossed, straight).ravel(), len(keys))
    return ids.tolist(), where[at], turned


def _most_frequent(pairs: NDArray[np.int64], n_points: int) -> NDArray[np.int64]:
    """Return the point with which each node is paired most often, (n_nodes,); pairs are ``node * n_points + point``."""
    kept, count = np.unique(pairs, return_counts=True)
    order = np.lexsort((-count, kept // n_points))
    _, first = np.unique(kept[order] // n_points, return_index=True)
    return np.asarray(kept[order][first] % n_points)


def _nodes(ids: list[str], points: Course) -> Nodes:
    n = len(ids)
    return Nodes(ids, points[:, 0], points[:, 1], np.full(n, np.nan), np.zeros(n, np.uint8))


def _span(first: Course, last: Course) -> Course:
    return np.array([first[0], last[-1]])


def _ends_of(courses: Sequence[Course]) -> Course:
    """Return the first and the last point of each course, one under the other."""
    return np.concatenate([_span(course, course) for course in courses])


def _keys(points: Course) -> NDArray[np.int64]:
    return np.rint(points / SAME_DEG).astype(np.int64)
