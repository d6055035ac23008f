"""A timber hall on fire where there is no hydrant: water comes by tankers that shuttle, as long as it burns."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, ClassVar, Final, Literal

from pydantic import Field

from drillsim.base.quantities import Capability, Duration, Text
from drillsim.hazards.base import Intervention
from drillsim.hazards.fire_growth import FireGrowth
from drillsim.hazards.release.leak_tasks import LONG_S, WATER
from drillsim.language import Term
from drillsim.physics.fire.growth import ALPHA_KW_S2
from drillsim.world.task import Task

MOST_TANKERS: Final = 200
"""More tankers nobody brings to one source (assumption)."""
OVER: Final = frozenset({"out", "burnt_out"})


class TimberHall(FireGrowth):
    """A fire that grows as any other, and calls for tankers while it burns; each brings what its round allows."""

    words = {
        "title": Term("Timber hall on fire", "木构殿堂火灾"),
        "about": Term(__doc__, "与一般火灾同样发展，燃烧期间须水罐车运水；每车供水量取决于往返用时。"),
        "value.delivered_l_s": Term("water delivered [l/s]", "供水流量 [升/秒]"),
        "value.heat_kw": Term("heat release [kW]", "热释放速率 [千瓦]"),
        "field.tankers": Term("Tankers", "水罐车数"),
        "field.tanker_l_s": Term("Delivery of a tanker", "单车供水流量"),
        "field.tanker_by": Term("A tanker takes", "运水所需能力"),
        "field.attack_l_s": Term("Flow of the attack", "灭火进攻流量"),
        "field.shuttle_after": Term("Shuttle after", "运水前置任务"),
        "task.shuttle": Term("Water shuttle", "运水供水"),
    }

    needs_separate_crews: ClassVar[bool] = True

    kind: Literal["timber_hall"] = "timber_hall"  # type: ignore[assignment]  # a kind of its own
    """A timber hall without hydrants."""
    tankers: Annotated[int, Field(ge=1, le=MOST_TANKERS)] = 3
    """Tankers that shuttle."""
    tanker_l_s: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "L/s"})]
    """What each brings on average."""
    tanker_by: Capability = "water_supply"
    """What a tanker is."""
    attack_l_s: Annotated[float, Field(ge=0, le=1000, json_schema_extra={"unit": "L/s"})] = 0.0
    """Flow of the attack while it lasts."""
    shuttle_after: Annotated[tuple[str, ...], Field(max_length=10)] = ()
    """Tasks before which no tanker can fill: an ice hole …"""

    @classmethod
    def example(cls) -> TimberHall:
        """Return a hall to which tankers bring 5 L/s each."""
        return cls(id="hall", tanker_l_s=5)

    def intervene(self, state: Any, t_s: float, intervention: Intervention) -> Any:
        """Attack it as any fire; when the water gives out it goes on from the size it has."""
        dry = intervention.name == "water_on" and intervention.phase == "crew" and intervention.people == 0
        if dry and state.stage == "attacked":
            age_s = math.sqrt(state.kw / ALPHA_KW_S2[self.growth])
            return replace(state, stage="growing", began_s=t_s - age_s, changed_s=t_s)
        if intervention.name == "water_on" and intervention.phase == "crew":
            intervention = replace(intervention, phase="start")
        return super().intervene(state, t_s, intervention)

    def measures(self, state: Any, t_s: float) -> Mapping[str, float]:
        """Return its size, and the water on it: none where it has given out."""
        water = self.attack_l_s if self.stage(state) == "attacked" else 0.0
        return {"heat_kw": self._size_kw(state, t_s), "delivered_l_s": water}

    def tasks(self, state: Any, incident: str) -> tuple[Task, ...]:
        """Return one shuttle per tanker while it burns."""
        del incident
        if self.stage(state) in OVER:
            return ()
        return tuple(
            Task(
                id=f"shuttle-{n}", title=Text(en=f"Tanker {n} shuttles", zh=f"{n}号水罐车运水"),
                capabilities=(self.tanker_by,), min_crew=2, one_unit=True, work=Duration(mean_s=LONG_S),
                yields={WATER: self.tanker_l_s}, after=self.shuttle_after,
            )
            for n in range(1, self.tankers + 1)
        )  # fmt: skip
