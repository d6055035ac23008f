"""Formatting of clock times and durations."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from typing import Final

from drillsim.language import say

SECONDS_BELOW_S: Final = 120
MINUTES_BELOW: Final = 120
"""Threshold for the unit of a span: seconds below two minutes, minutes below two hours."""


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


def span(t_s: float, never: str = "–", *, lang: str = "en") -> str:
    """Return a span of time in hours and minutes, or in seconds below two minutes.

    Examples
    --------
    >>> span(45.4), span(754), span(18754), span(math.inf)
    ('45 s', '13 min', '5:13 h', '–')
    >>> span(45.4, lang="zh"), span(754, lang="zh"), span(18754, lang="zh"), span(36000, lang="zh")
    ('45秒', '13分钟', '5小时13分', '10小时')
    """
    if not math.isfinite(t_s):
        return never
    if t_s < SECONDS_BELOW_S:
        return say("span.seconds", lang, seconds=t_s)
    minutes = round(t_s / 60)
    if minutes < MINUTES_BELOW:
        return say("span.minutes", lang, minutes=minutes)
    hours, minutes = divmod(minutes, 60)
    return say("span.hours_minutes" if minutes else "span.hours", lang, hours=hours, minutes=minutes)
