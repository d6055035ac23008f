"""Diagnostics: validation errors as problems with messages, each at its line and column."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import core_schema

from drillsim.base.errors import Problem, guess
from drillsim.language import message
from drillsim.language.formatting import dotted, printable, short_repr
from drillsim.scenario.model_paths import model_at
from drillsim.scenario.yaml.document import Document, LocatedProblem, Path_

_PATTERNS: Final = {
    r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$": "pattern_id",
    r"^[a-z][a-z0-9_]*$": "pattern_word",
}
"""Regular expressions too cryptic for a message, and the code of the message shown instead."""

_SHOW_GOT: Final = frozenset(get_args(core_schema.ErrorType)) - {"missing", "too_short", "too_long"} | {
    "other_check", "extra_forbidden_guess", "string_sub_type",
    "duration_text", "duration_negative", "startex_clock", "not_a_mapping", "roads_text", *_PATTERNS.values()
}  # fmt: skip
"""Codes of messages that do not quote the value, so that it is appended."""


def problems_of(document: Document, error: ValidationError, root: type[BaseModel]) -> list[Problem]:
    """Return every problem of a file once, in order of lines.

    Parameters
    ----------
    document
        The file, with the problems found before it was validated.
    error
        The error that validation raised.
    root
        Model that the file was read into.
    """
    details = (detail for detail in error.errors(include_url=False) if not _only_seems_short(detail, document))
    return in_order(document.with_problems(_read(detail, document, root) for detail in details))


def in_order(document: Document) -> list[Problem]:
    """Return the problems found so far in a file, each once, in the order of lines."""
    unique = {(f.problem.code, f.problem.where, f.problem.path): f for f in document.problems}
    others = [located.problem for located in unique.values()]
    kept = [located for located in unique.values() if not _is_other_branch(located.problem, others)]
    return [located.problem for located in sorted(kept, key=lambda located: located.position)]


# Three kinds of problems only follow from others. What is found at a refused value is left out by
# `Document.with_problems`, where it arises. Pydantic brings the other two, and they are left out here.


def _only_seems_short(detail: Mapping[str, Any], document: Document) -> bool:
    """Return whether a list has enough items as written: pydantic does not count invalid ones."""
    if detail["type"] != "too_short":
        return False
    path, _ = document.split(detail["loc"])
    value = document.value(path)
    return isinstance(value, (dict, list)) and len(value) >= detail["ctx"]["min_length"]


def _is_other_branch(problem: Problem, others: Iterable[Problem]) -> bool:
    """Return whether a problem belongs to the other branch of a word-or-mapping value: pydantic reports both."""
    if problem.code == "literal_error":
        return any(other.path.startswith(f"{problem.path}.") for other in others)
    return problem.code == "dict_type" and any(o.code == "literal_error" and o.path == problem.path for o in others)


def _read(detail: Mapping[str, Any], document: Document, root: type[BaseModel]) -> LocatedProblem:
    below = detail.get("ctx", {}).get("below", ())  # a check of a whole part says where in it the fault is
    path, rest = document.split((*detail["loc"], *below))
    if "where" in detail.get("ctx", {}):
        return _passed_on(detail, path, document)
    code, values = _code_and_values(detail, rest)
    value = document.value(path)
    if code == "missing":
        shown_path, position = (*path, *rest[-1:]), document.start(path)
    elif code == "extra_forbidden":
        shown_path, position = path, document.keys.get(path, document.start(path))
        code, values = _unknown_field(path, document.written, root)
    elif rest[-1:] == ("[key]",) and path in document.keys:
        shown_path, position, value = path, document.keys[path], path[-1]
    else:
        kind = str(values.get("what", "")).startswith("kind_") and isinstance(value, Mapping) and "kind" in value
        shown_path = (*path, "kind") if kind else path
        position = document.start(shown_path)
    got = short_repr(value) if code in _SHOW_GOT else ""
    return LocatedProblem(position, path, Problem(code, dotted(shown_path), document.at(position), values, got))


def _passed_on(detail: Mapping[str, Any], path: Path_, document: Document) -> LocatedProblem:
    """Locate a problem that drillsim raised through pydantic."""
    values = dict(detail["ctx"])
    where, at, got = (str(values.pop(name, "")) for name in ("where", "at", "got"))
    code, values = _with_message(detail["type"], values, short_repr(values))
    return document.place(Problem(code, at if where else dotted(path), where, values, printable(got)), path)


def _code_and_values(detail: Mapping[str, Any], rest: Path_) -> tuple[str, dict[str, object]]:
    """Return the code of the message for a pydantic error, and its values."""
    code, context = detail["type"], {k: v for k, v in detail.get("ctx", {}).items() if k != "below"}
    if code == "string_pattern_mismatch":
        code = _PATTERNS.get(context["pattern"], code)
    values: dict[str, object] = {name: _value(value) for name, value in context.items()}
    if code in {"missing", "extra_forbidden"}:
        values["field"] = str(rest[-1]) if rest else ""
    if code in {"literal_error", "enum"}:
        values["expected"] = str(values["expected"]).replace("'", "").replace(" or ", ", ")
    return _with_message(code, values, printable(detail["msg"], 200))


def _with_message(code: str, values: dict[str, object], otherwise: str) -> tuple[str, dict[str, object]]:
    """Return code and values if they make a message, else the text of pydantic.

    A plug-in may raise errors with codes of its own.
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
