"""The order in which roads, stations, units, waves and incidents are written decides nothing."""

from __future__ import annotations

import random

import numpy as np
import pytest

from drillsim import load_scenario, simulate
from drillsim.roads import RoadNetwork, RoadState, network_from_tables
from drillsim.roads.routing.routing import NetworkxRouter
from drillsim.roads.routing.scipy_router import ScipyRouter
from drillsim.world.random_streams import RandomStreams

SCENARIOS = ("gaoyuan-lijian-2021", "temple-fire", "valley-night")


def shuffled(items):
    items = list(items)
    random.Random(7).shuffle(items)
    return tuple(items)


def events(scenario, plan):
    return simulate(scenario, plan, seed=3).events


@pytest.mark.parametrize("name", SCENARIOS)
def test_roads_in_another_order_give_the_same_events(name):
    scenario = load_scenario(name)
    plan, roads = scenario.plan(scenario.plans[0].id), scenario.roads
    other = RoadNetwork(roads.id, shuffled(roads.places.values()), shuffled(roads.sections.values()))
    assert list(roads.sections) != list(shuffled(roads.sections))
    assert events(scenario.model_copy(update={"roads": other}), plan) == events(scenario, plan)


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("field", ["stations", "units", "waves", "staging_areas"])
def test_a_plan_in_another_order_gives_the_same_events(name, field):
    scenario = load_scenario(name)
    plan = scenario.plan(scenario.plans[0].id)
    other = plan.model_copy(update={field: shuffled(getattr(plan, field))})
    assert events(scenario, other) == events(scenario, plan)


@pytest.mark.parametrize("name", SCENARIOS)
def test_incidents_in_another_order_give_the_same_events(name):
    scenario = load_scenario(name)
    plan = scenario.plan(scenario.plans[0].id)
    other = scenario.model_copy(update={"incidents": shuffled(scenario.incidents)})
    assert events(other, plan) == events(scenario, plan)


SQUARE = {
    "nodes": [{"id": name, "lat": lat, "lon": lon} for name, lat, lon in (
        ("a", 36.0, 101.0), ("b", 36.01, 101.0), ("c", 36.0, 101.01), ("d", 36.01, 101.01))],
    "edges": [{"from": a, "to": b, "length_km": 2, "free_flow_kmh": 60} for a, b in ("ab", "bd", "ac", "cd")],
}  # fmt: skip


@pytest.mark.parametrize("kind", [NetworkxRouter, ScipyRouter])
def test_of_two_ways_as_long_the_same_one_is_found(kind):
    found = set()
    for turn in range(4):
        nodes = SQUARE["nodes"][turn:] + SQUARE["nodes"][:turn]
        edges = SQUARE["edges"][turn:] + SQUARE["edges"][:turn]
        network = network_from_tables(nodes, edges, id="square")
        route = kind(network, np.full((4, 2), 120.0)).fastest("a", "d", RoadState())
        found.add(route.nodes)
    assert len(found) == 1


def test_luck_goes_by_the_name_of_a_section_and_not_by_its_row():
    streams = RandomStreams(1, 0)
    few = network_from_tables(SQUARE["nodes"], SQUARE["edges"][:2], id="few").section_ids
    all_of_them = network_from_tables(SQUARE["nodes"], SQUARE["edges"], id="all").section_ids
    luck = dict(zip(all_of_them, streams.standard_normals("travel-time", all_of_them.fingerprints), strict=True))
    for name, value in zip(few, streams.standard_normals("travel-time", few.fingerprints), strict=True):
        assert luck[name] == value
    assert len(set(luck.values())) == 4
