"""Connectors between streets: links where the arms meet, an expressway above the floor, tracks to villages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from drillsim.base import portable
from drillsim.roads.synthetic.names import OTHER
from drillsim.roads.synthetic.streets import BLOCK_M, TERTIARY, Streets, ring_column
from drillsim.roads.synthetic.valley import ARMS, STEP_M, Array, Valley, over_river

Ints = NDArray[np.int64]
CONNECTOR_M: Final = 260.0
"""Streets of two arms that end this near to each other are joined (assumption). [m]"""
NODE_M: Final = 1200.0
"""Between two points of the expressway. [m]"""
INTERCHANGE_EVERY: Final = 4
"""Points of the expressway, of which one is an interchange: about 5 km (assumption)."""
TERRACE_M: Final = 60.0
"""Height of the expressway above the floor. [m]"""
CLIMB_M: Final = 70.0
"""That a track climbs from point to point. [m]"""
VILLAGE_M: Final = 900.0
"""Between two points of a track to a village. [m]"""


@dataclass(frozen=True, slots=True)
class Link:
    """A section that joins two rows of points."""

    tail: int
    head: int
    road_class: str
    kmh: float
    bridge: bool = False
    gravel: bool = False
    street: int = OTHER
    """Number of the street that it belongs to."""


@dataclass(frozen=True, eq=False)
class Added:
    """Further points and links; the first new point has the row after the last street junction."""

    points: Array
    height_m: Array
    """Above the valley floor there. [m]"""
    village: NDArray[np.bool_]
    links: tuple[Link, ...]


def connectors(valley: Valley, streets: Streets, rng: np.random.Generator) -> Added:
    """Return all that joins the streets of the arms and leads out of them."""
    course = _expressway_course(valley)
    n = len(streets.points)
    tracks = _tracks(valley, streets, n + len(course), rng)
    points = np.concatenate([streets.points, course, tracks.points])
    return Added(
        points[n:],
        np.concatenate([np.full(len(course), TERRACE_M), tracks.height_m]),
        np.concatenate([np.zeros(len(course), bool), tracks.village]),
        (
            *_with_bridges(valley, points, [*_links_between_arms(streets), *_expressway(course, streets, n)]),
            *tracks.links,
            *_ring(valley, streets),
        ),
    )


def _with_bridges(valley: Valley, points: Array, links: list[Link]) -> Iterator[Link]:
    """Yield the links, those that cross a river as bridges."""
    ends = points[np.array([(link.tail, link.head) for link in links]).reshape(-1, 2)]
    for link, bridge in zip(links, over_river(valley, ends[:, 0], ends[:, 1]).tolist(), strict=True):
        yield replace(link, bridge=bridge)


def _ring(valley: Valley, streets: Streets) -> list[Link]:
    """Join the ends of the streets that are the ring road on neighbouring arms, through the spurs between them."""
    number = ring_column(valley)
    on_ring = np.abs(streets.along_m - int(number * BLOCK_M[0] / STEP_M) * STEP_M) < BLOCK_M[0] / 2
    headings = np.array([arm.heading for arm in ARMS]) % (2 * np.pi)
    order = np.argsort(headings, kind="stable").tolist()
    links = []
    for arm, onward in zip(order, order[1:] + order[:1], strict=True):
        here, there = (np.flatnonzero(on_ring & (streets.arm == one)) for one in (arm, onward))
        if len(here) and len(there):
            left, right = here[np.argmax(streets.across_m[here])], there[np.argmin(streets.across_m[there])]
            links.append(Link(int(left), int(right), "trunk", 60.0, street=number))
    return links


def _links_between_arms(streets: Streets) -> list[Link]:
    """Join junctions of different arms that are near each other and have few streets of their own."""
    degree = np.bincount(np.concatenate([streets.tail, streets.head]), minlength=len(streets.points))
    near = np.flatnonzero((degree < 4) & (streets.along_m < 40 * CONNECTOR_M))  # noqa: PLR2004  # a crossing has four
    pairs = cKDTree(streets.points[near]).query_pairs(CONNECTOR_M, output_type="ndarray")
    a, b = near[pairs[:, 0]], near[pairs[:, 1]]
    apart = streets.arm[a] != streets.arm[b]
    a, b = a[apart], b[apart]
    order = np.argsort(portable.square(streets.points[a] - streets.points[b]).sum(axis=1), kind="stable")
    bank = np.abs(streets.across_m) < BLOCK_M[1]
    taken: set[int] = set()
    links = []
    for one, other in zip(a[order].tolist(), b[order].tolist(), strict=True):
        if one not in taken and other not in taken:
            taken.update((one, other))
            wide = bool(bank[one] and bank[other])
            links.append(Link(one, other, "primary" if wide else "tertiary", 60.0 if wide else 40.0))
    return links


def _expressway_course(valley: Valley) -> Array:
    """Return the expressway: along the terrace of the two long arms, through the centre."""
    west, east = (_offset(valley, arm, side) for arm, side in ((1, -1.0), (0, 1.0)))
    return np.vstack([west[::-1], east])


def _expressway(course: Array, streets: Streets, first: int) -> list[Link]:
    """Join the points of the expressway, and its interchanges with the avenues below."""
    wide = streets.kind <= TERTIARY
    avenues = np.unique(np.concatenate([streets.tail[wide], streets.head[wide]]))
    tree = cKDTree(streets.points[avenues])
    stops = sorted({*range(0, len(course), INTERCHANGE_EVERY), len(course) - 1})
    below = avenues[tree.query(course[stops])[1]].tolist()
    return [
        *(Link(first + k, first + k + 1, "motorway", 100.0) for k in range(len(course) - 1)),
        *(Link(first + k, junction, "trunk", 50.0) for k, junction in zip(stops, below, strict=True)),
    ]


def _offset(valley: Valley, arm: int, side: float) -> Array:
    step = int(NODE_M / STEP_M)
    rows = np.arange(step // 2, len(valley.lines[arm]), step)
    out = side * (valley.widths[arm][rows] / 2 + 350.0)
    return np.asarray(valley.lines[arm][rows] + out[:, None] * valley.normals[arm][rows])


def _tracks(valley: Valley, streets: Streets, first: int, rng: np.random.Generator) -> Added:
    """Lead gravel tracks from the edge of the floor up side gullies, each to a village."""
    edge = np.flatnonzero(np.abs(streets.across_m) > 0.8 * np.abs(streets.across_m).max())
    count = max(3, int(np.sqrt(len(streets.points)) / 12))
    points: list[Array] = []
    heights: list[float] = []
    village: list[bool] = []
    links: list[Link] = []
    for begin in rng.choice(edge, min(count, len(edge)), replace=False).tolist():
        away = (
            np.sign(streets.across_m[begin]) * valley.normals[streets.arm[begin]][int(streets.along_m[begin] / STEP_M)]
        )
        at, last, steps = streets.points[begin], begin, int(rng.integers(2, 7))
        for k in range(steps):
            turn = rng.uniform(-0.5, 0.5)
            cos, sin = portable.cos(turn), portable.sin(turn)
            away = np.array([cos * away[0] - sin * away[1], sin * away[0] + cos * away[1]])
            at = at + VILLAGE_M * away
            links.append(Link(last, first + len(points), "track" if k else "unclassified", 30.0, gravel=k > 0))
            last = first + len(points)
            points.append(at)
            heights.append(CLIMB_M * (k + 1))
            village.append(k == steps - 1)
    return Added(np.array(points), np.array(heights), np.array(village), tuple(links))
