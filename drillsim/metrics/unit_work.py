"""What units did: turnout and travel of each assignment, share of time in use, distance driven."""

from __future__ import annotations

import math
from itertools import pairwise

from drillsim.events import (
    Event,
    UnitAlerted,
    UnitArrived,
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


def turnout_s(trace: Trace) -> dict[str, float]:
    """Return, per ``incident/slot``, the time from the assignment until the unit was on the road. [s]

    A unit that was called back before it left has no turnout.
    """
    return {case: left_s - sent_s for case, sent_s, left_s, _ in _assignments(trace)}


def travel_s(trace: Trace) -> dict[str, float]:
    """Return, per ``incident/slot``, the time on the road until the unit was on scene. [s]

    A unit that was called back on the way has no travel time.
    """
    return {case: there_s - left_s for case, _, left_s, there_s in _assignments(trace) if left_s < math.inf}


def _assignments(trace: Trace) -> list[tuple[str, float, float, float]]:
    """Return case, and when each unit was assigned, on the road, on scene; ``inf`` for what never came."""
    found: dict[str, list[float]] = {}
    now: dict[str, str] = {}
    for event in trace.events:
        if isinstance(event, UnitAssigned):
            case = now[event.unit] = f"{event.incident}/{event.slot}"
            found[case] = [event.t_s, math.inf, math.inf]
        elif isinstance(event, UnitEnRoute) and event.purpose == "incident" and type(event) is UnitEnRoute:
            found[now[event.unit]][1] = event.t_s
        elif isinstance(event, UnitArrived):
            found[now[event.unit]][2] = event.t_s
        elif isinstance(event, UnitRecalled):
            del found[now[event.unit]]
    return [(case, *times) for case, times in found.items()]  # type: ignore[misc]  # three times each


def utilisation(trace: Trace) -> dict[str, float]:
    """Return, per unit, the share of its time in service in which it was not free. [0..1]

    Not free is from the assignment (or the alert of a wave) until release, recall or in place; on the way home a unit
    is free.
    """
    end_s = trace.header.ends_at_s
    busy = _spans(trace, (UnitAssigned, UnitAlerted), (UnitReleased, UnitRecalled, UnitInPlace), end_s)
    out = _spans(trace, (UnitOutOfService,), (UnitBackInService,), end_s)
    shares = {}
    for event in trace.of(UnitOnDuty):
        in_service_s = end_s - out.get(event.unit, 0.0)
        shares[event.unit] = busy.get(event.unit, 0.0) / in_service_s if in_service_s > 0 else 0.0
    return shares


def _spans(
    trace: Trace, starts: tuple[type[Event], ...], ends: tuple[type[Event], ...], end_s: float
) -> dict[str, float]:
    """Return, per unit, the total time between start and end events; an open span lasts to ENDEX. [s]"""
    total: dict[str, float] = {}
    since: dict[str, float] = {}
    for event in trace.events:
        unit = getattr(event, "unit", "")
        if isinstance(event, starts):
            since[unit] = event.t_s
        elif isinstance(event, ends) and unit in since:
            total[unit] = total.get(unit, 0.0) + event.t_s - since.pop(unit)
    for unit, t_s in since.items():
        total[unit] = total.get(unit, 0.0) + end_s - t_s
    return total


def distance_m(trace: Trace) -> dict[str, float]:
    """Return, per unit, how far it drove by ENDEX. [m]

    Along a journey the distance is taken to grow evenly with time; a journey that another replaced counts up to the
    place where the other begins.
    """
    driven = dict.fromkeys((event.unit for event in trace.of(UnitOnDuty)), 0.0)
    journeys: dict[str, list[UnitEnRoute]] = {}
    for event in trace.of(UnitEnRoute):
        journeys.setdefault(event.unit, []).append(event)
    for unit, legs in journeys.items():
        for leg, following in pairwise([*legs, None]):
            stop_s = trace.header.ends_at_s if following is None else following.times_s[0]
            driven[unit] = driven.get(unit, 0.0) + leg.length_m * _share(leg, stop_s)  # type: ignore[union-attr]
    return driven


def _share(leg: UnitEnRoute, stop_s: float) -> float:
    """Return the share of a journey that was driven by *stop_s*."""
    start_s, end_s = leg.times_s[0], leg.times_s[-1]
    if end_s <= start_s:
        return 0.0
    return min(1.0, max(0.0, (stop_s - start_s) / (end_s - start_s)))
