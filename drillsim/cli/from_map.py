"""``drillsim new --from city.osm.pbf``: a scenario that runs, from what a map says of the city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from drillsim.cli.words import say
from drillsim.roads import HeavyVehicleSpeed, RoadNetwork, Snap, snap
from drillsim.roads.reach import Reach
from drillsim.saving import as_yaml
from drillsim.shown import printable

MOST_STATIONS: Final = 60
MOST_PLACES: Final = 40
"""Places that everyday calls come from; the largest settlements, or places spread over the network."""
CALLS_PER_HOUR: Final = 0.5
"""Everyday calls (assumption, to be changed)."""
MOST_NAME: Final = 80
"""Characters of a name."""
ENGINE: Final = {"crew": 6, "establishment": 6, "capabilities": ["fire_attack", "water_supply", "rescue"]}
RESCUE: Final = {"crew": 4, "establishment": 6, "capabilities": ["rescue", "ladder"]}


@dataclass(frozen=True, slots=True)
class Found:
    """A point of the map, and the place of the network that stands for it."""

    point: Any
    snap: Snap


def with_names(network: RoadNetwork, points: Sequence[Any]) -> RoadNetwork:
    """Return the network with its places called after the settlements that stand there, the largest first."""
    columns = network.place_columns
    names = {key: columns[key].to_pylist() for key in ("name_zh", "name_en")}
    settlements = sorted(
        (point for point in points if point.kind == "settlement" and point.name),
        key=lambda point: (-(point.population or 0), point.id),
    )
    called: set[int] = set()
    for point in settlements:
        found = snap(network, point.lat, point.lon)
        row = network.place_ids.row(found.place)
        if not found.far and row not in called:
            called.add(row)
            names["name_zh"][row] = printable(point.tags.get("name:zh", point.name), MOST_NAME)
            names["name_en"][row] = printable(point.tags.get("name:en", point.name), MOST_NAME)
    for key, values in names.items():
        at = columns.schema.get_field_index(key)
        columns = columns.set_column(at, columns.schema.field(at), pa.array(values, columns.schema.field(at).type))
    return RoadNetwork.from_columns(network.id, columns, network.section_columns)


def scenario_data(name: str, roads: str, network: RoadNetwork, points: Sequence[Any], lang: str) -> dict[str, Any]:
    """Return what the scenario file says.

    Parameters
    ----------
    name
        Id of the scenario.
    roads
        Name of its network file.
    points
        Stations, buildings, settlements … of the map.
    """
    by_kind: dict[str, list[Found]] = {}
    for point in points:
        by_kind.setdefault(point.kind, []).append(Found(point, snap(network, point.lat, point.lon)))
    stations = by_kind.get("fire_station", [])[:MOST_STATIONS] or [_middle(network, by_kind, lang)]
    first = [_station(i, found, lang) for i, found in enumerate(stations, start=1)]
    weights = _weights(network, by_kind)
    farthest = _farthest(network, [found.snap.place for found in stations], list(weights))
    return {
        "drillsim": 1,
        "id": name,
        "title": {"en": f"Everyday calls and two fires: {name}", "zh": f"日常警情与两起火灾：{name}"},
        "startex": "2026-03-02 08:00",
        "ends_at_s": "24 h",
        "roads": roads,
        "incidents": [*_fires(by_kind), _demand(weights)],
        "objectives": [
            {"id": "first-arrival", "title": {"en": "First unit within 10 minutes", "zh": "10分钟内首个力量到场"},
             "metric": "first_arrival_s", "limit": "10 min", "share": 0.9},
        ],
        "assumptions": [
            {"en": "Crews, vehicles and calls are examples; the map does not tell them.",
             "zh": "人员、车辆和警情为示例，地图未提供。"},
        ],
        "plans": [
            {"id": "today", "title": {"en": "Stations of the map", "zh": "地图所示消防站"}, "stations": first},
            {"id": "one-more", "title": {"en": "One more crew where help comes last", "zh": "在到达最慢处增设一组力量"},
             "based_on": "today",
             "stations": [{"id": "new-station", "title": {"en": "New station", "zh": "新增站"}, "node": farthest,
                           "units": [{"id": "engine-new", **ENGINE}]}]},
        ],
    }  # fmt: skip


def _station(i: int, found: Found, lang: str) -> dict[str, Any]:
    return {
        "id": f"station-{i}",
        "title": station_name(i, found, lang),
        "node": found.snap.place,
        "units": [{"id": f"engine-{i}", **ENGINE}, {"id": f"rescue-{i}", **RESCUE}],
    }


def station_name(i: int, found: Found, lang: str) -> str:
    """Return what the i-th station is called: its name on the map, else its number."""
    return printable(found.point.name, 80) or f"{say('station', lang)} {i}"


@dataclass(frozen=True, slots=True)
class _Assumed:
    """A point that no map tells."""

    name: str
    lat: float
    lon: float


def _middle(network: RoadNetwork, by_kind: Mapping[str, list[Found]], lang: str) -> Found:
    """Return where the only station is taken to stand: the largest settlement, else the middle of the network."""
    settlements = by_kind.get("settlement", [])
    if settlements:
        found = max(settlements, key=lambda f: (f.point.population or 0, f.point.id))
        return Found(
            _Assumed(f"{found.point.name} ({say('assumed', lang)})", found.snap.lat, found.snap.lon), found.snap
        )
    rows = np.flatnonzero(network.parts == 0)
    lat, lon = (network.place_columns[c].to_numpy()[rows] for c in ("lat", "lon"))
    point = _Assumed(say("assumed", lang), float(np.median(lat)), float(np.median(lon)))
    return Found(point, snap(network, point.lat, point.lon))


def _farthest(network: RoadNetwork, stations: list[str], places: Sequence[str]) -> str:
    """Return which of the places is reached last."""
    times_s = Reach(network, HeavyVehicleSpeed().section_s(network)).between(stations, places).min(axis=0)
    return places[int(np.argmax(np.where(np.isfinite(times_s), times_s, -1.0)))]


def _fires(by_kind: Mapping[str, list[Found]]) -> list[dict[str, Any]]:
    fires = []
    high = by_kind.get("high_building", [])
    if high:
        found = max(high, key=lambda f: (f.point.levels or 0, f.point.height_m or 0.0, f.point.id))
        fires.append(
            _fire("high-rise", found, {"en": "Fire in a high building", "zh": "高层建筑火灾"}, "1 h", 12, "20 h")
        )
    works = by_kind.get("industrial", [])
    if works:
        found = max(works, key=lambda f: (f.point.area_m2 or 0.0, f.point.id))
        fires.append(_fire("works", found, {"en": "Fire in an industrial area", "zh": "工业区火灾"}, "6 h", 8, "12 h"))
    return fires


def _fire(name: str, found: Found, title: dict[str, str], at: str, crew: int, work: str) -> dict[str, Any]:
    attack = {
        "id": "attack", "title": {"en": "Attack the fire", "zh": "灭火"}, "capabilities": ["fire_attack"],
        "min_crew": 4, "useful_crew": crew, "work": {"mean_s": work, "cv": 0.3}, "danger": True,
    }  # fmt: skip
    search = {
        "id": "search", "title": {"en": "Search for people", "zh": "搜救人员"}, "capabilities": ["rescue"],
        "min_crew": 2, "useful_crew": 6, "work": "4 h", "danger": True,
    }  # fmt: skip
    return {
        "id": name, "title": title, "type": "building_fire", "node": found.snap.place, "starts_at_s": at, "priority": 1,
        "discovery": "3 min", "report": "2 min", "needs": {"fire_attack": 2, "rescue": 1}, "tasks": [attack, search],
    }  # fmt: skip


def _demand(weights: Mapping[str, float]) -> dict[str, Any]:
    call = [{"id": "handle", "capabilities": ["fire_attack"], "min_crew": 4, "work": {"mean_s": "3 h", "cv": 0.5}}]
    crash = [{"id": "free", "capabilities": ["rescue"], "min_crew": 2, "work": {"mean_s": "1 h 30 min", "cv": 0.5}}]
    return {
        "kind": "demand", "id": "everyday", "calls_per_hour": CALLS_PER_HOUR, "until_s": "20 h",
        "places": dict(weights),
        "calls": [
            {"type": "building_fire", "weight": 1, "tasks": call},
            {"type": "road_crash", "weight": 2, "tasks": crash},
        ],
    }  # fmt: skip


def _weights(network: RoadNetwork, by_kind: Mapping[str, list[Found]]) -> dict[str, float]:
    """Return the places of everyday calls with their weights: people of settlements, else places spread out."""
    largest = sorted(by_kind.get("settlement", []), key=lambda f: (-(f.point.population or 0), f.point.id))
    weights: dict[str, float] = {}
    for found in largest[:MOST_PLACES]:
        weights[found.snap.place] = weights.get(found.snap.place, 0.0) + float(found.point.population or 1000)
    if weights:
        return weights
    rows = np.flatnonzero(network.parts == 0)
    spread = rows[np.linspace(0, len(rows) - 1, min(MOST_PLACES, len(rows))).astype(int)]
    return dict.fromkeys(network.place_ids.names(np.unique(spread)), 1.0)


def distances(network: RoadNetwork, points: Sequence[Any]) -> list[Found]:
    """Return the fire stations with the place of the network that stands for each."""
    stations = [point for point in points if point.kind == "fire_station"]
    return [Found(point, snap(network, point.lat, point.lon)) for point in stations[:MOST_STATIONS]]


def as_text(data: Mapping[str, Any], head: str) -> str:
    """Return the YAML of a scenario under a comment."""
    return "".join(f"# {line}\n" for line in head.splitlines()) + as_yaml(data)
