"""Exponential and hyperbolic functions: exp(x) = 2**k · 2**(j/128) · exp(r), r up to 0.0028 (Tang 1989)."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from drillsim.base.portable.elementwise import Array, Elementwise, Numbers
from drillsim.base.portable.tables import STEPS, TO_INTEGER, powers_of_two

LARGEST: Final = 709.782712893384
"""From here on the exponential is infinite."""
LEAST: Final = -745.1332191019412
"""Up to here it is zero."""
LEAST_OF_EXPM1: Final = -40.0
"""Up to here, exp(x) - 1 is -1 to the last place."""
LARGEST_OF_EXPM1: Final = 700.0
"""From here on, 1 is nothing beside exp(x), which has its own limit."""
ONE_OF_TANH: Final = 20.0
"""From here on, the hyperbolic tangent is 1 to the last place."""
_PER_STEP: Final = 184.6649652337873
"""128 / ln 2, rounded: it only chooses the step."""
_HI: Final = float.fromhex("0x1.62e42fefc0000p-8")
"""ln 2 / 128 to 2**-42, and the rest of it."""
_LO: Final = float.fromhex("-0x1.c610ca86c3899p-44")
_INTEGER_BITS: Final = np.array(TO_INTEGER).view(np.int64)[()]


def exp_one(x: float, rest: float = 0.0) -> float:
    """Return exp(x + rest) of a number and a rest that is far below it."""
    if not LEAST < x < LARGEST:
        return x if math.isnan(x) else math.inf if x > 0.0 else 0.0
    high, low, _, _ = powers_of_two()
    n = (x * _PER_STEP + TO_INTEGER) - TO_INTEGER
    k, j = divmod(int(n), STEPS)
    p = _less_one((x - n * _HI) - n * _LO + rest)
    return math.ldexp(high[j] + (low[j] + high[j] * p), k)


def exp_many(x: Array, rest: Array | float = 0.0) -> Array:
    """Return exp(x + rest) of numbers between :data:`LEAST` and :data:`LARGEST`; shape of *x*."""
    _, _, high, low = powers_of_two()
    shifted = x * _PER_STEP + TO_INTEGER
    steps = shifted.view(np.int64) - _INTEGER_BITS
    n = shifted - TO_INTEGER
    t, t_low = high[steps & (STEPS - 1)], low[steps & (STEPS - 1)]
    p = _less_one((x - n * _HI) - n * _LO + rest)
    return np.asarray(np.ldexp(t + (t_low + t * p), steps >> 7))


def _less_one(r: Numbers) -> Numbers:
    """Return exp(r) - 1 of a small number; the first term left out is r**6 / 720."""
    return r + r * r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0))))


def _expm1_one(x: float) -> float:
    """Return exp(x) - 1, also where that is close to 0."""
    if not LEAST_OF_EXPM1 < x < LARGEST_OF_EXPM1:
        return -1.0 if x <= LEAST_OF_EXPM1 else exp_one(x)
    high, low, _, _ = powers_of_two()
    n = (x * _PER_STEP + TO_INTEGER) - TO_INTEGER
    k, j = divmod(int(n), STEPS)
    p = _less_one((x - n * _HI) - n * _LO)
    if k > 54:  # noqa: PLR2004  # 1 is below the last place
        return math.ldexp(high[j] + (low[j] + high[j] * p), k)
    return (math.ldexp(high[j], k) - 1.0) + math.ldexp(low[j] + high[j] * p, k)


def _expm1_many(x: Array) -> Array:
    _, _, high, low = powers_of_two()
    shifted = x * _PER_STEP + TO_INTEGER
    steps = shifted.view(np.int64) - _INTEGER_BITS
    n = shifted - TO_INTEGER
    t, t_low = high[steps & (STEPS - 1)], low[steps & (STEPS - 1)]
    k = steps >> 7
    p = _less_one((x - n * _HI) - n * _LO)
    near = (np.ldexp(t, k) - 1.0) + np.ldexp(t_low + t * p, k)
    if k.max() <= 54:  # noqa: PLR2004
        return np.asarray(near)
    return np.asarray(np.where(k > 54, np.ldexp(t + (t_low + t * p), k), near))  # noqa: PLR2004


def _tanh_one(x: float) -> float:
    """Return the hyperbolic tangent."""
    if not -ONE_OF_TANH < x < ONE_OF_TANH:
        return x if math.isnan(x) else math.copysign(1.0, x)
    above = _expm1_one(2.0 * abs(x))
    return math.copysign(above / (above + 2.0), x)


def _tanh_many(x: Array) -> Array:
    above = _expm1_many(2.0 * np.abs(x))
    return np.asarray(np.copysign(above / (above + 2.0), x))


exp = Elementwise(exp_one, exp_many, lambda x: (x > LEAST) & (x < LARGEST))
"""The exponential."""
expm1 = Elementwise(_expm1_one, _expm1_many, lambda x: (x > LEAST_OF_EXPM1) & (x < LARGEST_OF_EXPM1))
"""The exponential less 1, also where that is close to 0."""
tanh = Elementwise(_tanh_one, _tanh_many, lambda x: np.abs(x) < ONE_OF_TANH)
"""The hyperbolic tangent."""
