"""One explosion, as blast and fireball, for everything around it; and what makes a vessel burst into one.

A vessel that bursts in a fire throws out a liquid that is far above its boiling point (BLEVE): what flashes pushes the
air away, and all of it burns in a fireball.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from drillsim.base import portable
from drillsim.physics.air import GAS_CONSTANT, SEA_LEVEL_PA
from drillsim.physics.blast.blast import TNT_J_KG, lung_death_part, overpressure_kpa
from drillsim.physics.fire.point_source import LETHAL_DOSE, fireball, fireball_kw_m2, thermal_dose
from drillsim.physics.gas.release import boiling_k, flash_part
from drillsim.physics.gas.substances import Substance
from drillsim.physics.validity import Array

BURST_PA: Final = 1.8e6
"""Pressure at which a vessel bursts: the design pressure of vessels for propane (knowledge: 1.77 MPa). [Pa]"""
LETHAL_PART: Final = 0.01
"""Part of the people whom the blast kills where units must not be: 1 % (assumption)."""
FARTHEST_M: Final = 20_000.0
"""Distances beyond this are not looked at (numerical bound). [m]"""


@dataclass(frozen=True, slots=True)
class Explosion:
    """An explosion at a point on the ground."""

    lat_deg: float
    lon_deg: float
    tnt_kg: float
    """TNT of the same blast."""
    fireball_kg: float = 0.0
    """What burns in the fireball; 0 without one."""
    heat_j_kg: float = 0.0
    air: float = 1.0
    """Pressure of the air there over that at sea level. [dimensionless]"""

    @property
    def lasts_s(self) -> float:
        """How long the fireball lasts. [s]"""
        return fireball(self.fireball_kg)[1] if self.fireball_kg > 0 else 0.0

    @property
    def radius_m(self) -> float:
        """Radius of the fireball. [m]"""
        return 0.5 * fireball(self.fireball_kg)[0] if self.fireball_kg > 0 else 0.0

    def kpa(self, away_m: ArrayLike) -> Array:
        """Return the peak overpressure so far away; shape of *away_m*. [kPa]"""
        return overpressure_kpa(max(self.tnt_kg, 1e-3), np.maximum(np.asarray(away_m, dtype=float), 1.0), self.air)

    def kw_m2(self, away_m: ArrayLike) -> Array:
        """Return the heat of the fireball so far away; shape of *away_m*. [kW/m²]"""
        if self.fireball_kg <= 0:
            return np.zeros(np.shape(away_m))
        return fireball_kw_m2(self.fireball_kg, self.heat_j_kg, away_m)

    def lethal(self, away_m: ArrayLike) -> Array:
        """Return where at least one in a hundred people in the open dies. (bool, shape of *away_m*)"""
        burnt = thermal_dose(self.kw_m2(away_m), self.lasts_s) >= LETHAL_DOSE
        return np.asarray(burnt | (lung_death_part(self.kpa(away_m)) >= LETHAL_PART))


@lru_cache(maxsize=256)
def lethal_m(explosion: Explosion) -> float:
    """Return how far an explosion kills one in a hundred or more of those in the open. [m]

    By bisection, for harm falls with distance; at most 20 km.

    Examples
    --------
    >>> round(lethal_m(Explosion(0.0, 0.0, 1000.0)))
    32
    """
    near, far = 0.0, FARTHEST_M
    for _ in range(40):
        middle = 0.5 * (near + far)
        near, far = (middle, far) if bool(explosion.lethal(middle)) else (near, middle)
    return near


def expansion_j(volume_m3: ArrayLike, pressure_pa: float, gamma: float, outside_pa: float = SEA_LEVEL_PA) -> Array:
    """Return the work of a gas that expands to the pressure outside without gaining heat; shape of *volume_m3*. [J]

    Notes
    -----
    ``p V/(g - 1) (1 - (p0/p)**((g - 1)/g))``, the isentropic expansion of CCPS 1999 (knowledge).

    Examples
    --------
    >>> float(expansion_j(1.0, 202_650.0, 1.5).round(-2))
    83600.0
    """
    ratio = portable.power(outside_pa / pressure_pa, (gamma - 1.0) / gamma)
    return np.asarray(pressure_pa * np.asarray(volume_m3, dtype=float) / (gamma - 1.0) * (1.0 - ratio))


def burst_tnt_kg(
    mass_kg: ArrayLike, substance: Substance, outside_pa: float = SEA_LEVEL_PA, burst_pa: float = BURST_PA
) -> Array:
    """Return the TNT of the same blast as a vessel of superheated liquid that bursts; shape of *mass_kg*. [kg]

    Parameters
    ----------
    mass_kg, substance
        What is in it. [kg], [-]
    outside_pa, burst_pa
        Pressure outside, and in it when it bursts. [Pa]

    Notes
    -----
    The part that flashes on the way from the burst pressure, as gas at that pressure, expands (Prugh 1991 as in CCPS
    1999; knowledge). All the work goes into the blast: that of the fragments is not taken off (assumption, cautious).

    Examples
    --------
    >>> from drillsim.physics.gas.substances import SUBSTANCES
    >>> float(burst_tnt_kg(100_000.0, SUBSTANCES["propane"]).round(-1))
    1170.0
    """
    stored_k = boiling_k(substance, burst_pa)
    gas_kg = np.asarray(mass_kg, dtype=float) * flash_part(substance, stored_k, outside_pa)
    volume_m3 = gas_kg * GAS_CONSTANT * stored_k / (substance.molar_kg * burst_pa)
    return np.asarray(expansion_j(volume_m3, burst_pa, substance.gamma, outside_pa) / TNT_J_KG)
