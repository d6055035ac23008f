"""Smoke in tall buildings: stack effect, filling of stairs, and carbon monoxide."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base import portable

Array = NDArray[np.float64]

CO_AFTER_FLASHOVER_PPM: Final = 28_600.0
"""Carbon monoxide in what leaves a room that burns by its air: a yield of 0.2 kg/kg (NFPA 555, knowledge), 18 MJ/kg,
``1500 A sqrt(H)`` kW of fire in ``0.5 A sqrt(H)`` kg/s of air: 0.0167 of 0.583 kg/s. [ppm]"""
CO_BEFORE_FLASHOVER_PPM: Final = 2000.0
"""The same before flashover, on the floor of the fire (assumption). [ppm]"""
SEA_LEVEL_KG_M3: Final = 1.2
"""Air at sea level and 20 °C, by the ideal gas law (derived). [kg/m³]"""
ORIFICE: Final = 0.65
"""Discharge coefficient of gaps round doors. Klote and Milke (knowledge)."""


def stack_pressure_pa(height_m: float, outside_c: float, inside_c: float = 20.0, air: float = 1.0) -> float:
    """Return the pressure across a shaft wall at *height_m* above its neutral plane. [Pa]

    Parameters
    ----------
    height_m
        Above (positive) or below the neutral plane. [m]
    outside_c, inside_c
        Air temperatures. [°C]
    air
        Pressure of the air over that at sea level. [0..1]

    Notes
    -----
    ``dp = 3460 (1/To - 1/Ti) h``, Klote and Milke, *Principles of Smoke Management* (knowledge). The 3460 is
    ``g p / R`` at sea level, so it goes with the pressure of the air. Positive means out of the shaft: on winter nights
    smoke goes up the stairs and out on the upper floors.

    Examples
    --------
    At sea level and at 2261 m:

    >>> round(stack_pressure_pa(60.0, -18.0), 1), round(stack_pressure_pa(60.0, -18.0, air=0.7595), 1)
    (105.5, 80.1)
    """
    return 3460.0 * air * (1.0 / (outside_c + 273.15) - 1.0 / (inside_c + 273.15)) * height_m


def leakage_m3_s(gap_m2: float, pressure_pa: float, density_kg_m3: float = SEA_LEVEL_KG_M3) -> float:
    """Return the flow through a gap. [m³/s]

    Notes
    -----
    ``0.65 A sqrt(2 dp / rho)``, Klote and Milke (knowledge). On a plateau the pressures of buoyancy and the density
    fall alike, so that they drive as many cubic metres as at sea level.

    Examples
    --------
    >>> round(leakage_m3_s(0.02, 25.0), 3)
    0.084
    """
    return math.copysign(ORIFICE * gap_m2 * math.sqrt(2.0 * abs(pressure_pa) / density_kg_m3), pressure_pa)


def diluted(share: float, inflow_m3_s: float, fresh_m3_s: float, volume_m3: float, dt_s: float) -> float:
    """Return the share of smoke in a mixed volume after *dt_s*. [0..1]

    Parameters
    ----------
    share
        Share of smoke in it now. [0..1]
    inflow_m3_s, fresh_m3_s
        Smoke and fresh air that flow in; as much flows out. [m³/s]
    volume_m3
        Its volume. [m³]
    dt_s
        Time. [s]

    Examples
    --------
    >>> round(diluted(0.0, 1.0, 1.0, 600.0, 300.0), 3)
    0.316
    """
    total = inflow_m3_s + fresh_m3_s
    if total <= 0:
        return share
    steady = inflow_m3_s / total
    return steady + (share - steady) * portable.exp(-total * dt_s / volume_m3)


def fed_co(co_ppm: Array | float, dt_s: float) -> Array:
    """Return the fractional effective dose that carbon monoxide adds in *dt_s*.

    Parameters
    ----------
    co_ppm : (n,) array
        Concentration that each person breathes. [ppm]
    dt_s
        Time. [s]

    Returns
    -------
    (n,) array
        Dose; 1 incapacitates the median person. [dimensionless]

    Notes
    -----
    ISO 13571: 35 000 ppm·min incapacitate (knowledge). Irritants, heat and other gases are left out.

    Examples
    --------
    >>> fed_co(np.array([0.0, 3500.0]), 600.0)
    array([0., 1.])
    """
    return np.asarray(co_ppm, dtype=float) * dt_s / 60.0 / 35_000.0
