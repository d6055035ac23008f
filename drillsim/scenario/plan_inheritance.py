"""Resolves a plan that is based on another into a complete plan: inherited, overridden and removed parts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeVar

from drillsim.base.errors import Problem, ScenarioError, guess
from drillsim.base.quantities import Text
from drillsim.dispatch.nearest import Nearest
from drillsim.forces.teams import TEAMS
from drillsim.scenario.plan import (
    Plan,
    PlanSpec,
    Recon,
    Removed,
    StagingArea,
    Station,
    StationSpec,
    Unit,
    UnitSpec,
    Wave,
)
from drillsim.scenario.response_times import RESPONSE_TIMES

Named = TypeVar("Named", StationSpec, UnitSpec, StagingArea, Wave, Recon)
_LISTS = ("stations", "staging_areas", "waves", "recon")


def resolve(specs: Iterable[PlanSpec], plan_id: str, response_times: str | None = None) -> Plan:
    """Return the complete plan *plan_id*, with what it leaves out taken from response times of a name if given.

    Raises
    ------
    ScenarioError
        With every problem that only shows once the plan is complete; paths start at the plan.
    """
    by_id = {spec.id: spec for spec in specs}
    merged = merged_spec(by_id.values(), plan_id)
    problems = list(_problems(merged, by_id[plan_id]))
    if problems:
        raise ScenarioError(problems)
    return _complete(merged, response_times)


def merged_spec(specs: Iterable[PlanSpec], plan_id: str) -> PlanSpec:
    """Return the plan *plan_id* with everything that it inherits written out.

    Raises
    ------
    ScenarioError
        If it is based on itself.
    """
    lineage = _lineage({spec.id: spec for spec in specs}, plan_id)
    merged = lineage[0]
    for spec in lineage[1:]:
        merged = _merge(merged, spec)
    return merged


def _lineage(by_id: Mapping[str, PlanSpec], plan_id: str) -> list[PlanSpec]:
    """Return the plan and its ancestors, the root first."""
    lineage = [by_id[plan_id]]
    while (base := lineage[0].based_on) is not None:
        if base in {spec.id for spec in lineage}:
            raise ScenarioError([Problem("plan_circle", "based_on", values={"plan": plan_id})])
        lineage.insert(0, by_id[base])
    return lineage


def _merge(base: PlanSpec, spec: PlanSpec) -> PlanSpec:
    """Return *base* overridden by *spec*; lists are merged by id."""
    gone = spec.removed
    changes: dict[str, Any] = {name: getattr(spec, name) for name in spec.model_fields_set if name not in _LISTS}
    changes["title"], changes["description"] = spec.title, spec.description
    kept = tuple(
        station.with_valid({"units": tuple(u for u in station.units if u.id not in gone.units)})
        for station in base.stations
        if station.id not in gone.stations
    )
    changes["stations"] = _merge_named(kept, spec.stations)
    areas = tuple(area for area in base.staging_areas if area.id not in gone.staging_areas)
    changes["staging_areas"] = _merge_named(areas, spec.staging_areas)
    waves = waves_left(base, gone, {u.id for s in spec.stations for u in s.units})
    changes["waves"] = _merge_named(waves, spec.waves)
    recon = tuple(one for one in base.recon if one.id not in gone.recon)
    changes["recon"] = _merge_named(recon, spec.recon)
    if spec.forces is not None:
        changes["forces"] = {**(base.forces or {}), **spec.forces}
    return base.with_valid(changes)


def waves_left(base: PlanSpec, gone: Removed, written: Collection[str]) -> tuple[Wave, ...]:
    """Return the waves of *base* without removed units, named by the id of their entry or one by one.

    A unit that is removed from one station and *written* at another moves, and stays in its wave.
    """
    entries = (u for s in base.stations for u in s.units if s.id in gone.stations or u.id in gone.units)
    lost = {name for unit in entries if unit.id not in written for name in (unit.id, *unit_names(unit))}
    waves = (_without(wave, lost.difference(written)) for wave in base.waves if wave.id not in gone.waves)
    return tuple(wave for wave in waves if wave.units)


def _without(wave: Wave, units: set[str]) -> Wave:
    left = tuple(unit for unit in wave.units if unit not in units)
    return wave if left == wave.units else wave.with_valid({"units": left})


def _merge_named(base: tuple[Named, ...], changes: tuple[Named, ...]) -> tuple[Named, ...]:
    merged = {item.id: item for item in base}
    for change in changes:
        old = merged.get(change.id)
        merged[change.id] = change if old is None else _changed(old, change)
    return tuple(merged.values())


def _changed(old: Named, change: Named) -> Named:
    update = {name: getattr(change, name) for name in change.model_fields_set}
    if isinstance(old, StationSpec):
        update["units"] = _merge_named(old.units, update.get("units", ()))
    merged = old.with_valid(update)
    if isinstance(change, (Wave, Recon)):
        return _set_off_by(merged, change)
    return merged


def _set_off_by(merged: Named, change: Wave | Recon) -> Named:
    """Return a wave or reconnaissance with the trigger of *change* alone."""
    triggers = {"on_incident", "at_s"}
    others = (merged.model_fields_set & triggers) - change.model_fields_set
    copy = merged.with_valid(dict.fromkeys(others))
    copy.model_fields_set.difference_update(others)
    return copy


def _problems(merged: PlanSpec, spec: PlanSpec) -> Iterator[Problem]:
    """Yield the problems of the complete plan; *spec* is the plan as written, which gives the paths."""
    paths, written = _paths(spec.stations, "stations"), {station.id: station.units for station in spec.stations}
    for station in merged.stations:
        at = paths.get(station.id, "stations")
        if station.node is None:
            yield Problem("station_without_node", at, values={"id": station.id})
        own = written.get(station.id, ())
        units = _paths(own, "units")
        for unit in station.units:
            where = f"{at}.{units.get(unit.id, 'units')}" if own else at
            for name in ("capabilities", "crew"):
                if getattr(unit, name) is None and unit.team is None:
                    yield Problem("unit_without", where, values={"id": unit.id, "field": name})
    yield from _duplicates(merged, spec)
    yield from _wave_problems(merged, spec)


def _duplicates(merged: PlanSpec, spec: PlanSpec) -> Iterator[Problem]:
    entries = [unit for station in merged.stations for unit in station.units]
    names = [name for unit in entries for name in dict.fromkeys((unit.id, *unit_names(unit)))]  # a wave may name either
    written = [unit.id for station in spec.stations for unit in station.units]  # of two alike, merging keeps one
    lists = (
        ("stations", [s.id for s in spec.stations]),
        ("staging_areas", [s.id for s in spec.staging_areas]),
        ("waves", [w.id for w in spec.waves]),
        ("recon", [r.id for r in spec.recon]),
        ("stations", names),
        ("stations", written),
    )
    twice = [(what, name) for what, ids in lists for name, n in Counter(ids).items() if n > 1]
    for what, name in dict.fromkeys(twice):
        yield Problem("duplicate_id", _last_of(spec, what, name), values={"name": name})
    shared = {s.id for s in merged.stations} & {s.id for s in merged.staging_areas}
    for name in sorted(shared):
        yield Problem("duplicate_id", "staging_areas", values={"name": name})


def _last_of(spec: PlanSpec, what: str, name: str) -> str:
    """Return the path of the last part of a plan that has a *name*; of the whole list if none is written there."""
    paths = [f"{what}.{i}" for i, item in enumerate(getattr(spec, what)) if item.id == name]
    if what == "stations":
        paths += [
            f"stations.{i}.units.{j}"
            for i, station in enumerate(spec.stations)
            for j, unit in enumerate(station.units)
            if name in (unit.id, *unit_names(unit))
        ]
    return paths[-1] if paths else what


def _wave_problems(merged: PlanSpec, spec: PlanSpec) -> Iterator[Problem]:
    names = {unit.id: unit_names(unit) for station in merged.stations for unit in station.units}
    single = {name for many in names.values() for name in many}
    areas = {area.id for area in merged.staging_areas}
    taken: dict[str, str] = {}
    paths = _paths(spec.waves, "waves")
    for wave in merged.waves:
        at = paths.get(wave.id, "waves")
        for name in wave.units:
            if name not in names and name not in single:
                yield _unknown("unit", name, {*names, *single}, f"{at}.units")
            for unit in names.get(name, (name,)):
                if unit in taken:
                    yield Problem("unit_in_two_waves", f"{at}.units", values={"unit": unit, "wave": taken[unit]})
                taken[unit] = wave.id
        for field in ("assembly", "destination"):
            area = getattr(wave, field)
            if area is not None and area not in areas:
                yield _unknown("staging_area", area, areas, f"{at}.{field}")


def _unknown(what: str, name: str, known: set[str], path: str) -> Problem:
    hint = guess(name, known)
    values = {"what": what, "name": name, "guess": hint, "known": ", ".join(sorted(known)[:12]) or "-"}
    return Problem("unknown_name_guess" if hint else "unknown_name", path, values=values)


def _paths(own: Sequence[StationSpec | UnitSpec | Wave], what: str) -> dict[str, str]:
    """Return the path of each item of the plan as written, by its id; the first of two alike."""
    return {item.id: f"{what}.{i}" for i, item in reversed(list(enumerate(own)))}


def unit_names(unit: UnitSpec) -> tuple[str, ...]:
    """Return the id of each unit of an entry.

    Examples
    --------
    >>> unit_names(UnitSpec(id="engine", count=2)), unit_names(UnitSpec(id="engine"))
    (('engine-1', 'engine-2'), ('engine',))
    """
    count = unit.count
    if count is None and unit.team is not None and TEAMS[unit.team].squads > 1:
        count = TEAMS[unit.team].squads
    if count is None:
        return (unit.id,)
    return tuple(f"{unit.id}-{n}" for n in range(1, count + 1))


def _complete(merged: PlanSpec, response_times: str | None) -> Plan:
    given = ("alarm_handling", "forces", "night", "speeds", "march", "acclimatisation", "description")
    optional = {name: value for name in given if (value := getattr(merged, name)) is not None}
    if response_times is not None:
        optional = RESPONSE_TIMES[response_times].for_plan(optional)
    names = {unit.id: unit_names(unit) for station in merged.stations for unit in station.units}
    return Plan(
        id=merged.id,
        title=merged.title or Text(en=merged.id, zh=merged.id),
        stations=tuple(_station(station) for station in merged.stations),
        units=tuple(u for station in merged.stations for spec in station.units for u in _units(station, spec)),
        staging_areas=merged.staging_areas,
        recon=merged.recon,
        waves=tuple(
            wave.with_valid({"units": tuple(u for name in wave.units for u in names.get(name, (name,)))})
            for wave in merged.waves
        ),
        dispatch=merged.dispatch if merged.dispatch is not None else Nearest(),
        **optional,
    )


def _station(spec: StationSpec) -> Station:
    return Station(
        id=spec.id,
        title=spec.title or Text(en=spec.id, zh=spec.id),
        node=str(spec.node),
        force=spec.force or "national_team",
        district=spec.district,
    )


def _units(station: StationSpec, spec: UnitSpec) -> Iterator[Unit]:
    names = unit_names(spec)
    title = spec.title or Text(en=spec.id, zh=spec.id)
    team = TEAMS[spec.team] if spec.team is not None else None
    crew = spec.crew if spec.crew is not None else team.people if team else 0
    for n, name in enumerate(names, start=1):
        yield Unit(
            id=name,
            title=_numbered(title, n) if len(names) > 1 else title,
            station=station.id,
            node=str(station.node),
            district=station.district,
            force=station.force or "national_team",
            capabilities=spec.capabilities if spec.capabilities is not None else team.capabilities if team else (),
            crew=crew,
            establishment=spec.establishment if spec.establishment is not None else team.people if team else crew,
            vehicles=spec.vehicles or (team.vehicles if team else 1),
            by_wave_only=bool(spec.by_wave_only),
            turnout=spec.turnout,
            carries=spec.carries or {},
            protection=spec.protection,
            team=spec.team,
            self_sufficient_s=spec.self_sufficient_s or (team.self_sufficient_s if team else None),
            acclimatised=spec.acclimatised,
        )


def _numbered(title: Text, n: int) -> Text:
    """Return the title of the *n*-th of identical units: ``Engine 2``; ``Engine 7-2`` if it ends in a digit itself."""
    en, zh = (f"{text}{'-' if text[-1:].isdigit() else ' '}{n}" for text in (title.en, title.zh))
    return Text(en=en, zh=zh)
