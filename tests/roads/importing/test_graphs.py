"""Graphs of networkx and GraphML: directions, lists, texts, lengths, coordinates."""

import sys
from types import SimpleNamespace

import networkx as nx
import numpy as np
import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads.importing import import_graph, import_roads


def street(graph=None, **attributes):
    """Return a graph with one edge from a to b, 111.195 m to the north."""
    graph = nx.MultiDiGraph() if graph is None else graph
    graph.add_node("a", x=100.0, y=36.0)
    graph.add_node("b", x=100.0, y=36.001)
    graph.add_edge("a", "b", **attributes)
    return graph


def only(graph, **options):
    network, report = import_graph(graph, **options)
    (section,) = network.sections.values()
    return section, report


def test_an_edge_of_a_directed_graph_is_a_one_way_road():
    section, _ = only(street(highway="primary"))

    assert (section.start, section.end, section.oneway) == ("a", "b", True)
    assert section.length_m == pytest.approx(111.195, abs=0.01)


def test_two_edges_that_reverse_each_other_are_one_road_driven_both_ways():
    graph = street(highway="primary", osmid=7, oneway=False)
    graph.add_edge("b", "a", highway="primary", osmid=7, oneway=False)

    assert only(graph)[0].oneway is False


def test_two_one_way_roads_in_opposite_directions_stay_two():
    graph = street(highway="primary", oneway=True)
    graph.add_edge("b", "a", highway="primary", oneway=True)
    graph.add_node("c", x=100.0, y=36.002)
    graph.add_edge("b", "c", highway="residential")
    graph.add_edge("a", "c", highway="residential")
    ends = {(s.start, s.end) for s in import_graph(graph)[0].sections.values() if s.road_class == "primary"}

    assert ends == {("a", "b"), ("b", "a")}


def test_a_road_that_is_longer_one_way_than_the_other_stays_two():
    graph = street(highway="primary", length=120.0)
    graph.add_edge("b", "a", highway="primary", length=150.0)
    lengths = [s.length_m for s in import_graph(graph)[0].sections.values()]

    assert sum(lengths) == pytest.approx(270)


def test_an_undirected_graph_is_driven_both_ways_motorways_too():
    assert only(street(nx.Graph(), highway="motorway"))[0].oneway is False


def test_lists_of_a_simplified_graph_are_read_with_the_lowest_limit():
    section, _ = only(
        street(highway=["residential", "primary"], maxspeed=["50", "30"], name=["甲路", "乙路"], lanes="['3', '2']")
    )

    assert (section.road_class, section.name_zh, section.lanes) == ("residential", "甲路", 2)
    assert section.free_flow_kmh == pytest.approx(30)


def test_a_graph_that_says_nothing_of_its_roads_is_read_with_a_warning():
    section, report = only(street())

    assert section.road_class == "unclassified"
    assert {"no_highway", "no_speed"} <= set(report.warnings)
    assert report.guessed["highway_missing"] == report.guessed["length_missing"] == 1


def test_a_stated_length_is_believed_unless_it_is_less_than_the_straight_line():
    assert only(street(length=150.0))[0].length_m == pytest.approx(150)
    short, report = only(street(length=50.0))
    assert short.length_m == pytest.approx(111.195, abs=0.01)
    assert report.guessed["length_too_short"] == 1


def test_a_course_drawn_from_the_other_end_is_turned():
    drawn = "LINESTRING (100.0 36.001, 100.001 36.0007, 100.0 36.0)"
    network, _ = import_graph(street(geometry=drawn))

    assert np.array(network.line("e0.1")) == pytest.approx(np.array([(36, 100), (36.0007, 100.001), (36.001, 100)]))


def test_a_course_may_be_an_object_with_coordinates():
    bend = SimpleNamespace(coords=[(100.0, 36.0), (100.001, 36.0005), (100.0, 36.001)])
    network, _ = import_graph(street(geometry=bend))

    assert network.line("e0.1")[1] == pytest.approx((36.0005, 100.001))


def test_a_graph_in_a_zone_of_utm_is_turned_back_into_degrees():
    graph = nx.MultiDiGraph(crs="EPSG:32647")  # middle meridian 99 degrees east
    graph.add_node("a", x=500000.0, y=3984000.0)
    graph.add_node("b", x=500000.0, y=3985000.0)
    graph.add_edge("a", "b")
    network, _ = import_graph(graph)

    assert network.places["a"].lon == pytest.approx(99.0)
    assert network.sections["e0.1"].length_m == pytest.approx(1000 / 0.9996, rel=0.003)  # sphere against ellipsoid


@pytest.mark.parametrize(
    ("written", "length_m"),
    [
        ("LINESTRING (0 0, 0.001 0, 0.001 0.001, 0 0.001)", 3 * 111.195),
        ("LINESTRING Z (0 0 1, 0.001 0 2, 0.001 0.001 3, 0 0.001 4)", 3 * 111.195),
        ("POINT (0.001 0)", 111.195),
        ("LINESTRING (0 0, nan 0, 0 0.001)", 111.195),
        ("LINESTRING (0 0, 0.001", 111.195),
        ("north about", 111.195),
    ],
)
def test_a_course_may_be_written_as_text_and_what_is_none_is_a_straight_line(written, length_m):
    graph = nx.DiGraph()
    graph.add_node("a", y=0.0, x=0.0)
    graph.add_node("b", y=0.001, x=0.0)
    graph.add_edge("a", "b", geometry=written)

    assert sum(import_graph(graph)[0].section_m) == pytest.approx(length_m, abs=0.01)


def test_a_road_from_a_place_to_itself_without_a_course_leads_nowhere():
    graph = street()
    graph.add_edge("a", "a", length=30.0)

    assert import_graph(graph)[1].dropped == {"loop_without_course": 1}


def test_a_height_and_signals_at_a_node_are_kept():
    graph = street()
    nx.set_node_attributes(graph, {"a": "3000", "b": "3010"}, "elevation")
    graph.nodes["a"]["highway"] = "traffic_signals"
    network, report = import_graph(graph)

    assert network.places["b"].elevation_m == 3010
    assert network.sections["e0.1"].delay_s == 2.5
    assert report.heights_known == 2


def test_nodes_that_differ_by_type_alone_are_refused_not_merged():
    graph = street()
    graph.add_node(1, x=100.0, y=36.002)
    graph.add_node("1", x=100.0, y=36.003)
    graph.add_edge("b", 1)
    graph.add_edge(1, "1")

    with pytest.raises(NetworkError, match=r"1 and '1' are the same name"):
        import_graph(graph)
    with pytest.raises(NetworkError, match="'id' is missing"):
        import_graph(nx.relabel_nodes(street(), {"a": ""}))


def test_a_graph_without_directions_keeps_those_of_one_way_roads_in_from_and_to():
    graph = street(nx.MultiGraph(), highway="primary", oneway=True, **{"from": "b", "to": "a"})

    assert [(s.start, s.end, s.oneway) for s in import_graph(graph)[0].sections.values()] == [("b", "a", True)]


def test_a_bollard_at_a_node_between_two_edges_cuts_the_road_one_at_a_junction_does_not():
    graph = street(nx.Graph(), highway="service")
    for name, north, east in (("c", 36.002, 100.0), ("d", 36.003, 100.0), ("e", 36.004, 100.0), ("f", 36.001, 100.01)):
        graph.add_node(name, x=east, y=north)
    for start, end in ("bc", "cd", "de", "bf"):
        graph.add_edge(start, end, highway="service")
    graph.nodes["b"]["barrier"] = graph.nodes["d"]["barrier"] = "bollard"
    network, report = import_graph(graph)

    assert set(network.places) == {"a", "b", "d", "d-2", "e", "f"}  # both roads go up to d
    assert (report.blocked, report.parts) == (1, 1)
    assert sum(network.section_m) == pytest.approx(4 * 111.195 + 899.6, abs=0.1)
    assert network.places["d-2"].lat == network.places["d"].lat == pytest.approx(36.003)


def test_graphml_reads_like_the_graph_that_it_was_written_from(tmp_path):
    graph = street(highway="primary", length=120.0, maxspeed="40", name="昆仑路")
    graph.add_edge("b", "a", highway="primary", length=120.0, maxspeed="40", name="昆仑路")
    nx.write_graphml(graph, tmp_path / "graph.graphml")

    assert import_roads(tmp_path / "graph.graphml")[0] == import_graph(graph)[0]


def test_every_distance_in_a_random_graph_is_kept():
    rng = np.random.default_rng(1)
    graph = nx.gnp_random_graph(40, 0.05, seed=1, directed=True)
    for node in graph:
        graph.nodes[node].update(x=100 + rng.random() / 100, y=36 + rng.random() / 100)
    nx.set_edge_attributes(graph, {edge: 2000 + 1000 * rng.random() for edge in graph.edges}, "length")
    network, _ = import_graph(graph)

    wanted = dict(nx.all_pairs_dijkstra_path_length(graph, weight="length"))
    for place in network.places:
        got = nx.single_source_dijkstra_path_length(network.graph, place, weight="length_m")
        assert got == pytest.approx({str(n): d for n, d in wanted[int(place)].items() if str(n) in network.places})


def test_a_place_is_looked_up_by_name_and_failures_are_told(monkeypatch):
    settings = SimpleNamespace(useful_tags_way=["name"], useful_tags_node=[], cache_folder="cache")

    def graph_from_place(name, **_):
        if name == "Xining":
            return street(highway="primary", **{tag: "2.8" for tag in settings.useful_tags_way if tag == "maxheight"})
        if name == "Nowhere":
            raise ConnectionError("HTTPSConnectionPool(...): Max retries exceeded with url: /search?" + 300 * "x")
        if name == "Locked":
            raise PermissionError(13, "Permission denied", "cache/abc.json")
        if name == "Full":
            raise OSError(28, "No space left on device")
        raise ValueError("no\nsuch place")

    monkeypatch.setitem(sys.modules, "osmnx", SimpleNamespace(graph_from_place=graph_from_place, settings=settings))
    network, report = import_roads("place:Xining")

    assert network.id == "place-xining"
    assert [section.max_height_m for section in network.sections.values()] == [2.8]
    assert settings.useful_tags_way == ["name"]  # as others want it
    assert report.licence.startswith("ODbL")
    with pytest.raises(NetworkError, match="ValueError: no such place"):
        import_roads("place:Atlantis")
    with pytest.raises(NetworkError, match=r"servers cannot be reached \(ConnectionError\); check the internet"):
        import_roads("place:Nowhere")
    with pytest.raises(NetworkError, match=r"'cache/abc\.json' cannot be read or written \(Permission denied\)"):
        import_roads("place:Locked")
    with pytest.raises(NetworkError, match=r"cannot be read or written \(No space left on device\)"):
        import_roads("place:Full")


@pytest.mark.parametrize("length", [-5, "far", "-5"])
def test_a_length_that_is_none_is_not_called_missing(length):
    section, report = only(street(highway="primary", maxspeed="50", length=length))

    assert report.guessed == {"length_unreadable": 1}
    assert section.length_m == pytest.approx(111.195, abs=0.01)


def test_a_graph_that_osmnx_made_is_of_openstreetmap_and_another_one_is_not():
    made = street(highway="primary")
    _, plain = only(made)
    made.graph["created_with"] = "OSMnx 2.1.1"
    _, of_osm = only(made)

    assert "OpenStreetMap" in of_osm.licence
    assert "OpenStreetMap" not in plain.licence


@pytest.mark.parametrize(("alone", "warns"), [(1, False), (3, True)])
def test_many_places_that_are_cut_off_are_worth_a_warning(alone, warns):
    graph = nx.MultiGraph()
    for n in range(20):
        graph.add_node(f"p{n}", x=100.0 + 0.001 * n, y=36.0)
    for n in range(19 - alone):
        graph.add_edge(f"p{n}", f"p{n + 1}", highway="primary")
    for n in range(20 - alone, 20):  # each with a place of its own
        graph.add_node(f"q{n}", x=100.0 + 0.001 * n, y=36.1)
        graph.add_edge(f"p{n}", f"q{n}", highway="primary")

    # 2 of 21 places are a part of their own, and 6 of 23
    _, report = import_graph(graph, keep="all")

    assert ("many_parts" in report.warnings) == warns


def test_the_travel_times_of_a_graph_count_where_it_tells_no_speeds():
    """0.01 degrees of latitude, 1112 m, in 100 s: 40 km/h; where a limit is told, the time is not applied."""
    graph = nx.MultiDiGraph(crs="epsg:4326")
    for node in range(3):
        graph.add_node(node, x=0.0, y=0.01 * node)
    graph.add_edge(0, 1, highway="primary", travel_time=100.0)
    graph.add_edge(1, 2, highway="primary", travel_time=100.0, maxspeed="70")
    network, report = import_graph(graph, keep="all")

    assert [s.free_flow_kmh for s in network.sections.values()] == pytest.approx([40.03, 70], abs=0.01)
    assert report.not_applied == {"travel_time": 1}
