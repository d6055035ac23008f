"""Metrics of building fires: water, size, floors, people. Cases are hazards; times count from the call.

A kind that brings a hazard about gives it the name of its incident; a hazard of another name has no call, and is left
out of the times.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from drillsim.trace.events import CallReceived, HazardChanged, HazardMeasured, PeopleChanged, UnitArrived
from drillsim.trace.trace import Trace

WATER, HEAT = "delivered_l_s", "heat_kw"


def water_on_s(trace: Trace) -> dict[str, float]:
    """Return, per fire that water is measured for, the time from the call until water reached it. [s]"""
    called = _called(trace)
    first = {name: t_s for name, t_s, _ in _first_water(trace)}
    return {name: first.get(name, math.inf) - called[name] for name in _measured(trace, WATER) if name in called}


def set_up_s(trace: Trace) -> dict[str, float]:
    """Return, per fire that water is measured for, the time from the first unit on scene until water reached it. [s]

    The last step of the service's fifteen minutes: discovery, report and handling, turnout, travel, set-up.
    """
    arrived: dict[str, float] = {}
    for event in trace.of(UnitArrived):
        arrived.setdefault(event.incident, event.t_s)
    first = {name: t_s for name, t_s, _ in _first_water(trace)}
    fires = [name for name in _measured(trace, WATER) if name in _called(trace)]
    return {name: first[name] - arrived[name] if name in first and name in arrived else math.inf for name in fires}


def fire_met_kw(trace: Trace) -> dict[str, float]:
    """Return, per fire that water is measured for, its size when water first reached it. [kW]"""
    met = {name: kw for name, _, kw in _first_water(trace)}
    return {name: met.get(name, math.inf) for name in _measured(trace, WATER)}


def fire_out_s(trace: Trace) -> dict[str, float]:
    """Return, per fire that water is measured for, the time from the call until it was put out. [s]

    One that burnt until nothing was left was never put out: else the plan that sends nobody would win.
    """
    called = _called(trace)
    out: dict[str, float] = {}
    for event in trace.of(HazardChanged):
        out[event.hazard] = event.t_s if event.stage == "out" else math.inf
    return {name: out.get(name, math.inf) - called[name] for name in _measured(trace, WATER) if name in called}


def floors_burnt(trace: Trace) -> dict[str, float]:
    """Return, per fire that is measured by floor, on how many floors rooms caught fire."""
    floors: dict[str, set[str]] = {}
    for event in trace.of(HazardMeasured):
        if "floors_burning" in event.names:
            burning = {name for name in event.names if name.startswith("floor_") and name.endswith("_kw")}
            floors.setdefault(event.hazard, set()).update(burning)
    return {name: float(len(found)) for name, found in floors.items()}


def people_rescued(trace: Trace) -> dict[str, float]:
    """Return, per hazard that counts them, how many people were brought out by ENDEX."""
    return _people(trace, "rescued")


def evacuation_s(trace: Trace) -> dict[str, float]:
    """Return, per hazard that counts them, the time from the call until the last person came out on foot. [s]

    Infinite while anybody is still on the stairs at ENDEX.
    """
    called = _called(trace)
    last: dict[str, float] = {}
    walking: dict[str, int] = {}
    before: dict[str, int] = {}
    for event in trace.of(PeopleChanged):
        counts = dict(zip(event.states, event.counts, strict=True))
        if "evacuated" in counts and event.hazard in called:
            if counts["evacuated"] != before.get(event.hazard, 0):
                last[event.hazard] = event.t_s
            before[event.hazard], walking[event.hazard] = counts["evacuated"], counts.get("on_stairs", 0)
    return {
        name: math.inf if on_stairs else last.get(name, called[name]) - called[name]
        for name, on_stairs in walking.items()
    }


def _people(trace: Trace, state: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for event in trace.of(PeopleChanged):
        if state in event.states:
            found[event.hazard] = float(event.counts[event.states.index(state)])
    return found


def _measured(trace: Trace, name: str) -> list[str]:
    """Return the hazards that measure something, in order of their first measure."""
    return list(dict.fromkeys(event.hazard for event in trace.of(HazardMeasured) if name in event.names))


def _first_water(trace: Trace) -> Iterator[tuple[str, float, float]]:
    """Yield, per fire, the moment of its first water and its size then. [s after STARTEX], [kW]"""
    seen: set[str] = set()
    for event in trace.of(HazardMeasured):
        if event.hazard in seen or WATER not in event.names:
            continue
        if event.values[event.names.index(WATER)] > 0:
            seen.add(event.hazard)
            yield event.hazard, event.t_s, event.values[event.names.index(HEAT)]


def _called(trace: Trace) -> dict[str, float]:
    return {event.incident: event.t_s for event in trace.of(CallReceived)}
