"""Plans that a planner saved: kept on disk, so that neither a reload nor a restart loses one."""

from __future__ import annotations

import os
from pathlib import Path

from drillsim.errors import ScenarioError
from drillsim.files import load_plan, save_plan
from drillsim.plan import PlanSpec
from drillsim.scenario import Scenario


def home() -> Path:
    """Return the folder of saved plans: ``DRILLSIM_HOME``, else ``.drillsim`` in the home folder."""
    return Path(os.environ.get("DRILLSIM_HOME") or Path.home() / ".drillsim") / "plans"


def with_saved_plans(scenario: Scenario) -> tuple[Scenario, tuple[str, ...]]:
    """Return the scenario with the plans saved for it, and the names of files that could not be read.

    Such a file is set aside under another name; it is never deleted.
    """
    broken = []
    waiting = sorted((home() / scenario.id).glob("*.yaml"))
    while waiting:
        left = []
        for path in waiting:
            try:
                scenario = scenario.with_plan(load_plan(path, scenario))
            except ScenarioError:
                left.append(path)
        if len(left) == len(waiting):  # a plan may be based on another saved one, so each gets another try
            broken = [_set_aside(path) for path in left]
            break
        waiting = left
    return scenario, tuple(broken)


def _set_aside(path: Path) -> str:
    aside = path.with_suffix(".yaml.unreadable")
    path.replace(aside)
    return aside.name


def keep(scenario: Scenario, spec: PlanSpec) -> Path:
    """Save a plan for a scenario; the file appears whole or not at all."""
    folder = home() / scenario.id
    folder.mkdir(parents=True, exist_ok=True)
    return save_plan(folder / f"{spec.id}.yaml", spec)


def forget(scenario: Scenario, plan_id: str) -> None:
    """Delete a saved plan."""
    (home() / scenario.id / f"{plan_id}.yaml").unlink(missing_ok=True)


def is_saved(scenario: Scenario, plan_id: str) -> bool:
    """Return whether a plan was saved, in contrast to one that stands in the scenario."""
    return (home() / scenario.id / f"{plan_id}.yaml").exists()
