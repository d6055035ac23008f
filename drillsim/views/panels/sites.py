"""Worksites by state over time: waiting, neighbours digging, crews digging, halted, cleared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from operator import itemgetter
from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.language import Term, word
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import HazardChanged, IncidentClosed, PeopleChanged
from drillsim.trace.people_states import DIED_TRAPPED
from drillsim.trace.trace import Trace
from drillsim.views.chart_size import whole_numbers
from drillsim.views.panels import Chart, Panel

STATES: Final = ("waiting", "neighbours_digging", "crews_digging", "halted", "cleared")
COLOURS: Final = ("#d55e00", "#56b4e9", "#0072b2", "#cc79a7", "#009e73")
STEPS: Final = 200
"""Moments that are drawn, evenly spaced: a thousand sites change tens of thousands of times."""


def sites_by_state(trace: Trace) -> Iterator[tuple[float, dict[str, int]]]:
    """Yield, at evenly spaced moments, how many worksites are in each state."""
    sites = {e.hazard for e in trace.of(HazardChanged) if e.stage in {"neighbours_digging", "crews_digging"}}
    # the map shows those too at which nobody has dug by ENDEX
    sites |= {e.hazard for e in trace.of(PeopleChanged) if not DIED_TRAPPED.isdisjoint(e.states)}
    changes = [(e.t_s, e.hazard, e.stage) for e in trace.of(HazardChanged) if e.hazard in sites]
    # neighbours may have freed everybody before crews had searched: nothing is left to dig for once a site is closed
    changes += [(e.t_s, e.incident, "cleared") for e in trace.of(IncidentClosed) if e.incident in sites]
    changes.sort(key=itemgetter(0))
    now: dict[str, str] = {}
    i = 0
    for step in range(STEPS + 1):
        t_s = trace.header.ends_at_s * step / STEPS
        while i < len(changes) and changes[i][0] <= t_s:
            now[changes[i][1]] = "cleared" if now.get(changes[i][1]) == "cleared" else changes[i][2]
            i += 1
        yield t_s, dict(Counter(now.values()))


class SitesPanel(Panel):
    """A stacked area of worksites, coloured by state."""

    title = Term("Worksites by state", "作业点状态")
    rank = 12

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether there is any worksite at which somebody digs."""
        return any(e.stage in {"neighbours_digging", "crews_digging"} for e in trace.of(HazardChanged))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return the area chart."""
        rows: list[dict[str, Any]] = [
            {"h": t_s / 3600, "state": word("value", state, lang), "sites": counts.get(state, 0), "order": i}
            for t_s, counts in sites_by_state(trace)
            for i, state in enumerate(STATES)
        ]
        scale = alt.Scale(domain=[word("value", state, lang) for state in STATES], range=list(COLOURS))
        return (
            alt.Chart(pd.DataFrame(rows))
            .mark_area(interpolate="step-after")
            .encode(
                x=alt.X("h:Q", title=Term("Hours after STARTEX", "演练开始后（小时）").in_(lang)),
                y=alt.Y("sites:Q", title=Term("Worksites", "作业点数").in_(lang), axis=whole_numbers()),
                color=alt.Color("state:N", title=None, scale=scale, legend=alt.Legend(orient="top")),
                order="order:O",
                tooltip=["state:N", "sites:Q", alt.Tooltip("h:Q", format=".1f")],
            )
            .properties(height=340)
        )
