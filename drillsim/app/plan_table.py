"""A plan as two tables, of stations and of units, and the effects of edits on their rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from drillsim.forces.teams import TEAMS
from drillsim.scenario.plan import PlanSpec, UnitSpec
from drillsim.scenario.plan_inheritance import unit_names

NUMBERS = ("count", "crew", "establishment", "vehicles")
Row = dict[str, Any]


def station_rows(plan: PlanSpec, lang: str) -> list[Row]:
    """Return one row per station: id, name, place, kind of force; ``was`` remembers the id that it came with."""
    return [
        {
            "was": station.id,
            "station": station.id,
            "title": station.title.in_(lang) if station.title else station.id,
            "node": station.node,
            "force": station.force or "national_team",
        }
        for station in plan.stations
    ]


def unit_rows(plan: PlanSpec, lang: str) -> list[Row]:
    """Return one row per entry of units; ``was`` remembers the id that it came with."""
    return [
        {
            "was": unit.id,
            "station": station.id,
            "unit": unit.id,
            "title": unit.title.in_(lang) if unit.title else unit.id,
            **_numbers(unit),
        }
        for station in plan.stations
        for unit in station.units
    ]


def _numbers(unit: UnitSpec) -> Row:
    """Return numbers and capabilities of an entry, those of its team where it says nothing."""
    team = TEAMS[unit.team] if unit.team is not None else None
    crew = unit.crew if unit.crew is not None else team.people if team else 0
    able = unit.capabilities if unit.capabilities is not None else team.capabilities if team else ()
    return {
        "count": max(1, len(unit_names(unit))) if unit.count is None else unit.count,
        "crew": crew,
        "establishment": unit.establishment if unit.establishment is not None else team.people if team else crew,
        "vehicles": unit.vehicles or (team.vehicles if team else 1),
        "capabilities": list(able),
    }


def edited(rows: Sequence[Row], change: Mapping[str, Any]) -> list[Row]:
    """Return *rows* with the changes of the table editor: rows edited, added, deleted."""
    new = [dict(row) for row in rows]
    for number, cells in change.get("edited_rows", {}).items():
        new[int(number)].update(cells)
    gone = {int(number) for number in change.get("deleted_rows", ())}
    kept = [row for number, row in enumerate(new) if number not in gone]
    return kept + [dict(row) for row in change.get("added_rows", ())]


def retitled(rows: Sequence[Row], before: Sequence[Row], now: Sequence[Row]) -> list[Row]:
    """Return *rows* with names in another language, except those that were edited."""
    key = "unit" if rows and "unit" in rows[0] else "station"
    old = {row[key]: row["title"] for row in before}
    new = {row[key]: row["title"] for row in now}
    return [
        {**row, "title": new[row["was"]]} if row.get("title") == old.get(row.get("was"), object()) else dict(row)
        for row in rows
    ]


def renamed(units: Sequence[Row], before: Sequence[Row], now: Sequence[Row]) -> list[Row]:
    """Return the rows of units after stations were edited: they follow a new name and go with a station."""
    follow = {str(old["station"]): new["station"] for old, new in zip(before, now, strict=False)}
    if len(now) != len(before):  # lines come and go by themselves; then no line changes its name
        there = {row["station"] for row in now}
        follow = {name: name if name in there else None for name in follow}
    moved = [{**row, "station": follow.get(str(row.get("station")), row.get("station"))} for row in units]
    return [row for row, old in zip(moved, units, strict=True) if row["station"] is not None or old["station"] is None]


def name_of(row: Row, key: str) -> str:
    """Return the short name in a row, or nothing."""
    return str(row.get(key) or "").strip()
