"""Rescue against the golden 72 hours: who is still trapped, who is out alive, and how many people work on scene."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.language import Term, word
from drillsim.metrics.casualties import GOLDEN_S, totals
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import PeopleChanged, UnitArrived, UnitOnDuty, UnitReleased
from drillsim.trace.trace import Trace
from drillsim.views.chart_size import whole_numbers
from drillsim.views.panels import Chart, Panel
from drillsim.views.panels.people import PEOPLE, few

SHOWN: Final = ("trapped", "freed_by_neighbours", "extricated_alive", "dead_in_rubble", "recovered_dead")
"""Everybody under rubble who was alive at first: at any moment these add up to the same number."""
COLOURS: Final = ("#d55e00", "#56b4e9", "#009e73", "#4b5563", "#cc79a7")
"""Okabe-Ito colours, grey and brown."""
FORCES: Final = Term("Responders on scene", "现场救援人员")
HOURS: Final = Term("Hours after STARTEX", "演练开始后（小时）")


def on_scene(trace: Trace) -> Iterator[tuple[float, int]]:
    """Yield how many people of the service are on any scene from each moment on."""
    crew = {e.unit: e.crew for e in trace.of(UnitOnDuty)}
    people = 0
    yield 0.0, 0
    for event in trace.events:
        if isinstance(event, UnitArrived):
            people += crew.get(event.unit, 0)
        elif isinstance(event, UnitReleased):
            people -= crew.get(event.unit, 0)
        else:
            continue
        yield event.t_s, people
    yield trace.header.ends_at_s, people


class RescuePanel(Panel):
    """Curves of the trapped and the rescued over those on scene, with the end of the golden 72 hours."""

    title = Term("Rescue against the golden 72 hours", "黄金72小时救援进程")
    rank = 10

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether anybody is trapped under rubble."""
        return any("extricated_alive" in event.states for event in trace.of(PeopleChanged))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return two charts on one axis of time."""
        moments = few(list(totals(trace)))
        first_s = moments[0][0]
        moments.append((trace.header.ends_at_s, moments[-1][1]))
        rows: list[dict[str, Any]] = [
            {"h": t_s / 3600, "state": word("value", state, lang), "people": counts.get(state, 0)}
            for t_s, counts in moments
            for state in SHOWN
        ]
        states = [word("value", state, lang) for state in SHOWN]
        golden = pd.DataFrame([{"h": (first_s + GOLDEN_S) / 3600}])
        rule = alt.Chart(golden).mark_rule(strokeDash=[4, 4], color="#6b7280").encode(x="h:Q")
        curves = (
            alt.Chart(pd.DataFrame(rows))
            .mark_line(interpolate="step-after")
            .encode(
                x=alt.X("h:Q", title=None),
                y=alt.Y("people:Q", title=PEOPLE.in_(lang), axis=whole_numbers()),
                color=alt.Color(
                    "state:N", title=None, legend=alt.Legend(orient="top"),
                    scale=alt.Scale(domain=states, range=list(COLOURS)),
                ),
                tooltip=["state:N", "people:Q", alt.Tooltip("h:Q", format=".2f")],
            )
        )  # fmt: skip
        there_now = few([(t_s, {"people": n}) for t_s, n in dict(on_scene(trace)).items()])
        forces = pd.DataFrame([{"h": t_s / 3600, "people": counts["people"]} for t_s, counts in there_now])
        there = (
            alt.Chart(forces)
            .mark_area(interpolate="step-after", color="#a6abb3")
            .encode(
                x=alt.X("h:Q", title=HOURS.in_(lang)), y=alt.Y("people:Q", title=FORCES.in_(lang), axis=whole_numbers())
            )
        )
        top = alt.layer(curves, rule).properties(height=220, width=800)
        return alt.vconcat(top, alt.layer(there, rule).properties(height=90, width=800)).resolve_scale(x="shared")
