"""A network as directed arcs in whole milliseconds, the common input of all routers.

Whole numbers, so that all routers agree to the last bit on what a route costs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.roads.network.columns import Ids, numbers
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.state import RoadState

NEVER_MS: Final = 2**31 - 1
"""Travel time of an arc that cannot be driven; a route that takes as long (25 days) is no route. [ms]"""


@dataclass(frozen=True, eq=False)
class Arcs:
    """Directed arcs of a network; first those along the sections, row by row, then those against them."""

    n_places: int
    tail: NDArray[np.int32]
    """(n_arcs,) row of the place where it begins."""
    head: NDArray[np.int32]
    """(n_arcs,) row of the place where it ends."""
    section: NDArray[np.int32]
    """(n_arcs,) row of its section."""
    against: NDArray[np.int32]
    """(n_sections,) arc that runs against the section; -1 where there is none."""
    base_ms: NDArray[np.int64]
    """(n_arcs,) travel time when the section is as usual. [ms]"""
    ids: Ids
    """Ids of the sections, by row."""

    def changed(self, state: RoadState, sections: Iterable[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Return the arcs of some sections, and the travel time of each in *state*: (n,), (n,). [ms]"""
        names = list(sections)
        rows = np.array([self.ids.row(name) for name in names], dtype=np.int64)
        factors = np.array([state.factor(name) for name in names], dtype=float)
        back = self.against[rows]
        both = back >= 0
        arcs = np.concatenate([rows, back[both]])
        return arcs, slowed_ms(self.base_ms[arcs], np.concatenate([factors, factors[both]]))

    def weights_ms(self, state: RoadState) -> NDArray[np.int64]:
        """Return the travel time of every arc in *state*: (n_arcs,) array. [ms]"""
        weights = self.base_ms.copy()
        if state.factors:
            arcs, new_ms = self.changed(state, state.factors)
            weights[arcs] = new_ms
        return weights


def slowed_ms(base_ms: NDArray[np.int64], factor: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return travel times at a part of the usual speed, (n,); a factor of 0 is closed. [ms]"""
    slowed = np.divide(base_ms, factor, out=np.full(len(base_ms), np.inf), where=factor > 0)
    return np.asarray(np.minimum(np.rint(slowed), NEVER_MS), dtype=np.int64)


def arcs_of(network: RoadNetwork, section_s: NDArray[np.float64]) -> Arcs:
    """Return the arcs of a network.

    Parameters
    ----------
    section_s
        (n_sections, 2) travel time along and against each section; ``inf`` where a vehicle cannot go. [s]
    """
    ends = network.section_ends
    n = len(ends)
    both = np.flatnonzero(numbers(network.section_columns["oneway"]) == 0)
    against = np.full(n, -1, np.int32)
    against[both] = n + np.arange(len(both), dtype=np.int32)
    seconds = np.concatenate([section_s[:, 0], section_s[both, 1]])
    return Arcs(
        n_places=len(network.place_ids),
        tail=np.concatenate([ends[:, 0], ends[both, 1]]).astype(np.int32),
        head=np.concatenate([ends[:, 1], ends[both, 0]]).astype(np.int32),
        section=np.concatenate([np.arange(n), both]).astype(np.int32),
        against=against,
        base_ms=np.minimum(np.rint(1000.0 * seconds), NEVER_MS).astype(np.int64),
        ids=network.section_ids,
    )
