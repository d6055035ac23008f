"""Foam and cooling water for tank fires: how much is needed, and for how long."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

Attack = Literal["fixed_chamber", "monitor", "polar_monitor", "large_tank", "spill", "dike"]

FOAM_L_MIN_M2: Final[dict[Attack, float]] = {
    "fixed_chamber": 4.1, "monitor": 6.5, "polar_monitor": 10.4, "large_tank": 8.1, "spill": 4.1, "dike": 6.5,
}  # fmt: skip
"""Least application rate of foam solution. [L/(min·m²)] Source: NFPA 11; large tanks LASTFIRE (knowledge)."""
FOAM_MINUTES: Final[dict[Attack, float]] = {
    "fixed_chamber": 55.0, "monitor": 65.0, "polar_monitor": 65.0, "large_tank": 65.0, "spill": 15.0, "dike": 30.0,
}  # fmt: skip
"""How long it must be kept up. [min] Source: as above."""
LARGE_TANK_M: Final = 30.0
"""Diameter from which over-the-top attack needs the higher rate. Source: LASTFIRE, 30 to 60 m (knowledge)."""
CONCENTRATE_PART: Final = 0.03
"""Part of concentrate in the solution: 3 % foams (assumption)."""
COOLING_BURNING_L_S_M: Final = 0.6
"""Mobile cooling of a burning tank, per metre of its perimeter. [L/(s·m)] Source: GB 50160 (knowledge)."""
COOLING_ADJACENT_L_S_M: Final = 0.7
"""Mobile cooling of a neighbouring tank, per metre of half its perimeter. [L/(s·m)] Source: GB 50160 (knowledge)."""


def solution_l_s(attack: Attack, area_m2: float) -> float:
    """Return the least flow of foam solution over an area. [L/s]

    Examples
    --------
    >>> round(solution_l_s("monitor", 1000.0), 1)
    108.3
    """
    return FOAM_L_MIN_M2[attack] * area_m2 / 60.0


def concentrate_l(attack: Attack, area_m2: float) -> float:
    """Return the concentrate that an attack of the full time uses: none of it should begin with less. [L]

    Examples
    --------
    >>> round(concentrate_l("monitor", 1000.0))
    12675
    """
    return CONCENTRATE_PART * FOAM_L_MIN_M2[attack] * area_m2 * FOAM_MINUTES[attack]


def cooling_burning_l_s(diameter_m: float) -> float:
    """Return the cooling water of a burning tank. [L/s]

    Examples
    --------
    >>> round(cooling_burning_l_s(30.0), 1)
    56.5
    """
    return COOLING_BURNING_L_S_M * np.pi * diameter_m


def cooling_adjacent_l_s(diameter_m: float) -> float:
    """Return the cooling water of a tank next to a burning one: the side that faces it. [L/s]

    Examples
    --------
    >>> round(cooling_adjacent_l_s(30.0), 1)
    33.0
    """
    return COOLING_ADJACENT_L_S_M * 0.5 * np.pi * diameter_m


def water_film_l_min_m2(flow_l_s: float, diameter_m: float, height_m: float) -> float:
    """Return the water rate of a flow on the half of a tank's wall that faces the fire. [L/(min·m²)]

    Examples
    --------
    >>> round(water_film_l_min_m2(33.0, 30.0, 15.0), 1)
    2.8
    """
    return 60.0 * flow_l_s / (0.5 * np.pi * diameter_m * height_m)
