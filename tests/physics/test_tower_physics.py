"""The physics of a fire in a tall building against closed forms and published figures."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillsim.physics import air as air_of
from drillsim.physics.fire import breathing_air as air
from drillsim.physics.fire import climbing, compartment_fire, egress, fire_flow, floor_spread, hose, smoke

KW = st.floats(10.0, 50_000.0)
FLOW = st.floats(0.0, 50.0)


def test_the_published_peak_flows_follow_from_the_speed_law():
    assert egress.specific_flow_p_sm(1.88, 1.40) == pytest.approx(1.3, rel=0.02)
    for k, published in ((1.00, 0.94), (1.08, 1.01), (1.16, 1.09), (1.23, 1.16)):
        assert egress.specific_flow_p_sm(1.88, k) == pytest.approx(published, rel=0.02)


def test_no_density_passes_more_people_than_the_best_one():
    flows = [egress.specific_flow_p_sm(d, 1.08) for d in np.linspace(0.54, 3.7, 200)]

    assert max(flows) <= egress.specific_flow_p_sm(egress.BEST_DENSITY, 1.08) + 1e-4


@given(st.lists(st.floats(0.0, 5.0), min_size=2, max_size=20))
def test_people_are_never_faster_in_a_denser_crowd(densities):
    speeds = egress.speed_ms(np.sort(np.array(densities)), 1.08)

    assert (np.diff(speeds) <= 1e-9).all()


def test_pre_movement_keeps_the_two_percentiles_that_the_standard_states():
    times = egress.pre_movement_s((np.arange(1000) + 0.5) / 1000, 300.0, 1200.0)

    # shares of 0.05 %, 0.15 % … : ten of the thousand lie below 1 %, and ten above 99 %
    assert (times < 300.0).sum() == 10
    assert (times > 1200.0).sum() == 10


def test_the_low_air_alarm_sounds_after_eight_to_twelve_minutes_of_climbing():
    # three quarters of 1240 L: 930 L
    for use, minutes in ((78.0, 930 / 78), (air.USE_L_MIN["climbing"], 930 / 90), (116.0, 930 / 116)):
        assert air.alarm_s(air.US_30_MIN_L, use, air.US_ALARM_SHARE) / 60 == pytest.approx(minutes)


@given(st.floats(20.0, 120.0), st.floats(0.0, 1200.0))
def test_who_turns_round_by_the_rule_is_out_before_the_reserve_is_touched(use, exit_s):
    work_s = air.working_s(air.CN_CYLINDER_L, use, exit_s)
    left = air.CN_CYLINDER_L - work_s / 60 * use - 2 * exit_s / 60 * 40.0

    if work_s > 0:
        assert left == pytest.approx(air.CN_ALARM_SHARE * air.CN_CYLINDER_L)


def test_a_furnished_room_flashes_over_after_seven_minutes_before_it_burns_all_its_air():
    room = (0.03, 2 * 36 + 4 * 6 * 2.7, 2.0, 2.0)  # 6 m by 6 m, one door
    kw = compartment_fire.flashover_mqh_kw(*room)

    assert kw < compartment_fire.ventilation_limit_kw(2.0, 2.0)
    assert compartment_fire.hot_layer_rise_k(kw, *room) == pytest.approx(500.0, rel=0.02)
    # 610 sqrt(0.03 · 136.8 · 2 sqrt(2)) = 2078 kW, and sqrt(2078 / 0.01172) = 421 s
    assert compartment_fire.growth_s("medium", kw) == pytest.approx(421.1, abs=0.1)


@given(KW, KW, FLOW, FLOW, st.floats(0.0, 600.0))
def test_more_water_never_makes_a_larger_fire_and_none_leaves_it_free(kw, more, flow, other, dt_s):
    free = kw + more
    little, much = sorted((flow, other))

    assert fire_flow.kw_under_water(kw, free, 0.0, dt_s) == pytest.approx(free)
    assert fire_flow.kw_under_water(kw, free, much, dt_s) <= fire_flow.kw_under_water(kw, free, little, dt_s) + 1e-6
    assert 0.0 <= fire_flow.kw_under_water(kw, free, much, dt_s) <= free + 1e-6


@given(KW, st.floats(0.0, 1.0), FLOW, st.floats(0.0, 600.0))
def test_water_never_keeps_a_fire_larger_that_dies_down_of_itself(kw, left, flow, dt_s):
    assert 0.0 <= fire_flow.kw_under_water(kw, left * kw, flow, dt_s) <= left * kw + 1e-6


def test_a_fire_is_out_after_the_time_that_the_closed_form_says():
    due_s = fire_flow.knocked_down_s(5000.0, 8.0)

    assert fire_flow.kw_under_water(5000.0, 5000.0, 8.0, due_s - 1.0) > 0.0
    assert fire_flow.kw_under_water(5000.0, 5000.0, 8.0, due_s + 1e-6) == 0.0
    assert math.isinf(fire_flow.knocked_down_s(5000.0, 4.0))


@given(st.floats(0.8, 3.0), st.floats(0.0, 300.0), st.floats(0.0, 300.0), st.integers(1, 6))
def test_water_never_gets_stronger_with_height_or_with_more_lines_on_the_riser(mpa, height, other, lines):
    low, high = sorted((height, other))

    assert hose.line_flow_l_s(mpa, high, lines=lines) <= hose.line_flow_l_s(mpa, low, lines=lines)
    assert hose.line_flow_l_s(mpa, low, lines=lines + 1) <= hose.line_flow_l_s(mpa, low, lines=lines)
    assert hose.line_flow_l_s(mpa, high, lines=lines) <= hose.line_flow_l_s(mpa + 0.5, high, lines=lines)


@given(st.integers(0, 80), st.integers(0, 80), st.floats(0.0, 5000.0))
def test_a_higher_floor_is_never_reached_sooner_nor_on_a_plateau(floors, other, elevation_m):
    low, high = sorted((floors, other))

    assert climbing.climb_s(low, elevation_m=elevation_m) <= climbing.climb_s(high, elevation_m=elevation_m)
    assert climbing.climb_s(low) <= climbing.climb_s(low, elevation_m=elevation_m)
    assert climbing.access_s(low, 80, by_lift=True) <= climbing.access_s(high, 80, by_lift=True)


def test_no_planned_floor_is_climbed_faster_than_the_best_that_was_measured():
    for floors in range(1, 60):
        assert climbing.climb_s(floors) / floors >= 15.0


@pytest.mark.parametrize("floor", range(10, 34))
def test_the_lift_saves_time_above_the_tenth_floor(floor):
    assert climbing.access_s(floor, 33, by_lift=True) < climbing.access_s(floor, 33, by_lift=False)


@given(st.floats(0.0, 1.0), st.floats(0.0, 5.0), st.floats(0.0, 5.0), st.floats(0.0, 3600.0))
def test_smoke_in_a_stair_stays_between_none_and_that_of_the_fire(share, smoke_m3_s, fresh_m3_s, dt_s):
    assert 0.0 <= smoke.diluted(share, smoke_m3_s, fresh_m3_s, 600.0, dt_s) <= 1.0


def test_smoke_after_flashover_incapacitates_in_a_minute_and_a_quarter():
    # per A sqrt(H): 1500 kW / 18 MJ/kg = 1/12 kg/s of fuel, 0.2 of it CO, in 1/2 kg/s of air and that fuel:
    # 1/60 of 7/12, one part in 35; 35,000 ppm·min are breathed after 35,000 · 35 / 10^6 = 1.225 min
    assert pytest.approx(1e6 / 35, rel=0.002) == smoke.CO_AFTER_FLASHOVER_PPM
    assert smoke.fed_co(np.array([smoke.CO_AFTER_FLASHOVER_PPM]), 60.0 * 1.225)[0] == pytest.approx(1.0, rel=0.002)


def test_a_facade_takes_nineteen_storeys_in_sixteen_minutes_sooner_than_the_twenty_to_thirty_of_grenfell():
    # 19 · 2.9 m = 55.1 m at 3.5 m/min
    assert pytest.approx(15.74, abs=0.01) == 55.1 / floor_spread.FACADE_UP_M_S / 60


def test_sprinklers_open_before_flashover_and_then_hold_the_fire():
    opens_kw = floor_spread.sprinkler_activation_kw(2.7)

    assert opens_kw < compartment_fire.flashover_mqh_kw(0.03, 2 * 36 + 4 * 6 * 2.7, 2.0, 2.0)
    # 2.5 (48 · 2.7 / 5.38)^1.5 = 296 kW, and after 410 s 1/e of it (Evans 1993)
    assert opens_kw == pytest.approx(295.6, abs=0.1)
    assert floor_spread.sprinklered_kw(opens_kw, 410.0) == pytest.approx(opens_kw / math.e, rel=0.003)


@given(st.floats(0.01, 1.0), st.floats(0.01, 1.0))
def test_denser_spray_never_lets_a_fire_last_longer(spray, other):
    thin, dense = sorted((spray, other))

    assert floor_spread.sprinkler_time_constant_s(dense) <= floor_spread.sprinkler_time_constant_s(thin)


def test_the_air_of_xining_and_of_four_thousand_metres():
    # (1 - 2.25577e-5 · 2261)^5.25588 = exp(-5.25588 · 0.0523495), and exp(-5.25588 · 0.0945642) at 4000 m
    assert air_of.pressure_ratio(0.0) == 1.0
    assert air_of.pressure_ratio(2261.0) == pytest.approx(0.75946, abs=1e-5)
    assert air_of.pressure_ratio(4000.0) == pytest.approx(0.60834, abs=1e-5)


@pytest.mark.parametrize(("elevation_m", "stack_pa"), [(0.0, 105.5), (2261.0, 80.1), (4000.0, 64.2)])
def test_buoyancy_in_thin_air_presses_less_and_moves_as_many_cubic_metres(elevation_m, stack_pa):
    air = air_of.pressure_ratio(elevation_m)
    # 60 m above the neutral plane on a night of -18 °C: 3460 (1/255.15 - 1/293.15) 60 = 105.5 Pa at sea level
    pressure_pa = smoke.stack_pressure_pa(60.0, -18.0, air=air)

    assert pressure_pa == pytest.approx(stack_pa, abs=0.05)
    # 0.65 · 0.02 sqrt(2 · 105.5 / 1.2) = 0.1724 m³/s
    assert smoke.leakage_m3_s(0.02, pressure_pa, 1.2 * air) == pytest.approx(0.1724, abs=1e-4)


OPENING = st.tuples(st.floats(0.1, 20.0), st.floats(0.1, 5.0))


@given(st.lists(OPENING, min_size=1, max_size=6))
def test_several_openings_let_in_what_each_lets_in_and_never_more_than_at_their_mean_height(openings):
    area_m2, height_m = compartment_fire.one_opening(openings)
    each = sum(compartment_fire.opening_factor_m52(*opening) for opening in openings)

    assert compartment_fire.opening_factor_m52(area_m2, height_m) == pytest.approx(each)
    assert height_m <= compartment_fire.mean_height_m(openings) * (1 + 1e-9)
    assert compartment_fire.one_opening(openings[:1]) == openings[0]
