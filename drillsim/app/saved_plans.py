"""Saved plans: kept on disk, so that they survive reloads and restarts."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import Final

from drillsim.base.errors import DrillsimError, ScenarioError, WriteError
from drillsim.scenario.files import load_plan, save_plan
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.scenario import Scenario

_ONE_AT_A_TIME: Final = threading.Lock()
"""Held while a plan is compared with what is on disk and replaced."""


class ChangedPlanError(DrillsimError):
    """A saved plan is not what it was when somebody began to edit it."""


def home() -> Path:
    """Return the folder of saved plans: ``DRILLSIM_HOME``, else ``.drillsim`` in the home folder."""
    return Path(os.environ.get("DRILLSIM_HOME") or Path.home() / ".drillsim") / "plans"


def with_saved_plans(scenario: Scenario) -> tuple[Scenario, tuple[str, ...]]:
    """Return the scenario with the plans saved for it, and the names of files that do not fit it.

    Such a file is kept: it may fit again once the scenario is restored.
    """
    broken: list[str] = []
    waiting = sorted((home() / scenario.id).glob("*.yaml"))
    while waiting:
        left = []
        for path in waiting:
            try:
                scenario = scenario.with_plan(load_plan(path, scenario))
            except ScenarioError:
                left.append(path)
        if len(left) == len(waiting):  # a plan may be based on another saved one, so each gets another try
            broken = [path.name for path in left]
            break
        waiting = left
    return scenario, tuple(broken)


def keep(scenario: Scenario, spec: PlanSpec) -> Path:
    """Save a plan for a scenario, over whatever is there; the file appears whole or not at all.

    Raises
    ------
    WriteError
        If it cannot be written; the message names the file or folder.
    """
    path = _file(scenario, spec.id)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        named = OSError(error.errno, error.strerror or str(error), str(path.parent))
        raise WriteError(f"{path.parent}: cannot be written: {named.strerror}") from named
    return save_plan(path, spec)


def keep_unless_changed(scenario: Scenario, spec: PlanSpec, seen: PlanSpec | None) -> Path:
    """Save a plan if what is on disk is still what was *seen* there; None if there was nothing.

    Raises
    ------
    ChangedPlanError
        If somebody else has written or deleted it since; nothing is written.
    WriteError
        If it cannot be written.
    """
    with _ONE_AT_A_TIME:
        if has_changed(scenario, spec.id, seen):
            raise ChangedPlanError(f"{spec.id} has changed")
        return keep(scenario, spec)


def has_changed(scenario: Scenario, plan_id: str, seen: PlanSpec | None) -> bool:
    """Return whether a saved plan is not what was *seen* on disk; one that cannot be read has changed."""
    if not is_saved(scenario, plan_id):
        return seen is not None
    try:
        return load_plan(_file(scenario, plan_id), scenario) != seen
    except ScenarioError:
        return True


def based_on(scenario: Scenario, plan_id: str) -> tuple[str, ...]:
    """Return the plans that are based on a plan."""
    return tuple(spec.id for spec in scenario.plans if spec.based_on == plan_id)


def incompatibilities(scenario: Scenario, spec: PlanSpec) -> tuple[str, ...]:
    """Return the plans that would not be complete any more if *spec* were saved: they build on what it renames."""
    changed = scenario.with_plan(spec)
    return tuple(other.id for other in scenario.plans if other.id != spec.id and not _is_complete(changed, other.id))


def _is_complete(scenario: Scenario, plan_id: str) -> bool:
    try:
        scenario.plan(plan_id)
    except ScenarioError:
        return False
    return True


def forget(scenario: Scenario, plan_id: str) -> None:
    """Delete a saved plan; one that others are based on stays."""
    if based_on(scenario, plan_id):
        return
    _file(scenario, plan_id).unlink(missing_ok=True)


def is_saved(scenario: Scenario, plan_id: str) -> bool:
    """Return whether a plan was saved, in contrast to one that stands in the scenario."""
    return os.path.lexists(_file(scenario, plan_id))


def _file(scenario: Scenario, plan_id: str) -> Path:
    return home() / scenario.id / f"{plan_id}.yaml"
