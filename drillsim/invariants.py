"""What must hold in every trace, whatever was simulated or recorded. Checked in every test and behind ``--check``."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from drillsim.errors import InvariantError
from drillsim.events import (
    Event,
    IncidentClosed,
    IncidentStarted,
    NeedRaised,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    UnitAlerted,
    UnitArrived,
    UnitAssembled,
    UnitAssigned,
    UnitBackInService,
    UnitEnRoute,
    UnitHeld,
    UnitHome,
    UnitInPlace,
    UnitOnDuty,
    UnitOutOfService,
    UnitRecalled,
    UnitReleased,
    UnitRerouted,
)
from drillsim.trace import Trace

SAME_S: Final = 1e-6
"""Times closer than this are the same moment. [s]"""
MOST_SHOWN: Final = 20


def check_invariants(trace: Trace) -> None:
    """Raise if *trace* contradicts itself.

    Raises
    ------
    InvariantError
        With every contradiction found, at most twenty.
    """
    found = violations(trace)
    if found:
        more = f"\n… and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
        raise InvariantError("the trace contradicts itself:\n" + "\n".join(found[:MOST_SHOWN]) + more)


def violations(trace: Trace) -> tuple[str, ...]:
    """Return every contradiction in *trace*, in words."""
    return tuple(said for invariant in INVARIANTS for said in invariant(trace))


def _at(n: int, event: Event) -> str:
    return f"event {n} ({type(event).__name__} at {event.t_s:.3f} s)"


def time_never_falls(trace: Trace) -> Iterator[str]:
    """Events stand in order of time, from STARTEX and before ENDEX."""
    last_s = 0.0
    for n, event in enumerate(trace.events):
        if event.t_s < last_s:
            yield f"{_at(n, event)}: time falls; the event before it was at {last_s:.3f} s"
        if not 0 <= event.t_s < trace.header.ends_at_s:
            yield f"{_at(n, event)}: outside the exercise, which ends at {trace.header.ends_at_s:.3f} s"
        last_s = max(last_s, event.t_s)


def everybody_is_introduced(trace: Trace) -> Iterator[str]:
    """Say nothing of a unit before it is on duty, nor of an incident before it has begun."""
    units = {e.unit for e in trace.of(UnitOnDuty)}
    incidents: set[str] = set()
    for n, event in enumerate(trace.events):
        if isinstance(event, IncidentStarted):
            incidents.add(event.incident)
        unit, incident = getattr(event, "unit", None), getattr(event, "incident", None)
        if unit is not None and unit not in units:
            yield f"{_at(n, event)}: unit {unit!r} was never on duty"
        if incident is not None and incident not in incidents:
            yield f"{_at(n, event)}: incident {incident!r} has not begun"


def journeys_are_whole(trace: Trace) -> Iterator[str]:
    """Give a journey one time for each place, one section between two places, and times that do not fall."""
    for n, event in enumerate(trace.events):
        if not isinstance(event, UnitEnRoute):
            continue
        if not (len(event.nodes) == len(event.times_s) == len(event.sections) + 1):
            yield f"{_at(n, event)}: places, times and sections of {event.unit!r} do not fit together"
        elif any(b < a for a, b in zip(event.times_s, event.times_s[1:], strict=False)):
            yield f"{_at(n, event)}: the times of {event.unit!r} fall along the way"
        elif event.times_s[0] < event.t_s - SAME_S:
            yield f"{_at(n, event)}: the journey of {event.unit!r} begins before it was decided"


@dataclass(slots=True)
class _Whereabouts:
    """Where a unit is, or the journey it is on."""

    node: str
    journey: UnitEnRoute | None = None

    def is_at(self, node: str, t_s: float) -> bool:
        """Return whether the unit is, or passes, at *node* at that moment."""
        if self.journey is None:
            return self.node == node
        last, arrives_s = self.journey.nodes[-1], self.journey.times_s[-1]
        if node == last and t_s >= arrives_s - SAME_S:
            return True
        stops = zip(self.journey.nodes, self.journey.times_s, strict=False)
        return any(place == node and abs(at_s - t_s) <= SAME_S for place, at_s in stops)


def a_unit_is_in_one_place(trace: Trace) -> Iterator[str]:
    """Begin a journey where the unit is then; let happen at a place only what happens when the unit is there."""
    where: dict[str, _Whereabouts] = {}
    at_place = (UnitArrived, UnitAssembled, UnitInPlace, UnitHome, UnitHeld)
    for n, event in enumerate(trace.events):
        if isinstance(event, UnitOnDuty):
            if event.unit in where:
                yield f"{_at(n, event)}: {event.unit!r} is on duty twice"
            where[event.unit] = _Whereabouts(event.node)
        elif isinstance(event, UnitEnRoute) and event.unit in where and event.nodes and event.times_s:
            if not _may_begin(where[event.unit], event):
                yield f"{_at(n, event)}: {event.unit!r} is not at {event.nodes[0]!r} when its journey begins"
            where[event.unit].journey = event
        elif isinstance(event, at_place) and event.unit in where:
            if not where[event.unit].is_at(event.node, event.t_s):
                yield f"{_at(n, event)}: {event.unit!r} is not at {event.node!r} then"
            where[event.unit] = _Whereabouts(event.node)


def _may_begin(now: _Whereabouts, event: UnitEnRoute) -> bool:
    """Return whether a unit can be at the first place of a journey when that begins."""
    if now.journey is None:
        return now.node == event.nodes[0]
    # a column is strung out: who has not left its first place yet may still begin there
    waiting = now.journey.nodes[0] == event.nodes[0] and event.times_s[0] >= now.journey.times_s[0] - SAME_S
    return now.is_at(event.nodes[0], event.times_s[0]) or (waiting and event.t_s <= now.journey.times_s[0] + SAME_S)


_FOLLOWS: Final[dict[type[Event], frozenset[str]]] = {
    UnitAssigned: frozenset({"free"}),
    UnitAlerted: frozenset({"free"}),
    UnitArrived: frozenset({"to_incident"}),
    UnitReleased: frozenset({"on_scene"}),
    UnitRecalled: frozenset({"assigned", "to_incident"}),
    UnitAssembled: frozenset({"to_assembly"}),
    UnitInPlace: frozenset({"on_march"}),
    UnitHome: frozenset({"free", "in_place"}),
    UnitOutOfService: frozenset({"free"}),
    UnitBackInService: frozenset({"out"}),
}
_BECOMES: Final[dict[type[Event], str]] = {
    UnitAssigned: "assigned",
    UnitAlerted: "alerted",
    UnitArrived: "on_scene",
    UnitReleased: "free",
    UnitRecalled: "free",
    UnitAssembled: "assembled",
    UnitInPlace: "in_place",
    UnitHome: "free",
    UnitOutOfService: "out",
    UnitBackInService: "free",
}
_ON_THE_WAY: Final = {
    "incident": ("to_incident", frozenset({"assigned"})),
    "assembly": ("to_assembly", frozenset({"alerted"})),
    "march": ("on_march", frozenset({"alerted", "assembled"})),
    "return": ("free", frozenset({"free"})),
}


def a_unit_does_one_thing_at_a_time(trace: Trace) -> Iterator[str]:
    """Let each event of a unit follow from the one before: no arrival without a journey, no new order while busy."""
    doing: dict[str, str] = {e.unit: "free" for e in trace.of(UnitOnDuty)}
    for n, event in enumerate(trace.events):
        unit = getattr(event, "unit", None)
        if unit not in doing:
            continue
        becomes, allowed = _step(event, doing[unit])
        if doing[unit] not in allowed:
            yield f"{_at(n, event)}: {unit!r} cannot do that; it is {doing[unit].replace('_', ' ')}"
        doing[unit] = becomes


def _step(event: Event, now: str) -> tuple[str, frozenset[str]]:
    """Return what a unit does after *event*, and what it may have done before."""
    if isinstance(event, UnitRerouted):
        becomes, _ = _ON_THE_WAY.get(event.purpose, (now, frozenset()))
        return now, frozenset({becomes})
    if isinstance(event, UnitEnRoute):
        return _ON_THE_WAY.get(event.purpose, (now, frozenset()))
    kind = type(event)
    return _BECOMES.get(kind, now), _FOLLOWS.get(kind, frozenset({now}))


def every_assigned_unit_arrives_or_is_still_on_its_way(trace: Trace) -> Iterator[str]:
    """Who was sent arrives, is called back, or is turning out, on the road or held at ENDEX."""
    open_: dict[str, tuple[int, UnitAssigned]] = {}
    last: dict[str, Event] = {}
    for n, event in enumerate(trace.events):
        unit = getattr(event, "unit", "")
        if isinstance(event, UnitAssigned):
            open_[unit] = (n, event)
        elif isinstance(event, (UnitArrived, UnitRecalled)):
            open_.pop(unit, None)
        last[unit] = event
    for unit, (n, event) in open_.items():
        then = last[unit]
        arrives_s = then.times_s[-1] if isinstance(then, UnitEnRoute) else math.inf
        if not isinstance(then, (UnitAssigned, UnitEnRoute, UnitHeld)) or arrives_s < trace.header.ends_at_s - SAME_S:
            yield f"{_at(n, event)}: {unit!r} was sent to {event.incident!r} and vanished"


def a_need_is_met_once(trace: Trace) -> Iterator[str]:
    """Fill a slot that was asked for, and none twice."""
    asked = {(e.incident, e.slot) for e in trace.of(NeedRaised)}
    filled: set[tuple[str, int]] = set()
    for n, event in enumerate(trace.events):
        if isinstance(event, UnitAssigned):
            slot = (event.incident, event.slot)
            if slot not in asked:
                yield f"{_at(n, event)}: nobody asked for slot {event.slot} of {event.incident!r}"
            if slot in filled:
                yield f"{_at(n, event)}: slot {event.slot} of {event.incident!r} is filled twice"
            filled.add(slot)


@dataclass(slots=True)
class _Work:
    """A task under way."""

    owed: float
    people: int
    since_s: float
    done: float = 0.0
    finished: bool = False

    def until(self, t_s: float) -> float:
        """Return the person-seconds done by *t_s*."""
        return self.done + self.people * (t_s - self.since_s)


@dataclass(slots=True)
class _Scene:
    """Crews and tasks at one incident."""

    crews: dict[str, int] = field(default_factory=dict)
    tasks: dict[str, _Work] = field(default_factory=dict)

    def at_work(self) -> int:
        """Return the people on tasks."""
        return sum(work.people for work in self.tasks.values() if not work.finished)


def work_and_people_are_conserved(trace: Trace) -> Iterator[str]:
    """People on tasks are people on scene, each in one task; work done is work begun; what ends is done."""
    crew = {e.unit: e.crew for e in trace.of(UnitOnDuty)}
    scenes: dict[str, _Scene] = {e.incident: _Scene() for e in trace.of(IncidentStarted)}
    for n, event in enumerate(trace.events):
        scene = scenes.get(getattr(event, "incident", ""))
        if scene is None:
            continue
        if isinstance(event, UnitArrived):
            scene.crews[event.unit] = crew.get(event.unit, 0)
        elif isinstance(event, UnitReleased):
            scene.crews.pop(event.unit, None)
        else:
            said = _task_step(scene, event)
            if said:
                yield f"{_at(n, event)}: {said}"


def _task_step(scene: _Scene, event: Event) -> str:
    """Bring a scene forward by one event; return what is wrong with it, if anything."""
    if isinstance(event, TaskStarted):
        scene.tasks[event.task] = _Work(event.work_person_s, event.people, event.t_s)
        return _people_fault(scene, event)
    if isinstance(event, TaskCrewChanged) and event.task in scene.tasks:
        work = scene.tasks[event.task]
        work.done, work.since_s, work.people = work.until(event.t_s), event.t_s, event.people
        return _people_fault(scene, event)
    if isinstance(event, TaskFinished):
        return _finish_fault(scene, event)
    if isinstance(event, IncidentClosed) and any(not work.finished for work in scene.tasks.values()):
        return f"{event.incident!r} is closed while work goes on"
    return ""


def _people_fault(scene: _Scene, event: TaskStarted | TaskCrewChanged) -> str:
    if event.people < 1:
        return f"task {event.task!r} has nobody"
    absent = [unit for unit in event.units if unit not in scene.crews]
    if absent:
        return f"{', '.join(absent)} work on {event.task!r} and are not on scene"
    if scene.at_work() > sum(scene.crews.values()):
        return f"{scene.at_work()} people at work, {sum(scene.crews.values())} on scene"
    return ""


def _finish_fault(scene: _Scene, event: TaskFinished) -> str:
    work = scene.tasks.get(event.task)
    if work is None or work.finished:
        return f"task {event.task!r} is done and was not under way"
    work.finished = True
    done = work.until(event.t_s)
    if not (math.isclose(done, work.owed, rel_tol=1e-6, abs_tol=1e-3) and math.isclose(event.done_person_s, work.owed)):
        return f"task {event.task!r}: {done:.1f} person·s done, {work.owed:.1f} owed"
    return ""


INVARIANTS: Final[tuple[Callable[[Trace], Iterator[str]], ...]] = (
    time_never_falls,
    everybody_is_introduced,
    journeys_are_whole,
    a_unit_is_in_one_place,
    a_unit_does_one_thing_at_a_time,
    every_assigned_unit_arrives_or_is_still_on_its_way,
    a_need_is_met_once,
    work_and_people_are_conserved,
)
"""All invariants; each yields what contradicts it."""
