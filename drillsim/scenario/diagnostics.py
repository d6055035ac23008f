"""From what the models say to what a person reads: one :class:`Problem` per error, at its place in the file."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import core_schema

from drillsim.base.errors import Problem, guess
from drillsim.language import message
from drillsim.language.formatting import dotted, printable, short_repr
from drillsim.scenario.model_paths import model_at
from drillsim.scenario.yaml.document import Document, Path_, Position

_PATTERNS: Final = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "pattern_id",
    r"^[a-z][a-z0-9_]*$": "pattern_word",
}
"""Patterns that nobody should have to read, and what is said instead."""

_SHOW_GOT: Final = frozenset(get_args(core_schema.ErrorType)) - {"missing", "too_short", "too_long"} | {
    "other_check", "extra_forbidden_guess", "string_sub_type",
    "duration_text", "duration_negative", "startex_clock", "not_a_mapping", "roads_text", *_PATTERNS.values()
}  # fmt: skip
"""Messages that do not themselves say what stood there."""


def problems_of(error: ValidationError, document: Document, root: type[BaseModel]) -> list[Problem]:
    """Return everything that is wrong with a file, in the order of its lines.

    Parameters
    ----------
    error
        What the model says.
    document
        What was read; what is wrong with that as such is among the faults returned.
    root
        Model that the file was read into.
    """
    found: list[tuple[Position, Problem]] = []
    for detail in error.errors(include_url=False):
        path, rest = _in_document(document.data, detail["loc"])
        if not _is_echo(detail, path, document):
            found.append(_read(detail, path, rest, document, root))
    return _in_order(found, document)


def _is_echo(detail: Mapping[str, Any], path: Path_, document: Document) -> bool:
    """Return whether an error only follows from another: a refused value, or items that were wrong."""
    if any(path[: len(refused)] == refused for refused in document.refused):
        return True
    value = _get(document.data, path)
    enough = isinstance(value, (dict, list)) and len(value) >= detail.get("ctx", {}).get("min_length", math.inf)
    return enough and detail["type"] == "too_short"


def with_positions(problems: Iterable[Problem], document: Document) -> list[Problem]:
    """Return *problems* that know their path in *document*, with the line and column of each."""
    found = []
    for problem in problems:
        path, _ = _in_document(document.data, _loc(problem.path))
        position = _start(document, path)
        found.append((position, replace(problem, where=problem.where or document.at(position))))
    return _in_order(found, document)


def _in_order(found: Iterable[tuple[Position, Problem]], document: Document) -> list[Problem]:
    own = [(_position_in(problem.where), problem) for problem in document.problems]
    unique = {(problem.code, problem.where, problem.path): (at, problem) for at, problem in (*own, *found)}
    others = [problem for _, problem in unique.values()]
    said = [(at, problem) for at, problem in unique.values() if not _is_other_way(problem, others)]
    return [problem for _, problem in sorted(said, key=lambda pair: pair[0])]


def _is_other_way(problem: Problem, others: Iterable[Problem]) -> bool:
    """Return whether a fault is told of the other way of writing: of words or a mapping, where somebody tried one."""
    if problem.code == "literal_error":
        return any(other.path.startswith(f"{problem.path}.") for other in others)
    return problem.code == "dict_type" and any(o.code == "literal_error" and o.path == problem.path for o in others)


def _position_in(where: str) -> Position:
    _, line, column = where.rsplit(":", 2)
    return int(line), int(column)


def _read(
    detail: Mapping[str, Any], path: Path_, rest: Path_, document: Document, root: type[BaseModel]
) -> tuple[Position, Problem]:
    if "where" in detail.get("ctx", {}):
        return _passed_on(detail, path, document)
    code, values = _said(detail, rest)
    value = _get(document.data, path)
    if code == "missing":
        shown_path, position = (*path, *rest[-1:]), _start(document, path)
    elif code == "extra_forbidden":
        shown_path, position = path, document.keys.get(path, _start(document, path))
        code, values = _unknown_field(path, document.data, root)
    elif rest[-1:] == ("[key]",) and path in document.keys:
        shown_path, position, value = path, document.keys[path], path[-1]
    else:
        kind = str(values.get("what", "")).startswith("kind_") and _has(value, "kind")
        shown_path = (*path, "kind") if kind else path
        position = _start(document, shown_path)
    got = short_repr(value) if code in _SHOW_GOT else ""
    return position, Problem(code, dotted(shown_path), document.at(position), values, got)


def _passed_on(detail: Mapping[str, Any], path: Path_, document: Document) -> tuple[Position, Problem]:
    """Read a fault that was not found by pydantic and knows its place, maybe in another file."""
    values = dict(detail["ctx"])
    where, at, got = (str(values.pop(name, "")) for name in ("where", "at", "got"))
    if where.startswith("roads."):
        path, _ = _in_document(document.data, _loc(f"{where}.{at}"))
        where = ""
    position = _start(document, path)
    shown_path = at if where else dotted(path)
    code, values = _sayable(detail["type"], values, short_repr(values))
    return position, Problem(code, shown_path, where or document.at(position), values, printable(got))


def _loc(dots: str) -> list[str | int]:
    return [int(part) if part.isdecimal() else part for part in dots.split(".") if part]


def _said(detail: Mapping[str, Any], rest: Path_) -> tuple[str, dict[str, object]]:
    """Return the code of the message and what it needs."""
    code, context = detail["type"], dict(detail.get("ctx", {}))
    if code == "string_pattern_mismatch":
        code = _PATTERNS.get(context["pattern"], code)
    values: dict[str, object] = {name: _value(value) for name, value in context.items()}
    if code in {"missing", "extra_forbidden"}:
        values["field"] = str(rest[-1]) if rest else ""
    if code in {"literal_error", "enum"}:
        values["expected"] = str(values["expected"]).replace("'", "").replace(" or ", ", ")
    return _sayable(code, values, printable(detail["msg"], 200))


def _sayable(code: str, values: dict[str, object], otherwise: str) -> tuple[str, dict[str, object]]:
    """Return code and values if there is a message that can be made of them, else what pydantic says.

    A plug-in may raise what it likes.
    """
    try:
        message(code, "en", **values)
    except (LookupError, TypeError, ValueError):
        return "other_check", {"type": code, "said": otherwise}
    return code, values


def _value(value: object) -> object:
    if isinstance(value, float):
        return f"{value:.12g}"
    return printable(value, 400) if isinstance(value, str) else value


def _unknown_field(path: Path_, data: Any, root: type[BaseModel]) -> tuple[str, dict[str, object]]:
    name = str(path[-1]) if path else ""
    model = model_at(root, data, path[:-1])
    hint = guess(name, model.model_fields) if model is not None else None
    values: dict[str, object] = {"field": printable(name), "guess": hint}
    return ("extra_forbidden_guess" if hint else "extra_forbidden"), values


def _in_document(data: Any, loc: Iterable[str | int]) -> tuple[Path_, Path_]:
    """Return the part of *loc* that stands in the file, and the rest.

    What pydantic adds is in no file: the ``[key]`` of a mapping, the ``mean_s`` of a time in its short form.
    """
    path: list[str | int] = []
    rest: list[str | int] = []
    for part in loc:
        if _has(data, part):
            data = data[part]
            path.append(part)
        else:
            rest.append(part)
    return tuple(path), tuple(rest)


def _has(data: Any, part: str | int) -> bool:
    if isinstance(data, Mapping):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data)


def _get(data: Any, path: Path_) -> Any:
    for part in path:
        data = data[part]
    return data


def _start(document: Document, path: Path_) -> Position:
    """Return where the value at *path* begins: a mapping or list at its key, if it has one."""
    if isinstance(_get(document.data, path), (dict, list)) and path in document.keys:
        return document.keys[path]
    return document.values.get(path, (1, 1))
