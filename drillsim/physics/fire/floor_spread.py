"""Fire spread between floors: flames from windows, burning façades, and the effect of sprinklers."""

from __future__ import annotations

from typing import Final

from drillsim.base import portable

FROM_WINDOW_TO_FLOOR_S: Final = (600.0, 1200.0)
"""From flashover until the floor above burns, where flames reach its windows: 10 to 20 minutes (knowledge). [s]

First Interstate Bank 1988 took about 45 minutes a floor on average over five floors (USFA TR-022, knowledge): water
was on it.
"""
FACADE_UP_M_S: Final = 3.5 / 60.0
"""Upward along a combustible façade: 3 to 4 m/min (Grenfell phase 1 report, knowledge). [m/s]"""
FACADE_DOWN_M_S: Final = 0.3 / 60.0
"""Downward, by burning pieces and melt (assumption, a tenth of upward). [m/s]"""
FACADE_ENTRY_S: Final = 300.0
"""From the flames in front of a window until the room behind it burns (assumption). [s]"""
SPRINKLER_DECAY_S1: Final = 0.023
"""Decay of a fire under sprinklers, Madrzykowski and Vettori 1992 (knowledge). [1/s]"""


def window_flame_m(kw: float, opening_width_m: float, opening_height_m: float) -> float:
    """Return how far flames reach above the top of a window. [m]

    Parameters
    ----------
    kw
        Heat release rate in the room. [kW]
    opening_width_m, opening_height_m
        Total width of the windows of that room and their height. [m]

    Notes
    -----
    ``L = 1.9 (Q / w)^(2/3) - h`` with Q in MW, EN 1991-1-2 Annex B (knowledge), without forced draught.

    Examples
    --------
    >>> round(window_flame_m(8000.0, 4.0, 1.5), 2)
    1.52
    """
    return max(0.0, 1.9 * portable.power(kw / 1000.0 / opening_width_m, 2.0 / 3.0) - opening_height_m)


def sprinkler_activation_kw(ceiling_m: float, radius_m: float = 2.5, rise_k: float = 48.0) -> float:
    """Return the size of fire at which the nearest sprinkler opens. [kW]

    Parameters
    ----------
    ceiling_m
        Height of the ceiling above the fuel, 2 to 10. [m]
    radius_m
        Distance from the axis of the fire, above 0.18 of that height. [m]
    rise_k
        Rise of the gas at which it opens: 68 °C above 20 °C. [K]

    Notes
    -----
    Alpert 1972 (knowledge): ``dT = 5.38 (Q/r)^(2/3) / H``. The lag of the bulb is left out (assumption: fast response).

    Examples
    --------
    >>> round(sprinkler_activation_kw(3.0))
    346
    """
    return radius_m * portable.power(rise_k * ceiling_m / 5.38, 1.5)


def sprinklered_kw(kw: float, dt_s: float) -> float:
    """Return the size of a fire *dt_s* after sprinklers opened at *kw*. [kW]

    Notes
    -----
    ``Q exp(-0.023 t)``, Madrzykowski and Vettori, NISTIR 4833, 1992 (knowledge): light-hazard offices, 0.07 mm/s.

    Examples
    --------
    >>> round(sprinklered_kw(346.0, 60.0))
    87
    """
    return kw * portable.exp(-SPRINKLER_DECAY_S1 * dt_s)
