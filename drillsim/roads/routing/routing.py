"""The fastest route: one small interface, and the reference implementation on networkx."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import UnknownNameError, unknown_name
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.state import RoadState
from drillsim.roads.routing.arcs import NEVER_MS, Arcs, arcs_of

MOST_SEARCHES: Final = 512
"""Searches that a router remembers."""


class Route:
    """The places and sections from one place to another, and when; never changed.

    Parameters
    ----------
    place_rows
        Rows of the places, both ends included.
    section_rows
        Rows of the road sections between them; one fewer than places.
    legs_s
        Travel time on each section. [s]
    """

    # What is asked for often is kept without the lock of cached_property, which costs more than the answer.
    __slots__ = (
        "_driven_m", "_length_m", "_nodes", "_sections", "legs_s", "network", "place_rows", "section_rows", "travel_s",
    )  # fmt: skip

    def __init__(
        self, network: RoadNetwork, place_rows: NDArray[Any], section_rows: NDArray[Any], legs_s: NDArray[np.float64]
    ) -> None:
        self.network = network
        self.place_rows = place_rows
        self.section_rows = section_rows
        self.legs_s = legs_s
        self.travel_s = float(legs_s.sum())
        """Travel time along the whole route. [s]"""
        self._nodes: tuple[str, ...] | None = None
        self._sections: tuple[str, ...] | None = None
        self._driven_m: NDArray[np.float64] | None = None
        self._length_m: float | None = None

    @property
    def nodes(self) -> tuple[str, ...]:
        """Places, both ends included."""
        if self._nodes is None:
            self._nodes = self.network.place_ids.names(self.place_rows)
        return self._nodes

    @property
    def sections(self) -> tuple[str, ...]:
        """Road sections between them."""
        if self._sections is None:
            self._sections = self.network.section_ids.names(self.section_rows)
        return self._sections

    @property
    def legs_m(self) -> NDArray[np.float64]:
        """(n_sections,) length of each section. [m]"""
        return np.asarray(self.network.section_m[self.section_rows])

    @property
    def driven_m(self) -> NDArray[np.float64]:
        """(n_places,) length of the route to each of its places. [m]"""
        if self._driven_m is None:
            self._driven_m = from_zero(self.legs_m)
        return self._driven_m

    @property
    def length_m(self) -> float:
        """Length of the whole route. [m]"""
        if self._length_m is None:
            self._length_m = float(self.legs_m.sum())
        return self._length_m

    def slowed(self, factor: float) -> Route:
        """Return the same route at a part of the speed."""
        return Route(self.network, self.place_rows, self.section_rows, self.legs_s / factor)

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Route)
            and (self.nodes, self.sections) == (other.nodes, other.sections)
            and np.array_equal(self.legs_s, other.legs_s)
        )

    __hash__ = None  # type: ignore[assignment]  # it holds arrays


def from_zero(steps: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the running sum of (n,) steps from 0 on: (n + 1,)."""
    sums = np.zeros(len(steps) + 1)
    steps.cumsum(out=sums[1:])
    return sums


class Router(Protocol):
    """Finds the fastest route when the roads are in a given state. Every method refuses an unknown place."""

    network: RoadNetwork

    def prepare(self, sources: Iterable[str]) -> None:
        """Get ready for many questions about routes from these places."""

    def at_least_s(self, sources: Sequence[str], target: str, state: RoadState) -> list[float]:
        """Return a time for each source that no route to *target* undercuts; quickly. ``inf`` if there is none. [s]"""

    def travel_s(self, source: str, target: str, state: RoadState) -> float:
        """Return the travel time of the fastest route; ``inf`` if no open road leads there. [s]"""

    def fastest(self, source: str, target: str, state: RoadState) -> Route | None:
        """Return the fastest route, or None if no open road leads there."""


def place_row(network: RoadNetwork, name: str) -> int:
    """Return the row of a place.

    Raises
    ------
    UnknownNameError
        If there is none; the message guesses the intended one.
    """
    try:
        return network.place_ids.row(name)
    except KeyError:
        raise UnknownNameError(unknown_name("place", name, network.place_ids)) from None


def place_rows(network: RoadNetwork, names: Sequence[str]) -> list[int]:
    """Return the rows of some places.

    Raises
    ------
    UnknownNameError
        If there is no such place; the message guesses the intended one.
    """
    try:
        return network.place_ids.rows(names)
    except KeyError:
        return [place_row(network, name) for name in names]


def route_of(network: RoadNetwork, arcs: Arcs, source: int, path: NDArray[np.int64], ms: Any, overall: float) -> Route:
    """Return the route along some arcs that take so many milliseconds each."""
    places = np.empty(len(path) + 1, np.int64)
    places[0], places[1:] = source, arcs.head[path]
    return Route(network, places, arcs.section[path], np.asarray(ms) / (1000.0 * overall))


class TreeRouter(ABC):
    """A search backwards from the target ranks every unit and answers every route to that target.

    A subclass says how to search; searches are remembered.

    Parameters
    ----------
    network
        The road network.
    section_s
        (n_sections, 2) travel time along and against each section as usual, ``inf`` where a vehicle cannot go. [s]
    """

    def __init__(self, network: RoadNetwork, section_s: NDArray[np.float64]) -> None:
        self.network = network
        self.arcs = arcs_of(network, section_s)
        self._searches: OrderedDict[tuple[int, RoadState], tuple[Any, Any, Any]] = OrderedDict()

    @abstractmethod
    def search(self, target: int, weights_ms: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Return each place's time to *target* [ms] and the first arc of its route, -1 for none: both (n_places,)."""

    def prepare(self, sources: Iterable[str]) -> None:
        """Look whether there are such places; one search answers for all sources."""
        place_rows(self.network, list(sources))

    def at_least_s(self, sources: Sequence[str], target: str, state: RoadState) -> list[float]:
        """Return the exact times: they cost nothing more. [s]"""
        times_ms, _, _ = self._found(place_row(self.network, target), state)
        rows = place_rows(self.network, sources)
        return list((times_ms[rows] / (1000.0 * state.overall)).tolist())

    def travel_s(self, source: str, target: str, state: RoadState) -> float:
        """Return the travel time of the fastest route; ``inf`` if no open road leads there. [s]"""
        return self.at_least_s([source], target, state)[0]

    def fastest(self, source: str, target: str, state: RoadState) -> Route | None:
        """Return the fastest route, or None if no open road leads there."""
        start, end = place_row(self.network, source), place_row(self.network, target)
        times_ms, first, weights_ms = self._found(end, state)
        if math.isinf(times_ms[start]):
            return None
        at, path = start, []
        while at != end:
            path.append(int(first[at]))
            at = int(self.arcs.head[path[-1]])
        rows = np.array(path, dtype=np.int64)
        return route_of(self.network, self.arcs, start, rows, weights_ms[rows], state.overall)

    def _found(self, target: int, state: RoadState) -> tuple[Any, Any, Any]:
        key = (target, state)
        if key in self._searches:
            self._searches.move_to_end(key)
            return self._searches[key]
        weights_ms = self.arcs.weights_ms(state)
        times_ms, first = self.search(target, weights_ms)
        times_ms = np.where(times_ms < NEVER_MS, times_ms, np.inf)
        found = self._searches[key] = (times_ms, first, weights_ms)
        if len(self._searches) > MOST_SEARCHES:
            self._searches.popitem(last=False)
        return found


class NetworkxRouter(TreeRouter):
    """Dijkstra of networkx: the reference that the other routers are tested against."""

    def search(self, target: int, weights_ms: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Search a graph of all arcs that can be driven: (n_places,) each."""
        arcs = self.arcs
        import networkx as nx  # slow to load, seldom needed

        graph = nx.DiGraph()
        graph.add_nodes_from(range(arcs.n_places))
        for arc in np.flatnonzero(weights_ms < NEVER_MS).tolist():
            tail, head, ms = int(arcs.tail[arc]), int(arcs.head[arc]), int(weights_ms[arc])
            if not graph.has_edge(head, tail) or ms < graph[head][tail]["ms"]:
                graph.add_edge(head, tail, ms=ms, arc=arc)
        times_ms = np.full(arcs.n_places, np.inf)
        first = np.full(arcs.n_places, -1, np.int64)
        before, found = nx.dijkstra_predecessor_and_distance(graph, target, weight="ms")
        for place, ms in found.items():
            times_ms[place] = ms
            if place != target:
                first[place] = graph[before[place][0]][place]["arc"]  # by which it was found first: a tree
        return times_ms, first
