"""The plan: what the organisation decides beforehand.

Where units stand, with what crews, which rule sends them, when help is called and in what waves it comes. A plan is
written as a :class:`PlanSpec`, complete or as what differs from another plan; :func:`resolve` makes the complete
:class:`Plan` from it.
"""

from __future__ import annotations

from hashlib import sha256
from typing import Annotated, Any, Final, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Capabilities, Count, Duration, EntityId, Model, Positive, Seconds, SupplyName, Text
from drillsim.forces.acclimatisation import Acclimatisation
from drillsim.forces.forces import FORCES, Force, ForceName, Night, Protection
from drillsim.forces.teams import TeamName
from drillsim.roads import HeavyVehicleSpeed, MarchRules
from drillsim.scenario.plugins import PluginField
from drillsim.world.references import IncidentRef, NodeRef, PlanRef, StagingRef, StationRef, UnitRef

MOST = 5000
Supplies = Annotated[dict[SupplyName, Annotated[float, Field(gt=0, le=1e9)]], Field(max_length=20)]
OneMinuteOrMore = Annotated[Seconds, Field(ge=60)]
ResponseLevel = Literal["I", "II", "III", "IV"]
AnyPolicy = Annotated[Any, PluginField("dispatch")]


class UnitSpec(Model):
    """One unit, or several alike: a crew with its vehicles, equipment and capabilities; the thing that is sent.

    In a plan that is based on another, a unit of the same id changes only what it says.
    """

    id: EntityId
    """Short name, unique in the plan. With a count of 3 the units are called ``id-1``, ``id-2``, ``id-3``."""
    title: Text | None = None
    """Name for people."""
    team: TeamName | None = None
    """Team that it is: gives capabilities, crew, vehicles and count where nothing else is said of them."""
    capabilities: Capabilities | None = None
    """Capabilities of the unit."""
    crew: Count | None = None
    """People on duty. Fewer than ``establishment`` is an understaffed unit; 0 cannot turn out."""
    establishment: Count | None = None
    """People the unit should have; as many as on duty if left out."""
    vehicles: Positive | None = None
    """Vehicles that move together; 1 if left out."""
    carries: Supplies | None = None
    """Supplies that it brings to a scene each time it arrives from its station: ``{foam_l: 6000}``."""
    protection: Protection | None = None
    """What its people wear: it keeps out of more dangerous zones. That of its kind of force if left out."""
    count: Count | None = None
    """How many units alike stand here; 1 if left out."""
    by_wave_only: bool | None = None
    """Whether it leaves its station only with a wave; from the wave's destination on it is sent like any other."""
    turnout: Duration | None = None
    """Turnout of this unit, in place of that of its kind of force."""
    self_sufficient_s: OneMinuteOrMore | None = None
    """How long it lives on its own supplies once it has left its station; that of its team, or for ever, if left out.

    Then a logistics unit where it works, or at its staging area, fills them, or it stops work and goes home.
    """
    acclimatised: bool | None = None
    """Whether its people are used to great heights; if left out, the height of its station decides."""


class StationSpec(Model):
    """A place where units stand ready."""

    id: EntityId
    """Short name, unique in the plan."""
    title: Text | None = None
    """Name for people."""
    node: NodeRef | None = None
    """Place on the road network."""
    force: ForceName | None = None
    """Kind of force; ``national_team`` if left out."""
    district: Annotated[str, Field(max_length=100)] | None = None
    """District it answers for; that of its place if left out."""
    units: Annotated[tuple[UnitSpec, ...], Field(max_length=MOST)] = ()
    """Units that stand here."""


class StagingArea(Model):
    """A place that the plan opens for units from elsewhere: to assemble, or to wait near the incidents."""

    id: EntityId
    """Short name, unique in the plan."""
    title: Text | None = None
    """Name for people."""
    node: NodeRef
    """Place on the road network."""


class Wave(Model):
    """A group of units that is ordered to move together: assemble, march as one column, be ready at a place."""

    id: EntityId
    """Short name, unique in the plan."""
    title: Text | None = None
    """Name for people."""
    ordered_by: Text
    """On whose order it moves."""
    response_level: ResponseLevel | None = None
    """Level of response at which it is called; told in tables, changes nothing."""
    on_incident: IncidentRef | None = None
    """Incident, or scenario kind, whose first call sets it off."""
    at_s: Seconds | None = None
    """Moment that sets it off, in place of an incident."""
    decision: Duration = Duration(mean_s=0)
    """From the call (or the moment) until the order goes out."""
    preparation: Duration = Duration(mean_s=0)
    """For each unit, from the order until it can leave: people recalled, kit and supplies loaded."""
    units: Annotated[tuple[UnitRef, ...], Field(min_length=1, max_length=MOST)]
    """Units that move, in march order; the id of a unit with a count means all of them."""
    own_initiative: bool = False
    """Whether units go of themselves: no order has to reach them, even where lines are down."""
    assembly: StagingRef | None = None
    """Where they assemble into one column; without it every unit marches on its own."""
    leaves_after_s: Seconds | None = None
    """The column leaves this long after the order at the latest, without those still missing; they follow alone."""
    destination: StagingRef
    """Staging area where they are to be in place."""

    @model_validator(mode="after")
    def _one_trigger(self) -> Wave:
        if (self.on_incident is None) == (self.at_s is None):
            raise PydanticCustomError("wave_trigger", "give either on_incident or at_s")
        return self


PACE_KMH: Final = {"helicopter": 180.0, "drone": 60.0, "unit": 30.0}
"""Default speed by kind of observer (assumption). [km/h]"""
WIDTH_KM: Final = {"helicopter": 10.0, "drone": 3.0, "unit": 2.0}
"""Default width of the strip seen at one pass, by kind of observer (assumption). [km]"""


class Recon(Model):
    """A reconnaissance of an area: roads and incidents in it become known to the command centre."""

    id: EntityId
    """Short name, unique in the plan."""
    title: Text | None = None
    """Name for people."""
    by: Literal["helicopter", "drone", "unit"] = "helicopter"
    """Kind of observer."""
    on_incident: IncidentRef | None = None
    """Incident, or scenario kind, whose first call sets it off."""
    at_s: Seconds | None = None
    """Moment that sets it off, in place of an incident."""
    ready: Duration = Duration(mean_s=0)
    """Delay from its trigger to its departure."""
    base: NodeRef
    """Place from which it leaves."""
    around: NodeRef
    """Middle of the area."""
    radius_km: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "km"})]
    """Radius of the area."""
    speed_kmh: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "km/h"})] | None = None
    """Speed; 180 km/h for a helicopter, 60 for a drone, 30 for a unit if left out (assumption)."""
    swath_km: Annotated[float, Field(gt=0, le=100, json_schema_extra={"unit": "km"})] | None = None
    """Width of what is seen at one pass; 10, 3 and 2 km if left out (assumption)."""
    at_night: bool = False
    """Whether it flies at night; if not, it leaves in the morning."""

    @model_validator(mode="after")
    def _one_trigger(self) -> Recon:
        if (self.on_incident is None) == (self.at_s is None):
            raise PydanticCustomError("wave_trigger", "give either on_incident or at_s")
        return self

    @property
    def pace_kmh(self) -> float:
        """Speed of the observer: as given, else by its kind. [km/h]"""
        return self.speed_kmh or PACE_KMH[self.by]

    @property
    def width_km(self) -> float:
        """Width of the strip seen at one pass: as given, else by the kind of observer. [km]"""
        return self.swath_km or WIDTH_KM[self.by]


class Removed(Model):
    """Parts that a plan removes from its base plan."""

    stations: tuple[StationRef, ...] = ()
    """Stations, with their units."""
    units: tuple[UnitRef, ...] = ()
    """Units, by the id they are written with."""
    staging_areas: tuple[StagingRef, ...] = ()
    """Staging areas."""
    waves: tuple[str, ...] = ()
    """Waves."""
    recon: tuple[str, ...] = ()
    """Reconnaissance."""


class PlanSpec(Model):
    """A plan as it is written: complete, or what differs from another plan."""

    id: EntityId
    """Short name, unique in the scenario."""
    title: Text | None = None
    """Name for people."""
    description: Text | None = None
    """What this plan is about."""
    based_on: PlanRef | None = None
    """Plan that this one changes. Stations, units, staging areas and waves of the same id are changed, others added;
    a wave and a reconnaissance are written whole."""
    removed: Removed = Removed()
    """Parts of the base plan that are removed."""
    stations: Annotated[tuple[StationSpec, ...], Field(max_length=MOST)] = ()
    """Stations and their units."""
    staging_areas: Annotated[tuple[StagingArea, ...], Field(max_length=MOST)] = ()
    """Places that the plan opens."""
    waves: Annotated[tuple[Wave, ...], Field(max_length=MOST)] = ()
    """Mobilisation waves."""
    recon: Annotated[tuple[Recon, ...], Field(max_length=200)] = ()
    """Reconnaissance."""
    dispatch: AnyPolicy | None = None
    """Which free unit answers; ``{kind: nearest}`` if no plan says anything."""
    alarm_handling: Duration | None = None
    """From the call until units can be sent."""
    forces: dict[ForceName, Force] | None = None
    """Rules of a kind of force, in place of the built-in ones."""
    night: Night | None = None
    """When night turnout times hold."""
    speeds: HeavyVehicleSpeed | None = None
    """How fast units drive."""
    march: MarchRules | None = None
    """Rules of a column on the march."""
    acclimatisation: Acclimatisation | None = None
    """When crews from lower ground work slower."""


class Unit(Model):
    """A unit of a complete plan."""

    id: str
    """Short name, unique in the plan."""
    title: Text
    station: str
    """Station where it stands."""
    node: str
    """Place of that station."""
    district: str | None
    """District it answers for; None for that of its place."""
    force: ForceName
    capabilities: Capabilities
    crew: Count
    """People on duty."""
    establishment: Count
    """People it should have."""
    vehicles: Positive
    by_wave_only: bool
    turnout: Duration | None
    carries: Supplies = Field(default_factory=dict)
    protection: Protection | None = None
    """What its people wear; None for that of its kind of force."""
    team: TeamName | None = None
    self_sufficient_s: Seconds | None = None
    """How long it lives on its own supplies away from its station; None for ever."""
    acclimatised: bool | None = None
    """Whether its people are used to great heights; None if the height of its station decides."""


class Station(Model):
    """A station of a complete plan."""

    id: str
    title: Text
    node: str
    force: ForceName
    district: str | None


class Plan(Model):
    """A complete plan: every inherited and default value filled in.

    Life: :func:`drillsim.scenario.plan_inheritance.resolve` makes it from a :class:`PlanSpec`; runs and tables read
    it. It never changes.
    """

    id: str
    title: Text
    description: Text | None = None
    stations: tuple[Station, ...]
    units: tuple[Unit, ...]
    """All units, in the order in which they are written."""
    staging_areas: tuple[StagingArea, ...] = ()
    waves: tuple[Wave, ...] = ()
    """Waves, with the ids of single units."""
    recon: tuple[Recon, ...] = ()
    dispatch: AnyPolicy
    alarm_handling: Duration = Duration(p90_s=64, cv=0.5)
    """NFPA 1710: call processing 64 s in 90 % of cases; the spread is an assumption."""
    forces: dict[ForceName, Force] = Field(default_factory=dict)
    night: Night = Night()
    speeds: HeavyVehicleSpeed = HeavyVehicleSpeed()
    march: MarchRules = MarchRules()
    acclimatisation: Acclimatisation = Acclimatisation()

    def force_of(self, unit: Unit) -> Force:
        """Return the rules that hold for a unit."""
        return self.forces.get(unit.force) or FORCES[unit.force]

    def digest(self) -> str:
        """Return a SHA-256 digest of everything in the plan."""
        return sha256(self.model_dump_json().encode()).hexdigest()
