"""Tables and names shared by several commands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import TypeVar

from drillsim.cli.console import clock, hours, print_table, print_text
from drillsim.incidents import Incident
from drillsim.language import has, say, word
from drillsim.language.tasks import task_word
from drillsim.metrics.story import incident_names
from drillsim.scenario.scenario import Inject, Scenario
from drillsim.trace.events import InjectDelivered, UnitOutOfService
from drillsim.trace.trace import Trace

MOST_ROWS = 20
"""Rows of a table before it is cut short (assumption: a screen of rows of two lines)."""
Row = TypeVar("Row")


def period(scenario: Scenario, lang: str) -> str:
    """Return the start and end of the exercise as a text."""
    end = scenario.startex + timedelta(seconds=scenario.ends_at_s)
    start, end_text = f"{scenario.startex:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}"
    return say("cli.from_to", lang, start=start, hours=hours(scenario.ends_at_s), end=end_text)


def first_rows(rows: list[Row]) -> list[Row]:
    """Return as many rows as a table shows."""
    return rows[:MOST_ROWS]


def print_rest(rows: list[Row], lang: str) -> None:
    """Print how many rows a table leaves out."""
    if len(rows) > MOST_ROWS:
        print_text(say("cli.more", lang, n=len(rows) - MOST_ROWS))


def incident_titles(scenario: Scenario, lang: str, trace: Trace | None = None) -> dict[str, str]:
    """Return the titles of incidents that are written out, by id; those that came up in *trace* after their type."""
    kinds = [*scenario.incidents, *_written_out(scenario)]
    came_up = incident_names(trace, scenario.roads.places, scenario.incidents) if trace is not None else {}
    named = {name: title.in_(lang) for name, title in came_up.items()}
    return named | {i.id: title.in_(lang) for i in kinds if (title := getattr(i, "title", None)) is not None}


def case_word(case: str, titles: dict[str, str], lang: str) -> str:
    """Return what a case of a result is called: an incident by its title, a measure or a task by its word."""
    if "/" not in case:
        return titles.get(case, case)
    tail = case.rpartition("/")[2]
    return word("value", tail, lang) if has("value", tail) else task_word(tail, lang)


def task_titles(scenario: Scenario, lang: str) -> dict[tuple[str, str], str]:
    """Return the titles of their tasks, by ids of incident and task."""
    tasks = ((incident, task) for incident in _written_out(scenario) for task in incident.tasks)
    return {(incident.id, task.id): task.title.in_(lang) for incident, task in tasks if task.title is not None}


def _written_out(scenario: Scenario) -> list[Incident]:
    injected = [inject.incident for inject in scenario.injects if inject.incident is not None]
    return [i for i in (*scenario.incidents, *injected) if isinstance(i, Incident)]


def print_injects(
    scenario: Scenario, at_s: Mapping[str, float], lang: str, *, changed: Mapping[str, str] | None = None
) -> None:
    """Print the injects that have a moment in *at_s*, in order; *changed* says what some changed. [s after STARTEX]"""
    injects = sorted((inject for inject in scenario.injects if inject.id in at_s), key=lambda one: at_s[one.id])
    print_table(
        say("cli.title_injects_of", lang),
        [say(f"cli.{key}", lang) for key in ("at", "id", "text", "what", "from_whom", "expected")],
        [_row(scenario, inject, at_s[inject.id], changed or {}, lang) for inject in first_rows(injects)],
    )
    print_rest(injects, lang)


def _row(scenario: Scenario, inject: Inject, at_s: float, changed: Mapping[str, str], lang: str) -> tuple[str, ...]:
    ends = [text.in_(lang) if text else "–" for text in (inject.sender, inject.receiver)]
    return (
        f"{hours(at_s)}\n{clock(scenario.startex, at_s)}",
        inject.id,
        inject.text.in_(lang),
        changed.get(inject.id) or _change(scenario, inject, lang),
        " → ".join(ends) if inject.sender or inject.receiver else "",
        inject.expected_action.in_(lang) if inject.expected_action else "",
    )


def _change(scenario: Scenario, inject: Inject, lang: str) -> str:
    """Return a short description of what an inject changes."""
    places = scenario.roads.places
    if inject.road is not None:
        ends = "–".join(places[end].name(lang) for end in inject.road.between)
        return f"{inject.road.road or ''} {ends}: {inject.road.speed_factor:.0%}".strip()
    if inject.unit is not None:
        return broken_down(scenario, inject, inject.unit.units, lang)
    if inject.incident is not None:
        return inject.incident.id
    if inject.weather is None:
        return ""
    snow = word("value", inject.weather.snow, lang)
    return say("cli.weather_now", lang, celsius=f"{inject.weather.temperature_c:g}", snow=snow)


def effects(scenario: Scenario, trace: Trace, lang: str) -> dict[str, str]:
    """Return what injects changed in a run, where that is not what they say: units that broke down, or nothing."""
    delivered = {event.inject: event.effect for event in trace.of(InjectDelivered)}
    struck: dict[str, list[str]] = {}
    for event in trace.of(UnitOutOfService):
        struck.setdefault(event.cause, []).append(event.unit)
    changed = {}
    for inject in scenario.injects:
        if delivered.get(inject.id) == "none":
            changed[inject.id] = say(f"cli.{_no_effect(inject)}", lang)
        elif inject.id in struck:
            units = struck[inject.id]
            changed[inject.id] = f"{broken_down(scenario, inject, len(units), lang)} ({', '.join(units)})"
    return changed


def _no_effect(inject: Inject) -> str:
    """Return the name of the text that says why an inject changed nothing."""
    if inject.unit is not None:
        return "no_effect_unit"
    if inject.road is not None:
        return "no_effect_road"
    return "no_effect_incident" if inject.incident is not None else "no_effect_weather"


def broken_down(scenario: Scenario, inject: Inject, units: int, lang: str) -> str:
    """Return a short description of so many units out of service."""
    if inject.unit is None:
        return ""
    able = word("capability", inject.unit.capability, lang)
    return f"{scenario.roads.places[inject.unit.node].name(lang)}: −{units} {able}"
