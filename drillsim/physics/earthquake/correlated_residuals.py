"""Ground-motion residuals of one earthquake: between-event, and spatially correlated within-event terms."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from drillsim.base import portable
from drillsim.physics.earthquake.attenuation import Array
from drillsim.physics.earthquake.shaking import AttenuationLaw, Motion, Source

BETWEEN_SHARE: Final = 0.331
"""Part of the variance that is the same everywhere in one earthquake: that of BSSA14 for PGA, 0.348² of 0.605².

That it holds for PGV (0.28 there) and for the other laws, which do not part their variance, is an assumption.
"""
CORRELATION_KM: Final = 40.7
"""Distance at which the within-event terms of PGA have a correlation of 0.05: Jayaram and Baker 2009, case 2. [km]

``b = 40.7 - 15.0 T`` is for regions whose soils lie in clusters, ``b = 8.5 + 17.2 T`` (case 1) for those without; T is
0 for PGA. Case 2 is taken because one Vs30, or one site factor, stands for all places here, so that the soil of a
valley and of its neighbours is part of the residual. With 8.5 km the luck of villages evens out and tolls spread less.
"""
FEATURES: Final = 600
"""Waves of which a field of residuals is made up (numerical choice)."""


@dataclass(frozen=True, eq=False, slots=True)
class Residuals:
    """How much stronger or weaker one earthquake shakes than the median: alike for places that lie close together.

    The field is a sum of waves whose wave numbers have the spectrum of an exponential correlation, so that the luck of
    a place does not depend on which other places are asked about.
    """

    between: float
    """The same everywhere, in standard deviations."""
    wave_per_km: Array
    """(m, 2) wave numbers. [1/km]"""
    phase: Array
    """(m,) phases of the waves. [rad]"""

    def field(self, east_km: Array, north_km: Array) -> Array:
        """Return the within-event term, (n,) about standard normal."""
        angle = np.multiply.outer(east_km, self.wave_per_km[:, 0]) + np.multiply.outer(north_km, self.wave_per_km[:, 1])
        return np.asarray(portable.cos(angle + self.phase).sum(axis=-1) * math.sqrt(2.0 / len(self.phase)))

    def deviation(self, source: Source, lat_deg: Array, lon_deg: Array) -> Array:
        """Return the total term at (n,) places, in standard deviations of the law."""
        north, east = Source(source.magnitude, source.lat_deg, source.lon_deg).along_and_across_km(lat_deg, lon_deg)
        within = self.field(east, north)
        return math.sqrt(BETWEEN_SHARE) * self.between + math.sqrt(1.0 - BETWEEN_SHARE) * within


def draw_residuals(
    between: np.random.Generator, within: np.random.Generator, correlation_km: float = CORRELATION_KM
) -> Residuals:
    """Draw the residuals of one earthquake.

    The wave numbers of ``exp(-3 h / b)`` in the plane are Cauchy distributed (Matérn of order 1/2).
    """
    scale_km = correlation_km / 3.0
    normal = within.standard_normal((FEATURES, 3))
    waves = normal[:, :2] / np.maximum(np.abs(normal[:, 2:]), 1e-12) / scale_km
    return Residuals(float(between.standard_normal()), waves, within.uniform(0.0, 2.0 * math.pi, FEATURES))


@dataclass(frozen=True, eq=False, slots=True)
class ShakingWithResiduals:
    """A law of median shaking, with the residuals of one earthquake."""

    model: AttenuationLaw
    source: Source
    residuals: Residuals

    def at(self, lat_deg: Array, lon_deg: Array) -> Motion:
        """Return the shaking at (n,) places; PGA and PGV share their residuals (assumption), each by its own sigma."""
        deviations = self.residuals.deviation(self.source, lat_deg, lon_deg)
        return self.model.off_median(self.model.at(lat_deg, lon_deg), deviations)
