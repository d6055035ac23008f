"""Hazards in a run: the engine schedules the next change of each and tells it of interventions."""

from __future__ import annotations

import math
from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

from drillsim.base.errors import PluginError, blaming
from drillsim.engine.breakdown import strand
from drillsim.engine.road_changes import change_roads
from drillsim.engine.run import Run
from drillsim.engine.unit import withdraw
from drillsim.engine.wakeup import Wakeup
from drillsim.hazards import Hazard, Intervention
from drillsim.physics.blast.explosion import Explosion
from drillsim.trace.events import HazardChanged, HazardMeasured, PeopleChanged, ZonesChanged
from drillsim.world.advisory import Advisory, advisory_event
from drillsim.world.exclusion import Exclusion
from drillsim.world.weather import Weather

UNSEEN = frozenset({"onset", "course", "weather", "blast"})
"""Causes of a change without a responder, so that the roads it closes go unreported."""


SAME_MEASURE = 1e-9
"""Measures that differ by less than this part are the same (numerical): last digits depend on the order of a sum."""
MOST_AT_ONCE = 2000
"""Most changes of a hazard at one moment; more are refused as an endless loop (numerical bound)."""


class HazardRun:
    """One hazard and its present state: the only place where a hazard meets the rest of a run.

    Life: it waits without a state until it begins, at its own time or with the incident that names it. From then on
    each change (its own next one, an intervention, the weather, an explosion elsewhere) goes through :meth:`_become`,
    which writes down what is new and passes it on to roads, zones, scenes and other hazards. The order of that is
    stated in ``docs/explanation/within-one-moment.md``. It never ends: a hazard at rest has no next change.

    The hazard itself (``hazard``) is frozen and answers from ``state``; who only asks, asks it directly.
    """

    def __init__(self, run: Run, hazard: Hazard) -> None:
        self.run = run
        self.hazard = hazard
        self.state: Any = None
        self.begun = False
        """Whether it has begun."""
        self._change_due = Wakeup(run.at)
        self.incidents: list[str] = []
        self._people: Mapping[str, int] = {}
        self._measures: Mapping[str, float] = {}
        self._zones = Exclusion()
        self._issued: set[Advisory] = set()
        self._at_once: tuple[float, int] = (0.0, 0)
        """Moment of the latest change, and the number of changes at that moment."""
        self._passed_on = 0

    def begin(self) -> None:
        """Begin now, unless it has begun already."""
        if not self.begun:
            self.begun = True
            with self._blamed():
                self._become(self.hazard.begin(self.run.now, self.run.world), "onset")

    def intervene(self, intervention: Intervention) -> None:
        """Apply an intervention by responders."""
        if self.begun:
            with self._blamed():
                self._perhaps(self.hazard.intervene(self.state, self.run.now, intervention), intervention.name)

    def weather_changed(self, weather: Weather) -> None:
        """Apply new weather."""
        if self.begun:
            with self._blamed():
                self._perhaps(self.hazard.weather_changed(self.state, self.run.now, weather), "weather")

    def hit_by(self, explosion: Explosion) -> None:
        """Apply the explosion of another hazard."""
        if self.begun:
            with self._blamed():
                self._perhaps(self.hazard.hit_by(self.state, self.run.now, explosion), "blast")

    def _blamed(self) -> AbstractContextManager[None]:
        return blaming(f"hazard {self.hazard.id!r} ({self.hazard.kind})")

    def _perhaps(self, state: Any, cause: str) -> None:
        if state != self.state:
            self._become(state, cause)

    def _become(self, state: Any, cause: str) -> None:
        run, name = self.run, self.hazard.id
        self._refuse_endless()
        stage = self.hazard.stage(state)
        if self.state is None or stage != self.hazard.stage(self.state):
            run.record(HazardChanged(run.now, name, stage, cause))
        self.state = state
        self._emit_people()
        self._emit_measures()
        self._issue_advisories()
        factors = self.hazard.speed_factors(state, run.scenario.ground)
        self._keep_out()
        seen = self.hazard.reported or cause not in UNSEEN  # a responder who clears a road reports it
        change_roads(run, f"hazard {name}", factors, cause=name, reported_by="hazard" if seen else "")
        for incident in self.incidents:
            run.incidents[incident].work.reassess()
        self._wait_for_change()
        self._pass_on()

    def _pass_on(self) -> None:
        """Pass new explosions on to the other hazards; one of theirs may come back before this returns."""
        explosions = self.hazard.explosions(self.state)
        new, self._passed_on = explosions[self._passed_on :], len(explosions)
        for explosion in new:
            for _, other in sorted(self.run.hazards.items()):
                if other is not self:
                    other.hit_by(explosion)

    def _refuse_endless(self) -> None:
        now_s, (last_s, times) = self.run.now, self._at_once
        self._at_once = (now_s, times + 1 if last_s == now_s else 1)
        if self._at_once[1] > MOST_AT_ONCE:
            raise PluginError(
                f"hazard {self.hazard.id!r} ({self.hazard.kind}) has changed {MOST_AT_ONCE} times at {now_s:g} s;"
                " let next_change_s lie after the moment of the state, and an intervention come to an end"
            )

    def _keep_out(self) -> None:
        """Put the present zones of the hazard into force; units leave them later in this moment."""
        run, name = self.run, self.hazard.id
        zones = self.hazard.exclusion(self.state, run.scenario.ground)
        before, self._zones = self._zones, zones
        if zones == before:
            return
        places, sections = _changes(before.places, zones.places), _changes(before.sections, zones.sections)
        if places or sections:
            changed = (tuple(places), tuple(places.values()), tuple(sections), tuple(sections.values()))
            run.record(ZonesChanged(run.now, name, *changed))
        if run.roads.zones.put(name, zones):
            # Later in this moment: a scene that has just reported an intervention must finish its own update first, or
            # its units would be withdrawn in the middle of it.
            run.at(run.now, lambda: keep_out(run, name))
            for incident in sorted(run.open_incidents):
                run.incidents[incident].work.postpone_reassessment()

    def _issue_advisories(self) -> None:
        for advisory in self.hazard.advisories(self.state):
            if advisory not in self._issued:
                self._issued.add(advisory)
                self.run.record(advisory_event(self.run.now, self.hazard.id, advisory))

    def _emit_people(self) -> None:
        people = self.hazard.people(self.state)
        if people == self._people:
            return
        if self._people and sum(people.values()) != sum(self._people.values()):
            raise PluginError(f"hazard {self.hazard.id!r} lost or made people: {self._people} became {people}")
        self._people = dict(people)
        self.run.record(PeopleChanged(self.run.now, self.hazard.id, tuple(people), tuple(people.values())))

    def _emit_measures(self) -> None:
        measures = self.hazard.measures(self.state, self.run.now)
        if not _same(measures, self._measures):
            self._measures = dict(measures)
            values = tuple(float(value) for value in measures.values())
            self.run.record(HazardMeasured(self.run.now, self.hazard.id, tuple(measures), values))

    def _wait_for_change(self) -> None:
        self._change_due.cancel()
        due_s = self.hazard.next_change_s(self.state)
        if due_s < self.run.scenario.ends_at_s:
            self._change_due.at(due_s, self._advance)

    def _advance(self) -> None:
        with self._blamed():
            self._become(self.hazard.advance(self.state, self.run.now), "course")


def _same(measures: Mapping[str, float], before: Mapping[str, float]) -> bool:
    """Return whether measures are what they were but for rounding."""
    return measures.keys() == before.keys() and all(
        math.isclose(value, before[name], rel_tol=SAME_MEASURE, abs_tol=SAME_MEASURE)
        for name, value in measures.items()
    )


def keep_out(run: Run, because: str) -> None:
    """Withdraw the units that stand in a zone, then reroute those under way."""
    zones = run.roads.zones
    for _, unit in sorted(run.units.items()):
        if unit.status == "out_of_service":
            strand(run, unit, because)
            continue
        if unit.journey is None and zones.drives_out(unit.node, unit.protection):
            withdraw(run, unit, because)
    for journey in tuple(run.journeys):
        if journey in run.journeys:
            journey.zones_changed(because)
    run.news()


def _changes(before: Mapping[str, int], now: Mapping[str, int]) -> dict[str, int]:
    """Return the grades that changed, with 0 for those that are gone."""
    names = sorted({*before, *now})
    return {name: now.get(name, 0) for name in names if before.get(name, 0) != now.get(name, 0)}


def begin_hazards(run: Run) -> None:
    """Schedule every hazard that begins at its own time and not with an incident."""
    tied = {state.incident.hazard for state in run.incidents.values()}
    for name, hazard_run in run.hazards.items():
        if name not in tied:
            run.at(hazard_run.hazard.starts_at_s, hazard_run.begin)
