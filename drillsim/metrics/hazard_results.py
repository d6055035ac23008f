"""Final results of hazards: people by state at ENDEX, and the peak of every measure."""

from __future__ import annotations

from drillsim.hazards.release.tanks import STATUSES
from drillsim.trace.events import HazardMeasured, PeopleChanged
from drillsim.trace.trace import Trace

GONE = frozenset(float(STATUSES.index(status)) for status in ("burnt_out", "burst"))
"""Codes of lost tanks in the trace."""


def people_at_end(trace: Trace) -> dict[str, float]:
    """Return, per ``hazard/state``, how many people were in that state at ENDEX."""
    found: dict[str, float] = {}
    for event in trace.of(PeopleChanged):
        found.update((f"{event.hazard}/{s}", float(n)) for s, n in zip(event.states, event.counts, strict=True))
    return found


def hazard_peak(trace: Trace) -> dict[str, float]:
    """Return, per ``hazard/measure``, the greatest value that it had: tanks lost, reach of a zone …"""
    found: dict[str, float] = {}
    for event in trace.of(HazardMeasured):
        for name, value in zip(event.names, event.values, strict=True):
            case = f"{event.hazard}/{name}"
            found[case] = max(value, found.get(case, value))
    return found


def tanks_destroyed(trace: Trace) -> dict[str, float]:
    """Return, per hazard that measures tanks, how many of them were burnt out or had burst by ENDEX. [tanks]"""
    found: dict[str, dict[str, bool]] = {}
    for event in trace.of(HazardMeasured):
        for name, value in zip(event.names, event.values, strict=True):
            if name.startswith("tank_"):
                found.setdefault(event.hazard, {})[name] = value in GONE
    return {hazard: float(sum(tanks.values())) for hazard, tanks in found.items()}
