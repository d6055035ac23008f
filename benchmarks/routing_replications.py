"""What does one replication cost, against the model one would write first?

    python benchmarks/routing_replications.py [places …]

60 units, about 300 calls of one task each in 24 hours, one section in a hundred closing or slowing in mid-run. The
naive model is a SimPy process with an event per road section and one networkx search per way; it sends the unit that
is nearest by road, found by one search backwards from the call, and turns where the way ahead has changed. Against it:

- *journeys*: the same exercise by drillsim's routers with one event per journey, and nothing else, so that both models
  do the same; where the naive one is run in full, their arrivals are compared call by call;
- *drillsim*: whole replications by ``simulate``, which also handle and discover calls, find crews, turn out, work by
  people, and write down every event;
- *straight*: a naive model that does less: it sends the unit that is nearest in a straight line.

All run in one process on the same city and calls, one after the other, and are measured in seconds of the processor.
On large networks the naive models are measured on their first ways, and the rest is taken to cost the same.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
import time
from collections.abc import Generator
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import simpy
from journeys import Journeys

from drillsim import Scenario, simulate
from drillsim.roads import HeavyVehicleSpeed, RoadNetwork, numbers
from drillsim.roads.synthetic import synthetic_city
from drillsim.world.random_streams import RandomStreams
from drillsim.world.world import World as Setting

UNITS, STATIONS, TASKS, DAY_S, MOMENTS = 60, 20, 300, 86_400.0, 10
SLOWED = 0.01
MOST_NAIVE = 200_000
"""Places up to which the naive model is measured at all."""
ROUNDING_S = 2.0
"""drillsim counts whole milliseconds per section; a way has some hundreds of sections."""


def main(sizes: list[int]) -> list[dict[str, float]]:
    """Print a row per size, write them as JSON and return them."""
    rows = []
    for size in sizes:
        rows.append(row(size))
        last = rows[-1]
        print(
            f"{last['places']:9,} places   naive {last['naive_s']:9.3f} s   "
            f"journeys {last['journeys_s']:7.4f} s {last['journeys_ratio']:6.0f} x   "
            f"drillsim {last['drillsim_s']:7.4f} s {last['ratio']:6.0f} x   "
            f"straight {last['straight_s']:8.3f} s   first run {last['first_s']:6.2f} s",
            flush=True,
        )
    Path("routing_replications.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return rows


def row(size: int) -> dict[str, float]:
    """Measure the models on one city."""
    network = synthetic_city(size, seed=1).network
    world = World(network)
    plan = world.scenario.plan()
    began_s = time.process_time()
    simulate(world.scenario, plan, seed=1)
    first_s = time.process_time() - began_s
    drillsim_s = median_s(lambda replication: simulate(world.scenario, plan, seed=1, replication=replication))
    journeys = Journeys(world, UNITS // STATIONS)
    journeys_s = median_s(lambda replication: journeys.run(world.calls(replication), DAY_S))
    found = {"places": len(network.places), "sections": len(network.sections), "first_s": first_s}
    found |= {"drillsim_s": drillsim_s, "journeys_s": journeys_s, "calls": len(world.calls(0))}
    if size > MOST_NAIVE:
        return found | dict.fromkeys(("naive_s", "straight_s", "ratio", "journeys_ratio"), math.nan)
    naive = Naive(world)
    naive_s = naive.measure(by_road=True)
    if naive.full:
        found["arrivals_compared"] = same_arrivals(naive.arrived_s, journeys.run(world.calls(0), DAY_S))
    straight_s = Naive(world).measure(by_road=False)
    return found | {
        "naive_s": naive_s, "straight_s": straight_s, "ratio": naive_s / drillsim_s,
        "journeys_ratio": naive_s / journeys_s, "ways": naive.ways,
    }  # fmt: skip


def median_s(run: Any) -> float:
    """Return the median of eleven replications after two to warm up, in seconds of the processor."""
    each_s = []
    for replication in range(1, 14):
        began_s = time.process_time()
        run(replication)
        each_s.append(time.process_time() - began_s)
    return statistics.median(each_s[2:])


def same_arrivals(one: dict[int, float], other: Any) -> int:
    """Return how many arrivals were compared; refuse models that do not do the same."""
    assert one.keys() == other.keys()
    assert all(abs(one[call] - other[call]) < ROUNDING_S for call in one), "the models differ"
    return len(one)


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
        self.work_s = rng.uniform(600, 3600, 3 * TASKS).tolist()

    def calls(self, replication: int) -> list[tuple[float, str, float]]:
        """Return the calls of a replication: moment, place, time of work."""
        it = self.scenario
        world = Setting(it.ground, RandomStreams(1, replication), it.startex, it.ends_at_s, it.weather)
        calls = it.incidents[0].occur(world).incidents
        return [(call.starts_at_s, call.node, work) for call, work in zip(calls, self.work_s, strict=False)]

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
            self._add(a, b, seconds[i, 0], name)
            if not oneway[i]:
                self._add(b, a, seconds[i, 1], name)
        self.edges: dict[str, list[Any]] = {}
        for a, b, name in self.graph.edges(data="id"):
            self.edges.setdefault(name, []).append((a, b))
        lat, lon = (numbers(network.place_columns[c]) for c in ("lat", "lon"))
        self.where = dict(zip(places, zip(lat.tolist(), lon.tolist(), strict=True), strict=True))
        self.ways = 0
        self.full = self.graph.number_of_nodes() < self.SMALL

    def _add(self, a: str, b: str, seconds: float, name: str) -> None:
        """Keep the faster of two roads side by side."""
        if not self.graph.has_edge(a, b) or seconds < self.graph[a][b]["s"]:
            self.graph.add_edge(a, b, s=seconds, id=name)

    def measure(self, *, by_road: bool) -> float:
        """Return the seconds of one replication; on large networks from the first ways of it."""
        calls = self.world.calls(0)
        self.by_road, self.back = by_road, self.graph.reverse(copy=False)
        began_s = time.process_time()
        self.env = simpy.Environment()
        self.free = [s for s in self.world.stations for _ in range(UNITS // STATIONS)]
        self.limit = math.inf if self.full else self.MOST_WAYS
        self.done = self.env.event()
        self.arrived_s: dict[int, float] = {}
        self.changed: list[set[str]] = []
        for number, call in enumerate(calls):
            self.env.process(self._task(number, *call))
        for t_s, factor, sections in self.world.changes:
            self.env.process(self._change(t_s, factor, sections))
        self.env.run(until=DAY_S if self.full else self.done)
        took_s = time.process_time() - began_s
        return took_s if self.full else took_s * (2 * len(calls)) / self.ways

    def _change(self, t_s: float, factor: float, sections: list[str]) -> Generator[Any, Any, None]:
        yield self.env.timeout(t_s)
        self.changed.append(set(sections))
        for section in sections:
            for a, b in self.edges.get(section, []):
                self.graph[a][b]["s"] = self.graph[a][b]["s"] / factor if factor else math.inf

    def _task(self, number: int, t_s: float, place: str, work_s: float) -> Generator[Any, Any, None]:
        yield self.env.timeout(t_s)
        if not self.free:
            return
        unit = self._nearest(place)
        self.free.remove(unit)
        yield from self._drive(unit, place)
        self.arrived_s[number] = self.env.now
        yield self.env.timeout(work_s)
        yield from self._drive(place, unit)
        self.free.append(unit)

    def _nearest(self, place: str) -> str:
        if self.by_road:
            times_s = nx.single_source_dijkstra_path_length(self.back, place, weight="s")
            return min(self.free, key=lambda unit: times_s.get(unit, math.inf))
        lat, lon = self.where[place]
        return min(self.free, key=lambda unit: (self.where[unit][0] - lat) ** 2 + (self.where[unit][1] - lon) ** 2)

    def _drive(self, source: str, target: str) -> Generator[Any, Any, None]:
        at = source
        while at != target:
            route = nx.dijkstra_path(self.graph, at, target, weight="s")
            self.ways += 1
            seen = len(self.changed)
            if self.ways >= self.limit and not self.done.triggered:
                self.done.succeed()
            for i, onward in enumerate(route[1:]):
                if len(self.changed) > seen and self._is_hit(route[i:], seen):
                    break
                yield self.env.timeout(self.graph[at][onward]["s"])
                at = onward

    def _is_hit(self, ahead: list[str], seen: int) -> bool:
        """Return whether a section of the way ahead has changed since the way was found."""
        news = set().union(*self.changed[seen:])
        return any(self.graph[a][b]["id"] in news for a, b in pairwise(ahead))


if __name__ == "__main__":
    main([int(a) for a in sys.argv[1:]] or [1_000, 10_000, 100_000])
