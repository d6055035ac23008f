"""Building damage by shaking: vulnerability classes, damage grades, and the share of people indoors."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from drillsim.base import portable
from drillsim.physics.earthquake.attenuation import Array

Make = Literal["adobe", "brick", "concrete"]


@dataclass(frozen=True, slots=True)
class BuildingClass:
    """One class of buildings."""

    vulnerability: float
    """V of the macroseismic method. [dimensionless]"""
    make: Make
    """Type of its rubble, which sets the work to dig in it."""


CLASSES: Final[Mapping[str, BuildingClass]] = MappingProxyType(
    {
        "A1": BuildingClass(0.84, "adobe"),
        "A2": BuildingClass(0.74, "adobe"),
        "B": BuildingClass(0.66, "brick"),
        "C": BuildingClass(0.52, "brick"),
        "D": BuildingClass(0.484, "concrete"),
        "W": BuildingClass(0.384, "concrete"),
    }
)
"""Building classes of GB/T 17742-2020 and one for modern concrete walls (W).

A1 earth and stone, A2 timber frame, B brick without design, C brick designed for VII, D concrete frame designed for
VII. V was fitted to the mean-index ranges of the standard (23 of 25 cells lie inside), so that is no validation.
"""

STOCKS: Final[Mapping[str, Mapping[str, float]]] = MappingProxyType(
    {
        "rural": MappingProxyType({"A1": 0.40, "A2": 0.10, "B": 0.30, "C": 0.15, "D": 0.05}),
        "urban": MappingProxyType({"A1": 0.05, "B": 0.20, "C": 0.35, "D": 0.30, "W": 0.10}),
    }
)
"""Share of people by class of the building they live in (assumption; to be replaced where a survey is at hand)."""


def mean_damage(intensity: Array, vulnerability: float) -> Array:
    """Return the mean damage grade: (n,). [0 to 5]

    Parameters
    ----------
    intensity
        (n,) macroseismic intensity, 5 to 12.
    vulnerability
        V, -0.02 to 1.02.

    Notes
    -----
    ``mu = 2.5 [1 + tanh((I + 6.25 V - 13.1) / 2.3)]`` [1]_ (knowledge).

    References
    ----------
    .. [1] S. Lagomarsino, S. Giovinazzi, "Macroseismic and mechanical models for the vulnerability and damage
       assessment of current buildings," Bull. Earthquake Eng., vol. 4, pp. 415-443, 2006,
       doi:10.1007/s10518-006-9024-z.

    Examples
    --------
    >>> mean_damage(np.array([6.0, 8.0, 10.0]), 0.84).round(3)
    array([0.834, 2.663, 4.332])
    """
    return np.asarray(2.5 * (1.0 + portable.tanh((np.asarray(intensity, float) + 6.25 * vulnerability - 13.1) / 2.3)))


DAMAGES_FROM: Final = 5.0
"""Intensity below which nothing is damaged (assumption: the method does not reach there)."""


def grade_shares(intensity: Array, vulnerability: float) -> Array:
    """Return the share of buildings in each grade D0 to D5: (n, 6), binomial with p = mu / 5.

    Below :data:`DAMAGES_FROM` nothing is damaged.

    Examples
    --------
    >>> grade_shares(np.array([8.0]), 0.84).round(3)
    array([[0.022, 0.127, 0.29 , 0.33 , 0.188, 0.043]])
    """
    intensity = np.asarray(intensity, float)
    p = np.where(intensity < DAMAGES_FROM, 0.0, mean_damage(intensity, vulnerability) / 5.0)
    return _WAYS * _powers_to_5(p) * _powers_to_5(1.0 - p)[:, ::-1]


_WAYS: Final = np.array([1.0, 5.0, 10.0, 10.0, 5.0, 1.0])
"""In how many ways so many of five can be chosen, by definition."""


def _powers_to_5(p: Array) -> Array:
    """Return p**0 to p**5: (n, 6)."""
    factors = np.empty((len(p), 6))
    factors[:, 0], factors[:, 1:] = 1.0, p[:, np.newaxis]
    return np.multiply.accumulate(factors, axis=1)


def mean_index(intensity: Array, vulnerability: float) -> Array:
    """Return the mean damage index of the Chinese scale: (n,), as *intensity*. [0 to 1]

    Examples
    --------
    >>> mean_index(np.array([8.0]), 0.84).round(2)
    array([0.53])
    """
    return mean_damage(intensity, vulnerability) / 5.0


INDOORS: Final = ((6.0, 0.95), (8.0, 0.75), (18.0, 0.50), (22.0, 0.75), (math.inf, 0.95))
"""Up to which hour of the day which share of people is indoors (assumption)."""


def indoors(hour: float) -> float:
    """Return the share of people who are indoors at a clock hour (assumption).

    Examples
    --------
    >>> indoors(2.0), indoors(7.8), indoors(14.0)
    (0.95, 0.75, 0.5)
    """
    return next(share for until, share in INDOORS if hour < until)
