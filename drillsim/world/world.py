"""The world as hazards and scenario kinds see it: ground, weather, clock and chance; never the plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from drillsim.base.clock import clock_hour
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.random_streams import RandomStreams
from drillsim.world.weather import Weather


@dataclass(frozen=True, eq=False, slots=True)
class World:
    """What is there whatever we decide, in one replication."""

    ground: NetworkArrays
    streams: RandomStreams
    startex: datetime
    """Local date and clock of STARTEX."""
    ends_at_s: float
    """ENDEX. [s after STARTEX]"""
    weather: Weather
    """Weather at the moment at which the world is handed over."""

    def moment(self, t_s: float) -> datetime:
        """Return the local date and clock at *t_s*."""
        return self.startex + timedelta(seconds=t_s)

    def hour(self, t_s: float) -> float:
        """Return the clock hour at *t_s*, 0 to 24. [h]"""
        return clock_hour(self.startex, t_s)
