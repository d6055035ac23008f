"""People and roads of an earthquake, counted from small traces."""

import math

import pytest

from drillsim.metrics import casualties
from drillsim.trace.events import HazardMeasured, PeopleChanged, SectionChanged, SectionReported
from tests.metrics.conftest import trace

STATES = ("trapped", "extricated_alive", "freed_by_neighbours", "dead_in_rubble", "recovered_dead")
H = 3600.0


def site(t_h, name, *counts):
    return PeopleChanged(t_h * H, name, STATES, counts)


TWO_SITES = (
    site(0, "a", 4, 0, 0, 0, 0),
    site(0, "b", 2, 0, 0, 0, 0),
    site(1, "a", 3, 0, 1, 0, 0),
    site(5, "a", 2, 1, 1, 0, 0),
    site(30, "b", 1, 0, 0, 1, 0),
    site(80, "a", 1, 2, 1, 0, 0),
)


def test_people_are_added_up_over_sites_at_the_end():
    found = trace(*TWO_SITES, ends_at_s=96 * H)

    assert casualties.trapped_at_first(found) == {"all": 6}
    assert casualties.alive_extricated(found) == {"all": 2}
    assert casualties.freed_by_neighbours(found) == {"all": 1}
    assert casualties.died_trapped(found) == {"all": 1}
    assert casualties.still_trapped(found) == {"all": 2}


def test_after_the_golden_72_hours_nobody_counts_any_more():
    assert casualties.alive_in_golden_time(trace(*TWO_SITES, ends_at_s=96 * H)) == {"all": 2}


def test_the_golden_time_ends_three_days_after_the_shaking():
    def out_alive(*hours):
        out = [site(10 + t_h, "a", 3 - n, n, 0, 0, 0) for n, t_h in enumerate(hours, start=1)]
        return casualties.alive_in_golden_time(trace(site(10, "a", 3, 0, 0, 0, 0), *out, ends_at_s=200 * H))

    assert out_alive(7, 8, 71) == {"all": 3}
    assert out_alive(8, 72, 72.1) == {"all": 2}


def test_states_at_one_moment_are_given_once():
    moments = [t_s / H for t_s, _ in casualties.totals(trace(*TWO_SITES))]

    assert moments == [0, 1, 5, 30, 80]


def test_a_trace_without_trapped_people_has_no_such_metric():
    found = trace(PeopleChanged(0.0, "fire", ("safe", "inside"), (3, 4)))

    assert casualties.still_trapped(found) == {}
    assert casualties.alive_in_golden_time(trace()) == {}


def cut(t_h, villages, people, on_foot=0):
    names = ("villages_cut_off", "villages_cut_off_on_foot", "people_cut_off")
    return HazardMeasured(t_h * H, "roads", names, (villages, on_foot, people))


def test_people_cut_off_are_counted_by_the_hour():
    found = trace(cut(0, 2, 300), cut(4, 1, 100), cut(10, 0, 0), ends_at_s=24 * H)

    assert casualties.villages_cut_off(found) == {"all": 2}
    assert casualties.people_cut_off_h(found) == {"all": 300 * 4 + 100 * 6}
    assert casualties.people_cut_off_h(trace()) == {}


def test_a_closure_is_unknown_until_it_is_reported_open_again_or_at_endex():
    found = trace(
        SectionChanged(0.0, "s1", 0.0, "quake"), SectionChanged(0.0, "s2", 0.0, "quake"),
        SectionChanged(0.0, "s3", 0.0, "quake"), SectionReported(2 * H, "s1", 0.0, "unit"),
        SectionChanged(5 * H, "s2", 0.5, "quake"), ends_at_s=10 * H,
    )  # fmt: skip

    assert casualties.closures_unknown_h(found) == {"s1": 2, "s2": 5, "s3": pytest.approx(10)}


def test_villages_are_reached_on_foot_or_not_at_all():
    tracks = HazardMeasured(0.0, "toll", ("villages_on_foot",), (2.0,))
    found = trace(tracks, cut(0, 3, 300, on_foot=1), cut(4, 1, 100, on_foot=1))

    assert casualties.villages_on_foot(found) == {"all": 3}
    assert casualties.villages_unreached(found) == {"all": 2}
    assert casualties.villages_unreached(trace()) == {}
    assert casualties.villages_on_foot(trace()) == {}


TOLL = ("unhurt", "hurt_light", "hurt_hospital", "hurt_critical", "killed")
QUAKE = (
    PeopleChanged(0.0, "toll", TOLL, (100, 0, 0, 0, 0)),
    site(0, "a", 4, 0, 0, 0, 0),
    PeopleChanged(60.0, "toll", TOLL, (83, 6, 3, 1, 7)),
    site(2, "a", 3, 0, 1, 0, 0),
    site(3, "a", 2, 1, 1, 0, 0),
    site(4, "a", 1, 1, 1, 1, 0),
    site(5, "a", 0, 1, 1, 1, 1),
)


def test_the_dead_of_an_earthquake_are_those_killed_at_once_and_those_who_died_under_rubble():
    found = trace(*QUAKE, ends_at_s=9 * H)

    assert casualties.killed_at_once(found) == {"all": 7}
    assert casualties.died_trapped(found) == {"all": 2}
    assert casualties.people_lost(found) == {"all": 9}


def test_whoever_comes_out_of_rubble_alive_is_injured():
    assert casualties.people_injured(trace(*QUAKE, ends_at_s=9 * H)) == {"all": 6 + 3 + 1 + 2}


def test_everybody_is_unhurt_or_injured_or_trapped_or_dead():
    found = trace(*QUAKE, ends_at_s=9 * H)
    counted = (casualties.people_injured, casualties.still_trapped, casualties.people_lost)

    assert 83 + sum(metric(found)["all"] for metric in counted) == 104


def test_neighbours_have_the_first_out_and_crews_come_later():
    found = trace(*QUAKE, ends_at_s=9 * H)

    assert casualties.first_out_s(found) == {"all": 2 * H}
    assert casualties.first_rescue_s(found) == {"all": 3 * H}


def test_the_first_rescue_counts_from_the_onset_of_the_hazard_and_is_never_if_all_wait_in_vain():
    late = trace(site(10, "a", 2, 0, 0, 0, 0), site(17, "a", 1, 1, 0, 0, 0), ends_at_s=20 * H)
    vain = trace(site(0, "a", 2, 0, 0, 0, 0), ends_at_s=20 * H)

    assert casualties.first_rescue_s(late) == {"all": 7 * H}
    assert casualties.first_rescue_s(vain) == casualties.first_out_s(vain) == {"all": math.inf}


def test_whoever_waits_in_refuge_and_is_never_fetched_has_no_first_rescue_by_endex():
    found = trace(PeopleChanged(0.0, "tower", ("evacuated", "refuge", "rescued", "lost"), (3, 1, 0, 0)))

    assert casualties.first_rescue_s(found) == casualties.first_out_s(found) == {"all": math.inf}


def test_where_nobody_ever_needs_to_be_brought_out_there_is_no_first_rescue():
    found = trace(PeopleChanged(0.0, "fire", ("evacuated", "rescued", "lost"), (3, 0, 0)))

    assert casualties.first_rescue_s(found) == {}
    assert casualties.people_lost(found) == {"all": 0}


def test_the_dead_of_gas_and_of_fire_are_one_number():
    gas = PeopleChanged(5.0, "plume", ("present", "injured", "dead"), (90, 7, 3))
    fire = PeopleChanged(6.0, "tower", ("evacuated", "rescued", "lost"), (30, 2, 1))

    assert casualties.people_lost(trace(gas, fire)) == {"all": 4}
    assert casualties.people_injured(trace(gas, fire)) == {"all": 7}


def test_a_hazard_without_such_states_has_no_dead():
    found = trace(PeopleChanged(0.0, "crowd", ("safe", "inside"), (3, 4)))

    assert casualties.people_lost(found) == casualties.people_injured(found) == casualties.first_out_s(found) == {}
