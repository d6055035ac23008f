"""What shaking does to roads: slides on mountain sections, bridges; how long it takes to clear them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import numpy as np
from scipy.stats import norm

from drillsim.base import portable
from drillsim.physics.earthquake.attenuation import G_MS2, Array
from drillsim.world.altitude import LABOUR_FROM_M, labour_factor

SLOPE_DEG: Final = 35.0
"""Slope above mountain roads. [deg] (assumption)"""
SAFETY_FACTOR: Final = 1.5
"""Static factor of safety of such slopes (assumption)."""
CELL_M: Final = 50.0
"""Width of one slope that slides or holds. [m] (assumption)"""
SLIDE_M3: Final = 300.0
"""Median volume on the road per slide. [m³] (assumption)"""
SLIDE_CV: Final = 2.0
EXCAVATED_M3_H: Final = 100.0
"""Loose rock per excavator of 1 m³ and hour at sea level: middle of 80 to 120 (knowledge). [m³/h]"""
PEOPLE_PER_EXCAVATOR: Final = 4
"""Operator, relief, two to watch the slope (assumption)."""
BYPASS_WORK_S: Final = 400 * 3600.0
"""Work for a bypass or a ford beside a bridge that must not be used. [person·s] (assumption)"""
MACHINE_INCREASE: Final = (0.20, 0.34, 0.54, 0.60, 0.65, 0.70)
BRIDGES_PER_KM: Final[Mapping[str, float]] = MappingProxyType({"motorway": 0.3, "trunk": 0.1, "primary": 0.1})
"""Bridges long enough to be lost, by class of road; elsewhere 0.05. [1/km] (assumption)"""
OTHER_BRIDGES_PER_KM: Final = 0.05
BRIDGE_MEDIAN_G: Final[Mapping[bool, float]] = MappingProxyType({True: 1.1, False: 0.45})
"""Median Sa(1 s) of extensive damage: HAZUS HWB7 (designed for earthquakes: motorways), HWB5 (others). [g]"""
BRIDGE_BETA: Final = 0.6
"""Spread of ln Sa(1 s) of all damage states of bridges: HAZUS (knowledge)."""


def newmark_displacement_cm(pga_ms2: Array, critical_ms2: float) -> Array:
    """Return how far a slope slides in one earthquake: (n,). [cm]

    Notes
    -----
    ``lg D = 0.215 + lg[(1 - ac/am)^2.341 (ac/am)^-1.438]``, Jibson 2007 (knowledge), sigma 0.51; nothing where the
    peak acceleration am does not reach the critical one ac.

    Examples
    --------
    >>> newmark_displacement_cm(np.array([2.0, 4.0, 8.0]), 2.5).round(2)
    array([0.  , 0.32, 3.63])
    """
    ratio = np.clip(critical_ms2 / np.maximum(np.asarray(pga_ms2, float), 1e-9), 1e-3, 1.0)
    return np.asarray(portable.power(10.0, 0.215) * portable.power(1.0 - ratio, 2.341) * portable.power(ratio, -1.438))


def slide_probability(displacement_cm: Array) -> Array:
    """Return the probability that a slope fails which has moved so far: (n,).

    Notes
    -----
    ``0.335 (1 - exp(-0.048 D^1.565))``, Jibson, Harp and Michael 2000 (knowledge), from Northridge 1994.

    Examples
    --------
    >>> slide_probability(np.array([0.0, 2.0, 20.0])).round(3)
    array([0.   , 0.044, 0.333])
    """
    return np.asarray(0.335 * (1.0 - portable.exp(-0.048 * portable.power(np.asarray(displacement_cm, float), 1.565))))


def critical_acceleration_ms2(safety_factor: float = SAFETY_FACTOR, slope_deg: float = SLOPE_DEG) -> float:
    """Return the acceleration at which an infinite slope begins to move: ``(FS - 1) g sin(slope)``. [m/s²]

    Examples
    --------
    >>> round(critical_acceleration_ms2(), 2)
    2.81
    """
    return (safety_factor - 1.0) * G_MS2 * portable.sin(math.radians(slope_deg))


def slides_per_km(pga_ms2: Array, critical_ms2: float) -> Array:
    """Return the expected number of slides that reach a mountain road: (n,). [1/km]

    One side of the road, a slope every 50 m (assumption).

    Examples
    --------
    >>> slides_per_km(np.array([2.0, 4.0, 6.0]), 2.81).round(3)
    array([0.   , 0.018, 0.37 ])
    """
    return slide_probability(newmark_displacement_cm(pga_ms2, critical_ms2)) * 1000.0 / CELL_M


def spectral_acceleration_1s_g(pgv_ms: Array) -> Array:
    """Return Sa(1 s) from PGV as HAZUS relates them: (n,), ``PGV = g Sa / (2 pi 1.65)``. [g] (knowledge)

    Examples
    --------
    >>> spectral_acceleration_1s_g(np.array([0.5])).round(2)
    array([0.53])
    """
    return np.asarray(pgv_ms, float) * 1.65 * 2.0 * math.pi / G_MS2


def bridge_loss(pgv_ms: Array, *, designed: bool) -> Array:
    """Return the probability that damage closes a bridge: (n,).

    Lognormal in Sa(1 s), HAZUS 5.1, extensive damage or worse, beta 0.6.

    Examples
    --------
    >>> bridge_loss(np.array([0.2, 0.5]), designed=False).round(2)
    array([0.1 , 0.61])
    """
    demand = np.maximum(spectral_acceleration_1s_g(pgv_ms), 1e-9)
    return np.asarray(norm.cdf(portable.log(demand / BRIDGE_MEDIAN_G[designed]) / BRIDGE_BETA))


def machine_factor(elevation_m: float) -> float:
    """Return by how much altitude multiplies machine time. [dimensionless]

    The machine-shift norm increase of railway construction on the plateau, 铁建设[2006]113 (knowledge).

    Examples
    --------
    >>> machine_factor(1800), machine_factor(2261), machine_factor(4290)
    (1.0, 1.2, 1.6)
    """
    step = int(np.searchsorted(LABOUR_FROM_M, elevation_m, side="left"))
    return 1.0 if step == 0 else 1.0 + MACHINE_INCREASE[step - 1]


def clearing_work_s(volume_m3: float, elevation_m: float) -> float:
    """Return the work to clear a slide, before the engine multiplies it by the labour factor. [person·s]

    Machines set the pace: volume over rate, times the machine factor, times the people at one machine.

    Examples
    --------
    >>> clearing_work_s(300.0, 1500.0) / 3600
    12.0
    """
    machine_h = volume_m3 / EXCAVATED_M3_H * machine_factor(elevation_m)
    return machine_h * PEOPLE_PER_EXCAVATOR * 3600.0 / labour_factor(elevation_m)


@dataclass(frozen=True, eq=False, slots=True)
class Sections:
    """Road sections as points where they can break: row i of every array is a point."""

    ids: tuple[str, ...]
    point_section: np.ndarray
    """(n_points,) row of the section."""
    lat_deg: Array
    lon_deg: Array
    km: Array
    """(n_points,) length of road that the point stands for. [km]"""
    mountain: np.ndarray
    """(n_sections,) whether slopes stand above it."""
    bridges_per_km: Array
    """(n_sections,) bridges per kilometre of road. [1/km]"""
    designed: np.ndarray
    """(n_sections,) whether its bridges are designed for earthquakes."""

    def expected(self, pga_ms2: Array, pgv_ms: Array, critical_ms2: float) -> tuple[Array, Array]:
        """Return the expected slides, and lost bridges, on each section: (n_sections,), (n_sections,)."""
        rows, count = self.point_section, len(self.ids)
        slides = slides_per_km(pga_ms2, critical_ms2) * self.km * self.mountain[rows]
        loss = np.where(self.designed[rows], bridge_loss(pgv_ms, designed=True), bridge_loss(pgv_ms, designed=False))
        bridges = loss * self.km * self.bridges_per_km[rows]
        return (
            np.asarray(np.bincount(rows, slides, count), float),
            np.asarray(np.bincount(rows, bridges, count), float),
        )
