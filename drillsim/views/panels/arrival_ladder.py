"""How the force on scene builds up after the call, against what the standards ask for at a fire in a tall building."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.language import Term
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import CallReceived, HazardMeasured, UnitArrived, UnitOnDuty
from drillsim.trace.trace import Trace
from drillsim.views.names import Names, incidents_of
from drillsim.views.panels import Chart, Panel

HANDLING_S, TURNOUT_S = 64.0, 80.0
STANDARD: Final = ((HANDLING_S + TURNOUT_S + 240.0, 4), (HANDLING_S + TURNOUT_S + 610.0, 42))
"""After the call: first engine of four, and the 42 people of a high-rise. [s], people. NFPA 1710: handling 64 s,
turnout 80 s, travel 240 s (found) and 610 s; 42 people (knowledge)."""


class ArrivalLadderPanel(Panel):
    """Steps of people on scene, the standard as a second ladder."""

    title = Term("Arrivals against the standard", "到场力量与标准对比")
    rank = 17

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether units came to a fire that is measured by floor."""
        return bool(ladder_rows(trace))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return both ladders, in minutes after the call."""
        asked = Term("NFPA 1710", "NFPA 1710 标准").in_(lang)
        names = Names(incidents=incidents_of(scenario, trace))
        there = [{**row, "what": names.incident(row["what"], lang)} for row in ladder_rows(trace)]
        last_min = max([row["min"] for row in there] + [STANDARD[-1][0] / 60])
        rows = [*there, *({"min": t_s / 60, "people": n, "what": asked} for t_s, n in ((0.0, 0), *STANDARD))]
        rows.append({"min": last_min, "people": STANDARD[-1][1], "what": asked})
        return (
            alt.Chart(pd.DataFrame(rows))
            .mark_line(interpolate="step-after")
            .encode(
                x=alt.X("min:Q", title=Term("Minutes after the call", "接警后（分钟）").in_(lang)),
                y=alt.Y("people:Q", title=Term("People on scene", "到场人数").in_(lang)),
                color=alt.Color("what:N", title=None, legend=alt.Legend(orient="top")),
                strokeDash=alt.condition(alt.datum.what == asked, alt.value([5, 4]), alt.value([1, 0])),
                tooltip=["what:N", "people:Q", alt.Tooltip("min:Q", format=".1f")],
            )
            .properties(height=360)
        )


def ladder_rows(trace: Trace) -> list[dict[str, Any]]:
    """Return, per fire that is measured by floor, the people on scene after each arrival: min, people, what."""
    fires = {e.hazard for e in trace.of(HazardMeasured) if "floors_burning" in e.names}
    called = {e.incident: e.t_s for e in trace.of(CallReceived) if e.incident in fires}
    crew = {e.unit: e.crew for e in trace.of(UnitOnDuty)}
    there: dict[str, set[str]] = {name: set() for name in called}
    rows: list[dict[str, Any]] = []
    for event in trace.of(UnitArrived):
        if event.incident in called and event.unit not in there[event.incident]:
            if not there[event.incident]:
                rows.append({"min": 0.0, "people": 0, "what": event.incident})
            there[event.incident].add(event.unit)
            minutes = (event.t_s - called[event.incident]) / 60
            rows.append(
                {
                    "min": minutes,
                    "people": sum(crew.get(unit, 0) for unit in there[event.incident]),
                    "what": event.incident,
                }
            )
    return rows
