"""Pictures of runs: every panel that applies, for one run or for runs of several plans side by side."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from drillsim.app.state import Session
from drillsim.engine import simulate
from drillsim.plan import Plan
from drillsim.scenario import Scenario
from drillsim.trace import Trace
from drillsim.views.panels import Panel, Picture, panels_for


@st.cache_data(max_entries=50, show_spinner=False)
def run(_scenario: Scenario, _plan: Plan, digests: tuple[str, str], seed: int) -> Trace:  # noqa: ARG001  # the key
    """Run a plan once; the same question is answered from memory."""
    return simulate(_scenario, _plan, seed=seed)


def run_of(scenario: Scenario, plan: Plan, seed: int) -> Trace:
    """Return the run of a plan, from memory if it has been run before."""
    trace: Trace = run(scenario, plan, (scenario.digest(), plan.digest()), seed)
    return trace


def side_by_side(session: Session, scenario: Scenario, traces: Mapping[str, Trace]) -> None:
    """Draw every panel that applies to any of the runs: one tab per panel, one column per run, by title of plan."""
    shown: dict[type[Panel], Panel] = {}
    for trace in traces.values():
        shown.update((type(panel), panel) for panel in panels_for(trace, scenario))
    if not shown:
        return
    panels = sorted(shown.values(), key=lambda panel: (panel.rank, type(panel).__name__))
    for tab, panel in zip(st.tabs([p.title.in_(session.lang) for p in panels]), panels, strict=True):
        for column, (title, trace) in zip(tab.columns(len(traces)), traces.items(), strict=True):
            with column:
                st.markdown(f"**{title}**")
                if panel.applies(trace, scenario):
                    draw(panel.draw(trace, scenario, session.lang))


def draw(picture: Picture) -> None:
    """Draw a chart, or a page in a frame."""
    if isinstance(picture, str):
        st.iframe(picture, height=560)
    else:
        st.altair_chart(picture, width="stretch")
