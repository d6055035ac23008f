"""Foam and cooling water for tank fires: how much is needed, for how long, and how often an attack succeeds."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.gas.toxicity import probit_part
from drillsim.physics.validity import Array

Attack = Literal["fixed_chamber", "monitor", "polar_monitor", "large_tank", "spill", "dike"]

FOAM_L_MIN_M2: Final[dict[Attack, float]] = {
    "fixed_chamber": 4.1, "monitor": 6.5, "polar_monitor": 10.4, "large_tank": 8.1, "spill": 4.1, "dike": 6.5,
}  # fmt: skip
"""Least application rate of foam solution. [L/(min·m²)] Source: NFPA 11; large tanks LASTFIRE (knowledge)."""
FOAM_MINUTES: Final[dict[Attack, float]] = {
    "fixed_chamber": 55.0, "monitor": 65.0, "polar_monitor": 65.0, "large_tank": 65.0, "spill": 15.0, "dike": 30.0,
}  # fmt: skip
"""How long it must be kept up on a liquid that flashes below 38 °C. [min] Source: as above."""
HIGH_FLASH_C: Final = 37.8
"""Flash point from which a shorter attack is enough. [°C] Source: NFPA 11 (100 °F; knowledge)."""
FOAM_MINUTES_HIGH_FLASH: Final[dict[Attack, float]] = {"fixed_chamber": 30.0, "monitor": 50.0}
"""How long on a liquid that flashes at 38 °C or above; all others as below it. [min] Source: NFPA 11 (knowledge)."""
NEEDED_PART: Final = 0.8
"""Part of the standard's rate that puts out every other open tank fire (assumption).

The standard's rate then puts out about three in four, the 10 to 12 L/(min·m²) that industry came to use nearly all
(LASTFIRE and JOIFF, knowledge). No published table of failed attacks was found: Persson and Lönnermark (SP Report
2004:14) list some 30 fires with their rates, all fought over the top with mobile monitors."""
NEEDED_SPREAD: Final = 0.35
"""Spread of the logarithm of the rate that a fire takes (assumption)."""
OBSTRUCTED: Final = 1.5
"""Factor on the rate where a roof that floats inside has sunk askew and hides burning surface (assumption).

That foam does not reach pockets under such a roof is general knowledge; a figure was not found."""
COVER_PART: Final = 0.1
"""Part of the least rate that keeps a blanket whole after knock-down (assumption)."""
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


def foam_minutes(attack: Attack, flash_c: float = -40.0) -> float:
    """Return how long foam must be kept up, by the flash point of the liquid. [min]

    Examples
    --------
    >>> foam_minutes("fixed_chamber", -40.0), foam_minutes("fixed_chamber", 55.0), foam_minutes("spill", 55.0)
    (55.0, 30.0, 15.0)
    """
    shorter = FOAM_MINUTES_HIGH_FLASH if flash_c >= HIGH_FLASH_C else FOAM_MINUTES
    return shorter.get(attack, FOAM_MINUTES[attack])


def concentrate_l(attack: Attack, area_m2: float, flash_c: float = -40.0) -> float:
    """Return the concentrate that an attack of the full time uses: none of it should begin with less. [L]

    Examples
    --------
    >>> round(concentrate_l("monitor", 1000.0))
    12675
    """
    return CONCENTRATE_PART * FOAM_L_MIN_M2[attack] * area_m2 * foam_minutes(attack, flash_c)


def needed_margin(luck: float, *, obstructed: bool) -> float:
    """Return the least factor on the standard's rate with which an attack puts a tank out.

    Parameters
    ----------
    luck
        How much this fire takes: 1 is the middle; logarithms spread by :data:`NEEDED_SPREAD`.
    obstructed
        Whether a roof that floats inside hides part of the surface.

    Examples
    --------
    >>> round(needed_margin(1.0, obstructed=False), 2), round(needed_margin(1.0, obstructed=True), 2)
    (0.8, 1.2)
    """
    return NEEDED_PART * luck * (OBSTRUCTED if obstructed else 1.0)


def success_part(margin: ArrayLike, *, obstructed: bool = False) -> Array:
    """Return how many attacks succeed at a factor on the standard's rate; shape of *margin*. [0 to 1]

    Examples
    --------
    >>> success_part([1.0, 1.6]).round(2), success_part([1.0, 1.6], obstructed=True).round(2)
    (array([0.74, 0.98]), array([0.3 , 0.79]))
    """
    middle = needed_margin(1.0, obstructed=obstructed)
    return probit_part(5.0 + portable.log(np.asarray(margin, dtype=float) / middle) / NEEDED_SPREAD)


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
