"""JSON Schema of scenario and plan files, for editors: completion, descriptions, units, every kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from drillsim.language import has, languages, word
from drillsim.roads.network.table_columns import PLACE_COLUMNS, SECTION_COLUMNS
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.roads_field import FEWEST_SYNTH, MOST_SYNTH
from drillsim.scenario.scenario import Scenario

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_BOUNDS: Final = {
    "ge": "minimum",
    "le": "maximum",
    "gt": "exclusiveMinimum",
    "lt": "exclusiveMaximum",
}
_TIME_TEXT: Final = {"type": "string", "description": "A time with its unit: 90 s, 5 min, 1 h 30 min, 5分钟."}


def scenario_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario file."""
    schema = _finished(Scenario.model_json_schema())
    schema["properties"]["roads"] |= {
        "anyOf": [{"type": "string"}, _tables(), _city()],
    }
    return schema


def plan_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a plan in a file of its own."""
    return _finished(PlanSpec.model_json_schema())


def _finished(schema: dict[str, Any]) -> dict[str, Any]:
    for part in _parts(schema):
        _name_fields(part)
        _correct_bounds(part)
        _demand_kind(part)
    _allow_short_forms(schema["$defs"])
    return {"$schema": DIALECT, **schema}


def _parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Yield a schema and every schema nested in it."""
    if isinstance(schema, dict):
        yield schema
        for value in list(schema.values()):
            yield from _parts(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _parts(item)


def _name_fields(part: dict[str, Any]) -> None:
    """Give each field its name in both languages, and its unit in the description, which editors show."""
    properties = part.get("properties")
    if part.get("type") != "object" or not isinstance(properties, dict):
        return
    for name, field in properties.items():
        if has("field", name):
            field["title"] = " · ".join(word("field", name, lang) for lang in languages())
        unit = field.get("unit") or next((c["unit"] for c in field.get("anyOf", ()) if "unit" in c), None)
        if unit and "description" in field:
            field["description"] = f"{field['description']} [{unit}]"


def _correct_bounds(part: dict[str, Any]) -> None:
    """Write bounds with JSON Schema keywords where pydantic does not; a time may also be a text with a unit."""
    if part.get("type") != "number" or not part.keys() & _BOUNDS.keys():
        return
    number = {"type": part.pop("type")}
    number |= {_BOUNDS[name]: part.pop(name) for name in list(part) if name in _BOUNDS}
    part["anyOf"] = [number, dict(_TIME_TEXT)]


def _demand_kind(part: dict[str, Any]) -> None:
    """Require ``kind`` of every plug-in except the default one."""
    properties = part.get("properties")
    kind = properties.get("kind") if part.get("type") == "object" and isinstance(properties, dict) else None
    if isinstance(kind, dict) and kind.get("const", "listed") != "listed":
        part["required"] = ["kind", *list(part.get("required", []))]


def _allow_short_forms(definitions: dict[str, Any]) -> None:
    number = {"type": "number", "minimum": 0, "description": "A fixed time. [s]"}
    short: dict[str, list[Any]] = {"Text": [{"type": "string"}], "Duration": [number, dict(_TIME_TEXT)]}
    for name, forms in short.items():
        if name in definitions:
            whole = definitions[name]
            definitions[name] = {"description": whole["description"], "anyOf": [*forms, whole]}


def _tables() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "The network written out, with the columns of nodes.csv and edges.csv.",
        "properties": {
            "nodes": _rows("Places.", PLACE_COLUMNS, ("id", "lat", "lon")),
            "edges": _rows("Road sections.", SECTION_COLUMNS, ("from", "to", "length_km", "free_flow_kmh")),
        },
        "required": ["nodes", "edges"],
    }


def _city() -> dict[str, Any]:
    return {
        "type": "object",
        "description": "A fictional city in a plateau valley.",
        "properties": {
            "synth": {"type": "integer", "minimum": FEWEST_SYNTH, "maximum": MOST_SYNTH, "description": "Places."},
            "seed": {"type": "integer", "minimum": 0, "description": "Which city."},
        },
        "required": ["synth"],
        "additionalProperties": False,
    }


def _rows(what: str, columns: dict[str, tuple[str, str]], needed: tuple[str, ...]) -> dict[str, Any]:
    properties = {name: {"type": type_, "description": description} for name, (type_, description) in columns.items()}
    row = {"type": "object", "properties": properties, "required": list(needed)}
    return {"type": "array", "description": what, "items": row}
