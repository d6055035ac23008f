"""The course of one earthquake in one replication: worksites, closed roads, aftershocks, toll."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from drillsim.base import portable
from drillsim.base.quantities import LONGEST_S, Duration, Text
from drillsim.hazards import Hazard
from drillsim.hazards.broken_roads import CLEAR, BlockedSection, BrokenRoads
from drillsim.hazards.collapsed_site import CollapsedSite, TrappedPerson
from drillsim.hazards.earthquake.road_breaks import BELOW_SLOPES, Break, of_shocks, sections_near
from drillsim.hazards.earthquake.settlements import Shaken, Site, access_s, shake
from drillsim.hazards.earthquake_toll import STATES, EarthquakeToll, StrongAftershock
from drillsim.incidents.base import Incident, Occurrence, Task
from drillsim.incidents.earthquake.input import RUPTURE_FROM_M, EarthquakeInput, Settlement
from drillsim.incidents.earthquake.people import name_of, settlements_of, stock_of, where
from drillsim.physics.earthquake.aftershocks import Aftershock, draw_aftershocks
from drillsim.physics.earthquake.attenuation import Array
from drillsim.physics.earthquake.casualties import cold_scale, survival_scale_s
from drillsim.physics.earthquake.damage import indoors
from drillsim.physics.earthquake.road_damage import (
    BYPASS_WORK_S,
    clearing_work_s,
    critical_acceleration_ms2,
    slides_per_km,
)
from drillsim.physics.earthquake.shakemap import ShakeMap
from drillsim.physics.earthquake.shaking import ShakingModel, distance_km
from drillsim.world.advisory import Advisory
from drillsim.world.world import World

LINES_DOWN_FROM: Final = 8.0
"""Intensity from which lines may be down (assumption)."""
YU2013_FROM_M: Final = 5.6
"""Magnitude of the smallest isoseismal map that yu2013 was set on (derived on docs/validation/earthquake.md)."""
BSSA14_TO_M: Final[Mapping[str, float]] = {"SS": 8.5, "RS": 8.5, "NS": 7.0, "U": 8.5}
"""Largest magnitude by mechanism that BSSA14 is for. Source: Boore et al. 2014."""
WANG2000_FROM_M: Final = 6.3
"""Magnitude below which the areas of wang2000 are too small (derived there)."""
WANG2000_TO_M: Final = 8.5
"""Largest magnitude that wang2000 is for (knowledge)."""
MOST_NAMED: Final = 10
"""Settlements outside a ShakeMap that are named (numerical bound)."""
COARSE_KM: Final = 10.0
"""Distance of grid points from which on strong shaking may lie between them (assumption). [km]"""
ROAD_FACTOR: Final = 1.3
"""Length of a track over that of the straight line (assumption)."""
MAKES: Final[Mapping[str, tuple[str, int, Text, str]]] = {
    "adobe": ("rescue", 4, Text(en="Collapsed earth and timber houses", zh="土木房屋倒塌"), "collapse_adobe"),
    "brick": ("usar", 6, Text(en="Collapsed brick buildings", zh="砖混房屋倒塌"), "collapse_masonry"),
    "concrete": ("usar_heavy", 8, Text(en="Collapsed concrete buildings", zh="框架结构倒塌"), "collapse_frame"),
}
"""By make of the rubble: capability that digging takes, least crew (assumption), title, type of incident."""


class Course:
    """One earthquake on one ground: everything drawn from its streams."""

    def __init__(self, quake: EarthquakeInput, world: World) -> None:
        self.quake, self.world, self.ground = quake, world, world.ground
        self.source = quake.source_in(world)
        self.model = quake.shaking(world)
        self.settlements = settlements_of(quake, world.ground)
        self.shocks = self._aftershocks()
        self.halts = tuple(self._halts())
        drawn = world.streams(quake.id, "survival").random()
        self.survival_h = survival_scale_s(drawn) / 3600.0 if quake.survival_h is None else quake.survival_h
        self.toll = dict.fromkeys(STATES, 0)
        self.lines_down: dict[str, float] = {}
        self.on_foot = 0
        self.uncovered: list[str] = []

    def occurrence(self) -> Occurrence:
        """Return everything that the earthquake brings about."""
        sites = list(self._worksites())
        roads = self._roads() if self.quake.roads_break else []
        hazards: list[Hazard] = [hazard for _, hazard in sites]
        hazards += [self._broken(roads)] if roads else []
        hazards.append(self._toll())
        incidents = [incident for incident, _ in sites]
        incidents += [self._clearing(n, t_s, found) for n, (t_s, found) in enumerate(roads)]
        return Occurrence(tuple(incidents), tuple(hazards), tuple(self._advisories()))

    def _draw_s(self, duration: Duration, *name: str) -> float:
        """Return a drawn time, at most the longest that can be written, which is after every ENDEX. [s]"""
        return min(duration.draw(self.world.streams.once(self.quake.id, *name)), LONGEST_S - self.quake.starts_at_s)

    # --- settlements ---

    def _worksites(self) -> Iterator[tuple[Incident, CollapsedSite]]:
        quake, world = self.quake, self.world
        rows, lat, lon = where(self.settlements, self.ground)
        motion = self.model.at(lat, lon)
        self._note_uncovered(lat, lon)
        track_km = ROAD_FACTOR * distance_km(self.ground.lat_deg[rows], self.ground.lon_deg[rows], lat, lon)
        cold = cold_scale(world.weather.temperature_c) if quake.survival_scale is None else quake.survival_scale
        hour = world.hour(quake.starts_at_s)
        for i, settlement in enumerate(self.settlements):
            found = shake(
                settlement.population, stock_of(settlement), float(motion.intensity[i]),
                indoors(hour) if settlement.indoors is None else settlement.indoors,
                world.streams, (quake.id, settlement.id), scale_s=cold * self.survival_h * 3600.0,
                people_per_site=quake.people_per_site, most_sites=quake.most_sites, work=quake.digging.work,
                neighbours=quake.digging.neighbours,
            )  # fmt: skip
            for state, people in found.toll.items():
                self.toll[state] += people
            yield from self._of_settlement(settlement, found, motion.intensity[i], motion.pga_ms2[i], track_km[i])

    def _note_uncovered(self, lat: Array, lon: Array) -> None:
        """Note the settlements that a ShakeMap does not reach."""
        grid = self.quake.shakemap
        if grid is not None:
            covered = grid.covers(lat, lon).tolist()
            self.uncovered = [name_of(s) for s, known in zip(self.settlements, covered, strict=True) if not known]

    def _of_settlement(
        self, settlement: Settlement, found: Shaken, intensity: float, pga_ms2: float, track_km: float
    ) -> Iterator[tuple[Incident, CollapsedSite]]:
        quake = self.quake
        luck = self.world.streams(quake.id, settlement.id, "lines").random(2)
        report_s = 0.0
        if intensity >= LINES_DOWN_FROM and luck[0] < quake.lines_down:
            report_s = self._draw_s(quake.lines_back, settlement.id, "lines-back")
            until_s = quake.starts_at_s + report_s
            self.lines_down[settlement.node] = max(until_s, self.lines_down.get(settlement.node, 0.0))
        node_m = float(self.ground.elevation_m[self.ground.row(settlement.node)])
        climb_m = 0.0 if settlement.elevation_m is None else settlement.elevation_m - node_m
        critical = critical_acceleration_ms2(quake.slope_safety)
        slides = float(slides_per_km(np.array([pga_ms2]), critical)[0]) * BELOW_SLOPES * track_km
        blocked = quake.roads_break and bool(luck[1] < -portable.expm1(-slides))
        self.on_foot += blocked
        approach_s = access_s(track_km, climb_m, blocked=blocked)
        for n, site in enumerate(found.sites, start=1):
            name = f"{quake.id}-{settlement.id}-{n}"
            known_s = max(report_s, self._draw_s(quake.report, name, "report"))
            yield self._site(name, settlement, site, known_s, approach_s, node_m)

    def _site(
        self, name: str, settlement: Settlement, site: Site, report_s: float, approach_s: float, node_m: float
    ) -> tuple[Incident, CollapsedSite]:
        quake = self.quake
        t0_s = quake.starts_at_s
        capability, least, title, sort = MAKES[site.make]
        holes = min(len(site.trapped), 4)
        people = tuple(
            TrappedPerson.model_construct(dies_at_s=t0_s + p.dies_at_s, work_s=p.work_s, light=p.light)
            for p in site.trapped
        )
        where = settlement.title or Text(en=settlement.id, zh=settlement.id)
        hazard = CollapsedSite.model_construct(
            id=name, starts_at_s=t0_s, trapped=people, elevation_m=node_m, neighbours=site.neighbours,
            neighbour_pace=quake.digging.neighbour_pace, neighbours_from_s=t0_s + quake.digging.neighbours_from_s,
            neighbours_until_s=t0_s + quake.digging.neighbours_until_s, capability=capability, min_crew=least,
            useful_crew=10 * holes, spell=quake.spell, halts=self.halts,
        )  # fmt: skip
        triage = site.triage(10 * holes)
        search = Task(
            id="search", title=Text(en="Search and locate", zh="搜索定位"), capabilities=("search",), min_crew=4,
            useful_crew=10, work=Duration(mean_s=7200.0 + 1800.0 * len(people)),
        )  # fmt: skip
        incident = Incident.model_construct(
            id=name, node=settlement.node, starts_at_s=t0_s, type=sort, priority=triage,
            title=_site_title(where, title, len(people)),
            discovery=Duration(mean_s=0), report=Duration(mean_s=report_s), approach=Duration(mean_s=approach_s),
            locality=f"{quake.id}-{settlement.id}"[:64], tasks=(search,), needs={capability: 1}, lapses_after_s=None,
            district=None, hazard=name,
            facts={
                "trapped": float(len(people)), "asr_level": float(site.asr_level), "triage": float(triage),
                "work_h": site.work_h, "collapsed_at_s": t0_s,
            },
        )  # fmt: skip
        return incident, hazard

    # --- roads and aftershocks ---

    def _aftershocks(self) -> tuple[Aftershock, ...]:
        quake = self.quake
        until_s = self.world.ends_at_s - quake.starts_at_s
        if not quake.aftershocks or until_s <= 0:
            return ()
        rng = self.world.streams(quake.id, "aftershocks")
        length_km = quake.rupture_of(self.source)
        return draw_aftershocks(self.source, until_s, rng, length_km=length_km, begins=quake.rupture_begins)

    def _halts(self) -> Iterator[tuple[float, float]]:
        """Yield when work inside is halted, pauses that overlap as one."""
        quake = self.quake
        strong = (quake.starts_at_s + a.t_s for a in self.shocks if a.source.magnitude >= quake.halts_from)
        began_s, until_s = math.inf, -math.inf
        for t_s in strong:
            if t_s > until_s:
                if began_s < until_s:
                    yield began_s, until_s
                began_s = t_s
            until_s = t_s + quake.halts_s
        if began_s < until_s:
            yield began_s, until_s

    def _roads(self) -> list[tuple[float, Break]]:
        quake = self.quake
        shocks: list[tuple[float, ShakingModel]] = [(quake.starts_at_s, self.model)]
        shocks += [(quake.starts_at_s + a.t_s, quake.of_aftershock(a.source)) for a in self.shocks]
        near = sections_near(self.ground, self.model, quake.relief_m)
        critical = critical_acceleration_ms2(quake.slope_safety)
        return of_shocks(near, shocks, self.world.streams, quake.id, critical)

    def _road_name(self, number: int) -> str:
        return f"{self.quake.id}-road-{number + 1}"

    def _broken(self, roads: list[tuple[float, Break]]) -> BrokenRoads:
        blocked = tuple(
            BlockedSection.model_construct(
                section=found.section, from_s=t_s, cause="bridge" if found.bridges else "slide",
                incident=self._road_name(n),
            )
            for n, (t_s, found) in enumerate(roads)
        )  # fmt: skip
        villages: dict[str, int] = {}
        for settlement in self.settlements:
            villages[settlement.node] = villages.get(settlement.node, 0) + settlement.population
        return BrokenRoads.model_construct(
            id=f"{self.quake.id}-roads", starts_at_s=self.quake.starts_at_s, blocked=blocked, cleared_factor=0.5,
            villages={node: people for node, people in villages.items() if people},
        )  # fmt: skip

    def _clearing(self, number: int, t_s: float, found: Break) -> Incident:
        row = self.ground.section_ids.row(found.section)
        a, b = self.ground.section_ends[row]
        far_km = distance_km(self.source.lat_deg, self.source.lon_deg, self.ground.lat_deg, self.ground.lon_deg)
        end = int(a if far_km[a] >= far_km[b] else b)
        name, high_m = self._road_name(number), float(self.ground.elevation_m[end])
        work_s = clearing_work_s(found.volume_m3, high_m) + found.bridges * BYPASS_WORK_S
        task = Task(
            id="clear", title=Text(en="Clear the road", zh="抢通道路"), capabilities=("engineering",), min_crew=4,
            useful_crew=12 if found.slides else 30, work=Duration(mean_s=max(work_s, 60.0)), danger=True,
            intervention=CLEAR,
        )  # fmt: skip
        what = (f"{found.slides} slide(s)", f"{found.slides}处塌方") if found.slides else ("bridge lost", "桥梁损毁")
        return Incident.model_construct(
            id=name, node=self.ground.place_ids[end], starts_at_s=t_s, type="road_blocked", priority=2,
            title=Text(en=f"Road closed: {what[0]}", zh=f"道路中断：{what[1]}"), discovery=self.quake.road_patrol,
            report=Duration(mean_s=0), approach=Duration(mean_s=0), tasks=(task,), needs=None, lapses_after_s=None,
            district=None, hazard=f"{self.quake.id}-roads", section=found.section,
            facts={"volume_m3": found.volume_m3, "bridges": float(found.bridges)},
        )  # fmt: skip

    def _toll(self) -> EarthquakeToll:
        quake = self.quake
        felt = tuple(
            StrongAftershock(
                t_s=quake.starts_at_s + a.t_s, magnitude=round(a.source.magnitude, 1),
                halts_s=quake.halts_s if a.source.magnitude >= quake.halts_from else 0.0,
            )
            for a in self.shocks
        )  # fmt: skip
        return EarthquakeToll(
            id=f"{quake.id}-toll", starts_at_s=quake.starts_at_s, aftershocks=felt, lines_down_until_s=self.lines_down,
            villages_on_foot=self.on_foot, unhurt=self.toll["unhurt"], hurt_light=self.toll["hurt_light"],
            hurt_hospital=self.toll["hurt_hospital"], hurt_critical=self.toll["hurt_critical"],
            killed=self.toll["killed"], survival_h=self.survival_h,
        )  # fmt: skip

    def _advisories(self) -> Iterator[Advisory]:
        if self.quake.shakemap is not None:
            yield from self._of_the_map(self.quake.shakemap)
        else:
            yield from self._of_the_law()

    def _of_the_law(self) -> Iterator[Advisory]:
        quake, m, law = self.quake, self.source.magnitude, self.quake.law_of(self.source)
        if law == "yu2013" and m >= RUPTURE_FROM_M:
            yield Advisory.of("yu2013_large", magnitude=m)
        if law == "yu2013" and m < YU2013_FROM_M:
            yield Advisory.of("yu2013_small", magnitude=m)
        if law == "wang2000" and m < WANG2000_FROM_M:
            yield Advisory.of("wang2000_small", magnitude=m)
        if law == "wang2000" and m > WANG2000_TO_M:
            yield Advisory.of("wang2000_large", magnitude=m)
        if law == "bssa14" and m > (most := BSSA14_TO_M[quake.mechanism]):
            yield Advisory.of("bssa14_large", magnitude=m, most=most)
        if law == "bssa14" and quake.rupture_km is None:
            yield Advisory.of("rupture_by_magnitude", km=quake.rupture_of(self.source), begins=quake.rupture_begins)

    def _of_the_map(self, grid: ShakeMap) -> Iterator[Advisory]:
        if self.uncovered:
            more = [] if len(self.uncovered) <= MOST_NAMED else ["…"]
            names = ", ".join([*self.uncovered[:MOST_NAMED], *more])
            yield Advisory.of("shakemap_outside", n=len(self.uncovered), names=names)
        covered = grid.covers(self.ground.lat_deg, self.ground.lon_deg)
        if not covered.all():
            yield Advisory.of("shakemap_roads", n=int((~covered).sum()), total=len(covered))
        if grid.first_void:
            row, lat, lon = grid.first_void
            yield Advisory.of("shakemap_void", n=grid.voids, row=row, lat=lat, lon=lon)
        if grid.spacing_km > COARSE_KM:
            yield Advisory.of("shakemap_coarse", km=grid.spacing_km)


def _site_title(where: Text, title: Text, trapped: int) -> Text:
    return Text(en=f"{where.en}: {title.en.lower()}, {trapped} trapped", zh=f"{where.zh}：{title.zh}，被困{trapped}人")
