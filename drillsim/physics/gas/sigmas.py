"""How wide and how high a plume or puff is: the published dispersion coefficients as one table of functions.

All take distances downwind in metres, of any shape, and return standard deviations in metres.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.air import Stability
from drillsim.physics.validity import Array, ValidRange

SigmaSet = Literal["briggs_rural", "briggs_urban", "isc3_rural", "tno", "spicer_havens", "ccps_puff"]

SEINFELD: Final = ValidRange("distance downwind of sigma_z", 100.0, 10_000.0, "m", "Seinfeld 1986 (knowledge)")
BRIGGS: Final = ValidRange("distance downwind", 100.0, 10_000.0, "m", "Briggs 1973")
AVERAGING: Final = ValidRange("averaging time", 18.0, 3600.0, "s", "CCPS 1999, (t/600 s)**0.2")
TEN_MINUTES_S: Final = 600.0
"""Averaging time of the published widths. [s] Briggs 1973."""

_BRIGGS_Y: Final = {
    "briggs_rural": {"A": 0.22, "B": 0.16, "C": 0.11, "D": 0.08, "E": 0.06, "F": 0.04},
    "briggs_urban": {"A": 0.32, "B": 0.32, "C": 0.22, "D": 0.16, "E": 0.11, "F": 0.11},
}
_BRIGGS_Y_B: Final = {"briggs_rural": 1e-4, "briggs_urban": 4e-4}
_BRIGGS_Z: Final = {  # a, b, p of a x (1 + b x)**p
    "briggs_rural": {
        "A": (0.2, 0.0, 0.0), "B": (0.12, 0.0, 0.0), "C": (0.08, 2e-4, -0.5),
        "D": (0.06, 1.5e-3, -0.5), "E": (0.03, 3e-4, -1.0), "F": (0.016, 3e-4, -1.0),
    },
    "briggs_urban": {
        "A": (0.24, 1e-3, 0.5), "B": (0.24, 1e-3, 0.5), "C": (0.2, 0.0, 0.0),
        "D": (0.14, 3e-4, -0.5), "E": (0.08, 1.5e-3, -0.5), "F": (0.08, 1.5e-3, -0.5),
    },
}  # fmt: skip
"""Briggs 1973, ATDL-79, doi:10.2172/5118833."""
_TNO_Y: Final = {
    "A": (0.527, 0.865), "B": (0.371, 0.866), "C": (0.209, 0.897), "D": (0.128, 0.905), "E": (0.098, 0.902),
    "F": (0.065, 0.902),
}  # fmt: skip
_TNO_Z: Final = {
    "A": (0.28, 0.90), "B": (0.23, 0.85), "C": (0.22, 0.80), "D": (0.20, 0.76), "E": (0.15, 0.73), "F": (0.12, 0.67),
}  # fmt: skip
"""TNO Yellow Book, CPR 14E, 2005, chapter 4; ten-minute averages."""
_SPICER_HAVENS_Y: Final = {"A": 0.423, "B": 0.313, "C": 0.210, "D": 0.136, "E": 0.102, "F": 0.0674}
"""Spicer and Havens 1988, a x**0.9, ten-minute averages."""
_SEINFELD_Z: Final = {
    "A": (107.7, -1.7172, 0.277), "B": (0.1355, 0.8752, 0.0136), "C": (0.09623, 0.9477, -0.0020),
    "D": (0.04134, 1.1737, -0.0316), "E": (0.02275, 1.3010, -0.0450), "F": (0.01122, 1.4024, -0.0540),
}  # fmt: skip
"""Seinfeld 1986, a x**b exp(g ln(x)**2)."""
_PUFF_Y: Final = {
    "A": (0.18, 0.92), "B": (0.14, 0.92), "C": (0.10, 0.92), "D": (0.06, 0.92), "E": (0.04, 0.92), "F": (0.02, 0.89),
}  # fmt: skip
_PUFF_Z: Final = {
    "A": (0.60, 0.75), "B": (0.53, 0.73), "C": (0.34, 0.71), "D": (0.15, 0.70), "E": (0.10, 0.65), "F": (0.05, 0.61),
}  # fmt: skip
"""CCPS 1999, Guidelines for Consequence Analysis of Chemical Releases, puff."""
_ISC3_Y: Final = {
    "A": (24.1670, 2.5334), "B": (18.3330, 1.8096), "C": (12.5000, 1.0857), "D": (8.3330, 0.72382),
    "E": (6.2500, 0.54287), "F": (4.1667, 0.36191),
}  # fmt: skip
_ISC3_Z: Final[dict[str, tuple[tuple[float, float, float], ...]]] = {  # to x [km]; a, b of a x**b
    "A": (
        (0.10, 122.8, 0.9447), (0.15, 158.08, 1.0542), (0.20, 170.22, 1.0932), (0.25, 179.52, 1.1262),
        (0.30, 217.41, 1.2644), (0.40, 258.89, 1.4094), (0.50, 346.75, 1.7283), (np.inf, 453.85, 2.1166),
    ),
    "B": ((0.20, 90.673, 0.93198), (0.40, 98.483, 0.98332), (np.inf, 109.3, 1.0971)),
    "C": ((np.inf, 61.141, 0.91465),),
    "D": (
        (0.30, 34.459, 0.86974), (1.0, 32.093, 0.81066), (3.0, 32.093, 0.64403), (10.0, 33.504, 0.60486),
        (30.0, 36.650, 0.56589), (np.inf, 44.053, 0.51179),
    ),
    "E": (
        (0.10, 24.260, 0.83660), (0.30, 23.331, 0.81956), (1.0, 21.628, 0.75660), (2.0, 21.628, 0.63077),
        (4.0, 22.534, 0.57154), (10.0, 24.703, 0.50527), (20.0, 26.970, 0.46713), (40.0, 35.420, 0.37615),
        (np.inf, 47.618, 0.29592),
    ),
    "F": (
        (0.20, 15.209, 0.81558), (0.70, 14.457, 0.78407), (1.0, 13.953, 0.68465), (2.0, 13.953, 0.63227),
        (3.0, 14.823, 0.54503), (7.0, 16.187, 0.46490), (15.0, 17.836, 0.41507), (30.0, 22.651, 0.32681),
        (60.0, 27.074, 0.27436), (np.inf, 34.219, 0.21716),
    ),
}  # fmt: skip
"""EPA, User's Guide for the ISC3 Dispersion Models, vol. II, EPA-454/B-95-003b, 1995."""
_Z_MOST_M: Final = 5000.0
"""Greatest sigma_z. [m] Source: as above; taken for all sets (assumption)."""


def sigma_y_m(x_m: ArrayLike, stability: Stability, sigmas: SigmaSet = "briggs_rural") -> Array:
    """Return the crosswind standard deviation. [m]

    Parameters
    ----------
    x_m
        Distance downwind, any shape, more than 0; below 1 m it is taken as 1 m. [m]
    stability
        Pasquill class.
    sigmas
        Which published set.

    Examples
    --------
    >>> sigma_y_m([100, 1000], "F").round(2)
    array([ 3.98, 38.14])
    >>> float(sigma_y_m(500, "F", "spicer_havens").round(3))
    18.102
    """
    x = np.maximum(np.asarray(x_m, dtype=float), 1.0)
    if sigmas in _BRIGGS_Y:
        return np.asarray(_BRIGGS_Y[sigmas][stability] * x / np.sqrt(1.0 + _BRIGGS_Y_B[sigmas] * x))
    if sigmas == "isc3_rural":
        c, d = _ISC3_Y[stability]
        return np.asarray(465.11628 * (x / 1000.0) * portable.tan(0.017453293 * (c - d * portable.log(x / 1000.0))))
    if sigmas == "spicer_havens":
        return np.asarray(_SPICER_HAVENS_Y[stability] * portable.power(x, 0.9))
    a, b = (_TNO_Y if sigmas == "tno" else _PUFF_Y)[stability]
    return np.asarray(a * portable.power(x, b))


def sigma_z_m(x_m: ArrayLike, stability: Stability, sigmas: SigmaSet = "briggs_rural") -> Array:
    """Return the vertical standard deviation, at most 5000 m. [m]

    Parameters, units and shape of the result as in :func:`sigma_y_m`. ``spicer_havens`` has the heights of Seinfeld,
    which hold for :data:`SEINFELD`: nearer they shrink in proportion to the distance, farther they stay (assumption).

    Examples
    --------
    >>> sigma_z_m([100, 500, 2000, 5000], "D", "isc3_rural").round(4)
    array([ 4.6512, 18.2969, 50.1514, 88.6902])
    """
    x = np.maximum(np.asarray(x_m, dtype=float), 1.0)
    return np.asarray(np.minimum(_z_m(x, stability, sigmas), _Z_MOST_M))


def _z_m(x: Array, stability: Stability, sigmas: SigmaSet) -> Array:
    if sigmas in _BRIGGS_Z:
        a, b, p = _BRIGGS_Z[sigmas][stability]
        return np.asarray(a * x * portable.power(1.0 + b * x, p))
    if sigmas == "isc3_rural":
        return _isc3_z(x / 1000.0, stability)
    if sigmas == "spicer_havens":
        a, b, g = _SEINFELD_Z[stability]
        within = np.clip(x, SEINFELD.low, SEINFELD.high)
        sigma_m = a * portable.power(within, b) * portable.exp(g * portable.square(portable.log(within)))
        return np.asarray(sigma_m * np.minimum(x / SEINFELD.low, 1.0))
    a, b = (_TNO_Z if sigmas == "tno" else _PUFF_Z)[stability]
    return np.asarray(a * portable.power(x, b))


def _isc3_z(x_km: Array, stability: Stability) -> Array:
    rows = np.array(_ISC3_Z[stability])
    row = rows[np.searchsorted(rows[:-1, 0], x_km, side="left")]
    return np.asarray(row[..., 1] * portable.power(x_km, row[..., 2]))


def for_averaging_time(sigma_m: ArrayLike, averaging_s: float) -> Array:
    """Return a crosswind deviation of ten-minute averages for another averaging time; shape of *sigma_m*. [m]

    Notes
    -----
    ``sigma (t / 600 s)**0.2``, not below 18 s (CCPS 1999).

    Examples
    --------
    >>> float(for_averaging_time(100.0, 3600.0).round(1))
    143.1
    """
    least_s = AVERAGING.low
    return np.asarray(np.asarray(sigma_m, dtype=float) * portable.power(max(averaging_s, least_s) / TEN_MINUTES_S, 0.2))
