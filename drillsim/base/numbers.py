"""Numbers of inputs: only what was written as a number is one; ``true`` is not 1, and ``"6"`` is not 6."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from pydantic_core import CoreSchema, PydanticKnownError, core_schema

_NO_SCHEMAS: Final = frozenset({"metadata", "serialization", "config", "default"})
"""Parts of a core schema that hold other things."""


def only_numbers(schema: CoreSchema) -> CoreSchema:
    """Return a core schema whose integers and floats refuse truth values and texts.

    One schema of pydantic contains those of all fields, however deep, so no field can be left out. Keys of mappings
    may be texts: JSON has no others.

    Examples
    --------
    >>> from pydantic_core import SchemaValidator
    >>> SchemaValidator(only_numbers(core_schema.int_schema())).validate_python(6)
    6
    """
    narrowed: Any = _narrowed(schema)
    return narrowed  # type: ignore[no-any-return]  # a schema is a dictionary of many shapes


def _narrowed(value: Any, *, is_key: bool = False) -> Any:
    if isinstance(value, list):
        return [_narrowed(item) for item in value]
    if isinstance(value, tuple):
        return tuple(_narrowed(item) for item in value)
    if not isinstance(value, Mapping) or _is_narrow(value):
        return value
    refuse = _refusal(value)
    if refuse is not None:
        return core_schema.no_info_before_validator_function(_no_truth_value if is_key else refuse, value)
    return {
        name: part if name in _NO_SCHEMAS else _narrowed(part, is_key=name == "keys_schema")
        for name, part in value.items()
    }


def _refusal(schema: Mapping[str, Any]) -> Callable[[object], object] | None:
    if schema.get("type") == "literal":
        kinds = {type(value) for value in schema["expected"]}
        return _no_truth_value if int in kinds and bool not in kinds else None  # True == 1
    return _REFUSALS.get(str(schema.get("type"))) if "schema" not in schema else None


def _is_narrow(schema: Mapping[str, Any]) -> bool:
    function = schema.get("function")
    return isinstance(function, Mapping) and function.get("function") in {*_REFUSALS.values(), _no_truth_value}


def _whole_number(value: object) -> object:
    if isinstance(value, (bool, str, bytes)):
        raise PydanticKnownError("int_type")
    return value


def _number(value: object) -> object:
    if isinstance(value, (bool, str, bytes)):
        raise PydanticKnownError("float_type")
    return value


def _no_truth_value(value: object) -> object:
    if isinstance(value, bool):
        raise PydanticKnownError("int_type")
    return value


_REFUSALS: Final = {"int": _whole_number, "float": _number}
