"""Why a tank lights again: its blanket of foam decays while steel and content are still hot enough to light it."""

from __future__ import annotations

import math
from typing import Final

from drillsim.base import portable

BLANKET_CALM_S: Final = 6235.0
"""How long a blanket of foam lasts over a hot tank in calm air: the geometric middle of 1 and 3 h (assumption). [s]

Hinnant et al. 2017 (Colloids and Surfaces A 522, abstract): over fuel of 50 °C foams lived one to two orders of
magnitude shorter than over cold fuel. Hoshino and Hayashi 1990 (abstract): 15 min after extinction of a petrol fire of
30 min the surface burnt again under a torch through foams that still covered it. Neither gives the life of a blanket of
an hour's application on a tank."""
BLANKET_SPREAD: Final = 0.334
"""Spread of the logarithm of that life: 1 to 3 h in nine of ten cases, ln 3 / 2 / 1.645 (assumption)."""
WIND_HALVES_M_S: Final = 5.0
"""Wind that halves the life of a blanket (assumption). [m/s]"""
HOT_C: Final = 600.0
"""Temperature of the hottest steel and remains in a tank at knock-down (assumption). [°C]

The liquid itself cannot be above its boiling point, about 100 °C for a reformate. The experts at Gulei said that what
was left in the tank was hotter than its autoignition temperature; here that is the wall and what lies on the roof."""
COOLED_TAU_S: Final = 21_600.0
"""Time constant of their cooling under water (assumption). [s]

Petrol, 280 °C, cannot light after 4.8 h then; GB 50160 keeps water for 4 to 6 h (knowledge)."""
AIR_TAU_S: Final = 86_400.0
"""Time constant of their cooling in air (assumption: four times as slow as under water). [s]"""


def blanket_life_s(calm_s: float, wind_m_s: float) -> float:
    """Return how long a blanket of foam lasts in wind. [s]

    Examples
    --------
    >>> [round(blanket_life_s(6235.0, u)) for u in (0.0, 5.0, 10.0)]
    [6235, 3118, 1559]
    """
    return calm_s * float(portable.power(0.5, wind_m_s / WIND_HALVES_M_S))


def temperature_c(start_c: float, air_c: float, past_s: float, tau_s: float) -> float:
    """Return the temperature of what cools down, after some time (Newton). [°C]

    Examples
    --------
    >>> round(temperature_c(600.0, 20.0, 21_600.0, 21_600.0), 1)
    233.4
    """
    return air_c + (start_c - air_c) * float(portable.exp(-past_s / tau_s))


def cold_in_s(now_c: float, below_c: float, air_c: float, tau_s: float) -> float:
    """Return in which time a temperature falls below another; 0 if it is, ``inf`` if the air is hotter. [s]

    Examples
    --------
    >>> round(cold_in_s(600.0, 280.0, 20.0, 21_600.0))
    17331
    >>> cold_in_s(200.0, 280.0, 20.0, 21_600.0)
    0.0
    """
    if now_c <= below_c:
        return 0.0
    return tau_s * float(portable.log((now_c - air_c) / (below_c - air_c))) if below_c > air_c else math.inf
