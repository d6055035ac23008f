"""Which way is fastest: one small interface, and the reference implementation on networkx."""

from __future__ import annotations

import heapq
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice, pairwise, product
from types import MappingProxyType
from typing import Any, Final, Protocol

import networkx as nx

from drillsim.roads.network import RoadNetwork, Section
from drillsim.roads.state import RoadState

MOST_SEARCHES: Final = 512
"""Searches that a router remembers."""


@dataclass(frozen=True, slots=True)
class Route:
    """A way from one place to another."""

    nodes: tuple[str, ...]
    """Places, both ends included."""
    sections: tuple[str, ...]
    """Road sections between them; one fewer than places."""
    legs_s: tuple[float, ...]
    """Travel time on each section. [s]"""
    legs_m: tuple[float, ...]
    """Length of each section. [m]"""

    @property
    def travel_s(self) -> float:
        """Travel time. [s]"""
        return sum(self.legs_s)

    @property
    def length_m(self) -> float:
        """Length. [m]"""
        return sum(self.legs_m)


class Router(Protocol):
    """Answers which way is fastest when the roads are in a given state."""

    def times_to(self, target: str, state: RoadState) -> Mapping[str, float]:
        """Return the travel time from every place that leads to *target*. [s]"""

    def fastest(self, source: str, target: str, state: RoadState) -> Route | None:
        """Return the fastest way, or None if no open road leads there."""

    def alternatives(self, source: str, target: str, k: int, state: RoadState) -> tuple[Route, ...]:
        """Return up to *k* ways without loops, the fastest first."""


@dataclass(frozen=True, slots=True)
class _Search:
    """One search backwards from a target."""

    times_s: Mapping[str, float]
    onward: Mapping[str, tuple[str, str]]
    """For each place, the next place on the fastest way and the section that leads there."""


class NetworkxRouter:
    """Dijkstra backwards from the target, on the graph of the network: the reference.

    One search ranks every unit and answers every route to that target; searches are remembered.

    Parameters
    ----------
    network
        The road network.
    speed_kmh
        Speed on each section when it is as usual. [km/h]
    """

    def __init__(self, network: RoadNetwork, speed_kmh: Callable[[Section], float]) -> None:
        self.network = network
        self.base_s = {s.id: 3.6 * s.length_m / speed_kmh(s) for s in network.sections.values()}
        self._backwards = network.graph.reverse(copy=False)
        self._searches: OrderedDict[tuple[str, RoadState], _Search] = OrderedDict()

    def times_to(self, target: str, state: RoadState) -> Mapping[str, float]:
        """Return the travel time from every place that leads to *target*. [s]

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        return self._search(target, state).times_s

    def fastest(self, source: str, target: str, state: RoadState) -> Route | None:
        """Return the fastest way, or None if no open road leads there.

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        self.network.place(source)
        search = self._search(target, state)
        if source not in search.times_s:
            return None
        nodes, sections = [source], []
        while nodes[-1] != target:
            onward, section = search.onward[nodes[-1]]
            nodes.append(onward)
            sections.append(section)
        return self._route(nodes, sections, state)

    def alternatives(self, source: str, target: str, k: int, state: RoadState) -> tuple[Route, ...]:
        """Return up to *k* ways without loops, the fastest first; parallel roads make different ways.

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        self.network.place(source)
        self.network.place(target)
        if source == target:
            return (Route((source,), (), (), ()),)
        simple = nx.DiGraph()
        for u, v in self.network.graph.edges():
            if (best := self._best(u, v, state)) is not None:
                simple.add_edge(u, v, s=best[0])
        if source not in simple or target not in simple:
            return ()
        try:
            paths = list(islice(nx.shortest_simple_paths(simple, source, target, weight="s"), k))
        except nx.NetworkXNoPath:
            return ()
        routes = (route for nodes in paths for route in self._parallel(nodes, k, state))
        return tuple(heapq.nsmallest(k, routes, key=lambda route: (route.travel_s, route.sections)))

    def _parallel(self, nodes: list[str], k: int, state: RoadState) -> list[Route]:
        """Return the fastest *k* choices among parallel sections along the same places."""
        partial: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
        for u, v in pairwise(nodes):
            options = [(s, key) for key in self.network.graph[u][v] if (s := self._time_s(key, state)) is not None]
            grown = ((t + s, (*keys, key)) for (t, keys), (s, key) in product(partial, options))
            partial = heapq.nsmallest(k, grown)
        return [self._route(nodes, list(keys), state) for _, keys in partial]

    def _route(self, nodes: list[str], sections: list[str], state: RoadState) -> Route:
        legs_s = tuple(self.base_s[section] / state.factor(section) for section in sections)
        legs_m = tuple(self.network.sections[section].length_m for section in sections)
        return Route(tuple(nodes), tuple(sections), legs_s, legs_m)

    def _search(self, target: str, state: RoadState) -> _Search:
        key = (target, state)
        if key in self._searches:
            self._searches.move_to_end(key)
            return self._searches[key]
        search = self._searches[key] = self._dijkstra(target, state)
        if len(self._searches) > MOST_SEARCHES:
            self._searches.popitem(last=False)
        return search

    def _dijkstra(self, target: str, state: RoadState) -> _Search:
        self.network.place(target)

        def weight(_u: str, _v: str, parallel: Mapping[str, Any]) -> float | None:
            times = [s for section in parallel if (s := self._time_s(section, state)) is not None]
            return min(times) if times else None  # None hides the edge

        onward, distances = nx.dijkstra_predecessor_and_distance(self._backwards, target, weight=weight)
        steps = {}
        for node, nexts in onward.items():
            if nexts:
                step = min(nexts)  # the same way on every machine where two take equally long
                best = self._best(node, step, state)
                if best is not None:
                    steps[node] = (step, best[1])
        return _Search(MappingProxyType(dict(distances)), MappingProxyType(steps))

    def _best(self, u: str, v: str, state: RoadState) -> tuple[float, str] | None:
        """Return the fastest open section from *u* straight to *v*, and its time. [s]"""
        open_ = [(s, key) for key in self.network.graph[u][v] if (s := self._time_s(key, state)) is not None]
        return min(open_, default=None)

    def _time_s(self, section: str, state: RoadState) -> float | None:
        factor = state.factors.get(section, 1.0)
        return self.base_s[section] / factor if factor > 0 else None
