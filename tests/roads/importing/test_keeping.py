"""Nodes that stay places though no roads meet there, because somebody's own tables name them."""

import networkx as nx
import numpy as np
import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads.importing import import_graph, import_roads, read_kept


def grid(n):
    """Return a grid of streets; at each of its four corners only two of them meet."""
    graph = nx.convert_node_labels_to_integers(nx.grid_2d_graph(n, n), label_attribute="at")
    for _, data in graph.nodes(data=True):
        row, column = data.pop("at")
        data.update(x=101.0 + 0.001 * column, y=36.0 + 0.001 * row)
    return graph


def codes(doing):
    with pytest.raises(NetworkError) as wrong:
        doing()
    return [problem.code for problem in wrong.value.problems]


def test_the_corners_of_a_grid_are_merged_and_counted_unless_they_are_kept():
    merged, report = import_graph(grid(4))
    kept, _ = import_graph(grid(4), keep=[0, 3])
    whole, nothing_merged = import_graph(grid(4), keep="all")

    assert set(map(str, range(16))) - set(merged.places) == {"0", "3", "12", "15"}
    assert report.merged == 4
    assert "Merged: 4 nodes" in report.text()
    assert "合并：4 个" in report.text("zh")
    assert set(kept.places) == set(merged.places) | {"0", "3"}
    assert len(whole.places) == 16
    assert nothing_merged.merged == 0
    assert whole.section_m.sum() == pytest.approx(merged.section_m.sum())


def test_a_kept_node_parts_a_section_and_no_length_is_lost():
    graph = nx.path_graph(5)
    for node, data in graph.nodes(data=True):
        data.update(x=101.0, y=36.0 + 0.001 * node)
    merged, _ = import_graph(graph)
    kept, _ = import_graph(graph, keep={np.int64(2)})

    assert list(kept.places) == ["0", "2", "4"]
    assert kept.section_m.sum() == pytest.approx(merged.section_m.sum())


def test_ids_of_openstreetmap_are_kept_with_their_letter_or_without(line_of):
    assert list(import_roads(line_of(), keep=["n2"])[0].places) == ["n1", "n2", "n3"]
    assert list(import_roads(line_of(), keep=[2])[0].places) == ["n1", "n2", "n3"]
    assert list(import_roads(line_of(), keep="all")[0].places) == ["n1", "n2", "n3"]


def test_ids_that_nothing_has_are_named():
    with pytest.raises(NetworkError, match="2 of these ids are those of no node of a road: 99, x"):
        import_graph(grid(3), keep=[0, 99, "x"])
    assert codes(lambda: import_graph(grid(3), keep="0")) == ["keep_what"]
    assert codes(lambda: import_graph(grid(3), keep=0)) == ["keep_what"]


def test_what_is_to_be_kept_and_is_cut_off_is_counted(tmp_path):
    graph = grid(3)
    for node, north in ((100, 0.0), (101, 0.001), (102, 0.002)):
        graph.add_node(node, x=102.0, y=36.0 + north)
    graph.add_edges_from([(100, 101), (101, 102)])
    _, report = import_graph(graph, keep=[0, 101], largest_part_only=True)

    assert report.dropped["kept_elsewhere"] == 1


@pytest.mark.parametrize(
    "text",
    ["17\nn18\n\n 17 \n", "name,node\nA,17\nB,n18\nC,\n", "\ufeffid;name\n17;A\nn18;B\n", "ID\n17\nn18\n"],
)
def test_ids_are_read_one_a_line_or_from_a_column(tmp_path, text):
    path = tmp_path / "stations.csv"
    path.write_text(text, encoding="utf-8")

    assert read_kept(path) == ("17", "n18")


def test_ids_with_commas_are_read_from_text_or_between_quotes(tmp_path):
    (tmp_path / "grid.txt").write_text("(0, 0)\n(0, 1)\n", encoding="utf-8")
    (tmp_path / "grid.csv").write_text('id\n"(0, 0)"\n"(0, 1)"\n', encoding="utf-8")

    assert read_kept(tmp_path / "grid.txt") == read_kept(tmp_path / "grid.csv") == ("(0, 0)", "(0, 1)")


def test_a_table_without_a_column_of_ids_is_refused(tmp_path):
    path = tmp_path / "stations.csv"
    path.write_text("name,x,y\nA,1,2\n", encoding="utf-8")

    assert codes(lambda: read_kept(path)) == ["keep_columns"]
    assert codes(lambda: read_kept(tmp_path / "none.csv")) == ["file_missing"]
    assert codes(lambda: read_kept(tmp_path)) == ["file_is_folder"]


def test_the_nodes_of_stations_of_another_simulator_survive(shared, tmp_path):
    import csv  # noqa: PLC0415
    import gzip  # noqa: PLC0415

    folder = shared / "jemss_auckland"
    with gzip.open(folder / "od_times.csv.gz", "rt", encoding="utf-8") as file:
        rows = csv.DictReader(file)
        stations = {row["fromNode"] for row in rows if row["fromType"] == "station"}
    network, report = import_roads(folder, keep=stations)

    assert len(stations) > 10
    assert stations <= set(network.places)
    assert report.merged > 0
