"""The page that compares plans over many replications."""

from __future__ import annotations

import math
import time
from collections.abc import Mapping
from functools import partial

import pandas as pd
import streamlit as st

from drillsim.app.batches import shared_batch
from drillsim.app.failures import TOLD, tell
from drillsim.app.markdown import plain
from drillsim.app.pictures import run_of, side_by_side
from drillsim.app.spreadsheets import guarded
from drillsim.app.state import Session, offer
from drillsim.comparison import ALL_CASES, Comparison, Difference, compare, sentence
from drillsim.language import vocabulary, word
from drillsim.language.tasks import task_word
from drillsim.metrics import Outcome
from drillsim.metrics.headlines import BY_MEASURE, RESULTS, TIMES, leading
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario
from drillsim.views.amounts import amount
from drillsim.views.charts import difference_chart
from drillsim.views.names import Names, names_of
from drillsim.views.panels import panels_for

HEADLINES = RESULTS + TIMES
"""Headline metrics: people, fires, then times; those that a scenario lacks are left out."""
MOST_HEADLINES = 6
SEED = 1
SHOW_EVERY_S = 0.2
"""Interval of progress updates; a stop takes effect at the next one. [s]"""


def show(session: Session) -> None:
    """Draw the page: choice of plans, the batch, headlines, table, charts, one run of each plan."""
    scenario = session.scenario
    if scenario is None:
        return
    st.markdown(f"### {plain(scenario.title.in_(session.lang))}")
    titles = {spec.id: spec.title.in_(session.lang) if spec.title else spec.id for spec in scenario.plans}
    reference, others, replications, asked = _choose(session, titles, scenario.id)
    if not others:
        st.info(session.say("choose_two"))
        return
    plans = [scenario.plan(plan_id) for plan_id in (reference, *others)]
    key = (scenario.digest(), tuple(plan.digest() for plan in plans), replications)
    if asked:
        outcomes = _run(session, scenario, plans, replications, key)
        if outcomes is None:
            return
        st.session_state["batch"] = (key, outcomes)
    known = st.session_state.get("batch")
    if known is None or known[0] != key:
        _show_stopped(session, key)
        st.caption(session.say("how_sure"))
        return
    _results(session, scenario, titles, reference, others, known[1])


def _choose(session: Session, titles: dict[str, str], scenario_id: str) -> tuple[str, list[str], int, bool]:
    left, middle, right, button = st.columns([3, 5, 3, 2], vertical_alignment="bottom")
    ids = list(titles)
    field = offer("compare_reference", ids[0], ids, lang=session.lang)
    offer("compare_replications", 100)
    reference = left.selectbox(session.say("reference"), ids, format_func=titles.__getitem__, key=field)
    rest = [plan_id for plan_id in ids if plan_id != reference]
    field = offer(f"compare_others_{scenario_id}_{reference}", rest[:1], lang=session.lang)
    if not set(st.session_state[field]) <= set(rest):  # one of them has been deleted
        st.session_state[field] = rest[:1]
    others = middle.multiselect(session.say("others"), rest, format_func=titles.__getitem__, key=field)
    replications = right.select_slider(
        session.say("replications"), [20, 50, 100, 200, 500, 1000], key="compare_replications"
    )
    asked = button.button(session.say("compare"), type="primary", width="stretch", key="compare_button")
    return str(reference), list(others), int(replications), asked


def _show_stopped(session: Session, key: object) -> None:
    """Show the progress of the requested batch if it was stopped, by the button or by a change of page."""
    stopped = st.session_state.get("batch_under_way")
    if stopped is not None and stopped[0] == key:
        st.info(session.say("stopped", done=stopped[1], total=stopped[2]))


def _run(
    session: Session, scenario: Scenario, plans: list[Plan], replications: int, key: object
) -> Mapping[str, tuple[Outcome, ...]] | None:
    """Run the batch with a progress bar; pressing stop runs the page anew, which ends this run."""
    st.session_state["batch_under_way"] = (key, 0, replications * len(plans))
    bar = st.progress(0.0)
    place = st.empty()
    place.button(session.say("stop"), key="compare_stop")
    shown_s = -math.inf

    def progress(done: int, total: int) -> None:
        nonlocal shown_s
        st.session_state["batch_under_way"] = (key, done, total)
        if time.monotonic() - shown_s > SHOW_EVERY_S:
            bar.progress(done / total, session.say("progress", done=done, total=total))
            shown_s = time.monotonic()

    outcomes = None
    try:
        outcomes = shared_batch(scenario, plans, replications=replications, seed=SEED, progress=progress)
    except TOLD as error:
        tell(error, session.lang)
    del st.session_state["batch_under_way"]
    bar.empty()
    place.empty()
    return outcomes


def _results(
    session: Session, scenario: Scenario, titles: dict[str, str], reference: str, others: list[str],
    outcomes: Mapping[str, tuple[Outcome, ...]],
) -> None:  # fmt: skip
    names = names_of(scenario, scenario.plan(reference))
    comparisons = {other: compare(outcomes[reference], outcomes[other]) for other in others}
    st.markdown(f"#### {session.say('verdict')}")
    for other, comparison in comparisons.items():
        if len(comparisons) > 1:
            st.markdown(f"**{plain(titles[other])}**")
        for difference in _headlines(comparison):
            subject = "" if difference.case == ALL_CASES else _case(difference, names, session)
            text = sentence(difference, session.lang, plan_a=titles[reference], plan_b=titles[other], subject=subject)
            st.markdown(f"- {plain(text)}")
    st.caption(session.say("how_sure"))
    st.markdown(f"#### {session.say('differences')}")
    present = [
        m for m in vocabulary("metric") if any(d.metric == m for c in comparisons.values() for d in c.differences)
    ]
    headlines = [d.metric for comparison in comparisons.values() for d in _headlines(comparison)]
    first = next((metric for metric in headlines if metric in present), present[0])
    field = offer(f"metric_{scenario.id}", first, present, lang=session.lang)
    metric = st.selectbox(
        session.say("what_is_compared"),
        present,
        format_func=lambda m: word("metric", m, session.lang),
        key=field,
    )
    shown = [
        (f"{titles[other]} · {_case(d, names, session)}" if len(comparisons) > 1 else _case(d, names, session), d)
        for other, c in comparisons.items()
        for d in c.differences
        if d.metric == metric and (d.case != ALL_CASES or metric not in BY_MEASURE)
    ]
    st.altair_chart(difference_chart(shown, session.lang), width="stretch")
    table = _table(session, comparisons, titles, names)
    with st.expander(session.say("table")):
        st.dataframe(table, hide_index=True)
    _one_run_each(session, scenario, {plan_id: titles[plan_id] for plan_id in (reference, *others[:1])})
    csv = guarded(table).to_csv(index=False).encode("utf-8-sig")  # the mark lets spreadsheets read Chinese
    st.download_button(session.say("table_file"), csv, f"{scenario.id}-compare.csv", "text/csv")


def _one_run_each(session: Session, scenario: Scenario, titles: Mapping[str, str]) -> None:
    """Show one run of each plan with common random numbers, as an illustration of the difference."""
    traces = {title: run_of(scenario, scenario.plan(plan_id), SEED) for plan_id, title in titles.items()}
    if any(panels_for(trace, scenario) for trace in traces.values()):
        st.markdown(f"#### {session.say('one_run_each')}")
        side_by_side(session, scenario, traces)


def _headlines(comparison: Comparison) -> list[Difference]:
    """Return the headline sentences: the differences, or that there are none."""
    found = {(d.metric, d.case): d for d in comparison.differences}
    heads = [found[key] for key in leading(found, ALL_CASES, HEADLINES)]
    return ([d for d in heads if d.verdict != "identical"] or heads)[:MOST_HEADLINES]


def _case(difference: Difference, names: Names, session: Session) -> str:
    if difference.case == ALL_CASES:
        return session.say("all_cases")
    head, slash, tail = difference.case.partition("/")
    known = {**names.units, **names.waves, **names.incidents}
    if difference.metric in BY_MEASURE:
        return word("value", tail, session.lang)
    if difference.metric in {"task_start_s", "task_finish_s"}:
        tail = task_word(tail, session.lang)
    name = known[head].in_(session.lang) if head in known else names.of_kind(head, session.lang)
    return name + slash.replace("/", " · ") + tail


def _table(
    session: Session, comparisons: Mapping[str, Comparison], titles: dict[str, str], names: Names
) -> pd.DataFrame:
    say = session.say
    show_amount = partial(amount, lang=session.lang)
    return pd.DataFrame(
        [
            {
                say("plan"): titles[other],
                say("metric"): word("metric", d.metric, session.lang),
                say("case"): "*" if d.case == ALL_CASES else _case(d, names, session),
                say("mean_a"): show_amount(d.mean_a, d.metric),
                say("mean_b"): show_amount(d.mean_b, d.metric),
                say("difference"): show_amount(d.mean_difference, d.metric),
                say("interval"): f"{show_amount(d.low, d.metric)} … {show_amount(d.high, d.metric)}",
                say("unreached"): f"{d.unreached_a} / {d.unreached_b}",
            }
            for other, comparison in comparisons.items()
            for d in comparison.differences
            if d.case != ALL_CASES or d.metric not in BY_MEASURE
        ]
    )
