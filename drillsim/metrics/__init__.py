"""Metrics: pure functions of a trace, and their comparison with objectives.

Each metric maps its cases (an incident, ``incident/slot``, ``incident/task``, a wave, a unit) to a number. A case that
did not come about by ENDEX counts as infinite, never as missing: leaving it out would reward a plan for the calls it
never answered.
"""

from drillsim.metrics.outcome import ObjectiveResult, Outcome, evaluate, percentile
from drillsim.metrics.outcome_files import read_outcomes, write_outcomes
from drillsim.metrics.registry import METRIC_FUNCTIONS, metric_functions

__all__ = [
    "METRIC_FUNCTIONS",
    "ObjectiveResult",
    "Outcome",
    "evaluate",
    "metric_functions",
    "percentile",
    "read_outcomes",
    "write_outcomes",
]
