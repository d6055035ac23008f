"""Whatever is given, it is read or refused with one clear problem, in both languages; never a traceback."""

import contextlib
import sqlite3
import sys

import networkx as nx
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drillsim.base.errors import NetworkError
from drillsim.roads.importing import import_graph, import_roads, places_of_interest

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


def codes(path, read=import_roads):
    with pytest.raises(NetworkError) as caught:
        read(path)
    assert caught.value.text("en")
    assert caught.value.text("zh")
    return [problem.code for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.osm", b"", "roads_empty_file"),
        ("a.osm", b"hello", "roads_broken"),
        ("a.osm", b'<osm version="0.6"/>', "roads_none"),
        ("a.osm", b'<osm version="0.6"><node id="1" lat="1', "roads_broken"),
        ("a.osm", b"<html></html>", "roads_broken"),
        ("a.osm", b'<osm version="0.6"><node id="1" lat="4051234" lon="562345"/></osm>', "roads_in_metres"),
        ("a.osm", BOMB + b'<osm version="0.6"/>', "roads_entities"),
        ("a.osm.pbf", b"\0\0\0\r\n\tOSMHeader\x18\xff\xff", "roads_broken"),
        ("a.osm.pbf", bytes(range(256)), "roads_broken"),
        ("a.osm.gz", b"\x1f\x8b\x08broken", "roads_broken"),
        ("a.graphml", b"<graphml><graph>", "roads_broken"),
        ("a.graphml", BOMB + b"<graphml/>", "roads_entities"),
        ("a.graphml", b"<graphml><graph><node/></graph></graphml>", "roads_broken"),
        ("a.graphml", b"<graphml/>", "roads_none"),
        ("a.parquet", b"PAR1 and nothing else PAR1", "roads_broken"),
        ("a.gpkg", b"SQLite format 3\0 and nothing else", "roads_broken"),
        ("a.graphml", b'<graphml><graph><node id="a"/><edge source="a" target="b"/></graph></graphml>', "roads_none"),
        ("a.osm.pbf", b"no such thing", "roads_broken"),
        ("a.docx", b"PK\3\4", "roads_format"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_one_problem(tmp_path, name, content, code):
    path = tmp_path / name
    path.write_bytes(content)

    assert codes(path) == [code]


def test_a_folder_or_a_name_without_a_file_is_refused(tmp_path):
    assert codes(tmp_path) == ["roads_folder"]
    assert codes(tmp_path / "none.osm") == ["file_missing"]
    assert codes(tmp_path, places_of_interest) == ["file_is_folder"]
    assert codes(tmp_path / "none.osm", places_of_interest) == ["file_missing"]


def test_a_pbf_that_is_cut_short_is_refused(shared, tmp_path):
    whole = (shared / "liechtenstein.osm.pbf").read_bytes()
    path = tmp_path / "cut.osm.pbf"
    for part in (0.1, 0.5, 0.99):
        path.write_bytes(whole[: int(part * len(whole))])
        assert codes(path) == ["roads_broken"]


def test_a_file_without_a_road_for_vehicles_is_refused(line_of):
    assert codes(line_of(highway="footway")) == ["roads_none"]


def test_roads_whose_nodes_are_all_clipped_away_are_none(osm):
    assert codes(osm({}, {9: ((1, 2), {"highway": "primary"})})) == ["roads_without_nodes"]


def graph(*points, **about):
    made = nx.path_graph(len(points))
    made.graph |= about
    for node, (x, y) in enumerate(points):
        made.nodes[node].update(x=x, y=y)
    return made


def test_coordinates_in_metres_or_swapped_are_refused_with_one_problem():
    assert codes(graph((500000.0, 4000000.0), (500100.0, 4000000.0)), import_graph) == ["roads_in_metres"]
    assert codes(graph((36.6, 101.7), (36.6, 101.8)), import_graph) == ["roads_swapped"]
    assert codes(graph((101.7, None), (101.8, 36.6)), import_graph) == ["roads_coordinates_missing"]
    assert codes(graph((1.0, 1.0), (1.1, 1.1), crs="EPSG:99999"), import_graph) == ["roads_crs"]


def test_swapped_coordinates_betray_themselves_by_the_stated_lengths():
    swapped = graph(*((60.0, 0.01 * step) for step in range(30)))  # at 60 degrees north, 0.01 degrees are 556 m
    nx.set_edge_attributes(swapped, 556.0, "length")

    assert codes(swapped, import_graph) == ["roads_swapped"]


def test_a_table_without_lines_is_refused(tmp_path):
    path = tmp_path / "table.parquet"
    pq.write_table(pa.table({"u": [1], "v": [2]}), path)
    assert codes(path) == ["roads_geometry"]
    pq.write_table(pa.table({"geometry": pa.array([b"no line"])}), path)
    assert codes(path) == ["roads_geometry"]
    pq.write_table(pa.table({"geometry": [b"x"]}).replace_schema_metadata({"geo": "{broken"}), path)
    assert codes(path) == ["roads_broken"]


def test_a_geopackage_without_lines_is_refused(tmp_path):
    path = tmp_path / "points.gpkg"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id)")
        db.execute("INSERT INTO gpkg_geometry_columns VALUES ('p', 'geom', 'POINT', 4326)")
        db.commit()

    assert codes(path) == ["roads_geometry"]


def test_who_lacks_the_extra_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "osmnx", None)
    with pytest.raises(NetworkError, match=r"pip install drillsim\[place\]"):
        import_roads("place:Xining")
    assert codes("place: ") == ["roads_place_name"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=st.sampled_from(["a.osm", "a.osm.pbf", "a.graphml", "a.parquet", "a.gpkg", "a.osm.gz"]),
    head=st.sampled_from([b"", b"<osm>", b"<graphml>", b"PAR1", b"SQLite format 3\0", b"BZh", b"\x1f\x8b"]),
    content=st.binary(max_size=300),
)
def test_any_bytes_are_read_or_refused(tmp_path, name, head, content):
    path = tmp_path / name
    path.write_bytes(head + content)
    with contextlib.suppress(NetworkError):
        import_roads(path)


def test_a_map_whose_latitudes_are_longitudes_or_metres_is_refused(osm, tmp_path):
    for lat, lon, code in ((113.9, 22.5, "roads_swapped"), (200.0, 195.0, "roads_in_metres")):
        path = tmp_path / "wrong.osm"
        nodes = "".join(f'<node id="{i}" lat="{lat + i / 1000}" lon="{lon}"/>' for i in (1, 2))
        way = '<way id="3"><nd ref="1"/><nd ref="2"/><tag k="highway" v="primary"/></way>'
        path.write_text(f'<osm version="0.6">{nodes}{way}</osm>', encoding="utf-8")
        assert codes(path) == [code]
