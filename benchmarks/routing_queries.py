"""How long does one way take to find, by which library?  python benchmarks/routing_queries.py [places …]

Random pairs of places of a fictional city, time and way; the median of each. Libraries that are not installed are left
out. All compute the same cost, which is checked. Quote the ratios: the machines are noisy.
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pyroutingkit
from scipy.sparse.csgraph import dijkstra

from drillsim.roads import HeavyVehicleSpeed, RoadState
from drillsim.roads.routing.arcs import Arcs, arcs_of
from drillsim.roads.routing.hierarchy import HierarchyRouter, topology_of
from drillsim.roads.routing.scipy_router import matrix_of
from drillsim.roads.synthetic import synthetic_city

PAIRS = 30
SLOW_FROM, SLOW_PAIRS = 50_000, 5
"""On large networks the slow libraries are asked fewer pairs."""
ROUNDING_S = 1e-3
Ask = Callable[[int, int], float]


def main(sizes: list[int]) -> list[dict[str, Any]]:
    """Print a table per size, write all as JSON and return it."""
    rows = []
    for size in sizes:
        rows += measure(size)
    Path("routing_queries.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return rows


def measure(size: int) -> list[dict[str, Any]]:
    """Return the median time of a query with each library."""
    network = synthetic_city(size, seed=1).network
    section_s = HeavyVehicleSpeed().section_s(network)
    arcs = arcs_of(network, section_s)
    rng = np.random.default_rng(5)
    pairs = rng.integers(0, arcs.n_places, (PAIRS, 2)).tolist()
    router = HierarchyRouter(network, section_s)
    names = network.place_ids
    wanted = [router.travel_s(names[a], names[b], RoadState()) for a, b in pairs]
    asks: dict[str, Ask] = {"networkx": _networkx(arcs), "scipy": _scipy(arcs)}
    asks |= {name: make(arcs) for name, make in (("igraph", _igraph), ("rustworkx", _rustworkx)) if find_spec(name)}
    asks["hierarchy: pyroutingkit alone"] = _library(network, arcs)
    asks["hierarchy: drillsim"] = _hierarchy(network, section_s)
    rows = []
    for name, ask in asks.items():
        n = PAIRS if size < SLOW_FROM or name.startswith("hierarchy") else SLOW_PAIRS
        took_s = []
        for (a, b), expected_s in list(zip(pairs, wanted, strict=True))[:n]:
            began_s = time.perf_counter()
            found_s = ask(a, b)
            took_s.append(time.perf_counter() - began_s)
            assert found_s == expected_s or abs(found_s - expected_s) < ROUNDING_S, (name, found_s, expected_s)
        rows.append({"places": arcs.n_places, "library": name, "median_ms": 1000 * statistics.median(took_s)})
    for row in rows:
        row["faster_than_networkx"] = rows[0]["median_ms"] / row["median_ms"]
        print(
            f"{row['places']:9,} places   {row['library']:30} {row['median_ms']:10.3f} ms"
            f"  {row['faster_than_networkx']:8.0f} x"
        )
    return rows


def _links(arcs: Arcs) -> list[tuple[int, int, int]]:
    """Return the fastest arc between each pair of places."""
    matrix, _ = matrix_of(arcs, arcs.base_ms)
    coo = matrix.tocoo()
    return list(zip(coo.row.tolist(), coo.col.tolist(), np.rint(coo.data).astype(int).tolist(), strict=True))


def _networkx(arcs: Arcs) -> Ask:
    graph = nx.DiGraph()
    graph.add_nodes_from(range(arcs.n_places))
    graph.add_weighted_edges_from(_links(arcs), weight="ms")

    def ask(a: int, b: int) -> float:
        route = nx.dijkstra_path(graph, a, b, weight="ms")
        return sum(graph[u][v]["ms"] for u, v in pairwise(route)) / 1000

    return ask


def _scipy(arcs: Arcs) -> Ask:
    matrix, _ = matrix_of(arcs, arcs.base_ms)

    def ask(a: int, b: int) -> float:
        times_ms, before = dijkstra(matrix, indices=a, return_predecessors=True)
        at = b
        while at != a:
            at = before[at]
        return float(times_ms[b]) / 1000

    return ask


def _igraph(arcs: Arcs) -> Ask:
    igraph = import_module("igraph")

    links = _links(arcs)
    graph = igraph.Graph(n=arcs.n_places, edges=[(u, v) for u, v, _ in links], directed=True)
    ms = [w for _, _, w in links]

    def ask(a: int, b: int) -> float:
        return sum(ms[e] for e in graph.get_shortest_path(a, to=b, weights=ms, output="epath")) / 1000

    return ask


def _rustworkx(arcs: Arcs) -> Ask:
    rustworkx = import_module("rustworkx")

    graph = rustworkx.PyDiGraph()
    graph.add_nodes_from(range(arcs.n_places))
    graph.add_edges_from(_links(arcs))

    def ask(a: int, b: int) -> float:
        route = list(rustworkx.dijkstra_shortest_paths(graph, a, target=b, weight_fn=float)[b])
        return sum(graph.get_edge_data(u, v) for u, v in pairwise(route)) / 1000

    return ask


def _library(network: Any, arcs: Arcs) -> Ask:
    metric = pyroutingkit.CCHMetric(topology_of(network))
    metric.customize(arcs.base_ms.astype(np.uint32))

    def ask(a: int, b: int) -> float:
        return metric.query(a, b)[0] / 1000 if a != b else 0.0

    return ask


def _hierarchy(network: Any, section_s: Any) -> Ask:
    router = HierarchyRouter(network, section_s)
    names = network.place_ids
    router.travel_s(names[0], names[1], RoadState())

    def ask(a: int, b: int) -> float:
        return router.travel_s(names[a], names[b], RoadState())

    return ask


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [1_000, 10_000, 100_000])
