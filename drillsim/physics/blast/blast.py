"""Blast of a surface explosion: TNT equivalence, overpressure with distance, and its effects.

Simplified Kingery airblast polynomials for a hemispherical surface burst (M. M. Swisdak, "Simplified Kingery airblast
calculations", 26th DoD Explosives Safety Seminar, 1994), at sea level; overpressure in thin air by Sachs' scaling.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.polynomial import polynomial
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.gas.toxicity import probit_part
from drillsim.physics.validity import Array, ValidRange

TNT_J_KG: Final = 4.68e6
"""Blast energy of TNT. [J/kg] Source: CCPS 1999."""
YIELD: Final = 0.04
"""Part of the combustion heat of a vapour cloud that goes into blast. Source: CCPS 1999, 0.03 to 0.10 (knowledge)."""
INCIDENT: Final = ValidRange("scaled distance", 0.2, 198.5, "m/kg^(1/3)", "Swisdak 1994")
REFLECTED: Final = ValidRange("scaled distance of a reflected wave", 0.06, 40.0, "m/kg^(1/3)", "Swisdak 1994")
ARRIVAL: Final = ValidRange("scaled distance of an arrival", 0.06, 40.0, "m/kg^(1/3)", "Swisdak 1994")
DURATION: Final = ValidRange("scaled distance of a positive phase", 0.2, 40.0, "m/kg^(1/3)", "Swisdak 1994")
SOUND_M_MS: Final = 0.3403
"""Speed of sound, with which a weak blast travels. [m/ms] Source: ISO 2533, sea level."""

_FARTHEST: Final = 1e12
"""Scaled distance beyond which a blast is nothing (numerical bound). [m/kg^(1/3)]"""

Pieces = tuple[tuple[float, tuple[float, ...]], ...]

_INCIDENT: Final[Pieces] = (
    (2.9, (7.2106, -2.1069, -0.3229, 0.1117, 0.0685)),
    (23.8, (7.5938, -3.0523, 0.40977, 0.0261, -0.01267)),
    (np.inf, (6.0536, -1.4066)),
)
"""Incident pressure: powers of ln Z up to a scaled distance Z.

Source: Swisdak 1994, simplified Kingery airblast, hemisphere on the ground (knowledge).
"""
_REFLECTED: Final[Pieces] = (
    (2.0, (9.006, -2.6893, -0.6295, 0.1011, 0.29255, 0.13505, 0.019736)),
    (np.inf, (8.8396, -1.733, -2.64, 2.293, -0.8232, 0.14247, -0.0099)),
)
"""Reflected pressure, the same.

Source: Swisdak 1994, simplified Kingery airblast, hemisphere on the ground (knowledge).
"""
_ARRIVAL: Final[Pieces] = (
    (1.5, (-0.7604, 1.8058, 0.1257, -0.0437, -0.0310, -0.00669)),
    (np.inf, (-0.7137, 1.5732, 0.5561, -0.4213, 0.1054, -0.00929)),
)
"""Time of arrival over the cube root of the mass, the same.

Source: Swisdak 1994, simplified Kingery airblast, hemisphere on the ground (knowledge).
"""
_DURATION: Final[Pieces] = (
    (1.02, (0.5426, 3.2299, -1.5931, -5.9667, -4.0815, -0.9149)),
    (2.8, (0.5440, 2.7082, -9.7354, 14.3425, -9.7791, 2.8535)),
    (np.inf, (-2.4608, 7.1639, -5.6215, 2.2711, -0.44994, 0.03486)),
)
"""Duration of the positive phase over the cube root of the mass, the same.

Source: Swisdak 1994, simplified Kingery airblast, hemisphere on the ground (knowledge).
"""


def tnt_kg(mass_kg: ArrayLike, heat_j_kg: float, yield_: float = YIELD) -> Array:
    """Return the TNT that makes the blast of a cloud or charge; shape of *mass_kg*. [kg]

    ``W = n M Hc/4.68 MJ/kg`` (CCPS 1999).

    Examples
    --------
    >>> float(tnt_kg(10_000.0, 46.0e6).round(0))
    3932.0
    """
    return np.asarray(yield_ * np.asarray(mass_kg, dtype=float) * heat_j_kg / TNT_J_KG)


def scaled_m(tnt: ArrayLike, distance_m: ArrayLike) -> Array:
    """Return the scaled distance ``R/W**(1/3)``, of shapes that broadcast; 0.1 m is the nearest. [m/kg^(1/3)]

    Without an explosive there is no blast: of 0 kg everything is infinitely far away.

    Examples
    --------
    >>> scaled_m([1000.0, 0.0], 100.0)
    array([10., inf])
    """
    root = portable.cbrt(np.maximum(np.asarray(tnt, dtype=float), 0.0))
    near = np.maximum(np.asarray(distance_m, dtype=float), 0.1)
    return np.asarray(np.where(root > 0.0, near / np.where(root > 0.0, root, 1.0), np.inf))


def overpressure_kpa(tnt: ArrayLike, distance_m: ArrayLike, air: float = 1.0) -> Array:
    """Return the peak incident overpressure. [kPa]

    Parameters
    ----------
    tnt, distance_m
        Equivalent mass and distance along the ground; shapes that broadcast. [kg], [m]
    air
        Pressure of the air over that at sea level: Sachs' scaling has overpressure in proportion to it, and distance to
        the cube root of its inverse (Sachs 1944; knowledge). [dimensionless]

    Notes
    -----
    Valid for :data:`INCIDENT`. Nearer it is held at its value for 0.2; farther it goes on falling as the last piece of
    the curve, a power of distance. 0 without an explosive.

    Examples
    --------
    >>> float(overpressure_kpa(10_000.0, 500.0).round(4))
    5.055
    """
    scaled = scaled_m(tnt, distance_m) * float(portable.cbrt(air))
    return np.where(np.isinf(scaled), 0.0, air * _exp_of(_INCIDENT, np.clip(scaled, INCIDENT.low, _FARTHEST)))


def reflected_kpa(tnt: ArrayLike, distance_m: ArrayLike) -> Array:
    """Return the peak pressure on a wall that faces the blast, any shape. [kPa]

    Valid for :data:`REFLECTED`: nearer it is held; farther it is what it is there, in proportion to the incident wave,
    of which it comes to be twice (acoustic limit). 0 without an explosive.

    Examples
    --------
    >>> float(reflected_kpa(10_000.0, 500.0).round(2))
    10.24
    """
    scaled = scaled_m(tnt, distance_m)
    within = np.clip(scaled, REFLECTED.low, REFLECTED.high)
    at_end = _exp_of(_INCIDENT, np.maximum(within, INCIDENT.low))
    beyond = np.where(scaled > REFLECTED.high, overpressure_kpa(tnt, distance_m) / at_end, 1.0)
    return np.asarray(_exp_of(_REFLECTED, within) * beyond)


def arrival_ms(tnt: ArrayLike, distance_m: ArrayLike) -> Array:
    """Return when the blast arrives, any shape. [ms]

    Valid for :data:`ARRIVAL`: nearer in proportion to the distance, farther with the speed of sound; ``inf`` without an
    explosive.

    Examples
    --------
    >>> float(arrival_ms(10_000.0, 500.0).round(0))
    1276.0
    """
    scaled = scaled_m(tnt, distance_m)
    within = np.clip(scaled, ARRIVAL.low, ARRIVAL.high)
    nearer = np.minimum(scaled / ARRIVAL.low, 1.0)
    later = np.maximum(scaled - ARRIVAL.high, 0.0) / SOUND_M_MS
    root = portable.cbrt(np.maximum(np.asarray(tnt, dtype=float), 0.0))
    return np.where(root > 0.0, (_exp_of(_ARRIVAL, within) * nearer + np.minimum(later, 1e300)) * root, np.inf)


def duration_ms(tnt: ArrayLike, distance_m: ArrayLike) -> Array:
    """Return how long the positive phase lasts, any shape. [ms]

    Valid for :data:`DURATION`: beyond its ends it is held at its value there; 0 without an explosive.

    Examples
    --------
    >>> float(duration_ms(10_000.0, 500.0).round(0))
    133.0
    """
    within = np.clip(scaled_m(tnt, distance_m), DURATION.low, DURATION.high)
    return np.asarray(_exp_of(_DURATION, within) * portable.cbrt(np.maximum(np.asarray(tnt, dtype=float), 0.0)))


def distance_m(tnt: float, kpa: float) -> float:
    """Return how far an overpressure reaches. [m]

    By bisection on the falling curve, between the scaled distances 0.2 and 198.5.

    Examples
    --------
    >>> round(distance_m(10_000.0, 5.055))
    500
    """
    near, far = (limit * portable.power(tnt, 1 / 3) for limit in (INCIDENT.low, INCIDENT.high))
    for _ in range(60):
        middle = 0.5 * (near + far)
        near, far = (middle, far) if float(overpressure_kpa(tnt, middle)) > kpa else (near, middle)
    return float(near)


def lung_death_part(kpa: ArrayLike) -> Array:
    """Return the part of people in the open who die of lung haemorrhage; shape of *kpa*. [0 to 1]

    Notes
    -----
    ``Pr = -77.1 + 6.91 ln P``, P in Pa (CCPS 1999; knowledge).

    Examples
    --------
    >>> lung_death_part([50.0, 144.4, 200.0]).round(2)
    array([0.  , 0.5 , 0.99])
    """
    return probit_part(-77.1 + 6.91 * portable.log(1000.0 * np.maximum(np.asarray(kpa, dtype=float), 1e-6)))


def eardrum_part(kpa: ArrayLike) -> Array:
    """Return the part of people in the open whose eardrums burst; shape of *kpa*. [0 to 1]

    ``Pr = -15.6 + 1.93 ln P``, P in Pa (CCPS 1999; knowledge).

    Examples
    --------
    >>> eardrum_part([6.9, 43.2, 200.0]).round(2)
    array([0. , 0.5, 1. ])
    """
    return probit_part(-15.6 + 1.93 * portable.log(1000.0 * np.maximum(np.asarray(kpa, dtype=float), 1e-6)))


def structural_damage_part(kpa: ArrayLike) -> Array:
    """Return the part of buildings that are damaged beyond use; shape of *kpa*. [0 to 1]

    ``Pr = -23.8 + 2.92 ln P``, P in Pa (CCPS 1999; knowledge).

    Examples
    --------
    >>> structural_damage_part([6.9, 19.2, 68.9]).round(2)
    array([0. , 0.5, 1. ])
    """
    return probit_part(-23.8 + 2.92 * portable.log(1000.0 * np.maximum(np.asarray(kpa, dtype=float), 1e-6)))


def _exp_of(pieces: Pieces, scaled: Array) -> Array:
    log = portable.log(scaled)
    piece = np.searchsorted([until for until, _ in pieces[:-1]], scaled, side="left")
    values = np.array([polynomial.polyval(log, coefficients) for _, coefficients in pieces])
    return np.asarray(portable.exp(np.take_along_axis(values, piece[np.newaxis], axis=0)[0]))
