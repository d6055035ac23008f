"""A section of a burning building over time: fire, façade and water, people, crews, floor by floor."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.language import Term
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import HazardMeasured, TaskCrewChanged, TaskFinished, TaskStarted, TaskWithdrawn
from drillsim.trace.trace import Trace
from drillsim.views.panels import Chart, Panel

LAYERS: Final = {
    "kw": Term("Fire inside [MW]", "室内火势 [MW]"),
    "facade": Term("Cladding on fire", "外墙燃烧"),
    "l_s": Term("Water [L/s]", "出水 [L/s]"),
    "people": Term("People", "人员"),
    "crew": Term("Crew at work", "作业消防员"),
}
COLOURS: Final = {"kw": "orangered", "facade": "oranges", "l_s": "blues", "people": "purples", "crew": "greens"}
_MEASURE: Final = re.compile(r"floor_(\d+)_(kw|facade|l_s|people)")
_TASK: Final = re.compile(r"(?:line|cover|search)-(\d+)")
WIDTH: Final = 620
"""Width of all layers together, without their axes: they fit a page of 1,000. [px]"""
BINS: Final = 180
"""Columns of the picture."""


class SectionPanel(Panel):
    """One strip of time per floor, for each of what goes on there."""

    title = Term("Section of the building", "建筑剖面")
    rank = 15

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether any fire is measured by floor."""
        return any("floors_burning" in e.names for e in trace.of(HazardMeasured)[:50])

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return a chart per layer, side by side, floors upwards, time to the right."""
        rows = pd.DataFrame(floor_rows(trace), columns=["layer", "floor", "from", "to", "value"])
        shown = [layer for layer in LAYERS if (rows["layer"] == layer).any()]
        domain = [float(rows["from"].min()), float(rows["to"].max())]
        charts = [_layer(rows[rows["layer"] == layer], layer, domain, lang, WIDTH // len(shown)) for layer in shown]
        return alt.hconcat(*charts).resolve_scale(color="independent", y="shared")


def floor_rows(trace: Trace) -> list[dict[str, Any]]:
    """Return what goes on on each floor: layer, floor, from and to in hours, value; nothing where nothing goes on.

    Of several buildings the values are added up by floor.
    """
    begin_s, end_s = _span(trace)
    step_s = max(1.0, (end_s - begin_s) / BINS)
    found: dict[tuple[str, int, int], float] = {}
    for t_s, until_s, layer, floor, value in (*_measured(trace), *_crews(trace)):
        for column in range(int((t_s - begin_s) // step_s), int((min(until_s, end_s) - begin_s) // step_s) + 1):
            cell = (layer, floor, column)
            found[cell] = max(found.get(cell, 0.0), value)
    return [
        {
            "layer": layer, "floor": floor, "value": value, "from": (begin_s + column * step_s) / 3600,
            "to": (begin_s + (column + 1) * step_s) / 3600,
        }
        for (layer, floor, column), value in sorted(found.items())
    ]  # fmt: skip


def _span(trace: Trace) -> tuple[float, float]:
    """Return the time that is worth a look: from the first measure to a while after the last. [s after STARTEX]"""
    measures = [e for e in trace.of(HazardMeasured) if "floors_burning" in e.names]
    last_s = measures[-1].t_s + 600.0
    return measures[0].t_s, min(trace.header.ends_at_s, last_s)


def _measured(trace: Trace) -> Iterator[tuple[float, float, str, int, float]]:
    """Yield from, to, layer, floor and value of what a hazard measures by floor."""
    since: dict[tuple[str, str], tuple[float, float]] = {}
    for event in trace.of(HazardMeasured):
        now = {name: value for name, value in zip(event.names, event.values, strict=True) if _MEASURE.fullmatch(name)}
        for hazard, name in [key for key in since if key[0] == event.hazard]:
            if now.get(name) != since[hazard, name][1]:
                t_s, value = since.pop((hazard, name))
                yield _spell(t_s, event.t_s, name, value)
        for name, value in now.items():
            since.setdefault((event.hazard, name), (event.t_s, value))
    for (_, name), (t_s, value) in since.items():
        yield _spell(t_s, trace.header.ends_at_s, name, value)


def _spell(t_s: float, until_s: float, name: str, value: float) -> tuple[float, float, str, int, float]:
    found = _MEASURE.fullmatch(name)
    floor, layer = (int(found[1]), found[2]) if found else (0, "")
    return t_s, until_s, layer, floor, value / 1000.0 if layer == "kw" else value


def _crews(trace: Trace) -> Iterator[tuple[float, float, str, int, float]]:
    """Yield from, to, layer, floor and number of the people at work on a floor."""
    at_work: dict[str, tuple[float, int]] = {}
    kinds = (TaskStarted, TaskCrewChanged, TaskFinished, TaskWithdrawn)
    for event in trace.events:
        found = _TASK.match(event.task) if isinstance(event, kinds) else None
        if found is None or not isinstance(event, kinds):
            continue
        since_s, people = at_work.pop(event.task, (event.t_s, 0))
        if people:
            yield since_s, event.t_s, "crew", int(found[1]), float(people)
        if isinstance(event, (TaskStarted, TaskCrewChanged)):
            at_work[event.task] = (event.t_s, event.at_work)
    for task, (since_s, people) in at_work.items():
        found = _TASK.match(task)
        if people and found:
            yield since_s, trace.header.ends_at_s, "crew", int(found[1]), float(people)


def _layer(rows: pd.DataFrame, layer: str, domain: list[float], lang: str, width: int) -> Chart:
    name = LAYERS[layer].in_(lang)
    hours = Term("Hours after STARTEX", "演练开始后（小时）").in_(lang)
    colour = alt.Color(
        "value:Q", title=None, scale=alt.Scale(scheme=COLOURS[layer]), legend=alt.Legend(orient="bottom")
    )
    return (
        alt.Chart(rows, title=name)
        .mark_rect()
        .encode(
            x=alt.X("from:Q", title=hours, scale=alt.Scale(domain=domain, nice=False)),
            x2="to:Q",
            y=alt.Y("floor:O", title=Term("Floor", "楼层").in_(lang), sort="descending"),
            color=colour,
            tooltip=["floor:O", alt.Tooltip("from:Q", format=".2f"), alt.Tooltip("value:Q", format=".1f")],
        )
        .properties(width=width, height=12 * max(1, rows["floor"].nunique()))
    )
