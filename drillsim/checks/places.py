"""Invariants of movement: journeys are complete, a unit is in one place, no unit vanishes en route."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.checks.order import at
from drillsim.trace.events import (
    Event,
    SectionChanged,
    UnitAlerted,
    UnitArrived,
    UnitAssembled,
    UnitAssigned,
    UnitEnRoute,
    UnitFreed,
    UnitHeld,
    UnitHome,
    UnitInPlace,
    UnitLeftBehind,
    UnitOnDuty,
    UnitOutOfService,
    UnitRecalled,
    UnitRerouted,
    UnitStopped,
    UnitTrapped,
)
from drillsim.trace.trace import Trace

MARCHES: Final = frozenset({"assembly", "march"})
"""Purposes of journeys in columns and with halts."""
_UNDER_WAY: Final = (UnitAssigned, UnitEnRoute, UnitHeld, UnitStopped, UnitTrapped, UnitFreed)
"""What happens last to a unit that is under way at ENDEX."""
ALL_ROADS: Final = "all"
"""Cause of a route that the weather or the traffic changed."""


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


@dataclass(frozen=True, slots=True)
class _Leg:
    """A section that a unit is on, and when it would have left the place behind at the speed it has now."""

    behind: str
    ahead: str
    section: str
    left_s: float
    there_s: float
    slowest_s: float = 0.0
    """Longest time that all of it took at a speed before. [s]"""

    @property
    def whole_s(self) -> float:
        """Longest time that all of it takes at any speed that the unit had. [s]"""
        return max(self.slowest_s, self.there_s - self.left_s)

    def share_at(self, t_s: float) -> float:
        """Return the share of it that is driven by *t_s*."""
        return (t_s - self.left_s) / (self.there_s - self.left_s)

    def goes_on(self, t_s: float, there_s: float) -> _Leg:
        """Return it from *t_s* on at the speed that brings the unit to its end at another moment."""
        share = self.share_at(t_s)
        left_s = t_s - share / (1.0 - share) * (there_s - t_s)
        return replace(self, left_s=left_s, there_s=there_s, slowest_s=self.whole_s)

    def turned(self, t_s: float, back_s: float) -> _Leg:
        """Return the way back to the place behind from where the unit is at *t_s*."""
        share = self.share_at(t_s)
        left_s = t_s - (1.0 - share) / share * (back_s - t_s) if share > 0 else t_s
        return _Leg(self.ahead, self.behind, self.section, left_s, back_s, self.whole_s)


@dataclass(slots=True)
class _Whereabouts:
    """Where a unit stands, or the places and times of the journey it is on."""

    nodes: tuple[str, ...]
    times_s: tuple[float, ...]
    on_journey: bool = False
    sections: tuple[str, ...] = ()
    entry: _Leg | None = None
    """The section that leads to the first place, if the journey began on it."""
    has_new_order: bool = False
    stopped: tuple[_Leg, float] | None = None
    """The section on which it broke down or stopped, and when."""

    def leg(self, t_s: float) -> _Leg | None:
        """Return the section that the unit is on; None if it is at a place."""
        if self.stopped is not None:
            leg, since_s = self.stopped
            return replace(leg, left_s=leg.left_s + t_s - since_s, there_s=leg.there_s + t_s - since_s)
        ahead = next((i for i, at_s in enumerate(self.times_s) if at_s >= t_s - SAME_MOMENT_S), None)
        if ahead is None or self.times_s[ahead] <= t_s + SAME_MOMENT_S:
            return None
        if ahead == 0:
            return self.entry
        i = ahead - 1
        return _Leg(self.nodes[i], self.nodes[ahead], self.sections[i], self.times_s[i], self.times_s[ahead])

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
        """Return whether this unit stands at *node*, where its journey begins, and has not left yet."""
        return (
            self.on_journey and self.entry is None and node == self.nodes[0] and t_s <= self.times_s[0] + SAME_MOMENT_S
        )

    def turn(self, t_s: float) -> None:
        """Cut the journey short at the next place: the unit has another order."""
        ahead = next((i for i, at_s in enumerate(self.times_s) if at_s >= t_s - SAME_MOMENT_S), len(self.times_s) - 1)
        self.nodes, self.times_s = self.nodes[: ahead + 1], self.times_s[: ahead + 1]
        self.sections, self.has_new_order = self.sections[:ahead], True


def a_unit_is_in_one_place(trace: Trace) -> Iterator[str]:
    """Begin a journey where the unit is then; let happen at a place only what happens when the unit is there."""
    where: dict[str, _Whereabouts] = {}
    changed_s: dict[str, float] = {}
    for n, event in enumerate(trace.events):
        if isinstance(event, SectionChanged):
            changed_s[event.section] = event.t_s
        elif isinstance(event, UnitOnDuty):
            if event.unit in where:
                yield f"{at(n, event)}: {event.unit!r} is on duty twice"
            where[event.unit] = _stands(event.node, event.t_s)
        elif (unit := getattr(event, "unit", None)) in where:
            problem = _move(where[str(unit)], event, changed_s)
            if problem:
                yield f"{at(n, event)}: {unit!r} {problem}"
            where[str(unit)] = _after(where[str(unit)], event)


def _stands(node: str, t_s: float) -> _Whereabouts:
    return _Whereabouts((node,), (t_s,))


def _move(now: _Whereabouts, event: Event, changed_s: Mapping[str, float]) -> str:
    """Return the violation in the next event of a unit; empty if there is none."""
    if isinstance(event, UnitEnRoute) and _fits(event):
        node, begins_s = event.nodes[0], event.times_s[0]
        in_turn = event.purpose in MARCHES or begins_s >= now.times_s[0] - SAME_MOMENT_S  # others walk to the road
        waiting = now.waits_at(node, event.t_s) and in_turn
        if not waiting and not now.is_at(node, begins_s) and not _changes_pace(now, event, changed_s):
            return f"is not at {node!r} when its journey begins, at {begins_s:.3f} s"
    if isinstance(event, (UnitArrived, UnitAssembled, UnitInPlace)) and not _comes(now, event):
        return f"has no journey that ends at {event.node!r} then"
    if isinstance(event, UnitStopped) and not _on(now.leg(event.t_s), event):
        return f"is not on {event.section!r} then"
    if isinstance(event, (UnitHome, UnitHeld, UnitTrapped)) and not _standing(now, event):
        return f"is not at {event.node!r} then"
    return ""


def _changes_pace(now: _Whereabouts, event: UnitEnRoute, changed_s: Mapping[str, float]) -> bool:
    """Return whether a unit comes to the next place at another time, or turned round: the section it is on changed.

    On a march it may have halted on the section, or be about to: it is back sooner than the whole section takes.
    """
    leg = now.leg(event.t_s)
    node, begins_s, marches = event.nodes[0], event.times_s[0], event.purpose in MARCHES
    because = event.section if isinstance(event, UnitRerouted) else ""
    if leg is None or begins_s < event.t_s - SAME_MOMENT_S:
        return now.has_new_order and marches and node == now.nodes[-1] and begins_s >= event.t_s
    if now.stopped is not None:
        return node in {leg.ahead, leg.behind}  # the road may have changed while it stood there
    if node == leg.behind:
        back_s = 2 * event.t_s - leg.left_s
        halts = marches and 0 <= begins_s - event.t_s <= leg.whole_s
        return halts or abs(begins_s - back_s) <= SAME_MOMENT_S
    slowed = because == ALL_ROADS or changed_s.get(leg.section, -math.inf) >= event.t_s - SAME_MOMENT_S
    return node == leg.ahead and (slowed or (now.has_new_order and marches))


def _on(leg: _Leg | None, event: UnitStopped) -> bool:
    return leg is not None and leg.section == event.section and event.node in {leg.ahead, leg.behind}


def _entry(now: _Whereabouts, event: UnitEnRoute) -> _Leg | None:
    """Return the section that a unit is on when it begins another route at the next place."""
    leg = now.leg(event.t_s)
    if leg is None or event.times_s[0] <= event.t_s + SAME_MOMENT_S:
        return None
    if event.nodes[0] == leg.behind:
        return leg.turned(event.t_s, event.times_s[0])
    return leg.goes_on(event.t_s, event.times_s[0]) if event.nodes[0] == leg.ahead else None


def _comes(now: _Whereabouts, event: UnitArrived | UnitAssembled | UnitInPlace) -> bool:
    """Return whether a journey ends so; from the end of the road to an incident people may have to walk."""
    return now.ends_at(event.node, event.t_s, on_foot=isinstance(event, UnitArrived))


def _standing(now: _Whereabouts, event: UnitHome | UnitHeld | UnitTrapped) -> bool:
    """Return whether a unit can be where it stands, or waits in a column for its turn."""
    return now.is_at(event.node, event.t_s) or now.waits_at(event.node, event.t_s)


def _after(now: _Whereabouts, event: Event) -> _Whereabouts:
    """Return where a unit is after *event*."""
    if isinstance(event, UnitEnRoute) and _fits(event):
        return _Whereabouts(event.nodes, event.times_s, True, event.sections, _entry(now, event))
    if isinstance(event, (UnitArrived, UnitAssembled, UnitInPlace, UnitHome)):
        return _stands(event.node, event.t_s)
    if isinstance(event, (UnitHeld, UnitTrapped)):
        return _stands(event.node, event.t_s)
    if isinstance(event, (UnitAlerted, UnitAssigned, UnitOutOfService, UnitRecalled, UnitStopped)):
        leg = now.leg(event.t_s) if isinstance(event, (UnitOutOfService, UnitStopped)) else None
        now.turn(event.t_s)
        if leg is not None and isinstance(event, UnitStopped) and event.node == leg.behind:
            leg = leg.turned(event.t_s, 2 * event.t_s - leg.left_s)
        now.stopped = now.stopped if leg is None else (leg, event.t_s)
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
        if not isinstance(event, UnitLeftBehind):  # it was elsewhere
            last[unit] = (n, event)
    for unit, (n, event) in last.items():
        if isinstance(event, UnitEnRoute) and _overdue(event, trace.header.ends_at_s):
            yield f"{at(n, event)}: {unit!r} set off to {event.target!r} and vanished"
        elif unit in sent and not isinstance(event, _UNDER_WAY):
            order, assigned = sent[unit]
            yield f"{at(order, assigned)}: {unit!r} was sent to {assigned.incident!r} and vanished"


def _overdue(journey: UnitEnRoute, ends_at_s: float) -> bool:
    """Return whether a unit should have arrived; how long people walk to a scene is not written down."""
    return journey.purpose != "incident" and _fits(journey) and journey.times_s[-1] < ends_at_s - SAME_MOMENT_S
