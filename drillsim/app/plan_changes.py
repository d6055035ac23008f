"""The edited tables of a plan as a plan file: based on another plan, it says only what differs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from drillsim.app.plan_table import NUMBERS, Row, name_of, station_rows, unit_rows
from drillsim.app.plan_waves import changed_waves
from drillsim.forces.teams import TEAMS
from drillsim.scenario.dump import to_yaml_data
from drillsim.scenario.plan import PlanSpec, Removed, StationSpec, UnitSpec

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
    :func:`drillsim.scenario.files.read_plan` says what is wrong.

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
    places = [row for row in stations if name_of(row, "station") or row.get("node")]
    rows = [row for row in units if name_of(row, "unit")]
    wholes = _Wholes.of(before, shown, lang)
    stated = _changes_of(wholes, places, rows)
    unseen = to_yaml_data(written) if written else {}
    removed = {what: unseen.get("removed", {}).get(what) for what in ("staging_areas", "recon")}
    removed |= stated.removed(before)
    waves, removed["waves"] = changed_waves(before, shown, rows, Removed(**stated.removed(before)), stated.written)
    return {
        "id": plan_id,
        "title": _title(title or plan_id, written, lang),
        **({} if base is None else {"based_on": base.id}),
        **{name: value for name, value in unseen.items() if name not in BY_TABLES},
        **_filled({"removed": _filled(removed), "stations": stated.stations, "waves": waves}),
    }


def _title(title: str, written: PlanSpec | None, lang: str) -> object:
    """Return the title as it was written in both languages, if nobody has changed it."""
    if written is None or written.title is None or written.title.in_(lang) != title:
        return title
    return to_yaml_data(written.title)


class _Wholes:
    """Stations or units as the plan beneath says them, and as the tables began."""

    def __init__(
        self, key: str, columns: Sequence[str], before: Mapping[str, Any], shown: Mapping[str, Any], rows: Sequence[Row]
    ) -> None:
        self.key = key
        self.columns = columns
        self.before = before
        self.shown = shown
        self.rows = {row[key]: row for row in rows}

    @staticmethod
    def of(before: PlanSpec, shown: PlanSpec, lang: str) -> tuple[_Wholes, _Wholes]:
        """Return those of stations, and those of units."""
        old, new = ({station.id: station for station in plan.stations} for plan in (before, shown))
        old_units, new_units = (
            {unit.id: unit for station in plan.stations for unit in station.units} for plan in (before, shown)
        )
        return (
            _Wholes("station", STATION_COLUMNS, old, new, station_rows(shown, lang)),
            _Wholes("unit", UNIT_COLUMNS, old_units, new_units, unit_rows(shown, lang)),
        )

    def is_kept(self, row: Row) -> bool:
        """Return whether a row is the one of that name in the plan beneath, but for what the table shows."""
        name = name_of(row, self.key)
        if row.get("was") != name or name not in self.before:
            return False
        return self._unseen(self.before[name]) == self._unseen(self.shown[name])

    def _unseen(self, spec: StationSpec | UnitSpec) -> Row:
        return {name: value for name, value in _written(spec).items() if name not in self.columns}

    def differing(self, row: Row) -> Row:
        """Return what a row that is kept says otherwise than the plan beneath."""
        before = _written(self.before[name_of(row, self.key)])
        return {name: value for name, value in self.whole(row).items() if value != before.get(name)}

    def whole(self, row: Row) -> Row:
        """Return all that a row is; what was said of it stays as it was said unless the cell is another now."""
        was = str(row.get("was") or "")
        if was not in self.shown:
            stated = _differing(row, {}, self.columns)
            return {name: value for name, value in stated.items() if (name, value) != ("count", 1)}
        stated = _written(self.shown[was]) | _differing(row, self.rows[was], self.columns)
        people = row.get("establishment")
        if people is not None and "establishment" not in stated and people != _people(stated, row):
            stated["establishment"] = people  # it no longer follows from what is said
        return stated


def _people(stated: Row, row: Row) -> object:
    """Return the establishment of a unit of which none is said."""
    return TEAMS[stated["team"]].people if stated.get("team") else stated.get("crew", row.get("crew"))


class _Changes:
    """What the plan says of stations and units, and which of the plan beneath it leaves as they are."""

    def __init__(self) -> None:
        self.stations: list[Row] = []
        self.kept_stations: set[str] = set()
        self.kept_units: set[str] = set()
        self.written: set[str] = set()
        """Units that the plan says, whole or what differs."""
        self._by_name: dict[str, Row] = {}

    def add_station(self, name: str, stated: Row) -> None:
        """Write a station; one whose short name is taken is written too, and so refused."""
        self.stations.append({"id": name, **stated})
        self._by_name.setdefault(name, self.stations[-1])

    def add_unit(self, name: str, station: str, stated: Row) -> None:
        """Write a unit at a station."""
        if station not in self._by_name:
            self.add_station(station, {})
        self._by_name[station].setdefault("units", []).append({"id": name, **stated})
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


def _changes_of(wholes: tuple[_Wholes, _Wholes], places: Sequence[Row], rows: Sequence[Row]) -> _Changes:
    of_stations, of_units = wholes
    changes = _Changes()
    times = Counter(name_of(row, "station") for row in places)
    for row in places:
        name = name_of(row, "station")
        if times[name] == 1 and of_stations.is_kept(row):
            changes.kept_stations.add(name)
            if stated := of_stations.differing(row):
                changes.add_station(name, stated)
        else:
            changes.add_station(name, of_stations.whole(row))
    homes = {unit.id: name for name, spec in of_stations.before.items() for unit in spec.units}
    times = Counter(name_of(row, "unit") for row in rows)
    for row in rows:
        name, station = name_of(row, "unit"), name_of(row, "station")
        stays = station in changes.kept_stations and homes.get(name) == station
        if times[name] == 1 and stays and of_units.is_kept(row):
            changes.kept_units.add(name)
            if stated := of_units.differing(row):
                changes.add_unit(name, station, stated)
        else:
            changes.add_unit(name, station, of_units.whole(row))
    return changes


def _filled(lists: Mapping[str, Any]) -> Row:
    return {name: value for name, value in lists.items() if value}


def _written(spec: StationSpec | UnitSpec) -> Row:
    return {name: value for name, value in to_yaml_data(spec).items() if name not in {"id", "units"}}


def _differing(row: Row, before: Row, names: Sequence[str]) -> Row:
    stated = {name: row[name] for name in names if row.get(name) is not None and row[name] != before.get(name)}
    return {name: value for name, value in stated.items() if (name, value) != ("title", "")}
