"""What a scenario says of a leak and its cloud."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Final, Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Model, Seconds, Share
from drillsim.hazards.release.leak import Leak
from drillsim.hazards.release.leak_tasks import LeakResponse
from drillsim.hazards.release.toxic_casualties import Settlement
from drillsim.physics.air import WIND, Sky, Stability, Terrain
from drillsim.physics.gas.substances import TOXIC, Toxic
from drillsim.world.incompatibility import Incompatibility
from drillsim.world.weather import Weather

CURTAIN_PART: Final = 0.5
"""Part of the cloud that a water curtain takes out. Source: 0.3 to 0.7 for ammonia, less for chlorine (knowledge)."""
STRONGEST_M_S: Final = 40.0
"""No plume was ever measured in stronger wind (assumption); above 25 m/s an advisory is issued."""


class DrainageFlow(Model):
    """Cold air that flows down a valley on clear nights when there is hardly any wind."""

    from_deg: Annotated[float, Field(ge=0, lt=360, json_schema_extra={"unit": "deg"})]
    """Where it comes from: up the valley."""
    wind_m_s: Annotated[float, Field(ge=0.5, le=5, json_schema_extra={"unit": "m/s"})] = 1.0
    """How fast it flows (assumption: 1 m/s)."""
    below_m_s: Annotated[float, Field(ge=0, le=10, json_schema_extra={"unit": "m/s"})] = 3.0
    """Only when the wind above is weaker than this (assumption)."""
    from_hour: Annotated[float, Field(ge=0, lt=24)] = 20.0
    """Clock hour at which it sets in (assumption)."""
    to_hour: Annotated[float, Field(ge=0, lt=24)] = 8.0
    """Clock hour at which the sun ends it (assumption)."""

    def flows(self, hour: float, wind_m_s: float, sky: str) -> bool:
        """Return whether it flows.

        Examples
        --------
        >>> [DrainageFlow(from_deg=250, from_hour=1, to_hour=8).flows(hour, 1.0, "clear") for hour in (0, 1, 14, 23)]
        [False, True, False, False]
        """
        since_h, lasts_h = (hour - self.from_hour) % 24.0, (self.to_hour - self.from_hour) % 24.0
        return since_h < lasts_h and sky != "overcast" and wind_m_s < self.below_m_s


class CloudSpec(Model):
    """A leak, the air it leaks into, and the people around."""

    east_m: Annotated[float, Field(ge=-5000, le=5000, json_schema_extra={"unit": "m"})] = 0.0
    """How far east of its place the leak is."""
    north_m: Annotated[float, Field(ge=-5000, le=5000, json_schema_extra={"unit": "m"})] = 0.0
    """How far north of it."""
    leak: Leak
    """What leaks, and how."""
    sky: Sky = "clear"
    """Cloud cover, for the stability of the air."""
    stability: Stability | None = None
    """Stability class; from wind, hour and sky if left out."""
    terrain: Terrain = "rural"
    """Whether houses stir up the air."""
    drainage: DrainageFlow | None = None
    """Cold air that flows down the valley by night."""
    averaging_s: Annotated[Seconds, Field(gt=0)] = 600.0
    """Averaging time of the concentrations."""
    curtain_part: Share = CURTAIN_PART
    """Part of the cloud that a water curtain takes out."""
    isolation_m: Annotated[float, Field(ge=0, le=2000, json_schema_extra={"unit": "m"})] = 300.0
    """No unit comes nearer than this on any side while it leaks, for the wind may turn (ERG: chlorine
    150 m for a cylinder, 600 m for a road tank, 1000 m for a rail tank; knowledge)."""
    settlements: Annotated[tuple[Settlement, ...], Field(max_length=200)] = ()
    """People around."""
    response: LeakResponse = LeakResponse()
    """How it is dealt with."""
    step_s: Annotated[Seconds, Field(ge=60, le=900)] = 600.0
    """Zones are looked at again after this time at the latest, more often after wind or leak have changed."""

    @model_validator(mode="after")
    def _is_toxic(self) -> Self:
        if self.leak.substance not in TOXIC:
            known = ", ".join(sorted(TOXIC))
            raise PydanticCustomError("not_toxic", "not toxic", {"substance": self.leak.substance, "known": known})
        return self

    def wind_incompatibilities(self, name: str, weather: Weather) -> Iterator[Incompatibility]:
        """Yield why the cloud cannot be in this wind."""
        wind = f"{weather.wind_ms:g}"
        if weather.wind_ms < WIND.low and self.drainage is None:
            yield Incompatibility(
                "wind_too_weak", {"id": name, "wind": wind, "least": f"{WIND.low:g}"}, of_weather=True
            )
        if weather.wind_ms > STRONGEST_M_S:
            yield Incompatibility(
                "wind_too_strong", {"id": name, "wind": wind, "most": f"{STRONGEST_M_S:g}"}, of_weather=True
            )

    @property
    def toxic(self) -> Toxic:
        """Limits of the substance."""
        return TOXIC[self.leak.substance]
