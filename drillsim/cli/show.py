"""Read-only commands: show a scenario, list plug-ins, print the schema of files."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from inspect import getdoc
from pathlib import Path
from typing import Any

from drillsim.cli.console import hours, print_json, print_table, print_text, quantity
from drillsim.cli.inputs import UsageError, named_scenario
from drillsim.cli.laws import print_laws
from drillsim.cli.tables import first_rows, period, print_injects, print_rest
from drillsim.forces.teams import TEAMS
from drillsim.incidents.earthquake.input import EarthquakeInput
from drillsim.language import has, say, word
from drillsim.metrics.registry import unit_of
from drillsim.roads import snap
from drillsim.scenario.dump import to_yaml_data
from drillsim.scenario.json_schema import plan_schema, scenario_schema
from drillsim.scenario.plan import Plan, Unit, Wave
from drillsim.scenario.plugins import FOLDERS, kinds
from drillsim.scenario.saving import atomic_write
from drillsim.scenario.scenario import Scenario

Row = Sequence[str]


def show(lang: str, *, file: str, as_json: bool) -> None:
    """Show what is in a scenario."""
    scenario = named_scenario(file, lang)
    if as_json:
        roads = {"id": scenario.roads.id, "digest": scenario.roads.digest}
        print_json({**to_yaml_data(scenario), "roads": roads, "digest": scenario.digest()})
        return
    print_text(f"{scenario.title.in_(lang)} ({scenario.id})")
    print_text(period(scenario, lang))
    places, sections = len(scenario.roads.places), len(scenario.roads.sections)
    print_text(say("cli.network", lang, places=places, sections=sections))
    if scenario.description is not None:
        print_text(scenario.description.in_(lang))
    print_text()
    _print_hazards(scenario, lang)
    _print_incidents(scenario, lang)
    print_laws(scenario, lang)
    print_injects(scenario, {inject.id: inject.at_s for inject in scenario.injects}, lang)
    _print_objectives(scenario, lang)
    plans = [scenario.plan(spec.id) for spec in scenario.plans]
    _print_plans(plans, lang)
    print_teams(plans, lang)
    print_waves(plans, lang)


def _print_hazards(scenario: Scenario, lang: str) -> None:
    print_table(
        say("cli.title_hazards_of", lang),
        [say(f"cli.{key}", lang) for key in ("id", "kind", "at")],
        [(h.id, word("kind", h.kind, lang), hours(h.starts_at_s)) for h in first_rows(list(scenario.hazards))],
        right=(2,),
    )


def _print_incidents(scenario: Scenario, lang: str) -> None:
    print_table(
        say("cli.title_incidents_of", lang),
        [say(f"cli.{key}", lang) for key in ("id", "incident", "place", "at", "priority")],
        [_incident_row(scenario, incident, lang) for incident in first_rows(list(scenario.incidents))],
        right=(3, 4),
    )
    print_rest(list(scenario.incidents), lang)


def _incident_row(scenario: Scenario, incident: Any, lang: str) -> tuple[str, ...]:
    """Return the row of an incident, or of a kind that generates incidents."""
    priority = getattr(incident, "priority", "")
    return (
        incident.id,
        _title(incident, lang),
        _place(scenario, incident, lang),
        hours(_starts_at_s(incident)),
        f"{priority}",
    )


def _starts_at_s(incident: Any) -> float:
    return float(getattr(incident, "starts_at_s", 0.0))


def _title(incident: Any, lang: str) -> str:
    title = getattr(incident, "title", None)
    if title is not None:
        return str(title.in_(lang))
    if incident.kind == "listed":
        return word("incident_type", incident.type, lang)
    name = word("kind", incident.kind, lang)
    if isinstance(incident, EarthquakeInput):
        return say("cli.magnitude", lang, name=name, magnitude=incident.source().magnitude)
    return name


def _place(scenario: Scenario, incident: Any, lang: str) -> str:
    """Return its place; empty if it has none."""
    places = scenario.roads.places
    node = getattr(incident, "node", None)
    if node is not None:
        return places[node].name(lang)
    if not isinstance(incident, EarthquakeInput):
        return ""
    source = incident.source()
    found = snap(scenario.roads, source.lat_deg, source.lon_deg)
    near = {"place": places[found.place].name(lang), "km": round(found.distance_m / 1000)}
    return say("cli.epicentre", lang, lat=source.lat_deg, lon=source.lon_deg, **near)


def _print_objectives(scenario: Scenario, lang: str) -> None:
    print_table(
        say("cli.title_objectives_of", lang),
        [say(f"cli.{key}", lang) for key in ("objective", "metric", "limit")],
        [
            (o.title.in_(lang), word("metric", o.metric, lang), quantity(o.limit, unit_of(o.metric)))
            for o in first_rows(list(scenario.objectives))
        ],
        right=(2,),
    )


def _print_plans(plans: list[Plan], lang: str) -> None:
    print_table(
        say("cli.title_plans_of", lang),
        [say(f"cli.{key}", lang) for key in ("plan", "stations", "units", "vehicles", "people", "waves", "policy")],
        [_plan_row(plan, lang) for plan in first_rows(plans)],
        right=range(1, 6),
    )


def _plan_row(plan: Plan, lang: str) -> tuple[str, ...]:
    counts = (
        len(plan.stations),
        len(plan.units),
        sum(unit.vehicles for unit in plan.units),
        sum(unit.crew for unit in plan.units),
        len(plan.waves),
    )
    return (
        f"{plan.id}\n{plan.title.in_(lang)}",
        *(str(n) for n in counts),
        word("kind", plan.dispatch.kind, lang),
    )


def print_teams(plans: Sequence[Plan], lang: str) -> None:
    """Print the make-up of each plan's teams; a plan with the same teams as an earlier one is left out."""
    rows = list(_new_rows(plans, lambda plan: _team_rows(plan, lang)))
    keys = ("plan", "team", "worksites", "people", "vehicles", "dogs", "self_sufficient")
    print_table(
        say("cli.title_teams_of", lang), [say(f"cli.{key}", lang) for key in keys], first_rows(rows), right=range(2, 7)
    )
    print_rest(rows, lang)


def _team_rows(plan: Plan, lang: str) -> list[Row]:
    """Return a row for each kind of team: one unit holds one worksite."""
    teams: dict[str, list[Unit]] = {}
    for unit in plan.units:
        if unit.team is not None:
            teams.setdefault(unit.team, []).append(unit)
    return [
        (
            word("value", team, lang),
            str(len(units)),
            str(sum(unit.crew for unit in units)),
            str(sum(unit.vehicles for unit in units)),
            str(TEAMS[team].dogs * len(units)),
            hours(min(unit.self_sufficient_s or 0.0 for unit in units)),
        )
        for team, units in teams.items()
    ]


def print_waves(plans: Sequence[Plan], lang: str) -> None:
    """Print the waves with caller and level; a plan with the same waves as an earlier one is left out."""
    rows = list(_new_rows(plans, lambda plan: [_wave_row(plan, wave, lang) for wave in plan.waves]))
    keys = ("plan", "wave", "level", "ordered_by", "decided", "readied", "units", "people")
    print_table(
        say("cli.title_waves_of", lang), [say(f"cli.{key}", lang) for key in keys], first_rows(rows), right=range(4, 8)
    )
    print_rest(rows, lang)


def _wave_row(plan: Plan, wave: Wave, lang: str) -> Row:
    people = {unit.id: unit.crew for unit in plan.units}
    return (
        wave.title.in_(lang) if wave.title else wave.id,
        wave.response_level or "–",
        wave.ordered_by.in_(lang),
        hours(wave.decision.typical_s),
        hours(wave.preparation.typical_s),
        str(len(wave.units)),
        str(sum(people[name] for name in wave.units)),
    )


def _new_rows(plans: Sequence[Plan], rows_of: Callable[[Plan], list[Row]]) -> Iterator[Row]:
    """Yield the rows of each plan, led by its id, unless an earlier plan has the same rows."""
    seen: list[list[Row]] = []
    for plan in plans:
        rows = rows_of(plan)
        if rows not in seen:
            seen.append(rows)
            yield from ((plan.id, *row) for row in rows)


def plugins(lang: str, *, as_json: bool) -> None:
    """List hazards, scenario kinds and policies, with titles."""
    found = [
        {
            "folder": folder,
            "kind": kind,
            "name": word("kind", kind, lang),
            "origin": cls.__module__,
            "about": _about(kind, cls, lang),
        }
        for folder in FOLDERS
        for kind, cls in kinds(folder).items()
    ]
    if as_json:
        print_json(found)
        return
    for folder in FOLDERS:
        print_table(
            word("thing", f"kind_{folder}", lang),
            [say(f"cli.{key}", lang) for key in ("kind", "about", "origin")],
            [(f"{p['kind']}\n{p['name']}", p["about"], p["origin"]) for p in found if p["folder"] == folder],
        )


def _about(kind: str, cls: type, lang: str) -> str:
    return say(f"about.{kind}", lang) if has("about", kind) else (getdoc(cls) or "").partition("\n")[0]


def schema(lang: str, *, what: str, output: Path | None) -> None:
    """Print the schema, or write it to a file."""
    schemas = {"scenario": scenario_schema, "plan": plan_schema}
    if what not in schemas:
        raise UsageError(say("cli.what_schema", lang, what=what))
    text = json.dumps(schemas[what](), ensure_ascii=False, indent=2) + "\n"
    if output is None:
        sys.stdout.write(text)
    else:
        print_text(say("cli.wrote", lang, path=atomic_write(output, text)))
