"""Speeds of heavy vehicles, snow, and columns on the march, by mental arithmetic."""

import pytest

from drillsim.roads import (
    HeavyVehicleSpeed,
    MarchRules,
    Place,
    RoadNetwork,
    Section,
    march_halts_s,
    pass_time_s,
    snow_speed_factor,
)


def network(a_m=0.0, b_m=0.0, **section):
    """Return two places that a road of 10 km joins; *section* says more about it."""
    places = [Place(n, n, n, "town", 36.0, lon, m) for n, lon, m in (("a", 100.0, a_m), ("b", 100.05, b_m))]
    return RoadNetwork("two", places, [Section("ab", "a", "b", "G1", 10_000.0, **{"free_flow_kmh": 75.0} | section)])


def heavy_kmh(speeds=None, *, a_m=0.0, b_m=0.0, **section):
    """Return the speed along and against the road."""
    along_s, against_s = (speeds or HeavyVehicleSpeed()).section_s(network(a_m, b_m, **section))[0]
    return 36_000 / along_s, 36_000 / against_s


@pytest.mark.parametrize(
    ("car_kmh", "road_class", "expected_kmh"),
    [(60, "primary", 48), (40, "secondary", 32), (100, "motorway", 70), (80, "motorway", 64), (90, "trunk", 60)],
)
def test_a_heavy_vehicle_drives_four_fifths_of_a_car_up_to_its_cap(car_kmh, road_class, expected_kmh):
    assert heavy_kmh(free_flow_kmh=car_kmh, road_class=road_class) == pytest.approx((expected_kmh, expected_kmh))


def test_a_calibrated_speed_stands_in_place_of_that_part_and_the_siren_before_the_cap():
    calibrated = HeavyVehicleSpeed(class_kmh={"primary": 40}, siren_factor=1.25)

    assert heavy_kmh(calibrated)[0] == pytest.approx(50)
    assert heavy_kmh(calibrated, road_class="secondary", free_flow_kmh=100)[0] == pytest.approx(60)


def test_gravel_slows_unless_it_is_switched_off():
    assert heavy_kmh(surface="gravel", free_flow_kmh=50)[0] == pytest.approx(0.7 * 40)
    assert heavy_kmh(HeavyVehicleSpeed(surface=False), surface="gravel", free_flow_kmh=50)[0] == pytest.approx(40)


def test_a_climb_slows_uphill_and_a_steep_descent_downhill():
    """300 kW, 85 % of it at the wheels, lift 20 t up 10 % with 0.012 of rolling: 255 / (196.2 x 0.112) m/s."""
    up_kmh, down_kmh = heavy_kmh(b_m=1000.0)

    assert up_kmh == pytest.approx(3.6 * 255 / (196.2 * 0.112))
    assert down_kmh == pytest.approx(40)
    assert heavy_kmh(HeavyVehicleSpeed(grade=False), b_m=1000.0) == pytest.approx((60, 60))


def test_at_4000_m_the_engine_has_lost_a_fifth_of_its_power():
    low, high = heavy_kmh(a_m=1000.0, b_m=2000.0)[0], heavy_kmh(a_m=3500.0, b_m=4500.0)[0]

    assert high == pytest.approx(0.8 * low)


def test_a_low_underpass_and_a_weak_bridge_are_closed_to_a_vehicle_that_is_too_high_or_too_heavy():
    for limit in ({"max_height_m": 3.5}, {"max_weight_t": 15.0, "bridge": True}):
        assert heavy_kmh(**limit) == (0, 0)
        assert heavy_kmh(HeavyVehicleSpeed(limits=False), **limit)[0] == pytest.approx(60)
    assert heavy_kmh(max_weight_t=3.5)[0] == pytest.approx(60)
    assert heavy_kmh(HeavyVehicleSpeed(height_m=3.2), max_height_m=3.5)[0] == pytest.approx(60)


def test_a_pedestrian_way_is_driven_only_by_a_plan_that_takes_the_risk():
    assert heavy_kmh(risk="pedestrian") == (0, 0)
    assert heavy_kmh(HeavyVehicleSpeed(pedestrian_kmh=10), risk="pedestrian")[0] == pytest.approx(10)


def test_time_lost_at_junctions_is_added():
    assert HeavyVehicleSpeed().section_s(network(delay_s=30.0))[0, 0] == pytest.approx(600 + 30)
    assert HeavyVehicleSpeed(junctions=False).section_s(network(delay_s=30.0))[0, 0] == pytest.approx(600)


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
