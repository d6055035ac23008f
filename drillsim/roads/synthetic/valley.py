"""The valley: a river with arms, its floor, its heights. All numbers are assumptions after the shape of Xining."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from drillsim.base import portable
from drillsim.base.geodesy import moved

Array = NDArray[np.float64]
STEP_M: Final = 50.0
"""Between two points of a river line. [m]"""
CENTRE: Final = (36.62, 101.77)
"""Where the arms meet; the city itself is fictional. [deg]"""
CENTRE_M: Final = 2260.0
"""Height of the centre above sea level. [m]"""
MOST_RISEN_M: Final = 30_000.0
"""Length of an arm with this rise; a longer one is flatter. [m]"""
MOST_TERRACE_M: Final = 160.0
"""Height of the terraces above the river. [m]"""


@dataclass(frozen=True, eq=False)
class Arm:
    """One arm of the valley, from the centre outwards."""

    name: str
    heading: float
    """Direction away from the centre, counterclockwise from east. [rad]"""
    share: float
    """Length compared with the longest arm."""
    rise: float
    """Of the valley floor, away from the centre. [dimensionless]"""


ARMS: Final = (
    Arm("east", 0.05, 1.0, -0.004),
    Arm("west", np.pi - 0.1, 0.9, 0.007),
    Arm("north", 1.75, 0.7, 0.012),
    Arm("south", -1.35, 0.6, 0.015),
)


@dataclass(frozen=True, eq=False)
class Valley:
    """River lines of all arms and how wide the floor is."""

    lines: tuple[Array, ...]
    """(n, 2) points of each river, east and north of the centre. [m]"""
    normals: tuple[Array, ...]
    """(n, 2) unit vectors to the left of the river, seen from the centre."""
    widths: tuple[Array, ...]
    """(n,) width of the floor. [m]"""


def valley_of(length_m: float, width_m: float, rng: np.random.Generator) -> Valley:
    """Return a valley whose longest arm has that length and whose floor at the centre is that wide."""
    lines, normals, widths = [], [], []
    for arm in ARMS:
        reach = arm.share * length_m
        s = np.arange(0.0, reach + STEP_M, STEP_M)
        waves = (6.0 + 4.0 * rng.random()) * width_m
        bend = 0.22 * portable.sin(2 * np.pi * (s / waves + rng.random())) * np.minimum(1.0, s / width_m)
        heading = arm.heading + bend
        steps = STEP_M * np.column_stack([portable.cos(heading), portable.sin(heading)])
        lines.append(np.vstack([[0.0, 0.0], np.cumsum(steps[:-1], axis=0)]))
        normals.append(np.column_stack([-portable.sin(heading), portable.cos(heading)]))
        swell = 1.0 + 0.18 * portable.sin(2 * np.pi * (s / (2.3 * width_m) + rng.random()))
        widths.append(np.maximum(0.22, (1.0 - 0.62 * s / reach) * swell) * width_m * (0.75 + 0.25 * arm.share))
    return Valley(tuple(lines), tuple(normals), tuple(widths))


def nearest_arm(valley: Valley, points: Array) -> NDArray[np.int64]:
    """Return for each point the arm whose river is nearest: (n,)."""
    distances = np.column_stack([cKDTree(line).query(points)[0] for line in valley.lines])
    return np.asarray(np.argmin(distances, axis=1))


def over_river(valley: Valley, begin: Array, end: Array) -> NDArray[np.bool_]:
    """Return which straight lines from a point to a point cross a river: (n,)."""
    rivers = np.concatenate([np.stack([line[:-1], line[1:]], axis=1) for line in valley.lines])
    reach = np.sqrt(portable.square(end - begin).sum(axis=1)) / 2 + STEP_M
    near = cKDTree(rivers.mean(axis=1)).query_ball_point((begin + end) / 2, reach)
    return np.array([_meets(a, b, rivers[rows]) for a, b, rows in zip(begin, end, near, strict=True)], bool)


def _meets(a: Array, b: Array, pieces: Array) -> bool:
    """Return whether the straight line from a to b crosses one of some pieces of river."""
    p, q = pieces[:, 0], pieces[:, 1]
    parted = _side(a, b, p) * _side(a, b, q) < 0
    return bool((parted & (_side(p, q, a) * _side(p, q, b) < 0)).any())


def _side(a: Array, b: Array, c: Array) -> Array:
    ab, ac = b - a, c - a
    return np.asarray(ab[..., 0] * ac[..., 1] - ab[..., 1] * ac[..., 0])


def heights_m(arm: NDArray[np.int64], along_m: Array, across_m: Array) -> Array:
    """Return the height of points, (n,): up the arms, and up the terraces away from the river. [m]"""
    rise = np.array([a.rise for a in ARMS])[arm] * min(1.0, MOST_RISEN_M / max(1.0, float(along_m.max(initial=0.0))))
    terrace = 0.02 * np.abs(across_m) + 0.04 * np.maximum(0.0, np.abs(across_m) - 700.0)
    return np.asarray(CENTRE_M + rise * along_m + np.minimum(terrace, MOST_TERRACE_M))


def degrees(points: Array) -> tuple[Array, Array]:
    """Return latitude and longitude, (n,) each, of (n, 2) points in metres from the centre. [deg]"""
    return moved(CENTRE, points[:, 0], points[:, 1])
