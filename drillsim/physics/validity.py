"""The range in which a published formula holds, and the advisory to issue where a value lies outside it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from drillsim.world.advisory import Advisory

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ValidRange:
    """From where to where a formula was fitted or stated to hold."""

    quantity: str
    """What the value is, in words."""
    low: float
    high: float
    unit: str
    source: str
    """Source of the range."""

    def holds(self, value: ArrayLike) -> NDArray[np.bool_]:
        """Return where *value* lies inside the range, ends included; bool, same shape.

        Examples
        --------
        >>> ValidRange("distance", 100, 10_000, "m", "Briggs 1973").holds([50, 100, 20_000])
        array([False,  True, False])
        """
        values = np.asarray(value, dtype=float)
        return np.asarray((values >= self.low) & (values <= self.high))

    def advisories(self, value: ArrayLike) -> tuple[Advisory, ...]:
        """Return one advisory if any of *value* lies outside, none otherwise.

        Examples
        --------
        >>> [one.text("en") for one in ValidRange("distance", 100, 10_000, "m", "Briggs 1973").advisories(50)]
        ['distance 50 m is outside 100 to 10000 m (Briggs 1973); the formula is used all the same']
        """
        values = np.atleast_1d(np.asarray(value, dtype=float))
        outside = values[~self.holds(values)]
        if outside.size == 0:
            return ()
        worst = float(outside[np.argmax(np.maximum(self.low - outside, outside - self.high))])
        return (
            Advisory.of(
                "out_of_range", quantity=self.quantity, value=worst, unit=self.unit, low=self.low, high=self.high,
                source=self.source,
            ),
        )  # fmt: skip
