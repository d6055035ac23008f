"""The outcome of a run: every metric of its trace and, per objective, whether it was met."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Final

import numpy as np
from pydantic import Field, Strict, TypeAdapter, ValidationError

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.base.errors import OutcomeError
from drillsim.metrics.registry import METRIC_FUNCTIONS, metric_functions, unit_of
from drillsim.scenario.scenario import Objective
from drillsim.trace.trace import Trace

ROUNDING: Final = SAME_MOMENT_S
"""Tolerance within which values of a metric are equal; most are differences of moments. [s, or the metric's unit]"""


Number = Annotated[float, Strict()]
"""A truth value or a text is no number."""
Part = Annotated[float, Strict(), Field(ge=0, le=1)]
Count = Annotated[int, Strict(), Field(ge=0)]
SIGNED: Final = "hazard_peak"
"""The metric that a hazard of a plug-in may make negative: it is of whatever the hazard measures."""


@dataclass(frozen=True, slots=True)
class ObjectiveResult:
    """One objective and the extent to which it was met."""

    id: str
    metric: str
    limit: Number
    share: Part
    """Share of cases that must keep the limit."""
    achieved: Part
    """Share of cases that kept it."""
    met: Annotated[bool, Strict()]
    cases: Count


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a run: all metrics, and whether each objective was met. Its mappings must not be changed."""

    scenario_digest: str
    plan: str
    plan_digest: str
    seed: Count | None
    replication: Count | None
    values: Mapping[str, Mapping[str, Number]]
    """Metric → case → number; infinite for what did not happen by ENDEX."""
    objectives: tuple[ObjectiveResult, ...]

    def as_json(self) -> dict[str, Any]:
        """Return plain data for JSON; infinity is encoded as ``"never"``, NaN as null."""
        values = {
            metric: {case: _encode(value) for case, value in cases.items()} for metric, cases in self.values.items()
        }
        results = [{name: getattr(r, name) for name in ObjectiveResult.__slots__} for r in self.objectives]
        return {
            "scenario_digest": self.scenario_digest, "plan": self.plan, "plan_digest": self.plan_digest,
            "seed": self.seed, "replication": self.replication, "values": values, "objectives": results,
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Outcome:
        """Return the outcome of which :meth:`as_json` made *data*.

        Raises
        ------
        OutcomeError
            If *data* is not of that form.
        """
        try:
            found = _reader().validate_python({**data, "values": _decode(data.get("values"))})
        except ValidationError as error:
            problem = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in problem["loc"])
            raise OutcomeError(f"no outcome: {where}: {problem['msg']}") from error
        for metric, case, value in found.impossible():
            raise OutcomeError(f"no outcome: values.{metric}.{case}: {value:g} {unit_of(metric)} cannot be")
        return found

    def impossible(self) -> Iterator[tuple[str, str, float]]:
        """Yield metric, case and value where a number lies below zero, or a share above one.

        Metrics of plug-ins may be negative, unless they are times or shares.
        """
        for metric, cases in self.values.items():
            unit = unit_of(metric)
            if metric == SIGNED or (metric not in METRIC_FUNCTIONS and unit not in {"s", "1"}):
                continue
            for case, value in cases.items():
                if value < -ROUNDING or (unit == "1" and value > 1 + ROUNDING):
                    yield metric, case, value


def _encode(value: float) -> float | str | None:
    if math.isnan(value):
        return None
    return "never" if value == math.inf else value


def _decode(values: object) -> object:
    """Decode the stand-ins for infinity and NaN; leave malformed data for validation to refuse."""
    if not isinstance(values, Mapping):
        return values
    return {
        metric: {case: math.inf if v == "never" else math.nan if v is None else v for case, v in cases.items()}
        if isinstance(cases, Mapping)
        else cases
        for metric, cases in values.items()
    }


@cache
def _reader() -> TypeAdapter[Outcome]:
    return TypeAdapter(Outcome)


def evaluate(trace: Trace, objectives: Sequence[Objective] = ()) -> Outcome:
    """Return every metric of *trace*, and which *objectives* were met."""
    values = {name: dict(function(trace)) for name, function in metric_functions().items()}
    header = trace.header
    return Outcome(
        scenario_digest=header.scenario_digest,
        plan=header.plan,
        plan_digest=header.plan_digest,
        seed=header.seed,
        replication=header.replication,
        values=values,
        objectives=tuple(_judge(objective, values[objective.metric]) for objective in objectives),
    )


def _judge(objective: Objective, values: Mapping[str, float]) -> ObjectiveResult:
    """Return whether enough cases kept the limit; a case that is named and missing did not, no case at all did."""
    cases = list(values.values()) if objective.case is None else [values.get(objective.case, math.inf)]
    kept = sum(value <= objective.limit + ROUNDING for value in cases)
    achieved = kept / len(cases) if cases else 1.0
    met = achieved >= objective.share - 1e-12
    return ObjectiveResult(objective.id, objective.metric, objective.limit, objective.share, achieved, met, len(cases))


def percentile(values: Iterable[float], share: float) -> float:
    """Return the least value that at least *share* of *values* do not exceed; ``nan`` if there are none.

    Infinite values sort last, so a percentile is infinite when too many cases were never reached.

    Examples
    --------
    >>> percentile([4.0, 1.0, 3.0, 2.0, float("inf")], 0.8), percentile([1.0, float("inf")], 0.9)
    (4.0, inf)
    """
    ordered = np.sort(np.fromiter(values, dtype=float))
    if len(ordered) == 0:
        return math.nan
    return float(ordered[max(0, math.ceil(share * len(ordered) - 1e-9) - 1)])
