"""Invariants of the scene: people are conserved, only started work is done, only done work finishes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from drillsim.checks.order import at
from drillsim.trace.events import (
    Event,
    IncidentClosed,
    IncidentStarted,
    PeopleChanged,
    SupplyChanged,
    TaskAdded,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    TaskWithdrawn,
    TaskWorkChanged,
    UnitArrived,
    UnitOnDuty,
    UnitOutOfService,
    UnitReleased,
    UnitWithdrawn,
)
from drillsim.trace.trace import Trace

ROUNDING: Final = 1e-6
"""Relative tolerance on work, for the rounding of times."""
LEAST_PERSON_S: Final = 1e-3
"""Absolute tolerance on work, for the rounding of times. [person·s]"""


def people_touched_by_a_hazard_are_conserved(trace: Trace) -> Iterator[str]:
    """Check that everybody affected by a hazard is in exactly one state at every moment."""
    together: dict[str, int] = {}
    for n, event in enumerate(trace.events):
        if not isinstance(event, PeopleChanged):
            continue
        total = sum(event.counts)
        if min(event.counts, default=0) < 0:
            yield f"{at(n, event)}: {event.hazard!r} has {min(event.counts)} people in a state"
        if total != together.setdefault(event.hazard, total):
            yield f"{at(n, event)}: {event.hazard!r} has {total} people, {together[event.hazard]} before"


def supplies_are_never_less_than_nothing(trace: Trace) -> Iterator[str]:
    """Check that no supply is used beyond its stock."""
    for n, event in enumerate(trace.events):
        if isinstance(event, SupplyChanged) and (event.amount < 0 or (event.amount == 0 and event.rate < 0)):
            yield f"{at(n, event)}: {event.amount} {event.supply} at {event.incident!r}, {event.rate} more a second"


def work_and_people_are_conserved(trace: Trace) -> Iterator[str]:
    """Check that people on tasks are on scene and on one task each, and that tasks start before they finish."""
    crew = {e.unit: e.crew for e in trace.of(UnitOnDuty)}
    scenes = {e.incident: _Scene(e.tasks) for e in trace.of(IncidentStarted)}
    for n, event in enumerate(trace.events):
        if isinstance(event, UnitOutOfService):
            for left in scenes.values():
                left.crews.pop(event.unit, None)
        scene = scenes.get(getattr(event, "incident", ""))
        problem = _problem(scene, event, crew) if scene is not None else ""
        if problem:
            yield f"{at(n, event)}: {problem}"


@dataclass(slots=True)
class _Work:
    """A task in progress."""

    owed: float
    people: int
    at_work: int
    since_s: float
    done: float = 0.0
    finished: bool = False

    def until(self, t_s: float) -> float:
        """Return the person-seconds done by *t_s*."""
        return self.done + self.at_work * (t_s - self.since_s)


@dataclass(slots=True)
class _Scene:
    """Crews and tasks at one incident, replayed from the trace event by event."""

    named: tuple[str, ...]
    crews: dict[str, int] = field(default_factory=dict)
    added: dict[str, None] = field(default_factory=dict)
    """Tasks that the hazard called for and has not withdrawn."""
    tasks: dict[str, _Work] = field(default_factory=dict)

    def at_work(self) -> int:
        """Return the people on tasks."""
        return sum(work.people for work in self.tasks.values() if not work.finished)

    def unfinished(self) -> list[str]:
        """Return the tasks that are not done."""
        known = dict.fromkeys((*self.named, *self.added, *self.tasks))
        return [task for task in known if task not in self.tasks or not self.tasks[task].finished]


def _problem(scene: _Scene, event: Event, crew: dict[str, int]) -> str:
    """Advance a scene by one event; return the violation in it, if any."""
    if isinstance(event, UnitArrived):
        scene.crews[event.unit] = crew.get(event.unit, 0)
        return ""
    if isinstance(event, (UnitReleased, UnitWithdrawn)):
        scene.crews.pop(event.unit, None)
        return _crowd_problem(scene)
    if isinstance(event, IncidentClosed) and scene.unfinished():
        return f"{event.incident!r} is closed and {', '.join(scene.unfinished())} not done"
    if isinstance(event, TaskAdded):
        scene.added[event.task] = None
        return ""
    if isinstance(event, TaskWithdrawn):
        scene.added.pop(event.task, None)
        scene.tasks.pop(event.task, None)
        return ""
    return _task_problem(scene, event)


def _task_problem(scene: _Scene, event: Event) -> str:
    if isinstance(event, TaskStarted):
        if event.task in scene.tasks:
            return f"task {event.task!r} of {event.incident!r} is begun twice"
        scene.tasks[event.task] = _Work(event.work_person_s, event.people, event.at_work, event.t_s)
        return _people_problem(scene, event)
    if isinstance(event, TaskCrewChanged):
        work = scene.tasks.get(event.task)
        if work is None or work.finished:
            return f"task {event.task!r} of {event.incident!r} is not under way"
        work.done, work.since_s = work.until(event.t_s), event.t_s
        work.people, work.at_work = event.people, event.at_work
        return _people_problem(scene, event)
    if isinstance(event, TaskWorkChanged):
        return _change_problem(scene, event)
    return _finish_problem(scene, event) if isinstance(event, TaskFinished) else ""


def _people_problem(scene: _Scene, event: TaskStarted | TaskCrewChanged) -> str:
    nobody = event.people < 1 or not event.units
    if nobody and isinstance(event, TaskStarted):
        return f"task {event.task!r} of {event.incident!r} has nobody"
    if not 0 <= event.at_work <= event.people:
        return f"{event.at_work} of {event.people} people at work on {event.task!r}"
    absent = [unit for unit in event.units if unit not in scene.crews]
    if absent:
        return f"{', '.join(absent)} work on {event.task!r} and are not at {event.incident!r}"
    most = sum(scene.crews[unit] for unit in event.units)
    if event.people > most:
        return f"{event.people} people on task {event.task!r}, {most} in {', '.join(event.units)}"
    return _crowd_problem(scene)


def _crowd_problem(scene: _Scene) -> str:
    at_work, on_scene = scene.at_work(), sum(scene.crews.values())
    return f"{at_work} people at work, {on_scene} on scene" if at_work > on_scene else ""


def _change_problem(scene: _Scene, event: TaskWorkChanged) -> str:
    work = scene.tasks.get(event.task)
    if work is None or work.finished:
        return f"task {event.task!r} of {event.incident!r} is not under way"
    work.owed = event.work_person_s
    done = work.until(event.t_s)
    if done > work.owed and not _same(done, work.owed):
        return f"task {event.task!r} of {event.incident!r}: {done:.1f} person·s worked, {work.owed:.1f} in all"
    return ""


def _finish_problem(scene: _Scene, event: TaskFinished) -> str:
    work = scene.tasks.get(event.task)
    if work is None or work.finished:
        return f"task {event.task!r} of {event.incident!r} is done and was not under way"
    work.finished = True
    done = work.until(event.t_s)
    if not (_same(done, work.owed) and _same(event.done_person_s, work.owed)):
        problem = f"{done:.1f} person·s worked, {event.done_person_s:.1f} written down, {work.owed:.1f} owed"
        return f"task {event.task!r} of {event.incident!r}: {problem}"
    return ""


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=ROUNDING, abs_tol=LEAST_PERSON_S)
