"""Write the shipped scenarios of fires in tall buildings:  python tools/high_rise_scenarios.py"""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np

from drillsim.roads.synthetic import City, synthetic_city
from drillsim.scenario.saving import as_yaml

OUT = Path(__file__).parents[1] / "scenarios"
HEAD = """\
# {what}
# Written by tools/high_rise_scenarios.py.
"""
FORCES = {"national_team": "国家队", "government_brigade": "政府专职队", "micro_station": "微型消防站"}
WORKDAY = [1.0] * 6 + [
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
    1.0,
    1.0,
]
FICTIONAL = {
    "en": "The city, its stations and its buildings are fictional; crews, kit, calls and traffic are examples.",
    "zh": "城市、站点和建筑均为虚构；人员、装备、警情和交通均为示例。",
}
ALARMS = {
    "cards": {"high_rise_fire": {"fire_attack": 5, "rescue": 2, "ladder": 1, "smoke_ventilation": 1, "medical": 1}},
    "greater": {
        "high_rise_fire": [
            {"fire_attack": 4, "logistics": 1, "smoke_ventilation": 1},
            {"fire_attack": 4, "ladder": 1},
            {"fire_attack": 4, "medical": 1},
        ]
    },
}


def main() -> None:
    """Write the four files."""
    town, city = synthetic_city(3_000, seed=1), synthetic_city(12_000, seed=1)
    write("high-rise-night", "A residential tower in a fictional plateau city, at night.", residential(town))
    write("hospital-night", "A hospital with people who cannot walk, in the same city.", hospital(town))
    write("changsha-facade-2022", "An office tower with a façade that burns: after Changsha 2022.", facade(city))
    write("jiaozhou-road-2010", "A residential tower in scaffolding that burns: after Shanghai 2010.", replay())


def write(name: str, what: str, data: dict[str, Any]) -> None:
    """Write one file."""
    (OUT / f"{name}.yaml").write_text(HEAD.format(what=what) + as_yaml({"drillsim": 1, "id": name} | data), "utf-8")


def residential(city: City) -> dict[str, Any]:
    """Return the residential tower and its plans."""
    node = tallest(city)
    base = plan("today", "Crews of five, fire lift used", "现有力量：每车5人，使用消防电梯", stations(city))
    return {
        "title": {"en": "A residential tower at night", "zh": "夜间高层住宅火灾"},
        "description": {
            "en": "Fire on floor 30 of 33 at two in the morning; the fire pump of the house is out of order.",
            "zh": "凌晨2时，33层住宅30层起火；楼内消防泵失效。",
        },
        "startex": "2026-03-03 01:50",
        "ends_at_s": "4 h",
        "roads": {"synth": 3_000, "seed": 1},
        "weather": {"temperature_c": -8, "wind_ms": 2, "wind_from_deg": 300, "snow": "none"},
        "incidents": [
            {
                "kind": "high_rise", "id": "tower", "node": node, "starts_at_s": "10 min", "floor": 30,
                "growth": "medium", "title": {"en": "Flat on fire, floor 30", "zh": "30层住户起火"},
                "discovery": {"median_s": "4 min", "cv": 0.4}, "report": "90 s",
                "tower": {"storeys": 33, "use": "dwelling", "people": 400, "floor_m2": 600, "house_pump": False},
            },
            everyday(city, 2.0, "3 h 30 min"),
        ],
        "objectives": [first(), objective("water", "Water on within 20 minutes of the call", "接警后20分钟内出水",
            "water_on_s", "20 min"), objective("lost", "Nobody is lost", "无人遇难", "people_lost", 0)],
        "assumptions": [FICTIONAL],
        "plans": [
            base,
            *(crews(n, city) for n in (3, 4, 6)),
            variant("no-fire-lift", "Stairs only", "不使用消防电梯", stations(city, lift=False)),
            variant(
                "micro-station", "A micro station in the tower", "楼内设微型消防站",
                [micro("micro-tower", node)],
            ),
            variant(
                "high-pressure-pump", "A high-pressure pump at station 1", "1号站配备高压泵消防车",
                [{"id": "station-1", "units": [pump()]}],
            ),
        ],
    }  # fmt: skip


def hospital(city: City) -> dict[str, Any]:
    """Return the hospital and its plans."""
    node = city.network.place_ids[int(city.hospitals[0])]
    return {
        "title": {"en": "A hospital at night", "zh": "夜间医院火灾"},
        "description": {
            "en": "Fire on floor 6 of 16; two in five of those inside cannot use stairs. Those next to it leave first.",
            "zh": "16层医院6层起火；楼内五分之二的人无法使用楼梯，分阶段疏散。",
        },
        "startex": "2026-03-03 03:00",
        "ends_at_s": "4 h",
        "roads": {"synth": 3_000, "seed": 1},
        "weather": {"temperature_c": -8, "wind_ms": 2, "wind_from_deg": 300, "snow": "none"},
        "incidents": [
            {
                "kind": "high_rise", "id": "ward", "node": node, "starts_at_s": "10 min", "floor": 6,
                "growth": "fast", "title": {"en": "Ward on fire, floor 6", "zh": "6层病房起火"},
                "discovery": {"median_s": "2 min", "cv": 0.4}, "report": "60 s",
                "tower": {"storeys": 16, "storey_m": 3.8, "use": "hospital", "people": 480, "floor_m2": 1500,
                          "fire_lifts": 2, "sprinklers": "failed"},
                "tactics": {"evacuation": "phased"},
            },
            everyday(city, 2.0, "3 h 30 min"),
        ],
        "objectives": [first(), objective("lost", "Nobody is lost", "无人遇难", "people_lost", 0)],
        "assumptions": [FICTIONAL],
        "plans": [
            plan("today", "Crews of five", "现有力量：每车5人", stations(city)),
            *(crews(n, city) for n in (3, 6)),
        ],
    }  # fmt: skip


def facade(city: City) -> dict[str, Any]:
    """Return the office tower after Changsha 2022: 218 m, 42 floors, call at 15:48, seventeen stations."""
    node = tallest(city)
    alarms = {
        "cards": {"high_rise_fire": {"fire_attack": 10, "ladder": 2}},
        "greater": {"high_rise_fire": [{"fire_attack": 8}, {"fire_attack": 8}, {"fire_attack": 8}]},
    }
    return {
        "title": {"en": "An office tower with a façade that burns", "zh": "可燃外墙办公塔楼火灾"},
        "description": {
            "en": "After the fire in Changsha on 16 September 2022: 218 m, 42 floors, call at 15:48, 17 stations, 36 "
            "appliances, 280 people, first arrival after 12 minutes, out at the latest 78 minutes after the call.",
            "zh": "依据2022年9月16日长沙火灾：高218米、42层，15时48分接警，17个站、36辆车、280人，12分钟首批到场，"
            "接警后至迟78分钟明火扑灭。",
        },
        "startex": "2022-09-16 15:40",
        "ends_at_s": "5 h",
        "roads": {"synth": 12_000, "seed": 1},
        "weather": {"temperature_c": 28, "wind_ms": 3, "wind_from_deg": 0, "snow": "none"},
        "traffic": {"weekday": WORKDAY},
        "incidents": [
            {
                "kind": "high_rise", "id": "office", "node": node, "starts_at_s": "4 min", "floor": 7,
                "outside": True, "title": {"en": "Façade on fire", "zh": "外墙起火"},
                "discovery": "4 min", "report": 0,
                "tower": {"storeys": 42, "storey_m": 5.2, "use": "office", "people": 700, "floor_m2": 1500,
                          "fire_lifts": 2, "sprinklers": "working", "pressurised": True, "facade": "combustible",
                          "facade_enters": 0.1},

            },
            everyday(city, 4.0, "4 h"),
        ],
        "objectives": [first(), objective("lost", "Nobody is lost", "无人遇难", "people_lost", 0)],
        "assumptions": [
            FICTIONAL,
            {"en": "It began outside on floor 7, and hardly any floor was entered (knowledge, wants checking).",
             "zh": "起火部位为7层室外，火势基本未侵入楼内（据一般了解，待核实）。"},
        ],
        "plans": [
            plan("today", "Seventeen stations", "17个站", stations(city, crew=None), alarms),
            crews(4, city) | {"dispatch": {"kind": "run_card", **alarms}},
        ],
    }  # fmt: skip


def replay() -> dict[str, Any]:
    """Return the fire of Jiaozhou Road: 28 floors, 85 m, 440 people, 25 stations, 1300 people."""
    site = {"id": "site", "name_en": "Tower", "name_zh": "大楼", "lat": 31.234, "lon": 121.434, "elevation_m": 4}
    nodes, edges = [site], []
    for i in range(25):
        angle, km = 2.4 * i, 1.5 + 0.5 * i
        nodes.append(
            {
                "id": f"s{i + 1}", "lat": round(31.234 + km * math.cos(angle) / 111.2, 5),
                "lon": round(121.434 + km * math.sin(angle) / 95.1, 5), "elevation_m": 4,
            }
        )  # fmt: skip
        edges.append({"from": "site", "to": f"s{i + 1}", "length_km": round(1.3 * km, 2), "free_flow_kmh": 50})
    units = [
        {
            "id": f"station-{i}", "title": {"en": f"Station {i}", "zh": f"{i}号站"}, "node": f"s{i}",
            "force": "national_team",
            "units": [engine(i, 13, 4), special(f"ladder-{i}", "Ladder", "举高车", ["ladder", "rescue"], 4)],
        }
        for i in range(1, 26)
    ]  # fmt: skip
    hospitals = {
        "id": "hospitals", "title": {"en": "Ambulances", "zh": "急救"}, "node": "s2", "force": "government_brigade",
        "units": [special("ambulance", "Ambulance", "救护车", ["medical"], 2, count=6),
                  special("exhaust", "Smoke fan", "排烟车", ["smoke_ventilation", "rescue"], 4, count=2),
                  special("air", "Air supply", "供气车", ["logistics"], 4, air=60, count=2)],
    }  # fmt: skip
    alarms = {
        "cards": {"high_rise_fire": {"fire_attack": 10, "ladder": 3, "smoke_ventilation": 1, "medical": 2}},
        "greater": {"high_rise_fire": [{"fire_attack": 25, "ladder": 5, "logistics": 1, "medical": 2},
                                       {"fire_attack": 30, "ladder": 5, "logistics": 1, "smoke_ventilation": 1},
                                       {"fire_attack": 30, "medical": 2}]},
    }  # fmt: skip
    return {
        "title": {
            "en": "A tower in burning scaffolding, after Jiaozhou Road 2010",
            "zh": "脚手架火灾复盘：依据2010年胶州路",
        },
        "description": {
            "en": "28 floors, 85 m, 440 people; scaffolding and foam burn from floor 10 at 14:14. Reported: below "
            "floor 20 under control after 2.2 h, below floor 14 out after 3.3 h, nearly all out after 4.3 h, out "
            "after 8.3 h.",
            "zh": "28层、85米、440人，14时14分10层脚手架起火。报道：2.2小时20层以下基本控制，"
            "3.3小时14层以下扑灭，4.3小时基本扑灭，8.3小时明火全部扑灭。",
        },
        "startex": "2010-11-15 14:14",
        "ends_at_s": "9 h",
        "roads": {"nodes": nodes, "edges": edges},
        "weather": {"temperature_c": 14, "wind_ms": 4, "wind_from_deg": 0, "snow": "none"},
        "incidents": [
            {
                "kind": "high_rise", "id": "tower", "node": "site", "starts_at_s": 0, "floor": 10, "outside": True,
                "title": {"en": "Scaffolding on fire", "zh": "脚手架起火"}, "discovery": "1 min", "report": "1 min",
                "tower": {"storeys": 28, "storey_m": 3.04, "use": "dwelling", "people": 440, "present": 0.6,
                          "floor_m2": 600, "room_m2": 300, "facade": "combustible", "facade_enters": 1.0,
                          "fire_lifts": 0, "riser": "failed", "house_pump": False},
                "tactics": {"aerial_reach_m": 30},
            }
        ],
        "objectives": [first()],
        "assumptions": [
            {
                "en": "Stations at 2 to 18 km by road; half of each floor burns; no riser; aerials reach floor 10.",
                "zh": "各站行车距离2至18公里；每层过火一半；竖管不可用；举高车射水达10层。",
            },
        ],
        "plans": [
            plan("reported", "Twenty-five stations", "25个站", [*units, hospitals], alarms),
            variant(
                "no-aerials", "Without aerials", "不含举高车",
                [{"id": f"station-{i}", "units": [{"id": f"ladder-{i}", "capabilities": ["rescue"]}]}
                 for i in range(1, 26)], base="reported",
            ),
        ],
    }  # fmt: skip


def tallest(city: City) -> str:
    """Return the place of the tallest building."""
    return city.network.place_ids[int(city.buildings.place[int(np.argmax(city.buildings.storeys))])]


def stations(city: City, *, crew: int | None = 5, lift: bool = True) -> list[dict[str, Any]]:
    """Return the stations of a city: engines, with *crew* people each or those of the city, and special units."""
    found = []
    for i, station in enumerate(city.stations, start=1):
        engines = {"national_team": 3, "government_brigade": 2, "micro_station": 1}[station.force]
        riders = crew or max(3, station.crew // engines)
        units = [engine(i, riders, engines, lift=lift, micro=station.force == "micro_station")]
        if station.force == "national_team":
            units.append(special(f"ladder-{i}", "Ladder", "举高车", ["ladder", "rescue"], 4))
            if i <= len(city.stations) // 2:
                units.append(special(f"exhaust-{i}", "Smoke fan", "排烟车", ["smoke_ventilation", "rescue"], 4))
        if i in {1, 2}:
            units.append(special(f"air-{i}", "Air supply", "供气车", ["logistics"], 3, air=40))
        named = {"en": f"Station {i}", "zh": f"{i}号站（{FORCES[station.force]}）"}
        node = city.network.place_ids[station.place]
        found.append({"id": f"station-{i}", "title": named, "node": node, "force": station.force, "units": units})
    hospital_at = city.network.place_ids[int(city.hospitals[0])]
    ambulances = special("ambulance", "Ambulance", "救护车", ["medical"], 2, count=4)
    title = {"en": "Ambulances", "zh": "急救站"}
    found.append({"id": "ambulances", "title": title, "node": hospital_at, "force": "government_brigade",
                  "units": [ambulances]})  # fmt: skip
    return found


def engine(i: int, crew: int, count: int, *, lift: bool = True, micro: bool = False) -> dict[str, Any]:
    """Return the engines of a station."""
    skills = ["fire_attack"] if micro else ["fire_attack", "rescue", "water_supply", *(["fire_lift"] if lift else [])]
    return {
        "id": f"engine-{i}", "title": {"en": f"Station {i} engine", "zh": f"{i}号站水罐车"}, "crew": crew,
        "establishment": max(crew, 6),
        "count": count, "vehicles": 1, "capabilities": skills,
        "carries": {"air_set": 12},
    }  # fmt: skip


def special(
    name: str, en: str, zh: str, skills: list[str], crew: int, *, air: int = 0, count: int = 1
) -> dict[str, Any]:
    """Return a unit of another sort."""
    breathes = {"smoke_ventilation", "ladder"} & set(skills)
    sets = air or (2 * crew if breathes else 0)
    station = name.rpartition("-")[2] if "-" in name else ""
    title = {"en": f"Station {station} {en.lower()}", "zh": f"{station}号站{zh}"} if station else {"en": en, "zh": zh}
    return {
        "id": name, "title": title, "crew": crew,
        "count": count, "vehicles": 1, "capabilities": skills, **({"carries": {"air_set": sets}} if sets else {}),
    }  # fmt: skip


def micro(name: str, node: str) -> dict[str, Any]:
    """Return a micro station in the building itself."""
    unit = {
        "id": "guards", "title": {"en": "House fire guards", "zh": "楼内消防值守组"}, "crew": 4, "turnout": "60 s",
        "capabilities": ["fire_attack", "evacuation"],
    }  # fmt: skip
    title = {"en": "Micro station in the tower", "zh": "楼内微型消防站"}
    return {"id": name, "title": title, "node": node, "force": "micro_station", "units": [unit]}


def pump() -> dict[str, Any]:
    """Return a high-pressure pump."""
    return special("pump", "High-pressure pump", "高压泵车", ["high_pressure_pump", "water_supply"], 4)


def plan(name: str, en: str, zh: str, at: list[dict[str, Any]], alarms: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return a plan that stands by itself."""
    dispatch = {"kind": "run_card", **(alarms or ALARMS)}
    return {"id": name, "title": {"en": en, "zh": zh}, "dispatch": dispatch, "stations": at}


def variant(name: str, en: str, zh: str, at: list[dict[str, Any]], *, base: str = "today") -> dict[str, Any]:
    """Return a plan that changes another."""
    return {"id": name, "title": {"en": en, "zh": zh}, "based_on": base, "stations": at}


def crews(n: int, city: City) -> dict[str, Any]:
    """Return the plan with so many on every engine."""
    engines = [
        {"id": f"station-{i}", "units": [{"id": f"engine-{i}", "crew": n, "establishment": max(n, 6)}]}
        for i in range(1, len(city.stations) + 1)
    ]
    return variant(f"crews-of-{n}", f"Crews of {n}", f"每车{n}人", engines)


def everyday(city: City, per_hour: float, until: str) -> dict[str, Any]:
    """Return calls that take units away meanwhile."""
    people = city.network.place_columns["population"].to_numpy()
    most = np.argsort(-people, kind="stable")[:30]
    task = {"id": "work", "capabilities": ["fire_attack"], "min_crew": 3, "work": {"mean_s": "2 h", "cv": 0.6}}
    return {
        "kind": "demand", "id": "everyday", "calls_per_hour": per_hour, "until_s": until,
        "places": {city.network.place_ids[int(row)]: float(people[row]) for row in most},
        "calls": [{"type": "dwelling_fire", "priority": 2, "tasks": [task]},
                  {"type": "road_crash", "priority": 3, "tasks": [task | {"capabilities": ["rescue"]}]}],
    }  # fmt: skip


def objective(name: str, en: str, zh: str, metric: str, limit: object) -> dict[str, Any]:
    """Return an objective."""
    return {"id": name, "title": {"en": en, "zh": zh}, "metric": metric, "limit": limit}


def first() -> dict[str, Any]:
    """Return the objective of the first arrival."""
    return objective(
        "first-arrival", "First unit within 8 minutes", "8分钟内首个力量到场", "first_arrival_s", "8 min"
    ) | {"share": 0.9}


if __name__ == "__main__":
    main()
