"""Roads that an earthquake and its aftershocks close: nobody knows where until somebody comes there, or looks."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Annotated, Any, ClassVar, Final, Literal

import numpy as np
from pydantic import Field
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra

from drillsim.base.quantities import Model, Positive, Seconds, Share
from drillsim.hazards.base import Hazard, Intervention
from drillsim.hazards.earthquake.settlements import CLIMB_M_H, FOOT_KMH
from drillsim.language import Term
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.references import NodeRef, SectionRef
from drillsim.world.world import World

CLEAR: Final = "clear_road"
DAYS_MARCH_H: Final = 12.0
"""A place farther than this on foot is not reached at all (assumption). [h]"""


class BlockedSection(Model):
    """One thing that closes one road section."""

    section: SectionRef
    """Road section."""
    from_s: Seconds = 0.0
    """When it falls, after STARTEX."""
    cause: Literal["slide", "bridge"] = "slide"
    """What closes it."""
    incident: Annotated[str, Field(max_length=128)] | None = None
    """Incident at which it is cleared; nobody clears it if left out."""


@dataclass(frozen=True, slots=True)
class _Roads:
    t_s: float
    fallen: int
    """How many of the blockages have come down, in order of time."""
    cleared: frozenset[str]
    """Incidents at which the road has been cleared."""
    cut_off: tuple[int, int, int]
    """Villages that no open road reaches, those of them that are reached on foot, and people in all of them."""
    factors: Mapping[str, float]
    ground: NetworkArrays


class BrokenRoads(Hazard):
    """Road sections closed by slides and lost bridges; a section is open again when all that lies on it is cleared.

    The command centre does not know them: whoever comes to one reports it. Where it was cleared, one lane is open.
    """

    words = {
        "title": Term("Roads broken by an earthquake", "地震道路损毁"),
        "about": Term(__doc__, "滑坡掩埋、桥梁损毁造成路段中断；该路段各处全部抢通后恢复通行。"),
        "field.blocked": Term("Blocked sections", "中断路段"),
        "field.cleared_factor": Term("Speed once cleared", "抢通后车速系数"),
        "field.villages": Term("Villages", "村镇人口"),
        "field.from_s": Term("From", "起始时刻"),
        "field.cause": Term("Cause", "原因"),
        "value.sections_closed": Term("road sections closed", "中断路段"),
        "value.villages_cut_off": Term("villages cut off", "断路村镇"),
        "value.villages_cut_off_on_foot": Term("villages cut off, reached on foot", "断路但徒步可达村镇"),
        "value.people_cut_off": Term("people cut off", "断路影响人数"),
        "value.open": Term("open", "通行"),
        "value.slide": Term("slide", "塌方"),
    }

    reported: ClassVar[bool] = False

    kind: Literal["broken_roads"] = "broken_roads"
    """Road sections closed by an earthquake."""
    blocked: Annotated[tuple[BlockedSection, ...], Field(min_length=1, max_length=20_000)]
    """What closes them."""
    cleared_factor: Annotated[Share, Field(gt=0)] = 0.5
    """Speed on a section that has been cleared, compared with its usual one: one lane (assumption)."""
    villages: Annotated[dict[NodeRef, Positive], Field(max_length=20_000)] = Field(default_factory=dict)
    """People by place; counted as cut off when no open road leads to the largest part of the network."""

    @classmethod
    def example(cls) -> BrokenRoads:
        """Return two slides of which one took a bridge, before one village."""
        return cls(
            id="roads",
            blocked=[
                {"section": "town--village:", "from_s": "1 h"},
                {"section": "town--village:", "from_s": "2 h", "cause": "bridge"},
            ],
            villages={"village": 100},
        )

    def begin(self, t_s: float, world: World) -> _Roads:
        """Return the state at *t_s*, with what has fallen by then."""
        empty = _Roads(t_s, 0, frozenset(), (0, 0, 0), {}, world.ground)
        return self._at(empty, t_s)

    def stage(self, state: _Roads) -> str:
        """Return ``open``, ``closed`` or ``cleared``."""
        if not state.fallen:
            return "open"
        return "closed" if any(factor == 0 for factor in state.factors.values()) else "cleared"

    def next_change_s(self, state: _Roads) -> float:
        """Return when the next blockage comes down. [s after STARTEX]"""
        return self._in_order[state.fallen].from_s if state.fallen < len(self._in_order) else math.inf

    def advance(self, state: _Roads, t_s: float) -> _Roads:
        """Let fall what is due."""
        return self._at(state, t_s)

    def intervene(self, state: _Roads, t_s: float, intervention: Intervention) -> _Roads:
        """Open a section again when the work there is done."""
        if intervention.name != CLEAR or intervention.phase != "end":
            return state
        return self._at(replace(state, cleared=state.cleared | {intervention.incident}), t_s)

    def speed_factors(self, state: _Roads, ground: NetworkArrays) -> Mapping[str, float]:
        """Close what is blocked; slow what has been cleared."""
        return state.factors

    def measures(self, state: _Roads, t_s: float) -> Mapping[str, float]:
        """Return how many sections are closed, and villages cut off, reached on foot all the same, people in them."""
        villages, on_foot, people = state.cut_off
        return {
            "sections_closed": sum(factor == 0 for factor in state.factors.values()), "villages_cut_off": villages,
            "villages_cut_off_on_foot": on_foot, "people_cut_off": people,
        }  # fmt: skip

    @cached_property
    def _in_order(self) -> tuple[BlockedSection, ...]:
        return tuple(sorted(self.blocked, key=lambda b: (b.from_s, b.section)))

    def _at(self, state: _Roads, t_s: float) -> _Roads:
        fallen = sum(b.from_s <= t_s for b in self._in_order)
        factors: dict[str, float] = {}
        for blocked in self._in_order[:fallen]:
            open_again = blocked.incident is not None and blocked.incident in state.cleared
            factor = self.cleared_factor if open_again else 0.0
            factors[blocked.section] = min(factor, factors.get(blocked.section, 1.0))
        cut_off = self._cut_off(state.ground, [s for s, factor in factors.items() if factor == 0])
        return replace(state, t_s=t_s, fallen=fallen, factors=factors, cut_off=cut_off)

    def _cut_off(self, ground: NetworkArrays, closed: list[str]) -> tuple[int, int, int]:
        if not self.villages or not closed:
            return 0, 0, 0
        part = parts(ground, closed)
        main = int(np.bincount(part).argmax())
        lost = [place for place in self.villages if part[ground.row(place)] != main]
        if not lost:
            return 0, 0, 0
        bridges = {b.section for b in self.blocked if b.cause == "bridge"}
        walk_h = walks_h(ground, int(np.flatnonzero(part == main)[0]), closed, bridges)
        on_foot = sum(walk_h[ground.row(place)] <= DAYS_MARCH_H for place in lost)
        return len(lost), int(on_foot), sum(self.villages[place] for place in lost)


def walks_h(
    ground: NetworkArrays, source: int, closed: list[str], bridges: set[str]
) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Return how long one walks to each place from where open roads end: (n_places,). [h]

    Slides are climbed over, on the whole section, at 3 km/h and 600 m of climb an hour; lost bridges are not crossed.
    """
    rows = np.array([ground.section_ids.row(section) for section in closed])
    hours = np.full(len(ground.section_ends), 1e-6)
    climb_m = np.maximum(ground.section_max_elevation_m - ground.section_min_elevation_m, 0.0)
    hours[rows] = ground.section_length_m[rows] / 1000.0 / FOOT_KMH + climb_m[rows] / CLIMB_M_H
    hours[[ground.section_ids.row(section) for section in closed if section in bridges]] = np.inf
    crossable = np.flatnonzero(np.isfinite(hours))
    by_time = crossable[
        np.argsort(-hours[crossable], kind="stable")
    ]  # of parallel sections, the quickest stands last and counts
    ends = np.sort(ground.section_ends[by_time], axis=1)
    pairs = {(int(a), int(b)): float(h) for (a, b), h in zip(ends, hours[by_time], strict=True)}
    count, ways = len(ground.elevation_m), np.array(list(pairs), int).reshape(-1, 2)
    graph = coo_array((list(pairs.values()), (ways[:, 0], ways[:, 1])), shape=(count, count))
    return np.asarray(dijkstra(graph.tocsr(), directed=False, indices=source))


def parts(ground: NetworkArrays, closed: list[str]) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Return, for each place, the number of the part of the network that open roads join it to: (n_places,)."""
    keep = np.ones(len(ground.section_ends), bool)
    keep[[ground.section_ids.row(section) for section in closed]] = False
    ends, count = ground.section_ends[keep], len(ground.elevation_m)
    joined = coo_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    return np.asarray(connected_components(joined, directed=False)[1])
