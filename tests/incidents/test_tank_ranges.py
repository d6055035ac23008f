"""Every field of burning tanks at, inside and outside its range: it runs and keeps the invariants, or is refused where
it stands."""

import json
import math
import re

import annotated_types
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from drillsim.base.errors import ScenarioError
from drillsim.checks import violations
from drillsim.engine import simulate
from drillsim.hazards import Intervention
from drillsim.hazards.release.farm_spec import FarmSpec, FirstBlast
from drillsim.hazards.release.tanks import STATUSES, Tank
from drillsim.hazards.tank_farm import TankFarm
from drillsim.incidents.chemical import Chemical
from drillsim.physics.fire.tank_fuels import TANK_CONTENTS, TANK_FUELS
from drillsim.scenario.files import read_scenario
from tests.hazards.test_leaks_and_stores import world

TEXT = """
drillsim: 1
id: park
title: Park
startex: 2026-05-01 12:00
ends_at_s: 12 h
roads:
  nodes: [{id: o, lat: 36.0, lon: 100.0, elevation_m: 0}, {id: v, lat: 36.01, lon: 100.0, elevation_m: 0}]
  edges: [{from: o, to: v, length_km: 2, free_flow_kmh: 50}]
incidents:
  - kind: chemical
    id: farm
    node: o
    starts_at_s: 0
    needs: {fire_attack: 1}
    CHEMICAL
    fire: FIRE
plans:
  - id: p
    title: P
    stations:
      - id: s
        title: S
        node: v
        units:
          - id: u
            title: U
            capabilities: [reconnaissance, fire_attack, water_supply, foam]
            crew: 200
            carries: {foam_l: 60000}
    dispatch: {kind: nearest}
"""
MODELS = {"tank": Tank, "fire": FarmSpec, "blast": FirstBlast, "chemical": Chemical}
OF_TANKS = {"failure_cv"}
"""Fields of the kind that belong to its tanks."""


def ranges():
    """Yield each number of the models with its ends, and whether each end belongs to it."""
    for model, cls in MODELS.items():
        for name, field in cls.model_fields.items():
            low, high = -math.inf, math.inf
            open_low = False
            for bound in field.metadata:
                if isinstance(bound, annotated_types.Ge) and bound.ge > low:
                    low, open_low = bound.ge, False
                elif isinstance(bound, annotated_types.Gt) and bound.gt >= low:
                    low, open_low = bound.gt, True
                elif isinstance(bound, annotated_types.Le):
                    high = min(high, bound.le)
            if math.isfinite(low) and (model != "chemical" or name in OF_TANKS):
                yield model, name, low, high, open_low, field.annotation is int


RANGES = {(model, name): (low, high, open_low, whole) for model, name, low, high, open_low, whole in ranges()}


def fire(model=None, name=None, value=None):
    t = {"id": "t", "east_m": 0, "north_m": 60, "diameter_m": 30, "height_m": 16, "substance": "gasoline",
         "content_m3": 900}  # fmt: skip
    n = {**t, "id": "n", "east_m": 42}
    farm = {"tanks": [t, n], "burning": ["t"]}
    if model == "tank":
        t[name] = value
        t["content_m3"] = value if name == "content_m3" else min(900, 0.7 * t["diameter_m"] ** 2 * t["height_m"])
        if name == "content_m3" and value > 900:  # a tank that holds it
            t.update(diameter_m=120, height_m=60)
    elif model == "blast":
        farm["first_blast"] = {"tnt_kg": 10, name: value}
    elif model == "fire":
        farm[name] = value
    return farm


def text(model, name, value):
    chemical = f"{name}: {value}" if model == "chemical" else "safe_line_m: 3000"
    return TEXT.replace("CHEMICAL", chemical).replace("FIRE", json.dumps(fire(model, name, value)))


def ends(low, high, open_low, whole):
    inside = [low + (1 if whole else 1e-3 * max(1.0, min(high - low, 1.0)))] if open_low else [low]
    return [*inside, high, (low + high) // 2 if whole else 0.5 * (low + high)]


def test_the_table_of_ranges_has_every_number():
    assert len(RANGES) == 19
    assert RANGES["fire", "hot_c"] == (0, 1500, False, False)
    assert RANGES["tank", "content_m3"] == (0, 300_000, True, False)


INSIDE = [(key, value) for key, ranged in RANGES.items() for value in ends(*ranged)]
FAR = [(key, value) for key, value in INSIDE if key in {("tank", "east_m"), ("tank", "north_m")} and value != 0]
"""A tank may stand 5 km from the place of its farm, but not where no road is within 3 km."""


def named(part):
    return "-".join(part) if isinstance(part, tuple) else f"{part:g}"


@pytest.mark.parametrize(("key", "value"), [one for one in INSIDE if one not in FAR], ids=named)
def test_a_value_in_its_range_runs(key, value):
    read = read_scenario(text(*key, value), name="park.yaml")
    trace = simulate(read, read.plan(), seed=1)

    assert violations(trace) == ()
    assert trace.events


@pytest.mark.parametrize(("key", "value"), FAR, ids=named)
def test_a_tank_in_its_range_but_far_from_roads_is_refused_where_it_stands(key, value):
    with pytest.raises(ScenarioError, match=r"park\.yaml:\d+:\d+: .* from the nearest place"):
        read_scenario(text(*key, value), name="park.yaml")


OUTSIDE = [
    (key, value)
    for key, (low, high, open_low, whole) in RANGES.items()
    for value in (low if open_low else low - 1, high + 1)
]


@pytest.mark.parametrize(("key", "value"), OUTSIDE, ids=named)
def test_a_value_outside_its_range_is_refused_where_it_stands(key, value):
    with pytest.raises(ScenarioError) as refused:
        read_scenario(text(*key, value), name="park.yaml")

    assert re.search(rf"park\.yaml:\d+:\d+: .*{key[1]}", refused.value.text("en"))


@pytest.mark.parametrize("substance", sorted(TANK_CONTENTS))
@pytest.mark.parametrize("vessel", ["atmospheric", "pressurised"])
def test_every_content_runs_or_is_refused(substance, vessel):
    farm = fire("tank", "substance", substance)
    farm["tanks"][0]["vessel"] = vessel
    source = TEXT.replace("CHEMICAL", "safe_line_m: 3000").replace("FIRE", json.dumps(farm))
    if substance in TANK_FUELS:
        read = read_scenario(source, name="park.yaml")
        assert violations(simulate(read, read.plan(), seed=1)) == ()
    else:
        with pytest.raises(ScenarioError, match=r"park\.yaml:\d+:\d+: .*(does not burn|is not known)"):
            read_scenario(source, name="park.yaml")


# --- all at once ----------------------------------------------------------------------------------------------------


def drawn(model):
    def number(low, high, open_low, whole):
        return st.integers(low, min(high, 10**6)) if whole else st.floats(low, high, exclude_min=open_low)

    return st.fixed_dictionaries({name: number(*ranged) for (of, name), ranged in RANGES.items() if of == model})


TANKS = st.lists(
    st.tuples(
        drawn("tank"), st.sampled_from(sorted(TANK_FUELS)), st.sampled_from(["atmospheric", "pressurised"]),
        st.sampled_from(["fixed", "internal_floating"]), st.floats(0.01, 0.99),
    ),
    min_size=1, max_size=3,
)  # fmt: skip
ACTS = st.lists(
    st.tuples(st.floats(1.0, 20_000.0), st.integers(0, 20), st.integers(0, 9), st.floats(0.0, 80.0)), max_size=12
)


@settings(deadline=None, max_examples=25)
@given(TANKS, drawn("fire"), st.none() | drawn("blast"), ACTS)
def test_any_farm_keeps_its_invariants_whatever_is_done(tanks, values, blast, acts):
    specs = []
    for i, (numbers, substance, vessel, roof, full) in enumerate(tanks):
        volume = 0.25 * math.pi * numbers["diameter_m"] ** 2 * numbers["height_m"]
        specs.append({**numbers, "id": f"t{i}", "content_m3": min(300_000.0, full * volume), "substance": substance,
                      "vessel": vessel, "roof": roof})  # fmt: skip
    try:
        hazard = TankFarm(id="f", node="a", tanks=specs, burning=["t0"], first_blast=blast, **values)
    except ValidationError:
        assume(False)
        return
    state = hazard.begin(0.0, world(wind_ms=3))
    for pause_s, pick, people, wind_ms in acts:
        until_s = state.t_s + pause_s
        for _ in range(500):
            if (due_s := hazard.next_change_s(state)) > until_s:
                break
            state = checked(hazard, state, hazard.advance(state, due_s), due_s)
        called = [t for t in hazard.tasks(state, "i") if t.intervention is not None]
        if called:
            task = called[pick % len(called)]
            does = Intervention(task.intervention, "crew", "i", task.id, people)
            state = checked(hazard, state, hazard.intervene(state, until_s, does), until_s)
        weather = world(wind_ms=wind_ms).weather
        state = checked(hazard, state, hazard.weather_changed(state, state.t_s, weather), state.t_s)


def checked(hazard, before, after, t_s):
    assert after.t_s == pytest.approx(t_s, abs=1e-6) or after == before
    assert hazard.next_change_s(after) >= after.t_s - 1e-6
    for old, new, spec in zip(before.tanks, after.tanks, hazard.tanks, strict=True):
        assert new.status in STATUSES
        assert 0.0 <= new.content_m3 <= old.content_m3 <= spec.content_m3
        assert 0.0 <= new.damage <= 1.0
        assert 0.0 <= new.blanket <= 1.0
        assert old.failed <= new.failed <= new.attacks
        assert not (new.foam_on and not new.on_fire)
    measures = hazard.measures(after, after.t_s)
    assert all(math.isfinite(value) for value in measures.values())
    ids = [task.id for task in hazard.tasks(after, "i")]
    assert len(ids) == len(set(ids))
    return after


def test_names_of_tanks_that_look_like_names_of_tasks_do_not_clash():
    names = ["foam", "dike", "foam2-t", "t", "t-2"]
    specs = [{**fire()["tanks"][0], "id": name, "east_m": 60.0 * i} for i, name in enumerate(names)]
    hazard = TankFarm(id="f", node="a", tanks=specs, burning=names, foam_at_once=5, foam_luck=[[1.5]] * 5)
    state = hazard.begin(0.0, world(wind_ms=0))
    for task in [t.id for t in hazard.tasks(state, "i") if t.intervention == "foam_on"]:
        state = hazard.intervene(state, 0.0, Intervention("foam_on", "start", "i", task, 6))
    state = hazard.advance(state, hazard.next_change_s(state))
    ids = [t.id for t in hazard.tasks(state, "i")]

    assert [t.failed for t in state.tanks] == [1] * 5
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("name", ["luck", "blast_luck", "foam_luck", "blanket_luck"])
@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_luck_is_given_for_each_tank_or_not_at_all(name, count):
    of_one = [0.5] if name in {"foam_luck", "blanket_luck"} else 0.5
    given = {"id": "f", "node": "a", **fire(), name: [of_one] * count}
    if count in {0, 2}:
        hazard = TankFarm(**given)
        assert hazard.next_change_s(hazard.begin(0.0, world())) > 0
    else:
        with pytest.raises(ValidationError, match=f"luck of {count} for 2 tanks"):
            TankFarm(**given)


@pytest.mark.parametrize("value", [0.0, 9e-4, 1001.0, math.inf, math.nan])
def test_luck_beyond_all_measure_is_refused(value):
    with pytest.raises(ValidationError):
        TankFarm(id="f", node="a", **fire(), foam_luck=[[value], [1.0]])
