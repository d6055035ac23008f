"""Constants in two parts, and tables of powers and logarithms, rounded correctly from 40 decimal digits.

A high part has few bits, so that its multiples by whole numbers are exact; the low part is the rest.
"""

from __future__ import annotations

from decimal import Context, Decimal
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
STEPS: Final = 128
"""Steps of both tables to a factor of two."""
GRID: Final = 2.0**42
"""High parts of logarithms are multiples of its reciprocal."""
LN2_HI: Final = float.fromhex("0x1.62e42fefa38p-1")
LN2_LO: Final = float.fromhex("0x1.ef35793c7673p-45")
TO_INTEGER: Final = 6755399441055744.0
"""1.5 · 2**52: a number of which this is added and taken away is rounded to a whole one, halves to even."""
_DIGITS: Final = Context(prec=40)


@cache
def powers_of_two() -> tuple[list[float], list[float], Array, Array]:
    """Return 2**(j / 128), j from 0 to 127, in high and low part, as lists and as arrays: (128,)."""
    exact = [_DIGITS.power(Decimal(2), Decimal(j) / STEPS) for j in range(STEPS)]
    high = [float(value) for value in exact]
    low = [float(_DIGITS.subtract(value, Decimal(part))) for value, part in zip(exact, high, strict=True)]
    return high, low, np.array(high), np.array(low)


@cache
def logarithms() -> tuple[list[float], list[float], Array, Array]:
    """Return ln(j / 128), j from 64 to 128 at index j - 64, in high and low part; the rest is 0: (128,)."""
    exact = [_DIGITS.ln(Decimal(j) / STEPS) for j in range(STEPS // 2, STEPS + 1)]
    high = [float(round(value * Decimal(GRID))) / GRID for value in exact]
    low = [float(_DIGITS.subtract(value, Decimal(part))) for value, part in zip(exact, high, strict=True)]
    high[0], low[0] = -LN2_HI, -LN2_LO
    rest = [0.0] * (STEPS - len(high))
    return [*high, *rest], [*low, *rest], np.array([*high, *rest]), np.array([*low, *rest])
