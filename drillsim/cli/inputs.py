"""The scenario and plans that a command line names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from drillsim.base.errors import DrillsimError, unknown_name
from drillsim.language import say
from drillsim.scenario.bundled_scenarios import find_scenario, is_bare_name, shipped_scenarios
from drillsim.scenario.files import load_plan, load_scenario
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario


class UsageError(DrillsimError):
    """What was asked for cannot be done; the message says what can."""


def named_scenario(file: str, lang: str) -> Scenario:
    """Return the scenario of a file, or the shipped one of that id."""
    path = find_scenario(file)
    known = [shipped.stem for shipped in shipped_scenarios()]
    meant = file.strip().lower().replace("_", "-").removesuffix(".yaml")
    if not path.exists() and (is_bare_name(file) or meant in known):
        raise UsageError(unknown_name("scenario", file, known, lang))
    return load_scenario(path)


def with_plan_files(scenario: Scenario, files: Sequence[Path] | None) -> tuple[Scenario, list[str]]:
    """Return the scenario with the plans of *files* as well, and the ids of those."""
    ids = []
    for path in files or ():
        spec = load_plan(path, scenario)
        scenario = scenario.with_plan(spec)
        ids.append(spec.id)
    return scenario, ids


def named_plan(scenario: Scenario, plan_id: str | None, file: str, lang: str) -> Plan:
    """Return the plan of that id, the first one if none is named."""
    known = [spec.id for spec in scenario.plans]
    if not known:
        raise UsageError(say("cli.no_plans", lang, file=file))
    if plan_id is not None and plan_id not in known:
        raise UsageError(f"{file}: {unknown_name('plan', plan_id, known, lang)}")
    return scenario.plan(plan_id)
