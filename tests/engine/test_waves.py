"""Mobilisation waves: order, assembly, march as a column, in place, then sent like any other."""

import pytest

from drillsim.roads import MarchRules, pass_time_s
from drillsim.trace.events import (
    UnitAlerted,
    UnitArrived,
    UnitAssembled,
    UnitAssigned,
    UnitEnRoute,
    UnitHome,
    UnitInPlace,
    WaveClosed,
    WaveDeparted,
    WaveOrdered,
)
from tests.engine.conftest import MIN, STEP_S, engine, fire, plan, run, scenario, station, task
from tests.engine.test_response_chain import when

PASS_S = pass_time_s(1, 60.0, MarchRules())
"""One vehicle passing one point at 60 km/h."""


def team(name, **more):
    return {"id": name, "capabilities": ["usar_heavy"], "crew": 50, "turnout": "1 min", "by_wave_only": True, **more}


def wave(*units, **more):
    order = {"ordered_by": "Province", "on_incident": "quake", "decision": "5 min", "preparation": "30 min"}
    return {"id": "first", "units": list(units), "assembly": "muster", "destination": "forward", **order, **more}


def mobilise(*stations, waves, at=0, incidents=(), **more):
    """Run an earthquake at p5 that sets waves off; muster is at p2, forward at p4."""
    areas = [{"id": "muster", "node": "p2"}, {"id": "forward", "node": "p4"}]
    quake = fire("quake", "p5", at=at, tasks=[task(capabilities=["usar_heavy"], min_crew=50, work="500 h")])
    prepared = plan(*stations, staging_areas=areas, waves=list(waves))
    return run(scenario([quake, *incidents], prepared, **more))


ORDER_S = 5 * MIN
READY_S = ORDER_S + 31 * MIN


def test_the_order_goes_out_after_the_decision_and_units_prepare_turn_out_and_drive_to_the_assembly_point():
    trace = mobilise(station("west", "p0", team("a")), station("far-west", "p1", team("b")), waves=[wave("a", "b")])

    assert when(trace, WaveOrdered) == [ORDER_S]
    assert when(trace, UnitAlerted) == [ORDER_S, ORDER_S]
    assert when(trace, UnitEnRoute, purpose="assembly") == [READY_S, READY_S]
    assert {e.unit: e.t_s for e in trace.of(UnitAssembled)} == pytest.approx(
        {"a": READY_S + 2 * STEP_S, "b": READY_S + STEP_S}
    )


def test_the_column_leaves_when_the_last_has_come_and_closes_by_its_pass_time_behind_the_first():
    trace = mobilise(station("west", "p0", team("a")), station("far-west", "p1", team("b")), waves=[wave("b", "a")])

    left_s = READY_S + 2 * STEP_S
    (departed,) = trace.of(WaveDeparted)
    assert (departed.t_s, departed.units, departed.vehicles) == (pytest.approx(left_s), ("b", "a"), 2)
    in_place = {e.unit: e.t_s for e in trace.of(UnitInPlace)}
    assert in_place["b"] == pytest.approx(left_s + 2 * STEP_S + PASS_S)
    assert in_place["a"] == pytest.approx(left_s + 2 * STEP_S + pass_time_s(2, 60.0, MarchRules()))
    assert when(trace, WaveClosed) == [in_place["a"]]


def test_in_place_a_team_is_sent_like_any_other_and_comes_home_to_the_staging_area():
    short = fire("quake", "p5", tasks=[task(capabilities=["usar_heavy"], min_crew=50, work="50 h")])
    areas = [{"id": "muster", "node": "p2"}, {"id": "forward", "node": "p4"}]
    world = scenario([short], plan(station("west", "p0", team("a")), staging_areas=areas, waves=[wave("a")]))
    trace = run(world)

    assert when(trace, UnitAssigned) == when(trace, UnitInPlace)
    assert [e.node for e in trace.of(UnitArrived)] == ["p5"]
    assert trace.of(UnitHome)[-1].station == "forward"


def test_before_its_wave_such_a_team_is_not_sent_by_the_policy():
    trace = mobilise(station("west", "p4", team("a")), waves=[wave("a", decision="10 h")])

    assert when(trace, UnitAssigned)[0] > 10 * 3600


def test_a_column_does_not_wait_for_ever_and_the_late_follow_alone():
    late = mobilise(
        station("west", "p1", team("a")),
        station("east", "p7", team("b", turnout="5 h")),
        waves=[wave("a", "b", leaves_after_s="2 h")],
    )

    (departed,) = late.of(WaveDeparted)
    assert (departed.t_s, departed.units) == (pytest.approx(ORDER_S + 2 * 3600), ("a",))
    b_at_muster_s = ORDER_S + 30 * MIN + 5 * 3600 + 5 * STEP_S
    assert when(late, UnitInPlace, unit="b") == pytest.approx([b_at_muster_s + 2 * STEP_S + 15 * MIN], abs=15 * MIN)
    assert when(late, WaveClosed) == when(late, UnitInPlace, unit="b")


def test_a_column_whose_deadline_passes_with_nobody_there_leaves_with_the_first_who_comes():
    trace = mobilise(
        station("west", "p0", team("a")),
        station("east", "p7", team("b")),
        waves=[wave("a", "b", leaves_after_s="1 min")],
    )

    assert trace.of(WaveDeparted)[0].units == ("a",)
    assert len(trace.of(UnitInPlace)) == 2


def test_without_an_assembly_point_everyone_marches_alone():
    trace = mobilise(
        station("west", "p0", team("a")), station("near", "p3", team("b")), waves=[wave("a", "b", assembly=None)]
    )

    assert trace.of(WaveDeparted) == ()
    assert {e.unit: e.t_s for e in trace.of(UnitInPlace)} == pytest.approx(
        {"a": READY_S + 4 * STEP_S, "b": READY_S + STEP_S}
    )


def test_a_wave_may_be_set_off_by_the_clock():
    clock = {"on_incident": None, "at_s": "3 h"}
    trace = mobilise(station("west", "p0", team("a")), waves=[wave("a", **clock)])

    assert when(trace, WaveOrdered) == [3 * 3600 + ORDER_S]


def test_a_unit_that_is_busy_when_the_order_comes_joins_when_it_is_free():
    busy = fire("inc-1", "p1", tasks=[task(work="60 min")])
    trace = mobilise(
        station("west", "p0", engine()),
        waves=[wave("engine", assembly=None, decision="20 min")],
        incidents=[busy],
    )

    free_s = 2 * MIN + STEP_S + 60 * MIN
    assert when(trace, UnitAlerted) == pytest.approx([free_s])
    assert when(trace, UnitInPlace) == pytest.approx([free_s + 31 * MIN + 3 * STEP_S])


def test_a_long_march_halts_as_the_rules_say():
    long_way = {"nodes": [{"id": f"p{i}", "lat": 36.0, "lon": 100.0 + 0.1 * i} for i in range(20)]}
    edges = [
        {"from": f"p{i}", "to": f"p{i + 1}", "length_km": 10, "free_flow_kmh": 75, "road": "G1"} for i in range(19)
    ]
    areas = [{"id": "forward", "node": "p9"}]
    quake = fire("quake", "p5", tasks=[task(capabilities=["usar_heavy"], work="500 h")])
    waves = [wave("a", assembly=None)]
    world = scenario(
        [quake], plan(station("west", "p0", team("a")), staging_areas=areas, waves=waves), edges=edges, **long_way
    )

    driving_s, first_halt_s = 9 * STEP_S, 15 * MIN  # 90 minutes of driving, one halt after the first hour
    assert when(run(world), UnitInPlace) == pytest.approx([READY_S + driving_s + first_halt_s])


def test_the_same_wave_has_the_same_luck_wherever_it_assembles():
    areas = [{"id": "muster", "node": "p2"}, {"id": "forward", "node": "p4"}, {"id": "other", "node": "p3"}]
    spread = {"decision": {"mean_s": "10 min", "cv": 0.5}, "preparation": {"mean_s": "60 min", "cv": 0.5}}
    quake = fire("quake", "p5", tasks=[task(capabilities=["usar_heavy"], work="500 h")])
    one = plan(
        station("west", "p0", team("a", turnout={"mean_s": 60, "cv": 0.5})),
        staging_areas=areas,
        waves=[wave("a", **spread)],
    )
    two = one | {"id": "two", "waves": [wave("a", **spread) | {"assembly": "other"}]}
    world = scenario([quake], one, two)

    assert when(run(world, "plan"), WaveOrdered) == when(run(world, "two"), WaveOrdered)
    assert when(run(world, "plan"), UnitEnRoute, purpose="assembly") == when(
        run(world, "two"), UnitEnRoute, purpose="assembly"
    )


@pytest.mark.parametrize("way", ["closed", "none needed"])
def test_a_column_that_knows_no_way_or_needs_none_is_strung_out_as_on_gravel(way):
    closed = {"id": "closed", "at_s": 0, "text": "Closed", "road": {"between": ["p2", "p3"]}}
    more = {"assembly": "forward"} if way == "none needed" else {}
    trace = mobilise(station("west", "p0", team("a")), waves=[wave("a", **more)], injects=[closed] if not more else [])

    # a front every 85 m at 25 km/h, and a minute more for every 25 vehicles
    assert [e.pass_time_s for e in trace.of(WaveDeparted)] == [pytest.approx(85 / 25_000 * 3600 + 60 / 25)]


@pytest.mark.parametrize(("own", "delay_s"), [(False, 2 * 3600 - ORDER_S), (True, 0.0)])
def test_units_that_move_of_their_own_accord_wait_for_no_order_while_lines_are_down(own, delay_s):
    toll = {"kind": "earthquake_toll", "id": "toll", "lines_down_until_s": {"p0": "2 h"}}
    trace = mobilise(station("west", "p0", team("a")), waves=[wave("a", own_initiative=own)], hazards=[toll])

    assert when(trace, UnitEnRoute, purpose="assembly") == [READY_S + delay_s]
