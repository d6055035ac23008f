"""What the tables of a run and of a scenario share."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from drillsim.cli.printing import hours, print_text
from drillsim.incidents import Incident
from drillsim.language import has, say, word
from drillsim.language.tasks import task_word
from drillsim.metrics.story import incident_names
from drillsim.scenario.scenario import Scenario
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


def say_rest(rows: list[Row], lang: str) -> None:
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
