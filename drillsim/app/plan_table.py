"""A plan as a table, and the edited table as a plan that says only what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from drillsim.as_written import as_written
from drillsim.plan import PlanSpec, UnitSpec
from drillsim.resolve import unit_names
from drillsim.teams import TEAMS

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


def plan_data(
    base: PlanSpec,
    stations: Sequence[Row],
    units: Sequence[Row],
    *,
    plan_id: str,
    title: str,
    lang: str,
    shown: PlanSpec | None = None,
) -> dict[str, Any]:
    """Return what a plan file would say: based on *base*, with every station and unit that differs.

    *shown* is the plan that the tables began with, if it is not *base*. A line keeps what no table shows, and its place
    in waves, under a new short name. Nothing is checked here; :func:`drillsim.files.read_plan` says what is wrong.
    """
    places = [row for row in stations if _name(row, "station") or row.get("node")]
    rows = [row for row in units if _name(row, "unit")]
    said = _Said(base, shown or base, lang)
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
    waves = list(changed_waves(base, shown or base, rows, removed, said.written_anew))
    if waves:
        data["waves"] = waves
    return data


class _Said:
    """What the tables say that the plan before did not."""

    def __init__(self, base: PlanSpec, shown: PlanSpec, lang: str) -> None:
        self.station_before = {row["station"]: row for row in station_rows(base, lang)}
        self.before = {row["unit"]: row for row in unit_rows(base, lang)}
        self.shown_stations = {row["station"]: row for row in station_rows(shown, lang)}
        self.shown_units = {row["unit"]: row for row in unit_rows(shown, lang)}
        self.station_specs = {station.id: station for station in shown.stations}
        self.specs = {unit.id: unit for station in shown.stations for unit in station.units}
        self.stations: dict[str, Row] = {}
        self.moved: list[str] = []
        self.renamed: set[str] = set()
        """Short names that stations or units had and that others may have taken."""
        self.written: set[str] = set()
        self.written_stations: set[str] = set()
        self.doubled: list[Row] = []
        """Rows of stations whose short name another row has; they are said, so that they are refused."""

    @property
    def written_anew(self) -> set[str]:
        """Units that the plan writes, whole or what differs."""
        return {unit["id"] for station in self.stations.values() for unit in station.get("units", ())}

    def station(self, row: Row) -> None:
        """Take in a row of stations; one with a new short name takes along what no table shows."""
        name, was = _name(row, "station"), row.get("was") or _name(row, "station")
        before = self.station_before.get(name) if name == was else None
        said = _differing(row, before, ("title", "node", "force"))
        if before is None and was in self.station_specs:
            whole = as_written(self.station_specs[was])
            changed = _differing(row, self.shown_stations[was], ("title", "node", "force"))
            said = {key: value for key, value in {**whole, **changed}.items() if key not in {"id", "units"}}
            self.renamed.add(was)
        if name in self.written_stations:
            self.doubled += [{"id": name}] * (name not in self.stations) + [{"id": name, **said}]
        elif said or name not in self.station_before:
            self.stations[name] = {"id": name, **said}
        self.written_stations.add(name)

    def unit(self, row: Row) -> None:
        """Take in a row of units.

        One that moves or gets another short name takes along what no table shows; one that is doubled is said.
        """
        name, station, doubled = _name(row, "unit"), _name(row, "station"), _name(row, "unit") in self.written
        was = row.get("was") or name
        before = self.before.get(name) if name == was else None
        columns = ("title", *NUMBERS, "capabilities")
        said = _differing(row, before, columns)
        if before is None and said.get("count") == 1:
            del said["count"]
        moves = before is not None and station != before["station"]
        if (moves or before is None) and was in self.specs and not doubled:
            self.moved += [name] * moves
            self.renamed |= {was} - {name}
            said = {**as_written(self.specs[was]), **_differing(row, self.shown_units[was], columns)}
            said.pop("id")
        if said or before is None or doubled:
            place = self.stations.setdefault(station, {"id": station}).setdefault("units", [])
            place.extend([{"id": name}] * (doubled and not any(unit["id"] == name for unit in place)))
            place.append({"id": name, **said})
        self.written.add(name)

    def removed(self, stations: set[str], units: set[str]) -> dict[str, list[str]]:
        """Return what is left out: stations and units that no row names, and units from where they moved away."""
        gone = [name for name in self.station_before if name not in stations or name in self.renamed]
        left = [
            name
            for name, row in self.before.items()
            if (name not in units or name in self.moved or name in self.renamed) and row["station"] not in gone
        ]
        return {what: names for what, names in (("stations", gone), ("units", left)) if names}


def changed_waves(
    base: PlanSpec, shown: PlanSpec, rows: Sequence[Row], removed: Mapping[str, Sequence[str]], written: set[str]
) -> Iterator[Row]:
    """Yield the waves whose units are called otherwise now; what is only left out follows from *removed*."""
    names = {str(row["was"]): _name(row, "unit") for row in rows if row.get("was")}
    follow: dict[str, str | None] = {}
    for unit in (unit for station in shown.stations for unit in station.units):
        now = names.get(unit.id)
        singles = (name.removeprefix(unit.id) for name in (unit.id, *unit_names(unit)))
        follow.update({unit.id + single: None if now is None else now + single for single in singles})
    lost = {u.id for s in base.stations if s.id in removed.get("stations", ()) for u in s.units}
    lost = (lost | set(removed.get("units", ()))) - written
    known = {wave.id: [name for name in wave.units if name not in lost] for wave in base.waves}
    for wave in shown.waves:
        units = [now for name in wave.units if (now := follow.get(name, name)) is not None]
        if units and units != known.get(wave.id):
            yield {**as_written(wave), "units": units}


def _name(row: Row, key: str) -> str:
    return str(row.get(key) or "").strip()


def _differing(row: Row, before: Row | None, names: Sequence[str]) -> Row:
    said = {name: row[name] for name in names if row.get(name) is not None}
    if not said.get("title", "x"):
        del said["title"]
    return {name: value for name, value in said.items() if before is None or value != before[name]}
