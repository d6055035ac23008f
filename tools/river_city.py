"""Write the scenario of the fictional city:  python tools/river_city.py"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from drillsim.roads import numbers
from drillsim.roads.synthetic import City, synthetic_city
from drillsim.scenario.saving import as_yaml

PLACES, SEED = 3_000, 1
OUT = Path(__file__).parents[1] / "scenarios" / "river-city.yaml"
HEAD = """\
# A fictional city in a plateau valley, for trying things out: no such place exists.
# Roads, people, buildings, stations and the chemical park come from drillsim.roads.synthetic with the seed below; this
# file is written by tools/river_city.py. Crews are those of the generator, calls are examples.
"""
FORCES = {"national_team": "国家队", "government_brigade": "政府专职队", "micro_station": "微型消防站"}


def main() -> None:
    """Write the file."""
    city = synthetic_city(PLACES, seed=SEED)
    OUT.write_text(HEAD + as_yaml(data_of(city)), encoding="utf-8")


def data_of(city: City) -> dict[str, Any]:
    """Return what the scenario file says."""
    ids = city.network.place_ids
    tower = int(np.argmax(city.buildings.storeys))
    storeys = int(city.buildings.storeys[tower])
    stations = [station(i, s, ids[s.place]) for i, s in enumerate(city.stations, start=1)]
    return {
        "drillsim": 1,
        "id": "river-city",
        "title": {"en": "A fictional river city: a tower and a chemical park", "zh": "虚构河谷市：高楼与化工园区"},
        "startex": "2026-03-02 08:00",
        "ends_at_s": "24 h",
        "roads": {"synth": PLACES, "seed": SEED},
        "weather": {"temperature_c": -4, "wind_ms": 2, "wind_from_deg": 300, "snow": "none"},
        "traffic": {
            "weekday": [
                1,
                1,
                1,
                1,
                1,
                1,
                0.9,
                0.7,
                0.6,
                0.75,
                0.85,
                0.85,
                0.8,
                0.85,
                0.85,
                0.85,
                0.8,
                0.65,
                0.6,
                0.75,
                0.9,
                0.95,
                1,
                1,
            ]
        },
        "incidents": [
            fire(
                "tower",
                f"{storeys}-storey building on fire",
                f"{storeys}层高楼火灾",
                ids[city.buildings.place[tower]],
                "30 min",
                24,
                "16 h",
            ),
            fire(
                "park",
                "Tank on fire in the chemical park",
                "化工园区储罐火灾",
                city.chemical_park.places[0],
                "5 h",
                30,
                "40 h",
            ),
            everyday(city),
        ],
        "objectives": [
            {
                "id": "first-arrival",
                "title": {"en": "First unit within 8 minutes", "zh": "8分钟内首个力量到场"},
                "metric": "first_arrival_s",
                "limit": "8 min",
                "share": 0.9,
            }
        ],
        "assumptions": [
            {
                "en": "The city is fictional; traffic factors, crews and calls are examples.",
                "zh": "城市为虚构；交通系数、人员和警情均为示例。",
            }
        ],
        "plans": [
            {
                "id": "today",
                "title": {"en": "Stations as they stand", "zh": "现有布局"},
                "dispatch": {"kind": "priority"},
                "stations": stations,
            },
            {
                "id": "brigade-at-park",
                "title": {"en": "A works brigade in the park", "zh": "园区设企业专职队"},
                "based_on": "today",
                "stations": [brigade(city.chemical_park.places[len(city.chemical_park.places) // 2])],
            },
        ],
    }


def station(i: int, found: Any, node: str) -> dict[str, Any]:
    """Return one station with units of about six people."""
    engines = max(1, found.crew // 6)
    named = {"en": f"Station {i} engine", "zh": f"{i}号站消防车"}
    unit = {"id": f"engine-{i}", "title": named, "crew": found.crew // engines, "count": engines, "vehicles": 1}
    skills = ["fire_attack"] if found.force == "micro_station" else ["fire_attack", "rescue", "water_supply"]
    return {
        "id": f"station-{i}",
        "title": {"en": f"Station {i}", "zh": f"{i}号站（{FORCES[found.force]}）"},
        "node": node,
        "force": found.force,
        "units": [unit | {"capabilities": skills}],
    }


def brigade(node: str) -> dict[str, Any]:
    """Return the station of a works brigade."""
    named = {"en": "Works engine", "zh": "园区消防车"}
    unit = {"id": "engine-park", "title": named, "crew": 6, "count": 2, "capabilities": ["fire_attack", "rescue"]}
    title = {"en": "Works brigade", "zh": "园区企业专职消防队"}
    return {"id": "station-park", "title": title, "node": node, "force": "enterprise_brigade", "units": [unit]}


def fire(name: str, en: str, zh: str, node: str, at: str, crew: int, work: str) -> dict[str, Any]:
    """Return a large fire."""
    return {
        "id": name,
        "title": {"en": en, "zh": zh},
        "type": "building_fire",
        "node": node,
        "starts_at_s": at,
        "priority": 1,
        "discovery": "3 min",
        "report": "2 min",
        "needs": {"fire_attack": 3, "rescue": 1},
        "tasks": [
            {
                "id": "search",
                "title": {"en": "Search and rescue", "zh": "搜救"},
                "capabilities": ["rescue"],
                "min_crew": 4,
                "useful_crew": 8,
                "work": {"mean_s": "4 h", "cv": 0.4},
                "danger": True,
            },
            {
                "id": "attack",
                "title": {"en": "Attack the fire", "zh": "灭火"},
                "capabilities": ["fire_attack"],
                "min_crew": 4,
                "useful_crew": crew,
                "work": {"mean_s": work, "cv": 0.4},
                "danger": True,
            },
        ],
    }


def everyday(city: City) -> dict[str, Any]:
    """Return calls at random from the forty places with most people."""
    people = numbers(city.network.place_columns["population"])
    most = np.argsort(-people, kind="stable")[:40]
    places = {city.network.place_ids[int(row)]: float(people[row]) for row in most}
    crew = {"min_crew": 4, "useful_crew": 8}
    return {
        "kind": "demand",
        "id": "everyday",
        "calls_per_hour": 1.0,
        "until_s": "22 h",
        "places": places,
        "calls": [
            {
                "type": "building_fire",
                "weight": 1,
                "priority": 2,
                "tasks": [
                    {"id": "attack", "capabilities": ["fire_attack"], "work": {"mean_s": "3 h", "cv": 0.6}, **crew}
                ],
            },
            {
                "type": "road_crash",
                "weight": 1,
                "priority": 2,
                "tasks": [{"id": "cut-free", "capabilities": ["rescue"], "work": {"mean_s": "2 h", "cv": 0.6}, **crew}],
            },
        ],
    }


if __name__ == "__main__":
    main()
