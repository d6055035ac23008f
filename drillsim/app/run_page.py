"""The page that runs one plan and shows the run."""

from __future__ import annotations

import math
from datetime import datetime

import pandas as pd
import streamlit as st

from drillsim.app.markdown import plain, plain_paragraphs
from drillsim.app.pictures import choose_picture, draw, run_of
from drillsim.app.state import Session, offer
from drillsim.language import word
from drillsim.metrics import Outcome, evaluate
from drillsim.metrics.headlines import results
from drillsim.metrics.registry import unit_of
from drillsim.metrics.story import wave_rows
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import AdvisoryIssued, CallReceived, IncidentStarted, WaveOrdered
from drillsim.trace.trace import Trace
from drillsim.views import page, run_map
from drillsim.views.amounts import amount
from drillsim.views.charts import arrivals_chart, interval_chart, unit_timeline
from drillsim.views.clock import clock, span
from drillsim.views.names import Names, names_of
from drillsim.views.panels import panels_for
from drillsim.world.advisory import advisory_text

MOST_FIGURES = 6
"""Figures that stand side by side on top."""


def show(session: Session) -> None:
    """Draw the page: choice of plan and seed, then figures, map, pictures and advisories of the run."""
    scenario = session.scenario
    if scenario is None:
        return
    st.markdown(f"### {plain(scenario.title.in_(session.lang))}")
    if scenario.description is not None:
        st.caption(plain_paragraphs(scenario.description.in_(session.lang)))
    plan_id, seed = _choose(session, scenario)
    if plan_id is None:
        return
    plan = scenario.plan(plan_id)
    trace = run_of(scenario, plan, seed)
    _results(session, scenario, plan, trace)


def _choose(session: Session, scenario: Scenario) -> tuple[str | None, int]:
    left, middle, right = st.columns([5, 2, 2], vertical_alignment="bottom")
    titles = {spec.id: spec.title.in_(session.lang) if spec.title else spec.id for spec in scenario.plans}
    field = offer("run_plan", next(iter(titles)), titles, lang=session.lang)
    offer("run_seed", 1)
    plan_id = left.selectbox(session.say("plan"), list(titles), format_func=lambda p: titles[p], key=field)
    seed = middle.number_input(session.say("seed"), 0, 2**31, key="run_seed")
    asked = right.button(session.say("run"), type="primary", width="stretch", key="run_button")
    key = (scenario.id, plan_id, int(seed))
    if asked:
        st.session_state["ran"] = key
    if st.session_state.get("ran") != key:
        st.info(session.say("press_run"))
        _assumptions(session, scenario)
        return None, 0
    return plan_id, int(seed)


def _results(session: Session, scenario: Scenario, plan: Plan, trace: Trace) -> None:
    names, outcome = names_of(scenario, plan, trace), evaluate(trace, scenario.objectives)
    _came_to(session, outcome, names)
    _objectives(session, scenario, outcome)
    html = page(run_map(trace, scenario.roads, names=names, lang=session.lang))
    left, right = st.columns([7, 4])
    with left:
        st.markdown(f"**{session.say('map')}**")
        st.iframe(html, height=500)
    with right:
        st.markdown(f"**{session.say('arrivals')}**")
        st.altair_chart(arrivals_chart({plan.title.in_(session.lang): trace}, session.lang), width="stretch")
    if trace.of(WaveOrdered):
        st.markdown(f"**{session.say('waves')}**")
        st.dataframe(_wave_table(session, plan, trace, outcome, names), hide_index=True)
    st.markdown(f"**{session.say('incidents')}**")
    st.dataframe(_incident_table(session, scenario, trace, outcome, names), hide_index=True)
    _pictures(session, scenario, trace, outcome, names)
    _downloads(session, scenario, plan, trace, html)
    _advisories(session, trace, names)
    _assumptions(session, scenario)


def _pictures(session: Session, scenario: Scenario, trace: Trace, outcome: Outcome, names: Names) -> None:
    """Show one picture of the run, chosen among those that apply."""
    own = {"intervals": session.say("intervals"), "timeline": session.say("timeline")}
    panels = {panel.name: panel for panel in panels_for(trace, scenario)}
    chosen = choose_picture(own | {name: p.title.in_(session.lang) for name, p in panels.items()}, key="run_picture")
    if chosen in panels:
        draw(panels[chosen].draw(trace, scenario, session.lang))
    elif chosen == "timeline":
        st.altair_chart(unit_timeline(trace, names, session.lang), width="stretch")
    else:
        limit = next((o.limit for o in scenario.objectives if o.metric == "first_arrival_s" and o.case is None), None)
        st.altair_chart(interval_chart(outcome, names, session.lang, limit), width="stretch")


def _came_to(session: Session, outcome: Outcome, names: Names) -> None:
    """Show the results for people and fires in large figures."""
    shown = list(results(outcome.values))[:MOST_FIGURES]  # not a data frame
    for column, (metric, case, value) in zip(st.columns(max(1, len(shown))), shown, strict=False):
        measure = case.rpartition("/")[2] if "/" in case else ""
        label = word("value", measure, session.lang) if measure else word("metric", metric, session.lang)
        if case and not measure:
            label = f"{label} · {names.incident(case, session.lang)}"
        advisory_text = amount(value, metric, session.lang) if math.isfinite(value) else session.say("never")
        column.metric(plain(label[:1].upper() + label[1:]), plain(advisory_text))


def _objectives(session: Session, scenario: Scenario, outcome: Outcome) -> None:
    if not outcome.objectives:
        return
    for column, objective, result in zip(
        st.columns(len(outcome.objectives)), scenario.objectives, outcome.objectives, strict=True
    ):
        limit = amount(result.limit, result.metric, session.lang)
        key = "share_of" if unit_of(result.metric) == "s" else "share_at_most"
        shares = {"share": f"{result.achieved:.0%}", "wanted": f"{result.share:.0%}"}
        advisory_text = session.say(key, cases=result.cases, limit=limit, **shares)
        with column.container(border=True, height="stretch"):
            colour = "green" if result.met else "red"
            st.markdown(f":{colour}-background[{session.say('met' if result.met else 'not_met')}]")
            st.markdown(f"**{plain(objective.title.in_(session.lang))}**")
            st.caption(plain(advisory_text))


def _wave_table(session: Session, plan: Plan, trace: Trace, outcome: Outcome, names: Names) -> pd.DataFrame:
    startex = datetime.fromisoformat(trace.header.startex)
    values = outcome.values

    def moment(t_s: float) -> str:
        if not math.isfinite(t_s):
            return session.say("never")
        return f"{clock(startex, t_s)} (+{span(t_s, lang=session.lang)})"

    return pd.DataFrame(
        [
            {
                session.say("wave"): names.wave(row.wave, session.lang),
                session.say("ordered"): clock(startex, row.ordered_s),
                session.say("departed"): clock(startex, row.departed_s),
                session.say("first_in_place"): moment(values["first_in_place_s"][row.wave]),
                session.say("closure"): moment(values["closure_s"][row.wave]),
            }
            for row in wave_rows(trace, [wave.id for wave in plan.waves])
        ]
    )


def _incident_table(session: Session, scenario: Scenario, trace: Trace, outcome: Outcome, names: Names) -> pd.DataFrame:
    startex = datetime.fromisoformat(trace.header.startex)
    where = {e.incident: e.node for e in trace.of(IncidentStarted)}
    values = outcome.values

    def after(t_s: float) -> str:
        return span(t_s, session.say("never"), lang=session.lang)

    rows = [
        {
            session.say("incident"): names.incident(e.incident, session.lang),
            session.say("place"): scenario.roads.places[where[e.incident]].name(session.lang),
            session.say("call"): clock(startex, e.t_s),
            session.say("first_arrival"): after(values["first_arrival_s"][e.incident]),
            session.say("full_assignment"): after(values["full_assignment_s"][e.incident]),
            session.say("begun"): after(values["total_response_s"][e.incident]),
            session.say("closed"): after(values["incident_closed_s"][e.incident]),
            session.say("unmet"): int(values["unmet_needs"][e.incident]),
        }
        for e in trace.of(CallReceived)
    ]
    return pd.DataFrame(rows)


def _downloads(session: Session, scenario: Scenario, plan: Plan, trace: Trace, html: str) -> None:
    stem = f"{scenario.id}-{plan.id}-{trace.header.seed}"
    first, second, third = st.columns([3, 2, 4], vertical_alignment="center")
    lines = "".join(trace.json_lines())
    first.download_button(session.say("trace"), lines, f"{stem}.jsonl", "application/jsonl", width="stretch")
    second.download_button(session.say("map_file"), html, f"{stem}.html", "text/html", width="stretch")
    third.caption(session.say("digest", digest=trace.digest()[:16]))


def _advisories(session: Session, trace: Trace, names: Names) -> None:
    """Show the advisories: models used outside their valid range."""
    told = dict.fromkeys((e.source, advisory_text(e, session.lang)) for e in trace.of(AdvisoryIssued))
    if told:
        with st.expander(session.say("advisories")):
            st.markdown(
                "\n".join(f"- {plain(names.incident(source, session.lang))}: {plain(text)}" for source, text in told)
            )


def _assumptions(session: Session, scenario: Scenario) -> None:
    if scenario.taken_for_granted:
        with st.expander(session.say("assumptions")):
            st.markdown("\n".join(f"- {plain(assumed.in_(session.lang))}" for assumed in scenario.taken_for_granted))
