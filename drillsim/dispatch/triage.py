"""Worksites in the order of their triage; the nearest free unit answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

from drillsim.dispatch.base import Candidate, DispatchPolicy, Need, closest
from drillsim.language import Term

UNKNOWN: Final = 3.0
"""Rank of a call that tells no triage: as INSARAG triage C, possible live victims (assumption)."""


class Triage(DispatchPolicy):
    """Triage A before B before C before D, as INSARAG has it; within one, the site with most people trapped.

    Calls without triage are served as C, by priority and age.
    """

    words = {
        "title": Term("By triage", "按检伤分级调派"),
        "about": Term(__doc__, "按国际搜救检伤等级A、B、C、D先后；同级先派被困人数最多处。"),
    }

    kind: Literal["triage"] = "triage"
    """Worksites by triage."""

    @classmethod
    def example(cls) -> Triage:
        """Return the policy; it has no parameters."""
        return cls()

    def rank(self, need: Need) -> tuple[float, ...]:
        """Serve by triage, then by people trapped, then by priority, then the oldest first."""
        facts = need.call.facts
        return (facts.get("triage", UNKNOWN), -facts.get("trapped", 0.0), need.call.priority, need.raised_at_s)

    def choose(self, need: Need, candidates: Sequence[Candidate], now_s: float) -> str | None:
        """Return the closest unit; ties go to the lower unit id."""
        return closest(candidates)
