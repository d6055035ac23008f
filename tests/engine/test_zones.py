"""Zones of danger on a straight road: who turns round, who waits, who leaves, who may go through."""

import pytest

from drillsim.checks import violations
from drillsim.trace.events import (
    UnitArrived,
    UnitAssembled,
    UnitEnRoute,
    UnitHeld,
    UnitRerouted,
    UnitWithdrawn,
    WaveDeparted,
    ZonesChanged,
)
from tests.engine.conftest import MIN, STEP_S, engine, fire, gas, plan, run, scenario, station

pytestmark = pytest.mark.usefixtures("hazards_of_tests")

AT_P1_S = 2 * MIN + STEP_S


def ways(trace):
    return list(trace.of(UnitEnRoute))


def test_who_is_between_two_places_turns_round_when_the_zone_is_at_the_next(one_engine):
    # it leaves at 2 min; at 7 min it is halfway to p1, and back at p0 at 12 min
    trace = run(scenario([fire("far", "p3")], one_engine, hazards=[gas("p1", "7 min", until_s=3600)]))

    turned = trace.of(UnitRerouted)[0]
    assert (turned.t_s, turned.nodes, turned.times_s) == (7 * MIN, ("p0",), (12 * MIN,))
    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(12 * MIN, "p0")]
    again = trace.of(UnitRerouted)[1]
    assert (again.t_s, again.nodes) == (3600, ("p0", "p1", "p2", "p3"))


def test_the_target_in_a_zone_is_waited_for_at_the_nearest_safe_place(one_engine):
    trace = run(scenario([fire("near", "p2")], one_engine, hazards=[gas("p2", 0, until_s=7200)]))

    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(AT_P1_S, "p1")]
    assert [(e.t_s, e.node) for e in trace.of(UnitArrived)] == [(7200 + STEP_S, "p2")]


def test_within_the_safe_line_work_goes_on_from_there(one_engine):
    trace = run(scenario([fire("near", "p2", safe_line_m=15_000)], one_engine, hazards=[gas("p2", 0)]))

    assert [(e.t_s, e.node) for e in trace.of(UnitArrived)] == [(AT_P1_S, "p1")]
    assert trace.of(UnitHeld) == ()


@pytest.mark.parametrize(("protection", "goes"), [("none", False), ("air", False), ("suit", True)])
def test_protection_decides_who_goes_through(protection, goes):
    squad = plan(station("west", "p0", engine(protection=protection)))
    trace = run(scenario([fire("far", "p3")], squad, hazards=[gas("p1", 0, grade=2)]))

    assert bool(trace.of(UnitArrived)) == goes


def test_who_works_in_what_becomes_a_zone_leaves_and_comes_back(one_engine):
    at_work_s = AT_P1_S + 2 * MIN
    trace = run(scenario([fire("near", "p1")], one_engine, hazards=[gas("p1", at_work_s, until_s=3600, sections=())]))

    assert [(e.t_s, e.hazard) for e in trace.of(UnitWithdrawn)] == [(at_work_s, "gas")]
    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(at_work_s + STEP_S, "p0")]
    assert [(e.t_s, e.node) for e in trace.of(UnitArrived)] == [(AT_P1_S, "p1"), (3600 + STEP_S, "p1")]
    assert violations(trace) == ()


def test_who_is_on_foot_to_the_scene_when_the_zone_comes_drives_off_and_comes_back(one_engine):
    near = fire("near", "p1", approach="20 min")
    trace = run(scenario([near], one_engine, hazards=[gas("p1", AT_P1_S + 5 * MIN, until_s=7200, sections=())]))

    assert [(e.t_s, e.node) for e in trace.of(UnitHeld)] == [(AT_P1_S + 5 * MIN + STEP_S, "p0")]
    assert [(e.t_s, e.node) for e in trace.of(UnitArrived)] == [(7200 + STEP_S + 20 * MIN, "p1")]


def test_a_zone_that_comes_at_the_very_moment_of_arrival_is_left_at_once(one_engine):
    far_home = run(
        scenario([fire("near", "p1")], one_engine, hazards=[gas("p0", AT_P1_S + 10 * MIN + STEP_S, sections=())])
    )
    at_scene = run(scenario([fire("near", "p1")], one_engine, hazards=[gas("p1", AT_P1_S, sections=())]))

    assert [(e.t_s, e.node) for e in far_home.of(UnitHeld)] == [(AT_P1_S + 10 * MIN + 2 * STEP_S, "p1")]
    assert [(e.t_s, e.node) for e in at_scene.of(UnitHeld)] == [(AT_P1_S + STEP_S, "p0")]


def test_who_sets_out_from_a_zone_makes_for_a_safe_place_and_goes_on_from_there():
    squad = plan(station("mid", "p1", engine()))
    trace = run(scenario([fire("far", "p3")], squad, hazards=[gas("p1", 90, sections=("p0--p1:G1",))]))

    out, on = [e for e in ways(trace) if e.purpose == "incident"]  # the gas is there half a minute after the order
    assert (type(out), out.t_s, out.nodes) == (UnitEnRoute, 90, ("p1", "p2"))
    assert (type(on), on.t_s, on.nodes) == (UnitRerouted, 90 + STEP_S, ("p2", "p3"))
    assert [(e.t_s, e.node) for e in trace.of(UnitArrived)] == [(90 + 2 * STEP_S, "p3")]


def test_what_changes_is_written_down_and_what_ends_is_nought(one_engine):
    changes = run(scenario([fire("far", "p7")], one_engine, hazards=[gas("p5", 60, until_s=120)])).of(ZonesChanged)

    assert [(e.t_s, e.places, e.place_grades) for e in changes] == [(60, ("p5",), (3,)), (120, ("p5",), (0,))]


def test_a_far_zone_changes_nothing_for_anybody(one_engine):
    with_zone = run(scenario([fire("near", "p1")], one_engine, hazards=[gas("p6", 0)]))
    without = run(scenario([fire("near", "p1")], one_engine))

    assert ways(with_zone) == ways(without)


def march(*units):
    """Return a plan: units at p3 assemble at p4 and march to p7."""
    areas = [{"id": "yard", "node": "p4"}, {"id": "front", "node": "p7"}]
    order = {"id": "first", "ordered_by": "HQ", "at_s": 0, "units": [unit["id"] for unit in units]}
    moved = order | {"assembly": "yard", "destination": "front"}
    return plan(station("west", "p3", *units), staging_areas=areas, waves=[moved])


def test_a_unit_that_prepares_for_a_wave_leaves_its_station_when_the_zone_comes():
    """It has an hour to prepare; at 20 min gas is at its station, p0, and it drives one step to the assembly point."""
    areas = [{"id": "yard", "node": "p1"}, {"id": "front", "node": "p3"}]
    order = {"id": "first", "ordered_by": "HQ", "at_s": 0, "units": ["engine"], "preparation": "1 h"}
    wave = order | {"assembly": "yard", "destination": "front"}
    base = plan(station("west", "p0", engine()), staging_areas=areas, waves=[wave])
    trace = run(scenario([], base, hazards=[gas("p0", 20 * MIN, sections=())]))

    assert (ways(trace)[0].t_s, ways(trace)[0].nodes) == (20 * MIN, ("p0", "p1"))
    assert [e.t_s for e in trace.of(WaveDeparted)] == [20 * MIN + STEP_S]


def test_a_unit_that_waits_for_its_column_leaves_the_assembly_point_when_the_zone_comes():
    """``a`` is at p4 at 11 min, as is ``b``; ``c`` turns out for two hours; gas is at p4 from 20 min to 1 h.

    They wait a step away, at p3 or p5, and are back ten minutes after the gas has gone; ``c`` comes three steps.
    """
    units = engine("a"), engine("b")
    late = march(*units)
    late["stations"].append(station("east", "p1", engine("c", turnout="2 h")))
    late["waves"][0]["units"].append("c")
    trace = run(scenario([], late, hazards=[gas("p4", 20 * MIN, until_s=3600, sections=())]))

    assert {(e.t_s, e.unit) for e in trace.of(UnitHeld)} == {(30 * MIN, "a"), (30 * MIN, "b")}
    assert [(e.t_s, e.unit) for e in trace.of(UnitAssembled) if e.t_s > 20 * MIN] == [
        (70 * MIN, "a"), (70 * MIN, "b"), (120 * MIN + 3 * STEP_S, "c"),
    ]  # fmt: skip
    assert [e.units for e in trace.of(WaveDeparted)] == [("a", "b", "c")]
