"""The scenario that ``drillsim new`` writes: small, commented in either language, complete in itself."""

from __future__ import annotations

from string import Template
from typing import Final

from drillsim.language import say
from drillsim.language.formatting import printable

_FILE: Final = Template("""\
# $head
# $run
drillsim: 1

id: $id
title: {en: A fire and a crash in a small town, zh: 小镇火灾与交通事故}
description:
  en: Two incidents within twenty minutes; where should the second crew stand?
  zh: 二十分钟内先后发生两起警情，第二组力量部署在哪里更好？

# $startex
startex: 2026-03-02 07:00
ends_at_s: 4 h

# $roads
roads:
  nodes:
    - {id: centre, name_zh: 县城, name_en: Centre, lat: 36.600, lon: 101.700, elevation_m: 2260}
    - {id: north, name_zh: 北镇, name_en: North, lat: 36.690, lon: 101.700, elevation_m: 2500}
    - {id: junction, name_zh: 岔口, name_en: Junction, lat: 36.600, lon: 101.810, elevation_m: 2240}
    - {id: east, name_zh: 东镇, name_en: East, lat: 36.600, lon: 101.920, elevation_m: 2200}
  edges:
    - {from: centre, to: north, road: G227, class: primary, length_km: 11, free_flow_kmh: 60}
    - {from: centre, to: junction, road: G109, class: trunk, length_km: 10.5, free_flow_kmh: 80}
    - {from: junction, to: east, road: G109, class: trunk, length_km: 10.5, free_flow_kmh: 80}
    - {from: north, to: junction, road: X201, class: secondary, length_km: 16, free_flow_kmh: 50}

# $hazards
hazards:
  - {kind: fire_growth, id: market-fire, growth: medium, peak_kw: 8000}

# $incidents
incidents:
  - id: market
    title: {en: Market on fire, zh: 市场火灾}
    type: building_fire
    node: north
    starts_at_s: 10 min
    priority: 1
    hazard: market-fire
    discovery: 3 min
    report: 1 min
    needs: {fire_attack: 1}
    tasks:
      - id: attack
        title: {en: Attack the fire, zh: 内攻灭火}
        capabilities: [fire_attack]
        min_crew: 4        # $min_crew
        useful_crew: 8
        work: {mean_s: 2 h, cv: 0.3}   # $work
        danger: true
        intervention: water_on
  - id: crash
    title: {en: Car against lorry, zh: 客货车相撞}
    type: road_crash
    node: east
    starts_at_s: 30 min
    tasks:
      - id: free
        title: {en: Free the driver, zh: 破拆救人}
        capabilities: [rescue]
        min_crew: 3
        work: 90 min

# $injects
injects:
  - id: bridge
    at_s: 20 min
    text: {en: The bridge east of the junction is down to one lane., zh: 岔口以东桥梁仅单车道通行。}
    road: {between: [junction, east], speed_factor: 0.5, reported_after_s: 5 min}

# $objectives
objectives:
  - id: first-in-20
    title: {en: First unit within 20 minutes, zh: 20分钟内首个力量到场}
    metric: first_arrival_s
    limit: 20 min

plans:
  # $plan_a
  - id: all-in-centre
    title: {en: Both crews in the centre, zh: 两组力量均驻县城}
    dispatch: {kind: nearest}
    stations:
      - id: centre
        title: {en: Centre station, zh: 县城消防救援站}
        node: centre
        units:
          - {id: engine-1, crew: 6, capabilities: [fire_attack, rescue]}
          - {id: engine-2, crew: 5, capabilities: [fire_attack, rescue]}

  # $plan_b
  - id: one-in-east
    title: {en: One crew in the east, zh: 一组力量前置东镇}
    based_on: all-in-centre
    removed: {units: [engine-2]}
    stations:
      - id: east
        title: {en: East station, zh: 东镇消防救援站}
        node: east
        units:
          - {id: engine-2, crew: 5, capabilities: [fire_attack, rescue]}
""")

_COMMENTS: Final = (
    "head",
    "run",
    "startex",
    "roads",
    "hazards",
    "incidents",
    "min_crew",
    "work",
    "injects",
    "objectives",
    "plan_a",
    "plan_b",
)
"""Comments of the file, by their key in the catalogue."""


def starter(scenario_id: str, path: str, lang: str) -> str:
    """Return the text of the starter scenario with comments in *lang*."""
    comments = {name: say(f"starter.{name}", lang, path=printable(path, 200)) for name in _COMMENTS}
    return _FILE.substitute(id=scenario_id, **comments)
