"""Streets on the valley floor: banks, avenues and blocks, that cross river and railway only at bridges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.roads.synthetic.valley import STEP_M, Array, Valley, nearest_arm

Ints = NDArray[np.int64]
BLOCK_M: Final = (125.0, 115.0)
"""Length and depth of a block (assumption). [m]"""
BRIDGE_EVERY: Final = 9
"""Streets across, of which one has a bridge: about 1.1 km (assumption)."""
RAIL_LINE: Final = -4
"""The railway runs between this street along the valley and the one before it, on the two long arms."""
MISSING: Final = 0.24
"""Part of the small streets that is not there: courtyards, works, slopes (assumption)."""
BLUNT: Final = 0.06
"""Part of the small streets that are service roads (assumption)."""
RING: Final = 0.3
"""Where the ring road crosses the arms, as part of the longest one (assumption)."""
TRUNK, PRIMARY, SECONDARY, TERTIARY, RESIDENTIAL, SERVICE = range(6)
NAMES: Final = ("trunk", "primary", "secondary", "tertiary", "residential", "service")


@dataclass(frozen=True, eq=False)
class Streets:
    """Junctions and the street sections between them."""

    points: Array
    """(n, 2) east and north of the centre. [m]"""
    arm: Ints
    along_m: Array
    across_m: Array
    """Distance from the river, left of it above zero. [m]"""
    line: Ints
    """Number of the street along the valley."""
    tail: Ints
    head: Ints
    kind: Ints
    """Class of each section, as :data:`NAMES`."""
    bridge: NDArray[np.bool_]
    under_rail: NDArray[np.bool_]
    oneway: NDArray[np.bool_]
    along: NDArray[np.bool_]
    """Whether a section runs along the valley."""
    number: Ints
    """Number of the street that each section belongs to, along or across the valley."""


def streets_of(valley: Valley, rng: np.random.Generator) -> Streets:
    """Return the streets of a valley."""
    parts = [_arm_streets(valley, arm, rng) for arm in range(len(valley.lines))]
    start = np.cumsum([0, *(len(p.points) for p in parts[:-1])])
    joined = {
        name: np.concatenate([getattr(p, name) for p in parts])
        for name in (
            "points",
            "arm",
            "along_m",
            "across_m",
            "line",
            "kind",
            "bridge",
            "under_rail",
            "oneway",
            "along",
            "number",
        )
    }
    ends = {
        name: np.concatenate([getattr(p, name) + offset for p, offset in zip(parts, start, strict=True)])
        for name in ("tail", "head")
    }
    return Streets(**joined, **ends)


def ring_column(valley: Valley) -> int:
    """Return the number of the street across each arm that is the ring road: one that has a bridge."""
    columns = max(len(line) for line in valley.lines) * STEP_M / BLOCK_M[0]
    return max(1, round(RING * columns / BRIDGE_EVERY)) * BRIDGE_EVERY


def _arm_streets(valley: Valley, arm: int, rng: np.random.Generator) -> Streets:
    line, normal, width = valley.lines[arm], valley.normals[arm], valley.widths[arm]
    long_m, deep_m = BLOCK_M
    columns = np.arange(0, len(line) - 1, long_m / STEP_M).astype(np.int64)
    half = int(np.ceil(width.max() / 2 / deep_m))
    i, j = (a.ravel() for a in np.meshgrid(np.arange(len(columns)), np.arange(-half, half), indexing="ij"))
    across = (j + 0.5) * deep_m
    kept = np.abs(across) <= np.maximum(width[columns[i]] / 2, 1.6 * deep_m)
    at = line[columns[i]] + across[:, None] * normal[columns[i]]
    jitter = rng.uniform(-0.16, 0.16, at.shape) * np.array([long_m, deep_m])
    kept &= nearest_arm(valley, at) == arm
    row = np.full((len(columns), 2 * half), -1, np.int64)
    row[i[kept], j[kept] + half] = np.arange(kept.sum())
    points = (at + jitter)[kept]
    along, crossing = _links(row[:-1], row[1:]), _links(row[:, :-1], row[:, 1:])
    tail, head = np.concatenate([along[0], crossing[0]]), np.concatenate([along[1], crossing[1]])
    lines, cols = j[kept], i[kept]
    is_along = np.arange(len(tail)) < len(along[0])
    kind = _kinds(is_along, lines[tail], cols[tail], arm, ring_column(valley))
    over_river = ~is_along & (lines[tail] == -1)
    under_rail = ~is_along & (lines[tail] == RAIL_LINE - 1) & (arm < 2)  # noqa: PLR2004  # the two long arms
    there = (kind < RESIDENTIAL) | (rng.random(len(tail)) > MISSING)
    there &= ~over_river | (cols[tail] % BRIDGE_EVERY == 0)
    there &= ~under_rail | (cols[tail] % 4 == 0)
    blunt = (kind == RESIDENTIAL) & (rng.random(len(tail)) < BLUNT)
    kind[blunt] = SERVICE
    oneway = is_along & (kind == RESIDENTIAL) & ((lines[tail] * 7 + cols[tail] // 6 * 3) % 17 == 0)
    return Streets(
        points, np.full(len(points), arm), columns[cols] * STEP_M, (lines + 0.5) * deep_m, lines,
        tail[there], head[there], kind[there], over_river[there], under_rail[there], oneway[there],
        is_along[there], np.where(is_along, lines[tail], cols[tail])[there],
    )  # fmt: skip


def _links(first: Ints, second: Ints) -> tuple[Ints, Ints]:
    both = (first >= 0) & (second >= 0)
    return first[both], second[both]


def _kinds(is_along: NDArray[np.bool_], line: Ints, column: Ints, arm: int, ring: int) -> Ints:
    """Return the class of each section: banks and the ring are arterials, every ninth street is an avenue."""
    kind = np.full(len(line), RESIDENTIAL, np.int64)
    bank = (line == 0) | (line == -1)
    for along, number, avenue, collector in ((True, line, 8, 4), (False, column, 9, 5)):
        here = is_along == along
        kind[here & (number % collector == 0)] = TERTIARY
        kind[here & (number % avenue == 0)] = SECONDARY
    kind[~is_along & ((column % 27 == 0) | (column == ring))] = PRIMARY
    kind[is_along & bank] = PRIMARY
    if arm < 2:  # noqa: PLR2004  # the two long arms
        kind[is_along & (line == 0)] = TRUNK
    return kind
