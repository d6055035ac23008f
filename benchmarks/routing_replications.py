"""What does one replication cost, against the model one would write first?

    python benchmarks/routing_replications.py [places …]

60 units, about 300 calls of one task each in 24 hours, one section in a hundred closing or slowing in mid-run. The
naive model is a SimPy process with an event per road section and one networkx search per way. To send the unit that is
nearest by road, as drillsim does, it searches backwards from the call; "straight" is the same model that does less: it
sends the unit that is nearest in a straight line. All run in one process on the same city and calls, one after the
other; on large networks the naive model is measured on its first ways, and the rest is taken to cost the same.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
import time
from collections.abc import Generator
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import simpy

from drillsim import Scenario, simulate
from drillsim.roads import HeavyVehicleSpeed, RoadNetwork, numbers
from drillsim.roads.synth import synthetic_city
from drillsim.streams import RandomStreams

UNITS, STATIONS, TASKS, DAY_S, MOMENTS = 60, 20, 300, 86_400.0, 10
SLOWED = 0.01


def main(sizes: list[int]) -> None:
    """Print a row per size and write them as JSON."""
    rows = []
    for size in sizes:
        rows.append(row(size))
        last = rows[-1]
        print(
            f"{last['places']:9,} places   naive {last['naive_s']:9.3f} s   drillsim {last['drillsim_s']:7.4f} s   "
            f"ratio {last['ratio']:6.0f}   straight {last['straight_s']:9.3f} s, {last['straight_ratio']:5.0f}   "
            f"first run {last['first_s']:6.2f} s"
        )
    Path("routing_replications.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


def row(size: int) -> dict[str, float]:
    """Measure both models on one city."""
    network = synthetic_city(size, seed=1).network
    world = World(network)
    began_s = time.perf_counter()
    simulate(world.scenario, world.scenario.plan(), seed=1)
    first_s = time.perf_counter() - began_s
    each_s = []
    plan = world.scenario.plan()
    for replication in range(1, 12):
        began_s = time.perf_counter()
        simulate(world.scenario, plan, seed=1, replication=replication)
        each_s.append(time.perf_counter() - began_s)
    naive_s, straight_s = Naive(world).measure(by_road=True), Naive(world).measure(by_road=False)
    took_s = statistics.median(each_s)
    return {
        "places": len(network.places), "sections": len(network.sections), "naive_s": naive_s, "drillsim_s": took_s,
        "ratio": naive_s / took_s, "straight_s": straight_s, "straight_ratio": straight_s / took_s, "first_s": first_s,
    }  # fmt: skip


class World:
    """The same exercise for both models."""

    def __init__(self, network: RoadNetwork) -> None:
        rng = np.random.default_rng(99)
        reachable = np.flatnonzero(network.parts == 0)
        names = network.place_ids
        self.network = network
        self.stations = names.names(rng.choice(reachable, STATIONS, replace=False))
        self.weights = dict.fromkeys(names.names(rng.choice(reachable, min(5_000, len(reachable)), replace=False)), 1.0)
        worse = rng.choice(len(network.section_ids), max(1, int(SLOWED * len(network.section_ids))), replace=False)
        parts = np.array_split(network.section_ids.names(worse), 2 * MOMENTS)
        self.changes = [
            (DAY_S * (i // 2 + 1) / (MOMENTS + 2), 0.5 * (i % 2), [str(s) for s in part])
            for i, part in enumerate(parts)
            if len(part)
        ]
        self.scenario = self._scenario()
        calls = self.scenario.incidents[0].occur(self.scenario.ground, RandomStreams(1, 0))
        self.places = [call.node for call in calls]
        self.starts_s = [call.starts_at_s for call in calls]
        self.work_s = rng.uniform(600, 3600, len(calls))

    def _scenario(self) -> Scenario:
        task = {"id": "work", "capabilities": ["fire_attack"], "min_crew": 4, "work": {"mean_s": 8400, "cv": 0.4}}
        demand = {
            "kind": "demand", "id": "call", "calls_per_hour": TASKS / 21.6, "until_s": 0.9 * DAY_S,
            "places": self.weights, "calls": [{"type": "fire", "tasks": [task]}],
        }  # fmt: skip
        crew = {"capabilities": ["fire_attack"], "crew": 4, "count": UNITS // STATIONS}
        plan = {
            "id": "plan",
            "stations": [
                {"id": f"s{i}", "node": n, "units": [{"id": f"u{i}", **crew}]} for i, n in enumerate(self.stations)
            ],
        }
        hazards = [
            {"kind": "road_closures", "id": f"h{i}", "starts_at_s": t_s, "speed_factor": f, "sections": s}
            for i, (t_s, f, s) in enumerate(self.changes)
        ]
        return Scenario(
            drillsim=1, id="bench", title="Bench", startex="2026-01-01 00:00", ends_at_s=DAY_S, roads=self.network,
            incidents=[demand], hazards=hazards, plans=[plan],
        )  # fmt: skip


class Naive:
    """An event per section, a networkx search per way."""

    SMALL = 20_000
    """Places up to which a whole replication is measured."""
    MOST_WAYS = 40
    """Ways that are measured; the rest is taken to cost the same."""

    def __init__(self, world: World) -> None:
        self.world = world
        network = world.network
        seconds = HeavyVehicleSpeed().section_s(network)
        ends = network.section_ends
        oneway = numbers(network.section_columns["oneway"])
        ids = list(network.section_ids)
        places = list(network.place_ids)
        self.graph = nx.DiGraph()
        for i, name in enumerate(ids):
            a, b = places[ends[i, 0]], places[ends[i, 1]]
            self.graph.add_edge(a, b, s=seconds[i, 0], id=name)
            if not oneway[i]:
                self.graph.add_edge(b, a, s=seconds[i, 1], id=name)
        self.edges: dict[str, list[Any]] = {}
        for a, b, name in self.graph.edges(data="id"):
            self.edges.setdefault(name, []).append((a, b))
        lat, lon = (numbers(network.place_columns[c]) for c in ("lat", "lon"))
        self.where = {
            p: (lat[network.place_ids.row(p)], lon[network.place_ids.row(p)]) for p in {*world.places, *world.stations}
        }
        self.ways = 0

    def measure(self, *, by_road: bool) -> float:
        """Return the seconds of one replication; on large networks from the first ways of it."""
        self.by_road = by_road
        self.back = self.graph.reverse(copy=False)
        full = self.graph.number_of_nodes() < self.SMALL
        began_s = time.perf_counter()
        self.env = simpy.Environment()
        self.free = [(s, s) for s in self.world.stations for _ in range(UNITS // STATIONS)]
        self.limit = math.inf if full else self.MOST_WAYS
        self.done = self.env.event()
        for n, (t_s, place) in enumerate(zip(self.world.starts_s, self.world.places, strict=True)):
            self.env.process(self._task(t_s, place, self.world.work_s[n]))
        for t_s, factor, sections in self.world.changes:
            self.env.process(self._change(t_s, factor, sections))
        self.env.run(until=self.done if not full else DAY_S)
        took_s = time.perf_counter() - began_s
        return took_s if full else took_s * (2 * len(self.world.places)) / self.ways

    def _change(self, t_s: float, factor: float, sections: list[str]) -> Generator[Any, Any, None]:
        yield self.env.timeout(t_s)
        for section in sections:
            for a, b in self.edges.get(section, []):
                self.graph[a][b]["s"] = self.graph[a][b]["s"] / factor if factor else math.inf

    def _task(self, t_s: float, place: str, work_s: float) -> Generator[Any, Any, None]:
        yield self.env.timeout(t_s)
        if not self.free:
            return
        unit = self._nearest(place)
        self.free.remove(unit)
        yield from self._drive(unit[0], place)
        yield self.env.timeout(work_s)
        yield from self._drive(place, unit[0])
        self.free.append(unit)

    def _nearest(self, place: str) -> tuple[str, str]:
        if self.by_road:
            times_s = nx.single_source_dijkstra_path_length(self.back, place, weight="s")
            return min(self.free, key=lambda u: times_s.get(u[0], math.inf))
        lat, lon = self.where[place]
        return min(self.free, key=lambda u: (self.where[u[0]][0] - lat) ** 2 + (self.where[u[0]][1] - lon) ** 2)

    def _drive(self, source: str, target: str) -> Generator[Any, Any, None]:
        at = source
        while at != target:
            way = nx.dijkstra_path(self.graph, at, target, weight="s")
            self.ways += 1
            if self.ways >= self.limit and not self.done.triggered:
                self.done.succeed()
            for onward in way[1:]:
                if math.isinf(self.graph[at][onward]["s"]):
                    break
                yield self.env.timeout(self.graph[at][onward]["s"])
                at = onward


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [1_000, 10_000, 100_000])
