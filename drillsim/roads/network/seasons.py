"""Closures for part of every year, as network files hold them: ``11-01/04-30;summer``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

SEASONS: Final = {"winter": (12, 1, 2), "spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11)}
"""Months of the meteorological seasons north of the equator (World Meteorological Organization); half a year later
south of it."""
PERIOD: Final = re.compile(r"(\d\d)-(\d\d)/(\d\d)-(\d\d)")
DAYS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
FIRST_OF_MONTH: Final = tuple(sum(DAYS[:month]) for month in range(12))
"""Days before each month of a leap year."""
YEAR: Final = 366
Day = tuple[int, int]
"""Month and day."""


def number_of(day: Day) -> int:
    """Return which day of a leap year that is, from 0.

    Raises
    ------
    ValueError
        If there is no such day.

    Examples
    --------
    >>> number_of((1, 1)), number_of((12, 31))
    (0, 365)
    """
    month, number = day
    if not (1 <= month <= len(DAYS) and 1 <= number <= DAYS[month - 1]):
        raise ValueError(day)
    return FIRST_OF_MONTH[month - 1] + number - 1


def days_between(first: Day, last: Day) -> frozenset[int]:
    """Return the days of a leap year from one to another, both included, across the new year if need be."""
    begin, end = number_of(first), number_of(last)
    return frozenset(day % YEAR for day in range(begin, end + 1 + (YEAR if end < begin else 0)))


def written(days: Iterable[int]) -> str:
    """Return days of a leap year as periods, ``11-01/04-30``; several with semicolons between them.

    Examples
    --------
    >>> written(days_between((11, 1), (4, 30)))
    '11-01/04-30'
    >>> written(days_between((1, 1), (1, 31)) | days_between((3, 1), (3, 2)))
    '01-01/01-31;03-01/03-02'
    """
    kept = set(days)
    if len(kept) == YEAR:
        return "01-01/12-31"
    begins = sorted(day for day in kept if (day - 1) % YEAR not in kept)
    return ";".join(f"{_text(begin)}/{_text(_last(kept, begin))}" for begin in begins)


def _last(days: set[int], day: int) -> int:
    while (day + 1) % YEAR in days:
        day = (day + 1) % YEAR
    return day


def _text(day: int) -> str:
    month = max(number for number, first in enumerate(FIRST_OF_MONTH) if first <= day)
    return f"{month + 1:02d}-{day - FIRST_OF_MONTH[month] + 1:02d}"


def is_closed_on(periods: str, day: date, lat: float) -> bool:
    """Return whether a road with these periods of closure is closed on a day.

    Parameters
    ----------
    periods
        As in the column ``closed``: periods and seasons, ``11-01/04-30;summer``.
    lat
        Where it is; the seasons depend on the hemisphere. [deg]

    Examples
    --------
    >>> is_closed_on("11-01/04-30", date(2026, 3, 1), 36.0), is_closed_on("11-01/04-30", date(2026, 5, 1), 36.0)
    (True, False)
    >>> is_closed_on("winter", date(2026, 1, 10), 36.0), is_closed_on("winter", date(2026, 1, 10), -36.0)
    (True, False)
    """
    today = (day.month, day.day)
    month = day.month if lat >= 0 else (day.month + 5) % 12 + 1
    for word in filter(None, periods.split(";")):
        if word in SEASONS:
            if month in SEASONS[word]:
                return True
            continue
        first, last = _period(word)
        inside = first <= today <= last if first <= last else today >= first or today <= last
        if inside:
            return True
    return False


def _period(text: str) -> tuple[Day, Day]:
    found = PERIOD.fullmatch(text)
    if found is None:
        raise ValueError(text)
    first, last = (int(found[1]), int(found[2])), (int(found[3]), int(found[4]))
    number_of(first)
    number_of(last)
    return first, last


def is_readable(periods: str) -> bool:
    """Return whether a text is a list of periods and seasons; an empty one is.

    Examples
    --------
    >>> is_readable("11-01/04-30;winter"), is_readable(""), is_readable("Nov-Apr"), is_readable("02-30/03-01")
    (True, True, False, False)
    """
    try:
        for word in filter(None, periods.split(";")):
            if word not in SEASONS:
                _period(word)
    except ValueError:
        return False
    return True
