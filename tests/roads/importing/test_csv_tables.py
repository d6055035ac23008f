"""Two tables of any make: columns are found by their usual names, units by the coordinates, directions by the rows."""

import gzip

import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads.importing import import_roads

DEGREE_M = 111_194.9
NODES = "id,lat,lon\na,36.0,101.0\nb,36.01,101.0\nc,36.02,101.0\nd,36.01,101.01\n"
EDGES = "from,to,highway,maxspeed\na,b,primary,50\nb,c,primary,60\nb,d,residential,\n"


@pytest.fixture
def folder(tmp_path):
    """Return a function that writes tables and imports them."""

    def write(nodes=NODES, edges=EDGES, names=("nodes.csv", "edges.csv")):
        for name, text in zip(names, (nodes, edges), strict=True):
            data = text.encode()
            (tmp_path / name).write_bytes(gzip.compress(data) if name.endswith(".gz") else data)
        return import_roads(tmp_path)

    return write


def codes(folder, **tables):
    with pytest.raises(NetworkError) as caught:
        folder(**tables)
    return [problem.code for problem in caught.value.problems]


def test_kinds_of_road_and_limits_are_read_and_lengths_measured(folder):
    network, report = folder()
    ab = network.sections_between("a", "b")[0]

    assert ab.length_m == pytest.approx(0.01 * DEGREE_M, rel=1e-4)
    assert (ab.free_flow_kmh, ab.road_class, ab.oneway) == (50, "primary", False)
    assert report.format == "CSV"
    assert report.guessed == {"length_missing": 3, "maxspeed_missing": 1}
    assert "no_oneway" in report.warnings
    assert "no_highway" not in report.warnings


def test_tables_without_kinds_of_road_say_so(folder):
    _, report = folder(edges="from,to,maxspeed\na,b,50\nb,c,60\nb,d,30\n")

    assert "no_highway" in report.warnings


def test_packed_tables_with_a_title_above_and_other_names_are_the_same_roads(folder):
    nodes = "nodes,,,\nindex,x,y,extra,\n1.0,101.0,36.0,0\n2.0,101.0,36.01,0\n3.0,101.01,36.01,0\n"
    arcs = "miscData,,\nnumModes,2,\n,,\narcs,,\nindex,fromNode,toNode,distance,mode_1,mode_2\n"
    arcs += "1,1.0,2.0,1.2,0.0005,0.001\n2,2.0,1.0,1.2,0.0005,0.001\n3,2.0,3.0,1.0,0.0005,0.001\n"
    network, report = folder(nodes, arcs, ("nodes.csv.gz", "arcs.csv.gz"))
    there = network.sections_between("1", "2")[0]
    onward = network.sections_between("2", "3")[0]

    assert (there.length_m, there.oneway, onward.oneway) == (pytest.approx(1200), False, True)
    assert there.free_flow_kmh == pytest.approx(1.2 / 0.024)  # 86.4 s, the slower of both ways of driving
    assert "maxspeed_missing" not in report.guessed
    assert "no_speed" not in report.warnings
    assert "the slowest is taken" in report.text()
    assert "取最慢者" in report.text("zh")


def test_semicolons_between_the_cells_are_read_too(folder):
    assert folder(NODES.replace(",", ";"), EDGES.replace(",", ";"))[0] == folder()[0]


def test_an_id_that_stands_twice_at_different_coordinates_is_refused(folder):
    assert codes(folder, nodes=NODES + "a,36.5,101.0\n") == ["roads_node_twice"]
    assert len(folder(nodes=NODES + "a,36.0,101.0\n")[0].sections) == len(folder()[0].sections)


def test_nodes_without_coordinates_are_named(folder):
    with pytest.raises(NetworkError, match="got b"):
        folder(nodes=NODES.replace("36.01,101.0\nc", ",\nc"))


def test_a_length_beyond_all_measure_is_not_believed(folder):
    network, report = folder(edges="from,to,highway,length_km\na,b,primary,1.2\nb,c,primary,1e9\nb,d,primary,1.1\n")

    assert network.sections_between("b", "c")[0].length_m == pytest.approx(0.01 * DEGREE_M, rel=1e-4)
    assert report.guessed["length_too_long"] == 1


def test_lengths_in_metres_are_told_from_kilometres_by_the_coordinates(folder):
    edges = "source,target,length,travel_time\na,b,1300,65\nb,c,1200,60\nb,d,1000,50\n"
    network, _ = folder(edges=edges)

    assert network.sections_between("a", "b")[0].length_m == pytest.approx(1300)
    assert [s.free_flow_kmh for s in network.sections.values()] == pytest.approx([72, 72, 72])


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"nodes": "id,north,east\na,36,101\n"}, "roads_columns"),
        ({"edges": "who,knows\na,b\n"}, "roads_columns"),
        ({"edges": EDGES + "b\n"}, "roads_row_short"),
        ({"edges": "from,to\na,z\n"}, "roads_none"),
        ({"edges": "from,to\n"}, "table_empty"),
        ({"nodes": "id,lat,lon\na,101,36\nb,101.1,36\n", "edges": "u,v\na,b\n"}, "roads_swapped"),
        ({"nodes": "id,y,x\na,3980000,500000\nb,3980100,500000\n", "edges": "u,v\na,b\n"}, "roads_in_metres"),
        ({"nodes": "id,lat,lon\na,,36\nb,11,36\n", "edges": "u,v\na,b\n"}, "roads_coordinates_missing"),
    ],
)
def test_tables_that_cannot_be_read_are_refused_with_one_problem(folder, tables, code):
    assert codes(folder, **tables) == [code]


def test_what_is_no_packed_file_no_text_or_far_too_large_is_refused(folder, tmp_path, monkeypatch):
    (tmp_path / "nodes.csv.gz").write_bytes(b"no gzip")
    (tmp_path / "links.csv").write_text(EDGES)
    with pytest.raises(NetworkError, match="cannot be read"):
        import_roads(tmp_path)
    (tmp_path / "nodes.csv.gz").write_bytes(gzip.compress(b"\xff\xfd\xfe"))
    with pytest.raises(NetworkError, match="UTF-8"):
        import_roads(tmp_path)
    (tmp_path / "nodes.csv.gz").write_bytes(gzip.compress(NODES.encode()))
    monkeypatch.setattr("drillsim.roads.importing.csv_tables.MOST_BYTES", 10)
    with pytest.raises(NetworkError, match="larger"):
        import_roads(tmp_path)


def test_lengths_and_directions_that_cannot_be_read_are_counted_by_their_own_names(folder):
    edges = "from,to,highway,maxspeed,length_m,oneway\na,b,primary,50,-5,no\nb,c,primary,60,far,maybe\nb,d,primary,60,,yes\n"
    _, report = folder(edges=edges)

    assert report.guessed == {"length_unreadable": 2, "length_missing": 1, "oneway_unreadable": 1}
    assert "direction unreadable" in report.text()


def test_a_road_many_times_as_long_as_the_straight_line_is_told(folder, tmp_path):
    """1.1 km apart: 30 km may be a slip; of a road of 900 m nothing is said."""
    edges = "from,to,highway,maxspeed,length_km\na,b,primary,50,30\nb,c,primary,60,1.2\n"
    _, report = folder(edges=edges)
    own = "from,to,length_km,free_flow_kmh\na,b,1200,50\nb,c,1.2,50\n"
    _, of_own = folder(edges=own)

    assert (report.winding, report.winding_named) == (1, ("a – b",))
    assert (of_own.winding, of_own.winding_named) == (1, ("a – b",))
    assert "metres in a column of kilometres? a – b" in of_own.text()
    assert "把米写进了公里列？a – b" in of_own.text("zh")
    assert folder()[1].winding == 0


DEGREES_M = 0.01 * DEGREE_M


def test_travel_times_count_without_lengths(folder):
    """1112 m in 40 s is 100 km/h, in 2 min 33 km/h; the length is measured."""
    network, report = folder(edges="from,to,highway,travel_time_s\na,b,primary,40\nb,c,primary,120\nb,d,service,60\n")
    ab, bc = (network.sections_between(*ends)[0] for ends in ("ab", "bc"))

    assert (ab.length_m, bc.length_m) == pytest.approx((DEGREES_M, DEGREES_M), rel=1e-4)
    assert (ab.free_flow_kmh, bc.free_flow_kmh) == pytest.approx((100.07, 33.36), abs=0.01)
    assert report.guessed == {"length_missing": 3}


@pytest.mark.parametrize(("column", "value"), [("minutes", 2), ("travel_time_h", 1 / 30), ("traveltime", 120)])
def test_the_unit_of_a_travel_time_is_that_of_its_name(folder, column, value):
    network, _ = folder(edges=f"from,to,highway,length_m,{column}\na,b,primary,2000,{value}\n")

    assert network.sections_between("a", "b")[0].free_flow_kmh == pytest.approx(60)


def test_a_travel_time_that_can_be_none_is_counted_and_not_taken(folder):
    """0 s; a word; 1112 m in 1 s, 4003 km/h. A primary road without a limit: 65 km/h."""
    edges = "from,to,highway,time_s\na,b,primary,0\nb,c,primary,soon\nb,d,primary,1\n"
    network, report = folder(edges=edges)

    assert report.guessed["travel_time_unusable"] == 3
    assert {section.free_flow_kmh for section in network.sections.values()} == {65}


def test_a_speed_without_a_length_counts_over_the_measured_one(folder):
    network, report = folder(edges="from,to,highway,free_flow_kmh\na,b,primary,80\n")

    assert network.sections_between("a", "b")[0].free_flow_kmh == 80
    assert report.guessed == {"length_missing": 1}


def test_columns_that_are_not_read_are_named_and_counted(folder):
    nodes = "id,lat,lon,district\na,36.0,101.0,east\nb,36.01,101.0,\nc,36.02,101.0,west\n"
    edges = "index,from,to,highway,maxspeed,toll_yuan,speed\n1,a,b,primary,50,5,50\n2,b,c,primary,60,,70\n"
    _, report = folder(nodes, edges)

    assert report.not_applied == {"nodes: district": 2, "edges: toll_yuan": 1, "edges: speed": 2}
    assert "edges: toll_yuan" in report.text()
