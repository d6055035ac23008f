"""Shaking at places: a source, the models that give its median motion, ellipses and a straight rupture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from drillsim.base import portable
from drillsim.base.geodesy import along_across, great_circles_m, offsets_m
from drillsim.physics.earthquake.attenuation import (
    BSSA14_SIGMA_LN,
    BSSA14_SIGMA_LN_PGV,
    WANG,
    WANG_SIGMA,
    YU_SIGMA_LN,
    YU_SIGMA_LN_PGV,
    Array,
    Axis,
    Imt,
    Mechanism,
    bssa14,
    wang2000,
    yu2013,
    yu2013_distance,
)
from drillsim.physics.earthquake.intensity import (
    intensity_of_pga,
    pga_of_intensity,
    pgv_of_intensity,
    steady_intensity,
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


class AttenuationLaw(ShakingModel, Protocol):
    """A model of median shaking that knows its own spread."""

    def off_median(self, median: Motion, deviations: Array) -> Motion:
        """Return the shaking (n,) standard deviations of the law above the median; PGA and PGV move together."""


AXES: Final[tuple[Axis, Axis]] = ("long", "short")
YU_DEEPER_KM: Final = 2.0
"""How much deeper than catalogues say a source of Yu 2013 is taken. [km] (fit)

Set together with :data:`YU_SITE_FACTOR` on the isoseismal maps of three earthquakes at 10 km, in steps of 1 km and
0.05, by ``tools/earthquake_shaking.py``; that it is the same for other depths is an assumption.
"""
YU_SITE_FACTOR: Final = 1.1
"""Soil over rock. [dimensionless] (derived: fitted to three isoseismal maps by tools/earthquake_shaking.py)"""


@dataclass(frozen=True, slots=True)
class Yu2013:
    """Ellipses of equal PGA and PGV after Yu et al. 2013, with a fixed depth and one site factor.

    At the epicentre the motion is the geometric mean of both axes at the depth; each axis is then given the depth at
    which it has that motion, so that both meet at the source and the shaking falls from there on.
    """

    source: Source
    site_factor: float = YU_SITE_FACTOR
    """Soil over rock. [dimensionless]"""

    def at(self, lat_deg: Array, lon_deg: Array) -> Motion:
        """Return the median shaking at (n,) places; intensity is that of PGA."""
        along, across = self.source.along_and_across_km(lat_deg, lon_deg)
        pga = self._peak(along, across, "PGA")
        return Motion(pga, self._peak(along, across, "PGV"), intensity_of_pga(pga))

    def off_median(self, median: Motion, deviations: Array) -> Motion:
        """Return the shaking (n,) standard deviations above the median."""
        pga = median.pga_ms2 * portable.exp(YU_SIGMA_LN * deviations)
        return Motion(pga, median.pgv_ms * portable.exp(YU_SIGMA_LN_PGV * deviations), intensity_of_pga(pga))

    def _peak(self, along_km: Array, across_km: Array, imt: Imt) -> Array:
        top = self._ln_top(imt)
        deep_km = {axis: self._deep_km(top, imt, axis) for axis in AXES}

        def radii(ln_y: Array) -> tuple[Array, Array]:
            long_km, short_km = (self._out_km(ln_y, imt, axis, deep_km[axis]) for axis in AXES)
            return long_km, short_km

        ln_y = equal_on_ellipse(along_km, across_km, radii, top - 14.0, top)
        return np.asarray(portable.exp(ln_y) * self.site_factor)

    def radius_km(self, ln_y: Array, imt: Imt, axis: Axis) -> Array:
        """Return how far from the epicentre rock motion falls to exp(ln_y), SI, on an axis: (n,); 0 if nowhere. [km]"""
        return self._out_km(ln_y, imt, axis, self._deep_km(self._ln_top(imt), imt, axis))

    def _ln_top(self, imt: Imt) -> float:
        """Return the natural logarithm of the rock motion at the epicentre: the mean of both axes at the depth."""
        deep = np.array([self.source.depth_km + YU_DEEPER_KM])
        both = [float(portable.log(yu2013(self.source.magnitude, deep, imt, axis))[0]) for axis in AXES]
        return sum(both) / len(both)

    def _deep_km(self, ln_top: float, imt: Imt, axis: Axis) -> float:
        """Return the depth at which an axis has the motion of the epicentre. [km]"""
        return max(0.0, float(yu2013_distance(self.source.magnitude, np.array([ln_top]), imt, axis)[0]))

    def _out_km(self, ln_y: Array, imt: Imt, axis: Axis, deep_km: float) -> Array:
        slant_km = np.maximum(yu2013_distance(self.source.magnitude, ln_y, imt, axis), 0.0)
        return np.sqrt(np.maximum(portable.square(slant_km) - portable.square(deep_km), 0.0))


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
        return _motion_of(found)

    def off_median(self, median: Motion, deviations: Array) -> Motion:
        """Return the shaking (n,) standard deviations above the median."""
        return _motion_of(median.intensity + WANG_SIGMA * deviations)

    def radius_km(self, intensity: Array, axis: Axis) -> Array:
        """Return how far from the epicentre intensities reach on one axis: (n,); 0 if nowhere. [km]"""
        a, b, c, r0_km = WANG[axis]
        slant = portable.power(10.0, (np.asarray(intensity) - a - b * self.source.magnitude) / c)
        return np.maximum(slant - r0_km, 0.0)


def _motion_of(intensity: Array) -> Motion:
    inside = np.clip(intensity, 1.0, 12.0)
    return Motion(pga_of_intensity(inside), pgv_of_intensity(inside), inside)


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
    """BSSA14 around a straight vertical rupture through the epicentre."""

    source: Source
    vs30_ms: float = 500.0
    mechanism: Mechanism = "SS"
    length_km: float = 0.0
    """Length of the rupture, along the strike; 0 is a point. [km]"""
    begins: float = 0.5
    """Share of the rupture that lies behind the epicentre, seen along the strike; 0 runs that way only."""

    def at(self, lat_deg: Array, lon_deg: Array) -> Motion:
        """Return the median shaking at (n,) places; intensity is that of PGA and PGV."""
        along, across = self.source.along_and_across_km(lat_deg, lon_deg)
        behind, ahead = -self.begins * self.length_km, (1.0 - self.begins) * self.length_km
        beyond = np.maximum(np.maximum(along - ahead, behind - along), 0.0)
        pga, pgv = bssa14(self.source.magnitude, portable.hypot(beyond, across), self.vs30_ms, self.mechanism)
        return Motion(pga, pgv, steady_intensity(pga, pgv))

    def off_median(self, median: Motion, deviations: Array) -> Motion:
        """Return the shaking (n,) standard deviations above the median."""
        pga = median.pga_ms2 * portable.exp(BSSA14_SIGMA_LN * deviations)
        pgv = median.pgv_ms * portable.exp(BSSA14_SIGMA_LN_PGV * deviations)
        return Motion(pga, pgv, steady_intensity(pga, pgv))


def distance_km(lat_deg: Array | float, lon_deg: Array | float, other_lat_deg: Array, other_lon_deg: Array) -> Array:
    """Return the distance over ground, on a sphere: (n,). [km]

    Examples
    --------
    >>> distance_km(36.0, 100.0, np.array([36.0, 37.0]), np.array([101.0, 100.0])).round(1)
    array([ 90. , 111.2])
    """
    return great_circles_m(lat_deg, lon_deg, other_lat_deg, other_lon_deg) / 1000.0
