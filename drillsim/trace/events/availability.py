"""Units that leave where they are, and whether they can be sent again."""

from __future__ import annotations

from dataclasses import dataclass

from drillsim.trace.events.base import Event


@dataclass(frozen=True, slots=True)
class UnitWithdrawn(Event):
    """A unit leaves a scene, or the way there on foot, that the zone of a hazard reaches; it waits in a safe place."""

    unit: str
    incident: str
    hazard: str


@dataclass(frozen=True, slots=True)
class UnitTrapped(Event):
    """A unit is in a zone of a hazard that no open road leaves; it cannot be dispatched."""

    unit: str
    node: str
    hazard: str


@dataclass(frozen=True, slots=True)
class UnitFreed(Event):
    """A unit that was trapped goes on: the zone has receded, or a way out of it has opened."""

    unit: str
    node: str
    """Where it was trapped."""
    because: str
    """What made it: the hazard whose zone changed, the road section, or what it makes for."""


@dataclass(frozen=True, slots=True)
class UnitResupplied(Event):
    """What the people of a unit live on was used up, and a logistics unit filled it."""

    unit: str
    by: str
    """Logistics unit that refilled it."""


@dataclass(frozen=True, slots=True)
class UnitRanDry(Event):
    """The self-supply of a unit is used up and no unit refills it: it stops work and returns to its station."""

    unit: str
    node: str
    """Place where the unit was at that moment."""


@dataclass(frozen=True, slots=True)
class UnitReleased(Event):
    """A unit is no longer needed at the incident and is free."""

    unit: str
    incident: str


@dataclass(frozen=True, slots=True)
class UnitRecalled(Event):
    """A unit under way is no longer needed and turns back."""

    unit: str
    incident: str


@dataclass(frozen=True, slots=True)
class UnitHome(Event):
    """A unit stands at its station or staging area again."""

    unit: str
    station: str
    node: str


@dataclass(frozen=True, slots=True)
class UnitOutOfService(Event):
    """A unit stops where it is and cannot be sent any more."""

    unit: str
    cause: str


@dataclass(frozen=True, slots=True)
class UnitBackInService(Event):
    """A unit can be sent again."""

    unit: str
