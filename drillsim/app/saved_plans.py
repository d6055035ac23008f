"""Saved plans: kept on disk, so that they survive reloads and restarts."""

from __future__ import annotations

import os
from pathlib import Path

from drillsim.base.errors import ScenarioError
from drillsim.scenario.files import load_plan, save_plan
from drillsim.scenario.plan import PlanSpec
from drillsim.scenario.scenario import Scenario


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
    """Save a plan for a scenario; the file appears whole or not at all."""
    folder = home() / scenario.id
    folder.mkdir(parents=True, exist_ok=True)
    return save_plan(folder / f"{spec.id}.yaml", spec)


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
    (home() / scenario.id / f"{plan_id}.yaml").unlink(missing_ok=True)


def is_saved(scenario: Scenario, plan_id: str) -> bool:
    """Return whether a plan was saved, in contrast to one that stands in the scenario."""
    return (home() / scenario.id / f"{plan_id}.yaml").exists()
