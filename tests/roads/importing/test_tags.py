"""Values of tags as people write them."""

import math

import pytest

from drillsim.roads.importing.tags import duration_s, elevation_m, lane_count, metres, speed_kmh, surface_kind, tonnes


@pytest.mark.parametrize(
    ("text", "kmh"),
    [
        ("60/40 mph", 64.37), ("30,25 mph", 40.23), ("50; 30 mph", 48.28), ("80 km/h;60 mph", 80),
        ("50", 50), ("50 km/h", 50), ("50kmh", 50), ("30 mph", 48.28), ("30mph", 48.28), ("10 knots", 18.52),
        ("walk", 6), ("none", math.inf), ("CN:urban", 50), ("DE:rural", 100), ("DE:motorway", math.inf),
        ("XX:rural", 80), ("DE:zone30", 30), ("zone:20", 20), ("urban", 50), ("50;30", 30), ("60|80", 60),
        ("GB:nsl_single", 96.56), ("50;signals", 50),
    ],
)  # fmt: skip
def test_a_speed_limit_is_read_in_every_spelling(text, kmh):
    assert speed_kmh(text) == pytest.approx(kmh, abs=0.01)


@pytest.mark.parametrize("text", ["signals", "variable", "", "0", "-50", "999", "XX:what", "50 furlongs"])
def test_what_is_no_speed_is_none(text):
    assert speed_kmh(text) is None


@pytest.mark.parametrize(
    ("text", "m"),
    [
        ("3.5", 3.5),
        ("3.5 m", 3.5),
        ("3,5", 3.5),
        ("11'6\"", 3.505),
        ("11'", 3.353),
        ("11 ft 6 in", 3.505),
        ("350cm", 3.5),
    ],
)
def test_a_height_is_read_in_metres_or_feet(text, m):
    assert metres(text) == pytest.approx(m, abs=0.001)


@pytest.mark.parametrize(
    ("text", "t"), [("7.5", 7.5), ("7.5 t", 7.5), ("3500 kg", 3.5), ("10 st", 9.072), ("10000 lbs", 4.536)]
)
def test_a_weight_is_read_in_tonnes_kilograms_short_tons_or_pounds(text, t):
    assert tonnes(text) == pytest.approx(t, abs=0.001)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("00:20", 1200),
        ("PT20M", 1200),
        ("20", 1200),
        ("1:30:00", 5400),
        ("P1D", 86400),
        ("2 h", 7200),
        ("1.5 hours", 5400),
        ("1 hour", 3600),
        ("45 mins", 2700),
        ("45 minutes", 2700),
        ("45分钟", 2700),
        ("PT", None),
        ("x", None),
    ],
)
def test_a_duration_is_read_as_clock_iso_or_minutes(text, seconds):
    assert duration_s(text) == seconds


def test_other_values():
    assert (lane_count("2"), lane_count("0"), lane_count("99")) == (2, None, None)
    assert (elevation_m("-12"), elevation_m("99999"), elevation_m("")) == (-12, None, None)
    assert (surface_kind("fine_gravel"), surface_kind("asphalt;mud"), surface_kind("carpet")) == (
        "gravel",
        "unpaved",
        None,
    )
