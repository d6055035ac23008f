"""Invariants of movement: journeys are complete, a unit is in one place, no unit vanishes en route."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.checks.order import at
from drillsim.trace.events import (
    Event,
    UnitAlerted,
    UnitArrived,
    UnitAssembled,
    UnitAssigned,
    UnitEnRoute,
    UnitFreed,
    UnitHeld,
    UnitHome,
    UnitInPlace,
    UnitOnDuty,
    UnitOutOfService,
    UnitRecalled,
    UnitTrapped,
)
from drillsim.trace.trace import Trace


def journeys_are_whole(trace: Trace) -> Iterator[str]:
    """Check that a journey has one time per place, one section between two places, and times that never decrease."""
    for n, event in enumerate(trace.events):
        if not isinstance(event, UnitEnRoute):
            continue
        if not _fits(event):
            yield f"{at(n, event)}: places, times and sections of {event.unit!r} do not fit together"
        elif any(b < a for a, b in pairwise(event.times_s)):
            yield f"{at(n, event)}: the times of {event.unit!r} fall along the way"
        elif event.times_s[0] < event.t_s - SAME_MOMENT_S:
            yield f"{at(n, event)}: the journey of {event.unit!r} begins before it was decided"
        elif not 0 <= event.length_m < math.inf:
            yield f"{at(n, event)}: the journey of {event.unit!r} has no length, {event.length_m}"


def _fits(event: UnitEnRoute) -> bool:
    return len(event.nodes) == len(event.times_s) == len(event.sections) + 1


@dataclass(slots=True)
class _Whereabouts:
    """Where a unit stands, or the places and times of the journey it is on."""

    nodes: tuple[str, ...]
    times_s: tuple[float, ...]
    on_journey: bool = False

    def is_at(self, node: str, t_s: float) -> bool:
        """Return whether the unit stands, or passes, at *node* at that moment."""
        if node == self.nodes[-1] and t_s >= self.times_s[-1] - SAME_MOMENT_S:
            return True
        stops = zip(self.nodes, self.times_s, strict=True)
        return any(place == node and abs(at_s - t_s) <= SAME_MOMENT_S for place, at_s in stops)

    def ends_at(self, node: str, t_s: float, *, on_foot: bool) -> bool:
        """Return whether the journey ends at *node* at that moment; with *on_foot*, then or before."""
        after_s = t_s - self.times_s[-1]
        return (
            self.on_journey
            and node == self.nodes[-1]
            and -SAME_MOMENT_S <= after_s <= (math.inf if on_foot else SAME_MOMENT_S)
        )

    def waits_at(self, node: str, t_s: float) -> bool:
        """Return whether the journey starts at *node* and this unit has not left yet: a column is strung out."""
        return self.on_journey and node == self.nodes[0] and t_s <= self.times_s[0] + SAME_MOMENT_S

    def turns_round(self, node: str, t_s: float, begins_s: float) -> bool:
        """Return whether it has left *node* and is back there as long after *t_s* as it drove away from it."""
        left = zip(self.nodes[:-1], self.times_s[:-1], self.times_s[1:], strict=True)
        return any(
            place == node and from_s <= t_s <= to_s and abs(begins_s - (2 * t_s - from_s)) <= SAME_MOMENT_S
            for place, from_s, to_s in left
        )

    def turn(self, t_s: float) -> None:
        """Cut the journey short at the next place: the unit has another order."""
        ahead = next((i for i, at_s in enumerate(self.times_s) if at_s >= t_s - SAME_MOMENT_S), len(self.times_s) - 1)
        self.nodes, self.times_s = self.nodes[: ahead + 1], self.times_s[: ahead + 1]


def a_unit_is_in_one_place(trace: Trace) -> Iterator[str]:
    """Begin a journey where the unit is then; let happen at a place only what happens when the unit is there."""
    where: dict[str, _Whereabouts] = {}
    for n, event in enumerate(trace.events):
        if isinstance(event, UnitOnDuty):
            if event.unit in where:
                yield f"{at(n, event)}: {event.unit!r} is on duty twice"
            where[event.unit] = _stands(event.node, event.t_s)
        elif (unit := getattr(event, "unit", None)) in where:
            problem = _move(where[str(unit)], event)
            if problem:
                yield f"{at(n, event)}: {unit!r} {problem}"
            where[str(unit)] = _after(where[str(unit)], event)


def _stands(node: str, t_s: float) -> _Whereabouts:
    return _Whereabouts((node,), (t_s,))


def _move(now: _Whereabouts, event: Event) -> str:
    """Return the violation in the next event of a unit; empty if there is none."""
    if isinstance(event, UnitEnRoute) and _fits(event):
        node, begins_s = event.nodes[0], event.times_s[0]
        waiting = now.waits_at(node, event.t_s) and begins_s >= now.times_s[0] - SAME_MOMENT_S
        if not waiting and not now.is_at(node, begins_s) and not now.turns_round(node, event.t_s, begins_s):
            return f"is not at {node!r} when its journey begins, at {begins_s:.3f} s"
    if isinstance(event, (UnitArrived, UnitAssembled, UnitInPlace)) and not _comes(now, event):
        return f"has no journey that ends at {event.node!r} then"
    if isinstance(event, (UnitHome, UnitHeld, UnitTrapped)) and not _standing(now, event):
        return f"is not at {event.node!r} then"
    return ""


def _comes(now: _Whereabouts, event: UnitArrived | UnitAssembled | UnitInPlace) -> bool:
    """Return whether a journey ends so; from the end of the road to an incident people may have to walk."""
    return now.ends_at(event.node, event.t_s, on_foot=isinstance(event, UnitArrived))


def _standing(now: _Whereabouts, event: UnitHome | UnitHeld | UnitTrapped) -> bool:
    """Return whether a unit can be where it stands; a column stands from the moment its head does."""
    waits = isinstance(event, (UnitHeld, UnitTrapped))
    return now.is_at(event.node, event.t_s) or (waits and event.node == now.nodes[-1])


def _after(now: _Whereabouts, event: Event) -> _Whereabouts:
    """Return where a unit is after *event*."""
    if isinstance(event, UnitEnRoute) and _fits(event):
        return _Whereabouts(event.nodes, event.times_s, on_journey=True)
    if isinstance(event, (UnitArrived, UnitAssembled, UnitInPlace, UnitHome)):
        return _stands(event.node, event.t_s)
    if isinstance(event, (UnitHeld, UnitTrapped)):
        return _Whereabouts((event.node,), (now.times_s[-1] if now.on_journey else event.t_s,))
    if isinstance(event, (UnitAlerted, UnitAssigned, UnitOutOfService, UnitRecalled)):
        now.turn(event.t_s)
    return now


def nobody_vanishes(trace: Trace) -> Iterator[str]:
    """Check that a dispatched unit arrives, is recalled, or is turning out, travelling, held or trapped at ENDEX."""
    sent: dict[str, tuple[int, UnitAssigned]] = {}
    last: dict[str, tuple[int, Event]] = {}
    for n, event in enumerate(trace.events):
        unit = getattr(event, "unit", "")
        if isinstance(event, UnitAssigned):
            sent[unit] = (n, event)
        elif isinstance(event, (UnitArrived, UnitOutOfService, UnitRecalled)):
            sent.pop(unit, None)
        last[unit] = (n, event)
    for unit, (n, event) in last.items():
        if isinstance(event, UnitEnRoute) and _overdue(event, trace.header.ends_at_s):
            yield f"{at(n, event)}: {unit!r} set off to {event.target!r} and vanished"
        elif unit in sent and not isinstance(event, (UnitAssigned, UnitEnRoute, UnitHeld, UnitTrapped, UnitFreed)):
            order, assigned = sent[unit]
            yield f"{at(order, assigned)}: {unit!r} was sent to {assigned.incident!r} and vanished"


def _overdue(journey: UnitEnRoute, ends_at_s: float) -> bool:
    """Return whether a unit should have arrived; how long people walk to a scene is not written down."""
    return journey.purpose != "incident" and _fits(journey) and journey.times_s[-1] < ends_at_s - SAME_MOMENT_S
