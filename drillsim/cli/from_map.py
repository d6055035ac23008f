"""``drillsim new --from city.osm.pbf``: a scenario that runs, from what a map says of the city."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pyarrow as pa

from drillsim.cli.from_map_fires import (
    BURNING,
    IN_FILES,
    ByKind,
    Found,
    assumptions,
    burning,
    fires,
    name_of,
    names_of,
    text,
)
from drillsim.language import say
from drillsim.roads import HeavyVehicleSpeed, RoadNetwork, numbers, snap
from drillsim.roads.reach import Reach
from drillsim.scenario.saving import as_yaml

MOST_STATIONS: Final = 60
MOST_PLACES: Final = 40
"""Places that everyday calls come from; the largest settlements, or places spread over the network."""
MOST_FAR: Final = 10
"""Settlements far from any road that are listed."""
CALLS_PER_HOUR: Final = 0.5
"""Everyday calls (assumption, to be changed)."""
MOST_OFF_M: Final = 2000.0
"""Whatever is farther from the connected network is left out: its own roads are missing (assumption). [m]"""
TITLES: Final = ("no_fire", "one_fire", "fires")
"""Titles by the number of fires: none, one, more."""
ENGINE: Final = {"crew": 6, "establishment": 6, "capabilities": ["fire_attack", "water_supply", "rescue"]}
RESCUE: Final = {"crew": 4, "establishment": 6, "capabilities": ["rescue", "ladder"]}


def with_names(network: RoadNetwork, points: Sequence[Any]) -> RoadNetwork:
    """Return the network with places named after the settlements at them, the largest first."""
    columns = network.place_columns
    names = {key: columns[key].to_pylist() for key in ("name_zh", "name_en")}
    settlements = sorted(
        (point for point in points if point.kind == "settlement" and any(names_of(point).values())),
        key=lambda point: (-(point.population or 0), point.id),
    )
    called: set[int] = set()
    for point in settlements:
        found = snap(network, point.lat, point.lon)
        row = network.place_ids.row(found.place)
        if not found.far and row not in called:
            called.add(row)
            for lang, name in names_of(point).items():
                names[f"name_{lang}"][row] = name
    for key, values in names.items():
        at = columns.schema.get_field_index(key)
        columns = columns.set_column(at, columns.schema.field(at), pa.array(values, columns.schema.field(at).type))
    return RoadNetwork.from_columns(network.id, columns, network.section_columns)


def by_kind_of(network: RoadNetwork, points: Sequence[Any]) -> ByKind:
    """Group the points of a map by kind, each with its nearest place of the network."""
    by_kind: dict[str, list[Found]] = {}
    for point in points:
        by_kind.setdefault(point.kind, []).append(Found(point, snap(network, point.lat, point.lon)))
    return by_kind


def near_roads(by_kind: ByKind) -> tuple[ByKind, list[Found]]:
    """Return what is near the connected network, and the stations and sites of fires that are not."""
    kinds = {"fire_station", *(fire.kind for fire in BURNING)}
    far = [found for kind in sorted(kinds) for found in by_kind.get(kind, ()) if found.snap.distance_m > MOST_OFF_M]
    near = {
        kind: [found for found in all_ if kind not in kinds or found.snap.distance_m <= MOST_OFF_M]
        for kind, all_ in by_kind.items()
    }
    return {kind: found for kind, found in near.items() if found}, far


def scenario_data(name: str, roads: str, network: RoadNetwork, by_kind: ByKind) -> dict[str, Any]:
    """Return the contents of the scenario file.

    Parameters
    ----------
    name
        Id of the scenario.
    roads
        Name of its network file.
    by_kind
        Stations, buildings, settlements … of the map.
    """
    of_map = by_kind.get("fire_station", [])[:MOST_STATIONS]
    stations = of_map or [_middle(network, by_kind)]
    first = [_station(i, found) for i, found in enumerate(stations, start=1)]
    burning_here = fires(by_kind)
    weights = _weights(network, by_kind)
    farthest = _farthest(network, [found.snap.place for found in stations], list(weights))
    return {
        "drillsim": 1,
        "id": name,
        "title": text(TITLES[min(len(burning_here), 2)], name=name),
        "startex": "2026-03-02 08:00",
        "ends_at_s": "24 h",
        "roads": roads,
        "incidents": [*burning_here, _demand(weights)],
        "objectives": [
            {"id": "first-arrival", "title": text("first_arrival"),
             "metric": "first_arrival_s", "limit": "10 min", "share": 0.9},
        ],
        "assumptions": [
            text("examples"),
            *([] if of_map else [text("station_assumed")]),
            *assumptions(by_kind),
        ],
        "plans": [
            {"id": "today", "title": text("stations_of_map" if of_map else "one_assumed"), "stations": first},
            {"id": "one-more", "title": text("one_more"),
             "based_on": "today",
             "stations": [{"id": "new-station", "title": text("new_station"), "node": farthest,
                           "units": [{"id": "engine-new", **ENGINE}]}]},
        ],
    }  # fmt: skip


def _station(i: int, found: Found) -> dict[str, Any]:
    return {
        "id": f"station-{i}",
        "title": {lang: station_name(i, found, lang) for lang in IN_FILES},
        "node": found.snap.place,
        "units": [{"id": f"engine-{i}", **ENGINE}, {"id": f"rescue-{i}", **RESCUE}],
    }


def station_name(i: int, found: Found, lang: str) -> str:
    """Return what the i-th station is called: its name on the map, else its number."""
    return name_of(found.point, lang) or f"{say('cli.station', lang)} {i}"


@dataclass(frozen=True, slots=True)
class _Assumed:
    """A point that is not on the map."""

    name: str
    lat: float
    lon: float
    tags: Mapping[str, str]


def _middle(network: RoadNetwork, by_kind: ByKind) -> Found:
    """Return the site assumed for the only station: the largest settlement, else the middle of the network."""
    settlements = by_kind.get("settlement", [])
    if settlements:
        found = max(settlements, key=lambda f: (f.point.population or 0, f.point.id))
        tags = {f"name:{lang}": f"{name} ({say('cli.assumed', lang)})" for lang, name in names_of(found.point).items()}
        return Found(_Assumed("", found.snap.lat, found.snap.lon, tags), found.snap)
    rows = np.flatnonzero(network.parts == 0)
    lat, lon = (network.place_columns[c].to_numpy()[rows] for c in ("lat", "lon"))
    tags = {f"name:{lang}": f"{say('cli.station', lang)} ({say('cli.assumed', lang)})" for lang in IN_FILES}
    point = _Assumed("", float(np.median(lat)), float(np.median(lon)), tags)
    return Found(point, snap(network, point.lat, point.lon))


def _farthest(network: RoadNetwork, stations: list[str], places: Sequence[str]) -> str:
    """Return the place that is reached last."""
    times_s = Reach(network, HeavyVehicleSpeed().section_s(network)).between(stations, places).min(axis=0)
    return places[int(np.argmax(np.where(np.isfinite(times_s), times_s, -1.0)))]


def _demand(weights: Mapping[str, float]) -> dict[str, Any]:
    call = [
        {
            "id": "handle",
            "title": text("put_out"),
            "capabilities": ["fire_attack"],
            "min_crew": 4,
            "work": {"mean_s": "3 h", "cv": 0.5},
        }
    ]
    crash = [
        {
            "id": "free",
            "title": text("free_people"),
            "capabilities": ["rescue"],
            "min_crew": 2,
            "work": {"mean_s": "1 h 30 min", "cv": 0.5},
        }
    ]
    return {
        "kind": "demand", "id": "everyday", "calls_per_hour": CALLS_PER_HOUR, "until_s": "20 h",
        "places": dict(weights),
        "calls": [
            {"type": "building_fire", "weight": 1, "tasks": call},
            {"type": "road_crash", "weight": 2, "tasks": crash},
        ],
    }  # fmt: skip


def _weights(network: RoadNetwork, by_kind: ByKind) -> dict[str, float]:
    """Return the weights of places of everyday calls: by population where it is known, else evenly spread."""
    weights: dict[str, float] = {}
    for found in _largest_settlements(by_kind):
        weights[found.snap.place] = weights.get(found.snap.place, 0.0) + float(found.point.population or 1000)
    if weights:
        return weights
    rows = np.flatnonzero(network.parts == 0)
    people = np.maximum(numbers(network.place_columns["population"])[rows], 0).astype(float)  # below 0: not counted
    if people.any():
        largest = np.sort(np.argsort(-people, kind="stable")[: min(MOST_PLACES, np.count_nonzero(people))])
        return dict(zip(network.place_ids.names(rows[largest]), people[largest].tolist(), strict=True))
    spread = rows[np.linspace(0, len(rows) - 1, min(MOST_PLACES, len(rows))).astype(int)]
    return dict.fromkeys(network.place_ids.names(np.unique(spread)), 1.0)


def _largest_settlements(by_kind: ByKind) -> Sequence[Found]:
    largest = sorted(by_kind.get("settlement", []), key=lambda f: (-(f.point.population or 0), f.point.id))
    return largest[:MOST_PLACES]


def named_points(by_kind: ByKind, lang: str) -> Iterator[tuple[str, Found]]:
    """Yield stations, fires, and settlements far from any road, each with its name."""
    for number, found in enumerate(by_kind.get("fire_station", [])[:MOST_STATIONS], start=1):
        yield station_name(number, found, lang), found
    for fire, found in burning(by_kind):
        yield name_of(found.point, lang) or say(f"from_map.{fire.title}", lang), found
    far = [found for found in _largest_settlements(by_kind) if found.snap.far]
    for found in far[:MOST_FAR]:
        yield name_of(found.point, lang) or found.point.id, found


def as_text(data: Mapping[str, Any], head: str) -> str:
    """Return the YAML of a scenario under a comment."""
    return "".join(f"# {line}\n" for line in head.splitlines()) + as_yaml(data)
