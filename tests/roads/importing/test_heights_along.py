"""Heights along a road between junctions: the same times whether nodes are merged or kept."""

import networkx as nx
import pytest

from drillsim.roads import HeavyVehicleSpeed, RoadState, router_of
from drillsim.roads.importing import import_graph, import_roads

ROAD = {"highway": "primary", "maxspeed": "100"}
STEP_M = 111.195
NODES = {n: (10 * (n - 1), 0) for n in range(1, 22)}  # 21 nodes, 1112 m apart


def climb(node, *, up):
    """Height of a road that climbs (or falls) 80 m a node to the middle one and comes back. [m]"""
    return 2000 + up * 80 * min(node - 1, 21 - node)


def minutes(path, *, keep=(), start="n1", end="n21", **how):
    network, report = import_roads(path, keep=keep, **how)
    return router_of(network, HeavyVehicleSpeed()).travel_s(start, end, RoadState()) / 60, network, report


@pytest.mark.parametrize("up", [1, -1])
@pytest.mark.parametrize(("start", "end"), [("n1", "n21"), ("n21", "n1")])
def test_a_pass_or_a_gorge_takes_as_long_merged_as_with_every_node(osm, up, start, end):
    """80 m a node is 7.19 %: up at 53 km/h (255 kW, 84 kN/10, 4 % less power at 2400 m), down at 40, 11.1 km each."""
    tags = {node: {"ele": str(climb(node, up=up))} for node in NODES}
    path = osm(NODES, {9: (tuple(NODES), ROAD)}, tags)

    merged, network, _ = minutes(path, start=start, end=end)
    kept, _, _ = minutes(path, keep="all", start=start, end=end)

    assert merged == pytest.approx(kept, rel=0.02)
    assert merged == pytest.approx(11.12 / 40 * 60 + 11.12 / 54 * 60, rel=0.04)
    assert len(network.sections) == 1
    assert network.sections["w9.1"].max_elevation_m == (2800 if up > 0 else None)


def test_a_road_of_even_grade_keeps_no_heights_along_it(osm):
    tags = {node: {"ele": str(2000 + 10 * node)} for node in NODES}

    assert minutes(osm(NODES, {9: (tuple(NODES), ROAD)}, tags))[1].sections["w9.1"].profile == ()


def test_heights_are_averaged_over_a_hundred_metres(osm):
    """Six nodes 22 m apart; the noise of a height model, 2 m up and down, is no grade of 9 %: from 100 to 102 m."""
    nodes = {n: (0.2 * n, 0) for n in range(6)}
    tags = {n: {"ele": str(100 + 2 * (n % 2))} for n in nodes}
    section = import_roads(osm(nodes, {9: (tuple(nodes), ROAD)}, tags))[0].sections["w9.1"]

    assert section.profile == ()


def test_a_section_against_a_one_way_road_has_its_heights_the_other_way_round(osm):
    tags = {node: {"ele": str(2000 + 100 * (node == 3))} for node in NODES}
    ways = {9: (tuple(NODES), {**ROAD, "oneway": "yes"})}
    network, _ = import_roads(osm(NODES, ways, tags), wrong_way=True)

    along, against = network.sections["w9.1"].profile, network.sections["w9.1-against"].profile
    assert along[2:4] == (pytest.approx(20 * STEP_M, abs=1), 2100.0)
    assert against[-4:-2] == (pytest.approx(180 * STEP_M, abs=1), 2100.0)
    assert list(against[0::2]) == sorted(against[0::2])


def test_a_node_without_a_height_lies_between_its_neighbours_along_the_road(osm):
    """Node 3 of 1, 2, 3, 4 has none; its nearest neighbour would make a step of 90 m."""
    nodes = {1: (0, 0), 2: (10, 0), 3: (19, 0), 4: (20, 0)}
    heights = {1: 1000, 2: 1000, 4: 1100}
    tags = {node: {"ele": str(m)} for node, m in heights.items()}
    network, report = import_roads(osm(nodes, {9: (tuple(nodes), ROAD)}, tags), keep="all")

    assert network.places["n3"].elevation_m == pytest.approx(1090)
    assert report.heights_known == 3


@pytest.mark.parametrize("of", ["tunnel", "bridge"])
def test_a_tunnel_runs_through_the_mountain_and_not_over_it(osm, tmp_path, of):
    """The file of heights tells 1500 m above the tunnel; its portals lie at 1000 m and 1010 m."""
    nodes = {n: (10 * n, 0) for n in range(1, 6)}
    ways = {8: ((1, 2), ROAD), 9: ((2, 3, 4), {**ROAD, of: "yes"}), 10: ((4, 5), ROAD)}
    file = tmp_path / "heights.csv"
    file.write_text("id,elevation_m\nn1,1000\nn2,1000\nn3,1500\nn4,1010\nn5,1010\n", encoding="utf-8")
    network, report = import_roads(osm(nodes, ways), elevation=file, keep="all")

    assert [network.places[f"n{n}"].elevation_m for n in nodes] == pytest.approx([1000, 1000, 1005, 1010, 1010])
    assert report.guessed["height_off_ground"] == 1


def test_the_points_between_the_nodes_of_a_graph_need_no_heights():
    """A graph knows the heights of its nodes; a course of many points between them climbs evenly."""
    shapely = pytest.importorskip("shapely")
    graph = nx.MultiDiGraph(crs="epsg:4326")
    graph.add_node(1, x=0.0, y=0.0, elevation=100.0)
    graph.add_node(2, x=0.0, y=0.02, elevation=140.0)
    line = shapely.LineString([(0.0, 0.001 * n) for n in range(21)])
    graph.add_edge(1, 2, highway="primary", length=2223.9, geometry=line)
    network, report = import_graph(graph)

    assert [place.elevation_m for place in network.places.values()] == [100.0, 140.0]
    assert [section.profile for section in network.sections.values()] == [()]
    assert report.heights_known == 2
