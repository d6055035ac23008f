"""What units had to do: how long they were not free, and how far they drove."""

from __future__ import annotations

import math
from bisect import bisect_left

from drillsim.events import (
    Event,
    UnitAlerted,
    UnitAssigned,
    UnitBackInService,
    UnitEnRoute,
    UnitInPlace,
    UnitOnDuty,
    UnitOutOfService,
    UnitRecalled,
    UnitReleased,
)
from drillsim.trace import Trace

BUSY = (UnitAssigned, UnitAlerted)
FREE = (UnitReleased, UnitRecalled, UnitInPlace, UnitOutOfService)
SAME_MOMENT_S = 1e-6
"""Moments closer than this are one: rounding of times. [s]"""


def utilisation(trace: Trace) -> dict[str, float]:
    """Return, per unit, the share of the exercise in which it was not free.

    A unit is busy from its assignment, or the alert of its wave, until it is released, recalled or in place; on its way
    home it is free. Time out of service is no part of the exercise for it.
    """
    ends_at_s = trace.header.ends_at_s
    busy_s = _spans_s(trace, BUSY, FREE, ends_at_s)
    out_s = _spans_s(trace, (UnitOutOfService,), (UnitBackInService,), ends_at_s)
    return {unit: _share(busy_s[unit], ends_at_s - out_s[unit]) for unit in busy_s}


def distance_m(trace: Trace) -> dict[str, float]:
    """Return, per unit, how far it had driven at ENDEX. [m]

    A journey that was not driven to its end counts in proportion to its time. A unit that turns drives on to the next
    place first; from there the new journey counts.
    """
    journeys: dict[str, UnitEnRoute] = {}
    driven_m = {event.unit: 0.0 for event in trace.of(UnitOnDuty, exact=True)}
    stops_s: dict[str, float] = {}
    for event in trace.events:
        if isinstance(event, UnitEnRoute) and event.unit in driven_m:
            before = journeys.get(event.unit)
            if before is not None:
                left_s = min(_left_s(before, event), stops_s.pop(event.unit, math.inf))
                driven_m[event.unit] += _length_m(before, left_s)
            journeys[event.unit] = event
        elif isinstance(event, UnitAlerted) and event.unit in journeys:
            stops_s[event.unit] = _next_place_s(journeys[event.unit], event.t_s)
    for unit, journey in journeys.items():
        driven_m[unit] += _length_m(journey, min(trace.header.ends_at_s, stops_s.get(unit, math.inf)))
    return driven_m


def _spans_s(
    trace: Trace, begin: tuple[type[Event], ...], end: tuple[type[Event], ...], ends_at_s: float
) -> dict[str, float]:
    """Return, per unit, the total time between events of *begin* and of *end*. [s]"""
    total_s = {event.unit: 0.0 for event in trace.of(UnitOnDuty, exact=True)}
    since_s: dict[str, float] = {}
    for event in trace.events:
        unit = str(getattr(event, "unit", ""))
        if unit not in total_s:
            continue
        if isinstance(event, begin):
            since_s.setdefault(unit, event.t_s)
        elif isinstance(event, end) and unit in since_s:
            total_s[unit] += event.t_s - since_s.pop(unit)
    for unit, t_s in since_s.items():
        total_s[unit] += ends_at_s - t_s
    return total_s


def _share(part_s: float, whole_s: float) -> float:
    return part_s / whole_s if whole_s > 0 else 0.0


def _left_s(before: UnitEnRoute, after: UnitEnRoute) -> float:
    """Return when a unit left its former journey: at the place where the next one begins. [s]"""
    for node, t_s in zip(reversed(before.nodes), reversed(before.times_s), strict=True):
        if node == after.nodes[0] and t_s <= after.times_s[0] + SAME_MOMENT_S:
            return t_s
    return after.times_s[0]


def _next_place_s(journey: UnitEnRoute, t_s: float) -> float:
    i = bisect_left(journey.times_s, t_s - SAME_MOMENT_S)
    return journey.times_s[min(i, len(journey.times_s) - 1)]


def _length_m(journey: UnitEnRoute, until_s: float) -> float:
    """Return how much of a journey was driven by *until_s*. [m]"""
    start_s, end_s = journey.times_s[0], journey.times_s[-1]
    if until_s >= end_s:
        return journey.length_m
    return journey.length_m * max(0.0, until_s - start_s) / (end_s - start_s)
