"""Order of headline results: people first, then fires, then arrival times."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from drillsim.metrics.casualties import ALL

RESULTS: Final = (
    ("people_lost", ""), ("people_injured", ""), ("people_rescued", ""), ("alive_extricated", ""),
    ("freed_by_neighbours", ""), ("still_trapped", ""), ("first_rescue_s", ""),
    ("tanks_destroyed", ""), ("hazard_peak", "tanks_lost"), ("hazard_peak", "containers_lost"),
    ("water_on_s", ""), ("fire_out_s", ""), ("floors_burnt", ""),
    ("killed_at_once", ""), ("died_trapped", ""), ("first_out_s", ""),
)  # fmt: skip
"""Metric, and for a metric whose cases are ``hazard/measure`` the measure."""
TIMES: Final = tuple(
    (metric, "")
    for metric in ("closure_s", "first_in_place_s", "first_arrival_s", "full_assignment_s", "incident_closed_s")
)
BY_MEASURE: Final = frozenset({"people_at_end", "hazard_peak"})
"""Metrics whose cases are different things (people evacuated, metres of reach): a mean of them all says nothing."""


def leading(
    known: Iterable[tuple[str, str]], all_cases: str, wanted: Iterable[tuple[str, str]]
) -> list[tuple[str, str]]:
    """Return the pairs of metric and case that stand on top, among those *known*, in order of weight.

    Examples
    --------
    >>> known = [("closure_s", "*"), ("hazard_peak", "*"), ("hazard_peak", "farm/tanks_lost"), ("closure_s", "wave")]
    >>> leading(known, "*", RESULTS + TIMES)
    [('hazard_peak', 'farm/tanks_lost'), ('closure_s', '*')]
    """
    pairs = list(known)
    return [
        (metric, case)
        for metric, measure in wanted
        for of, case in pairs
        if of == metric and (case.endswith(f"/{measure}") if measure else case == all_cases)
    ]


def results(values: Mapping[str, Mapping[str, float]]) -> Iterator[tuple[str, str, float]]:
    """Yield metric, case and value of what a run came to: numbers summed over cases (case ``""``), moments by case.

    Examples
    --------
    >>> list(results({"people_rescued": {"tower": 1.0, "ward": 2.0}, "fire_out_s": {"tower": 90.0}}))
    [('people_rescued', '', 3.0), ('fire_out_s', 'tower', 90.0)]
    >>> list(results({"first_rescue_s": {"all": 60.0}}))
    [('first_rescue_s', '', 60.0)]
    """
    for metric, measure in RESULTS:
        cases = values.get(metric, {})
        if cases.keys() == {ALL}:
            yield metric, "", cases[ALL]
        elif measure or metric.endswith("_s"):
            yield from ((metric, case, n) for case, n in cases.items() if case.endswith(f"/{measure}") or not measure)
        elif cases:
            yield metric, "", math.fsum(cases.values())
