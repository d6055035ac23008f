"""Vapour pressure of a liquid over temperature, and the boiling point under a pressure.

The coefficients come from a library of chemical properties and are kept as a table (:mod:`vapour_rows`): the library
itself takes 80 MB with its data and computes with the exponential of the machine, which differs between processors.
Mixtures like gasoline are not in it: they keep Clausius and Clapeyron's formula with a constant latent heat.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from drillsim.base import portable
from drillsim.physics.validity import ValidRange

HALVINGS: Final = 60
"""Halvings of the temperatures between which a boiling point is sought: to the last digit (numerical)."""


@dataclass(frozen=True)
class _Formula(ABC):
    """A formula for the logarithm of the vapour pressure between two temperatures, and its tangents beyond.

    Below the melting point the line of the liquid goes on; above the critical point there is no vapour pressure, and
    the tangent stands for it (assumptions).
    """

    low_k: float
    high_k: float
    """Melting point and critical point, or the range of the fit. [K]"""

    def log_pa(self, temperature_k: float) -> float:
        """Return the logarithm of the vapour pressure. [log(Pa)]"""
        near_k = min(max(temperature_k, self.low_k), self.high_k)
        return self._inside(near_k) + self._slopes[temperature_k > near_k] * (1.0 / near_k - 1.0 / temperature_k)

    def boiling_k(self, pressure_pa: float) -> float:
        """Return the temperature at which the vapour pressure is so high, by halving. [K]"""
        sought = float(portable.log(pressure_pa))
        low, high = 0.25 * self.low_k, 4.0 * self.high_k
        for _ in range(HALVINGS):
            middle = 0.5 * (low + high)
            low, high = (middle, high) if self.log_pa(middle) < sought else (low, middle)
        return 0.5 * (low + high)

    @cached_property
    def _slopes(self) -> tuple[float, float]:
        """Return minus the slope over 1/T at both ends. [K]"""
        ends = ((self.low_k, self.low_k * 1.001), (self.high_k * 0.999, self.high_k))
        below, above = ((self._inside(b) - self._inside(a)) / (1.0 / a - 1.0 / b) for a, b in ends)
        return below, above

    @abstractmethod
    def _inside(self, temperature_k: float) -> float:
        """Return the logarithm of the vapour pressure within the range. [log(Pa)]"""


@dataclass(frozen=True)
class Wagner(_Formula):
    """``ln(p/pc) = Tc/T (a v + b v**1.5 + c v**2.5 + d v**5)`` with ``v = 1 - T/Tc``, from the melting point to Tc.

    Examples
    --------
    Water, as the VDI Heat Atlas gives it, boils at 100 °C:

    >>> water = Wagner(273.15, 647.1, 22.064e6, -7.86975, 1.90561, -2.30891, -2.06472, "VDI Heat Atlas 2010")
    >>> round(water.boiling_k(101_325.0), 1)
    373.1
    """

    critical_pa: float
    a: float
    b: float
    c: float
    d: float
    source: str

    def _inside(self, temperature_k: float) -> float:
        v = max(1.0 - temperature_k / self.high_k, 0.0)
        terms = zip((self.a, self.b, self.c, self.d), (1.0, 1.5, 2.5, 5.0), strict=True)
        total = sum(factor * float(portable.power(v, exponent)) for factor, exponent in terms)
        return float(portable.log(self.critical_pa)) + self.high_k / temperature_k * total


@dataclass(frozen=True)
class Dippr101(_Formula):
    """``ln p = c1 + c2/T + c3 ln T + c4 T**c5``, T in K and p in Pa."""

    c1: float
    c2: float
    c3: float
    c4: float
    c5: float
    source: str

    def _inside(self, temperature_k: float) -> float:
        t = temperature_k
        tail = self.c4 * float(portable.power(t, self.c5))
        return self.c1 + self.c2 / t + self.c3 * float(portable.log(t)) + tail


def range_of(name: str, formula: Wagner | Dippr101) -> ValidRange:
    """Return between which temperatures a substance is a liquid of known vapour pressure.

    Examples
    --------
    >>> range_of("methane", Dippr101(90.69, 190.56, 39.205, -1324.4, -3.4366, 3.1019e-05, 2.0, "Perry")).high
    190.56
    """
    return ValidRange(f"temperature of liquid {name}", formula.low_k, formula.high_k, "K", formula.source)
