"""Slides, bridges, clearing and aftershocks: published relations and fits."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillsim.physics.earthquake.aftershocks import PLATEAU_A, draw_aftershocks, expected_count
from drillsim.physics.earthquake.road_damage import (
    bridge_loss,
    clearing_work_s,
    critical_acceleration_ms2,
    newmark_displacement_cm,
    slides_per_km,
)
from drillsim.physics.earthquake.shaking import Source
from drillsim.world.altitude import labour_factor

MAIN = Source(7.4, 34.6, 98.3, 10.0, 100.0)


@pytest.mark.parametrize(
    ("a", "main", "least", "days", "count"),
    [(-2.54, 7.4, 3.0, 0.105, 40), (-2.37, 6.2, 3.0, 0.417, 9), (-3.03, 6.9, 3.0, 0.344, 8)],
)
def test_the_fits_give_the_counts_of_maduo_jishishan_and_menyuan(a, main, least, days, count):
    assert expected_count(a, main, least, days) == pytest.approx(count, rel=0.06)


@pytest.mark.parametrize(("a", "times_as_many"), [(-2.54, 0.871), (-2.37, 0.589), (-3.03, 2.69)])
def test_the_default_productivity_lies_within_a_factor_three_of_the_three_sequences(a, times_as_many):
    # 10^(-2.6 - a), whatever the main shock and the time
    assert expected_count(PLATEAU_A, 7.0, 3.0, 0.3) / expected_count(a, 7.0, 3.0, 0.3) == pytest.approx(
        times_as_many, rel=1e-3
    )


def test_aftershocks_come_in_order_become_rarer_and_are_smaller_than_the_main_shock():
    drawn = [
        draw_aftershocks(MAIN, 3 * 86_400.0, np.random.default_rng(i), least=3.5, length_km=80.0) for i in range(200)
    ]
    times_s = [[a.t_s for a in one] for one in drawn]

    assert all(t == sorted(t) for t in times_s)
    assert all(3.5 <= a.source.magnitude < 7.4 for one in drawn for a in one)
    first = np.mean([sum(t < 86_400 for t in one) for one in times_s])
    second = np.mean([sum(86_400 <= t < 172_800 for t in one) for one in times_s])
    # Omori: (0.05^-0.08 - 1.05^-0.08) / (1.05^-0.08 - 2.05^-0.08) = 0.2748 / 0.0519; some 7500 and 1400 were drawn
    assert first / second == pytest.approx(5.29, rel=0.1)


def test_aftershocks_lie_along_the_rupture_and_within_a_tenth_of_its_length_across():
    main = Source(7.4, 34.6, 98.3, 10.0, 30.0)
    drawn = [
        a.source
        for i in range(40)
        for a in draw_aftershocks(main, 30 * 86_400.0, np.random.default_rng(i), length_km=80.0)
    ]
    along, across = main.along_and_across_km(np.array([a.lat_deg for a in drawn]), np.array([a.lon_deg for a in drawn]))

    assert len(drawn) > 1000
    assert np.abs(along).max() == pytest.approx(40.0, abs=0.5)
    assert np.abs(along).max() <= 40.0 + 1e-6
    assert across.std() == pytest.approx(8.0, rel=0.1)
    assert {(a.depth_km, a.strike_deg) for a in drawn} == {(10.0, 30.0)}


def test_their_magnitudes_follow_gutenberg_and_richter():
    drawn = [
        a.source.magnitude for i in range(60) for a in draw_aftershocks(MAIN, 30 * 86_400.0, np.random.default_rng(i))
    ]

    # mean above the least: log10(e)/0.91 = 0.477
    assert np.mean(drawn) - 4.0 == pytest.approx(0.477, rel=0.1)


def test_no_aftershock_is_as_large_as_a_small_main_shock():
    assert draw_aftershocks(Source(4.0, 35.0, 100.0), 86_400.0, np.random.default_rng(1), least=4.0) == ()


@given(st.floats(0.1, 15), st.floats(0, 5))
def test_stronger_shaking_moves_slopes_and_breaks_bridges_no_less(pga, more):
    weak_and_strong = np.array([pga, pga + more])
    critical = critical_acceleration_ms2()

    for found in (
        newmark_displacement_cm(weak_and_strong, critical),
        slides_per_km(weak_and_strong, critical),
        bridge_loss(weak_and_strong / 10, designed=False),
    ):
        assert found[1] >= found[0] - 1e-12


def test_half_of_the_bridges_are_lost_at_the_median_of_hazus():
    # Sa 0.45 g at 1 s is a PGV of 0.45 * 9.80665 / (2 pi 1.65) = 0.4257 m/s
    assert bridge_loss(np.array([0.4257]), designed=False) == pytest.approx(0.5, abs=0.001)


def test_altitude_slows_clearing_by_the_machine_factor():
    # 300 m3 at 100 m3/h is 3 machine hours with 4 people: 12 person hours; at 4,300 m 1.6 times that in all
    assert clearing_work_s(300.0, 0.0) == 12 * 3600
    assert clearing_work_s(300.0, 4300.0) * labour_factor(4300.0) == pytest.approx(1.6 * 12 * 3600)
