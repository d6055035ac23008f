"""Comparison of two plans: paired differences, replication by replication, with intervals.

Both plans share common random numbers in each replication, so the difference within a pair is due to the plans.
Cases that a plan did not reach by ENDEX are infinite and have no place in a mean. They are counted instead, and the
plan that reaches significantly more cases is better, whatever the means.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from drillsim.base.errors import DrillsimError, UnknownNameError, some_of, unknown_name
from drillsim.comparison.intervals import Array, interval, sign_test_p
from drillsim.language import vocabulary
from drillsim.metrics import Outcome
from drillsim.metrics.outcome import ROUNDING

Verdict = Literal["b_less", "a_less", "no_difference", "identical", "b_reaches_more", "a_reaches_more", "too_few"]
ALL_CASES: Final = "*"
"""Case that stands for all cases of a metric: their mean, or the last or the first of them."""
EXTREMES: Final[Mapping[str, Callable[[list[float]], float]]] = {"closure_s": max, "first_in_place_s": min}
"""Metrics of which all cases together mean the last one (all waves in place) or the first one."""
OF_ASSIGNMENTS: Final = frozenset({"turnout_s", "travel_s"})
"""Metrics whose cases are assignments, which exist only where a plan sends a unit."""
OF_PLANS: Final = frozenset({"assembly_s", "march_s", "first_in_place_s", "closure_s", "utilisation", "distance_m"})
"""Metrics whose cases are waves and units, which exist only in plans that have them."""


class ComparisonError(DrillsimError, ValueError):
    """Batches that cannot be compared: different scenario, seed or replications."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of two plans in one metric and case: ``b`` minus ``a``.

    Life: made by :func:`compare` from the outcomes of all replications, then read by sentences, tables and charts.
    """

    metric: str
    case: str
    replications: int
    mean_a: float
    """Mean over the replications that reached it; ``nan`` if none did."""
    mean_b: float
    unreached_a: int
    """Replications (for all cases: cases in all replications) that did not reach it."""
    unreached_b: int
    pairs: int
    """Replications that both plans reached."""
    mean_difference: float
    """Mean of b minus a over the pairs; ``nan`` without a pair."""
    low: float
    """Lower end of the interval of the mean difference; ``nan`` with fewer than two pairs."""
    high: float
    level: float
    """Confidence of the interval."""
    only_a: int
    """Replications that only a reached."""
    only_b: int
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences between two plans, in the order of the metrics; a frozen result of :func:`compare`."""

    plan_a: str
    plan_b: str
    replications: int
    level: float
    differences: tuple[Difference, ...]

    def of(self, metric: str, case: str = ALL_CASES) -> Difference:
        """Return one difference.

        Raises
        ------
        UnknownNameError
            If there is none; the message guesses the metric or case that was meant.
        """
        of_metric = {d.case: d for d in self.differences if d.metric == metric}
        if case in of_metric:
            return of_metric[case]
        if of_metric:
            raise UnknownNameError(f"{metric}: {unknown_name('case', case, of_metric)}")
        if metric in vocabulary("metric"):
            compared = some_of({d.metric for d in self.differences})
            raise UnknownNameError(f"no case of '{metric}' was compared; metrics that were: {compared}")
        raise UnknownNameError(unknown_name("metric", metric, vocabulary("metric")))


def compare(
    outcomes_a: Sequence[Outcome],
    outcomes_b: Sequence[Outcome],
    *,
    level: float = 0.95,
    metrics: Sequence[str] | None = None,
    simultaneous: bool = False,
) -> Comparison:
    """Compare two plans, replication by replication.

    Parameters
    ----------
    outcomes_a, outcomes_b
        Outcomes of two plans on the same scenario, seed and replications, in the same order.
    level
        Confidence of each interval, between 0 and 1. Intervals are not corrected for looking at many of them.
    metrics
        Names of metrics; all of them if left out.
    simultaneous
        Make all intervals wider, so that together they hold the level (Bonferroni over the differences listed).

    Raises
    ------
    ComparisonError
        If the two do not belong together.
    UnknownNameError
        If there is no such metric.
    """
    _check_pairs(outcomes_a, outcomes_b, level)
    names = tuple(vocabulary("metric")) if metrics is None else tuple(metrics)
    for name in names:
        if name not in vocabulary("metric"):
            raise UnknownNameError(unknown_name("metric", name, vocabulary("metric")))
    differences = tuple(d for name in names for d in _differences(name, outcomes_a, outcomes_b, level))
    if simultaneous and differences:
        each = 1 - (1 - level) / len(differences)
        differences = tuple(d for name in names for d in _differences(name, outcomes_a, outcomes_b, each))
    return Comparison(outcomes_a[0].plan, outcomes_b[0].plan, len(outcomes_a), level, differences)


def _check_pairs(outcomes_a: Sequence[Outcome], outcomes_b: Sequence[Outcome], level: float) -> None:
    if not 0 < level < 1:
        raise ComparisonError(f"the confidence level must lie between 0 and 1, got {level}")
    keys = [[(o.scenario_digest, o.seed, o.replication) for o in outcomes] for outcomes in (outcomes_a, outcomes_b)]
    if not outcomes_a or keys[0] != keys[1]:
        raise ComparisonError(
            "plans can only be compared on the same scenario, seed and replications; run them in one batch"
        )
    for outcomes in (outcomes_a, outcomes_b):
        if len({(o.plan, o.plan_digest) for o in outcomes}) > 1:
            raise ComparisonError(f"not all outcomes of plan '{outcomes[0].plan}' are of one and the same plan")
    if len(set(keys[0])) < len(keys[0]):
        number = Counter(keys[0]).most_common(1)[0][0][2]
        raise ComparisonError(f"replication {number} stands there more than once; leave out what was run twice")


def _differences(
    metric: str, outcomes_a: Sequence[Outcome], outcomes_b: Sequence[Outcome], level: float
) -> Iterator[Difference]:
    """Yield the difference over all cases, then those of single cases if there are several."""
    if any(o.values.get(metric) for o in (*outcomes_a, *outcomes_b)):
        yield _over_all(metric, outcomes_a, outcomes_b, level)
    known = _known(metric, outcomes_a, outcomes_b)
    for case in known if len(known) > 1 else ():
        a, b = (
            np.array([o.values.get(metric, {}).get(case, math.inf) for o in o_s]) for o_s in (outcomes_a, outcomes_b)
        )
        yield _difference(metric, case, a, b, level)


def _known(metric: str, outcomes_a: Sequence[Outcome], outcomes_b: Sequence[Outcome]) -> list[str]:
    """Return the cases that can be compared one by one.

    Incidents and tasks are the same under both plans: those that stand in every replication of either plan, for calls
    at random are not the same case twice. A wave or unit is compared if both plans have it, an assignment if both made
    it in every replication.
    """
    of_a, of_b = _cases(metric, outcomes_a), _cases(metric, outcomes_b)
    always_a = [case for case, n in of_a.items() if n == len(outcomes_a)]
    always_b = [case for case, n in of_b.items() if n == len(outcomes_b)]
    if metric in OF_PLANS:
        return [case for case in of_a if case in of_b]
    if metric in OF_ASSIGNMENTS:
        return [case for case in always_a if case in always_b]
    return list(dict.fromkeys([*always_a, *always_b]))


def _cases(metric: str, outcomes: Sequence[Outcome]) -> Counter[str]:
    """Return the number of replications in which each case occurs."""
    return Counter(case for outcome in outcomes for case in outcome.values.get(metric, {}))


def _over_all(metric: str, outcomes_a: Sequence[Outcome], outcomes_b: Sequence[Outcome], level: float) -> Difference:
    """Return the difference of the mean over all cases, per replication over the cases that both plans reached.

    Cases that only one plan has (units and waves of its own) are left out; those that a plan did not reach are counted.
    For the metrics of :data:`EXTREMES` it is the last or first of all cases that each plan has.
    """
    extreme = EXTREMES.get(metric)
    if extreme is not None:
        a, b = (
            np.array([extreme(list(o.values[metric].values()) or [math.inf]) for o in o_s])
            for o_s in (outcomes_a, outcomes_b)
        )
        return _difference(metric, ALL_CASES, a, b, level)
    left_means, right_means, missed_a, missed_b, only_a, only_b, sides = [], [], 0, 0, 0, 0, [0, 0]
    for x, y in zip(outcomes_a, outcomes_b, strict=True):
        left, right = x.values.get(metric, {}), y.values.get(metric, {})
        shared = [case for case in left if case in right]
        reached = [case for case in shared if math.isfinite(left[case]) and math.isfinite(right[case])]
        missed_a += sum(math.isinf(left[case]) for case in shared)
        missed_b += sum(math.isinf(right[case]) for case in shared)
        here = sum(math.isfinite(left[case]) and math.isinf(right[case]) for case in shared)
        there = sum(math.isinf(left[case]) and math.isfinite(right[case]) for case in shared)
        only_a, only_b = only_a + here, only_b + there
        # cases of one replication are correlated; the sign test counts each replication once
        sides[0] += here > there
        sides[1] += there > here
        left_means.append(float(np.mean([left[c] for c in reached])) if reached else math.inf)
        right_means.append(float(np.mean([right[c] for c in reached])) if reached else math.inf)
    counts = (missed_a, missed_b, only_a, only_b)
    return _judged(
        metric, ALL_CASES, np.array(left_means), np.array(right_means), level, counts, sides=(sides[0], sides[1])
    )


def _difference(metric: str, case: str, a: Array, b: Array, level: float) -> Difference:
    """Return the difference of one case: (replications,) arrays, infinite where it was not reached."""
    here, there = np.isfinite(a), np.isfinite(b)
    counts = (int((~here).sum()), int((~there).sum()), int((here & ~there).sum()), int((~here & there).sum()))
    return _judged(metric, case, a, b, level, counts, sides=counts[2:])


def _judged(
    metric: str,
    case: str,
    a: Array,
    b: Array,
    level: float,
    counts: tuple[int, int, int, int],
    *,
    sides: tuple[int, int],
) -> Difference:
    """Return the difference of paired values; *sides* are the replications in which only a, only b reached more."""
    missed_a, missed_b, only_a, only_b = counts
    both = np.isfinite(a) & np.isfinite(b)
    paired = b[both] - a[both]
    low, high = interval(paired, level)
    return Difference(
        metric=metric, case=case, replications=len(a), mean_a=_mean(a), mean_b=_mean(b), unreached_a=missed_a,
        unreached_b=missed_b, pairs=int(both.sum()), mean_difference=_mean(paired), low=low, high=high, level=level,
        only_a=only_a, only_b=only_b, verdict=_verdict(paired, low, high, sides, level),
    )  # fmt: skip


def _mean(values: Array) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else math.nan


def _verdict(paired: Array, low: float, high: float, sides: tuple[int, int], level: float) -> Verdict:
    """Return the verdict: first by cases reached (sign test on replications), then by the interval of the mean."""
    more_a, more_b = sides
    if sign_test_p(more_a, more_b) < 1 - level:
        return "b_reaches_more" if more_b > more_a else "a_reaches_more"
    if len(paired) and not more_a and not more_b and bool(np.all(np.abs(paired) <= ROUNDING)):
        return "identical"
    if math.isnan(low):
        return "too_few"
    if high < 0:
        return "b_less"
    return "a_less" if low > 0 else "no_difference"
