"""Real extracts: they import in seconds, and times between junctions are those of plain networkx before contraction."""

from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from drillsim.roads.importing import import_graph, import_roads
from drillsim.roads.importing.build import Recipe, build
from drillsim.roads.importing.raw import Options, Tally
from drillsim.roads.importing.reading import READERS, kind_of
from tests.roads.importing.test_junctions import graph_of, links_as_edges, sections_as_edges

EXTRACTS = ("porto_alegre.osm.pbf", "liechtenstein.osm.pbf", "shenzhen_futian.graphml", "wuhan_roads.parquet")


@pytest.mark.parametrize("name", EXTRACTS)
def test_a_hundred_random_pairs_take_as_long_as_before_contraction(shared, name):
    path: Path = shared / name
    tally = Tally()
    raw = READERS[kind_of(path)](path, Options(), tally)
    network, report = build(raw, tally, Recipe(), source=str(path), kind="")
    before, after = graph_of(links_as_edges(raw)), graph_of(sections_as_edges(network))
    rng = np.random.default_rng(1)
    largest = np.flatnonzero(network.parts == 0)

    for start in rng.choice(largest, 5):
        wanted = nx.single_source_dijkstra_path_length(before, network.place_ids[int(start)], weight="s")
        got = nx.single_source_dijkstra_path_length(after, network.place_ids[int(start)], weight="s")
        for end in network.place_ids.names(rng.choice(largest, 20)):
            assert got[end] == pytest.approx(wanted[end], rel=1e-6)
    assert report.places_cut_off < 0.05 * report.places


@pytest.mark.parametrize(
    ("name", "nodes"),
    [("porto_alegre.osm.pbf", 27_080), ("liechtenstein.osm.pbf", 16_369), ("wuhan_roads.parquet", 82_902)],
)
def test_no_fewer_nodes_are_kept_than_a_car_may_use(shared, name, nodes):
    _, report = import_roads(shared / name)

    assert report.nodes > 0.99 * nodes  # Wuhan counts its pedestrian streets too
    assert report.places < 0.5 * report.nodes


def test_distances_in_a_graphml_are_those_of_networkx_on_the_graph_itself(shared):
    path = shared / "shenzhen_futian.graphml"
    graph = nx.read_graphml(path, force_multigraph=True)
    network, report = import_roads(path)
    on_foot = {"footway", "pedestrian", "steps", "cycleway", "path", "corridor"}
    for *edge, data in list(graph.edges(keys=True, data=True)):
        data["length"] = float(data["length"])
        if data["highway"] in on_foot:
            graph.remove_edge(*edge)

    assert import_graph(nx.read_graphml(path, force_multigraph=True))[0] == network
    assert report.dropped["no_access"] == 45
    for start in list(network.place_ids)[:10]:
        shortest = nx.single_source_dijkstra_path_length(graph, start, weight="length")
        got = nx.single_source_dijkstra_path_length(network.graph, start, weight="length_m")
        assert all(length >= shortest[end] - 1e-6 for end, length in got.items())
        assert np.mean([length > shortest[end] + 1e-6 for end, length in got.items()]) < 0.2  # through closed roads


def test_heights_of_a_real_raster_are_those_of_the_city(shared):
    raster = shared / "porto_alegre_elevation.tif"
    network, report = import_roads(shared / "porto_alegre.osm.pbf", elevation=raster)
    heights = np.array([place.elevation_m for place in network.places.values()])

    assert report.heights_known > 0.95 * report.places
    assert 0 <= heights.min() < 10
    assert 200 < heights.max() < 320  # the hills of Porto Alegre, Morro Santana 311 m
