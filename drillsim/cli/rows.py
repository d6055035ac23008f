"""What the tables of a run and of a scenario share."""

from __future__ import annotations

from datetime import timedelta
from typing import TypeVar

from drillsim.cli.printing import hours, print_text
from drillsim.cli.words import say
from drillsim.incidents import Incident
from drillsim.scenario import Scenario

MOST_ROWS = 40
"""Rows of a table before it is cut short (assumption: two screens)."""
Row = TypeVar("Row")


def period(scenario: Scenario, lang: str) -> str:
    """Say when the exercise begins and ends."""
    end = scenario.startex + timedelta(seconds=scenario.ends_at_s)
    start, end_text = f"{scenario.startex:%Y-%m-%d %H:%M}", f"{end:%Y-%m-%d %H:%M}"
    return say("from_to", lang, start=start, hours=hours(scenario.ends_at_s), end=end_text)


def first_rows(rows: list[Row]) -> list[Row]:
    """Return as many rows as a table shows."""
    return rows[:MOST_ROWS]


def say_rest(rows: list[Row], lang: str) -> None:
    """Say how many rows a table leaves out."""
    if len(rows) > MOST_ROWS:
        print_text(say("more", lang, n=len(rows) - MOST_ROWS))


def incident_titles(scenario: Scenario, lang: str) -> dict[str, str]:
    """Return the titles of incidents that are written out, by id."""
    kinds = [*scenario.incidents, *_written_out(scenario)]
    return {i.id: title.in_(lang) for i in kinds if (title := getattr(i, "title", None)) is not None}


def task_titles(scenario: Scenario, lang: str) -> dict[tuple[str, str], str]:
    """Return the titles of their tasks, by ids of incident and task."""
    tasks = ((incident, task) for incident in _written_out(scenario) for task in incident.tasks)
    return {(incident.id, task.id): task.title.in_(lang) for incident, task in tasks if task.title is not None}


def _written_out(scenario: Scenario) -> list[Incident]:
    injected = [inject.incident for inject in scenario.injects if inject.incident is not None]
    return [i for i in (*scenario.incidents, *injected) if isinstance(i, Incident)]
