"""Scenario and plan files, read in one pass forward.

The text becomes a document; what the document names is found and read; a model is made of it. Each step
returns a new :class:`~drillsim.scenario.yaml.document.Document`, which carries every problem found so far,
and the last one raises them all, each at its line and column.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from drillsim.base.errors import NetworkError, Problem, ScenarioError
from drillsim.language.formatting import dotted, printable
from drillsim.scenario.bundled_scenarios import find_network, find_scenario, no_such_network
from drillsim.scenario.diagnostics import in_order, problems_of
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.plan_inheritance import resolve
from drillsim.scenario.reference_tables import reference_tables
from drillsim.scenario.roads_field import NAMES_ROADS, network_of
from drillsim.scenario.saving import save_plan, save_scenario
from drillsim.scenario.scenario import Scenario
from drillsim.scenario.yaml.document import Document, LocatedProblem, Path_, loc_of, refusal
from drillsim.scenario.yaml.reader import parse_yaml, read_yaml

__all__ = ["load_plan", "load_scenario", "read_plan", "read_scenario", "save_plan", "save_scenario"]

LONGEST_SHOWN: Final = 60
"""Characters of a file's name that a message shows."""


def load_scenario(path: Path | str) -> Scenario:
    """Read a scenario file, or one of the shipped scenarios by its id.

    Raises
    ------
    ScenarioError
        With every problem of the file: where it is, what is wrong, what was found, what to write.
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
        Folder that the files it names are relative to.
    name
        Name of the text in messages.
    only_in_folder
        Whether the files it names must lie in that very folder: for a text from an untrusted source.

    Raises
    ------
    ScenarioError
        With everything that is wrong in the text.
    """
    return _scenario(parse_yaml(text, name), Path(folder), only_in_folder=only_in_folder)


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


def _scenario(document: Document, folder: Path, *, only_in_folder: bool = False) -> Scenario:
    document = _mapping(document)
    document = _with_files_found(document, folder, only_in_folder=only_in_folder)
    document = _with_roads_read(document)
    try:
        scenario = Scenario(**document.data)
    except ValidationError as error:
        raise ScenarioError(problems_of(document, error, Scenario)) from error
    _refuse_problems(document)
    return scenario


def _with_files_found(document: Document, folder: Path, *, only_in_folder: bool) -> Document:
    """Return the document of a scenario with paths in place of the names of files.

    Parameters
    ----------
    folder
        Folder that names are relative to.
    only_in_folder
        Whether to refuse a name that leads anywhere else.
    """
    document = _with_roads_found(document, folder, only_in_folder=only_in_folder)
    items = document.data.get("incidents")
    for i, item in enumerate(items if isinstance(items, list) else ()):
        path: Path_ = ("incidents", i, "shakemap")
        name = _shakemap_named(item)
        if name is None:
            continue
        if only_in_folder and _leads_elsewhere(name):
            document = _refuse(document, path, Problem("shakemap_elsewhere", dotted(path), got=name[:LONGEST_SHOWN]))
        else:
            document = document.with_value(path, str(folder / name))
    return document


def _with_roads_read(document: Document) -> Document:
    """Return the document of a scenario with its road network in place of its name."""
    roads = document.data.get("roads")
    if not isinstance(roads, NAMES_ROADS):
        return document  # validation reports other values
    try:
        return document.with_value(("roads",), network_of(roads))
    except NetworkError as error:
        return document.refuse(("roads",), [_of_roads(problem, document) for problem in error.problems])


def _with_roads_found(document: Document, folder: Path, *, only_in_folder: bool) -> Document:
    name = document.data.get("roads")
    if not isinstance(name, str):
        return document
    if only_in_folder and _leads_elsewhere(name):
        return _refuse(document, ("roads",), Problem("roads_elsewhere", "roads", got=name[:LONGEST_SHOWN]))
    found = find_network(name, folder) if name.strip() else None
    if found is None:
        return _refuse(document, ("roads",), no_such_network(name, "roads"))
    return document.with_value(("roads",), found)


def _shakemap_named(incident: Any) -> str | None:
    """Return the file of a ShakeMap, written as a name or, once read, as ``{file: name}``."""
    named = incident.get("shakemap") if isinstance(incident, Mapping) else None
    file = named.get("file") if isinstance(named, Mapping) else named
    return file if isinstance(file, str) else None


def _leads_elsewhere(name: str) -> bool:
    return Path(name).name != name or name == ".."


def _refuse(document: Document, path: Path_, problem: Problem) -> Document:
    return document.refuse(path, [document.place(problem)])


def _of_roads(problem: Problem, document: Document) -> LocatedProblem:
    """Place a problem of the road network: at its row if the roads stand in the document, else at ``roads``."""
    path: Path_ = ("roads",)
    if problem.where.partition(".")[0] == "roads":
        path, _ = document.split(loc_of(f"{problem.where}.{problem.path}"))
        problem = replace(problem, where="")
    if not problem.where:
        problem = replace(problem, path=dotted(path))
    return document.place(replace(problem, got=printable(problem.got)), path)


def _plan(document: Document, scenario: Scenario) -> PlanSpec:
    data = _mapping(document).data
    others = tuple(spec for spec in scenario.plans if spec.id != data.get("id"))
    parts = {name: getattr(scenario, name) for name in ("hazards", "incidents", "injects", "roads")}
    try:
        spec = PlanSpec.model_validate(data, context=reference_tables(parts | {"plans": [*others, data]}))
    except ValidationError as error:
        raise ScenarioError(problems_of(document, error, PlanSpec)) from error
    _refuse_problems(document)
    try:
        resolve((*others, spec), spec.id)
    except ScenarioError as error:
        late = document.with_problems(document.place(problem) for problem in error.problems)
        raise ScenarioError(in_order(late)) from error
    return spec


def _mapping(document: Document) -> Document:
    """Refuse a file that holds anything but a mapping."""
    if isinstance(document.written, Mapping):
        return document
    _refuse_problems(document)
    code = "file_empty" if document.written is None else "dict_type"
    raise refusal(document.at(document.start(())), code)


def _refuse_problems(document: Document) -> None:
    if document.problems:
        raise ScenarioError(in_order(document))
