"""The edited tables of a plan as a plan file: based on another plan, it says only what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from drillsim.app.plan_table import NUMBERS, Row, station_rows, unit_rows
from drillsim.as_written import as_written
from drillsim.plan import PlanSpec, Removed, StationSpec, UnitSpec
from drillsim.resolve import unit_names, waves_left

STATION_COLUMNS: Final = ("title", "node", "force")
UNIT_COLUMNS: Final = ("title", *NUMBERS, "capabilities")
BY_TABLES: Final = {"id", "title", "based_on", "stations", "waves", "removed"}
"""What of a plan the tables say anew."""


def plan_data(
    base: PlanSpec | None,
    stations: Sequence[Row],
    units: Sequence[Row],
    *,
    shown: PlanSpec,
    plan_id: str,
    title: str,
    lang: str,
    written: PlanSpec | None = None,
) -> dict[str, Any]:
    """Return what a plan file would say.

    A line is what its ``was`` says, under any short name: it keeps what no table shows, and its place in waves. A line
    without ``was`` is new, even where another had its short name. Nothing is checked here;
    :func:`drillsim.files.read_plan` says what is wrong.

    Parameters
    ----------
    base
        The complete plan that it is based on; None to say everything.
    shown
        The complete plan that the tables began with.
    written
        The same as it was written, if it is edited in place: what no table shows stays in it.
    """
    before = base or PlanSpec(id=shown.id)
    places = [row for row in stations if _name(row, "station") or row.get("node")]
    rows = [row for row in units if _name(row, "unit")]
    wholes = _Wholes.of(before, shown, lang)
    said = _said(wholes, places, rows)
    unseen = as_written(written) if written else {}
    removed = {what: unseen.get("removed", {}).get(what) for what in ("staging_areas", "recon")}
    removed |= said.removed(before)
    waves, removed["waves"] = _waves(before, shown, rows, said)
    return {
        "id": plan_id,
        "title": title or plan_id,
        **({} if base is None else {"based_on": base.id}),
        **{name: value for name, value in unseen.items() if name not in BY_TABLES},
        **_filled({"removed": _filled(removed), "stations": said.stations, "waves": waves}),
    }


class _Wholes:
    """Stations or units as the plan beneath says them, and as the tables began."""

    def __init__(
        self, key: str, columns: Sequence[str], specs: Sequence[Mapping[str, Any]], rows: Sequence[Sequence[Row]]
    ) -> None:
        self.key = key
        self.columns = columns
        self.before, self.shown = specs
        self.rows_before, self.rows_shown = ({row[key]: row for row in some} for some in rows)

    @staticmethod
    def of(before: PlanSpec, shown: PlanSpec, lang: str) -> tuple[_Wholes, _Wholes]:
        """Return those of stations, and those of units."""
        plans = (before, shown)
        old, new = ({station.id: station for station in plan.stations} for plan in plans)
        old_units, new_units = ({u.id: u for station in plan.stations for u in station.units} for plan in plans)
        return (
            _Wholes("station", STATION_COLUMNS, (old, new), [station_rows(plan, lang) for plan in plans]),
            _Wholes("unit", UNIT_COLUMNS, (old_units, new_units), [unit_rows(plan, lang) for plan in plans]),
        )

    def is_kept(self, row: Row) -> bool:
        """Return whether a row is the one of that name in the plan beneath, but for what the table shows."""
        name = _name(row, self.key)
        if row.get("was") != name or name not in self.before:
            return False
        return self._unseen(self.before[name]) == self._unseen(self.shown[name])

    def _unseen(self, spec: StationSpec | UnitSpec) -> Row:
        return {name: value for name, value in _written(spec).items() if name not in self.columns}

    def differing(self, row: Row) -> Row:
        """Return what a row that is kept says otherwise."""
        return _differing(row, self.rows_before[_name(row, self.key)], self.columns)

    def whole(self, row: Row) -> Row:
        """Return all that a row is."""
        was = str(row.get("was") or "")
        if was in self.shown:
            return _written(self.shown[was]) | _differing(row, self.rows_shown[was], self.columns)
        said = _differing(row, None, self.columns)
        return {name: value for name, value in said.items() if (name, value) != ("count", 1)}


class _Changes:
    """What the plan says of stations and units, and which of the plan beneath it leaves as they are."""

    def __init__(self) -> None:
        self.stations: list[Row] = []
        self.kept_stations: set[str] = set()
        self.kept_units: set[str] = set()
        self.written: set[str] = set()
        """Units that the plan says, whole or what differs."""
        self._by_name: dict[str, Row] = {}

    def say_station(self, name: str, said: Row) -> None:
        """Write a station; one whose short name is taken is written too, and so refused."""
        self.stations.append({"id": name, **said})
        self._by_name.setdefault(name, self.stations[-1])

    def say_unit(self, name: str, station: str, said: Row) -> None:
        """Write a unit at a station."""
        if station not in self._by_name:
            self.say_station(station, {})
        self._by_name[station].setdefault("units", []).append({"id": name, **said})
        self.written.add(name)

    def removed(self, before: PlanSpec) -> dict[str, list[str]]:
        """Return what is not kept: it is gone, or written whole."""
        return {
            "stations": [s.id for s in before.stations if s.id not in self.kept_stations],
            "units": [
                unit.id
                for station in before.stations
                if station.id in self.kept_stations
                for unit in station.units
                if unit.id not in self.kept_units
            ],
        }


def _said(wholes: tuple[_Wholes, _Wholes], places: Sequence[Row], rows: Sequence[Row]) -> _Changes:
    of_stations, of_units = wholes
    changes = _Changes()
    times = Counter(_name(row, "station") for row in places)
    for row in places:
        name = _name(row, "station")
        if times[name] == 1 and of_stations.is_kept(row):
            changes.kept_stations.add(name)
            if said := of_stations.differing(row):
                changes.say_station(name, said)
        else:
            changes.say_station(name, of_stations.whole(row))
    times = Counter(_name(row, "unit") for row in rows)
    for row in rows:
        name, station = _name(row, "unit"), _name(row, "station")
        stays = station in changes.kept_stations and of_units.rows_before.get(name, {}).get("station") == station
        if times[name] == 1 and stays and of_units.is_kept(row):
            changes.kept_units.add(name)
            if said := of_units.differing(row):
                changes.say_unit(name, station, said)
        else:
            changes.say_unit(name, station, of_units.whole(row))
    return changes


def _filled(lists: Mapping[str, Any]) -> Row:
    return {name: value for name, value in lists.items() if value}


def _waves(before: PlanSpec, shown: PlanSpec, rows: Sequence[Row], said: _Changes) -> tuple[list[Row], list[str]]:
    """Return the waves that are not what follows from what is removed, and those that are left without units."""
    follow: dict[str, str | None] = {}
    now = {row["was"]: row for row in rows if row.get("was")}
    for unit in (unit for station in shown.stations for unit in station.units):
        follow.update(_followed(unit, now.get(unit.id)))
    wanted = {}
    for wave in shown.waves:
        units = [name for old in wave.units if (name := follow.get(old, old)) is not None]
        if units:
            wanted[wave.id] = {**as_written(wave), "units": units}
    gone = Removed.model_validate(said.removed(before))
    left = {wave.id: as_written(wave) for wave in waves_left(before, gone, said.written)}
    said_otherwise = [wave for name, wave in wanted.items() if wave != left.get(name)]
    return said_otherwise, [name for name in left if name not in wanted]


def _followed(unit: UnitSpec, row: Row | None) -> Iterator[tuple[str, str | None]]:
    """Yield what an entry and its single units are called now; None for those that are gone."""
    name = None if row is None else _name(row, "unit")
    yield unit.id, name
    count = 0 if row is None else int(row.get("count") or 1)
    singles = unit_names(unit)
    if singles != (unit.id,):
        yield from ((single, f"{name}-{n}" if n <= count else None) for n, single in enumerate(singles, start=1))


def _name(row: Row, key: str) -> str:
    return str(row.get(key) or "").strip()


def _written(spec: StationSpec | UnitSpec) -> Row:
    return {name: value for name, value in as_written(spec).items() if name not in {"id", "units"}}


def _differing(row: Row, before: Row | None, names: Sequence[str]) -> Row:
    said = {name: row[name] for name in names if row.get(name) is not None}
    if not said.get("title", "x"):
        del said["title"]
    return {name: value for name, value in said.items() if before is None or value != before[name]}
