"""Random worlds: whatever the scenario and the plan, a run ends, breaks no invariant, and keeps its relations to others."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from drillsim.trace.trace import Trace
from tests.engine.conftest import MIN, fire, places, plan, road, station, straight, task
from tests.fuzz.relations import RELATIONS, World, run_of
from tests.fuzz.workers import FaultError, Result, judged

SKILLS = ("fire_attack", "rescue", "medical")


def _edges(dice: Random) -> list[dict[str, Any]]:
    extra = [road(f"p{a}", f"p{a + 2}", 25 + a / 7, f"G{a + 10}") for a in range(6) if dice.random() < 0.4]
    one_way = {"oneway": "yes"} if dice.random() < 0.3 else {}
    return [*straight(), *extra, {**road("p0", "p7", 90, "G99"), **one_way}]


def _tasks(dice: Random) -> list[dict[str, Any]]:
    made: list[dict[str, Any]] = []
    for i in range(dice.randint(1, 4)):
        least = dice.randint(1, 5)
        made.append(
            task(
                f"t{i}",
                capabilities=dice.sample(SKILLS, dice.randint(1, 2)),
                work={"mean_s": dice.choice([0, 60, 7200]), "cv": dice.choice([0, 0.5])},
                min_crew=least,
                useful_crew=least + dice.randint(0, 6),
                after=[f"t{j}" for j in range(i) if dice.random() < 0.4],
                danger=dice.random() < 0.2,
                **_ways_of_working(dice),
            )
        )
    return made


def _ways_of_working(dice: Random) -> dict[str, Any]:
    more: dict[str, Any] = {"one_unit": dice.random() < 0.2}
    if dice.random() < 0.3:
        more["access"] = {"mean_s": 300, "cv": dice.choice([0, 0.5])}
    if dice.random() < 0.3:
        more["spell"] = {"work_s": dice.choice([600, 1800]), "rest_s": dice.choice([0, 900])}
        if dice.random() < 0.5:
            more["spell"]["supply"] = "air_set"
    if dice.random() < 0.2:
        more["uses"] = {"water_l": dice.choice([1.0, 8.0])}
    if dice.random() < 0.2:
        more["yields"] = {"water_l": dice.choice([2.0, 10.0])}
    return more


def _incident(dice: Random, name: str) -> dict[str, Any]:
    more: dict[str, Any] = {"tasks": _tasks(dice), "priority": dice.randint(1, 5)}
    if dice.random() < 0.3:
        more["lapses_after_s"] = dice.choice([0, 600])
    if dice.random() < 0.3:
        more["approach"] = {"mean_s": 300, "cv": 0.3}
    if dice.random() < 0.3:
        more["needs"] = {dice.choice(SKILLS): dice.randint(1, 3)}
    return fire(name, f"p{dice.randrange(8)}", dice.randrange(0, 200) * MIN, **more)


def _inject(dice: Random, i: int) -> dict[str, Any]:
    at = {"id": f"inject-{i}", "at_s": dice.randrange(0, 300) * MIN, "text": "news"}
    start = dice.randrange(7)
    effects = (
        {
            "road": {
                "between": [f"p{start}", f"p{start + 1}"],
                "speed_factor": dice.choice([0, 0, 0.5, 1]),
                "reported_after_s": dice.choice([0, 1200]),
            }
        },
        {"unit": {"node": f"p{dice.randrange(8)}", "capability": dice.choice(SKILLS), "for_s": 3600}},
        {"weather": {"snow": dice.choice(["none", "light", "heavy"])}},
        {"incident": _incident(dice, f"late-{i}")},
    )
    return {**at, **dice.choice(effects)}


def _station(dice: Random, i: int) -> dict[str, Any]:
    units = [
        {
            "id": f"u{i}-{j}",
            "capabilities": dice.sample(SKILLS, dice.randint(1, 3)),
            "crew": dice.choice([0, 1, 4, 6]),
            "establishment": 6,
            "count": dice.randint(1, 2),
            "vehicles": dice.randint(1, 30),
            "by_wave_only": dice.random() < 0.2,
            "carries": dice.choice([{}, {"water_l": 2000, "air_set": 6}, {"air_set": 30}]),
        }
        for j in range(dice.randint(1, 3))
    ]
    force = dice.choice(["national_team", "government_brigade", "enterprise_brigade", "micro_station", "social_team"])
    return station(f"s{i}", f"p{dice.randrange(8)}", *units, force=force)


def _wave(dice: Random, i: int, units: list[str]) -> dict[str, Any]:
    trigger = {"at_s": 600} if dice.random() < 0.5 else {"on_incident": "fire-0"}
    wave = {"id": f"wave-{i}", "ordered_by": "ground", "units": units, "destination": "front", **trigger}
    if dice.random() < 0.5:
        wave["assembly"] = "yard"
        if dice.random() < 0.5:
            wave["leaves_after_s"] = 1800
    return wave


def world_of(dice: Random) -> World:
    """Return a world: eight places, some roads, stations, waves, incidents and injects."""
    stations = [_station(dice, i) for i in range(dice.randint(1, 4))]
    units = [unit["id"] for s in stations for unit in s["units"]]
    dice.shuffle(units)
    waves = [
        _wave(dice, i, [units.pop() for _ in range(min(len(units), 2))]) for i in range(dice.randint(0, 2)) if units
    ]
    policy = dice.choice(["nearest", "priority", "own_district"])
    areas = [{"id": name, "node": f"p{dice.randrange(8)}"} for name in ("front", "yard")]
    ours = plan(*stations, dispatch={"kind": policy}, waves=waves, staging_areas=areas)
    incidents = [_incident(dice, f"fire-{i}") for i in range(dice.randint(1, 6))]
    injects = [_inject(dice, i) for i in range(dice.randint(0, 6))]
    return {
        "drillsim": 1,
        "id": "town",
        "title": "Town",
        "startex": "2021-03-29 12:00",
        "ends_at_s": dice.choice(["2 h", "12 h"]),
        "travel_time_cv": 0.2,
        "roads": {"nodes": places(8, p3=3200.0), "edges": _edges(dice)},
        "incidents": incidents,
        "injects": injects,
        "plans": [ours],
    }


def world_trial(seed: int, number: int, folder: Path) -> Result:
    """Run the world of a number; hold its run against those of changed worlds and against its own file."""
    name = f"{seed} {number}"
    return judged({"kind": "world", "of": name, "changes": []}, lambda: _looked_at(name, folder))


def _looked_at(name: str, folder: Path) -> Result:
    world = world_of(Random(name))
    trace = run_of(world)
    if trace.events[-1].t_s >= trace.header.ends_at_s:
        raise FaultError("an event at ENDEX or later")
    for ending in (".jsonl", ".parquet"):
        if Trace.read(trace.write(folder / f"world{ending}")) != trace:
            raise FaultError(f"the trace is another one after it is written to {ending} and read")
    for relation in RELATIONS:
        relation(world, trace, Random(f"{name} {relation.__name__}"))
    return {"accepted": True, "said": f"{len(trace.events)} events"}
