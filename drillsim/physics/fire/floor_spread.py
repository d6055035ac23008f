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
SPRAY_MM_S: Final = 0.07
"""Water that sprinklers of a light hazard put on the floor, 0.1 gpm/ft². NISTIR 4833 (found). [mm/s]"""


def window_flame_m(kw: float, opening_width_m: float, opening_height_m: float, air: float = 1.0) -> float:
    """Return how far flames reach above the top of a window. [m]

    Parameters
    ----------
    kw
        Heat release rate in the room. [kW]
    opening_width_m, opening_height_m
        Total width of the windows of that room and their height. [m]
    air
        Pressure of the air over that at sea level. [0..1]

    Notes
    -----
    ``L = 1.9 (Q / w)^(2/3) - h`` with Q in MW, EN 1991-1-2 Annex B (knowledge), without forced draught: its
    ``h (2.37 (Q / (A rho sqrt(g h)))^(2/3) - 1)`` with 0.45 kg/m³ for the hot gas, which thins as the air does.

    Examples
    --------
    >>> round(window_flame_m(8000.0, 4.0, 1.5), 2)
    1.52
    """
    return max(0.0, 1.9 * portable.power(kw / 1000.0 / opening_width_m / air, 2.0 / 3.0) - opening_height_m)


def sprinkler_activation_kw(ceiling_m: float, radius_m: float = 2.5, rise_k: float = 48.0, air: float = 1.0) -> float:
    """Return the size of fire at which the nearest sprinkler opens. [kW]

    Parameters
    ----------
    ceiling_m
        Height of the ceiling above the fuel, 2 to 10. [m]
    radius_m
        Distance from the axis of the fire, above 0.18 of that height. [m]
    rise_k
        Rise of the gas at which it opens: 68 °C above 20 °C. [K]
    air
        Pressure of the air over that at sea level. [0..1]

    Notes
    -----
    Alpert 1972 (knowledge): ``dT = 5.38 (Q/r)^(2/3) / H`` at sea level. Without dimensions Q goes with the density of
    the air, as in every law of plumes, so that a smaller fire opens sprinklers where air is thin. The lag of the bulb
    is left out (assumption: fast response).

    Examples
    --------
    >>> round(sprinkler_activation_kw(3.0))
    346
    """
    return air * radius_m * portable.power(rise_k * ceiling_m / 5.38, 1.5)


def sprinkler_time_constant_s(spray_mm_s: float = SPRAY_MM_S) -> float:
    """Return the time in which sprinklers bring a fire down to 1/e. [s]

    Parameters
    ----------
    spray_mm_s
        Water per area and time, from 0.07. [mm/s]

    Notes
    -----
    ``3.0 w^-1.85``, Evans, NISTIR 5254, 1993, from cribs of wood. Its abstract (found) says 410 s at 0.07 mm/s, which
    this exponent gives; CFAST has 1.8 (found) and with it 360 s.

    Examples
    --------
    >>> [round(sprinkler_time_constant_s(w)) for w in (0.07, 0.1, 0.2)]
    [411, 212, 59]
    """
    return 3.0 * portable.power(spray_mm_s, -1.85)


def sprinklered_kw(kw: float, dt_s: float, spray_mm_s: float = SPRAY_MM_S) -> float:
    """Return the size of a fire *dt_s* after sprinklers opened at *kw*: an upper bound where nothing shields it. [kW]

    Notes
    -----
    ``Q exp(-t / tau)`` with :func:`sprinkler_time_constant_s`. Furnishings of offices burnt no longer than that
    (Madrzykowski and Vettori, NISTIR 4833, 1992: found).

    Examples
    --------
    >>> round(sprinklered_kw(346.0, 60.0)), round(sprinklered_kw(346.0, 600.0))
    (299, 80)
    """
    return kw * portable.exp(-dt_s / sprinkler_time_constant_s(spray_mm_s))
