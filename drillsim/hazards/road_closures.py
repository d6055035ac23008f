"""Roads that are closed or slowed for some time: named one by one, for whatever reason."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from drillsim.base.quantities import Seconds, Share
from drillsim.hazards.base import Hazard
from drillsim.language import Term
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.references import SectionRef
from drillsim.world.world import World


class RoadClosures(Hazard):
    """Closes or slows the named road sections when it begins, and lets them be as usual again after some time.

    Everybody knows at once; a closure that has to be discovered is an inject with ``reported_after_s``.
    """

    words = {
        "title": Term("Road closures", "道路封闭"),
        "about": Term(__doc__, "开始时封闭指定路段或限速，一段时间后恢复。"),
        "field.sections": Term("Road sections", "路段"),
        "value.closed": Term("closed", "中断"),
        "value.open": Term("open", "通行"),
        "field.lasts_s": Term("How long it lasts", "持续时间"),
    }

    kind: Literal["road_closures"] = "road_closures"
    """Named road sections, closed or slowed."""
    sections: Annotated[tuple[SectionRef, ...], Field(min_length=1, max_length=50_000)]
    """Ids of road sections."""
    speed_factor: Share = 0.0
    """0 closed, 0.5 half as fast."""
    lasts_s: Annotated[Seconds, Field(gt=0)] | None = None
    """For how long; until ENDEX if left out."""

    @classmethod
    def example(cls) -> RoadClosures:
        """Return an hour in which the road is closed."""
        return cls(id="closure", sections=["town--village:"], lasts_s="1 h")

    def begin(self, t_s: float, world: World) -> float:
        """Return the moment when it ends. [s after STARTEX]"""
        return math.inf if self.lasts_s is None else t_s + self.lasts_s

    def stage(self, state: Any) -> str:
        """Return ``closed`` or ``open``."""
        return "open" if state < 0 else "closed"

    def next_change_s(self, state: Any) -> float:
        """Return when the sections are as usual again. [s after STARTEX]"""
        return math.inf if state < 0 else float(state)

    def advance(self, state: Any, t_s: float) -> float:
        """Go over to open."""
        return -1.0

    def speed_factors(self, state: Any, ground: NetworkArrays) -> Mapping[str, float]:
        """Slow the named sections while it lasts."""
        return {} if state < 0 else dict.fromkeys(self.sections, self.speed_factor)
