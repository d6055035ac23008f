"""The nearest free unit answers, and the most urgent incident is served first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from drillsim.base.quantities import Count
from drillsim.dispatch.base import Candidate, DispatchPolicy, Need, closest


class Priority(DispatchPolicy):
    """Closest unit by expected travel time; open needs are served by priority, then oldest first.

    With ``keep_free`` some units are held back from less urgent incidents.
    """

    kind: Literal["priority"] = "priority"
    """The most urgent incident first."""
    keep_free: Count = 0
    """Free units with the same capability that are held back from incidents below ``urgent``."""
    urgent: Annotated[int, Field(ge=1, le=5)] = 1
    """Incidents up to this priority may have the units held back."""

    def rank(self, need: Need) -> tuple[float, ...]:
        """Serve by priority, then the oldest first."""
        return (need.call.priority, need.raised_at_s)

    def choose(self, need: Need, candidates: Sequence[Candidate], now_s: float) -> str | None:
        """Return the closest unit, or None where the last free units are held back."""
        if need.call.priority > self.urgent and len(candidates) <= self.keep_free:
            return None
        return closest(candidates)
