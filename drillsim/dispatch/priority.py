"""The nearest free unit answers, and the most urgent incident is served first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from drillsim.base.quantities import Count
from drillsim.dispatch.base import Candidate, DispatchPolicy, Need, closest
from drillsim.language import Term


class Priority(DispatchPolicy):
    """Closest unit by expected travel time; open needs are served by priority, then oldest first.

    With ``keep_free`` some units are held back from less urgent incidents.
    """

    words = {
        "title": Term("Most urgent first", "按灾情等级调派"),
        "about": Term(__doc__, "预计行车时间最短者出动；待派需求先按灾情等级、再按先后。"),
        "field.keep_free": Term("Kept free", "留守力量数"),
        "field.urgent": Term("Urgent up to", "紧急等级上限"),
    }

    kind: Literal["priority"] = "priority"
    """The most urgent incident first."""
    keep_free: Count = 0
    """Free units with the same capability that are held back from incidents below ``urgent``."""
    urgent: Annotated[int, Field(ge=1, le=5)] = 1
    """Incidents up to this priority may have the units held back."""

    @classmethod
    def example(cls) -> Priority:
        """Return the policy with one unit held back."""
        return cls(keep_free=1)

    def rank(self, need: Need) -> tuple[float, ...]:
        """Serve by priority, then the oldest first."""
        return (need.call.priority, need.raised_at_s)

    def choose(self, need: Need, candidates: Sequence[Candidate], now_s: float) -> str | None:
        """Return the closest unit, or None where the last free units are held back."""
        if need.call.priority > self.urgent and len(candidates) <= self.keep_free:
            return None
        return closest(candidates)
