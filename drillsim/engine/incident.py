"""The course of an incident: start, discovery, call, handling, needs, work on scene, end."""

from __future__ import annotations

import simpy

from drillsim.base.errors import PluginError
from drillsim.dispatch import Call
from drillsim.engine.dispatching import dispatch
from drillsim.engine.process import Process
from drillsim.engine.run import IncidentState, Run
from drillsim.engine.scene import Scene
from drillsim.engine.scene_command import SceneCommand, end, raise_needs
from drillsim.engine.travel import report
from drillsim.incidents import Incident
from drillsim.trace.events import CallHandled, CallReceived, IncidentDiscovered, IncidentLapsed, IncidentStarted
from drillsim.world.task import Task


def bring_about(run: Run, incident: Incident, *, cause: str, not_before_s: float = 0.0) -> None:
    """Let an incident happen at its time, counted from *not_before_s*; *cause* is the kind or inject behind it."""
    if incident.id in run.incidents:
        raise PluginError(f"two incidents are called {incident.id!r}; every scenario kind must name its own")

    def access_s(task: Task, party: int) -> float:
        return run.draw_s(task.access, "access", incident.id, task.id, party)

    state = IncidentState(incident, Scene(incident.tasks, access_s))
    state.work = SceneCommand(run, state)
    run.incidents[incident.id] = state
    run.at_node.setdefault(incident.node, []).append(state)
    if incident.section is not None:
        run.about_section.setdefault(incident.section, []).append(state)
    if incident.hazard is not None:
        run.hazards[incident.hazard].incidents.append(incident.id)

    def start() -> None:
        run.begin(_course(run, state, run.called[cause]))

    run.at(not_before_s + incident.starts_at_s, start)


def _wait_unless_found(run: Run, state: IncidentState, s: float) -> Process:
    """Wait, but not after somebody of the service has come upon the incident. [s]"""
    if s > 0 and state.found is not None and not state.found.triggered:
        yield run.env.timeout(s) | state.found


def _call(run: Run, incident: Incident) -> Call:
    """Return what a call that comes now tells the command centre."""
    ground = run.world.ground
    return Call(
        incident=incident.id, incident_type=incident.type, node=incident.node, priority=incident.priority,
        district=incident.district or ground.district[ground.row(incident.node)], received_at_s=run.now,
        needs=incident.first_alarm(), facts=incident.facts,
    )  # fmt: skip


def _course(run: Run, state: IncidentState, called: simpy.Event) -> Process:
    incident, name = state.incident, state.incident.id
    run.record(
        IncidentStarted(run.now, name, incident.node, incident.priority, incident.type, tuple(state.scene.progress))
    )
    if incident.hazard is not None:
        run.hazards[incident.hazard].begin()
    state.found = run.env.event()
    yield from _wait_unless_found(run, state, run.draw_s(incident.discovery, "discovery", name))
    run.record(IncidentDiscovered(run.now, name))
    yield from _wait_unless_found(run, state, run.draw_s(incident.report, "report", name))
    state.found = None
    run.record(CallReceived(run.now, name))
    if incident.section is not None:
        report(run, (incident.section,), name)
    if not called.triggered:
        called.succeed()
    state.call = _call(run, incident)
    yield from run.wait(run.draw_s(run.plan.alarm_handling, "alarm-handling", name))
    run.record(CallHandled(run.now, name))
    run.open_incidents[name] = state
    raise_needs(run, state, run.plan.dispatch.first_alarm(state.call), "first_alarm")
    dispatch(run)
    if incident.hazard is not None:
        state.work.reassess()  # it may already call for more than the incident does
    if incident.lapses_after_s is not None:
        yield run.env.timeout(incident.lapses_after_s)
        if not state.ever_assigned:
            run.record(IncidentLapsed(run.now, name))
            end(run, state)
