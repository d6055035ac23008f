"""Distances on the Earth, and the plane that touches it at a point.

The Earth is a sphere here. Distances on it are within 0.6 % of those on the ellipsoid everywhere, and within 0.3 %
between 31° and 40° N; neither roads nor their speeds are known that well. Angles are in degrees.
"""

from __future__ import annotations

import math
from typing import Final, TypeVar

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drillsim.base import portable

EARTH_RADIUS_M: Final = 6_371_008.8
"""Mean radius of the Earth, R1 = (2a + b) / 3 of the ellipsoid GRS 80 (H. Moritz, Geodetic Reference System 1980,
J. Geodesy 74, 2000). It is the radius of the International Union of Geodesy and Geophysics for the sphere, and that of
OSMnx to the metre. [m]"""
M_PER_DEGREE: Final = math.radians(EARTH_RADIUS_M)
"""Length of one degree of a great circle. [m/deg]"""
Array = NDArray[np.float64]
Point = tuple[float, float]
"""Latitude and longitude. [deg]"""
Metres = TypeVar("Metres", float, Array)


def great_circle_m(lat1_deg: float, lon1_deg: float, lat2_deg: float, lon2_deg: float) -> float:
    """Return the great-circle distance between two points. [m]

    Examples
    --------
    >>> round(great_circle_m(36.617, 101.778, 36.407, 94.901) / 1000)  # Xining to Golmud
    615
    """
    phi1, phi2 = math.radians(lat1_deg), math.radians(lat2_deg)
    d_phi, d_lambda = phi2 - phi1, math.radians(lon2_deg - lon1_deg)
    h = portable.square(portable.sin(d_phi / 2)) + portable.cos(phi1) * portable.cos(phi2) * portable.square(
        portable.sin(d_lambda / 2)
    )
    return 2 * EARTH_RADIUS_M * portable.arcsin(math.sqrt(min(1.0, h)))


def great_circles_m(lat1_deg: ArrayLike, lon1_deg: ArrayLike, lat2_deg: ArrayLike, lon2_deg: ArrayLike) -> Array:
    """Return the great-circle distance between each of (n,) points and its partner: (n,). [m]

    Examples
    --------
    >>> great_circles_m([0.0, 60.0], [0.0, 0.0], [1.0, 60.0], [0.0, 1.0]).round()
    array([111195.,  55597.])
    """
    lat1, lon1, lat2, lon2 = (np.radians(degrees) for degrees in (lat1_deg, lon1_deg, lat2_deg, lon2_deg))
    h = portable.square(portable.sin((lat2 - lat1) / 2)) + portable.cos(lat1) * portable.cos(lat2) * portable.square(
        portable.sin((lon2 - lon1) / 2)
    )
    return np.asarray(2 * EARTH_RADIUS_M * portable.arcsin(np.sqrt(np.minimum(1.0, h))))


def in_space_m(lat_deg: ArrayLike, lon_deg: ArrayLike) -> Array:
    """Return (n,) points on the Earth as (n, 3) points in space.

    The nearest in space is the nearest on the ground. The chord is never longer than the great circle; over
    100 km it is a metre shorter. [m]

    Examples
    --------
    >>> in_space_m([90.0], [0.0]).round(1)
    array([[      0. ,       0. , 6371008.8]])
    """
    lat, lon = np.radians(lat_deg), np.radians(lon_deg)
    return EARTH_RADIUS_M * np.column_stack(
        [portable.cos(lat) * portable.cos(lon), portable.cos(lat) * portable.sin(lon), portable.sin(lat)]
    )


def over_ground_m(straight_m: float) -> float:
    """Return the great-circle distance that belongs to a chord between two points. [m]

    Examples
    --------
    >>> round(over_ground_m(2 * EARTH_RADIUS_M) / 1000)  # to the antipode
    20015
    """
    return 2 * EARTH_RADIUS_M * float(portable.arcsin(min(1.0, straight_m / (2 * EARTH_RADIUS_M))))


def offsets_m(origin: Point, lat_deg: ArrayLike, lon_deg: ArrayLike) -> tuple[Array, Array]:
    """Return the offsets east and north of (n,) points from one point, on the plane that touches there: both (n,). [m]

    At 36° N, lengths are right within a thousandth up to 50 km from the point.

    Examples
    --------
    >>> [offset.round(1).tolist() for offset in offsets_m((60.0, 100.0), [60.0, 60.01], [100.01, 100.0])]
    [[556.0, 0.0], [0.0, 1112.0]]
    """
    lat, lon = origin
    east_deg = np.subtract(lon_deg, lon)
    east_deg = east_deg - 360.0 * np.round(east_deg / 360.0)  # across the antimeridian if that is shorter
    return np.asarray(east_deg * M_PER_DEGREE * _narrowing(lat)), np.asarray(np.subtract(lat_deg, lat) * M_PER_DEGREE)


def moved(origin: Point, east_m: Metres, north_m: Metres) -> tuple[Metres, Metres]:
    """Return latitude and longitude of the point at an offset east and north, on the plane that touches there.

    Examples
    --------
    >>> [round(degrees, 6) for degrees in moved((60.0, 100.0), 556.0, 1112.0)]
    [60.01, 100.01]
    """
    lat, lon = origin
    return lat + north_m / M_PER_DEGREE, lon + east_m / (M_PER_DEGREE * _narrowing(lat))


def along_across(east: Metres, north: Metres, azimuth_deg: float) -> tuple[Metres, Metres]:
    """Return offsets along an axis and across it, to its right; the azimuth of the axis is from north over east. [m]

    Examples
    --------
    >>> [round(part, 9) for part in along_across(3.0, 4.0, 90.0)]  # along an axis to the east
    [3.0, -4.0]
    """
    turn = math.radians(azimuth_deg)
    return north * portable.cos(turn) + east * portable.sin(turn), east * portable.cos(turn) - north * portable.sin(
        turn
    )


def east_north(along: Metres, across: Metres, azimuth_deg: float) -> tuple[Metres, Metres]:
    """Return offsets to the east and north from those along an axis and across it: the inverse of along_across. [m]

    Examples
    --------
    >>> [round(part, 9) for part in east_north(3.0, -4.0, 90.0)]
    [3.0, 4.0]
    """
    turn = math.radians(azimuth_deg)
    return along * portable.sin(turn) + across * portable.cos(turn), along * portable.cos(turn) - across * portable.sin(
        turn
    )


def _narrowing(lat_deg: float) -> float:
    """Return how much shorter a degree of longitude is than one of latitude. [dimensionless]"""
    return portable.cos(math.radians(lat_deg))
