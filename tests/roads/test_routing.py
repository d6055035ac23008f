"""Routing: every router costs what plain networkx says, on any graph and any set of closures; and the finer points."""

import math
from itertools import islice

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.base.errors import UnknownNameError
from drillsim.roads import NetworkxRouter, Place, RoadNetwork, RoadState, Section, alternatives, numbers
from drillsim.roads.routing import hierarchy, routing
from drillsim.roads.routing.hierarchy import HierarchyRouter
from drillsim.roads.routing.scipy_router import ScipyRouter

ROUTERS = (NetworkxRouter, ScipyRouter, HierarchyRouter)
every_router = pytest.mark.parametrize("kind", ROUTERS)
roads = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 50), st.booleans()), min_size=1, max_size=18
)


def network_of(edges):
    """Return a network of roads (from, to, km, one-way); loops and roads of no length are allowed."""
    places = [Place(f"p{i}", "", "", "town", 36.0, 100.0) for i in range(6)]
    sections = [
        Section(f"s{n}", f"p{a}", f"p{b}", "R", 1000.0 * km, 60.0, oneway=one)
        for n, (a, b, km, one) in enumerate(edges)
    ]
    return RoadNetwork("random", places, sections)


def router_of(edges, kind=HierarchyRouter):
    """Return a router of roads that are driven at 60 km/h: a minute per kilometre."""
    network = network_of(edges)
    seconds = 60.0 * numbers(network.section_columns["length_m"]) / 1000.0
    return kind(network, np.column_stack([seconds, seconds]))


def plain_s(network, state):
    """Return travel times between all pairs by plain networkx on a copy without closed roads."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(network.places)
    for u, v, key, data in network.graph.edges(keys=True, data=True):
        if state.factor(key) > 0:
            graph.add_edge(u, v, weight=60.0 * data["length_m"] / 1000.0 / state.factor(key))
    return dict(nx.all_pairs_dijkstra_path_length(graph))


def state_of(network, closed, slow):
    ids = list(network.sections)
    return RoadState({**{ids[i]: 0.5 for i in slow if i < len(ids)}, **{ids[i]: 0.0 for i in closed if i < len(ids)}})


some = st.sets(st.integers(0, 17))


@every_router
@settings(max_examples=60, deadline=None)
@given(edges=roads, states=st.lists(st.tuples(some, some), min_size=1, max_size=3))
def test_the_fastest_way_costs_what_plain_networkx_says_in_one_state_after_another(kind, edges, states):
    router = router_of(edges, kind)
    router.prepare(["p0", "p1", "p2"])
    for closed, slow in [*states, (set(), set()), *states, *states]:  # states that come back are remembered
        state = state_of(router.network, closed, slow)
        exact = plain_s(router.network, state)
        for target in router.network.places:
            at_least_s = router.at_least_s(list(router.network.places), target, state)
            for source, least_s in zip(router.network.places, at_least_s, strict=True):
                expected_s = exact[source].get(target, math.inf)
                route = router.fastest(source, target, state)
                assert least_s <= expected_s
                assert router.travel_s(source, target, state) == expected_s
                assert (route is None) == math.isinf(expected_s)
                if route is not None:
                    assert route.travel_s == expected_s
                    assert (route.nodes[0], route.nodes[-1]) == (source, target)
                    assert all(state.factor(section) > 0 for section in route.sections)


@settings(max_examples=40, deadline=None)
@given(edges=roads, closed=some, more=some)
def test_closing_roads_never_shortens_a_way(edges, closed, more):
    router = router_of(edges)
    before, after = (state_of(router.network, found, set()) for found in (closed, closed | more))

    for source in router.network.places:
        assert router.travel_s(source, "p0", after) >= router.travel_s(source, "p0", before)


def test_the_weather_slows_every_way_and_changes_none():
    router = router_of([(0, 1, 10, False), (1, 2, 10, False), (0, 2, 25, False)])
    dry, snow = (router.fastest("p0", "p2", RoadState(overall=factor)) for factor in (1.0, 0.5))

    assert snow.sections == dry.sections
    assert snow.travel_s == 2 * dry.travel_s


@every_router
def test_of_two_roads_side_by_side_the_faster_open_one_is_taken(kind):
    router = router_of([(0, 1, 30, False), (0, 1, 10, False)], kind)
    first, second = router.network.sections

    assert router.fastest("p0", "p1", RoadState()).sections == (second,)
    assert router.fastest("p0", "p1", RoadState({second: 0.0})).sections == (first,)
    assert router.fastest("p0", "p1", RoadState({second: 0.25})).sections == (first,)


def test_from_a_place_that_was_prepared_for_the_least_time_is_that_of_the_fastest_way():
    """All places lie at one point, so that the straight line takes no time; only a search knows better."""
    router = router_of([(0, 1, 10, False), (1, 2, 10, False)])
    router.prepare(["p0"])

    assert router.at_least_s(["p0", "p1"], "p2", RoadState()) == pytest.approx([1200, 0], rel=1e-5)  # never above it


def test_a_place_is_reached_from_itself_at_once():
    route = router_of([(0, 1, 10, False)]).fastest("p1", "p1", RoadState())

    assert (route.nodes, route.travel_s, route.length_m) == (("p1",), 0, 0)


def test_alternatives_are_different_ways_without_loops_the_fastest_first():
    router = router_of([(0, 1, 10, False), (1, 2, 10, False), (0, 2, 25, False), (0, 2, 40, False), (1, 2, 12, False)])
    ways = alternatives(router, "p0", "p2", 10, RoadState())

    assert [way.length_m / 1000 for way in ways] == [20, 22, 25, 40]
    assert ways[0] == router.fastest("p0", "p2", RoadState())
    assert all(len(set(way.nodes)) == len(way.nodes) for way in ways)
    assert len({way.sections for way in ways}) == 4
    assert alternatives(router, "p0", "p2", 2, RoadState()) == ways[:2]


@settings(max_examples=40, deadline=None)
@given(edges=roads, closed=some)
def test_alternatives_cost_what_the_shortest_simple_paths_of_networkx_cost(edges, closed):
    """Parallel roads are different ways: a place halfway on each makes them different paths for networkx as well."""
    router = router_of(edges)
    state = state_of(router.network, closed, set())
    graph = nx.DiGraph()
    graph.add_nodes_from(router.network.places)
    for number, (u, v, key, data) in enumerate(router.network.graph.edges(keys=True, data=True)):
        if state.factor(key) > 0 and u != v:
            graph.add_edge(u, number, weight=60.0 * data["length_m"] / 1000.0)
            graph.add_edge(number, v, weight=0.0)
    paths = nx.shortest_simple_paths(graph, "p0", "p1", weight="weight") if nx.has_path(graph, "p0", "p1") else ()
    expected_s = [nx.path_weight(graph, path, "weight") for path in islice(paths, 5)]

    assert [way.travel_s for way in alternatives(router, "p0", "p1", 5, state)] == expected_s


def test_alternatives_where_there_is_no_way_or_none_is_needed():
    router = router_of([(0, 1, 10, True)])

    assert alternatives(router, "p1", "p0", 3, RoadState()) == ()
    assert alternatives(router, "p0", "p5", 3, RoadState()) == ()
    assert [way.nodes for way in alternatives(router, "p0", "p0", 3, RoadState())] == [("p0",)]


def test_an_unknown_place_is_named():
    router = router_of([(0, 1, 10, False)])

    for ask in (lambda: router.travel_s("p0", "p9", RoadState()), lambda: router.fastest("px", "p1", RoadState())):
        with pytest.raises(UnknownNameError, match="unknown place"):
            ask()


@pytest.mark.parametrize(
    ("module", "bound", "kind"), [(routing, "MOST_SEARCHES", ScipyRouter), (hierarchy, "MOST_ROUTES", HierarchyRouter)]
)
def test_what_a_router_remembers_is_bounded(monkeypatch, module, bound, kind):
    monkeypatch.setattr(module, bound, 2)
    router = router_of([(0, 1, 10, False), (1, 2, 10, False)], kind)

    for _ in range(2):
        for target in ("p0", "p1", "p2", "p3"):
            router.travel_s("p1", target, RoadState())
    assert len(router._searches if kind is ScipyRouter else router._usual.routes) == 2


def test_a_road_is_never_faster_than_usual():
    for wrong in ({"factors": {"a": 1.5}}, {"factors": {"a": -1}}, {"overall": 0}, {"overall": 2}):
        with pytest.raises(ValueError, match="between 0 and 1"):
            RoadState(**wrong)


def test_a_road_state_is_a_value():
    closed = RoadState().with_factors({"a": 0.0})

    assert closed == RoadState({"a": 0.0, "b": 1.0})
    assert hash(closed) == hash(RoadState({"a": 0.0}))
    assert closed.with_factors({"a": 1.0}) == RoadState()
    assert closed.with_factors({}) is closed
    assert "0.0" in repr(closed)
    assert closed != "a"
