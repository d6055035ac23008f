"""Formulas beyond their ranges: no overflow, no division by nothing, and what is said there."""

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillsim.physics.blast.blast import arrival_ms, distance_m, duration_ms, overpressure_kpa, reflected_kpa
from drillsim.physics.gas.sigmas import sigma_y_m, sigma_z_m

SETS = ("briggs_rural", "briggs_urban", "isc3_rural", "tno", "spicer_havens", "ccps_puff")


@given(tnt=st.floats(0.0, 1e7), near=st.floats(0.0, 1e6), more=st.floats(1.0, 100.0))
def test_a_blast_is_finite_falls_with_distance_and_comes_later(tnt, near, more):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for kpa in (overpressure_kpa, reflected_kpa):
            there, farther = float(kpa(tnt, near)), float(kpa(tnt, near * more))
            assert 0.0 <= farther <= there * (1 + 1e-6) < 1e6
        assert float(arrival_ms(tnt, near)) <= float(arrival_ms(tnt, near * more)) * (1 + 1e-6)
        assert 0.0 <= float(duration_ms(tnt, near)) < 1e4


@pytest.mark.parametrize(
    ("formula", "tnt", "away_m", "expected"),
    [
        # held at the ends of Swisdak 1994: Z = 0.06 m/kg^(1/3) reflected and arrival, 0.2 and 40 of the duration
        (reflected_kpa, 1.0, 0.05, 465_251.0),
        (arrival_ms, 1000.0, 0.3, 0.0485),  # half of the 0.097 ms at Z = 0.06
        (arrival_ms, 1.0, 40.0 + 340.3, 107.78 + 1000.0),  # a second of sound beyond Z = 40
        (duration_ms, 1.0, 1e5, 7.16),
        (duration_ms, 1.0, 0.0, 0.243),
        (overpressure_kpa, 0.0, 10.0, 0.0),
        (reflected_kpa, 0.0, 10.0, 0.0),
        (arrival_ms, 0.0, 10.0, np.inf),
        (duration_ms, 0.0, 10.0, 0.0),
    ],
)
def test_a_blast_beyond_its_range_is_what_the_docstring_says(formula, tnt, away_m, expected):
    assert float(formula(tnt, away_m)) == pytest.approx(expected, rel=0.01)


def test_far_off_a_reflected_wave_is_twice_the_incident_one():
    ratio = float(reflected_kpa(1.0, 5000.0) / overpressure_kpa(1.0, 5000.0))

    assert ratio == pytest.approx(2.0, rel=0.02)
    assert distance_m(0.0, 5.0) == 0.0


@pytest.mark.parametrize("sigmas", SETS)
@pytest.mark.parametrize("stability", list("ABCDEF"))
def test_a_plume_only_gets_wider_and_higher(sigmas, stability):
    x_m = np.geomspace(1.0, 60_000.0, 2000)
    for sigma in (sigma_y_m, sigma_z_m):
        values = sigma(x_m, stability, sigmas)
        if sigmas != "isc3_rural":  # pieces of a table, which meet to within a few percent
            assert (np.diff(values) >= -1e-9 * values[1:]).all()
        assert values.max() < 60_000.0
    by_hand = 107.7 * 1000**-1.7172 * np.exp(0.277 * 47.717)  # ln(1000)² = 47.717
    assert float(sigma_z_m(1000.0, "A", "spicer_havens")) == pytest.approx(by_hand, rel=1e-3)
    assert float(sigma_z_m(19_000.0, "A", "spicer_havens")) == 5000.0
