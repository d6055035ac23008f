"""Timelines of waves, incidents and tasks from a trace, for the tables of a run."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from drillsim.base.quantities import Text
from drillsim.incidents import IncidentKind
from drillsim.language import has, word
from drillsim.roads import Place
from drillsim.trace.events import (
    CallReceived,
    IncidentClosed,
    IncidentStarted,
    NeedRaised,
    NeedWithdrawn,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    TaskWithdrawn,
    UnitArrived,
    UnitAssigned,
    UnitEnRoute,
    UnitInPlace,
    UnitOnDuty,
    WaveClosed,
    WaveOrdered,
)
from drillsim.trace.trace import Trace

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
    """One task that was begun; moments in seconds after STARTEX, ``inf`` for what never happened.

    A task that was taken up again after it was finished or withdrawn is still one: begun first, ended last.
    """

    incident: str
    task: str
    started_s: float
    finished_s: float
    people: int
    withdrawn_s: float = math.inf
    """When it was called off, if that is how it ended: nothing was left to do, or everybody had to go."""
    times: int = 1
    """How many times it was begun."""


def wave_rows(trace: Trace, as_planned: Sequence[str] = ()) -> list[WaveRow]:
    """Return every wave that was ordered, in order of time; those of one moment as in the plan, if it is given.

    Parameters
    ----------
    as_planned
        Ids of the waves in the order of the plan; a trace has those of one moment by id.
    """
    place = {wave: n for n, wave in enumerate(as_planned)}
    duty = {event.unit: event for event in trace.of(UnitOnDuty)}
    left = _first((e.target, e.t_s) for e in trace.of(UnitEnRoute) if e.purpose == "march" and e.sets_off)
    in_place = _first((e.wave, e.t_s) for e in trace.of(UnitInPlace))
    closed = _first((e.wave, e.t_s) for e in trace.of(WaveClosed))
    return [
        WaveRow(
            event.wave, event.t_s, _of(left, event.wave), _of(in_place, event.wave), _of(closed, event.wave),
            units=len(event.units),
            vehicles=sum(duty[unit].vehicles for unit in event.units if unit in duty),
            people=sum(duty[unit].crew for unit in event.units if unit in duty),
        )
        for event in sorted(trace.of(WaveOrdered), key=lambda event: (event.t_s, place.get(event.wave, len(place))))
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
    finished = {(e.incident, e.task): e.t_s for e in trace.of(TaskFinished)}
    withdrawn = {(e.incident, e.task): e.t_s for e in trace.of(TaskWithdrawn)}
    begun: dict[tuple[str, str], list[float]] = {}
    for started in trace.of(TaskStarted):
        begun.setdefault((started.incident, started.task), []).append(started.t_s)
    people: dict[tuple[str, str], int] = {}
    manned: list[TaskStarted | TaskCrewChanged] = [*trace.of(TaskStarted), *trace.of(TaskCrewChanged)]
    for event in manned:
        key = (event.incident, event.task)
        people[key] = max(people.get(key, 0), event.people)
    return [
        TaskRow(
            *key, moments[0], _since(moments[-1], finished.get(key)), people[key],
            withdrawn_s=_since(moments[-1], withdrawn.get(key)), times=len(moments),
        )
        for key, moments in begun.items()
    ]  # fmt: skip


def incident_names(trace: Trace, places: Mapping[str, Place], kinds: Sequence[IncidentKind] = ()) -> dict[str, Text]:
    """Return what incidents without a title are called, by id: their type and number, with the place if need be.

    The place is the one that its scenario kind names, a village, else the one on the road network. Two incidents never
    have the same name: where type, number and place are those of another one, the id stays.
    """
    started = trace.of(IncidentStarted)
    titles = {name: title for kind in kinds for name, title in kind.titles().items()}
    short, long = [_short(e) for e in started], [_with_place(e, places, titles) for e in started]
    names = short if len({text.zh for text in short}) == len(short) else long
    often = Counter(text.zh for text in names)
    return {
        event.incident: name if often[name.zh] == 1 else _with_id(event)
        for event, name in zip(started, names, strict=True)
    }


def _type(event: IncidentStarted) -> tuple[str, str]:
    if not has("incident_type", event.type):
        return event.type, event.type
    return word("incident_type", event.type, "en"), word("incident_type", event.type, "zh")


def _short(event: IncidentStarted) -> Text:
    """Return type and number; the id where it has none."""
    en, zh = _type(event)
    number = event.incident.rpartition("-")[2]
    what = number if number.isdigit() else f"· {event.incident}"
    return Text(en=f"{en} {what}", zh=f"{zh} {what}")


def _with_place(event: IncidentStarted, places: Mapping[str, Place], titles: Mapping[str, Text]) -> Text:
    """Return type, place and number."""
    en, zh = _type(event)
    where, _, number = event.incident.rpartition("-")
    place, title = places.get(event.node), titles.get(where)
    if title is None and place is not None:
        title = Text(en=place.name("en"), zh=place.name("zh"))
    if title is None or not number.isdigit():
        return _with_id(event)
    return Text(en=f"{en}, {title.en} {number}", zh=f"{zh}·{title.zh} {number}")


def _with_id(event: IncidentStarted) -> Text:
    en, zh = _type(event)
    return Text(en=f"{en} · {event.incident}", zh=f"{zh} · {event.incident}")


def unmet_needs(trace: Trace) -> list[NeedRaised]:
    """Return the needs for which no unit had been found at ENDEX."""
    met = {(e.incident, e.slot) for e in trace.of(UnitAssigned)}
    met |= {(e.incident, e.slot) for e in trace.of(NeedWithdrawn)}
    return [event for event in trace.of(NeedRaised) if (event.incident, event.slot) not in met]


def _since(begun_s: float, ended_s: float | None) -> float:
    """Return when a task ended, if that was after it was last begun."""
    return ended_s if ended_s is not None and ended_s >= begun_s else math.inf


def _first(moments: Iterator[tuple[K, float]]) -> dict[K, float]:
    found: dict[K, float] = {}
    for key, t_s in moments:
        found.setdefault(key, t_s)
    return found


def _of(moments: dict[K, float], key: K) -> float:
    return moments.get(key, math.inf)
