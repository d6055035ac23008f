"""Units on the road and where they come to."""

from __future__ import annotations

from dataclasses import dataclass

from drillsim.trace.events.base import Event, told_apart


@dataclass(frozen=True, slots=True)
class UnitEnRoute(Event):
    """A unit sets off, or turns to a new destination while it is already on the road."""

    unit: str
    purpose: str
    """``incident``, ``assembly``, ``march`` or ``return``."""
    target: str
    """Incident, wave or station it goes to."""
    nodes: tuple[str, ...]
    """Places on the route. A unit already rolling starts from the next place ahead of it; if it turns, from the one
    behind."""
    times_s: tuple[float, ...]
    """When it is at each of them, as things stand."""
    sections: tuple[str, ...]
    length_m: float

    @property
    def sets_off(self) -> bool:
        """Whether a journey begins, and not another way on one."""
        return True

    def unequal_lists(self) -> str:
        """Return whether there is not one moment for each place, and one section between each two."""
        if not self.nodes:
            return "nodes is empty"
        return told_apart({"nodes": len(self.nodes), "times_s": len(self.times_s)}) or (
            told_apart({"nodes": len(self.nodes) - 1, "sections": len(self.sections)})
            and f"nodes has {len(self.nodes)}, sections has {len(self.sections)}, one less is right"
        )


@dataclass(frozen=True, slots=True)
class UnitRerouted(UnitEnRoute):
    """A unit takes another route, or the same at another speed, because a road or a zone changed, or it was held.

    On a section, ``times_s`` begins with the moment when it is at the place ahead from now on.
    """

    section: str
    """What made it: the road section, ``all`` for weather and traffic, the hazard whose zone it is, or what it makes
    for when it goes on."""

    @property
    def sets_off(self) -> bool:
        """Whether a journey begins, and not another way on one."""
        return False


@dataclass(frozen=True, slots=True)
class UnitHeld(Event):
    """A unit stands where it is: no open road leads on."""

    unit: str
    node: str


@dataclass(frozen=True, slots=True)
class UnitStopped(Event):
    """A unit stops on a section: a zone is at the place ahead, and a closed road or another zone lies behind it."""

    unit: str
    node: str
    """The place ahead."""
    section: str
    driven_m: float
    """How far it is from the place behind."""
    because: str
    """What made it: a hazard, or a road section."""


@dataclass(frozen=True, slots=True)
class UnitArrived(Event):
    """A unit is at the incident."""

    unit: str
    incident: str
    node: str


@dataclass(frozen=True, slots=True)
class UnitAssembled(Event):
    """A unit is at the assembly point of its wave."""

    unit: str
    wave: str
    node: str


@dataclass(frozen=True, slots=True)
class UnitInPlace(Event):
    """A unit, with its last vehicle, is where its wave was ordered to."""

    unit: str
    wave: str
    node: str
