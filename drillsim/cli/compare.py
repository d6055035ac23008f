"""``drillsim compare``: plans over many replications, each against the first."""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from drillsim.base.errors import unknown_name
from drillsim.cli.compare_tables import Shares, print_comparison, shares_met
from drillsim.cli.inputs import UsageError, named_plan, named_scenario, with_plan_files
from drillsim.cli.printing import print_json, print_text, progress
from drillsim.comparison import Comparison, Difference, compare
from drillsim.language import say, vocabulary
from drillsim.metrics import Outcome
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario
from drillsim.study import run_batch


def main(
    lang: str,
    *,
    file: str,
    plans: str | None,
    plan_file: list[Path] | None,
    replications: int,
    seed: int,
    jobs: int,
    metric: list[str] | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Run every plan many times and print how each differs from the first."""
    _refuse_unknown(metric or (), lang)
    scenario, added = with_plan_files(named_scenario(file, lang), plan_file)
    chosen = _chosen(scenario, plans, added, file, lang)
    outcomes = _outcomes(scenario, chosen, replications, seed, jobs, lang)
    reference, *others = chosen
    compared = [compare(outcomes[reference.id], outcomes[plan.id], metrics=metric) for plan in others]
    met = shares_met(scenario.objectives, outcomes)
    if as_json:
        print_json(_as_data(scenario, seed, replications, compared, met))
    elif as_csv:
        _print_csv(compared)
    else:
        named = reference.title.in_(lang)
        print_text(say("cli.paired", lang, n=replications, seed=seed, plan=named) + "\n")
        for plan, comparison in zip(others, compared, strict=True):
            print_comparison(scenario, (reference, plan), comparison, met, lang, metrics=metric)


def _outcomes(
    scenario: Scenario, plans: Sequence[Plan], replications: int, seed: int, jobs: int, lang: str
) -> Mapping[str, Sequence[Outcome]]:
    """Run the batch; an interrupt is passed on after it was said how far the batch had come."""
    done, total = 0, len(plans) * replications

    def count(so_far: int, of: int) -> None:
        nonlocal done
        done = so_far
        report(so_far, of)

    try:
        with progress(say("cli.comparing", lang)) as report:
            return run_batch(scenario, plans, replications=replications, seed=seed, jobs=jobs, progress=count)
    except KeyboardInterrupt:
        sys.stderr.write(say("cli.interrupted", lang, done=done, total=total) + "\n")
        raise


def _refuse_unknown(metrics: Sequence[str], lang: str) -> None:
    for name in metrics:
        if name not in vocabulary("metric"):
            raise UsageError(unknown_name("metric", name, vocabulary("metric"), lang))


def _chosen(scenario: Scenario, plans: str | None, added: list[str], file: str, lang: str) -> list[Plan]:
    known = [spec.id for spec in scenario.plans]
    ids = _named(plans, added) if plans is not None else known
    for name in ids:
        if ids.count(name) > 1:
            raise UsageError(say("cli.plan_twice", lang, name=name))
    chosen = [named_plan(scenario, name, file, lang) for name in ids]
    if len(chosen) <= 1:
        raise UsageError(say("cli.two_plans", lang, known=", ".join(known) or "-"))
    return chosen


def _named(plans: str, added: list[str]) -> list[str]:
    """Return the ids written by commas, and those of plan files that are not among them."""
    named = [name.strip() for name in plans.split(",")]
    return named + [name for name in added if name not in named]


def _as_data(
    scenario: Scenario,
    seed: int,
    replications: int,
    compared: Sequence[Comparison],
    met: Shares,
) -> dict[str, Any]:
    return {
        "scenario": scenario.id,
        "scenario_digest": scenario.digest(),
        "seed": seed,
        "replications": replications,
        "reference": compared[0].plan_a,
        "share_of_replications_that_met": met,
        "comparisons": [asdict(comparison) for comparison in compared],
    }


def _print_csv(compared: Sequence[Comparison]) -> None:
    names = [field.name for field in fields(Difference)]
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["plan_a", "plan_b", *names])
    for comparison in compared:
        for difference in comparison.differences:
            cells = [getattr(difference, name) for name in names]
            row = ["" if isinstance(cell, float) and math.isnan(cell) else cell for cell in cells]
            writer.writerow([comparison.plan_a, comparison.plan_b, *row])
