"""Moments and spans of time as people read them."""

from __future__ import annotations

import math
from datetime import datetime, timedelta


def clock(startex: datetime, t_s: float) -> str:
    """Return the clock time of a moment; from the second day on with the day.

    Examples
    --------
    >>> clock(datetime(2021, 3, 29, 7, 0), 300), clock(datetime(2021, 3, 29, 7, 0), 90000)
    ('07:05', 'D+1 08:00')
    """
    if not math.isfinite(t_s):
        return "–"
    moment = startex + timedelta(seconds=round(t_s / 60) * 60)
    days = (moment.date() - startex.date()).days
    return f"{'' if days == 0 else f'D+{days} '}{moment:%H:%M}"


def span(t_s: float, never: str = "–") -> str:
    """Return a span of time in hours and minutes, or in seconds below two minutes.

    Examples
    --------
    >>> span(45.4), span(754), span(18754), span(math.inf)
    ('45 s', '13 min', '5:13 h', '–')
    """
    if not math.isfinite(t_s):
        return never
    if t_s < 120:  # noqa: PLR2004  # two minutes
        return f"{t_s:.0f} s"
    minutes = round(t_s / 60)
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60}:{minutes % 60:02d} h"  # noqa: PLR2004
