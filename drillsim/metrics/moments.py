"""Moments of a trace, and the time between two of them."""

from __future__ import annotations

import math

from drillsim.events import Event
from drillsim.trace import Trace


def first_s(trace: Trace, kind: type[Event], *, by: str = "incident") -> dict[str, float]:
    """Return when an event of *kind* first happened, by the field that names its incident, wave or unit. [s]"""
    found: dict[str, float] = {}
    for event in trace.of(kind, exact=True):
        found.setdefault(getattr(event, by), event.t_s)
    return found


def between_s(start_s: float, end_s: float) -> float:
    """Return the time from one moment to another; ``inf`` if either never came. [s]

    Examples
    --------
    >>> between_s(60.0, 90.0), between_s(60.0, math.inf), between_s(math.inf, math.inf)
    (30.0, inf, inf)
    """
    return end_s - start_s if math.isfinite(start_s) and math.isfinite(end_s) else math.inf


def intervals_s(start_s: dict[str, float], end_s: dict[str, float]) -> dict[str, float]:
    """Return, per case of *start_s*, the time to its moment in *end_s*; ``inf`` where that never came. [s]"""
    return {case: between_s(t_s, end_s.get(case, math.inf)) for case, t_s in start_s.items()}
