"""One more rider never makes a fire later: houses and tall buildings, the same seed, crews of the same skills.

Pairs and lines are of fixed size and in turn, so that the moments at which people come free only fall as crews grow.
"""

import math
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.base.errors import ScenarioError
from drillsim.checks import check_invariants
from drillsim.engine import simulate
from drillsim.hazards.high_rise_fire import STEP_S
from drillsim.scenario.files import load_scenario
from drillsim.scenario.lint import lint
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import HazardChanged, IncidentClosed, TaskFinished, TaskStarted

ENGINE = ("fire_attack", "rescue", "water_supply", "fire_lift")
PLACE = {"id": "a", "lat": 38.85, "lon": -77.05, "elevation_m": 10}
HOUSE = {"kind": "house_fire"}


def unit(name, people, skills=ENGINE, turnout_s=60.0):
    return {
        "id": name, "crew": people, "capabilities": list(skills), "turnout": turnout_s, "carries": {"air_set": 300}
    }  # fmt: skip


def world(people, fire, units=5, apart_s=60.0, extra=()):
    engines = [unit(f"u{i}", people, turnout_s=60 + apart_s * i) for i in range(units)]
    fire = {
        "id": "fire", "node": "a", "starts_at_s": 0, "discovery": 0, "needs": {"fire_attack": units}, **fire
    }  # fmt: skip
    fire["needs"] |= {skill: 1 for one in extra for skill in one["capabilities"]}
    return Scenario(
        drillsim=1, id="w", title="W", startex="2026-03-02 14:00", ends_at_s="5 h", travel_time_cv=0.0,
        roads={"nodes": [PLACE, PLACE | {"id": "b", "lat": 38.86}],
               "edges": [{"from": "a", "to": "b", "length_km": 2, "free_flow_kmh": 60}]},
        incidents=[fire],
        plans=[{"id": "p", "alarm_handling": 0,
                "stations": [{"id": "s", "node": "a", "units": [*engines, *extra]}]}],
    )  # fmt: skip


def run(people, fire, **more):
    scenario = world(people, fire, **more)
    trace = simulate(scenario, scenario.plan(), seed=1, replication=0)
    check_invariants(trace)
    return trace


def key_times(trace):
    """Return when the fire was first held, the last search was done, the fire was out and all was done. [s]"""
    searched = [e.t_s for e in trace.of(TaskFinished) if e.task.startswith(("search", "second"))]
    stages = {e.stage: e.t_s for e in reversed(trace.of(HazardChanged))}
    return (
        stages.get("attacked", math.inf),
        max(searched, default=math.inf),
        stages.get("out", math.inf),
        min((e.t_s for e in trace.of(IncidentClosed)), default=math.inf),
    )


def later_s(fire, **more):
    """Return by how much any key time is later with one more rider than without, crews of 2 to 7. [s]"""
    times = [key_times(run(people, fire, **more)) for people in range(2, 8)]
    return [b - a for fewer, larger in pairwise(times) for a, b in zip(fewer, larger, strict=True) if math.isfinite(a)]


@settings(max_examples=12, deadline=None)
@given(
    house=st.fixed_dictionaries(
        {
            "storeys": st.integers(1, 4),
            "floor_m2": st.sampled_from([40.0, 93.0, 300.0]),
            "people": st.integers(0, 6),
            "growth": st.sampled_from(["slow", "medium", "ultra_fast"]),
            "line_crew": st.integers(2, 3),
        }
    ),
    units=st.integers(2, 7),
    apart_s=st.sampled_from([0.0, 30.0, 60.0, 120.0]),
)
def test_one_more_rider_never_makes_a_house_fire_later(house, units, apart_s):
    assert max(later_s(HOUSE | house, units=units, apart_s=apart_s), default=0.0) <= 1e-6


@settings(max_examples=4, deadline=None)
@given(
    storeys=st.sampled_from([2, 6, 13]),
    tower=st.fixed_dictionaries(
        {
            "floor_m2": st.sampled_from([90.0, 300.0, 1200.0]),
            "people": st.sampled_from([0, 20]),
            "fire_lifts": st.integers(0, 1),
            "riser": st.sampled_from(["charged", "dry"]),
            "house_pump": st.booleans(),
            "pressurised": st.booleans(),
        }
    ),
    together=st.booleans(),
    units=st.integers(4, 9),
)
def test_one_more_rider_never_makes_a_tower_fire_later(storeys, tower, together, units):
    fire = {
        "kind": "high_rise", "floor": max(1, storeys - 3), "tower": tower | {"storeys": storeys},
        "tactics": {"crews_together": together, "searches_above": 1},
    }  # fmt: skip
    extra = (unit("m", 2, ["medical"]), unit("x", 4, ["smoke_ventilation"]))
    # the fire is brought up to date every 30 s: out is known to that
    assert max(later_s(fire, units=units, extra=extra), default=0.0) <= STEP_S


def test_in_a_house_the_fourth_rider_makes_a_pair_and_the_third_and_fifth_do_not():
    done = {n: key_times(run(n, HOUSE))[-1] for n in (2, 3, 4, 5)}

    # one looks round the house, one engages the pump: with four the other two lay the line at once, with two or three
    # it is for the second crew, a minute later
    assert done[2] == done[3] == pytest.approx(done[4] + 60.0)
    assert done[4] == done[5]


def test_two_in_two_out_keeps_two_riders_waiting_for_the_next_two():
    def begins(people):
        trace = run(people, HOUSE, apart_s=600.0)
        return {e.task: e.t_s for e in trace.of(TaskStarted)}["attack"]

    # size-up 90 s, then the line by two in 366/2 s, then the second crew at 660 s; four lay the line at once
    assert begins(2) == pytest.approx(660.0)
    assert begins(4) == pytest.approx(60.0 + 183.0)


@pytest.mark.parametrize(("people", "units", "told"), [(1, 3, True), (2, 1, True), (2, 2, False)])
def test_a_plan_that_never_has_two_in_and_two_out_is_told_so(people, units, told):
    warned = [one.values["who"] for one in lint(world(people, HOUSE, units=units)) if one.code == "too_few_people"]

    assert warned == (["fire/attack"] if told else [])


LIMITS = {
    "storeys": (1, 4), "floor_m2": (0.001, 1000), "people": (0, 100_000), "search_m2_min": (0.01, 1000),
    "line_person_s": (0.01, 36_000), "line_crew": (2, 6), "priority": (1, 5),
}  # fmt: skip


@pytest.mark.parametrize(("field", "value"), [(f, v) for f, limits in LIMITS.items() for v in limits])
def test_at_its_limits_every_number_of_a_house_runs(field, value):
    run(4, HOUSE | {field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [("storeys", 0), ("storeys", 5), ("floor_m2", 0), ("floor_m2", 1001), ("people", -1), ("search_m2_min", 0),
     ("search_m2_min", 1001), ("line_person_s", 0), ("line_person_s", 36_001), ("line_crew", 1), ("line_crew", 7),
     ("growth", "sudden"), ("storeys", "two")],
)  # fmt: skip
def test_beyond_them_it_is_refused_with_line_and_column(tmp_path, field, value):
    path = tmp_path / "house.yaml"
    path.write_text(
        "drillsim: 1\nid: w\ntitle: W\nstartex: 2026-03-02 14:00\nends_at_s: 5 h\nroads: {synth: 200, seed: 1}\n"
        f"incidents:\n  - kind: house_fire\n    id: fire\n    node: p1\n    starts_at_s: 0\n    {field}: {value}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    assert f"house.yaml:12:{len(field) + 7}" in str(refused.value)


def test_an_alarm_calls_for_a_thousand_units_and_no_more(tmp_path):
    run(4, HOUSE | {"needs": {"fire_attack": 1000}})
    path = tmp_path / "house.yaml"
    path.write_text(
        "drillsim: 1\nid: w\ntitle: W\nstartex: 2026-03-02 14:00\nends_at_s: 5 h\nroads: {synth: 200, seed: 1}\n"
        "incidents:\n  - kind: house_fire\n    id: fire\n    node: p1\n    starts_at_s: 0\n    needs: {rescue: 1001}\n",
        encoding="utf-8",
    )
    with pytest.raises(ScenarioError) as refused:
        load_scenario(path)
    # behind four blanks, "needs: " and "{rescue: ", which are 7 and 9 characters
    assert "house.yaml:12:21: incidents.0.needs.rescue: must be 1000 or less (got 1001)" in str(refused.value)
