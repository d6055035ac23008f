"""Angles: arguments reduced by multiples of π/2 in three parts (Cody and Waite), then polynomials of FDLIBM.

FDLIBM 5.3, Sun Microsystems 1993, permission to use, copy and modify granted: the coefficients of its kernels. Angles
up to 100,000 radians are reduced exactly; beyond, nothing is promised of the last places, but the bits are the same.
"""

from __future__ import annotations

import math
from typing import Any, Final, overload

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drillsim.base.portable.elementwise import FEW, Array, Elementwise, Numbers
from drillsim.base.portable.exact import split
from drillsim.base.portable.tables import TO_INTEGER

_QUARTERS: Final = 0.6366197723675814
_P1: Final = float.fromhex("0x1.921fb544p+0")
_P2: Final = float.fromhex("0x1.0b4611a6p-34")
_P3: Final = float.fromhex("0x1.3198a2e037073p-69")
_HALF_PI: Final = 1.5707963267948966
_HALF_PI_REST: Final = 6.123233995736766e-17
_ATAN_TERMS: Final = (
    3.33333333333329318027e-01, -1.99999999998764832476e-01, 1.42857142725034663711e-01, -1.11111104054623557880e-01,
    9.09088713343650656196e-02, -7.69187620504482999495e-02, 6.66107313738753120669e-02, -5.83357013379057348645e-02,
    4.97687799461593236017e-02, -3.65315727442169155270e-02, 1.62858201153657823623e-02,
)  # fmt: skip
_ATAN_AT: Final = (0.0, 0.4636476090008061, 0.7853981633974483, 0.982793723247329, _HALF_PI)
"""Arc tangents of 0, 1/2, 1, 3/2 and infinity, and what is missing of them."""
_ATAN_REST: Final = (0.0, 2.2698777452961687e-17, 3.061616997868383e-17, 1.3903311031230998e-17, _HALF_PI_REST)
_BOUNDS: Final = (7.0, 11.0, 19.0, 39.0)
"""From which ratios, in sixteenths, the next of them is the one to start from."""
_FACTORS: Final = (
    (1.0, 0.0, 0.0, 1.0),
    (2.0, 1.0, 1.0, 2.0),
    (1.0, 1.0, 1.0, 1.0),
    (2.0, 3.0, 3.0, 2.0),
    (0.0, 1.0, 1.0, 0.0),
)
"""a, b, c, d: the tangent of the rest is (a up - b down) / (c up + d down)."""


def _sin_kernel(r: Numbers, rest: Numbers) -> Numbers:
    z = r * r
    v = z * r
    s = 8.33333333332248946124e-03 + z * (
        -1.98412698298579493134e-04
        + z * (2.75573137070700676789e-06 + z * (-2.50507602534068634195e-08 + z * 1.58969099521155010221e-10))
    )
    return r - ((z * (0.5 * rest - v * s) - rest) - v * -1.66666666666666324348e-01)


def _cos_kernel(r: Numbers, rest: Numbers) -> Numbers:
    z = r * r
    s = z * (
        4.16666666666666019037e-02
        + z
        * (
            -1.38888888888741095749e-03
            + z
            * (
                2.48015872894767294178e-05
                + z * (-2.75573143513906633035e-07 + z * (2.08757232129817482790e-09 + z * -1.13596475577881948265e-11))
            )
        )
    )
    half = 0.5 * z
    w = 1.0 - half
    return w + (((1.0 - w) - half) + (z * s - r * rest))


def _reduced(x: Numbers, n: Numbers) -> tuple[Numbers, Numbers]:
    """Return x - n π/2 in two parts."""
    t = x - n * _P1
    w = n * _P2
    r = t - w
    rest = ((t - r) - w) - n * _P3
    total = r + rest
    return total, (r - total) + rest


def _turned_one(x: float, turn: int) -> float:
    if not -math.inf < x < math.inf:
        return math.nan
    n = (x * _QUARTERS + TO_INTEGER) - TO_INTEGER
    r, rest = _reduced(x, n)
    quarter = (int(n) + turn) % 4
    value = _cos_kernel(r, rest) if quarter % 2 else _sin_kernel(r, rest)
    return -value if quarter >= 2 else value  # noqa: PLR2004


def _turned_many(x: Array, turn: int) -> Array:
    n = (x * _QUARTERS + TO_INTEGER) - TO_INTEGER
    r, rest = _reduced(x, n)
    quarter = (n.astype(np.int64) + turn) & 3
    value = np.where(quarter & 1, _cos_kernel(r, rest), _sin_kernel(r, rest))
    return np.where(quarter & 2, -value, value)


def _tan_one(x: float) -> float:
    """Return the tangent."""
    return _turned_one(x, 0) / _turned_one(x, 1)


def _arctan_ratio_one(up: float, down: float) -> float:
    """Return the arc tangent of up / down, neither negative nor both 0."""
    at = sum(16.0 * up >= bound * down for bound in _BOUNDS)
    a, b, c, d = _FACTORS[at]
    t = (a * up - b * down) / (c * up + d * down)
    return _ATAN_AT[at] + (t - (_arctan_series(t) - _ATAN_REST[at]))


def _arctan_ratio_many(up: Array, down: Array) -> Array:
    at = np.zeros(len(up), np.intp)
    for bound in _BOUNDS:
        at += 16.0 * up >= bound * down
    a, b, c, d = np.array(_FACTORS)[at].T
    t = (a * up - b * down) / (c * up + d * down)
    return np.asarray(np.array(_ATAN_AT)[at] + (t - (_arctan_series(t) - np.array(_ATAN_REST)[at])))


def _arctan_series(t: Numbers) -> Numbers:
    """Return t - arctan(t), for t up to 7/16."""
    z = t * t
    total = z * _ATAN_TERMS[-1]
    for term in _ATAN_TERMS[-2::-1]:
        total = z * (term + total)
    return t * total


def _arctan2_one(y: float, x: float) -> float:
    if x == 0.0 or y == 0.0 or not (-math.inf < x < math.inf and -math.inf < y < math.inf):
        return math.atan2(y, x)  # noqa: TID251  # a multiple of π/4, or nan
    angle = _arctan_ratio_one(abs(y), abs(x))
    return math.copysign(angle if x > 0.0 else (2.0 * _HALF_PI - (angle - 2.0 * _HALF_PI_REST)), y)


@overload
def arctan2(y: float, x: float) -> float: ...
@overload
def arctan2(y: ArrayLike, x: ArrayLike) -> Array: ...
def arctan2(y: Any, x: Any) -> float | Array:
    """Return the angle of the point (x, y), from -π to π; shapes that broadcast. [rad]"""
    if isinstance(y, float | int) and isinstance(x, float | int):
        return _arctan2_one(float(y), float(x))
    up, along = np.broadcast_arrays(np.asarray(y, np.float64), np.asarray(x, np.float64))
    shape, up, along = up.shape, up.ravel(), along.ravel()
    regular = (up != 0.0) & (along != 0.0) & np.isfinite(up) & np.isfinite(along)
    if up.size <= FEW or not regular.all():
        out = np.array([_arctan2_one(a, b) for a, b in zip(up.tolist(), along.tolist(), strict=True)], np.float64)
    else:
        angle = _arctan_ratio_many(np.abs(up), np.abs(along))
        turned = 2.0 * _HALF_PI - (angle - 2.0 * _HALF_PI_REST)
        out = np.copysign(np.where(along > 0.0, angle, turned), up)
    return out.reshape(shape)[()]


def _arcsin_one(x: float) -> float:
    """Return the arc sine. [rad]"""
    if not -1.0 < x < 1.0:
        return math.copysign(_HALF_PI, x) if abs(x) == 1.0 else math.nan
    if abs(x) <= 0.5:  # noqa: PLR2004
        return x + x * _arcsin_series(x * x)
    z = 0.5 * (1.0 - abs(x))
    return math.copysign(_arcsin_from_end(z, math.sqrt(z)), x)


def _arcsin_many(x: Array) -> Array:
    z = 0.5 * (1.0 - np.abs(x))
    small = x + x * _arcsin_series(x * x)
    return np.where(np.abs(x) <= 0.5, small, np.copysign(_arcsin_from_end(z, np.sqrt(z)), x))  # noqa: PLR2004


def _arcsin_from_end(z: Numbers, root: Numbers) -> Numbers:
    """Return π/2 - 2 arcsin(root), root being that of z."""
    upper, _ = split(root)
    lower = (z - upper * upper) / (root + upper)
    small = 2.0 * (root * _arcsin_series(z)) - (_HALF_PI_REST - 2.0 * lower)
    return 0.5 * _HALF_PI - (small - (0.5 * _HALF_PI - 2.0 * upper))


def _arcsin_series(z: Numbers) -> Numbers:
    p = z * (
        1.66666666666666657415e-01
        + z
        * (
            -3.25565818622400915405e-01
            + z
            * (
                2.01212532134862925881e-01
                + z * (-4.00555345006794114027e-02 + z * (7.91534994289814532176e-04 + z * 3.47933107596021167570e-05))
            )
        )
    )
    q = 1.0 + z * (
        -2.40339491173441421878e00
        + z * (2.02094576023350569471e00 + z * (-6.88283971605453293030e-01 + z * 7.70381505559019352791e-02))
    )
    return p / q


def _finite(x: Array) -> NDArray[np.bool_]:
    return np.isfinite(x)


sin = Elementwise(lambda x: _turned_one(x, 0), lambda x: _turned_many(x, 0), _finite)
"""The sine of an angle in radians."""
cos = Elementwise(lambda x: _turned_one(x, 1), lambda x: _turned_many(x, 1), _finite)
"""The cosine of an angle in radians."""
tan = Elementwise(_tan_one, lambda x: _turned_many(x, 0) / _turned_many(x, 1), _finite)
"""The tangent of an angle in radians."""
arcsin = Elementwise(_arcsin_one, _arcsin_many, lambda x: (x > -1.0) & (x < 1.0))
"""The arc sine, in radians."""
