"""Isoseismals: lines of equal intensity on the map, and the area inside them."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

import numpy as np

from drillsim.base import portable
from drillsim.base.geodesy import moved, offsets_m
from drillsim.physics.earthquake.attenuation import Array
from drillsim.physics.earthquake.shaking import ShakingModel, Source

RAYS: Final = 72
"""Directions in which a line of equal intensity is looked for (numerical choice)."""
FARTHEST_KM: Final = 800.0
"""How far from the source it is looked for (numerical bound). [km]"""


def isoseismal(model: ShakingModel, source: Source, level: int) -> Array:
    """Return the line inside which the intensity is at least *level*: (n, 2) lat, lon, closed; (0, 2) if nowhere. [deg]

    Notes
    -----
    On each of 72 rays from the epicentre it stands at the outermost point that still has the intensity, to 0.1 km;
    holes and islands are not drawn. An intensity covers what rounds to it: VI is 5.5 and more on the continuous scale,
    which is its PGA threshold of 0.457 m/s².
    """
    angles = np.linspace(0.0, 2.0 * math.pi, RAYS, endpoint=False)
    reach_km = _reach_km(model, source, angles, level - 0.5)
    if not np.any(reach_km > 0):
        return np.zeros((0, 2))
    lat, lon = _points(source, angles, reach_km)
    line = np.column_stack((lat, lon))
    return np.vstack((line, line[:1]))


def isoseismals(model: ShakingModel, source: Source, levels: Iterable[int] = range(6, 12)) -> dict[int, Array]:
    """Return the lines of all *levels* that occur, each (n, 2) lat, lon, closed. [deg]"""
    lines = {level: isoseismal(model, source, level) for level in levels}
    return {level: line for level, line in lines.items() if len(line)}


def area_km2(line: Array) -> float:
    """Return the area inside a closed line of (n, 2) lat, lon. [km²]

    Examples
    --------
    >>> square = np.array([[0, 0], [0, 1], [1, 1], [1, 0], [0, 0]], float)
    >>> round(area_km2(square))
    12364
    """
    if len(line) == 0:
        return 0.0
    lat, lon = line[:, 0], line[:, 1]
    x, y = offsets_m((float(lat.mean()), float(lon[0])), lat, lon)
    return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2.0 / 1e6)


def _points(source: Source, angles: Array, km: Array) -> tuple[Array, Array]:
    return moved(
        (source.lat_deg, source.lon_deg), 1000.0 * km * portable.sin(angles), 1000.0 * km * portable.cos(angles)
    )


def _reach_km(model: ShakingModel, source: Source, angles: Array, threshold: float) -> Array:
    steps_km = np.linspace(0.0, FARTHEST_KM, 401)
    lat, lon = _points(source, angles[:, None], steps_km[None, :])
    strong = model.at(lat.ravel(), lon.ravel()).intensity.reshape(lat.shape) >= threshold
    last = np.where(strong.any(axis=1), strong.shape[1] - 1 - np.argmax(strong[:, ::-1], axis=1), -1)
    low = np.where(last >= 0, steps_km[last], 0.0)
    high = np.where(last >= 0, low + steps_km[1], 0.0)
    for _ in range(6):
        middle = (low + high) / 2.0
        lat, lon = _points(source, angles, middle)
        inside = model.at(lat, lon).intensity >= threshold
        low, high = np.where(inside, middle, low), np.where(inside, high, middle)
    return low
