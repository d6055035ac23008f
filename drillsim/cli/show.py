"""``drillsim show``: what is in a scenario."""

from __future__ import annotations

from typing import Any

from drillsim.cli.injects import print_injects
from drillsim.cli.inputs import named_scenario
from drillsim.cli.printing import hours, print_json, print_table, print_text, quantity
from drillsim.cli.rows import first_rows, period, say_rest
from drillsim.cli.show_forces import print_teams, print_waves
from drillsim.incidents.earthquake_input import EarthquakeInput
from drillsim.language import say, word
from drillsim.metrics.registry import unit_of
from drillsim.roads import snap
from drillsim.scenario.dump import to_yaml_data
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario


def main(lang: str, *, file: str, as_json: bool) -> None:
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
    say_rest(list(scenario.incidents), lang)


def _incident_row(scenario: Scenario, incident: Any, lang: str) -> tuple[str, ...]:
    """Return the row of one incident, or of a kind that brings some about."""
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
    """Return where it is; nothing for calls from anywhere."""
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
