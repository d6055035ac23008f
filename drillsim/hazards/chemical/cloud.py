"""A gas cloud over the ground: plumes under one wind after another, from a source that runs, changes and stops.

A plume is laid out once along its centreline (highest concentration and width at distances downwind, heavy gas first,
passive gas beyond) and read off for all places at once. When wind or source change, a new plume begins, and the wind
that now blows carries the old one off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import ArrayLike

from drillsim.hazards.chemical.atmosphere import WIND, Stability, Terrain, pressure_pa
from drillsim.hazards.chemical.dense_gas import (
    ALPHA,
    DILUTION,
    DenseSource,
    is_dense_plume,
    plume_alpha,
    plume_half_width_m,
    plume_share,
)
from drillsim.hazards.chemical.plume import BREATHING_M, part_under_way, plume_kg_m3
from drillsim.hazards.chemical.segments import LEAST_WIND_M_S, Segment, along_and_across_m, drift, tail_m
from drillsim.hazards.chemical.sigmas import SigmaSet, for_averaging_time, sigma_y_m
from drillsim.hazards.chemical.substances import Substance
from drillsim.hazards.chemical.valid_range import Array

GRID_M: Final = np.geomspace(5.0, 60_000.0, 240)
"""Distances downwind at which a plume is laid out. [m]"""
FAR: Final = 5.0
"""Standard deviations beyond which there is nothing of a bell curve."""
FAINT: Final = 0.01
"""Gas below this part of a level is left out where only the level matters."""
HALF_EDGE: Final = float(np.sqrt(0.5 * np.pi))
"""Area under one half of a Gaussian edge over its standard deviation."""
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


@dataclass(frozen=True, slots=True, eq=False)
class Centreline:
    """A steady plume along its axis."""

    kg_m3: Array
    """(n,) highest concentration at the distances of :data:`GRID_M`. [kg/m³]"""
    core_m: Array
    """(n,) half-width of the part that is equally dense: of a heavy cloud; 0 of a passive one. [m]"""
    sigma_y_m: Array
    """(n,) width of what lies beyond the core, or of a passive plume. [m]"""
    notes: tuple[str, ...]


@lru_cache(maxsize=512)
def centreline(emission: Emission, rate_kg_s: float, wind_m_s: float, stability: Stability) -> Centreline:
    """Return a steady plume along its axis: heavy near the source if it is, passive beyond.

    Where the workbook of Britter and McQuaid ends (1/500 of the source) a Gaussian plume goes on from a virtual
    source that gives the same concentration there. Across, a heavy plume is a flat core with passive edges; core and
    edges together are as wide as the workbook's box (assumption).
    """
    wind = max(wind_m_s, LEAST_WIND_M_S)
    notes = WIND.notes(wind_m_s)
    sigmas = _SIGMAS[emission.terrain]
    source = emission.source
    if source is not None:
        volume = source.volume_m3(rate_kg_s, emission.substance.molar_kg, float(pressure_pa(emission.elevation_m)))
        if is_dense_plume(source, volume, wind):
            line = _dense(emission, source, (rate_kg_s, volume, wind), stability, sigmas)
            return replace(line, notes=notes + line.notes)
    sy = for_averaging_time(sigma_y_m(GRID_M, stability, sigmas), emission.averaging_s)
    passive = plume_kg_m3(
        GRID_M, 0.0, BREATHING_M, rate_kg_s=rate_kg_s, wind_m_s=wind, stability=stability, height_m=emission.height_m,
        sigmas=sigmas, averaging_s=emission.averaging_s,
    )  # fmt: skip
    return Centreline(passive, np.zeros(len(GRID_M)), sy, notes)


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
    virtual_m = float(np.interp(-np.log(heavy[end]), -np.log(gauss), GRID_M))
    beyond = np.maximum(GRID_M - GRID_M[end] + virtual_m, 1.0)
    passive = np.exp(np.interp(np.log(beyond), np.log(GRID_M), np.log(gauss)))
    sy = for_averaging_time(sigma_y_m(beyond, stability, sigmas), emission.averaging_s)
    far = np.arange(len(GRID_M)) > end
    box = plume_half_width_m(GRID_M, source, volume, wind)
    core = np.maximum(box - HALF_EDGE * sy, 0.0)
    edge = np.minimum(sy, box / HALF_EDGE)
    return Centreline(
        np.where(far, np.minimum(passive, heavy[end]), heavy),
        np.where(far, core[end], core),
        np.where(far, sy, edge),
        ALPHA.notes(plume_alpha(source, volume, wind)),
    )


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
        begun = t > segment.from_s
        total[begun] += _of_segment(emission, segment, east[begun], north[begun], t[begun])
    return total


@dataclass(frozen=True, slots=True, eq=False)
class Points:
    """Places at which clouds are looked at again and again."""

    east_m: Array
    """(n,) from the source. [m]"""
    north_m: Array


def at_points_kg_m3(
    emission: Emission, segments: tuple[Segment, ...], points: Points, t_s: float, least_kg_m3: float
) -> Array:
    """Return the concentration of all segments at places, left out where it stays below a level. (n,) [kg/m³]

    The same as :func:`concentration_kg_m3`, but what does not change with time is worked out once.
    """
    total = np.zeros(len(points.east_m))
    for s in segments:
        if t_s <= s.from_s or is_thin(emission, s, FAINT * least_kg_m3, t_s):
            continue
        if s.turns:
            rows = _reached(emission, s, points, t_s, FAINT * least_kg_m3)
            total[rows] += _of_segment(emission, s, points.east_m[rows], points.north_m[rows], t_s)
            continue
        rows, x, steady = _steady(emission, replace(s, from_s=0.0, until_s=0.0), points, FAINT * least_kg_m3)
        total[rows] += steady * _part(s, x, 0.0, t_s)
    return total


def _reached(emission: Emission, segment: Segment, points: Points, t_s: float, least_kg_m3: float) -> Any:
    """Return the points inside the rectangle beyond which gas that has left is below a level."""
    moved = drift(segment, t_s)
    x, y = along_and_across_m(segment, points.east_m - moved.east_m, points.north_m - moved.north_m)
    wind, own_s = segment.steady_wind_m_s, float(moved.left_s)
    tail, head = wind * max(0.0, own_s - segment.until_s), wind * (own_s - segment.from_s)
    spread = FAR * float(sigma_y_m(max(head + float(moved.way_m), 1.0), segment.stability, "ccps_puff"))
    line = centreline(emission, segment.rate_kg_s, segment.wind_m_s, segment.stability)
    over = np.maximum(2.0 * np.log(np.maximum(line.kg_m3, 1e-300) / least_kg_m3), 0.0)
    half = float(np.where(over > 0.0, line.core_m + line.sigma_y_m * np.sqrt(over), 0.0).max())
    return np.flatnonzero((x > tail - spread) & (x < head + spread) & (np.abs(y) < half))


def is_thin(emission: Emission, segment: Segment, level_kg_m3: float, t_s: float) -> bool:
    """Return whether gas that has left is nowhere above a concentration any more, on any way it may still go."""
    line = centreline(emission, segment.rate_kg_s, segment.wind_m_s, segment.stability)
    still = line.kg_m3[np.searchsorted(GRID_M, tail_m(segment, t_s)) :]
    return float(still.max(initial=0.0)) < level_kg_m3


@lru_cache(maxsize=256)
def _steady(emission: Emission, segment: Segment, points: Points, least_kg_m3: float) -> tuple[Any, Array, Array]:
    x, y = along_and_across_m(segment, points.east_m, points.north_m)
    line = centreline(emission, segment.rate_kg_s, segment.wind_m_s, segment.stability)
    ahead = np.flatnonzero((x > 0.0) & (x < GRID_M[-1]))
    steady = _steady_kg_m3(line, x[ahead], y[ahead])
    kept = steady > least_kg_m3
    return ahead[kept], x[ahead][kept], steady[kept]


def _steady_kg_m3(line: Centreline, x: Array, y: Array) -> Array:
    highest = np.exp(np.interp(np.log(np.maximum(x, 1.0)), np.log(GRID_M), np.log(np.maximum(line.kg_m3, 1e-300))))
    core, sy = np.interp(x, GRID_M, line.core_m), np.interp(x, GRID_M, line.sigma_y_m)
    return np.asarray(highest * np.exp(-0.5 * (np.maximum(np.abs(y) - core, 0.0) / sy) ** 2))


def _of_segment(emission: Emission, segment: Segment, east_m: Array, north_m: Array, t_s: ArrayLike) -> Array:
    moved = drift(segment, t_s)
    x, y = along_and_across_m(segment, east_m - moved.east_m, north_m - moved.north_m)
    come_m = x + moved.way_m  # how far gas that is there has come in all
    near = ((x > 0.0) | (moved.way_m > 0.0)) & (come_m > 0.0) & (come_m < GRID_M[-1])
    found = np.zeros(x.shape)
    if near.any():
        line = centreline(emission, segment.rate_kg_s, segment.wind_m_s, segment.stability)
        steady = _steady_kg_m3(line, come_m[near], y[near])
        way_m, left_s = (np.broadcast_to(a, x.shape)[near] for a in (moved.way_m, moved.left_s))
        found[near] = steady * _part(segment, x[near], way_m, left_s)
    return found


def _part(segment: Segment, x_m: Array, way_m: ArrayLike, left_s: ArrayLike) -> Array:
    """Return which part of its steady concentration a segment has, in the wind that it left in."""
    return part_under_way(
        x_m, since_start_s=left_s - np.asarray(segment.from_s), since_end_s=left_s - np.asarray(segment.until_s),
        wind_m_s=segment.steady_wind_m_s, stability=segment.stability, way_m=way_m,
    )  # fmt: skip


def outline(emission: Emission, segment: Segment, level_kg_m3: float, t_s: float) -> Array:
    """Return the edge of the area above a concentration at a moment, from the source round. (n, 2) east, north [m]

    Empty where nothing is above it. The plume of one segment only.
    """
    line = centreline(emission, segment.rate_kg_s, segment.wind_m_s, segment.stability)
    moved = drift(segment, t_s)
    x = GRID_M - float(moved.way_m)
    part = _part(segment, x, moved.way_m, moved.left_s)
    with np.errstate(divide="ignore"):
        over = 2.0 * np.log(np.maximum(line.kg_m3 * part, 1e-300) / level_kg_m3)
    above = over > 0.0
    if not above.any():
        return np.zeros((0, 2))
    x, half = x[above], line.core_m[above] + line.sigma_y_m[above] * np.sqrt(over[above])
    angle = np.radians(segment.from_deg)
    along = np.concatenate((x, x[::-1]))
    across = np.concatenate((half, -half[::-1]))
    east = -along * np.sin(angle) - across * np.cos(angle) + moved.east_m
    north = -along * np.cos(angle) + across * np.sin(angle) + moved.north_m
    return np.column_stack((east, north))


def reach_m(emission: Emission, rate_kg_s: float, wind_m_s: float, stability: Stability, level_kg_m3: float) -> float:
    """Return how far downwind a steady plume stays above a concentration. [m]"""
    above = np.flatnonzero(centreline(emission, rate_kg_s, wind_m_s, stability).kg_m3 > level_kg_m3)
    return float(GRID_M[above[-1]]) if above.size else 0.0


def half_width_m(
    emission: Emission, rate_kg_s: float, wind_m_s: float, stability: Stability, level_kg_m3: float
) -> float:
    """Return the greatest half-width of the area above a concentration in a steady plume. [m]"""
    line = centreline(emission, rate_kg_s, wind_m_s, stability)
    over = 2.0 * np.log(np.maximum(line.kg_m3, 1e-300) / level_kg_m3)
    wide = np.where(over > 0.0, line.core_m + line.sigma_y_m * np.sqrt(np.maximum(over, 0.0)), 0.0)
    return float(wide.max(initial=0.0))


def range_notes(emission: Emission, segments: tuple[Segment, ...]) -> tuple[str, ...]:
    """Return what lies outside the valid range of the formulas behind some segments, once each."""
    found = dict.fromkeys(
        note
        for s in segments
        if s.rate_kg_s > 0
        for note in centreline(emission, s.rate_kg_s, s.wind_m_s, s.stability).notes
    )
    return tuple(found)
