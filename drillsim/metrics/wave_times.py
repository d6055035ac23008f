"""Intervals of mobilisation waves. Cases are waves."""

from __future__ import annotations

import math
from collections.abc import Iterable

from drillsim.trace.events import UnitAssembled, UnitEnRoute, UnitInPlace, WaveClosed, WaveDeparted, WaveOrdered
from drillsim.trace.trace import Trace


def assembly_s(trace: Trace) -> dict[str, float]:
    """Return, per wave that assembles, the time from the order until the column left. [s]"""
    left = _first(trace.of(WaveDeparted))
    return {wave: left.get(wave, math.inf) - t_s for wave, t_s in _assembling(trace).items()}


def march_s(trace: Trace) -> dict[str, float]:
    """Return, per wave that assembles, the time from the departure of its column until its last unit was in place. [s]

    A column that had not left by ENDEX has not arrived.
    """
    left, closed = _first(trace.of(WaveDeparted)), _first(trace.of(WaveClosed))
    return {wave: closed.get(wave, math.inf) - left[wave] if wave in left else math.inf for wave in _assembling(trace)}


def _assembling(trace: Trace) -> dict[str, float]:
    """Return when each wave was ordered of which a unit was at an assembly point, or on its way to one. [s]"""
    waves = {e.target for e in trace.of(UnitEnRoute) if e.purpose == "assembly" and e.sets_off}
    waves |= {e.wave for e in trace.of(UnitAssembled)} | {e.wave for e in trace.of(WaveDeparted)}
    return {wave: t_s for wave, t_s in _first(trace.of(WaveOrdered)).items() if wave in waves}


def first_in_place_s(trace: Trace) -> dict[str, float]:
    """Return, per wave that was ordered, the time from STARTEX until its first unit was in place. [s]"""
    return _since_startex(trace, trace.of(UnitInPlace))


def closure_s(trace: Trace) -> dict[str, float]:
    """Return, per wave that was ordered, the time from STARTEX until its last unit was in place. [s]"""
    return _since_startex(trace, trace.of(WaveClosed))


def _since_startex(trace: Trace, events: Iterable[UnitInPlace | WaveClosed]) -> dict[str, float]:
    found = _first(events)
    return {wave: found.get(wave, math.inf) for wave in _first(trace.of(WaveOrdered))}


def _first(events: Iterable[WaveOrdered | WaveDeparted | WaveClosed | UnitAssembled | UnitInPlace]) -> dict[str, float]:
    found: dict[str, float] = {}
    for event in events:
        found.setdefault(event.wave, event.t_s)
    return found
