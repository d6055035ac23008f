"""Comparison of two plans: paired differences with intervals, and a plain sentence for each."""

from drillsim.comparison.intervals import interval, sign_test_p
from drillsim.comparison.paired import (
    ALL_CASES,
    Comparison,
    ComparisonError,
    Difference,
    Verdict,
    compare,
)
from drillsim.comparison.sentences import sentence

__all__ = [
    "ALL_CASES",
    "Comparison",
    "ComparisonError",
    "Difference",
    "Verdict",
    "compare",
    "interval",
    "sentence",
    "sign_test_p",
]
