"""Networks from CSV files: every problem with file and line, and never anything but a NetworkError."""

import contextlib
import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.base.errors import NetworkError
from drillsim.roads import network_from_tables, read_network
from drillsim.roads.network import tables
from drillsim.roads.network.table_columns import SECTION_COLUMNS

NODES = "id,lat,lon,extra\na,36,100,x\nb,36,100.1,y\n"
EDGES = "from,to,length_km,free_flow_kmh\na,b,10,60\n"


def folder(tmp_path, nodes=NODES, edges=EDGES):
    for name, text in (("nodes.csv", nodes), ("edges.csv", edges)):
        if text is not None:
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return tmp_path


def said(tmp_path, lang="en", **files):
    with pytest.raises(NetworkError) as caught:
        read_network(folder(tmp_path, **files))
    return caught.value.text(lang)


def test_two_small_files_make_a_network_and_further_columns_are_named(tmp_path):
    network = read_network(folder(tmp_path))

    assert network.provenance["unread_columns"] == ["nodes.csv: extra"]

    assert list(network.places) == ["a", "b"]
    assert network.sections["a--b:"].road_class == "primary"


def test_every_known_column_is_read(tmp_path):
    """Each changes the network when it is filled, but the note of who checked a road."""
    plain = read_network(folder(tmp_path))
    words = {"oneway": "yes", "surface": "gravel", "bridge": "yes", "tunnel": "yes", "risk": "wrong_way",
             "class": "trunk", "lanes": "2", "profile": "5:3200", "closed": "winter", "max_elevation_m": "5000"}  # fmt: skip
    for name in SECTION_COLUMNS.keys() - {"from", "to", "length_km", "free_flow_kmh", "check"}:
        head, row = EDGES.splitlines()
        other = read_network(folder(tmp_path, edges=f"{head},{name}\n{row},{words.get(name, '3')}\n"))
        assert other != plain, name
        assert other.provenance["unread_columns"] == ["nodes.csv: extra"]


def test_a_table_without_a_road_is_refused(tmp_path):
    assert "edges.csv: no row below the names of the columns" in said(tmp_path, edges=EDGES.splitlines()[0] + "\n")


def test_a_byte_order_mark_does_no_harm(tmp_path):
    assert len(read_network(folder(tmp_path, nodes="\ufeff" + NODES)).places) == 2


def test_all_problems_of_both_files_come_with_file_and_line(tmp_path):
    nodes = "id,lat,lon\na,36,100\n,36,100.1\nc,north,1\nd,36,nan\n"
    edges = "from,to,length_km,free_flow_kmh\na,a,10,60\na,,10,inf\n"
    text = said(tmp_path, nodes=nodes, edges=edges)

    for place in ("nodes.csv:3", "nodes.csv:4", "nodes.csv:5", "edges.csv:2", "edges.csv:3"):
        assert place in text
    assert "north" in text


def test_lengths_and_speeds_beyond_all_measure_are_refused(tmp_path):
    text = said(tmp_path, edges="from,to,length_km,free_flow_kmh\na,b,1e9,60\nb,a,10,99999\n")

    assert (
        "edges.csv:2: a--b: length_km is more than can be (20,038); check the number and its unit (got 1e+09)" in text
    )
    assert "free_flow_kmh is more than can be (400)" in text


def row(tmp_path, **cells):
    """Return what is said of one road section with these cells; the section itself where nothing is."""
    written = {"from": "a", "to": "b", "length_km": "10", "free_flow_kmh": "60"} | cells
    try:
        return read_network(folder(tmp_path, edges=",".join(written) + "\n" + ",".join(written.values()) + "\n"))
    except NetworkError as error:
        return error.text()


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ("oneway", "maybe"), ("bridge", "perhaps"), ("delay_s", "-5"), ("delay_s", "1e9"), ("max_height_m", "-4.5"),
        ("max_height_m", "0"), ("max_weight_t", "-1"), ("risk", "bears"), ("lanes", "-2"), ("lanes", "1.5"),
        ("lanes", "99999"), ("max_elevation_m", "99999"), ("length_km", "-1"), ("surface", "lava"), ("class", "path"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_is_told_with_file_line_and_what_stands_there(tmp_path, column, written):
    text = row(tmp_path, **{column: written})

    assert isinstance(text, str), column
    assert text.startswith("1 fault(s)")
    assert "edges.csv:2: " in text
    assert "(got " in text
    assert "length_m" not in text


def test_heights_and_people_of_places_that_cannot_be_are_told(tmp_path):
    text = said(tmp_path, nodes="id,lat,lon,elevation_m,population\na,36,100,99999,5\nb,36,100.1,9,-5\n")

    assert "nodes.csv:2: elevation_m: no height above sea level; write -500 to 9000 m" in text
    assert "nodes.csv:3: population: write a whole number" in text


@pytest.mark.parametrize(
    ("written", "ends"),
    [
        ("yes", ("a", "b", True)),
        ("-1", ("b", "a", True)),
        ("reverse", ("b", "a", True)),
        ("No", ("a", "b", False)),
        ("", ("a", "b", False)),
    ],
)
def test_a_road_is_driven_in_the_direction_that_is_written(tmp_path, written, ends):
    (section,) = row(tmp_path, oneway=written).sections.values()

    assert (section.start, section.end, section.oneway) == ends
    assert section.id == "a--b:"


def test_lengths_that_fit_the_coordinates_as_they_stand_are_no_sign_of_a_swap(tmp_path):
    names = "abcdefgh"
    nodes = "id,lat,lon\n" + "".join(f"{name},36,{100 + 0.1 * n:.1f}\n" for n, name in enumerate(names))
    edges = "from,to,length_km,free_flow_kmh\n" + "".join(
        f"{a},{b},11.5,60\n" for a, b in itertools.pairwise(names)
    )  # a tenth of a degree is 8.996 km there, and 11.12 km if latitude and longitude were swapped

    assert len(read_network(folder(tmp_path, nodes, edges)).sections) == 7


def test_coordinates_that_are_all_swapped_or_in_metres_are_one_problem_one_wrong_row_is_its_own(tmp_path):
    def rows(*points):
        return "id,lat,lon\n" + "".join(f"p{i},{lat},{lon}\n" for i, (lat, lon) in enumerate(points))

    chain = "from,to,length_km,free_flow_kmh\n" + "".join(f"p{i},p{i + 1},9.0,60\n" for i in range(9))
    swapped = said(tmp_path, nodes=rows((101.7, 36.6), (101.8, 36.6)), edges=EDGES.replace("a,b", "p0,p1"))
    metres = said(tmp_path, nodes=rows((4051234, 562345), (4051300, 562345)), edges=EDGES.replace("a,b", "p0,p1"))
    hidden = said(
        tmp_path, nodes=rows(*((0.1 * i, 60.0) for i in range(10))), edges=chain
    )  # 11 km apart; if swapped, 5.6
    row = said(tmp_path, nodes=NODES + "c,136,100\n")

    assert swapped.startswith("1 fault(s)")
    assert "nodes.csv: latitude and longitude are swapped" in swapped
    assert metres.startswith("1 fault(s)")
    assert "nodes.csv: coordinates are no degrees, probably metres" in metres
    assert "nodes.csv: latitude and longitude are swapped" in hidden
    assert "nodes.csv:4: c: no point on Earth" in row


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"nodes": None}, "nodes.csv"),
        ({"nodes": b"id,lat,lon\n\xff\xfe,1,2\n"}, "UTF-8"),
        ({"nodes": "id,lat\na,1\n"}, "lon"),
        ({"nodes": "id,lat,lon,lat\na,1,2,3\n"}, "lat"),
        ({"nodes": ""}, "id"),
        ({"nodes": "id,lat,lon\n"}, ""),
    ],
)
def test_a_file_that_cannot_be_used_is_named_in_both_languages(tmp_path, files, code):
    assert code in said(tmp_path, "en", **files)
    assert code in said(tmp_path, "zh", **files)


def test_too_many_rows_or_bytes_are_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "MOST_ROWS", 1)
    assert "nodes.csv:3" in said(tmp_path)
    monkeypatch.setattr(tables, "MOST_BYTES", 10)
    assert "nodes.csv" in said(tmp_path)


def test_a_folder_that_is_a_file_is_refused(tmp_path):
    (tmp_path / "nodes.csv").mkdir()

    with pytest.raises(NetworkError):
        read_network(tmp_path)


@settings(max_examples=80, deadline=None)
@given(nodes=st.text(max_size=200), edges=st.text(max_size=200))
def test_any_text_either_reads_or_is_refused(tmp_path_factory, nodes, edges):
    place = tmp_path_factory.mktemp("any")
    data = {"nodes": nodes.encode("utf-8", "replace"), "edges": edges.encode("utf-8", "replace")}
    with contextlib.suppress(NetworkError):
        read_network(folder(place, **data))


def test_a_place_without_a_height_takes_that_of_the_nearest_that_has_one():
    """b lies 0.1 degrees from a, at 3000 m, and 0.3 from c, at 4000 m; 0 m is a height."""
    nodes = [
        {"id": "a", "lat": 0, "lon": 0, "elevation_m": 3000}, {"id": "b", "lat": 0, "lon": 0.1, "elevation_m": ""},
        {"id": "c", "lat": 0, "lon": 0.4, "elevation_m": 4000}, {"id": "d", "lat": 0, "lon": 0.5, "elevation_m": 0},
    ]  # fmt: skip
    edges = [{"from": one, "to": other, "length_km": 40, "free_flow_kmh": 60} for one, other in ("ab", "bc", "cd")]
    network = network_from_tables(nodes, edges, id="x")

    assert [place.elevation_m for place in network.places.values()] == [3000, 3000, 4000, 0]
    assert network.provenance == {"heights_filled": 1}
    level = network_from_tables([{**row, "elevation_m": None} for row in nodes], edges, id="x")
    assert {place.elevation_m for place in level.places.values()} == {0}
    assert level.provenance == {}


def test_a_name_that_nobody_can_read_is_refused(tmp_path):
    nodes = NODES.replace("a,36", "a" * 301 + ",36")

    assert "nodes.csv:2: id: must have at most 300 characters" in said(tmp_path, nodes=nodes)
