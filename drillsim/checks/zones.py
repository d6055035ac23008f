"""Invariants of danger: no unit is in a zone above its protection, unless it is trapped there."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

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
    UnitHome,
    UnitInPlace,
    UnitOnDuty,
    UnitOutOfService,
    UnitStopped,
    UnitTrapped,
    ZonesChanged,
)
from drillsim.trace.trace import Trace


@dataclass(slots=True)
class _Grade:
    """The worst grade of one place or section over time."""

    of: dict[str, int] = field(default_factory=dict)
    times_s: list[float] = field(default_factory=list)
    grades: list[int] = field(default_factory=list)

    def becomes(self, hazard: str, t_s: float, grade: int) -> None:
        """Set the grade that one hazard gives from *t_s* on."""
        self.of[hazard] = grade
        self.times_s.append(t_s)
        self.grades.append(max(self.of.values()))

    def worst(self, from_s: float, until_s: float) -> int:
        """Return the worst grade within an open interval of time.

        A unit that passes exactly when the grade changes passes at the lower one.
        """
        if until_s - from_s <= SAME_MOMENT_S:
            return min(self._at(from_s - SAME_MOMENT_S), self._at(from_s + SAME_MOMENT_S))
        inside = [
            g
            for t, g in zip(self.times_s, self.grades, strict=True)
            if from_s + SAME_MOMENT_S < t < until_s - SAME_MOMENT_S
        ]
        return max([self._at(from_s + SAME_MOMENT_S), *inside])

    def _at(self, t_s: float) -> int:
        latest = bisect_right(self.times_s, t_s) - 1
        return self.grades[latest] if latest >= 0 else 0


@dataclass(slots=True)
class _Stay:
    """A unit at a place or on a section."""

    where: str
    from_s: float
    until_s: float


def nobody_is_where_protection_does_not_reach(trace: Trace) -> Iterator[str]:
    """Check that no unit passes, enters or stays in a zone above its protection, unless it is trapped."""
    changes = trace.of(ZonesChanged)
    if not changes:
        return
    places, sections = _grades(changes)
    journeys: dict[str, list[UnitEnRoute | UnitOutOfService | UnitStopped]] = defaultdict(list)
    for event in trace.events:
        if isinstance(event, (UnitEnRoute, UnitOutOfService, UnitStopped)):
            journeys[event.unit].append(event)
    trapped = _trapped_spans(trace)
    for duty in trace.of(UnitOnDuty):
        at_places, on_sections = _whereabouts(duty, journeys[duty.unit], trace.header.ends_at_s)
        for stay in _without(at_places, trapped[duty.unit]):
            worst = places[stay.where].worst(stay.from_s, stay.until_s) if stay.where in places else 0
            if worst > duty.protection:
                yield (
                    f"{duty.unit!r} is at {stay.where!r} from {stay.from_s:.0f} to {stay.until_s:.0f} s, grade {worst},"
                    f" protection {duty.protection}"
                )
        for stay in on_sections:
            worst = sections[stay.where].worst(stay.from_s, stay.from_s) if stay.where in sections else 0
            if worst > duty.protection:
                yield f"{duty.unit!r} enters {stay.where!r} at {stay.from_s:.0f} s, grade {worst}"


def a_trapped_unit_stays_until_it_is_freed(trace: Trace) -> Iterator[str]:
    """Check that a trapped unit stays where it is, without a new order, until it is freed there."""
    trapped: dict[str, str] = {}
    for n, event in enumerate(trace.events):
        unit = getattr(event, "unit", "")
        if isinstance(event, UnitTrapped):
            if unit in trapped:
                yield f"{at(n, event)}: {unit!r} is trapped at {trapped[unit]!r} already"
            trapped[unit] = event.node
        elif isinstance(event, UnitFreed):
            if trapped.pop(unit, None) != event.node:
                yield f"{at(n, event)}: {unit!r} is not trapped at {event.node!r}"
        elif unit in trapped and _gets_about(event):
            yield f"{at(n, event)}: {unit!r} cannot do that; it is trapped at {trapped[unit]!r}"


def _gets_about(event: Event) -> bool:
    """Return whether an event says that a unit moves, works, or obeys an order that makes it."""
    if isinstance(event, UnitEnRoute):
        return bool(event.sections)
    return isinstance(event, (UnitAssigned, UnitAlerted, UnitArrived, UnitAssembled, UnitInPlace, UnitHome))


def _trapped_spans(trace: Trace) -> dict[str, list[tuple[float, float]]]:
    """Return, per unit, from when to when it was trapped; ``inf`` if to the end. [s]"""
    spans: dict[str, list[tuple[float, float]]] = defaultdict(list)
    since_s: dict[str, float] = {}
    for event in trace.events:
        if isinstance(event, UnitTrapped):
            since_s[event.unit] = event.t_s
        elif isinstance(event, UnitFreed) and event.unit in since_s:
            spans[event.unit].append((since_s.pop(event.unit), event.t_s))
    for unit, t_s in since_s.items():
        spans[unit].append((t_s, math.inf))
    return spans


def _without(stays: list[_Stay], spans: list[tuple[float, float]]) -> list[_Stay]:
    """Return what is left of *stays* outside *spans* of time."""
    for from_s, until_s in spans:
        left = []
        for stay in stays:
            if stay.until_s < from_s - SAME_MOMENT_S or stay.from_s > until_s + SAME_MOMENT_S:
                left.append(stay)
                continue
            if stay.from_s < from_s - SAME_MOMENT_S:
                left.append(_Stay(stay.where, stay.from_s, from_s))
            if stay.until_s > until_s + SAME_MOMENT_S:
                left.append(_Stay(stay.where, until_s, stay.until_s))
        stays = left
    return stays


def _grades(changes: tuple[ZonesChanged, ...]) -> tuple[dict[str, _Grade], dict[str, _Grade]]:
    places: dict[str, _Grade] = defaultdict(_Grade)
    sections: dict[str, _Grade] = defaultdict(_Grade)
    for e in changes:
        for name, grade in zip(e.places, e.place_grades, strict=True):
            places[name].becomes(e.hazard, e.t_s, grade)
        for name, grade in zip(e.sections, e.section_grades, strict=True):
            sections[name].becomes(e.hazard, e.t_s, grade)
    return dict(places), dict(sections)


def _whereabouts(
    duty: UnitOnDuty, journeys: list[UnitEnRoute | UnitOutOfService | UnitStopped], end_s: float
) -> tuple[list[_Stay], list[_Stay]]:
    """Return where a unit is and when, and when it enters which section."""
    at_places = [_Stay(duty.node, duty.t_s, math.inf)]
    on_sections: list[_Stay] = []
    for journey in journeys:
        at_places = [stay for stay in at_places if stay.from_s <= journey.t_s + SAME_MOMENT_S]
        on_sections = [stay for stay in on_sections if stay.from_s <= journey.t_s + SAME_MOMENT_S]
        if isinstance(journey, (UnitOutOfService, UnitStopped)):
            continue  # it goes no further
        begins_s = journey.times_s[0]
        if at_places:
            at_places[-1].until_s = min(at_places[-1].until_s, max(begins_s, at_places[-1].from_s))
        legs = zip(journey.nodes, journey.times_s, (*journey.times_s[1:], math.inf), strict=True)
        for i, (node, from_s, next_s) in enumerate(legs):
            last = i == len(journey.nodes) - 1
            if i == 0 and not last and at_places and at_places[-1].where == node:
                on_sections.append(_Stay(journey.sections[0], from_s, next_s))
                continue  # it was there, and leaves
            at_places.append(_Stay(node, from_s, math.inf if last else from_s))
            if not last:
                on_sections.append(_Stay(journey.sections[i], from_s, next_s))
    return [s for s in at_places if s.from_s < end_s], [s for s in on_sections if s.from_s < end_s]
