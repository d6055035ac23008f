"""Shaking against published values, and the relations that must hold whatever the values."""

import logging
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.physics.earthquake.attenuation import (
    G_MS2,
    YU_PRINTED_A,
    bssa14,
    bssa14_exact,
    rupture_length_km,
    wang2000,
    yu2013,
    yu2013_distance,
)
from drillsim.physics.earthquake.correlated_residuals import ShakingWithResiduals, draw_residuals
from drillsim.physics.earthquake.intensity import (
    chinese_intensity,
    intensity_of_pga,
    intensity_of_pgv,
    steady_intensity,
)
from drillsim.physics.earthquake.isoseismals import area_km2, isoseismal, isoseismals
from drillsim.physics.earthquake.shaking import Bssa14, Source, Wang2000, Yu2013

# magnitude, R_JB km, Vs30, mechanism, region, depth of 1 km/s, PGA g, PGV cm/s: the PEER NGA-West2 spreadsheet
PEER = [
    (6.0, 1.0, 300, "SS", "global", 0.4, 0.4892727047024942, 38.22916325609565),
    (4.5, 8.0, 760, "RS", "china", 0.04, 0.030706320074942426, 0.9626353388501038),
    (6.5, 100.0, 300, "U", "italy", 0.4, 0.024659260769500164, 3.112450635930989),
    (7.1, 2.0, 760, "RS", "turkey", 0.04, 0.42922078970397914, 42.76118260627619),
]

# event, magnitude, intensity and area inside it in km²: official isoseismal maps
OFFICIAL = [
    ("Jishishan 2023", 6.2, {6: 8364, 7: 1845, 8: 331}),
    ("Maerkang 2022", 6.0, {6: 5719, 7: 1568, 8: 109}),
    ("Shiqu 2020", 5.6, {6: 3500, 7: 360}),
]


def at(model, north_km, east_km=0.0):
    """Return the shaking north and east of an epicentre at 35 N, 100 E."""
    lat = 35.0 + np.atleast_1d(north_km) / 111.195
    lon = 100.0 + np.atleast_1d(east_km) / 111.195 / math.cos(math.radians(35.0))
    lat, lon = np.broadcast_arrays(lat, lon)
    return model.at(lat, lon)


@pytest.mark.parametrize(("m", "r_km", "vs30", "mechanism", "region", "z1_km", "pga_g", "pgv_cms"), PEER)
def test_bssa14_gives_the_reference_values_of_peer(m, r_km, vs30, mechanism, region, z1_km, pga_g, pgv_cms):
    pga, pgv = bssa14_exact(m, r_km, vs30, mechanism, region, z1_km)

    assert pga / G_MS2 == pytest.approx(pga_g, rel=1e-3)
    assert pgv * 100 == pytest.approx(pgv_cms, rel=1e-3)


def test_between_its_nodes_the_table_of_bssa14_is_as_good_as_the_library():
    r_km = np.array([0.2, 7.3, 33.0, 180.0])
    pga, pgv = bssa14(7.0, r_km, 450.0, "SS")

    for i, r in enumerate(r_km):
        assert (pga[i], pgv[i]) == pytest.approx(bssa14_exact(7.0, float(r), 450.0, "SS"), rel=3e-3)


@pytest.mark.parametrize(("event", "magnitude", "areas"), OFFICIAL)
def test_isoseismal_areas_lie_within_the_stated_tolerance_of_the_official_ones(event, magnitude, areas):
    source = Source(magnitude, 35.0, 102.0, 10.0, 150.0)
    ratio = {level: area_km2(isoseismal(Yu2013(source), source, level)) / area for level, area in areas.items()}

    assert 0.6 <= ratio[6] <= 1.6, event
    assert all(0.4 <= ratio[level] <= 2.5 for level in areas if level > 6), event


def test_a_long_rupture_gives_wenchuan_its_areas_which_no_point_does():
    areas = {6: 440_442, 7: 125_536, 8: 41_087, 9: 13_301}
    source = Source(8.0, 31.0, 103.4, 14.0, 50.0)
    line, point = Bssa14(source, 500.0, "RS", 300.0), Yu2013(source)

    assert all(0.6 <= area_km2(isoseismal(line, source, level)) / area <= 1.6 for level, area in areas.items())
    assert area_km2(isoseismal(point, source, 6)) < 0.4 * areas[6]


def test_the_scale_reads_its_own_middles_as_whole_numbers():
    middles_pga = np.array([0.155, 0.319, 0.653, 1.35, 2.79, 5.77, 11.9])
    middles_pgv = np.array([0.012, 0.0259, 0.0557, 0.12, 0.258, 0.555, 1.19])

    assert intensity_of_pga(middles_pga) == pytest.approx(np.arange(4, 11), abs=0.03)
    assert intensity_of_pgv(middles_pgv) == pytest.approx(np.arange(4, 11), abs=0.03)
    assert chinese_intensity(middles_pga, middles_pgv) == pytest.approx(np.arange(4, 11), abs=0.03)


def test_long_and_short_axis_of_wang_agree_at_the_epicentre():
    here = np.zeros(1)

    assert wang2000(7.0, here, "long") == pytest.approx(wang2000(7.0, here, "short"), abs=0.03)


def test_a_place_on_an_axis_shakes_as_wang_says():
    model = Wang2000(Source(7.0, 35.0, 100.0, 10.0, 0.0))
    along, across = at(model, 40.0), at(model, 0.0, 40.0)

    assert along.intensity == pytest.approx(wang2000(7.0, np.array([40.0]), "long"), abs=1e-3)
    assert across.intensity == pytest.approx(wang2000(7.0, np.array([40.0]), "short"), abs=1e-3)
    assert along.intensity > across.intensity


def test_far_away_a_place_on_an_axis_shakes_as_yu_says():
    """At 100 km a depth of 12 km more or less is worth 1 % of the distance."""
    model, far = Yu2013(Source(7.0, 35.0, 100.0, 10.0, 0.0)), np.array([100.0])
    along, across = at(model, 100.0), at(model, 0.0, 100.0)

    assert along.pga_ms2 == pytest.approx(1.1 * yu2013(7.0, far, "PGA", "long"), rel=0.03)
    assert across.pgv_ms == pytest.approx(1.1 * yu2013(7.0, far, "PGV", "short"), rel=0.03)
    assert along.intensity > across.intensity


@pytest.mark.parametrize("magnitude", [4.0, 5.0, 6.2, 6.6, 7.4, 9.0])
def test_both_axes_of_yu_meet_at_the_source_and_fall_from_there_without_a_plateau(magnitude):
    model, deep = Yu2013(Source(magnitude, 35.0, 100.0, 10.0, 0.0)), np.array([12.0])
    km = np.array([0.0, 1.0, 2.0, 4.0, 8.0])
    axes = [yu2013(magnitude, deep, "PGA", axis)[0] for axis in ("long", "short")]

    for along in (at(model, km).pga_ms2, at(model, 0.0 * km, km).pga_ms2):
        assert along[0] == pytest.approx(1.1 * math.sqrt(axes[0] * axes[1]), rel=1e-9)
        assert np.all(np.diff(along) < 0)
        assert along[3] < 0.99 * along[0]


def test_the_branches_of_yu_meet_at_6_5_where_the_printed_coefficient_makes_a_step_of_a_fifth():
    """8.7561 + 6.5 x 0.9453 = 14.9006 above; below, 5.2601 + 6.5 x 1.4835 = 14.9029, as printed 15.1329."""
    upper, below = 8.7561 + 6.5 * 0.9453, 6.5 * 1.4835
    near = np.array([0.0, 20.0])

    assert math.exp(upper - YU_PRINTED_A - below) == pytest.approx(0.793, abs=1e-3)
    assert yu2013(6.51, near) == pytest.approx(yu2013(6.5, near), rel=0.005)
    assert np.all(yu2013(6.5001, near) >= yu2013(6.5, near))


@pytest.mark.parametrize(("imt", "axis"), [("PGA", "long"), ("PGA", "short"), ("PGV", "long"), ("PGV", "short")])
@pytest.mark.parametrize("magnitude", [4.0, 6.5, 6.501, 6.6, 8.0])
def test_distance_and_motion_of_yu_are_inverse_to_each_other(magnitude, imt, axis):
    r_km = np.array([0.0, 5.0, 60.0, 250.0])

    assert yu2013_distance(magnitude, np.log(yu2013(magnitude, r_km, imt, axis)), imt, axis) == pytest.approx(r_km, abs=1e-9)  # fmt: skip


def test_the_long_axis_points_where_the_strike_says():
    east = at(Yu2013(Source(7.0, 35.0, 100.0, 10.0, 90.0)), 0.0, 40.0)
    north = at(Yu2013(Source(7.0, 35.0, 100.0, 10.0, 0.0)), 40.0)

    assert east.pga_ms2 == pytest.approx(north.pga_ms2, rel=1e-3)


def bssa_rupture(source):
    return Bssa14(source, 500.0, "SS", rupture_length_km(source.magnitude), 0.0)


MODELS = st.sampled_from([Yu2013, Wang2000, bssa_rupture])
MAGNITUDES = st.integers(40, 90).map(lambda tenths: tenths / 10.0)  # few, so that tables of BSSA14 are made once


@settings(deadline=None)  # tables of BSSA14 take a moment each
@given(make=MODELS, magnitude=MAGNITUDES, azimuth=st.floats(0, 360), near=st.floats(0, 200), further=st.floats(1, 100))
def test_shaking_never_grows_with_distance(make, magnitude, azimuth, near, further):
    model = make(Source(magnitude, 35.0, 100.0, 10.0, 0.0))
    r = np.array([near, near + further])
    found = at(model, r * math.cos(math.radians(azimuth)), r * math.sin(math.radians(azimuth)))

    assert found.pga_ms2[0] >= found.pga_ms2[1]
    assert found.pgv_ms[0] >= found.pgv_ms[1]
    assert found.intensity[0] >= found.intensity[1]


@settings(deadline=None)  # tables of BSSA14 take a moment each
@given(
    make=st.sampled_from([Yu2013, Wang2000]),
    magnitude=st.floats(4.0, 9.0),
    more=st.floats(0.0, 1.0),
    depth=st.floats(0, 100),
    north=st.floats(-300, 300),
    east=st.floats(-300, 300),
)
def test_a_larger_earthquake_shakes_no_place_less(make, magnitude, more, depth, north, east):
    found = [at(make(Source(min(9.0, m), 35.0, 100.0, depth, 0.0)), north, east) for m in (magnitude, magnitude + more)]

    assert found[1].pga_ms2 >= found[0].pga_ms2 * (1 - 1e-9)
    assert found[1].pgv_ms >= found[0].pgv_ms * (1 - 1e-9)
    assert found[1].intensity >= found[0].intensity - 1e-9


@settings(deadline=None)  # tables of BSSA14 take a moment each
@given(
    tenths=st.integers(40, 89),
    vs30=st.sampled_from([150.0, 500.0, 1500.0]),
    mechanism=st.sampled_from(["SS", "RS", "NS", "U"]),
    north=st.floats(-300, 300),
    east=st.floats(-300, 300),
    begins=st.floats(0, 1),
)
def test_a_larger_rupture_shakes_no_place_less(tenths, vs30, mechanism, north, east, begins):
    found = []
    for m in (tenths / 10.0, (tenths + 1) / 10.0):
        model = Bssa14(Source(m, 35.0, 100.0), vs30, mechanism, rupture_length_km(m), begins)
        found.append(at(model, north, east))

    assert found[1].pga_ms2 >= found[0].pga_ms2 * (1 - 1e-9)
    assert found[1].pgv_ms >= found[0].pgv_ms * (1 - 1e-9)
    assert found[1].intensity >= found[0].intensity - 1e-9


@settings(deadline=None)  # tables of BSSA14 take a moment each
@given(pga=st.floats(1e-4, 100), pgv=st.floats(1e-5, 20), a=st.floats(1, 2), v=st.floats(1, 2))
def test_more_motion_is_never_read_as_less_intensity(pga, pgv, a, v):
    less, more = steady_intensity(np.array([pga, pga * a]), np.array([pgv, pgv * v]))

    assert more >= less - 1e-9


def test_a_rupture_that_runs_one_way_shakes_as_if_it_were_near_over_all_its_length():
    source = Source(7.1, 35.0, 100.0, 14.0, 0.0)
    model = Bssa14(source, 500.0, "SS", 50.0, 0.0)
    north, south = at(model, np.array([0.0, 49.0, 60.0])).pga_ms2, at(model, np.array([0.0, -49.0, -10.0])).pga_ms2

    assert north[:2] == pytest.approx(south[0], rel=1e-6)
    assert south[2] == pytest.approx(north[2], rel=1e-3)  # 10 km behind the epicentre, 10 km beyond the end
    assert south[1] < 0.4 * north[1]


def test_the_library_of_bssa14_writes_nothing_and_leaves_the_log_of_the_process_alone(capfd, caplog):
    handlers = list(logging.getLogger().handlers)
    bssa14_exact(7.9, 10.0, 500.0, "NS")
    bssa14_exact(9.0, 390.0, 500.0, "SS")
    logging.getLogger().warning("something else")

    assert capfd.readouterr().err == ""
    assert logging.getLogger().handlers == handlers
    assert [record.message for record in caplog.records] == ["something else"]


@pytest.mark.parametrize(
    ("make", "sigma_pga", "sigma_pgv", "sigma_intensity"),
    [(Yu2013, 0.5428, 0.6233, 3.17 * 0.5428 / math.log(10)), (bssa_rupture, 0.605, 0.651, 3.0 * 0.651 / math.log(10)), (Wang2000, 0.632 / 3.17 * math.log(10), 0.632 / 3.0 * math.log(10), 0.632)],
)  # fmt: skip
def test_off_the_median_every_law_spreads_by_its_own_sigma(make, sigma_pga, sigma_pgv, sigma_intensity):
    """Intensity follows what it is read from: PGA in Yu 2013, PGV in BSSA14 from VI on, itself in Wang 2000."""
    model = make(Source(7.0, 35.0, 100.0, 10.0, 0.0))
    median = at(model, 10.0)
    above = model.off_median(median, np.ones(1))

    assert np.log(above.pga_ms2 / median.pga_ms2) == pytest.approx(sigma_pga)
    assert np.log(above.pgv_ms / median.pgv_ms) == pytest.approx(sigma_pgv)
    assert above.intensity - median.intensity == pytest.approx(sigma_intensity)


def test_the_luck_of_a_place_does_not_depend_on_who_else_is_asked_about():
    source = Source(7.0, 35.0, 100.0)
    luck = draw_residuals(np.random.default_rng(1), np.random.default_rng(2))
    model = ShakingWithResiduals(Yu2013(source), source, luck)

    assert at(model, 10.0).pga_ms2[0] == pytest.approx(at(model, np.array([10.0, 50.0, 90.0])).pga_ms2[0])


def test_luck_is_standard_normal_and_alike_next_door():
    places = np.array([0.0, 1.0, 20.0, 150.0])
    drawn = np.array(
        [
            draw_residuals(np.random.default_rng(0), np.random.default_rng(i)).field(places, 0 * places)
            for i in range(500)
        ]
    )
    correlation = np.corrcoef(drawn.T)[0]

    assert drawn.std(axis=0) == pytest.approx(1.0, abs=0.1)
    assert correlation[1:] == pytest.approx(np.exp(-3 * places[1:] / 40.7), abs=0.15)


def test_isoseismals_lie_inside_one_another_and_stop_where_the_shaking_does():
    source = Source(7.0, 35.0, 100.0, 10.0, 60.0)
    lines = isoseismals(Yu2013(source), source)
    areas = [area_km2(line) for _, line in sorted(lines.items())]

    assert areas == sorted(areas, reverse=True)
    assert 11 not in lines
    assert area_km2(isoseismal(Yu2013(source), source, 11)) == 0


def test_a_rupture_of_magnitude_7_4_is_84_km_long():
    assert rupture_length_km(7.4) == pytest.approx(84.3, abs=0.1)


@pytest.mark.parametrize("level", [6, 7, 8])
def test_on_an_isoseismal_the_intensity_is_half_a_degree_below_its_name(level):
    source = Source(7.0, 35.0, 100.0, 10.0, 30.0)
    model = Yu2013(source)
    line = isoseismal(model, source, level)

    # 0.1 km at the gradient of a degree in a few kilometres
    assert model.at(line[:, 0], line[:, 1]).intensity == pytest.approx(level - 0.5, abs=0.02)
