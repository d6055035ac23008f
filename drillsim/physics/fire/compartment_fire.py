"""Compartment fires: flashover, ventilation limit, temperature and duration.

Where a formula depends on the air, ``air`` is its pressure over that at sea level: the constants hold air of 1.2 kg/m³.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
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


def one_opening(openings: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Return the one opening that lets as much air in as several: its area and height. [m²], [m]

    Parameters
    ----------
    openings
        Area and height of each, at least one. [m²], [m]

    Notes
    -----
    Their areas and their ``A sqrt(H)`` add up, which is how MQH and Kawagoe take several openings in walls (SFPE
    Handbook, knowledge); exact where all share one neutral plane. EN 1991-1-2 takes ``A sqrt(h_eq)`` with the mean
    height by area, :func:`mean_height_m`, which is never less: 3 % more for the door and windows below.

    Examples
    --------
    >>> area_m2, height_m = one_opening([(2.0, 2.0), (2.4, 0.8)])
    >>> round(area_m2, 1), round(height_m, 3), round(opening_factor_m52(area_m2, height_m), 2)
    (4.4, 1.278, 4.98)
    >>> one_opening([(3.0, 2.25)])
    (3.0, 2.25)
    """
    if len(openings) == 1:
        return openings[0]
    area_m2 = sum(area for area, _ in openings)
    factor = sum(opening_factor_m52(*opening) for opening in openings)
    return area_m2, portable.square(factor / area_m2)


def mean_height_m(openings: Sequence[tuple[float, float]]) -> float:
    """Return the mean height of openings by area, ``h_eq`` of EN 1991-1-2, for the flames out of them. [m]

    Examples
    --------
    >>> round(mean_height_m([(2.0, 2.0), (2.4, 0.8)]), 3)
    1.345
    """
    if len(openings) == 1:
        return openings[0][1]
    return sum(area * height for area, height in openings) / sum(area for area, _ in openings)


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
    conductance_kw_m2k: float, inner_area_m2: float, opening_m2: float, opening_height_m: float, air: float = 1.0
) -> float:
    """Return the heat release rate at flashover, after McCaffrey, Quintiere and Harkleroad. [kW]

    Notes
    -----
    ``Q = 610 sqrt(h_k A_T A_v sqrt(H_v))``, ``h_k`` the effective conductance of the linings in kW/(m² K); PD 7974-1
    (found, eq. 29). Its form without dimensions (MQH 1981, knowledge) puts the density of the air beside ``A_v``: thin
    air carries less heat out, and a smaller fire flashes over.

    Examples
    --------
    >>> round(flashover_mqh_kw(0.03, 80.0, 2.0, 2.0))
    1589
    """
    return 610.0 * math.sqrt(
        conductance_kw_m2k * inner_area_m2 * air * opening_factor_m52(opening_m2, opening_height_m)
    )


def ventilation_limit_kw(opening_m2: float, opening_height_m: float, air: float = 1.0) -> float:
    """Return the most that can burn inside with the air that an opening lets in, after Kawagoe. [kW]

    Notes
    -----
    ``Q = 1500 A_v sqrt(H_v)``; PD 7974-1 (found, eq. 33): 3 MJ a kilogram of air, of which ``0.5 A_v sqrt(H_v)`` kg/s
    come in, in proportion to its density.

    Examples
    --------
    >>> ventilation_limit_kw(2.0, 9.0)
    9000.0
    """
    return 1500.0 * air * opening_factor_m52(opening_m2, opening_height_m)


def hot_layer_rise_k(
    kw: float, conductance_kw_m2k: float, inner_area_m2: float, opening_m2: float, opening_height_m: float,
    air: float = 1.0,
) -> float:  # fmt: skip
    """Return the temperature rise of the hot layer before flashover, after MQH. [K]

    Notes
    -----
    ``dT = 6.85 (Q² / (A_v sqrt(H_v) A_T h_k))^(1/3)``; NUREG-1805 eq. 2.1 (found), with the density of the air
    beside ``A_v`` as in :func:`flashover_mqh_kw`. Valid up to about 600 K. With the heat release of that function it
    gives the 500 K that define flashover there, within 2 %:

    Examples
    --------
    >>> room = (0.03, 80.0, 2.0, 2.0)
    >>> round(hot_layer_rise_k(flashover_mqh_kw(*room), *room))
    493
    """
    vents = air * opening_factor_m52(opening_m2, opening_height_m)
    return 6.85 * portable.power(portable.square(kw) / (vents * inner_area_m2 * conductance_kw_m2k), 1.0 / 3.0)


def growth_s(growth: str, kw: float) -> float:
    """Return how long a t-squared fire takes from established burning to *kw*. [s]

    Examples
    --------
    >>> [round(growth_s(name, 1055.0)) for name in ("slow", "medium", "fast", "ultra_fast")]
    [600, 300, 150, 75]
    """
    return math.sqrt(kw / ALPHA_KW_S2[growth])
