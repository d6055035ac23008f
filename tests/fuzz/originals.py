"""Good files of every kind that drillsim reads, small enough to be tried ten thousand times."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from drillsim.engine import simulate
from drillsim.metrics.outcome_files import write_outcomes
from drillsim.scenario.bundled_scenarios import find_scenario
from drillsim.scenario.example import example_file, example_kinds
from drillsim.scenario.files import read_scenario
from drillsim.study import run_batch

QUICK: Final = ("temple-fire", "energy-storage", "ammonia-cold-store", "river-city", "valley-night")
"""Shipped scenarios of which one run takes a fraction of a second."""

TOWN: Final = """\
drillsim: 1
id: town
title: {en: Town, zh: 小镇}
description: {en: A fire and a rescue on one road., zh: 一条路上的火灾与救援。}
startex: 2021-03-29 07:00
ends_at_s: 4 h
travel_time_cv: 0.2
roads:
  nodes:
    - {id: a, name_en: Alpha, name_zh: 甲, lat: 36.0, lon: 101.0, elevation_m: 2200, admin: west}
    - {id: b, name_en: Bravo, name_zh: 乙, lat: 36.1, lon: 101.0, elevation_m: 3100, admin: west}
    - {id: c, name_en: Chara, name_zh: 丙, lat: 36.2, lon: 101.1, elevation_m: 3600, admin: east}
  edges:
    - {from: a, to: b, road: G1, length_km: 12, free_flow_kmh: 80}
    - {from: b, to: c, road: G1, length_km: 16, free_flow_kmh: 60, surface: unpaved}
    - {from: a, to: c, road: S2, length_km: 40, free_flow_kmh: 60, oneway: "no"}
weather: {snow: light, wind_ms: 3, wind_from_deg: 270, temperature_c: -5}
incidents:
  - id: fire-1
    node: b
    type: building_fire
    starts_at_s: 5 min
    tasks:
      - {id: attack, capabilities: [fire_attack], min_crew: 4, useful_crew: 9, work: 1 h 30 min}
      - {id: search, capabilities: [rescue], after: [attack], work: {mean_s: 20 min, cv: 0.3}}
  - {id: crash-1, node: c, type: rescue, starts_at_s: 40 min, priority: 2, tasks: [{id: free, capabilities: [rescue], work: 30 min}]}
injects:
  - {id: slide, at_s: 30 min, text: A slide, road: {between: [b, c], speed_factor: 0, reported_after_s: 10 min}}
  - {id: snow, at_s: 1 h, text: Snow, weather: {snow: heavy}}
objectives:
  - {id: first-arrival, title: First arrival, metric: first_arrival_s, limit: 40 min, share: 0.9}
plans:
  - id: today
    title: {en: As it is, zh: 现状}
    alarm_handling: 1 min
    stations:
      - id: west
        node: a
        units:
          - {id: engine, crew: 6, capabilities: [fire_attack], count: 2, turnout: 1 min}
          - {id: rescue, crew: 4, capabilities: [rescue, fire_attack], turnout: 2 min, carries: {water_l: 2000}}
    staging_areas: [{id: front, node: b}]
    waves: [{id: wave-1, ordered_by: ground, units: [rescue], destination: front, at_s: 20 min}]
  - id: moved
    based_on: today
    stations:
      - {id: west, node: b}
"""

PLAN: Final = """\
id: mine
title: {en: Mine, zh: 我的}
based_on: today
dispatch: {kind: nearest}
alarm_handling: {mean_s: 60, cv: 0.2}
stations:
  - id: west
    node: b
    units:
      - {id: engine, crew: 6, capabilities: [fire_attack], count: 1}
      - {id: rescue, crew: 5, establishment: 6, capabilities: [rescue], vehicles: 2}
  - {id: east, node: c, units: [{id: tanker, crew: 2, capabilities: [water_supply], carries: {water_l: 8000}}]}
staging_areas: [{id: front, node: c}]
waves: [{id: wave-1, ordered_by: ground, units: [rescue], destination: front, on_incident: fire-1}]
"""

NODES: Final = """\
id,name_zh,name_en,kind,lat,lon,elevation_m,population,admin
a,甲,Alpha,town,36.0,101.0,2200,12000,west
b,乙,Bravo,village,36.1,101.0,3100,800,west
c,丙,Chara,pass,36.2,101.1,3600,0,east
"""
EDGES: Final = """\
from,to,road,length_km,free_flow_kmh,class,oneway,surface,max_elevation_m
a,b,G1,12,80,trunk,no,paved,3200
b,c,G1,16,60,secondary,no,unpaved,
a,c,S2,40,60,tertiary,yes,paved,3900
"""
OSM: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<osm version="0.6">
 <node id="1" lat="36.00" lon="101.00"/>
 <node id="2" lat="36.01" lon="101.01"><tag k="barrier" v="lift_gate"/></node>
 <node id="3" lat="36.02" lon="101.00"/>
 <node id="4" lat="36.03" lon="101.02"><tag k="amenity" v="fire_station"/><tag k="name" v="West"/></node>
 <node id="5" lat="36.01" lon="101.03"/>
 <way id="1"><nd ref="1"/><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/><tag k="maxspeed" v="80"/></way>
 <way id="2"><nd ref="3"/><nd ref="4"/><tag k="highway" v="residential"/><tag k="oneway" v="yes"/></way>
 <way id="3"><nd ref="4"/><nd ref="5"/><nd ref="1"/><tag k="highway" v="track"/><tag k="maxweight" v="12"/></way>
 <way id="4"><nd ref="3"/><nd ref="5"/><tag k="highway" v="secondary"/><tag k="access:conditional" v="no @ (Nov-Apr)"/></way>
</osm>
"""
GRAPHML: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
 <key id="d0" for="node" attr.name="y" attr.type="string"/><key id="d1" for="node" attr.name="x" attr.type="string"/>
 <key id="d2" for="edge" attr.name="length" attr.type="string"/>
 <key id="d3" for="edge" attr.name="highway" attr.type="string"/>
 <key id="d4" for="edge" attr.name="maxspeed" attr.type="string"/>
 <graph edgedefault="directed">
  <node id="1"><data key="d0">36.00</data><data key="d1">101.00</data></node>
  <node id="2"><data key="d0">36.01</data><data key="d1">101.01</data></node>
  <node id="3"><data key="d0">36.02</data><data key="d1">101.00</data></node>
  <edge source="1" target="2"><data key="d2">1500</data><data key="d3">primary</data><data key="d4">80</data></edge>
  <edge source="2" target="1"><data key="d2">1500</data><data key="d3">primary</data></edge>
  <edge source="2" target="3"><data key="d2">1600</data><data key="d3">residential</data></edge>
 </graph>
</graphml>
"""
HEIGHTS: Final = "id,elevation_m\n1,2200\n2,2300\n3,2500\n4,2250\n5,2210\n"
JOURNEYS: Final = "origin,destination,departure,seconds,siren\n" + "".join(
    f"{a},{b},2021-03-29 {hour:02d}:10,{seconds},{siren}\n"
    for hour, (a, b, seconds, siren) in enumerate(
        [("a", "b", 600, "yes"), ("b", "c", 1200, "no"), ("a", "c", 1900, "yes"), ("b", "a", 640, "no")] * 3
    )
)
KEEP: Final = "id\n2\n4\n"
SHAKEMAP: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<shakemap_grid xmlns="http://earthquake.usgs.gov/eqcenter/shakemap" event_id="x">
<event event_id="x" magnitude="6.6" depth="10" lat="36.05" lon="100.05"/>
<grid_specification lon_min="99.5" lat_min="35.5" lon_max="100.5" lat_max="36.5" nominal_lon_spacing="0.5" nominal_lat_spacing="0.5" nlon="3" nlat="3"/>
<grid_field index="1" name="LON" units="dd"/>
<grid_field index="2" name="LAT" units="dd"/>
<grid_field index="3" name="PGA" units="pctg"/>
<grid_field index="4" name="PGV" units="cms"/>
<grid_data>
99.5 36.5 10 8
100.0 36.5 12 9
100.5 36.5 10 8
99.5 36.0 40 35
100.0 36.0 60 50
100.5 36.0 40 35
99.5 35.5 10 8
100.0 35.5 12 9
100.5 35.5 10 8
</grid_data>
</shakemap_grid>
"""


def scenarios() -> Iterator[tuple[str, bytes]]:
    """Yield name and text of scenario files: the town, every plug-in's example, quick shipped ones."""
    yield "town", TOWN.encode()
    for kind in example_kinds():
        yield kind, example_file(kind, "example").encode()
    for name in QUICK:
        yield name, find_scenario(name).read_bytes()


def shaken(shakemap: str) -> str:
    """Return the example of an earthquake, shaken as a grid file says."""
    text = example_file("earthquake", "example")
    for source in ("    magnitude: 7\n", "    lat: 36\n", "    lon: 100.05\n"):
        text = text.replace(source, "", 1)
    return text.replace("- kind: earthquake\n", f"- kind: earthquake\n    shakemap: {shakemap}\n", 1)


def trace_file(folder: Path, ending: str) -> bytes:
    """Return the trace of a run of the town, as a file."""
    town = read_scenario(TOWN)
    return simulate(town, town.plan("today"), seed=1).write(folder / f"town{ending}").read_bytes()


def outcomes_file(folder: Path) -> bytes:
    """Return the outcomes of three replications of both plans of the town, as a file."""
    town = read_scenario(TOWN)
    plans = [town.plan("today"), town.plan("moved")]
    return write_outcomes(folder / "town.jsonl", run_batch(town, plans, replications=3, seed=1)).read_bytes()
