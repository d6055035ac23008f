"""Comparison of two plans: paired differences with intervals, and a plain sentence for each."""

from drillsim.compare.intervals import interval, sign_test_p
from drillsim.compare.paired import (
    ALL_CASES,
    Comparison,
    ComparisonError,
    Difference,
    Verdict,
    compare,
)
from drillsim.compare.sentences import sentence

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
