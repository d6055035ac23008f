"""The road section that a unit is on: how much of it is left, and when the unit comes to its end.

The position is a share of the section. A change of the speed, or an obstruction, acts on the share that is left: so
travel is first-in, first-out, and who leaves later on the same road never arrives earlier.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

Halts = tuple[tuple[float, float], ...]
"""Halts of a march: after how much driving, how long. [s], [s]"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """One section under way, from the place behind to the place ahead, at one speed.

    Examples
    --------
    60 km at 60 km/h, half as fast at first; after a minute the rest is driven at full speed:

    >>> slow = Stretch("a", "b", "a--b:", 0, True, usual_s=3600.0, factor=1.0, overall=0.5, since_s=0.0, there_s=7200.0)
    >>> slow.share_at(60.0) * 60
    0.5
    >>> slow.at_speed(60.0, 1.0, 1.0).there_s
    3630.0
    """

    behind: str
    ahead: str
    section: str
    row: int
    """Row of the section."""
    along: bool
    """Whether it drives from the first end of the section to the second."""
    usual_s: float
    """Driving time of the whole section with nothing that slows it. [s]"""
    factor: float
    """Speed factor of the section; of a closed one, the last while it was open: so fast it drives beyond."""
    overall: float
    """Speed factor of all roads."""
    since_s: float
    """Moment from which it drives so. [s after STARTEX]"""
    there_s: float
    """When it is at the place ahead. [s after STARTEX]"""
    share: float = 0.0
    """Share of the section that lies behind it at ``since_s``. [0..1]"""
    driven_s: float = 0.0
    """Driving time of the journey until ``since_s``. [s]"""
    halts: Halts = ()
    """Halts on the rest of the section."""
    closed: bool = False
    """Whether the section was closed while it was on it."""
    blocked: float | None = None
    """Share at which an obstruction lies before it; None if it gets through. [0..1]"""
    turned: bool = False
    """Whether it has turned round in front of an obstruction."""

    @property
    def stands(self) -> bool:
        """Whether it has stopped on the section and does not know when it goes on."""
        return self.since_s == math.inf

    @property
    def driven_there_s(self) -> float:
        """Driving time of the journey until the place ahead. [s]"""
        return self.driven_s + (1.0 - self.share) * self.whole_s

    @property
    def whole_s(self) -> float:
        """Driving time of the whole section at this speed. [s]"""
        return self.usual_s / (self.factor * self.overall)

    def driven_at(self, t_s: float) -> tuple[float, float]:
        """Return the driving time of the journey until a moment, and what is left then of a halt. [s], [s]"""
        clock_s, driven_s = self.since_s, self.driven_s
        if t_s < clock_s:
            return driven_s, clock_s - t_s
        for due_s, halt_s in self.halts:
            if t_s <= clock_s + due_s - driven_s:
                break
            clock_s, driven_s = clock_s + due_s - driven_s, due_s
            if t_s < clock_s + halt_s:
                return driven_s, clock_s + halt_s - t_s
            clock_s += halt_s
        return driven_s + t_s - clock_s, 0.0

    def share_at(self, t_s: float) -> float:
        """Return the share of the section that lies behind it at a moment. [0..1]"""
        driven_s, _ = self.driven_at(t_s)
        return min(1.0, self.share + (driven_s - self.driven_s) / self.whole_s) if self.whole_s > 0 else 1.0

    def moment_at(self, share: float) -> float:
        """Return when it is at a share of the section that lies ahead of it. [s after STARTEX]"""
        due_s = self.driven_s + (share - self.share) * self.whole_s
        return self.since_s + due_s - self.driven_s + sum(halt_s for at_s, halt_s in self.halts if at_s < due_s)

    def at_speed(self, t_s: float, factor: float, overall: float) -> Stretch:
        """Return what is left of it at a moment, driven at other factors; without halts but one that is going on."""
        driven_s, rest_s = self.driven_at(t_s)
        share, since_s = self.share_at(t_s), t_s + rest_s
        there_s = since_s + (1.0 - share) * self.usual_s / (factor * overall)
        return replace(
            self, factor=factor, overall=overall, since_s=since_s, there_s=there_s, share=share, driven_s=driven_s,
            halts=(),
        )  # fmt: skip

    def stopped(self, t_s: float) -> Stretch:
        """Return it standing where it is at a moment, until it :meth:`goes_on`."""
        return replace(self.at_speed(t_s, self.factor, self.overall), since_s=math.inf, there_s=math.inf)

    def goes_on(self, t_s: float) -> Stretch:
        """Return the rest of it driven from a moment on, after it has stood.

        >>> on = Stretch("a", "b", "a--b:", 0, True, usual_s=3600.0, factor=1, overall=1, since_s=0, there_s=3600)
        >>> on.stopped(900.0).goes_on(5000.0).there_s
        7700.0
        """
        return replace(self, since_s=t_s, there_s=t_s + (1.0 - self.share) * self.whole_s)

    def with_halts(self, halts: Halts) -> Stretch:
        """Return it with halts on the rest of the section."""
        return replace(self, halts=halts, there_s=self.there_s + sum(halt_s for _, halt_s in halts))

    def from_zero(self) -> Stretch:
        """Return it as the beginning of a new journey, whose driving time counts from the place ahead."""
        there_s = self.driven_there_s
        halts = tuple((due_s - there_s, halt_s) for due_s, halt_s in self.halts)
        return replace(self, driven_s=self.driven_s - there_s, halts=halts)

    def turned_round(self, t_s: float) -> Stretch:
        """Return the way back to the place behind, from where it is at a moment, at the same speed (assumption)."""
        driven_s, _ = self.driven_at(t_s)
        left_s = self.since_s - self.share * self.whole_s
        on_the_move = not self.halts and t_s >= self.since_s
        halted_s = 0.0 if on_the_move else t_s - self.since_s - (driven_s - self.driven_s)
        return replace(
            self, behind=self.ahead, ahead=self.behind, along=not self.along, since_s=t_s,
            there_s=2 * t_s - left_s - halted_s, share=1.0 - self.share_at(t_s), driven_s=driven_s, halts=(),
            blocked=None,
        )  # fmt: skip
