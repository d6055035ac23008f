"""The exercise of ``routing_replications``, journeys alone: one event per journey, the routers of drillsim.

What the naive model does and no more: the free unit that is nearest by road drives, works, drives home; roads close and
slow in mid-run, and whose way ahead holds such a road turns at the next place. So both can be compared arrival by
arrival, and what is left of the difference is that of routing and of events.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import simpy

from drillsim.roads import HeavyVehicleSpeed, RoadState, Route, router_of


class Journeys:
    """One replication after another; the router is shared, as in a batch."""

    def __init__(self, world: Any, units_per_station: int) -> None:
        self.world, self.units = world, units_per_station
        self.network = world.network
        self.router = router_of(self.network, HeavyVehicleSpeed())
        self.router.prepare(world.stations)

    def run(self, calls: list[tuple[float, str, float]], until_s: float) -> Mapping[int, float]:
        """Return when the unit of each call arrives, by number of the call; calls are (moment, place, work). [s]"""
        self.env = simpy.Environment()
        self.state = RoadState()
        self.free = [station for station in self.world.stations for _ in range(self.units)]
        self.under_way: list[_Journey] = []
        self.arrived_s: dict[int, float] = {}
        for number, (t_s, place, work_s) in enumerate(calls):
            self.at(t_s, lambda n=number, p=place, w=work_s: self._call(n, p, w))
        for t_s, factor, sections in self.world.changes:
            self.at(t_s, lambda f=factor, s=sections: self._change(f, s))
        self.env.run(until=until_s)
        return self.arrived_s

    def at(self, t_s: float, act: Any) -> None:
        """Do something at a moment."""
        event = self.env.event()
        event.callbacks.append(lambda _: act())
        event._ok, event._value = True, None  # noqa: SLF001  # the leanest event that SimPy has
        self.env.schedule(event, delay=t_s - self.env.now)

    def _call(self, number: int, place: str, work_s: float) -> None:
        if not self.free:
            return
        unit = self._nearest(place)
        self.free.remove(unit)

        def home() -> None:
            _Journey(self, place, unit, lambda: self.free.append(unit))

        def work() -> None:
            self.arrived_s[number] = self.env.now
            self.at(self.env.now + work_s, home)

        _Journey(self, unit, place, work)

    def _nearest(self, place: str) -> str:
        sources = list(dict.fromkeys(self.free))
        least_s = self.router.at_least_s(sources, place, self.state)
        best, best_s = sources[0], math.inf
        for i in np.argsort(least_s, kind="stable").tolist():
            if least_s[i] > best_s:
                break
            exact_s = self.router.travel_s(sources[i], place, self.state)
            if (exact_s, i) < (best_s, sources.index(best)):
                best, best_s = sources[i], exact_s
        return best

    def _change(self, factor: float, sections: list[str]) -> None:
        self.state = self.state.with_factors(dict.fromkeys(sections, factor))
        rows = np.array([self.network.section_ids.row(section) for section in sections])
        for journey in tuple(self.under_way):
            journey.reroute(rows)


class _Journey:
    """A travelling unit: a route, the time at each of its places, one event at its end."""

    def __init__(self, run: Journeys, source: str, target: str, done: Any) -> None:
        self.run, self.target, self.done = run, target, done
        self.version = 0
        run.under_way.append(self)
        self._take(source, run.env.now)

    def _take(self, source: str, t_s: float) -> None:
        self.route: Route | None = self.run.router.fastest(source, self.target, self.run.state)
        self.version += 1
        version = self.version
        if self.route is None:
            return
        self.times_s = np.concatenate([[t_s], t_s + self.route.legs_s.cumsum()])
        self.run.at(max(self.run.env.now, float(self.times_s[-1])), lambda: self._end(version))

    def reroute(self, rows: Any) -> None:
        """Turn at the next place if the route ahead contains one of these sections."""
        if self.route is None:
            return
        i = min(int(np.searchsorted(self.times_s, self.run.env.now)), len(self.times_s) - 1)
        if np.isin(self.route.section_rows[i:], rows).any():
            self._take(self.run.network.place_ids[int(self.route.place_rows[i])], float(self.times_s[i]))

    def _end(self, version: int) -> None:
        if version == self.version:
            self.run.under_way.remove(self)
            self.done()
