"""The nearest free unit answers, wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from drillsim.dispatch.base import Candidate, DispatchPolicy, Need, closest


class Nearest(DispatchPolicy):
    """Closest unit by expected travel time, across all borders; open needs are served oldest first."""

    kind: Literal["nearest"] = "nearest"
    """The closest unit, across all borders."""

    def choose(self, need: Need, candidates: Sequence[Candidate], now_s: float) -> str | None:
        """Return the closest unit; ties go to the lower unit id."""
        return closest(candidates)
