"""What a unit does on the section that it is on, as roads and zones change: drive on, turn round, or stop.

One decision for every unit under way. An obstruction that is known turns a unit that is before it. A zone at the place
ahead turns it as well; where it cannot get back, past an obstruction or with a zone at the place behind, it stops where
it is, until the zone recedes or the road behind it is clear.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.engine.itinerary import Start
from drillsim.engine.obstruction import feel, tell_of_turning
from drillsim.engine.run import Run
from drillsim.engine.stretch import Stretch
from drillsim.roads import MarchRules, halts_between_s


@dataclass(frozen=True, slots=True)
class Driver:
    """Who drives, and where to."""

    run: Run
    unit: str
    destination: str
    protection: int
    rules: MarchRules | None
    """Halts on the march; None for a journey without halts."""

    def decide(self, start: Start) -> Start:
        """Return the start of the route ahead as roads and zones are now; the same one if they do not touch it.

        After a turn that is the place behind. A unit that stops has a stretch that stands and no time.
        """
        felt = start if start.stretch is None else self._feel_roads(start, start.stretch)
        return felt if felt.stretch is None else self._feel_zones(felt, felt.stretch)

    def _feel_roads(self, start: Start, on: Stretch) -> Start:
        run = self.run
        new = feel(run, on, self.unit)
        known_closed = run.roads.known.is_closed(on.section)
        if new.blocked is not None and known_closed:
            tell_of_turning(run, new, self.unit)
            return self._turned(start, replace(new, turned=True))
        if new.turned and on.closed and not new.closed and not known_closed:
            back = self._turned(start, replace(new, turned=False))
            return back if self._sooner(back, start) else self._retimed(start, new)
        if new is on:
            return start
        if new.there_s == on.there_s:
            return replace(start, stretch=new)
        return self._retimed(start, new)

    def _feel_zones(self, start: Start, on: Stretch) -> Start:
        now_s, grade = self.run.now, self.run.roads.zones.places.get
        if grade(on.ahead, 0) <= self.protection:
            return self._retimed(start, on.goes_on(now_s)) if on.stands else start
        obstructed = on.closed and on.blocked is None
        if not obstructed and grade(on.behind, 0) <= self.protection:
            return self._turned(start, on)
        if on.stands:
            return start
        stands = on.stopped(now_s)
        return replace(start, t_s=stands.there_s, driven_s=stands.driven_there_s, stretch=stands)

    def _retimed(self, start: Start, on: Stretch) -> Start:
        """Return the start with the rest of the section at another speed; halts that fall due on it are new."""
        if self.rules is not None and not on.stands:
            there_m = start.driven_m - (1.0 - on.share) * self._section_m(on)
            driven = np.array([on.driven_s, on.driven_there_s]), np.array([there_m, start.driven_m])
            halts = halts_between_s(self.rules, *driven)
            on = on.with_halts(tuple((due_s, s) for due_s, s in halts if due_s > on.driven_s + SAME_MOMENT_S))
        return replace(start, t_s=on.there_s, driven_s=on.driven_there_s, stretch=on)

    def _turned(self, start: Start, on: Stretch) -> Start:
        """Return the start at the place behind, after it has turned round on the section that it is on."""
        now_s = self.run.now
        back = (on.goes_on(now_s) if on.stands else on).turned_round(now_s)
        driven_m = start.driven_m + (1.0 - 2.0 * back.share) * self._section_m(back)
        return Start(back.ahead, back.there_s, back.driven_there_s, driven_m, back)

    def _section_m(self, on: Stretch) -> float:
        return float(self.run.scenario.roads.section_m[on.row])

    def _sooner(self, a: Start, b: Start) -> bool:
        """Return whether it comes to its destination sooner from one place than from another."""
        roads = self.run.roads
        a_s, b_s = (s.t_s + roads.travel_s(s.node, self.destination, self.protection) for s in (a, b))
        return a_s < b_s
