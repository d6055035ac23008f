"""Every value that the chemical kind allows runs and keeps the invariants, or is refused where it stands."""

import json
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.base.errors import ScenarioError
from drillsim.checks import violations
from drillsim.engine import simulate
from drillsim.hazards.release.cloud_spec import CloudSpec, DrainageFlow
from drillsim.hazards.release.leak import Leak
from drillsim.hazards.release.leak_tasks import LeakResponse
from drillsim.hazards.release.toxic_casualties import Settlement
from drillsim.incidents.chemical import Chemical
from drillsim.physics.gas.substances import SUBSTANCES, TOXIC
from drillsim.scenario.files import read_scenario
from drillsim.trace.events import HazardMeasured, PeopleChanged, ZonesChanged
from tests.incidents.test_chemical import cross_roads

MODELS = {
    "leak": Leak, "cloud": CloudSpec, "drainage": DrainageFlow, "settlement": Settlement, "chemical": Chemical,
    "response": LeakResponse,
}  # fmt: skip
LIMITS = ("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")


def ranges():
    """Return every number of the kind that has limits: model, field, its limits by name."""
    found = []
    for model, cls in MODELS.items():
        for field, schema in cls.model_json_schema()["properties"].items():
            options = [schema, *schema.get("anyOf", ())]
            limits = next(({k: o[k] for k in LIMITS if k in o} for o in options if set(LIMITS) & set(o)), None)
            if limits and any(o.get("type") in {"number", "integer"} for o in options):
                found.append((model, field, limits))
    return found


RANGES = ranges()


def text(wind=3.0, temperature_c=15.0, elevation_m=0.0, ends="15 min", **changes):
    """Return a scenario with some fields of the chemical kind changed: model of the field, field, value."""
    nodes, edges = cross_roads()
    parts = {
        "leak": {"substance": "chlorine", "stored_kg": 5000, "hole_mm": 20},
        "drainage": {"from_deg": 90},
        "settlement": {"id": "v", "node": "e1", "people": 100, "outdoors": 0.5},
        "cloud": {}, "chemical": {"node": "o", "starts_at_s": 0, "needs": {"hazmat": 1}},
    }  # fmt: skip
    for model, values in changes.items():
        parts[model] = {**parts.get(model, {}), **values}
    cloud = {**parts["cloud"], "leak": parts["leak"], "settlements": [parts["settlement"]]}
    if "response" in changes:
        cloud["response"] = changes["response"]
    if "drainage" in changes:
        cloud["drainage"] = parts["drainage"]
    capabilities = [
        "reconnaissance",
        "hazmat",
        "fire_attack",
        "water_supply",
        "decontamination",
        "evacuation",
        "medical",
    ]
    unit = {"id": "u", "crew": 20, "capabilities": capabilities, "protection": "air"}
    where = {"a": "w4", "b": "e3", "c": "n1"}
    stations = [{"id": s, "node": node, "units": [{**unit, "id": f"u{s}"}]} for s, node in where.items()]
    data = {
        "drillsim": 1, "id": "park", "title": "Park", "startex": "2026-05-12 10:00", "ends_at_s": ends,
        "roads": {"nodes": [{**n, "elevation_m": elevation_m} for n in nodes], "edges": edges},
        "weather": {"wind_ms": wind, "wind_from_deg": 270, "temperature_c": temperature_c},
        "incidents": [{"kind": "chemical", "id": "gas", **parts["chemical"], "cloud": cloud}],
        "plans": [{"id": "p", "stations": stations}],
    }  # fmt: skip
    return json.dumps(data, indent=1)


def runs(scenario_text):
    """Run a scenario; return its trace, or None if it was refused where the value stands."""
    try:
        world = read_scenario(scenario_text, name="park.yaml")
    except ScenarioError as error:
        said = error.text("en")
    else:
        trace = simulate(world, world.plan(), seed=1)
        assert violations(trace) == ()
        assert {sum(e.counts) for e in trace.of(PeopleChanged)} <= {sum(trace.of(PeopleChanged)[0].counts)}
        return trace
    assert re.search(r"park\.yaml:\d+:\d+", said), said
    return None


@pytest.mark.parametrize(("model", "field", "limits"), RANGES, ids=lambda x: x if isinstance(x, str) else "")
def test_a_field_at_and_within_its_limits_runs_and_outside_is_refused_with_its_line(model, field, limits):
    low, high = limits.get("minimum"), limits.get("maximum")
    allowed = [value for value in (low, high) if value is not None]
    outside = [limits[k] for k in ("exclusiveMinimum", "exclusiveMaximum") if k in limits]
    outside += [low - 1] if low is not None else []
    outside += [high * 2 + 1] if high is not None else []

    for value in allowed:
        assert runs(text(**{model: {field: value}})) is not None
    for value in outside:
        assert runs(text(**{model: {field: value}})) is None


def test_the_longest_entry_and_the_most_lanes_run_together():
    day = 86_400
    response = {"dressing_s": day, "walk_s": day, "work_s": day, "rest_s": day, "decon_s": day}
    lanes = {"decon_lanes": 100, "decon_crew": 1000}

    # four of an entry, two at a time: two days through one lane, after a day of rest
    assert LeakResponse(**response).spell.rest_s == 3 * day
    # 1000 people at each of 100 lanes are as many as a task may have
    assert LeakResponse(**lanes).for_injured(1, 5)[0].useful_crew == 100_000
    assert runs(text(response=response | lanes)) is not None


@given(
    substance=st.sampled_from(sorted(TOXIC)), hole=st.floats(0.1, 1000.0), stored=st.floats(1.0, 1e6),
    stored_c=st.one_of(st.none(), st.floats(-200.0, 200.0)), phase=st.sampled_from(["liquid", "gas"]),
    wind=st.floats(0.5, 40.0), air_c=st.floats(-30.0, 45.0), elevation_m=st.floats(0.0, 5000.0),
    head_m=st.floats(0.0, 50.0), stability=st.sampled_from([None, *"ABCDEF"]),
)  # fmt: skip
@settings(max_examples=6, deadline=None)
def test_any_leak_that_may_be_written_runs_and_nobody_stands_in_its_cloud(
    substance, hole, stored, stored_c, phase, wind, air_c, elevation_m, head_m, stability
):
    leak = {"substance": substance, "hole_mm": hole, "stored_kg": stored, "stored_c": stored_c, "phase": phase,
            "head_m": head_m}  # fmt: skip
    cloud = {"stability": stability} if stability else {}
    trace = runs(text(wind, air_c, elevation_m, "45 min", leak=leak, cloud=cloud))

    colder = stored_c is not None and stored_c + 273.15 < SUBSTANCES[substance].boiling_k
    assert (trace is None) == (phase == "gas" and colder)


def zone(hole_mm, substance="chlorine", wind=3.0, stored_kg=20_000):
    leak = {"substance": substance, "hole_mm": hole_mm, "stored_kg": stored_kg}
    trace = runs(text(wind, ends="1 h", leak=leak, cloud={"isolation_m": 0}))
    worst = {}
    for e in trace.of(ZonesChanged):
        for place, grade in zip(e.places, e.place_grades, strict=True):
            worst[place] = max(grade, worst.get(place, 0))
    reach = max(dict(zip(e.names, e.values, strict=True))["hot_reach_m"] for e in trace.of(HazardMeasured))
    return {p for p, grade in worst.items() if grade}, {p for p, grade in worst.items() if grade > 1}, reach


@pytest.mark.parametrize("substance", ["chlorine", "sulfur_dioxide"])
def test_a_bigger_hole_never_makes_a_smaller_zone(substance):
    """The reach is looked at on a grid of 4 % and from time to time; places of the roads are 500 m apart."""
    found = [zone(hole_mm, substance) for hole_mm in (1, 5, 20, 60, 100, 300, 1000)]

    for (warm, hot, reach), (wider_warm, wider_hot, farther) in pairwise(found):
        assert warm <= wider_warm
        assert hot <= wider_hot
        assert farther >= 0.92 * reach
    assert found[-1][2] > 1.5 * found[1][2]


def test_the_hot_zone_of_a_gas_leak_is_as_long_as_by_hand():
    """Ammonia as gas, choked through 34.35 mm at 601 kPa, is 0.845 kg/s, less 25/601 over the first of ten parts: 0.81.

    IDLH, 300 ppm, is 2.16e-4 kg/m³. Q/(pi u sy sz) exp(-1.5²/2 sz²) at 3 m/s with Briggs' class D, that is
    sy = 0.08 x/√(1 + 1e-4 x) and sz = 0.06 x/√(1 + 1.5e-3 x), comes to it at 319 m; the grid has steps of 4 %.
    """
    leak = {"substance": "ammonia", "phase": "gas", "hole_mm": 34.35, "stored_kg": 20_000, "overpressure_kpa": 500}
    trace = runs(text(3.0, ends="1 h", leak=leak, cloud={"stability": "D"}))
    measured = [dict(zip(e.names, e.values, strict=True)) for e in trace.of(HazardMeasured)]

    rate, reach = measured[1]["airborne_kg_s"], max(m["hot_reach_m"] for m in measured)
    assert rate == pytest.approx(0.810, rel=0.005)
    assert reach == pytest.approx(319, rel=0.045)
