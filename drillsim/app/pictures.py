"""Pictures of runs: every panel that applies, for one run or for runs of several plans side by side."""

from __future__ import annotations

from collections.abc import Mapping

import altair as alt
import streamlit as st

from drillsim.app.markdown import plain
from drillsim.app.state import Session
from drillsim.engine import simulate
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario
from drillsim.trace.trace import Trace
from drillsim.views.panels import Panel, Picture, panels_for

COMPOUND = (alt.VConcatChart, alt.HConcatChart, alt.FacetChart)
"""Pictures of several charts, which do not stretch."""


@st.cache_data(max_entries=50, show_spinner=False, hash_funcs={Scenario: Scenario.digest, Plan: Plan.digest})
def run_of(scenario: Scenario, plan: Plan, seed: int) -> Trace:
    """Return the run of a plan, from memory if it has been run before."""
    return simulate(scenario, plan, seed=seed)


def side_by_side(session: Session, scenario: Scenario, traces: Mapping[str, Trace]) -> None:
    """Draw one panel, chosen among those that apply to any of the runs: one column per run, by title of plan.

    Pictures of several charts do not shrink: these stand one below the other.
    """
    shown: dict[str, Panel] = {}
    for trace in traces.values():
        shown.update((panel.name, panel) for panel in panels_for(trace, scenario))
    if not shown:
        return
    panels = {panel.name: panel for panel in sorted(shown.values(), key=lambda panel: (panel.rank, panel.name))}
    chosen = choose_picture({name: p.title.in_(session.lang) for name, p in panels.items()}, key="compare_picture")
    pictures = {
        title: panels[chosen].draw(trace, scenario, session.lang) if panels[chosen].applies(trace, scenario) else None
        for title, trace in traces.items()
    }
    wide = any(isinstance(picture, COMPOUND) for picture in pictures.values())
    columns = [st.container() for _ in traces] if wide else st.columns(len(traces))
    for column, (title, picture) in zip(columns, pictures.items(), strict=True):
        with column:
            st.markdown(f"**{plain(title)}**")
            if picture is not None:
                draw(picture)


def choose_picture(titles: Mapping[str, str], *, key: str) -> str:
    """Let people choose one picture: a map that is drawn behind another would not know its size."""
    names = list(titles)
    known = st.session_state.get(key)
    chosen = st.pills(
        "pictures", names, format_func=lambda name: plain(titles[name]), label_visibility="collapsed",
        default=known if known in names else names[0], key=f"{key}_of_{len(names)}_{titles[names[-1]]}",
    )  # fmt: skip
    st.session_state[key] = chosen or names[0]
    return str(chosen or names[0])


def draw(picture: Picture) -> None:
    """Draw a chart, or a page in a frame."""
    if isinstance(picture, str):
        st.iframe(picture, height=560)
    else:
        st.altair_chart(picture, width="content" if isinstance(picture, COMPOUND) else "stretch")
