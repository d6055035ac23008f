"""Water, foam and air on each scene over time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.language import Term, word
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import IncidentClosed, SupplyChanged
from drillsim.trace.trace import Trace
from drillsim.views.names import Names, incidents_of
from drillsim.views.panels import Chart, Panel

BULKY_L: Final = 10_000.0
"""From here on litres are drawn as cubic metres."""
UNITS: Final = {"water_l": "L", "foam_l": "L"}


def supply_curves(trace: Trace) -> Iterator[tuple[str, str, float, float]]:
    """Yield incident, supply, moment and amount: the corners of a curve that is straight between them.

    A curve ends with its incident: then nobody works there any more.
    """
    closed_s = {event.incident: event.t_s for event in trace.of(IncidentClosed)}
    ordered = sorted(trace.of(SupplyChanged), key=lambda e: (e.incident, e.supply))
    for (incident, supply), events in groupby(ordered, key=lambda e: (e.incident, e.supply)):
        amount, rate, since_s = 0.0, 0.0, 0.0
        for event in events:
            yield incident, supply, event.t_s, max(0.0, amount + rate * (event.t_s - since_s))
            yield incident, supply, event.t_s, event.amount
            amount, rate, since_s = event.amount, event.rate, event.t_s
        end_s = max(since_s, closed_s.get(incident, trace.header.ends_at_s))
        yield incident, supply, end_s, max(0.0, amount + rate * (end_s - since_s))


class SuppliesPanel(Panel):
    """One chart per supply, one curve per incident."""

    title = Term("Supplies on scene", "现场物资")
    rank = 60

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether any supply was brought."""
        return bool(trace.of(SupplyChanged))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return the amounts on scene over time."""
        names, curves = Names(incidents=incidents_of(scenario, trace)), list(supply_curves(trace))
        bulky = {supply for _, supply, _, amount in curves if amount >= BULKY_L and supply.endswith("_l")}
        rows: list[dict[str, Any]] = [
            {
                "incident": names.incident(incident, lang), "supply": _label(supply, lang, bulky=supply in bulky),
                "h": t_s / 3600, "amount": amount / 1000 if supply in bulky else amount,
            }
            for incident, supply, t_s, amount in curves
        ]  # fmt: skip
        axis = Term("Hours after STARTEX", "演练开始后（小时）").in_(lang)
        line = (
            alt.Chart(pd.DataFrame(rows))
            .mark_line()
            .encode(
                x=alt.X("h:Q", title=axis),
                y=alt.Y("amount:Q", title=None),
                color=alt.Color("incident:N", title=None, legend=alt.Legend(orient="top", columns=4, labelLimit=180)),
            )
            .properties(height=140, width=800)
        )
        return line.facet(row=alt.Row("supply:N", title=None)).resolve_scale(y="independent")


def _label(supply: str, lang: str, *, bulky: bool) -> str:
    if bulky:
        return f"{word('supply', supply, lang)} (m³)"
    unit = f" ({UNITS[supply]})" if supply in UNITS else ""
    return word("supply", supply, lang) + unit
