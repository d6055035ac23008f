"""Incomplete rows of the edited tables: reported to the planner, never dropped silently."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from drillsim.app.plan_table import Row, edited, name_of
from drillsim.language import say

FILLED_BY_ITSELF = {"was", "force"}
"""Cells of an empty row."""


def is_blank(row: Row) -> bool:
    """Return whether a row is empty."""
    written = (value for name, value in row.items() if name not in FILLED_BY_ITSELF)
    return not any(value.strip() if isinstance(value, str) else value not in (None, []) for value in written)


def unfinished(stations: Sequence[Row], units: Sequence[Row], lang: str) -> list[str]:
    """Return a sentence for every row that lacks a required cell; rows are counted from one."""
    return [say(f"app.{key}", lang, line=line) for key, line in _lacking(stations, units)]


def _lacking(stations: Sequence[Row], units: Sequence[Row]) -> Iterator[tuple[str, int]]:
    known = {name_of(row, "station") for row in stations} - {""}
    for line, row in enumerate(units, start=1):
        if is_blank(row):
            continue
        if not name_of(row, "unit"):
            yield "unit_without_name", line
        if name_of(row, "station") not in known:
            yield "unit_without_station", line
    for line, row in enumerate(stations, start=1):
        if is_blank(row):
            continue
        if not name_of(row, "station"):
            yield "station_without_name", line
        if not row.get("node"):
            yield "station_without_place", line


def taken(rows: Sequence[Row], change: dict[str, Any]) -> list[Row]:
    """Return *rows* with the changes of the table editor; an empty row has a station too: none."""
    return [{"station": None, **row} for row in edited(rows, change)]


def called(stations: Sequence[Row]) -> list[Row]:
    """Return stations, each with a name that its units follow: the old one while a new one is being written."""
    return [{**row, "station": name_of(row, "station") or row.get("was") or ""} for row in stations]
