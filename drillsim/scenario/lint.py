"""Lint: warnings about valid scenarios and plans that are probably not meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import guess
from drillsim.base.geodesy import great_circles_m, in_space_m, over_ground_m
from drillsim.forces.teams import SUPPLIER
from drillsim.language import message, vocabulary
from drillsim.roads import closed_sections, numbers
from drillsim.scenario.never_met import never_met
from drillsim.scenario.never_reached import written_out
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Inject, Scenario

Array = NDArray[np.float64]
ASTRAY_KM: Final = 100.0
"""A place without a road that is so far from all others is pointed out (assumption). [km]"""
FAR_SECTION_KM: Final = 500.0
"""A section whose ends are so far apart is pointed out: the longest of Qinghai's trunk roads measures 412 (assumption).
[km]"""
MOST_NAMED: Final = 5
"""Places or roads of one kind that are named; the rest is counted."""


@dataclass(frozen=True)
class LintWarning:
    """One warning: a message about one place of a scenario or plan."""

    code: str
    path: str
    """Where in the scenario or plan: ``incidents.market``."""
    values: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str) -> str:
        """Return path and message in *lang*."""
        return f"{self.path}: {message(self.code, lang, **self.values)}"


def lint(scenario: Scenario, plan_id: str | None = None) -> tuple[LintWarning, ...]:
    """Return the warnings about a scenario and its plans, or about one plan alone."""
    plans = [scenario.plan(spec.id) for spec in scenario.plans if plan_id in {None, spec.id}]
    found = [*_of_scenario(scenario)] if plan_id is None else []
    for plan in plans:
        found += [*_of_plan(scenario, plan)]
    return tuple(found)


def _of_scenario(scenario: Scenario) -> Iterator[LintWarning]:
    ends_h = {"hours": f"{scenario.ends_at_s / 3600:g}"}
    for incident in scenario.incidents:
        if getattr(incident, "starts_at_s", 0.0) >= scenario.ends_at_s:
            yield LintWarning("after_endex", f"incidents.{incident.id}", ends_h)
    for inject in scenario.injects:
        begins_s = inject.at_s + (inject.incident.starts_at_s if inject.incident is not None else 0.0)
        if begins_s >= scenario.ends_at_s:
            yield LintWarning("after_endex", f"injects.{inject.id}", ends_h)
    yield from _of_tables(scenario)
    yield from _astray(scenario)
    for snap in scenario.snaps:
        values = {"lat": f"{snap.lat:.5f}", "lon": f"{snap.lon:.5f}", "metres": f"{snap.distance_m:.0f}"}
        yield LintWarning("snapped_far" if snap.far else "snapped", snap.place, values)
    for incident in written_out(scenario):
        if _is_cut_off(scenario, incident.node):
            yield LintWarning("cut_off", f"incidents.{incident.id}", {"place": incident.node})
    if not scenario.incidents and not any(inject.incident for inject in scenario.injects):
        yield LintWarning("no_incidents", "incidents", {})
    yield from _contradictions(scenario)
    yield from _closures(scenario)
    yield from _interventions(scenario)
    yield from _objectives(scenario)


def _of_tables(scenario: Scenario) -> Iterator[LintWarning]:
    """Yield what the tables of the roads do not tell, and what of them nobody reads."""
    filled = scenario.roads.provenance.get("heights_filled", 0)
    if filled:
        yield LintWarning("heights_filled", "roads", {"n": filled})
    unread = scenario.roads.provenance.get("unread_columns", ())
    if unread:
        yield LintWarning("unread_columns", "roads", {"columns": ", ".join(unread)})


def _astray(scenario: Scenario) -> Iterator[LintWarning]:
    """Yield places far from all others and sections that span too much: coordinates are wrong, or missing and 0."""
    roads = scenario.roads
    joined = np.zeros(len(roads.place_ids), bool)
    joined[roads.section_ends] = True
    lat, lon = numbers(roads.place_columns["lat"]), numbers(roads.place_columns["lon"])
    if joined.any() and not joined.all():
        loose = np.flatnonzero(~joined)
        away_km = _nearest_km(lat, lon, loose, np.flatnonzero(joined))
        rows = loose[away_km > ASTRAY_KM]
        for row, km in zip(rows[:MOST_NAMED].tolist(), away_km[away_km > ASTRAY_KM].tolist(), strict=False):
            values = {"lat": f"{lat[row]:g}", "lon": f"{lon[row]:g}", "km": f"{km:,.0f}"}
            yield LintWarning("astray", f"roads.nodes.{roads.place_ids[row]}", values)
        if len(rows) > MOST_NAMED:
            yield LintWarning("astray_more", "roads.nodes", {"n": len(rows) - MOST_NAMED})
    yield from _far_sections(scenario, lat, lon)


def _nearest_km(lat: Array, lon: Array, rows: NDArray[np.int64], others: NDArray[np.int64]) -> Array:
    """Return how far each of some places is from the nearest of the others: (n_rows,)."""
    from scipy.spatial import cKDTree  # noqa: PLC0415  # slow to load, seldom needed

    straight_m, _ = cKDTree(in_space_m(lat[others], lon[others])).query(in_space_m(lat[rows], lon[rows]))
    return np.array([over_ground_m(float(m)) for m in straight_m]) / 1000.0


def _far_sections(scenario: Scenario, lat: Array, lon: Array) -> Iterator[LintWarning]:
    """Yield sections whose ends are so far apart that a place of theirs is probably not where it should be."""
    roads = scenario.roads
    start, end = roads.section_ends.T
    span_km = great_circles_m(lat[start], lon[start], lat[end], lon[end]) / 1000.0
    far = np.flatnonzero(span_km > FAR_SECTION_KM)
    for row in far[:MOST_NAMED].tolist():
        at = (f"{roads.place_ids[i]} ({lat[i]:g}, {lon[i]:g})" for i in (int(start[row]), int(end[row])))
        values = {"places": " – ".join(at), "km": f"{span_km[row]:,.0f}"}
        yield LintWarning("far_section", f"roads.sections.{roads.section_ids[row]}", values)
    if len(far) > MOST_NAMED:
        yield LintWarning("far_section_more", "roads.sections", {"n": len(far) - MOST_NAMED})


def _contradictions(scenario: Scenario) -> Iterator[LintWarning]:
    """Yield injects of one moment that set the same road, or the weather, to different values."""
    set_by: dict[tuple[float, str], Inject] = {}
    for inject in sorted(scenario.injects, key=attrgetter("at_s", "id")):
        values: dict[str, object] = {} if inject.weather is None else {"weather": inject.weather}
        if inject.road is not None:
            sections = scenario.roads.sections_between(*inject.road.between, road=inject.road.road)
            values |= {section.id: inject.road.speed_factor for section in sections}
        told = set()
        for name, value in values.items():
            other = set_by.get((inject.at_s, name))
            if other is not None and other.id not in told and _value_of(other) != value:
                told.add(other.id)
                yield LintWarning(
                    "injects_contradict", f"injects.{inject.id}", {"first": other.id, "second": inject.id}
                )
            set_by[inject.at_s, name] = inject


def _value_of(inject: Inject) -> object:
    return inject.weather if inject.road is None else inject.road.speed_factor


def _closures(scenario: Scenario) -> Iterator[LintWarning]:
    """Yield which roads a run closes because they are closed every year on the day of STARTEX."""
    closed = closed_sections(scenario.roads, scenario.startex.date())
    if closed:
        shown = [_road_name(scenario, name) for name in closed[:MOST_NAMED]]
        named = ", ".join([*shown, *(["…"] if len(closed) > MOST_NAMED else [])])
        yield LintWarning(
            "closed_in_season", "roads", {"n": len(closed), "day": f"{scenario.startex:%m-%d}", "named": named}
        )


def _road_name(scenario: Scenario, section: str) -> str:
    found = scenario.roads.sections[section]
    return f"{found.road or found.name_zh or section} ({found.start} – {found.end}, {found.closed})"


def _interventions(scenario: Scenario) -> Iterator[LintWarning]:
    """Warn of interventions without a word: no hazard knows them, so the work would change nothing."""
    known = vocabulary("value")
    for incident in written_out(scenario):
        for task in incident.tasks:
            name = task.intervention
            if name is not None and name not in known:
                values = {"name": name, "guess": guess(name, known) or "-"}
                yield LintWarning("unknown_intervention", f"incidents.{incident.id}/{task.id}", values)


def _is_cut_off(scenario: Scenario, place: str) -> bool:
    roads = scenario.roads
    return bool(roads.parts[roads.place_ids.row(place)])


def _objectives(scenario: Scenario) -> Iterator[LintWarning]:
    if len(written_out(scenario)) < len(scenario.incidents):
        return  # calls that come at random have names of their own
    plans = [scenario.plan(spec.id) for spec in scenario.plans]
    known = {i.id for i in written_out(scenario)} | {w.id for p in plans for w in p.waves}
    known |= {u.id for p in plans for u in p.units}
    known |= {f"{i.id}/{t.id}" for i in written_out(scenario) for t in i.tasks}
    for objective in scenario.objectives:
        if objective.case is not None and objective.case.partition("/")[0] not in {k.partition("/")[0] for k in known}:
            values = {"name": objective.case, "guess": guess(objective.case, known) or "-"}
            yield LintWarning("objective_case", f"objectives.{objective.id}", values)


def _units_cut_off(scenario: Scenario, plan: Plan, where: str) -> Iterator[LintWarning]:
    for place in sorted({unit.node for unit in plan.units}):
        if _is_cut_off(scenario, place):
            yield LintWarning("cut_off", where, {"place": place})


def _of_plan(scenario: Scenario, plan: Plan) -> Iterator[LintWarning]:
    where = f"plans.{plan.id}"
    yield from (LintWarning(code, where, values) for code, values in never_met(scenario, plan))
    for unit in plan.units:
        if unit.crew > unit.establishment:
            values: dict[str, Any] = {"unit": unit.id, "crew": unit.crew, "establishment": unit.establishment}
            yield LintWarning("more_than_established", where, values)
    yield from _units_cut_off(scenario, plan, where)
    yield from _supplies(scenario, plan, where)
    for inject in scenario.injects:
        yield from _unit_inject(plan, inject, where)


def _supplies(scenario: Scenario, plan: Plan, where: str) -> Iterator[LintWarning]:
    """Warn of units that can run out of supplies before ENDEX without a logistics unit to refill them."""
    if any(SUPPLIER in unit.capabilities and unit.crew for unit in plan.units):
        return
    lives_s = {u.id: u.self_sufficient_s for u in plan.units if u.self_sufficient_s is not None and u.crew}
    short = {name: s for name, s in lives_s.items() if s < scenario.ends_at_s}
    if short:
        unit, least_s = min(short.items(), key=itemgetter(1))
        hours, ends = f"{least_s / 3600:g}", f"{scenario.ends_at_s / 3600:g}"
        yield LintWarning("runs_dry", where, {"n": len(short), "unit": unit, "hours": hours, "ends": ends})


def _unit_inject(plan: Plan, inject: Inject, where: str) -> Iterator[LintWarning]:
    wanted = inject.unit
    if wanted is None:
        return
    areas = {area.id: area.node for area in plan.staging_areas}
    moved = {name for wave in plan.waves for name in wave.units if areas[wave.destination] == wanted.node}
    able = [u for u in plan.units if wanted.capability in u.capabilities and u.crew]
    there = [u for u in able if u.node == wanted.node or u.id in moved]
    if len(there) < wanted.units:
        values = {"inject": inject.id, "n": len(there), "wanted": wanted.units, "name": wanted.capability}
        yield LintWarning("inject_without_unit", where, values)
