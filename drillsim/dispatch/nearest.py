"""The nearest free unit answers, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from drillsim.dispatch.base import Candidate, DispatchPolicy, Need, closest
from drillsim.language import Term


class Nearest(DispatchPolicy):
    """Closest unit by expected travel time, across all borders; open needs are served oldest first."""

    words = {
        "title": Term("Nearest unit", "就近调派"),
        "about": Term(__doc__, "不分辖区，预计行车时间最短者出动；待派需求先到先派。"),
    }

    kind: Literal["nearest"] = "nearest"
    """The closest unit, across all borders."""

    @classmethod
    def example(cls) -> Nearest:
        """Return the policy; it has no parameters."""
        return cls()

    def choose(self, need: Need, candidates: Sequence[Candidate], now_s: float) -> str | None:
        """Return the closest unit; ties go to the lower unit id."""
        return closest(candidates)
