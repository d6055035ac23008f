"""Real extracts: they import, a scenario runs on each, and times between junctions are those of plain networkx before contraction."""

import csv
import gzip
from pathlib import Path

import networkx as nx
import numpy as np
import pytest

from drillsim.cli import main
from drillsim.roads import HeavyVehicleSpeed, RoadState, open_network
from drillsim.roads.importing import import_graph, import_roads
from drillsim.roads.importing.build import Recipe, build
from drillsim.roads.importing.csv_tables import read_tables
from drillsim.roads.importing.edge_list import Options, RawRoads, Tally
from drillsim.roads.importing.reading import READERS, kind_of
from drillsim.roads.routing.select import router_of
from tests.roads.importing.test_junctions import graph_of, links_as_edges, sections_as_edges

EXTRACTS = (
    "porto_alegre.osm.pbf", "liechtenstein.osm.pbf", "shenzhen_futian.graphml", "wuhan_roads.parquet", "jemss_auckland",
)  # fmt: skip


def raw_of(path: Path, tally: Tally) -> RawRoads:
    read = read_tables if path.is_dir() else READERS[kind_of(path)]
    return read(path, Options(), tally)


@pytest.mark.parametrize("name", EXTRACTS)
def test_a_hundred_random_pairs_take_as_long_as_before_contraction(shared, name):
    path: Path = shared / name
    tally = Tally()
    raw = raw_of(path, tally)
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


def test_the_roads_of_a_table_are_as_long_as_its_lines(shared):
    network, _ = import_roads(shared / "wuhan_roads.parquet")

    assert network.section_m.sum() == pytest.approx(7_163_669, rel=0.001)  # as PROJ measures all lines for vehicles
    assert np.count_nonzero(network.section_m < 0.2) == 0


def test_heights_of_a_real_raster_are_those_of_the_city(shared):
    raster = shared / "porto_alegre_elevation.tif"
    network, report = import_roads(shared / "porto_alegre.osm.pbf", elevation=raster)
    heights = np.array([place.elevation_m for place in network.places.values()])

    assert report.heights_known > 0.95 * report.places
    assert 0 <= heights.min() < 10
    assert 200 < heights.max() < 320  # the hills of Porto Alegre, Morro Santana 311 m


@pytest.mark.slow
@pytest.mark.parametrize("name", EXTRACTS)
def test_a_scenario_runs_on_it_and_the_router_agrees_with_networkx_to_the_millisecond(shared, tmp_path, capsys, name):
    path = tmp_path / "own.yaml"
    for arguments in (["new", path, "--from", shared / name], ["run", path, "--check"]):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        assert not ended.value.code, capsys.readouterr().err
    network, speeds = open_network(path.with_suffix(".roads")), HeavyVehicleSpeed()
    rng = np.random.default_rng(7)
    closed = {str(section) for section in network.section_ids.names(rng.integers(0, len(network.section_ids), 300))}
    for state in (RoadState(), RoadState(dict.fromkeys(closed, 0.0))):
        graph = nx.DiGraph()
        for (along_s, against_s), (key, s) in zip(speeds.section_s(network), network.sections.items(), strict=True):
            ways = [(s.start, s.end, along_s)] + ([] if s.oneway else [(s.end, s.start, against_s)])
            for u, v, seconds in ways if state.factor(key) and np.isfinite(along_s) else ():
                ms = round(1000 * seconds)
                if not graph.has_edge(u, v) or graph[u][v]["ms"] > ms:
                    graph.add_edge(u, v, ms=ms)
        router = router_of(network, speeds)
        for start in network.place_ids.names(rng.choice(np.flatnonzero(network.parts == 0), 3)):
            wanted = nx.single_source_dijkstra_path_length(graph, start, weight="ms") if start in graph else {start: 0}
            for end in network.place_ids.names(rng.integers(0, len(network.place_ids), 40)):
                assert 1000 * router.travel_s(start, end, state) == pytest.approx(wanted.get(end, np.inf), abs=0.5)


def test_auckland_has_the_nodes_and_arcs_of_its_readme_and_the_travel_times_of_the_other_simulator(shared):
    folder = shared / "jemss_auckland"
    raw = raw_of(folder, Tally())
    _, report = import_roads(folder)
    graph = graph_of(links_as_edges(raw))
    with gzip.open(folder / "od_times.csv.gz", "rt") as file:
        rows = [row for row in csv.DictReader(file) if row["travelMode"] == "2"]
    starts = sorted({row["fromNode"] for row in rows})[:5]

    assert (report.nodes, report.arcs) == (54_370, 90_638)
    for start in starts:
        found = nx.single_source_dijkstra_path_length(graph, start, weight="s")
        here = [row for row in rows if row["fromNode"] == start]
        assert len(here) > 100
        for row in here:
            assert found[row["toNode"]] == pytest.approx(86_400 * float(row["networkTime_days"]), rel=2e-4, abs=0.01)
