"""What a scenario says of a tank farm on fire."""

from __future__ import annotations

from typing import Annotated, Final, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Capability, Model, Positive, Seconds
from drillsim.hazards.release.tanks import Tank
from drillsim.hazards.release.toxic_casualties import Settlement
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
    reignite_s: Annotated[Seconds, Field(gt=0)] = 10_800.0
    """A tank that was knocked down lights again when it is left uncooled for this long (Gulei 2015: 3 h, found)."""
    cold_after_s: Annotated[Seconds, Field(gt=0)] = 21_600.0
    """Cooling after which it cannot (GB 50160: 4 to 6 h; knowledge)."""
    main_l_s: Annotated[float, Field(ge=0, le=10_000, json_schema_extra={"unit": "L/s"})] = 300.0
    """Water that one unit brings from mains or open water while it is needed; 0 for none (assumption: 300 L/s)."""
    foam_capability: Capability = "foam"
    """What a foam attack takes."""
    cooling_capability: Capability = "fire_attack"
    """What cooling takes."""
    foam_after: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Tasks of the incident before which no foam attack begins: reconnaissance …"""
    foam_margin: Annotated[float, Field(ge=1, le=10)] = 1.0
    """Factor on the least foam rate (1 is NFPA 11; large fires have taken much more)."""
    watch_capability: Capability = "fire_attack"
    """What it takes to keep a tank cooled after knock-down; ``fire_watch`` if only those detailed for it stay."""
    foam_at_once: Positive = 1
    """Tanks that are attacked with foam at the same time, in the order of the list: foam is kept together."""
    aim_crew: Positive = MONITOR_CREW
    """People at one monitor."""
    settlements: Annotated[tuple[Settlement, ...], Field(max_length=200)] = ()
    """People around whom an explosion may harm; of their fields number, place, radius and the part outdoors count."""

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        known = [tank.id for tank in self.tanks]
        for name in known:
            if known.count(name) > 1:
                raise PydanticCustomError("duplicate_id", "the id '{name}' stands more than once", {"name": name})
        for name in self.burning:
            if name not in known:
                raise unknown_reference("tank", name, set(known))
        return self
