"""Journeys of units: one event per journey, not per road section.

A journey is the places of a route and the time at each; a position follows from that. A change of the roads or zones
takes effect from the next place ahead. A unit that meets an unknown closure reports it and
takes another route.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import simpy
from numpy.typing import NDArray

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.engine.road_changes import NO_ROWS, report
from drillsim.engine.run import Run, Status, UnitState
from drillsim.engine.wakeup import Wakeup
from drillsim.roads import MarchRules, Route, march_halts_s
from drillsim.roads.routing.routing import from_zero
from drillsim.trace.events import (
    UnitEnRoute,
    UnitFreed,
    UnitHeld,
    UnitRerouted,
    UnitTrapped,
)
from drillsim.world.advisory import Advisory, advisory_event

UNDER_WAY: Final[dict[str, Status]] = {
    "incident": "en_route",
    "assembly": "with_wave",
    "march": "with_wave",
    "return": "returning",
}
"""Status of a unit under way, by the purpose of its journey."""


class Mover:
    """One unit, or several in a column, on one journey.

    Life: it is made where the units stand, sets off once, and is rerouted as roads and zones change. It ends when the
    head arrives (``arrived`` happens), or is dropped when the units get another order. With no open route it is held at
    a place until one opens; held where a zone does not let it stay, it is trapped.

    Parameters
    ----------
    units
        In march order; all stand at the same place.
    behind_s
        How far each is behind the head of the column. [s]
    rules
        Halts on the march; None for a journey without halts.
    within_m
        A safe place at most this far from the destination does as well, while hazards keep units from it. [m]
    """

    def __init__(
        self,
        run: Run,
        units: Sequence[UnitState],
        destination: str,
        *,
        purpose: str,
        target: str,
        behind_s: Sequence[float] = (0.0,),
        rules: MarchRules | None = None,
        within_m: float = 0.0,
    ) -> None:
        self.run = run
        self.units = tuple(units)
        self.behind_s = tuple(behind_s)
        self.destination = destination
        self.purpose = purpose
        self.target = target
        self.rules = rules
        self.within_m = within_m
        self.protection = min(unit.protection for unit in units)
        self.arrived: simpy.Event = run.env.event()
        self._stop_due = Wakeup(run.at)
        self.because = target
        """Cause of its present route: a section, a hazard, or its destination."""
        self.route: Route | None = None
        self.driven_s = np.zeros(1)
        self._before_m = 0.0
        """Distance driven before the present route began; only marches, which refuel, need it. [m]"""
        self._stand(units[0].node, run.now, 0.0)

    def _stand(self, node: str, t_s: float, driven_s: float) -> None:
        """Stop at a place, with no route ahead."""
        if self.rules is not None:
            self._before_m = float(np.interp(driven_s, self.driven_s, self._driven_m))
        self.route = None
        self.nodes: tuple[str, ...] = (node,)
        self.times_s = np.array([t_s])
        self.driven_s = np.array([driven_s])
        self.held = False

    @property
    def _driven_m(self) -> NDArray[np.float64]:
        """Distance driven at each of its places: (n,). [m]"""
        return np.array([self._before_m]) if self.route is None else self._before_m + self.route.driven_m

    @property
    def _rows(self) -> NDArray[np.integer[Any]]:
        """Rows of the sections of the route: (n - 1,)."""
        return NO_ROWS if self.route is None else self.route.section_rows

    def set_off(self, *, not_before_s: float = 0.0) -> simpy.Event:
        """Begin the journey; return the event that happens when the head of the column arrives."""
        for unit in self.units:
            unit.journey = self
            if unit.supplies is not None:
                unit.supplies.set_out()
        self.run.journeys[self] = None
        self._take_route(self.nodes[0], max(self.run.now, not_before_s), 0.0, because="", news=True)
        return self.arrived

    def next_place(self) -> tuple[str, float]:
        """Return the next place where it can turn, and its time there; if it is at a place, that place and now."""
        i = self._next()
        return self.nodes[i], max(float(self.times_s[i]), self.run.now)

    def drop(self, unit: UnitState) -> tuple[str, float]:
        """End the journey early for one unit; return the place and moment from which it can begin a new one.

        The others of a column go on without it.
        """
        behind_s = self.behind_s[self.units.index(unit)]
        i = self._next(self.run.now - behind_s)
        at_s = float(self.times_s[i]) + (behind_s if i else 0.0)  # at the first place it waits for its turn
        if len(self.units) > 1:
            self._let_go(unit)
        else:
            self._end()
        return self.nodes[i], max(at_s, self.run.now)

    def _let_go(self, unit: UnitState) -> None:
        left = [(u, s) for u, s in zip(self.units, self.behind_s, strict=True) if u is not unit]
        self.units, self.behind_s = tuple(u for u, _ in left), tuple(s for _, s in left)
        unit.journey = None

    def reroute(self, rows: NDArray[np.integer[Any]], because: str, *, better: bool) -> None:
        """Reroute after the sections in *rows* changed, if that touches the route or may have opened a better one.

        ``rows`` may be empty: then all roads changed alike.
        """
        if self.held:
            self._reconsider(because)
            return
        i = self._next()
        if better or rows.size == 0 or np.isin(self._rows[i:], rows).any():
            self._take_route(self.nodes[i], float(self.times_s[i]), float(self.driven_s[i]), because=because)

    def zones_changed(self, because: str) -> None:
        """Reroute after the zones of a hazard changed, if the route is no longer allowed or leads elsewhere."""
        if self.held:
            self._reconsider(because)
            return
        i = self._next()
        if self._must_turn(i):
            back_s = 2 * self.run.now - float(self.times_s[i - 1])
            self._take_route(self.nodes[i - 1], back_s, float(self.driven_s[i - 1]), because=because)
        elif not self._may_go_on(i):
            self._take_route(self.nodes[i], float(self.times_s[i]), float(self.driven_s[i]), because=because)

    def _reconsider(self, because: str) -> None:
        """Continue from the place where it is held, if a route has opened; whether it is trapped there may change."""
        node, last_s, driven_s = self.nodes[-1], float(self.times_s[-1]), float(self.driven_s[-1])
        if last_s > self.run.now + SAME_MOMENT_S:
            return  # it has not reached that place yet
        if self._could_go_on(node) or (self._trapped and not self._in_danger(node)):
            self._take_route(node, max(self.run.now, last_s), driven_s, because=because)
        elif self._in_danger(node):
            self._trap(node)

    def _must_turn(self, i: int) -> bool:
        """Return whether it is between two places and the zone has reached the one ahead and not the one behind."""
        on_section = i > 0 and self.times_s[i - 1] < self.run.now < self.times_s[i]
        grade = self.run.roads.zones.places.get
        return on_section and grade(self.nodes[i], 0) > self.protection >= grade(self.nodes[i - 1], 0)

    def _may_go_on(self, i: int) -> bool:
        """Return whether the route ahead still leads to the goal, through nothing too dangerous."""
        roads = self.run.roads
        if self.route is None or self.nodes[-1] != roads.goal(self.nodes[i], self.destination, self.protection):
            return False
        seen = roads.zones.seen(roads.known, self.protection, self.nodes[i])
        return not any(seen.is_closed(section) for section in self.route.sections[i:])

    def _could_go_on(self, node: str) -> bool:
        """Return whether an open route leads on from a place."""
        roads = self.run.roads
        goal = roads.goal(node, self.destination, self.protection)
        return goal is not None and goal != node and roads.route(node, goal, self.protection) is not None

    def _next(self, t_s: float | None = None) -> int:
        """Return the index of the next place of the head at a moment; now if none is given. [s after STARTEX]"""
        t_s = self.run.now if t_s is None else t_s
        return min(int(self.times_s.searchsorted(t_s - SAME_MOMENT_S)), len(self.times_s) - 1)

    def _take_route(self, node: str, t_s: float, driven_s: float, *, because: str, news: bool = False) -> None:
        """Go on from *node*, where it is at *t_s*, by the fastest known route; record it if it is new."""
        roads = self.run.roads
        goal = roads.goal(node, self.destination, self.protection)
        route = None if goal is None else roads.route(node, goal, self.protection)
        before = None if news else self._ahead_of(node)
        self._lay_out_route(route, node, t_s, driven_s)
        self.because = because or self.because
        if self._trapped and not (self.held and self._in_danger(node)):
            self._set_free(node)
        if before is None or not all(map(np.array_equal, self._ahead_of(node), before)):
            for unit, behind_s in zip(self.units, self.behind_s, strict=True):
                self._record(unit, behind_s, because)
        self._wait_for_stop()

    def _ahead_of(self, node: str) -> tuple[NDArray[np.integer[Any]], NDArray[np.float64]]:
        i = self.nodes.index(node) if node in self.nodes else 0
        return self._rows[i:], self.times_s[i:]

    def _lay_out_route(self, route: Route | None, node: str, t_s: float, driven_s: float) -> None:
        """Set places, sections and times of the route ahead; without a route, be held."""
        self._stand(node, t_s, driven_s)
        self.held = route is None
        if route is not None:
            elapsed_s = from_zero(self.run.roads.legs_s(route))
            self.route, self.nodes = route, route.nodes
            self.driven_s, self.times_s = driven_s + elapsed_s, t_s + elapsed_s
            if self.rules is not None:
                self.times_s += self._halted_s(self.rules)

    def _halted_s(self, rules: MarchRules) -> NDArray[np.float64]:
        """Return the total of halts before each place of the route: (n,). [s]"""
        halted_s = np.zeros(len(self.driven_s))
        driven_m = self._driven_m
        tanks_m = np.arange(1000 * rules.range_km, driven_m[-1], 1000 * rules.range_km)
        empty_s = np.interp(tanks_m[tanks_m > driven_m[0]], driven_m, self.driven_s).tolist()
        for due_s, halt_s in march_halts_s(float(self.driven_s[-1]), rules, empty_s):
            if due_s > self.driven_s[0]:
                halted_s[self.driven_s >= due_s] += halt_s
        return halted_s

    def _record(self, unit: UnitState, behind_s: float, because: str) -> None:
        times_s = tuple((self.times_s + behind_s if behind_s else self.times_s).tolist())
        sections, length_m = ((), 0.0) if self.route is None else (self.route.sections, self.route.length_m)
        common = (self.run.now, unit.spec.id, self.purpose, self.target, self.nodes, times_s, sections, length_m)
        self.run.record(UnitRerouted(*common, because) if because else UnitEnRoute(*common))

    def _wait_for_stop(self) -> None:
        """Schedule a wakeup at the end of the route, or before the first unknown closure."""
        closed = None if self.route is None else self.run.roads.first_closed(self.route)
        stop = len(self._rows) if closed is None else closed
        self._stop_due.at(float(self.times_s[stop]), lambda: self._stop(stop))

    def _stop(self, i: int) -> None:
        node = self.nodes[i]
        in_danger = self._in_danger(node)
        if self.route is not None and i < len(self._rows):
            self._meet_closure(node, float(self.driven_s[i]), self.route.sections[i])
        elif (in_danger or not self._near_enough()) and self._could_go_on(node):  # held: a road may have opened since
            self._take_route(node, self.run.now, float(self.driven_s[i]), because=self.because, news=True)
        elif in_danger:
            self._trap(node)
        elif self.held or not self._near_enough():
            self.held = True
            for unit in self.units:
                self.run.record(UnitHeld(self.run.now, unit.spec.id, node))
        else:
            self._end()
            for unit in self.units:
                unit.node = self.nodes[-1]
            self.arrived.succeed()

    def _in_danger(self, node: str) -> bool:
        """Return whether a zone forbids it to stay at a place."""
        return self.run.roads.zones.drives_out(node, self.protection)

    @property
    def _trapped(self) -> bool:
        return self.units[0].status == "trapped"  # a column is trapped as one

    def _trap(self, node: str) -> None:
        """Become trapped: held in a zone that no open road leaves. No effect if it is trapped already."""
        self.held = True
        if self._trapped:
            return
        for unit in self.units:
            unit.status = "trapped"
            record_trapped(self.run, unit, node)

    def _set_free(self, node: str) -> None:
        """Resume the journey: the zone has receded, or a route out of it has opened."""
        for unit in self.units:
            unit.status = UNDER_WAY[self.purpose]
            self.run.record(UnitFreed(self.run.now, unit.spec.id, node, self.because))
        self.run.news()

    def _near_enough(self) -> bool:
        """Return whether the end of the route is the destination, or a safe place near enough to it."""
        end = self.nodes[-1]
        return end == self.destination or self.run.roads.zones.apart_m(end, self.destination) <= self.within_m

    def _meet_closure(self, node: str, driven_s: float, section: str) -> None:
        self._stand(node, self.run.now, driven_s)
        report(self.run, (section,), self.units[0].spec.id)
        if self.route is None:
            self._take_route(node, self.run.now, driven_s, because=section, news=True)

    def _end(self) -> None:
        self._stop_due.cancel()
        self.run.journeys.pop(self, None)
        for unit in self.units:
            unit.journey = None


def record_trapped(run: Run, unit: UnitState, node: str) -> None:
    """Record that a unit cannot leave a place where a zone does not let it stay."""
    hazard = run.roads.zones.hazard_at(node)
    run.record(UnitTrapped(run.now, unit.spec.id, node, hazard))
    run.record(advisory_event(run.now, hazard, Advisory.of("unit_trapped", unit=unit.spec.id, node=node)))
