"""What is done at an incident: tasks, the people on them and the supplies that they use."""

from __future__ import annotations

from dataclasses import dataclass

from drillsim.trace.events.base import Event


@dataclass(frozen=True, slots=True)
class TaskAdded(Event):
    """The hazard calls for one more task."""

    incident: str
    task: str


@dataclass(frozen=True, slots=True)
class TaskWithdrawn(Event):
    """The hazard no longer calls for a task; its crew is free."""

    incident: str
    task: str


@dataclass(frozen=True, slots=True)
class TaskWaiting(Event):
    """A task is ready to begin, or has been begun, and those on scene may not begin it or go on with it."""

    incident: str
    task: str
    lacking: str
    """``crew``, the capability or the supply that is missing, or ``halt`` while dangerous work is suspended."""
    people: int
    """People on scene who could do it."""
    minimum: int
    """People without whom it must not begin."""


@dataclass(frozen=True, slots=True)
class TaskStarted(Event):
    """Work on a task begins."""

    incident: str
    task: str
    people: int
    units: tuple[str, ...]
    work_person_s: float
    """Work to be done, altitude and hazard included. [person·s]"""
    at_work: int
    """People who have reached the work; the others are walking to it."""


@dataclass(frozen=True, slots=True)
class TaskCrewChanged(Event):
    """More or fewer people are on a task, or at work on it."""

    incident: str
    task: str
    people: int
    units: tuple[str, ...]
    at_work: int
    """People at work; 0 while it stands still."""


@dataclass(frozen=True, slots=True)
class TaskWorkChanged(Event):
    """What is left of a task under way is more or less work than before: the smoke in which it began has cleared."""

    incident: str
    task: str
    work_person_s: float
    """Work of the whole task, what has been done included. [person·s]"""


@dataclass(frozen=True, slots=True)
class PeopleRelieved(Event):
    """The spell of people on a task is over; they come out and rest."""

    incident: str
    task: str
    unit: str
    people: int
    rest_until_s: float
    """When they can be put to work again. [s after STARTEX]"""


@dataclass(frozen=True, slots=True)
class SupplyChanged(Event):
    """A supply was brought or taken, or is used up or brought at another rate."""

    incident: str
    supply: str
    amount: float
    """What is there now."""
    rate: float
    """How fast it grows from now on; negative when it dwindles. [1/s]"""


@dataclass(frozen=True, slots=True)
class TaskFinished(Event):
    """A task is done."""

    incident: str
    task: str
    done_person_s: float
    """Work done. [person·s]"""


@dataclass(frozen=True, slots=True)
class IncidentClosed(Event):
    """All tasks of an incident are done."""

    incident: str


@dataclass(frozen=True, slots=True)
class IncidentLapsed(Event):
    """Nobody was sent in time: the incident ended by itself or went to another service."""

    incident: str
