"""Paired statistics: Student's interval of the mean difference, and the exact sign test."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, stdtrit

Array = NDArray[np.float64]


def interval(differences: Array, level: float) -> tuple[float, float]:
    """Return the Student interval of the mean of paired differences; ``nan`` with fewer than two.

    Examples
    --------
    >>> low, high = interval(np.array([1.0, 2.0, 3.0]), 0.95)
    >>> round(low, 2), round(high, 2)
    (-0.48, 4.48)
    """
    n = len(differences)
    if n <= 1:  # one pair has no variance
        return math.nan, math.nan
    mean, error = float(differences.mean()), float(differences.std(ddof=1)) / math.sqrt(n)
    half = float(stdtrit(n - 1, 0.5 + level / 2)) * error
    return mean - half, mean + half


def sign_test_p(only_a: int, only_b: int) -> float:
    """Return the p-value of the exact two-sided sign test: a split this uneven between equally good plans.

    Examples
    --------
    >>> sign_test_p(0, 5), sign_test_p(3, 3), sign_test_p(0, 0)
    (0.0625, 1.0, 1.0)
    """
    n = only_a + only_b
    return min(1.0, 2.0 * float(bdtr(min(only_a, only_b), n, 0.5))) if n else 1.0
