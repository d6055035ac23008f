"""Comparison of two plans: paired differences, replication by replication, with intervals and a plain sentence.

Both plans met the same luck in each replication, so the difference within a pair is the difference between the plans.
Cases that one plan did not reach by ENDEX are infinite; they cannot stand in a mean, so they are counted, and a plan
that reaches more of them is said to be better before any mean is looked at.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, stdtrit

from drillsim.errors import DrillsimError
from drillsim.messages import message
from drillsim.metrics import Outcome
from drillsim.terms import METRICS

Verdict = Literal["b_less", "a_less", "no_difference", "identical", "b_reaches_more", "a_reaches_more", "too_few"]
ALL_CASES: Final = "*"
"""Case that stands for all cases of a metric: their mean, or the last or the first of them."""
EXTREMES: Final[Mapping[str, Callable[[list[float]], float]]] = {"closure_s": max, "first_in_place_s": min}
"""Metrics of which all cases together mean the last one (all waves in place) or the first one."""
Array = NDArray[np.float64]


class ComparisonError(DrillsimError, ValueError):
    """Two batches that cannot be compared: other scenario, seed or replications."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How two plans differ in one metric and case; ``b`` minus ``a``."""

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
    """All differences between two plans."""

    plan_a: str
    plan_b: str
    replications: int
    level: float
    differences: tuple[Difference, ...]

    def of(self, metric: str, case: str = ALL_CASES) -> Difference:
        """Return one difference.

        Raises
        ------
        KeyError
            If there is none.
        """
        for difference in self.differences:
            if (difference.metric, difference.case) == (metric, case):
                return difference
        raise KeyError(f"{metric} of {case}")


def compare(
    outcomes_a: Sequence[Outcome],
    outcomes_b: Sequence[Outcome],
    *,
    level: float = 0.95,
    metrics: Sequence[str] | None = None,
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

    Raises
    ------
    ComparisonError
        If the two do not belong together.
    """
    _check_pairs(outcomes_a, outcomes_b, level)
    names = tuple(METRICS) if metrics is None else tuple(metrics)
    differences = tuple(d for name in names for d in _differences(name, outcomes_a, outcomes_b, level))
    return Comparison(outcomes_a[0].plan, outcomes_b[0].plan, len(outcomes_a), level, differences)


def _check_pairs(outcomes_a: Sequence[Outcome], outcomes_b: Sequence[Outcome], level: float) -> None:
    if not 0 < level < 1:
        raise ComparisonError(f"the confidence level must lie between 0 and 1, got {level}")
    keys = [[(o.scenario_digest, o.seed, o.replication) for o in outcomes] for outcomes in (outcomes_a, outcomes_b)]
    if not outcomes_a or keys[0] != keys[1]:
        raise ComparisonError(
            "plans can only be compared on the same scenario, seed and replications; run them in one batch"
        )


def _differences(
    metric: str, outcomes_a: Sequence[Outcome], outcomes_b: Sequence[Outcome], level: float
) -> Iterator[Difference]:
    """Yield the difference over all cases, then those of single cases that every replication has."""
    cases_a, cases_b = _common_cases(metric, outcomes_a), _common_cases(metric, outcomes_b)
    known = dict.fromkeys([*cases_a, *cases_b])
    if any(o.values.get(metric) for o in (*outcomes_a, *outcomes_b)):
        yield _over_all(metric, outcomes_a, outcomes_b, level)
    if len(known) > 1:
        for case in known:
            a, b = (np.array([o.values[metric].get(case, math.inf) for o in o_s]) for o_s in (outcomes_a, outcomes_b))
            yield _difference(metric, case, a, b, level)


def _common_cases(metric: str, outcomes: Sequence[Outcome]) -> list[str]:
    """Return the cases that stand in every replication: calls at random are not the same case twice."""
    first: Mapping[str, float] = outcomes[0].values.get(metric, {})
    return [case for case in first if all(case in o.values[metric] for o in outcomes)]


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
    left_means, right_means, missed_a, missed_b, only_a, only_b = [], [], 0, 0, 0, 0
    for x, y in zip(outcomes_a, outcomes_b, strict=True):
        left, right = x.values.get(metric, {}), y.values.get(metric, {})
        shared = [case for case in left if case in right]
        reached = [case for case in shared if math.isfinite(left[case]) and math.isfinite(right[case])]
        missed_a += sum(math.isinf(left[case]) for case in shared)
        missed_b += sum(math.isinf(right[case]) for case in shared)
        only_a += sum(math.isfinite(left[case]) and math.isinf(right[case]) for case in shared)
        only_b += sum(math.isinf(left[case]) and math.isfinite(right[case]) for case in shared)
        left_means.append(float(np.mean([left[c] for c in reached])) if reached else math.inf)
        right_means.append(float(np.mean([right[c] for c in reached])) if reached else math.inf)
    return _judged(
        metric, ALL_CASES, np.array(left_means), np.array(right_means), level, (missed_a, missed_b, only_a, only_b)
    )


def _difference(metric: str, case: str, a: Array, b: Array, level: float) -> Difference:
    """Return the difference of one case: (replications,) arrays, infinite where it was not reached."""
    here, there = np.isfinite(a), np.isfinite(b)
    counts = (int((~here).sum()), int((~there).sum()), int((here & ~there).sum()), int((~here & there).sum()))
    return _judged(metric, case, a, b, level, counts)


def _judged(metric: str, case: str, a: Array, b: Array, level: float, counts: tuple[int, int, int, int]) -> Difference:
    missed_a, missed_b, only_a, only_b = counts
    both = np.isfinite(a) & np.isfinite(b)
    paired = b[both] - a[both]
    low, high = interval(paired, level)
    return Difference(
        metric=metric, case=case, replications=len(a), mean_a=_mean(a), mean_b=_mean(b), unreached_a=missed_a,
        unreached_b=missed_b, pairs=int(both.sum()), mean_difference=_mean(paired), low=low, high=high, level=level,
        only_a=only_a, only_b=only_b, verdict=_verdict(paired, low, high, only_a, only_b, level),
    )  # fmt: skip


def _mean(values: Array) -> float:
    finite = values[np.isfinite(values)]
    return float(finite.mean()) if len(finite) else math.nan


def interval(differences: Array, level: float) -> tuple[float, float]:
    """Return the Student interval of the mean of paired differences; ``nan`` with fewer than two.

    Examples
    --------
    >>> low, high = interval(np.array([1.0, 2.0, 3.0]), 0.95)
    >>> round(low, 2), round(high, 2)
    (-0.48, 4.48)
    """
    n = len(differences)
    if n < 2:  # noqa: PLR2004  # one pair says nothing of spread
        return math.nan, math.nan
    mean, error = float(differences.mean()), float(differences.std(ddof=1)) / math.sqrt(n)
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * error
    return mean - half, mean + half


def sign_test_p(only_a: int, only_b: int) -> float:
    """Return how likely so uneven a split is if both plans are as good: the exact two-sided sign test.

    Examples
    --------
    >>> sign_test_p(0, 5), sign_test_p(3, 3), sign_test_p(0, 0)
    (0.0625, 1.0, 1.0)
    """
    n = only_a + only_b
    return min(1.0, 2.0 * float(bdtr(min(only_a, only_b), n, 0.5))) if n else 1.0


def _verdict(paired: Array, low: float, high: float, only_a: int, only_b: int, level: float) -> Verdict:
    """Return what can be said: first who reaches more (sign test on what only one reached), then who is faster."""
    if sign_test_p(only_a, only_b) < 1 - level:
        return "b_reaches_more" if only_b > only_a else "a_reaches_more"
    if len(paired) and not only_a and not only_b and bool(np.all(paired == 0)):
        return "identical"
    if math.isnan(low):
        return "too_few"
    if high < 0:
        return "b_less"
    return "a_less" if low > 0 else "no_difference"


def sentence(difference: Difference, lang: str, *, plan_a: str, plan_b: str, subject: str = "") -> str:
    """Return the difference as a plain sentence.

    Parameters
    ----------
    difference
        What to say.
    lang
        ``en`` or ``zh``.
    plan_a, plan_b
        Names of the plans, for people.
    subject
        Name of the case, for people; left out for all cases.
    """
    metric = METRICS[difference.metric]
    about = message("about_case" if subject else "about_all", lang, metric=metric.in_(lang), subject=subject)
    unit = _Unit.of(metric.unit, difference)
    values = {
        "about": about,
        "a": plan_a,
        "b": plan_b,
        "by": unit.text(abs(difference.mean_difference), lang),
        "low": unit.number(min(abs(difference.low), abs(difference.high))),
        "high": unit.text(max(abs(difference.low), abs(difference.high)), lang),
        "from": unit.number(difference.low),
        "to": unit.text(difference.high, lang),
        "level": f"{100 * difference.level:g}",
        "n": difference.replications,
        "only_a": difference.only_a,
        "only_b": difference.only_b,
    }
    kind = "time" if metric.unit == "s" else "amount"
    said = message(
        f"verdict_{difference.verdict}_{kind}" if _by_kind(difference) else f"verdict_{difference.verdict}",
        lang,
        **values,
    )
    missed = difference.unreached_a + difference.unreached_b
    if not missed:
        return said
    counts = {"a": plan_a, "b": plan_b, "miss_a": difference.unreached_a, "miss_b": difference.unreached_b}
    return said + message("verdict_unreached", lang, **counts)


def _by_kind(difference: Difference) -> bool:
    return difference.verdict in {"a_less", "b_less"}


@dataclass(frozen=True, slots=True)
class _Unit:
    """The unit in which people would say a difference."""

    size: float
    en: str
    zh: str
    digits: int = 0

    @classmethod
    def of(cls, unit: str, difference: Difference) -> _Unit:
        """Return a unit in which the difference is neither tiny nor long."""
        ends = [abs(v) for v in (difference.mean_difference, difference.low, difference.high) if math.isfinite(v)]
        most = max(ends, default=0.0)
        if unit == "s":
            sizes = (
                (5 * 3600, cls(3600, "h", "小时", 1)),
                (300, cls(60, "min", "分钟", 0)),
                (90, cls(60, "min", "分钟", 1)),
            )
            return next((choice for above, choice in sizes if most >= above), cls(1, "s", "秒", 0 if most >= 10 else 1))  # noqa: PLR2004
        if unit == "m":
            return cls(1000, "km", "公里", 0 if most >= 10_000 else 1)  # noqa: PLR2004
        return cls(0.01, "percentage points", "个百分点", 1) if unit == "1" else cls(1, "", "个", 2)

    def number(self, value: float) -> str:
        """Return the value in this unit, without its name."""
        return "–" if math.isnan(value) else f"{value / self.size:.{self.digits}f}"

    def text(self, value: float, lang: str) -> str:
        """Return the value with the name of the unit."""
        return f"{self.number(value)} {self.zh if lang == 'zh' else self.en}".strip()
