"""The course of an incident: start, discovery, call, handling, needs, work on scene, end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import simpy

from drillsim.base.errors import PluginError
from drillsim.dispatch import Call, Need
from drillsim.engine.process import Process
from drillsim.engine.road_changes import report
from drillsim.engine.run import Run, UnitState
from drillsim.engine.scene import Scene
from drillsim.engine.scene_command import SceneCommand
from drillsim.engine.unit import recall, release
from drillsim.incidents import Incident
from drillsim.trace.events import (
    CallHandled,
    CallReceived,
    IncidentDiscovered,
    IncidentLapsed,
    IncidentStarted,
    NeedRaised,
    NeedWithdrawn,
)
from drillsim.world.task import Task


def bring_about(run: Run, incident: Incident, *, cause: str, not_before_s: float = 0.0) -> None:
    """Schedule an incident at its time, counted from *not_before_s*; *cause* is the kind or inject behind it."""
    if incident.id in run.incidents:
        raise PluginError(f"two incidents are called {incident.id!r}; every scenario kind must name its own")

    def access_s(task: Task, party: int) -> float:
        return run.draw_s(task.access, "access", incident.id, task.id, party)

    def start() -> None:
        run.begin(_course(state, run.called[cause]))

    state = IncidentState(run, incident, Scene(incident.tasks, access_s))
    state.work = SceneCommand(run, state)
    run.incidents[incident.id] = state
    run.at_node.setdefault(incident.node, []).append(state)
    if incident.section is not None:
        run.about_section.setdefault(incident.section, []).append(state)
    if incident.hazard is not None:
        run.hazards[incident.hazard].incidents.append(incident.id)
    run.at(not_before_s + incident.starts_at_s, start)


@dataclass(slots=True, eq=False)
class IncidentState:
    """One incident and its progress.

    Life: it exists from STARTEX, unknown until its call. From the moment when the call is handled
    until it ends, it is among the open incidents: needs are raised, units come and go, the scene is worked on.
    """

    run: Run
    incident: Incident
    scene: Scene
    call: Call = field(init=False)
    """What the command centre knows of it; set at the call."""
    work: SceneCommand = field(init=False)
    """The command on scene; it runs the work there."""
    slots: int = 0
    """Needs raised so far."""
    needs: list[Need] = field(default_factory=list)
    """Needs for which no unit has been found."""
    coming: dict[str, UnitState] = field(default_factory=dict)
    """Units assigned that have not arrived."""
    present: dict[str, UnitState] = field(default_factory=dict)
    """Units on scene, in order of arrival."""
    ever_assigned: bool = False
    alarm_level: int = 1
    """Highest alarm level raised so far."""
    found: simpy.Event | None = None
    """Event of its discovery by a responder; None before it begins and once it is known."""

    def find(self) -> None:
        """Discover it by a responder, if it has begun and is unknown."""
        if self.found is not None and not self.found.triggered:
            self.found.succeed()

    def raise_needs(self, units: Mapping[str, int], reason: str, *, danger: bool = False, supply: str = "") -> None:
        """Raise needs for the given number of units of each capability."""
        run = self.run
        for capability, count in units.items():
            for _ in range(count):
                need = Need(self.call, self.slots, capability, run.now, reason, danger, supply)
                self.needs.append(need)
                run.enqueue(need)
                run.record(NeedRaised(run.now, self.incident.id, self.slots, capability, reason))
                self.slots += 1

    def lose(self, unit: UnitState) -> None:
        """Do without a unit that has broken down: another is requested for its need, or for what the scene now lacks.

        Who works here is taken off the scene first, by :meth:`SceneCommand.leave`.
        """
        unit.incident = ""
        if self.coming.pop(unit.spec.id, None) is None:
            self.work.reassess()
        elif unit.need is not None:
            need = unit.need
            self.raise_needs({need.capability: 1}, "replacement", danger=need.danger, supply=need.supply)

    def end(self) -> None:
        """End it: withdraw its needs, recall the units that are coming, release those present."""
        run = self.run
        run.open_incidents.pop(self.incident.id, None)
        self.work.stop()
        for need in self.needs:
            run.withdraw(need)
            run.record(NeedWithdrawn(run.now, self.incident.id, need.slot))
        self.needs = []
        coming, present = tuple(self.coming.values()), tuple(self.present.values())
        self.coming, self.present = {}, {}
        for unit in coming:
            recall(run, unit)
        for unit in present:
            release(run, unit)


def _course(state: IncidentState, called: simpy.Event) -> Process:
    run, incident, name = state.run, state.incident, state.incident.id
    run.record(
        IncidentStarted(run.now, name, incident.node, incident.priority, incident.type, tuple(state.scene.progress))
    )
    if incident.hazard is not None:
        run.hazards[incident.hazard].begin()
    state.found = run.env.event()
    yield from _wait_unless_found(state, run.draw_s(incident.discovery, "discovery", name))
    run.record(IncidentDiscovered(run.now, name))
    yield from _wait_unless_found(state, run.draw_s(incident.report, "report", name))
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
    state.raise_needs(run.plan.dispatch.first_alarm(state.call), "first_alarm")
    if incident.hazard is not None:
        state.work.reassess()  # the hazard may already call for more than the incident does
    if incident.lapses_after_s is not None:
        yield run.env.timeout(incident.lapses_after_s)
        if not state.ever_assigned:
            run.record(IncidentLapsed(run.now, name))
            state.end()


def _wait_unless_found(state: IncidentState, s: float) -> Process:
    """Wait, but no longer than until a responder discovers the incident. [s]"""
    if s > 0 and state.found is not None and not state.found.triggered:
        yield state.run.env.timeout(s) | state.found


def _call(run: Run, incident: Incident) -> Call:
    """Return what the command centre learns from a call received now."""
    ground = run.world.ground
    return Call(
        incident=incident.id, incident_type=incident.type, node=incident.node, priority=incident.priority,
        district=incident.district or ground.district[ground.row(incident.node)], received_at_s=run.now,
        needs=incident.first_alarm(), facts=incident.facts,
    )  # fmt: skip
