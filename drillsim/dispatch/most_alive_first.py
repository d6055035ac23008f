"""Worksites where an hour of work is likely to bring out most people alive; the nearest free unit answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from drillsim.dispatch.base import Candidate, DispatchPolicy, Need, closest
from drillsim.language import Term


class MostAliveFirst(DispatchPolicy):
    """The site first where most people can be freed for an hour of work: many who lie lightly before few who lie deep.

    All were trapped in the same moment, so that the share still alive is the same everywhere and does not change the
    order. Calls that tell no work are served after, by priority and age.
    """

    words = {
        "title": Term("Most alive first", "按可救人数调派"),
        "about": Term(__doc__, "优先单位工时可救出人数最多的作业点：先救多数浅埋者，后救少数深埋者。"),
        "field.start_work_h": Term("Work before the first is reached", "首人救出前作业量"),
    }

    kind: Literal["most_alive_first"] = "most_alive_first"
    """Worksites by people freed for an hour of work."""
    start_work_h: Annotated[float, Field(ge=0, le=1000, json_schema_extra={"unit": "h"})] = 4.0
    """Work before the first person is reached: search, and setting up. [person·h] (assumption)"""

    @classmethod
    def example(cls) -> MostAliveFirst:
        """Return the policy as it is."""
        return cls()

    def rank(self, need: Need) -> tuple[float, ...]:
        """Serve by people per hour of work, then by priority, then the oldest first."""
        facts = need.call.facts
        if "work_h" not in facts:
            return (0.0, need.call.priority, need.raised_at_s)
        freed_per_h = facts.get("trapped", 0.0) / (self.start_work_h + facts["work_h"])
        return (-freed_per_h, need.call.priority, need.raised_at_s)

    def choose(self, need: Need, candidates: Sequence[Candidate], now_s: float) -> str | None:
        """Return the closest unit; ties go to the lower unit id."""
        return closest(candidates)
