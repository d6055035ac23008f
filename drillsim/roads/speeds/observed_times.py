"""Journeys that were timed: a table of where from, where to, when and how long."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.snap import FAR_M
from drillsim.roads.network.tables import read_rows
from drillsim.roads.place_search import FoundPlace, find_place

SIREN: Final = {
    **dict.fromkeys(("1", "yes", "y", "true", "是", "有"), True),
    **dict.fromkeys(("0", "no", "n", "false", "否", "无"), False),
}
"""What may stand in the column ``siren``; an empty cell is yes."""
DAY: Final = r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}|\d{4}年\d{1,2}月\d{1,2}日"
CLOCK: Final = re.compile(
    rf"(?:(?:{DAY})(?:(?P<iso>T)|\s+))?(?P<half>上午|下午)?\s*"
    r"(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?P<second>:[0-5]\d(?:\.\d+)?)?"
    r"\s*(?P<half_after>[ap]\.?m\.?)?\s*(?:Z|(?P<zone>[+-]\d{2}(?::?[0-5]\d)?))?",
    re.IGNORECASE,
)
"""A day if it is written, the time, seconds and zone if they are; the time is that of the clock there."""
HALF_DAY: Final = 12
"""Hours of half a day, by definition."""
HOURS: Final = 24
"""Hours of a day, by definition."""


@dataclass(frozen=True, slots=True)
class Observation:
    """One journey that was timed."""

    origin: str
    destination: str
    seconds: float
    siren: bool = True
    hour: float = math.nan
    """Clock hour of departure."""
    off_m: float = 0.0
    """How far a point that was given is from the place that stands for it, the farther of both. [m]"""

    @property
    def far(self) -> bool:
        """Whether a point is so far from its place that it may be wrong."""
        return self.off_m > FAR_M


def read_observations(path: Path | str, network: RoadNetwork, *, encoding: str = "") -> tuple[Observation, ...]:
    """Return the journeys of a CSV table: ``origin``, ``destination``, ``seconds``; ``departure``, ``siren`` if known.

    An end is the id of a place, its name where no other has it, or latitude and longitude with a blank or comma between
    them; then the nearest place stands for it.

    Raises
    ------
    NetworkError
        With every problem, each with file and line.
    """
    problems: list[Problem] = []
    rows = read_rows(Path(path), ("origin", "destination", "seconds"), problems, encoding)
    found = [_observation(row, where, network, problems) for where, row in rows]
    if problems:
        raise NetworkError(problems)
    return tuple(o for o in found if o is not None)


def _observation(
    row: Mapping[str, Any], where: str, network: RoadNetwork, problems: list[Problem]
) -> Observation | None:
    cells = {name: (row.get(name) or "").strip() for name in ("origin", "destination", "seconds", "departure", "siren")}
    wrong: list[Problem] = []
    origin, destination = (_end(cells[end], network, where, wrong) for end in ("origin", "destination"))
    try:
        seconds = float(cells["seconds"])
    except ValueError:
        seconds = math.nan
    if not (math.isfinite(seconds) and seconds > 0):
        wrong.append(Problem("not_positive", "seconds", where, {"field": "seconds"}, cells["seconds"]))
    siren, hour = SIREN.get(cells["siren"].lower() or "yes"), _hour(cells["departure"])
    if siren is None:
        wrong.append(Problem("journey_siren", "siren", where, got=cells["siren"]))
    if cells["departure"] and math.isnan(hour):
        wrong.append(Problem("journey_departure", "departure", where, got=cells["departure"]))
    problems.extend(wrong)
    if wrong or origin is None or destination is None or siren is None:
        return None
    off_m = max(origin.off_m or 0.0, destination.off_m or 0.0)
    return Observation(origin.place, destination.place, seconds, siren, hour, off_m)


def _end(text: str, network: RoadNetwork, where: str, problems: list[Problem]) -> FoundPlace | None:
    try:
        return find_place(network, text, where)
    except NetworkError as error:
        problems += error.problems
        return None


def _hour(text: str) -> float:
    """Return the clock hour of ``8:30``, ``2026-01-02 08:30``, ``8:30 PM``, ``下午 8:30`` or ``8.5``; NaN of others."""
    clock = CLOCK.fullmatch(text)
    try:
        hour = _on_clock(clock) if clock else float(text)
    except ValueError:
        return math.nan
    return hour if 0 <= hour < HOURS else math.nan


def _on_clock(clock: re.Match[str]) -> float:
    if (clock["zone"] or "").startswith("-") and not clock["iso"] and not clock["second"]:
        return math.nan  # from 08:30 to 09:30
    hour = int(clock["hour"])
    halves = [half for half in (clock["half"], clock["half_after"]) if half]
    if halves:
        if len(halves) > 1 or not 1 <= hour <= HALF_DAY:
            return math.nan
        half = halves[0].lower()
        hour = hour % HALF_DAY + (HALF_DAY if half[0] == "p" or half == "下午" else 0)
    return hour + int(clock["minute"]) / 60
