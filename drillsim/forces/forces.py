"""The kinds of force that the service works with, each with its own turnout and limits.

Turnout by day and night of the full-time forces is the service's own time step (45 s by day, 60 s by night), taken
as the ninetieth percentile, which the sources do not state (assumption). All other numbers are assumptions of this
project unless a source is named; a plan can set each of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from drillsim.base.quantities import LONGEST_S, Duration, Model, Seconds

Protection = Literal["none", "air", "suit"]
"""What people of a unit wear: nothing special, breathing apparatus, a gas-tight suit."""
GRADES: Final[Mapping[Protection, int]] = MappingProxyType({"none": 0, "air": 1, "suit": 2})
"""The highest grade of danger that a unit may go through with it; by
definition; see :mod:`drillsim.world.exclusion`."""
ForceName = Literal["national_team", "government_brigade", "enterprise_brigade", "micro_station", "social_team"]


class Force(Model):
    """Rules of one kind of force."""

    turnout_day: Duration
    """From the order until the vehicle leaves the station, by day."""
    turnout_night: Duration
    """The same by night."""
    reach_s: Seconds = LONGEST_S
    """It is not sent to incidents that are farther than this."""
    enters_danger: bool = True
    """Whether it does tasks that take people into danger."""
    protection: Protection = "air"
    """What its people wear, unless a unit says otherwise (assumption: breathing apparatus)."""


def _turnout(p90_s: float) -> Duration:
    return Duration(p90_s=p90_s, cv=0.35)


FORCES: Final[Mapping[str, Force]] = MappingProxyType(
    {
        "national_team": Force(turnout_day=_turnout(45), turnout_night=_turnout(60)),
        "government_brigade": Force(turnout_day=_turnout(60), turnout_night=_turnout(90)),
        "enterprise_brigade": Force(turnout_day=_turnout(60), turnout_night=_turnout(90), reach_s=1800.0),
        "micro_station": Force(
            turnout_day=_turnout(60),
            turnout_night=_turnout(120),
            reach_s=600.0,
            enters_danger=False,
            protection="none",
        ),
        "social_team": Force(
            turnout_day=_turnout(1800),
            turnout_night=_turnout(3600),
            enters_danger=False,
            protection="none",
        ),
    }
)
"""Rules per kind of force.

National comprehensive fire and rescue team: 45 s by day, 60 s by night [llssg.com, found]; CV 0.35 (assumption).
Micro station: one minute to turn out, mutual aid within 3 minutes, 5 for the fire service [公消〔2015〕301, found];
its reach here is ten minutes of driving (assumption). The rest are assumptions.
"""


class Night(Model):
    """When night turnout times hold."""

    from_hour: Annotated[float, Field(ge=0, lt=24)] = 20.0
    """Clock hour at which night begins (assumption)."""
    to_hour: Annotated[float, Field(ge=0, lt=24)] = 7.0
    """Clock hour at which night ends (assumption)."""

    def holds(self, hour: float) -> bool:
        """Return whether the clock *hour* lies in the night.

        Examples
        --------
        >>> Night().holds(23.5), Night().holds(12.0)
        (True, False)
        """
        if self.from_hour <= self.to_hour:
            return self.from_hour <= hour < self.to_hour
        return hour >= self.from_hour or hour < self.to_hour
