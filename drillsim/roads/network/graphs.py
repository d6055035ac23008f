"""Places and sections of a networkx graph that keeps the graph contract of :class:`drillsim.roads.RoadNetwork`."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Any, Final

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.network.elements import Place, Section

LEFT_OUT: Final = {"name_zh": "", "name_en": "", "kind": "place", "road": ""}
"""What stands for attributes that may be left out though a place or section always has them."""


def parts_of_graph(graph: Any) -> tuple[list[Place], list[Section]]:
    """Return the places and sections of a graph.

    Raises
    ------
    NetworkError
        If it is no ``MultiDiGraph``, attributes are missing or of another kind, or a key stands for two sections.
    """
    if not (getattr(graph, "is_directed", bool)() and getattr(graph, "is_multigraph", bool)()):
        raise NetworkError([Problem("graph_kind", got=type(graph).__name__)])
    problems: list[Problem] = []
    places = [_place(name, data, problems) for name, data in graph.nodes(data=True)]
    sections = _sections(graph, problems)
    if problems:
        raise NetworkError(problems)
    return [place for place in places if place is not None], sections


def _place(node: Any, data: Mapping[str, Any], problems: list[Problem]) -> Place | None:
    name = str(node)
    given = {"name_zh": name, "name_en": name, **_without_nothing(data), "id": name}
    given.setdefault("district", given.get("admin", ""))
    made: Place | None = _made(Place, given, f"node {name}", problems)
    return made


def _sections(graph: Any, problems: list[Problem]) -> list[Section]:
    """Return the sections; both directions of one have the same key, and one that has a single edge is one-way."""
    found: dict[str, tuple[Any, Any, Mapping[str, Any]]] = {}
    both_ways: set[str] = set()
    for start, end, key, data in graph.edges(keys=True, data=True):
        first = found.setdefault(str(key), (start, end, data))
        if (end, start) == first[:2] and data is not first[2]:
            both_ways.add(str(key))
        elif data is not first[2]:
            pairs = f"{first[0]} – {first[1]}, {start} – {end}"
            problems.append(Problem("graph_keys", f"edge {key}", values={"ends": pairs}))
    made = []
    for key, (start, end, data) in found.items():
        turned = key in both_ways and (data.get("start"), data.get("end")) == (end, start)  # its other edge came first
        ends = (end, start) if turned else (start, end)
        given = {"oneway": key not in both_ways, **_without_nothing(data)}
        given |= {"id": key, "start": str(ends[0]), "end": str(ends[1])}
        made.append(_made(Section, given, f"edge {key}", problems))
    return [section for section in made if section is not None]


def _without_nothing(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the attributes that are set."""
    return {n: v for n, v in data.items() if v is not None and not (isinstance(v, float) and math.isnan(v))}


def _made(kind: type[Any], data: Mapping[str, Any], where: str, problems: list[Problem]) -> Any:
    """Return a place or section of these attributes; note what keeps it from being one."""
    given: dict[str, Any] = {**LEFT_OUT, **data}
    wrong: list[Problem] = []
    missing = [field.name for field in fields(kind) if field.default is MISSING and field.name not in given]
    if missing:
        wrong.append(Problem("graph_attributes", where, values={"missing": ", ".join(missing)}))
    values = {}
    for field in fields(kind):
        if field.name in given:
            try:
                values[field.name] = _as(str(field.type), given[field.name])
            except (TypeError, ValueError, OverflowError):
                wrong.append(
                    Problem("graph_value", where, values={"field": field.name}, got=str(given[field.name])[:40])
                )
    problems += wrong
    return None if wrong else kind(**values)


def _as(kind: str, value: Any) -> Any:
    """Return a value as the field of a place or section has it."""
    if kind.startswith("str"):
        return str(value)
    if kind.startswith("tuple"):
        return tuple(float(one) for one in value)
    number = float(value)
    if kind.startswith("float"):
        return number
    if not number.is_integer() or (kind == "bool" and number not in {0.0, 1.0}):
        raise ValueError(value)
    return bool(number) if kind == "bool" else int(number)
