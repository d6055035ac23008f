"""A plan as a table, and the edited table as a plan that says only what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from drillsim.plan import PlanSpec

NUMBERS = ("count", "crew", "establishment", "vehicles")
Row = dict[str, Any]


def station_rows(plan: PlanSpec, lang: str) -> list[Row]:
    """Return one row per station: id, name, place."""
    return [{"station": s.id, "title": s.title.in_(lang) if s.title else s.id, "node": s.node} for s in plan.stations]


def unit_rows(plan: PlanSpec, lang: str) -> list[Row]:
    """Return one row per entry of units."""
    return [
        {
            "station": station.id,
            "unit": unit.id,
            "title": unit.title.in_(lang) if unit.title else unit.id,
            "count": 1 if unit.count is None else unit.count,
            "crew": unit.crew or 0,
            "establishment": unit.establishment if unit.establishment is not None else unit.crew or 0,
            "vehicles": unit.vehicles or 1,
            "capabilities": ", ".join(unit.capabilities or ()),
        }
        for station in plan.stations
        for unit in station.units
    ]


def edited(rows: Sequence[Row], change: Mapping[str, Any]) -> list[Row]:
    """Return *rows* with what the table editor says: rows edited, added, deleted."""
    new = [dict(row) for row in rows]
    for number, cells in change.get("edited_rows", {}).items():
        new[int(number)].update(cells)
    gone = {int(number) for number in change.get("deleted_rows", ())}
    kept = [row for number, row in enumerate(new) if number not in gone]
    return kept + [dict(row) for row in change.get("added_rows", ())]


def retitled(rows: Sequence[Row], before: Sequence[Row], now: Sequence[Row]) -> list[Row]:
    """Return *rows* with names in another language, but for those that somebody has changed."""
    key = "unit" if rows and "unit" in rows[0] else "station"
    old = {row[key]: row["title"] for row in before}
    new = {row[key]: row["title"] for row in now}
    return [
        {**row, "title": new[row[key]]} if row.get("title") == old.get(row.get(key), object()) else dict(row)
        for row in rows
    ]


def plan_data(
    base: PlanSpec, stations: Sequence[Row], units: Sequence[Row], *, plan_id: str, title: str, lang: str
) -> dict[str, Any]:
    """Return what a plan file would say: based on *base*, with every station and unit that differs.

    Nothing is checked here; :func:`drillsim.files.read_plan` says what is wrong with it.
    """
    rows = [row for row in units if str(row.get("unit") or "").strip()]
    before = {row["unit"]: row for row in unit_rows(base, lang)}
    now = {str(row["unit"]).strip() for row in rows}
    places = {row["station"]: row["node"] for row in station_rows(base, lang)}
    changed: dict[str, Row] = {}
    for row in stations:
        if row["node"] != places.get(row["station"]):
            changed.setdefault(row["station"], {"id": row["station"]})["node"] = row["node"]
    for row in rows:
        said = _unit(row, before.get(str(row["unit"]).strip()))
        if said:
            station = str(row.get("station") or "")
            changed.setdefault(station, {"id": station}).setdefault("units", []).append(said)
    data: dict[str, Any] = {"id": plan_id, "title": title or plan_id, "based_on": base.id}
    gone = [name for name in before if name not in now]
    if gone:
        data["removed"] = {"units": gone}
    if changed:
        data["stations"] = list(changed.values())
    return data


def _unit(row: Row, before: Row | None) -> Row:
    """Return what a row says that the plan before did not; nothing if it says the same."""
    said: Row = {name: row[name] for name in NUMBERS if row.get(name) is not None and _differs(row, before, name)}
    if said.get("count") == 1 and before is None:
        del said["count"]
    if row.get("capabilities") is not None and _differs(row, before, "capabilities"):
        said["capabilities"] = [c.strip() for c in str(row["capabilities"]).split(",") if c.strip()]
    if row.get("title") and _differs(row, before, "title"):
        said["title"] = row["title"]
    return {"id": str(row["unit"]).strip(), **said} if said or before is None else {}


def _differs(row: Row, before: Row | None, name: str) -> bool:
    return before is None or row.get(name) != before[name]
