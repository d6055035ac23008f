"""Scenario and plan files: read with every fault at its place, written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from drillsim.base.errors import Problem, ScenarioError
from drillsim.scenario.bundled_scenarios import find_network, find_scenario, no_such_network
from drillsim.scenario.diagnostics import problems_of, with_positions
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.plan_inheritance import resolve
from drillsim.scenario.reference_tables import reference_tables
from drillsim.scenario.saving import save_plan, save_scenario
from drillsim.scenario.scenario import Scenario
from drillsim.scenario.yaml.document import Document
from drillsim.scenario.yaml.reader import parse_yaml, read_yaml

__all__ = ["load_plan", "load_scenario", "read_plan", "read_scenario", "save_plan", "save_scenario"]


def load_scenario(path: Path | str) -> Scenario:
    """Read a scenario file, or one of the shipped scenarios by its id.

    Raises
    ------
    ScenarioError
        With everything that is wrong in the file: where, what, what was got, what to write.
    """
    path = find_scenario(str(path))
    return _scenario(read_yaml(path), path.parent)


def read_scenario(
    text: str, *, folder: Path | str = ".", name: str = "scenario", only_in_folder: bool = False
) -> Scenario:
    """Read a scenario from its text.

    Parameters
    ----------
    text
        The YAML.
    folder
        Where the folder of its road network is looked for.
    name
        What the faults call the text.
    only_in_folder
        Whether its road network must lie in that very folder: for a text from somebody else.

    Raises
    ------
    ScenarioError
        With everything that is wrong in the text.
    """
    return _scenario(parse_yaml(text, name), Path(folder), only_there=only_in_folder)


def load_plan(path: Path | str, scenario: Scenario) -> PlanSpec:
    """Read a plan from a file of its own; it may be based on a plan of the scenario.

    Raises
    ------
    ScenarioError
        With everything that is wrong in the file.
    """
    return _plan(read_yaml(path), scenario)


def read_plan(text: str, scenario: Scenario, *, name: str = "plan") -> PlanSpec:
    """Read a plan from its text, as :func:`load_plan` does from a file.

    Raises
    ------
    ScenarioError
        With everything that is wrong in the text.
    """
    return _plan(parse_yaml(text, name), scenario)


def _scenario(document: Document, folder: Path, *, only_there: bool = False) -> Scenario:
    data = _mapping(document)
    if isinstance(data.get("roads"), str):
        data["roads"] = _roads(document, data["roads"], folder, only_there=only_there)
    _name_shakemaps(document, data, folder, only_there=only_there)
    try:
        scenario = Scenario(**data)
    except ValidationError as error:
        raise ScenarioError(problems_of(error, document, Scenario)) from error
    _refuse_faulty(document)
    return scenario


def _name_shakemaps(document: Document, data: dict[str, Any], folder: Path, *, only_there: bool) -> None:
    """Let earthquakes name their ShakeMaps from the folder of the document; refuse those that lie elsewhere."""
    items = data.get("incidents")
    if not isinstance(items, list):
        return
    data["incidents"] = items = list(items)
    for i, item in enumerate(items):
        name = item.get("shakemap") if isinstance(item, Mapping) else None
        if not isinstance(name, str):
            continue
        if only_there and (Path(name).name != name or name == ".."):
            problem = Problem("shakemap_elsewhere", f"incidents.{i}.shakemap", got=name[:60])
            raise ScenarioError(with_positions([problem], document))
        items[i] = {**item, "shakemap": str(folder / name)}


def _roads(document: Document, name: str, folder: Path, *, only_there: bool) -> Path | None:
    """Return where the road network is; None if there is none, which is then a fault of the document like others."""
    elsewhere = only_there and (Path(name).name != name or name == "..")
    found = None if elsewhere else find_network(name, folder)
    if found is None:
        problem = Problem("roads_elsewhere", "roads", got=name[:60]) if elsewhere else no_such_network(name, "roads")
        document.problems.extend(with_positions([problem], replace(document, problems=[])))
        document.refused.add(("roads",))
    return found


def _plan(document: Document, scenario: Scenario) -> PlanSpec:
    data = _mapping(document)
    others = tuple(spec for spec in scenario.plans if spec.id != data.get("id"))
    parts = {name: getattr(scenario, name) for name in ("hazards", "incidents", "injects", "roads")}
    context = reference_tables(parts | {"plans": [*others, data]})
    try:
        spec = PlanSpec.model_validate(data, context=context)
    except ValidationError as error:
        raise ScenarioError(problems_of(error, document, PlanSpec)) from error
    _refuse_faulty(document)
    try:
        resolve((*others, spec), spec.id)
    except ScenarioError as error:
        raise ScenarioError(with_positions(error.problems, document)) from error
    return spec


def _mapping(document: Document) -> dict[str, Any]:
    if isinstance(document.data, Mapping):
        return dict(document.data)
    if document.problems:
        raise ScenarioError(document.problems)
    code = "file_empty" if document.data is None else "dict_type"
    raise ScenarioError([Problem(code, where=document.at(document.values[()]))])


def _refuse_faulty(document: Document) -> None:
    if document.problems:
        raise ScenarioError(with_positions((), document))
