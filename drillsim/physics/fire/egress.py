"""How people leave a building: the SFPE hydraulic model, the time before they move, and crews on the stair."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from drillsim.base import portable

Array = NDArray[np.float64]

CROWDING_M2: Final = 0.266
"""``a`` of the speed law. [m²/person] SFPE Handbook, Gwynne and Rosenbaum (knowledge)."""
BEST_DENSITY: Final = 1.88
"""Where most people pass. [person/m²] SFPE Handbook (knowledge)."""
STAIR_K: Final[Mapping[str, float]] = MappingProxyType(
    {"190/254": 1.00, "178/279": 1.08, "165/305": 1.16, "165/330": 1.23}
)
"""Speed constant of stairs by riser and tread. [mm/mm], [m/s] SFPE Handbook (knowledge)."""
SLOPE_M_PER_M: Final = 1.85
"""Way along a 178/279 stair per metre of height, ``sqrt(178² + 279²) / 178`` (derived). [m/m]"""
LANE_M: Final = 0.60
"""Width of stair that a crew on its way up takes (assumption: one file with kit). [m]"""
Z99: Final = 2.3263478740408408
"""Standard normal quantile of 99 %, by definition."""


def speed_ms(density_p_m2: Array | float, k_ms: float) -> Array:
    """Return the speed of people at a density. [m/s]

    Parameters
    ----------
    density_p_m2 : (n,) array
        People per area. [1/m²]
    k_ms
        1.40 on the level and through doors, :data:`STAIR_K` on stairs. [m/s]

    Notes
    -----
    ``S = k - 0.266 k D`` from 0.54 to 3.76 persons/m², ``0.85 k`` below; SFPE Handbook (knowledge).

    Examples
    --------
    >>> speed_ms(np.array([0.1, 1.88, 4.0]), 1.4).round(3)
    array([1.19, 0.7 , 0.  ])
    """
    density = np.asarray(density_p_m2, dtype=float)
    return np.clip(k_ms * (1.0 - CROWDING_M2 * density), 0.0, 0.85 * k_ms)


def specific_flow_p_sm(density_p_m2: float, k_ms: float) -> float:
    """Return people per second and metre of effective width: ``S D``. [1/(s m)]

    Examples
    --------
    >>> round(specific_flow_p_sm(BEST_DENSITY, 1.40), 3), round(specific_flow_p_sm(BEST_DENSITY, 1.08), 3)
    (1.316, 1.015)
    """
    return float(speed_ms(density_p_m2, k_ms) * density_p_m2)


def effective_width_m(width_m: float, boundary_m: float = 0.15) -> float:
    """Return the width that people use: the clear width less a boundary layer on each side. [m]

    Examples
    --------
    >>> round(effective_width_m(1.2), 2), effective_width_m(0.2)
    (0.9, 0.0)
    """
    return max(0.0, width_m - 2.0 * boundary_m)


def capacity_p_s(width_m: float, k_ms: float, boundary_m: float = 0.15) -> float:
    """Return the most people per second through a stair or door of a clear width: ``F_c = F_s W_e``. [1/s]

    Examples
    --------
    >>> round(capacity_p_s(1.2, 1.08), 3)
    0.914
    """
    return specific_flow_p_sm(BEST_DENSITY, k_ms) * effective_width_m(width_m, boundary_m)


def passing_s(people: int, width_m: float, k_ms: float) -> float:
    """Return how long so many people take to pass: ``t = P / F_c``. [s]

    Examples
    --------
    >>> round(passing_s(100, 1.2, 1.08))
    109
    """
    return people / capacity_p_s(width_m, k_ms)


def width_beside_crew_m(width_m: float, climbing: int) -> float:
    """Return the clear stair width left to people on their way down while crews climb. [m]

    Examples
    --------
    >>> width_beside_crew_m(1.4, 0), round(width_beside_crew_m(1.4, 4), 2)
    (1.4, 0.8)
    """
    return max(0.0, width_m - LANE_M) if climbing > 0 else width_m


def pre_movement_s(shares: Array, first_s: float, last_s: float) -> Array:
    """Return the time from the alarm until people move.

    Parameters
    ----------
    shares : (n,) array
        Place of each person in the distribution. [0..1]
    first_s, last_s
        First and ninety-ninth percentile. [s]

    Returns
    -------
    (n,) array
        [s]

    Notes
    -----
    Lognormal through both percentiles; PD 7974-6 states them: office 0.5-1 min and 1-2 min more, sleeping 5-10 min and
    5-20 min more (knowledge).

    Examples
    --------
    >>> pre_movement_s(np.array([0.01, 0.5, 0.99]), 60.0, 240.0).round()
    array([ 60., 120., 240.])
    """
    middle = 0.5 * (portable.log(first_s) + portable.log(last_s))
    spread = (portable.log(last_s) - portable.log(first_s)) / (2.0 * Z99)
    return np.asarray(portable.exp(middle + spread * _normal_quantile(np.asarray(shares, dtype=float))))


def _normal_quantile(shares: Array) -> Array:
    return np.asarray(ndtri(np.clip(shares, 1e-6, 1.0 - 1e-6)))
