"""A plan as a table, and the edited table as a plan that says only what differs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from drillsim.as_written import as_written
from drillsim.plan import PlanSpec

NUMBERS = ("count", "crew", "establishment", "vehicles")
Row = dict[str, Any]


def station_rows(plan: PlanSpec, lang: str) -> list[Row]:
    """Return one row per station: id, name, place, kind of force."""
    return [
        {
            "station": station.id,
            "title": station.title.in_(lang) if station.title else station.id,
            "node": station.node,
            "force": station.force or "national_team",
        }
        for station in plan.stations
    ]


def unit_rows(plan: PlanSpec, lang: str) -> list[Row]:
    """Return one row per entry of units; ``was`` is its short name in *plan*, whatever somebody writes over it."""
    return [
        {
            "station": station.id,
            "unit": unit.id,
            "was": unit.id,
            "title": unit.title.in_(lang) if unit.title else unit.id,
            "count": 1 if unit.count is None else unit.count,
            "crew": unit.crew or 0,
            "establishment": unit.establishment if unit.establishment is not None else unit.crew or 0,
            "vehicles": unit.vehicles or 1,
            "capabilities": list(unit.capabilities or ()),
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


def renamed(units: Sequence[Row], before: Sequence[Row], now: Sequence[Row]) -> list[Row]:
    """Return the rows of units after stations were edited: they follow a new name and go with a station."""
    follow = {str(old["station"]): new["station"] for old, new in zip(before, now, strict=False)}
    if len(now) != len(before):  # lines come and go by themselves; then no line changes its name
        there = {row["station"] for row in now}
        follow = {name: name if name in there else None for name in follow}
    moved = [{**row, "station": follow.get(str(row.get("station")), row.get("station"))} for row in units]
    return [row for row, old in zip(moved, units, strict=True) if row["station"] is not None or old["station"] is None]


def plan_data(
    base: PlanSpec, stations: Sequence[Row], units: Sequence[Row], *, plan_id: str, title: str, lang: str
) -> dict[str, Any]:
    """Return what a plan file would say: based on *base*, with every station and unit that differs.

    Nothing is checked here; :func:`drillsim.files.read_plan` says what is wrong with it.
    """
    places = [row for row in stations if _name(row, "station") or row.get("node")]
    rows = [row for row in units if _name(row, "unit")]
    said = _Said(base, lang, {_name(row, "unit") for row in rows})
    for row in places:
        said.station(row)
    for row in rows:
        said.unit(row)
    data: dict[str, Any] = {"id": plan_id, "title": title or plan_id, "based_on": base.id}
    removed = said.removed({_name(row, "station") for row in places}, {_name(row, "unit") for row in rows})
    if removed:
        data["removed"] = removed
    if said.stations or said.doubled:
        data["stations"] = [*said.stations.values(), *said.doubled]
    waves = [
        {**as_written(wave), "units": said.names_now(wave.units)}
        for wave in base.waves
        if said.names_now(wave.units) != list(wave.units)
    ]
    if waves:
        data["waves"] = waves
    return data


class _Said:
    """What the tables say that the plan before did not."""

    def __init__(self, base: PlanSpec, lang: str, named: set[str]) -> None:
        self.named = named
        self.station_before = {row["station"]: row for row in station_rows(base, lang)}
        self.before = {row["unit"]: row for row in unit_rows(base, lang)}
        self.specs = {unit.id: unit for station in base.stations for unit in station.units}
        self.stations: dict[str, Row] = {}
        self.moved: list[str] = []
        self.renamed: dict[str, str] = {}
        """By short name in the plan before, the new one."""
        self.written: set[str] = set()
        self.written_stations: set[str] = set()
        self.doubled: list[Row] = []
        """Rows of stations whose short name another row has; they are said, so that they are refused."""

    def station(self, row: Row) -> None:
        """Take in a row of stations."""
        name = _name(row, "station")
        said = _differing(row, self.station_before.get(name), ("title", "node", "force"))
        if name in self.written_stations:
            self.doubled += [{"id": name}] * (name not in self.stations) + [{"id": name, **said}]
        elif said or name not in self.station_before:
            self.stations[name] = {"id": name, **said}
        self.written_stations.add(name)

    def unit(self, row: Row) -> None:
        """Take in a row of units; one that is doubled is said.

        One that moves or has another short name takes along what no table shows.
        """
        name, station = _name(row, "unit"), _name(row, "station")
        old = self._old_name(row)
        before = self.before.get(old)
        said = _differing(row, before, ("title", *NUMBERS, "capabilities"))
        if before is None and said.get("count") == 1:
            del said["count"]
        if before is not None and (station != before["station"] or old != name) and name not in self.written:
            self.moved.append(old)
            self.renamed[old] = name
            said = {**as_written(self.specs[old]), **said}
            said.pop("id")
        doubled = name in self.written
        if said or before is None or doubled:
            place = self.stations.setdefault(station, {"id": station}).setdefault("units", [])
            place.extend([{"id": name}] * (doubled and not any(unit["id"] == name for unit in place)))
            place.append({"id": name, **said})
        self.written.add(name)

    def _old_name(self, row: Row) -> str:
        """Return the short name that a unit has in the plan before."""
        name, was = _name(row, "unit"), _name(row, "was")
        return was if name not in self.before and was not in self.named else name

    def names_now(self, units: Sequence[str]) -> list[str]:
        """Return the short names that some units have now."""
        return [self.renamed.get(name, name) for name in units]

    def removed(self, stations: set[str], units: set[str]) -> dict[str, list[str]]:
        """Return what is left out: stations and units that no row names, and units from where they moved away."""
        gone = [name for name in self.station_before if name not in stations]
        left = [
            name
            for name, row in self.before.items()
            if (name not in units or name in self.moved) and row["station"] not in gone
        ]
        return {what: names for what, names in (("stations", gone), ("units", left)) if names}


def _name(row: Row, key: str) -> str:
    return str(row.get(key) or "").strip()


def _differing(row: Row, before: Row | None, names: Sequence[str]) -> Row:
    said = {name: row[name] for name in names if row.get(name) is not None}
    if not said.get("title", "x"):
        del said["title"]
    return {name: value for name, value in said.items() if before is None or value != before[name]}
