"""Incidents: occurrences that need a response, and the scenario kinds that bring them about.

A scenario kind turns its parameters and the world (ground, weather, clock, chance) into incidents and, where it needs
them, hazards. It cannot see the plan.
A new kind is one new file in this folder with one subclass of :class:`IncidentKind`, and its hazard beside it if it has
one of its own; or a module of an outside package that is named under the entry-point group ``drillsim.plugins``.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.plugin import Plugin
from drillsim.base.quantities import (
    Called,
    Capability,
    Duration,
    EntityId,
    IncidentType,
    Metres,
    Model,
    Seconds,
    Text,
)
from drillsim.hazards import Hazard
from drillsim.world.advisory import Advisory
from drillsim.world.incompatibility import Incompatibility
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.references import HazardRef, NodeRef, SectionRef, unknown_reference
from drillsim.world.task import Task
from drillsim.world.weather import Weather
from drillsim.world.world import World

__all__ = ["Incident", "IncidentKind", "Occurrence", "Response", "Task"]

Needs = Annotated[dict[Capability, Called], Field(max_length=30)]
Facts = Annotated[dict[Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)], float], Field(max_length=30)]


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
        for i, task in enumerate(self.tasks):
            for j, name in enumerate(task.after):
                if name not in known:
                    raise unknown_reference("task", name, set(known), ("tasks", i, "after", j))
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
    safe_line_m: Metres = 0.0
    """Units that a hazard keeps from its place work from the nearest safe place, if that is at most this far."""
    hazard: HazardRef | None = None
    """Hazard that begins with it and that its tasks act on."""
    locality: EntityId | None = None
    """Village or quarter that it lies in: from one incident to the next there, units need no approach again."""
    section: SectionRef | None = None
    """Road section that it is about: the call comes at the latest when the command centre learns of the section."""
    facts: Facts = Field(default_factory=dict)
    """Numbers that the call tells the command centre, for policies to rank by: people trapped, triage …"""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What a scenario kind brings about in one replication."""

    incidents: tuple[Incident, ...]
    hazards: tuple[Hazard, ...] = ()
    """Hazards, with everything drawn that chance decides; incidents may name them."""
    advisories: tuple[Advisory, ...] = ()
    """What must be said of it in the trace: a value outside the range of a formula …"""


class CallSettings(Model):
    """What a kind with one place says of that place, of the call and of how it becomes known; a kind sets defaults."""

    title: Text | None = None
    """What happened, for people."""
    node: NodeRef
    """Place on the road network."""
    starts_at_s: Seconds
    """When it begins, after STARTEX."""
    priority: Annotated[int, Field(ge=1, le=5)] = 1
    """1 is the most urgent, 5 the least."""
    discovery: Duration = Duration(mean_s=0)
    """From the start until somebody notices."""
    report: Duration = Duration(mean_s=0)
    """From discovery until the alarm reaches the command centre."""
    needs: Needs | None = None
    """Units of the first alarm by capability; one for each capability of the tasks if left out."""

    def call_settings(self) -> dict[str, Any]:
        """Return these fields, for an incident of the kind."""
        return {name: getattr(self, name) for name in CallSettings.model_fields}


class IncidentKind(Plugin, ABC):
    """A scenario kind: it brings incidents about. A subclass adds ``kind: Literal[...]`` and its parameters."""

    id: EntityId
    """Short name, unique in the scenario; what it brings about is named after it."""

    def incompatibilities(self, ground: NetworkArrays, weather: Weather) -> Iterator[Incompatibility]:
        """Yield what makes it impossible on this ground or in this weather; asked for each weather of the scenario."""
        yield from ()

    def foreseen(self) -> tuple[Incident, ...]:
        """Return the incidents of every replication, with the tasks that are sure: plans are checked for them."""
        return ()

    def titles(self) -> Mapping[str, Text]:
        """Return names of places by the id that incidents there begin with, before their number: ``quake-village``."""
        return {}

    @abstractmethod
    def occur(self, world: World) -> Occurrence:
        """Return what it brings about in one replication, the same under every plan."""
