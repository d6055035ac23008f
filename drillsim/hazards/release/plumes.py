"""The plumes of a leak, under one wind after another."""

from __future__ import annotations

import math
from dataclasses import replace

from drillsim.physics.air import Stability
from drillsim.physics.gas.centreline import LEAST_WIND_M_S
from drillsim.physics.gas.cloud import Segment, with_releases


def carried_on(
    segments: tuple[Segment, ...],
    rate_kg_s: float,
    wind: tuple[float, float, Stability],
    t_s: float,
    forget_m: float = math.inf,
) -> tuple[Segment, ...]:
    """Return the plumes from a moment on: the one that goes on ends and another begins, if its rate or wind is another.

    Parameters
    ----------
    segments
        So far; the very same are returned if nothing is new.
    rate_kg_s
        What becomes cloud. [kg/s]
    wind
        Speed [m/s], where from [deg] and stability class.
    t_s
        Now. [s after STARTEX]
    forget_m
        Plumes whose end has drifted farther than this are left out. [m]

    Examples
    --------
    >>> first = carried_on((), 2.0, (3.0, 270.0, "D"), 0.0)
    >>> later = carried_on(first, 1.0, (3.0, 270.0, "D"), 60.0)
    >>> [(s.rate_kg_s, s.from_s, s.until_s) for s in later]
    [(2.0, 0.0, 60.0), (1.0, 60.0, inf)]
    >>> carried_on(later, 1.0, (3.0, 270.0, "D"), 90.0) is later
    True
    """
    new = Segment(t_s, math.inf, rate_kg_s, *wind)
    last = segments[-1] if segments else None
    going = last is not None and math.isinf(last.until_s)
    if last is not None and going and (last.rate_kg_s, last.in_wind) == (rate_kg_s, wind):
        return segments
    if not going and rate_kg_s <= 0.0:
        return segments
    ended = [replace(s, until_s=min(s.until_s, t_s)) for s in segments]
    kept = [s for s in ended if max(s.wind_m_s, LEAST_WIND_M_S) * (t_s - s.until_s) <= forget_m]
    return with_releases([*kept, new] if rate_kg_s > 0.0 else kept)
