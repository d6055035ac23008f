"""A unit on a section that something happens ahead of or behind: it goes on, turns, or stops, and the trace says which.

The engine leaves p0 at 2 min; p1 is 60 km on, an hour. The obstruction lies where the test says.
"""

import pytest

from drillsim.engine import obstruction
from drillsim.metrics.unit_work import distance_m
from drillsim.trace.events import (
    AdvisoryIssued,
    SectionReported,
    UnitArrived,
    UnitHeld,
    UnitInPlace,
    UnitRecalled,
    UnitRerouted,
    UnitStopped,
    UnitTrapped,
)
from tests.engine.conftest import MIN, engine, fire, gas, plan, road, run, scenario, station, task
from tests.engine.test_response_chain import when
from tests.engine.test_roads_under_way import closure, opening

pytestmark = pytest.mark.usefixtures("hazards_of_tests")

LEAVES_S = 2 * MIN
SECTION = "p0--p1:G1"
LONG = [road("p0", "p1", km=60), road("p1", "p2", km=60)]


@pytest.fixture
def at_km(monkeypatch):
    """Say how far from p0 the obstruction lies. [km]"""

    def put(km):
        monkeypatch.setattr(obstruction, "obstruction", lambda *_: km / 60)

    return put


def slide(at, **more):
    return closure("p0", "p1", at, road="G1", **more)


def cloud(place, at, **more):
    return gas(place, at, **{"sections": (), **more})


def drive(*injects, hazards, node="p1"):
    west = plan(station("west", "p0", engine()))
    return run(scenario([fire("inc-1", node)], west, edges=LONG, injects=list(injects), hazards=hazards))


def stopped(trace):
    return [(e.t_s, e.node, e.section, pytest.approx(e.driven_m), e.because) for e in trace.of(UnitStopped)]


PASSED_S = LEAVES_S + 20 * MIN
"""It is 20 km from p0."""
ZONE_S = LEAVES_S + 25 * MIN


def test_past_an_obstruction_it_stops_in_front_of_a_zone_and_goes_on_when_that_recedes(at_km):
    """At 25 km it stops; from two hours on it drives the other 35."""
    at_km(19)
    trace = drive(slide(PASSED_S), hazards=[cloud("p1", ZONE_S, until_s=7200)])

    assert [(e.t_s, e.code) for e in trace.of(AdvisoryIssued)] == [(PASSED_S, "unit_past_obstruction")]
    assert stopped(trace) == [(ZONE_S, "p1", SECTION, 25_000, "gas")]
    assert [(e.t_s, e.nodes, e.times_s, e.section) for e in trace.of(UnitRerouted)][:1] == [
        (7200, ("p1",), pytest.approx((7200 + 35 * MIN,)), "gas")
    ]
    assert when(trace, UnitArrived) == pytest.approx([7200 + 35 * MIN])


def test_it_stands_there_until_endex_if_nothing_changes(at_km):
    at_km(19)
    trace = drive(slide(PASSED_S), hazards=[cloud("p1", ZONE_S)])

    assert len(stopped(trace)) == 1
    assert trace.of(UnitArrived) == trace.of(UnitTrapped) == ()
    assert distance_m(trace) == pytest.approx({"engine": 25_000})


def test_it_turns_back_when_the_road_behind_it_is_cleared(at_km):
    """The road is cleared at one hour; it is 25 km from p0, and held there."""
    at_km(19)
    trace = drive(slide(PASSED_S), opening("p0", "p1", "1 h"), hazards=[cloud("p1", ZONE_S, sections=(SECTION,))])

    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(pytest.approx(3600 + 25 * MIN), "p0")]
    assert distance_m(trace) == pytest.approx({"engine": 50_000})


def test_snow_while_it_stands_slows_the_rest(at_km):
    at_km(19)
    snow = {"id": "snow", "at_s": "1 h", "text": "Snow", "weather": {"snow": "heavy"}}
    trace = drive(slide(PASSED_S), snow, hazards=[cloud("p1", ZONE_S, until_s=7200)])

    assert when(trace, UnitArrived) == pytest.approx([7200 + 35 / 0.65 * MIN])


def test_between_two_zones_it_stops(at_km):
    """Gas is at p0 behind it when it comes to p1 as well."""
    both = [cloud("p0", PASSED_S), {**cloud("p1", ZONE_S, until_s=7200), "id": "more"}]
    trace = drive(hazards=both)

    assert stopped(trace) == [(ZONE_S, "p1", SECTION, 25_000, "more")]
    assert when(trace, UnitArrived) == pytest.approx([7200 + 35 * MIN])


def test_on_its_way_back_from_an_obstruction_it_stops_in_front_of_a_zone_too(at_km):
    """It turned 20 km from p0; five minutes later gas is there, 15 km ahead of it and 45 from p1."""
    at_km(30)
    trace = drive(slide(PASSED_S), hazards=[cloud("p0", ZONE_S, until_s=7200)])

    assert stopped(trace) == [(ZONE_S, "p0", SECTION, 45_000, "gas")]
    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(pytest.approx(7200 + 15 * MIN), "p0")]


def test_who_is_recalled_while_it_stands_goes_on_to_the_next_place_when_it_can(at_km):
    """Another puts out the fire at p2 in 40 min from 2 min on; behind it the road is closed."""
    at_km(19)
    both = fire("inc-1", "p2", needs={"fire_attack": 2}, tasks=[task(work=40 * MIN)])
    forces = plan(station("west", "p0", engine()), station("near", "p2", engine("near")))
    trace = run(scenario([both], forces, edges=LONG, injects=[slide(PASSED_S)],
                         hazards=[cloud("p1", ZONE_S, until_s=7200)]))  # fmt: skip

    assert when(trace, UnitRecalled) == [42 * MIN]
    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(pytest.approx(7200 + 35 * MIN), "p1")]


def claimed(*injects, hazards=()):
    """Run an engine that is on its way home from p1, and ordered at 65 min, when it is 2 km from there.

    It works at p1 from 2 + 60 to 63 min; the order comes 2 min after that, it is ready 50 min later.
    """
    order = {"id": "w", "ordered_by": "Province", "at_s": 65 * MIN, "decision": 0, "preparation": 50 * MIN,
             "units": ["engine"], "destination": "front"}  # fmt: skip
    forces = plan(
        station("west", "p0", engine(turnout=0)), staging_areas=[{"id": "front", "node": "p2"}], waves=[order]
    )
    quick = fire("inc-1", "p1", tasks=[{"id": "work", "capabilities": ["fire_attack"], "work": "2 min"}])
    return run(scenario([quick], forces, edges=LONG, injects=list(injects), hazards=list(hazards)))


def test_between_two_journeys_it_drives_on_to_an_obstruction_nobody_knows_of_reports_it_and_turns(at_km):
    """It leaves p1 at 63 min and is 3 km from there when the road closes; the obstruction, 30 km on, it meets at 93."""
    at_km(30)
    trace = claimed(slide(66 * MIN, reported_after_s="9 h"))

    assert [(e.t_s, e.code) for e in trace.of(AdvisoryIssued)] == [
        (pytest.approx(93 * MIN), "unit_turns_at_obstruction")
    ]
    assert [(e.t_s, e.reported_by) for e in trace.of(SectionReported)] == [(pytest.approx(93 * MIN), "engine")]
    turned = trace.of(UnitRerouted)[0]
    assert (turned.t_s, turned.times_s[0]) == pytest.approx((93 * MIN, 123 * MIN))
    assert turned.nodes == ("p1",)
    halt_s = 15 * MIN  # after an hour of driving from p1 on
    assert when(trace, UnitInPlace) == pytest.approx([123 * MIN + 60 * MIN + halt_s])


def test_between_two_journeys_it_turns_at_once_before_a_closure_that_is_known(at_km):
    """3 km from p1 it turns: there at 69 min. It is ready at 115, and in place after an hour and a halt."""
    at_km(30)
    trace = claimed(slide(66 * MIN))

    assert [(e.t_s, e.nodes, e.times_s) for e in trace.of(UnitRerouted)] == [
        (66 * MIN, ("p1",), pytest.approx((69 * MIN,)))
    ]
    assert when(trace, UnitInPlace) == pytest.approx([(115 + 60 + 15) * MIN])


def test_between_two_journeys_it_turns_in_front_of_a_zone():
    """7 km from p1 at 70 min, with gas at p0: back at 77."""
    trace = claimed(hazards=[cloud("p0", 70 * MIN)])

    turned = trace.of(UnitRerouted)[0]
    assert (turned.t_s, turned.nodes, turned.times_s) == (70 * MIN, ("p1",), pytest.approx((77 * MIN,)))
    assert when(trace, UnitInPlace) == pytest.approx([(115 + 60 + 15) * MIN])


def test_a_repaired_unit_drives_on_to_an_obstruction_nobody_knows_of(at_km):
    """20 km on it stands for half an hour; the road closes meanwhile, 30 km from p0; it meets that 10 min later."""
    at_km(30)
    broken = {"id": "broken", "at_s": PASSED_S, "text": "Engine trouble",
              "unit": {"node": "p0", "capability": "fire_attack", "for_s": "30 min"}}  # fmt: skip
    trace = drive(broken, slide(PASSED_S + 5 * MIN, reported_after_s="9 h"), hazards=[])

    assert [(e.t_s, e.reported_by) for e in trace.of(SectionReported)] == [
        (pytest.approx(PASSED_S + 40 * MIN), "engine")
    ]
    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(pytest.approx(PASSED_S + 70 * MIN), "p0")]


def test_a_repaired_unit_turns_in_front_of_a_zone():
    """20 km on it stands for half an hour and turns; a unit broken down on the road is not trapped at the next place."""
    broken = {"id": "broken", "at_s": PASSED_S, "text": "Engine trouble",
              "unit": {"node": "p0", "capability": "fire_attack", "for_s": "30 min"}}  # fmt: skip
    trace = drive(broken, hazards=[cloud("p1", ZONE_S)])

    assert trace.of(UnitTrapped) == ()
    turned = [e for e in trace.events if getattr(e, "nodes", ())[:1] == ("p0",)][1]
    assert (turned.t_s, turned.times_s[0]) == pytest.approx((PASSED_S + 30 * MIN, PASSED_S + 50 * MIN))
