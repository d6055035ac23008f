"""Intervals of an incident, each the difference of two events (NFPA 1710 and the Chinese fire-service time steps).

An interval that had not come to its end at ENDEX counts as ``inf``: to leave it out would reward a plan for the calls
it never answered.
"""

from __future__ import annotations

import math
from collections import Counter

from drillsim.events import (
    CallHandled,
    CallReceived,
    IncidentClosed,
    IncidentDiscovered,
    IncidentStarted,
    NeedRaised,
    NeedWithdrawn,
    TaskStarted,
    UnitArrived,
    UnitAssigned,
)
from drillsim.metrics.assignments import assignments
from drillsim.metrics.moments import between_s, first_s, intervals_s
from drillsim.trace import Trace


def discovery_s(trace: Trace) -> dict[str, float]:
    """Return, per incident that began, the time until somebody noticed it. [s]"""
    return intervals_s(first_s(trace, IncidentStarted), first_s(trace, IncidentDiscovered))


def report_s(trace: Trace) -> dict[str, float]:
    """Return, per incident that began, the time from its discovery to the call. [s]"""
    discovered_s = first_s(trace, IncidentDiscovered)
    noticed_s = {case: discovered_s.get(case, math.inf) for case in first_s(trace, IncidentStarted)}
    return intervals_s(noticed_s, first_s(trace, CallReceived))


def alarm_handling_s(trace: Trace) -> dict[str, float]:
    """Return, per call, the time until it was handled. [s]"""
    return intervals_s(first_s(trace, CallReceived), first_s(trace, CallHandled))


def first_arrival_s(trace: Trace) -> dict[str, float]:
    """Return, per call, the time until the first unit was there. [s]"""
    return intervals_s(first_s(trace, CallReceived), first_s(trace, UnitArrived))


def full_assignment_s(trace: Trace) -> dict[str, float]:
    """Return, per call, the time until the unit of every first-alarm need was there. [s]

    A need whose unit was called back, or for which none was found, leaves the first alarm incomplete: ``inf``.
    """
    arrived_s = {(a.incident, a.slot): a.arrived_s for a in assignments(trace)}
    complete_s: dict[str, float] = {}
    for need in trace.of(NeedRaised, exact=True):
        if need.reason == "first_alarm":
            moment_s = arrived_s.get((need.incident, need.slot), math.inf)
            complete_s[need.incident] = max(complete_s.get(need.incident, 0.0), moment_s)
    return intervals_s(first_s(trace, CallReceived), complete_s)


def initiating_action_s(trace: Trace) -> dict[str, float]:
    """Return, per call, the time from the first arrival to the first task begun. [s]"""
    arrived_s, begun_s = first_s(trace, UnitArrived), first_s(trace, TaskStarted)
    return {
        case: between_s(arrived_s.get(case, math.inf), begun_s.get(case, math.inf))
        for case in first_s(trace, CallReceived)
    }


def total_response_s(trace: Trace) -> dict[str, float]:
    """Return, per call, the time until the first task was begun. [s]"""
    return intervals_s(first_s(trace, CallReceived), first_s(trace, TaskStarted))


def incident_closed_s(trace: Trace) -> dict[str, float]:
    """Return, per call, the time until all tasks were done. [s]"""
    return intervals_s(first_s(trace, CallReceived), first_s(trace, IncidentClosed))


def unmet_needs(trace: Trace) -> dict[str, float]:
    """Return, per call, how many needs had no unit at ENDEX and were not withdrawn."""
    settled = {(e.incident, e.slot) for e in trace.of(UnitAssigned, exact=True)}
    settled |= {(e.incident, e.slot) for e in trace.of(NeedWithdrawn, exact=True)}
    raised = {(e.incident, e.slot) for e in trace.of(NeedRaised, exact=True)}
    open_needs = Counter(incident for incident, _ in raised - settled)
    return {case: float(open_needs[case]) for case in first_s(trace, CallReceived)}
