"""Units answer within their own district; neighbours are asked only after a while."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.base.quantities import Seconds
from drillsim.dispatch.base import Candidate, DispatchPolicy, Need, closest
from drillsim.language import Term


class OwnDistrict(DispatchPolicy):
    """Closest unit of the incident's own district; the closest of any district once a need has waited."""

    words = {
        "title": Term("Own district first", "属地优先调派"),
        "about": Term(__doc__, "先派本辖区最近力量；等候一段时间后，改派任一辖区最近力量。"),
        "field.neighbours_after_s": Term("Neighbours after", "请求邻区增援时限"),
    }

    kind: Literal["own_district"] = "own_district"
    """Own district first."""
    neighbours_after_s: Seconds = 900.0
    """How long a need waits for a unit of its own district before neighbours are asked (assumption)."""

    @classmethod
    def example(cls) -> OwnDistrict:
        """Return the policy as it is."""
        return cls()

    def choose(self, need: Need, candidates: Sequence[Candidate], now_s: float) -> str | None:
        """Return the closest unit of the district; of any district once the wait is over."""
        own = [candidate for candidate in candidates if candidate.district == need.call.district]
        if own:
            return closest(own)
        return closest(candidates) if now_s + SAME_MOMENT_S >= self.ask_again_s(need) else None

    def ask_again_s(self, need: Need) -> float:
        """Return when neighbours may be asked. [s after STARTEX]"""
        return need.raised_at_s + self.neighbours_after_s
