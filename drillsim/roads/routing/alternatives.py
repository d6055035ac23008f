"""The k fastest routes without loops, by Yen's rule: leave the routes already found at each of their places in turn."""

from __future__ import annotations

import heapq
from collections.abc import Iterator

import numpy as np

from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.state import RoadState
from drillsim.roads.routing.routing import Route, Router


def alternatives(router: Router, source: str, target: str, k: int, state: RoadState) -> tuple[Route, ...]:
    """Return up to *k* routes without loops, the fastest first; parallel roads make different routes.

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
    routes: list[Route] = []
    seen = {first.sections}
    while len(found) < k:
        for route in _branches(router, found, target, state):
            if route.sections not in seen:
                seen.add(route.sections)
                routes.append(route)
                heapq.heappush(waiting, (route.travel_s, route.sections, len(routes) - 1))
        if not waiting:
            break
        found.append(routes[heapq.heappop(waiting)[2]])
    return tuple(sorted(found, key=lambda route: (route.travel_s, route.sections)))


def _branches(router: Router, found: list[Route], target: str, state: RoadState) -> Iterator[Route]:
    """Yield, for each place of the latest route, the fastest route that leaves all found ones there."""
    last = found[-1]
    for i in range(len(last.sections)):
        root = last.sections[:i]
        closed = {route.sections[i] for route in found if route.sections[:i] == root and len(route.sections) > i}
        for place in last.place_rows[:i]:
            closed.update(router.network.sections_at(int(place)))
        onward = router.fastest(last.nodes[i], target, state.with_factors(dict.fromkeys(closed, 0.0)))
        if onward is not None:
            yield _joined(router.network, last, i, onward)


def _joined(network: RoadNetwork, route: Route, i: int, onward: Route) -> Route:
    return Route(
        network,
        np.concatenate([route.place_rows[:i], onward.place_rows]),
        np.concatenate([route.section_rows[:i], onward.section_rows]),
        np.concatenate([route.legs_s[:i], onward.legs_s]),
    )
