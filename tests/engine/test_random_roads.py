"""Columns, slides, zones and breakdowns at random on a few long roads: whatever happens, no invariant breaks."""

from random import Random

import pytest

from drillsim.checks import violations
from drillsim.engine import simulate
from drillsim.trace.events import UnitRerouted, UnitStopped
from tests.engine.conftest import MIN, engine, fire, plan, road, scenario, station, task

pytestmark = pytest.mark.usefixtures("hazards_of_tests")
PLACES = [f"p{i}" for i in range(5)]
LINE = [("p0", "p1", "G1"), ("p1", "p2", "G1"), ("p2", "p3", "G1"), ("p3", "p4", "G1"), ("p0", "p2", "S1"),
        ("p1", "p3", "S2")]  # fmt: skip


def _roads(dice):
    lines = LINE[:4] + [line for line in LINE[4:] if dice.random() < 0.5]
    return [road(a, b, km=dice.choice([20, 40, 60]), number=number) for a, b, number in lines]


def _inject(dice, i, edges):
    at = {"id": f"inject-{i}", "at_s": dice.randrange(400) * MIN, "text": "news"}
    edge = dice.choice(edges)
    reported = dice.choice([0, 600, 36000])
    if (kind := dice.random()) < 0.7:
        change = {
            "between": [edge["from"], edge["to"]],
            "road": edge["road"],
            "speed_factor": dice.choice([0, 0, 0.5, 1]),
        }
        return {**at, "road": {**change, "reported_after_s": reported}}
    if kind < 0.85:
        for_s = dice.choice([600, 3600])
        return {**at, "unit": {"node": dice.choice(PLACES), "capability": "fire_attack", "for_s": for_s}}
    return {**at, "weather": {"snow": dice.choice(["none", "heavy"])}}


def _cloud(dice, i, edges):
    """Return gas at a place and on all roads to it, so that no route leads through."""
    place, starts_s = dice.choice(PLACES), dice.randrange(400) * MIN
    near = [f"{e['from']}--{e['to']}:{e['road']}" for e in edges if place in (e["from"], e["to"])]
    return {
        "kind": "gas_of_tests", "id": f"gas-{i}", "place": place, "starts_at_s": starts_s, "sections": near,
        "until_s": starts_s + dice.choice([10, 60, 200]) * MIN, "grade": dice.choice([1, 2, 3]),
        "ahead": True, "closes": dice.random() < 0.1,
    }  # fmt: skip


def world_of(dice):
    edges = _roads(dice)
    protections = ["none", "none", "air", "suit"]
    stations, names = [], []
    for i in range(2):
        units = [
            engine(f"u{i}{j}", vehicles=dice.choice([1, 20, 120]), protection=dice.choice(protections), crew=4)
            for j in range(dice.randint(1, 3))
        ]
        names += [unit["id"] for unit in units]
        stations.append(station(f"s{i}", dice.choice(PLACES), *units))
    dice.shuffle(names)
    waves = [
        {"id": f"w{k}", "ordered_by": "HQ", "at_s": dice.randrange(200) * MIN, "decision": 0,
         "preparation": dice.choice([0, 30 * MIN]), "units": chosen, "destination": "front",
         **({"assembly": "yard"} if dice.random() < 0.7 else {})}
        for k in range(2) if (chosen := names[3 * k : 3 * k + 3])
    ]  # fmt: skip
    areas = [{"id": name, "node": dice.choice(PLACES)} for name in ("front", "yard")]
    ours = plan(*stations, staging_areas=areas, waves=waves)
    fires = [fire(f"f{i}", dice.choice(PLACES), at=dice.randrange(200) * MIN, tasks=[task(work="20 min")])
             for i in range(dice.randint(0, 3))]  # fmt: skip
    return scenario(
        fires, ours, edges=edges, injects=[_inject(dice, i, edges) for i in range(dice.randint(0, 6))],
        hazards=[_cloud(dice, i, edges) for i in range(dice.randint(0, 3))], ends_at_s="12 h",
        travel_time_cv=dice.choice([0.0, 0.2]),
    )  # fmt: skip


def run_of(number):
    world = world_of(Random(number))
    return simulate(world, world.plan(), seed=number)


@pytest.mark.parametrize("tens", range(8))
def test_no_invariant_breaks_whatever_happens_on_the_road(tens):
    broken = {number: violations(run_of(number)) for number in range(10 * tens, 10 * tens + 10)}

    assert {number: found for number, found in broken.items() if found} == {}


def test_such_worlds_hold_turns_and_stops():
    """So that the test above sees them."""
    traces = [run_of(number) for number in range(80)]

    assert sum(bool(trace.of(UnitRerouted)) for trace in traces) > 40
    assert sum(bool(trace.of(UnitStopped)) for trace in traces) >= 2
