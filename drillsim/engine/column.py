"""A column on the march: who leaves a place when."""

from __future__ import annotations

from collections.abc import Sequence


class Column:
    """Units that march one behind the other, each on a journey of its own.

    A unit is where its last vehicle is. Each meets closed roads and zones where it is itself, so a column is cut in two
    where one falls between its units. Where they stand, they leave one after the other: the last vehicle of each as
    long after that of the one in front as its own vehicles take to pass.

    Parameters
    ----------
    units
        In march order.
    behind_s
        How far the last vehicle of each is behind the head of the column. [s]
    protection
        Highest grade of exclusion zone through which the column passes: that of its least protected unit.
    """

    def __init__(self, units: Sequence[str], behind_s: Sequence[float], protection: int) -> None:
        self.protection = protection
        self._units = tuple(units)
        self._pass_s = {
            unit: s - before_s for unit, s, before_s in zip(units, behind_s, (0.0, *behind_s[:-1]), strict=True)
        }
        self._leaves: dict[str, tuple[str, float]] = {}
        """By unit, the place where it stood last, and when it leaves it."""

    def leaves_s(self, unit: str, place: str, ready_s: float) -> float:
        """Return when the last vehicle of a unit leaves a place where it stands, ready from a moment on."""
        in_front = (self._leaves.get(other, ("", 0.0)) for other in self._units[: self._units.index(unit)])
        turn_s = max([ready_s, *(leaves_s for where, leaves_s in in_front if where == place)])
        self._leaves[unit] = place, turn_s + self._pass_s[unit]
        return self._leaves[unit][1]

    def leave(self, unit: str) -> None:
        """Wait no longer for a unit that has another order."""
        self._leaves.pop(unit, None)
