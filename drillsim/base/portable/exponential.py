"""Exponential and hyperbolic functions: exp(x) = 2**k · 2**(j/128) · exp(r), r up to 0.0028 (Tang 1989)."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from drillsim.base.portable.elementwise import Array, Elementwise, Numbers
from drillsim.base.portable.exact import exact_sum
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
    steps = int(n)
    j = steps & (STEPS - 1)
    p = _less_one((x - n * _HI) - n * _LO + rest)
    return math.ldexp(high[j] + (low[j] + high[j] * p), steps >> 7)


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
    """Return exp(r) - 1 of a small number, to the last places of exp(r); the first term left out is r**6 / 720."""
    return r + r * r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0))))


def _expm1_one(x: float) -> float:
    """Return exp(x) - 1, also where that is close to 0."""
    if not LEAST_OF_EXPM1 < x < LARGEST_OF_EXPM1:
        return -1.0 if x <= LEAST_OF_EXPM1 else exp_one(x)
    lead, rest = _less_one_parts_one(x)
    return lead + rest


def _expm1_many(x: Array) -> Array:
    lead, rest = _less_one_parts_many(x)
    return lead + rest


def _less_one_parts_one(x: float) -> tuple[float, float]:
    """Return exp(x) - 1 as a sum of two."""
    high, low, _, _ = powers_of_two()
    n = (x * _PER_STEP + TO_INTEGER) - TO_INTEGER
    k, j = divmod(int(n), STEPS)
    return _less_one_parts(x - n * _HI, n * _LO, math.ldexp(high[j], k), math.ldexp(low[j], k))


def _less_one_parts_many(x: Array) -> tuple[Array, Array]:
    _, _, high, low = powers_of_two()
    shifted = x * _PER_STEP + TO_INTEGER
    steps = shifted.view(np.int64) - _INTEGER_BITS
    n, j, k = shifted - TO_INTEGER, steps & (STEPS - 1), steps >> 7
    return _less_one_parts(x - n * _HI, n * _LO, np.ldexp(high[j], k), np.ldexp(low[j], k))


def _less_one_parts(coarse: Numbers, fine: Numbers, t: Numbers, t_low: Numbers) -> tuple[Numbers, Numbers]:
    """Return (t + t_low) exp(coarse - fine) - 1 as a sum of two; the error is that of rounding t · r.

    The first term left out is r**7 / 5040.
    """
    r = coarse - fine
    r_rest = (coarse - r) - fine
    base, base_rest = exact_sum(t, -1.0)
    beyond = r * r * (0.5 + r * (1.0 / 6.0 + r * (1.0 / 24.0 + r * (1.0 / 120.0 + r * (1.0 / 720.0)))))
    step = t * r
    lead = base + step
    lead_rest = step - (lead - base)
    return lead, lead_rest + (base_rest + (t_low + t * (r_rest + beyond)))


def _tanh_one(x: float) -> float:
    """Return the hyperbolic tangent."""
    if not -ONE_OF_TANH < x < ONE_OF_TANH:
        return x if math.isnan(x) else math.copysign(1.0, x)
    return math.copysign(_over_two_more(*_less_one_parts_one(2.0 * abs(x))), x)


def _tanh_many(x: Array) -> Array:
    return np.asarray(np.copysign(_over_two_more(*_less_one_parts_many(2.0 * np.abs(x))), x))


def _over_two_more(lead: Numbers, rest: Numbers) -> Numbers:
    """Return e / (e + 2) of e = lead + rest."""
    e = lead + rest
    e_rest = (lead - e) + rest
    below, below_rest = exact_sum(e, 2.0)
    ratio = e / below
    return ratio + (e_rest - ratio * (below_rest + e_rest)) / below


exp = Elementwise(exp_one, exp_many, lambda x: (x > LEAST) & (x < LARGEST))
"""The exponential."""
expm1 = Elementwise(_expm1_one, _expm1_many, lambda x: (x > LEAST_OF_EXPM1) & (x < LARGEST_OF_EXPM1))
"""The exponential less 1, also where that is close to 0."""
tanh = Elementwise(_tanh_one, _tanh_many, lambda x: np.abs(x) < ONE_OF_TANH)
"""The hyperbolic tangent."""
