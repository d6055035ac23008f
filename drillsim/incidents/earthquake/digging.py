"""What is assumed of those who dig for people under rubble: work, neighbours. Each value can be set in the scenario."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from drillsim.base.quantities import Model, Seconds, Share
from drillsim.hazards.collapsed_site import NEIGHBOUR_PACE, NEIGHBOURS_FROM_S, NEIGHBOURS_UNTIL_S
from drillsim.hazards.earthquake.settlements import NEIGHBOURS_PER_TRAPPED, NEIGHBOURS_SHARE, Neighbours
from drillsim.physics.earthquake.casualties import (
    DEEP_WORK_S,
    LIGHTLY_TRAPPED,
    SURFACE_WORK_S,
    WORK_CV,
    RubbleWork,
)
from drillsim.physics.earthquake.damage import Make

Work = Annotated[Seconds, Field(gt=0, le=3_600_000.0, json_schema_extra={"unit": "person·s"})]


class Digging(Model):
    """Work to free people, by make of the rubble, and the neighbours who dig: assumptions that decide most rescues."""

    surface_work_s: Work = SURFACE_WORK_S
    """Median work to free somebody who is lightly trapped (assumption); 2.3 person-hours were seen in Yushu 2010."""
    deep_work_adobe_s: Work = DEEP_WORK_S["adobe"]
    """Median work to free somebody who lies deep under earth and timber (assumption)."""
    deep_work_brick_s: Work = DEEP_WORK_S["brick"]
    """The same under brick (assumption)."""
    deep_work_concrete_s: Work = DEEP_WORK_S["concrete"]
    """The same under concrete (assumption)."""
    work_cv: Annotated[float, Field(ge=0, le=3)] = WORK_CV
    """Coefficient of variation of the work from person to person (assumption)."""
    light_adobe: Share = LIGHTLY_TRAPPED["adobe"]
    """Share of those under earth and timber whom people without tools can free (assumption)."""
    light_brick: Share = LIGHTLY_TRAPPED["brick"]
    """The same under brick (assumption)."""
    light_concrete: Share = LIGHTLY_TRAPPED["concrete"]
    """The same under concrete (assumption)."""
    neighbours_share: Share = NEIGHBOURS_SHARE
    """Share of the unhurt who dig for neighbours (assumption)."""
    neighbours_per_trapped: Annotated[float, Field(ge=0, le=100)] = NEIGHBOURS_PER_TRAPPED
    """Neighbours who can dig for one person (assumption)."""
    neighbour_pace: Share = NEIGHBOUR_PACE
    """Their pace, compared with that of a trained person (assumption)."""
    neighbours_from_s: Seconds = NEIGHBOURS_FROM_S
    """When they begin, after the earthquake (assumption)."""
    neighbours_until_s: Seconds = NEIGHBOURS_UNTIL_S
    """When they are exhausted, after the earthquake (assumption)."""

    @property
    def work(self) -> RubbleWork:
        """What it takes to free somebody."""
        deep_s: dict[Make, float] = {
            "adobe": self.deep_work_adobe_s, "brick": self.deep_work_brick_s, "concrete": self.deep_work_concrete_s,
        }  # fmt: skip
        light: dict[Make, float] = {
            "adobe": self.light_adobe,
            "brick": self.light_brick,
            "concrete": self.light_concrete,
        }
        return RubbleWork(self.surface_work_s, deep_s, light, self.work_cv)

    @property
    def neighbours(self) -> Neighbours:
        """How many of the unhurt dig."""
        return Neighbours(self.neighbours_share, self.neighbours_per_trapped)
