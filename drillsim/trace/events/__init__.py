"""The events of a trace: what can happen in an exercise, one frozen type each.

Times are seconds after STARTEX. Ids are those of the scenario and the plan. A moving unit is written down once,
when it sets off, with place and time of every junction on its route, so that readers need no routing.
"""

from __future__ import annotations

from typing import Final

from drillsim.trace.events import availability, dispatch, environment, scene, travel
from drillsim.trace.events.availability import (
    UnitBackInService,
    UnitFreed,
    UnitHome,
    UnitOutOfService,
    UnitRanDry,
    UnitRecalled,
    UnitReleased,
    UnitResupplied,
    UnitTrapped,
    UnitWithdrawn,
)
from drillsim.trace.events.base import Event
from drillsim.trace.events.dispatch import (
    CallHandled,
    NeedRaised,
    NeedWithdrawn,
    PlaceSeen,
    ReconDeparted,
    SectionReported,
    UnitAlerted,
    UnitAssigned,
    UnitLeftBehind,
    UnitOnDuty,
    WaveClosed,
    WaveDeparted,
    WaveOrdered,
)
from drillsim.trace.events.environment import (
    AdvisoryIssued,
    CallReceived,
    HazardChanged,
    HazardMeasured,
    IncidentDiscovered,
    IncidentStarted,
    InjectDelivered,
    PeopleChanged,
    SectionChanged,
    WeatherChanged,
    ZonesChanged,
)
from drillsim.trace.events.scene import (
    IncidentClosed,
    IncidentLapsed,
    PeopleRelieved,
    SupplyChanged,
    TaskAdded,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    TaskWaiting,
    TaskWithdrawn,
    TaskWorkChanged,
)
from drillsim.trace.events.travel import (
    UnitArrived,
    UnitAssembled,
    UnitEnRoute,
    UnitHeld,
    UnitInPlace,
    UnitRerouted,
    UnitStopped,
)

__all__ = [
    "AdvisoryIssued",
    "CallHandled",
    "CallReceived",
    "Event",
    "HazardChanged",
    "HazardMeasured",
    "IncidentClosed",
    "IncidentDiscovered",
    "IncidentLapsed",
    "IncidentStarted",
    "InjectDelivered",
    "NeedRaised",
    "NeedWithdrawn",
    "PeopleChanged",
    "PeopleRelieved",
    "PlaceSeen",
    "ReconDeparted",
    "SectionChanged",
    "SectionReported",
    "SupplyChanged",
    "TaskAdded",
    "TaskCrewChanged",
    "TaskFinished",
    "TaskStarted",
    "TaskWaiting",
    "TaskWithdrawn",
    "TaskWorkChanged",
    "UnitAlerted",
    "UnitArrived",
    "UnitAssembled",
    "UnitAssigned",
    "UnitBackInService",
    "UnitEnRoute",
    "UnitFreed",
    "UnitHeld",
    "UnitHome",
    "UnitInPlace",
    "UnitLeftBehind",
    "UnitOnDuty",
    "UnitOutOfService",
    "UnitRanDry",
    "UnitRecalled",
    "UnitReleased",
    "UnitRerouted",
    "UnitResupplied",
    "UnitStopped",
    "UnitTrapped",
    "UnitWithdrawn",
    "WaveClosed",
    "WaveDeparted",
    "WaveOrdered",
    "WeatherChanged",
    "ZonesChanged",
    "event_types",
]

SUBJECTS: Final = (environment, dispatch, travel, availability, scene)
"""The modules of event types, in the order of an exercise."""


RENAMED_EVENTS: Final = {"Noted": "AdvisoryIssued"}
"""Names of events in traces that were written before, and what they are called now."""


def event_types() -> dict[str, type[Event]]:
    """Return every event type by name, subject by subject."""
    return {name: kind for subject in SUBJECTS for name, kind in vars(subject).items() if _is_event(kind)}


def _is_event(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
