"""Puff or plume: heavy releases that last no longer than their way downwind."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.physics.air import ppm
from drillsim.physics.gas.centreline import GRID_M, Emission, centreline
from drillsim.physics.gas.cloud import Segment, concentration_kg_m3, farthest_of_m, with_releases
from drillsim.physics.gas.dense_gas import DenseSource, evaporated_source, plume_share
from drillsim.physics.gas.short_release import regime, short_line
from drillsim.physics.gas.substances import SUBSTANCES

CHLORINE = SUBSTANCES["chlorine"]
HEAVY = Emission(CHLORINE, evaporated_source(CHLORINE, 0.5, 288.15, 101_325.0), 0.0, 288.15)
classes = st.sampled_from("ABCDEF")


def highest_ppm(mass_kg, lasts_s, wind, stability, emission=HEAVY):
    release = ((lasts_s, mass_kg / lasts_s),)
    line = short_line(emission, mass_kg / lasts_s, wind, stability, release)
    return np.asarray(ppm(line.highest_kg_m3, CHLORINE.molar_kg, 0.0, 288.15))


@pytest.mark.parametrize(("x_m", "what"), [(96.0, "continuous"), (97.0, "between"), (399.0, "between"),
                                           (400.0, "instantaneous")])  # fmt: skip
def test_the_numbers_of_britter_and_mcquaid_tell_a_puff_from_a_plume(x_m, what):
    assert regime(60.0, 4.0, x_m) == what  # 240 m of cloud over 2.5 and over 0.6


def test_a_release_that_lasts_is_the_plume():
    steady = centreline(HEAVY, 2.0, 3.0, "D").kg_m3

    assert (short_line(HEAVY, 2.0, 3.0, "D", ()).highest_kg_m3 == steady).all()
    assert (short_line(HEAVY, 2.0, 3.0, "D", ((math.inf, 2.0),)).highest_kg_m3 == steady).all()
    of_an_hour = short_line(HEAVY, 2.0, 3.0, "D", ((3600.0, 2.0),)).highest_kg_m3
    near = GRID_M <= 3.0 * 3600.0 / 0.6
    assert (of_an_hour[near] == steady[near]).all()


def test_far_away_a_short_release_is_the_puff_of_its_mass():
    """Beyond 1/1000 the puff is diluted as the inverse square: 0.001 (10**beta V**(1/3)/x)² (Britter and McQuaid)."""
    source, mass_kg, wind, x_m = HEAVY.source, 5000.0, 4.0, 20_000.0
    volume = mass_kg / 0.0709 / source.share * 8.314462618 * source.temperature_k / 101_325.0
    alpha = 0.5 * math.log10(9.80665 * (source.gas_kg_m3 / source.air_kg_m3 - 1.0) * volume ** (1 / 3) / wind**2)
    beta = 2.075 + (alpha + 0.10) / 1.10 * (1.78 - 2.075)
    diluted = 0.001 * (10**beta * volume ** (1 / 3) / x_m) ** 2
    expected = diluted / (diluted + source.temperature_k / 288.15) * source.share * 1e6

    found = np.interp(x_m, GRID_M, highest_ppm(mass_kg, 30.0, wind, "E"))
    assert -0.10 < alpha < 1.0
    assert found == pytest.approx(expected, rel=0.01)
    assert expected == pytest.approx(1.45, abs=0.01)


@given(mass=st.floats(50.0, 50_000.0), lasts=st.floats(1.0, 3600.0), wind=st.floats(1.0, 12.0), stability=classes,
       faster=st.floats(1.1, 100.0))  # fmt: skip
@settings(max_examples=15, deadline=None)
def test_the_same_mass_let_out_faster_never_makes_a_thinner_cloud(mass, lasts, wind, stability, faster):
    slow, fast = (highest_ppm(mass, t_s, wind, stability) for t_s in (lasts, lasts / faster))

    assert (fast >= slow * (1.0 - 0.005)).all()
    assert (np.diff(fast) <= 1e-9 * fast[1:]).all()


@given(lasts=st.floats(5.0, 600.0), wind=st.floats(1.5, 8.0), stability=classes)
@settings(max_examples=15, deadline=None)
def test_the_cloud_that_passes_is_as_dense_at_its_densest_as_the_rule_says(lasts, wind, stability):
    mass_kg = 8000.0
    (s,) = with_releases((Segment(0.0, lasts, mass_kg / lasts, wind, 270.0, stability),))
    t_s = np.linspace(lasts, 30.0 * lasts + 8000.0 / wind, 4000)
    x_m = float(GRID_M[np.searchsorted(GRID_M, 2000.0)])

    passes = concentration_kg_m3(HEAVY, (s,), x_m, 0.0, t_s).max()
    rule = np.interp(x_m, GRID_M, short_line(HEAVY, s.rate_kg_s, wind, stability, s.release).highest_kg_m3)
    assert passes == pytest.approx(float(rule), rel=0.02)


def test_a_burst_and_the_pool_after_it_are_one_puff_far_off():
    burst, pool = Segment(0.0, 10.0, 500.0, 3.0, 270.0, "D"), Segment(10.0, 800.0, 10.0, 3.0, 270.0, "D")
    both, alone = with_releases((burst, pool)), with_releases((burst,))
    at = [int(np.searchsorted(GRID_M, x_m)) for x_m in (60.0, 12_000.0)]
    lines = [short_line(HEAVY, 500.0, 3.0, "D", s.release).highest_kg_m3[at] for s in (both[0], alone[0])]

    assert lines[0][0] == pytest.approx(lines[1][0], rel=0.02)  # near: the burst
    assert lines[0][1] / lines[1][1] == pytest.approx((12_900 / 5000) ** (2 / 3), rel=0.15)  # far: puff of 12.9 t


def test_a_plume_whose_curve_begins_before_thirty_source_lengths_has_no_jump():
    """At alpha = 1 the curve of 0.1 begins at 10**1.28 = 19 lengths, where the near formula alone would give 0.46."""
    heavy = DenseSource(2.4, 288.15, 1.0, 1.2, 288.15)  # g' = g
    wind, rate = 1.0, 1e5 / 9.80665**2  # alpha = 0.2 log10(g'² V') = 1
    lengths = np.array([18.9, 19.2])
    shares = plume_share(lengths * math.sqrt(rate / wind), heavy, rate, wind)

    assert shares == pytest.approx([0.1, 0.1], rel=0.03)
    fine = plume_share(np.geomspace(1.0, 200.0, 4000) * math.sqrt(rate), heavy, rate, wind)
    assert np.diff(np.log(fine)).min() > -0.02


def test_a_short_burst_is_no_wider_than_its_puff():
    """20 t in a second: the plume of such a rate would be kilometres wide at once."""
    burst = replace(HEAVY, most_kg=20_000.0)
    (s,) = with_releases((Segment(0.0, 1.0, 20_000.0, 3.0, 270.0, "C"),))

    assert farthest_of_m(burst, (s,), 1e-4, 1.5) < 500.0
    assert farthest_of_m(HEAVY, (s,), 1e-4, 1.5) > 3000.0


def test_a_release_that_ends_in_the_moment_in_which_it_begins_has_no_cloud():
    """As where the wind turns again in the moment in which it has turned."""
    assert short_line(HEAVY, 100.0, 3.0, "D", ((0.0, 100.0),)).line.kg_m3.max() == 0.0
