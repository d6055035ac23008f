"""Smoke in a tall building: on floors that burn, in the stairs, and from there on the floors above."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.hazards.high_rise.tower import Tower
from drillsim.hazards.high_rise.tower_fire import Blaze
from drillsim.physics.fire.smoke import (
    CO_AFTER_FLASHOVER_PPM,
    CO_BEFORE_FLASHOVER_PPM,
    SEA_LEVEL_KG_M3,
    diluted,
    leakage_m3_s,
    stack_pressure_pa,
)

Array = NDArray[np.float64]

FIRE_PRESSURE_PA: Final = 10.0
"""Of a fire against a door at sea level, from its own buoyancy. Klote and Milke (knowledge: some 10 to 15). [Pa]"""
GAPS_M2, OPEN_DOOR_M2 = 0.02, 0.25
"""Gaps round a closed stair door (knowledge: Klote and Milke), and a door held open by a hose (assumption). [m²]"""
FRESH_M3_S, FANS_M3_S = 0.3, 2.0
"""Air that reaches a stair through its other doors, and with fans of the fire service (assumptions). [m³/s]"""
SHAFT_M2: Final = 15.0
"""Area of a stair shaft (assumption). [m²]"""
FROM_STAIR: Final = 0.1
"""Part of the smoke in the stairs that is found on the floors above (assumption)."""
VENTED: Final = 0.2
"""Part of the smoke that is left on a floor after ventilation (assumption)."""
CLEAR: Final = 0.002
"""Share of the smoke of the fire below which stairs count as clear (assumption)."""


@dataclass(frozen=True, eq=False, slots=True)
class Smoke:
    """Where smoke is."""

    shares: Array
    """(stairs,) share of smoke in each stair from the fire upwards. [0..1]"""
    strength_ppm: float
    """Carbon monoxide in that smoke undiluted. [ppm]"""
    room_ppm: Array
    """(storeys,) carbon monoxide in the rooms that burn. [ppm]"""
    floor_ppm: Array
    """(storeys,) the same behind the doors of the rest of each floor. [ppm]"""
    stair_ppm: Array
    """(stairs, storeys) the same on the stairs. [ppm]"""

    @property
    def thick(self) -> bool:
        """Whether there is enough of it in a stair to matter."""
        return bool((self.shares > CLEAR).any())


def clear_smoke(tower: Tower) -> Smoke:
    """Return a building without smoke."""
    return Smoke(
        np.zeros(tower.stairs),
        0.0,
        np.zeros(tower.storeys),
        np.zeros(tower.storeys),
        np.zeros((tower.stairs, tower.storeys)),
    )


def smoke_after(
    smoke: Smoke, blaze: Blaze, tower: Tower, dt_s: float, *, flashover_kw: float, outside_c: float, door_open: bool,
    fans: bool, vented: bool, air: float = 1.0,
) -> Smoke:  # fmt: skip
    """Return the smoke after *dt_s*.

    Parameters
    ----------
    smoke, blaze, tower
        As they are.
    dt_s
        Time. [s]
    flashover_kw
        Size of fire at which a room flashes over. [kW]
    outside_c
        Air temperature outside, which draws smoke up or down the stairs. [°C]
    door_open
        Whether a hose holds the door of the first stair open on the floor of the fire.
    fans
        Whether the fire service blows air into the stairs.
    vented
        Whether it has let the smoke out of the floor of the fire.
    air
        Pressure of the air over that at sea level.
    """
    share_of_flashover = np.minimum(1.0, blaze.kw / flashover_kw)
    source = np.where(blaze.flashed & (blaze.kw > 0), CO_AFTER_FLASHOVER_PPM, CO_BEFORE_FLASHOVER_PPM)
    burning_ppm = source * share_of_flashover
    lowest = int(np.argmax(blaze.kw > 0)) if (blaze.kw > 0).any() else 0
    strongest = float(burning_ppm.max(initial=0.0))
    inflow = _inflows_m3_s(tower, blaze, outside_c, door_open=door_open, fans=fans, air=air)
    fresh = FANS_M3_S if fans else FRESH_M3_S
    volume = SHAFT_M2 * tower.storey_m * (tower.storeys - lowest)
    pairs = zip(smoke.shares.tolist(), inflow.tolist(), strict=True)
    shares = np.array([diluted(share, flow, fresh, volume, dt_s) for share, flow in pairs])
    above = np.arange(tower.storeys) >= lowest
    strength_ppm = max(strongest, smoke.strength_ppm if smoke.thick else 0.0)
    stair_ppm = shares[:, None] * strength_ppm * above
    doors = tower.facts.behind_doors
    leaked = FROM_STAIR * stair_ppm.mean(axis=0)
    room_ppm = burning_ppm * (VENTED if vented else 1.0)
    floor_ppm = doors * np.maximum(room_ppm, leaked)
    return Smoke(shares, strength_ppm, room_ppm, floor_ppm, stair_ppm)


def _inflows_m3_s(tower: Tower, blaze: Blaze, outside_c: float, *, door_open: bool, fans: bool, air: float) -> Array:
    """Return the smoke that gets into each stair: (stairs,) array. [m³/s]"""
    flows = np.zeros(tower.stairs)
    if tower.pressurised or fans:
        return flows
    fire_pa, density_kg_m3 = air * FIRE_PRESSURE_PA, air * SEA_LEVEL_KG_M3
    middle_m = 0.5 * tower.storeys * tower.storey_m
    for floor in blaze.rooms:
        out_pa = stack_pressure_pa(tower.height_m(floor) - middle_m, outside_c, air=air)
        pressure_pa = fire_pa * min(1.0, blaze.kw[floor - 1] / 1000.0) - out_pa
        flows += max(0.0, leakage_m3_s(GAPS_M2, pressure_pa, density_kg_m3))
        if door_open:
            flows[0] += max(0.0, leakage_m3_s(OPEN_DOOR_M2, fire_pa, density_kg_m3))
            door_open = False
    return flows
