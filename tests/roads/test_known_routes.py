"""The shipped road table against published route distances, and against detours that follow from damage.

The table of routes comes from the compilation of the network; ``roads`` restricts the way to these road numbers, and
``closed`` takes one more section out. The status says how much a row proves: an input is true by construction, an
independent one was not used anywhere.
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from drillsim.roads import NetworkxRouter, RoadState, alternatives, numbers, read_network

HERE = Path(__file__).parent
NETWORK = read_network(HERE.parents[1] / "scenarios" / "qinghai")
LENGTH_M = numbers(NETWORK.section_columns["length_m"])


def _at(speed_kmh):
    seconds = 3.6 * LENGTH_M / speed_kmh
    return NetworkxRouter(NETWORK, np.column_stack([seconds, seconds]))


CARS = _at(numbers(NETWORK.section_columns["free_flow_kmh"]))
SHORTEST = _at(60.0)
ROUTES = list(csv.DictReader((HERE / "known_routes.csv").read_text(encoding="utf-8").splitlines()))


def only(roads: str) -> RoadState:
    """Return the state in which every other road is closed."""
    kept = set(roads.split(";"))
    return RoadState({s.id: 0.0 for s in NETWORK.sections.values() if s.road not in kept})


def length_km(row) -> float:
    """Return the length of a route on the network."""
    router = SHORTEST if row["roads"] == "shortest" else CARS
    state = RoadState() if row["roads"] in {"shortest", "fastest"} else only(row["roads"])
    closed = {row["closed"]: 0.0} if row["closed"] else {}
    route = router.fastest(row["from"], row["to"], state.with_factors(closed))
    assert route is not None, "no such way"
    return route.length_m / 1000


def miss(row) -> float:
    """Return how far the network lies outside the published range, as a share of it."""
    low, high, km = float(row["low_km"]), float(row["high_km"]), length_km(row)
    return max(low - km, km - high, 0.0) / (low if km < low else high)


@pytest.mark.parametrize("row", ROUTES, ids=lambda row: f"{row['from']}-{row['to']}-{row['roads']}")
def test_a_known_route_has_its_published_length(row):
    assert miss(row) <= float(row["beyond"])


def test_most_routes_lie_within_two_percent_of_the_published_range():
    misses = sorted(miss(row) for row in ROUTES)

    assert misses[len(misses) * 3 // 4] <= 0.02


def test_the_network_has_its_places_and_sections_and_hangs_together():
    assert len(NETWORK.places) == 155
    assert len(NETWORK.sections) == 284
    assert NETWORK.warnings == ()


EXPRESSWAYS_AT_JISHISHAN = [
    ("minhe", "guanting", "Chuanda"),
    ("guanting", "dahejia", "Chuanda"),
    ("dahejia", "jishishan", "Linda"),
    ("jishishan", "shuangcheng_jct", "Linda"),
]


@pytest.mark.parametrize(
    ("start", "end", "closed", "before_km", "after_km"),
    [
        ("xining", "yushu", [("maduo", "qingshuihe")], 791, 794),  # G214 over Bayan Har stays open
        ("xining", "jishishan", EXPRESSWAYS_AT_JISHISHAN, 194, 234),
        ("xining", "menyuan", [("dongxia_jct", "dongchuan_ketu"), ("dongchuan_ketu", "menyuan")], 125, 152),
    ],
)  # fmt: skip
def test_damage_makes_the_detour_that_was_worked_out_by_hand(start, end, closed, before_km, after_km):
    factors = {s.id: 0.0 for a, b, *road in closed for s in NETWORK.sections_between(a, b, *road) if s.road != "G338"}
    before, after = (CARS.fastest(start, end, state) for state in (RoadState(), RoadState(factors)))

    assert before.length_m / 1000 == pytest.approx(before_km, rel=0.02)
    assert after.length_m / 1000 == pytest.approx(after_km, rel=0.02)


def test_kanbula_is_reached_from_both_sides():
    ways = alternatives(CARS, "xining", "kanbula", 30, RoadState())

    assert {way.sections[-1] for way in ways} == {"qunke--kanbula:S", "jianzha--kanbula:S"}
