"""Journeys of units: one event per journey, not per road section.

A journey is the places of a route and the time at each; a position follows from that. A change of the speed acts at
once, on the part of the section that is left (:mod:`drillsim.engine.stretch`); another route begins at the next place
ahead. A unit that meets an unknown closure reports it and takes another route.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import numpy as np
import simpy
from numpy.typing import NDArray

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.engine.column import Column
from drillsim.engine.driving import Driver
from drillsim.engine.itinerary import Itinerary, Start
from drillsim.engine.road_changes import report
from drillsim.engine.run import Run, Status, UnitState
from drillsim.engine.stretch import Stretch
from drillsim.engine.wakeup import Wakeup
from drillsim.roads import MarchRules, Route
from drillsim.trace.events import (
    UnitEnRoute,
    UnitFreed,
    UnitHeld,
    UnitRerouted,
    UnitStopped,
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
    """One unit on one journey; in a column each unit has its own.

    Life: it is made where the unit stands, sets off once, and is rerouted as roads and zones change. It ends when the
    unit arrives (``arrived`` happens), or is dropped when it gets another order. With no open route it is held at
    a place until one opens; held where a zone does not let it stay, it is trapped.

    Parameters
    ----------
    rules
        Halts on the march; None for a journey without halts.
    within_m
        A safe place at most this far from the destination does as well, while hazards keep units from it. [m]
    column
        The column in which it marches; None if it drives alone.
    rolls
        Whether it only drives on to the next place, whichever that is, and waits there for its next journey.
    """

    def __init__(
        self,
        run: Run,
        unit: UnitState,
        destination: str,
        *,
        purpose: str,
        target: str,
        rules: MarchRules | None = None,
        within_m: float = 0.0,
        column: Column | None = None,
        rolls: bool = False,
    ) -> None:
        self.run = run
        self.unit = unit
        self.destination = destination
        self.purpose = purpose
        self.target = target
        self.rules = rules
        self.within_m = within_m
        self.rolls = rolls
        self.column = column
        self.protection = unit.protection if column is None else column.protection
        self.arrived: simpy.Event = run.env.event()
        self._stop_due = Wakeup(run.at)
        self.because = target
        """Cause of its present route: a section, a hazard, or its destination."""
        self.held = False
        """Whether it waits for a road to open."""
        self.way = Itinerary.at(Start(unit.node, run.now), run.roads.truth)

    def set_off(self, *, not_before_s: float = 0.0) -> simpy.Event:
        """Begin the journey; return the event that happens when the unit arrives."""
        start = Start(self.way.nodes[0], max(self.run.now, not_before_s))
        unit, on = self.unit, self.unit.stretch
        if on is not None and on.ahead == start.node:  # its end may have moved since it was told when it would be there
            ahead = on.there_s > self.run.now + SAME_MOMENT_S
            start = Start(start.node, max(self.run.now, on.there_s), stretch=on.from_zero() if ahead else None)
        start = self._in_turn(start)
        self.way = Itinerary.at(start, self.run.roads.truth)
        unit.journey, unit.stretch = self, None
        if unit.supplies is not None:
            unit.supplies.set_out()
        self.run.journeys[self] = None
        start = self._up_to_speed(self._driver.decide(start))
        self._take_route(start, because=self.target if self.rolls else "", news=not self.rolls)
        return self.arrived

    @property
    def _driver(self) -> Driver:
        return Driver(self.run, self.unit.spec.id, self.destination, self.protection, self.rules)

    def _up_to_speed(self, start: Start) -> Start:
        """Return the start with the time that is lost by starting and stopping, on the way to an incident."""
        speeds = self.run.plan.speeds
        if speeds.start_stop_s == 0.0 or self.purpose != "incident" or start.stretch is not None:
            return start
        if self._in_danger(start.node):  # it flees
            return start
        driving_s = self.run.roads.travel_s(start.node, self.destination, self.protection)
        lost_s = speeds.standing_to_standing_s(driving_s) - driving_s if driving_s < math.inf else 0.0
        return replace(start, t_s=start.t_s + lost_s)

    def next_place(self) -> tuple[str, float]:
        """Return the next place where it can turn, and its time there; if it is at a place, that place and now."""
        i = self._next()
        return self.way.nodes[i], max(float(self.way.times_s[i]), self.run.now)

    def drop(self) -> tuple[str, float]:
        """End the journey early; return the place and moment from which the unit can begin a new one."""
        i = self._next()
        node, on, at_s = self.way.nodes[i], self.way.stretch(i, self.run.now), float(self.way.times_s[i])
        if self.column is not None:
            self.column.leave(self.unit.spec.id)
            at_s = at_s if on is not None else self.run.now  # at a place it waits for its turn no longer
        self._end()
        self.unit.stretch = on
        return node, max(at_s, self.run.now)

    def stands_at(self) -> str | None:
        """Return the place where it stands; None while it is between two places."""
        start = self._start(self._next())
        times_s = self.way.times_s
        waits = times_s[0] > self.run.now or times_s[-1] <= self.run.now + SAME_MOMENT_S
        return start.node if start.stretch is None and waits else None

    def reroute(self, rows: NDArray[np.integer[Any]], because: str, *, better: bool) -> None:
        """Reroute after the sections in *rows* changed, if that touches the route or may have opened a better one.

        ``rows`` may be empty: then all roads changed alike. On the section that it is on, the change acts at once.
        """
        i = self._next()
        before = self._start(i)
        start = self._driver.decide(before)
        if (start.node, start.t_s) != (before.node, before.t_s):
            self._take_route(start, because=because)
            return
        if start is not before and start.stretch is not None:  # it does not know yet, or is past it
            self.way = self.way.with_entry(start.stretch)
            self._wait_for_stop()
        if self.held:
            self._reconsider(because)
        elif better or rows.size == 0 or np.isin(self.way.rows[i:], rows).any():
            self._take_route(start, because=because)

    def zones_changed(self, because: str) -> None:
        """Reroute after the zones of a hazard changed, if the route is no longer allowed or leads elsewhere."""
        i = self._next()
        before = self._start(i)
        start = self._driver.decide(before)
        if start is not before:
            self._take_route(start, because=because)
        elif self.held:
            self._reconsider(because)
        elif not self._may_go_on(i):
            start = self._at_once(start) if self._in_danger(start.node) else start
            self._take_route(start, because=because)

    def _reconsider(self, because: str) -> None:
        """Continue from the place where it is held, if a route has opened; whether it is trapped there may change."""
        start = self._start(len(self.way.times_s) - 1)
        node = start.node
        if start.t_s > self.run.now + SAME_MOMENT_S:
            return  # it has not reached that place yet
        if self._could_go_on(node) or (self._trapped and not self._in_danger(node)):
            self._take_route(replace(start, t_s=max(self.run.now, start.t_s)), because=because)
        elif self._in_danger(node):
            self._trap(node)

    def _may_go_on(self, i: int) -> bool:
        """Return whether the route ahead still leads to the goal, through nothing too dangerous."""
        roads, nodes, route = self.run.roads, self.way.nodes, self.way.route
        if route is None or nodes[-1] != roads.goal(nodes[i], self.destination, self.protection):
            return False
        seen = roads.zones.seen(roads.known, self.protection, nodes[i])
        return not any(seen.is_closed(section) for section in route.sections[i:])

    def _could_go_on(self, node: str) -> bool:
        """Return whether an open route leads on from a place."""
        roads = self.run.roads
        goal = roads.goal(node, self.destination, self.protection)
        return goal is not None and goal != node and roads.route(node, goal, self.protection) is not None

    def _next(self) -> int:
        """Return the index of the next place."""
        return self.way.next(self.run.now)

    def _start(self, i: int) -> Start:
        return self.way.start(i, self.run.now)

    def _here(self, i: int) -> Start:
        """Return the start of a route now, at a place that it stands at."""
        return replace(self._start(i), t_s=self.run.now, stretch=None)

    def _take_route(self, start: Start, *, because: str, news: bool = False) -> None:
        """Take the fastest known route from *start*; record it if it is new."""
        roads = self.run.roads
        self.because = because or self.because
        if start.stretch is not None and start.stretch.stands:
            self._stand(start, start.stretch)
            return
        if self.rolls:
            self.destination = start.node
        goal = roads.goal(start.node, self.destination, self.protection)
        route = None if goal is None else roads.route(start.node, goal, self.protection)
        before = None if news else self.way.ahead_of(start.node)
        self._lay_out_route(route, start)
        if self._trapped and not (self.held and self._in_danger(start.node)):
            self._set_free(start.node)
        if before is None or not all(map(np.array_equal, (self.way.rows, self.way.times_s), before)):
            self._record(because)
        self._wait_for_stop()

    def _stand(self, start: Start, on: Stretch) -> None:
        """Stand on the section that it is on: it can neither go on nor back."""
        self._stop_due.cancel()
        self.way, self.held = Itinerary.at(start, self.run.roads.truth), True
        driven_m = on.share * float(self.run.scenario.roads.section_m[on.row])
        self.run.record(UnitStopped(self.run.now, self.unit.spec.id, on.ahead, on.section, driven_m, self.because))
        self._keep_nobody_waiting()

    def _lay_out_route(self, route: Route | None, start: Start) -> None:
        """Set the way ahead; without a route, be held."""
        roads = self.run.roads
        waited, self.held = self.held, route is None
        if route is None:
            self.way = Itinerary.at(self._at_once(start), roads.truth)
        else:
            start = self._in_turn(start) if waited else start
            self.way = Itinerary.along(route, roads.legs_s(route), start, roads.truth, self.rules)

    def _in_turn(self, start: Start) -> Start:
        """Return the start of a unit that stands: in a column, behind the one in front of it."""
        if self.column is None or start.stretch is not None:
            return start
        return replace(start, t_s=self.column.leaves_s(self.unit.spec.id, start.node, start.t_s))

    def _at_once(self, start: Start) -> Start:
        """Return the start of a unit that no longer waits at a place for its turn in a column."""
        return start if self.column is None or start.stretch is not None else replace(start, t_s=self.run.now)

    def _record(self, because: str) -> None:
        way, unit, times_s = self.way, self.unit.spec.id, tuple(self.way.times_s.tolist())
        sections, length_m = ((), 0.0) if way.route is None else (way.route.sections, way.route.length_m)
        common = (self.run.now, unit, self.purpose, self.target, way.nodes, times_s, sections, length_m)
        self.run.record(UnitRerouted(*common, because) if because else UnitEnRoute(*common))

    def watch(self) -> None:
        """Look out for roads that are open without the command centre knowing."""
        if not self.held:
            self._wait_for_stop()

    def _wait_for_stop(self) -> None:
        """Schedule a wakeup at the end of the route, or before that where it meets something nobody knows of."""
        i, way = self._next(), self.way
        on = way.stretch(i, self.run.now)
        if on is not None and on.blocked is not None:
            self._stop_due.at(on.moment_at(on.blocked), lambda: self._report((on.section,)))
            return
        stop = 0 if way.route is None else self.run.roads.first_surprise(way.route, i)
        self._stop_due.at(float(way.times_s[stop]), lambda: self._stop(stop))

    def _report(self, sections: Sequence[str]) -> None:
        report(self.run, sections, self.unit.spec.id)

    def _stop(self, i: int) -> None:
        node, route = self.way.nodes[i], self.way.route
        opened = self.run.roads.opened_at(node)
        if opened:
            self._report(opened)
            if self._stop_due.pending:  # another route, or the rest of the same
                return
        in_danger = self._in_danger(node)
        if route is not None and i < len(route.sections):
            self._meet_closure(self._here(i), route.sections[i])
        elif (in_danger or not self._near_enough()) and self._could_go_on(node):  # held: a road may have opened since
            self._take_route(self._here(i), because=self.because, news=True)
        elif in_danger:
            self._trap(node)
        elif self.held or not self._near_enough():
            self._hold(node)
        else:
            self._end()
            self.unit.node = node
            self.arrived.succeed()

    def _hold(self, node: str) -> None:
        """Wait at a place until a road opens; a wave need not wait for that."""
        self.held = True
        self.run.record(UnitHeld(self.run.now, self.unit.spec.id, node))
        self._keep_nobody_waiting()

    def _keep_nobody_waiting(self) -> None:
        """Let the wave go on without it, where it waits."""
        if self.unit.marches_with is not None:
            self.unit.marches_with.go_on()

    def _in_danger(self, node: str) -> bool:
        """Return whether a zone forbids it to stay at a place."""
        return self.run.roads.zones.drives_out(node, self.protection)

    @property
    def _trapped(self) -> bool:
        return self.unit.status == "trapped"

    def _trap(self, node: str) -> None:
        """Become trapped: held in a zone that no open road leaves. No effect if it is trapped already."""
        self.held = True
        if self._trapped:
            return
        self.unit.status = "trapped"
        record_trapped(self.run, self.unit, node)

    def _set_free(self, node: str) -> None:
        """Resume the journey: the zone has receded, or a route out of it has opened."""
        self.unit.status = UNDER_WAY[self.purpose]
        self.run.record(UnitFreed(self.run.now, self.unit.spec.id, node, self.because))
        self.run.news()

    def _near_enough(self) -> bool:
        """Return whether the end of the route is the destination, or a safe place near enough to it."""
        end = self.way.nodes[-1]
        return (
            self.rolls
            or end == self.destination
            or self.run.roads.zones.apart_m(end, self.destination) <= self.within_m
        )

    def _meet_closure(self, here: Start, section: str) -> None:
        self.way, self.held = Itinerary.at(here, self.run.roads.truth), False
        self._report((section,))
        if self.way.route is None:
            self._take_route(here, because=section, news=True)

    def _end(self) -> None:
        self._stop_due.cancel()
        self.run.journeys.pop(self, None)
        self.unit.journey = None


def record_trapped(run: Run, unit: UnitState, node: str) -> None:
    """Record that a unit cannot leave a place where a zone does not let it stay."""
    hazard = run.roads.zones.hazard_at(node)
    run.record(UnitTrapped(run.now, unit.spec.id, node, hazard))
    run.record(advisory_event(run.now, hazard, Advisory.of("unit_trapped", unit=unit.spec.id, node=node)))
