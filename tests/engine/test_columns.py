"""A column cut in two: each unit meets closed roads and zones where it is itself.

Every place is 25 km, 25 minutes, from the next. The column is ready at p0 after 1 min. Its 72 vehicles take 15 min to
pass, the 8 of ``a`` one of them: the last of ``a`` leaves p0 at 2 min, is at p1 at 27 and at p2 at 52; the last of ``b``
leaves at 16 min, is at p1 at 41 and at p2 at 66.
"""

import pytest

from drillsim.engine import obstruction
from drillsim.trace.events import (
    AdvisoryIssued,
    SectionReported,
    UnitEnRoute,
    UnitFreed,
    UnitHeld,
    UnitInPlace,
    UnitRerouted,
    UnitTrapped,
)
from tests.engine.conftest import MIN, engine, gas, plan, road, run, scenario, station
from tests.engine.test_roads_under_way import closure, opening

EDGES = [road("p0", "p1", km=25), road("p1", "p2", km=25)]
SECTION = "p0--p1:G1"


@pytest.fixture
def at_km(monkeypatch):
    """Say how far from the first end of the section the obstruction lies. [km]"""

    def put(km):
        monkeypatch.setattr(obstruction, "obstruction", lambda *_: km / 25)

    return put


def march(*injects, **more):
    order = {"id": "first", "units": ["a", "b"], "assembly": "muster", "destination": "forward",
             "ordered_by": "Province", "at_s": 0, "decision": 0, "preparation": 0}  # fmt: skip
    areas = [{"id": "muster", "node": "p0"}, {"id": "forward", "node": "p2"}]
    units = engine("a", vehicles=8), engine("b", vehicles=64)
    forces = plan(station("west", "p0", *units), staging_areas=areas, waves=[order])
    return run(scenario([], forces, edges=EDGES, injects=list(injects), **more))


def minutes(trace, kind, **wanted):
    found = [e for e in trace.of(kind) if all(getattr(e, name) == value for name, value in wanted.items())]
    return [(e.unit, pytest.approx(e.t_s / MIN)) for e in found]


def turned(trace):
    """Return who took another route, when, and when it is back at which place."""
    return [(e.unit, e.t_s / MIN, e.nodes[0], pytest.approx(e.times_s[0] / MIN)) for e in trace.of(UnitRerouted)]


def test_nothing_happens():
    assert minutes(march(), UnitInPlace) == [("a", 52), ("b", 66)]


def test_a_road_that_closes_between_two_units_cuts_off_the_one_behind(at_km):
    """At 30 min ``a`` is past p1 and ``b`` 14 km from p0, before the obstruction: it is back after as much."""
    at_km(20)
    trace = march(closure("p0", "p1", 30 * MIN))

    assert [(e.t_s, e.code, e.values[0]) for e in trace.of(AdvisoryIssued)] == [
        (30 * MIN, "unit_turns_at_obstruction", "b")
    ]
    assert turned(trace) == [("b", 30, "p0", 44)]
    assert minutes(trace, UnitHeld, node="p0") == [("b", 44)]
    assert minutes(trace, UnitInPlace) == [("a", 52)]


def test_the_one_behind_finds_what_nobody_knows_of(at_km):
    """``b`` is at the obstruction, 20 km from p0, at 36 min."""
    at_km(20)
    trace = march(closure("p0", "p1", 30 * MIN, reported_after_s="9 h"))

    assert [(e.t_s, e.reported_by) for e in trace.of(SectionReported)] == [(pytest.approx(36 * MIN), "b")]
    assert minutes(trace, UnitHeld, node="p0") == [("b", 56)]


def test_one_that_is_past_the_obstruction_drives_on_behind_the_other(at_km):
    at_km(10)
    trace = march(closure("p0", "p1", 30 * MIN))

    assert [(e.code, e.values[0]) for e in trace.of(AdvisoryIssued)] == [("unit_past_obstruction", "b")]
    assert minutes(trace, UnitInPlace) == [("a", 52), ("b", 66)]


def test_the_last_to_leave_is_the_first_to_be_back(at_km):
    """At 20 min ``a`` is 18 km and ``b`` 4 km from p0."""
    at_km(24)
    assert turned(march(closure("p0", "p1", 20 * MIN))) == [("a", 20, "p0", 38), ("b", 20, "p0", 24)]


def test_a_unit_that_has_not_left_yet_is_held_at_once_and_leaves_in_as_long_as_its_vehicles_take(at_km):
    """Its 64 vehicles take 14 min to leave when the road opens."""
    at_km(5)
    trace = march(closure("p0", "p1", 10 * MIN), opening("p0", "p1", "1 h"))

    assert minutes(trace, UnitHeld) == [("b", 10)]
    assert minutes(trace, UnitInPlace) == [("a", 52), ("b", 60 + 14 + 50)]


def test_units_that_are_held_leave_one_behind_the_other():
    """Both are held at p1; from the hour on ``a`` takes a minute to leave, ``b`` 14 more."""
    trace = march(closure("p1", "p2", 20 * MIN), opening("p1", "p2", "1 h"))

    assert minutes(trace, UnitHeld, node="p1") == [("a", 27), ("b", 41)]
    assert minutes(trace, UnitInPlace) == [("a", 61 + 25), ("b", 75 + 25)]


def test_slower_roads_draw_a_column_apart():
    """Half as fast from 10 min on: ``a`` has 17 + 25 km to go, ``b``, that leaves at 16 min, 50."""
    snowed = march(closure("p0", "p1", 10 * MIN, speed_factor=0.5), closure("p1", "p2", 10 * MIN, speed_factor=0.5))
    halt = 15  # after an hour of driving

    assert minutes(snowed, UnitInPlace) == [("a", 10 + 2 * 42 + halt), ("b", 16 + 2 * 50 + halt)]


@pytest.mark.usefixtures("hazards_of_tests")
def test_a_zone_between_two_units_turns_the_one_behind():
    trace = march(hazards=[gas("p1", 30 * MIN, until_s=3600)])
    halt = 15  # after an hour of driving: there and back, and 32 of 50

    assert turned(trace)[0] == ("b", 30, "p0", 44)
    assert minutes(trace, UnitHeld) == [("b", 44)]
    assert minutes(trace, UnitInPlace) == [("a", 52), ("b", 60 + 14 + 50 + halt)]


@pytest.mark.usefixtures("hazards_of_tests")
def test_a_zone_at_the_destination_turns_who_has_not_arrived_and_drives_out_who_has():
    """``b`` is 19 km from p1 at 60 min."""
    trace = march(hazards=[gas("p2", 60 * MIN, sections=(), until_s=7200)])

    assert turned(trace)[0] == ("b", 60, "p1", 79)
    assert minutes(trace, UnitEnRoute, unit="a", purpose="return")[:1] == [("a", 60)]
    assert minutes(trace, UnitHeld, node="p1") == [("b", 79), ("a", 85)]


@pytest.mark.usefixtures("hazards_of_tests")
def test_who_waits_for_its_turn_leaves_a_zone_at_once():
    trace = march(hazards=[gas("p0", 10 * MIN, sections=())])

    assert trace.of(UnitTrapped) == ()
    assert next((e.t_s, e.times_s[0]) for e in trace.of(UnitRerouted)) == (10 * MIN, 10 * MIN)
    assert minutes(trace, UnitInPlace) == [("a", 52), ("b", 60)]


@pytest.mark.usefixtures("hazards_of_tests")
def test_who_waits_for_its_turn_is_trapped_where_no_road_leads_out(at_km):
    """``a`` is past the obstruction when the road closes behind it."""
    at_km(5)
    trace = march(closure("p0", "p1", 9 * MIN), hazards=[gas("p0", 10 * MIN, sections=(), until_s=3600)])

    assert minutes(trace, UnitTrapped) == [("b", 10)]
    assert minutes(trace, UnitFreed) == [("b", 60)]
