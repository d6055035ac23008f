"""Tables and names that several commands print."""

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
from drillsim.trace.trace import Trace

MOST_ROWS = 20
"""Rows of a table before it is cut short (assumption: a screen of rows of two lines)."""
Row = TypeVar("Row")


def period(scenario: Scenario, lang: str) -> str:
    """Say when the exercise begins and ends."""
    end = scenario.startex + timedelta(seconds=scenario.ends_at_s)
    start, end_text = f"{scenario.startex:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}"
    return say("cli.from_to", lang, start=start, hours=hours(scenario.ends_at_s), end=end_text)


def first_rows(rows: list[Row]) -> list[Row]:
    """Return as many rows as a table shows."""
    return rows[:MOST_ROWS]


def print_rest(rows: list[Row], lang: str) -> None:
    """Say how many rows a table leaves out."""
    if len(rows) > MOST_ROWS:
        print_text(say("cli.more", lang, n=len(rows) - MOST_ROWS))


def incident_titles(scenario: Scenario, lang: str, trace: Trace | None = None) -> dict[str, str]:
    """Return the titles of incidents that are written out, by id; those that came up in *trace* after their type."""
    kinds = [*scenario.incidents, *_written_out(scenario)]
    came_up = incident_names(trace, scenario.roads.places) if trace is not None else {}
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


def print_injects(scenario: Scenario, at_s: Mapping[str, float], lang: str) -> None:
    """Print the injects that have a moment in *at_s*, in order. [s after STARTEX]"""
    injects = sorted((inject for inject in scenario.injects if inject.id in at_s), key=lambda one: at_s[one.id])
    print_table(
        say("cli.title_injects_of", lang),
        [say(f"cli.{key}", lang) for key in ("at", "id", "text", "what", "from_whom", "expected")],
        [_row(scenario, inject, at_s[inject.id], lang) for inject in first_rows(injects)],
    )
    print_rest(injects, lang)


def _row(scenario: Scenario, inject: Inject, at_s: float, lang: str) -> tuple[str, ...]:
    ends = [text.in_(lang) if text else "–" for text in (inject.sender, inject.receiver)]
    return (
        f"{hours(at_s)}\n{clock(scenario.startex, at_s)}",
        inject.id,
        inject.text.in_(lang),
        _change(scenario, inject, lang),
        " → ".join(ends) if inject.sender or inject.receiver else "",
        inject.expected_action.in_(lang) if inject.expected_action else "",
    )


def _change(scenario: Scenario, inject: Inject, lang: str) -> str:
    """Say in a few words what an inject changes."""
    places = scenario.roads.places
    if inject.road is not None:
        ends = "–".join(places[end].name(lang) for end in inject.road.between)
        return f"{inject.road.road or ''} {ends}: {inject.road.speed_factor:.0%}".strip()
    if inject.unit is not None:
        able = word("capability", inject.unit.capability, lang)
        return f"{places[inject.unit.node].name(lang)}: −{inject.unit.units} {able}"
    if inject.incident is not None:
        return inject.incident.id
    if inject.weather is None:
        return ""
    snow = word("value", inject.weather.snow, lang)
    return say("cli.weather_now", lang, celsius=f"{inject.weather.temperature_c:g}", snow=snow)
