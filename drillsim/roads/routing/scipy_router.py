"""Routing with the searches of scipy: for networks of towns, and where the hierarchy is not installed."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import dijkstra

from drillsim.roads.routing.arcs import NEVER_MS, Arcs
from drillsim.roads.routing.routing import TreeRouter

BARELY_MS = 1e-9
"""What an arc of no time takes in a matrix, where 0 would be no arc. [ms]"""


class ScipyRouter(TreeRouter):
    """Dijkstra of scipy, backwards from the target."""

    def search(self, target: int, weights_ms: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
        """Search the arcs turned round: (n_places,) each."""
        arcs = self.arcs
        matrix, arc_of = matrix_of(arcs, weights_ms, backwards=True)
        times_ms, onward = dijkstra(matrix, indices=target, return_predecessors=True)
        found = np.flatnonzero(onward >= 0)
        first = np.full(arcs.n_places, -1, np.int64)
        # the arc between two places is found by their place in the matrix
        keys = onward[found].astype(np.int64) * arcs.n_places + found
        first[found] = arc_of[1][np.searchsorted(arc_of[0], keys)]
        return np.rint(times_ms), first


def matrix_of(
    arcs: Arcs, weights_ms: NDArray[np.int64], *, backwards: bool = False
) -> tuple[csr_matrix, tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Return the arcs that can be driven as a sparse matrix of milliseconds, the fastest of parallel ones.

    Returns
    -------
    tuple
        The (n_places, n_places) matrix, and (n,) sorted keys ``row * n_places + column`` with the arc of each.
    """
    n = arcs.n_places
    row, column = (arcs.head, arcs.tail) if backwards else (arcs.tail, arcs.head)
    usable = np.flatnonzero((weights_ms < NEVER_MS) & (row != column))
    keys = row[usable].astype(np.int64) * n + column[usable]
    order = np.lexsort((usable, weights_ms[usable], keys))
    keys, usable = keys[order], usable[order]
    best = np.ones(len(keys), bool)
    best[1:] = keys[1:] != keys[:-1]
    keys, usable = keys[best], usable[best]
    start = np.searchsorted(keys, np.arange(n + 1, dtype=np.int64) * n)
    ms = np.maximum(weights_ms[usable].astype(float), BARELY_MS)
    return csr_matrix((ms, keys % n, start), shape=(n, n)), (keys, usable)
