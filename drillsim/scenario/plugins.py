"""Finds hazards, scenario kinds and dispatch policies: the files in their folders, and outside packages.

Built-ins are found by reading their folders, because the entry points of an editable install go stale: every concrete
subclass of the three bases, from every file or package of the three folders, whichever of them it stands in. So a kind
may stand in one file with its hazard. An outside package names a module, or a class, under the entry-point group
``drillsim.plugins``; the groups ``drillsim.hazards``, ``drillsim.incidents`` and ``drillsim.dispatch`` name a class.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from inspect import isabstract
from pkgutil import iter_modules
from types import MappingProxyType, ModuleType
from typing import Any, Final

from pydantic import GetJsonSchemaHandler, ValidationInfo
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from drillsim import dispatch, hazards, incidents
from drillsim.base.errors import PluginError, guess
from drillsim.base.plugin import Metric, Plugin, declare_words
from drillsim.base.quantities import Model
from drillsim.language import find_declarations_by

FOLDERS: Final[Mapping[str, tuple[ModuleType, type[Plugin]]]] = {
    "hazards": (hazards, hazards.Hazard),
    "incidents": (incidents, incidents.IncidentKind),
    "dispatch": (dispatch, dispatch.DispatchPolicy),
}
BASES: Final = tuple(base for _, base in FOLDERS.values())
Found = tuple[Any, str]
"""What may be a plug-in, and where it is from."""


def kinds(folder: str) -> Mapping[str, type[Plugin]]:
    """Return the classes of one sort of plug-in by kind, sorted.

    Parameters
    ----------
    folder
        ``hazards``, ``incidents`` or ``dispatch``.

    Raises
    ------
    PluginError
        If a plug-in does not keep its contract, or two claim the same kind.
    """
    return _plugins()[folder]


def every_plugin() -> tuple[type[Plugin], ...]:
    """Return the classes of all plug-ins.

    Raises
    ------
    PluginError
        If a plug-in does not keep its contract, or two claim the same kind.
    """
    return tuple(cls for found in _plugins().values() for cls in found.values())


@cache
def plugin_metrics() -> Mapping[str, Metric]:
    """Return the metrics that plug-ins bring, by name.

    Raises
    ------
    PluginError
        If two bring metrics of the same name.
    """
    found: dict[str, Metric] = {}
    for cls in every_plugin():
        for name, metric in cls.metrics.items():
            if found.setdefault(name, metric) != metric:
                raise PluginError(
                    f"{cls.__module__}: the metric {name!r} of {cls.__name__} is taken by another plug-in"
                )
    return MappingProxyType(found)


@cache
def _plugins() -> Mapping[str, Mapping[str, type[Plugin]]]:
    """Return all plug-ins by folder and kind; found once per process."""
    found: dict[str, dict[str, type[Plugin]]] = {folder: {} for folder in FOLDERS}
    for cls, origin in (*_built_in(), *_outside()):
        folder, kind = folder_of(cls, origin), _kind_of(cls, origin)
        taken = found[folder].setdefault(kind, cls)
        if taken is not cls:
            raise PluginError(f"{origin}: the kind {kind!r} of drillsim.{folder} is taken by {taken.__module__}")
        declare_words(cls, kind, origin)
    return {folder: dict(sorted(by_kind.items())) for folder, by_kind in found.items()}


def _built_in() -> Iterator[Found]:
    for package, _ in FOLDERS.values():
        for module in sorted(iter_modules(package.__path__), key=lambda m: m.name):
            name = f"{package.__name__}.{module.name}"
            try:
                found = import_module(name)
            except Exception as error:
                at = f" (line {error.lineno})" if isinstance(error, SyntaxError) else ""
                raise PluginError(f"{name}{at} cannot be loaded: {type(error).__name__}: {error}") from error
            yield from classes_of(found)


def classes_of(module: ModuleType) -> Iterator[Found]:
    """Yield the plug-ins that are defined in a module, or in the package that it is, with its name.

    A class without a kind of its own is a base of others.
    """
    for cls in vars(module).values():
        if not (isinstance(cls, type) and issubclass(cls, BASES) and _is_from(cls.__module__, module.__name__)):
            continue
        if isinstance(cls.model_fields["kind"].default, str) or not isabstract(cls):
            yield cls, module.__name__


def _is_from(name: str, module: str) -> bool:
    return name == module or name.startswith(f"{module}.")


def _outside() -> Iterator[Found]:
    for group in ("plugins", *FOLDERS):
        for point in sorted(entry_points(group=f"drillsim.{group}"), key=lambda p: (p.name, p.value)):
            try:
                found = point.load()
            except Exception as error:
                raise PluginError(f"entry point {point.name} = {point.value} cannot be loaded: {error}") from error
            if not (isinstance(found, ModuleType) and group == "plugins"):
                yield found, point.value
            elif classes := tuple(classes_of(found)):
                yield from classes
            else:
                raise PluginError(f"entry point {point.name} = {point.value}: the module holds no plug-in")


def folder_of(cls: Any, origin: str) -> str:
    """Return what sort of plug-in a class is: ``hazards``, ``incidents`` or ``dispatch``.

    Raises
    ------
    PluginError
        If it is none, or lacks a method that each must have.
    """
    folders = [name for name, (_, base) in FOLDERS.items() if isinstance(cls, type) and issubclass(cls, base)]
    if len(folders) != 1:
        bases = ", ".join(f"{base.__module__}.{base.__name__}" for base in BASES)
        raise PluginError(f"{origin}: must be a subclass of one of {bases}")
    if isabstract(cls):
        lacking = ", ".join(f"{name}()" for name in sorted(cls.__abstractmethods__))
        raise PluginError(f"{origin}: {cls.__name__} must be a concrete subclass; it lacks {lacking}")
    return folders[0]


def _kind_of(cls: type[Plugin], origin: str) -> str:
    kind = cls.model_fields["kind"].default
    if not isinstance(kind, str):
        raise PluginError(f"{origin}: {cls.__name__} needs a field  kind: Literal['…'] = '…'")
    return kind


find_declarations_by(_plugins)


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
