"""Writes scenario and plan files atomically, keeping the comments of the file that is replaced."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError

from drillsim.base.atomic_file import atomic_open
from drillsim.base.errors import Problem, ScenarioError
from drillsim.base.quantities import seconds
from drillsim.scenario.dump import to_yaml_data
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.scenario import Scenario
from drillsim.scenario.yaml.reader import parse_yaml, read_text

WIDTH = 110


def save_plan(path: Path | str, spec: PlanSpec) -> Path:
    """Write a plan to a file of its own; reading it back gives an equal plan.

    Comments of a plan that the file holds already are kept where possible.

    Raises
    ------
    WriteError
        If it cannot be written.
    """
    path = Path(path)
    return _save(path, to_yaml_data(spec), lambda data: PlanSpec.model_validate(data) == spec)


def save_scenario(path: Path | str, scenario: Scenario, *, roads: str | Mapping[str, Any] | None = None) -> Path:
    """Write a scenario; reading it back gives an equal scenario.

    Parameters
    ----------
    path
        The file. Comments of a scenario that it holds already are kept where possible.
    scenario
        What is written.
    roads
        What is to stand under ``roads``: a folder, seen from that of the file, or nodes and edges. If left
        out, what stands there already.

    Raises
    ------
    ScenarioError
        If nothing says where the road network is.
    WriteError
        If it cannot be written.
    """
    path = Path(path)
    roads = roads if roads is not None else _roads_of(path)
    if roads is None:
        raise ScenarioError([Problem("roads_text", "roads", str(path))])
    written = to_yaml_data(scenario)
    names = [name for name in Scenario.model_fields if name in written or name == "roads"]
    data = {name: roads if name == "roads" else written[name] for name in names}
    return _save(path, data, lambda back: Scenario(**back | {"roads": scenario.roads}) == scenario)


def atomic_write(path: Path, text: str) -> Path:
    """Write *text* atomically: the file is replaced as a whole or not at all.

    Raises
    ------
    WriteError
        If it cannot be written.
    """
    with atomic_open(path) as file:
        file.write(text.encode())
    return path


def _save(path: Path, data: dict[str, Any], same: Callable[[dict[str, Any]], bool]) -> Path:
    commented = _merged_text(path, data)
    text = commented if commented is not None and _reads_back(commented, same) else _text(_styled(data))
    return atomic_write(path, text)


def _reads_back(text: str, same: Callable[[dict[str, Any]], bool]) -> bool:
    try:
        document = parse_yaml(text)
        return not document.problems and same(document.data)
    except (ScenarioError, ValidationError):
        return False


def _roads_of(path: Path) -> Any:
    try:
        data = parse_yaml(read_text(path)).data
    except ScenarioError:
        return None
    return data.get("roads") if isinstance(data, dict) else None


def _round_trip() -> YAML:
    yaml = YAML()
    yaml.width = WIDTH
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.preserve_quotes = True
    return yaml


def as_yaml(data: Mapping[str, Any]) -> str:
    """Return *data* as YAML: short lists on one line, no anchors or aliases."""
    return _text(_styled(dict(data)))


def _text(data: Any) -> str:
    stream = io.StringIO()
    _round_trip().dump(data, stream)
    return stream.getvalue()


def _merged_text(path: Path, data: dict[str, Any]) -> str | None:
    """Return the text of the existing file with its values changed to *data*; None if it cannot be read."""
    try:
        text = read_text(path)
        if parse_yaml(text).problems:
            return None
        old = _round_trip().load(text)
    except (ScenarioError, YAMLError):
        return None
    return _text(_merged(old, data)) if isinstance(old, CommentedMap) else None


def _merged(old: Any, new: Any) -> Any:
    if isinstance(old, CommentedMap) and isinstance(new, dict):
        return _merged_mapping(old, new)
    if isinstance(old, CommentedSeq) and isinstance(new, list):
        return _merged_list(old, new)
    return old if _means(old) == new else _styled(new)


def _merged_mapping(old: CommentedMap, new: dict[str, Any]) -> CommentedMap:
    for key in [key for key in old if str(key) not in new]:
        del old[key]
    keys = {str(key): key for key in old}
    for name, value in new.items():
        if name in keys:
            old[keys[name]] = _merged(old[keys[name]], value)
        else:
            old[name] = _styled(value)
    return old


def _merged_list(old: CommentedSeq, new: list[Any]) -> CommentedSeq:
    """Change the items of *old* to *new*; items are matched by id, else by index."""
    by_id = {item["id"]: item for item in old if isinstance(item, CommentedMap) and isinstance(item.get("id"), str)}
    items = list(old)
    merged = []
    for i, value in enumerate(new):
        name = value.get("id") if isinstance(value, dict) else None
        before = by_id.get(name) if name is not None else (items[i] if i < len(items) else None)
        merged.append(_merged(before, value) if before is not None else _styled(value))
    if merged != items or any(a is not b for a, b in zip(merged, items, strict=True)):
        old[:] = merged
    return old


def _means(value: Any) -> Any:
    """Return a scalar as the model would write it, so that ``1 h 30 min`` is left as it is."""
    try:
        return to_yaml_data(seconds(value))
    except ValueError:
        return value


def _styled(value: Any) -> Any:
    """Return *value* as the YAML writer wants it: lists of scalars on one line."""
    if isinstance(value, dict):
        return CommentedMap({key: _styled(item) for key, item in value.items()})
    if isinstance(value, list):
        styled = CommentedSeq([_styled(item) for item in value])
        if not any(isinstance(item, (dict, list)) for item in value):
            styled.fa.set_flow_style()
        return styled
    return value
