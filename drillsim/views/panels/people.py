"""The people whom hazards touch, by the state they are in, over time."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.language import Term, word
from drillsim.metrics.casualties import totals
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import PeopleChanged
from drillsim.trace.trace import Trace
from drillsim.views.chart_size import whole_numbers
from drillsim.views.panels import Chart, Panel

COLOURS: Final = (
    "#d55e00", "#475569", "#56b4e9", "#009e73", "#cc79a7", "#e69f00", "#0072b2", "#9ca3af", "#7c3aed", "#92400e",
)  # fmt: skip
"""Colours that people who see few colours can tell apart (Okabe and Ito), and four more; seen on white and on black."""

PEOPLE: Final = Term("People", "人数")

MANY = 0.95
"""Part of all people beyond which they are left out, if they are so many at every moment (assumption)."""


def people_over_time(trace: Trace) -> list[tuple[float, dict[str, int]]]:
    """Return the moments at which anybody's state changes, and how many are in each state from then on, in all."""
    return list(totals(trace))


def few(moments: list[tuple[float, dict[str, int]]], most: int = 300) -> list[tuple[float, dict[str, int]]]:
    """Return moments so few that a browser draws them at ease: the last one in each of *most* equal spans of time."""
    if len(moments) <= most:
        return moments
    begin_s, span_s = moments[0][0], (moments[-1][0] - moments[0][0]) / most
    return list({int((t_s - begin_s) / span_s): (t_s, counts) for t_s, counts in moments}.values())


def telling(moments: list[dict[str, int]]) -> list[str]:
    """Return the states worth a curve: those that change, without the many to whom nothing ever happens.

    What nearly everybody is all the time would press all others to the ground.
    """
    states = list(dict.fromkeys(state for counts in moments for state in counts))
    changing = [state for state in states if len({counts.get(state, 0) for counts in moments}) > 1]
    few = [state for state in changing if any(counts.get(state, 0) < MANY * sum(counts.values()) for counts in moments)]
    return few or states


class PeoplePanel(Panel):
    """Curves of people by state."""

    title = Term("People", "人员状态")
    rank = 20

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether any hazard counts people."""
        return bool(trace.of(PeopleChanged))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return one step curve per state, from the first change to ENDEX."""
        moments = few(people_over_time(trace))
        states = telling([counts for _, counts in moments])
        known = list(dict.fromkeys(state for _, counts in moments for state in counts))  # of all runs the same
        colours = [COLOURS[known.index(state) % len(COLOURS)] for state in states]
        moments.append((trace.header.ends_at_s, moments[-1][1]))
        rows: list[dict[str, Any]] = [
            {"h": t_s / 3600, "state": word("value", state, lang), "people": counts.get(state, 0)}
            for t_s, counts in moments
            for state in states
        ]
        axis = Term("Hours after STARTEX", "演练开始后（小时）").in_(lang)
        colour = alt.Color(
            "state:N", title=None, scale=alt.Scale(domain=[word("value", s, lang) for s in states], range=colours),
            legend=alt.Legend(orient="top", columns=4),
        )  # fmt: skip
        return (
            alt.Chart(pd.DataFrame(rows))
            .mark_line(interpolate="step-after")
            .encode(
                x=alt.X("h:Q", title=axis),
                y=alt.Y("people:Q", title=PEOPLE.in_(lang), axis=whole_numbers()),
                color=colour,
                tooltip=["state:N", "people:Q", alt.Tooltip("h:Q", format=".2f")],
            )
            .properties(height=380)
        )
