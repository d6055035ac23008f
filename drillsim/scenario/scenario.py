"""The scenario: everything that happens independently of the plan, from STARTEX to ENDEX."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from drillsim.base.errors import NetworkError, Problem, ScenarioError, UnknownNameError, unknown_name
from drillsim.base.quantities import Capability, EntityId, Model, Positive, Seconds, Share, Text, seconds
from drillsim.hazards import Hazard
from drillsim.incidents import Incident, IncidentKind
from drillsim.language import vocabulary
from drillsim.roads import RoadNetwork, Snap
from drillsim.scenario.plan import Plan, PlanSpec
from drillsim.scenario.plan_inheritance import resolve
from drillsim.scenario.plugins import PluginField
from drillsim.scenario.reference_tables import reference_tables
from drillsim.scenario.response_times import RESPONSE_TIMES, RESPONSE_TIMES_NAMES
from drillsim.scenario.roads_field import NAMES_ROADS, network_of
from drillsim.world.network_arrays import NetworkArrays, network_arrays
from drillsim.world.references import NodeRef, unknown_reference
from drillsim.world.weather import Traffic, Weather

FORMAT = 1
"""Version of the scenario file format."""
MOST_OCCURRENCES = 100_000
"""Most incidents, and most injects."""
FIRST_YEAR, LAST_YEAR = 1900, 2200
"""STARTEX lies between these (assumption)."""


def _network(value: Any, info: ValidationInfo) -> RoadNetwork:
    """Return a road network that has been read; say why if it could not be."""
    if isinstance(value, RoadNetwork):
        return value
    refused = (info.context or {}).get("roads_error")
    if isinstance(refused, NetworkError):
        raise _many(((), problem) for problem in refused.problems) from refused
    raise PydanticCustomError("roads_text", "write the folder of a road network, or nodes and edges")


def _clock(value: Any) -> Any:
    """Refuse a bare number, which would pass for seconds since 1970."""
    if not isinstance(value, (str, datetime)) or (isinstance(value, str) and value.strip()[4:5] != "-"):
        raise PydanticCustomError("startex_clock", "write a local date and clock: 2021-03-29 07:00")
    return value


def _local(value: datetime) -> datetime:
    """Refuse a time zone, and a year from which ENDEX might lie beyond what a calendar holds."""
    if value.tzinfo is not None or not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise PydanticCustomError("startex_clock", "write a local date and clock: 2021-03-29 07:00")
    return value


Clock = Annotated[datetime, BeforeValidator(_clock), AfterValidator(_local)]
Roads = Annotated[
    RoadNetwork,
    BeforeValidator(_network),
    PlainSerializer(lambda network: {"id": network.id, "digest": network.digest}),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]


class RoadInject(Model):
    """A road is closed, slowed or open again."""

    between: tuple[NodeRef, NodeRef]
    """Places at both ends of the road section."""
    road: Annotated[str, Field(max_length=40)] | None = None
    """Number of the road where several run between the two places; all of them if left out."""
    speed_factor: Share = 0.0
    """0 closed, 0.5 half as fast, 1 as usual; it replaces a yearly closure that holds on the day of STARTEX."""
    reported_after_s: Seconds = 0.0
    """When the command centre learns of it; a unit that meets it first reports it then."""


class UnitInject(Model):
    """A unit breaks down. A scenario cannot name a unit; it says where, and what the unit can do.

    On the road it stops where it is; on scene it stops work; another is requested for what it was sent to.
    """

    node: NodeRef
    """Place that loses a unit: the first by id of those that stand there, else of those that belong there."""
    capability: Capability
    """What the unit can do."""
    units: Positive = 1
    """Number of units."""
    for_s: Seconds | None = None
    """For how long; until ENDEX if left out."""


class Inject(Model):
    """A scripted message or change that is delivered at a set time."""

    id: EntityId
    """Short name, unique in the scenario."""
    at_s: Seconds
    """When it is delivered, after STARTEX."""
    text: Text
    """Text of the message."""
    sender: Text | None = None
    """Sender of the message."""
    receiver: Text | None = None
    """Receiver of the message."""
    expected_action: Text | None = None
    """What the players should do."""
    road: RoadInject | None = None
    """A road that changes."""
    incident: Incident | None = None
    """A new incident; its ``starts_at_s`` counts from the inject."""
    unit: UnitInject | None = None
    """A unit that breaks down."""
    weather: Weather | None = None
    """New weather."""

    @model_validator(mode="after")
    def _one_effect(self) -> Inject:
        if len([e for e in (self.road, self.incident, self.unit, self.weather) if e is not None]) > 1:
            raise PydanticCustomError("inject_effects", "an inject changes one thing; write two injects")
        return self


class Objective(Model):
    """What the response should achieve: a metric, a limit, and the share of cases that must keep it."""

    id: EntityId
    """Short name, unique in the scenario."""
    title: Text
    """What is wanted, for people."""
    metric: str
    """Name of a metric."""
    case: Annotated[str, Field(max_length=128)] | None = None
    """One incident or wave that it is about; all cases of the metric if left out."""
    limit: Annotated[float, BeforeValidator(seconds), Field(ge=0)]
    """Most that is allowed, in the unit of the metric; a time may be written as ``10 h``."""
    share: Annotated[float, Field(gt=0, le=1)] = 1.0
    """Share of cases that must keep the limit; 0.9 for a ninetieth percentile."""

    @model_validator(mode="after")
    def _known_metric(self) -> Objective:
        if self.metric not in vocabulary("metric"):
            raise unknown_reference("metric", self.metric, set(vocabulary("metric")), ("metric",))
        return self


class Scenario(Model):
    """Everything that will happen whatever we decide, and the plans that are to be tried on it."""

    model_config = ConfigDict(arbitrary_types_allowed=True, title="drillsim scenario")

    drillsim: Literal[1]
    """Version of the file format: 1."""
    id: EntityId
    """Short name."""
    title: Text
    """Name for people."""
    description: Text | None = None
    """What it is about, and what it rests on."""
    startex: Clock
    """Local date and clock of the start of the exercise."""
    ends_at_s: Annotated[Seconds, Field(gt=0)]
    """ENDEX, after STARTEX. What happens at that very moment no longer counts."""
    roads: Roads
    """Folder of the road network, from the folder of this file; or a mapping of ``nodes`` and ``edges``."""
    weather: Weather = Weather()
    """Weather at STARTEX."""
    response_times: Literal[RESPONSE_TIMES_NAMES] | None = None  # type: ignore[valid-type]  # mypy wants the words themselves
    """How the crews of such a city turn out and drive, as measured there, and its traffic: ``urban``. What is written
    of ``traffic`` here and of alarm handling, turnout, night and speeds in a plan goes before it."""
    traffic: Traffic | None = None
    """How traffic and night slow the roads by the hour; that of ``response_times`` if left out, and free roads without
    those."""
    travel_time_cv: Annotated[float, Field(ge=0, le=2)] = 0.1
    """Spread of the travel time on each road section from one replication to the next (assumption)."""
    hazards: Annotated[tuple[Annotated[Any, PluginField("hazards")], ...], Field(max_length=200)] = ()
    """Sources of harm."""
    incidents: Annotated[
        tuple[Annotated[Any, PluginField("incidents", default="listed")], ...], Field(max_length=MOST_OCCURRENCES)
    ] = ()
    """Incidents, or scenario kinds that bring them about."""
    injects: Annotated[tuple[Inject, ...], Field(max_length=MOST_OCCURRENCES)] = ()
    """Scripted messages and changes."""
    objectives: Annotated[tuple[Objective, ...], Field(max_length=200)] = ()
    """What the response should achieve."""
    assumptions: Annotated[tuple[Text, ...], Field(max_length=200)] = ()
    """What this scenario takes for granted; listed in every report."""
    plans: Annotated[tuple[PlanSpec, ...], Field(max_length=200)] = ()
    """Plans to be tried. A plan may also stand in a file of its own."""

    def __init__(self, /, **data: Any) -> None:
        data, roads_error = _with_roads_read(data)
        context = reference_tables(data) | {"roads_error": roads_error}
        self.__pydantic_validator__.validate_python(data, self_instance=self, context=context)
        self._snaps = tuple(context.get("snaps", ()))

    _snaps: tuple[Snap, ...] = PrivateAttr(default=())
    _fingerprint: tuple[int, str] = PrivateAttr(default=(0, ""))

    @property
    def snaps(self) -> tuple[Snap, ...]:
        """Points that the scenario was written with, and the places that stand for them."""
        return self._snaps

    @model_validator(mode="after")
    def _parts_fit(self) -> Scenario:
        problems = list(_duplicates(self)) + list(_road_problems(self)) + list(_incompatibilities(self))
        problems += list(_plan_problems(self))
        if problems:
            raise _many(problems)
        return self

    def plan(self, plan_id: str | None = None) -> Plan:
        """Return the complete plan *plan_id*; the first one if none is named.

        Raises
        ------
        UnknownNameError
            If there is no such plan.
        """
        known = [spec.id for spec in self.plans]
        if plan_id is None and known:
            plan_id = known[0]
        if plan_id not in known:
            raise UnknownNameError(unknown_name("plan", str(plan_id), known))
        return resolve(self.plans, str(plan_id), self.response_times)

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields replaced and all parts checked together again."""
        copy = super().model_copy(update=update, deep=deep)
        copy._snaps = tuple(dict.fromkeys((*self.snaps, *copy.snaps)))  # noqa: SLF001  # its own class
        return copy

    def with_plan(self, spec: PlanSpec) -> Scenario:
        """Return a copy with *spec* added, in place of a plan of the same id if there is one."""
        others = tuple(plan for plan in self.plans if plan.id != spec.id)
        return self.with_valid({"plans": (*others, spec)})

    @property
    def traffic_by_hour(self) -> Traffic:
        """How traffic and night slow the roads by the hour: as written, else that of the response times."""
        if self.traffic is not None:
            return self.traffic
        return Traffic() if self.response_times is None else RESPONSE_TIMES[self.response_times].traffic

    @property
    def taken_for_granted(self) -> tuple[Text, ...]:
        """Its assumptions, and what the response times rest on that it takes by name."""
        named = () if self.response_times is None else (RESPONSE_TIMES[self.response_times].source,)
        return (*self.assumptions, *named)

    @property
    def ground(self) -> NetworkArrays:
        """The ground as arrays."""
        return network_arrays(self.roads)

    def digest(self) -> str:
        """Return a hash of everything but the plans, road network included."""
        if self._fingerprint[0] != id(self):  # a changed copy brings the fingerprint of the first along
            self._fingerprint = (id(self), self._digest())
        return self._fingerprint[1]

    def _digest(self) -> str:
        content = self.model_dump(mode="json", exclude={"plans"})
        return sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def _with_roads_read(data: dict[str, Any]) -> tuple[dict[str, Any], NetworkError | None]:
    """Return *data* with the road network that ``roads`` names, or with why there is none."""
    if not isinstance(data.get("roads"), NAMES_ROADS):
        return data, None
    try:
        return data | {"roads": network_of(data["roads"])}, None
    except NetworkError as error:
        return data, error


Located = tuple[tuple[str | int, ...], Problem]


def _many(problems: Any) -> ValidationError:
    """Return one validation error that holds many problems, each at its own path."""
    details = [
        InitErrorDetails(
            type=PydanticCustomError(
                problem.code,
                problem.code,
                {**problem.values, "where": problem.where, "at": problem.path, "got": problem.got},
            ),
            loc=loc,
            input=None,
        )
        for loc, problem in problems
    ]
    return ValidationError.from_exception_data("Scenario", details)


def _duplicates(scenario: Scenario) -> Iterator[Located]:
    new = tuple(inject.incident for inject in scenario.injects if inject.incident is not None)
    for what in ("hazards", "incidents", "injects", "objectives", "plans"):
        items = getattr(scenario, what) + (new if what == "incidents" else ())
        seen: set[str] = set()
        for i, item in enumerate(items):
            if item.id in seen:
                yield (what, i), Problem("duplicate_id", values={"name": item.id})
            seen.add(item.id)


def _road_problems(scenario: Scenario) -> Iterator[Located]:
    for i, inject in enumerate(scenario.injects):
        road = inject.road
        if road is not None and not scenario.roads.sections_between(*road.between, road=road.road):
            start, end = road.between
            roads = sorted({s.road for s in scenario.roads.sections_between(start, end)})
            values = {
                "start": start, "end": end, "road": f" {road.road}" if road.road else "",
                "known": ", ".join(roads) or "-", "next": ", ".join(scenario.roads.next_to(start)[:12]) or "-",
            }  # fmt: skip
            yield ("injects", i, "road"), Problem("no_such_road", values=values)


def _incompatibilities(scenario: Scenario) -> Iterator[Located]:
    """Yield the incompatibilities of hazards and scenario kinds with the road network and the weather."""
    weathers: list[tuple[tuple[str | int, ...], Weather]] = [(("weather",), scenario.weather)]
    weathers += [
        (("injects", i, "weather"), inject.weather)
        for i, inject in enumerate(scenario.injects)
        if inject.weather is not None
    ]
    for what, base in (("hazards", Hazard), ("incidents", IncidentKind)):
        for i, part in enumerate(getattr(scenario, what)):
            if type(part).incompatibilities is base.incompatibilities:
                continue  # it fits everywhere; thousands of incidents under thousands of weathers are not asked
            of_the_part: list[Problem] = []
            for where, weather in weathers:
                for found in part.incompatibilities(scenario.ground, weather):
                    problem = Problem(found.code, values=found.values)
                    if found.of_weather:
                        yield where, problem
                    elif problem not in of_the_part:  # the same in every weather
                        of_the_part.append(problem)
            yield from (((what, i), problem) for problem in of_the_part)


def _plan_problems(scenario: Scenario) -> Iterator[Located]:
    if len({spec.id for spec in scenario.plans}) < len(scenario.plans):
        return
    found = {spec.id: _problems_of_plan(scenario, spec.id) for spec in scenario.plans}
    in_circle = False
    for i, spec in enumerate(scenario.plans):
        inherited = [(p.code, p.values) for p in found.get(spec.based_on or "", ())]
        for problem in found[spec.id]:
            if problem.code == "plan_circle":
                told, in_circle = in_circle, True
            else:
                told = (problem.code, problem.values) in inherited
            if not told:
                parts = (int(p) if p.isdigit() else p for p in problem.path.split(".") if p)
                yield ("plans", i, *parts), problem


def _problems_of_plan(scenario: Scenario, plan_id: str) -> tuple[Problem, ...]:
    try:
        resolve(scenario.plans, plan_id)
    except ScenarioError as error:
        return error.problems
    return ()
