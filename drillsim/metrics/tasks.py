"""When tasks begin and end, from the call; a case is ``incident/task``, and every task that a trace names is one."""

from __future__ import annotations

from drillsim.events import CallReceived, TaskFinished, TaskStarted, TaskWaiting
from drillsim.metrics.moments import intervals_s
from drillsim.trace import Trace


def task_start_s(trace: Trace) -> dict[str, float]:
    """Return, per task, the time from the call until work on it began. [s]"""
    return intervals_s(_called_s(trace), _first_s(trace, TaskStarted))


def task_finish_s(trace: Trace) -> dict[str, float]:
    """Return, per task, the time from the call until it was done. [s]"""
    return intervals_s(_called_s(trace), _first_s(trace, TaskFinished))


def _called_s(trace: Trace) -> dict[str, float]:
    """Return, per task that waited or began, when its incident was called in. [s]"""
    called_s = {event.incident: event.t_s for event in trace.of(CallReceived, exact=True)}
    seen = dict.fromkeys(
        (e.incident, e.task) for e in trace.events if isinstance(e, (TaskWaiting, TaskStarted))
    )
    return {f"{name}/{task}": called_s[name] for name, task in seen if name in called_s}


def _first_s(trace: Trace, kind: type[TaskStarted | TaskFinished]) -> dict[str, float]:
    found: dict[str, float] = {}
    for event in trace.of(kind, exact=True):
        found.setdefault(f"{event.incident}/{event.task}", event.t_s)
    return found
