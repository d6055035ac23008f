"""Incidents: occurrences that need a response, and the scenario kinds that bring them about.

A scenario kind turns its parameters, the ground and named random streams into incidents. It cannot see the plan.
A new kind is one new file in this folder with one subclass of :class:`IncidentKind`, or the same in an outside
package that names it under the entry-point group ``drillsim.incidents``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.ground import Ground
from drillsim.references import HazardRef, NodeRef, unknown_reference
from drillsim.streams import RandomStreams
from drillsim.units import (
    Capabilities,
    Capability,
    Duration,
    EntityId,
    IncidentType,
    Model,
    Positive,
    Seconds,
    Text,
)

Needs = Annotated[dict[Capability, Positive], Field(max_length=30)]


class Task(Model):
    """One piece of work at an incident that needs certain capabilities and a minimum crew for some time."""

    id: EntityId
    """Short name, unique within the incident."""
    title: Text | None = None
    """What is done, for people."""
    capabilities: Annotated[Capabilities, Field(min_length=1)]
    """What it takes. Only people of units with at least one of these work on it, and together they must have all."""
    min_crew: Positive = 1
    """People without whom it must not begin; with breathing apparatus inside a building that is 4 (2 in, 2 out)."""
    useful_crew: Positive | None = None
    """People beyond whom it goes no faster; the minimum crew if left out."""
    work: Duration
    """Person-time: how long one person alone would take at sea level. [person·s]"""
    after: Annotated[tuple[str, ...], Field(max_length=50)] = ()
    """Tasks of the same incident that must be done first."""
    danger: bool = False
    """Whether it takes people into danger; some kinds of force must not do that."""
    intervention: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)] | None = None
    """What it does to the hazard of its incident when it begins and when it is done: ``water_on`` …"""

    @model_validator(mode="after")
    def _crew_in_order(self) -> Task:
        if self.useful_crew is not None and self.useful_crew < self.min_crew:
            raise PydanticCustomError(
                "crew_order",
                "useful_crew {useful} is less than min_crew {minimum}",
                {"useful": self.useful_crew, "minimum": self.min_crew},
            )
        return self

    @property
    def most_people(self) -> int:
        """People beyond whom the task goes no faster."""
        return self.useful_crew or self.min_crew


class Response(Model):
    """What an incident needs, and how it becomes known: shared by everything that describes an incident."""

    type: IncidentType
    """What sort of incident it is, as run cards name it: ``building_fire``, ``collapse``, ``road_crash`` …"""
    title: Text | None = None
    """What happened, for people."""
    priority: Annotated[int, Field(ge=1, le=5)] = 2
    """1 is the most urgent, 5 the least."""
    discovery: Duration = Duration(mean_s=0)
    """From the start until somebody notices; earlier detection is a shorter one."""
    report: Duration = Duration(mean_s=0)
    """From discovery until the alarm reaches the command centre; longer when lines are down."""
    approach: Duration = Duration(mean_s=0)
    """From its place on the road network to the scene itself: streets, tracks, the last stretch on foot."""
    tasks: Annotated[tuple[Task, ...], Field(min_length=1, max_length=200)]
    """What is to be done."""
    needs: Needs | None = None
    """Units of the first alarm by capability; one for each capability of the tasks if left out."""
    lapses_after_s: Seconds | None = None
    """When no unit has been found this long after the call was handled, it ends by itself or goes to others."""

    @model_validator(mode="after")
    def _task_graph(self) -> Response:
        known = [task.id for task in self.tasks]
        for name in known:
            if known.count(name) > 1:
                raise PydanticCustomError("duplicate_id", "the id '{name}' stands more than once", {"name": name})
        for task in self.tasks:
            for name in task.after:
                if name not in known:
                    raise unknown_reference("task", name, set(known))
        _refuse_circle(self.tasks)
        return self

    def first_alarm(self) -> Mapping[str, int]:
        """Return how many units of each capability the first alarm calls for."""
        if self.needs is not None:
            return self.needs
        return {capability: 1 for task in self.tasks for capability in task.capabilities}


def _refuse_circle(tasks: tuple[Task, ...]) -> None:
    waiting = {task.id: set(task.after) for task in tasks}
    while ready := [name for name, after in waiting.items() if not after]:
        for name in ready:
            del waiting[name]
        for after in waiting.values():
            after.difference_update(ready)
    if waiting:
        names = ", ".join(sorted(waiting))
        raise PydanticCustomError("task_circle", "tasks wait for each other in a circle: {names}", {"names": names})


class Incident(Response):
    """An occurrence that needs a response: one place, one alarm, some tasks."""

    id: EntityId
    """Short name, unique in the scenario."""
    node: NodeRef
    """Place on the road network where units must arrive."""
    starts_at_s: Seconds
    """When it begins, after STARTEX."""
    district: Annotated[str, Field(max_length=100)] | None = None
    """District it belongs to; that of its place if left out."""
    hazard: HazardRef | None = None
    """Hazard that begins with it and that its tasks act on."""


class IncidentKind(Model, ABC):
    """A scenario kind: it brings incidents about. A subclass adds ``kind: Literal[...]`` and its parameters."""

    kind: str
    """Which scenario kind this is."""
    id: EntityId
    """Short name, unique in the scenario; incidents that it brings about are named after it."""

    @abstractmethod
    def occur(self, ground: Ground, streams: RandomStreams) -> tuple[Incident, ...]:
        """Return the incidents that it brings about in one replication, the same under every plan."""
