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
        (HEAD + ROWS + TAIL + "more", "shakemap_not_xml"),
        ("<shakemap_grid></shakemap_grid>", "shakemap_not_grid"),
        ((HEAD + ROWS + TAIL).replace('nlon="3"', 'nlon="1"').replace('nlat="2"', 'nlat="6"'), "shakemap_not_grid"),
        (
            (HEAD + ROWS + TAIL).replace('nlon="3"', 'nlon="9999"').replace('nlat="2"', 'nlat="9999"'),
            "shakemap_not_grid",
        ),
        ((HEAD + ROWS + TAIL).replace('units="cms"', 'units="furlongs"'), "shakemap_not_grid"),
        ((HEAD + ROWS + TAIL).replace('index="3"', 'index="three"'), "shakemap_not_grid"),
        ((HEAD + ROWS + TAIL).replace(" 40 ", " forty "), "shakemap_not_grid"),
        ((HEAD + ROWS + TAIL).replace(" 40 ", " nan "), "shakemap_not_grid"),
        ((HEAD + ROWS + TAIL).replace(" 40 ", " -40 "), "shakemap_not_grid"),
    ],
)
def test_what_is_no_grid_is_refused(text, code):
    assert refused(text) == code


def test_a_file_that_is_too_large_is_not_read(monkeypatch):
    monkeypatch.setattr("drillsim.physics.earthquake.shakemap.MOST_BYTES", 10)

    assert refused(HEAD) == "shakemap_too_large"
