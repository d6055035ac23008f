"""GeoParquet and GeoPackage, and folders of CSV."""

import contextlib
import json
import sqlite3
import struct

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads.importing import import_roads
from drillsim.roads.importing.crs import Crs
from drillsim.roads.importing.geo import courses_of

A, B, C = (100.0, 36.0), (100.0, 36.001), (100.0, 36.002)


def wkb(*points):
    flat = [value for point in points for value in point]
    return struct.pack(f"<BII{len(flat)}d", 1, 2, len(points), *flat)


def parquet(tmp_path, lines, crs=None, **columns):
    said = {"primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    if crs is not None:
        said["columns"]["geometry"]["crs"] = crs
    table = pa.table({**columns, "geometry": lines}).replace_schema_metadata({"geo": json.dumps(said)})
    path = tmp_path / "roads.parquet"
    pq.write_table(table, path)
    return path


def test_lines_that_touch_are_joined(tmp_path):
    network, report = import_roads(parquet(tmp_path, [wkb(A, B), wkb(B, C), wkb(B, (100.001, 36.001))]))

    assert len(network.places) == 4
    assert {"no_oneway", "no_highway", "no_speed"} <= set(report.warnings)
    assert report.licence == ""


def test_ends_that_are_named_keep_their_names_however_their_line_was_drawn(tmp_path):
    lines = [wkb(A, B), wkb(C, B), wkb(C, (100.001, 36.002)), wkb(B, (100.001, 36.001))]
    network, _ = import_roads(parquet(tmp_path, lines, u=["a", "b", "c", "b"], v=["b", "c", "d", "e"]))

    assert network.places["b"].lat == pytest.approx(36.001)
    assert set(network.places) == {"a", "b", "d", "e"}  # nothing ends or branches at c


def test_the_end_of_a_dead_end_is_where_its_line_ends_however_it_was_drawn(tmp_path):
    """Three roads meet at b; the one to d is drawn from d, though b is named first."""
    d = (100.001, 36.001)
    network, _ = import_roads(
        parquet(tmp_path, [wkb(A, B), wkb(B, C), wkb(d, B)], u=["a", "b", "b"], v=["b", "c", "d"])
    )
    places = {name: (round(place.lon, 6), round(place.lat, 6)) for name, place in network.places.items()}

    assert places == {"a": A, "b": B, "c": C, "d": d}
    assert min(network.section_m) == pytest.approx(90.0, abs=0.1)
    turned = parquet(tmp_path, [wkb(C, B), wkb(B, A), wkb(C, d)], u=["a", "b", "c"], v=["b", "c", "d"])
    assert sum(import_roads(turned)[0].section_m) == pytest.approx(2 * 111.2 + 143.0, abs=0.1)


def test_one_way_roads_of_a_table_run_from_the_first_end_to_the_second(tmp_path):
    path = parquet(
        tmp_path, [wkb(B, A), wkb(C, B)], u=["a", "b"], v=["b", "c"], oneway=["yes", "yes"], highway=["primary"] * 2
    )
    (section,) = import_roads(path)[0].sections.values()

    assert {section.start, section.end} == {"a", "c"}
    assert section.oneway is True


def test_from_and_to_tell_the_direction_where_both_nodes_stand_in_any_order(tmp_path):
    path = parquet(
        tmp_path, [wkb(B, A)], u=[1], v=[2], **{"from": [2], "to": [1]}, oneway=[True], highway=["['primary', 'service']"],
        lanes=["['2', '3']"],
    )  # fmt: skip
    (section,) = import_roads(path)[0].sections.values()

    assert (section.start, section.end, section.oneway) == ("2", "1", True)
    assert (section.road_class, section.lanes) == ("primary", 2)


def test_rows_for_each_direction_make_one_road(tmp_path):
    network, _ = import_roads(parquet(tmp_path, [wkb(A, B), wkb(B, A)], u=["a", "b"], v=["b", "a"]))

    assert [section.oneway for section in network.sections.values()] == [False]


def test_directions_as_single_letters_are_read(tmp_path):
    path = parquet(
        tmp_path, [wkb(A, B), wkb(B, C)], oneway=["T", "B"], fclass=["primary", "primary"], maxspeed=[0, 60],
        bridge=["F", "T"],
    )  # fmt: skip
    network, report = import_roads(path)

    first, second = (network.sections[name] for name in ("e0.1", "e1.1"))
    assert (first.oneway, first.bridge, second.oneway, second.bridge) == (True, False, False, True)
    assert network.places[first.start].lat == pytest.approx(36.001)
    assert report.guessed["maxspeed_missing"] == 1


def test_a_zone_of_utm_is_turned_back_into_degrees(tmp_path):
    lines = [wkb((500000.0, 3984000.0), (500000.0, 3985000.0))]
    network, _ = import_roads(parquet(tmp_path, lines, crs={"id": {"authority": "EPSG", "code": 32647}}))

    assert {place.lon for place in network.places.values()} == {99.0}


def test_metres_that_nobody_calls_so_and_systems_that_do_not_exist_or_do_not_fit_are_refused(tmp_path):
    metres = [wkb((500000.0, 3984000.0), (500000.0, 3985000.0))]
    for crs, code in (
        (None, "roads_in_metres"),
        ({"id": {"authority": "EPSG", "code": 99999}}, "roads_crs"),
        ({"id": {"authority": "EPSG", "code": 4522}}, "roads_crs_outside"),  # its eastings begin with the zone's number
    ):
        with pytest.raises(NetworkError) as caught:
            import_roads(parquet(tmp_path, metres, crs=crs))
        assert [problem.code for problem in caught.value.problems] == [code]


def read(line):
    """Return the parts of one line, as (longitude, latitude)."""
    return [[(x, y) for y, x in course.tolist()] for course in courses_of([line], Crs())[0]]


def test_lines_with_heights_and_of_several_parts_are_read():
    high = struct.pack("<BII6d", 1, 1002, 2, *A, 3000.0, *B, 3010.0)
    parts = struct.pack("<BII", 1, 5, 2) + wkb(A, B) + wkb(B, C)
    apart = struct.pack("<BII", 1, 5, 2) + wkb(A, B) + wkb(C, A)
    big_endian = struct.pack(">BII4d", 0, 2, 2, *A, *B)

    with_srid = struct.pack("<BIII4d", 1, 0x20000002, 4326, 2, *A, *B)
    for one in (high, big_endian, with_srid, wkb(A, B)):
        assert read(one) == [[A, B]]
    assert read(parts) == [[A, B, C]]
    assert read(apart) == [[A, B], [C, A]]


def test_what_is_no_line_or_a_damaged_one_is_none():
    nan, point = float("nan"), struct.pack("<BI2d", 1, 1, *A)
    half_damaged = struct.pack("<BII", 1, 5, 2) + wkb(A, B) + wkb(B, (nan, 36.0))

    for one in (b"\1\1\0\0\0", b"", None, point, wkb(A), wkb(), wkb(A, (nan, 36.0)), wkb(A, B)[:-1], half_damaged):
        assert read(one) == [], one


def test_parts_of_a_road_that_do_not_touch_are_kept_each_by_itself(tmp_path):
    apart = struct.pack("<BII", 1, 5, 2) + wkb(A, B) + wkb(C, (100.0, 36.003))
    between = wkb(B, C)
    network, report = import_roads(
        parquet(tmp_path, [apart, between], highway=["primary", "service"], length=[300.0, 111.2])
    )

    assert sorted(section.road_class for section in network.sections.values()) == ["primary", "primary", "service"]
    assert sum(network.section_m) == pytest.approx(3 * 111.2, abs=0.1)
    assert (report.dropped, report.parts) == ({}, 0)


def test_a_road_of_two_parts_leaves_the_names_of_all_ends_as_they_are(tmp_path):
    """The ends of the first two lines at b are half a metre apart, as in tables that were digitised."""
    x, p, q, y = (100.01, 36.01), (100.01, 36.02), (100.02, 36.01), (100.02, 36.02)
    apart = struct.pack("<BII", 1, 5, 2) + wkb(x, p) + wkb(q, y)
    lines = [wkb(A, B), wkb((100.0, 36.001005), C), apart, wkb(p, (100.03, 36.02)), wkb(y, (100.04, 36.02))]
    network, report = import_roads(
        parquet(tmp_path, lines, u=["a", "b", "x", "p", "y"], v=["b", "c", "y", "r", "s"], length=[111.0] * 5)
    )

    assert {"a", "c", "x", "r", "s"} <= set(network.places)  # nothing ends or branches at b, p and y
    assert len(network.places) == 6  # and where the second part begins, which the table does not name
    assert report.parts == 2
    assert (network.places["x"].lon, network.places["x"].lat) == x


def test_the_ends_of_a_road_whose_parts_stand_in_any_order_are_where_other_roads_meet_them(tmp_path):
    x, y = (100.01, 36.01), (100.02, 36.02)
    apart = struct.pack("<BII", 1, 5, 2) + wkb((100.02, 36.01), y) + wkb(x, (100.01, 36.02))
    lines = [apart, *(wkb(end, (end[0], end[1] + d)) for end in (x, y) for d in (-0.1, 0.1))]
    network, _ = import_roads(parquet(tmp_path, lines, u=["x", "x", "x", "y", "y"], v=["y", "1", "2", "3", "4"]))

    assert (network.places["x"].lon, network.places["x"].lat) == x
    assert sum(network.section_m) == pytest.approx(4 * 11_119.5 + 2 * 1_112, rel=0.001)


def geopackage(tmp_path, rows):
    path = tmp_path / "roads.gpkg"
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("CREATE TABLE gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id)")
        db.execute("CREATE TABLE gpkg_spatial_ref_sys (srs_id, organization, organization_coordsys_id)")
        db.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326)")
        db.execute("INSERT INTO gpkg_geometry_columns VALUES ('lines', 'geom', 'LINESTRING', 4326)")
        db.execute("CREATE TABLE lines (fid, geom, highway, other_tags)")
        db.executemany("INSERT INTO lines VALUES (?, ?, ?, ?)", rows)
        db.commit()
    return path


def test_a_geopackage_is_read_with_its_own_header_and_tags_in_one_column(tmp_path):
    plain = b"GP\0\1" + struct.pack("<i", 4326) + wkb(A, B)
    boxed = b"GP\0\3" + struct.pack("<i4d", 4326, 0, 0, 0, 0) + wkb(B, C)
    tags = '"maxspeed"=>"40","oneway"=>"-1"'
    network, report = import_roads(
        geopackage(tmp_path, [(1, plain, "primary", tags), (2, boxed, "residential", None), (3, None, "primary", None)])
    )

    first = network.sections["e0.1"]
    assert (first.free_flow_kmh, first.oneway) == (pytest.approx(40), True)
    assert network.places[first.start].lat == pytest.approx(36.001)
    assert report.dropped == {"no_course": 1}


def test_a_folder_of_tables_is_read_as_it_stands(tmp_path):
    (tmp_path / "nodes.csv").write_text("id,lat,lon,elevation_m\na,36,100,10\nb,36,100.1,20\nc,37,100,0\n")
    (tmp_path / "edges.csv").write_text("from,to,length_km,free_flow_kmh\na,b,10,60\n")
    (tmp_path / "heights.csv").write_text("id;elevation_m\na;3000\n")
    network, report = import_roads(tmp_path, elevation=tmp_path / "heights.csv", largest_part_only=True)

    assert {place.id: place.elevation_m for place in network.places.values()} == {"a": 3000, "b": 20}
    assert (report.format, report.arcs, report.parts) == ("CSV", 2, 0)
    for table in ("nodes.csv", "edges.csv"):
        (tmp_path / table).write_text((tmp_path / table).read_text().replace(",", ";"))
    semicolons, _ = import_roads(tmp_path, elevation=tmp_path / "heights.csv", largest_part_only=True)
    assert semicolons == network
