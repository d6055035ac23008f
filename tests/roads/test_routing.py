"""Routing: the same cost as plain networkx on any graph and any set of closures, and the finer points."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.errors import UnknownNameError
from drillsim.roads import NetworkxRouter, RoadState, network_from_tables

PLACES = [{"id": f"p{i}", "lat": 36.0, "lon": 100.0} for i in range(6)]
roads = st.lists(
    st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 50), st.booleans()).filter(lambda r: r[0] != r[1]),
    min_size=1,
    max_size=18,
)


def router_of(edges, speed_kmh=60.0):
    rows = [
        {
            "from": f"p{a}",
            "to": f"p{b}",
            "length_km": km,
            "free_flow_kmh": 60,
            "oneway": "yes" if one else "",
            "road": "R",
        }
        for a, b, km, one in edges
    ]
    return NetworkxRouter(network_from_tables(PLACES, rows, id="random"), lambda _: speed_kmh)


def plain_s(router, state):
    """Return travel times between all pairs by plain networkx on a copy without closed roads."""
    graph = nx.MultiDiGraph()
    graph.add_nodes_from(router.network.places)
    for u, v, key, data in router.network.graph.edges(keys=True, data=True):
        if state.factor(key) > 0:
            graph.add_edge(u, v, weight=data["length_m"] / (60 / 3.6) / state.factor(key))
    return dict(nx.all_pairs_dijkstra_path_length(graph))


@settings(max_examples=60, deadline=None)
@given(edges=roads, closed=st.sets(st.integers(0, 17)), slow=st.sets(st.integers(0, 17)))
def test_the_fastest_way_costs_what_plain_networkx_says(edges, closed, slow):
    router = router_of(edges)
    ids = list(router.network.sections)
    state = RoadState({**{ids[i]: 0.5 for i in slow if i < len(ids)}, **{ids[i]: 0.0 for i in closed if i < len(ids)}})
    exact = plain_s(router, state)

    for target in router.network.places:
        times_s = router.times_to(target, state)
        for source in router.network.places:
            expected_s = exact[source].get(target)
            route = router.fastest(source, target, state)
            assert (route is None) == (expected_s is None) == (source not in times_s)
            if route is not None:
                assert route.travel_s == pytest.approx(expected_s)
                assert times_s[source] == pytest.approx(expected_s)
                assert len(route.nodes) == len(route.sections) + 1


def test_of_two_roads_side_by_side_the_faster_open_one_is_taken():
    router = router_of([(0, 1, 30, False), (0, 1, 10, False)])
    first, second = router.network.sections

    assert router.fastest("p0", "p1", RoadState()).sections == (second,)
    assert router.fastest("p0", "p1", RoadState({second: 0.0})).sections == (first,)
    assert router.fastest("p0", "p1", RoadState({second: 0.25})).sections == (first,)


def test_a_place_is_reached_from_itself_at_once():
    route = router_of([(0, 1, 10, False)]).fastest("p1", "p1", RoadState())

    assert (route.nodes, route.travel_s, route.length_m) == (("p1",), 0, 0)


def test_alternatives_are_different_ways_without_loops_the_fastest_first():
    router = router_of([(0, 1, 10, False), (1, 2, 10, False), (0, 2, 25, False), (0, 2, 40, False), (1, 2, 12, False)])
    ways = router.alternatives("p0", "p2", 10, RoadState())

    assert [way.length_m / 1000 for way in ways] == [20, 22, 25, 40]
    assert ways[0] == router.fastest("p0", "p2", RoadState())
    assert all(len(set(way.nodes)) == len(way.nodes) for way in ways)
    assert len({way.sections for way in ways}) == 4
    assert router.alternatives("p0", "p2", 2, RoadState()) == ways[:2]


def test_alternatives_where_there_is_no_way_or_none_is_needed():
    router = router_of([(0, 1, 10, True)])

    assert router.alternatives("p1", "p0", 3, RoadState()) == ()
    assert router.alternatives("p0", "p5", 3, RoadState()) == ()
    assert [way.nodes for way in router.alternatives("p0", "p0", 3, RoadState())] == [("p0",)]


def test_an_unknown_place_is_named():
    router = router_of([(0, 1, 10, False)])

    for ask in (lambda: router.times_to("p9", RoadState()), lambda: router.fastest("px", "p1", RoadState())):
        with pytest.raises(UnknownNameError, match="unknown place"):
            ask()


def test_searches_are_remembered_up_to_a_bound(monkeypatch):
    from drillsim.roads import routing  # noqa: PLC0415

    monkeypatch.setattr(routing, "MOST_SEARCHES", 2)
    router = router_of([(0, 1, 10, False), (1, 2, 10, False)])
    first = router.times_to("p0", RoadState())

    assert router.times_to("p0", RoadState()) is first
    router.times_to("p1", RoadState())
    router.times_to("p2", RoadState())
    assert router.times_to("p0", RoadState()) is not first


def test_a_road_state_is_a_value():
    closed = RoadState().with_factors({"a": 0.0})

    assert closed == RoadState({"a": 0.0, "b": 1.0})
    assert hash(closed) == hash(RoadState({"a": 0.0}))
    assert closed.with_factors({"a": 1.0}) == RoadState()
    assert closed.with_factors({}) is closed
    assert "0.0" in repr(closed)
    assert closed != "a"
