"""A gas cloud over the ground: plumes under one wind after another, from a source that runs, changes and stops.

When wind or source change, a new plume begins and the old one drifts off: its gas keeps the direction in which it left
(assumption). One that did not last long against the time it travels is spread along the wind as a puff is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.air import Stability
from drillsim.physics.gas.centreline import GRID_M, LEAST_WIND_M_S, LOG_GRID, Centreline, Emission, centreline
from drillsim.physics.gas.plume import part_smeared, smear_along_m
from drillsim.physics.gas.short_release import Release, ShortLine, short_line
from drillsim.physics.validity import Array
from drillsim.world.advisory import Advisory


@dataclass(frozen=True, slots=True)
class Segment:
    """Gas that left between two moments under one wind and at one rate."""

    from_s: float
    until_s: float
    """``inf`` while it goes on."""
    rate_kg_s: float
    wind_m_s: float
    from_deg: float
    """Where the wind comes from; 0 north, 90 east. [deg]"""
    stability: Stability
    release: Release = ()
    """The release that it is part of: all that left one after the other in the same wind, so far; steady if left out.
    """

    @property
    def in_wind(self) -> tuple[float, float, Stability]:
        """Wind that it is carried by."""
        return self.wind_m_s, self.from_deg, self.stability


def with_releases(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return the segments with the release that each is part of.

    Segments of the same release follow one another without a gap in the same wind. Gas that leaves into another wind
    goes elsewhere and counts apart.

    Examples
    --------
    >>> first, second = Segment(0, 30, 2.0, 3, 270, "D"), Segment(30, 50, 1.0, 3, 270, "D")
    >>> [s.release for s in with_releases((first, second, replace(second, from_deg=90)))]
    [((30, 2.0), (20, 1.0)), ((30, 2.0), (20, 1.0)), ((20, 1.0),)]
    """
    groups: list[list[Segment]] = [[s] for s in segments[:1]]
    for before, s in pairwise(segments):
        if s.from_s == before.until_s and s.in_wind == before.in_wind:
            groups[-1].append(s)
        else:
            groups.append([s])
    return tuple(
        replace(s, release=tuple((part.until_s - part.from_s, part.rate_kg_s) for part in group))
        for group in groups
        for s in group
    )


def along_and_across_m(segment: Segment, east_m: ArrayLike, north_m: ArrayLike) -> tuple[Array, Array]:
    """Return coordinates downwind, and across to the right of the wind, of a segment; shape of *east_m* each. [m]

    Examples
    --------
    >>> west_wind = Segment(0, 1, 1, 2, 270, "D")
    >>> [float(v.round(6)) for v in along_and_across_m(west_wind, 100.0, 5.0)]
    [100.0, -5.0]
    """
    angle = np.radians(segment.from_deg)
    east, north = np.asarray(east_m, dtype=float), np.asarray(north_m, dtype=float)
    return -east * portable.sin(angle) - north * portable.cos(angle), -east * portable.cos(
        angle
    ) + north * portable.sin(angle)


def concentration_kg_m3(
    emission: Emission, segments: tuple[Segment, ...], east_m: ArrayLike, north_m: ArrayLike, t_s: ArrayLike
) -> Array:
    """Return the concentration of all segments at places and moments. [kg/m³]

    Parameters
    ----------
    emission, segments
        What leaves, and under which winds.
    east_m, north_m
        Places from the source, shapes that broadcast with *t_s*. [m]
    t_s
        Moments. [s after STARTEX]
    """
    east, north, t = np.broadcast_arrays(
        np.asarray(east_m, dtype=float), np.asarray(north_m, dtype=float), np.asarray(t_s, dtype=float)
    )
    total = np.zeros(east.shape)
    for segment in segments:
        if segment.rate_kg_s <= 0.0 or not (t > segment.from_s).any():
            continue
        x, y = along_and_across_m(segment, east, north)
        near = (x > 0.0) & (x < GRID_M[-1]) & (t > segment.from_s)
        if near.any():
            total[near] += _of_segment(emission, segment, x[near], y[near], t[near])
    return total


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Places at which clouds are looked at again and again."""

    east_m: Array
    """(n,) from the source. [m]"""
    north_m: Array


def at_points_kg_m3(
    emission: Emission, segments: tuple[Segment, ...], points: Points, t_s: ArrayLike, least_kg_m3: float
) -> Array:
    """Return the concentration of all segments at places, left out where it stays below a level. (..., n) [kg/m³]

    The same as :func:`concentration_kg_m3`, but what does not change with time is worked out once. The axes before
    that of the places are those of *t_s*.
    """
    t = np.asarray(t_s, dtype=float)[..., np.newaxis]
    total = np.zeros((*t.shape[:-1], len(points.east_m)))
    for s in segments:
        if not (t > s.from_s).any():
            continue
        rows, x, smear_m, steady = _steady(emission, replace(s, from_s=0.0, until_s=0.0), points, 0.01 * least_kg_m3)
        part = part_smeared(
            x, smear_m, since_start_s=t - s.from_s, since_end_s=t - s.until_s,
            wind_m_s=max(s.wind_m_s, LEAST_WIND_M_S),
        )  # fmt: skip
        total[..., rows] += steady * part
    return total


@lru_cache(maxsize=256)
def _steady(
    emission: Emission, segment: Segment, points: Points, least_kg_m3: float
) -> tuple[Any, Array, Array, Array]:
    """Return rows of points within a plume, distance downwind [m], smear [m] and concentration [kg/m³]: each (n,)."""
    x, y = along_and_across_m(segment, points.east_m, points.north_m)
    line = _line(emission, segment).line
    ahead = np.flatnonzero((x > 0.0) & (x < GRID_M[-1]))
    steady = _steady_kg_m3(line, x[ahead], y[ahead])
    kept = steady > least_kg_m3
    near = np.maximum(x[ahead][kept], 1.0)
    return ahead[kept], near, _smear_m(emission, segment, near), steady[kept]


def _smear_m(emission: Emission, segment: Segment, x: Array) -> Array:
    """Return over which length head and tail of a segment are smeared at distances of 1 m or more; shape of *x*. [m]"""
    of_puff = smear_along_m(x, segment.stability)
    return np.asarray(np.maximum(of_puff, np.interp(x, GRID_M, _line(emission, segment).smear_m)))


def _line(emission: Emission, s: Segment) -> ShortLine:
    return short_line(emission, s.rate_kg_s, s.wind_m_s, s.stability, s.release)


def _steady_kg_m3(line: Centreline, x: Array, y: Array) -> Array:
    highest = portable.exp(
        np.interp(portable.log(np.maximum(x, 1.0)), LOG_GRID, portable.log(np.maximum(line.kg_m3, 1e-300)))
    )
    core, sy = np.interp(x, GRID_M, line.core_m), np.interp(x, GRID_M, line.sigma_y_m)
    return np.asarray(highest * portable.exp(-0.5 * portable.square(np.maximum(np.abs(y) - core, 0.0) / sy)))


def _of_segment(emission: Emission, segment: Segment, x: Array, y: Array, t: Array) -> Array:
    line = _line(emission, segment).line
    ahead = np.maximum(x, 1.0)
    part = part_smeared(
        ahead, _smear_m(emission, segment, ahead), since_start_s=t - segment.from_s, since_end_s=t - segment.until_s,
        wind_m_s=max(segment.wind_m_s, LEAST_WIND_M_S),
    )  # fmt: skip
    return np.asarray(_steady_kg_m3(line, x, y) * part)


@lru_cache(maxsize=256)
def _smear_of_grid_m(emission: Emission, segment: Segment) -> Array:
    """Return the smear at the distances of :data:`GRID_M`: (n,). [m]"""
    return _smear_m(emission, segment, GRID_M)


def outline(emission: Emission, segment: Segment, level_kg_m3: float, t_s: float) -> Array:
    """Return the edge of the area above a concentration at a moment, from the source round. (n, 2) east, north [m]

    Empty where nothing is above it. The plume of one segment only.
    """
    x, half = _edge_m(emission, segment, level_kg_m3, t_s)
    if not len(x):
        return np.zeros((0, 2))
    angle = np.radians(segment.from_deg)
    along = np.concatenate((x, x[::-1]))
    across = np.concatenate((half, -half[::-1]))
    return np.column_stack(
        (
            -along * portable.sin(angle) - across * portable.cos(angle),
            -along * portable.cos(angle) + across * portable.sin(angle),
        )
    )


def farthest_m(emission: Emission, segment: Segment, level_kg_m3: float, t_s: float) -> float:
    """Return how far from the source the :func:`outline` reaches; 0 if there is none. [m]"""
    x, half = _edge_m(emission, segment, level_kg_m3, t_s)
    return float(portable.hypot(x, half).max(initial=0.0))


def _edge_m(emission: Emission, segment: Segment, level_kg_m3: float, t_s: float) -> tuple[Array, Array]:
    """Return the distances downwind at which a plume is above a level at a moment, and its half-width. (n,) each [m]"""
    line = _line(emission, segment).line
    times = _of_axis_kg_m3(emission, segment, t_s) / level_kg_m3
    above = times > 1.0
    over = 2.0 * portable.log(times[above])
    return GRID_M[above], line.core_m[above] + line.sigma_y_m[above] * np.sqrt(over)


def farthest_of_m(emission: Emission, segments: Sequence[Segment], level_kg_m3: float, t_s: float) -> float:
    """Return how far from the source segments reach at a moment: each, and along the axis those of a wind together. [m]

    Parameters
    ----------
    emission, segments
        What leaves, and under which winds.
    level_kg_m3, t_s
        Concentration, and moment. [kg/m³], [s after STARTEX]
    """
    each = max((farthest_m(emission, s, level_kg_m3, t_s) for s in segments), default=0.0)
    together = [
        sum(_of_axis_kg_m3(emission, s, t_s) for s in segments if s.in_wind == wind)
        for wind in dict.fromkeys(s.in_wind for s in segments)
    ]
    return max(each, *(float(GRID_M[axis > level_kg_m3].max(initial=0.0)) for axis in together), 0.0)


def _of_axis_kg_m3(emission: Emission, segment: Segment, t_s: float) -> Array:
    """Return the concentration of a segment along its axis at a moment: (n,) at :data:`GRID_M`. [kg/m³]"""
    part = part_smeared(
        GRID_M, _smear_of_grid_m(emission, replace(segment, from_s=0.0, until_s=0.0)),
        since_start_s=t_s - segment.from_s, since_end_s=t_s - segment.until_s,
        wind_m_s=max(segment.wind_m_s, LEAST_WIND_M_S),
    )  # fmt: skip
    return np.asarray(_line(emission, segment).line.kg_m3 * part)


def reach_m(emission: Emission, rate_kg_s: float, wind_m_s: float, stability: Stability, level_kg_m3: float) -> float:
    """Return how far downwind a steady plume stays above a concentration. [m]"""
    above = np.flatnonzero(centreline(emission, rate_kg_s, wind_m_s, stability).kg_m3 > level_kg_m3)
    return float(GRID_M[above[-1]]) if above.size else 0.0


def half_width_m(
    emission: Emission, rate_kg_s: float, wind_m_s: float, stability: Stability, level_kg_m3: float
) -> float:
    """Return the greatest half-width of the area above a concentration in a steady plume. [m]"""
    line = centreline(emission, rate_kg_s, wind_m_s, stability)
    over = 2.0 * portable.log(np.maximum(line.kg_m3, 1e-300) / level_kg_m3)
    wide = np.where(over > 0.0, line.core_m + line.sigma_y_m * np.sqrt(np.maximum(over, 0.0)), 0.0)
    return float(wide.max(initial=0.0))


def range_advisories(emission: Emission, segments: tuple[Segment, ...]) -> tuple[Advisory, ...]:
    """Return the inputs outside the valid range of the formulas behind some segments, once each."""
    found = dict.fromkeys(
        advisory
        for s in segments
        if s.rate_kg_s > 0
        for advisory in centreline(emission, s.rate_kg_s, s.wind_m_s, s.stability).advisories
    )
    return tuple(found)
