"""A worksite by mental arithmetic: one hour of work each, one person frees one person-hour an hour."""

import math
from datetime import datetime

import pytest

from drillsim.hazards import Intervention
from drillsim.hazards.broken_roads import BrokenRoads, walks_h
from drillsim.hazards.collapsed_site import CollapsedSite
from drillsim.hazards.earthquake_toll import EarthquakeToll
from drillsim.roads import network_from_tables
from drillsim.world.network_arrays import network_arrays
from drillsim.world.random_streams import RandomStreams
from drillsim.world.weather import Weather
from drillsim.world.world import World
from tests.engine.conftest import places, straight

H = 3600.0
GROUND = network_arrays(network_from_tables(places(4), straight(4), id="line"))
NOON = datetime(2021, 3, 29, 12)  # noqa: DTZ001  # local
WORLD = World(GROUND, RandomStreams(1), NOON, 72 * H, Weather())


def person(dies_h=1e6, work_h=1.0, *, light=True):
    return {"dies_at_s": dies_h * H, "work_s": work_h * H, "light": light}


def site(*people, **more):
    known = {"id": "s", "trapped": list(people), "neighbours": 2, "neighbour_pace": 0.5, "neighbours_from_s": 0}
    return CollapsedSite.model_validate(known | more)


def course(hazard, until_h, *interventions):
    """Let a site be, with interventions (hour, phase, people) in order; return the state."""
    state = hazard.begin(0.0, WORLD)
    for hour, phase, people in (*interventions, (until_h, None, 0)):
        while (due_s := hazard.next_change_s(state)) <= hour * H:
            state = hazard.advance(state, due_s)
        if phase is not None:
            state = hazard.intervene(state, hour * H, Intervention("extricate", phase, "s", "extricate", people))
    return state


def test_two_neighbours_at_half_pace_free_one_lightly_trapped_person_an_hour():
    hazard = site(person(), person(), person(light=False))

    assert hazard.people(course(hazard, 0.9))["freed_by_neighbours"] == 0
    assert hazard.people(course(hazard, 1.1))["freed_by_neighbours"] == 1
    assert hazard.people(course(hazard, 50.0)) == {
        "trapped": 1, "dead_in_rubble": 0, "freed_by_neighbours": 2, "extricated_alive": 0, "recovered_dead": 0,
    }  # fmt: skip


def test_who_is_not_freed_in_time_dies():
    hazard = site(person(dies_h=0.5), person(dies_h=5, light=False))

    assert hazard.people(course(hazard, 0.6))["dead_in_rubble"] == 1
    assert hazard.people(course(hazard, 6))["dead_in_rubble"] == 2


def test_four_trained_people_bring_out_four_an_hour_the_lightest_first():
    hazard = site(person(work_h=2, light=False), person(work_h=1, light=False), neighbours=0)
    state = course(hazard, 1.3, (1.0, "start", 4))

    assert state.fate == "tc"
    assert hazard.next_change_s(state) == pytest.approx(1.75 * H)
    assert hazard.stage(state) == "crews_digging"


def test_altitude_slows_all_who_dig():
    hazard = site(person(work_h=4, light=False), neighbours=0, elevation_m=4300.0)  # labour factor 1.4
    state = course(hazard, 0.0, (0.0, "start", 4))

    assert hazard.next_change_s(state) == pytest.approx(1.4 * H)


def test_nobody_digs_while_an_aftershock_halts_the_work():
    hazard = site(person(work_h=4, light=False), neighbours=0, halts=[[0.5 * H, 1.5 * H]])
    state = course(hazard, 1.0, (0.0, "start", 4))

    assert hazard.stage(state) == "halted"
    assert hazard.withdrawal_signal(state)
    assert hazard.people(course(hazard, 1.9, (0.0, "start", 4)))["trapped"] == 1
    assert hazard.people(course(hazard, 2.1, (0.0, "start", 4)))["extricated_alive"] == 1


def test_who_dies_after_crews_began_is_brought_out_dead_and_who_had_died_before_is_not_dug_for():
    before = site(person(dies_h=1, light=False), person(work_h=8, light=False), neighbours=0)
    after = site(person(dies_h=3, work_h=9, light=False), neighbours=0)

    assert before.people(course(before, 10, (2.0, "start", 4)))["dead_in_rubble"] == 1
    assert before.people(course(before, 10, (2.0, "start", 4)))["extricated_alive"] == 1
    assert after.people(course(after, 10, (2.0, "start", 4)))["recovered_dead"] == 1


def test_no_crew_is_called_for_where_nobody_lives():
    hazard = site(person(), neighbours=2)

    assert [task.id for task in hazard.tasks(hazard.begin(0.0, WORLD), "s")] == ["extricate", "hand-over"]
    assert hazard.tasks(course(hazard, 2.0), "s") == ()


def test_the_work_that_is_left_goes_with_who_is_left():
    hazard = site(person(work_h=1), person(work_h=3, light=False))
    dig, hand_over = hazard.tasks(hazard.begin(0.0, WORLD), "s")
    later = course(hazard, 2.0)

    assert dig.work.mean_s == 4 * H
    assert hazard.work_factor(later, 2 * H, dig) == pytest.approx(0.75)
    done = course(hazard, 4.0, (2.0, "start", 4), (3.0, "end", 0))
    assert hazard.work_factor(done, 4 * H, hand_over) == pytest.approx(0.5)  # one of the two
    assert hazard.stage(done) == "cleared"
    assert hazard.next_change_s(done) == math.inf
    assert hazard.intervene(done, 5 * H, Intervention("extricate", "start", "s", "extricate", 4)) == done


def test_who_is_dead_when_it_begins_is_not_counted_as_trapped():
    hazard = site(person(dies_h=0.0), person())

    assert hazard.begin(1.0, WORLD).fate == "dt"


def roads(*blocked, **more):
    return BrokenRoads.model_validate({"id": "r", "blocked": list(blocked), **more})


def section(i):
    return f"p{i}--p{i + 1}:G1"


def test_a_village_is_cut_off_when_the_road_behind_it_closes_and_reached_again_when_it_is_cleared():
    hazard = roads({"section": section(2), "incident": "x"}, villages={"p3": 700, "p1": 50})
    state = hazard.begin(0.0, WORLD)

    assert hazard.speed_factors(state, WORLD.ground) == {section(2): 0.0}
    assert hazard.measures(state, 0.0) == {
        "sections_closed": 1, "villages_cut_off": 1, "villages_cut_off_on_foot": 1, "people_cut_off": 700,
    }  # fmt: skip
    cleared = hazard.intervene(state, H, Intervention("clear_road", "end", "x", "clear"))
    assert hazard.speed_factors(cleared, WORLD.ground) == {section(2): 0.5}
    assert hazard.measures(cleared, H)["people_cut_off"] == 0
    assert hazard.stage(cleared) == "cleared"


def test_a_section_is_open_only_when_all_that_lies_on_it_is_cleared():
    hazard = roads({"section": section(0), "incident": "x"}, {"section": section(0), "from_s": H, "incident": "y"})
    state = hazard.intervene(hazard.begin(0.0, WORLD), 60.0, Intervention("clear_road", "end", "x", "clear"))
    assert hazard.speed_factors(state, WORLD.ground) == {section(0): 0.5}

    state = hazard.advance(state, hazard.next_change_s(state))
    assert hazard.speed_factors(state, WORLD.ground) == {section(0): 0.0}
    assert hazard.next_change_s(state) == math.inf


def test_work_that_has_only_begun_opens_no_road():
    hazard = roads({"section": section(0), "incident": "x"})
    state = hazard.begin(0.0, WORLD)

    assert hazard.intervene(state, 60.0, Intervention("clear_road", "start", "x", "clear", 4)) == state


def test_everybody_is_unhurt_until_the_shaking_is_over_and_nobody_is_lost():
    hazard = EarthquakeToll(id="t", unhurt=80, hurt_light=15, killed=5)
    state = hazard.begin(0.0, WORLD)
    after = hazard.advance(state, hazard.next_change_s(state))

    assert hazard.people(state)["unhurt"] == 100
    assert hazard.people(after) == {"unhurt": 80, "hurt_light": 15, "hurt_hospital": 0, "hurt_critical": 0, "killed": 5}


def test_an_order_waits_until_lines_are_back():
    hazard = EarthquakeToll(id="t", lines_down_until_s={"p0": 3 * H})

    state = hazard.begin(0.0, WORLD)
    assert hazard.order_delay_s(state, H, "p0") == 2 * H
    assert hazard.order_delay_s(state, 4 * H, "p0") == 0
    assert hazard.order_delay_s(state, H, "p1") == 0


def test_a_slide_is_climbed_over_in_a_day_at_most_and_a_lost_bridge_is_not_crossed():
    # 10 km at 3 km/h are 3 h 20 min; the road of 10 km is walked as a whole
    slide, bridge = (
        roads({"section": section(2), "cause": cause}, villages={"p3": 700}) for cause in ("slide", "bridge")
    )
    on_foot = [h.measures(h.begin(0.0, WORLD), 0.0)["villages_cut_off_on_foot"] for h in (slide, bridge)]

    assert on_foot == [1, 0]
    assert walks_h(GROUND, 0, [section(2)], set())[3] == pytest.approx(10 / 3, rel=1e-3)
