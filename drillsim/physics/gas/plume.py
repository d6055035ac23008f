"""Gaussian clouds: a steady plume, and a plume that began, changed and ended.

All coordinates are those of the wind: x downwind, y across, z up, in metres from the source.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erf

from drillsim.base import portable
from drillsim.physics.air import Stability
from drillsim.physics.gas.sigmas import SigmaSet, for_averaging_time, sigma_y_m, sigma_z_m
from drillsim.physics.validity import Array

BREATHING_M: Final = 1.5
"""Height at which people breathe (assumption). [m]"""
_SQRT2: Final = np.sqrt(2.0)
"""Square root of two, by definition."""


def plume_kg_m3(
    x_m: ArrayLike, y_m: ArrayLike = 0.0, z_m: ArrayLike = 0.0, *, rate_kg_s: float, wind_m_s: float,
    stability: Stability, height_m: float = 0.0, sigmas: SigmaSet = "briggs_rural", averaging_s: float = 600.0,
) -> Array:  # fmt: skip
    """Return the concentration of a steady Gaussian plume that the ground reflects. [kg/m³]

    Parameters
    ----------
    x_m, y_m, z_m
        Where; shapes that broadcast. Upwind of the source the concentration is 0. [m]
    rate_kg_s
        Release rate, 0 or more. [kg/s]
    wind_m_s
        Wind speed at the height of release, more than 0. [m/s]
    stability, sigmas, averaging_s
        Pasquill class, published coefficients, averaging time. [-], [-], [s]
    height_m
        Height of release. [m]

    Notes
    -----
    ``C = Q/(2 pi u sy sz) exp(-y²/2sy²) [exp(-(z-h)²/2sz²) + exp(-(z+h)²/2sz²)]``. Passive gas over flat ground,
    steady wind of at least 0.5 m/s; 100 m to 10 km downwind for the Briggs coefficients. The example is that of
    CCPS 1999, page 97: 0.1 kg/s, 2 m/s, class F, 500 m.

    Examples
    --------
    >>> c = plume_kg_m3(500.0, rate_kg_s=0.1, wind_m_s=2.0, stability="F", sigmas="spicer_havens")
    >>> f"{float(c):.3e}"
    '1.035e-04'
    """
    x = np.asarray(x_m, dtype=float)
    ahead = np.maximum(x, 1.0)
    sy = for_averaging_time(sigma_y_m(ahead, stability, sigmas), averaging_s)
    sz = sigma_z_m(ahead, stability, sigmas)
    across = portable.exp(-0.5 * portable.square(np.asarray(y_m, dtype=float) / sy))
    up = _reflected(np.asarray(z_m, dtype=float), height_m, sz)
    return np.asarray(np.where(x > 0.0, rate_kg_s / (2.0 * np.pi * wind_m_s * sy * sz) * across * up, 0.0))


def part_under_way(
    x_m: ArrayLike, *, since_start_s: ArrayLike, since_end_s: ArrayLike, wind_m_s: float, stability: Stability
) -> Array:
    """Return which part of its steady concentration a plume of limited length has at a distance. [0 to 1]

    Parameters
    ----------
    x_m
        Distance downwind, any shape. [m]
    since_start_s, since_end_s
        Time since the release began and since it ended; negative if it has not. Shapes that broadcast. [s]
    wind_m_s, stability
        Wind and Pasquill class. [m/s], [-]

    Notes
    -----
    The head is at ``u t`` and the tail at ``u (t - duration)``, both smeared along the wind by the puff's sigma_x:
    ``[erf((x - tail)/√2 sx) - erf((x - head)/√2 sx)] / 2`` (Palazzi et al. 1982, short-term releases).

    Examples
    --------
    >>> part_under_way([100., 600., 2000.], since_start_s=600., since_end_s=-1., wind_m_s=1., stability="D").round(2)
    array([1. , 0.5, 0. ])
    """
    x = np.maximum(np.asarray(x_m, dtype=float), 1.0)
    smear_m = smear_along_m(x, stability)
    return part_smeared(x, smear_m, since_start_s=since_start_s, since_end_s=since_end_s, wind_m_s=wind_m_s)


def smear_along_m(x_m: ArrayLike, stability: Stability) -> Array:
    """Return over which length head and tail of a plume are smeared at a distance: √2 sx of a puff. [m]

    Parameters
    ----------
    x_m
        Distance downwind, any shape, which the result has. [m]
    stability
        Pasquill class.
    """
    return np.asarray(_SQRT2 * sigma_y_m(x_m, stability, "ccps_puff"))


def part_smeared(
    x: Array, smear_m: Array, *, since_start_s: ArrayLike, since_end_s: ArrayLike, wind_m_s: float
) -> Array:
    """Return :func:`part_under_way` where the smear is known: of places that are asked for again and again.

    Parameters
    ----------
    x, smear_m
        Distance downwind, 1 m or more, and :func:`smear_along_m` there; the result has the shape of both. [m]
    since_start_s, since_end_s, wind_m_s
        As there.
    """
    since_start, since_end = np.asarray(since_start_s, dtype=float), np.asarray(since_end_s, dtype=float)
    head, tail = (_passed(x, smear_m, wind_m_s, since) for since in (since_start, since_end))
    return np.asarray(np.minimum(np.maximum(0.5 * (tail - head), 0.0), 1.0))


def _passed(x: Array, smear_m: Array, wind_m_s: float, since_s: Array) -> Array:
    """Return -1 where an end of a plume has passed, 1 where it is still to come, between them where it passes."""
    under_way = since_s > 0.0
    if not under_way.any():
        return np.ones(())
    passed = erf((x - wind_m_s * since_s) / smear_m)
    return np.asarray(passed if under_way.all() else np.where(under_way, passed, 1.0))


def _reflected(z: Array, height_m: float, sz: Array) -> Array:
    return np.asarray(
        portable.exp(-0.5 * portable.square((z - height_m) / sz))
        + portable.exp(-0.5 * portable.square((z + height_m) / sz))
    )
