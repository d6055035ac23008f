"""The graph contract and its validator, and the network as a value."""

import os
import pickle
import subprocess
import sys

import networkx as nx
import pytest

from drillsim.base.errors import NetworkError, UnknownNameError
from drillsim.roads import RoadNetwork, network_from_tables

A = {"id": "a", "lat": 36.0, "lon": 100.0}
B = {"id": "b", "lat": 36.0, "lon": 100.1}  # 9.0 km to the east of a
AB = {"from": "a", "to": "b", "length_km": 10, "free_flow_kmh": 60, "road": "G1"}


def pair(**more):
    return network_from_tables([A, B], [AB | more], id="pair")


def problems_of(nodes, edges):
    with pytest.raises(NetworkError) as caught:
        network_from_tables(nodes, edges, id="bad")
    return caught.value


def test_the_graph_keeps_its_contract():
    graph = pair().graph

    assert isinstance(graph, nx.MultiDiGraph)
    assert set(graph.edges(keys=True)) == {("a", "b", "a--b:G1"), ("b", "a", "a--b:G1")}
    assert graph["a"]["b"]["a--b:G1"]["length_m"] == 10_000
    assert graph.nodes["a"]["lat"] == 36.0


def test_a_one_way_section_has_one_direction():
    assert set(pair(oneway="yes").graph.edges()) == {("a", "b")}


def test_the_graph_cannot_be_changed():
    with pytest.raises(nx.NetworkXError):
        pair().graph.add_node("c")


def test_a_graph_that_keeps_the_contract_makes_the_same_network_again():
    network = pair()

    assert RoadNetwork.from_graph(network.graph, "again") == network


def contract_graph(keys=("ab", "ab"), **more):
    graph = nx.MultiDiGraph()
    graph.add_node("a", lat=36.0, lon=100.0)
    graph.add_node("b", lat=36.0, lon=100.1)
    for (start, end), key in zip((("a", "b"), ("b", "a")), keys, strict=False):
        graph.add_edge(start, end, key=key, length_m=10_000, free_flow_kmh=60, **more)
    return graph


def test_a_graph_needs_no_more_than_coordinates_lengths_and_speeds():
    network = RoadNetwork.from_graph(contract_graph())
    (section,) = network.sections.values()

    assert (network.places["a"].name_zh, network.places["a"].kind) == ("a", "place")
    assert (section.id, section.start, section.end, section.oneway, section.road) == ("ab", "a", "b", False, "")
    assert RoadNetwork.from_graph(contract_graph(keys=("ab",))).sections["ab"].oneway
    assert not RoadNetwork.from_graph(contract_graph(keys=("ab",), oneway=False)).sections["ab"].oneway


def test_a_graph_without_the_attributes_is_refused_with_each_of_them():
    graph = contract_graph()
    del graph.nodes["a"]["lat"], graph.nodes["a"]["lon"]
    graph.nodes["b"]["elevation_m"] = "high"
    with pytest.raises(NetworkError) as caught:
        RoadNetwork.from_graph(graph, "x")

    for lang in ("en", "zh"):
        assert "node a: " in caught.value.text(lang)
        assert "lat, lon" in caught.value.text(lang)
        assert "elevation_m" in caught.value.text(lang)
    assert "positional" not in caught.value.text()


def test_whole_numbers_and_yes_or_no_of_a_graph_are_what_they_say():
    graph = contract_graph(bridge=1)
    graph.nodes["a"]["population"] = 500
    network = RoadNetwork.from_graph(graph)

    assert network.places["a"].population == 500
    assert next(iter(network.sections.values())).bridge is True
    with pytest.raises(NetworkError, match="bridge"):
        RoadNetwork.from_graph(contract_graph(bridge=2))


def test_graphs_that_do_not_keep_the_contract_are_refused_in_a_sentence():
    for other in (nx.Graph(), nx.DiGraph(), nx.MultiGraph(), None):
        with pytest.raises(NetworkError, match="not a networkx"):
            RoadNetwork.from_graph(other)
    numbered = contract_graph()
    numbered.add_node("c", lat=36.0, lon=100.2)
    numbered.add_edge("b", "c", key="ab", length_m=10_000, free_flow_kmh=60)
    with pytest.raises(NetworkError, match="one key for more than one section"):
        RoadNetwork.from_graph(numbered)


def test_parallel_sections_of_one_road_get_a_number():
    network = network_from_tables([A, B], [AB, AB], id="twice")

    assert list(network.sections) == ["a--b:G1", "a--b:G1:2"]
    assert len(network.sections_between("b", "a")) == 2
    assert network.sections_between("a", "b", road="G9") == ()


def test_every_breach_is_named_at_once_in_both_languages():
    nodes = [A, B, A, {"id": "far", "lat": 95, "lon": 0}]
    edges = [
        AB | {"to": "nowhere"},
        AB | {"length_km": -1},
        AB | {"class": "path"},
        AB | {"to": "a"},
        AB | {"length_km": 1},
    ]
    error = problems_of(nodes, edges)

    assert {f.code for f in error.problems} == {
        "duplicate_id", "coordinates", "section_end", "not_negative", "road_class", "section_loop", "section_too_short"
    }  # fmt: skip
    for lang in ("en", "zh"):
        assert len(error.text(lang).splitlines()) == 1 + len(error.problems)


def test_a_problem_says_in_which_row_it_stands():
    error = problems_of(
        [A, {"id": "b", "lat": "north", "lon": 1}, {"id": "c", "lat": 36, "lon": 100.2}],
        [AB | {"to": "c", "length_km": "x"}],
    )

    assert {(f.where, f.path) for f in error.problems} == {("nodes.1", "lat"), ("edges.0", "length_km")}


def test_a_section_is_not_blamed_for_a_place_that_has_a_problem_itself():
    error = problems_of([A, {"id": "b", "lat": "north", "lon": 1}], [AB])

    assert [f.where for f in error.problems] == ["nodes.1"]


def test_an_empty_network_is_refused():
    assert [f.code for f in problems_of([], []).problems] == ["network_empty"]


def test_a_part_that_is_cut_off_is_remarked():
    network = network_from_tables([A, B, {"id": "c", "lat": 37, "lon": 101}], [AB], id="island")

    assert network.warnings == ("cut off from the largest part: c",)


def test_an_unknown_place_is_guessed():
    network = network_from_tables([A | {"id": "xining"}, B], [AB | {"from": "xining"}], id="x")

    with pytest.raises(UnknownNameError, match="Did you mean 'xining'"):
        network.place("xinning")


def test_a_network_is_a_value():
    network = pair()

    assert pickle.loads(pickle.dumps(network)) == network  # noqa: S301  # what we have just pickled
    assert hash(pair()) == hash(network)
    assert pair(length_km=11) != network
    assert "2 places, 1 sections" in repr(network)
    assert network.places["a"].name("zh") == "a"


def test_the_digest_is_the_same_on_every_machine():
    code = (
        "from drillsim.roads import network_from_tables as n\n"
        "print(n([{'id': x, 'lat': 36, 'lon': i} for i, x in enumerate('abc')],"
        "[{'from': 'a', 'to': 'b', 'length_km': 200, 'free_flow_kmh': 60}], id='x').digest)"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env=os.environ | {"PYTHONHASHSEED": s},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for s in ("0", "1", "12345")
    }

    assert len(digests) == 1
