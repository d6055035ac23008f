"""Who does what when on the scene of a fire in a building: crews, ways, work, rests, and air."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.language import Term
from drillsim.language.tasks import task_word
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import (
    HazardMeasured,
    PeopleRelieved,
    SupplyChanged,
    TaskCrewChanged,
    TaskFinished,
    TaskStarted,
    TaskWithdrawn,
    UnitArrived,
)
from drillsim.trace.trace import Trace
from drillsim.views.names import Names, names_of
from drillsim.views.panels import Chart, Panel

GROUPS: Final = {
    "line": (Term("Attack line", "水枪进攻"), "#dc2626"),
    "cover": (Term("Covering line", "设防水枪"), "#f59e0b"),
    "search": (Term("Search", "搜救"), "#7c3aed"),
    "rit": (Term("Intervention team", "紧急救助"), "#0f766e"),
    "other": (Term("Other work", "其他任务"), "#2563eb"),
    "rest": (Term("Rest, new cylinder", "休整换气瓶"), "#9ca3af"),
}
MOST_UNITS: Final = 40


class CrewTimelinePanel(Panel):
    """A bar per unit and task, rests in grey, and the cylinders on scene below."""

    title = Term("Crews and air", "编组作业与供气")
    rank = 18

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether crews work on a fire that is measured by floor."""
        measured = any("floors_burning" in e.names for e in trace.of(HazardMeasured)[:50])
        return measured and bool(trace.of(TaskStarted))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return the bars, units in order of arrival, over the curve of the cylinders."""
        names = names_of(scenario, scenario.plan(trace.header.plan)) if _has(scenario, trace) else Names()
        rows = [
            {
                **row, "unit": names.unit(row["unit"], lang), "task": task_word(row["task"], lang),
                "what": GROUPS[row["group"]][0].in_(lang),
            }
            for row in crew_rows(trace)
        ]  # fmt: skip
        hours = Term("Hours after STARTEX", "演练开始后（小时）").in_(lang)
        scale = alt.Scale(domain=[t.in_(lang) for t, _ in GROUPS.values()], range=[c for _, c in GROUPS.values()])
        bars = (
            alt.Chart(pd.DataFrame(rows, columns=["unit", "task", "from", "to", "what", "people"]))
            .mark_bar(height={"band": 0.8})
            .encode(
                x=alt.X("from:Q", title=hours, scale=alt.Scale(zero=False)),
                x2="to:Q",
                y=alt.Y(
                    "unit:N",
                    title=None,
                    sort=list(dict.fromkeys(row["unit"] for row in rows)),
                    axis=alt.Axis(labelOverlap=False, labelLimit=160, labelFlush=False),
                ),
                color=alt.Color("what:N", title=None, scale=scale, legend=alt.Legend(orient="top")),
                tooltip=["unit:N", "what:N", "task:N", "people:Q"],
            )
            .properties(width=800, height=14 * max(1, len({row["unit"] for row in rows})))
        )
        air = _air(trace, lang, hours)
        return alt.vconcat(bars, air).resolve_scale(x="shared") if air is not None else bars


def _has(scenario: Scenario, trace: Trace) -> bool:
    return any(spec.id == trace.header.plan for spec in scenario.plans)


def crew_rows(trace: Trace) -> list[dict[str, Any]]:
    """Return a row per unit and spell of work or rest: unit, task, group, from and to in hours, people."""
    fires = _fires(trace)
    there = [e.unit for e in trace.of(UnitArrived) if e.incident in fires]
    shown = dict.fromkeys(there[:MOST_UNITS])
    rows = [row for row in (*_work(trace, fires), *_rests(trace, fires)) if row["unit"] in shown]
    return sorted(rows, key=lambda row: (list(shown).index(row["unit"]), row["from"]))


def _fires(trace: Trace) -> set[str]:
    """Return the incidents that are fires measured by floor."""
    return {e.hazard for e in trace.of(HazardMeasured) if "floors_burning" in e.names}


def _work(trace: Trace, fires: set[str]) -> Iterator[dict[str, Any]]:
    since: dict[tuple[str, str], tuple[float, int]] = {}
    kinds = (TaskStarted, TaskCrewChanged, TaskFinished, TaskWithdrawn)
    for event in trace.events:
        if not isinstance(event, kinds) or event.incident not in fires:
            continue
        at = event.units if isinstance(event, (TaskStarted, TaskCrewChanged)) else ()
        people = event.people if isinstance(event, (TaskStarted, TaskCrewChanged)) else 0
        for unit, task in [key for key in since if key[1] == event.task and key[0] not in at]:
            t_s, n = since.pop((unit, task))
            yield _row(unit, task, t_s, event.t_s, n)
        for unit in at:
            since.setdefault((unit, event.task), (event.t_s, people))
    for (unit, task), (t_s, n) in since.items():
        yield _row(unit, task, t_s, trace.header.ends_at_s, n)


def _row(unit: str, task: str, t_s: float, until_s: float, people: int) -> dict[str, Any]:
    head = task.split("-", maxsplit=1)[0]
    group = head if head in GROUPS else "other"
    return {"unit": unit, "task": task, "group": group, "from": t_s / 3600, "to": until_s / 3600, "people": people}


def _rests(trace: Trace, fires: set[str]) -> Iterator[dict[str, Any]]:
    for event in trace.of(PeopleRelieved):
        if event.incident in fires:
            until_s = min(event.rest_until_s, trace.header.ends_at_s)
            yield _row(event.unit, event.task, event.t_s, until_s, event.people) | {"group": "rest"}


def _air(trace: Trace, lang: str, hours: str) -> Chart | None:
    fires = _fires(trace)
    changes = [e for e in trace.of(SupplyChanged) if e.supply == "air_set" and e.incident in fires]
    if not changes:
        return None
    rows = pd.DataFrame([{"h": e.t_s / 3600, "sets": e.amount} for e in changes])
    title = Term("Full cylinders", "备用气瓶").in_(lang)
    line = alt.Chart(rows).mark_line(interpolate="step-after", color="#2563eb")
    return line.encode(x=alt.X("h:Q", title=hours), y=alt.Y("sets:Q", title=title)).properties(width=800, height=90)
