"""Intervals of the response to an incident: the difference of two events. Cases are incidents, or incident/task."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Protocol

from drillsim.trace.events import (
    CallHandled,
    CallReceived,
    IncidentClosed,
    IncidentDiscovered,
    IncidentStarted,
    NeedRaised,
    NeedWithdrawn,
    TaskFinished,
    TaskStarted,
    TaskWaiting,
    UnitArrived,
    UnitAssigned,
)
from drillsim.trace.trace import Trace


def discovery_s(trace: Trace) -> dict[str, float]:
    """Return, per incident, the time from its start until somebody noticed. [s]"""
    return _between(_first(trace.of(IncidentStarted)), _first(trace.of(IncidentDiscovered)))


def report_s(trace: Trace) -> dict[str, float]:
    """Return, per incident, the time from discovery until the alarm reached the command centre. [s]

    An incident that nobody had noticed by ENDEX is one that was not reported.
    """
    reported = _between(_first(trace.of(IncidentDiscovered)), _first(trace.of(CallReceived)))
    return {incident: reported.get(incident, math.inf) for incident in _first(trace.of(IncidentStarted))}


def alarm_handling_s(trace: Trace) -> dict[str, float]:
    """Return, per incident, the time from the call until units could be sent. [s]"""
    return _between(_called(trace), _first(trace.of(CallHandled)))


def first_arrival_s(trace: Trace) -> dict[str, float]:
    """Return, per incident, the time from the call to the first unit on scene. [s]"""
    return _between(_called(trace), _first(trace.of(UnitArrived)))


def full_assignment_s(trace: Trace) -> dict[str, float]:
    """Return, per incident, the time from the call until a unit for every need of the first alarm was on scene. [s]

    An incident whose first alarm asked for nobody counts from call to call: 0.
    """
    filled, called, handled = _slots_filled(trace), _called(trace), _first(trace.of(CallHandled))
    full = {incident: t_s for incident, t_s in called.items() if incident in handled}
    for need in trace.of(NeedRaised):
        if need.reason == "first_alarm":
            arrived_s = filled.get((need.incident, need.slot), math.inf)
            full[need.incident] = max(full.get(need.incident, 0.0), arrived_s)
    return _between(called, full)


def _slots_filled(trace: Trace) -> dict[tuple[str, int], float]:
    """Return when the unit that was sent to each slot was on scene; a unit may be sent to one incident twice. [s]"""
    filled: dict[tuple[str, int], float] = {}
    sent: dict[str, tuple[str, int]] = {}
    for event in trace.events:
        if isinstance(event, UnitAssigned):
            sent[event.unit] = (event.incident, event.slot)
        elif isinstance(event, UnitArrived) and event.unit in sent:
            filled.setdefault(sent[event.unit], event.t_s)
    return filled


def initiating_action_s(trace: Trace) -> dict[str, float]:
    """Return, per incident, the time from the first unit on scene until work began. [s]"""
    arrived = _first(trace.of(UnitArrived))
    began = _between(arrived, _first(trace.of(TaskStarted)))
    return {incident: began.get(incident, math.inf) for incident in _called(trace)}


def total_response_s(trace: Trace) -> dict[str, float]:
    """Return, per incident, the time from the call until work began. [s]"""
    return _between(_called(trace), _first(trace.of(TaskStarted)))


def incident_closed_s(trace: Trace) -> dict[str, float]:
    """Return, per incident, the time from the call until all its tasks were done. [s]"""
    return _between(_called(trace), _first(trace.of(IncidentClosed)))


def unmet_needs(trace: Trace) -> dict[str, float]:
    """Return, per incident, how many needs were neither met nor withdrawn by ENDEX."""
    settled: list[UnitAssigned | NeedWithdrawn] = [*trace.of(UnitAssigned), *trace.of(NeedWithdrawn)]
    met = {(e.incident, e.slot) for e in settled}
    count = dict.fromkeys(_called(trace), 0.0)
    for need in trace.of(NeedRaised):
        if (need.incident, need.slot) not in met and need.incident in count:
            count[need.incident] += 1
    return count


def task_start_s(trace: Trace) -> dict[str, float]:
    """Return, per ``incident/task``, the time from the call until it began. [s]"""
    return _tasks(trace, TaskStarted)


def task_finish_s(trace: Trace) -> dict[str, float]:
    """Return, per ``incident/task``, the time from the call until it was done. [s]"""
    return _tasks(trace, TaskFinished)


def _tasks(trace: Trace, end: type[TaskStarted | TaskFinished]) -> dict[str, float]:
    called, ended = _called(trace), _earliest((_task(event), event.t_s) for event in trace.of(end))
    ready: list[TaskWaiting | TaskStarted] = [*trace.of(TaskWaiting), *trace.of(TaskStarted)]
    cases = {f"{e.incident}/{task}": e.incident for e in trace.of(IncidentStarted) for task in e.tasks}
    cases |= {_task(e): e.incident for e in ready}
    return {case: ended.get(case, math.inf) - called[name] for case, name in cases.items() if name in called}


def _task(event: TaskWaiting | TaskStarted | TaskFinished) -> str:
    return f"{event.incident}/{event.task}"


def _called(trace: Trace) -> dict[str, float]:
    return _first(trace.of(CallReceived))


class _OfIncident(Protocol):
    """An event that names the incident at which it happened."""

    @property
    def t_s(self) -> float: ...

    @property
    def incident(self) -> str: ...


def _first(events: Iterable[_OfIncident]) -> dict[str, float]:
    """Return the moment of the first event at each incident. [s]"""
    return _earliest((event.incident, event.t_s) for event in events)


def _earliest(moments: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Return the first moment of each case; they come in order of time. [s]"""
    found: dict[str, float] = {}
    for case, t_s in moments:
        found.setdefault(case, t_s)
    return found


def _between(start_s: dict[str, float], end_s: dict[str, float]) -> dict[str, float]:
    """Return end minus start for every case that has a start. [s]"""
    return {case: end_s.get(case, math.inf) - t_s for case, t_s in start_s.items()}
