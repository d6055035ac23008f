"""Routing by a customizable contraction hierarchy: prepared once per network, exact in every state of the roads.

In a run roads only get worse than usual, or usual again. So the usual way stays the fastest as long as nothing on it
has changed, and one query of the unchanged hierarchy answers; the other hierarchy follows the state of the roads.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyroutingkit
from numpy.typing import NDArray

from drillsim.roads.arcs import NEVER_MS, arcs_of
from drillsim.roads.columns import numbers
from drillsim.roads.network import RoadNetwork
from drillsim.roads.parts import EARTH_RADIUS_M
from drillsim.roads.routing import Route, place_row, route_of
from drillsim.roads.state import RoadState
from drillsim.roads.store import stored_blocks

MOST_ROUTES: Final = 20_000
"""Ways that are remembered per state of the roads."""
FULL_AT: Final = 500
"""When more than one arc in so many changes, all are customized again: as measured at 100,000 places."""
USUAL_AT: Final = 1_000
"""When more than one section in so many is worse than usual, the usual way is hardly ever still free."""
BLOCK: Final = "hierarchy/"

_Path = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Arcs of a way, and the time on each. [ms]"""


class HierarchyRouter:
    """One query per way, in a fraction of a millisecond up to a million places.

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
        self._usual = self._customized(self.arcs.base_ms)
        self._usual_paths: dict[tuple[int, int], _Path | None] = {}
        self._state = RoadState()
        self._weights_ms = self.arcs.base_ms
        self._metric: Any = None
        self._worse = np.zeros(len(network.section_ids), bool)
        self._paths: dict[tuple[int, int], _Path | None] = {}

    def _customized(self, weights_ms: NDArray[np.int64]) -> Any:
        metric = pyroutingkit.CCHMetric(topology_of(self.network))
        metric.customize(weights_ms.astype(np.uint32))
        return metric

    @cached_property
    def _xyz_m(self) -> NDArray[np.float64]:
        """(n_places, 3) position in space: the straight line through the ground is never longer than a road. [m]"""
        lat, lon = (np.radians(numbers(self.network.place_columns[name])) for name in ("lat", "lon"))
        unit = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        return np.asarray(EARTH_RADIUS_M * unit)

    @cached_property
    def _ms_per_m(self) -> float:
        """Least time per metre of straight line, over all arcs. [ms/m]"""
        between = self._xyz_m[self.arcs.tail] - self._xyz_m[self.arcs.head]
        straight_m = np.sqrt((between**2).sum(axis=1))
        far = straight_m > 0
        return float((self.arcs.base_ms[far] / straight_m[far]).min(initial=math.inf)) if far.any() else 0.0

    def at_least_s(self, sources: Sequence[str], target: str, state: RoadState) -> NDArray[np.float64]:
        """Return the time along the straight line at the highest speed of the network. [s]"""
        rows = [place_row(self.network, source) for source in sources]
        between = self._xyz_m[rows] - self._xyz_m[place_row(self.network, target)]
        straight_m = np.sqrt((between**2).sum(axis=1))
        # a millisecond less per way for rounding of the position
        return np.asarray(np.maximum(0.0, straight_m * self._ms_per_m - 1.0) / (1000.0 * state.overall))

    def travel_s(self, source: str, target: str, state: RoadState) -> float:
        """Return the travel time of the fastest way; ``inf`` if no open road leads there. [s]"""
        path = self._path(place_row(self.network, source), place_row(self.network, target), state)
        return math.inf if path is None else float(path[1].sum()) / (1000.0 * state.overall)

    def fastest(self, source: str, target: str, state: RoadState) -> Route | None:
        """Return the fastest way, or None if no open road leads there."""
        start = place_row(self.network, source)
        path = self._path(start, place_row(self.network, target), state)
        if path is None:
            return None
        return route_of(self.network, self.arcs, start, path[0], path[1], state.overall)

    def _path(self, source: int, target: int, state: RoadState) -> _Path | None:
        self._follow(state)
        if len(state.factors) * USUAL_AT <= len(self._worse):
            usual = self._remembered(self._usual_paths, self._usual, self.arcs.base_ms, source, target)
            if usual is None or not self._worse[self.arcs.section[usual[0]]].any():
                return usual
        return self._remembered(self._paths, self._metric, self._weights_ms, source, target)

    def _remembered(
        self,
        known: dict[tuple[int, int], _Path | None],
        metric: Any,
        weights_ms: NDArray[np.int64],
        source: int,
        target: int,
    ) -> _Path | None:
        key = (source, target)
        if key not in known:
            if len(known) >= MOST_ROUTES:
                del known[next(iter(known))]
            known[key] = _query(metric, weights_ms, source, target)
        return known[key]

    def _follow(self, state: RoadState) -> None:
        """Let the second hierarchy hold *state*."""
        old = self._state
        if state is old or state.factors is old.factors:
            return
        self._state = state
        before, now = old.factors, state.factors
        names = [name for name, factor in now.items() if before.get(name, 1.0) != factor]
        names += [name for name in before if name not in now]
        if not names:
            return
        self._paths.clear()
        if self._metric is None:
            self._weights_ms = self.arcs.weights_ms(state)
            self._metric = self._customized(self._weights_ms)
        else:
            self._update(state, names)
        rows = np.array([self.arcs.ids.row(name) for name in names])
        self._worse[rows] = [state.factor(name) < 1.0 for name in names]

    def _update(self, state: RoadState, names: list[str]) -> None:
        arcs, ms = self.arcs.changed(state, names)
        self._weights_ms[arcs] = ms
        if len(arcs) * FULL_AT > len(self.arcs.tail):
            self._metric.customize(self._weights_ms.astype(np.uint32))
        else:
            self._metric.update_weights(arcs.astype(np.uint32), ms.astype(np.uint32))


def _query(metric: Any, weights_ms: NDArray[np.int64], source: int, target: int) -> _Path | None:
    if source == target:
        nothing = np.zeros(0, np.int64)
        return nothing, nothing
    found_ms, _, path = metric.query(source, target)
    if not path or found_ms >= NEVER_MS:
        return None
    arcs = np.array(path, dtype=np.int64)
    return arcs, weights_ms[arcs]


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
