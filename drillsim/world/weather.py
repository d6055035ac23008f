"""Weather and traffic: the conditions that slow all roads alike."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated, Final, Literal

from pydantic import Field

from drillsim.base.quantities import Model

HourFactor = Annotated[float, Field(gt=0, le=1)]
Day = Annotated[tuple[HourFactor, ...], Field(min_length=24, max_length=24)]
FREE: Final = (1.0,) * 24
SATURDAY: Final = 5
DUSK, DAWN = 20, 7
"""Clock hours at which night begins and ends (assumption, that of turnout)."""


class Weather(Model):
    """The weather over the whole ground."""

    temperature_c: Annotated[float, Field(ge=-60, le=60, json_schema_extra={"unit": "°C"})] = 10.0
    """Air temperature."""
    wind_ms: Annotated[float, Field(ge=0, le=80, json_schema_extra={"unit": "m/s"})] = 2.0
    """Wind speed 10 m above ground."""
    wind_from_deg: Annotated[float, Field(ge=0, lt=360, json_schema_extra={"unit": "deg"})] = 270.0
    """Where the wind comes from; 0 is north, 90 east."""
    snow: Literal["none", "light", "heavy", "packed"] = "none"
    """Snow on the roads; it slows all of them. ``packed`` is trodden snow and ice."""


class Traffic(Model):
    """Part of their speed that units keep in each hour of the day; it changes the times of ways, not the ways.

    The factors are those of units on duty, with lights and siren if they use them; ``drillsim roads calibrate`` shows
    what journeys that were timed say of each part of the day.
    """

    weekday: Day = FREE
    """Factor in each hour from midnight, Monday to Friday."""
    weekend: Day = FREE
    """The same on Saturday and Sunday."""
    night_factor: HourFactor = 1.0
    """On top of it from 20:00 to 07:00, for dark roads; 1 leaves it out. No source says how much: an assumption."""

    def factor(self, moment: datetime) -> float:
        """Return the factor at a clock time.

        Examples
        --------
        >>> Traffic(weekday=(1.0,) * 8 + (0.6,) + (1.0,) * 15).factor(datetime(2026, 3, 2, 8, 30))
        0.6
        >>> Traffic(night_factor=0.8).factor(datetime(2026, 3, 2, 20, 0))
        0.8
        """
        day = (self.weekend if moment.weekday() >= SATURDAY else self.weekday)[moment.hour]
        return day * self.night_factor if moment.hour >= DUSK or moment.hour < DAWN else day

    def next_change(self, moment: datetime) -> datetime | None:
        """Return the next full hour at which the factor changes, within eight days; None if it never does."""
        hour = moment.replace(minute=0, second=0, microsecond=0)
        now = self.factor(moment)
        later = (hour + timedelta(hours=n) for n in range(1, 8 * 24 + 1))
        return next((clock for clock in later if self.factor(clock) != now), None)
