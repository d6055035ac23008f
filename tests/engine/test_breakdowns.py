"""A unit breaks down wherever it is: it stops there, is missed there, and comes back when it is repaired.

Places are 10 minutes apart, alarm handling and turnout take a minute each: a unit sent at once leaves at 2 min.
"""

import pytest

from drillsim.metrics.unit_work import distance_m, utilisation
from drillsim.trace.events import (
    InjectDelivered,
    NeedRaised,
    TaskFinished,
    UnitArrived,
    UnitBackInService,
    UnitEnRoute,
    UnitFreed,
    UnitHome,
    UnitInPlace,
    UnitLeftBehind,
    UnitOutOfService,
    UnitTrapped,
    WaveClosed,
    WaveDeparted,
    WeatherChanged,
)
from tests.engine.conftest import MIN, STEP_S, engine, fire, gas, plan, run, scenario, station, task

HOUR = 3600.0


def breaks(at, place="p0", **more):
    return {"id": "broken", "at_s": at, "text": "x", "unit": {"node": place, "capability": "fire_attack", **more}}


def inject(name, at, **what):
    return {"id": name, "at_s": at, "text": "x", **what}


def when(trace, kind, **that):
    return [e.t_s for e in trace.of(kind) if all(getattr(e, name) == value for name, value in that.items())]


def effect(trace):
    return {e.inject: e.effect for e in trace.of(InjectDelivered)}


def test_a_unit_on_the_road_stops_where_it_is_and_another_is_sent():
    """It leaves at 2 min and has driven 2 of 3 steps less 5 minutes at 17 min; the other leaves p6 a minute later."""
    near, far = station("west", "p0", engine("near")), station("east", "p7", engine("far"))
    trace = run(scenario([fire("inc-1", "p3")], plan(near, far), injects=[breaks("17 min")]))

    assert when(trace, UnitOutOfService, unit="near") == [17 * MIN]
    assert when(trace, UnitArrived) == pytest.approx([18 * MIN + 4 * STEP_S])
    assert [(e.t_s, e.capability, e.reason) for e in trace.of(NeedRaised)][1:] == [
        (17 * MIN, "fire_attack", "replacement")
    ]
    assert distance_m(trace)["near"] == pytest.approx(15_000)
    assert utilisation(trace)["near"] == pytest.approx(16 / 17)  # sent at 1 min, in service for 17


def test_the_only_unit_that_breaks_down_on_the_road_never_arrives():
    trace = run(scenario([fire("inc-1", "p3")], plan(station("west", "p0", engine())), injects=[breaks("17 min")]))

    assert effect(trace) == {"broken": "unit"}
    assert not trace.of(UnitArrived)


def test_a_repaired_unit_drives_on_from_where_it_stopped():
    """At 17 min it is 5 minutes from p2; repaired at 1:17 it is there at 1:22 and at p3 ten minutes later."""
    trace = run(
        scenario([fire("inc-1", "p3")], plan(station("west", "p0", engine())), injects=[breaks("17 min", for_s="1 h")])
    )

    assert when(trace, UnitBackInService) == [77 * MIN]
    assert when(trace, UnitArrived) == pytest.approx([82 * MIN + STEP_S])


def test_a_unit_that_breaks_down_as_it_turns_out_does_not_leave():
    trace = run(
        scenario([fire("inc-1", "p3")], plan(station("west", "p0", engine())), injects=[breaks(90, for_s="1 h")])
    )

    assert when(trace, UnitEnRoute)[0] == HOUR + 90 + MIN  # it turns out anew
    assert when(trace, UnitArrived) == pytest.approx([HOUR + 90 + MIN + 3 * STEP_S])


def test_a_unit_on_scene_stops_work_and_the_scene_requests_another():
    """The work takes one person an hour from 12 min on; half an hour is done when the first breaks down.

    The other turns out in a minute, comes from two steps away, and does the other half hour.
    """
    units = station("west", "p0", engine("near")), station("east", "p3", engine("far"))
    world = scenario([fire("inc-1", "p1", tasks=[task(work="1 h")])], plan(*units), injects=[breaks("42 min")])
    trace = run(world)

    assert [(e.t_s, e.reason) for e in trace.of(NeedRaised)] == [(MIN, "first_alarm"), (42 * MIN, "relief")]
    assert when(trace, UnitArrived, unit="far") == pytest.approx([43 * MIN + 2 * STEP_S])
    assert when(trace, TaskFinished) == pytest.approx([63 * MIN + 30 * MIN])


def test_a_task_that_falls_below_its_minimum_crew_gets_a_replacement():
    """Two of one person each begin at 12 min; the work of one hour is half done when one of them breaks down."""
    work = [task(work="1 h", min_crew=2)]
    west = station("west", "p0", engine("a"), engine("b"))
    world = scenario(
        [fire("inc-1", "p1", tasks=work, needs={"fire_attack": 2})],
        plan(west, station("east", "p3", engine("c"))), injects=[breaks("27 min")],
    )  # fmt: skip
    trace = run(world)

    assert when(trace, UnitOutOfService, unit="a") == [27 * MIN]
    assert when(trace, UnitArrived, unit="c") == pytest.approx([28 * MIN + 2 * STEP_S])
    assert when(trace, TaskFinished) == pytest.approx([48 * MIN + 15 * MIN])


def test_a_unit_on_its_way_home_stops_and_goes_on_when_repaired():
    """It arrives at 12 min, works ten minutes and drives home from 22 min; at 27 min it is half-way."""
    trace = run(
        scenario([fire("inc-1", "p1")], plan(station("west", "p0", engine())), injects=[breaks("27 min", for_s="1 h")])
    )

    assert when(trace, UnitHome) == pytest.approx([87 * MIN + 5 * MIN])


def test_who_stands_at_the_place_breaks_down_before_who_is_away():
    """``a`` belongs to p0 and is on the road; ``b`` stands there."""
    world = scenario(
        [fire("inc-1", "p3")], plan(station("west", "p0", engine("a"), engine("b"))), injects=[breaks("5 min")]
    )

    assert [e.unit for e in run(world).of(UnitOutOfService)] == ["b"]


def test_a_unit_without_a_crew_cannot_break_down():
    world = scenario([], plan(station("west", "p0", engine(crew=0))), injects=[breaks("5 min")])

    assert effect(run(world)) == {"broken": "none"}


def test_an_inject_that_changes_nothing_says_so():
    """The road is open already, the weather is the same, the incident begins at ENDEX."""
    same = scenario([], plan(station("west", "p0", engine()))).weather.model_dump()
    world = scenario(
        [], plan(station("west", "p0", engine())),
        injects=[
            inject("open", 60, road={"between": ["p1", "p2"], "speed_factor": 1}),
            inject("shut", 120, road={"between": ["p1", "p2"]}),
            inject("shut-again", 180, road={"between": ["p1", "p2"]}),
            inject("dull", 240, weather=same),
            inject("late", 300, incident=fire("late", "p1", at=24 * HOUR - 300)),
        ],
    )  # fmt: skip

    assert effect(run(world)) == {"open": "none", "shut": "road", "shut-again": "none", "dull": "none", "late": "none"}
    assert len(run(world).of(WeatherChanged)) == 2


# --- units of a wave ---


def wave(*units, **more):
    return {
        "staging_areas": [{"id": "yard", "node": "p1"}, {"id": "front", "node": "p4"}],
        "waves": [
            {"id": "first", "ordered_by": "HQ", "at_s": 0, "units": list(units), "assembly": "yard", "destination": "front"}
            | more
        ],
    }  # fmt: skip


def column(*injects, units=None, **more):
    """Return a run of a and b, which turn out in a minute, meet at p1 at 11 min and are in place at p4 at 41 min."""
    units = units or (engine("a"), engine("b"))
    names = [unit["id"] for unit in units]
    return run(scenario([], plan(station("west", "p0", *units), **wave(*names), **more), injects=list(injects)))


def test_a_column_does_not_wait_for_a_unit_without_a_crew():
    trace = column(units=(engine("a"), engine("b"), engine("c", crew=0)))

    assert [(e.t_s, e.unit, e.why) for e in trace.of(UnitLeftBehind)] == [(0, "c", "no_crew")]
    assert [(e.t_s, e.units) for e in trace.of(WaveDeparted)] == [(11 * MIN, ("a", "b"))]
    assert when(trace, UnitInPlace, unit="a") == pytest.approx([41 * MIN], abs=10)
    assert len(trace.of(WaveClosed)) == 1


def test_a_wave_none_of_whose_units_has_a_crew_never_leaves():
    trace = column(units=(engine("a", crew=0),))

    assert [e.why for e in trace.of(UnitLeftBehind)] == ["no_crew"]
    assert not trace.of(WaveDeparted)
    assert not trace.of(WaveClosed)


def test_a_column_leaves_at_once_when_the_unit_that_it_waits_for_breaks_down_for_good():
    """``c`` is two steps away and would be there at 21 min; it breaks down at 15 min, when the others wait."""
    east = station("east", "p3", engine("c"))
    world = scenario(
        [], plan(station("west", "p0", engine("a"), engine("b")), east, **wave("a", "b", "c")),
        injects=[breaks("15 min", "p3")],
    )  # fmt: skip
    trace = run(world)

    assert [(e.t_s, e.unit, e.why) for e in trace.of(UnitLeftBehind)] == [(15 * MIN, "c", "broken_down")]
    assert [(e.t_s, e.units) for e in trace.of(WaveDeparted)] == [(15 * MIN, ("a", "b"))]


def test_a_column_goes_without_a_unit_that_is_being_repaired_and_it_follows_alone():
    """``a`` breaks down half-way to p1 at 6 min for an hour: p1 at 1:11, p4 three steps after that."""
    trace = column(breaks("6 min", for_s="1 h"))

    assert [(e.t_s, e.units) for e in trace.of(WaveDeparted)] == [(11 * MIN, ("b",))]
    assert [(e.t_s, e.unit, e.why) for e in trace.of(UnitLeftBehind)] == [(11 * MIN, "a", "broken_down")]
    assert when(trace, UnitInPlace, unit="a") == pytest.approx([71 * MIN + 3 * STEP_S], abs=10)
    assert when(trace, WaveClosed) == pytest.approx([101 * MIN], abs=10)


def test_a_column_whose_only_unit_is_being_repaired_waits_for_it():
    trace = column(breaks("6 min", for_s="1 h"), units=(engine("a"),))

    assert [(e.t_s, e.units) for e in trace.of(WaveDeparted)] == [(71 * MIN, ("a",))]
    assert not trace.of(UnitLeftBehind)


def test_a_unit_falls_out_of_the_column_and_the_others_march_on():
    """At 16 min the column is half-way from p1 to p2; ``a`` goes no further, ``b``, 15 s behind, is in place as before."""
    trace = column(breaks("16 min"))

    assert [e.unit for e in trace.of(UnitInPlace)] == ["b"]
    assert when(trace, UnitInPlace) == pytest.approx([41 * MIN + 15])
    assert [(e.t_s, e.unit) for e in trace.of(UnitLeftBehind)] == [(16 * MIN, "a")]
    assert len(trace.of(WaveClosed)) == 1


def test_a_unit_that_fell_out_follows_alone_from_where_it_stopped():
    """Half-way from p1 to p2 at 16 min, repaired at 1:16: p2 five minutes later, p4 two steps after that."""
    trace = column(breaks("16 min", for_s="1 h"))

    assert when(trace, UnitInPlace, unit="a") == pytest.approx([81 * MIN + 2 * STEP_S], abs=10)
    assert when(trace, WaveClosed) == pytest.approx([101 * MIN], abs=10)


def cut_off(*injects, **more):
    """Return a run of a, at p1 at 11 min, and c, which the road between p2 and p3, closed at 5 min, keeps at p3."""
    world = scenario(
        [],
        plan(
            station("west", "p0", engine("a")), station("east", "p5", engine("c")),
            staging_areas=[{"id": "yard", "node": "p1"}, {"id": "front", "node": "p2"}],
            waves=[{"id": "first", "ordered_by": "HQ", "at_s": 0, "units": ["a", "c"], "assembly": "yard",
                    "destination": "front"}],
        ),
        injects=[inject("slide", "5 min", road={"between": ["p2", "p3"]}), *injects], **more,
    )  # fmt: skip
    return run(world)


def test_a_wave_goes_without_a_unit_that_no_open_road_leads_from_when_the_others_have_assembled():
    trace = cut_off()

    assert [(e.t_s, e.unit, e.why) for e in trace.of(UnitLeftBehind)] == [(11 * MIN, "c", "no_road")]
    assert [(e.t_s, e.units) for e in trace.of(WaveDeparted)] == [(11 * MIN, ("a",))]
    assert not trace.of(WaveClosed)


def test_a_unit_that_was_cut_off_follows_alone_when_the_road_opens():
    """Cleared at 2 h: from p4, which it has reached at 11 min, to p1 in 30 min, and back to p2 in 10."""
    trace = cut_off(inject("cleared", "2 h", road={"between": ["p2", "p3"], "speed_factor": 1}))

    assert when(trace, UnitInPlace, unit="c") == pytest.approx([160 * MIN], abs=10)
    assert when(trace, WaveClosed) == pytest.approx([160 * MIN], abs=10)


@pytest.mark.parametrize(
    "later",
    [
        {"injects": (inject("cleared", "2 h", road={"between": ["p2", "p3"], "speed_factor": 1}),)},
        {"ends_at_s": "3 h"},
    ],
    ids=["a road opens later", "ENDEX is earlier"],
)
def test_nothing_is_decided_by_what_happens_later(later):
    plain, other = (
        cut_off(breaks("6 min", for_s="5 h")),
        cut_off(breaks("6 min", for_s="5 h"), *later.pop("injects", ()), **later),
    )
    before = [[e for e in trace.events if e.t_s < 120 * MIN] for trace in (plain, other)]

    assert before[0] == before[1]
    assert len(before[0]) > 10


# --- danger ---


@pytest.mark.usefixtures("hazards_of_tests")
def test_a_unit_that_has_broken_down_is_trapped_by_a_zone_that_reaches_it():
    """It breaks down at home at 1 min; gas is there from 10 min to 1 h; repaired at 2 h."""
    world = scenario(
        [], plan(station("west", "p1", engine())), hazards=[gas("p1", 10 * MIN, until_s=HOUR)],
        injects=[breaks("1 min", "p1", for_s="119 min")],
    )  # fmt: skip
    trace = run(world)

    assert (when(trace, UnitTrapped), when(trace, UnitFreed)) == ([10 * MIN], [HOUR])
    assert when(trace, UnitBackInService) == [2 * HOUR]


@pytest.mark.usefixtures("hazards_of_tests")
def test_a_unit_that_is_repaired_in_a_zone_drives_out_of_it():
    """Repaired at 30 min in gas that closes no road to those who leave: it goes, and comes home when the gas is gone."""
    world = scenario(
        [], plan(station("west", "p1", engine())),
        hazards=[gas("p1", 10 * MIN, until_s=HOUR) | {"sections": []}],
        injects=[breaks("1 min", "p1", for_s="29 min")],
    )  # fmt: skip
    trace = run(world)

    assert (when(trace, UnitTrapped), when(trace, UnitFreed)) == ([10 * MIN], [30 * MIN])
    assert when(trace, UnitEnRoute, purpose="return")[0] == 30 * MIN
