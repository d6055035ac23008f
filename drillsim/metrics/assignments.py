"""Intervals of an assignment: one unit sent to fill one slot of an incident; its case is ``incident/slot``.

A unit that was called back before it turned out, or arrived, is no case of that interval: nobody waited for it any
more. Whoever was still to come at ENDEX is one, and counts as ``inf``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from drillsim.events import UnitArrived, UnitAssigned, UnitEnRoute, UnitRecalled
from drillsim.metrics.moments import between_s
from drillsim.trace import Trace


@dataclass(slots=True)
class Assignment:
    """One unit sent to one slot, and how far it came."""

    incident: str
    slot: int
    assigned_s: float
    en_route_s: float = math.inf
    arrived_s: float = math.inf
    recalled: bool = False

    @property
    def case(self) -> str:
        """Name of the case."""
        return f"{self.incident}/{self.slot}"


def turnout_s(trace: Trace) -> dict[str, float]:
    """Return, per assignment, the time until the unit set off; 0 where it was on the road already. [s]"""
    return {
        a.case: between_s(a.assigned_s, a.en_route_s)
        for a in assignments(trace)
        if not (a.recalled and a.en_route_s == math.inf)
    }


def travel_s(trace: Trace) -> dict[str, float]:
    """Return, per assignment, the time from setting off to arrival, ways round included. [s]"""
    return {
        a.case: between_s(a.en_route_s, a.arrived_s)
        for a in assignments(trace)
        if not (a.recalled and a.arrived_s == math.inf)
    }


def assignments(trace: Trace) -> tuple[Assignment, ...]:
    """Return every assignment of a trace, in order."""
    found: list[Assignment] = []
    current: dict[str, Assignment] = {}
    for event in trace.events:
        if isinstance(event, UnitAssigned):
            found.append(Assignment(event.incident, event.slot, event.t_s))
            current[event.unit] = found[-1]
        elif isinstance(event, (UnitEnRoute, UnitArrived, UnitRecalled)) and event.unit in current:
            _follow(current[event.unit], event)
    return tuple(found)


def _follow(assignment: Assignment, event: UnitEnRoute | UnitArrived | UnitRecalled) -> None:
    if isinstance(event, UnitEnRoute):
        if event.purpose == "incident" and event.target == assignment.incident:
            assignment.en_route_s = min(assignment.en_route_s, event.t_s)
    elif event.incident != assignment.incident:
        return
    elif isinstance(event, UnitArrived):
        assignment.arrived_s = min(assignment.arrived_s, event.t_s)
    else:
        assignment.recalled = True
