"""What every plug-in must keep, tried on each that is found, before its author writes a test of their own."""

import math
import pickle
from datetime import datetime

import pytest

from drillsim.dispatch import Call, Candidate, DispatchPolicy, Need
from drillsim.hazards import Hazard, Intervention
from drillsim.incidents import Incident, Task
from drillsim.roads import network_from_tables
from drillsim.scenario.plugins import kinds
from drillsim.world.network_arrays import network_arrays
from drillsim.world.random_streams import RandomStreams
from drillsim.world.weather import Weather
from drillsim.world.world import World

TASK = Task(id="work", capabilities=["fire_attack"], work="10 min", intervention="water_on")
TASKS = [{"id": "work", "capabilities": ["fire_attack"], "work": "10 min"}]
EXAMPLES = {
    "snowfall": {"id": "x", "falls_s": "2 h", "lies_s": "1 h", "above_m": 3000},
    "fire_growth": {"id": "x"},
    "collapsed_site": {
        "id": "x",
        "trapped": [{"dies_at_s": 9000, "work_s": 7200, "light": True}, {"dies_at_s": 99000, "work_s": 90000}],
        "neighbours": 4,
        "halts": [[4000, 6000]],
    },
    "broken_roads": {
        "id": "x",
        "blocked": [{"section": "a--b:", "from_s": "1 h"}, {"section": "a--b:", "from_s": "2 h", "cause": "bridge"}],
        "villages": {"b": 100},
    },
    "earthquake_toll": {
        "id": "x",
        "unhurt": 90,
        "killed": 10,
        "aftershocks": [{"t_s": "2 h", "magnitude": 5.1, "halts_s": "45 min"}],
        "lines_down_until_s": {"a": "3 h"},
    },
    "road_closures": {"id": "x", "sections": ["a--b:"], "lasts_s": "1 h"},
    "high_rise_fire": {
        "id": "x",
        "floor": 6,
        "growth": "ultra_fast",
        "tower": {"storeys": 6, "people": 40, "room_m2": 5, "use": "hospital"},
    },
    "high_rise": {
        "id": "x",
        "node": "a",
        "floor": 3,
        "starts_at_s": 60,
        "tower": {"storeys": 6, "people": 40},
        "alarm": {"mean_s": 60, "cv": 1},
    },
    "listed": {"id": "x", "node": "a", "type": "fire", "starts_at_s": 0, "tasks": TASKS},
    "demand": {
        "id": "x",
        "calls_per_hour": 2,
        "until_s": "10 h",
        "places": {"a": 1, "b": 3},
        "calls": [{"type": "fire", "tasks": TASKS}, {"type": "crash", "weight": 2, "tasks": TASKS}],
    },
    "toxic_cloud": {
        "id": "x",
        "node": "a",
        "leak": {"substance": "chlorine", "stored_kg": 50, "hole_mm": 10},
        "settlements": [{"id": "works", "node": "a", "people": 100}],
        "step_s": 900,
    },
    "flammable_gas": {
        "id": "x",
        "node": "a",
        "leak": {"substance": "propane", "stored_kg": 5000, "hole_mm": 20},
        "ignites_after_s": 600,
        "settlements": [{"id": "works", "node": "a", "people": 100}],
    },
    "tank_farm": {
        "id": "x",
        "node": "a",
        "tanks": [
            {"id": f"t{n}", "east_m": 45 * n, "north_m": 0, "diameter_m": 30, "substance": "xylene", "content_m3": 900}
            for n in range(2)
        ],
        "burning": ["t0"],
    },
    "timber_hall": {"id": "x", "tanker_l_s": 5},
    "battery_station": {"id": "x", "node": "a"},
    "chemical": {
        "id": "x",
        "node": "a",
        "starts_at_s": 0,
        "cloud": {"leak": {"substance": "ammonia", "stored_kg": 50, "hole_mm": 10}},
        "fire": {
            "tanks": [
                {"id": "t", "east_m": 50, "north_m": 0, "diameter_m": 20, "substance": "gasoline", "content_m3": 500}
            ],
            "burning": ["t"],
        },
    },
    "temple_fire": {"id": "x", "node": "a", "starts_at_s": 0, "floor_m2": 400, "height_m": 10, "source_m": 2000},
    "energy_storage": {"id": "x", "node": "a", "starts_at_s": 0},
    "earthquake": {
        "id": "x",
        "magnitude": 7.0,
        "lat": 36.0,
        "lon": 100.05,
        "settlements": [{"id": "v", "node": "b", "lat": 36.01, "lon": 100.11, "population": 3000, "stock": "rural"}],
    },
    "triage": {},
    "most_alive_first": {},
    "nearest": {},
    "priority": {"keep_free": 1},
    "own_district": {},
    "run_card": {"cards": {"fire": {"fire_attack": 2}}},
}
"""Parameters for each built-in kind; a new kind needs a line here."""

NETWORK = network_from_tables(
    [
        {"id": "a", "lat": 36, "lon": 100, "elevation_m": 2000},
        {"id": "b", "lat": 36, "lon": 100.1, "elevation_m": 4000},
    ],
    [{"from": "a", "to": "b", "length_km": 10, "free_flow_kmh": 60}],
    id="pair",
)


def world(seed: int = 7) -> World:
    return World(network_arrays(NETWORK), RandomStreams(seed), datetime(2021, 3, 29, 7), 86400.0, Weather())  # noqa: DTZ001  # local


def every(folder):
    """Return each kind of a folder with its example."""
    return [
        pytest.param(cls.model_validate({"kind": kind, **EXAMPLES[kind]}), id=kind)
        for kind, cls in kinds(folder).items()
    ]


@pytest.mark.parametrize("folder", ["hazards", "incidents", "dispatch"])
def test_every_kind_says_in_prose_what_it_is_and_what_its_fields_mean(folder):
    for kind, cls in kinds(folder).items():
        assert cls.__doc__, kind
        assert cls.model_config.get("frozen"), kind
        assert cls.model_config.get("extra") == "forbid", kind
        assert [name for name, field in cls.model_fields.items() if not field.description] == [], kind


@pytest.mark.parametrize("plugin", every("hazards") + every("incidents") + every("dispatch"))
def test_a_plugin_survives_being_written_down_and_sent_to_another_process(plugin):
    assert type(plugin).model_validate(plugin.model_dump(mode="json")) == plugin
    assert pickle.loads(pickle.dumps(plugin)) == plugin  # noqa: S301  # what we have just pickled


@pytest.mark.parametrize("hazard", every("hazards"))
def test_a_hazard_left_alone_moves_forward_in_time_and_comes_to_rest(hazard: Hazard):
    state, t_s, stages = hazard.begin(100.0, world()), 100.0, []
    for _ in range(100):
        stages.append(hazard.stage(state))
        due_s = hazard.next_change_s(state)
        if due_s == math.inf:
            break
        assert due_s > t_s
        state, t_s = hazard.advance(state, due_s), due_s
    else:
        pytest.fail("it never comes to rest")
    assert len(set(stages)) > 1


@pytest.mark.parametrize("hazard", every("hazards"))
def test_a_hazard_gives_sane_factors_in_every_stage_and_is_not_changed_by_being_asked(hazard: Hazard):
    ground, state = network_arrays(NETWORK), hazard.begin(0.0, world())
    for _ in range(10):
        before = pickle.dumps(state)
        factors = hazard.speed_factors(state, ground)
        assert set(factors) <= set(ground.section_ids)
        assert all(0 <= factor <= 1 for factor in factors.values())
        assert hazard.work_factor(state, 50.0, TASK) > 0
        assert all(count >= 0 for count in hazard.people(state).values())
        assert all(math.isfinite(value) for value in hazard.measures(state, 50.0).values())
        assert len({task.id for task in hazard.tasks(state, "x")}) == len(hazard.tasks(state, "x"))
        hazard.intervene(state, 50.0, Intervention("nothing_known", "start", "x"))
        assert pickle.dumps(state) == before
        due_s = hazard.next_change_s(state)
        if due_s == math.inf:
            break
        state = hazard.advance(state, due_s)


@pytest.mark.parametrize("hazard", every("hazards"))
def test_an_unknown_intervention_changes_nothing(hazard: Hazard):
    state = hazard.begin(0.0, world())

    assert hazard.intervene(state, 10.0, Intervention("nothing_known", "start", "x")) == state


@pytest.mark.parametrize("kind", every("incidents"))
def test_a_scenario_kind_brings_about_the_same_incidents_each_time_it_is_asked(kind):
    first, again = (kind.occur(world()) for _ in range(2))

    assert first == again
    assert all(isinstance(incident, Incident) and incident.node in NETWORK.places for incident in first.incidents)
    assert len({incident.id for incident in first.incidents}) == len(first.incidents)
    assert {incident.hazard for incident in first.incidents} <= {None, *(hazard.id for hazard in first.hazards)}


def need(capability="fire_attack", **call):
    known = {
        "incident": "i",
        "incident_type": "fire",
        "node": "a",
        "district": "west",
        "priority": 2,
        "received_at_s": 0.0,
        "needs": {capability: 1},
    }
    return Need(Call(**known | call), 0, capability, 60.0, "first_alarm")


def candidate(unit, travel_s, district="west"):
    return Candidate(
        unit=unit, station="s", district=district, force="national_team", capabilities=("fire_attack",), crew=4,
        travel_s=travel_s,
    )  # fmt: skip


@pytest.mark.parametrize("policy", every("dispatch"))
def test_a_policy_chooses_one_of_the_candidates_or_waits_and_does_so_every_time(policy: DispatchPolicy):
    candidates = (candidate("a", 900.0), candidate("b", 300.0), candidate("c", 600.0, "east"))
    chosen = [policy.choose(need(), candidates, 60.0) for _ in range(3)]

    assert chosen[0] in {None, "a", "b", "c"}
    assert len(set(chosen)) == 1
    assert sum(policy.first_alarm(need().call).values()) >= 1
    assert policy.rank(need()) == policy.rank(need())
    assert policy.ask_again_s(need()) > 60.0


def test_every_built_in_kind_has_an_example_here():
    found = {kind for folder in ("hazards", "incidents", "dispatch") for kind in kinds(folder)}

    assert found <= set(EXAMPLES), "give each new kind an example so that the contract is tried on it"
