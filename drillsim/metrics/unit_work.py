"""What units did: turnout and travel of each assignment, share of time in use, distance driven."""

from __future__ import annotations

import math
from bisect import bisect_left
from dataclasses import dataclass
from typing import Final, TypeAlias

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.trace.events import (
    Event,
    UnitAlerted,
    UnitArrived,
    UnitAssigned,
    UnitBackInService,
    UnitEnRoute,
    UnitFreed,
    UnitInPlace,
    UnitOnDuty,
    UnitOutOfService,
    UnitRanDry,
    UnitRecalled,
    UnitReleased,
    UnitStopped,
    UnitTrapped,
)
from drillsim.trace.trace import Trace


def turnout_s(trace: Trace) -> dict[str, float]:
    """Return, per ``incident/slot``, the time from the assignment until the unit was on the road. [s]

    A unit that was called back before it left has no turnout; one that had not left by ENDEX has an infinite one.
    """
    return {a.case: _between_s(a.sent_s, a.left_s) for a in _assignments(trace) if not a.called_back(a.left_s)}


def travel_s(trace: Trace) -> dict[str, float]:
    """Return, per ``incident/slot``, the time on the road until the unit was on scene, ways round included. [s]

    A unit that was called back on the way has no travel time; one that was not there by ENDEX has an infinite one.
    """
    return {a.case: _between_s(a.left_s, a.there_s) for a in _assignments(trace) if not a.called_back(a.there_s)}


@dataclass(slots=True)
class _Assignment:
    """One assignment of a unit to a slot, with its milestones; ``inf`` for those never reached."""

    incident: str
    case: str
    sent_s: float
    left_s: float = math.inf
    there_s: float = math.inf
    recalled: bool = False

    def called_back(self, before_s: float) -> bool:
        """Return whether the unit was recalled before that milestone."""
        return self.recalled and before_s == math.inf

    def follow(self, event: UnitEnRoute | UnitArrived | UnitRecalled) -> None:
        """Update the milestones with the next event of the unit."""
        if isinstance(event, UnitEnRoute):
            if event.purpose == "incident" and event.target == self.incident:
                self.left_s = min(self.left_s, event.t_s)
        elif isinstance(event, UnitArrived):
            self.there_s = min(self.there_s, event.t_s)
        else:
            self.recalled = True


def _assignments(trace: Trace) -> list[_Assignment]:
    found: list[_Assignment] = []
    now: dict[str, _Assignment] = {}
    for event in trace.events:
        if isinstance(event, UnitAssigned):
            now[event.unit] = _Assignment(event.incident, f"{event.incident}/{event.slot}", event.t_s)
            found.append(now[event.unit])
        elif isinstance(event, (UnitEnRoute, UnitArrived, UnitRecalled)) and event.unit in now:
            now[event.unit].follow(event)
    return found


def _between_s(start_s: float, end_s: float) -> float:
    return end_s - start_s if end_s < math.inf else math.inf


_Span: TypeAlias = tuple[tuple[type[Event], ...], tuple[type[Event], ...]]
"""What begins a stretch of time, and what ends it."""

_SENT: Final[_Span] = ((UnitAssigned, UnitAlerted), (UnitReleased, UnitRecalled, UnitInPlace, UnitOutOfService))
_TRAPPED: Final[_Span] = ((UnitTrapped,), (UnitFreed,))
_OUT: Final[_Span] = ((UnitOutOfService,), (UnitBackInService,))


def utilisation(trace: Trace) -> dict[str, float]:
    """Return, per unit, the share of its time in service in which it was not free. [0..1]

    Not free is from the assignment (or the alert of a wave) until release, recall or in place, and while it is trapped;
    on the way home a unit is free.
    """
    end_s = trace.header.ends_at_s
    busy = _times_s(trace, (_SENT, _TRAPPED), end_s)
    out = _times_s(trace, (_OUT,), end_s)
    shares = {}
    for event in trace.of(UnitOnDuty):
        in_service_s = end_s - out.get(event.unit, 0.0)
        shares[event.unit] = busy.get(event.unit, 0.0) / in_service_s if in_service_s > 0 else 0.0
    return shares


def _times_s(trace: Trace, spans: tuple[_Span, ...], end_s: float) -> dict[str, float]:
    """Return, per unit, how long at least one of *spans* lasted; an open one lasts to ENDEX. [s]"""
    total: dict[str, float] = {}
    since: dict[str, float] = {}
    going_on: dict[str, set[int]] = {}
    for event in trace.events:
        unit = getattr(event, "unit", "")
        for number, (starts, ends) in enumerate(spans):
            if isinstance(event, starts):
                going_on.setdefault(unit, set()).add(number)
                since.setdefault(unit, event.t_s)
            elif isinstance(event, ends) and number in going_on.get(unit, ()):
                going_on[unit].discard(number)
                if not going_on[unit]:
                    total[unit] = total.get(unit, 0.0) + event.t_s - since.pop(unit)
    for unit, t_s in since.items():
        total[unit] = total.get(unit, 0.0) + end_s - t_s
    return total


def distance_m(trace: Trace) -> dict[str, float]:
    """Return, per unit, how far it drove by ENDEX. [m]

    Along a journey the distance is taken to grow evenly with time; a journey that another replaced counts up to the
    place where the other begins, and on a section where it turned round, forth and back. A unit that is claimed by a
    wave on its way home drives on to the next place and prepares there.
    """
    driven = dict.fromkeys((event.unit for event in trace.of(UnitOnDuty)), 0.0)
    journeys: dict[str, UnitEnRoute] = {}
    stops: dict[str, float] = {}
    stands: dict[str, float] = {}
    for event in trace.events:
        if isinstance(event, UnitEnRoute):
            before = journeys.get(event.unit)
            if before is not None:
                when_s = min(event.t_s, stands.pop(event.unit, math.inf))
                left_s = min(_left_s(before, event, when_s), stops.pop(event.unit, math.inf))
                way_m = _driven_m(before, left_s) + _back_m(before, event, when_s)
                driven[event.unit] = driven.get(event.unit, 0.0) + way_m
            journeys[event.unit] = event
        elif isinstance(event, UnitAlerted) and event.unit in journeys:
            stops.setdefault(event.unit, _next_place_s(journeys[event.unit], event.t_s))
        elif isinstance(event, UnitOutOfService):
            stops[event.unit] = event.t_s
        elif isinstance(event, UnitStopped):
            stands[event.unit] = event.t_s
    for unit, journey in journeys.items():
        end_s = min(trace.header.ends_at_s, stops.get(unit, math.inf), stands.get(unit, math.inf))
        driven[unit] = driven.get(unit, 0.0) + _driven_m(journey, end_s)
    return driven


def ran_dry_s(trace: Trace) -> dict[str, float]:
    """Return, per unit that had to go back because nobody filled its supplies, when that was first. [s]"""
    found: dict[str, float] = {}
    for event in trace.of(UnitRanDry):
        found.setdefault(event.unit, event.t_s)
    return found


def _left_s(before: UnitEnRoute, after: UnitEnRoute, when_s: float) -> float:
    """Return the moment of a unit's former journey at which it was as far as where the next one begins. [s]

    That may not be the moment when it came there: on the last section the speed may have changed. *when_s* is when the
    next journey was decided, or when the unit stopped on a section before that.
    """
    if _turns_round(before, after, when_s):
        return when_s
    ahead = bisect_left(before.times_s, when_s - SAME_MOMENT_S)
    if ahead < len(before.times_s) and before.nodes[ahead] == after.nodes[0]:
        return before.times_s[ahead]
    for node, t_s in zip(reversed(before.nodes), reversed(before.times_s), strict=True):
        if node == after.nodes[0] and t_s <= after.times_s[0] + SAME_MOMENT_S:
            return t_s
    return after.times_s[0]


def _turns_round(before: UnitEnRoute, after: UnitEnRoute, when_s: float) -> bool:
    """Return whether a unit is between two places when it begins another journey, at the place behind it."""
    ahead = bisect_left(before.times_s, when_s - SAME_MOMENT_S)
    behind = ahead - 1
    return 0 <= behind < len(before.nodes) - 1 and before.nodes[behind] == after.nodes[0]


def _back_m(before: UnitEnRoute, after: UnitEnRoute, when_s: float) -> float:
    """Return how far a unit that turned round on a section drove back on it. [m]"""
    if not _turns_round(before, after, when_s):
        return 0.0
    behind = bisect_left(before.times_s, when_s - SAME_MOMENT_S) - 1
    return _driven_m(before, when_s) - _driven_m(before, before.times_s[behind])


def _next_place_s(journey: UnitEnRoute, t_s: float) -> float:
    i = bisect_left(journey.times_s, t_s - SAME_MOMENT_S)
    return journey.times_s[min(i, len(journey.times_s) - 1)]


def _driven_m(journey: UnitEnRoute, stop_s: float) -> float:
    """Return how much of a journey was driven by *stop_s*. [m]"""
    start_s, end_s = journey.times_s[0], journey.times_s[-1]
    if stop_s >= end_s:
        return journey.length_m
    if stop_s <= start_s:
        return 0.0
    return journey.length_m * (stop_s - start_s) / (end_s - start_s)
