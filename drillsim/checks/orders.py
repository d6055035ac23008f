"""Invariants of orders: one thing at a time, to where it was sent, each need met once, waves complete."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from drillsim.checks.order import at
from drillsim.trace.events import (
    Event,
    NeedRaised,
    NeedWithdrawn,
    UnitAlerted,
    UnitArrived,
    UnitAssembled,
    UnitAssigned,
    UnitBackInService,
    UnitEnRoute,
    UnitHome,
    UnitInPlace,
    UnitLeftBehind,
    UnitOnDuty,
    UnitOutOfService,
    UnitRecalled,
    UnitReleased,
    UnitRerouted,
    UnitWithdrawn,
    WaveClosed,
    WaveOrdered,
)
from drillsim.trace.trace import Trace

_ANYTHING: Final = frozenset(
    ["free", "assigned", "to_incident", "on_scene", "alerted", "to_assembly", "assembled", "on_march", "in_place"]
)
_FOLLOWS: Final[dict[type[Event], frozenset[str]]] = {
    UnitAssigned: frozenset({"free"}),
    UnitAlerted: frozenset({"free"}),
    UnitArrived: frozenset({"to_incident"}),
    UnitReleased: frozenset({"on_scene"}),
    UnitWithdrawn: frozenset({"on_scene", "to_incident"}),
    UnitRecalled: frozenset({"assigned", "to_incident"}),
    UnitAssembled: frozenset({"to_assembly"}),
    UnitInPlace: frozenset({"on_march"}),
    UnitHome: frozenset({"free", "in_place"}),
    UnitOutOfService: _ANYTHING,
    UnitBackInService: frozenset({"out"}),
}
_BECOMES: Final[dict[type[Event], str]] = {
    UnitAssigned: "assigned",
    UnitAlerted: "alerted",
    UnitArrived: "on_scene",
    UnitReleased: "free",
    UnitWithdrawn: "assigned",
    UnitRecalled: "free",
    UnitAssembled: "assembled",
    UnitInPlace: "in_place",
    UnitHome: "free",
    UnitOutOfService: "out",
    UnitBackInService: "free",
}
_ON_THE_WAY: Final = {
    "incident": ("to_incident", frozenset({"assigned"})),
    "assembly": ("to_assembly", frozenset({"alerted", "assembled"})),
    "march": ("on_march", frozenset({"alerted", "assembled"})),
    "return": ("free", frozenset({"free"})),
}
_ROLLS: Final = {"assembly": ("alerted",), "march": ("alerted",)}
"""By purpose, who drives on to the next place and takes another road there, before it sets off."""


def a_unit_does_one_thing_at_a_time(trace: Trace) -> Iterator[str]:
    """Check that each event of a unit follows from the one before: no arrival without a journey or order while busy."""
    doing: dict[str, str] = {e.unit: "free" for e in trace.of(UnitOnDuty)}
    for n, event in enumerate(trace.events):
        unit = getattr(event, "unit", None)
        if unit not in doing:
            continue
        becomes, allowed = _step(event, doing[unit])
        if doing[unit] not in allowed:
            yield f"{at(n, event)}: {unit!r} cannot do that; it is {doing[unit].replace('_', ' ')}"
        doing[unit] = becomes


def _step(event: Event, now: str) -> tuple[str, frozenset[str]]:
    """Return what a unit does after *event*, and what it may have done before."""
    if isinstance(event, UnitRerouted):
        becomes, _ = _ON_THE_WAY.get(event.purpose, (now, frozenset()))
        return now, frozenset({becomes, *_ROLLS.get(event.purpose, ())})
    if isinstance(event, UnitEnRoute):
        return _ON_THE_WAY.get(event.purpose, (now, frozenset()))
    kind = type(event)
    return _BECOMES.get(kind, now), _FOLLOWS.get(kind, frozenset({now}))


def a_unit_goes_where_it_was_sent(trace: Trace) -> Iterator[str]:
    """Check that a unit drives to, arrives at and leaves the incident or wave of its latest order."""
    sent: dict[str, str] = {}
    for n, event in enumerate(trace.events):
        if isinstance(event, UnitAssigned):
            sent[event.unit] = event.incident
        elif isinstance(event, UnitAlerted):
            sent[event.unit] = event.wave
        elif (target := _target(event)) is not None:
            unit = str(getattr(event, "unit", ""))
            if unit in sent and target != sent[unit]:
                yield f"{at(n, event)}: {unit!r} was sent to {sent[unit]!r}, not to {target!r}"


def _target(event: Event) -> str | None:
    """Return the incident or wave that an event of a unit is about."""
    if isinstance(event, UnitEnRoute):
        return None if event.purpose == "return" else event.target
    if isinstance(event, (UnitArrived, UnitReleased, UnitRecalled, UnitWithdrawn)):
        return event.incident
    return event.wave if isinstance(event, (UnitAssembled, UnitInPlace)) else None


def a_need_is_met_once(trace: Trace) -> Iterator[str]:
    """Check that a slot is filled only while requested: not before, not twice, not after its withdrawal."""
    asked: set[tuple[str, int]] = set()
    settled: dict[tuple[str, int], str] = {}
    for n, event in enumerate(trace.events):
        if isinstance(event, NeedRaised):
            asked.add((event.incident, event.slot))
        elif isinstance(event, (UnitAssigned, NeedWithdrawn)):
            slot = (event.incident, event.slot)
            if slot not in asked:
                yield f"{at(n, event)}: nobody asked for slot {event.slot} of {event.incident!r}"
            if slot in settled:
                yield f"{at(n, event)}: slot {event.slot} of {event.incident!r} is already {settled[slot]}"
            settled[slot] = "withdrawn" if isinstance(event, NeedWithdrawn) else f"filled by {event.unit!r}"


def a_wave_closes_when_all_are_in_place(trace: Trace) -> Iterator[str]:
    """Check that a wave closes when every unit of its order is in place or left behind, not before."""
    missing: dict[str, set[str]] = {}
    for n, event in enumerate(trace.events):
        if isinstance(event, WaveOrdered):
            missing[event.wave] = set(event.units)
        elif isinstance(event, (UnitInPlace, UnitLeftBehind)) and event.wave in missing:
            missing[event.wave].discard(event.unit)
        elif isinstance(event, WaveClosed) and missing.get(event.wave):
            names = ", ".join(sorted(missing[event.wave]))
            yield f"{at(n, event)}: wave {event.wave!r} is closed without {names}"
