"""Pool and tank fires: burning rate, flame height, heat flux at a distance."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.gas.release import GRAVITY_M_S2
from drillsim.physics.gas.substances import Flammable
from drillsim.physics.validity import Array, ValidRange

RADIATING: Final = ValidRange("diameter of the fire", 1.0, 50.0, "m", "Shokri and Beyler 1989")


def burning_kg_m2_s(fuel: Flammable, diameter_m: ArrayLike) -> Array:
    """Return the burning rate of a pool; shape of *diameter_m*. [kg/(m²·s)]

    Notes
    -----
    ``m' = m_inf (1 - exp(-k_beta D))`` (Babrauskas, SFPE Handbook), 0.2 to 100 m.

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> burning_kg_m2_s(SUBSTANCES["gasoline"].flammable, [0.5, 50.0]).round(4)
    array([0.0358, 0.055 ])
    """
    return np.asarray(
        (fuel.burning_kg_m2_s or 0.0) * -portable.expm1(-fuel.k_beta_1_m * np.asarray(diameter_m, dtype=float))
    )


def heat_release_kw(fuel: Flammable, diameter_m: ArrayLike) -> Array:
    """Return the heat release rate of a round pool; shape of *diameter_m*. [kW]

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> float(heat_release_kw(SUBSTANCES["gasoline"].flammable, 10.0).round(-3))
    189000.0
    """
    area_m2 = 0.25 * np.pi * portable.square(np.asarray(diameter_m, dtype=float))
    return np.asarray(burning_kg_m2_s(fuel, diameter_m) * fuel.heat_j_kg / 1000.0 * area_m2)


def flame_length_m(heat_kw: ArrayLike, diameter_m: ArrayLike) -> Array:
    """Return the mean flame length, of shapes that broadcast. [m]

    Notes
    -----
    Heskestad: ``L = 0.235 Q**0.4 - 1.02 D``, Q in kW; at least half of a diameter (assumption, for very wide pools).

    Examples
    --------
    >>> float(flame_length_m(189_000.0, 10.0).round(1))
    20.1
    """
    diameter = np.asarray(diameter_m, dtype=float)
    return np.asarray(
        np.maximum(0.235 * portable.power(np.asarray(heat_kw, dtype=float), 0.4) - 1.02 * diameter, 0.5 * diameter)
    )


def tilt_sine(fuel: Flammable, diameter_m: float, wind_m_s: float, air_kg_m3: float = 1.2) -> float:
    """Return the sine of the angle by which wind tilts a flame from the vertical. [0 to 1]

    Notes
    -----
    American Gas Association: ``cos = 1/sqrt(u*)`` for ``u* = u/(g m' D/rho)**(1/3)`` above 1, else upright (SFPE
    Handbook, NUREG-1805).

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> [round(tilt_sine(SUBSTANCES["xylene"].flammable, 30.0, u), 2) for u in (1.0, 5.0, 10.0)]
    [0.0, 0.66, 0.85]
    """
    scale_m_s = portable.power(GRAVITY_M_S2 * float(burning_kg_m2_s(fuel, diameter_m)) * diameter_m / air_kg_m3, 1 / 3)
    ratio = wind_m_s / scale_m_s if scale_m_s > 0 else 0.0
    return float(np.sqrt(1.0 - 1.0 / ratio)) if ratio > 1.0 else 0.0


def radiation_kw_m2(diameter_m: ArrayLike, distance_m: ArrayLike, towards_m: ArrayLike = 0.0) -> Array:
    """Return the heat that a burning pool radiates to places near the ground. [kW/m²]

    Parameters
    ----------
    diameter_m, distance_m
        Diameter, and distance from its centre; shapes that broadcast. [m]
    towards_m
        By how much wind leans the middle of the flame towards the place; negative if away. [m]

    Notes
    -----
    Shokri and Beyler 1989, fitted to fires of 1 to 50 m: ``15.4 (d/D)**-1.59``; NUREG-1805 recommends twice that for
    design, which is not done here. Not closer than the edge of the flame. The lean is an assumption.

    Examples
    --------
    >>> radiation_kw_m2(30.0, [15.0, 30.0, 60.0]).round(1)
    array([46.4, 15.4,  5.1])
    """
    diameter = np.asarray(diameter_m, dtype=float)
    apart = np.maximum(np.asarray(distance_m, dtype=float) - np.asarray(towards_m, dtype=float), 0.5 * diameter)
    return np.asarray(15.4 * portable.power(apart / diameter, -1.59))
