"""What teams meet far from home: empty tanks on the march, thin air, supplies that come to an end."""

import pytest

from drillsim.metrics.unit_work import ran_dry_s
from drillsim.trace.events import (
    NeedRaised,
    TaskFinished,
    TaskStarted,
    UnitArrived,
    UnitEnRoute,
    UnitHome,
    UnitInPlace,
    UnitRanDry,
    UnitReleased,
    UnitResupplied,
)
from tests.engine.conftest import MIN, STEP_S, engine, fire, places, plan, run, scenario, station, task
from tests.engine.test_response_chain import when
from tests.engine.test_roads_under_way import BYPASS, closure
from tests.engine.test_waves import mobilise, team, wave

HOUR = 60 * MIN


def march_s(range_km, *, edges=None, injects=()):
    """Let one team march from p0 to p4, 40 km in 40 minutes, with no halts but those to fill up."""
    rules = {"range_km": range_km, "refuel_s": "10 min", "first_halt_s": 0, "halt_s": 0, "rest_s": 0}
    area, order = {"id": "forward", "node": "p4"}, wave("a", assembly=None, on_incident=None, at_s=0)
    drill = plan(station("west", "p0", team("a")), staging_areas=[area], waves=[order], march=rules)
    trace = run(scenario([fire("far", "p5", at="20 h")], drill, edges=edges, injects=list(injects)))
    return when(trace, UnitInPlace)[0] - when(trace, UnitEnRoute, purpose="march")[0]


@pytest.mark.parametrize(("range_km", "halts"), [(400, 0), (40, 0), (39, 1), (20, 1), (15, 2), (10, 3)])
def test_a_column_fills_up_whenever_its_tanks_are_empty_on_the_way(range_km, halts):
    assert march_s(range_km) == pytest.approx(4 * STEP_S + halts * 10 * MIN)


@pytest.mark.parametrize(("range_km", "halts"), [(85, 0), (65, 1)])
def test_a_way_round_begins_with_what_is_left_in_the_tanks(range_km, halts):
    """20 km to the closure, 10 back, 40 round, 10 on: 80 km, of which the last 60 are after the closure was met."""
    unknown = closure("p2", "p3", 0, reported_after_s="20 h")

    assert march_s(range_km, edges=BYPASS, injects=[unknown]) == pytest.approx(8 * STEP_S + halts * 10 * MIN)


def test_each_unit_of_a_column_is_later_by_the_halt():
    half = {"range_km": 12, "refuel_s": "10 min"}
    trace = mobilise(station("west", "p0", team("a")), waves=[wave("a")])
    halted = mobilise_with(half)

    assert when(halted, UnitInPlace)[0] - when(trace, UnitInPlace)[0] == pytest.approx(20 * MIN)


def mobilise_with(march):
    areas = [{"id": "muster", "node": "p2"}, {"id": "forward", "node": "p4"}]
    quake = fire("quake", "p5", tasks=[task(capabilities=["usar_heavy"], min_crew=50, work="500 h")])
    return run(
        scenario([quake], plan(station("west", "p0", team("a")), staging_areas=areas, waves=[wave("a")], march=march))
    )


# --- thin air ---


def begun(*units, home_m=1000.0, place_m=2600.0, ends="24 h", tasks=None, **more):
    """Return the work that tasks of an hour each begin with: at p1, by units from p0."""
    drill = plan(station("low", "p0", *units), station("high", "p2", *more.pop("local", ())), **more)
    nodes = places(p0=home_m, p1=place_m, p2=place_m)
    world = scenario([fire("inc", "p1", tasks=tasks or [task(work="60 min")])], drill, nodes=nodes, ends_at_s=ends)
    return [e.work_person_s / HOUR for e in run(world).of(TaskStarted)]


def test_who_comes_a_thousand_metres_up_to_above_2500_works_a_fifth_slower():
    assert begun(engine()) == pytest.approx([1.12 * 1.2])
    assert begun(engine(), home_m=1601.0) == pytest.approx([1.12])
    assert begun(engine(), place_m=2500.0) == pytest.approx([1.12])


def test_the_plan_may_say_who_is_used_to_it_and_switch_it_off():
    assert begun(engine(acclimatised=True)) == pytest.approx([1.12])
    assert begun(engine(acclimatised=False), home_m=2600.0) == pytest.approx([1.12 * 1.2])
    assert begun(engine(), acclimatisation={"slower": 1}) == pytest.approx([1.12])


def test_of_a_crew_only_those_who_have_just_come_up_count():
    """Three of the four who begin are from p0: 1 + 0.2 * 3 / 4 = 1.15."""
    two = [task(work="60 min", min_crew=4)]
    needs = {"low": [engine("a", crew=3)], "high": [engine("b", crew=1)]}

    assert begun(*needs["low"], local=needs["high"], tasks=two) == pytest.approx([1.12 * 1.15])


def test_after_a_day_up_there_they_are_used_to_it():
    """The first task takes one person 20 h x 1.12 x 1.2 = 26.9 h; the second begins when that day is over."""
    found = begun(engine(), tasks=[task("long", work="20 h"), task("next", work="60 min", after=["long"])], ends="72 h")

    assert found == pytest.approx([20 * 1.12 * 1.2, 1.12])


# --- supplies ---

LEAVES_S, AT_P1_S = 2 * MIN, 2 * MIN + STEP_S


def at_p1(*stations, hours=2, work="600 min", **more):
    unit = engine(self_sufficient_s=hours * HOUR)
    return run(
        scenario([fire("inc", "p1", tasks=[task(work=work)])], plan(station("west", "p0", unit), *stations), **more)
    )


def test_who_has_used_up_what_they_brought_stops_work_goes_home_and_comes_again():
    """Out after 2 min, dry 120 min later; 10 min home, 1 min turnout, 10 min out: 131 min a round, 110 of work each.

    Five rounds do 550 of the 600 minutes; in the sixth, which sets out at 2 + 5 x 131 = 657 min, 50 are left.
    """
    trace = at_p1()

    assert when(trace, UnitRanDry) == when(trace, UnitReleased)[:5]
    assert when(trace, UnitRanDry) == pytest.approx([LEAVES_S + (120 + 131 * n) * MIN for n in range(5)])
    assert when(trace, UnitHome)[0] == pytest.approx(LEAVES_S + 130 * MIN)
    assert [e.reason for e in trace.of(NeedRaised)] == ["first_alarm"] + 5 * ["relief"]
    assert when(trace, TaskFinished) == pytest.approx([(657 + 10 + 50) * MIN])
    assert ran_dry_s(trace) == {"engine": pytest.approx(122 * MIN)}


def logistics(**more):
    return {"id": "kitchen", "capabilities": ["logistics"], "crew": 5, **more}


def test_a_logistics_unit_on_the_spot_fills_them_up():
    trace = at_p1(station("camp", "p1", logistics()))

    assert [(e.unit, e.by) for e in trace.of(UnitResupplied)] == 5 * [("engine", "kitchen")]
    assert when(trace, UnitResupplied) == pytest.approx([LEAVES_S + n * 2 * HOUR for n in range(1, 6)])
    assert trace.of(UnitRanDry) == ()
    assert when(trace, TaskFinished) == pytest.approx([AT_P1_S + 600 * MIN])


def test_a_logistics_unit_elsewhere_or_without_people_does_not():
    assert at_p1(station("camp", "p3", logistics())).of(UnitResupplied) == ()
    assert at_p1(station("camp", "p1", logistics(crew=0))).of(UnitResupplied) == ()


def test_whose_supplies_end_on_the_road_turns_round_on_arrival():
    trace = at_p1(hours=5 / 60, ends_at_s="30 min")

    assert when(trace, UnitArrived) == when(trace, UnitRanDry) == pytest.approx([AT_P1_S])


def staged(*stations, ends="24 h", **more):
    """Let a team that lives three hours on its own wait at p4; the fire at p5 comes at 20 h."""
    area, order = {"id": "forward", "node": "p4"}, wave("a", assembly=None, on_incident=None, at_s=0, preparation=0)
    late = fire("late", "p5", at="20 h", tasks=[task(capabilities=["usar_heavy"])])
    unit = team("a", self_sufficient_s="3 h", **more)
    return run(scenario([late], plan(station("west", "p0", unit), *stations, staging_areas=[area], waves=[order])))


def test_a_team_that_waits_at_a_staging_area_goes_home_when_it_is_dry_and_is_sent_from_there():
    trace = staged()

    left_s = when(trace, UnitEnRoute)[0]
    assert when(trace, UnitRanDry) == pytest.approx([left_s + 3 * HOUR])
    assert [e.station for e in trace.of(UnitHome)][:2] == ["forward", "west"]
    assert when(trace, UnitHome)[1] == pytest.approx(left_s + 3 * HOUR + 4 * STEP_S)
    assert when(trace, UnitArrived) == pytest.approx([20 * HOUR + 2 * MIN + 5 * STEP_S])


def test_logistics_at_the_staging_area_keep_it_there_and_supply_it_forward():
    trace = staged(station("camp", "p4", logistics()))

    assert trace.of(UnitRanDry) == ()
    assert {e.by for e in trace.of(UnitResupplied)} == {"kitchen"}
    assert when(trace, UnitArrived) == pytest.approx([20 * HOUR + 2 * MIN + STEP_S])


def test_two_logistics_units_that_are_dry_do_not_feed_each_other():
    area = {"id": "forward", "node": "p4"}
    order = wave("kitchen", assembly=None, on_incident=None, at_s=0, preparation=0)
    unit = logistics(count=2, turnout="1 min", by_wave_only=True, self_sufficient_s="3 h")
    drill = plan(station("west", "p0", unit), staging_areas=[area], waves=[order])
    trace = run(scenario([fire("late", "p5", at="20 h")], drill))

    assert sorted(e.unit for e in trace.of(UnitRanDry)) == ["kitchen-1", "kitchen-2"]
    assert trace.of(UnitResupplied) == ()
