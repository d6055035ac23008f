"""The fields of a file that the JSON Schema bounds, and values at, inside and outside their bounds."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any, Final

from drillsim.physics.gas.substances import SUBSTANCES

Path = tuple[str | int, ...]
Schema = Mapping[str, Any]

DEEPEST: Final = 3
"""Optional parts within optional parts that are written where the file has none."""
MOST_ITEMS: Final = 200
"""Longer lists are not filled to their end."""
SKIPPED: Final = frozenset({"drillsim", "roads", "kind", "id", "title", "description", "text", "based_on", "removed"})
"""Fields that are names or have trials of their own."""
WORDS: Final = {
    "substance": tuple(SUBSTANCES),
    "capability": ("fire_attack", "rescue"),
    "capabilities": ("fire_attack", "rescue"),
    "supply": ("air_set",),
}
"""Words to write where the schema bounds only their length."""
KEYS: Final = {"needs": "fire_attack", "carries": "air_set", "uses": "water_l", "yields": "water_l", "facts": "people"}


@dataclass(frozen=True)
class Value:
    """Something to write: whether the schema allows it, and what it is, for people."""

    of: Any
    allowed: bool


@dataclass(frozen=True)
class Field:
    """Where in a file a field stands, what the schema says of it, and the parts to write first that hold it."""

    path: Path
    schema: Schema
    within: tuple[tuple[Path, Any], ...] = ()

    def put(self, data: Any, value: Any) -> None:
        """Write a value into the data of a file."""
        for path, part in self.within:
            if not isinstance(_at(data, path), type(part)) or not _at(data, path):
                _put(data, path, copy.deepcopy(part))
        parent = _at(data, self.path[:-1])
        if isinstance(parent, dict) and self.path[-1] in _SIZES:
            size = {"mean_s": 60.0} if self.path[-1] in {"cv", "shape"} else {}
            parent.clear()
            parent.update(size)
        _put(data, self.path, copy.deepcopy(value))


_SIZES: Final = frozenset({"mean_s", "median_s", "p90_s", "cv", "shape"})


def _names(data: Any) -> dict[str, str]:
    """Return a name of each sort of thing that a file refers to."""
    plan = data["plans"][0]
    stations = plan.get("stations", ())
    units = [unit for station in stations for unit in station.get("units", ())]
    first = {
        "incident": data.get("incidents"), "staging_area": plan.get("staging_areas"), "hazard": data.get("hazards"),
        "station": stations, "unit": units,
    }  # fmt: skip
    found = {what: some[0]["id"] for what, some in first.items() if some}
    return found | ({"node": stations[0]["node"]} if stations else {})


def _at(data: Any, path: Path) -> Any:
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list):
            data = data[int(step)] if int(step) < len(data) else None
        else:
            return None
    return data


def _put(data: Any, path: Path, value: Any) -> None:
    parent = _at(data, path[:-1])
    if isinstance(parent, dict) or (isinstance(parent, list) and int(path[-1]) < len(parent)):
        parent[path[-1]] = value  # type: ignore[index]  # else another change has taken away what holds it


class Fields:
    """The schema of a kind of file."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._names: Mapping[str, str] = {}

    def of(self, data: Any) -> list[Field]:
        """Return the fields of a file, those that it leaves out as well."""
        self._names = _names(data)
        return list(self._within(self._schema, data, (), (), 0))

    def _within(
        self, schema: Schema, data: Any, path: Path, within: tuple[tuple[Path, Any], ...], depth: int
    ) -> Iterator[Field]:
        branch = self._branch(schema, data)
        if branch is None:
            return
        for name, field in branch["properties"].items():
            if name in SKIPPED:
                continue
            here = (*path, name)
            found = Field(here, field, within)
            if any(True for _ in self.values(found, Random(0))):
                yield found
            yield from self._below(field, data.get(name), here, within, depth)

    def _below(
        self, field: Schema, data: Any, path: Path, within: tuple[tuple[Path, Any], ...], depth: int
    ) -> Iterator[Field]:
        items = next((b["items"] for b in self._branches(field) if "items" in b), None)
        if items is not None:
            if not data and depth < DEEPEST and self._branch(items, {}) is not None:
                part = self._least(items, path[-1])
                within = (*within, (path, [part]))
                yield from self._within(items, part, (*path, 0), within, depth + 1)
            for i, item in enumerate(data[:1] if isinstance(data, list) else ()):
                yield from self._within(items, item, (*path, i), within, depth)
        elif isinstance(data, dict):
            yield from self._within(field, data, path, within, depth)
        elif depth < DEEPEST and self._branch(field, {}) is not None:
            part = self._least(field, path[-1])
            if isinstance(part, dict):
                yield from self._within(field, part, path, (*within, (path, part)), depth + 1)

    def _branches(self, schema: Schema) -> Iterator[Schema]:
        """Yield the alternatives of a schema."""
        if "$ref" in schema:
            schema = self._schema["$defs"][schema["$ref"].rpartition("/")[2]]
        if "anyOf" not in schema:
            yield schema
        for one in schema.get("anyOf", ()):
            yield from self._branches(one)

    def _branch(self, schema: Schema, data: Any) -> Schema | None:
        """Return the alternative that a mapping is written by: that of its kind, else the first."""
        if not isinstance(data, dict):
            return None
        models = [b for b in self._branches(schema) if "properties" in b]
        kind = data.get("kind")
        if kind is None:  # what has no kind is a listed incident
            plain = [b for b in models if b["properties"].get("kind", {}).get("const") in {None, "listed"}]
            return next(iter(plain or models), None)
        return next((b for b in models if b["properties"].get("kind", {}).get("const") == kind), None)

    def _least(self, schema: Schema, name: str | int) -> Any:
        """Return something plain that the schema allows."""
        one = next(b for b in self._branches(schema) if b.get("type") != "null")
        if any("p90_s" in b.get("properties", ()) for b in self._branches(schema)):
            return {"mean_s": 60.0}
        if "enum" in one or "const" in one:
            return one.get("const", one.get("enum", [None])[0])
        if one.get("type") in {"number", "integer"}:
            return _plain(one)
        if one.get("type") in {"array", "object"}:
            return self._least_parts(one, name)
        if one.get("type") == "boolean":
            return True
        return self._names.get(one.get("refers_to", ""), WORDS.get(str(name), ("x",))[0])

    def _least_parts(self, one: Schema, name: str | int) -> Any:
        """Return a plain list or mapping."""
        if "prefixItems" in one:
            return [self._least(item, name) for item in one["prefixItems"]]
        if one["type"] == "array":
            return [self._least(one["items"], name) for _ in range(max(1, one.get("minItems", 1)))]
        if "properties" in one:
            return {n: self._least(one["properties"][n], n) for n in one.get("required", ())}
        of = next(iter(one.get("patternProperties", {}).values()), one.get("additionalProperties"))
        keys = one.get("propertyNames", {}).get("enum")
        return {keys[0] if keys else KEYS.get(str(name), "x"): self._least(of, name)}

    def values(self, field: Field, dice: Random) -> Iterator[Value]:
        """Yield values at both ends of what is allowed, just inside, just outside, and anywhere between."""
        name = str(field.path[-1])
        for one in self._branches(field.schema):
            if "enum" in one:
                yield from (Value(word, allowed=True) for word in one["enum"])
                yield Value("no-such-word", allowed=False)
                continue
            match one.get("type"):
                case "number" | "integer":
                    yield from numbers(one, dice)
                case "boolean":
                    yield from (Value(truth, allowed=True) for truth in (True, False))
                case "array" if "items" in one:
                    yield from self._lists(one, name)
                case "object" if "properties" not in one:
                    yield from self._mappings(one, name, dice)
                case "string" if name in WORDS:
                    yield from (Value(word, allowed=True) for word in WORDS[name])

    def _lists(self, one: Schema, name: str) -> Iterator[Value]:
        fewest, most = one.get("minItems", 0), one.get("maxItems", math.inf)
        item = self._least(one["items"], name)
        if fewest == 0:
            yield Value([], allowed=True)
        else:
            yield Value([item] * (fewest - 1), allowed=False)
        if not isinstance(item, str) and most <= MOST_ITEMS:
            many = [
                item | {"id": f"x{i}"} if isinstance(item, dict) and "id" in item else item
                for i in range(int(most) + 1)
            ]
            yield Value(many[:-1], allowed=True)
            yield Value(many, allowed=False)

    def _mappings(self, one: Schema, name: str, dice: Random) -> Iterator[Value]:
        of = next(iter(one.get("patternProperties", {}).values()), one.get("additionalProperties"))
        keys = one.get("propertyNames", {}).get("enum", [KEYS.get(name)])
        if not isinstance(of, dict) or keys[0] is None:
            return
        for branch in self._branches(of):
            if branch.get("type") in {"number", "integer"}:
                for value in numbers(branch, dice):
                    yield Value({dice.choice(keys): value.of}, value.allowed)


def _plain(one: Schema) -> float:
    least, most = one.get("minimum", one.get("exclusiveMinimum", 0)), one.get("maximum", one.get("exclusiveMaximum", 1))
    value = 1 if least < 1 < most else (least + most) / 2
    return int(value) if one["type"] == "integer" else float(value)


def numbers(one: Schema, dice: Random) -> Iterator[Value]:
    """Yield the values of a number: at its bounds, next to them on both sides, and two anywhere between."""
    whole = one["type"] == "integer"
    ends: list[float] = []
    for way, bound in ((-1, "inimum"), (1, "aximum")):
        name = f"m{bound}"
        closed, opened = one.get(name), one.get(f"exclusiveM{bound}")
        end = closed if closed is not None else opened
        if end is None:
            continue
        yield Value(end, allowed=opened is None or (closed is not None and closed != opened))
        inside, outside = (end - way, end + way) if whole else (_next(end, -way), _next(end, way))
        yield Value(inside, allowed=True)
        yield Value(outside, allowed=False)
        ends.append(inside if opened is not None and opened == end else end)
    if len(ends) == 2:
        yield Value(_between(ends, dice, whole=whole), allowed=True)
        yield Value(_between(ends, dice, whole=whole), allowed=True)


def _next(end: float, way: int) -> float:
    """Return a number beside another that people can still write: a part in a thousand million away."""
    return end + way * max(abs(end), 1e-3) * 1e-9


def _between(ends: Sequence[float], dice: Random, *, whole: bool) -> float:
    """Return a number between two: evenly, or evenly in its logarithm where they lie far apart."""
    least, most = ends
    if least >= 0 and most > 100 * max(least, 1e-9) and dice.random() < 0.7:
        low = max(least, most * 1e-6)
        value = low * (most / low) ** dice.random()
    else:
        value = dice.uniform(least, most)
    return min(max(round(value), math.ceil(least)), math.floor(most)) if whole else value
