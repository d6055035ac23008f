"""Closed roads over time: how many there are, and of how many the command centre knows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import altair as alt
import pandas as pd

from drillsim.language import Term
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import SectionChanged, SectionReported
from drillsim.trace.trace import Trace
from drillsim.views.panels import Chart, Panel

TRUE, KNOWN = Term("closed", "实际中断"), Term("known to be closed", "已知中断")


def closures(trace: Trace) -> Iterator[tuple[float, int, int]]:
    """Yield, from each moment on, how many road sections are closed, and how many are known to be."""
    true: set[str] = set()
    known: set[str] = set()
    yield 0.0, 0, 0
    for event in trace.events:
        if isinstance(event, (SectionChanged, SectionReported)):
            closed = true if isinstance(event, SectionChanged) else known
            (closed.add if event.factor == 0 else closed.discard)(event.section)
            yield event.t_s, len(true), len(known)
    yield trace.header.ends_at_s, len(true), len(known)


class ClosuresPanel(Panel):
    """Two step curves: closed, and known to be closed."""

    title = Term("Closed roads, and those known", "道路中断：实际与已知")
    rank = 30

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether any road was closed."""
        return any(event.factor == 0 for event in trace.of(SectionChanged))

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return both curves."""
        rows: list[dict[str, Any]] = [
            {"h": t_s / 3600, "what": what.in_(lang), "sections": n}
            for t_s, *counts in closures(trace)
            for what, n in zip((TRUE, KNOWN), counts, strict=True)
        ]
        scale = alt.Scale(domain=[TRUE.in_(lang), KNOWN.in_(lang)], range=["#d55e00", "#0072b2"])
        return (
            alt.Chart(pd.DataFrame(rows))
            .mark_line(interpolate="step-after")
            .encode(
                x=alt.X("h:Q", title=Term("Hours after STARTEX", "演练开始后（小时）").in_(lang)),
                y=alt.Y("sections:Q", title=Term("Road sections", "路段数").in_(lang)),
                color=alt.Color("what:N", title=None, scale=scale, legend=alt.Legend(orient="top")),
                tooltip=["what:N", "sections:Q", alt.Tooltip("h:Q", format=".2f")],
            )
            .properties(height=340)
        )
