"""What an earthquake does to the people who are not under rubble, to lines of communication, and in aftershocks."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Annotated, Final, Literal

from pydantic import Field

from drillsim.base.quantities import Count, Model, Seconds
from drillsim.hazards.base import Hazard
from drillsim.language import Term
from drillsim.world.references import NodeRef
from drillsim.world.world import World

MOST_PEOPLE: Final = 1_000_000_000
"""More people than any earthquake shakes (numerical bound)."""
People = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]

SHAKES_S: Final = 60.0
"""How long strong shaking lasts at most (assumption)."""
MOST_AFTERSHOCKS: Final = 100_000
"""More than ten times what five standard deviations of productivity give the largest earthquake in ten years
(derived)."""


class StrongAftershock(Model):
    """An aftershock that all feel."""

    t_s: Seconds
    """When it strikes, after STARTEX."""
    magnitude: Annotated[float, Field(ge=0, le=9)]
    """Its magnitude."""
    halts_s: Seconds = 0.0
    """For how long nobody may work inside afterwards."""


@dataclass(frozen=True, slots=True)
class _Shaken:
    began_s: float
    t_s: float


class EarthquakeToll(Hazard):
    """The people of all settlements who are not trapped, before and after the shaking, and the aftershocks.

    Everybody is unhurt until the shaking is over; who is trapped is counted at the worksites.
    """

    words = {
        "title": Term("Toll of an earthquake", "地震伤亡与余震"),
        "about": Term(__doc__, "震前震后未被压埋的全部人员，以及余震。"),
        "field.unhurt": Term("Unhurt", "未受伤"),
        "field.hurt_light": Term("Lightly hurt", "轻伤"),
        "field.hurt_hospital": Term("Hurt, hospital", "重伤住院"),
        "field.hurt_critical": Term("Critically hurt", "危重"),
        "field.killed": Term("Killed at once", "当场遇难"),
        "field.survival_h": Term("Scale of survival", "存活时间尺度"),
        "field.aftershocks": Term("Aftershocks", "余震"),
        "field.villages_on_foot": Term("Villages reached on foot", "徒步可达村镇数"),
        "field.lines_down_until_s": Term("Lines down until", "通信中断至"),
        "field.t_s": Term("At", "时刻"),
        "field.magnitude": Term("Magnitude", "震级"),
        "field.halts_s": Term("Halts work for", "暂停作业时长"),
        "value.shaking": Term("shaking", "震动中"),
        "value.quiet": Term("quiet", "平静"),
        "value.aftershock": Term("aftershock", "余震"),
        "value.villages_on_foot": Term("villages reached on foot", "徒步可达村镇"),
        "value.survival_h": Term("scale of survival, h", "存活时间尺度（小时）"),
        "value.aftershock_magnitude": Term("magnitude of the aftershock", "余震震级"),
    }

    kind: Literal["earthquake_toll"] = "earthquake_toll"
    """People hurt and killed outright, lines down, aftershocks."""
    unhurt: People = 0
    """People whom it leaves unhurt."""
    hurt_light: People = 0
    """People who need no hospital."""
    hurt_hospital: People = 0
    """People who need one."""
    hurt_critical: People = 0
    """People who die without one."""
    killed: People = 0
    """People killed at once."""
    aftershocks: Annotated[tuple[StrongAftershock, ...], Field(max_length=MOST_AFTERSHOCKS)] = ()
    """Aftershocks."""
    survival_h: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "h"})] | None = None
    """Scale of the survival curve of those under rubble in mild weather, for the trace."""
    villages_on_foot: Count = 0
    """Settlements whose track from the road is blocked: reached on foot."""
    lines_down_until_s: Annotated[dict[NodeRef, Seconds], Field(max_length=20_000)] = Field(default_factory=dict)
    """Places whose lines are down, and until when; orders to stations there wait that long."""

    @classmethod
    def example(cls) -> EarthquakeToll:
        """Return the toll of a hundred people, with one strong aftershock."""
        return cls(
            id="toll",
            unhurt=90,
            killed=10,
            aftershocks=[{"t_s": "2 h", "magnitude": 5.1, "halts_s": "45 min"}],
            lines_down_until_s={"town": "3 h"},
        )

    def begin(self, t_s: float, world: World) -> _Shaken:
        """Return the state at the first shaking."""
        return _Shaken(t_s, t_s)

    def stage(self, state: _Shaken) -> str:
        """Return ``shaking``, ``quiet`` or ``aftershock``: the time in which nobody may work inside."""
        if state.t_s < state.began_s + SHAKES_S:
            return "shaking"
        struck = bisect_right(self._times_s, state.t_s)
        return "aftershock" if struck and state.t_s < self._halted_until_s[struck - 1] else "quiet"

    def next_change_s(self, state: _Shaken) -> float:
        """Return when the shaking is over, or an aftershock or its pause begins or ends. [s after STARTEX]"""
        next_one = bisect_right(self._moments_s, state.t_s)
        moments = [state.began_s + SHAKES_S, *self._moments_s[next_one : next_one + 1]]
        return min((m for m in moments if m > state.t_s), default=math.inf)

    @cached_property
    def _times_s(self) -> list[float]:
        return [a.t_s for a in self._in_order]

    @cached_property
    def _in_order(self) -> list[StrongAftershock]:
        return sorted(self.aftershocks, key=lambda a: a.t_s)

    @cached_property
    def _halted_until_s(self) -> list[float]:
        """Return until when work is halted after each aftershock, by it or by one before it. [s]"""
        return list(accumulate((a.t_s + a.halts_s for a in self._in_order), max))

    @cached_property
    def _moments_s(self) -> list[float]:
        return sorted({m for a in self.aftershocks for m in (a.t_s, a.t_s + a.halts_s)})

    def advance(self, state: _Shaken, t_s: float) -> _Shaken:
        """Go on to *t_s*."""
        return _Shaken(state.began_s, t_s)

    def people(self, state: _Shaken) -> Mapping[str, int]:
        """Return who is unhurt, hurt, killed; everybody is unhurt at first."""
        after = {name: getattr(self, name) for name in STATES}
        if self.stage(state) == "shaking":
            return dict.fromkeys(STATES, 0) | {"unhurt": sum(after.values())}
        return after

    def measures(self, state: _Shaken, t_s: float) -> Mapping[str, float]:
        """Return the settlements reached on foot, the scale of survival, the magnitude of the latest aftershock."""
        struck = bisect_right(self._times_s, state.t_s)
        found = {"villages_on_foot": float(self.villages_on_foot)}
        found |= {} if self.survival_h is None else {"survival_h": self.survival_h}
        return found | ({"aftershock_magnitude": self._in_order[struck - 1].magnitude} if struck else {})

    def order_delay_s(self, state: _Shaken, t_s: float, node: str) -> float:
        """Return how much later an order reaches a station whose lines are down. [s]"""
        return max(0.0, self.lines_down_until_s.get(node, 0.0) - t_s)


STATES: Final = ("unhurt", "hurt_light", "hurt_hospital", "hurt_critical", "killed")
