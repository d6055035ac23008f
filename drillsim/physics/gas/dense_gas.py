"""Clouds heavier than air: the workbook of Britter and McQuaid, steady plume and instant puff.

A jet of liquefied gas is taken with as much air as evaporates its droplets: that cold mixture is the source. So
ammonia, whose vapour is lighter than air, spreads as the heavy fog that it is when it flashes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.air import AIR_KG_MOL, GAS_CONSTANT, air_density_kg_m3
from drillsim.physics.gas.release import GRAVITY_M_S2, boiling_k
from drillsim.physics.gas.substances import Substance
from drillsim.physics.validity import Array, ValidRange

AIR_J_KG_K: Final = 1005.0
"""Heat capacity of air. [J/(kg·K)] Source: handbooks."""
ALPHA: Final = ValidRange("Britter-McQuaid parameter alpha", -1.0, 1.0, "", "Britter and McQuaid 1988")
DILUTION: Final = ValidRange("dilution by a dense plume", 0.002, 0.1, "of the source", "Britter and McQuaid 1988")
DENSE_PLUME_FROM: Final = 0.15
"""Least (g' V'/(u³ D))**(1/3) of a dense plume. Source: Britter and McQuaid 1988 as in CCPS 1999."""

_PLUME: Final = {  # ratio to the source: alpha at the corners, beta there
    0.100: ((-1.0, -0.55, -0.14, 1.0), (1.75, 1.75, 1.85, 1.28)),
    0.050: ((-1.0, -0.68, -0.29, -0.18, 1.0), (1.92, 1.92, 2.06, 2.06, 1.40)),
    0.020: ((-1.0, -0.69, -0.31, -0.16, 1.0), (2.08, 2.08, 2.25, 2.25, 1.62)),
    0.010: ((-1.0, -0.70, -0.29, -0.20, 1.0), (2.25, 2.25, 2.45, 2.45, 1.83)),
    0.005: ((-1.0, -0.67, -0.28, -0.15, 1.0), (2.40, 2.40, 2.63, 2.63, 2.07)),
    0.002: ((-1.0, -0.69, -0.25, -0.13, 1.0), (2.60, 2.60, 2.77, 2.77, 2.21)),
}
_PUFF: Final = {
    0.100: ((-1.0, -0.44, 0.43, 1.0), (0.70, 0.70, 0.93, 0.93)),
    0.050: ((-1.0, -0.56, 0.31, 1.0), (0.85, 0.85, 1.08, 1.00)),
    0.020: ((-1.0, -0.66, 0.32, 1.0), (0.95, 0.95, 1.30, 1.12)),
    0.010: ((-1.0, -0.71, 0.37, 1.0), (1.15, 1.15, 1.52, 1.28)),
    0.005: ((-1.0, -0.52, 0.24, 1.0), (1.48, 1.48, 1.68, 1.45)),
    0.002: ((-1.0, 0.27, 1.0), (1.83, 1.83, 1.60)),
    0.001: ((-1.0, -0.10, 1.0), (2.075, 2.075, 1.78)),
}
"""Digitised curves as in CCPS 1999 and EPA TSCREEN, EPA-454/B-94-023, 1994."""
_PLUME_NEAR: Final = 306.0
"""Dilution near a plume is that times x*^-2. Source: Britter and McQuaid 1988 as in CCPS 1999 (knowledge)."""
_PUFF_NEAR: Final = 3.24
"""Constants of ``near/(near + scaled²)`` near a plume and a puff. Source: Britter and McQuaid 1988 as in CCPS 1999
(knowledge)."""
_PLUME_NEAR_TO: Final = 30.0
"""Distance over ``D`` to which that holds of a plume. Source: as above; a puff follows it to its first curve."""


LEAST_PUFF_M3: Final = 1e-9
"""A puff of less is none: in the moment in which a leak begins nothing has left yet (numerical bound). [m³]"""


@dataclass(frozen=True, slots=True)
class DenseSource:
    """A gas mixture at the source, and the air around it."""

    gas_kg_m3: float
    """Density of the mixture. [kg/m³]"""
    temperature_k: float
    share: float
    """Mole fraction of the substance in it."""
    air_kg_m3: float
    air_k: float

    @property
    def reduced_gravity_m_s2(self) -> float:
        """How strongly it sinks. [m/s²]"""
        return GRAVITY_M_S2 * max(0.0, self.gas_kg_m3 - self.air_kg_m3) / self.air_kg_m3

    def volume_m3(self, mass_kg: float, molar_kg: float, pressure_pa: float) -> float:
        """Return the volume of the mixture that holds some mass of the substance. [m³, or m³/s of kg/s]"""
        return mass_kg / molar_kg / self.share * GAS_CONSTANT * self.temperature_k / pressure_pa


def evaporated_source(
    substance: Substance, liquid_part: float, air_k: float, pressure_pa: float, gas_k: float | None = None
) -> DenseSource:
    """Return the mixture of a flashed release with just the air that evaporates its droplets.

    Parameters
    ----------
    substance, liquid_part
        What, and which part of the airborne mass is droplets. [-], [0 to 1]
    air_k, pressure_pa
        Temperature and pressure of the air. [K], [Pa]
    gas_k
        Temperature of a release that is all gas; its boiling point if left out. [K]

    Notes
    -----
    Adiabatic: the air cools from its own temperature to the boiling point, ``m_air cp (Ta - Tb) = x L`` (assumption:
    no heat from the ground, dry air; moist air would be a little warmer).

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> fog = evaporated_source(SUBSTANCES["ammonia"], 0.8, 293.15, 101_325.0)
    >>> round(fog.gas_kg_m3, 2), round(fog.share, 3)
    (1.43, 0.077)
    """
    cold_k = boiling_k(substance, pressure_pa) if gas_k is None else gas_k
    air_kg = liquid_part * substance.latent_j_kg / (AIR_J_KG_K * (air_k - cold_k)) if air_k > cold_k else 0.0
    moles, air_moles = 1.0 / substance.molar_kg, air_kg / AIR_KG_MOL
    volume_m3 = (moles + air_moles) * GAS_CONSTANT * cold_k / pressure_pa
    return DenseSource(
        gas_kg_m3=(1.0 + air_kg) / volume_m3,
        temperature_k=cold_k,
        share=moles / (moles + air_moles),
        air_kg_m3=air_density_kg_m3(pressure_pa, air_k),
        air_k=air_k,
    )


def plume_alpha(source: DenseSource, volume_m3_s: float, wind_10m_m_s: float) -> float:
    """Return the parameter of the plume curves, ``0.2 log10(g'² V' u**-5)``."""
    return 0.2 * float(
        portable.log10(
            max(portable.square(source.reduced_gravity_m_s2) * volume_m3_s * portable.power(wind_10m_m_s, -5), 1e-9)
        )
    )


def puff_alpha(source: DenseSource, volume_m3: float, wind_10m_m_s: float) -> float:
    """Return the parameter of the puff curves, ``0.5 log10(g' V**(1/3) u**-2)``."""
    return 0.5 * float(
        portable.log10(
            max(source.reduced_gravity_m_s2 * portable.power(volume_m3, 1 / 3) / portable.square(wind_10m_m_s), 1e-9)
        )
    )


def is_dense_plume(source: DenseSource, volume_m3_s: float, wind_10m_m_s: float) -> bool:
    """Tell whether a plume spreads by its own weight rather than by the turbulence of the air."""
    diameter_m = math.sqrt(volume_m3_s / wind_10m_m_s)
    return bool(
        portable.cbrt(source.reduced_gravity_m_s2 * volume_m3_s / (portable.power(wind_10m_m_s, 3) * diameter_m))
        > DENSE_PLUME_FROM
    )


def plume_share(x_m: ArrayLike, source: DenseSource, volume_m3_s: float, wind_10m_m_s: float) -> Array:
    """Return the highest mole fraction of the source gas at distances downwind of a steady dense plume. [0 to 1]

    Parameters
    ----------
    x_m
        Distance downwind, any shape. [m]
    source, volume_m3_s, wind_10m_m_s
        Mixture, its volume flow and the wind at 10 m. [-], [m³/s], [m/s]

    Notes
    -----
    ``306/(306 + (x/D)²)`` up to 30 D, then the curves, log-log between them, then ``x**-2``; ``D = sqrt(V'/u)``. A
    cold gas is corrected by ``c/(c + (1-c) T0/Ta)``. The example is that of CCPS 1999, page 122 (after the Burro
    trials): 0.23 m³/s of LNG in 10.9 m/s of wind are diluted to 5 % at 367 m
    (4.9 % here, by log-log interpolation).

    Examples
    --------
    >>> lng = DenseSource(1.76, 111.15, 1.0, 1.224, 298.0)
    >>> float(plume_share(367.0, lng, 0.23 * 425.6 / 1.76, 10.9).round(3))
    0.049
    """
    scale_m = math.sqrt(volume_m3_s / wind_10m_m_s)
    alpha = plume_alpha(source, volume_m3_s, wind_10m_m_s)
    diluted = _along(np.asarray(x_m, dtype=float) / scale_m, alpha, _PLUME, _PLUME_NEAR, _PLUME_NEAR_TO)
    return _warmed(diluted, source)


def puff_share(x_m: ArrayLike, source: DenseSource, volume_m3: float, wind_10m_m_s: float) -> Array:
    """Return the highest mole fraction at distances that the centre of a dense puff reaches; shape of *x_m*. [0 to 1]

    Notes
    -----
    ``3.24/(3.24 + (x/V**(1/3))²)`` near, then the curves, then ``x**-2`` (Britter and McQuaid 1988).
    """
    volume_m3 = max(volume_m3, LEAST_PUFF_M3)
    alpha = puff_alpha(source, volume_m3, wind_10m_m_s)
    diluted = _along(np.asarray(x_m, dtype=float) / portable.power(volume_m3, 1 / 3), alpha, _PUFF, _PUFF_NEAR, np.inf)
    return _warmed(diluted, source)


def plume_half_width_m(x_m: ArrayLike, source: DenseSource, volume_m3_s: float, wind_10m_m_s: float) -> Array:
    """Return the half-width of a dense plume; shape of *x_m*. [m]

    Notes
    -----
    ``D/2 + 4 l + 2.5 (l x²)**(1/3)`` with ``l = g' V'/u³``: half of the workbook's width at the source, and its spread
    (CCPS 1999). Upwind it reaches ``D/2 + 2 l``.
    """
    scale_m = math.sqrt(volume_m3_s / wind_10m_m_s)
    buoyancy_m = source.reduced_gravity_m_s2 * volume_m3_s / portable.power(wind_10m_m_s, 3)
    x = np.maximum(np.asarray(x_m, dtype=float), 0.0)
    return np.asarray(0.5 * scale_m + 4.0 * buoyancy_m + 2.5 * portable.cbrt(buoyancy_m * portable.square(x)))


def puff_radius_m(age_s: ArrayLike, source: DenseSource, volume_m3: float) -> Array:
    """Return the radius of a dense puff of some age; shape of *age_s*. [m]

    Parameters
    ----------
    age_s, source, volume_m3
        Age of any shape, mixture, and its volume at first. [s], [-], [m³]

    Notes
    -----
    ``r² = r0² + 1.2 t sqrt(g' V)`` (Britter and McQuaid 1988 as in CCPS 1999; knowledge); at first as high as its
    radius (assumption).

    Examples
    --------
    >>> lng = DenseSource(1.76, 111.15, 1.0, 1.224, 298.0)
    >>> puff_radius_m([0.0, 60.0], lng, 1000.0).round(1)
    array([ 6.8, 69. ])
    """
    first_m = portable.cbrt(volume_m3 / np.pi)
    spread = 1.2 * np.asarray(age_s, dtype=float) * np.sqrt(source.reduced_gravity_m_s2 * volume_m3)
    return np.asarray(np.sqrt(portable.square(first_m) + spread))


def plume_ends_m(source: DenseSource, volume_m3_s: float, wind_10m_m_s: float) -> float:
    """Return how far the curves of a dense plume go: to a dilution of 1/500. [m]

    Examples
    --------
    >>> lng = DenseSource(1.76, 111.15, 1.0, 1.224, 298.0)
    >>> round(plume_ends_m(lng, 0.23 * 425.6 / 1.76, 10.9))
    1128
    """
    log_scaled = float(np.interp(plume_alpha(source, volume_m3_s, wind_10m_m_s), *_PLUME[DILUTION.low]))
    return math.sqrt(volume_m3_s / wind_10m_m_s) * float(portable.power(10.0, log_scaled))


def _along(
    scaled: Array,
    alpha: float,
    curves: dict[float, tuple[tuple[float, ...], tuple[float, ...]]],
    near: float,
    until: float,
) -> Array:
    """Return the dilution along a cloud: the near formula, the curves from log to log, the inverse square.

    Parameters
    ----------
    scaled
        Distance over the length of the source, any shape.
    alpha, curves
        Parameter of the curves, and their corners.
    near, until
        Constant of the near formula ``near/(near + scaled²)``, and how far it holds at most.

    Where the first curve lies so near that the formula would still be above it, the formula is made to end on the
    curve, by a smaller constant (assumption); where it has fallen to that level before, it stays there. So the
    concentration falls without a jump.
    """
    ratios = np.array(list(curves))
    betas = np.array([np.interp(alpha, *corners) for corners in curves.values()])
    first = float(portable.power(10.0, betas[0]))
    near = min(near, ratios[0] / (1.0 - ratios[0]) * portable.square(first))
    begin = min(until, first)
    far = np.maximum(scaled, 1e-9)
    close = near / (near + portable.square(far))
    knots = np.concatenate(([portable.log10(begin)], betas))
    levels = np.concatenate(([near / (near + portable.square(begin))], ratios))
    middle = portable.power(10.0, np.interp(portable.log10(far), knots, portable.log10(levels)))
    beyond = ratios[-1] * portable.square(portable.power(10.0, betas[-1]) / far)
    inner = np.where(far <= begin, np.maximum(close, ratios[0]), middle)
    return np.asarray(np.where(far > portable.power(10.0, betas[-1]), beyond, inner))


def _warmed(diluted: Array, source: DenseSource) -> Array:
    return np.asarray(diluted / (diluted + (1.0 - diluted) * source.temperature_k / source.air_k))
