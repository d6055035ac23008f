"""Invariants of the record itself: order in time, and no mention of a thing before it exists."""

from __future__ import annotations

from collections.abc import Iterator

from drillsim.trace.events import Event, IncidentStarted, UnitOnDuty, WaveOrdered
from drillsim.trace.trace import Trace


def time_never_falls(trace: Trace) -> Iterator[str]:
    """Check that events are in order of time, from STARTEX and before ENDEX."""
    last_s = 0.0
    for n, event in enumerate(trace.events):
        if event.t_s < last_s:
            yield f"{at(n, event)}: time falls; the event before it was at {last_s:.3f} s"
        if not 0 <= event.t_s < trace.header.ends_at_s:
            yield f"{at(n, event)}: outside the exercise, which ends at {trace.header.ends_at_s:.3f} s"
        last_s = max(last_s, event.t_s)


def everybody_is_introduced(trace: Trace) -> Iterator[str]:
    """Check that no unit is mentioned before it is on duty, no incident before it begins, no wave before its order."""
    units: set[str] = set()
    incidents: set[str] = set()
    waves: set[str] = set()
    for n, event in enumerate(trace.events):
        if isinstance(event, UnitOnDuty):
            units.add(event.unit)
        elif isinstance(event, IncidentStarted):
            incidents.add(event.incident)
        elif isinstance(event, WaveOrdered):
            waves.add(event.wave)
        unit, incident, wave = (getattr(event, name, None) for name in ("unit", "incident", "wave"))
        for name in (*(() if unit is None else (unit,)), *getattr(event, "units", ())):
            if name not in units:
                yield f"{at(n, event)}: unit {name!r} is not on duty"
        if incident is not None and incident not in incidents:
            yield f"{at(n, event)}: incident {incident!r} has not begun"
        if wave is not None and wave not in waves:
            yield f"{at(n, event)}: wave {wave!r} was not ordered"


def at(n: int, event: Event) -> str:
    """Return the position and type of an event, for messages."""
    return f"event {n} ({type(event).__name__} at {event.t_s:.3f} s)"
