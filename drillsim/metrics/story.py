"""What a trace says of waves, incidents and tasks: the moments that the tables of a run show."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

from drillsim.events import (
    CallReceived,
    IncidentClosed,
    IncidentStarted,
    NeedRaised,
    NeedWithdrawn,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    UnitArrived,
    UnitAssigned,
    UnitEnRoute,
    UnitInPlace,
    UnitOnDuty,
    WaveClosed,
    WaveOrdered,
)
from drillsim.trace import Trace

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class WaveRow:
    """One wave: moments in seconds after STARTEX, ``inf`` for what never happened."""

    wave: str
    ordered_s: float
    departed_s: float
    first_in_place_s: float
    closed_s: float
    units: int
    vehicles: int
    people: int


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """One incident: moments in seconds after STARTEX, ``inf`` for what never happened."""

    incident: str
    type: str
    node: str
    priority: int
    started_s: float
    called_s: float
    first_arrival_s: float
    closed_s: float


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task that was begun; moments in seconds after STARTEX."""

    incident: str
    task: str
    started_s: float
    finished_s: float
    people: int


def wave_rows(trace: Trace) -> list[WaveRow]:
    """Return every wave that was ordered, in order of time."""
    duty = {event.unit: event for event in trace.of(UnitOnDuty)}
    left = _first((e.target, e.t_s) for e in trace.of(UnitEnRoute) if e.purpose == "march")
    in_place = _first((e.wave, e.t_s) for e in trace.of(UnitInPlace))
    closed = _first((e.wave, e.t_s) for e in trace.of(WaveClosed))
    return [
        WaveRow(
            event.wave, event.t_s, _of(left, event.wave), _of(in_place, event.wave), _of(closed, event.wave),
            units=len(event.units),
            vehicles=sum(duty[unit].vehicles for unit in event.units if unit in duty),
            people=sum(duty[unit].crew for unit in event.units if unit in duty),
        )
        for event in trace.of(WaveOrdered)
    ]  # fmt: skip


def incident_rows(trace: Trace) -> list[IncidentRow]:
    """Return every incident, in order of time."""
    called = _first((e.incident, e.t_s) for e in trace.of(CallReceived))
    arrived = _first((e.incident, e.t_s) for e in trace.of(UnitArrived))
    closed = _first((e.incident, e.t_s) for e in trace.of(IncidentClosed))
    return [
        IncidentRow(
            e.incident, e.type, e.node, e.priority, e.t_s,
            _of(called, e.incident), _of(arrived, e.incident), _of(closed, e.incident),
        )
        for e in trace.of(IncidentStarted)
    ]  # fmt: skip


def task_rows(trace: Trace) -> list[TaskRow]:
    """Return every task that was begun, in order of time."""
    finished = _first(((e.incident, e.task), e.t_s) for e in trace.of(TaskFinished))
    people: dict[tuple[str, str], int] = {}
    manned: list[TaskStarted | TaskCrewChanged] = [*trace.of(TaskStarted), *trace.of(TaskCrewChanged)]
    for event in manned:
        key = (event.incident, event.task)
        people[key] = max(people.get(key, 0), event.people)
    return [
        TaskRow(e.incident, e.task, e.t_s, _of(finished, key), people[key])
        for e in trace.of(TaskStarted)
        for key in [(e.incident, e.task)]
    ]


def unmet_needs(trace: Trace) -> list[NeedRaised]:
    """Return the needs for which no unit had been found at ENDEX."""
    met = {(e.incident, e.slot) for e in trace.of(UnitAssigned)}
    met |= {(e.incident, e.slot) for e in trace.of(NeedWithdrawn)}
    return [event for event in trace.of(NeedRaised) if (event.incident, event.slot) not in met]


def _first(moments: Iterator[tuple[K, float]]) -> dict[K, float]:
    found: dict[K, float] = {}
    for key, t_s in moments:
        found.setdefault(key, t_s)
    return found


def _of(moments: dict[K, float], key: K) -> float:
    return moments.get(key, math.inf)
