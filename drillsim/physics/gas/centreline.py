"""A steady plume along its axis: heavy gas first, passive gas beyond.

A plume is laid out once along its centreline (highest concentration and width at distances downwind) and read off for
all places at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np

from drillsim.base import portable
from drillsim.physics.air import WIND, Stability, Terrain, pressure_pa
from drillsim.physics.gas.dense_gas import (
    ALPHA,
    DenseSource,
    is_dense_plume,
    plume_alpha,
    plume_ends_m,
    plume_half_width_m,
    plume_share,
    puff_radius_m,
)
from drillsim.physics.gas.plume import BREATHING_M, plume_kg_m3
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
    most_kg: float = np.inf
    """What becomes cloud in all, at most. A heavy plume is never wider than a puff of all that would be by then."""


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
    pure_kg_m3 = emission.substance.gas_kg_m3(emission.air_k, float(pressure_pa(emission.elevation_m)))
    ends_m = plume_ends_m(source, volume, wind)
    heavy, (at_end,) = (
        plume_share(x_m, source, volume, wind) * source.share * pure_kg_m3 for x_m in (GRID_M, np.array([ends_m]))
    )
    gauss = plume_kg_m3(GRID_M, rate_kg_s=rate_kg_s, wind_m_s=wind, stability=stability, sigmas=sigmas,
                        averaging_s=emission.averaging_s)  # fmt: skip
    virtual_m = float(np.interp(-portable.log(at_end), -portable.log(gauss), GRID_M))
    beyond = np.maximum(GRID_M - ends_m + virtual_m, 1.0)
    passive = portable.exp(np.interp(portable.log(beyond), LOG_GRID, portable.log(gauss)))
    sy = for_averaging_time(sigma_y_m(beyond, stability, sigmas), emission.averaging_s)
    far = ends_m < GRID_M
    widths = (rate_kg_s, volume, wind, emission.most_kg)
    box, end_box = (_half_width_m(x_m, source, *widths) for x_m in (GRID_M, np.array([ends_m])))
    end_sy = for_averaging_time(sigma_y_m(virtual_m, stability, sigmas), emission.averaging_s)
    core = np.maximum(box - HALF_EDGE * sy, 0.0)
    edge = np.minimum(sy, box / HALF_EDGE)
    return Centreline(
        np.where(far, np.minimum(passive, at_end), heavy),
        np.where(far, np.maximum(end_box - HALF_EDGE * end_sy, 0.0), core),
        np.where(far, sy, edge),
        ALPHA.advisories(plume_alpha(source, volume, wind)),
    )


def _half_width_m(
    x_m: Array, source: DenseSource, rate_kg_s: float, volume_m3_s: float, wind: float, most_kg: float
) -> Array:
    """Return the half-width of a heavy plume, at most the radius of a puff of all that leaves; shape of *x_m*. [m]"""
    plume = plume_half_width_m(x_m, source, volume_m3_s, wind)
    if not math.isfinite(most_kg):
        return plume
    lasts_s = most_kg / rate_kg_s
    return np.asarray(np.minimum(plume, puff_radius_m(x_m / wind + lasts_s, source, volume_m3_s * lasts_s)))
