"""Intervals of mobilisation waves. Cases are waves."""

from __future__ import annotations

import math
from collections.abc import Iterable

from drillsim.events import UnitAssembled, UnitInPlace, WaveClosed, WaveDeparted, WaveOrdered
from drillsim.trace import Trace


def assembly_s(trace: Trace) -> dict[str, float]:
    """Return, per wave that assembles, the time from the order until the column left. [s]"""
    left = _first(trace.of(WaveDeparted))
    assembles = {*left, *_first(trace.of(UnitAssembled))}
    ordered = _first(trace.of(WaveOrdered))
    return {wave: left.get(wave, math.inf) - t_s for wave, t_s in ordered.items() if wave in assembles}


def march_s(trace: Trace) -> dict[str, float]:
    """Return, per wave whose column left, the time from then until its last unit was in place. [s]"""
    closed = _first(trace.of(WaveClosed))
    return {wave: closed.get(wave, math.inf) - t_s for wave, t_s in _first(trace.of(WaveDeparted)).items()}


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
