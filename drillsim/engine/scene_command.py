"""Command on the scene of an incident: put people to work, record progress, request and release units."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from drillsim.dispatch import Need
from drillsim.engine.altitude import altitude_factor, note_ascent
from drillsim.engine.run import Run, UnitState
from drillsim.engine.task_progress import Crew, TaskProgress
from drillsim.engine.unit import release
from drillsim.engine.wakeup import Wakeup
from drillsim.hazards import Intervention
from drillsim.trace.events import (
    IncidentClosed,
    NeedWithdrawn,
    PeopleRelieved,
    SupplyChanged,
    TaskAdded,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    TaskWaiting,
    TaskWithdrawn,
    TaskWorkChanged,
)
from drillsim.world.altitude import labour_factor
from drillsim.world.task import Task

if TYPE_CHECKING:
    from drillsim.engine.incident import IncidentState

SCENE_REASONS = frozenset({"reinforcement", "relief", "resupply"})
"""Reasons of requests from the scene; such requests are withdrawn once the shortage is over."""


class SceneCommand:
    """The command of one incident: it acts on a :class:`Scene` and records the changes since its last update.

    Life: it is idle until the first unit arrives. Then it updates the scene at every arrival, at the scene's own next
    change, and when the hazard changes (:meth:`reassess`); each update advances the scene to now and acts on it, in
    the order that ``docs/explanation/within-one-moment.md`` states. It stops when the incident ends.
    """

    def __init__(self, run: Run, state: IncidentState) -> None:
        self.run = run
        self.state = state
        self.name = state.incident.id
        self.hazard_run = None if state.incident.hazard is None else run.hazards[state.incident.hazard]
        """The hazard behind the incident; it has begun when the first unit arrives."""
        self._change_due = Wakeup(run.at)
        """Wakeup for the next change of the scene by itself."""
        self._reassessment = Wakeup(run.at)
        """Wakeup for an update later in the present moment."""
        self._reported_work: dict[str, tuple[tuple[str, ...], int, int]] = {}
        """By task: units and people on it and people at work, as last recorded."""
        self._reported_waiting: dict[str, tuple[str, int]] = {}
        self._reported_supplies: dict[str, tuple[float, float]] = {}
        self._acting: set[str] = set()
        """Tasks whose start the hazard has been notified of."""

    def arrive(self, unit: UnitState) -> None:
        """Add a unit to the scene and put its people to work."""
        spec = unit.spec
        self.state.coming.pop(spec.id)
        self.state.present[spec.id] = unit
        note_ascent(self.run, unit, self.state.incident.node)
        self._bring_up_to_now()
        self.state.scene.crews[spec.id] = _crew_of(unit)
        self.state.scene.supplies.add(unit.unload())
        self._go_on()

    def leave(self, unit: UnitState) -> None:
        """Remove a unit that has to leave; its people come off their tasks."""
        self._bring_up_to_now()
        scene = self.state.scene
        self.state.present.pop(unit.spec.id)
        scene.crews.pop(unit.spec.id)
        scene.take_off(unit.spec.id)
        scene.settle()
        for p in scene.running():
            self._emit_changed(p)

    def reassess(self) -> None:
        """Update the scene later in this moment, because the hazard has changed; several requests are one update."""
        if not self._reassessment.pending and self.name in self.run.open_incidents:
            self._reassessment.at(self.run.now, self._look)

    def postpone_reassessment(self) -> None:
        """Put a pending update behind everything that is due now: units that a zone drives out leave first."""
        if self._reassessment.pending:
            self._reassessment.at(self.run.now, self._look)

    def stop(self) -> None:
        """Stop: the incident is over."""
        self._change_due.cancel()
        self._reassessment.cancel()

    def _look(self) -> None:
        self._bring_up_to_now()
        self._go_on()

    # --- one update of the scene ---

    def _bring_up_to_now(self) -> None:
        """Record the work done since the last update, and the spells that are over."""
        run, scene = self.run, self.state.scene
        for p in scene.advance(run.now):
            run.record(TaskFinished(run.now, self.name, p.task.id, p.work_person_s))
            self._act(p, "end")
        for rest in scene.relieve():
            run.record(PeopleRelieved(run.now, self.name, rest.task, rest.unit, rest.people, rest.until_s))

    def _go_on(self) -> None:
        """Start tasks, record changes, release idle units, request what is missing."""
        run, state, scene = self.run, self.state, self.state.scene
        self._ask_hazard()
        hazard_run = self.hazard_run
        held_open = hazard_run is not None and hazard_run.hazard.holds_open(hazard_run.state, self.name)
        if scene.all_done and not held_open:
            self._emit_supplies()
            run.record(IncidentClosed(run.now, self.name))
            state.end()
            return
        scene.coming = tuple(_crew_of(unit) for unit in state.coming.values())
        begun = scene.put_to_work(self._work_person_s)
        names = {p.task.id for p in begun}
        others = [p for p in scene.running() if p.task.id not in names]
        for p in others:
            if p.crew < self._reported_work[p.task.id][1]:
                self._emit_changed(p)  # people taken off may be on another task already; in the trace nobody is on two
        for p in begun:
            self._emit_begun(p)
        for p in others:
            self._emit_changed(p)
        if scene.crews:
            self._emit_waiting()
        self._emit_supplies()
        if not held_open:
            self._let_go(self.state.scene.no_longer_needed())
        elif hazard_run is not None and hazard_run.hazard.releases_idle_units(hazard_run.state, self.name):
            self._let_go(self.state.scene.without_work())
        self._call_for_more()
        self._wait_for_change()

    def _ask_hazard(self) -> None:
        if self.hazard_run is None:
            return
        run, scene, hazard, now = self.run, self.state.scene, self.hazard_run.hazard, self.hazard_run.state
        scene.halted = hazard.withdrawal_signal(now)
        new, gone = scene.call_for(hazard.tasks(now, self.name), self._hazard_factor)
        for p in gone:
            run.record(TaskWithdrawn(run.now, self.name, p.task.id))
            self._acting.discard(p.task.id)
        for p in new:
            run.record(TaskAdded(run.now, self.name, p.task.id))
        for p in scene.redefined():
            run.record(TaskWorkChanged(run.now, self.name, p.task.id, p.work_person_s))
        while self.state.alarm_level < hazard.alarm_level(now, self.name):
            self.state.alarm_level += 1
            units = run.plan.dispatch.greater_alarm(self.state.call, self.state.alarm_level)
            self.state.raise_needs(units, "greater_alarm")

    def _work_person_s(self, p: TaskProgress) -> float:
        """Draw the work of a task that has just been staffed. [person·s]

        It is multiplied for altitude, for unacclimatised crew, and by the hazard if the task acts on it.
        """
        run, ground, task = self.run, self.run.world.ground, p.task
        drawn = run.draw_s(task.work, "work", self.name, task.id)
        p.hazard_factor = self._hazard_factor(task)
        height_m = float(ground.elevation_m[ground.row(self.state.incident.node)])
        return drawn * p.hazard_factor * labour_factor(height_m) * altitude_factor(run, p)

    def _hazard_factor(self, task: Task) -> float:
        """Return what the hazard makes of the work of a task that acts on it."""
        if self.hazard_run is None or task.intervention is None:
            return 1.0
        return self.hazard_run.hazard.work_factor(self.hazard_run.state, self.run.now, task)

    def _act(self, p: TaskProgress, phase: Literal["start", "crew", "end"]) -> None:
        """Notify the hazard of an intervention by the people on a task."""
        if p.task.intervention is not None and self.hazard_run is not None:
            slower = altitude_factor(self.run, p)
            self.hazard_run.intervene(Intervention(p.task.intervention, phase, self.name, p.task.id, p.at_work, slower))

    # --- records in the trace ---

    def _emit_begun(self, p: TaskProgress) -> None:
        self._reported_work[p.task.id] = (p.units, p.crew, p.at_work)
        self.run.record(TaskStarted(self.run.now, self.name, p.task.id, p.crew, p.units, p.work_person_s, p.at_work))
        if p.at_work:
            self._notify_hazard(p)

    def _emit_changed(self, p: TaskProgress) -> None:
        units, people, at_work = self._reported_work[p.task.id]
        if (units, people, at_work) == (p.units, p.crew, p.at_work):
            return
        self._reported_work[p.task.id] = (p.units, p.crew, p.at_work)
        self.run.record(TaskCrewChanged(self.run.now, self.name, p.task.id, p.crew, p.units, p.at_work))
        if at_work != p.at_work:
            self._notify_hazard(p)

    def _notify_hazard(self, p: TaskProgress) -> None:
        phase: Literal["start", "crew"] = "crew" if p.task.id in self._acting else "start"
        self._acting.add(p.task.id)
        self._act(p, phase)

    def _emit_waiting(self) -> None:
        scene = self.state.scene
        waiting = [(p, scene.shortage(p)) for p in scene.ready()]
        waiting += [(p, scene.standstill(p)) for p in scene.running()]
        for p, shortage in waiting:
            if shortage is None:
                self._reported_waiting.pop(p.task.id, None)
            elif self._reported_waiting.get(p.task.id) != (shortage.lacking, shortage.people):
                self._reported_waiting[p.task.id] = (shortage.lacking, shortage.people)
                what = (shortage.lacking, shortage.people, p.task.min_crew)
                self.run.record(TaskWaiting(self.run.now, self.name, p.task.id, *what))

    def _emit_supplies(self) -> None:
        supplies = self.state.scene.supplies
        for name in dict.fromkeys((*supplies.amounts, *supplies.rates)):
            amount, rate = supplies.amounts.get(name, 0.0), supplies.rates.get(name, 0.0)
            reported = self._reported_supplies.get(name)
            if reported is None or reported[1] != rate or (rate == 0 and reported[0] != amount):
                self._reported_supplies[name] = (amount, rate)
                self.run.record(SupplyChanged(self.run.now, self.name, name, amount, rate))

    # --- releases, requests, the next update ---

    def _let_go(self, gone: list[str]) -> None:
        for name in gone:
            del self.state.scene.crews[name]
            release(self.run, self.state.present.pop(name))

    def _call_for_more(self) -> None:
        """Request one more unit for every task for which those present, coming and requested are not enough."""
        state = self.state
        if not state.present and (state.coming or state.needs):
            return  # without people on scene nobody can notice the shortage
        lacks: dict[tuple[str, str], tuple[str, bool]] = {}
        if not all(p.done or p.at_work for p in state.scene.progress.values()):
            lacks = self._lacks()
        for need in [n for n in state.needs if n.reason in SCENE_REASONS and (n.capability, n.supply) not in lacks]:
            self._want_no_more(need)  # other people who can do it have arrived, or it is done
        asked_for = {(need.capability, need.supply) for need in state.needs}
        for (capability, supply), (reason, danger) in lacks.items():
            if (capability, supply) not in asked_for:
                state.raise_needs({capability: 1}, reason, danger=danger, supply=supply)

    def _want_no_more(self, need: Need) -> None:
        self.state.needs.remove(need)
        self.run.withdraw(need)
        self.run.record(NeedWithdrawn(self.run.now, self.name, need.slot))

    def _lacks(self) -> dict[tuple[str, str], tuple[str, bool]]:
        """Return of what capability, with what supply on board, one more unit is needed, why, and if it enters danger.

        That a unit is busy now changes nothing: the need stands until a unit goes or the scene lacks it no longer.
        """
        lacks: dict[tuple[str, str], tuple[str, bool]] = {}
        state, scene = self.state, self.state.scene
        coming = [_crew_of(unit) for unit in state.coming.values()]
        crews = [*map(_crew_of, state.present.values()), *coming]
        own = self.hazard_run is not None and self.hazard_run.hazard.needs_separate_crews
        free = [replace(crew, people=scene.idle(crew)) for crew in scene.crews.values()] + coming
        for p in scene.progress.values():
            reason = "relief" if p.started else "reinforcement"
            supply = self._lacking_supply(p) or ""
            if supply:
                reason, capability = "resupply", self._who_brings(p.task, supply)
            elif p.started:
                together = coming if p.task.spell is not None or not p.crew else crews
                capability = _missing(p.task, together) if self._wants_relief(p) else None
            elif own and p.of_hazard and scene.is_ready(p):
                capability = _missing_now(p.task, free)
            else:
                capability = _missing(p.task, crews)
            if capability is not None:
                lacks.setdefault((capability, supply), (reason, p.task.danger))
        return lacks

    def _lacking_supply(self, p: TaskProgress) -> str | None:
        """Return the supply whose lack keeps a task from beginning or continuing."""
        scene, spell = self.state.scene, p.task.spell
        if spell is not None and spell.supply is not None and self._needs_sets(p):
            return spell.supply
        if not p.task.uses:
            return None
        shortage = scene.standstill(p) if p.started else scene.shortage(p) if scene.is_ready(p) else None
        return shortage.lacking if shortage is not None and shortage.lacking in p.task.uses else None

    def _needs_sets(self, p: TaskProgress) -> bool:
        """Return whether a task waits for air sets or the like that a unit could bring."""
        scene, spell = self.state.scene, p.task.spell
        waits = p.running or scene.is_ready(p)
        supply = "" if spell is None else spell.supply or ""
        return waits and scene.lacks_sets(p) and self._who_brings(p.task, supply) is not None

    def _who_brings(self, task: Task, supply: str) -> str | None:
        """Return a capability with which a unit brings a supply, unless such a unit is already coming.

        None as well if no unit of the plan carries it: nobody could ever come.
        """
        if any(supply in unit.spec.carries and unit.loaded for unit in self.state.coming.values()):
            return None
        for capability in task.capabilities:
            able = self.run.able.get(capability, ())
            if any(supply in unit.spec.carries for unit in able):
                return capability
        return None

    def _wants_relief(self, p: TaskProgress) -> bool:
        """Return whether a task has stopped because its people, or some of them, rest or have left."""
        shortage = self.state.scene.standstill(p)
        return shortage is not None and shortage.lacking == "crew"

    def _wait_for_change(self) -> None:
        self._change_due.cancel()
        due_s = self.state.scene.next_change_s()
        if due_s < self.run.scenario.ends_at_s:
            self._change_due.at(due_s, self._look)


def _crew_of(unit: UnitState) -> Crew:
    return Crew(unit.spec.id, unit.spec.crew, unit.capabilities, unit.enters_danger)


def _missing(task: Task, crews: list[Crew]) -> str | None:
    """Return the capability of which one more unit is needed for *task*, or None if there are enough."""
    able = [crew for crew in crews if crew.can_do(task)]
    for capability in task.capabilities:
        if not any(capability in crew.capabilities for crew in able):
            return capability
    people = [crew.people for crew in able]
    return task.capabilities[0] if (max if task.one_unit else sum)(people or [0]) < task.min_crew else None


def _missing_now(task: Task, free: list[Crew]) -> str | None:
    """Return what a task that a hazard calls for lacks: it does not wait for people busy elsewhere.

    The people it needs are removed from *free*, so that they do not count for the next task.
    """
    missing = _missing(task, free)
    wanted = task.min_crew if missing is None else 0
    for crew in free:
        if wanted > 0 and crew.can_do(task):
            taken = min(wanted, crew.people)
            crew.people -= taken
            wanted -= taken
    return missing
