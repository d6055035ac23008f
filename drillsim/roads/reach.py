"""Reach and bottlenecks: travel times to all places, and the roads whose closure costs most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from drillsim.base.errors import DrillsimError
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.state import RoadState
from drillsim.roads.routing.arcs import Arcs, arcs_of
from drillsim.roads.routing.routing import place_row
from drillsim.roads.routing.scipy_router import matrix_of

Times = NDArray[np.float64]
MOST_TRIED: Final = 200
"""Sections that are closed on trial, those with most on them (assumption: the worst one is among them)."""


class Reach:
    """Travel times on a network from places to all others, for one kind of vehicle and one state of the roads.

    Parameters
    ----------
    network
        The road network.
    section_s
        (n_sections, 2) travel time along and against each section as usual, as :meth:`HeavyVehicleSpeed.section_s`
        gives it. [s]
    state
        State of the roads; as usual if left out.
    """

    def __init__(self, network: RoadNetwork, section_s: Times, state: RoadState | None = None) -> None:
        self.network = network
        self.state = state or RoadState()
        self.arcs: Arcs = arcs_of(network, section_s)
        self._section_s = section_s
        self._matrix, self._arc_of = matrix_of(self.arcs, self.arcs.weights_ms(self.state))

    def from_each(self, sources: Sequence[str]) -> Times:
        """Return the travel time from each source to every place: (n_sources, n_places), ``inf`` for no route. [s]

        Raises
        ------
        UnknownNameError
            If there is no such place.
        """
        rows = self._rows(sources)
        return np.asarray(dijkstra(self._matrix, indices=rows)) / self._ms_per_s

    def from_nearest(self, sources: Sequence[str]) -> Times:
        """Return the travel time from the nearest source to every place: (n_places,), ``inf`` for no route. [s]"""
        return np.asarray(dijkstra(self._matrix, indices=self._rows(sources), min_only=True)) / self._ms_per_s

    def between(self, sources: Sequence[str], targets: Sequence[str]) -> Times:
        """Return the travel time between all pairs: (n_sources, n_targets). [s]"""
        return np.asarray(self.from_each(sources)[:, self._rows(targets)])

    def from_nth(self, sources: Sequence[str], n: int) -> Times:
        """Return when the n-th of the sources reaches each place, counted from 1: (n_places,). [s]

        Raises
        ------
        DrillsimError
            If there are fewer sources.
        """
        if not 1 <= n <= len(sources):
            raise DrillsimError(f"there are {len(sources)} places to come from; write a number from 1 to that, not {n}")
        return (
            self.from_nearest(sources)
            if n == 1
            else np.asarray(np.partition(self.from_each(sources), n - 1, axis=0)[n - 1])
        )

    def _rows(self, names: Sequence[str]) -> list[int]:
        if not names:
            raise DrillsimError("name at least one place to come from")
        return [place_row(self.network, name) for name in names]

    @property
    def _ms_per_s(self) -> float:
        return 1000.0 * self.state.overall

    def without(self, sections: Sequence[str]) -> Reach:
        """Return the same with some sections closed."""
        return Reach(self.network, self._section_s, self.state.with_factors(dict.fromkeys(sections, 0.0)))

    def carried(self, sources: Sequence[str], weights: Times) -> Times:
        """Return, per section, the people whose fastest route from the nearest source leads over it: (n_sections,)."""
        times, before, _ = dijkstra(self._matrix, indices=self._rows(sources), min_only=True, return_predecessors=True)
        flow = np.where(np.isfinite(times), weights, 0.0).astype(float)
        keys, arcs = self._arc_of
        carried, n = np.zeros(len(self.network.section_ids)), self.arcs.n_places
        for place in np.argsort(-times, kind="stable"):
            onward = before[place]
            if onward >= 0 and np.isfinite(times[place]):
                flow[onward] += flow[place]
                arc = arcs[np.searchsorted(keys, int(onward) * n + int(place))]
                carried[self.arcs.section[arc]] += flow[place]
        return carried


def coverage(times_s: Times, within_s: float, weights: Times | None = None) -> float:
    """Return the share of places, or of people, that are reached in time. [dimensionless]

    Parameters
    ----------
    times_s
        (n_places,) travel time to each place. [s]
    within_s
        What counts as in time. [s]
    weights
        (n_places,) people at each place; every place counts the same if left out.

    Examples
    --------
    >>> coverage(np.array([60.0, 300.0, np.inf]), 240.0, np.array([30.0, 10.0, 10.0]))
    0.6
    """
    weights = np.ones(len(times_s)) if weights is None else weights
    return float(weights[times_s <= within_s].sum() / max(weights.sum(), 1e-300))


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """A section and what its closure costs."""

    section: str
    extra_s: float
    """Mean extra time to the nearest source over all people (or places) that can still be reached. [s]"""
    cut_off: float
    """People (or places) that cannot be reached any more."""
    carries: float
    """People (or places) whose fastest route from the nearest source leads over it."""


def bottlenecks(
    reach: Reach, sources: Sequence[str], *, weights: Times | None = None, top: int = 10, tried: int = MOST_TRIED
) -> tuple[Bottleneck, ...]:
    """Return the sections whose closure costs most: first who is cut off, then the minutes lost.

    Of all sections on a fastest route, the *tried* that carry most are closed one by one and the search is done again.
    """
    weights = np.ones(reach.arcs.n_places) if weights is None else weights
    before_s = reach.from_nearest(sources)
    carried = reach.carried(sources, weights)
    order = np.argsort(-carried, kind="stable")[:tried]
    found = []
    for row in order[carried[order] > 0]:
        name = reach.network.section_ids[int(row)]
        after_s = reach.without([name]).from_nearest(sources)
        lost = np.isinf(after_s) & np.isfinite(before_s)
        there = np.isfinite(after_s)
        extra_s = float((weights[there] * (after_s[there] - before_s[there])).sum() / max(weights[there].sum(), 1e-300))
        found.append(Bottleneck(name, extra_s, float(weights[lost].sum()), float(carried[row])))
    return tuple(sorted(found, key=lambda b: (-b.cut_off, -b.extra_s, b.section))[:top])
