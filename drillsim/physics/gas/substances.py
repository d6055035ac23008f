"""Substances of the chemical industry, with their data for release, dispersion, fire and toxicity.

Toxic limits: AEGL of EPA and NRC, ERPG of AIHA, IDLH of NIOSH; 60-minute AEGL of chlorine and ammonia were found in
public, the others are from general knowledge and want checking. Probits: CPR 18E, table 5.2 (knowledge). Burning rate
and heat of combustion: Babrauskas, SFPE Handbook (knowledge). Boiling point, density, heat capacities, latent heat and
flammable limit: NIST Chemistry WebBook and usual handbooks, rounded (knowledge).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

AEGL_MINUTES: Final = (10.0, 30.0, 60.0, 240.0, 480.0)
"""Exposure times for which AEGL are published. [min]"""

Five = tuple[float, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Toxic:
    """From which concentration a gas does harm."""

    aegl_ppm: tuple[Five | None, Five, Five]
    """Levels 1, 2, 3 for 10, 30, 60 minutes, 4 and 8 hours; level 1 may not be recommended. [ppm]"""
    erpg_ppm: tuple[float | None, float, float]
    """Levels 1, 2, 3 for one hour. [ppm]"""
    idlh_ppm: float
    """Immediately dangerous to life or health. [ppm]"""
    probit: tuple[float, float, float] | None = None
    """a, b, n of ``Pr = a + b ln(C**n t)``, C in mg/m³, t in minutes; none if not published there."""


@dataclass(frozen=True, slots=True)
class Flammable:
    """How a vapour or liquid burns."""

    lower_limit: float
    """Lower flammable limit. [parts of 1 by volume]"""
    heat_j_kg: float
    """Heat of combustion. [J/kg]"""
    burning_kg_m2_s: float | None = None
    """Burning rate of a large pool; none if it is known as a gas only. [kg/(m²·s)]"""
    k_beta_1_m: float = 0.0
    """Extinction coefficient times mean beam length corrector. [1/m]"""


@dataclass(frozen=True, slots=True)
class Substance:
    """One substance; temperatures in kelvin, all at one atmosphere unless said otherwise."""

    name: str
    zh: str
    molar_kg: float
    """Molar mass. [kg/mol]"""
    boiling_k: float
    liquid_kg_m3: float
    """Density of the liquid at its boiling point, or at 20 °C if it boils above that."""
    latent_j_kg: float
    liquid_j_kg_k: float
    gamma: float
    """Ratio of the heat capacities of the gas."""
    toxic: Toxic | None = None
    flammable: Flammable | None = None

    def gas_kg_m3(self, temperature_k: float, pressure_pa: float) -> float:
        """Return the density of the gas by the ideal gas law. [kg/m³]

        Examples
        --------
        >>> round(SUBSTANCES["chlorine"].gas_kg_m3(298.15, 101_325), 2)
        2.9
        """
        return pressure_pa * self.molar_kg / (8.314462618 * temperature_k)


def _flat(value: float) -> Five:
    return (value, value, value, value, value)


_ROWS: Final = (
    Substance(
        "chlorine", "氯", 0.07090, 239.1, 1562, 288e3, 949, 1.33,
        Toxic((_flat(0.5), (2.8, 2.8, 2.0, 1.0, 0.71), (50, 28, 20, 10, 7.1)), (1, 3, 20), 10, (-6.35, 0.5, 2.75)),
    ),
    Substance(
        "ammonia", "氨", 0.01703, 239.8, 682, 1371e3, 4450, 1.31,
        Toxic((_flat(30), (220, 220, 160, 110, 110), (2700, 1600, 1100, 550, 390)), (25, 150, 1500), 300,
              (-15.6, 1, 2)),
        Flammable(0.15, 18.6e6),
    ),
    Substance(
        "hydrogen_sulfide", "硫化氢", 0.03408, 212.8, 914, 548e3, 2010, 1.32,
        Toxic(((0.75, 0.60, 0.51, 0.36, 0.33), (41, 32, 27, 20, 17), (76, 59, 50, 37, 31)), (0.1, 30, 100), 100,
              (-11.5, 1, 1.9)),
        Flammable(0.04, 15.2e6),
    ),
    Substance(
        "hydrogen_fluoride", "氟化氢", 0.02001, 292.7, 967, 375e3, 2500, 1.40,
        Toxic((_flat(1), (95, 34, 24, 12, 12), (170, 62, 44, 22, 22)), (2, 20, 50), 30, (-8.4, 1, 1.5)),
    ),
    Substance(
        "phosgene", "光气", 0.09892, 280.8, 1402, 247e3, 1020, 1.17,
        Toxic((None, (0.6, 0.6, 0.3, 0.08, 0.04), (3.6, 1.5, 0.75, 0.2, 0.09)), (None, 0.5, 1.5), 2, (-10.6, 2, 1)),
    ),
    Substance(
        "sulfur_dioxide", "二氧化硫", 0.06406, 263.1, 1458, 389e3, 1360, 1.26,
        Toxic((_flat(0.2), _flat(0.75), (30, 30, 30, 19, 9.6)), (0.3, 3, 25), 100, (-19.2, 1, 2.4)),
    ),
    Substance(
        "benzene", "苯", 0.07811, 353.2, 876, 394e3, 1730, 1.11,
        Toxic(((130, 73, 52, 18, 9), (2000, 1100, 800, 400, 200), (9700, 5600, 4000, 2000, 990)), (50, 150, 1000), 500),
        Flammable(0.012, 40.1e6, 0.085, 2.7),
    ),
    Substance(
        "acrylonitrile", "丙烯腈", 0.05306, 350.4, 806, 614e3, 2090, 1.15,
        Toxic((None, (8.6, 3.2, 1.7, 0.48, 0.26), (130, 50, 28, 9.7, 5.2)), (10, 35, 75), 85, (-8.6, 1, 1.3)),
        Flammable(0.03, 33.2e6),
    ),
    Substance(
        "methanol", "甲醇", 0.03204, 337.8, 791, 1100e3, 2530, 1.20,
        Toxic(((670, 670, 530, 340, 270), (11000, 4000, 2100, 730, 520), (40000, 14000, 7200, 2400, 1600)),
              (200, 1000, 5000), 6000),
        Flammable(0.06, 20.0e6, 0.017, 100.0),
    ),
    Substance(
        "hydrogen_cyanide", "氰化氢", 0.02703, 298.8, 687, 933e3, 2620, 1.30,
        Toxic(((2.5, 2.5, 2.0, 1.3, 1.0), (17, 10, 7.1, 3.5, 2.5), (27, 21, 15, 8.6, 6.6)), (None, 10, 25), 50,
              (-9.8, 1, 2.4)),
        Flammable(0.056, 23.8e6),
    ),
    Substance(
        "hydrogen_chloride", "氯化氢", 0.03646, 188.1, 1193, 443e3, 1750, 1.40,
        Toxic((_flat(1.8), (100, 43, 22, 11, 11), (620, 210, 100, 26, 26)), (3, 20, 150), 50, (-37.3, 3.69, 1)),
    ),
    Substance(
        "carbon_monoxide", "一氧化碳", 0.02801, 81.6, 790, 215e3, 2150, 1.40,
        Toxic((None, (420, 150, 83, 33, 27), (1700, 600, 330, 150, 130)), (200, 350, 500), 1200, (-7.4, 1, 1)),
        Flammable(0.125, 10.1e6),
    ),
    Substance(
        "xylene", "对二甲苯", 0.10617, 411.5, 861, 339e3, 1720, 1.07, None, Flammable(0.011, 40.8e6, 0.090, 1.4)
    ),
    Substance("gasoline", "汽油", 0.095, 313.0, 740, 330e3, 2220, 1.05, None,
              Flammable(0.014, 43.7e6, 0.055, 2.1)),
    Substance("kerosene", "煤油", 0.170, 450.0, 800, 250e3, 2000, 1.05, None,
              Flammable(0.007, 43.2e6, 0.039, 3.5)),
    Substance("diesel", "柴油", 0.200, 500.0, 850, 250e3, 2000, 1.05, None,
              Flammable(0.006, 39.7e6, 0.035, 1.7)),
    Substance("crude_oil", "原油", 0.200, 340.0, 860, 300e3, 2000, 1.05, None,
              Flammable(0.013, 42.6e6, 0.034, 2.8)),
    Substance("ethanol", "乙醇", 0.04607, 351.4, 789, 838e3, 2440, 1.13, None,
              Flammable(0.033, 26.8e6, 0.015, 100)),
    Substance("propane", "丙烷", 0.04410, 231.1, 582, 426e3, 2400, 1.13, None,
              Flammable(0.021, 46.0e6, 0.099, 1.4)),
    Substance("methane", "甲烷", 0.01604, 111.6, 424, 510e3, 3480, 1.31, None,
              Flammable(0.05, 50.0e6, 0.078, 1.1)),
)  # fmt: skip
"""Properties: handbooks (knowledge); AEGL: EPA; ERPG: AIHA; IDLH: NIOSH; probits: CPR 18E (knowledge)."""

SUBSTANCES: Final[Mapping[str, Substance]] = {row.name: row for row in _ROWS}
"""Every known substance by name."""

TOXIC: Final[Mapping[str, Toxic]] = {row.name: row.toxic for row in _ROWS if row.toxic is not None}
FLAMMABLE: Final[Mapping[str, Flammable]] = {row.name: row.flammable for row in _ROWS if row.flammable is not None}
"""Those of which a cloud does harm, and those that burn."""
