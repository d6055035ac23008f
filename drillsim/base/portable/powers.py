"""Powers and roots: x**y = exp(y · ln x), with the logarithm and the product in two parts each."""

from __future__ import annotations

import math
from typing import Any, Final, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drillsim.base.portable.elementwise import BLOCK, FEW, Array, Elementwise, Numbers
from drillsim.base.portable.exact import product
from drillsim.base.portable.exponential import LARGEST, LEAST, exp, exp_many, exp_one
from drillsim.base.portable.logarithm import log, log_parts_many, log_parts_one

_CUBE_ROOT_OF_2: Final = 1.2599210498948732
_THIRD: Final = 1.0 / 3.0
_THIRD_REST: Final = 1.850371707708594e-17


def geometric(first: float, last: float, count: int) -> Array:
    """Return so many numbers from the first to the last, each by one factor above the last: (n,), n being *count*."""
    between = exp(np.linspace(log(first), log(last), count)[1:-1])
    return np.concatenate(([first], between, [last]))


def square(x: Numbers) -> Numbers:
    """Return x², which ``x**2`` of a float leaves to the mathematical library."""
    return x * x


@overload
def power(x: float, y: float) -> float: ...
@overload
def power(x: ArrayLike, y: ArrayLike) -> Array: ...
def power(x: Any, y: Any) -> float | Array:
    """Return x to the power of y; shapes that broadcast."""
    if isinstance(x, float | int) and isinstance(y, float | int):
        return _power_one(float(x), float(y))
    base, exponent = np.asarray(x, np.float64), np.asarray(y, np.float64)
    if exponent.ndim == 0 and base.size > FEW:
        return _power_blocks(base.ravel(), exponent.reshape(1)).reshape(base.shape)
    base, exponent = np.broadcast_arrays(base, exponent)
    if base.ndim == 0:
        return np.float64(_power_one(float(base), float(exponent)))
    flat, of = base.ravel(), exponent.ravel()
    if flat.size <= FEW:
        pairs = zip(flat.tolist(), of.tolist(), strict=True)
        return np.array([_power_one(a, b) for a, b in pairs], np.float64).reshape(base.shape)
    return _power_blocks(flat, of).reshape(base.shape)


def _power_blocks(x: Array, y: Array) -> Array:
    """Return powers of (n,) numbers, *y* being of shape (n,) or (1,)."""
    if len(y) == 1 and y[0] == 2.0:  # noqa: PLR2004
        return x * x
    out = np.empty(x.size)
    for begin in range(0, x.size, BLOCK):
        part = slice(begin, begin + BLOCK)
        out[part] = _power_many(x[part], y if len(y) == 1 else y[part])
    return out


def _power_one(x: float, y: float) -> float:
    if y == 2.0:  # noqa: PLR2004  # a square is exact but for its last rounding
        return x * x
    if not 0.0 < x < math.inf or not -math.inf < y < math.inf or x == 1.0:
        return _special(x, y)
    high, low = log_parts_one(x)
    p, p_rest = product(y, high) if abs(y) < 1e9 else (y * high, 0.0)  # noqa: PLR2004  # beyond, 1, 0 or infinite
    return exp_one(p, p_rest + y * low)


def _power_many(x: Array, y: Array) -> Array:
    regular = (x > 0.0) & (x < math.inf) & (np.abs(y) < 1e9) & (y != 2.0)  # noqa: PLR2004
    if not regular.all():
        return _power_mixed(x, np.broadcast_to(y, x.shape), regular)
    high, low = log_parts_many(x)
    p, p_rest = product(y, high)
    inside = (p > LEAST) & (p < LARGEST)
    if not inside.all():
        return _power_mixed(x, np.broadcast_to(y, x.shape), inside)
    return exp_many(p, p_rest + y * low)


def _power_mixed(x: Array, y: Array, regular: NDArray[np.bool_]) -> Array:
    """Return powers some of which are special: 0, infinite, squares, too large or too small."""
    out = np.empty(x.size)
    squares = y == 2.0  # noqa: PLR2004
    out[squares] = x[squares] * x[squares]
    nothing = (x == 0.0) & (y > 0.0)
    out[nothing] = 0.0
    if regular.any():
        out[regular] = _power_many(x[regular], y[regular])
    other = ~regular & ~squares & ~nothing
    pairs = zip(x[other].tolist(), y[other].tolist(), strict=True)
    out[other] = [_power_one(a, b) for a, b in pairs]
    return out


def _special(x: float, y: float) -> float:
    """Return powers with 0, 1, infinity, nan, and of negative numbers."""
    if x < 0.0 and math.isfinite(x) and math.isfinite(y):
        if y != math.floor(y):
            return math.nan
        size = _power_one(-x, y)
        return -size if math.fmod(y, 2.0) != 0.0 else size
    if x == 0.0 and y < 0.0:
        return math.copysign(math.inf, x) if math.isfinite(y) and math.fmod(y, 2.0) in {1.0, -1.0} else math.inf
    return math.pow(x, y)  # exact: 0, 1, infinite or nan  # noqa: TID251


def _cbrt_one(x: float) -> float:
    """Return the cube root."""
    if x == 0.0 or not -math.inf < x < math.inf:
        return x
    high, low = log_parts_one(abs(x))
    p, p_rest = product(high, _THIRD)
    return math.copysign(exp_one(p, p_rest + (low * _THIRD + high * _THIRD_REST)), x)


def _cbrt_many(x: Array) -> Array:
    high, low = log_parts_many(np.abs(x))
    p, p_rest = product(high, np.full(len(x), _THIRD))
    return np.asarray(np.copysign(exp_many(p, p_rest + (low * _THIRD + high * _THIRD_REST)), x))


cbrt = Elementwise(_cbrt_one, _cbrt_many, lambda x: (x != 0.0) & (np.abs(x) < math.inf))
"""The cube root, of negative numbers too."""


@overload
def hypot(x: float, y: float) -> float: ...
@overload
def hypot(x: ArrayLike, y: ArrayLike) -> Array: ...
def hypot(x: Any, y: Any) -> float | Array:
    """Return the length of the hypotenuse, for lengths between 1e-150 and 1e150; shapes that broadcast."""
    if isinstance(x, float | int) and isinstance(y, float | int):
        return math.sqrt(x * x + y * y)
    a, b = np.asarray(x, np.float64), np.asarray(y, np.float64)
    return np.asarray(np.sqrt(a * a + b * b))[()]
