"""Whatever the scenario and the plan: a run ends, breaks no invariant, and is the same when it is run again."""

from __future__ import annotations

import gc
import weakref
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.checks import check_invariants
from drillsim.engine import simulate
from drillsim.engine.road_knowledge import RoadKnowledge
from drillsim.scenario.scenario import Scenario
from tests.engine.conftest import MIN, engine, fire, places, plan, road, scenario, station, straight, task

SKILLS = ("fire_attack", "rescue", "medical")


def _edges(dice: Random) -> list[dict[str, Any]]:
    extra = [road(f"p{a}", f"p{a + 2}", 25, f"G{a + 10}") for a in range(6) if dice.random() < 0.4]
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


def _world(dice: Random) -> Scenario:
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
    return scenario(
        incidents, ours, edges=_edges(dice), nodes=places(8, p3=3200.0), injects=injects, travel_time_cv=0.2,
        ends_at_s=dice.choice(["2 h", "12 h"]),
    )  # fmt: skip


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(st.integers(0, 10**9))
def test_every_run_keeps_the_invariants_and_can_be_run_again(dice_seed):
    world = _world(Random(dice_seed))
    trace = simulate(world, world.plan(), seed=7)
    check_invariants(trace)
    assert trace.events[-1].t_s < world.ends_at_s
    again = _world(Random(dice_seed))
    assert simulate(again, again.plan(), seed=7).digest() == trace.digest()


def test_nothing_of_a_run_waits_for_the_collector(monkeypatch):
    made: list[weakref.ref[object]] = []
    begin = RoadKnowledge.__init__

    def note(book: RoadKnowledge, *arguments: Any) -> None:
        begin(book, *arguments)
        made.append(weakref.ref(book))

    monkeypatch.setattr(RoadKnowledge, "__init__", note)
    world = scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine(), engine("b"))))
    simulate(world, world.plan(), seed=1)  # what is made once for all runs
    gc.collect()
    gc.disable()
    try:
        simulate(world, world.plan(), seed=1)
        assert [book() for book in made] == [None, None]
    finally:
        gc.enable()
