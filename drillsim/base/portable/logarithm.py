"""Logarithms: x = 2**k · F · (1 + u) / (1 - u), F a multiple of 1/128 next to the mantissa (Tang 1990)."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from drillsim.base.portable.elementwise import Array, Elementwise, Numbers
from drillsim.base.portable.exact import product, split
from drillsim.base.portable.tables import LN2_HI, LN2_LO, STEPS, TO_INTEGER, logarithms

_LOG10_E: Final = 0.4342944819032518
_LOG10_E_HI: Final = float.fromhex("0x1.bcb7b10000000p-2")
_LOG10_E_LO: Final = float.fromhex("0x1.49b9438ca9aaep-28")


def log_parts_one(x: float) -> tuple[float, float]:
    """Return the logarithm of a positive number as a sum of two, to 2**-66 of it."""
    base, rest, m, f = _near_one(x)
    return _parts(base, rest, m, f)


def log_parts_many(x: Array) -> tuple[Array, Array]:
    """Return the logarithms of positive numbers as sums of two, to 2**-66 of them; shape of *x* each."""
    base, rest, m, f = _near_many(x)
    return _parts(base, rest, m, f)


def _near_one(x: float) -> tuple[float, float, float, float]:
    """Return ln(2**k F) in two parts, the mantissa and F."""
    m, k = math.frexp(x)
    high, low, _, _ = logarithms()
    n = (m * STEPS + TO_INTEGER) - TO_INTEGER
    j = int(n) - STEPS // 2
    return k * LN2_HI + high[j], k * LN2_LO + low[j], m, n / STEPS


def _near_many(x: Array) -> tuple[Array, Array, Array, Array]:
    m, k = np.frexp(x)
    _, _, high, low = logarithms()
    n = (m * STEPS + TO_INTEGER) - TO_INTEGER
    j = n.astype(np.intp) - STEPS // 2
    return k * LN2_HI + high[j], k * LN2_LO + low[j], m, n / STEPS


def _series(u: Numbers) -> Numbers:
    """Return ln((1 + u) / (1 - u)) - 2 u, for u up to 1/256; the first term left out is 2 u**9 / 9."""
    square = u * u
    return u * square * (2.0 / 3.0 + square * (2.0 / 5.0 + square * (2.0 / 7.0)))


def _sum(base: Numbers, rest: Numbers, m: Numbers, f: Numbers) -> Numbers:
    u = (m - f) / (m + f)
    return base + (2.0 * u + (rest + _series(u)))


def _parts(base: Numbers, rest: Numbers, m: Numbers, f: Numbers) -> tuple[Numbers, Numbers]:
    d, s = m - f, m + f
    s_rest = m - (s - f)
    u = d / s
    p, p_rest = product(u, s)
    u_rest = (((d - p) - p_rest) - u * s_rest) / s
    lead = base + 2.0 * u
    small = ((base - lead) + 2.0 * u) + (2.0 * u_rest + (rest + _series(u)))
    total = lead + small
    return total, (lead - total) + small


def _log_one(x: float) -> float:
    """Return the natural logarithm."""
    if not 0.0 < x < math.inf:
        return -math.inf if x == 0.0 else math.nan if x < 0.0 else x
    return _sum(*_near_one(x))


def _log_many(x: Array) -> Array:
    return _sum(*_near_many(x))


def _log1p_one(x: float) -> float:
    """Return ln(1 + x), also where x is close to 0."""
    if not -1.0 < x < math.inf:
        return -math.inf if x == -1.0 else math.nan if x < -1.0 else x
    y = 1.0 + x
    base, rest, m, f = _near_one(y)
    return x if y == 1.0 else _sum(base, rest + _rounded_off(x, y), m, f)


def _log1p_many(x: Array) -> Array:
    y = 1.0 + x
    base, rest, m, f = _near_many(y)
    return np.where(y == 1.0, x, _sum(base, rest + _rounded_off(x, y), m, f))


def _rounded_off(x: Numbers, y: Numbers) -> Numbers:
    """Return by how much ln(1 + x) is more than ln(y), y being 1 + x rounded."""
    less = y - x
    return ((1.0 - less) + (x - (y - less))) / y


def _log10_one(x: float) -> float:
    """Return the logarithm to the base 10."""
    return _to_base_10(*log_parts_one(x)) if 0.0 < x < math.inf else _log_one(x)


def _log10_many(x: Array) -> Array:
    return _to_base_10(*log_parts_many(x))


def _to_base_10(high: Numbers, low: Numbers) -> Numbers:
    upper, lower = split(high)
    return upper * _LOG10_E_HI + (lower * _LOG10_E_HI + (high * _LOG10_E_LO + low * _LOG10_E))


log = Elementwise(_log_one, _log_many, lambda x: (x > 0.0) & (x < math.inf))
"""The natural logarithm."""
log1p = Elementwise(_log1p_one, _log1p_many, lambda x: (x > -1.0) & (x < math.inf))
"""The natural logarithm of 1 + x, also where x is close to 0."""
log10 = Elementwise(_log10_one, _log10_many, lambda x: (x > 0.0) & (x < math.inf))
"""The logarithm to the base 10."""
