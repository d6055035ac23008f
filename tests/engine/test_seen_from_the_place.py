"""Open roads that the command centre thinks closed: a crew in front of one sees it, reports it and takes it."""

import pytest

from drillsim.trace.events import SectionReported, UnitArrived, UnitHeld, UnitInPlace
from tests.engine.conftest import MIN, STEP_S, engine, fire, plan, road, run, scenario, station, straight
from tests.engine.test_response_chain import when
from tests.engine.test_roads_under_way import closure, drive, opening

HOUR = 3600.0
LEAVES_S = 2 * MIN


def unreported(a, b, at):
    """Open a road; nobody says so for ten hours."""
    late = opening(a, b, at)
    late["road"]["reported_after_s"] = "10 h"
    return late


def reports(trace, section):
    return [(e.t_s, e.factor, e.reported_by) for e in trace.of(SectionReported) if e.section == section]


def test_a_unit_held_in_front_of_a_road_sees_it_open_goes_on_and_reports_it():
    trace = drive(closure("p2", "p3", LEAVES_S + 15 * MIN), unreported("p2", "p3", "3 h"))

    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(LEAVES_S + 2 * STEP_S, "p2")]
    assert reports(trace, "p2--p3:G1")[1] == (3 * HOUR, 1.0, "engine")
    assert when(trace, UnitArrived) == pytest.approx([3 * HOUR + STEP_S])


def test_a_unit_that_comes_to_the_place_where_it_would_be_held_sees_it_then():
    trace = drive(closure("p2", "p3", LEAVES_S + 15 * MIN), unreported("p2", "p3", LEAVES_S + 16 * MIN))

    assert trace.of(UnitHeld) == ()
    assert when(trace, UnitArrived) == pytest.approx([LEAVES_S + 3 * STEP_S])


def test_a_unit_that_passes_the_junction_takes_the_shorter_road_that_is_open():
    bypass = [*straight(), road("p1", "p3", km=40, number="G2")]
    trace = drive(closure("p1", "p2", 0), unreported("p1", "p2", LEAVES_S + 5 * MIN), edges=bypass)

    assert reports(trace, "p1--p2:G1")[1] == (pytest.approx(LEAVES_S + STEP_S), 1.0, "engine")
    assert when(trace, UnitArrived) == pytest.approx([LEAVES_S + 3 * STEP_S])


def test_a_road_that_opens_elsewhere_is_not_seen():
    trace = drive(closure("p2", "p3", LEAVES_S + 5 * MIN), unreported("p3", "p4", "3 h"), closure("p3", "p4", 0))

    assert len(reports(trace, "p3--p4:G1")) == 2  # closed, and open ten hours later
    assert reports(trace, "p3--p4:G1")[1][2] == "inject"


def test_a_column_in_front_of_an_open_road_goes_on_as_one():
    order = {"id": "first", "units": ["a", "b"], "assembly": "muster", "destination": "forward",
             "ordered_by": "Province", "at_s": 0, "decision": 0, "preparation": 0}  # fmt: skip
    areas = [{"id": "muster", "node": "p0"}, {"id": "forward", "node": "p2"}]
    forces = plan(station("west", "p0", engine("a"), engine("b")), staging_areas=areas, waves=[order])
    shut = [closure("p1", "p2", MIN + 5 * MIN), unreported("p1", "p2", "2 h")]
    trace = run(scenario([], forces, injects=shut))

    behind_s = [e.t_s - (2 * HOUR + STEP_S) for e in trace.of(UnitInPlace)]
    assert reports(trace, "p1--p2:G1")[1] == (2 * HOUR, 1.0, "a")
    assert 0 < behind_s[0] < behind_s[1] < 5 * MIN


def test_a_crew_at_its_station_sees_the_road_before_its_door():
    shut = [closure("p0", "p1", 0), unreported("p0", "p1", "1 h")]
    trace = run(scenario([fire("inc-1", "p1")], plan(station("west", "p0", engine())), injects=shut))

    assert reports(trace, "p0--p1:G1")[1] == (HOUR, 1.0, "engine")
    assert when(trace, UnitArrived) == pytest.approx([HOUR + MIN + STEP_S])
