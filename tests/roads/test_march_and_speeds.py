"""Speeds of heavy vehicles, snow, and columns on the march, by mental arithmetic."""

import pytest

from drillsim.roads import (
    HeavyVehicleSpeed,
    MarchRules,
    Section,
    great_circle_m,
    march_halts_s,
    pass_time_s,
    snow_speed_factor,
)


def section(free_flow_kmh, road_class="primary"):
    return Section("a--b:G1", "a", "b", "G1", 1000.0, free_flow_kmh, road_class=road_class)


@pytest.mark.parametrize(
    ("car_kmh", "road_class", "heavy_kmh"),
    [(60, "primary", 48), (40, "secondary", 32), (100, "motorway", 70), (80, "motorway", 64), (90, "trunk", 60)],
)
def test_a_heavy_vehicle_drives_four_fifths_of_a_car_up_to_its_cap(car_kmh, road_class, heavy_kmh):
    assert HeavyVehicleSpeed().speed_kmh(section(car_kmh, road_class)) == pytest.approx(heavy_kmh)


def test_snow_leaves_what_the_manual_says():
    assert snow_speed_factor("none") == 1
    assert 0.85 <= snow_speed_factor("light") <= 0.95
    assert 0.60 <= snow_speed_factor("heavy") <= 0.70


def test_one_vehicle_at_51_kmh_passes_in_six_seconds_and_a_bit():
    assert pass_time_s(1, 51.0, MarchRules()) == pytest.approx(6 + 60 / 25)


def test_twenty_one_vehicles_are_two_march_units_two_minutes_apart():
    assert pass_time_s(21, 51.0, MarchRules()) == pytest.approx(21 * (6 + 60 / 25) + 120)


def test_a_longer_column_never_passes_sooner():
    times = [pass_time_s(n, 40.0, MarchRules()) for n in range(1, 200)]

    assert times == sorted(times)


@pytest.mark.parametrize(
    ("hours", "halts_min"), [(0.9, []), (1, [15]), (2.9, [15]), (3, [15, 10]), (4, [15, 10, 20]), (5, [15, 10, 20, 10])]
)
def test_halts_fall_due_after_one_hour_then_every_two_and_a_rest_every_four(hours, halts_min):
    assert [halt_s / 60 for _, halt_s in march_halts_s(hours * 3600, MarchRules())] == halts_min


def test_a_rest_that_falls_on_a_halt_counts_once():
    rules = MarchRules(first_halt_after_s=14400)

    assert march_halts_s(14400, rules) == ((14400.0, 1200.0),)


def test_a_degree_of_latitude_is_111_km():
    assert great_circle_m(36, 100, 37, 100) == pytest.approx(111_195, rel=1e-4)
