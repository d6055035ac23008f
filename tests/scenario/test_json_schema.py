"""JSON Schema of the files: what an editor is told."""

import pytest

from drillsim.scenario.bundled_scenarios import shipped_scenarios
from drillsim.scenario.json_schema import plan_schema, scenario_schema
from drillsim.scenario.model_paths import model_at
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.plugins import FOLDERS, kinds
from drillsim.scenario.scenario import Scenario
from drillsim.scenario.yaml.reader import parse_yaml, read_yaml
from tests.scenario.test_files import NIGHT, TOWN

SCHEMAS = {"scenario": scenario_schema, "plan": plan_schema}


def validator(schema):
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def objects(part):
    """Every schema of a mapping with named fields."""
    if isinstance(part, dict):
        if part.get("type") == "object" and isinstance(part.get("properties"), dict):
            yield part
        for value in part.values():
            yield from objects(value)
    elif isinstance(part, list):
        for item in part:
            yield from objects(item)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_field_is_described(name):
    fields = [(o.get("title"), n, f) for o in objects(SCHEMAS[name]()) for n, f in o["properties"].items()]

    assert len(fields) > 80
    assert [(title, n) for title, n, field in fields if not field.get("description")] == []


def test_every_kind_of_plug_in_is_offered():
    offered = {o["properties"]["kind"].get("const") for o in objects(scenario_schema()) if "kind" in o["properties"]}

    assert {kind for folder in FOLDERS for kind in kinds(folder)} <= offered


def test_names_stand_in_both_languages_and_units_are_said():
    ends = scenario_schema()["properties"]["ends_at_s"]

    assert ends["title"] == "ENDEX · 演练结束时间"
    assert ends["description"].endswith("[s]")
    assert {"type": "number", "minimum": 0, "exclusiveMinimum": 0, "maximum": 316224000.0} in ends["anyOf"]


def test_a_good_scenario_and_a_good_plan_are_valid():
    validator(scenario_schema()).validate(parse_yaml(TOWN).data)
    validator(plan_schema()).validate(parse_yaml(NIGHT).data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("crew: 6", "crow: 6"),
        ("crew: 6", "crew: many"),
        ("id: town", "id: Town"),
        ("starts_at_s: 5 min", "starts_at_s: -5"),
        ("drillsim: 1", "drillsim: 2"),
        ("lat: 36.0, ", ""),
    ],
)
def test_a_slip_is_not_valid(old, new):
    assert list(validator(scenario_schema()).iter_errors(parse_yaml(TOWN.replace(old, new, 1)).data))


@pytest.mark.parametrize("path", shipped_scenarios(), ids=lambda path: path.stem)
def test_every_shipped_scenario_is_valid(path):
    validator(scenario_schema()).validate(read_yaml(path).data)


def test_the_schema_asks_for_what_the_model_asks_for():
    for schema, model in ((scenario_schema(), Scenario), (plan_schema(), PlanSpec)):
        assert set(schema["required"]) == {n for n, f in model.model_fields.items() if f.is_required()}
        assert set(schema["properties"]) == set(model.model_fields)


@pytest.mark.parametrize(
    ("loc", "expected"),
    [
        ((), "Scenario"),
        (("plans", 0), "PlanSpec"),
        (("plans", 0, "stations", 0, "units", 0), "UnitSpec"),
        (("incidents", 0), "Listed"),
        (("incidents", 0, "tasks", 0, "work"), "Duration"),
        (("title",), "Text"),
        (("plans", 0, "forces", "micro_station"), "Force"),
        (("plans", 0, "dispatch"), "RunCard"),
        (("hazards", 0), None),
        (("nothing", "here"), None),
        (("incidents", 9), "Listed"),
    ],
)
def test_the_model_at_a_place_follows_from_the_kinds_written(loc, expected):
    data = parse_yaml(TOWN).data
    data["hazards"] = [{"kind": "no-such-hazard"}]
    data["plans"][0] |= {"dispatch": {"kind": "run_card"}, "forces": {"micro_station": {}}}

    model = model_at(Scenario, data, loc)

    assert (model.__name__ if model else None) == expected
