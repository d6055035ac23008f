"""A gas cloud over the ground: plumes under one wind after another, from a source that runs, changes and stops.

A plume is laid out once along its centreline (highest concentration and width at distances downwind, heavy gas first,
passive gas beyond) and read off for all places at once. When wind or source change, a new plume begins and the old
one drifts off: its gas keeps the direction in which it left (assumption).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.air import WIND, Stability, Terrain, pressure_pa
from drillsim.physics.gas.dense_gas import (
    ALPHA,
    DILUTION,
    DenseSource,
    is_dense_plume,
    plume_alpha,
    plume_half_width_m,
    plume_share,
)
from drillsim.physics.gas.plume import BREATHING_M, part_smeared, part_under_way, plume_kg_m3, smear_along_m
from drillsim.physics.gas.sigmas import SigmaSet, for_averaging_time, sigma_y_m
from drillsim.physics.gas.substances import Substance
from drillsim.physics.validity import Array
from drillsim.world.advisory import Advisory

GRID_M: Final = portable.geometric(5.0, 60_000.0, 240)
"""Distances downwind at which a plume is laid out (numerical grid). [m]"""
LOG_GRID: Final = portable.log(GRID_M)
LEAST_WIND_M_S: Final = WIND.low
HALF_EDGE: Final = float(np.sqrt(0.5 * np.pi))
"""Area under one half of a Gaussian edge over its standard deviation, by definition."""
_SIGMAS: Final[dict[Terrain, SigmaSet]] = {"rural": "briggs_rural", "urban": "briggs_urban"}


@dataclass(frozen=True, slots=True)
class Emission:
    """What leaves, and the air and ground it leaves into; the same as long as the release lasts."""

    substance: Substance
    source: DenseSource | None
    """The mixture at the source if it may be heavy; None for a gas that is passive from the start."""
    elevation_m: float
    air_k: float
    terrain: Terrain = "rural"
    height_m: float = 0.0
    averaging_s: float = 600.0


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


@dataclass(frozen=True, slots=True, eq=False)
class Centreline:
    """A steady plume along its axis."""

    kg_m3: Array
    """(n,) highest concentration at the distances of :data:`GRID_M`. [kg/m³]"""
    core_m: Array
    """(n,) half-width of the part that is equally dense: of a heavy cloud; 0 of a passive one. [m]"""
    sigma_y_m: Array
    """(n,) width of what lies beyond the core, or of a passive plume. [m]"""
    advisories: tuple[Advisory, ...]


@lru_cache(maxsize=512)
def centreline(emission: Emission, rate_kg_s: float, wind_m_s: float, stability: Stability) -> Centreline:
    """Return a steady plume along its axis: heavy near the source if it is, passive beyond.

    Where the workbook of Britter and McQuaid ends (1/500 of the source) a Gaussian plume goes on from a virtual
    source that gives the same concentration there. Across, a heavy plume is a flat core with passive edges; core and
    edges together are as wide as the workbook's box (assumption).
    """
    wind = max(wind_m_s, LEAST_WIND_M_S)
    advisories = WIND.advisories(wind_m_s)
    sigmas = _SIGMAS[emission.terrain]
    source = emission.source
    if source is not None:
        volume = source.volume_m3(rate_kg_s, emission.substance.molar_kg, float(pressure_pa(emission.elevation_m)))
        if is_dense_plume(source, volume, wind):
            line = _dense(emission, source, (rate_kg_s, volume, wind), stability, sigmas)
            return replace(line, advisories=advisories + line.advisories)
    sy = for_averaging_time(sigma_y_m(GRID_M, stability, sigmas), emission.averaging_s)
    passive = plume_kg_m3(
        GRID_M, 0.0, BREATHING_M, rate_kg_s=rate_kg_s, wind_m_s=wind, stability=stability, height_m=emission.height_m,
        sigmas=sigmas, averaging_s=emission.averaging_s,
    )  # fmt: skip
    return Centreline(passive, np.zeros(len(GRID_M)), sy, advisories)


def _dense(
    emission: Emission, source: DenseSource, flows: tuple[float, float, float], stability: Stability, sigmas: SigmaSet
) -> Centreline:
    rate_kg_s, volume, wind = flows
    share = plume_share(GRID_M, source, volume, wind)
    pure_kg_m3 = emission.substance.gas_kg_m3(emission.air_k, float(pressure_pa(emission.elevation_m)))
    heavy = share * source.share * pure_kg_m3
    end = min(int(np.searchsorted(-share, -DILUTION.low)), len(GRID_M) - 1)
    gauss = plume_kg_m3(GRID_M, rate_kg_s=rate_kg_s, wind_m_s=wind, stability=stability, sigmas=sigmas,
                        averaging_s=emission.averaging_s)  # fmt: skip
    virtual_m = float(np.interp(-portable.log(heavy[end]), -portable.log(gauss), GRID_M))
    beyond = np.maximum(GRID_M - GRID_M[end] + virtual_m, 1.0)
    passive = portable.exp(np.interp(portable.log(beyond), LOG_GRID, portable.log(gauss)))
    sy = for_averaging_time(sigma_y_m(beyond, stability, sigmas), emission.averaging_s)
    far = np.arange(len(GRID_M)) > end
    box = plume_half_width_m(GRID_M, source, volume, wind)
    core = np.maximum(box - HALF_EDGE * sy, 0.0)
    edge = np.minimum(sy, box / HALF_EDGE)
    return Centreline(
        np.where(far, np.minimum(passive, heavy[end]), heavy),
        np.where(far, core[end], core),
        np.where(far, sy, edge),
        ALPHA.advisories(plume_alpha(source, volume, wind)),
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
    line = centreline(emission, segment.rate_kg_s, segment.wind_m_s, segment.stability)
    ahead = np.flatnonzero((x > 0.0) & (x < GRID_M[-1]))
    steady = _steady_kg_m3(line, x[ahead], y[ahead])
    kept = steady > least_kg_m3
    near = np.maximum(x[ahead][kept], 1.0)
    return ahead[kept], near, smear_along_m(near, segment.stability), steady[kept]


def _steady_kg_m3(line: Centreline, x: Array, y: Array) -> Array:
    highest = portable.exp(
        np.interp(portable.log(np.maximum(x, 1.0)), LOG_GRID, portable.log(np.maximum(line.kg_m3, 1e-300)))
    )
    core, sy = np.interp(x, GRID_M, line.core_m), np.interp(x, GRID_M, line.sigma_y_m)
    return np.asarray(highest * portable.exp(-0.5 * portable.square(np.maximum(np.abs(y) - core, 0.0) / sy)))


def _of_segment(emission: Emission, segment: Segment, x: Array, y: Array, t: Array) -> Array:
    line = centreline(emission, segment.rate_kg_s, segment.wind_m_s, segment.stability)
    part = part_under_way(
        x, since_start_s=t - segment.from_s, since_end_s=t - segment.until_s,
        wind_m_s=max(segment.wind_m_s, LEAST_WIND_M_S), stability=segment.stability,
    )  # fmt: skip
    return np.asarray(_steady_kg_m3(line, x, y) * part)


@cache
def _smear_of_grid_m(stability: Stability) -> Array:
    """Return the smear at the distances of :data:`GRID_M`: (n,). [m]"""
    return smear_along_m(GRID_M, stability)


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
    line = centreline(emission, segment.rate_kg_s, segment.wind_m_s, segment.stability)
    part = part_smeared(
        GRID_M, _smear_of_grid_m(segment.stability), since_start_s=t_s - segment.from_s,
        since_end_s=t_s - segment.until_s, wind_m_s=max(segment.wind_m_s, LEAST_WIND_M_S),
    )  # fmt: skip
    times = line.kg_m3 * part / level_kg_m3
    above = times > 1.0
    over = 2.0 * portable.log(times[above])
    return GRID_M[above], line.core_m[above] + line.sigma_y_m[above] * np.sqrt(over)


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
