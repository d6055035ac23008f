"""Relations that chemical physics keeps whatever the numbers: more wind, more water, more distance."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.physics.air import kg_m3
from drillsim.physics.blast.blast import overpressure_kpa
from drillsim.physics.fire.domino import net_heat_kw_m2, time_to_failure_s
from drillsim.physics.fire.pool_fire import radiation_kw_m2
from drillsim.physics.gas.centreline import GRID_M, Emission, centreline
from drillsim.physics.gas.cloud import (
    Points,
    Segment,
    at_points_kg_m3,
    concentration_kg_m3,
    farthest_m,
    half_width_m,
    outline,
    range_advisories,
    reach_m,
)
from drillsim.physics.gas.dense_gas import evaporated_source
from drillsim.physics.gas.plume import plume_kg_m3
from drillsim.physics.gas.sigmas import BRIGGS
from drillsim.physics.gas.substances import SUBSTANCES
from drillsim.physics.gas.toxicity import indoors

CHLORINE = SUBSTANCES["chlorine"]
PASSIVE = Emission(CHLORINE, None, 0.0, 288.15)
HEAVY = Emission(CHLORINE, evaporated_source(CHLORINE, 0.5, 288.15, 101_325.0), 0.0, 288.15)
AEGL_2, AEGL_3 = float(kg_m3(2.0, 0.0709)), float(kg_m3(20.0, 0.0709))
classes = st.sampled_from("ABCDEF")
rates = st.floats(0.01, 30.0)


@given(
    rate=rates,
    wind=st.floats(1.0, 12.0),
    more=st.floats(1.05, 2.0),
    stability=classes,
    level=st.sampled_from([AEGL_2, AEGL_3]),
)
@settings(max_examples=60, deadline=None)
def test_stronger_wind_never_makes_a_passive_zone_longer_or_wider(rate, wind, more, stability, level):
    calm, windy = (PASSIVE, rate, wind, stability, level), (PASSIVE, rate, wind * more, stability, level)

    assert reach_m(*windy) <= reach_m(*calm)
    assert half_width_m(*windy) <= half_width_m(*calm) * (1 + 1e-9)


@given(
    rate=st.floats(0.05, 30.0), wind=st.floats(1.0, 8.0), more=st.floats(1.05, 2.0), stability=st.sampled_from("DEF")
)
@settings(max_examples=60, deadline=None)
def test_stronger_wind_never_makes_a_heavy_zone_wider(rate, wind, more, stability):
    calm, windy = (HEAVY, rate, wind, stability, AEGL_2), (HEAVY, rate, wind * more, stability, AEGL_2)

    assert half_width_m(*windy) <= half_width_m(*calm) * 1.001


@given(rate=rates, more=st.floats(1.1, 5.0), wind=st.floats(1.0, 12.0), stability=classes)
@settings(max_examples=40, deadline=None)
def test_a_greater_leak_never_reaches_less_far(rate, more, wind, stability):
    assert reach_m(PASSIVE, rate * more, wind, stability, AEGL_2) >= reach_m(PASSIVE, rate, wind, stability, AEGL_2)


@pytest.mark.parametrize("emission", [PASSIVE, HEAVY])
@pytest.mark.parametrize("rate", [0.1, 3.0, 30.0])
def test_a_plume_thins_out_along_its_axis(emission, rate):
    line = centreline(emission, rate, 3.0, "D")

    assert (np.diff(line.kg_m3[GRID_M > 50.0]) <= 0).all()
    assert (np.diff(line.sigma_y_m) >= -1e-9).all()


def test_mass_flow_through_a_plume_is_that_of_the_source():
    y = np.linspace(-600, 600, 601)[:, np.newaxis]
    z = np.linspace(0, 400, 401)
    c = plume_kg_m3(1000.0, y, z, rate_kg_s=2.0, wind_m_s=3.0, stability="D")

    assert 3.0 * np.trapezoid(np.trapezoid(c, z, axis=1), y[:, 0]) == pytest.approx(2.0, rel=0.002)


def test_nothing_is_upwind_and_nothing_before_the_cloud_arrives():
    west_wind = Segment(0.0, np.inf, 1.0, 2.0, 270.0, "D")

    assert float(concentration_kg_m3(PASSIVE, (west_wind,), -500.0, 0.0, 3600.0)) == 0.0
    assert float(concentration_kg_m3(PASSIVE, (west_wind,), 2000.0, 0.0, 300.0)) == pytest.approx(0.0, abs=1e-12)
    assert float(concentration_kg_m3(PASSIVE, (west_wind,), 2000.0, 0.0, 7200.0)) > 1e-6


def test_a_plume_that_ended_drifts_off():
    ended = Segment(0.0, 600.0, 1.0, 2.0, 270.0, "D")

    near, far = (concentration_kg_m3(PASSIVE, (ended,), x, 0.0, 3000.0) for x in (500.0, 5200.0))

    assert float(near) == pytest.approx(0.0, abs=1e-12)
    assert float(far) > 0.0


@given(t=st.floats(60.0, 20_000.0), wind=st.floats(0.6, 8.0), deg=st.floats(0, 359), rate=st.floats(0.1, 20.0))
@settings(max_examples=25, deadline=None)
def test_what_is_worked_out_once_is_what_is_worked_out_each_time(t, wind, deg, rate):
    rng = np.random.default_rng(1)
    points = Points(rng.uniform(-8000, 8000, 500), rng.uniform(-8000, 8000, 500))
    segments = (
        Segment(0.0, 900.0, rate, wind, deg, "E"),
        Segment(900.0, np.inf, rate / 2, wind, (deg + 40) % 360, "D"),
    )

    once = at_points_kg_m3(HEAVY, segments, points, t, AEGL_2)
    each = concentration_kg_m3(HEAVY, segments, points.east_m, points.north_m, t)

    assert np.abs(once - each).max() <= 0.02 * AEGL_2


def test_several_moments_at_once_are_each_moment():
    points = Points(np.array([300.0, 900.0, -200.0, 1500.0]), np.array([0.0, 50.0, 0.0, -80.0]))
    segments = (Segment(0.0, 600.0, 2.0, 2.0, 270.0, "D"), Segment(600.0, np.inf, 1.0, 2.0, 280.0, "D"))
    moments = [100.0, 500.0, 700.0, 3000.0]

    together = at_points_kg_m3(PASSIVE, segments, points, moments, 1e-12)

    assert together.shape == (4, 4)
    assert together.tolist() == [at_points_kg_m3(PASSIVE, segments, points, t, 1e-12).tolist() for t in moments]
    assert (together[:, 2] == 0.0).all()  # upwind
    assert together[3, 0] > 1e-6


def test_the_outline_of_a_zone_is_where_the_concentration_is_its_level():
    segment = Segment(0.0, np.inf, 2.0, 3.0, 250.0, "D")

    edge = outline(PASSIVE, segment, AEGL_3, 7200.0)
    c = concentration_kg_m3(PASSIVE, (segment,), edge[:, 0], edge[:, 1], 7200.0)

    assert len(edge) > 20
    assert c == pytest.approx(np.full(len(edge), AEGL_3), rel=1e-3)
    assert len(outline(PASSIVE, segment, 1e3, 7200.0)) == 0
    assert farthest_m(PASSIVE, segment, AEGL_3, 7200.0) == pytest.approx(np.sqrt((edge * edge).sum(axis=1)).max())
    assert farthest_m(PASSIVE, segment, 1e3, 7200.0) == 0.0


def test_air_outside_the_range_of_a_formula_is_noted():
    calm = Segment(0.0, np.inf, 1.0, 0.3, 0.0, "F")

    assert any("0.3 m/s" in one.text() for one in range_advisories(PASSIVE, (calm,)))
    assert range_advisories(PASSIVE, (Segment(0.0, np.inf, 1.0, 3.0, 0.0, "D"),)) == ()
    assert BRIGGS.advisories([200.0, 5000.0]) == ()
    assert "20000 m" in BRIGGS.advisories([200.0, 20_000.0])[0].text()


@given(tnt=st.floats(1.0, 1e6), near=st.floats(1.0, 2000.0), further=st.floats(1.01, 3.0))
def test_blast_falls_with_distance(tnt, near, further):
    assert (
        float(overpressure_kpa(tnt, near * further)) <= float(overpressure_kpa(tnt, near)) * 1.02
    )  # pieces meet within 2 %


@given(d=st.floats(1.0, 50.0), gap=st.floats(0.5, 5.0), more=st.floats(1.0, 3.0))
def test_heat_falls_with_distance(d, gap, more):
    assert float(radiation_kw_m2(d, d * gap * more)) <= float(radiation_kw_m2(d, d * gap)) + 1e-12


@given(kw=st.floats(1.0, 200.0), water=st.floats(0.0, 20.0), more=st.floats(0.0, 5.0), v=st.floats(5.0, 20_000.0))
def test_more_cooling_never_shortens_the_time_to_failure(kw, water, more, v):
    less, much = (float(time_to_failure_s(net_heat_kw_m2(kw, w), v)) for w in (water, water + more))

    assert much >= less


@given(outside=st.floats(0.0, 1e4), step=st.floats(1.0, 7200.0), before=st.floats(0.0, 1e4))
def test_indoors_lies_between_before_and_outside(outside, step, before):
    inside = float(indoors(outside, step, before))

    assert min(outside, before) - 1e-6 <= inside <= max(outside, before) + 1e-6


def test_a_blast_in_thin_air_is_weaker_and_reaches_as_the_cube_root_of_the_pressure():
    """At an eighth of the pressure a distance counts half, and an eighth of the overpressure is there (Sachs)."""
    thin = float(overpressure_kpa(8000.0, 100.0, air=0.125))

    assert thin == pytest.approx(0.125 * float(overpressure_kpa(8000.0, 50.0)))
    assert float(overpressure_kpa(10_000.0, 500.0, air=0.6083)) == pytest.approx(3.79, abs=0.02)  # at 4000 m
    assert thin < float(overpressure_kpa(8000.0, 100.0))
