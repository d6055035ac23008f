"""Release from a hole: liquid and gas discharge, flash, and evaporation from the resulting pool."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.air import GAS_CONSTANT, SEA_LEVEL_PA
from drillsim.physics.gas.substances import Substance
from drillsim.physics.gas.vapour_pressure import range_of
from drillsim.physics.gas.vapour_rows import ROWS
from drillsim.physics.validity import Array, ValidRange

GRAVITY_M_S2: Final = 9.80665
LIQUID_CD: Final = 0.63
"""Discharge coefficient of a sharp hole for liquid. Source: CCPS 1999, 0.61 to 0.63."""
GAS_CD: Final = 0.85
"""Discharge coefficient of a hole for gas. Source: CCPS 1999, 0.85."""
GROUND_W_M_K: Final = 0.92
"""Thermal conductivity of concrete. Source: CPR 14E (knowledge)."""
GROUND_M2_S: Final = 4.16e-7
"""Thermal diffusivity of concrete. Source: CPR 14E (knowledge)."""
POOL_DEPTH_M: Final = 0.005
"""Depth of an unbounded pool on rough concrete. Source: CPR 14E, 5 to 10 mm (knowledge)."""
AIR_M2_S: Final = 1.5e-5
"""Kinematic viscosity of air. Source: handbooks, 15 °C."""


def liquid_kg_s(
    hole_m: ArrayLike, liquid_kg_m3: float, overpressure_pa: ArrayLike, head_m: ArrayLike = 0.0, cd: float = LIQUID_CD
) -> Array:
    """Return the rate at which liquid leaves a round hole. [kg/s]

    Parameters
    ----------
    hole_m
        Diameter of the hole, any shape. [m]
    liquid_kg_m3
        Density of the liquid. [kg/m³]
    overpressure_pa, head_m
        Pressure above that outside, and height of liquid above the hole. [Pa], [m]
    cd
        Discharge coefficient.

    Notes
    -----
    ``m = Cd A sqrt(2 rho (dp + rho g h))``; a liquid that does not flash within the hole (short holes flash outside).
    The example is that of CCPS 1999, page 40: a 10 mm hole, 490 kg/m³, 19.61 kPa.

    Examples
    --------
    >>> round(float(liquid_kg_s(0.010, 490.0, 120_935.0 - 101_325.0)), 4)
    0.2169
    """
    area_m2 = 0.25 * np.pi * portable.square(np.asarray(hole_m, dtype=float))
    pressure = np.asarray(overpressure_pa, dtype=float) + liquid_kg_m3 * GRAVITY_M_S2 * np.asarray(head_m, dtype=float)
    return np.asarray(cd * area_m2 * np.sqrt(2.0 * liquid_kg_m3 * np.maximum(pressure, 0.0)))


def gas_kg_s(
    hole_m: ArrayLike,
    pressure_pa: ArrayLike,
    gas_kg_m3: float,
    gamma: float,
    *,
    outside_pa: float = SEA_LEVEL_PA,
    cd: float = GAS_CD,
) -> Array:
    """Return the rate at which gas leaves a round hole, choked if the pressure is high enough. [kg/s]

    Parameters
    ----------
    hole_m, pressure_pa
        Diameter, and absolute pressure inside; shapes that broadcast. [m], [Pa]
    gas_kg_m3
        Density of the gas inside. [kg/m³]
    gamma
        Ratio of its heat capacities, more than 1.
    outside_pa
        Pressure outside; lower on the plateau. [Pa]
    cd
        Discharge coefficient.

    Notes
    -----
    Isentropic flow of an ideal gas; choked where ``p_out/p <= (2/(g+1))**(g/(g-1))``. The example is that of
    CCPS 1999, page 47: 10 mm, 501 kPa, 8.90 kg/m³, gamma 1.15.

    Examples
    --------
    >>> round(float(gas_kg_s(0.010, 501e3, 8.90, 1.15)), 4)
    0.09
    """
    inside = np.asarray(pressure_pa, dtype=float)
    choked = portable.power(2.0 / (gamma + 1.0), gamma / (gamma - 1.0))
    ratio = np.clip(outside_pa / inside, choked, 1.0)
    head = (
        2.0
        * gas_kg_m3
        * inside
        * gamma
        / (gamma - 1.0)
        * (portable.power(ratio, 2.0 / gamma) - portable.power(ratio, (gamma + 1.0) / gamma))
    )
    return np.asarray(
        cd * 0.25 * np.pi * portable.square(np.asarray(hole_m, dtype=float)) * np.sqrt(np.maximum(head, 0.0))
    )


def emptied_s(rates_kg_s: ArrayLike, leaves_kg: float) -> Array:
    """Return when each of equal parts of what leaves a vessel has left. (n_parts,) [s]

    Parameters
    ----------
    rates_kg_s
        (n_parts + 1,) rate at the beginning and after each part. [kg/s]
    leaves_kg
        Mass of all parts. [kg]

    Notes
    -----
    Mass balance: each part takes its mass over the mean of the rates at its ends. That is exact where the rate falls
    evenly in time, as for a liquid in a vessel with straight walls: ``t = A/(Cd a) sqrt(2 h/g)`` to the level of the
    hole (Torricelli). The example is such a tank: 10 m wide, 5 m of water above a hole of 100 mm.

    Examples
    --------
    >>> head_m = np.linspace(5.0, 0.0, 6)
    >>> rates = liquid_kg_s(0.1, 1000.0, 0.0, head_m)
    >>> emptied_s(rates, 1000.0 * 5.0 * 0.25 * np.pi * 10.0**2)[-1].round(2).item()
    16028.73
    >>> round((10.0 / 0.1) ** 2 / LIQUID_CD * (2.0 * 5.0 / GRAVITY_M_S2) ** 0.5, 2)
    16028.73
    """
    rates = np.asarray(rates_kg_s, dtype=float)
    part_kg = leaves_kg / (len(rates) - 1)
    return np.asarray(np.cumsum(part_kg / (0.5 * (rates[:-1] + rates[1:]))))


def vapour_pressure_pa(substance: Substance, temperature_k: float) -> float:
    """Return the vapour pressure of a liquid. [Pa]

    From the table of :mod:`drillsim.physics.gas.vapour_rows`. What is not in it, petroleum products, follows
    Clausius-Clapeyron from the boiling point and a constant latent heat (assumption): within a fifth for 60 K around
    the boiling point.

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> round(vapour_pressure_pa(SUBSTANCES["ammonia"], 293.15) / 1e5, 2)
    8.57
    """
    row = ROWS.get(substance.name)
    if row is not None:
        return float(portable.exp(row.log_pa(temperature_k)))
    slope = substance.latent_j_kg * substance.molar_kg / GAS_CONSTANT
    return float(SEA_LEVEL_PA * portable.exp(slope * (1.0 / substance.boiling_k - 1.0 / temperature_k)))


def liquid_range(substance: Substance) -> ValidRange | None:
    """Return between which temperatures the vapour pressure is known; None of a mixture.

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> liquid_range(SUBSTANCES["methane"]).high, liquid_range(SUBSTANCES["diesel"])
    (190.56, None)
    """
    row = ROWS.get(substance.name)
    return None if row is None else range_of(substance.name, row)


@lru_cache(maxsize=1024)
def boiling_k(substance: Substance, outside_pa: float) -> float:
    """Return the boiling point under the pressure outside; the plateau lowers it. [K]

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> round(boiling_k(SUBSTANCES["chlorine"], 101_325.0), 1), round(boiling_k(SUBSTANCES["chlorine"], 60_000.0), 1)
    (239.2, 227.9)
    """
    row = ROWS.get(substance.name)
    if row is not None:
        return row.boiling_k(outside_pa)
    slope = substance.latent_j_kg * substance.molar_kg / GAS_CONSTANT
    return float(1.0 / (1.0 / substance.boiling_k - portable.log(outside_pa / SEA_LEVEL_PA) / slope))


def flash_part(substance: Substance, stored_k: float, outside_pa: float = SEA_LEVEL_PA) -> float:
    """Return which part of a superheated liquid turns to vapour at once. [0 to 1]

    Notes
    -----
    ``1 - exp(-c (T - Tb)/L)``, isenthalpic with constant properties (CCPS 1999).

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> round(flash_part(SUBSTANCES["chlorine"], 298.15), 2), flash_part(SUBSTANCES["benzene"], 298.15)
    (0.18, 0.0)
    """
    above_k = stored_k - boiling_k(substance, outside_pa)
    return float(1.0 - portable.exp(-substance.liquid_j_kg_k * max(0.0, above_k) / substance.latent_j_kg))


def airborne_part(flashed: float) -> float:
    """Return which part of a flashing release is carried off as vapour and fine droplets. [0 to 1]

    As much liquid as vapour is torn along as droplets, and all of it from a flash of half: rule of CCPS 1999 and
    the Dutch Purple Book (knowledge).

    Examples
    --------
    >>> airborne_part(0.18), airborne_part(0.6)
    (0.36, 1.0)
    """
    return min(1.0, 2.0 * flashed)


def boiling_pool_kg_m2_s(
    substance: Substance, ground_k: float, age_s: ArrayLike, outside_pa: float = SEA_LEVEL_PA
) -> Array:
    """Return how fast a liquid below the temperature of the ground boils off it. [kg/(m²·s)]

    Parameters
    ----------
    substance
        A liquid that boils below the temperature of the ground.
    ground_k
        Temperature of the ground. [K]
    age_s
        Time since the liquid reached the ground, any shape, more than 0; below 1 s it is taken as 1 s. [s]
    outside_pa
        Pressure of the air, which sets the boiling point. [Pa]

    Notes
    -----
    Heat conduction into a half-space of concrete: ``k (Tg - Tb)/(L sqrt(pi a t))`` (CPR 14E).

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> boiling_pool_kg_m2_s(SUBSTANCES["ammonia"], 288.15, [10.0, 1000.0]).round(4)
    array([0.009 , 0.0009])
    """
    flux = GROUND_W_M_K * max(0.0, ground_k - boiling_k(substance, outside_pa))
    spread = np.sqrt(np.pi * GROUND_M2_S * np.maximum(np.asarray(age_s, dtype=float), 1.0))
    return np.asarray(flux / (substance.latent_j_kg * spread))


def evaporating_pool_kg_m2_s(
    substance: Substance, temperature_k: float, wind_m_s: ArrayLike, diameter_m: ArrayLike
) -> Array:
    """Return how fast a liquid evaporates that does not boil. [kg/(m²·s)]

    Parameters
    ----------
    substance, temperature_k
        Liquid and its temperature. [-], [K]
    wind_m_s, diameter_m
        Wind at 10 m and diameter of the pool; shapes that broadcast. [m/s], [m]

    Notes
    -----
    Mackay and Matsugu 1973: ``k = 0.0048 u**0.78 d**-0.11 Sc**-0.67`` m/s, times the saturated vapour. The diffusivity
    is that of water vapour scaled by the root of the molar masses (assumption).

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> float(evaporating_pool_kg_m2_s(SUBSTANCES["benzene"], 298.15, 2.0, 10.0).round(5))
    0.0022
    """
    diffusivity = 2.5e-5 * np.sqrt(0.018 / substance.molar_kg)
    schmidt = AIR_M2_S / diffusivity
    wind, diameter = np.asarray(wind_m_s, dtype=float), np.maximum(np.asarray(diameter_m, dtype=float), 0.1)
    transfer = 0.0048 * portable.power(wind, 0.78) * portable.power(diameter, -0.11) * portable.power(schmidt, -0.67)
    saturated = vapour_pressure_pa(substance, temperature_k) * substance.molar_kg / (GAS_CONSTANT * temperature_k)
    return np.asarray(transfer * saturated)


def steady_pool_m2(spill_kg_s: float, evaporation_kg_m2_s: float, volume_m3: float) -> float:
    """Return the area of a pool that loses as much as is spilt, at most what the spilt volume can cover. [m²]

    Examples
    --------
    >>> steady_pool_m2(1.0, 0.01, 10.0)
    100.0
    """
    most = volume_m3 / POOL_DEPTH_M
    return most if evaporation_kg_m2_s <= 0 else min(most, spill_kg_s / evaporation_kg_m2_s)
