"""The true state of the roads, what the command centre knows of it, and the routes that follow from that."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import PluginError
from drillsim.engine.zones import ANYWHERE, Zones
from drillsim.roads import RoadNetwork, RoadState, Route, Router

MUCH_FARTHER, FARTHER_M = 1.25, 100.0
"""Of safe places hardly farther from the target than the nearest, the one reached first is taken (assumption)."""


class RoadKnowledge:
    """The true state of the roads in layers (each hazard, injects), and the command centre's picture of it.

    Routes are planned by what is known and driven through what is true. Each hazard replaces its own layer of the truth
    as often as it changes; the knowledge follows section by section, when somebody reports. Weather and traffic slow
    all roads alike, and everybody sees it: they are no layer. Zones of hazards are part of every route.

    Parameters
    ----------
    router
        Finds the fastest route, with expected travel times.
    travel_factor
        (n_sections,) factor on the travel time of each section in this replication. [dimensionless]
    """

    def __init__(self, network: RoadNetwork, router: Router, travel_factor: NDArray[np.float64]) -> None:
        self.network = network
        self.router = router
        self.truth = RoadState()
        self.known = RoadState()
        self.zones = Zones(network)
        self._travel_factor = travel_factor
        self._layers: dict[str, Mapping[str, float]] = {}
        self._unknown: dict[int, float] = {}
        """By row, sections whose state the command centre has wrong: known over true speed, ``inf`` if closed."""
        """The roads without those that the command centre knows to be closed until ENDEX."""
        self._is_unknown = np.zeros(len(travel_factor), bool)
        """(n_sections,) whether the command centre has the state of a section wrong."""
        self._opened: dict[int, tuple[int, ...]] = {}
        """By row, sections that are open and thought closed, with the rows of the places from which one sees it."""
        self.closed_by: dict[str, str] = {}
        """What closed a section last: a hazard or an inject."""

    def slow_all(self, factor: float) -> bool:
        """Set the factor of weather and traffic on all roads; return whether it is better than before."""
        better = factor > self.known.overall
        self.truth, self.known = self.truth.with_overall(factor), self.known.with_overall(factor)
        return better

    def set_layer(self, name: str, factors: Mapping[str, float]) -> tuple[str, ...]:
        """Replace one layer of the truth; return the sections whose speed factor changed.

        Raises
        ------
        PluginError
            If a factor is not between 0 and 1.
        """
        for section, factor in factors.items():
            if not 0 <= factor <= 1:
                raise PluginError(f"{name}: the speed factor of section {section!r} is {factor}, not between 0 and 1")
        old = self._layers.get(name, {})
        self._layers[name] = dict(factors)  # fixed order, so that products of floats are reproducible
        changed: dict[str, float] = {}
        for section in dict.fromkeys((*old, *factors)):
            factor = self._product(section)
            if factor != self.truth.factor(section):
                changed[section] = factor
        self.truth = self.truth.with_factors(changed)
        self._note_unknown(changed)
        return tuple(changed)

    def in_layer(self, name: str) -> Mapping[str, float]:
        """Return one layer of the truth."""
        return self._layers.get(name, {})

    def _product(self, section: str) -> float:
        factor = 1.0
        for layer in self._layers.values():
            factor *= layer.get(section, 1.0)
        return factor

    def learn(self, sections: Iterable[str]) -> tuple[str, ...]:
        """Tell the command centre the true state of *sections*; return those that are news to it."""
        news = {s: self.truth.factor(s) for s in sections if self.truth.factor(s) != self.known.factor(s)}
        self.known = self.known.with_factors(news)
        self._note_unknown(news)
        return tuple(news)

    def would_change(self, layer: str, factors: Mapping[str, float]) -> bool:
        """Return whether other factors of some sections in a layer would change the truth."""
        mine = self.in_layer(layer)
        others = {s: math.prod(of.get(s, 1.0) for n, of in self._layers.items() if n != layer) for s in factors}
        return any(others[s] > 0 and factor != mine.get(s, 1.0) for s, factor in factors.items())

    def _note_unknown(self, sections: Iterable[str]) -> None:
        for section in sections:
            row, true, known = (
                self.network.section_ids.row(section),
                self.truth.factor(section),
                self.known.factor(section),
            )
            self._is_unknown[row] = true != known
            self._opened.pop(row, None)
            if true > 0 and known == 0:
                first, last = map(int, self.network.section_ends[row])
                self._opened[row] = (first,) if self.network.sections[section].oneway else (first, last)
            if true == known:
                self._unknown.pop(row, None)
            else:
                self._unknown[row] = known / true if true > 0 else np.inf

    def rows(self, sections: Iterable[str]) -> NDArray[np.int64]:
        """Return the rows of some sections: (n,)."""
        return np.array([self.network.section_ids.row(section) for section in sections], dtype=np.int64)

    def route(self, source: str, target: str, protection: int = ANYWHERE) -> Route | None:
        """Return the fastest route under current knowledge, around zones; None if every road is closed."""
        return self.router.fastest(source, target, self.zones.seen(self.known, protection, source))

    def goal(self, source: str, target: str, protection: int) -> str | None:
        """Return the destination: the target, or the nearest safe place to it; None if none can be reached.

        A unit that stands in a zone, or where one soon will be, makes for the nearest safe place first of all.
        """
        zones = self.zones
        if not zones.any or protection >= ANYWHERE:
            return target
        if zones.forbids(source, protection):
            return self._safe_place(source, source, protection)
        return self._safe_place(source, target, protection) if zones.places_ahead.get(target, 0) else target

    def _safe_place(self, source: str, target: str, protection: int) -> str | None:
        """Return the safe place near *target* that is reached soonest from *source*; None if none can be reached."""
        zones, seen = self.zones, self.zones.seen(self.known, protection, source)
        best, best_s, enough_m = None, np.inf, np.inf
        for place in zones.near(target):
            away_m = zones.apart_m(place, target)
            if away_m > enough_m:
                break
            travel_s = self.router.travel_s(source, place, seen)
            if np.isfinite(travel_s):
                enough_m = min(enough_m, MUCH_FARTHER * away_m + FARTHER_M)
                if travel_s < best_s:
                    best, best_s = place, travel_s
        return best

    def travel_s(self, source: str, target: str, protection: int = ANYWHERE) -> float:
        """Return the expected travel time to the target, or to the safe place near it; ``inf`` without a route. [s]"""
        if protection >= ANYWHERE or not self.zones.any:
            return self.router.travel_s(source, target, self.known)
        goal = self.goal(source, target, protection)
        if goal is None:
            return float("inf")
        return self.router.travel_s(source, goal, self.zones.seen(self.known, protection, source))

    def at_least_s(self, sources: Sequence[str], target: str) -> list[float]:
        """Return, for each source, a lower bound of the expected travel time. [s]"""
        if self.zones.places_ahead.get(target, 0):
            return [0.0] * len(sources)  # a unit may make for a nearer safe place, so only 0 is a bound
        return self.router.at_least_s(sources, target, self.known)

    def legs_s(self, route: Route) -> NDArray[np.float64]:
        """Return the true travel time of each section of a route: (n,). [s]

        A section with an unknown closure takes as long as expected: the unit turns round when it reaches it.
        """
        legs_s: NDArray[np.float64] = route.legs_s * self._travel_factor[route.section_rows]
        for i in self._surprises(route):
            ratio = self._unknown[int(route.section_rows[i])]
            if np.isfinite(ratio):
                legs_s[i] *= ratio
        return legs_s

    def first_surprise(self, route: Route, first: int) -> int:
        """Return where on a route, from its place *first* on, a unit meets something the command centre has wrong.

        That is the index of the first place where a section of the route is closed, or from where one sees an open road
        that is thought closed; the last place if there is none.
        """
        closed = [
            i for i in self._surprises(route) if i >= first and np.isinf(self._unknown[int(route.section_rows[i])])
        ]
        if self._opened:
            places = [place for ends in self._opened.values() for place in ends]
            seen = np.isin(route.place_rows[first:], places).nonzero()[0]
            closed += [first + int(i) for i in seen[:1]]
        return min(closed, default=len(route.section_rows))

    def opened_at(self, place: str) -> tuple[str, ...]:
        """Return the sections that begin at a place and are open, while the command centre thinks they are closed."""
        if not self._opened:
            return ()
        at = self.network.place_ids.row(place)
        return tuple(self.network.section_ids[row] for row, ends in self._opened.items() if at in ends)

    def _surprises(self, route: Route) -> list[int]:
        if not self._unknown:
            return []
        return [int(i) for i in self._is_unknown[route.section_rows].nonzero()[0]]
