"""Closed roads that nobody knows, reconnaissance, lines that are down, crews at a worksite: small worlds."""

from types import SimpleNamespace

import pytest

from drillsim.engine.unit import is_near, leave_road
from drillsim.metrics import casualties
from drillsim.trace.events import (
    CallReceived,
    IncidentClosed,
    NeedRaised,
    PeopleChanged,
    PlaceSeen,
    ReconDeparted,
    SectionReported,
    TaskAdded,
    TaskStarted,
    TaskWaiting,
    TaskWithdrawn,
    UnitArrived,
    UnitEnRoute,
    WeatherChanged,
)
from tests.engine.conftest import MIN, STEP_S, engine, plan, road, run, scenario, station, straight
from tests.engine.conftest import fire as incident

H = 60 * MIN
SECOND = "p1--p2:G1"


def blocked(*, cleared_at="clear", patrol="10 h", by=("engineering",)):
    """Return a hazard that closes the second section, and the incident at which it is cleared in one hour."""
    hazard = {
        "kind": "broken_roads", "id": "roads", "blocked": [{"section": SECOND, "incident": cleared_at}],
        "villages": {"p0": 100},
    }  # fmt: skip
    clearing = {
        "id": cleared_at, "node": "p1", "type": "road_blocked", "starts_at_s": 0, "discovery": patrol, "section": SECOND,
        "hazard": "roads", "tasks": [
            {"id": "clear", "capabilities": list(by), "work": "1 h", "intervention": "clear_road"}
        ],
    }  # fmt: skip
    return hazard, clearing


def rescue(node="p0", name="engine", **more):
    return station(f"at-{node}", node, engine(name, **more))


def times(trace, kind, **what):
    return [e.t_s for e in trace.of(kind) if all(getattr(e, k) == v for k, v in what.items())]


def test_a_closed_road_is_found_by_the_unit_that_comes_to_it_and_its_call_comes_then():
    hazard, clearing = blocked()
    world = scenario([incident("fire", "p3"), clearing], plan(rescue()), hazards=[hazard])
    trace = run(world)

    # alarm handling and turnout take a minute each, the first section ten
    found_s = 2 * MIN + STEP_S
    assert times(trace, SectionReported, section=SECOND) == [found_s]
    assert times(trace, CallReceived, incident="clear") == [found_s]
    assert times(trace, UnitArrived, incident="fire") == []


def test_engineers_open_the_road_the_command_centre_knows_and_the_unit_goes_on_at_half_speed():
    hazard, clearing = blocked()
    engineers = engine("engineers", capabilities=["engineering"])
    world = scenario(
        [incident("fire", "p2"), clearing], plan(rescue(), station("yard", "p1", engineers)), hazards=[hazard]
    )
    trace = run(world)

    # found after 12 min, call handled, turnout, an hour of work: open after 74 min; the section then takes 20 min
    assert times(trace, SectionReported, section=SECOND, factor=0.5) == [74 * MIN]
    assert times(trace, UnitArrived, incident="fire") == [94 * MIN]


def test_a_patrol_that_comes_first_tells_the_command_centre_before_anybody_drives_there():
    hazard, clearing = blocked(patrol="1 min")
    detour = [*straight(), road("p0", "p3", 90, "G2")]
    world = scenario([incident("fire", "p3", "2 min"), clearing], plan(rescue()), hazards=[hazard], edges=detour)
    trace = run(world)

    assert times(trace, SectionReported, section=SECOND) == [MIN]
    assert times(trace, UnitArrived, incident="fire") == [4 * MIN + 90 * MIN]  # not the 30 km that seem nearer


def recon(**more):
    return {"id": "look", "by": "helicopter", "at_s": 0, "base": "p0", "around": "p1", "radius_km": 25, **more}


def test_a_helicopter_sees_closed_roads_and_incidents_from_the_middle_outwards():
    hazard, clearing = blocked()
    hidden = incident("fire", "p2", discovery="20 h")
    world = scenario([hidden, clearing], plan(rescue(), recon=[recon()]), hazards=[hazard])
    trace = run(world)

    assert [e.by for e in trace.of(ReconDeparted)] == ["helicopter"]
    seen_s = {e.node: e.t_s for e in trace.of(PlaceSeen)}
    assert seen_s["p1"] < seen_s["p2"] < 30 * MIN
    assert "p5" not in seen_s
    assert times(trace, CallReceived, incident="fire") == [seen_s["p2"]]
    assert times(trace, SectionReported, section=SECOND)[0] < seen_s["p2"]


def test_a_helicopter_flies_to_the_middle_and_sweeps_a_circle_of_its_width_from_there():
    # a degree of latitude is 111.2 km: the base lies 18 km from the middle, the farthest place that is seen 9 km
    lat = {"p0": 36.0, "p1": 36.0 + 18 / 111.195, "p2": 36.0 + 27 / 111.195}
    world = [{"id": name, "lat": value, "lon": 100.0, "elevation_m": 0} for name, value in lat.items()]
    look = recon(base="p0", around="p1", radius_km=10)
    trace = run(scenario([], plan(rescue(), recon=[look]), nodes=world, edges=[road("p0", "p1", 20), road("p1", "p2")]))

    there_s = 18 / 180 * H  # 180 km/h
    swept_s = 3.14159 * 9**2 / (180 * 10) * H  # a circle of 9 km in strips of 10 km
    seen = {e.node: e.t_s for e in trace.of(PlaceSeen)}
    assert seen == pytest.approx({"p1": there_s, "p2": there_s + swept_s}, rel=1e-3)


def test_a_helicopter_waits_for_the_morning_unless_it_flies_at_night_and_for_the_snow_to_end():
    over = {"id": "over", "at_s": "3 h", "text": "x", "weather": {"snow": "none"}}

    def left_h(startex, *injects, snow="none", **more):
        world = scenario(
            [incident("fire", "p2")], plan(rescue(), recon=[recon(**more)]), startex=startex, injects=list(injects),
            weather={"snow": snow},
        )  # fmt: skip
        return [e.t_s / H for e in run(world).of(ReconDeparted)]

    assert left_h("2021-03-29 02:00") == [5.0]  # night ends at seven
    assert left_h("2021-03-29 02:00", at_night=True) == [0.0]
    assert left_h("2021-03-29 02:00", by="unit") == [0.0]
    assert left_h("2021-03-29 12:00", over, snow="heavy") == [3.0]


def test_reconnaissance_may_wait_for_the_first_call():
    world = scenario(
        [incident("fire", "p2", report="7 min")],
        plan(rescue(), recon=[recon(at_s=None, on_incident="fire", ready="3 min")]),
    )

    assert [e.t_s for e in run(world).of(ReconDeparted)] == [10 * MIN]


def test_an_order_reaches_a_station_whose_lines_are_down_when_they_are_back():
    toll = {"kind": "earthquake_toll", "id": "toll", "lines_down_until_s": {"p0": "2 h"}}
    world = scenario([incident("fire", "p1")], plan(rescue()), hazards=[toll])

    assert times(run(world), UnitEnRoute, target="fire") == [2 * H + MIN]


def test_of_several_hazards_that_cut_lines_the_longest_delay_counts():
    tolls = [
        {"kind": "earthquake_toll", "id": f"toll-{until}", "lines_down_until_s": {node: f"{until} h"}}
        for node, until in (("p0", 2), ("p0", 3), ("p7", 4))
    ]
    world = scenario([incident("fire", "p1")], plan(rescue()), hazards=tolls)

    assert times(run(world), UnitEnRoute, target="fire") == [3 * H + MIN]


def site_world(*people, crew=4, **more):
    """Return a world with one worksite at p1 and one team of *crew* at p0."""
    site = {"kind": "collapsed_site", "id": "site", "trapped": list(people), **more}
    call = {
        "id": "site", "node": "p1", "type": "collapse_adobe", "starts_at_s": 0, "hazard": "site",
        "needs": {"rescue": 1}, "facts": {"trapped": len(people), "triage": 1},
        "tasks": [{"id": "search", "capabilities": ["search"], "work": "1 h", "min_crew": 4, "useful_crew": 4}],
    }  # fmt: skip
    team = engine("team", capabilities=["search", "rescue", "medical"], crew=crew)
    return scenario(
        [call], plan(station("base", "p0", team), dispatch={"kind": "triage"}), hazards=[site], ends_at_s="72 h"
    )


def deep(work_h, dies_h=1000):
    return {"dies_at_s": dies_h * H, "work_s": work_h * H}


def test_search_then_extricate_then_hand_over_and_people_come_out_one_by_one():
    trace = run(site_world(deep(2), deep(6)))
    begins_s = 12 * MIN + 15 * MIN  # on scene after 12 min, four people search for a quarter of an hour

    assert [e.task for e in trace.of(TaskAdded)] == ["extricate", "hand-over"]
    assert [(e.task, e.t_s) for e in trace.of(TaskStarted)][:2] == [("search", 12 * MIN), ("extricate", begins_s)]
    out = [(e.t_s, e.counts[e.states.index("extricated_alive")]) for e in trace.of(PeopleChanged)]
    assert out[1:] == [(pytest.approx(begins_s + 30 * MIN), 1), (pytest.approx(begins_s + 2 * H), 2)]
    assert casualties.alive_extricated(trace) == {"all": 2.0}
    assert len(trace.of(IncidentClosed)) == 1


def test_a_site_where_neighbours_have_freed_everybody_is_searched_and_closed():
    light = {"dies_at_s": 1000 * H, "work_s": 60, "light": True}
    trace = run(site_world(light, neighbours=4, neighbours_from_s=0))

    assert casualties.freed_by_neighbours(trace) == {"all": 1.0}
    assert [e.task for e in trace.of(TaskStarted)] == ["search"]
    assert len(trace.of(IncidentClosed)) == 1


def test_crews_leave_the_rubble_while_an_aftershock_halts_work_and_finish_later_by_as_much():
    calm = run(site_world(deep(4)))
    shaken = run(site_world(deep(4), halts=[[40 * MIN, 85 * MIN]]))

    assert "halt" in {e.lacking for e in shaken.of(TaskWaiting)}
    out_s = [t.of(PeopleChanged)[-1].t_s for t in (calm, shaken)]
    assert out_s[1] - out_s[0] == pytest.approx(45 * MIN, abs=1)


def test_a_shift_is_relieved_by_those_who_rest():
    spell = {"work_s": "1 h", "rest_s": "1 h"}
    alone = run(site_world(deep(8), spell=spell, useful_crew=4))
    doubled = run(site_world(deep(8), spell=spell, useful_crew=4, crew=8))

    out_s = [t.of(PeopleChanged)[-1].t_s for t in (alone, doubled)]
    assert out_s[0] - out_s[1] == pytest.approx(1 * H, abs=1)  # two hours of work: one rest in between


def test_metrics_say_how_long_a_closure_was_not_known_and_who_was_cut_off():
    hazard, clearing = blocked()
    world = scenario([incident("fire", "p3"), clearing], plan(rescue()), hazards=[hazard])
    trace = run(world)

    assert casualties.closures_unknown_h(trace) == {SECOND: pytest.approx(12 / 60)}
    assert casualties.villages_cut_off(trace) == {"all": 1.0}
    assert casualties.people_cut_off_h(trace) == {"all": pytest.approx(100 * 24)}
    assert casualties.still_trapped(trace) == {}
    assert not trace.of(WeatherChanged)[1:]


def test_a_site_whose_first_unit_is_on_its_way_asks_for_no_other_when_something_changes_there():
    light = {"dies_at_s": 1000 * H, "work_s": 60, "light": True}
    world = site_world(light, deep(2), neighbours=4, neighbours_from_s=0)

    assert [(e.capability, e.reason) for e in run(world).of(NeedRaised)] == [("rescue", "first_alarm")]


def test_neighbours_go_on_digging_beside_crews_and_crews_stop_when_nobody_is_left():
    light = [{"dies_at_s": 1000 * H, "work_s": 4 * H, "light": True} for _ in range(2)]
    helped = run(site_world(*light, neighbours=8, neighbours_from_s=0))
    alone = run(site_world(*light))

    assert helped.of(IncidentClosed)[0].t_s < alone.of(IncidentClosed)[0].t_s
    assert [e.task for e in helped.of(TaskWithdrawn)] == ["extricate"]
    assert casualties.died_trapped(helped) == {"all": 0.0}


def test_from_one_site_to_the_next_in_a_village_units_need_no_approach_again():
    def second_arrival_s(**where):
        calls = [incident(name, "p1", approach="30 min", **where) for name in ("a", "b")]
        return sorted(times(run(scenario(calls, plan(rescue()))), UnitArrived))[1]

    # there after 12 + 30 min, ten minutes of work; then on to the next, back to the road and in again or not
    assert second_arrival_s(locality="village") == 52 * MIN
    assert second_arrival_s() == 112 * MIN


def test_a_unit_that_is_told_to_turn_on_the_road_is_in_no_village():
    turning = SimpleNamespace(drop=lambda: ("p2", 700.0))
    unit = SimpleNamespace(node="p1", journey=turning, away_s=0.0, locality="village")
    assert leave_road(SimpleNamespace(now=600.0), unit) == 700
    unit.journey, unit.away_s = None, 100.0  # what it still drives before it can turn is no way out of a village

    assert not is_near(unit, SimpleNamespace(incident=SimpleNamespace(locality="village")))


def test_a_helicopter_turns_back_at_dusk_and_goes_on_in_the_morning():
    """It leaves at 19:54; p1 lies 18 km or 6 min away, p2 is swept 8.5 min later, after eight: that is for the morning."""
    lat = {"p0": 36.0, "p1": 36.0 + 18 / 111.195, "p2": 36.0 + 27 / 111.195}
    world = [{"id": name, "lat": value, "lon": 100.0, "elevation_m": 0} for name, value in lat.items()]
    look, edges = recon(at_s="114 min", base="p0", around="p1", radius_km=10), [road("p0", "p1", 20), road("p1", "p2")]
    trace = run(scenario([], plan(rescue(), recon=[look]), nodes=world, edges=edges, startex="2021-03-29 17:59"))

    left_h = [e.t_s / H for e in trace.of(ReconDeparted)]
    seen_h = {e.node: e.t_s / H for e in trace.of(PlaceSeen)}
    assert left_h[0] == pytest.approx(1.9)
    assert 13 <= left_h[1] < 13.6  # seven in the morning, tried every half hour
    assert seen_h["p1"] == pytest.approx(2.0, rel=1e-3)
    assert seen_h["p2"] == pytest.approx(left_h[1] + 0.1 + 3.14159 * 81 / 1800, rel=1e-3)
