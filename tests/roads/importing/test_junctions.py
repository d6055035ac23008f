"""Contraction to junctions: what is merged, what is kept, and that nothing is lost by it."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.roads.importing import import_roads
from drillsim.roads.importing.build import Recipe, build
from drillsim.roads.importing.edge_list import RawRoads, Tally, Way, in_rows
from drillsim.roads.importing.junctions import links_of
from drillsim.roads.importing.profiles import PROFILES, free_flow_kmh
from drillsim.roads.importing.sections import node_delay_s
from drillsim.roads.importing.travel_times import with_speeds_of_times

STEP_M = 111.195
ROAD = {"highway": "residential", "maxspeed": "30"}


def only(network):
    (section,) = network.sections.values()
    return section


def test_nodes_between_junctions_become_the_course_of_one_section(line_of):
    network, _ = import_roads(line_of())

    assert list(network.places) == ["n1", "n3"]
    assert only(network).length_m == pytest.approx(2 * STEP_M, rel=1e-4)
    assert network.line("w9.1") == [(0.0, 0.0), (0.001, 0.0), (0.002, 0.0)]


def test_what_stands_between_two_junctions_may_keep_a_place_of_its_own(line_of):
    """The node nearest to the point stays; a point half a degree off keeps none."""
    network, _ = import_roads(line_of(), kept_points=[(0.00101, 0.0002), (0.5, 0.5)])

    assert list(network.places) == ["n1", "n2", "n3"]
    assert sum(section.length_m for section in network.sections.values()) == pytest.approx(2 * STEP_M, rel=1e-4)


def test_two_speeds_in_a_row_become_the_one_that_takes_as_long(osm):
    network, _ = import_roads(
        osm(
            {1: (0, 0), 2: (1, 0), 3: (2, 0)},
            {8: ((1, 2), ROAD | {"maxspeed": "20"}), 9: ((2, 3), ROAD | {"maxspeed": "30"})},
        )
    )

    assert only(network).free_flow_kmh == pytest.approx(24)  # 1/20 + 1/30 = 2/24


def test_the_lowest_limit_and_any_bridge_hold_for_all_of_a_section(osm):
    network, _ = import_roads(
        osm(
            {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (3, 0)},
            {
                7: ((1, 2), ROAD | {"maxheight": "4", "lanes": "2"}),
                8: ((2, 3), ROAD | {"maxheight": "3.2", "bridge": "yes", "maxweight": "12"}),
                9: ((3, 4), ROAD),
            },
        )
    )

    section = only(network)
    assert (section.max_height_m, section.max_weight_t, section.bridge, section.lanes) == (3.2, 12, True, 2)
    assert section.tunnel is False


@pytest.mark.parametrize(
    "other", [{"highway": "primary"}, {"oneway": "yes"}, {"surface": "gravel"}], ids=["class", "direction", "surface"]
)
def test_roads_of_another_kind_are_not_merged(osm, other):
    network, _ = import_roads(osm({1: (0, 0), 2: (1, 0), 3: (2, 0)}, {8: ((1, 2), ROAD), 9: ((2, 3), ROAD | other)}))

    assert len(network.sections) == 2


def test_a_road_against_its_nodes_runs_from_the_last_to_the_first(line_of):
    network, _ = import_roads(line_of(oneway="-1"))

    section = only(network)
    assert (section.start, section.end, section.oneway) == ("n3", "n1", True)


def test_one_way_roads_that_meet_head_on_keep_the_place_where_they_meet(osm):
    ways = {8: ((1, 2), ROAD | {"oneway": "yes"}), 9: ((3, 2), ROAD | {"oneway": "yes"})}
    network, _ = import_roads(osm({1: (0, 0), 2: (1, 0), 3: (2, 0)}, ways))

    assert "n2" in network.places


def test_a_closed_road_with_one_junction_is_a_loop_there(osm):
    nodes = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (2, 1)}
    network, _ = import_roads(osm(nodes, {8: ((1, 2), ROAD), 9: ((2, 3, 4, 2), ROAD)}))

    loop = network.sections["w9.1"]
    assert (loop.start, loop.end) == ("n2", "n2")
    assert len(network.line("w9.1")) == 4


def test_a_ring_without_a_junction_keeps_one_place(osm):
    network, _ = import_roads(osm({1: (0, 0), 2: (1, 0), 3: (1, 1)}, {9: ((1, 2, 3, 1), ROAD)}))

    assert list(network.places) == ["n1"]


def test_two_roads_between_the_same_junctions_stay_two(osm):
    nodes = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (1, 1), 5: (3, 0), 6: (-1, 0)}
    ways = {7: ((6, 1), ROAD), 8: ((1, 2, 3), ROAD), 9: ((1, 4, 3), ROAD), 10: ((3, 5), ROAD)}
    network, _ = import_roads(osm(nodes, ways))

    assert len(network.sections_between("n1", "n3")) == 2


def test_signals_delay_whoever_passes_by_five_seconds_once(osm):
    nodes, ways = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (1, 1)}, {8: ((1, 2, 3), ROAD), 9: ((2, 4), ROAD)}
    at_junction, _ = import_roads(osm(nodes, ways, {2: {"highway": "traffic_signals"}}))
    between, _ = import_roads(osm({n: nodes[n] for n in (1, 2, 3)}, {8: ways[8]}, {2: {"highway": "traffic_signals"}}))

    assert [s.delay_s for s in at_junction.sections.values()] == [2.5, 2.5, 2.5]
    assert only(between).delay_s == 5


def test_a_sign_for_one_direction_counts_half_on_a_road_driven_both_ways(osm):
    nodes, sign = {1: (0, 0), 2: (1, 0), 3: (2, 0)}, {2: {"highway": "stop", "direction": "forward"}}
    both, _ = import_roads(osm(nodes, {9: ((1, 2, 3), ROAD)}, sign))
    one, _ = import_roads(osm(nodes, {9: ((1, 2, 3), ROAD | {"oneway": "yes"})}, sign))

    assert (only(both).delay_s, only(one).delay_s) == (1.5, 3)


def test_against_a_one_way_road_there_is_a_section_with_that_risk_when_asked_for(line_of):
    network, _ = import_roads(line_of(oneway="yes", maxspeed="50"), wrong_way=True)

    against = network.sections["w9.1-against"]
    assert (against.start, against.end, against.risk, against.oneway) == ("n3", "n1", "wrong_way", True)
    assert against.free_flow_kmh == 20
    assert network.line("w9.1-against") == network.line("w9.1")[::-1]


def test_nobody_drives_against_the_traffic_of_a_motorway(line_of):
    network, _ = import_roads(line_of(highway="motorway"), wrong_way=True)

    assert only(network).risk == ""


@st.composite
def raw_roads(draw):
    """Draw up to a dozen nodes and ways between them: loops, rings, parallels, both directions, signals."""
    n = draw(st.integers(2, 12))
    at = [(draw(st.integers(0, 5)), draw(st.integers(0, 5))) for _ in range(n)]
    ways, nodes = [], []
    for number in range(draw(st.integers(1, 8))):
        nodes.append(draw(st.lists(st.integers(0, n - 1), min_size=2, max_size=6)))
        ways.append(
            Way(
                f"w{number}", draw(st.sampled_from(["residential", "primary"])), draw(st.sampled_from([-1, 0, 0, 1])),
                draw(st.sampled_from([None, 20.0, 50.0])), draw(st.sampled_from([None, 30.0])),
            )
        )  # fmt: skip
    first, rows = in_rows(nodes)
    lat, lon = np.array(at, float).T * 0.001
    flags = np.array(draw(st.lists(st.integers(0, 15), min_size=n, max_size=n)), np.uint8)
    return RawRoads(np.arange(n), "n", lat, lon, np.full(n, np.nan), flags, tuple(ways), first, rows)


def graph_of(edges):
    """Return the fastest of parallel edges (start, end, oneway, seconds along, seconds against) as a networkx graph."""
    graph = nx.DiGraph()
    for start, end, oneway, along, against in edges:
        for a, b, seconds in ((start, end, along),) if oneway else ((start, end, along), (end, start, against)):
            if not graph.has_edge(a, b) or graph[a][b]["s"] > seconds:
                graph.add_edge(a, b, s=seconds)
    return graph


def links_as_edges(raw):
    links = links_of(raw)
    raw = with_speeds_of_times(raw, np.bincount(links.way, links.length_m, len(raw.ways)), Tally())
    speed, _ = free_flow_kmh(raw.ways, np.bincount(links.way, links.length_m, len(raw.ways)), PROFILES["generic"])
    half = node_delay_s(raw, links) / 2
    turned = np.array([way.oneway < 0 for way in raw.ways], bool)[links.way]
    lost = half[links.tail] + half[links.head]
    along, against = (3.6 * links.length_m / speed[links.way, side] + lost for side in (turned * 1, 1 - turned))
    names = [f"{raw.prefix}{name}" if name != "" else f"#{row}" for row, name in enumerate(raw.node_ids.tolist())]
    for tail, head, oneway, there, back in zip(links.tail, links.head, links.oneway, along, against, strict=True):
        yield names[tail], names[head], oneway, there, back


def sections_as_edges(network):
    for s in network.sections.values():
        along, against = (
            3.6 * s.length_m / kmh + s.delay_s for kmh in (s.free_flow_kmh, s.backward_kmh or s.free_flow_kmh)
        )
        yield s.start, s.end, s.oneway, along, against


@settings(max_examples=150, deadline=None)
@given(raw=raw_roads())
def test_between_junctions_the_fastest_way_takes_as_long_as_on_the_roads_before_contraction(raw):
    if len(links_of(raw).way) == 0:
        return
    network, _ = build(raw, Tally(), Recipe(), source="small", kind="none")
    before, after = graph_of(links_as_edges(raw)), graph_of(sections_as_edges(network))

    for place in network.places:
        wanted = nx.single_source_dijkstra_path_length(before, place, weight="s")
        got = nx.single_source_dijkstra_path_length(after, place, weight="s")
        assert got == pytest.approx({name: s for name, s in wanted.items() if name in network.places}, rel=1e-9)
    assert sum(s.length_m for s in network.sections.values()) == pytest.approx(links_of(raw).length_m.sum())
