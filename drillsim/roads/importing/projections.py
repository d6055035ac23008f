"""Coordinates on a plane turned back into degrees: transverse Mercator (UTM, Gauss-Krüger) and Web Mercator."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem

SEMI_MAJOR_M: Final = 6_378_137.0
FLATTENING: Final = 1 / 298.257223563
"""Ellipsoid of WGS 84; those of CGCS2000 and ETRS89 differ by less than a millimetre."""
UTM_SCALE: Final = 0.9996
FALSE_EAST_M: Final = 500_000.0
FALSE_NORTH_M: Final = 10_000_000.0
GEOGRAPHIC: Final = frozenset({4326, 4490, 4258, 4269, 4979, 84})
"""Geographic systems that agree with WGS 84 within a metre or two; 84 is ``OGC:CRS84``."""
MERCATOR: Final = frozenset({3857, 900913})
UTM_NORTH, UTM_SOUTH, UTM_EUROPE = 326, 327, 258
GAUSS_KRUEGER: Final = ((4491, 11, 6, 13), (4502, 11, 6, 0), (4513, 21, 3, 25), (4534, 21, 3, 0))
"""CGCS2000: first EPSG number, zones, width of a zone [deg], number of the first zone if the easting has it in front.
The first middle meridian is 75 degrees east (EPSG registry)."""
NATURAL_LAT, NATURAL_LON, NATURAL_SCALE, EASTING, NORTHING = 8801, 8802, 8805, 8806, 8807
TRANSVERSE_MERCATOR: Final = 9807
"""Numbers of parameters and of the method in the EPSG registry."""
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Crs:
    """A system of coordinates that can be turned back into degrees."""

    kind: str = "degrees"
    """``degrees``, ``transverse`` or ``mercator``."""
    meridian_deg: float = 0.0
    scale: float = 1.0
    east_m: float = 0.0
    north_m: float = 0.0

    def to_degrees(self, x: Array, y: Array) -> tuple[Array, Array]:
        """Return latitude and longitude. [deg]"""
        if self.kind == "degrees":
            return y, x
        if self.kind == "mercator":
            return np.degrees(np.arctan(np.sinh(y / SEMI_MAJOR_M))), np.degrees(x / SEMI_MAJOR_M)
        lat, lon = from_transverse_mercator((x - self.east_m) / self.scale, (y - self.north_m) / self.scale)
        return lat, lon + self.meridian_deg


def crs_of(said: Any, where: str) -> Crs:
    """Return the system that a file states, as text, PROJJSON or a number.

    Raises
    ------
    NetworkError
        If it is another system than degrees, transverse Mercator or Web Mercator.

    Examples
    --------
    >>> crs_of("epsg:32650", "")
    Crs(kind='transverse', meridian_deg=117.0, scale=0.9996, east_m=500000.0, north_m=0.0)
    >>> crs_of("OGC:CRS84", "").kind, crs_of(4490, "").kind
    ('degrees', 'degrees')
    """
    found = _from_json(said) if isinstance(said, Mapping) else _from_text(str(said))
    if found is None:
        name = said.get("name", "") if isinstance(said, Mapping) else str(said)
        raise NetworkError([Problem("roads_crs", where=where, got=str(name)[:60])])
    return found


def utm(zone: int, *, south: bool = False) -> Crs:
    """Return a zone of UTM."""
    return Crs("transverse", 6.0 * zone - 183.0, UTM_SCALE, FALSE_EAST_M, FALSE_NORTH_M if south else 0.0)


def _from_number(code: int) -> Crs | None:
    if code in GEOGRAPHIC:
        return Crs()
    if code in MERCATOR:
        return Crs("mercator")
    system, zone = divmod(code, 100)
    if system in {UTM_NORTH, UTM_SOUTH, UTM_EUROPE} and 1 <= zone <= 60:  # noqa: PLR2004  # zones of UTM
        return utm(zone, south=system == UTM_SOUTH)
    for first, zones, width_deg, numbered in GAUSS_KRUEGER:
        if first <= code < first + zones:
            step = code - first
            front_m = 1e6 * (numbered + step) if numbered else 0.0
            return Crs("transverse", 75.0 + width_deg * step, 1.0, front_m + FALSE_EAST_M)
    return None


def _from_text(text: str) -> Crs | None:
    proj = re.search(r"\+proj=utm\b.*\+zone=(\d+)", text)
    if proj:
        return utm(int(proj[1]), south="+south" in text)
    if re.search(r"\+proj=(longlat|latlong)", text):
        return Crs()
    if text.strip().isdecimal():
        return _from_number(int(text))
    numbers = re.findall(r"(?:EPSG\D{1,4}|CRS|epsg\D{1,4}|EPSG/0/|EPSG:[\d.]*:)(\d+)", text)
    return _from_number(int(numbers[-1])) if numbers else None  # in WKT the last one is that of the whole


def _from_json(said: Mapping[str, Any]) -> Crs | None:
    """Return the system of PROJJSON: by its number, else by what it says of itself."""
    try:
        if "id" in said:
            return _from_number(int(str(said["id"]["code"]).removeprefix("CRS")))
        if said.get("type") == "GeographicCRS":
            return Crs()
        conversion = said["conversion"]
        known = {int(one["id"]["code"]): float(one["value"]) for one in conversion["parameters"]}
        if int(conversion["method"]["id"]["code"]) != TRANSVERSE_MERCATOR or known.get(NATURAL_LAT, 0.0) != 0.0:
            return None
        return Crs("transverse", known[NATURAL_LON], known[NATURAL_SCALE], known[EASTING], known[NORTHING])
    except (KeyError, TypeError, ValueError):
        return None


def from_transverse_mercator(x: Array, y: Array) -> tuple[Array, Array]:
    """Return latitude, and longitude from the middle meridian, of points at true scale there. [deg]

    Parameters
    ----------
    x, y
        East of the middle meridian, north of the equator. [m]

    Notes
    -----
    The series of Krüger in the third flattening n, to its fourth power: better than a millimetre within a zone
    (C. Karney, Transverse Mercator with an accuracy of a few nanometers, J. Geodesy 85, 2011).

    Examples
    --------
    A quarter of the meridian is 10 001 966 m long on this ellipsoid:

    >>> lat, lon = from_transverse_mercator(np.array([0.0]), np.array([10_001_965.729]))
    >>> float(lat[0].round(8)), float(lon[0])
    (90.0, 0.0)
    """
    n = FLATTENING / (2 - FLATTENING)
    radius_m = SEMI_MAJOR_M / (1 + n) * (1 + n**2 / 4 + n**4 / 64)
    xi, eta = y / radius_m, x / radius_m
    beta = (
        n / 2 - 2 * n**2 / 3 + 37 * n**3 / 96 - n**4 / 360,
        n**2 / 48 + n**3 / 15 - 437 * n**4 / 1440,
        17 * n**3 / 480 - 37 * n**4 / 840,
        4397 * n**4 / 161280,
    )
    xi0, eta0 = xi.copy(), eta.copy()
    for j, factor in enumerate(beta, start=1):
        xi0 -= factor * np.sin(2 * j * xi) * np.cosh(2 * j * eta)
        eta0 -= factor * np.cos(2 * j * xi) * np.sinh(2 * j * eta)
    conformal = np.arcsin(np.sin(xi0) / np.cosh(eta0))
    delta = (
        2 * n - 2 * n**2 / 3 - 2 * n**3 + 116 * n**4 / 45,
        7 * n**2 / 3 - 8 * n**3 / 5 - 227 * n**4 / 45,
        56 * n**3 / 15 - 136 * n**4 / 35,
        4279 * n**4 / 630,
    )
    phi = conformal + sum(factor * np.sin(2 * j * conformal) for j, factor in enumerate(delta, start=1))
    return np.degrees(phi), np.degrees(np.arctan2(np.sinh(eta0), np.cos(xi0)))
