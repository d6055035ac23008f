"""Every number that a fire's fields allow runs and keeps the invariants, or is refused where it stands; none other is read.

The ranges come from the schema of each kind, so that a new field is tested as soon as it is there.
"""

import io
import math
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from drillsim.base.errors import ScenarioError
from drillsim.checks import violations
from drillsim.engine import simulate
from drillsim.incidents.energy_storage import EnergyStorage
from drillsim.incidents.high_rise import HighRise
from drillsim.incidents.temple_fire import TempleFire
from drillsim.scenario.files import read_scenario

ENGINE = ["fire_attack", "rescue", "water_supply", "fire_lift", "hazmat"]
OTHER = ["smoke_ventilation", "rescue", "ladder", "logistics", "high_pressure_pump", "medical"]
WORLD = {
    "drillsim": 1, "id": "w", "title": "W", "startex": "2026-03-02 10:00", "ends_at_s": "2 h",
    "roads": {
        "nodes": [
            {"id": "a", "lat": 36, "lon": 100, "elevation_m": 2200},
            {"id": "b", "lat": 36, "lon": 100.04, "elevation_m": 2261},
        ],
        "edges": [{"from": "a", "to": "b", "length_km": 4, "free_flow_kmh": 75}],
    },
    "plans": [{"id": "p", "stations": [{"id": "s", "node": "a", "units": [
        {"id": "e", "crew": 6, "count": 3, "capabilities": ENGINE, "carries": {"air_set": 24}},
        {"id": "x", "crew": 4, "count": 2, "capabilities": OTHER, "carries": {"air_set": 24}},
    ]}]}],
}  # fmt: skip
FIRES = {
    HighRise: {"kind": "high_rise", "floor": 3, "tower": {"storeys": 6, "people": 40}},
    TempleFire: {"kind": "temple_fire", "floor_m2": 400, "height_m": 10, "source_m": 2000},
    EnergyStorage: {"kind": "energy_storage"},
}
SLOW = {"people": 2000}
"""Fewer than a building may hold, where a value is drawn: whole crowds take seconds. Its most is tested once."""
ONE_OF = {"mean_s", "median_s", "p90_s", "cv"}


def numbers(kind):
    """Yield the path, type and bounds of every number that a kind of incident is written with."""
    schema = kind.model_json_schema()

    def walk(model, path):
        for name, found in model["properties"].items():
            for one in found.get("anyOf", [found]):
                if "$ref" in one:
                    yield from walk(schema["$defs"][one["$ref"].rpartition("/")[2]], (*path, name))
                elif one.get("type") == "array":
                    yield from walk(schema["$defs"][one["items"]["$ref"].rpartition("/")[2]], (*path, name, 0))
                elif one.get("type") in {"number", "integer"}:
                    yield (*path, name), one["type"], *bounds(one)

    yield from walk({"properties": {k: v for k, v in schema["properties"].items() if k != "title"}}, ())


def bounds(one):
    """Return the least and the most that is allowed; the bound itself of an open range is not."""
    above = one.get("exclusiveMinimum", one.get("gt"))
    least = one.get("minimum", one.get("ge"))
    return (least if above is None else math.nextafter(above, math.inf)), one.get("maximum", one.get("le"))


FIELDS = {(kind, path): rest for kind in FIRES for path, *rest in numbers(kind)}
EVERY = pytest.mark.parametrize(
    ("kind", "path"), list(FIELDS), ids=[".".join(map(str, (kind.__name__, *path))) for kind, path in FIELDS]
)


def text(kind, *settings):
    """Return a scenario file in which some fields of an incident have been set."""
    incident = {"id": "x", "node": "b", "starts_at_s": 0, **deepcopy(FIRES[kind])}
    for path, value in settings:
        *way, name = path
        place = incident
        for step in way:
            place = place.setdefault(step, {"width_m": 1.0, "height_m": 1.0} if step == 0 else {})
        if name in ONE_OF:
            place.clear()
            place.update({"mean_s": 60.0} if name == "cv" else {})
        place[name] = value
    if "openings" in incident.get("tower", {}):
        incident["tower"]["openings"] = [incident["tower"]["openings"][0]]
    out = io.StringIO()
    YAML().dump(WORLD | {"incidents": [incident]}, out)
    return out.getvalue()


def runs_or_is_refused(written):
    """Return whether a scenario runs and keeps the invariants; else it was refused with line and column."""
    scenario, faults = read(written)
    if scenario is None:
        assert faults
        assert "other_check" not in {fault.code for fault in faults}
        assert all(part.isdigit() for fault in faults for part in fault.where.split(":")[1:3])
        return False
    assert violations(simulate(scenario, scenario.plan(), seed=1)) == ()
    return True


def read(written):
    """Return a scenario and no faults, or none and its faults."""
    try:
        return read_scenario(written), ()
    except ScenarioError as error:
        return None, error.problems


@EVERY
def test_the_ends_of_a_range_run_or_are_refused_where_they_stand(kind, path):
    _, least, most = FIELDS[kind, path]

    assert [runs_or_is_refused(text(kind, (path, end))) for end in (least, most)] != [False, False]


@EVERY
def test_a_number_beyond_its_range_is_refused_at_its_line_and_column(kind, path):
    _, least, most = FIELDS[kind, path]
    for beyond in (least - max(1, abs(least)), most + max(1, most)):
        written = text(kind, (path, beyond))
        with pytest.raises(ScenarioError) as caught:
            read_scenario(written)
        problem = caught.value.problems[0]
        _, line, column = problem.where.split(":")
        there = written.splitlines()[int(line) - 1]
        assert problem.path.endswith(str(path[-1]))
        assert str(path[-1]) in there[: int(column)]
        assert float(there[int(column) - 1 :]) == beyond


def drawn(kind, path):
    kind_of, least, most = FIELDS[kind, path]
    most = min(most, SLOW.get(path[-1], most))
    if kind_of == "integer":
        return st.tuples(st.just(path), st.integers(least, most))
    return st.tuples(st.just(path), st.floats(least, most))


def some(kind):
    paths = [path for of, path in FIELDS if of is kind and path[-1] not in ONE_OF]
    return st.lists(st.sampled_from(paths).flatmap(lambda path: drawn(kind, path)), max_size=4).map(
        lambda chosen: text(kind, *chosen)
    )


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(list(FIRES)).flatmap(some))
def test_numbers_within_their_ranges_run_together_or_are_refused(written):
    runs_or_is_refused(written)
