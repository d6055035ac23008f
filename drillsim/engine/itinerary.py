"""The way of a journey: the places of its route, when it is at each, and the section that it is on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.engine.road_changes import NO_ROWS
from drillsim.engine.stretch import Halts, Stretch
from drillsim.roads import MarchRules, RoadState, Route, halts_between_s
from drillsim.roads.routing.routing import from_zero


@dataclass(frozen=True, slots=True)
class Start:
    """Where and when a route begins: a place, and the section that leads to it while the unit is still on that."""

    node: str
    t_s: float
    driven_s: float = 0.0
    """Driving time of the journey until there. [s]"""
    driven_m: float = 0.0
    """Distance of the journey until there. [m]"""
    stretch: Stretch | None = None


@dataclass(frozen=True, eq=False, slots=True)
class Itinerary:
    """The places of a route ahead of a start, or that place alone where there is no route.

    Life: a journey lays one out for each route that it takes, and replaces it by another one.
    """

    nodes: tuple[str, ...]
    times_s: NDArray[np.float64]
    """(n,) when the head is at each place. [s after STARTEX]"""
    driven_s: NDArray[np.float64]
    """(n,) driving time of the journey until each place, without halts. [s]"""
    begun_m: float
    """Distance of the journey until the first place. [m]"""
    state: RoadState
    """True state of the roads when it was laid out."""
    route: Route | None = None
    halts: Halts = ()
    entry: Stretch | None = None
    """The section that leads to the first place, while the unit is on it."""

    @classmethod
    def at(cls, start: Start, state: RoadState) -> Itinerary:
        """Return one without a route."""
        at_s, driven_s = np.array([start.t_s]), np.array([start.driven_s])
        return cls((start.node,), at_s, driven_s, start.driven_m, state, entry=start.stretch)

    @classmethod
    def along(
        cls, route: Route, legs_s: NDArray[np.float64], start: Start, state: RoadState, rules: MarchRules | None
    ) -> Itinerary:
        """Return that of a route whose sections take *legs_s*: (n - 1,), with the halts of a march. [s]"""
        elapsed_s = from_zero(legs_s)
        times_s, driven_s = start.t_s + elapsed_s, start.driven_s + elapsed_s
        halts: Halts = ()
        if rules is not None:
            halts = halts_between_s(rules, driven_s, start.driven_m + route.driven_m)
            halted_s = np.zeros(len(elapsed_s))
            for due_s, halt_s in halts:
                halted_s[driven_s >= due_s] += halt_s
            times_s += halted_s
        return cls(route.nodes, times_s, driven_s, start.driven_m, state, route, halts, start.stretch)

    def with_entry(self, entry: Stretch) -> Itinerary:
        """Return it with the section that it is on as that is now."""
        return replace(self, entry=entry)

    @property
    def rows(self) -> NDArray[np.integer[Any]]:
        """Rows of the sections of the route: (n - 1,)."""
        return NO_ROWS if self.route is None else self.route.section_rows

    def next(self, t_s: float) -> int:
        """Return the index of the next place at a moment."""
        return min(int(self.times_s.searchsorted(t_s - SAME_MOMENT_S)), len(self.times_s) - 1)

    def start(self, i: int, t_s: float) -> Start:
        """Return the start of a new route at a place ahead, with the section that it is on at a moment, if any."""
        driven_m = self.begun_m if self.route is None else self.begun_m + float(self.route.driven_m[i])
        return Start(self.nodes[i], float(self.times_s[i]), float(self.driven_s[i]), driven_m, self.stretch(i, t_s))

    def stretch(self, i: int, t_s: float) -> Stretch | None:
        """Return the section that the head is on at a moment, on its way to place *i*; None if it is at a place."""
        there_s = float(self.times_s[i])
        if there_s <= t_s + SAME_MOMENT_S:
            return None
        if self.entry is not None and (self.entry.ahead, self.entry.there_s) == (self.nodes[i], there_s):
            return self.entry
        if i == 0 or self.route is None:
            return None
        row, section = int(self.rows[i - 1]), self.route.sections[i - 1]
        before_s, driven_s = float(self.driven_s[i - 1]), float(self.driven_s[i])
        factor, overall = self.state.factor(section), self.state.overall
        return Stretch(
            self.nodes[i - 1], self.nodes[i], section, row,
            along=self.route.network.section_ends[row][0] == self.route.place_rows[i - 1],
            usual_s=(driven_s - before_s) * factor * overall, factor=factor, overall=overall,
            since_s=float(self.times_s[i - 1]), there_s=there_s, driven_s=before_s,
            halts=tuple(halt for halt in self.halts if before_s < halt[0] <= driven_s),
        )  # fmt: skip

    def ahead_of(self, node: str) -> tuple[NDArray[np.integer[Any]], NDArray[np.float64]] | None:
        """Return the rows of sections (m,) and the times (m + 1,) from a place on; None if it is not on the route."""
        if node not in self.nodes:
            return None
        i = self.nodes.index(node)
        return self.rows[i:], self.times_s[i:]
