"""ShakeMaps: what is read of a grid, and what is refused."""

import numpy as np
import pytest

from drillsim.physics.earthquake.shakemap import ShakeMapError, read_shakemap

HEAD = """<?xml version="1.0"?>
<shakemap_grid xmlns="http://earthquake.usgs.gov/eqcenter/shakemap">
<event event_id="x" magnitude="6.9" depth="18.0" lat="36.5" lon="101.5" />
<grid_specification lon_min="101" lat_min="36" lon_max="102" lat_max="37" nlon="3" nlat="2" />
<grid_field index="1" name="LON" units="dd" />
<grid_field index="2" name="LAT" units="dd" />
<grid_field index="3" name="PGA" units="pctg" />
<grid_field index="4" name="PGV" units="cms" />
<grid_data>
"""
ROWS = "101 37 10 5\n101.5 37 20 10\n102 37 10 5\n101 36 30 15\n101.5 36 40 20\n102 36 30 15\n"
TAIL = "</grid_data>\n</shakemap_grid>\n"


def refused(text):
    with pytest.raises(ShakeMapError) as caught:
        read_shakemap(text.encode())
    return caught.value.code


def test_a_grid_point_shakes_as_the_file_says_and_a_place_between_in_proportion():
    grid = read_shakemap((HEAD + ROWS + TAIL).encode())
    found = grid.at(np.array([37.0, 36.0, 36.5]), np.array([101.0, 101.5, 101.25]))

    assert found.pga_ms2 / 9.80665 == pytest.approx([0.10, 0.40, 0.25])
    assert found.pgv_ms == pytest.approx([0.05, 0.20, 0.125])
    assert grid.source.magnitude == 6.9


def test_nothing_shakes_outside_the_grid():
    found = read_shakemap((HEAD + ROWS + TAIL).encode()).at(np.array([35.0, 36.5]), np.array([101.5, 103.0]))

    assert found.pga_ms2.tolist() == [0.0, 0.0]
    assert found.intensity.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("cut", [30, len(ROWS) - 3])
def test_a_file_that_was_cut_off_is_refused(cut):
    assert refused(HEAD + ROWS[:cut]) == "shakemap_truncated"


def test_a_grid_with_too_few_numbers_is_refused():
    assert refused(HEAD + ROWS[:30] + TAIL) == "shakemap_truncated"


def test_entities_are_refused_before_they_can_grow():
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><shakemap_grid>&b;'

    assert refused(bomb) == "shakemap_doctype"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no xml", "shakemap_not_xml"),
        (HEAD.replace('"1.0"', '"1.0" encoding="UTF-9"', 1) + ROWS + TAIL, "shakemap_not_xml"),
        (HEAD + ROWS + TAIL + "more", "shakemap_not_xml"),
        ("<shakemap_grid></shakemap_grid>", "shakemap_not_grid"),
        ((HEAD + ROWS + TAIL).replace('nlon="3"', 'nlon="1"').replace('nlat="2"', 'nlat="6"'), "shakemap_shape"),
        ((HEAD + ROWS + TAIL).replace('nlon="3" ', ""), "shakemap_not_grid"),
        (
            (HEAD + ROWS + TAIL).replace('nlon="3"', 'nlon="9999"').replace('nlat="2"', 'nlat="9999"'),
            "shakemap_shape",
        ),
        ((HEAD + ROWS + TAIL).replace('units="cms"', 'units="furlongs"'), "shakemap_unit"),
        ((HEAD + ROWS + TAIL).replace('"PGA"', '"MMI"'), "shakemap_field"),
        ((HEAD + ROWS + TAIL).replace('magnitude="6.9"', 'magnitude="nan"'), "shakemap_event"),
        ((HEAD + ROWS + TAIL).replace('index="3"', 'index="three"'), "shakemap_not_grid"),
        ((HEAD + ROWS + TAIL).replace(" 40 ", " forty "), "shakemap_number"),
        ((HEAD + ROWS + TAIL).replace(" 40 ", " inf "), "shakemap_number"),
        ((HEAD + ROWS + TAIL).replace(" 40 ", " -40 "), "shakemap_number"),
        ((HEAD + ROWS + TAIL).replace("101.5 36", "nan 36"), "shakemap_number"),
        ((HEAD + ROWS + TAIL).replace("101.5 36", "101.4 36"), "shakemap_not_regular"),
        (HEAD + "".join(f"{row.rsplit(' ', 2)[0]} nan nan\n" for row in ROWS.splitlines()) + TAIL, "shakemap_empty"),
    ],
)
def test_what_is_no_grid_is_refused(text, code):
    assert refused(text) == code


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr("drillsim.physics.earthquake.shakemap.MOST_BYTES", 10)

    assert refused(HEAD) == "shakemap_too_large"


def test_a_refused_number_is_named_with_its_row():
    with pytest.raises(ShakeMapError) as caught:
        read_shakemap((HEAD + ROWS + TAIL).replace(" 40 ", " -40 ").encode())
    assert caught.value.values == {"name": "PGA", "row": 5, "word": "-40"}


def pga_g(text, *points):
    lat, lon = np.array(points, float).T
    return (read_shakemap(text.encode()).at(lat, lon).pga_ms2 / 9.80665).tolist()


@pytest.mark.parametrize("east", ["180.5", "-179.5"])
def test_a_grid_across_the_180th_meridian_shakes_both_sides(east):
    """From 179.5 over 180 to 180.5, as the USGS writes it, or to -179.5."""
    rows = ROWS.replace("101.5 ", "180.0 ").replace("101 ", "179.5 ").replace("102 ", f"{east} ")

    assert pga_g(HEAD + rows + TAIL, (36, 179.75), (36, 180), (36, -180), (36, -179.75)) == pytest.approx(
        [0.35, 0.40, 0.40, 0.35]
    )
    assert pga_g(HEAD + rows + TAIL, (36, 0), (36, -179.4), (36, 179.4)) == [0.0, 0.0, 0.0]


def test_the_order_of_rows_does_not_matter():
    south_first = "".join(sorted(ROWS.splitlines(keepends=True), key=lambda row: row.split()[1]))
    by_column = "".join(sorted(ROWS.splitlines(keepends=True)))
    points = ((36.25, 101.25), (37, 102))

    assert south_first != ROWS != by_column
    assert pga_g(HEAD + south_first + TAIL, *points) == pga_g(HEAD + ROWS + TAIL, *points)
    assert pga_g(HEAD + by_column + TAIL, *points) == pga_g(HEAD + ROWS + TAIL, *points)


def test_columns_that_nobody_needs_may_be_anything():
    head = HEAD.replace("<grid_data>", '<grid_field index="5" name="SVEL" units="ms" />\n<grid_data>')
    rows = "".join(
        f"{row} {word}\n" for row, word in zip(ROWS.splitlines(), ["nan", "--", "5", "x", "inf", "1"], strict=True)
    )

    assert pga_g(head + rows + TAIL, (36, 101.5)) == pytest.approx([0.40])


def test_a_point_without_a_number_covers_nothing_beside_it():
    grid = read_shakemap((HEAD + ROWS + TAIL).replace(" 40 ", " nan ").encode())
    lat, lon = np.array([36.0, 36.5, 37.0, 36.0, 35.9]), np.array([101.5, 101.4, 101.5, 101.0, 101.0])

    assert grid.covers(lat, lon).tolist() == [False, False, True, True, False]
    assert (grid.at(lat, lon).pga_ms2 / 9.80665).tolist() == pytest.approx([0, 0, 0.2, 0.3, 0])
    assert (grid.voids, grid.first_void) == (1, (5, 36.0, 101.5))


def test_an_epicentre_beyond_180_degrees_is_the_same_place():
    assert (
        read_shakemap((HEAD + ROWS + TAIL).replace('lon="101.5" />', 'lon="180.5" />').encode()).source.lon_deg
        == -179.5
    )
