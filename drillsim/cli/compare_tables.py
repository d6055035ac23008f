"""The sentences and the table of one comparison."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

from drillsim.cli.printing import NEVER, print_table, print_text
from drillsim.cli.rows import case_word, first_rows, incident_titles, say_rest
from drillsim.comparison import ALL_CASES, Comparison, Difference, sentence
from drillsim.language import say, word
from drillsim.metrics import Outcome
from drillsim.metrics.headlines import BY_MEASURE, RESULTS, leading
from drillsim.metrics.registry import unit_of
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Objective, Scenario

TELLING = (*RESULTS, *((name, "") for name in ("closure_s", "first_arrival_s", "incident_closed_s", "unmet_needs")))
"""Metrics that are said in a sentence: what became of people and things; then times, where there is no objective."""


Shares = Mapping[str, Mapping[str, float]]
"""Share of replications that met an objective, by ids of plan and objective."""


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
    for difference in _telling(scenario, comparison, metrics):
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
    say_rest(rows, lang)


def _print_objectives(scenario: Scenario, comparison: Comparison, met: Shares, lang: str) -> None:
    """Print in which share of the replications either plan met each objective."""
    shares = [met[plan] for plan in (comparison.plan_a, comparison.plan_b)]
    print_table(
        say("cli.title_met", lang),
        [say(f"cli.{key}", lang) for key in ("objective", "reference", "plan")],
        [(o.title.in_(lang), *(f"{share[o.id]:.0%}" for share in shares)) for o in scenario.objectives],
        right=(1, 2),
    )


def _telling(scenario: Scenario, comparison: Comparison, metrics: Sequence[str] | None) -> list[Difference]:
    """Return the differences that are said in a sentence: those asked for, else what the objectives are about."""
    wanted = [(name, ALL_CASES) for name in metrics or ()]
    if not wanted:
        known = [(d.metric, d.case) for d in comparison.differences if d.verdict != "identical"]
        asked = [(o.metric, o.case or ALL_CASES) for o in scenario.objectives]
        single = {(d.metric, d.case) for d in comparison.differences}
        asked = [(metric, case if (metric, case) in single else ALL_CASES) for metric, case in asked]
        wanted = leading(known, ALL_CASES, RESULTS) + asked
    wanted = wanted or leading([(d.metric, d.case) for d in comparison.differences], ALL_CASES, TELLING)
    found = {(d.metric, d.case): d for d in comparison.differences}
    return [found[key] for key in dict.fromkeys(wanted) if key in found]


def _worth_a_row(difference: Difference, metrics: Sequence[str] | None) -> bool:
    """Return whether the table shows a difference: single cases only where their metric was asked for."""
    if metrics:
        return True
    known = not (math.isnan(difference.mean_a) and math.isnan(difference.mean_b))
    told = leading([(difference.metric, difference.case)], ALL_CASES, RESULTS)
    whole = difference.case == ALL_CASES and difference.metric not in BY_MEASURE
    return known and (whole or bool(told)) and difference.verdict != "identical"


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
    said = [amount(end, unit, most, sign="+", named=False) for end in ends]
    return (
        f"{word('metric', difference.metric, lang)}{case}",
        *(amount(mean, unit, _largest(means)) for mean in means),
        amount(difference.mean_difference, unit, most, sign="+"),
        NEVER if math.isnan(ends[0]) else " … ".join(said),
        f"{difference.unreached_a} / {difference.unreached_b}",
    )


def _largest(values: Iterable[float]) -> float:
    return max((abs(value) for value in values if math.isfinite(value)), default=0.0)


def amount(value: float, unit: str, most: float, *, sign: str = "", named: bool = True) -> str:
    """Return a value of a metric in the unit that suits *most*, the largest it is seen with; a dash for none.

    Examples
    --------
    >>> amount(75.0, "s", 75.0), amount(-75.0, "s", 1860.0, sign="+"), amount(36000.0, "s", 36000.0, named=False)
    ('75 s', '-1.2 min', '10.0')
    >>> amount(0.25, "1", 0.25), amount(1500.0, "m", 2000.0), amount(float("nan"), "s", 0.0)
    ('25.0 %', '1.5 km', '–')
    """
    if not math.isfinite(value):
        return NEVER
    size, name, digits = _suitable(most, unit)
    number = f"{value / size:{sign}.{digits}f}"
    if float(number) == 0:
        number = number.lstrip("+-")
    return f"{number} {name if named else ''}".strip()


def _suitable(most: float, unit: str) -> tuple[float, str, int]:
    """Return size, name and digits of the unit in which people would say an amount."""
    if unit == "s":
        sizes = ((18_000.0, (3600.0, "h", 1)), (600.0, (60.0, "min", 1)))
        return next((choice for above, choice in sizes if most >= above), (1.0, "s", 0))
    return {"m": (1000.0, "km", 1), "1": (0.01, "%", 1)}.get(unit, (1.0, "", 2))
