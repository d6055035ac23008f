"""Clock arithmetic: the tolerance for equal moments, and the local clock hour."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

SAME_MOMENT_S: Final = 1e-6
"""Tolerance within which two moments are equal.

Moments are sums of floats. In a drill of a month (2.6e6 s) each sum is rounded by 2.4e-10 s at most, so that a thousand
of them stay well below a microsecond; and no action of people, vehicles or hazards is resolved that finely. [s]
"""


def clock_hour(startex: datetime, t_s: float = 0.0) -> float:
    """Return the hour of the local clock *t_s* after STARTEX, from 0 up to 24. [h]

    Examples
    --------
    >>> clock_hour(datetime(2021, 5, 22, 22, 30), 2 * 3600)
    0.5
    """
    moment = startex + timedelta(seconds=t_s)
    return moment.hour + moment.minute / 60 + (moment.second + moment.microsecond / 1e6) / 3600
