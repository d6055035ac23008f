"""Roads that close, open or slow while units are on them, and what the command centre knows of it."""

import pytest

from drillsim.trace.events import (
    InjectDelivered,
    SectionChanged,
    SectionReported,
    UnitArrived,
    UnitBackInService,
    UnitEnRoute,
    UnitHeld,
    UnitOutOfService,
    UnitRerouted,
    WeatherChanged,
)
from tests.engine.conftest import MIN, STEP_S, engine, fire, places, plan, road, run, scenario, station, straight
from tests.engine.test_response_chain import when

AWAY_S = 2 * MIN
BYPASS = [*straight(), road("p1", "p3", km=40, number="G2")]


def closure(a, b, at, **more):
    return {"id": f"closed-{a}-{b}", "at_s": at, "text": "Closed", "road": {"between": [a, b], **more}}


def opening(a, b, at):
    return {"id": f"open-{a}-{b}", "at_s": at, "text": "Open", "road": {"between": [a, b], "speed_factor": 1.0}}


def drive(*injects, edges=None, node="p3", **more):
    """Run one engine from p0 to an incident, p3 unless said otherwise."""
    world = scenario(
        [fire("inc-1", node)], plan(station("west", "p0", engine())), edges=edges, injects=list(injects), **more
    )
    return run(world)


def test_a_unit_goes_round_a_road_that_closes_before_it_gets_there():
    trace = drive(closure("p2", "p3", AWAY_S + 5 * MIN), edges=BYPASS)

    (rerouted,) = [e for e in trace.of(UnitRerouted) if e.purpose == "incident"]
    assert rerouted.t_s == AWAY_S + 5 * MIN
    assert rerouted.nodes == ("p1", "p3")
    assert when(trace, UnitArrived) == pytest.approx([AWAY_S + STEP_S + 4 * STEP_S])


def test_a_unit_that_is_past_the_closure_drives_on():
    trace = drive(closure("p0", "p1", AWAY_S + 15 * MIN), edges=BYPASS)

    assert [e for e in trace.of(UnitRerouted) if e.purpose == "incident"] == []
    assert when(trace, UnitArrived) == pytest.approx([AWAY_S + 3 * STEP_S])


def test_a_unit_already_on_the_section_gets_through():
    trace = drive(closure("p2", "p3", AWAY_S + 25 * MIN), edges=BYPASS)

    assert when(trace, UnitArrived) == pytest.approx([AWAY_S + 3 * STEP_S])


def test_a_closure_that_nobody_reported_is_found_by_the_unit_that_meets_it():
    trace = drive(closure("p2", "p3", 0, reported_after_s="10 h"), edges=BYPASS)

    (changed,) = trace.of(SectionChanged)
    assert changed.t_s == 0
    reported = trace.of(SectionReported)[0]
    assert (reported.t_s, reported.reported_by) == (pytest.approx(AWAY_S + 2 * STEP_S), "engine")
    assert when(trace, UnitArrived) == pytest.approx([AWAY_S + 2 * STEP_S + STEP_S + 4 * STEP_S])  # back to p1, round


def test_a_report_on_the_way_saves_the_detour_to_the_closure():
    late = drive(closure("p2", "p3", 0, reported_after_s="10 h"), edges=BYPASS)
    soon = drive(closure("p2", "p3", 0, reported_after_s=AWAY_S + 5 * MIN), edges=BYPASS)

    assert when(soon, UnitArrived)[0] == pytest.approx(when(late, UnitArrived)[0] - 2 * STEP_S)


def test_with_no_way_left_the_unit_waits_where_it_is_until_the_road_opens():
    trace = drive(closure("p2", "p3", AWAY_S + 5 * MIN), opening("p2", "p3", "5 h"))

    assert [(e.node, e.t_s) for e in trace.of(UnitHeld)] == [("p1", pytest.approx(AWAY_S + STEP_S))]
    assert when(trace, UnitArrived) == pytest.approx([5 * 3600 + 2 * STEP_S])


def test_a_road_that_opens_again_before_the_unit_comes_to_the_place_does_not_hold_it():
    trace = drive(closure("p2", "p3", AWAY_S + 5 * MIN), opening("p2", "p3", AWAY_S + 6 * MIN))

    assert trace.of(UnitHeld) == ()
    assert when(trace, UnitArrived) == pytest.approx([AWAY_S + 3 * STEP_S])


def test_a_unit_held_to_the_end_never_arrives():
    assert drive(closure("p2", "p3", AWAY_S + 5 * MIN)).of(UnitArrived) == ()


def test_a_slower_road_takes_longer_from_the_next_place_on():
    half = closure("p1", "p2", AWAY_S + 5 * MIN, speed_factor=0.5)

    assert when(drive(half), UnitArrived) == pytest.approx([AWAY_S + 4 * STEP_S])


def test_a_road_that_opens_is_taken_by_those_for_whom_it_is_shorter():
    trace = drive(closure("p2", "p3", 0), opening("p2", "p3", AWAY_S + 5 * MIN), edges=BYPASS)

    assert trace.of(UnitEnRoute, exact=True)[0].nodes == ("p0", "p1", "p3")
    assert when(trace, UnitArrived) == pytest.approx([AWAY_S + 3 * STEP_S])


def test_only_the_road_that_is_named_closes_where_two_run_side_by_side():
    parallel = [*straight(), road("p0", "p1", km=20, number="S1")]
    trace = drive(closure("p0", "p1", 0, road="G1"), edges=parallel, node="p1")

    assert when(trace, UnitArrived) == pytest.approx([AWAY_S + 2 * STEP_S])


def test_snow_slows_every_road_and_is_known_at_once():
    snow = {"id": "snow", "at_s": 0, "text": "Snow", "weather": {"snow": "heavy"}}
    clear, snowed = when(drive(), UnitArrived)[0], when(drive(snow), UnitArrived)[0]

    assert 3 * STEP_S / 0.7 <= snowed - AWAY_S <= 3 * STEP_S / 0.6  # HCM: heavy snow leaves 0.6 to 0.7 of the speed
    assert clear == pytest.approx(AWAY_S + 3 * STEP_S)
    assert [e.snow for e in drive(snow).of(WeatherChanged)] == ["none", "heavy"]


def test_snowfall_slows_only_the_roads_above_its_height_and_goes_away():
    high = {"nodes": places(p2=4000.0)}
    fall = {"hazards": [{"kind": "snowfall", "id": "snow", "above_m": 3500, "falls_s": "10 h"}]}
    slow, normal = (drive(**high, **fall), drive(**high))

    slowed = {e.section.split(":")[0] for e in slow.of(SectionChanged) if e.factor < 1}
    assert slowed == {"p1--p2", "p2--p3"}
    assert when(slow, UnitArrived)[0] > when(normal, UnitArrived)[0]
    assert {e.factor for e in slow.of(SectionChanged) if e.t_s == 10 * 3600} == {1.0}


def test_an_inject_brings_a_new_incident():
    new = fire("inc-2", "p1", at="10 min")
    trace = drive({"id": "second", "at_s": "2 h", "text": "Another fire", "incident": new})

    assert [e.effect for e in trace.of(InjectDelivered)] == ["incident"]
    assert len(when(trace, UnitArrived, incident="inc-2")) == 1


def test_a_unit_that_breaks_down_is_not_sent_until_it_is_back():
    broken = {
        "id": "broken",
        "at_s": 0,
        "text": "Engine trouble",
        "unit": {"node": "p0", "capability": "fire_attack", "for_s": "1 h"},
    }
    trace = drive(broken)

    assert [e.unit for e in trace.of(UnitOutOfService)] == ["engine"]
    assert when(trace, UnitBackInService) == [3600]
    assert when(trace, UnitArrived) == pytest.approx([3600 + MIN + 3 * STEP_S])


def test_a_breakdown_where_no_such_unit_stands_changes_nothing_and_says_so():
    elsewhere = {
        "id": "broken",
        "at_s": 0,
        "text": "Engine trouble",
        "unit": {"node": "p5", "capability": "fire_attack"},
    }
    trace = drive(elsewhere)

    assert [e.effect for e in trace.of(InjectDelivered)] == ["none"]
    assert len(trace.of(UnitArrived)) == 1


def test_a_message_only_is_delivered_and_changes_nothing():
    trace = drive({"id": "note", "at_s": "5 min", "text": "Report the situation"})

    assert [(e.inject, e.effect) for e in trace.of(InjectDelivered)] == [("note", "message")]


def test_travel_luck_is_the_same_for_every_plan_and_varies_between_replications():
    world = scenario(
        [fire("inc-1", "p1")],
        plan(station("west", "p0", engine())),
        plan(station("west", "p0", engine("other"))) | {"id": "other"},
        travel_time_cv=0.3,
    )
    times = {(p, r): when(run(world, p, replication=r), UnitArrived)[0] for p in ("plan", "other") for r in (0, 1)}

    assert times["plan", 0] == times["other", 0]
    assert times["plan", 0] != times["plan", 1]
