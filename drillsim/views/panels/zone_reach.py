"""How far the zones reach, and how much road and how many places lie in them, over time."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.language import Term
from drillsim.roads import numbers
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import HazardMeasured, ZonesChanged
from drillsim.trace.trace import Trace
from drillsim.views.panels import Chart, Panel

REACH: Final = {
    "warm_reach_m": Term("Warm zone reaches, km", "轻危区距离（公里）"),
    "hot_reach_m": Term("Hot zone reaches, km", "重危区距离（公里）"),
}
ROADS: Final = Term("Road in the zones, km", "危险区内道路（公里）")
PLACES: Final = Term("Places in the zones", "危险区内地点数")


def affected(trace: Trace, scenario: Scenario) -> list[tuple[float, float, int]]:
    """Return moment, kilometres of road and places in any zone, each time that they change."""
    length_m = numbers(scenario.roads.section_columns["length_m"])
    row = scenario.roads.section_ids.row
    sections: dict[tuple[str, str], int] = {}
    places: dict[tuple[str, str], int] = {}
    found = []
    for e in trace.of(ZonesChanged):
        sections.update(((e.hazard, s), g) for s, g in zip(e.sections, e.section_grades, strict=True))
        places.update(((e.hazard, p), g) for p, g in zip(e.places, e.place_grades, strict=True))
        inside = {s for (_, s), g in sections.items() if g > 0}
        km = sum(float(length_m[row(s)]) for s in inside) / 1000.0
        found.append((e.t_s, km, len({p for (_, p), g in places.items() if g > 0})))
    return found


class ZoneReachPanel(Panel):
    """Curves of reach, road and places."""

    title = Term("Zones over time", "危险区变化")
    rank = 31

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether any zone was there."""
        return bool(trace.of(ZonesChanged))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return one row of curves per quantity."""
        rows: list[dict[str, Any]] = []
        for e in trace.of(HazardMeasured):
            rows += [
                {"h": e.t_s / 3600, "what": REACH[name].in_(lang), "value": value / 1000}
                for name, value in zip(e.names, e.values, strict=True)
                if name in REACH
            ]
        for t_s, km, places in affected(trace, scenario):
            rows += [
                {"h": t_s / 3600, "what": ROADS.in_(lang), "value": km},
                {"h": t_s / 3600, "what": PLACES.in_(lang), "value": float(places)},
            ]
        axis = Term("Hours after STARTEX", "演练开始后（小时）").in_(lang)
        line = (
            alt.Chart(pd.DataFrame(rows))
            .mark_line(interpolate="step-after")
            .encode(x=alt.X("h:Q", title=axis), y=alt.Y("value:Q", title=None))
            .properties(height=110, width=800)
        )
        return line.facet(row=alt.Row("what:N", title=None)).resolve_scale(y="independent")
