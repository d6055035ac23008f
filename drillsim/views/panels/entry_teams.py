"""Entry teams, decontamination and care: who is on which task when, and who rests."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.language import Term
from drillsim.language.tasks import task_word
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import PeopleRelieved, TaskCrewChanged, TaskFinished, TaskStarted, TaskWithdrawn
from drillsim.trace.trace import Trace
from drillsim.views.chart_size import in_rows
from drillsim.views.panels import Chart, Panel

AT_WORK: Final = Term("at work", "作业")
ON_THE_WAY: Final = Term("dressing, walking in or waiting", "着装、进入或等待")
SHOWN: Final = frozenset({"decon", "treat", "plug", "valve", "transfer"})
RESTING: Final = Term("decontamination and rest", "洗消与休整")


def spells(trace: Trace, tasks: frozenset[tuple[str, str]]) -> list[tuple[str, Term, float, float, int]]:
    """Return task, what people do, from, until and how many, for the given (incident, task)."""
    found: list[tuple[str, Term, float, float, int]] = []
    open_: dict[tuple[str, str], tuple[float, int, int]] = {}

    def close(key: tuple[str, str], t_s: float) -> None:
        since, people, at_work = open_.pop(key, (t_s, 0, 0))
        if people and t_s > since:
            found.append((key[1], AT_WORK if at_work else ON_THE_WAY, since, t_s, people))

    for e in trace.events:
        key = (str(getattr(e, "incident", "")), str(getattr(e, "task", "")))
        if key not in tasks:
            continue
        if isinstance(e, (TaskStarted, TaskCrewChanged)):
            close(key, e.t_s)
            open_[key] = (e.t_s, e.people, e.at_work)
        elif isinstance(e, (TaskFinished, TaskWithdrawn)):
            close(key, e.t_s)
        elif isinstance(e, PeopleRelieved):
            found.append((key[1], RESTING, e.t_s, min(e.rest_until_s, trace.header.ends_at_s), e.people))
    for key in tuple(open_):
        close(key, trace.header.ends_at_s)
    return found


class EntryTeamsPanel(Panel):
    """Bars per task with spells, and of decontamination and care."""

    title = Term("Entry teams and decontamination", "进入组与洗消")
    rank = 45

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether anybody worked in spells and had to be decontaminated."""
        return any(key[1].startswith("decon") for key in _keys(trace))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return the bars."""
        relieved = {(e.incident, e.task) for e in trace.of(PeopleRelieved)}
        shown = frozenset(k for k in _keys(trace) if k in relieved or k[1].partition("-")[0] in SHOWN)
        rows: list[dict[str, Any]] = [
            {
                "task": task_word(task, lang),
                "what": what.in_(lang),
                "from": since / 3600,
                "until": until / 3600,
                "people": people,
            }
            for task, what, since, until, people in spells(trace, shown)
        ]  # fmt: skip
        axis = Term("Hours after STARTEX", "演练开始后（小时）").in_(lang)
        return (
            alt.Chart(pd.DataFrame(rows))
            .mark_bar(height={"band": 0.6}, opacity=0.85)
            .encode(
                x=alt.X("from:Q", title=axis),
                x2="until:Q",
                y=alt.Y("task:N", title=None, axis=alt.Axis(labelLimit=180)),
                yOffset="what:N",
                color=alt.Color("what:N", title=None, legend=alt.Legend(orient="top", labelLimit=240)),
                tooltip=["task:N", "what:N", "people:Q", alt.Tooltip("from:Q", format=".2f")],
            )
            .properties(**in_rows(16, len({(row["task"], row["what"]) for row in rows})))
        )


def _keys(trace: Trace) -> list[tuple[str, str]]:
    return list(dict.fromkeys((e.incident, e.task) for e in trace.of(TaskStarted)))
