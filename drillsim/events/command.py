"""What the command centre knows and decides: calls, needs, reconnaissance and mobilisation waves."""

from __future__ import annotations

from dataclasses import dataclass

from drillsim.events.base import Event


@dataclass(frozen=True, slots=True)
class SectionReported(Event):
    """The command centre learns the state of a road section."""

    section: str
    factor: float
    reported_by: str
    """Unit that met it, or ``inject``, ``hazard``."""


@dataclass(frozen=True, slots=True)
class CallHandled(Event):
    """The call has been taken and judged; units can be sent from now on."""

    incident: str


@dataclass(frozen=True, slots=True)
class NeedRaised(Event):
    """An incident needs one more unit that can do something."""

    incident: str
    slot: int
    capability: str
    reason: str
    """``first_alarm`` or ``reinforcement``."""


@dataclass(frozen=True, slots=True)
class NeedWithdrawn(Event):
    """A need is no longer there: the incident ended before a unit was found for it."""

    incident: str
    slot: int


@dataclass(frozen=True, slots=True)
class ReconDeparted(Event):
    """Somebody leaves to look at an area."""

    recon: str
    by: str
    """``helicopter``, ``drone`` or ``unit``."""
    base: str
    around: str
    """Place in the middle of the area."""


@dataclass(frozen=True, slots=True)
class PlaceSeen(Event):
    """A place has been looked at: what goes on there is known."""

    recon: str
    node: str


@dataclass(frozen=True, slots=True)
class WaveOrdered(Event):
    """A mobilisation wave is ordered to move."""

    wave: str
    ordered_by: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WaveDeparted(Event):
    """The column leaves its assembly point."""

    wave: str
    node: str
    units: tuple[str, ...]
    """In march order."""
    vehicles: int
    pass_time_s: float
    """Between the first and the last vehicle passing one point."""


@dataclass(frozen=True, slots=True)
class WaveClosed(Event):
    """The last unit of the wave is in place."""

    wave: str
