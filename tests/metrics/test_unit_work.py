"""Turnout, travel, utilisation and distance, from traces written by hand."""

import math

import pytest

from drillsim.metrics import unit_work as m
from drillsim.trace.events import (
    UnitAlerted,
    UnitBackInService,
    UnitFreed,
    UnitInPlace,
    UnitOutOfService,
    UnitRecalled,
    UnitTrapped,
)
from tests.metrics.conftest import HOUR_S, arrived, assigned, drives, on_duty, released, trace, turns

THERE = drives(60, ("p0", 60), ("p1", 660), ("p2", 1260))
"""20 km in 20 minutes."""


def test_turnout_lasts_until_the_unit_sets_off_and_travel_until_it_is_there():
    t = trace(on_duty(), assigned(10), THERE, arrived(1260))

    assert m.turnout_s(t) == {"fire/0": 50}
    assert m.travel_s(t) == {"fire/0": 1200}


def test_a_unit_sent_from_the_road_has_no_turnout():
    t = trace(on_duty(), assigned(600), drives(600, ("p1", 660), ("p2", 1260)))

    assert m.turnout_s(t) == {"fire/0": 0}


def test_a_way_round_belongs_to_the_same_journey():
    t = trace(on_duty(), assigned(0), THERE, turns(300, ("p1", 660), ("p3", 2000), ("p2", 3000)), arrived(3000))

    assert m.turnout_s(t) == {"fire/0": 60}
    assert m.travel_s(t) == {"fire/0": 2940}


def test_who_has_not_left_or_is_not_there_by_endex_counts_as_never():
    t = trace(
        on_duty("a"), on_duty("b"), assigned(0, "a", slot=0), assigned(0, "b", slot=1), drives(60, ("p0", 60), unit="b")
    )

    assert m.turnout_s(t) == {"fire/0": math.inf, "fire/1": 60}
    assert m.travel_s(t) == {"fire/0": math.inf, "fire/1": math.inf}


def test_who_was_called_back_is_no_case_of_what_it_was_not_to_do_any_more():
    turning_out = trace(on_duty(), assigned(0), UnitRecalled(30, "engine", "fire"))
    on_the_way = trace(on_duty(), assigned(0), THERE, UnitRecalled(300, "engine", "fire"))

    assert m.turnout_s(turning_out) == {}
    assert m.travel_s(turning_out) == {}
    assert m.turnout_s(on_the_way) == {"fire/0": 60}
    assert m.travel_s(on_the_way) == {}


def test_the_way_home_is_not_the_travel_of_an_assignment():
    home = drives(2000, ("p2", 2000), ("p0", 3000), purpose="return", target="west")
    t = trace(on_duty(), assigned(0), THERE, arrived(1260), released(2000), home)

    assert m.travel_s(t) == {"fire/0": 1200}


def test_a_log_in_which_a_unit_arrives_unsent_has_no_assignment():
    t = trace(on_duty(), arrived(500))

    assert m.turnout_s(t) == m.travel_s(t) == {}


def test_a_unit_is_in_use_from_its_assignment_to_its_release():
    t = trace(on_duty(), on_duty("idle"), assigned(900), released(1800))

    assert m.utilisation(t) == {"engine": 0.25, "idle": 0.0}


def test_a_unit_still_busy_at_endex_is_in_use_until_then():
    assert m.utilisation(trace(on_duty(), assigned(2700)))["engine"] == 0.25


def test_a_unit_is_free_again_when_it_is_called_back_or_in_place():
    t = trace(
        on_duty("a"), on_duty("b"), assigned(0, "a"), UnitAlerted(0, "b", "first"), UnitRecalled(360, "a", "fire"),
        UnitInPlace(1800, "b", "first", "p4"),
    )  # fmt: skip

    assert m.utilisation(t) == {"a": 0.1, "b": 0.5}


def test_who_is_released_without_having_been_sent_was_not_in_use():
    assert m.utilisation(trace(on_duty(), released(900), ends_at_s=HOUR_S)) == {"engine": 0}


def test_time_out_of_service_does_not_count():
    out = [UnitOutOfService(0, "engine", "broken"), UnitBackInService(1800, "engine")]

    assert m.utilisation(trace(on_duty(), *out, assigned(2700)))["engine"] == 0.5


def test_a_trapped_unit_is_not_free_and_counts_once_if_it_was_sent_anyway():
    caught = [UnitTrapped(900, "engine", "p0", "gas"), UnitFreed(1800, "engine", "p0", "gas")]

    assert m.utilisation(trace(on_duty(), *caught))["engine"] == 0.25
    assert m.utilisation(trace(on_duty(), assigned(0), *caught, released(2700)))["engine"] == 0.75
    assert m.utilisation(trace(on_duty(), assigned(0), caught[0], released(1350), caught[1]))["engine"] == 0.5


def test_a_unit_out_of_service_all_the_time_was_not_in_use():
    assert m.utilisation(trace(on_duty(), UnitOutOfService(0, "engine", "broken")))["engine"] == 0.0


def test_a_journey_driven_to_its_end_counts_in_full():
    assert m.distance_m(trace(on_duty(), THERE)) == {"engine": 20_000}


def test_a_unit_that_never_left_drove_nothing():
    assert m.distance_m(trace(on_duty())) == {"engine": 0}


def test_at_endex_a_journey_counts_as_far_as_it_went():
    assert m.distance_m(trace(on_duty(), THERE, ends_at_s=360))["engine"] == 5_000


def test_a_journey_that_begins_after_endex_is_not_driven():
    assert m.distance_m(trace(on_duty(), drives(350, ("p0", 400), ("p1", 1000)), ends_at_s=360))["engine"] == 0


def test_a_unit_that_turns_drives_on_to_the_next_place_first():
    back = drives(300, ("p1", 660), ("p0", 1260), purpose="return", target="west", km=10)

    assert m.distance_m(trace(on_duty(), THERE, back))["engine"] == 10_000 + 10_000


@pytest.mark.parametrize("there_s", [460, 1060])
def test_a_section_counts_once_however_its_speed_changes_on_the_way(there_s):
    t = trace(on_duty(), THERE, turns(360, ("p1", there_s), ("p2", there_s + 600), km=10))

    assert m.distance_m(t)["engine"] == pytest.approx(20_000)


def test_a_unit_that_turns_round_on_a_section_drives_forth_and_back():
    """Four minutes of twenty on 20 km, the same back, and 20 km again."""
    t = trace(on_duty(), THERE, turns(300, ("p0", 540), ("p2", 1740)))

    assert m.distance_m(t)["engine"] == pytest.approx(4_000 + 4_000 + 20_000)


def test_a_unit_claimed_on_its_way_drives_to_the_next_place_and_prepares_there():
    home = drives(0, ("p2", 0), ("p1", 600), ("p0", 1200), purpose="return", target="west")
    claimed = [home, UnitAlerted(300, "engine", "first")]
    march = drives(3000, ("p1", 3000), ("p4", 3300), purpose="march", target="first", km=15)

    assert m.distance_m(trace(on_duty(), *claimed, ends_at_s=2000))["engine"] == 10_000
    assert m.distance_m(trace(on_duty(), *claimed, march))["engine"] == 10_000 + 15_000


def test_a_journey_that_does_not_fit_the_one_before_replaces_it_from_its_beginning():
    jump = drives(660, ("p9", 660), ("p8", 960), km=5)

    assert m.distance_m(trace(on_duty(), THERE, jump))["engine"] == 10_000 + 5_000


def test_a_journey_without_a_road_is_no_distance():
    assert m.distance_m(trace(on_duty(), drives(60, ("p0", 60), km=0)))["engine"] == 0


def test_an_alert_at_the_station_does_not_shorten_what_was_driven():
    march = drives(2000, ("p2", 2000), ("p4", 2600), purpose="march", target="first", km=10)
    t = trace(on_duty(), THERE, arrived(1260), released(1300), UnitAlerted(1400, "engine", "first"), march)

    assert m.distance_m(t)["engine"] == pytest.approx(30_000)
    assert t.header.ends_at_s == HOUR_S
