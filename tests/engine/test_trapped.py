"""Units that cannot get out of a zone: who is trapped, what they cannot do, what sets them free."""

import pytest

from drillsim.trace.events import (
    AdvisoryIssued,
    UnitAlerted,
    UnitArrived,
    UnitAssigned,
    UnitEnRoute,
    UnitFreed,
    UnitHeld,
    UnitHome,
    UnitRecalled,
    UnitTrapped,
    UnitWithdrawn,
)
from drillsim.world.advisory import advisory_text
from tests.engine.conftest import MIN, STEP_S, engine, fire, gas, plan, run, scenario, station, task
from tests.engine.test_response_chain import when
from tests.engine.test_roads_under_way import closure, opening

pytestmark = pytest.mark.usefixtures("hazards_of_tests")

HOUR = 3600.0
AT_P1_S = 2 * MIN + STEP_S


def trapped(trace):
    return [(e.t_s, e.unit, e.node, e.hazard) for e in trace.of(UnitTrapped)]


def freed(trace):
    return [(e.t_s, e.unit, e.node, e.because) for e in trace.of(UnitFreed)]


def test_a_unit_whose_own_place_lies_in_the_zone_with_all_its_roads_is_trapped_until_the_zone_recedes(one_engine):
    trace = run(scenario([], one_engine, hazards=[gas("p0", MIN, until_s=HOUR)]))

    assert trapped(trace) == [(MIN, "engine", "p0", "gas")]
    assert freed(trace) == [(HOUR, "engine", "p0", "gas")]
    assert when(trace, UnitHome) == [HOUR]


def test_both_languages_say_that_it_is_trapped(one_engine):
    (said,) = run(scenario([], one_engine, hazards=[gas("p0", MIN)])).of(AdvisoryIssued)

    assert advisory_text(said, "en") == "engine cannot leave the danger zone at p0: no open road leads out"
    assert advisory_text(said, "zh") == "力量单元 engine 被困于 p0 的危险区内：无可通行的道路撤出"


def test_nobody_sends_a_trapped_unit_but_another_and_itself_only_when_it_is_free():
    near, far = station("west", "p0", engine("near")), station("east", "p7", engine("far"))
    fires = [fire("one", "p2", at="10 min"), fire("two", "p2", at="10 min")]
    trace = run(scenario(fires, plan(near, far), hazards=[gas("p0", MIN, until_s=HOUR)]))

    assert [(e.t_s, e.unit) for e in trace.of(UnitAssigned)] == [(11 * MIN, "far"), (HOUR, "near")]


def test_a_unit_on_scene_with_no_way_out_stops_work_and_goes_on_when_the_zone_has_gone(one_engine):
    at_work_s = AT_P1_S + 2 * MIN
    cloud = gas("p1", at_work_s, until_s=HOUR)  # on the roads to both sides as well
    trace = run(scenario([fire("near", "p1")], one_engine, hazards=[cloud]))

    assert when(trace, UnitWithdrawn) == [at_work_s]
    assert trapped(trace) == [(at_work_s, "engine", "p1", "gas")]
    assert when(trace, UnitArrived) == [AT_P1_S, HOUR]
    assert trace.of(UnitHome)[-1].t_s == HOUR + 8 * MIN + STEP_S  # two of ten minutes were done before


def test_a_road_that_opens_lets_it_out_although_the_zone_stays(one_engine):
    cloud = gas("p0", MIN, sections=())
    injects = [closure("p0", "p1", 0), opening("p0", "p1", "1 h")]
    trace = run(scenario([], one_engine, hazards=[cloud], injects=injects))

    assert trapped(trace) == [(MIN, "engine", "p0", "gas")]
    assert freed(trace) == [(HOUR, "engine", "p0", "p0--p1:G1")]
    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(HOUR + STEP_S, "p1")]  # it waits there to go home
    assert trace.of(UnitHome) == ()


def test_a_zone_that_recedes_while_the_roads_stay_closed_frees_it_and_it_waits(one_engine):
    cloud = gas("p1", AT_P1_S + 2 * MIN, until_s=HOUR, sections=("p1--p2:G1",))
    shut = [closure("p1", "p2", "5 min"), closure("p0", "p1", AT_P1_S + MIN)]  # behind it too
    trace = run(scenario([fire("far", "p3")], one_engine, hazards=[cloud], injects=shut))

    assert trapped(trace) == [(AT_P1_S + 2 * MIN, "engine", "p1", "gas")]
    assert freed(trace) == [(HOUR, "engine", "p1", "gas")]
    assert when(trace, UnitHeld) == [AT_P1_S, HOUR]


def test_a_zone_that_reaches_a_unit_that_is_held_traps_it(one_engine):
    shut = [closure("p1", "p2", "5 min"), closure("p0", "p1", "5 min")]
    trace = run(scenario([fire("far", "p3")], one_engine, hazards=[gas("p1", "1 h")], injects=shut))

    assert when(trace, UnitHeld) == [AT_P1_S]
    assert trapped(trace) == [(HOUR, "engine", "p1", "gas")]


@pytest.mark.parametrize(("grade", "is_trapped"), [(1, False), (2, True)])
def test_nobody_waits_in_a_suit_so_protection_does_not_keep_from_being_trapped(grade, is_trapped):
    squad = plan(station("west", "p0", engine(protection="suit")))
    trace = run(scenario([], squad, hazards=[gas("p0", MIN, grade=grade)], injects=[closure("p0", "p1", 0)]))

    assert bool(trace.of(UnitTrapped)) == is_trapped


def test_a_trapped_unit_that_is_recalled_stays_trapped_and_then_goes_home():
    west, east = station("west", "p0", engine("near")), station("east", "p3", engine("far"))
    both = fire("one", "p2", needs={"fire_attack": 2})
    trace = run(scenario([both], plan(west, east), hazards=[gas("p0", 90, until_s=HOUR)]))

    done_s = 2 * MIN + STEP_S + 10 * MIN  # far comes from p3 and works for ten minutes
    assert trapped(trace) == [(90, "near", "p0", "gas")]
    assert when(trace, UnitRecalled) == [done_s]
    assert freed(trace) == [(HOUR, "near", "p0", "gas")]
    assert when(trace, UnitHome, unit="near") == [HOUR]


def test_a_wave_that_claims_a_trapped_unit_takes_it_once_it_is_home():
    order = {"id": "first", "units": ["engine"], "destination": "forward", "ordered_by": "Province", "at_s": "10 min",
             "decision": "5 min", "preparation": "30 min"}  # fmt: skip
    prepared = plan(station("west", "p0", engine()), staging_areas=[{"id": "forward", "node": "p4"}], waves=[order])
    trace = run(scenario([], prepared, hazards=[gas("p0", MIN, until_s=HOUR)]))

    assert when(trace, UnitHome)[0] == HOUR
    assert when(trace, UnitAlerted) == [HOUR]
    assert when(trace, UnitEnRoute, purpose="march") == [HOUR + 31 * MIN]


def test_a_column_that_is_held_at_a_place_is_trapped_and_freed_there():
    order = {"id": "first", "units": ["a", "b"], "assembly": "muster", "destination": "forward",
             "ordered_by": "Province", "at_s": 0, "decision": 0, "preparation": 0}  # fmt: skip
    areas = [{"id": "muster", "node": "p1"}, {"id": "forward", "node": "p4"}]
    prepared = plan(station("west", "p0", engine("a"), engine("b")), staging_areas=areas, waves=[order])
    left_s = MIN + STEP_S
    there_s = left_s + STEP_S
    shut = [closure("p2", "p3", left_s + MIN), closure("p1", "p2", there_s + MIN)]  # behind them too
    cloud = gas("p2", there_s + 2 * MIN, until_s=HOUR, sections=())
    roads = [opening("p2", "p3", "2 h")]
    trace = run(scenario([], prepared, hazards=[cloud], injects=[*shut, *roads]))

    assert trapped(trace) == [(there_s + 2 * MIN, name, "p2", "gas") for name in ("a", "b")]
    assert freed(trace) == [(HOUR, name, "p2", "gas") for name in ("a", "b")]
    assert when(trace, UnitHeld) == pytest.approx([there_s + 7.5, there_s + 15, HOUR, HOUR])


def test_who_has_a_way_out_is_not_trapped(one_engine):
    trace = run(scenario([], one_engine, hazards=[gas("p0", MIN, sections=(), until_s=HOUR)]))

    assert trace.of(UnitTrapped) == ()
    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(MIN + STEP_S, "p1")]
    assert when(trace, UnitHome) == [HOUR + STEP_S]


def test_a_unit_trapped_at_its_work_asks_for_nothing_there():
    at_work_s = AT_P1_S + 2 * MIN
    relief = task(min_crew=1, work="30 min")
    trace = run(scenario([fire("near", "p1", tasks=[relief])], plan(station("west", "p0", engine())),
                         hazards=[gas("p1", at_work_s)]))  # fmt: skip

    assert when(trace, UnitAssigned) == [MIN]
    assert when(trace, UnitArrived) == [AT_P1_S]
