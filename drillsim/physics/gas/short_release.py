"""Puff or plume: what becomes of a heavy plume that lasts no longer than its way downwind takes.

A release of duration ``t`` is continuous for a place ``x`` downwind where ``u t/x`` is at least 2.5, and instantaneous
where it is at most 0.6 (Britter and McQuaid 1988 as in CCPS 1999; knowledge). Between them the workbook takes the
greater of both. Its plume is the greater near the source. Farther on its puff is: there that rule would make a release
that stops denser than one that goes on, and a cloud denser as it drifts. So here

* from 0.6 on the plume counts;
* below 0.6 the puff of all that has left, but never more than the plume, and never less than the plume of the same
  mass let out more slowly, in the time of ``u t/x = 0.6`` (assumption).

The highest concentration so falls with distance without a jump, and of the same mass never falls with the rate. Below
0.6 the width is that of the slower plume, and so is the dose, at least: a cloud that is less dense passes for longer.
Where the puff is so much denser that it would be shorter than a passive puff spreads, it is as long as that one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
from scipy.special import erf

from drillsim.base import portable
from drillsim.physics.air import Stability, pressure_pa
from drillsim.physics.gas.centreline import GRID_M, LEAST_WIND_M_S, Centreline, Emission, centreline
from drillsim.physics.gas.dense_gas import DenseSource, is_dense_plume, puff_share
from drillsim.physics.gas.plume import smear_along_m
from drillsim.physics.validity import Array

Release = tuple[tuple[float, float], ...]
"""Parts of a release one after the other: how long each lasts [s], ``inf`` of one that goes on, and its rate [kg/s]."""
CONTINUOUS_FROM: Final = 2.5
INSTANT_TO: Final = 0.6
"""Duration over travel time from which a release counts as continuous, and to which as instantaneous: ``u t/x``.
Source: Britter and McQuaid 1988 as in CCPS 1999 (knowledge)."""
_SAME: Final = 1e-9
_LONG_S: Final = 1e9
"""What counts as equal, and as for ever (numerical bounds). [-], [s]"""
_STEPS_A_DECADE: Final = 12
"""Plumes of so many rates are laid out; within 1 % of any rate between them (numerical)."""
_HALVINGS: Final = 30
"""Halvings of the interval in which a mass is sought (numerical)."""


def regime(duration_s: float, wind_m_s: float, x_m: float) -> str:
    """Return what a release is for a place downwind: ``continuous``, ``instantaneous`` or ``between``.

    Parameters
    ----------
    duration_s, wind_m_s, x_m
        How long it lasts, wind at 10 m, distance downwind. [s], [m/s], [m]

    Examples
    --------
    >>> [regime(60.0, 4.0, x_m) for x_m in (90.0, 200.0, 500.0)]
    ['continuous', 'between', 'instantaneous']
    """
    ratio = wind_m_s * duration_s / x_m
    if ratio >= CONTINUOUS_FROM:
        return "continuous"
    return "instantaneous" if ratio <= INSTANT_TO else "between"


@dataclass(frozen=True, slots=True, eq=False)
class ShortLine:
    """A release of limited duration along its axis, at the distances of :data:`GRID_M`."""

    line: Centreline
    """What it would be if it went on, so that its duration times this is the dose."""
    smear_m: Array
    """(n,) length over which it is smeared along the wind; 0 where the plume is steady. [m]"""
    highest_kg_m3: Array
    """(n,) highest concentration that passes. [kg/m³]"""


@lru_cache(maxsize=256)
def short_line(
    emission: Emission, rate_kg_s: float, wind_m_s: float, stability: Stability, release: Release
) -> ShortLine:
    """Return a part of a release along its axis: a steady plume near the source, a puff where it did not last.

    Parameters
    ----------
    emission, rate_kg_s, wind_m_s, stability
        As of :func:`centreline`.
    release
        The release that it is part of. As one puff counts what leaves within the time of ``u t/x = 0.6``: far off a
        burst and the pool that evaporates after it, near only the burst.

    Only heavy clouds are treated so: a passive plume is smeared by the sigma of a puff and needs no other rule.
    """
    plume = centreline(emission, rate_kg_s, wind_m_s, stability)
    source, wind = emission.source, max(wind_m_s, LEAST_WIND_M_S)
    mean_kg_s = at_once_kg(release, INSTANT_TO * GRID_M / wind) * wind / (INSTANT_TO * GRID_M)
    short = mean_kg_s < (1.0 - _SAME) * rate_kg_s
    if source is None or not release or not short.any() or not _is_heavy(emission, source, rate_kg_s, wind):
        return ShortLine(plume, np.zeros(len(GRID_M)), plume.kg_m3)
    highest, smear_m, more = _shape(emission, source, wind_m_s, stability, release)
    line = _part_of(emission, rate_kg_s, wind_m_s, stability, mean_kg_s)
    return ShortLine(replace(line, kg_m3=line.kg_m3 * more), smear_m, highest)


@lru_cache(maxsize=256)
def _shape(
    emission: Emission, source: DenseSource, wind_m_s: float, stability: Stability, release: Release
) -> tuple[Array, Array, Array]:
    """Return highest concentration [kg/m³], smear [m] and factor of the doses of a whole release: (n,) each."""
    wind, ends_s = max(wind_m_s, LEAST_WIND_M_S), np.cumsum([min(lasts_s, _LONG_S) for lasts_s, _ in release])
    starts_s = np.concatenate(([0.0], ends_s[:-1]))
    instant_s = INSTANT_TO * GRID_M / wind
    most_kg = at_once_kg(release, instant_s)
    mean_kg_s = most_kg / instant_s
    rates = [rate for _, rate in release]
    most_kg_s = max(rates)
    plume = centreline(emission, most_kg_s, wind_m_s, stability).kg_m3
    slow = _of_rates(emission, np.minimum(mean_kg_s, most_kg_s), wind_m_s, stability).kg_m3
    puff = _puff_kg_m3(emission, source, most_kg, wind)
    short = mean_kg_s < (1.0 - _SAME) * most_kg_s
    highest = np.where(short, np.minimum(plume, np.maximum(puff, slow)), plume)
    parts = np.array([_part_of(emission, rate, wind_m_s, stability, mean_kg_s).kg_m3 for rate in rates])
    middles_s = 0.5 * (starts_s[:, np.newaxis] + ends_s)[np.triu_indices(len(rates))]

    def peak(smear_m: Array) -> Array:
        total = np.zeros((len(middles_s), len(GRID_M)))
        for kg_m3, start_s, end_s in zip(parts, starts_s.tolist(), ends_s.tolist(), strict=True):
            since, until = (wind * (middles_s[:, np.newaxis] - t_s) / smear_m for t_s in (start_s, end_s))
            total += 0.5 * kg_m3 * (erf(since) - erf(until))
        return np.asarray(total.max(axis=0))

    least_m = smear_along_m(GRID_M, stability)
    more = np.where(short, np.maximum(highest / np.maximum(peak(least_m), 1e-300), 1.0), 1.0)
    near, far = least_m, np.maximum(least_m, INSTANT_TO / np.sqrt(np.pi) * GRID_M)
    for _ in range(_HALVINGS):
        middle = np.sqrt(near * far)
        still = more * peak(middle) > highest
        near, far = np.where(still, middle, near), np.where(still, far, middle)
    return highest, np.where(short, near, 0.0), more


def _part_of(
    emission: Emission, rate_kg_s: float, wind_m_s: float, stability: Stability, mean_kg_s: Array
) -> Centreline:
    """Return what a part of a release would be if it went on: a plume, or its share of the slower plume."""
    plume = centreline(emission, rate_kg_s, wind_m_s, stability)
    short = mean_kg_s < (1.0 - _SAME) * rate_kg_s
    if not short.any():
        return plume
    slow_kg_s = np.minimum(mean_kg_s, rate_kg_s)
    slow = _of_rates(emission, slow_kg_s, wind_m_s, stability)
    # a release that ends in the moment in which it begins lets nothing out
    times = np.divide(rate_kg_s, slow_kg_s, out=np.zeros_like(slow_kg_s), where=slow_kg_s > 0.0)
    return Centreline(
        np.where(short, slow.kg_m3 * times, plume.kg_m3),
        np.where(short, slow.core_m, plume.core_m),
        np.where(short, slow.sigma_y_m, plume.sigma_y_m),
        plume.advisories,
    )


def at_once_kg(release: Release, within_s: Array) -> Array:
    """Return how much of a release leaves within a time at most, counted from the start of any of its parts. [kg]

    Parameters
    ----------
    release
        The parts.
    within_s
        Times of any shape, which the result has. [s]

    Examples
    --------
    A burst of 100 kg, then 1 kg/s:

    >>> at_once_kg(((10.0, 10.0), (math.inf, 1.0)), np.array([5.0, 60.0])).tolist()
    [50.0, 150.0]
    """
    most = np.zeros(np.shape(within_s))
    for first in range(len(release)):
        left_s, mass = np.asarray(within_s, dtype=float), np.zeros(np.shape(within_s))
        for lasts_s, rate_kg_s in release[first:]:
            mass = mass + rate_kg_s * np.minimum(left_s, lasts_s)
            left_s = np.maximum(left_s - lasts_s, 0.0)
        most = np.maximum(most, mass)
    return np.asarray(most)


def _is_heavy(emission: Emission, source: DenseSource, rate_kg_s: float, wind: float) -> bool:
    air_pa = float(pressure_pa(emission.elevation_m))
    return is_dense_plume(source, source.volume_m3(rate_kg_s, emission.substance.molar_kg, air_pa), wind)


def _puff_kg_m3(emission: Emission, source: DenseSource, mass_kg: Array, wind: float) -> Array:
    air_pa = float(pressure_pa(emission.elevation_m))
    volumes = source.volume_m3(1.0, emission.substance.molar_kg, air_pa) * mass_kg
    pure_kg_m3 = emission.substance.gas_kg_m3(emission.air_k, air_pa)
    shares = [float(puff_share(x, source, v, wind)) for x, v in zip(GRID_M.tolist(), volumes.tolist(), strict=True)]
    return np.asarray(np.array(shares) * source.share * pure_kg_m3)


def _of_rates(emission: Emission, rates_kg_s: Array, wind_m_s: float, stability: Stability) -> Centreline:
    """Return a line that is at each distance of :data:`GRID_M` that of another rate: between plumes of fixed rates."""
    log_rate = _STEPS_A_DECADE * portable.log10(np.maximum(rates_kg_s, 1e-12))
    first, last = math.floor(float(log_rate.min())), math.floor(float(log_rate.max())) + 1
    rates = portable.power(10.0, np.arange(first, last + 1) / _STEPS_A_DECADE).tolist()
    lines = [centreline(emission, rate, wind_m_s, stability) for rate in rates]
    below = np.floor(log_rate).astype(np.intp)
    part, row, at = log_rate - below, below - first, np.arange(len(GRID_M))

    def between(values: Array) -> Array:
        return np.asarray(values[row, at] + (values[row + 1, at] - values[row, at]) * part)

    logs = portable.log(np.maximum(np.array([line.kg_m3 for line in lines]), 1e-300))
    core, sigma = (between(np.array(rows)) for rows in zip(*((x.core_m, x.sigma_y_m) for x in lines), strict=True))
    return Centreline(np.asarray(portable.exp(between(logs))), core, sigma, ())
