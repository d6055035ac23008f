"""``drillsim new``: a scenario to begin with, small and commented, or from a map of one's own city."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from string import Template
from typing import Any, Final

from drillsim.base.errors import unknown_name
from drillsim.cli.console import print_text
from drillsim.cli.from_map import (
    MOST_FAR,
    MOST_STATIONS,
    as_text,
    by_kind_of,
    named_points,
    near_roads,
    scenario_data,
    with_names,
)
from drillsim.cli.from_map_fires import ByKind, Found, name_of
from drillsim.cli.inputs import UsageError, place_name, refuse_folder
from drillsim.language import say
from drillsim.language.formatting import printable
from drillsim.roads import SUFFIX, RoadNetwork, open_network, save_network
from drillsim.scenario.example import example_file, example_kinds
from drillsim.scenario.files import load_scenario
from drillsim.scenario.saving import atomic_write

KEPT_KINDS: Final = frozenset({"fire_station", "hospital", "settlement", "industrial", "high_building"})
"""Kinds of points that become places of their own, even between two junctions: the scenario may name them."""


def main(
    lang: str, *, path: Path, source: Path | None, kind: str | None, profile: str, elevation: Path | None, force: bool
) -> None:
    """Write a starter scenario, the example of a plug-in, or a scenario made from a map."""
    if source is not None and kind is not None:
        raise UsageError(say("cli.kind_or_map", lang))
    if path.is_dir():
        raise UsageError(say("cli.is_folder", lang, path=path))
    if path.exists() and not force:
        raise UsageError(say("cli.exists", lang, path=path))
    refuse_folder(path.parent, lang)
    if kind is not None:
        atomic_write(path, example_file(_known(kind, lang), _id_of(path)))
    elif source is None:
        atomic_write(path, starter(_id_of(path), shlex.quote(str(path)), lang))
    else:
        _from_map(path, source, profile, elevation, lang, force=force)
    print_text(say("cli.wrote", lang, path=path))
    print_text(say("cli.begin", lang, path=shlex.quote(str(path))))


def _known(kind: str, lang: str) -> str:
    if kind not in example_kinds():
        raise UsageError(unknown_name("kind_plugin", kind, example_kinds(), lang))
    return kind


def _from_map(path: Path, source: Path, profile: str, elevation: Path | None, lang: str, *, force: bool) -> None:
    """Write the roads to a file beside the scenario; take stations, buildings and settlements from the map."""
    roads = path.with_suffix(SUFFIX)
    if roads.exists() and not force and roads.resolve() != source.resolve():
        raise UsageError(say("cli.exists", lang, path=roads))
    from drillsim.roads import importing

    points: tuple[Any, ...] = ()
    if source.suffix == SUFFIX and source.is_file():
        if elevation is not None:
            raise UsageError(say("cli.heights_late", lang, path=source))
        network = open_network(source)
        licence, provenance, report = str(network.provenance.get("licence") or ""), network.provenance, None
    else:
        if importing.holds_places(source):  # other formats hold roads alone
            points = importing.places_of_interest(source)
        kept = [(point.lat, point.lon) for point in points if point.kind in KEPT_KINDS]
        network, report = importing.import_roads(source, profile=profile, elevation=elevation, kept_points=kept)
        licence, provenance = report.licence, report.provenance()
        network = with_names(network, points)
    by_kind, far = near_roads(by_kind_of(network, points))
    text = as_text(
        scenario_data(_id_of(path), roads.name, network, by_kind),
        say("cli.from_map", lang, source=printable(source.name, 80), licence=licence or "–"),
    )
    if roads.resolve() != source.resolve():
        save_network(network, roads, provenance=provenance)
    atomic_write(path, text)
    load_scenario(path)
    if report is not None:
        print_text(report.text(lang))
    if "fire_station" not in by_kind:
        print_text(say("cli.no_station", lang))
        if report is None:
            print_text(say("cli.network_alone", lang))
    _print_places(network, by_kind, lang)
    _print_left_out(by_kind, far, lang)
    print_text(say("cli.wrote", lang, path=roads))


def _print_places(network: RoadNetwork, by_kind: ByKind, lang: str) -> None:
    """Print which place of the network stands for each point of the map, and how far off it is."""
    for named, found in named_points(by_kind, lang):
        key = "station_far" if found.snap.far else "station_at"
        place = printable(place_name(network, found.snap.place, lang), 100)
        print_text(say(f"cli.{key}", lang, name=named, place=place, metres=f"{found.snap.distance_m:.0f}"))


def _print_left_out(by_kind: ByKind, far: list[Found], lang: str) -> None:
    """Print what was left out of the scenario, and why."""
    for found in far[:MOST_FAR]:
        named = name_of(found.point, lang) or found.point.id
        print_text(say("cli.left_out", lang, name=named, metres=f"{found.snap.distance_m:.0f}"))
    if len(far) > MOST_FAR:
        print_text(say("cli.more_left_out", lang, n=len(far) - MOST_FAR))
    further = len(by_kind.get("fire_station", ())) - MOST_STATIONS
    if further > 0:
        print_text(say("cli.more_stations", lang, n=further, most=MOST_STATIONS))


def _id_of(path: Path) -> str:
    """Return an id made from the name of the file."""
    words = re.findall(r"[a-z0-9]+", path.stem.lower())
    name = "-".join(words)[:60].strip("-")
    return name if name[:1].isalpha() else f"scenario-{name}".strip("-")


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
"""Keys of the file's comments in the catalogue."""


def starter(scenario_id: str, path: str, lang: str) -> str:
    """Return the text of the starter scenario with comments in *lang*."""
    comments = {name: say(f"starter.{name}", lang, path=printable(path, 200)) for name in _COMMENTS}
    return _FILE.substitute(id=scenario_id, **comments)
