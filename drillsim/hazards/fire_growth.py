"""A fire that grows with the square of time until water is on it, or until it has burnt all there is."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Annotated, Literal

from pydantic import Field

from drillsim.base.quantities import Seconds
from drillsim.hazards.base import Hazard, Intervention
from drillsim.language import Term
from drillsim.physics.fire.growth import ALPHA_KW_S2, heat_release_kw
from drillsim.world.task import Task
from drillsim.world.world import World

Kilowatt = Annotated[float, Field(gt=0, le=1e7, json_schema_extra={"unit": "kW"})]


@dataclass(frozen=True, slots=True)
class _Fire:
    began_s: float
    stage: Literal["growing", "fully_developed", "burnt_out", "attacked", "out"]
    changed_s: float
    kw: float


class FireGrowth(Hazard):
    """A fire in one compartment: t-squared growth, a peak, burn-out; held from the moment water is on.

    The work of the tasks that act on it is written for a fire of ``reference_kw``; a fire that is larger or smaller
    when the work begins takes proportionally more or less of it (assumption: work goes with the water needed, and
    that with the heat released), but never less than ``least_work``.
    """

    words = {
        "title": Term("Growing fire", "火势发展"),
        "about": Term(__doc__, "单个房间火灾：按时间平方增长，达到峰值后燃尽；出水后受控。"),
        "field.peak_kw": Term("Peak heat release", "热释放速率峰值"),
        "field.reference_kw": Term("Reference size", "基准火势规模"),
        "field.least_work": Term("Least work", "最小工作量系数"),
    }

    kind: Literal["fire_growth"] = "fire_growth"
    """A t-squared fire."""
    growth: Literal["slow", "medium", "fast", "ultra_fast"] = "medium"
    """Growth class."""
    peak_kw: Kilowatt = 10_000.0
    """Heat release rate at which growth ends, by fuel or ventilation."""
    burns_s: Annotated[Seconds, Field(gt=0)] = 7200.0
    """How long it burns at its peak if nobody comes."""
    reference_kw: Kilowatt = 2_000.0
    """Size of fire for which the work of the tasks is written."""
    least_work: Annotated[float, Field(gt=0, le=1)] = 0.25
    """Least part of the written work that any fire takes (assumption)."""

    @classmethod
    def example(cls) -> FireGrowth:
        """Return a fire that nobody has set anything of."""
        return cls(id="fire")

    def begin(self, t_s: float, world: World) -> _Fire:
        """Return the state at established burning."""
        return _Fire(began_s=t_s, stage="growing", changed_s=t_s, kw=0.0)

    def stage(self, state: _Fire) -> str:
        """Return ``growing``, ``fully_developed``, ``burnt_out``, ``attacked`` or ``out``."""
        return state.stage

    def next_change_s(self, state: _Fire) -> float:
        """Return when it reaches its peak, or has burnt out. [s after STARTEX]"""
        if state.stage == "growing":
            return state.began_s + math.sqrt(self.peak_kw / ALPHA_KW_S2[self.growth])
        if state.stage == "fully_developed":
            return state.changed_s + self.burns_s
        return math.inf

    def advance(self, state: _Fire, t_s: float) -> _Fire:
        """Go over from growing to fully developed, from that to burnt out."""
        if state.stage == "growing":
            return replace(state, stage="fully_developed", changed_s=t_s, kw=self.peak_kw)
        return replace(state, stage="burnt_out", changed_s=t_s, kw=0.0)

    def intervene(self, state: _Fire, t_s: float, intervention: Intervention) -> _Fire:
        """Water on holds the fire at the size it has; when that work is done the fire is out."""
        if intervention.name != "water_on" or state.stage in {"burnt_out", "out"}:
            return state
        if intervention.phase == "end":
            return replace(state, stage="out", changed_s=t_s, kw=0.0)
        return replace(state, stage="attacked", changed_s=t_s, kw=self._size_kw(state, t_s))

    def work_factor(self, state: _Fire, t_s: float, task: Task) -> float:
        """Return the size of the fire over the reference size, at least ``least_work``."""
        return max(self.least_work, self._size_kw(state, t_s) / self.reference_kw)

    def _size_kw(self, state: _Fire, t_s: float) -> float:
        if state.stage != "growing":
            return state.kw
        return min(self.peak_kw, heat_release_kw(ALPHA_KW_S2[self.growth], t_s - state.began_s))
