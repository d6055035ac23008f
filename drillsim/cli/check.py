"""``drillsim check``: files read, plans run once, runs checked against the invariants."""

from __future__ import annotations

from drillsim.base.errors import InputError, Problem, ScenarioError
from drillsim.checks import check_invariants
from drillsim.cli.console import print_text, progress
from drillsim.cli.inputs import UsageError, named_scenario
from drillsim.engine import simulate
from drillsim.language import say
from drillsim.scenario.bundled_scenarios import find_scenario
from drillsim.scenario.lint import lint
from drillsim.scenario.yaml.reader import read_yaml
from drillsim.trace.events import AdvisoryIssued
from drillsim.world.advisory import advisory_text


def main(lang: str, *, files: list[str], seed: int) -> None:
    """Check every file, then report the problems of all of them."""
    problems: list[Problem] = []
    for file in files:
        try:
            _check(file, seed, lang)
        except InputError as error:
            problems += error.problems
    if problems:
        raise ScenarioError(problems)


def _check(file: str, seed: int, lang: str) -> None:
    scenario = named_scenario(file, lang)
    if not scenario.plans:
        where = read_yaml(find_scenario(file)).named("plans")
        raise UsageError(say("cli.no_plans", lang, file=where))
    events, said = 0, dict[str, None]()
    with progress(file) as report:
        for n, spec in enumerate(scenario.plans, start=1):
            trace = simulate(scenario, scenario.plan(spec.id), seed=seed)
            check_invariants(trace)
            events += len(trace.events)
            said |= dict.fromkeys(advisory_text(event, lang) for event in trace.of(AdvisoryIssued))
            report(n, len(scenario.plans))
    document = read_yaml(find_scenario(file))
    found = [*(f"{document.named(warning.path)}: {warning.text(lang)}" for warning in lint(scenario)), *said]
    if found:
        print_text(say("cli.remarks", lang))
        for text in found:
            print_text(f"  {text}")
    print_text(say("cli.file_good", lang, file=file, plans=len(scenario.plans), events=events))
