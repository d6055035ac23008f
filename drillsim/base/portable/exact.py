"""Sums and products of two numbers in two parts, of which nothing is lost (Muller 2016)."""

from __future__ import annotations

from typing import Final

from drillsim.base.portable.elementwise import Numbers

_SPLITTER: Final = 134217729.0
"""2**27 + 1 (Veltkamp)."""


def exact_sum(a: Numbers, b: float) -> tuple[Numbers, Numbers]:
    """Return a sum and its error, whichever is larger (Knuth)."""
    total = a + b
    of_b = total - a
    return total, (a - (total - of_b)) + (b - of_b)


def split(x: Numbers) -> tuple[Numbers, Numbers]:
    """Return the upper and lower half of the digits of a number, whose products are exact (Veltkamp)."""
    scaled = x * _SPLITTER
    upper = scaled - (scaled - x)
    return upper, x - upper


def product(a: Numbers, b: Numbers) -> tuple[Numbers, Numbers]:
    """Return a product and its error (Dekker)."""
    (a_hi, a_lo), (b_hi, b_lo) = split(a), split(b)
    p = a * b
    return p, ((a_hi * b_hi - p) + a_hi * b_lo + a_lo * b_hi) + a_lo * b_lo
