"""The course of an incident: start, discovery, call, handling, needs, work on scene, end."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from dataclasses import replace
from typing import Any

import simpy

from drillsim.altitude import labour_factor
from drillsim.dispatch import Call, Need
from drillsim.engine.dispatching import dispatch
from drillsim.engine.run import IncidentState, Run, UnitState
from drillsim.engine.scene import Crew, Progress, Scene
from drillsim.engine.unit_life import recall, release
from drillsim.errors import PluginError
from drillsim.events import (
    CallHandled,
    CallReceived,
    IncidentClosed,
    IncidentDiscovered,
    IncidentLapsed,
    IncidentStarted,
    NeedRaised,
    NeedWithdrawn,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    TaskWaiting,
)
from drillsim.hazards import Intervention
from drillsim.incidents import Incident, Task

Process = Generator[simpy.Event, Any, None]


def bring_about(run: Run, incident: Incident, *, cause: str, not_before_s: float = 0.0) -> None:
    """Let an incident happen at its time, counted from *not_before_s*; *cause* is the kind or inject behind it."""
    if incident.id in run.incidents:
        raise PluginError(f"two incidents are called {incident.id!r}; every scenario kind must name its own")
    place = run.scenario.roads.places[incident.node]
    call = Call(
        incident=incident.id, incident_type=incident.type, node=incident.node, priority=incident.priority,
        district=incident.district or place.district, received_at_s=0.0, needs=incident.first_alarm(),
    )  # fmt: skip
    state = IncidentState(
        incident, call, Scene(incident.tasks), lambda unit: _arrive(run, run.incidents[incident.id], unit)
    )
    run.incidents[incident.id] = state
    run.at(not_before_s + incident.starts_at_s, lambda: run.begin(_course(run, state, run.called[cause])))


def _course(run: Run, state: IncidentState, called: simpy.Event) -> Process:
    incident, name = state.incident, state.incident.id
    run.record(
        IncidentStarted(run.now, name, incident.node, incident.priority, incident.type, tuple(state.scene.progress))
    )
    if incident.hazard is not None:
        run.hazards[incident.hazard].begin()
    yield from run.wait(run.draw_s(incident.discovery, "discovery", name))
    run.record(IncidentDiscovered(run.now, name))
    yield from run.wait(run.draw_s(incident.report, "report", name))
    run.record(CallReceived(run.now, name))
    if not called.triggered:
        called.succeed()
    state.call = replace(state.call, received_at_s=run.now)
    yield from run.wait(run.draw_s(run.plan.alarm_handling, "alarm-handling", name))
    run.record(CallHandled(run.now, name))
    run.open_incidents[name] = state
    raise_needs(run, state, run.plan.dispatch.first_alarm(state.call), "first_alarm")
    dispatch(run)
    if incident.lapses_after_s is not None:
        yield run.env.timeout(incident.lapses_after_s)
        if not state.ever_assigned:
            run.record(IncidentLapsed(run.now, name))
            _end(run, state)


def raise_needs(run: Run, state: IncidentState, units: Mapping[str, int], reason: str, *, danger: bool = False) -> None:
    """Ask for units, by capability."""
    for capability, count in units.items():
        for _ in range(count):
            state.needs.append(Need(state.call, state.slots, capability, run.now, reason, danger))
            run.record(NeedRaised(run.now, state.incident.id, state.slots, capability, reason))
            state.slots += 1


def _arrive(run: Run, state: IncidentState, unit: UnitState) -> None:
    """Let a unit begin to work at an incident."""
    state.coming.pop(unit.spec.id)
    state.present[unit.spec.id] = unit
    _work_on(run, state, new=unit)


def _crew_of(run: Run, unit: UnitState) -> Crew:
    spec = unit.spec
    force = run.plan.force_of(spec)
    return Crew(spec.id, spec.crew, frozenset(spec.capabilities), force.enters_danger)


def _work_on(run: Run, state: IncidentState, *, new: UnitState | None = None) -> None:
    """Bring the scene up to now: finish what is done, add who is new, begin what can, let go who is not needed."""
    scene = state.scene
    for done in scene.advance(run.now):
        run.record(TaskFinished(run.now, state.incident.id, done.task.id, done.work_person_s))
        _act_on_hazard(run, state, done.task, "end")
    if new is not None:
        scene.crews[new.spec.id] = _crew_of(run, new)
    if scene.all_done:
        run.record(IncidentClosed(run.now, state.incident.id))
        _end(run, state)
        return
    _put_to_work(run, state)
    _let_go(run, state)
    _call_for_more(run, state)
    _wait_for_finish(run, state)


def _put_to_work(run: Run, state: IncidentState) -> None:
    scene, name = state.scene, state.incident.id
    begun = scene.begin_ready(lambda task: _work_person_s(run, state, task))
    gained = scene.reinforce_running()
    for p in begun:
        run.record(TaskStarted(run.now, name, p.task.id, p.crew, tuple(p.people), p.work_person_s))
        _act_on_hazard(run, state, p.task, "start")
    for p in gained:
        if p not in begun:
            run.record(TaskCrewChanged(run.now, name, p.task.id, p.crew, tuple(p.people)))
    for p in scene.ready():
        _say_waiting(run, state, p)


def _say_waiting(run: Run, state: IncidentState, p: Progress) -> None:
    shortage = state.scene.shortage(p)
    if shortage is not None and state.waiting.get(p.task.id) != (shortage.lacking, shortage.people):
        state.waiting[p.task.id] = (shortage.lacking, shortage.people)
        name, task = state.incident.id, p.task
        run.record(TaskWaiting(run.now, name, task.id, shortage.lacking, shortage.people, task.min_crew))


def _work_person_s(run: Run, state: IncidentState, task: Task) -> float:
    """Draw the work of a task; altitude multiplies it, and the hazard if the task acts on it. [person·s]"""
    incident = state.incident
    drawn = run.draw_s(task.work, "work", incident.id, task.id)
    acts = incident.hazard is not None and task.intervention is not None
    hazard = run.hazards[str(incident.hazard)].work_factor() if acts else 1.0
    return drawn * hazard * labour_factor(run.scenario.roads.places[incident.node].elevation_m)


def _act_on_hazard(run: Run, state: IncidentState, task: Task, phase: Any) -> None:
    if task.intervention is not None and state.incident.hazard is not None:
        hazard = run.hazards[state.incident.hazard]
        hazard.intervene(Intervention(task.intervention, phase, state.incident.id))


def _let_go(run: Run, state: IncidentState) -> None:
    gone = state.scene.no_longer_needed()
    for name in gone:
        del state.scene.crews[name]
        release(run, state.present.pop(name))
    if gone:
        dispatch(run)


def _call_for_more(run: Run, state: IncidentState) -> None:
    """Ask for one more unit wherever those on scene, coming and asked for are not enough to begin a task."""
    crews = [_crew_of(run, unit) for unit in (*state.present.values(), *state.coming.values())]
    asked_for = {need.capability for need in state.needs}
    for p in state.scene.progress.values():
        capability = None if p.started else _missing(p.task, crews)
        if capability is not None and capability not in asked_for:
            asked_for.add(capability)
            raise_needs(run, state, {capability: 1}, "reinforcement", danger=p.task.danger)
    if state.needs:
        dispatch(run)


def _missing(task: Task, crews: list[Crew]) -> str | None:
    """Return the capability of which one more unit is needed to begin *task*, or None if there are enough."""
    able = [crew for crew in crews if crew.can_do(task)]
    for capability in task.capabilities:
        if not any(capability in crew.capabilities for crew in able):
            return capability
    return task.capabilities[0] if sum(crew.people for crew in able) < task.min_crew else None


def _wait_for_finish(run: Run, state: IncidentState) -> None:
    state.check += 1
    check, due_s = state.check, state.scene.next_finish_s()
    if due_s < run.scenario.ends_at_s:
        run.at(due_s, lambda: _work_on(run, state) if check == state.check else None)


def _end(run: Run, state: IncidentState) -> None:
    """End an incident: take back what was asked for, call back who is coming, let go who is there."""
    run.open_incidents.pop(state.incident.id, None)
    state.check += 1
    for need in state.needs:
        run.record(NeedWithdrawn(run.now, state.incident.id, need.slot))
    state.needs = []
    coming, present = tuple(state.coming.values()), tuple(state.present.values())
    state.coming, state.present = {}, {}
    for unit in coming:
        recall(run, unit)
    for unit in present:
        release(run, unit)
    dispatch(run)
