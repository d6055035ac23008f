"""Invariants of the scene: people are conserved, work done is work begun, what ends is done."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from drillsim.events import (
    Event,
    IncidentClosed,
    IncidentStarted,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    UnitArrived,
    UnitOnDuty,
    UnitReleased,
)
from drillsim.invariants.order import at
from drillsim.trace import Trace

ROUNDING: Final = 1e-6
"""Work may differ by this part of it: rounding of times."""
LEAST_PERSON_S: Final = 1e-3
"""Less work than this is none: rounding of times. [person·s]"""


def work_and_people_are_conserved(trace: Trace) -> Iterator[str]:
    """People on tasks are people on scene, each in one task; work done is work begun; what ends is done."""
    crew = {e.unit: e.crew for e in trace.of(UnitOnDuty)}
    scenes = {e.incident: _Scene(e.tasks) for e in trace.of(IncidentStarted)}
    for n, event in enumerate(trace.events):
        scene = scenes.get(getattr(event, "incident", ""))
        said = _fault(scene, event, crew) if scene is not None else ""
        if said:
            yield f"{at(n, event)}: {said}"


@dataclass(slots=True)
class _Work:
    """A task that was begun."""

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

    named: tuple[str, ...]
    crews: dict[str, int] = field(default_factory=dict)
    tasks: dict[str, _Work] = field(default_factory=dict)

    def at_work(self) -> int:
        """Return the people on tasks."""
        return sum(work.people for work in self.tasks.values() if not work.finished)

    def unfinished(self) -> list[str]:
        """Return the tasks that are not done."""
        known = dict.fromkeys((*self.named, *self.tasks))
        return [task for task in known if task not in self.tasks or not self.tasks[task].finished]


def _fault(scene: _Scene, event: Event, crew: dict[str, int]) -> str:
    """Bring a scene forward by one event; return what is wrong with it, if anything."""
    if isinstance(event, UnitArrived):
        scene.crews[event.unit] = crew.get(event.unit, 0)
        return ""
    if isinstance(event, UnitReleased):
        scene.crews.pop(event.unit, None)
        return _crowd_fault(scene)
    if isinstance(event, IncidentClosed) and scene.unfinished():
        return f"{event.incident!r} is closed and {', '.join(scene.unfinished())} not done"
    return _task_fault(scene, event)


def _task_fault(scene: _Scene, event: Event) -> str:
    if isinstance(event, TaskStarted):
        if event.task in scene.tasks:
            return f"task {event.task!r} of {event.incident!r} is begun twice"
        scene.tasks[event.task] = _Work(event.work_person_s, event.people, event.t_s)
        return _people_fault(scene, event)
    if isinstance(event, TaskCrewChanged):
        work = scene.tasks.get(event.task)
        if work is None or work.finished:
            return f"task {event.task!r} of {event.incident!r} is not under way"
        work.done, work.since_s, work.people = work.until(event.t_s), event.t_s, event.people
        return _people_fault(scene, event)
    return _finish_fault(scene, event) if isinstance(event, TaskFinished) else ""


def _people_fault(scene: _Scene, event: TaskStarted | TaskCrewChanged) -> str:
    if event.people < 1 or not event.units:
        return f"task {event.task!r} of {event.incident!r} has nobody"
    absent = [unit for unit in event.units if unit not in scene.crews]
    if absent:
        return f"{', '.join(absent)} work on {event.task!r} and are not at {event.incident!r}"
    most = sum(scene.crews[unit] for unit in event.units)
    if event.people > most:
        return f"{event.people} people on task {event.task!r}, {most} in {', '.join(event.units)}"
    return _crowd_fault(scene)


def _crowd_fault(scene: _Scene) -> str:
    at_work, on_scene = scene.at_work(), sum(scene.crews.values())
    return f"{at_work} people at work, {on_scene} on scene" if at_work > on_scene else ""


def _finish_fault(scene: _Scene, event: TaskFinished) -> str:
    work = scene.tasks.get(event.task)
    if work is None or work.finished:
        return f"task {event.task!r} of {event.incident!r} is done and was not under way"
    work.finished = True
    done = work.until(event.t_s)
    if not (_same(done, work.owed) and _same(event.done_person_s, work.owed)):
        said = f"{done:.1f} person·s worked, {event.done_person_s:.1f} written down, {work.owed:.1f} owed"
        return f"task {event.task!r} of {event.incident!r}: {said}"
    return ""


def _same(a: float, b: float) -> bool:
    return math.isclose(a, b, rel_tol=ROUNDING, abs_tol=LEAST_PERSON_S)
