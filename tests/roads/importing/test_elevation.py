"""Heights from tags, tables and rasters."""

import struct

import networkx as nx
import numpy as np
import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads.importing import import_graph, import_roads
from drillsim.roads.importing.edge_list import Tally
from drillsim.roads.importing.elevation import heights

ROAD = {"highway": "residential"}


def geotiff(path, rows, *, crs=4326, nodata=None, tie=(100.0, 36.0), cell_deg=1.0, model=2):
    """Write a raster whose north-west corner is at *tie*."""
    image = pytest.importorskip("PIL.Image")
    from PIL.TiffImagePlugin import ImageFileDirectory_v2  # noqa: PLC0415  # only where Pillow is installed

    tags = ImageFileDirectory_v2()
    for number, kind, value in (
        (33550, 12, (cell_deg, cell_deg, 0.0)),
        (33922, 12, (0.0, 0.0, 0.0, *tie, 0.0)),
        (34735, 3, (1, 1, 0, 3, 1024, 0, 1, model, 1025, 0, 1, 1, 2048, 0, 1, crs)),
        (42113, 2, nodata),
    ):
        if value is not None:
            tags.tagtype[number] = kind
            tags[number] = value
    image.fromarray(np.array(rows, np.float32)).save(path, tiffinfo=tags)
    return path


def at(path, *points, names=("a", "b", "c"), tally=None):
    lat, lon = np.array(points, float).T
    return heights(path, names[: len(points)], lat, lon, Tally() if tally is None else tally)


def test_between_the_middles_of_cells_heights_are_interpolated(tmp_path):
    raster = geotiff(tmp_path / "dem.tif", [[0, 100], [200, 300]])

    assert at(raster, (35.5, 100.5), (35.5, 101.0), (35.0, 101.0)).tolist() == [0, 50, 150]


def test_outside_a_raster_and_where_it_has_no_data_nothing_is_known(tmp_path):
    raster = geotiff(tmp_path / "dem.tif", [[0, 100], [-32768, 300]], nodata="-32768")

    assert np.isnan(at(raster, (50.0, 100.5), (34.5, 100.5))).all()
    assert at(raster, (34.5, 101.5)) == 300


@pytest.mark.parametrize("void", [-32768, -9999, 9999, 32767, float("nan"), 0])
def test_a_void_that_the_file_does_not_declare_is_not_mixed_into_heights(tmp_path, void):
    """One cell of nine, the middle one at 34.5 N 101.5 E; no sea lies at 4000 m."""
    tally = Tally()
    raster = geotiff(tmp_path / "dem.tif", [[4000] * 3, [4000, void, 4000], [4000] * 3])
    told = at(raster, (34.5, 101.4), (34.5, 100.5), (35.5, 101.5), tally=tally)

    assert np.array_equal(told, [np.nan, 4000, 4000], equal_nan=True)
    assert tally.guessed == {"height_void": 1}


def test_the_sea_is_no_void(tmp_path):
    """From 35.5 N, at sea level, to 34.5 N: the shore is 200 m high, and 2000 m are reached farther inland."""
    raster = geotiff(tmp_path / "dem.tif", [[0, 0], [200, 400], [2000, 2000]])

    assert at(raster, (35.5, 100.5), (35.0, 100.5)).tolist() == [0, 100]


def test_a_raster_across_the_180th_meridian_tells_both_sides(tmp_path):
    raster = geotiff(tmp_path / "dem.tif", [[100, 200, 300, 400]], tie=(178.0, 36.0))

    assert at(raster, (35.5, 178.5), (35.5, 180.0), (35.5, -179.5)).tolist() == [100, 250, 300]
    assert np.isnan(at(raster, (35.5, 0.0), (35.5, -177.0))).all()


def test_points_outside_a_raster_are_counted(tmp_path, osm):
    """Cells of a degree from 36 N 100 E on; the road lies on the equator."""
    tally = Tally()
    at(geotiff(tmp_path / "dem.tif", [[100]]), (35.5, 100.5), (0, 0), (0, 1), tally=tally)
    assert tally.guessed == {"height_outside": 2}


def test_a_raster_in_metres_or_without_a_place_is_refused(tmp_path):
    image = pytest.importorskip("PIL.Image")
    projected = geotiff(tmp_path / "utm.tif", [[1, 2]], crs=32650, model=1)
    image.fromarray(np.zeros((2, 2), np.float32)).save(tmp_path / "bare.tif")
    (tmp_path / "broken.tif").write_bytes(b"II*\0" + struct.pack("<I", 8))
    for path, code in (
        (projected, "elevation_raster"), (tmp_path / "bare.tif", "elevation_raster"),
        (tmp_path / "broken.tif", "roads_broken"), (tmp_path / "none.tif", "file_missing"), (tmp_path, "file_is_folder"),
    ):  # fmt: skip
        with pytest.raises(NetworkError) as caught:
            at(path, (35.5, 100.5))
        assert [problem.code for problem in caught.value.problems] == [code]


def test_a_table_tells_the_height_of_what_is_within_200_metres_of_a_row(tmp_path):
    table = tmp_path / "heights.csv"
    table.write_text("lat,lon,elevation_m\n36,100,3000\n37,100,bad\n")

    known = at(table, (36.001, 100.0), (36.003, 100.0), (37.0, 100.0))  # 111 m, 334 m
    assert known[0] == 3000
    assert np.isnan(known[1:]).all()


def test_a_table_may_name_the_places_by_their_ids(tmp_path):
    table = tmp_path / "heights.csv"
    table.write_text("\ufeffID,ele\nb,3000\n", encoding="utf-8")

    assert np.array_equal(at(table, (0, 0), (0, 0)), [np.nan, 3000], equal_nan=True)


@pytest.mark.parametrize(
    ("content", "code"), [(b"a,b\n1,2\n", "elevation_columns"), (b"\xe9t\xe9,x\n", "not_utf8_table")]
)
def test_a_table_without_heights_is_refused(tmp_path, content, code):
    table = tmp_path / "heights.csv"
    table.write_bytes(content)
    with pytest.raises(NetworkError) as caught:
        at(table, (0, 0))

    assert [problem.code for problem in caught.value.problems] == [code]


def test_a_raster_with_more_cells_than_are_read_is_refused_and_not_called_damaged(tmp_path, monkeypatch):
    geotiff(tmp_path / "dem.tif", [[1.0] * 10] * 10)
    monkeypatch.setattr("PIL.Image.MAX_IMAGE_PIXELS", 40)
    with pytest.raises(NetworkError) as caught:
        at(tmp_path / "dem.tif", (0, 0))

    assert [problem.code for problem in caught.value.problems] == ["elevation_too_large"]


def test_heights_come_from_the_tags_of_nodes_where_most_have_one(osm):
    nodes, ways = {1: (0, 0), 2: (1, 0), 3: (2, 0)}, {8: ((1, 2), ROAD), 9: ((2, 3), {"highway": "primary"})}
    most, report = import_roads(osm(nodes, ways, {1: {"ele": "3000"}, 2: {"ele": "3010"}}))
    few, warned = import_roads(osm(nodes, ways, {1: {"ele": "3000"}}))

    assert [place.elevation_m for place in most.places.values()] == [3000, 3010, 3010]
    assert (report.heights_known, report.warnings) == (2, ("heights_filled", "no_speed"))
    assert [place.elevation_m for place in few.places.values()] == [0, 0, 0]
    assert "heights_few" in warned.warnings
    assert "Heights: known for 1 of 3 junctions" in warned.text()


def test_the_height_of_a_pass_between_two_places_is_kept(osm, tmp_path):
    table = tmp_path / "heights.csv"
    table.write_text("id,elevation_m\nn1,3000\nn2,3400\nn3,3100\n")
    network, _ = import_roads(osm({1: (0, 0), 2: (1, 0), 3: (2, 0)}, {9: ((1, 2, 3), ROAD)}), elevation=table)

    assert network.sections["w9.1"].max_elevation_m == 3400


def test_a_file_of_heights_of_another_region_is_pointed_out(osm, tmp_path):
    (tmp_path / "heights.csv").write_text("lat,lon,elevation_m\n50,10,300\n", encoding="utf-8")
    path = osm({1: (0, 0), 2: (1, 0)}, {9: ((1, 2), {"highway": "primary"})})

    assert "heights_elsewhere" in import_roads(path, elevation=tmp_path / "heights.csv")[1].warnings


def test_heights_that_can_be_none_are_left_out_and_counted(tmp_path):
    table, by_id, tally = tmp_path / "heights.csv", tmp_path / "by_id.csv", Tally()
    table.write_text("lat,lon,elevation_m\n36,100,99999\n37,100,high\n38,100,\n39,100,3000\n")
    by_id.write_text("id,ele\na,99999\nb,3000\n")
    raster = geotiff(tmp_path / "dem.tif", [[-9999, 100], [200, 300]])

    assert np.isnan(at(table, (36, 100), (37, 100), (38, 100), tally=tally)).all()
    assert tally.guessed == {"height_unreadable": 2}
    assert at(by_id, (0, 0), (0, 0), tally=tally)[1] == 3000
    assert np.isnan(at(raster, (35.5, 100.5), tally=tally)).all()
    assert tally.guessed == {"height_unreadable": 3, "height_void": 1}


def test_the_heights_of_a_table_of_drillsim_are_told_as_those_of_any_other(tmp_path):
    (tmp_path / "nodes.csv").write_text("id,lat,lon\na,36,100\nb,36,100.1\n")
    (tmp_path / "edges.csv").write_text("from,to,length_km,free_flow_kmh\na,b,10,60\n")
    elsewhere = geotiff(tmp_path / "dem.tif", [[1.0, 2.0]], tie=(10.0, 50.0))
    (tmp_path / "heights.csv").write_text("id,elevation_m\na,2300\nb,99999\n")
    found, report = import_roads(tmp_path, elevation=tmp_path / "heights.csv")

    assert "heights_elsewhere" in import_roads(tmp_path, elevation=elsewhere)[1].warnings
    assert found.places["a"].elevation_m == 2300
    assert report.guessed == {"height_unreadable": 1}


def test_a_place_without_a_height_takes_that_of_the_nearest_place_that_has_one():
    """Four places 1.8 km apart from west to east, and one 11 km north of the second."""
    graph = nx.MultiDiGraph()
    for k in range(4):
        graph.add_node(f"k{k}", y=36.0, x=100.0 + 0.02 * k, elevation=1000.0 * (k + 1))
    graph.add_node("m", y=36.1, x=100.021)
    graph.add_edges_from([("k0", "k1"), ("k1", "k2"), ("k2", "k3"), ("k3", "m")])
    network, report = import_graph(graph, keep="all")

    assert "heights_filled" in report.warnings
    assert network.places["m"].elevation_m == 2000
