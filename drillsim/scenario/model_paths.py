"""The schema of an input: which model validates a given path, and every model that it can contain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from drillsim.scenario.plugins import PluginField, kinds

Loc = Iterable[str | int]


def model_at(root: type[BaseModel], data: Any, loc: Loc) -> type[BaseModel] | None:
    """Return the model that validates the mapping at *loc*, or None if there is none.

    Parameters
    ----------
    root
        Model of the whole input.
    data
        The input as written; its ``kind`` entries say which plug-in is meant.
    loc
        Keys and list indices from the root.
    """
    here: Any = root
    for part in loc:
        data = _item(data, part)
        here = next((inner for outer in _unwrapped(here, None) for inner in _inner(outer, part, data)), None)
        if here is None:
            return None
    return next((cls for cls in _unwrapped(here, data) if _is_model(cls)), None)


def reachable_models(*roots: type[BaseModel]) -> tuple[type[BaseModel], ...]:
    """Return every model that an input can contain, the *roots* first, in order of first mention."""
    found: dict[type[BaseModel], None] = {}
    waiting: list[Any] = list(roots)
    while waiting:
        here = waiting.pop(0)
        if _is_model(here):
            if here not in found:
                found[here] = None
                waiting.extend(_annotation(field) for field in here.model_fields.values())
        elif (plugin := _plugin(here)) is not None:
            waiting.extend(kinds(plugin.folder).values())
        else:
            waiting.extend(get_args(here))
    return tuple(found)


def _is_model(value: Any) -> bool:
    return isinstance(value, type) and issubclass(value, BaseModel)


def _item(data: Any, part: str | int) -> Any:
    if isinstance(data, Mapping):
        return data.get(part)
    if isinstance(data, list) and isinstance(part, int) and part < len(data):
        return data[part]
    return None


def _annotation(field: FieldInfo) -> Any:
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _plugin(annotation: Any) -> PluginField | None:
    if get_origin(annotation) is not Annotated:
        return None
    return next((meta for meta in get_args(annotation)[1:] if isinstance(meta, PluginField)), None)


def _unwrapped(annotation: Any, data: Any) -> Iterator[Any]:
    """Yield the types behind an annotation: the members of a union, the class of a plug-in of that kind."""
    plugin = _plugin(annotation)
    if plugin is not None:
        kind = _item(data, "kind") or plugin.default
        cls = kinds(plugin.folder).get(kind) if isinstance(kind, str) else None
        if cls is not None:
            yield cls
    elif get_origin(annotation) is Annotated:
        yield from _unwrapped(get_args(annotation)[0], data)
    elif get_origin(annotation) in {Union, UnionType}:
        for choice in get_args(annotation):
            yield from _unwrapped(choice, data)
    else:
        yield annotation


def _inner(annotation: Any, part: str | int, data: Any) -> Iterator[Any]:
    """Yield the types at *part* of a value of type *annotation*; *data* tells the kind of a plug-in."""
    args = get_args(annotation)
    inner: Any = None
    if _is_model(annotation) and part in annotation.model_fields:
        inner = _annotation(annotation.model_fields[str(part)])
    elif isinstance(part, int) and args:
        several = len(args) > part and Ellipsis not in args
        inner = args[part] if several else args[0]
    elif get_origin(annotation) is dict:
        inner = args[1]
    if inner is not None:
        yield from _unwrapped(inner, data)
