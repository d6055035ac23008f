"""Intervals of a mobilisation: assembly, march, first unit in place, closure of the last."""

from __future__ import annotations

import math

from drillsim.events import UnitAssembled, UnitEnRoute, UnitInPlace, WaveClosed, WaveDeparted, WaveOrdered
from drillsim.metrics.moments import first_s, intervals_s
from drillsim.trace import Trace


def assembly_s(trace: Trace) -> dict[str, float]:
    """Return, per wave that assembles, the time from the order to the departure of its column. [s]"""
    ordered_s = first_s(trace, WaveOrdered, by="wave")
    starts_s = {wave: ordered_s.get(wave, math.inf) for wave in _assembling(trace)}
    return intervals_s(starts_s, first_s(trace, WaveDeparted, by="wave"))


def march_s(trace: Trace) -> dict[str, float]:
    """Return, per wave that assembles, the time from the departure until its last unit was in place. [s]"""
    departed_s = first_s(trace, WaveDeparted, by="wave")
    starts_s = {wave: departed_s.get(wave, math.inf) for wave in _assembling(trace)}
    return intervals_s(starts_s, first_s(trace, WaveClosed, by="wave"))


def first_in_place_s(trace: Trace) -> dict[str, float]:
    """Return, per wave ordered, the time from STARTEX until its first unit was in place. [s]"""
    return _after_startex_s(trace, first_s(trace, UnitInPlace, by="wave"))


def closure_s(trace: Trace) -> dict[str, float]:
    """Return, per wave ordered, the time from STARTEX until its last unit was in place. [s]"""
    return _after_startex_s(trace, first_s(trace, WaveClosed, by="wave"))


def _after_startex_s(trace: Trace, moments_s: dict[str, float]) -> dict[str, float]:
    return intervals_s(dict.fromkeys(first_s(trace, WaveOrdered, by="wave"), 0.0), moments_s)


def _assembling(trace: Trace) -> dict[str, None]:
    """Return the waves of which a unit was on its way to, or at, an assembly point."""
    waves = [e.target for e in trace.of(UnitEnRoute) if e.purpose == "assembly"]
    waves += [e.wave for e in trace.of(UnitAssembled, exact=True)]
    return dict.fromkeys([*waves, *(e.wave for e in trace.of(WaveDeparted, exact=True))])
