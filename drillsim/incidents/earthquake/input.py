"""What a planner says of an earthquake, and the shaking that follows from it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal, TypeAlias

import numpy as np
from pydantic import (
    BeforeValidator,
    Field,
    InstanceOf,
    PlainSerializer,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from drillsim.base.geodesy import great_circle_m
from drillsim.base.quantities import Duration, EntityId, Model, Seconds, Share, Text
from drillsim.hazards.earthquake.settlements import MOST_AT_ONE_SITE
from drillsim.hazards.earthquake_toll import MOST_PEOPLE
from drillsim.incidents.base import IncidentKind
from drillsim.incidents.earthquake.digging import Digging
from drillsim.physics.earthquake.attenuation import rupture_length_km
from drillsim.physics.earthquake.correlated_residuals import ShakingWithResiduals, draw_residuals
from drillsim.physics.earthquake.damage import CLASSES
from drillsim.physics.earthquake.shakemap import ShakeMap, ShakeMapError, load_shakemap
from drillsim.physics.earthquake.shaking import (
    YU_SITE_FACTOR,
    AttenuationLaw,
    Bssa14,
    ShakingModel,
    Source,
    Wang2000,
    Yu2013,
    distance_km,
)
from drillsim.roads import RoadNetwork, Snap, snap
from drillsim.world.references import NodeRef, unknown_reference
from drillsim.world.task import Spell
from drillsim.world.world import World

FARTHEST_KM: Final = 200.0
"""An epicentre farther than this from every place of the network is a slip of the pen (assumption)."""
Law: TypeAlias = Literal["yu2013", "wang2000", "bssa14"]
LAWS: Final[tuple[Law, ...]] = ("yu2013", "bssa14", "wang2000")
"""The attenuation laws, that of small earthquakes first."""
RUPTURE_FROM_M: Final = 6.8
"""Magnitude from which an earthquake is no point but a rupture, 37 km long there (assumption)."""


def _class(value: str) -> str:
    if value not in CLASSES:
        raise unknown_reference("building_class", value, set(CLASSES))
    return value


ClassName = Annotated[str, BeforeValidator(_class)]
Stock = Annotated[dict[ClassName, Annotated[float, Field(gt=0, le=1)]], Field(min_length=1)]
Latitude = Annotated[float, Field(ge=-90, le=90, json_schema_extra={"unit": "deg"})]
Longitude = Annotated[float, Field(ge=-180, le=180, json_schema_extra={"unit": "deg"})]


def _shakemap(value: Any) -> Any:
    if isinstance(value, Mapping):
        value = value.get("file")  # as it is written down for another process
    if not isinstance(value, str):
        return value
    try:
        return load_shakemap(value)
    except ShakeMapError as error:
        raise PydanticCustomError(error.code, "no ShakeMap", error.values) from error


ShakeMapFile = Annotated[
    InstanceOf[ShakeMap],
    BeforeValidator(_shakemap),
    PlainSerializer(lambda grid: {"file": grid.file, "digest": grid.digest}),
    WithJsonSchema({"type": "string"}),
]


class Settlement(Model):
    """A village or town: people and what they live in."""

    id: EntityId
    """Short name, unique in the earthquake."""
    title: Text | None = None
    """Name for people."""
    node: NodeRef
    """Place on the road network from which it is reached."""
    lat: Latitude | None = None
    """Where it lies; at its place on the road network if left out."""
    lon: Longitude | None = None
    """Where it lies."""
    elevation_m: Annotated[float, Field(ge=-500, le=9000, json_schema_extra={"unit": "m"})] | None = None
    """Height; that of its place on the road network if left out."""
    population: Annotated[int, Field(ge=0, le=2_000_000)]
    """People; a larger city is written by its quarters."""
    stock: Literal["rural", "urban"] | Stock | None = None
    """Building stock: ``rural``, ``urban`` or the share of people by class, ``{A1: 0.6, B: 0.4}``; by population if
    left out."""
    indoors: Share | None = None
    """Share of people indoors; by the hour if left out."""


class EarthquakeInput(IncidentKind):
    """Magnitude, place, people and everything else that can be set."""

    starts_at_s: Seconds = 0.0
    """When it strikes, after STARTEX."""
    magnitude: Annotated[float, Field(ge=4.0, le=9.0)] | None = None
    """Surface-wave magnitude Ms; that of the ShakeMap if there is one."""
    lat: Latitude | None = None
    """Epicentre; give it as lat and lon, as a place of the road network, or by a ShakeMap."""
    lon: Longitude | None = None
    """Epicentre."""
    node: NodeRef | None = None
    """Epicentre, as a place of the road network."""
    depth_km: Annotated[float, Field(ge=0, le=100, json_schema_extra={"unit": "km"})] = 10.0
    """Depth in a catalogue; for ``yu2013``."""
    strike_deg: Annotated[float, Field(ge=0, lt=360, json_schema_extra={"unit": "deg"})] = 0.0
    """Azimuth of the long axis, or of the rupture: the way it runs, if it runs one way."""
    attenuation: Law | Literal["auto"] = "auto"
    """Law of the shaking; ``auto`` is ``yu2013``, a point, below magnitude 6.8, then ``bssa14``, a rupture."""
    mechanism: Literal["SS", "RS", "NS", "U"] = "SS"
    """Strike-slip, reverse, normal, unknown; for ``bssa14``."""
    vs30_ms: Annotated[float, Field(ge=150, le=1500, json_schema_extra={"unit": "m/s"})] = 500.0
    """Shear-wave velocity of the upper 30 m; for ``bssa14``."""
    site_factor: Annotated[float, Field(gt=0, le=5)] = YU_SITE_FACTOR
    """Soil over rock; for ``yu2013``."""
    rupture_km: Annotated[float, Field(ge=0, le=1000, json_schema_extra={"unit": "km"})] | None = None
    """Length of the rupture; by magnitude if left out. It spreads aftershocks, and the shaking of ``bssa14``."""
    rupture_begins: Share = 0.5
    """Share of the rupture behind the epicentre, seen along the strike: 0 runs one way from it, 0.5 both ways alike."""
    shakemap: ShakeMapFile | None = None
    """File ``grid.xml`` of a ShakeMap, from the folder of this file, in place of an attenuation law."""
    luck: bool = True
    """Whether chance makes it shake more or less than the law, alike for places that lie close together."""
    settlements: Annotated[tuple[Settlement, ...], Field(max_length=5000)] | None = None
    """Villages and towns; all places of the road network with population if left out."""
    people_per_site: Annotated[int, Field(ge=1, le=MOST_AT_ONE_SITE)] = 8
    """People trapped at one worksite, about (assumption)."""
    most_sites: Annotated[int, Field(ge=3, le=1000)] = 40
    """Worksites in one settlement at most; they are larger where more people are trapped, up to 250 people each."""
    survival_h: Annotated[float, Field(gt=0, le=200, json_schema_extra={"unit": "h"})] | None = None
    """How long the trapped live in mild weather: after this time 37 % of them do, if nobody frees them. Drawn anew for
    each replication if left out, between 32 h (Kobe 1995) and 54 h (Tangshan 1976)."""
    survival_scale: Annotated[float, Field(gt=0, le=2)] | None = None
    """Factor on it; by temperature if left out: 1 from 0 °C on, 0.5 from -10 °C down (assumption)."""
    digging: Digging = Digging()
    """What is assumed of the work to free people, and of neighbours who dig."""
    spell: Spell | None = Spell(work_s=14_400.0, rest_s=14_400.0)
    """Shift of the people who dig: half of them work at a time (assumption)."""
    report: Duration = Duration(median_s=1200.0, cv=0.7)
    """From the shaking until a worksite is reported, where lines hold (assumption)."""
    lines_down: Share = 0.5
    """Chance that the lines of a settlement with intensity VIII or more are down (assumption)."""
    lines_back: Duration = Duration(median_s=21_600.0, cv=0.5)
    """From the shaking until lines are back or somebody has brought word (assumption)."""
    roads_break: bool = True
    """Whether it closes roads, and the tracks from them to settlements."""
    relief_m: Annotated[float, Field(ge=0, le=9000, json_schema_extra={"unit": "m"})] = 150.0
    """Road sections that climb this much run below slopes that can slide (assumption)."""
    slope_safety: Annotated[float, Field(gt=1, le=5)] = 1.5
    """Static factor of safety of slopes above roads (assumption); less after rain."""
    road_patrol: Duration = Duration(median_s=10_800.0, cv=0.7)
    """From a road's closing until somebody reports it who is not of the service (assumption)."""
    aftershocks: bool = True
    """Whether aftershocks follow."""
    halts_from: Annotated[float, Field(ge=3, le=9)] = 5.0
    """Magnitude from which an aftershock halts work inside (assumption)."""
    halts_s: Seconds = 2700.0
    """For how long: 30 to 60 min (assumption)."""

    @model_validator(mode="after")
    def _has_a_source(self, info: ValidationInfo) -> EarthquakeInput:
        ways = [self.shakemap is not None, self.lat is not None and self.lon is not None, self.node is not None]
        if sum(ways) != 1 or (self.lat is None) != (self.lon is None):
            raise PydanticCustomError("epicentre_ways", "give one epicentre")
        if self.magnitude is None and self.shakemap is None:
            raise PydanticCustomError("magnitude_missing", "give the magnitude")
        network = (info.context or {}).get("network")
        self._not_too_many(network)
        if isinstance(network, RoadNetwork):
            if self.node is None:
                self._near(network)
            _on_the_map(self.settlements or (), network)
        names = [s.id for s in self.settlements or ()]
        for name in names:
            if names.count(name) > 1:
                raise PydanticCustomError("duplicate_id", "twice", {"name": name})
        return self

    def _not_too_many(self, network: Any) -> None:
        """Refuse more people than a toll can count."""
        people = sum(s.population for s in self.settlements or ())
        if self.settlements is None and isinstance(network, RoadNetwork):
            people = sum(place.population or 0 for place in network.places.values())
        if people > MOST_PEOPLE:
            below = ("settlements",) if self.settlements else ()
            values = {"people": f"{people:,}", "most": f"{MOST_PEOPLE:,}", "below": below}
            raise PydanticCustomError("people_too_many", "too many people", values)

    def _near(self, network: RoadNetwork) -> None:
        source = self._written_source()
        lat, lon = (np.array([getattr(p, n) for p in network.places.values()], float) for n in ("lat", "lon"))
        nearest_km = float(np.min(distance_km(source.lat_deg, source.lon_deg, lat, lon), initial=math.inf))
        if nearest_km > FARTHEST_KM:
            values = {"km": round(nearest_km), "most": round(FARTHEST_KM)}
            raise PydanticCustomError("epicentre_far", "off the network", values)

    def _written_source(self) -> Source:
        if self.shakemap is not None:
            found = self.shakemap.source
            return Source(
                self.magnitude or found.magnitude, found.lat_deg, found.lon_deg, found.depth_km, self.strike_deg
            )
        return Source(self.magnitude or 0.0, self.lat or 0.0, self.lon or 0.0, self.depth_km, self.strike_deg)

    # --- shaking ---

    def source(self, lat_deg: float | None = None, lon_deg: float | None = None) -> Source:
        """Return where it is and how large; a place of the network needs the coordinates of that place."""
        written = self._written_source()
        if lat_deg is None or lon_deg is None:
            return written
        return Source(written.magnitude, lat_deg, lon_deg, self.depth_km, self.strike_deg)

    def median(self, source: Source) -> ShakingModel:
        """Return the shaking without luck."""
        return self.law(source) if self.shakemap is None else self.shakemap

    def law_of(self, source: Source) -> Law:
        """Return the name of the law that gives the shaking of a source."""
        if self.attenuation != "auto":
            return self.attenuation
        return "yu2013" if source.magnitude < RUPTURE_FROM_M else "bssa14"

    def law(self, source: Source, name: Law | None = None) -> AttenuationLaw:
        """Return the law of a source, or that of a name."""
        chosen = self.law_of(source) if name is None else name
        if chosen == "wang2000":
            return Wang2000(source)
        if chosen == "bssa14":
            return Bssa14(source, self.vs30_ms, self.mechanism, self.rupture_of(source), self.rupture_begins)
        return Yu2013(source, self.site_factor)

    def of_aftershock(self, source: Source) -> AttenuationLaw:
        """Return the law of an aftershock: by magnitude, with a rupture of its own."""
        if source.magnitude < RUPTURE_FROM_M:
            return Yu2013(source, self.site_factor)
        return Bssa14(source, self.vs30_ms, self.mechanism, rupture_length_km(source.magnitude))

    def rupture_of(self, source: Source) -> float:
        """Return the length of the rupture. [km]"""
        return rupture_length_km(source.magnitude) if self.rupture_km is None else self.rupture_km

    def source_in(self, world: World) -> Source:
        """Return where it is and how large, on the ground of *world*."""
        if self.node is None:
            return self.source()
        row = world.ground.row(self.node)
        return self.source(float(world.ground.lat_deg[row]), float(world.ground.lon_deg[row]))

    def shaking(self, world: World) -> ShakingModel:
        """Return the shaking of one replication."""
        source = self.source_in(world)
        if not self.luck or self.shakemap is not None:
            return self.median(source)
        drawn = draw_residuals(world.streams(self.id, "between"), world.streams(self.id, "within"))
        return ShakingWithResiduals(self.law(source), source, drawn)


def _on_the_map(settlements: Sequence[Settlement], network: RoadNetwork) -> None:
    """Refuse a settlement far from all roads, which would be spared without a word, or from the place that it names."""
    for i, settlement in enumerate(settlements):
        if settlement.lat is None or settlement.lon is None:
            continue
        off = snap(network, settlement.lat, settlement.lon).off_the_map
        if off is not None:
            raise PydanticCustomError("off_the_map", "off the map", {**off, "below": ("settlements", i, "lat")})
        place = network.places.get(settlement.node)
        if place is None:
            continue  # a place that does not exist is refused by its own name
        away_m = great_circle_m(place.lat, place.lon, settlement.lat, settlement.lon)
        far = Snap(settlement.node, settlement.lat, settlement.lon, away_m).off_the_map
        if far is not None:
            values = {**far, "node": settlement.node, "below": ("settlements", i, "lat")}
            raise PydanticCustomError("settlement_far", "far off", values)
