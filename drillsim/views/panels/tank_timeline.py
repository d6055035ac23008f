"""How each tank was over time: sound, burning, under foam, knocked down, out, lost."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.hazards.release.tanks import STATUSES
from drillsim.language import Term, word
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import HazardMeasured
from drillsim.trace.trace import Trace
from drillsim.views.chart_size import in_rows
from drillsim.views.panels import Chart, Panel

HEAD: Final = "tank_"
COLOURS: Final = ("#e5e7eb", "#d55e00", "#0072b2", "#e69f00", "#009e73", "#9ca3af", "#475569")


def tank_stages(trace: Trace) -> list[tuple[str, str, float, float]]:
    """Return tank, status, from and until, for every stretch of time in which a tank was the same."""
    open_: dict[str, tuple[str, float]] = {}
    found: list[tuple[str, str, float, float]] = []
    for event in trace.of(HazardMeasured):
        for name, value in zip(event.names, event.values, strict=True):
            if not name.startswith(HEAD):
                continue
            tank, status = name.removeprefix(HEAD), STATUSES[int(value)]
            before = open_.get(tank)
            if before is None or before[0] != status:
                if before is not None:
                    found.append((tank, before[0], before[1], event.t_s))
                open_[tank] = (status, event.t_s)
    return found + [(tank, status, since, trace.header.ends_at_s) for tank, (status, since) in open_.items()]


class TankTimelinePanel(Panel):
    """One bar per tank, coloured by how it was."""

    title = Term("Tanks", "储罐状态")
    rank = 40

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether any tank was measured."""
        return any(name.startswith(HEAD) for event in trace.of(HazardMeasured) for name in event.names)

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return the bars."""
        rows: list[dict[str, Any]] = [
            {"tank": tank, "status": word("value", status, lang), "from": since / 3600, "until": until / 3600}
            for tank, status, since, until in tank_stages(trace)
        ]
        axis = Term("Hours after STARTEX", "演练开始后（小时）").in_(lang)
        names = [word("value", status, lang) for status in STATUSES]
        return (
            alt.Chart(pd.DataFrame(rows))
            .mark_bar(height={"band": 0.7})
            .encode(
                x=alt.X("from:Q", title=axis),
                x2="until:Q",
                y=alt.Y("tank:N", title=None),
                color=alt.Color(
                    "status:N", title=None, scale=alt.Scale(domain=names, range=list(COLOURS)),
                    legend=alt.Legend(orient="top", columns=5),
                ),
                tooltip=["tank:N", "status:N", alt.Tooltip("from:Q", format=".2f")],
            )
            .properties(**in_rows(24, len({row["tank"] for row in rows})))
        )  # fmt: skip
