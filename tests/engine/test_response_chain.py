"""From call to home again: the chain of one incident and its queue."""

import pytest

from drillsim.trace.events import (
    CallHandled,
    CallReceived,
    IncidentDiscovered,
    IncidentLapsed,
    NeedRaised,
    TaskStarted,
    UnitArrived,
    UnitAssigned,
    UnitEnRoute,
    UnitHome,
    UnitRecalled,
    UnitReleased,
)
from tests.engine.conftest import MIN, STEP_S, engine, fire, places, plan, road, run, scenario, station, straight, task


def when(trace, kind, **where):
    """Return the moments of the events of *kind* with these values."""
    return [e.t_s for e in trace.of(kind) if all(getattr(e, k) == v for k, v in where.items())]


def test_discovery_report_handling_turnout_and_travel_follow_each_other(one_engine):
    world = scenario([fire("inc-1", "p2", at="5 min", discovery="4 min", report="2 min")], one_engine)

    trace = run(world)

    assert when(trace, IncidentDiscovered) == [9 * MIN]
    assert when(trace, CallReceived) == [11 * MIN]
    assert when(trace, CallHandled) == [12 * MIN]
    assert when(trace, UnitEnRoute, purpose="incident") == [13 * MIN]
    assert when(trace, UnitArrived) == pytest.approx([13 * MIN + 2 * STEP_S])


def test_a_unit_works_then_drives_home_by_the_same_road(one_engine):
    trace = run(scenario([fire("inc-1", "p2")], one_engine))

    arrived_s = 2 * MIN + 2 * STEP_S
    assert when(trace, UnitReleased) == pytest.approx([arrived_s + 10 * MIN])
    assert when(trace, UnitHome) == pytest.approx([arrived_s + 10 * MIN + 2 * STEP_S])


def test_a_second_call_waits_until_the_only_engine_is_free_and_is_answered_from_the_road(one_engine):
    trace = run(scenario([fire("inc-1", "p2"), fire("inc-2", "p1", at="5 min")], one_engine))

    free_s = 2 * MIN + 2 * STEP_S + 10 * MIN
    assert when(trace, UnitAssigned, incident="inc-2") == pytest.approx([free_s])
    assert when(trace, UnitArrived, incident="inc-2") == pytest.approx([free_s + STEP_S])


def test_a_unit_on_its_way_home_turns_at_the_next_place_and_needs_no_turnout(one_engine):
    released_s = 2 * MIN + 3 * STEP_S + 10 * MIN
    call_s = released_s + STEP_S + 4 * MIN  # between p2 and p1, one minute before it can be assigned
    trace = run(scenario([fire("inc-1", "p3"), fire("inc-2", "p3", at=call_s)], one_engine))

    at_p1_s = released_s + 2 * STEP_S
    assert when(trace, UnitArrived, incident="inc-2") == pytest.approx([at_p1_s + 2 * STEP_S])


def test_the_nearest_unit_answers_across_borders():
    two = plan(station("west", "p0", engine("a")), station("east", "p6", engine("b")))
    trace = run(scenario([fire("inc-1", "p2"), fire("inc-2", "p5")], two))

    assert [(e.incident, e.unit) for e in trace.of(UnitAssigned)] == [("inc-1", "a"), ("inc-2", "b")]


def test_ties_go_to_the_lower_unit_id():
    two = plan(station("west", "p0", engine("b")), station("east", "p4", engine("a")))
    trace = run(scenario([fire("inc-1", "p2")], two))

    assert trace.of(UnitAssigned)[0].unit == "a"


def test_more_calls_than_units_are_served_oldest_first(one_engine):
    incidents = [fire("inc-b", "p1", at=0), fire("inc-c", "p1", at=60), fire("inc-a", "p1", at=120)]
    trace = run(scenario(incidents, one_engine))

    assert [e.incident for e in trace.of(UnitAssigned)] == ["inc-b", "inc-c", "inc-a"]


def test_under_the_priority_policy_the_most_urgent_call_jumps_the_queue(one_engine):
    incidents = [fire("inc-1", "p1"), fire("inc-2", "p1", at=60, priority=4), fire("inc-3", "p1", at=120, priority=1)]
    trace = run(scenario(incidents, one_engine | {"dispatch": {"kind": "priority"}}))

    assert [e.incident for e in trace.of(UnitAssigned)] == ["inc-1", "inc-3", "inc-2"]


def test_priority_can_hold_the_last_units_back_from_what_is_not_urgent():
    held = plan(station("west", "p0", engine(count=2)), dispatch={"kind": "priority", "keep_free": 1})
    incidents = [fire("a", "p1", priority=3), fire("b", "p1", priority=3), fire("c", "p1", at=60, priority=1)]
    trace = run(scenario(incidents, held))

    assert when(trace, UnitAssigned, incident="a") == [MIN]
    assert when(trace, UnitAssigned, incident="c") == [2 * MIN]
    assert when(trace, UnitAssigned, incident="b") > [2 * MIN]


def test_own_district_waits_before_it_asks_the_neighbours():
    only_east = plan(station("east", "p4", engine()), dispatch={"kind": "own_district", "neighbours_after_s": "15 min"})
    trace = run(scenario([fire("inc-1", "p3")], only_east))

    assert when(trace, UnitAssigned) == pytest.approx([MIN + 15 * MIN])


def test_own_district_prefers_its_own_unit_even_when_the_neighbour_is_nearer():
    both = plan(
        station("west", "p0", engine("mine")),
        station("east", "p4", engine("theirs")),
        dispatch={"kind": "own_district"},
    )
    trace = run(scenario([fire("inc-1", "p3")], both))

    assert trace.of(UnitAssigned)[0].unit == "mine"


def test_a_run_card_sends_more_than_the_incident_asks_for():
    cards = {"kind": "run_card", "cards": {"building_fire": {"fire_attack": 3}}}
    trace = run(scenario([fire("inc-1", "p1")], plan(station("west", "p0", engine(count=4)), dispatch=cards)))

    assert len(trace.of(UnitAssigned)) == 3


def test_a_type_without_a_run_card_gets_what_it_calls_for():
    cards = {"kind": "run_card", "cards": {"road_crash": {"fire_attack": 3}}}
    trace = run(scenario([fire("inc-1", "p1")], plan(station("west", "p0", engine(count=4)), dispatch=cards)))

    assert len(trace.of(UnitAssigned)) == 1


def test_a_need_that_nobody_can_meet_stays_open_to_the_end(one_engine):
    ladder = fire("inc-1", "p1", tasks=[task(capabilities=["ladder"])])
    trace = run(scenario([ladder], one_engine))

    assert [e.capability for e in trace.of(NeedRaised)] == ["ladder"]
    assert trace.of(UnitAssigned) == ()


def test_a_call_nobody_can_answer_lapses_when_it_may_not_wait(one_engine):
    incidents = [fire("inc-1", "p1"), fire("inc-2", "p1", at=60, lapses_after_s="5 min")]
    trace = run(scenario(incidents, one_engine))

    assert when(trace, IncidentLapsed) == [MIN + MIN + 5 * MIN]
    assert when(trace, UnitAssigned, incident="inc-2") == []


def test_a_unit_with_nobody_on_duty_is_never_sent():
    trace = run(scenario([fire("inc-1", "p1")], plan(station("west", "p0", engine(crew=0, establishment=6)))))

    assert trace.of(UnitAssigned) == ()


def test_a_micro_station_is_not_sent_beyond_its_reach():
    near = plan(station("village", "p0", engine(), force="micro_station"))  # its reach is 10 minutes of driving
    trace = run(scenario([fire("inc-1", "p1"), fire("inc-2", "p2", at="3 h")], near))

    assert {e.incident for e in trace.of(UnitAssigned)} == {"inc-1"}


def test_a_plan_runs_the_same_whatever_other_plans_ran_before():
    # coming home, the micro station is next at m: 4 km from q as the crow flies, 30 min by road, and it reaches 10 min
    spots = {
        "p0": (36.0, 100.0),
        "m": (36.0, 100.044),
        "p1": (36.0, 100.088),
        "q": (36.04, 100.044),
        "z": (36.1, 100.0),
    }
    nodes = [{"id": name, "lat": lat, "lon": lon, "elevation_m": 0.0} for name, (lat, lon) in spots.items()]
    roads = [road("p0", "m", 4), road("m", "p1", 4), road("m", "q", 30), road("q", "z", 15)]
    at_p0 = plan(station("village", "p0", engine("micro"), force="micro_station"), station("far", "z", engine("far")))
    at_m = plan(
        station("village", "m", engine("micro"), force="micro_station"), id="other"
    )  # routes from m are prepared
    # on the way at 2 min, there at 10, homeward at 20, at m at 24: meanwhile it is asked for at q
    calls = [fire("inc-1", "p1"), fire("inc-2", "q", at="20 min 30 s")]
    world = scenario(calls, at_p0, at_m, nodes=nodes, edges=roads)

    before = run(world, "plan")
    run(world, "other")
    after = run(world, "plan")

    assert [(e.unit, e.candidates) for e in before.of(UnitAssigned)] == [("micro", 2), ("far", 1)]
    assert after == before


def test_of_those_that_no_road_leads_to_an_incident_from_none_is_sent():
    island = [*straight(4), road("p5", "p6")]
    both = plan(station("on-the-island", "p5", engine("a"), engine("b")), station("west", "p3", engine("z")))
    trace = run(scenario([fire("inc-1", "p1", needs={"fire_attack": 3})], both, nodes=places(7), edges=island))

    assert [(e.unit, e.candidates) for e in trace.of(UnitAssigned)] == [("z", 3)]


def test_units_still_coming_are_called_back_when_the_work_is_done():
    far = plan(station("west", "p0", engine("near")), station("east", "p7", engine("far")))
    quick = fire("inc-1", "p1", needs={"fire_attack": 2}, tasks=[task(work="5 min")])
    trace = run(scenario([quick], far))

    done_s = 2 * MIN + STEP_S + 5 * MIN
    assert when(trace, UnitRecalled, unit="far") == pytest.approx([done_s])
    turned_s = 2 * MIN + 2 * STEP_S  # at p5, the next place ahead of it when it was called back
    assert when(trace, UnitHome, unit="far") == pytest.approx([turned_s + 2 * STEP_S])


def test_what_happens_at_endex_itself_is_not_part_of_the_exercise(one_engine):
    arrival_s = 2 * MIN + STEP_S
    ends_at = scenario([fire("inc-1", "p1")], one_engine, ends_at_s=arrival_s)
    just_after = scenario([fire("inc-1", "p1")], one_engine, ends_at_s=arrival_s + 1)

    assert run(ends_at).of(UnitArrived) == ()
    assert len(run(just_after).of(UnitArrived)) == 1


def test_night_turnout_is_the_one_that_the_clock_says():
    by_force = plan(station("west", "p0", {"id": "e", "capabilities": ["fire_attack"], "crew": 4}))
    by_force["forces"] = {"national_team": {"turnout_day": 45, "turnout_night": 60}}
    day = scenario([fire("inc-1", "p1")], by_force, startex="2021-03-29 12:00")
    night = scenario([fire("inc-1", "p1")], by_force, startex="2021-03-29 02:00")

    assert when(run(day), UnitEnRoute, purpose="incident") == [MIN + 45]
    assert when(run(night), UnitEnRoute, purpose="incident") == [MIN + 60]


def test_an_incident_at_the_station_itself_takes_no_driving(one_engine):
    trace = run(scenario([fire("inc-1", "p0")], one_engine))

    assert when(trace, UnitArrived) == [2 * MIN]
    assert when(trace, TaskStarted) == [2 * MIN]
