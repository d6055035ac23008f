"""The k fastest ways without loops, by Yen's rule: leave the ways already found at each of their places in turn."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import numpy as np

from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.state import RoadState
from drillsim.roads.routing.routing import Route, Router


def alternatives(router: Router, source: str, target: str, k: int, state: RoadState) -> tuple[Route, ...]:
    """Return up to *k* ways without loops, the fastest first; parallel roads make different ways.

    Raises
    ------
    UnknownNameError
        If there is no such place.
    """
    first = router.fastest(source, target, state)
    if first is None or k < 1:
        return ()
    found = [first]
    waiting: list[tuple[float, tuple[str, ...], int]] = []
    ways: list[Route] = []
    seen = {first.sections}
    while len(found) < k:
        for way in _branches(router, found, target, state):
            if way.sections not in seen:
                seen.add(way.sections)
                ways.append(way)
                heapq.heappush(waiting, (way.travel_s, way.sections, len(ways) - 1))
        if not waiting:
            break
        found.append(ways[heapq.heappop(waiting)[2]])
    return tuple(sorted(found, key=lambda way: (way.travel_s, way.sections)))


def _branches(router: Router, found: list[Route], target: str, state: RoadState) -> Iterator[Route]:
    """Yield, for each place of the latest way, the fastest way that leaves all found ones there."""
    last = found[-1]
    for i in range(len(last.sections)):
        root = last.sections[:i]
        closed = {way.sections[i] for way in found if way.sections[:i] == root and len(way.sections) > i}
        for place in last.place_rows[:i]:
            closed.update(router.network.sections_at(int(place)))
        onward = router.fastest(last.nodes[i], target, state.with_factors(dict.fromkeys(closed, 0.0)))
        if onward is not None:
            yield _joined(router.network, last, i, onward)


def _joined(network: RoadNetwork, way: Route, i: int, onward: Route) -> Route:
    return Route(
        network,
        np.concatenate([way.place_rows[:i], onward.place_rows]),
        np.concatenate([way.section_rows[:i], onward.section_rows]),
        np.concatenate([way.legs_s[:i], onward.legs_s]),
    )
