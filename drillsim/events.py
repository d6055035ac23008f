"""The events of a trace: what can happen in an exercise, one frozen type each.

Times are seconds after STARTEX. Ids are those of the scenario and the plan. A moving unit is written down once,
when it sets off, with the place and time of every junction on its way; nobody has to compute a route again.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at one moment."""

    t_s: float
    """Moment. [s after STARTEX]"""


# --- what happens whatever we decide ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class IncidentStarted(Event):
    """An incident begins; nobody need know yet."""

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


@dataclass(frozen=True, slots=True)
class PeopleChanged(Event):
    """The people whom a hazard touches, by the state that they are in; their sum never changes."""

    hazard: str
    states: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Noted(Event):
    """Something that must be known of this run: a value outside the range of a formula …"""

    source: str
    """Scenario kind or hazard that says it."""
    text: str
    """In English."""
    code: str = ""
    """Key of the message in :mod:`drillsim.messages`; empty in traces written before there were any."""
    names: tuple[str, ...] = ()
    """Names of the parts of the message."""
    values: tuple[str | float, ...] = ()


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
    snow: str


# --- what the command centre knows and decides ------------------------------------------------------------


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


# --- what units do ----------------------------------------------------------------------------------------


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
    """A unit is told to move with a wave."""

    unit: str
    wave: str


@dataclass(frozen=True, slots=True)
class UnitEnRoute(Event):
    """A unit sets off, or turns to a new destination while it is already on the road."""

    unit: str
    purpose: str
    """``incident``, ``assembly``, ``march`` or ``return``."""
    target: str
    """Incident, wave or station it goes to."""
    nodes: tuple[str, ...]
    """Places on the way. A unit already rolling starts from the next place ahead of it."""
    times_s: tuple[float, ...]
    """When it is at each of them, as things stand."""
    sections: tuple[str, ...]
    length_m: float


@dataclass(frozen=True, slots=True)
class UnitRerouted(UnitEnRoute):
    """A unit takes another way, because a road or a zone ahead of it changed, or goes on from where it had to wait."""

    section: str
    """What made it: the road section, the hazard whose zone it is, or what it makes for when it goes on."""


@dataclass(frozen=True, slots=True)
class UnitHeld(Event):
    """A unit stands where it is: no open road leads on."""

    unit: str
    node: str


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


@dataclass(frozen=True, slots=True)
class UnitWithdrawn(Event):
    """A unit leaves a scene that the zone of a hazard reaches; it goes on from a safe place."""

    unit: str
    incident: str
    hazard: str


@dataclass(frozen=True, slots=True)
class UnitResupplied(Event):
    """What the people of a unit live on was used up, and a logistics unit filled it."""

    unit: str
    by: str
    """The logistics unit."""


@dataclass(frozen=True, slots=True)
class UnitRanDry(Event):
    """What the people of a unit live on is used up and nobody fills it: it stops work and goes back to its station."""

    unit: str
    node: str
    """Where it is."""


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
    """A unit cannot be sent any more."""

    unit: str
    cause: str


@dataclass(frozen=True, slots=True)
class UnitBackInService(Event):
    """A unit can be sent again."""

    unit: str


# --- what is done at an incident --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TaskAdded(Event):
    """The hazard calls for one more task."""

    incident: str
    task: str


@dataclass(frozen=True, slots=True)
class TaskWithdrawn(Event):
    """The hazard does not call for a task any more; whoever was at it is free."""

    incident: str
    task: str


@dataclass(frozen=True, slots=True)
class TaskWaiting(Event):
    """A task is ready to begin, or has been begun, and those on scene may not begin it or go on with it."""

    incident: str
    task: str
    lacking: str
    """``crew``, the capability or the supply that is missing, or ``halt`` while nobody may work in danger."""
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
    """People who have reached the work; the others are on their way to it."""


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


def event_types() -> dict[str, type[Event]]:
    """Return every event type by name, in the order of this module."""
    return {name: kind for name, kind in globals().items() if _is_event(kind)}


def _is_event(kind: object) -> bool:
    return isinstance(kind, type) and issubclass(kind, Event) and kind is not Event
