"""Snowfall on the high parts of the ground: it slows every road section on the part above a given height."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base.quantities import Seconds
from drillsim.hazards.base import Hazard
from drillsim.language import Term
from drillsim.roads import snow_speed_factor
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.world import World


@dataclass(frozen=True, slots=True)
class _Snow:
    stage: Literal["falling", "lying", "gone"]
    until_s: float


class Snowfall(Hazard):
    """Snow falls for some time, lies for some time, and is then gone.

    While it falls, roads are as slow as in heavy snow; while it lies, as in light snow. The factors and their source
    are those of :func:`drillsim.roads.snow_speed_factor`.
    """

    words = {
        "title": Term("Snowfall", "降雪"),
        "about": Term(__doc__, "降雪一段时间，积雪一段时间，随后消融。"),
        "field.falls_s": Term("Falls for", "降雪时长"),
        "field.lies_s": Term("Lies for", "积雪时长"),
        "field.level": Term("Level", "强度"),
        "value.falling": Term("falling", "降雪中"),
        "value.lying": Term("lying", "积雪"),
        "error.no_duration": Term("lasts 0 s; write a time above 0", "持续时间为 0；请写大于 0 的时间"),
    }

    kind: Literal["snowfall"] = "snowfall"
    """Snow above a given height."""
    above_m: Annotated[float, Field(ge=-500, le=9000, json_schema_extra={"unit": "m"})] = 3500.0
    """Roads that lie above this are slowed; a section that is partly above it, on that part."""
    falls_s: Seconds
    """How long it falls."""
    lies_s: Seconds = 0.0
    """How long it lies afterwards."""
    level: Literal["light", "heavy"] = "heavy"
    """How dense it falls."""

    @classmethod
    def example(cls) -> Snowfall:
        """Return two hours of snow on the higher part of the road."""
        return cls(id="snow", falls_s="2 h", lies_s="1 h", above_m=3000)

    @model_validator(mode="after")
    def _takes_time(self) -> Snowfall:
        if self.falls_s + self.lies_s <= 0:
            raise PydanticCustomError("no_duration", "must last longer than 0 s")
        return self

    def begin(self, t_s: float, world: World) -> _Snow:
        """Return the state when snow begins to fall."""
        return _Snow("falling", t_s + self.falls_s)

    def stage(self, state: Any) -> str:
        """Return ``falling``, ``lying`` or ``gone``."""
        return str(state.stage)

    def next_change_s(self, state: Any) -> float:
        """Return when snow stops falling, or is gone. [s after STARTEX]"""
        return math.inf if state.stage == "gone" else float(state.until_s)

    def advance(self, state: Any, t_s: float) -> _Snow:
        """Go over from falling to lying, from lying to gone."""
        if state.stage == "falling" and self.lies_s > 0:
            return _Snow("lying", t_s + self.lies_s)
        return _Snow("gone", math.inf)

    def speed_factors(self, state: Any, ground: NetworkArrays) -> Mapping[str, float]:
        """Slow what lies above ``above_m`` of each section: as much later as that part of its length takes longer."""
        if state.stage == "gone":
            return {}
        factor = snow_speed_factor(self.level if state.stage == "falling" else "light")
        part = ground.part_above(self.above_m)
        high = np.flatnonzero(part > 0)
        slowed = np.where(part[high] < 1, 1 / (1 - part[high] + part[high] / factor), factor)
        return dict(zip(ground.section_ids.names(high), slowed.tolist(), strict=True))
