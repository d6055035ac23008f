"""What hazards came to: people by state at the end, and the worst of every measure."""

from __future__ import annotations

from drillsim.events import HazardMeasured, PeopleChanged
from drillsim.trace import Trace


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
