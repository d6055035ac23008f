"""``drillsim compare``: plans over many replications, each against the first."""

from __future__ import annotations

import csv
import math
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from drillsim.base.errors import unknown_name
from drillsim.cli.console import NEVER, print_json, print_table, print_text, progress
from drillsim.cli.inputs import UsageError, named_plan, named_scenario, with_plan_files
from drillsim.cli.tables import case_word, first_rows, incident_titles, print_rest
from drillsim.comparison import ALL_CASES, Comparison, Difference, compare, sentence
from drillsim.language import say, vocabulary, word
from drillsim.metrics import Outcome
from drillsim.metrics.headlines import BY_MEASURE, RESULTS, leading
from drillsim.metrics.registry import unit_of
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Objective, Scenario
from drillsim.study import run_batch

INFORMATIVE = (*RESULTS, *((name, "") for name in ("closure_s", "first_arrival_s", "incident_closed_s", "unmet_needs")))
"""Metrics that get a sentence: first losses of people and property, then times, where there is no objective."""
Shares = Mapping[str, Mapping[str, float]]
"""Share of replications that met an objective, by ids of plan and objective."""


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
    """Run the batch; when interrupted, pass the interrupt on with how far it had come."""
    done, total = 0, len(plans) * replications

    def count(so_far: int, of: int) -> None:
        nonlocal done
        done = so_far
        report(so_far, of)

    try:
        with progress(say("cli.comparing", lang)) as report:
            return run_batch(scenario, plans, replications=replications, seed=seed, jobs=jobs, progress=count)
    except KeyboardInterrupt as interrupt:
        raise KeyboardInterrupt(say("cli.interrupted", lang, done=done, total=total)) from interrupt


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
    """Return the comma-separated ids, followed by those of plan files that are not among them."""
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


def shares_met(objectives: Sequence[Objective], outcomes: Mapping[str, Sequence[Outcome]]) -> Shares:
    """Return, by plan and objective, the share of replications that met it."""
    return {
        plan: {
            objective.id: sum(outcome.objectives[i].met for outcome in many) / len(many)
            for i, objective in enumerate(objectives)
        }
        for plan, many in outcomes.items()
    }


def print_comparison(
    scenario: Scenario,
    plans: tuple[Plan, Plan],
    comparison: Comparison,
    met: Shares,
    lang: str,
    *,
    metrics: Sequence[str] | None,
) -> None:
    """Print how a plan differs from the reference: what matters in sentences, objectives and the rest in tables.

    With *metrics*, only what was asked for.
    """
    names = {plan.id: plan.title.in_(lang) for plan in plans}
    named = {"plan_a": names[comparison.plan_a], "plan_b": names[comparison.plan_b]}
    subjects = _subjects(scenario, plans, lang)
    for difference in _informative(scenario, comparison, metrics):
        subject = "" if difference.case == ALL_CASES else case_word(difference.case, subjects, lang)
        print_text(sentence(difference, lang, **named, subject=subject))
    print_text()
    if not metrics:
        _print_objectives(scenario, comparison, met, lang)
    rows = [d for d in comparison.differences if _worth_a_row(d, metrics)]
    if not rows:
        print_text(say("cli.no_difference", lang))
        return
    print_table(
        f"{named['plan_b']}  –  {named['plan_a']}",
        [say(f"cli.{key}", lang) for key in ("metric", "reference", "plan", "difference", "interval", "unreached")],
        [_row(difference, subjects, lang) for difference in first_rows(rows)],
        right=range(1, 6),
    )
    print_rest(rows, lang)


def _print_objectives(scenario: Scenario, comparison: Comparison, met: Shares, lang: str) -> None:
    """Print the share of replications in which each plan met each objective."""
    shares = [met[plan] for plan in (comparison.plan_a, comparison.plan_b)]
    print_table(
        say("cli.title_met", lang),
        [say(f"cli.{key}", lang) for key in ("objective", "reference", "plan")],
        [(o.title.in_(lang), *(f"{share[o.id]:.0%}" for share in shares)) for o in scenario.objectives],
        right=(1, 2),
    )


def _informative(scenario: Scenario, comparison: Comparison, metrics: Sequence[str] | None) -> list[Difference]:
    """Return the differences that get a sentence: those asked for, else those of the objectives."""
    wanted = [(name, ALL_CASES) for name in metrics or ()]
    if not wanted:
        known = [(d.metric, d.case) for d in comparison.differences if d.verdict != "identical"]
        asked = [(o.metric, o.case or ALL_CASES) for o in scenario.objectives]
        single = {(d.metric, d.case) for d in comparison.differences}
        asked = [(metric, case if (metric, case) in single else ALL_CASES) for metric, case in asked]
        wanted = leading(known, ALL_CASES, RESULTS) + asked
    wanted = wanted or leading([(d.metric, d.case) for d in comparison.differences], ALL_CASES, INFORMATIVE)
    found = {(d.metric, d.case): d for d in comparison.differences}
    return [found[key] for key in dict.fromkeys(wanted) if key in found]


def _worth_a_row(difference: Difference, metrics: Sequence[str] | None) -> bool:
    """Return whether a difference gets a row; single cases do only if their metric was asked for."""
    if metrics:
        return True
    known = not (math.isnan(difference.mean_a) and math.isnan(difference.mean_b))
    headline = leading([(difference.metric, difference.case)], ALL_CASES, RESULTS)
    whole = difference.case == ALL_CASES and difference.metric not in BY_MEASURE
    return known and (whole or bool(headline)) and difference.verdict != "identical"


def _subjects(scenario: Scenario, plans: Iterable[Plan], lang: str) -> dict[str, str]:
    """Return the names of incidents and waves for people."""
    waves = {w.id: w.title.in_(lang) for plan in plans for w in plan.waves if w.title is not None}
    return incident_titles(scenario, lang) | waves


def _row(difference: Difference, subjects: dict[str, str], lang: str) -> tuple[str, ...]:
    unit = unit_of(difference.metric)
    case = "" if difference.case == ALL_CASES else f"\n{case_word(difference.case, subjects, lang)}"
    means = (difference.mean_a, difference.mean_b)
    ends = (difference.low, difference.high)
    most = _largest((difference.mean_difference, *ends))
    amounts = [amount(end, unit, most, sign="+", named=False) for end in ends]
    return (
        f"{word('metric', difference.metric, lang)}{case}",
        *(amount(mean, unit, _largest(means)) for mean in means),
        amount(difference.mean_difference, unit, most, sign="+"),
        NEVER if math.isnan(ends[0]) else " … ".join(amounts),
        f"{difference.unreached_a} / {difference.unreached_b}",
    )


def _largest(values: Iterable[float]) -> float:
    return max((abs(value) for value in values if math.isfinite(value)), default=0.0)


def amount(value: float, unit: str, most: float, *, sign: str = "", named: bool = True) -> str:
    """Return a value of a metric in the unit that suits *most*, the largest value beside it; a dash for none.

    Examples
    --------
    >>> amount(75.0, "s", 75.0), amount(-75.0, "s", 1860.0, sign="+"), amount(36000.0, "s", 36000.0, named=False)
    ('75 s', '-1.2 min', '10.0')
    >>> amount(0.25, "1", 0.25), amount(1500.0, "m", 2000.0), amount(float("nan"), "s", 0.0)
    ('25.0 %', '1.5 km', '–')
    >>> amount(1.78, "m", 2.5), amount(1.78, "m", 350.0, sign="+")
    ('1.78 m', '+2 m')
    """
    if not math.isfinite(value):
        return NEVER
    size, name, digits = _suitable(most, unit)
    number = f"{value / size:{sign}.{digits}f}"
    if float(number) == 0:
        number = number.lstrip("+-")
    return f"{number} {name if named else ''}".strip()


def _suitable(most: float, unit: str) -> tuple[float, str, int]:
    """Return size, name and decimals of the unit in which people would state an amount."""
    if unit == "s":
        sizes = ((18_000.0, (3600.0, "h", 1)), (600.0, (60.0, "min", 1)))
        return next((choice for above, choice in sizes if most >= above), (1.0, "s", 0))
    if unit == "m":
        lengths = ((1000.0, (1000.0, "km", 1)), (100.0, (1.0, "m", 0)), (10.0, (1.0, "m", 1)))
        return next((choice for above, choice in lengths if most >= above), (1.0, "m", 2))
    return (0.01, "%", 1) if unit == "1" else (1.0, "", 2)
