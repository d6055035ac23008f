"""Events independent of the plan: incidents, injects, hazards, roads and weather."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from drillsim.trace.events.base import Event, told_apart


@dataclass(frozen=True, slots=True)
class IncidentStarted(Event):
    """An incident begins, possibly unnoticed."""

    incident: str
    node: str
    priority: int
    type: str
    """Type of incident, as run cards name it."""
    tasks: tuple[str, ...]
    """What is to be done there."""


@dataclass(frozen=True, slots=True)
class IncidentDiscovered(Event):
    """Somebody notices the incident."""

    incident: str


@dataclass(frozen=True, slots=True)
class CallReceived(Event):
    """The alarm reaches the command centre."""

    incident: str


@dataclass(frozen=True, slots=True)
class InjectDelivered(Event):
    """A scripted message or change is delivered."""

    inject: str
    effect: str
    """What it changed: ``message``, ``road``, ``incident``, ``unit``, ``weather``, or ``none``."""


@dataclass(frozen=True, slots=True)
class HazardChanged(Event):
    """A hazard goes over to another stage."""

    hazard: str
    stage: str
    cause: str
    """``onset``, ``course`` (nobody intervened) or the intervention that changed it."""


@dataclass(frozen=True, slots=True)
class HazardMeasured(Event):
    """Numbers that say how a hazard stands, worth a curve."""

    hazard: str
    names: tuple[str, ...]
    """Each with its unit: ``heat_kw``."""
    values: tuple[float, ...]

    def unequal_lists(self) -> str:
        """Return whether there is not one value for each name."""
        return told_apart({"names": len(self.names), "values": len(self.values)})


@dataclass(frozen=True, slots=True)
class PeopleChanged(Event):
    """The people whom a hazard touches, by the state that they are in; their sum never changes."""

    hazard: str
    states: tuple[str, ...]
    counts: tuple[int, ...]

    def unequal_lists(self) -> str:
        """Return whether there is not one count for each state."""
        return told_apart({"states": len(self.states), "counts": len(self.counts)})


@dataclass(frozen=True, slots=True)
class AdvisoryIssued(Event):
    """Something that must be known of this run: a value outside the range of a formula …"""

    source: str
    """Scenario kind or hazard that says it."""
    text: str
    """Text of the advisory in English."""
    code: str = ""
    """Key of the message in the catalogue; empty in traces of older versions."""
    names: tuple[str, ...] = ()
    """Names of the parts of the message."""
    values: tuple[str | float, ...] = ()

    def unequal_lists(self) -> str:
        """Return whether there is not one value for each name."""
        return told_apart({"names": len(self.names), "values": len(self.values)})


@dataclass(frozen=True, slots=True)
class ZonesChanged(Event):
    """The danger that a hazard is to units is another at some places and road sections."""

    hazard: str
    places: tuple[str, ...]
    place_grades: tuple[int, ...]
    """0 none, 1 warm: breathing apparatus, 2 hot: gas-tight suits, 3 nobody."""
    sections: tuple[str, ...]
    section_grades: tuple[int, ...]
    """The worst along each section."""

    def unequal_lists(self) -> str:
        """Return whether there is not one grade for each place and section."""
        return told_apart({"places": len(self.places), "place_grades": len(self.place_grades)}) or told_apart(
            {"sections": len(self.sections), "section_grades": len(self.section_grades)}
        )


@dataclass(frozen=True, slots=True)
class SectionChanged(Event):
    """A road section is closed, slowed or open again: the truth, known or not."""

    section: str
    factor: float
    """Speed factor: 0 closed, 1 as usual."""
    cause: str


@dataclass(frozen=True, slots=True)
class WeatherChanged(Event):
    """The weather is now this."""

    temperature_c: float
    wind_ms: float
    wind_from_deg: float
    snow: Literal["none", "light", "heavy", "packed"]
