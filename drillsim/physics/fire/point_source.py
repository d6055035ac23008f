"""Point-source radiation of jet fires and fireballs, and its effects on people."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.gas.toxicity import probit_part
from drillsim.physics.validity import Array, ValidRange

FIREBALL_MASS: Final = ValidRange("mass in the fireball", 1.0, 1e6, "kg", "CCPS 1999")
JET_RADIANT_PART: Final = 0.20
"""Part of its heat that a jet fire radiates. Source: API 521, 0.15 to 0.3 (knowledge)."""
FIREBALL_RADIANT_PART: Final = 0.35
"""Part of its heat that a fireball radiates. Source: CCPS 1999, 0.3 to 0.4 (knowledge)."""
LARGE_FIREBALL_KG: Final = 30_000.0
LETHAL_DOSE: Final = 600.0
"""Dose that kills one in a hundred. [(kW/m²)^(4/3) s] Source: SFPE Handbook, 10 (kW/m²)^(4/3) min (found)."""
BURN_DOSE: Final = 20.0 * portable.power(9.5, 4 / 3)
"""Dose of second-degree burns: 20 s at 9.5 kW/m². [(kW/m²)^(4/3) s] Source: World Bank 1985 (knowledge)."""


def radiation_kw_m2(heat_kw: ArrayLike, distance_m: ArrayLike, radiant_part: float = JET_RADIANT_PART) -> Array:
    """Return the heat from a point that radiates all round, of shapes that broadcast. [kW/m²]

    Notes
    -----
    ``q = x Q/(4 pi r²)``; good beyond about two flame lengths, no loss in the air.

    Examples
    --------
    >>> float(radiation_kw_m2(100_000.0, 20.0).round(2))
    3.98
    """
    return np.asarray(radiant_part * np.asarray(heat_kw, dtype=float) / (4.0 * np.pi * np.square(distance_m)))


def jet_length_m(rate_kg_s: ArrayLike, heat_j_kg: float) -> Array:
    """Return the length of a jet flame; shape of *rate_kg_s*. [m]

    Notes
    -----
    ``L = 0.00326 (m Hc)**0.478`` with m Hc in W (Cook et al. 1990 as in Carsley 1994; knowledge).

    Examples
    --------
    >>> float(jet_length_m(5.0, 46.0e6).round(0))
    32.0
    """
    return np.asarray(0.00326 * portable.power(np.asarray(rate_kg_s, dtype=float) * heat_j_kg, 0.478))


def fireball(mass_kg: float) -> tuple[float, float, float]:
    """Return diameter, duration and height of the centre of the fireball of a bursting vessel. [m], [s], [m]

    Notes
    -----
    ``D = 5.8 M**(1/3)``, ``t = 0.45 M**(1/3)`` below 30 t and ``2.6 M**(1/6)`` above, ``H = 0.75 D`` (CCPS 1999).

    Examples
    --------
    >>> [round(value, 1) for value in fireball(100_000.0)]
    [269.2, 17.7, 201.9]
    """
    diameter_m = 5.8 * portable.power(mass_kg, 1 / 3)
    lasts_s = (
        0.45 * portable.power(mass_kg, 1 / 3) if mass_kg < LARGE_FIREBALL_KG else 2.6 * portable.power(mass_kg, 1 / 6)
    )
    return diameter_m, lasts_s, 0.75 * diameter_m


def fireball_kw_m2(mass_kg: float, heat_j_kg: float, distance_m: ArrayLike) -> Array:
    """Return the heat of a fireball on the ground at distances from below its centre; shape of *distance_m*. [kW/m²]

    Notes
    -----
    Surface power ``R M Hc/(pi D² t)``, view factor ``(D/2)² / (H² + d²)`` (CCPS 1999); no loss in the air.

    Examples
    --------
    >>> fireball_kw_m2(100_000.0, 46.0e6, [0.0, 500.0]).round(1)
    array([177.4,  24.9])
    """
    diameter_m, lasts_s, height_m = fireball(mass_kg)
    surface = FIREBALL_RADIANT_PART * mass_kg * heat_j_kg / 1000.0 / (np.pi * portable.square(diameter_m) * lasts_s)
    return np.asarray(
        surface
        * portable.square(0.5 * diameter_m)
        / (portable.square(height_m) + np.square(np.asarray(distance_m, dtype=float)))
    )


def thermal_dose(kw_m2: ArrayLike, seconds: ArrayLike) -> Array:
    """Return the dose of heat that harm goes by, ``t I**(4/3)``, of shapes that broadcast. [(kW/m²)^(4/3) s]

    Examples
    --------
    >>> thermal_dose([1.0, 8.0], 10.0).round(1)
    array([ 10., 160.])
    """
    return np.asarray(np.asarray(seconds, dtype=float) * portable.power(np.asarray(kw_m2, dtype=float), 4 / 3))


def thermal_death_part(kw_m2: ArrayLike, seconds: ArrayLike) -> Array:
    """Return the part of people in the open who die of heat, of shapes that broadcast. [0 to 1]

    Notes
    -----
    Eisenberg 1975: ``Pr = -14.9 + 2.56 ln(t I**(4/3)/1e4)``, I in W/m², t in s; with I in kW/m² without the 1e4.

    Examples
    --------
    >>> thermal_death_part([5.0, 26.6, 40.0], 30.0).round(2)
    array([0.  , 0.5 , 0.92])
    """
    return probit_part(-14.9 + 2.56 * portable.log(np.maximum(thermal_dose(kw_m2, seconds), 1e-9)))
