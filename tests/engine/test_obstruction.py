"""A section that closes under the wheels: past the obstruction a unit drives on, before it it turns round; both say so.

The engine leaves p0 at 2 min; p1 is 60 km on, an hour. The obstruction lies where the test says.
"""

import pytest

from drillsim.engine import obstruction
from drillsim.trace.events import AdvisoryIssued, SectionReported, UnitArrived, UnitHeld, UnitInPlace, UnitRerouted
from drillsim.world.advisory import advisory_text
from tests.engine.conftest import MIN, engine, fire, gas, plan, road, run, scenario, station
from tests.engine.test_response_chain import when
from tests.engine.test_roads_under_way import closure, opening

LEAVES_S = 2 * MIN
LONG = [road("p0", "p1", km=60), road("p1", "p2", km=60)]
ROUND = [*LONG, road("p0", "p1", km=90, number="S1")]
SECTION = "p0--p1:G1"
CLOSES_S = LEAVES_S + 20 * MIN


@pytest.fixture
def at_km(monkeypatch):
    """Say how far from p0 the obstruction lies. [km]"""

    def put(km):
        monkeypatch.setattr(obstruction, "obstruction", lambda *_: km / 60)

    return put


def drive(*injects, edges=LONG, node="p1", home="p0", **more):
    west = plan(station("west", home, engine()))
    return run(scenario([fire("inc-1", node)], west, edges=edges, injects=list(injects), **more))


def said(trace):
    return [(e.t_s, e.code) for e in trace.of(AdvisoryIssued)]


def slide(*, unknown=False, at=CLOSES_S):
    more = {"reported_after_s": "20 h"} if unknown else {}
    return closure("p0", "p1", at, road="G1", **more)


@pytest.mark.parametrize("unknown", [True, False])
def test_a_unit_past_the_obstruction_drives_on(at_km, unknown):
    at_km(19)
    trace = drive(slide(unknown=unknown))

    assert when(trace, UnitArrived) == pytest.approx([LEAVES_S + 60 * MIN])
    assert said(trace) == [(CLOSES_S, "unit_past_obstruction")]


def test_a_unit_before_an_obstruction_nobody_knows_meets_it_reports_it_and_goes_round(at_km):
    """20 min on, the obstruction is 10 km ahead; 30 km back, and 90 km round."""
    at_km(30)
    trace = drive(slide(unknown=True), edges=ROUND)

    meets_s = LEAVES_S + 30 * MIN
    assert said(trace) == [(pytest.approx(meets_s), "unit_turns_at_obstruction")]
    assert [(e.t_s, e.section, e.reported_by) for e in trace.of(SectionReported)] == [
        (pytest.approx(meets_s), SECTION, "engine")
    ]
    assert when(trace, UnitArrived) == pytest.approx([meets_s + 30 * MIN + 90 * MIN])


def test_a_unit_that_hears_of_it_turns_where_it_is(at_km):
    at_km(30)
    trace = drive(slide(), edges=ROUND)

    (turned,) = [e for e in trace.of(UnitRerouted) if e.purpose == "incident"]
    assert (turned.t_s, turned.nodes) == (CLOSES_S, ("p0", "p1"))
    assert when(trace, UnitArrived) == pytest.approx([CLOSES_S + 20 * MIN + 90 * MIN])


def test_a_report_that_comes_while_it_drives_on_turns_it_then(at_km):
    at_km(50)
    trace = drive(closure("p0", "p1", CLOSES_S, road="G1", reported_after_s=5 * MIN), edges=ROUND)

    assert when(trace, UnitArrived) == pytest.approx([CLOSES_S + 5 * MIN + 25 * MIN + 90 * MIN])


def test_from_the_other_end_the_same_obstruction_lies_at_the_other_share(at_km):
    """From p1 to p0 it has driven 20 km; at 45 km from p0 the obstruction is behind it, at 30 km before it."""
    at_km(45)
    assert said(drive(slide(), home="p1", node="p0"))[0] == (CLOSES_S, "unit_past_obstruction")
    at_km(30)
    assert said(drive(slide(), home="p1", node="p0"))[0] == (CLOSES_S, "unit_turns_at_obstruction")


def test_with_no_other_road_it_waits_at_the_place_behind_until_the_road_opens(at_km):
    at_km(30)
    trace = drive(slide(), opening("p0", "p1", "3 h"))

    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(pytest.approx(CLOSES_S + 20 * MIN), "p0")]
    assert when(trace, UnitArrived) == pytest.approx([180 * MIN + 60 * MIN])


def test_an_obstruction_that_is_cleared_before_the_unit_comes_to_it_never_was(at_km):
    at_km(50)
    late = opening("p0", "p1", CLOSES_S + 5 * MIN)
    late["road"]["reported_after_s"] = "20 h"
    trace = drive(slide(unknown=True), late)

    assert said(trace) == []
    assert when(trace, UnitArrived) == pytest.approx([LEAVES_S + 60 * MIN])


def test_on_the_way_back_it_turns_again_when_the_road_opens(at_km):
    """It turned 20 km on; 5 min later it is 15 km from p0, with 45 km to p1."""
    at_km(30)
    trace = drive(slide(), opening("p0", "p1", CLOSES_S + 5 * MIN))

    assert when(trace, UnitArrived) == pytest.approx([CLOSES_S + 5 * MIN + 45 * MIN])


def test_the_way_to_an_obstruction_is_slowed_like_any_other(at_km):
    """10 km are left to it, in heavy snow; 30 km back in the same snow, and 90 km round."""
    at_km(30)
    snow = {"id": "snow", "at_s": CLOSES_S, "text": "Snow", "weather": {"snow": "heavy"}}
    trace = drive(slide(unknown=True), snow, edges=ROUND)

    assert when(trace, UnitArrived) == pytest.approx([CLOSES_S + (10 + 30 + 90) / 0.65 * MIN])


def test_on_a_one_way_road_it_turns_round_all_the_same(at_km):
    """Behind a closure nobody comes the other way."""
    at_km(30)
    oneway = [{**road("p0", "p1", km=60), "oneway": True}, road("p0", "p1", km=90, number="S1"), LONG[1]]
    trace = drive(slide(), edges=oneway)

    assert when(trace, UnitArrived) == pytest.approx([CLOSES_S + 20 * MIN + 90 * MIN])


def test_a_hazard_that_closes_the_road_does_the_same(at_km):
    at_km(30)
    shut = {"kind": "road_closures", "id": "slide", "sections": [SECTION], "starts_at_s": CLOSES_S}
    trace = drive(edges=ROUND, hazards=[shut])

    assert said(trace) == [(CLOSES_S, "unit_turns_at_obstruction")]
    assert trace.of(AdvisoryIssued)[0].source == "slide"
    assert when(trace, UnitArrived) == pytest.approx([CLOSES_S + 20 * MIN + 90 * MIN])


def test_of_a_column_each_unit_turns_where_it_is(at_km):
    """They left at 1 min and are 7.5 s a vehicle behind: so much less is their way back."""
    at_km(30)
    order = {"id": "first", "units": ["a", "b"], "assembly": "muster", "destination": "forward",
             "ordered_by": "Province", "at_s": 0, "decision": 0, "preparation": 0}  # fmt: skip
    areas = [{"id": "muster", "node": "p0"}, {"id": "forward", "node": "p1"}]
    forces = plan(station("west", "p0", engine("a"), engine("b")), staging_areas=areas, waves=[order])
    trace = run(scenario([], forces, edges=ROUND, injects=[slide()]))

    turned = [e for e in trace.of(UnitRerouted) if e.nodes[0] == "p0"]
    back_s = [CLOSES_S + 21 * MIN - 7.5, CLOSES_S + 21 * MIN - 15]
    assert [(e.unit, e.times_s[0]) for e in turned] == [
        ("a", pytest.approx(back_s[0])),
        ("b", pytest.approx(back_s[1])),
    ]
    halt_s = 15 * MIN  # after an hour of driving: 21 min on, 21 back, and 18 of the way round
    assert sorted(when(trace, UnitInPlace)) == pytest.approx([s + 90 * MIN + halt_s for s in reversed(back_s)])


def test_both_languages_say_where_it_was(at_km):
    at_km(30)
    (turned,) = drive(slide()).of(AdvisoryIssued)

    assert advisory_text(turned, "en") == (
        "engine stands before the obstruction on section p0--p1:G1 (30.0 km from p0) and turns back"
    )
    assert advisory_text(turned, "zh") == "力量单元 engine 在路段 p0--p1:G1 的阻断点前（距 p0 30.0 公里），掉头返回"


def test_where_it_lies_is_drawn_by_section_and_cause_and_so_the_same_under_every_plan():
    two = [plan(station("west", "p0", engine())), plan(station("west", "p0", engine("other"))) | {"id": "other"}]
    world = scenario([fire("inc-1", "p1")], *two, edges=LONG, injects=[slide()])
    places = {
        (p, r): run(world, p, replication=r).of(AdvisoryIssued)[0].values[2] for p in ("plan", "other") for r in (0, 1)
    }

    assert places["plan", 0] == places["other", 0]
    assert places["plan", 0] != places["plan", 1]
    assert 0 <= places["plan", 0] <= 60


@pytest.mark.usefixtures("hazards_of_tests")
def test_a_unit_that_changed_its_route_on_a_section_still_turns_in_front_of_a_zone():
    """Its route changes at 5 min, on the first section; at 7 min the gas is at p1, and it drives 5 min back."""
    edges = [road(f"p{i}", f"p{i + 1}") for i in range(7)]
    cloud = gas("p1", 7 * MIN, sections=())
    trace = drive(closure("p2", "p3", 5 * MIN), edges=edges, node="p3", hazards=[cloud])

    turned = next(e for e in trace.of(UnitRerouted) if e.section == "gas")
    assert (turned.nodes[0], turned.times_s[0]) == ("p0", pytest.approx(12 * MIN))
