"""What the command centre learns and orders: calls, needs, waves, and which unit is to go."""

from __future__ import annotations

from dataclasses import dataclass

from drillsim.trace.events.base import Event


@dataclass(frozen=True, slots=True)
class SectionReported(Event):
    """The command centre learns the state of a road section."""

    section: str
    factor: float
    reported_by: str
    """Unit that met it, or ``inject``, ``hazard``, ``season``."""


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
    """``first_alarm``, ``greater_alarm``, ``reinforcement``, ``relief``, ``resupply``, or
    ``replacement`` of a unit that broke down on its way."""


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
    """Units of the column in march order."""
    vehicles: int
    pass_time_s: float
    """Between the first and the last vehicle passing one point."""


@dataclass(frozen=True, slots=True)
class UnitLeftBehind(Event):
    """A wave goes without a unit: it never comes, or follows alone once it is repaired or a road opens."""

    unit: str
    wave: str
    why: str
    """``no_crew``, ``broken_down``, or ``no_road`` where none is open as far as is known."""


@dataclass(frozen=True, slots=True)
class WaveClosed(Event):
    """The last unit of the wave, of those not left behind, is in place."""

    wave: str


@dataclass(frozen=True, slots=True)
class UnitOnDuty(Event):
    """A unit stands at its station, ready or, with too small a crew, not."""

    unit: str
    station: str
    node: str
    force: str
    crew: int
    establishment: int
    vehicles: int
    capabilities: tuple[str, ...]
    protection: int = 1
    """Highest grade of danger that it goes through: 0 none, 1 with breathing apparatus, 2 in gas-tight suits."""


@dataclass(frozen=True, slots=True)
class UnitAssigned(Event):
    """A unit is sent to an incident."""

    unit: str
    incident: str
    slot: int
    capability: str
    expected_s: float
    """Travel time that the command centre expected. [s]"""
    candidates: int
    """How many units could have been sent."""


@dataclass(frozen=True, slots=True)
class UnitAlerted(Event):
    """A unit is ordered to move with a wave."""

    unit: str
    wave: str
