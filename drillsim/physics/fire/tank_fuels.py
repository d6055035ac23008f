"""Liquids in tanks: when each lights by itself, from when it flashes, and two cuts of a refinery beside the substances.

Autoignition and flash points: data sheets and NFPA 325, rounded (knowledge). Petrol-like naphthas light by themselves
from 280 to 470 °C and flash below 0 to 55 °C (Eaton 1990, as the ECHA dossier of low-boiling naphthas quotes it).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from drillsim.physics.gas.substances import SUBSTANCES, Flammable, Substance


@dataclass(frozen=True, slots=True)
class TankFuel:
    """What decides whether a tank of it lights again, and how it is fought."""

    autoignition_c: float
    """Temperature above which it lights by itself in air. [°C]"""
    flash_c: float
    """Flash point. [°C]"""
    polar: bool = False
    """Whether it mixes with water and breaks common foam."""


CUTS: Final = (
    Substance(
        "heavy_naphtha", "重石脑油", 0.115, 393.0, 740, 310e3, 2200, 1.05, None, Flammable(0.012, 43.7e6, 0.055, 2.1)
    ),
    Substance(
        "light_reformate", "轻重整液", 0.085, 345.0, 750, 350e3, 2000, 1.07, None, Flammable(0.013, 43.7e6, 0.055, 2.1)
    ),
)
"""Burn like petrol (Babrauskas; assumption); the rest from usual data sheets, rounded (knowledge)."""
TANK_CONTENTS: Final[Mapping[str, Substance]] = {**SUBSTANCES, **{cut.name: cut for cut in CUTS}}
"""Everything that a tank may hold."""
TANK_FLAMMABLE: Final[Mapping[str, Flammable]] = {
    name: content.flammable for name, content in TANK_CONTENTS.items() if content.flammable is not None
}
"""Those of them that burn."""
TANK_FUELS: Final[Mapping[str, TankFuel]] = {
    "benzene": TankFuel(498.0, -11.0),
    "methanol": TankFuel(464.0, 11.0, polar=True),
    "ethanol": TankFuel(363.0, 13.0, polar=True),
    "xylene": TankFuel(528.0, 27.0),
    "gasoline": TankFuel(280.0, -43.0),
    "kerosene": TankFuel(210.0, 38.0),
    "diesel": TankFuel(220.0, 55.0),
    "crude_oil": TankFuel(230.0, 0.0),
    "propane": TankFuel(450.0, -104.0),
    "methane": TankFuel(537.0, -188.0),
    "heavy_naphtha": TankFuel(280.0, -5.0),
    "light_reformate": TankFuel(280.0, -20.0),
}
"""Autoignition and flash points of what can burn at the roof of a tank; the lower end of the range for cuts. Source:
usual data sheets, rounded (knowledge)."""
