"""The air that carries a cloud: pressure on the plateau, stability, wind with height, ppm."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.validity import Array, ValidRange

Stability = Literal["A", "B", "C", "D", "E", "F"]
Terrain = Literal["rural", "urban"]
Sky = Literal["clear", "broken", "overcast"]

SEA_LEVEL_PA: Final = 101_325.0
"""Pressure of the standard atmosphere. [Pa] Source: ISO 2533, by definition."""
STANDARD_K: Final = 298.15
"""25 °C, at which molar volumes are given. [K] By definition."""
MOLAR_VOLUME_L: Final = 24.45
"""Litres of one mole of gas at 25 °C and 1 atm. The ideal gas law (derived)."""
GAS_CONSTANT: Final = 8.314462618
"""[J/(mol·K)] Source: CODATA 2018, exact."""
AIR_KG_MOL: Final = 0.028964
"""Molar mass of dry air. [kg/mol] Source: ISO 2533."""
WIND: Final = ValidRange("wind speed at 10 m", 0.5, 25.0, "m/s", "CCPS 1999")
"""Below 0.5 m/s a plume has no direction; above 25 m/s the stability classes were never observed."""


_DAY: Final[tuple[tuple[float, tuple[Stability, Stability, Stability]], ...]] = (
    # upper wind [m/s]; strong, moderate, slight sun; "A-B" is read as the second. Pasquill 1961, Turner 1970
    (2.0, ("A", "B", "B")),
    (3.0, ("B", "B", "C")),
    (5.0, ("B", "C", "C")),
    (6.0, ("C", "D", "D")),
    (np.inf, ("C", "D", "D")),
)
"""Stability by day: to wind, and class by sun. Source: Pasquill 1961, Turner 1970."""
_NIGHT: Final[tuple[tuple[float, tuple[Stability, Stability]], ...]] = (  # cloud >= 4/8, cloud <= 3/8
    (3.0, ("E", "F")),
    (5.0, ("D", "E")),
    (np.inf, ("D", "D")),
)
"""Stability by night: to wind, and class by cloud. Source: Pasquill 1961, Turner 1970."""
_SUN_UP_H, _SUN_MODERATE_H, _SUN_STRONG_H = (6.0, 18.0), (9.0, 15.0), (11.0, 14.0)
"""Clock hours between which the sun is up, moderate, strong, all year (assumption). [h]"""
_SUMMER_ABOVE_C: Final = 20.0
"""Air temperature above which the sun may be strong (assumption). [°C]"""


def pressure_pa(elevation_m: ArrayLike) -> Array:
    """Return the pressure of the standard atmosphere. [Pa]

    Parameters
    ----------
    elevation_m
        Height above sea level, any shape, -500 to 11 000. [m]

    Notes
    -----
    ``p = p0 (1 - 2.25577e-5 h)**5.25588``, ISO 2533.

    Examples
    --------
    >>> (pressure_pa([0, 2260, 4000]) / 101325).round(3)
    array([1.   , 0.76 , 0.608])
    """
    return np.asarray(SEA_LEVEL_PA * portable.power(1.0 - 2.25577e-5 * np.asarray(elevation_m, dtype=float), 5.25588))


def pressure_ratio(elevation_m: float) -> float:
    """Return the pressure of the standard atmosphere over that at sea level. [dimensionless]

    Examples
    --------
    By hand for Xining: 0.948997 to the power of 5.25588 is exp(-0.27515):

    >>> [round(pressure_ratio(height), 4) for height in (0.0, 2261.0, 4000.0)]
    [1.0, 0.7595, 0.6083]
    """
    return float(pressure_pa(elevation_m)) / SEA_LEVEL_PA


def air_density_kg_m3(pressure: float, temperature_k: float) -> float:
    """Return the density of dry air at rest: the ideal gas law. [kg/m³]

    Parameters
    ----------
    pressure, temperature_k
        Pressure and temperature. [Pa], [K]

    Examples
    --------
    The standard atmosphere at sea level:

    >>> round(air_density_kg_m3(101_325.0, 288.15), 3)
    1.225
    """
    return pressure * AIR_KG_MOL / (GAS_CONSTANT * temperature_k)


def ppm(kg_m3: ArrayLike, molar_kg: float, elevation_m: float = 0.0, temperature_k: float = STANDARD_K) -> Array:
    """Return the volume fraction of a gas in air, in parts per million. [ppm]

    Parameters
    ----------
    kg_m3
        Concentration, any shape. [kg/m³]
    molar_kg
        Molar mass. [kg/mol]
    elevation_m, temperature_k
        Where and how warm; thin air holds fewer moles, so that the same mass is more ppm. [m], [K]

    Notes
    -----
    ``ppm = mg/m³ · 24.45/M · (p0/p) · (T/298)``, M in g/mol.

    Examples
    --------
    >>> float(ppm(2.9e-6, 0.0709).round(2)), float(ppm(2.9e-6, 0.0709, elevation_m=2260).round(2))
    (1.0, 1.32)
    """
    mg_m3 = 1e6 * np.asarray(kg_m3, dtype=float)
    return np.asarray(mg_m3 * MOLAR_VOLUME_L / (1000.0 * molar_kg) * _thinness(elevation_m, temperature_k))


@lru_cache(maxsize=256)
def _thinness(elevation_m: float, temperature_k: float) -> float:
    """Return by how much larger a volume of air is than at sea level and 25 °C."""
    return float(SEA_LEVEL_PA / pressure_pa(elevation_m) * (temperature_k / STANDARD_K))


def kg_m3(ppm_: ArrayLike, molar_kg: float, elevation_m: float = 0.0, temperature_k: float = STANDARD_K) -> Array:
    """Return the mass concentration of a volume fraction, same shape; the inverse of :func:`ppm`. [kg/m³]

    Examples
    --------
    >>> float((1e6 * kg_m3(1.0, 0.0709)).round(2))
    2.9
    """
    return np.asarray(np.asarray(ppm_, dtype=float) / ppm(1.0, molar_kg, elevation_m, temperature_k))


def stability_class(wind_m_s: float, hour: float, sky: Sky = "clear", temperature_c: float = 15.0) -> Stability:
    """Return the Pasquill stability class from wind at 10 m, hour and sky.

    Parameters
    ----------
    wind_m_s
        Wind speed at 10 m. [m/s]
    hour
        Local hour, 0 to 24. The sun is up from 6 to 18, slight before 9 and after 15, strong from 11 to 14 if it is
        warmer than 20 °C, moderate otherwise: assumption in place of the sun's height.
    sky
        ``clear`` up to 3/8 of cloud, ``broken`` from 4/8, ``overcast`` 8/8 (always class D).
    temperature_c
        Air temperature; tells summer sun from winter sun (assumption). [°C]

    Notes
    -----
    Pasquill 1961 and Turner 1970; mixed classes are read as the more stable one, calm clear nights as F.

    Examples
    --------
    >>> [stability_class(u, 12, temperature_c=28) for u in (1.5, 4.0, 8.0)]
    ['A', 'B', 'C']
    >>> [stability_class(u, 2) for u in (1.5, 4.0, 8.0)], stability_class(1.5, 2, "overcast")
    (['F', 'E', 'D'], 'D')
    """
    if sky == "overcast":
        return "D"
    if _SUN_UP_H[0] <= hour % 24.0 < _SUN_UP_H[1]:
        sun = _sun(hour % 24.0, sky, temperature_c)
        return next(row[sun] for below, row in _DAY if wind_m_s < below)
    clouded = sky == "broken"
    return next(row[0 if clouded else 1] for below, row in _NIGHT if wind_m_s < below)


def _sun(hour: float, sky: Sky, temperature_c: float) -> int:
    if not _SUN_MODERATE_H[0] <= hour < _SUN_MODERATE_H[1] or sky == "broken":
        return 2
    strong = _SUN_STRONG_H[0] <= hour < _SUN_STRONG_H[1] and temperature_c > _SUMMER_ABOVE_C
    return 0 if strong else 1
