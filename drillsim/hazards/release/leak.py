"""A leak: what is stored, how, through which hole it leaves, and what of it becomes a cloud."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final, Literal

import numpy as np
from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Model
from drillsim.physics.air import Terrain, pressure_pa
from drillsim.physics.gas.centreline import Emission
from drillsim.physics.gas.dense_gas import evaporated_source
from drillsim.physics.gas.release import (
    airborne_part,
    boiling_k,
    boiling_pool_kg_m2_s,
    emptied_s,
    evaporating_pool_kg_m2_s,
    flash_part,
    gas_kg_s,
    liquid_kg_s,
    liquid_range,
    steady_pool_m2,
    vapour_pressure_pa,
)
from drillsim.physics.gas.substances import SUBSTANCES, Substance
from drillsim.physics.validity import Array, ValidRange
from drillsim.world.advisory import Advisory
from drillsim.world.references import unknown_reference

ZERO_C_K: Final = 273.15
"""0 °C, by definition. [K]"""
POOL_AGE_S: Final = 600.0
"""Age of a boiling pool whose evaporation is taken for all the time (assumption). [s]"""
HOLE: Final = ValidRange("hole", 1.0, 300.0, "mm", "CCPS 1999")
PARTS: Final = 10
"""Parts into which a rate that falls is cut (numerical choice)."""
PART_OF_VAPOUR_PRESSURE: Final = 0.99
"""Gas below this part of its vapour pressure has no liquid under it (numerical: the rest is rounding)."""
SAME: Final = 1e-9
"""Part of a mass within which two are the same (numerical tolerance)."""
_POOL_ROUNDS: Final = 4
"""Rounds in which a pool and what feeds it are brought into balance (numerical choice)."""


def _known_substance(name: str) -> str:
    if name not in SUBSTANCES:
        raise unknown_reference("substance", name, set(SUBSTANCES))
    return name


SubstanceName = Annotated[str, Field(max_length=40), AfterValidator(_known_substance)]
"""Name of a substance: ``chlorine``, ``ammonia``, ``xylene`` …"""


class Leak(Model):
    """What is stored and the hole it leaves through."""

    substance: SubstanceName
    """What leaks."""
    stored_kg: Annotated[float, Field(gt=0, le=1e8, json_schema_extra={"unit": "kg"})]
    """How much there is; when it has left, the release is over."""
    stored_c: Annotated[float, Field(ge=-200, le=200, json_schema_extra={"unit": "°C"})] | None = None
    """Temperature in the tank; that of the air if left out."""
    overpressure_kpa: Annotated[float, Field(ge=0, le=20_000, json_schema_extra={"unit": "kPa"})] | None = None
    """Pressure above that outside; that of its own vapour if left out, 0 for a liquid that does not boil."""
    hole_mm: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "mm"})]
    """Diameter of the hole."""
    phase: Literal["liquid", "gas"] = "liquid"
    """What stands at the hole."""
    head_m: Annotated[float, Field(ge=0, le=50, json_schema_extra={"unit": "m"})] = 0.0
    """Height of liquid above the hole at first; the rate falls with it."""
    height_m: Annotated[float, Field(ge=0, le=200, json_schema_extra={"unit": "m"})] = 0.0
    """Height of the hole above ground."""
    bund_m2: Annotated[float, Field(gt=0, le=1e6, json_schema_extra={"unit": "m²"})] | None = None
    """Area that holds the liquid; it spreads until it evaporates as fast as it comes if left out."""

    @model_validator(mode="after")
    def _gas_under_pressure(self) -> Leak:
        boils_k = SUBSTANCES[self.substance].boiling_k
        cold = self.stored_c is not None and self.stored_c + ZERO_C_K < boils_k
        if self.phase == "gas" and self.overpressure_kpa is None and cold:
            raise PydanticCustomError("gas_without_pressure", "gas leaves only under pressure: give overpressure_kpa")
        return self


@dataclass(frozen=True, slots=True)
class Part:
    """Part of what leaves, during which the rate is taken as its mean."""

    until_kg: float
    """All that has left by its end."""
    spill_kg_s: float
    """Leaves the tank."""
    airborne_kg_s: float
    """Becomes cloud."""
    into_pool_kg_s: float = 0.0
    """Falls to the ground as liquid."""
    from_pool_kg_s: float = 0.0
    """Evaporates from there; in what becomes cloud."""


@dataclass(frozen=True, slots=True)
class Outflow:
    """What a leak gives off while it lasts."""

    parts: tuple[Part, ...]
    """One after the other; a single one where the rate does not fall."""
    emission: Emission
    advisories: tuple[Advisory, ...]

    @property
    def leaves_kg(self) -> float:
        """What leaves in all; gas at the pressure outside stays. [kg]"""
        return self.parts[-1].until_kg

    @property
    def spill_kg_s(self) -> float:
        """Leaves the tank at first. [kg/s]"""
        return self.parts[0].spill_kg_s

    @property
    def airborne_kg_s(self) -> float:
        """Becomes cloud at first. [kg/s]"""
        return self.parts[0].airborne_kg_s

    @property
    def pool_kg_s(self) -> float:
        """Evaporates from the pool at its largest. [kg/s]"""
        return max(p.from_pool_kg_s for p in self.parts)

    def after(self, spilt_kg: float) -> Part:
        """Return the part that comes when so much has left; the last one when all has."""
        return next((p for p in self.parts if spilt_kg < p.until_kg * (1.0 - SAME)), self.parts[-1])

    def pool_grows_kg_s(self, spilt_kg: float, stage: str) -> float:
        """Return by how much the liquid on the ground grows in a stage of the cloud. [kg/s]

        Once the leak has stopped, it evaporates from the largest area that it had (assumption).
        """
        if stage in {"leaking", "held"}:
            part = self.after(spilt_kg)
            return part.into_pool_kg_s - part.from_pool_kg_s
        return -self.pool_kg_s if stage == "evaporating" else 0.0

    def empty(self, spilt_kg: float) -> bool:
        """Return whether all has left."""
        return spilt_kg >= self.leaves_kg * (1.0 - SAME)


def outflow(
    leak: Leak, *, air_c: float, elevation_m: float, wind_m_s: float, terrain: Terrain, averaging_s: float
) -> Outflow:
    """Return what a leak gives off in given air.

    A liquid above its boiling point flashes; twice the flash is carried off as fog, the rest makes a boiling pool.
    One below evaporates from the pool. The rate falls with the level of a liquid, in a vessel with straight walls of
    which all that is stored stands above the hole, and with the pressure of a gas that has no liquid under it, at a
    steady temperature; a liquid keeps the pressure above it (assumptions).
    """
    substance, outside = SUBSTANCES[leak.substance], float(pressure_pa(elevation_m))
    air_k = air_c + ZERO_C_K
    stored_k = air_k if leak.stored_c is None else leak.stored_c + ZERO_C_K
    over = _overpressure_pa(leak, substance, stored_k, outside)
    spills, leaves_kg = _spills_kg_s(leak, substance, stored_k, over, outside)
    if leak.phase == "gas":
        airborne, droplets, gas_k = spills, 0.0, stored_k
        pools = fallen = np.zeros(len(spills))
    else:
        flashed = flash_part(substance, stored_k, outside)
        fog = airborne_part(flashed)
        fallen = spills * (1.0 - fog)
        pools = np.array([_from_pool(leak, substance, s, air_k, wind_m_s, outside) for s in fallen.tolist()])
        airborne = spills * fog + pools
        droplets = 1.0 - flashed / fog if fog > 0 else 0.0
        gas_k = boiling_k(substance, outside) if fog > 0 else min(air_k, boiling_k(substance, outside))
    source = evaporated_source(substance, droplets, air_k, outside, gas_k)
    heavy = source.gas_kg_m3 > source.air_kg_m3 and (leak.phase == "gas" or boiling_k(substance, outside) < air_k)
    emission = Emission(
        substance, source if heavy else None, elevation_m, air_k, terrain, leak.height_m, averaging_s,
        most_kg=leaves_kg,
    )  # fmt: skip
    until_kg = leaves_kg * np.arange(1, len(spills) + 1) / len(spills)
    columns = (until_kg, spills, airborne, fallen, pools)
    parts = tuple(map(Part, *(column.tolist() for column in columns)))
    known = liquid_range(substance) if leak.phase == "liquid" or leak.overpressure_kpa is None else None
    outside_range = known.advisories(stored_k) if known is not None else ()
    return Outflow(parts, emission, HOLE.advisories(leak.hole_mm) + outside_range)


def _spills_kg_s(
    leak: Leak, substance: Substance, stored_k: float, over_pa: float, outside_pa: float
) -> tuple[Array, float]:
    """Return the mean rate of each part of what leaves, and how much leaves. (n_parts,) [kg/s], [kg]"""
    hole_m, left = leak.hole_mm / 1000.0, np.linspace(1.0, 0.0, PARTS + 1)
    leaves_kg = leak.stored_kg
    if leak.phase == "liquid":
        rates = liquid_kg_s(hole_m, substance.liquid_kg_m3, over_pa, leak.head_m * left)
    else:
        inside = outside_pa + over_pa * (
            left if _is_all_gas(substance, stored_k, outside_pa + over_pa) else 1.0 + 0 * left
        )
        leaves_kg *= 1.0 - float(inside[-1] / inside[0]) if inside[-1] < inside[0] else 1.0
        rates = np.array([
            float(gas_kg_s(hole_m, p, substance.gas_kg_m3(stored_k, p), substance.gamma, outside_pa=outside_pa))
            for p in inside.tolist()
        ])  # fmt: skip
    if rates[0] <= 0.0 or rates[-1] >= rates[0]:
        return rates[:1], leaves_kg
    ends_s = emptied_s(rates, leaves_kg)
    return leaves_kg / PARTS / np.diff(ends_s, prepend=0.0), leaves_kg


def _is_all_gas(substance: Substance, stored_k: float, inside_pa: float) -> bool:
    """Return whether there is no liquid that would keep the pressure up."""
    return inside_pa < PART_OF_VAPOUR_PRESSURE * vapour_pressure_pa(substance, stored_k)


def _overpressure_pa(leak: Leak, substance: Substance, stored_k: float, outside_pa: float) -> float:
    if leak.overpressure_kpa is not None:
        return 1000.0 * leak.overpressure_kpa
    return max(0.0, vapour_pressure_pa(substance, stored_k) - outside_pa)


def _from_pool(
    leak: Leak, substance: Substance, inflow_kg_s: float, air_k: float, wind_m_s: float, outside_pa: float
) -> float:
    """Return what evaporates from the pool that the liquid makes. [kg/s]"""
    if inflow_kg_s <= 0:
        return 0.0
    if boiling_k(substance, outside_pa) < air_k:
        flux = float(boiling_pool_kg_m2_s(substance, air_k, POOL_AGE_S, outside_pa))
        area = leak.bund_m2 or steady_pool_m2(inflow_kg_s, flux, leak.stored_kg / substance.liquid_kg_m3)
    else:
        area = leak.bund_m2 or 100.0
        for _ in range(_POOL_ROUNDS):
            flux = float(evaporating_pool_kg_m2_s(substance, air_k, max(wind_m_s, 0.5), np.sqrt(4.0 * area / np.pi)))
            area = leak.bund_m2 or steady_pool_m2(inflow_kg_s, flux, leak.stored_kg / substance.liquid_kg_m3)
    return min(inflow_kg_s, flux * area)
