"""Metrics of fires in buildings, on traces written by hand."""

import math

import pytest

from drillsim.metrics.building_fires import (
    evacuation_s,
    fire_met_kw,
    fire_out_s,
    floors_burnt,
    people_rescued,
    set_up_s,
    water_on_s,
)
from drillsim.trace.events import CallReceived, HazardChanged, HazardMeasured, PeopleChanged, UnitArrived
from tests.metrics.conftest import trace

NAMES = ("heat_kw", "delivered_l_s", "floors_burning", "floor_7_kw")
STATES = ("in_place", "on_stairs", "evacuated", "rescued", "lost")


def measured(t_s, kw, l_s, names=NAMES):
    return HazardMeasured(t_s, "fire", names, (kw, l_s, 1.0, kw))


CALL = CallReceived(100.0, "fire")
DRY = measured(0.0, 20.0, 0.0)
WET = measured(700.0, 5000.0, 6.5)
ARRIVED = UnitArrived(500.0, "e", "fire", "a")


def test_water_counts_from_the_call_and_set_up_from_the_first_arrival():
    run = trace(DRY, CALL, ARRIVED, WET, measured(730.0, 4000.0, 13.0))

    assert water_on_s(run) == {"fire": 600.0}
    assert set_up_s(run) == {"fire": 200.0}
    assert fire_met_kw(run) == {"fire": 5000.0}


def test_a_fire_that_no_water_reached_counts_as_never():
    run = trace(DRY, CALL, ARRIVED)

    assert water_on_s(run) == set_up_s(run) == fire_met_kw(run) == fire_out_s(run) == {"fire": math.inf}


def test_a_fire_that_burnt_out_was_not_put_out():
    assert fire_out_s(trace(DRY, CALL, HazardChanged(900.0, "fire", "burnt_out", "course"))) == {"fire": math.inf}


def test_a_fire_is_out_only_if_it_stays_out():
    out, again = HazardChanged(900.0, "fire", "out", "course"), HazardChanged(950.0, "fire", "growing", "course")

    assert fire_out_s(trace(DRY, CALL, out)) == {"fire": 800.0}
    assert fire_out_s(trace(DRY, CALL, out, again)) == {"fire": math.inf}


def test_every_floor_whose_rooms_burnt_counts_once():
    eight = measured(800.0, 1.0, 0.0, (*NAMES[:3], "floor_8_kw"))

    assert floors_burnt(trace(DRY, CALL, WET, eight)) == {"fire": 2.0}


def people(t_s, *counts):
    return PeopleChanged(t_s, "fire", STATES, counts)


def test_people_are_counted_at_the_end_and_the_last_on_foot_ends_the_evacuation():
    run = trace(CALL, people(0, 9, 1, 0, 0, 0), people(400, 1, 0, 8, 1, 0), people(600, 0, 0, 8, 1, 1))

    assert evacuation_s(run) == {"fire": 300.0}
    assert people_rescued(run) == {"fire": 1.0}


@pytest.mark.parametrize("last", [people(500, 0, 2, 8, 0, 0)])
def test_an_evacuation_with_people_on_the_stairs_has_not_ended(last):
    assert evacuation_s(trace(CALL, people(0, 9, 1, 0, 0, 0), last)) == {"fire": math.inf}


def test_other_hazards_have_none_of_these():
    other = HazardMeasured(5.0, "plume", ("concentration_ppm",), (3.0,))
    run = trace(CALL, other, PeopleChanged(5.0, "plume", ("trapped",), (3,)))

    for metric in (water_on_s, set_up_s, fire_met_kw, fire_out_s, floors_burnt, evacuation_s):
        assert metric(run) == {}
