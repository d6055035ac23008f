"""What a scenario says of a tank farm on fire."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Capability, Model, Positive, Seconds
from drillsim.hazards.release.tanks import Tank
from drillsim.hazards.release.toxic_casualties import Settlement
from drillsim.physics.fire.reignition import AIR_TAU_S, BLANKET_CALM_S, COOLED_TAU_S, HOT_C
from drillsim.physics.fire.tank_fuels import TANK_FUELS
from drillsim.world.references import unknown_reference

MONITOR_CREW: Final = 3
"""People at one monitor and its lines (assumption)."""


class FirstBlast(Model):
    """An explosion at the beginning, given by the TNT that would make the same blast."""

    tnt_kg: Annotated[float, Field(gt=0, le=1e7, json_schema_extra={"unit": "kg"})]
    """Equivalent mass."""
    east_m: Annotated[float, Field(ge=-5000, le=5000, json_schema_extra={"unit": "m"})] = 0.0
    """Where, east of the hazard's place."""
    north_m: Annotated[float, Field(ge=-5000, le=5000, json_schema_extra={"unit": "m"})] = 0.0
    """Where, north of it."""


class FarmSpec(Model):
    """Tanks, what burns at first, and how it is dealt with."""

    tanks: Annotated[tuple[Tank, ...], Field(min_length=1, max_length=100)]
    """The tanks."""
    burning: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    """Those on fire from the start."""
    first_blast: FirstBlast | None = None
    """Explosion at the start; tanks that it breaks burn."""
    dike_fire_m2: Annotated[float, Field(ge=0, le=1e5, json_schema_extra={"unit": "m²"})] = 0.0
    """Area that burns in the dike from the start; no tank is attacked with foam before it is out. Its own heat on the
    tanks is not counted."""
    blanket_s: Annotated[Seconds, Field(ge=60)] = BLANKET_CALM_S
    """How long a blanket of foam lasts over a hot tank in calm air if nobody renews it; every 5 m/s of wind halve it
    (assumption: 1 to 3 h)."""
    hot_c: Annotated[float, Field(ge=0, le=1500, json_schema_extra={"unit": "°C"})] = HOT_C
    """Temperature of the hottest in a tank at knock-down; it lights again without its blanket while it is above its
    autoignition temperature (assumption: 600 °C)."""
    cooled_tau_s: Annotated[Seconds, Field(ge=1)] = COOLED_TAU_S
    """Time constant of its cooling under water (assumption: 6 h)."""
    air_tau_s: Annotated[Seconds, Field(ge=1)] = AIR_TAU_S
    """Time constant of its cooling in air (assumption: a day)."""
    main_l_s: Annotated[float, Field(ge=0, le=10_000, json_schema_extra={"unit": "L/s"})] = 300.0
    """Water that one unit brings from mains or open water while it is needed; 0 for none (assumption: 300 L/s)."""
    foam_capability: Capability = "foam"
    """What a foam attack takes."""
    cooling_capability: Capability = "fire_attack"
    """What cooling takes."""
    foam_after: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Tasks of the incident before which no foam attack begins: reconnaissance …"""
    foam_margin: Annotated[float, Field(ge=1, le=10)] = 1.0
    """Factor on the least foam rate (1 is NFPA 11; large fires have taken much more); the more, the fewer attacks
    fail."""
    watch_capability: Capability = "fire_attack"
    """What it takes to keep a tank cooled, and its blanket whole, after knock-down; ``fire_watch`` if only those
    detailed for it stay."""
    foam_at_once: Positive = 1
    """Tanks that are attacked with foam at the same time, in the order of the list: foam is kept together."""
    aim_crew: Annotated[int, Field(ge=1, le=50)] = MONITOR_CREW
    """People at one monitor."""
    settlements: Annotated[tuple[Settlement, ...], Field(max_length=200)] = ()
    """People around whom an explosion may harm; of their fields number, place, radius and the part outdoors count."""

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        known = [tank.id for tank in self.tanks]
        for name in known:
            if known.count(name) > 1:
                raise PydanticCustomError("duplicate_id", "the id '{name}' stands more than once", {"name": name})
        by_name = {tank.id: tank for tank in self.tanks}
        for name in self.burning:
            if name not in known:
                raise unknown_reference("tank", name, set(known))
            if not by_name[name].can_burn:
                values = {"substance": by_name[name].substance, "known": ", ".join(sorted(TANK_FUELS))}
                raise PydanticCustomError("no_burning_rate", "no burning rate", values)
        return self
