"""Shaking at places: a source, the models that give its median motion, ellipses and a straight rupture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from drillsim.base import portable
from drillsim.base.geodesy import along_across, great_circles_m, offsets_m
from drillsim.physics.earthquake.attenuation import (
    WANG,
    Array,
    Axis,
    Imt,
    Mechanism,
    bssa14,
    wang2000,
    yu2013,
    yu_terms,
)
from drillsim.physics.earthquake.intensity import (
    chinese_intensity,
    intensity_of_pga,
    pga_of_intensity,
    pgv_of_intensity,
)

Radii = Callable[[Array], tuple[Array, Array]]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an earthquake is, and how large."""

    magnitude: float
    """Surface-wave magnitude Ms; taken as moment magnitude by BSSA14."""
    lat_deg: float
    lon_deg: float
    depth_km: float = 10.0
    strike_deg: float = 0.0
    """Azimuth of the long axis, from north over east."""

    def along_and_across_km(self, lat_deg: Array, lon_deg: Array) -> tuple[Array, Array]:
        """Return how far (n,) places lie from the epicentre along and across the long axis: (n,), (n,). [km]"""
        east_m, north_m = offsets_m((self.lat_deg, self.lon_deg), lat_deg, lon_deg)
        along_m, across_m = along_across(east_m, north_m, self.strike_deg)
        return along_m / 1000.0, across_m / 1000.0


@dataclass(frozen=True, eq=False, slots=True)
class Motion:
    """Shaking at places: three (n,) arrays."""

    pga_ms2: Array
    pgv_ms: Array
    intensity: Array


class ShakingModel(Protocol):
    """What gives the shaking at places."""

    def at(self, lat_deg: Array, lon_deg: Array) -> Motion:
        """Return the shaking at (n,) places."""


@dataclass(frozen=True, slots=True)
class Yu2013:
    """Ellipses of equal PGA and PGV after Yu et al. 2013, with a fixed depth and one site factor."""

    source: Source
    site_factor: float = 1.15
    """Soil over rock. [dimensionless] Set with the depth of 10 km on three isoseismal maps (see validation)."""

    def at(self, lat_deg: Array, lon_deg: Array) -> Motion:
        """Return the median shaking at (n,) places; intensity is that of PGA."""
        along, across = self.source.along_and_across_km(lat_deg, lon_deg)
        pga = self._peak(along, across, "PGA")
        return Motion(pga, self._peak(along, across, "PGV"), intensity_of_pga(pga))

    def _peak(self, along_km: Array, across_km: Array, imt: Imt) -> Array:
        source = self.source
        deep = np.array([source.depth_km])
        top = min(float(yu2013(source.magnitude, deep, imt, axis)[0]) for axis in ("long", "short"))

        def radii(ln_y: Array) -> tuple[Array, Array]:
            return self.radius_km(ln_y, imt, "long"), self.radius_km(ln_y, imt, "short")

        ln_y = equal_on_ellipse(along_km, across_km, radii, portable.log(top) - 14.0, portable.log(top))
        return np.asarray(portable.exp(ln_y) * self.site_factor)

    def radius_km(self, ln_y: Array, imt: Imt, axis: Axis) -> Array:
        """Return how far from the epicentre rock motion falls to exp(ln_y), SI, on an axis: (n,); 0 if nowhere. [km]"""
        a, b, c, reach_km = yu_terms(self.source.magnitude, imt, axis)
        slant = portable.exp((np.asarray(ln_y) + portable.log(100.0) - a - b * self.source.magnitude) / c) - reach_km
        return np.sqrt(np.maximum(portable.square(np.maximum(slant, 0.0)) - portable.square(self.source.depth_km), 0.0))


@dataclass(frozen=True, slots=True)
class Wang2000:
    """Ellipses of equal intensity after Wang Suyun et al. 2000; PGA and PGV are read back from it."""

    source: Source

    def at(self, lat_deg: Array, lon_deg: Array) -> Motion:
        """Return the median shaking at (n,) places."""
        along, across = self.source.along_and_across_km(lat_deg, lon_deg)
        zero = np.zeros(1)
        top = min(float(wang2000(self.source.magnitude, zero, axis)[0]) for axis in ("long", "short"))

        def radii(level: Array) -> tuple[Array, Array]:
            return self.radius_km(level, "long"), self.radius_km(level, "short")

        found = equal_on_ellipse(along, across, radii, top - 14.0, top)
        intensity = np.clip(found, 1.0, 12.0)
        return Motion(pga_of_intensity(intensity), pgv_of_intensity(intensity), intensity)

    def radius_km(self, intensity: Array, axis: Axis) -> Array:
        """Return how far from the epicentre intensities reach on one axis: (n,); 0 if nowhere. [km]"""
        a, b, c, r0_km = WANG[axis]
        slant = portable.power(10.0, (np.asarray(intensity) - a - b * self.source.magnitude) / c)
        return np.maximum(slant - r0_km, 0.0)


def equal_on_ellipse(along_km: Array, across_km: Array, radii: Radii, low: float, high: float) -> Array:
    """Return, for each place, the level whose ellipse goes through it.

    Parameters
    ----------
    radii
        From (n,) levels to the half-axes (n,), (n,) of their ellipses, falling with the level. [km]
    low, high
        Levels between which it lies; ``high`` is that of the epicentre.
    """
    below, above = np.full(np.shape(along_km), low), np.full(np.shape(along_km), high)
    for _ in range(50):
        middle = (below + above) / 2.0
        long_km, short_km = radii(middle)
        out = portable.square(along_km / np.maximum(long_km, 1e-9)) + portable.square(
            across_km / np.maximum(short_km, 1e-9)
        )
        inside = out <= 1.0
        below, above = np.where(inside, middle, below), np.where(inside, above, middle)
    return below


@dataclass(frozen=True, slots=True)
class Bssa14:
    """BSSA14 around a vertical rupture whose middle is below the epicentre."""

    source: Source
    vs30_ms: float = 500.0
    mechanism: Mechanism = "SS"
    length_km: float = 0.0
    """Length of the rupture, along the strike; 0 is a point. [km]"""

    def at(self, lat_deg: Array, lon_deg: Array) -> Motion:
        """Return the median shaking at (n,) places."""
        along, across = self.source.along_and_across_km(lat_deg, lon_deg)
        beyond = np.maximum(np.abs(along) - self.length_km / 2.0, 0.0)
        pga, pgv = bssa14(self.source.magnitude, portable.hypot(beyond, across), self.vs30_ms, self.mechanism)
        return Motion(pga, pgv, chinese_intensity(pga, pgv))


def distance_km(lat_deg: Array | float, lon_deg: Array | float, other_lat_deg: Array, other_lon_deg: Array) -> Array:
    """Return the distance over ground, on a sphere: (n,). [km]

    Examples
    --------
    >>> distance_km(36.0, 100.0, np.array([36.0, 37.0]), np.array([101.0, 100.0])).round(1)
    array([ 90. , 111.2])
    """
    return great_circles_m(lat_deg, lon_deg, other_lat_deg, other_lon_deg) / 1000.0
