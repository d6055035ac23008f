"""Routing by a customizable contraction hierarchy: prepared once per network, exact in every state of the roads.

In a run roads only get worse than usual, or usual again. So the usual route stays the fastest as long as nothing on it
has changed, and one query of the unchanged hierarchy answers; another hierarchy follows the state of the roads. A state
that comes back, as in every replication of a scenario whose roads close at set times, gets a hierarchy of its own.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyroutingkit
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from drillsim.base import portable
from drillsim.base.geodesy import in_space_m
from drillsim.roads.network.columns import numbers
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.state import RoadState
from drillsim.roads.network.store import stored_blocks
from drillsim.roads.routing.arcs import NEVER_MS, arcs_of
from drillsim.roads.routing.routing import Route, place_row, place_rows, route_of
from drillsim.roads.routing.scipy_router import matrix_of

MOST_ROUTES: Final = 20_000
"""Routes that are remembered per state of the roads."""
FULL_AT: Final = 800
"""When more than one arc in so many changes, all are customized again: as measured at a million places."""
USUAL_AT: Final = 1_000
"""When more than one section in so many is worse than usual, the usual route is hardly ever still free."""
MOST_CELLS: Final = 50_000_000
"""Times that are kept from the places prepared for: 200 MB."""
MOST_USUAL: Final = 2_000_000
"""Usual times from the places prepared for that are kept by target: some 200 MB."""
BLOCK: Final = "hierarchy/"

MOST_KEPT_ARCS: Final = 8_000_000
"""Arcs of all hierarchies that are kept for states that came back: a few hundred megabytes."""
MOST_SEEN: Final = 10_000
"""States that are remembered to have been."""
NO_ARCS: Final = np.zeros(0, np.int64)

Routes = dict[tuple[int, int], Route | None]
Factors = Mapping[str, float]


@dataclass(slots=True)
class _Held:
    """A contraction hierarchy with the arc times of one road state, and the routes found in it."""

    metric: Any
    weights_ms: NDArray[np.int64]
    factors: Factors
    routes: Routes = field(default_factory=dict)


class HierarchyRouter:
    """One query per route, in a fraction of a millisecond up to a million places.

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
        self._usual = _Held(self._customized(self.arcs.base_ms), self.arcs.base_ms, {})
        self._state = RoadState()
        self._now = self._usual
        self._following: _Held | None = None
        self._kept: dict[frozenset[tuple[str, float]], _Held] = {}
        self._seen: set[int] = set()
        self._worse = np.zeros(len(network.section_ids), bool)
        self._prepared: list[str] = []
        """Places that were prepared for, by row of the table of usual times."""
        self._trees_ms = np.zeros((0, self.arcs.n_places), np.float32)
        self._usual_to: dict[int, dict[str, float]] = {}
        """By target, the usual time from each place that was prepared for. [s]"""

    def _customized(self, weights_ms: NDArray[np.int64]) -> Any:
        metric = pyroutingkit.CCHMetric(topology_of(self.network))
        metric.customize(weights_ms.astype(np.uint32))
        return metric

    @cached_property
    def _xyz_m(self) -> NDArray[np.float64]:
        """(n_places, 3) position in space: the straight line through the ground is never longer than a road. [m]"""
        return in_space_m(*(numbers(self.network.place_columns[name]) for name in ("lat", "lon")))

    @cached_property
    def _ms_per_m(self) -> float:
        """Least time per metre of straight line, over all arcs. [ms/m]"""
        between = self._xyz_m[self.arcs.tail] - self._xyz_m[self.arcs.head]
        straight_m = np.sqrt(portable.square(between).sum(axis=1))
        far = straight_m > 0
        return float((self.arcs.base_ms[far] / straight_m[far]).min(initial=math.inf)) if far.any() else 0.0

    def prepare(self, sources: Iterable[str]) -> None:
        """Search once from each of these places to all others, as usual: no route is ever faster than that."""
        rows = {place_row(self.network, source): source for source in set(sources).difference(self._prepared)}
        new = sorted(rows)[: max(0, MOST_CELLS // self.arcs.n_places - len(self._prepared))]
        if not new:
            return
        matrix, _ = matrix_of(self.arcs, self.arcs.base_ms)
        times_ms = np.rint(dijkstra(matrix, indices=new))  # arcs of no time take a little in a matrix
        self._prepared += [rows[row] for row in new]
        self._trees_ms = np.concatenate([self._trees_ms, times_ms.astype(np.float32)])
        self._usual_to.clear()

    def at_least_s(self, sources: Sequence[str], target: str, state: RoadState) -> list[float]:
        """Return the usual time from a place that was prepared for, else that of the straight line at top speed. [s]"""
        end = place_row(self.network, target)
        usual_s = self._usual_s(end)
        others = list(set(sources).difference(usual_s))
        if others:
            straight_s = self._straight_s(place_rows(self.network, others), end)
            usual_s = usual_s | dict(zip(others, straight_s.tolist(), strict=True))
        least_s = list(map(usual_s.__getitem__, sources))
        return least_s if state.overall == 1 else [s / state.overall for s in least_s]

    def _usual_s(self, end: int) -> dict[str, float]:
        """Return the usual times from all places that were prepared for. [s]"""
        if end not in self._usual_to:
            if len(self._usual_to) * len(self._prepared) >= MOST_USUAL:
                self._usual_to.clear()
            # single precision keeps a time to one part in ten million
            least_s = self._trees_ms[:, end].astype(float) * ((1 - 1e-6) / 1000.0)
            self._usual_to[end] = dict(zip(self._prepared, least_s.tolist(), strict=True))
        return self._usual_to[end]

    def _straight_s(self, rows: list[int], end: int) -> NDArray[np.float64]:
        between = self._xyz_m[rows] - self._xyz_m[end]
        straight_m = np.sqrt(np.add.reduce(between * between, axis=1))
        # a millisecond less per route for rounding of the position
        return np.asarray(np.maximum(0.0, straight_m * self._ms_per_m - 1.0) / 1000.0)

    def travel_s(self, source: str, target: str, state: RoadState) -> float:
        """Return the travel time of the fastest route; ``inf`` if no open road leads there. [s]"""
        route = self._route(place_row(self.network, source), place_row(self.network, target), state)
        return math.inf if route is None else route.travel_s / state.overall

    def fastest(self, source: str, target: str, state: RoadState) -> Route | None:
        """Return the fastest route, or None if no open road leads there."""
        route = self._route(place_row(self.network, source), place_row(self.network, target), state)
        return route if route is None or state.overall == 1 else route.slowed(state.overall)

    def _route(self, source: int, target: int, state: RoadState) -> Route | None:
        """Return the fastest route as if nothing slowed all roads."""
        if state is not self._state:
            self._follow(state)
        if len(state.factors) * USUAL_AT <= len(self._worse):
            usual = self._remembered(self._usual, source, target)
            if usual is None or not state.factors or not self._worse[usual.section_rows].any():
                return usual
        return self._remembered(self._now, source, target)

    def _remembered(self, held: _Held, source: int, target: int) -> Route | None:
        key, known = (source, target), held.routes
        if key not in known:
            if len(known) >= MOST_ROUTES:
                del known[next(iter(known))]
            known[key] = self._query(held, source, target)
        return known[key]

    def _query(self, held: _Held, source: int, target: int) -> Route | None:
        if source == target:
            return route_of(self.network, self.arcs, source, NO_ARCS, NO_ARCS, 1.0)
        found_ms, _, path = held.metric.query(source, target)
        if not path or found_ms >= NEVER_MS:
            return None
        arcs = np.array(path, dtype=np.int64)
        return route_of(self.network, self.arcs, source, arcs, held.weights_ms[arcs], 1.0)

    def _follow(self, state: RoadState) -> None:
        """Let the hierarchy that answers hold *state*."""
        old = self._state
        self._state = state
        if state.factors is old.factors:
            return
        names = _different(old.factors, state.factors)
        if not names:
            return
        rows = np.array([self.arcs.ids.row(name) for name in names])
        self._worse[rows] = [state.factor(name) < 1.0 for name in names]
        self._now = self._holding(state)

    def _holding(self, state: RoadState) -> _Held:
        """Return a hierarchy that holds *state*: its own if it came back, else the one that follows."""
        if not state.factors:
            return self._usual
        key = frozenset(state.factors.items())
        if key in self._kept:
            return self._kept[key]
        if hash(key) in self._seen and (len(self._kept) + 1) * len(self.arcs.tail) <= MOST_KEPT_ARCS:
            self._kept[key] = self._new(state)
            return self._kept[key]
        if len(self._seen) < MOST_SEEN:
            self._seen.add(hash(key))
        if self._following is None:
            self._following = self._new(state)
        else:
            self._update(self._following, state)
        return self._following

    def _new(self, state: RoadState) -> _Held:
        weights_ms = self.arcs.weights_ms(state)
        return _Held(self._customized(weights_ms), weights_ms, state.factors)

    def _update(self, held: _Held, state: RoadState) -> None:
        names = _different(held.factors, state.factors)
        held.factors = state.factors
        if not names:
            return
        held.routes.clear()
        arcs, ms = self.arcs.changed(state, names)
        held.weights_ms[arcs] = ms
        if len(arcs) * FULL_AT > len(self.arcs.tail):
            held.metric.customize(held.weights_ms.astype(np.uint32))
        else:
            held.metric.update_weights(arcs.astype(np.uint32), ms.astype(np.uint32))


def _different(before: Factors, now: Factors) -> list[str]:
    """Return the sections whose factor is another."""
    names = [name for name, factor in now.items() if before.get(name, 1.0) != factor]
    return names + [name for name in before if name not in now]


@lru_cache(maxsize=4)
def topology_of(network: RoadNetwork) -> Any:
    """Return the hierarchy without weights: from the file of the network if it was prepared, else made now."""
    topology = pyroutingkit.CCHTopology()
    if network.path is not None:
        blocks = {
            name.removeprefix(BLOCK): block
            for name, block in stored_blocks(network.path).items()
            if name.startswith(BLOCK)
        }
        if blocks:
            with tempfile.TemporaryDirectory() as folder:
                for name, block in blocks.items():
                    (Path(folder) / name).write_bytes(block)
                topology.load(folder)
            return topology
    arcs = arcs_of(network, np.ones((len(network.section_ids), 2)))
    lat, lon = (numbers(network.place_columns[name]).astype(np.float32) for name in ("lat", "lon"))
    topology.build(arcs.tail.astype(np.uint32), arcs.head.astype(np.uint32), lat, lon, arcs.n_places)
    return topology


def hierarchy_blocks(network: RoadNetwork) -> dict[str, bytes]:
    """Return the prepared hierarchy of a network as blocks for its file."""
    with tempfile.TemporaryDirectory() as folder:
        topology_of(network).save(folder)
        return {BLOCK + path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())}
