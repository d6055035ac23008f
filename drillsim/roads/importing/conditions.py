"""Closures for part of the year, by tags: conditional access, seasons, winter roads, opening hours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from drillsim.roads.importing.edge_list import Tally
from drillsim.roads.importing.rights import ALLOWED
from drillsim.roads.network.seasons import DAYS, SEASONS, YEAR, Day, days_between, written

CLOSING: Final = ("access", "vehicle", "motor_vehicle", "motorcar", "emergency")
"""Rights of access whose conditions say when a road cannot be driven."""
PART: Final = re.compile(r"\s*([\w:|-]+)\s*@\s*(?:\(([^()]*)\)|([^;()]+))\s*(?:;|$)")
"""One of several: ``no @ (Nov-Apr)``."""
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
SPAN: Final = re.compile(r"([a-z]{3,9})\.?\s*(\d{1,2})?(?:\s*-\s*(?:([a-z]{3,9})\.?\s*)?(\d{1,2})?)?")
ALL_DAY: Final = re.compile(r"[\s,]*\b(?:00:00\s*-\s*24:00|24/7|mo-su)\s*$")
OFF: Final = re.compile(r"\s+(?:off|closed)$")
SEASON_WORDS: Final = {**{name: name for name in SEASONS}, "fall": "autumn"}
ONLY_IN_WINTER: Final = ("winter_road", "ice_road")
Periods = tuple[frozenset[int], frozenset[str]]
"""Days of a leap year, and seasons."""


def closure_of(tags: Mapping[str, str], tally: Tally) -> str:
    """Return when a road is closed every year, as the column ``closed`` has it; count what cannot be read.

    Examples
    --------
    >>> closure_of({"motor_vehicle:conditional": "no @ (Nov-Apr)"}, Tally())
    '11-01/04-30'
    >>> closure_of({"access": "no", "access:conditional": "yes @ (Jun 15-Sep 30)"}, Tally())
    '10-01/06-14'
    >>> closure_of({"seasonal": "summer"}, Tally()), closure_of({"opening_hours": "May-Oct"}, Tally())
    ('winter;spring;autumn', '11-01/04-30')
    """
    days: set[int] = set()
    seasons: set[str] = set()
    for found_days, found_seasons in (*_conditional(tags, tally), *_seasonal(tags, tally), *_opening(tags, tally)):
        days |= found_days
        seasons |= found_seasons
    closed = ";".join(filter(None, [written(days), *(name for name in SEASONS if name in seasons)]))
    if closed:
        tally.closed[closed] += 1
    return closed


def _conditional(tags: Mapping[str, str], tally: Tally) -> Iterator[Periods]:
    for who in CLOSING:
        key = f"{who}:conditional"
        if key not in tags:
            continue
        text = tags[key].strip().lower()
        parts = PART.findall(text)
        if PART.sub("", text).strip() or not parts:
            tally.at_times[f"{key}={tags[key]}"] += 1
            continue
        yield from _closed_by(tags, who, parts, tally)


def _closed_by(tags: Mapping[str, str], who: str, parts: list[tuple[str, str, str]], tally: Tally) -> Iterator[Periods]:
    """Yield when conditions close a road: where they forbid it, or outside where they alone allow it."""
    forbidden = [inside or plain for value, inside, plain in parts if value == "no"]
    allowed = [inside or plain for value, inside, plain in parts if value in ALLOWED]
    shut = "no" in {tags.get(who), tags.get("access"), tags.get("vehicle")}
    for text in forbidden:
        found = periods_of(text)
        if found is None:
            tally.at_times[f"{who}:conditional=no @ ({text.strip()})"] += 1
        else:
            yield found
    if allowed and shut:
        opened = [periods_of(text) for text in allowed]
        known = [one for one in opened if one is not None]
        if len(known) < len(opened):
            tally.at_times[f"{who}:conditional={tags[f'{who}:conditional']}"] += 1
        else:
            yield _outside(known)


def is_open_at_times(tags: Mapping[str, str]) -> bool:
    """Return whether a road that is closed by its tags is open under conditions.

    Examples
    --------
    >>> is_open_at_times({"access": "no", "access:conditional": "yes @ (Jun-Sep)"}), is_open_at_times({"access": "no"})
    (True, False)
    """
    return any(
        value in ALLOWED for who in CLOSING for value, *_ in PART.findall(tags.get(f"{who}:conditional", "").lower())
    )


def _seasonal(tags: Mapping[str, str], tally: Tally) -> Iterator[Periods]:
    text = tags.get("seasonal", "").strip().lower()
    words = {one.strip() for one in re.split("[;,/]", text)} - {""}
    told = any(f"{who}:conditional" in tags for who in CLOSING)
    if words and words <= set(SEASON_WORDS):
        yield _outside([(frozenset(), frozenset(SEASON_WORDS[one] for one in words))])
    elif any(tags.get(key) in {"yes", "only"} for key in ONLY_IN_WINTER) and not told:
        yield _outside([(frozenset(), frozenset({"winter"}))])
    elif words - {"no"} and not told:
        tally.at_times[f"seasonal={text}"] += 1


def _opening(tags: Mapping[str, str], tally: Tally) -> Iterator[Periods]:
    text = tags.get("opening_hours", "").strip().lower()
    if not text or text in {"24/7", "mo-su 00:00-24:00", "00:00-24:00"}:
        return
    found = periods_of(OFF.sub("", text))
    if found is None:
        tally.at_times[f"opening_hours={text}"] += 1
    else:
        yield found if OFF.search(text) else _outside([found])


def _outside(opened: list[Periods]) -> Periods:
    """Return when nothing of these is."""
    days = frozenset().union(*(days for days, _ in opened))
    seasons = frozenset().union(*(seasons for _, seasons in opened))
    if seasons:  # the days of a season depend on the hemisphere, so a mixture is closed outside its seasons only
        return frozenset(), frozenset(SEASONS) - seasons
    return frozenset(range(YEAR)) - days, frozenset()


def periods_of(text: str) -> Periods | None:
    """Return the days and seasons of a condition; None if it is more than a time of the year.

    Examples
    --------
    >>> [written(periods_of(text)[0]) for text in ("Nov-Apr", "Nov 15-Mar 31", "Dec", "Dec 24-26", "Jan 1-15,Feb")]
    ['11-01/04-30', '11-15/03-31', '12-01/12-31', '12-24/12-26', '01-01/01-15;02-01/02-29']
    >>> periods_of("winter") == (frozenset(), frozenset({"winter"})), periods_of("snow"), periods_of("22:00-06:00")
    (True, None, None)
    """
    days: set[int] = set()
    seasons: set[str] = set()
    for one in ALL_DAY.sub("", text.strip().lower()).split(","):
        word = one.strip()
        if word in SEASON_WORDS:
            seasons.add(SEASON_WORDS[word])
            continue
        found = _span(word)
        if found is None:
            return None
        days |= found
    return frozenset(days), frozenset(seasons)


def _span(text: str) -> frozenset[int] | None:
    found = SPAN.fullmatch(text)
    if found is None:
        return None
    first_month, first_day, last_month, last_day = found.groups()
    begin = _month(first_month)
    end = _month(last_month) if last_month else begin
    if begin is None or end is None:
        return None
    if "-" in text and not last_month and not (first_day and last_day):
        return None
    ranged = "-" in text
    if ranged and bool(first_day) and not last_day:
        return None
    first: Day = (begin, int(first_day or 1))
    last: Day = (end, int(last_day or (DAYS[end - 1] if ranged or not first_day else first_day)))
    try:
        return days_between(first, last)
    except ValueError:
        return None


def _month(text: str) -> int | None:
    return next((number for number, name in enumerate(MONTHS, start=1) if name.startswith(text)), None)
