"""The base class of events."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at one moment."""

    t_s: float
    """Moment. [s after STARTEX]"""

    def unequal_lists(self) -> str:
        """Return how the lists of the event disagree, for a file that lies; empty if they belong together."""
        return ""


def told_apart(lengths: dict[str, int]) -> str:
    """Return the lengths of lists that must be as long as each other, if they are not; else nothing.

    Examples
    --------
    >>> told_apart({"names": 2, "values": 1}), told_apart({"names": 1, "values": 1})
    ('names has 2, values has 1', '')
    """
    return "" if len(set(lengths.values())) == 1 else ", ".join(f"{name} has {n}" for name, n in lengths.items())
