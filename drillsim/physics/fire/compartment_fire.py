"""Compartment fires: flashover, ventilation limit, temperature and duration."""

from __future__ import annotations

import math
from typing import Final

from drillsim.base import portable
from drillsim.physics.fire.growth import ALPHA_KW_S2

DECAY_FROM: Final = 0.7
"""Part of the fuel that is gone when a fire begins to die down. EN 1991-1-2 Annex E (knowledge)."""


def opening_factor_m52(opening_m2: float, opening_height_m: float) -> float:
    """Return ``A_v sqrt(H_v)`` of one opening. [m^5/2]

    Examples
    --------
    >>> opening_factor_m52(2.0, 9.0)
    6.0
    """
    return opening_m2 * math.sqrt(opening_height_m)


def flashover_thomas_kw(inner_area_m2: float, opening_m2: float, opening_height_m: float) -> float:
    """Return the heat release rate at which a room flashes over, after Thomas. [kW]

    Parameters
    ----------
    inner_area_m2
        Walls, floor and ceiling without the opening. [m²]
    opening_m2, opening_height_m
        Area and height of the opening. [m²], [m]

    Notes
    -----
    ``Q = 7.8 A_T + 378 A_v sqrt(H_v)``; PD 7974-1 (found in an open implementation, eq. 28). Rooms up to about 500 m²
    of inner area.

    Examples
    --------
    >>> round(flashover_thomas_kw(1.0, 2.0, 9.0), 1)
    2275.8
    """
    return 7.8 * inner_area_m2 + 378.0 * opening_factor_m52(opening_m2, opening_height_m)


def flashover_mqh_kw(
    conductance_kw_m2k: float, inner_area_m2: float, opening_m2: float, opening_height_m: float
) -> float:
    """Return the heat release rate at flashover, after McCaffrey, Quintiere and Harkleroad. [kW]

    Notes
    -----
    ``Q = 610 sqrt(h_k A_T A_v sqrt(H_v))``, ``h_k`` the effective conductance of the linings in kW/(m² K); PD 7974-1
    (found, eq. 29).

    Examples
    --------
    >>> round(flashover_mqh_kw(0.03, 80.0, 2.0, 2.0))
    1589
    """
    return 610.0 * math.sqrt(conductance_kw_m2k * inner_area_m2 * opening_factor_m52(opening_m2, opening_height_m))


def ventilation_limit_kw(opening_m2: float, opening_height_m: float) -> float:
    """Return the most that can burn inside with the air that an opening lets in, after Kawagoe. [kW]

    Notes
    -----
    ``Q = 1500 A_v sqrt(H_v)``; PD 7974-1 (found, eq. 33).

    Examples
    --------
    >>> ventilation_limit_kw(2.0, 9.0)
    9000.0
    """
    return 1500.0 * opening_factor_m52(opening_m2, opening_height_m)


def hot_layer_rise_k(
    kw: float, conductance_kw_m2k: float, inner_area_m2: float, opening_m2: float, opening_height_m: float
) -> float:
    """Return the temperature rise of the hot layer before flashover, after MQH. [K]

    Notes
    -----
    ``dT = 6.85 (Q² / (A_v sqrt(H_v) A_T h_k))^(1/3)``; NUREG-1805 eq. 2.1 (found). Valid up to about 600 K. With the
    heat release of :func:`flashover_mqh_kw` it gives the 500 K that define flashover there, within 2 %:

    Examples
    --------
    >>> room = (0.03, 80.0, 2.0, 2.0)
    >>> round(hot_layer_rise_k(flashover_mqh_kw(*room), *room))
    493
    """
    vents = opening_factor_m52(opening_m2, opening_height_m)
    return 6.85 * portable.power(portable.square(kw) / (vents * inner_area_m2 * conductance_kw_m2k), 1.0 / 3.0)


def growth_s(growth: str, kw: float) -> float:
    """Return how long a t-squared fire takes from established burning to *kw*. [s]

    Examples
    --------
    >>> [round(growth_s(name, 1055.0)) for name in ("slow", "medium", "fast", "ultra_fast")]
    [600, 300, 150, 75]
    """
    return math.sqrt(kw / ALPHA_KW_S2[growth])
