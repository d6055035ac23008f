"""A fire in a tall building, from call to overhaul, on a small world.

The building stands 4 km from the station; heavy vehicles drive 60 km/h, so travel takes 4 minutes. A crew climbs a floor
of 3 m in 20 s; a line takes 600 person-seconds to lay.
"""

import importlib.util
import math
import sys
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from drillsim.base.errors import ScenarioError
from drillsim.checks import check_invariants
from drillsim.dispatch import Call
from drillsim.dispatch.nearest import Nearest
from drillsim.dispatch.run_card import RunCard
from drillsim.engine import simulate
from drillsim.metrics import METRIC_FUNCTIONS
from drillsim.scenario.files import load_scenario, read_scenario
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import (
    AdvisoryIssued,
    CallReceived,
    HazardChanged,
    HazardMeasured,
    NeedRaised,
    PeopleChanged,
    PeopleRelieved,
    TaskAdded,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    TaskWaiting,
    UnitArrived,
)

MIN = 60.0
ROADS = {
    "nodes": [
        {"id": "a", "lat": 36.0, "lon": 100.0, "elevation_m": 0},
        {"id": "b", "lat": 36.0, "lon": 100.04, "elevation_m": 0},
    ],
    "edges": [{"from": "a", "to": "b", "length_km": 4, "free_flow_kmh": 75}],
}
ENGINE = ["fire_attack", "rescue", "water_supply"]


def unit(name, crew=6, skills=ENGINE, count=1, **more):
    return {
        "id": name, "crew": crew, "capabilities": skills, "count": count, "turnout": "1 min",
        "carries": {"air_set": 4 * crew}, **more,
    }  # fmt: skip


FORCES = (
    unit("e", count=5),
    unit("x", skills=["smoke_ventilation", "rescue"], crew=4),
    unit("m", skills=["medical"], crew=2),
)


def world(*units, floor=3, tower=None, tactics=None, dispatch=None, **more):
    building = {"storeys": 6, "people": 0, "fire_lifts": 0, "pressurised": True, **(tower or {})}
    fire = {
        "kind": "high_rise", "id": "fire", "node": "b", "starts_at_s": 0, "floor": floor, "discovery": "4 min",
        "report": "90 s", "needs": {"fire_attack": 5, "smoke_ventilation": 1, "medical": 1}, "tower": building,
        "tactics": tactics or {}, **more,
    }  # fmt: skip
    plan = {
        "id": "p",
        "alarm_handling": "1 min",
        "stations": [{"id": "s", "node": "a", "units": list(units or FORCES)}],
    }
    if dispatch:
        plan["dispatch"] = dispatch
    return Scenario(
        drillsim=1, id="w", title="W", startex="2026-03-02 10:00", ends_at_s="4 h", travel_time_cv=0.0, roads=ROADS,
        incidents=[fire], plans=[plan],
    )  # fmt: skip


def run(*units, replication=0, **more):
    scenario = world(*units, **more)
    trace = simulate(scenario, scenario.plan(), seed=1, replication=replication)
    check_invariants(trace)
    return trace


def metric(trace, name, case="fire"):
    return METRIC_FUNCTIONS[name](trace)[case]


def started(trace):
    return {e.task: e.t_s for e in reversed(trace.of(TaskStarted))}


def finished(trace):
    return {e.task: e.t_s for e in trace.of(TaskFinished)}


def people(trace):
    last = trace.of(PeopleChanged)[-1]
    return dict(zip(last.states, last.counts, strict=True))


# --- the chain of the service, and water ---


def test_the_fifteen_minutes_of_the_service_are_the_sum_of_what_the_metrics_measure():
    # three people lay 510 person-seconds of line in 170 s after a climb of two floors in 40 s: 3.5 minutes
    trace = run(tactics={"line_work_s": 510})
    chain = {
        "discovery": metric(trace, "discovery_s"),
        "report and handling": metric(trace, "report_s") + metric(trace, "alarm_handling_s"),
        "turnout": metric(trace, "turnout_s", "fire/0"),
        "travel": metric(trace, "travel_s", "fire/0"),
        "set-up": metric(trace, "set_up_s"),
    }

    assert {step: s / MIN for step, s in chain.items()} == pytest.approx(
        {"discovery": 4.0, "report and handling": 2.5, "turnout": 1.0, "travel": 4.0, "set-up": 3.5}
    )
    assert sum(chain.values()) == pytest.approx(15 * MIN)
    assert metric(trace, "water_on_s") == pytest.approx(9.5 * MIN)


def test_the_fire_is_put_out_and_the_incident_closes():
    trace = run()
    stages = [e.stage for e in trace.of(HazardChanged)]

    assert stages[0] == "growing"
    assert "attacked" in stages
    assert stages[-1] == "out"
    assert metric(trace, "fire_out_s") < metric(trace, "incident_closed_s") < math.inf
    assert "overhaul" in finished(trace)
    assert metric(trace, "floors_burnt") == 1


def test_without_house_water_no_line_gives_any_before_an_engine_feeds_the_riser():
    quick = {"line_work_s": 60}
    dry = run(tower={"riser": "dry", "house_pump": False}, tactics=quick)

    assert metric(dry, "water_on_s") > metric(run(tactics=quick), "water_on_s")
    call_s = 5.5 * MIN
    assert call_s + metric(dry, "water_on_s") >= finished(dry)["water-supply"]


def test_losing_the_riser_never_helps():
    for replication in range(5):
        whole = run(floor=5, replication=replication)
        lost = run(floor=5, replication=replication, tower={"riser": "failed", "house_pump": False})
        for name in ("water_on_s", "fire_out_s", "fire_met_kw"):
            assert metric(lost, name) >= metric(whole, name)


@pytest.mark.parametrize("lift", [0, 1])
def test_water_is_never_earlier_on_a_higher_floor(lift):
    units = (unit("e", count=5, skills=[*ENGINE, "fire_lift"]), *FORCES[1:])
    times = [
        metric(run(*units, floor=f, tower={"storeys": 31, "fire_lifts": lift}), "water_on_s") for f in range(1, 31)
    ]

    assert times == sorted(times)


def test_a_fire_lift_brings_water_sooner_to_a_high_floor():
    units = (unit("e", count=5, skills=[*ENGINE, "fire_lift"]), *FORCES[1:])
    stairs = run(*units, floor=20, tower={"storeys": 25})
    lift = run(*units, floor=20, tower={"storeys": 25, "fire_lifts": 1})

    assert metric(stairs, "water_on_s") - metric(lift, "water_on_s") > 3 * MIN


def test_a_high_pressure_pump_helps_where_an_engine_alone_is_too_weak():
    tower = {"storeys": 33, "house_pump": False}
    units = (unit("e", count=5, skills=[*ENGINE, "fire_lift"]), *FORCES[1:])
    tower["fire_lifts"] = 1
    alone = run(*units, floor=30, tower=tower)
    pump = run(*units, unit("p", skills=["high_pressure_pump"], crew=4), floor=30, tower=tower)

    assert "relay" in {e.task for e in alone.of(TaskAdded)}
    assert "high-pressure" in started(pump)
    assert metric(pump, "fire_out_s") < metric(alone, "fire_out_s")
    assert "relay" not in {e.task for e in run(floor=10, tower=tower).of(TaskAdded)}


def test_guards_of_the_house_put_out_a_fire_that_is_still_small():
    guards = unit("g", crew=3, skills=["fire_attack"], turnout="10 s")
    stations = [
        {"id": "s", "node": "a", "units": list(FORCES)},
        {"id": "house", "node": "b", "force": "micro_station", "units": [guards]},
    ]
    scenario = world(growth="slow", discovery="1 min", report="0 s")
    data = scenario.plans[0].model_dump(exclude_unset=True) | {"stations": stations}
    small = scenario.model_copy(update={"plans": (type(scenario.plans[0])(**data),)})
    trace = simulate(small, small.plan(), seed=1)

    assert started(trace)["first-aid"] < 4 * MIN
    assert metric(trace, "fire_met_kw") < 1000.0
    assert metric(trace, "fire_out_s") < 6 * MIN
    assert metric(run(growth="slow", discovery="1 min", report="0 s"), "fire_out_s") > 7 * MIN


# --- crews ---


def test_too_few_for_a_line_do_not_go_in():
    trace = run(unit("e", crew=2, count=6), *FORCES[1:])

    assert metric(trace, "water_on_s") == math.inf
    assert {(e.lacking, e.minimum) for e in trace.of(TaskWaiting) if e.task.startswith("line-3")} == {("crew", 3)}
    assert [e.stage for e in trace.of(HazardChanged)][-1] == "burnt_out"


def test_two_small_crews_make_one_line_where_crews_need_not_stay_together():
    trace = run(unit("e", crew=2, count=6), *FORCES[1:], tactics={"crews_together": False})

    assert metric(trace, "fire_out_s") < math.inf
    assert len(next(e.units for e in trace.of(TaskStarted) if e.task == "line-3-1")) == 2


def test_people_come_out_when_their_air_is_used_up_and_nobody_goes_in_without_a_cylinder():
    slow = {"cylinder_l": 800, "rest_s": 600}
    big = {"room_m2": 300, "floor_m2": 600, "use": "office"}
    trace = run(tactics=slow, tower=big, growth="fast")
    none = run(*(u | {"carries": {"foam_l": 1}} for u in FORCES), tactics=slow, tower=big)

    assert any(e.task.startswith("line-3") for e in trace.of(PeopleRelieved))
    assert {e.lacking for e in none.of(TaskWaiting) if e.task.startswith("line-3")} == {"crew"}
    assert metric(none, "water_on_s") == math.inf


def experiment():
    path = Path(__file__).parents[2] / "tools" / "validate_high_rise.py"
    sys.path.append(str(path.parent))
    spec = importlib.util.spec_from_file_location("validate_high_rise", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def crews(alarm="low", lift=False):
    tool = experiment()
    traces = {n: tool.run(tool.experiment(n, alarm, lift=lift)) for n in tool.CREWS}
    return {n: (max(tool.done_s(t).values()) / MIN, *tool.water(t)) for n, t in traces.items()}


def test_one_more_rider_is_never_slower_in_the_building_of_the_experiments():
    for alarm in ("low", "high"):
        found = crews(alarm)
        for n in (3, 4, 5):
            assert found[n + 1][0] <= found[n][0] + 1e-6, alarm
            assert found[n + 1][1] <= found[n][1] + 1e-6, alarm
            assert found[n + 1][2] <= found[n][2], alarm


def test_one_more_rider_is_no_slower_on_average_over_many_fires_in_a_city():
    scenario = load_scenario("high-rise-night")
    mean_min = []
    for name in ("crews-of-3", "crews-of-4", "today", "crews-of-6"):
        traces = [simulate(scenario, scenario.plan(name), seed=1, replication=n) for n in range(12)]
        mean_min.append([sum(metric(t, m, "tower") for t in traces) / 12 / MIN for m in ("water_on_s", "fire_out_s")])

    for fewer, more in pairwise(mean_min):
        assert more[0] <= fewer[0] + 0.1
        assert more[1] <= fewer[1] + 0.1


def test_crew_size_makes_the_difference_that_the_experiments_measured():
    total = {n: minutes for n, (minutes, _, _) in crews().items()}

    for more, reported in ((4, -12.0), (5, -21.0), (6, -23.0)):
        assert total[more] - total[3] == pytest.approx(reported, rel=0.25)
    for crew, known in ((3, 60.0), (4, 48.0), (5, 39.0), (6, 37.0)):
        assert total[crew] == pytest.approx(known, rel=0.1)
    assert crews()[3][2] / crews()[6][2] == pytest.approx(1.6, rel=0.25)
    assert total[4] <= crews("high")[3][0]


# --- alarms ---


def test_a_fire_that_grows_raises_greater_alarms_by_the_run_card():
    cards = {
        "kind": "run_card",
        "cards": {"high_rise_fire": {"fire_attack": 1}},
        "greater": {"high_rise_fire": [{"fire_attack": 2}, {"fire_attack": 3}]},
    }
    trace = run(dispatch=cards, growth="ultra_fast", tower={"room_m2": 200})
    raised = [e.capability for e in trace.of(NeedRaised) if e.reason == "greater_alarm"]
    sized_up = finished(trace)["size-up"]

    assert raised[:2] == ["fire_attack"] * 2
    assert min(e.t_s for e in trace.of(NeedRaised) if e.reason == "greater_alarm") >= sized_up
    assert len({e.unit for e in trace.of(UnitArrived)}) > 3


# --- fire ---


def test_sprinklers_hold_what_burns_unsprinklered():
    def peak(trace):
        return max(e.values[e.names.index("heat_kw")] for e in trace.of(HazardMeasured))

    assert peak(run(tower={"sprinklers": "working"})) < 500.0
    assert peak(run(tower={"sprinklers": "failed"})) > 5_000.0
    # at 150 s it has passed the 346 kW of Alpert: 428.9 kW, of which 50 are out 410 ln(8.58) = 883 s on
    out = run(unit("far", skills=["medical"]), tower={"sprinklers": "working"}).of(HazardChanged)[-1]
    assert out.stage == "out"
    assert out.t_s == pytest.approx(150 + 883, abs=30.0)


def test_a_combustible_facade_carries_fire_past_floors_faster_than_windows_do():
    outside = run(floor=2, outside=True, tower={"storeys": 20, "facade": "combustible", "facade_enters": 0.0})
    lit = {}
    for e in outside.of(HazardMeasured):
        lit.setdefault(e.values[e.names.index("facade_floors")], e.t_s)

    assert lit[10.0] - lit[1.0] == pytest.approx(9 * 3.0 / 3.5 * MIN, abs=2 * MIN)
    assert metric(outside, "floors_burnt") == 0


def test_aerials_with_water_end_a_facade_fire_within_their_reach():
    ladder = unit("l", skills=["ladder"], crew=4)
    facade = {"storeys": 12, "facade": "combustible", "facade_enters": 0.0}
    needs = {"fire_attack": 5, "ladder": 1}
    wet = run(*FORCES, ladder, floor=2, outside=True, tower=facade, needs=needs, tactics={"aerial_reach_m": 60})
    dry = run(*FORCES, floor=2, outside=True, tower=facade, tactics={"aerial_reach_m": 0})

    assert "aerial-stream" in started(wet)
    assert [t.of(HazardChanged)[-1].stage for t in (wet, dry)] == ["out", "burnt_out"]
    assert metric(wet, "fire_out_s") < math.inf == metric(dry, "fire_out_s")
    assert wet.of(HazardChanged)[-1].t_s < dry.of(HazardChanged)[-1].t_s - 5 * MIN


def test_nobody_comes_and_the_fire_climbs_from_window_to_window_to_the_roof():
    trace = run(unit("far", skills=["medical"]), floor=2, tower={"storeys": 4})

    assert metric(trace, "floors_burnt") == 3
    assert metric(trace, "fire_out_s") == math.inf
    assert [e.stage for e in trace.of(HazardChanged)][-1] == "burnt_out"


# --- people ---


def test_everybody_is_somewhere_and_those_who_cannot_walk_are_brought_out():
    trace = run(floor=3, tower={"people": 100, "present": 1.0, "impaired": 0.3, "use": "hospital"})
    counts = people(trace)

    assert {sum(e.counts) for e in trace.of(PeopleChanged)} == {100}
    assert counts["rescued"] > 5
    assert counts["evacuated"] > 60
    assert metric(trace, "people_rescued") == counts["rescued"]
    assert metric(trace, "evacuation_s") < math.inf


def test_in_a_phased_evacuation_floors_far_away_wait_until_they_are_told():
    tower = {"storeys": 20, "people": 190, "present": 1.0, "impaired": 0.0, "use": "office"}
    phased = run(floor=10, tower=tower, tactics={"evacuation": "phased"})
    every = run(floor=10, tower=tower)

    def in_place(trace, t_s):
        last = [e for e in trace.of(PeopleChanged) if e.t_s <= t_s][-1]
        return dict(zip(last.states, last.counts, strict=True))["in_place"]

    assert in_place(every, 8 * MIN) == 0
    assert in_place(phased, 8 * MIN) == 150


def test_smoke_overcomes_people_who_stay_on_an_open_floor_that_burns():
    tower = {"people": 50, "present": 1.0, "impaired": 1.0, "use": "office", "room_m2": 60, "floor_m2": 600}
    trace = run(unit("far", skills=["medical"]), floor=3, tower=tower)

    assert metric(trace, "people_lost", "all") >= 5


# --- what is said ---


def test_what_lies_outside_the_range_of_a_formula_is_noted():
    trace = run(floor=50, tower={"storeys": 60, "room_m2": 600, "floor_m2": 900})

    assert len(trace.of(AdvisoryIssued)) == 2


BAD = """
drillsim: 1
id: bad
title: Bad
startex: 2026-03-02 10:00
ends_at_s: 4 h
roads: {nodes: [{id: a, lat: 36, lon: 100}, {id: b, lat: 36, lon: 100.1}],
        edges: [{from: a, to: b, length_km: 10, free_flow_kmh: 60}]}
incidents:
  - {kind: high_rise, id: fire, node: a, starts_at_s: 0, floor: FLOOR, tower: {storeys: 6, people: PEOPLE, stair_width_m: WIDTH}}
plans: [{id: p, stations: [{id: s, node: a, units: [{id: e, capabilities: [fire_attack]CREW}]}]}]
"""


@pytest.mark.parametrize(
    ("changes", "english", "chinese"),
    [
        ({"FLOOR": "7"}, "floor 7 is above the roof; the building has 6 storeys", "第 7 层高于屋顶；建筑共 6 层"),
        ({"PEOPLE": "-3"}, "must be 0 or more (got -3)", "必须大于或等于 0（实际为 -3）"),
        ({"WIDTH": "0"}, "must be greater than 0.3 (got 0)", "必须大于 0.3（实际为 0）"),
        ({"CREW": ""}, "the unit 'e' has no crew; write it", "力量单元“e”缺少 crew，请补上"),
    ],
)
def test_what_cannot_be_is_refused_in_both_languages(changes, english, chinese):
    text = BAD
    for name, value in ({"FLOOR": "3", "PEOPLE": "40", "WIDTH": "1.2", "CREW": ", crew: 5"} | changes).items():
        text = text.replace(name, value)

    with pytest.raises(ScenarioError) as caught:
        read_scenario(text)
    assert english in caught.value.text("en")
    assert chinese in caught.value.text("zh")


def test_a_run_card_sends_nothing_beyond_its_last_card():
    card = RunCard(cards={"fire": {"a": 1}}, greater={"fire": ({"a": 2}, {"b": 1})})
    call = Call(incident="x", incident_type="fire", node="a", district="d", priority=1, received_at_s=0.0, needs={})

    assert [card.greater_alarm(call, level) for level in (2, 3, 4)] == [{"a": 2}, {"b": 1}, {}]
    assert Nearest().greater_alarm(call, 2) == {}


def test_once_a_forward_post_stands_relief_is_there_within_a_minute():
    tower = {"storeys": 25, "use": "office", "room_m2": 300, "spandrel_m": 5}
    trace = run(unit("e", count=9), *FORCES[1:], floor=20, tower=tower, tactics={"cylinder_l": 900}, growth="fast")
    post_s, line = finished(trace)["forward-post"], "line-20-1"
    first = next(e.t_s for e in trace.of(TaskCrewChanged) if e.task == line and e.at_work)
    changes = [e for e in trace.of(TaskCrewChanged) if e.task == line and e.t_s > max(post_s, first + MIN)]
    sent, there = (next(e.t_s for e in changes if e.people and bool(e.at_work) is b) for b in (False, True))

    assert first - started(trace)[line] > 10 * MIN
    assert 0 < there - sent <= MIN


@pytest.mark.parametrize(
    ("tower", "english", "chinese"),
    [
        ("window_height_m: 1.5, openings: [{width_m: 1, height_m: 1}]", "Write one of them", "请只写其中一个"),
        ("window_height_m: 3.5", "an opening 3.5 m high does not fit a floor of 3 m", "高 3.5 米的洞口超过 3 米的层高"),
        ("openings: [{width_m: 31, height_m: 3}]", "openings of 93 m² do not fit 93", "洞口共 93 平方米，超过墙面 93"),
    ],
)
def test_openings_that_no_room_has_are_refused_where_they_stand(tower, english, chinese):
    text = (
        BAD.replace("FLOOR", "3").replace("PEOPLE", "40").replace("WIDTH", f"1.2, {tower}").replace("CREW", ", crew: 5")
    )

    with pytest.raises(ScenarioError) as caught:
        read_scenario(text)
    assert english in caught.value.text("en")
    assert chinese in caught.value.text("zh")
    assert ":10" in caught.value.text("en")


def test_thin_spray_is_noted_as_outside_what_was_measured():
    thin = run(tower={"sprinklers": "working", "spray_mm_s": 0.05})

    assert [e.code for e in thin.of(AdvisoryIssued)] == ["spray_measured"]
    assert not run(tower={"sprinklers": "working"}).of(AdvisoryIssued)


def test_a_crew_fresh_from_low_ground_lays_its_line_slower():
    def laid_s(slower):
        """Return how long line 1 takes from when its crew is at it until water flows."""
        plan = {
            "id": "p", "alarm_handling": "1 min", "acclimatisation": {"slower": slower},
            "stations": [{"id": "s", "node": "a", "units": [u | {"acclimatised": False} for u in FORCES]}],
        }  # fmt: skip
        high = {**ROADS, "nodes": [node | {"elevation_m": 3500} for node in ROADS["nodes"]]}
        data = world().model_dump(exclude_unset=True)
        scenario = Scenario(**data | {"roads": high, "plans": [plan]})
        trace = simulate(scenario, scenario.plan(), seed=1)
        begun = next(e for e in trace.of(TaskCrewChanged) if e.task == "line-3-1" and e.at_work)
        return (metric(trace, "water_on_s") + metric_call(trace) - begun.t_s) * begun.at_work

    # 600 person-seconds, 22 % more at 3500 m, 20 % more for who has just come up; seen at the next moment of the fire
    assert laid_s(1.0) == pytest.approx(600 * 1.22, abs=30.0)
    assert laid_s(1.2) == pytest.approx(600 * 1.22 * 1.2, abs=30.0)


def metric_call(trace):
    return next(e.t_s for e in trace.of(CallReceived))
