"""Finds hazards, scenario kinds and dispatch policies: the files in their folders, and outside packages.

Built-ins are found by reading their folder, because the entry points of an editable install go stale; an outside
package names its class under the entry-point group ``drillsim.hazards``, ``drillsim.incidents`` or
``drillsim.dispatch``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from inspect import isabstract
from pkgutil import iter_modules
from typing import Any, Final

from pydantic import GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from drillsim import dispatch, hazards, incidents
from drillsim.base.errors import PluginError, guess
from drillsim.base.quantities import Model

FOLDERS: Final[Mapping[str, tuple[Any, type[Model]]]] = {
    "hazards": (hazards, hazards.Hazard),
    "incidents": (incidents, incidents.IncidentKind),
    "dispatch": (dispatch, dispatch.DispatchPolicy),
}


@cache
def kinds(folder: str) -> Mapping[str, type[Model]]:
    """Return the classes of one plug-in folder by kind, sorted; found once per process.

    Parameters
    ----------
    folder
        ``hazards``, ``incidents`` or ``dispatch``.

    Raises
    ------
    PluginError
        If a plug-in does not keep its contract, or two claim the same kind.
    """
    found: dict[str, type[Model]] = {}
    for cls, origin in (*_built_in(folder), *_outside(folder)):
        kind = _kind_of(cls, folder, origin)
        if kind in found and found[kind] is not cls:
            raise PluginError(f"{origin}: the kind {kind!r} of drillsim.{folder} is taken by {found[kind].__module__}")
        found[kind] = cls
    return dict(sorted(found.items()))


def _built_in(folder: str) -> Iterator[tuple[type[Model], str]]:
    package, base = FOLDERS[folder]
    for module in sorted(iter_modules(package.__path__), key=lambda m: m.name):
        name = f"{package.__name__}.{module.name}"
        try:
            found = import_module(name)
        except Exception as error:
            at = f" (line {error.lineno})" if isinstance(error, SyntaxError) else ""
            raise PluginError(f"{name}{at} cannot be loaded: {type(error).__name__}: {error}") from error
        for cls in vars(found).values():
            if isinstance(cls, type) and issubclass(cls, base) and cls.__module__ == name and not isabstract(cls):
                yield cls, name


def _outside(folder: str) -> Iterator[tuple[type[Model], str]]:
    for point in sorted(entry_points(group=f"drillsim.{folder}"), key=lambda p: (p.name, p.value)):
        try:
            yield point.load(), point.value
        except Exception as error:
            raise PluginError(f"entry point {point.name} = {point.value} cannot be loaded: {error}") from error


def _kind_of(cls: Any, folder: str, origin: str) -> str:
    base = FOLDERS[folder][1]
    if not (isinstance(cls, type) and issubclass(cls, base)) or isabstract(cls):
        raise PluginError(f"{origin}: must be a concrete subclass of {base.__module__}.{base.__name__}")
    kind = cls.model_fields["kind"].default
    if not isinstance(kind, str):
        raise PluginError(f"{origin}: {cls.__name__} needs a field  kind: Literal['…'] = '…'")
    return kind


class PluginField:
    """Marks a field that holds one plug-in: ``{kind: nearest, …}`` becomes a ``Nearest``.

    Parameters
    ----------
    folder
        ``hazards``, ``incidents`` or ``dispatch``.
    default
        Kind that is meant where none is named.
    """

    def __init__(self, folder: str, default: str | None = None) -> None:
        self.folder = folder
        self.default = default

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """Validate with the class that the value's kind names."""
        return core_schema.with_info_plain_validator_function(
            self._build, serialization=core_schema.plain_serializer_function_ser_schema(_dump)
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Offer every kind there is."""
        del schema
        return {"anyOf": [handler(cls.__pydantic_core_schema__) for cls in kinds(self.folder).values()]}

    def _build(self, value: Any, info: ValidationInfo) -> Model:
        known = kinds(self.folder)
        if isinstance(value, tuple(known.values())):
            value = _dump(value)
        if not isinstance(value, Mapping):
            raise PydanticCustomError("not_a_mapping", "write a mapping with a kind")
        kind = value.get("kind", self.default)
        if kind is None:
            raise PydanticCustomError("no_kind", "kind is missing", {"known": ", ".join(known)})
        if not isinstance(kind, str) or kind not in known:
            hint = guess(str(kind), known)
            context = {"what": f"kind_{self.folder}", "name": str(kind)[:60], "guess": hint, "known": ", ".join(known)}
            raise PydanticCustomError("unknown_name_guess" if hint else "unknown_name", "unknown kind", context)
        return known[kind].model_validate(dict(value), context=info.context)


def _dump(value: Any) -> dict[str, Any]:
    return dict(value.model_dump(mode="json"))
