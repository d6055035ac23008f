"""Units under way: one event per journey, not per road section.

A journey is the places on the way and the time at each. Where a unit is follows from that; only journeys that a
change of the roads touches are looked at again, and a change takes effect from the next place on the way. Whoever
comes to a section that is closed without anybody knowing reports it and takes another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import simpy

from drillsim.engine.run import Run, UnitState
from drillsim.events import SectionChanged, SectionReported, UnitEnRoute, UnitHeld, UnitRerouted
from drillsim.roads import MarchRules, Route, march_halts_s

SAME_MOMENT_S = 1e-9


class Mover:
    """One unit, or several in a column, on one journey.

    Parameters
    ----------
    units
        In march order; all stand at the same place.
    behind_s
        How far each is behind the head of the column. [s]
    rules
        Halts on the march; None for a journey without halts.
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
    ) -> None:
        self.run = run
        self.units = tuple(units)
        self.behind_s = tuple(behind_s)
        self.destination = destination
        self.purpose = purpose
        self.target = target
        self.rules = rules
        self.arrived: simpy.Event = run.env.event()
        self.nodes: tuple[str, ...] = (units[0].node,)
        self.times_s: tuple[float, ...] = (run.now,)
        self.sections: tuple[str, ...] = ()
        self.driven_s: tuple[float, ...] = (0.0,)
        self.held = False
        self.version = 0

    def set_off(self, *, not_before_s: float = 0.0) -> simpy.Event:
        """Begin the journey; return the event that happens when the head of the column arrives."""
        for unit in self.units:
            unit.journey = self
        self.run.journeys[self] = None
        self._take_way(self.nodes[0], max(self.run.now, not_before_s), 0.0, because="", news=True)
        return self.arrived

    def next_place(self) -> tuple[str, float]:
        """Return the place where it can turn, and when it is there: here and now if it is at a place."""
        i = self._next()
        return self.nodes[i], self.times_s[i]

    def drop(self) -> tuple[str, float]:
        """End the journey early; return the place and moment from which a new one can begin."""
        place = self.next_place()
        self._end()
        return place

    def look_again(self, sections: frozenset[str], because: str, *, better: bool) -> None:
        """Think again after *sections* changed, if that touches the way ahead or may have opened a better one."""
        if self.held:
            if self.run.roads.route(self.nodes[-1], self.destination) is not None:
                self._take_way(self.nodes[-1], max(self.run.now, self.times_s[-1]), self.driven_s[-1], because=because)
            return
        i = self._next()
        if better or not sections.isdisjoint(self.sections[i:]):
            self._take_way(self.nodes[i], self.times_s[i], self.driven_s[i], because=because)

    def _next(self) -> int:
        now = self.run.now - SAME_MOMENT_S
        return next((i for i, t_s in enumerate(self.times_s) if t_s >= now), len(self.times_s) - 1)

    def _take_way(self, node: str, t_s: float, driven_s: float, *, because: str, news: bool = False) -> None:
        """Go on from *node*, where it is at *t_s*, by the fastest way for all that is known; with *news*, say so."""
        route = self.run.roads.route(node, self.destination)
        before = self._ahead_of(node)
        self._lay_out(route, node, t_s, driven_s)
        if news or self._ahead_of(node) != before:
            for unit, behind_s in zip(self.units, self.behind_s, strict=True):
                self._record(unit, behind_s, route, because)
        self._wait_for_stop()

    def _ahead_of(self, node: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
        i = self.nodes.index(node) if node in self.nodes else 0
        return self.sections[i:], self.times_s[i:]

    def _lay_out(self, route: Route | None, node: str, t_s: float, driven_s: float) -> None:
        """Write down places, sections, and times of the way ahead."""
        self.held = route is None
        self.nodes = route.nodes if route else (node,)
        self.sections = route.sections if route else ()
        times, driven = [t_s], [driven_s]
        for section, expected_s in zip(self.sections, route.legs_s if route else (), strict=True):
            leg_s = self.run.roads.leg_s(section, expected_s)
            halt_s = self._halts_s(driven[-1], driven[-1] + leg_s)
            driven.append(driven[-1] + leg_s)
            times.append(times[-1] + leg_s + halt_s)
        self.times_s, self.driven_s = tuple(times), tuple(driven)

    def _halts_s(self, from_s: float, to_s: float) -> float:
        """Return the halts that fall due between two amounts of driving. [s]"""
        if self.rules is None:
            return 0.0
        return sum(halt_s for due_s, halt_s in march_halts_s(to_s, self.rules) if from_s < due_s <= to_s)

    def _record(self, unit: UnitState, behind_s: float, route: Route | None, because: str) -> None:
        times_s = tuple(t_s + behind_s for t_s in self.times_s)
        length_m = route.length_m if route else 0.0
        common = (self.run.now, unit.spec.id, self.purpose, self.target, self.nodes, times_s, self.sections, length_m)
        self.run.record(UnitRerouted(*common, because) if because else UnitEnRoute(*common))

    def _wait_for_stop(self) -> None:
        """Come back at the end of the way, or where it meets a section that is closed without anybody knowing."""
        self.version += 1
        version = self.version
        stop = len(self.sections)
        for i, section in enumerate(self.sections):
            if self.run.roads.truth.is_closed(section):
                stop = i
                break
        self.run.at(self.times_s[stop], lambda: self._stop(stop) if version == self.version else None)

    def _stop(self, i: int) -> None:
        if i < len(self.sections):
            self._meet_closure(self.nodes[i], self.driven_s[i], self.sections[i])
        elif self.held:
            for unit in self.units:
                self.run.record(UnitHeld(self.run.now, unit.spec.id, self.nodes[-1]))
        else:
            self._end()
            for unit in self.units:
                unit.node = self.destination
            self.arrived.succeed()

    def _meet_closure(self, node: str, driven_s: float, section: str) -> None:
        self.nodes, self.times_s, self.sections, self.driven_s = (node,), (self.run.now,), (), (driven_s,)
        report(self.run, (section,), self.units[0].spec.id)
        if not self.sections:
            self._take_way(node, self.run.now, driven_s, because=section, news=True)

    def _end(self) -> None:
        self.version += 1
        self.run.journeys.pop(self, None)
        for unit in self.units:
            unit.journey = None


def change_roads(run: Run, layer: str, factors: Mapping[str, float], *, cause: str, reported_by: str) -> None:
    """Change one layer of the truth about the roads; with *reported_by*, the command centre knows at once."""
    changed = run.roads.set_layer(layer, factors)
    for section in changed:
        run.record(SectionChanged(run.now, section, run.roads.truth.factor(section), cause))
    better = bool(reported_by) and _learn(run, changed, reported_by)
    _look_again(run, changed, better=better)


def change_weather(run: Run, factors: Mapping[str, float]) -> None:
    """Change how the weather slows the roads; everybody sees it, so the change of weather is all that is recorded."""
    changed = run.roads.set_layer("weather", factors)
    before = run.roads.known
    run.roads.learn(changed)
    _look_again(run, changed, better=any(run.roads.known.factor(s) > before.factor(s) for s in changed))


def report(run: Run, sections: Iterable[str], by: str) -> None:
    """Let the command centre learn the state of *sections*; journeys that this touches are looked at again."""
    sections = tuple(sections)
    _look_again(run, sections, better=_learn(run, sections, by))


def _learn(run: Run, sections: Iterable[str], by: str) -> bool:
    """Update what the command centre knows; return whether any road is better than it thought."""
    before = run.roads.known
    news = run.roads.learn(sections)
    for section in news:
        run.record(SectionReported(run.now, section, run.roads.known.factor(section), by))
    return any(run.roads.known.factor(section) > before.factor(section) for section in news)


def _look_again(run: Run, sections: tuple[str, ...], *, better: bool) -> None:
    touched = frozenset(sections)
    for journey in tuple(run.journeys):
        if sections and journey in run.journeys:
            journey.look_again(touched, sections[0], better=better)
