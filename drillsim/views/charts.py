"""Charts as pure functions of traces and comparisons."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.comparison import Difference
from drillsim.language import say
from drillsim.metrics import Outcome
from drillsim.metrics.registry import unit_of
from drillsim.trace.events import (
    UnitAlerted,
    UnitArrived,
    UnitAssembled,
    UnitAssigned,
    UnitBackInService,
    UnitEnRoute,
    UnitHome,
    UnitInPlace,
    UnitOnDuty,
    UnitOutOfService,
    UnitRecalled,
    UnitReleased,
    UnitTrapped,
)
from drillsim.trace.trace import Trace
from drillsim.views.chart_size import in_rows
from drillsim.views.clock import clock, span
from drillsim.views.names import Names

BLUE, ORANGE, GREEN, YELLOW, GREY, PURPLE = "#0072b2", "#d55e00", "#009e73", "#e69f00", "#9ca3af", "#cc79a7"
"""Okabe-Ito colours: told apart by colour-blind eyes."""
PARTS: Final = (
    ("alarm_handling", GREY),
    ("travel", BLUE),
    ("initiating", YELLOW),
)
STATES: Final = {
    "turnout": YELLOW,
    "driving": BLUE,
    "waiting": PURPLE,
    "working": ORANGE,
    "standby": "#e5e7eb",
    "trapped": "#7f1d1d",
    "out": "#475569",
}
MOST_ROWS: Final = 40
LONG_MIN: Final = 300.0
"""Minutes beyond which people count hours (assumption)."""


def interval_chart(outcome: Outcome, names: Names, lang: str, limit_s: float | None = None) -> alt.LayerChart:
    """Return, per incident, alarm handling, the way there and initiating action as stacked bars. [min]

    The way there begins when the first unit is asked for: it may have to wait until one is free. Where any took hours,
    so is the axis. An incident that nobody reached has no bar and says so; *limit_s* is drawn as a rule.
    """
    rows = pd.DataFrame(_interval_rows(outcome, names, lang), columns=["incident", "part", "n", "minutes", "never"])
    colours = alt.Scale(domain=[say(f"view.{key}", lang) for key, _ in PARTS], range=[colour for _, colour in PARTS])
    order = list(dict.fromkeys(rows["incident"])) if len(rows) else []
    labels = alt.Axis(labelLimit=260, labelFlush=False)
    base = alt.Chart(rows).encode(y=alt.Y("incident:N", title=None, sort=order, axis=labels))
    whole = rows.groupby("incident", sort=False)["minutes"].sum().max() if len(rows) else 0.0
    axis = "minutes"
    if whole > LONG_MIN:
        axis, rows["minutes"] = "hours_after_call", rows["minutes"] / 60
    bars = base.mark_bar(height={"band": 0.7}).encode(
        x=alt.X("minutes:Q", title=say(f"view.{axis}", lang), stack="zero"),
        color=alt.Color("part:N", title=None, scale=colours, legend=alt.Legend(orient="top")),
        order="n:O",
        tooltip=["incident:N", "part:N", alt.Tooltip("minutes:Q", format=".1f")],
    )
    never = (
        base.transform_filter("datum.never")
        .mark_text(align="left", dx=4, color=ORANGE)
        .encode(x=alt.datum(0), text=alt.value(say("view.never", lang)))
    )
    layers = [bars, never]
    if limit_s is not None:
        limit = alt.Chart(pd.DataFrame({"minutes": [limit_s / (60 if axis == "minutes" else 3600)]})).encode(
            x="minutes:Q"
        )
        text = f"{say('view.limit', lang)} {span(limit_s, lang=lang)}"
        layers.append(limit.mark_rule(strokeDash=[5, 4], color=GREY))
        layers.append(
            limit.mark_text(align="left", dx=3, fontSize=11, color=GREY).encode(y=alt.value(-7), text=alt.value(text))
        )
    return alt.layer(*layers).properties(**in_rows(22, len(order)))


def _interval_rows(outcome: Outcome, names: Names, lang: str) -> list[dict[str, Any]]:
    metrics = outcome.values
    rows: list[dict[str, Any]] = []
    for incident in list(metrics["first_arrival_s"])[:MOST_ROWS]:
        handling, first = metrics["alarm_handling_s"][incident], metrics["first_arrival_s"][incident]
        begun = metrics["total_response_s"][incident]
        never = math.isinf(first)
        parts = (handling, first - handling, begun - first)
        for n, ((key, _), seconds) in enumerate(zip(PARTS, parts, strict=True)):
            minutes = 0.0 if never or not math.isfinite(seconds) else seconds / 60
            rows.append(
                {
                    "incident": names.incident(incident, lang),
                    "part": say(f"view.{key}", lang),
                    "n": n,
                    "minutes": minutes,
                    "never": never and n == 0,
                }
            )
    return rows


def arrivals_chart(traces: Mapping[str, Trace], lang: str) -> alt.Chart:
    """Return how many people are on scene or in place over time, one step line per plan."""
    rows = pd.DataFrame([row for plan, trace in traces.items() for row in _arrival_rows(plan, trace)])
    colours = alt.Scale(range=[BLUE, ORANGE, GREEN, PURPLE, YELLOW, GREY])
    ends_h = max((trace.header.ends_at_s for trace in traces.values()), default=0.0) / 3600
    legend = alt.Legend(orient="top") if len(traces) > 1 else None
    return (
        alt.Chart(rows)
        .mark_line(interpolate="step-after", strokeWidth=2.5)
        .encode(
            x=alt.X("hours:Q", title=say("view.hours", lang), scale=alt.Scale(domain=[0, ends_h], nice=False)),
            y=alt.Y("people:Q", title=say("view.people_in_place", lang)),
            color=alt.Color("plan:N", title=say("view.plan", lang), scale=colours, legend=legend),
            tooltip=["plan:N", alt.Tooltip("hours:Q", format=".2f"), "people:Q"],
        )
        .properties(height=420)
    )


def _arrival_rows(plan: str, trace: Trace) -> list[dict[str, Any]]:
    """Return the steps of one plan: a unit counts from its first arrival or from being in place."""
    crew = {e.unit: e.crew for e in trace.of(UnitOnDuty)}
    there: set[str] = set()
    people = 0
    rows = [{"plan": plan, "hours": 0.0, "people": people}]
    for event in trace.events:
        if isinstance(event, (UnitArrived, UnitInPlace)) and event.unit not in there:
            there.add(event.unit)
            people += crew.get(event.unit, 0)
            rows.append({"plan": plan, "hours": event.t_s / 3600, "people": people})
    rows.append({"plan": plan, "hours": trace.header.ends_at_s / 3600, "people": people})
    return rows


def unit_timeline(trace: Trace, names: Names, lang: str) -> alt.Chart:
    """Return what every unit that moved did and when, one bar per state."""
    spans = _spans(trace)
    moved = [unit for unit, states in spans.items() if any(state != "standby" for _, _, state in states)][:MOST_ROWS]
    startex = datetime.fromisoformat(trace.header.startex)
    rows = pd.DataFrame(
        [
            {
                "unit": names.unit(unit, lang), "from": from_s / 3600, "to": to_s / 3600,
                "state": say(f"view.{state}", lang),
                "clock": f"{clock(startex, from_s)} – {clock(startex, to_s)}",
            }
            for unit in moved
            for from_s, to_s, state in spans[unit]
        ],
        columns=["unit", "from", "to", "state", "clock"],
    )  # fmt: skip
    scale = alt.Scale(domain=[say(f"view.{state}", lang) for state in STATES], range=list(STATES.values()))
    whole = alt.Scale(domain=[0, trace.header.ends_at_s / 3600], nice=False)
    return (
        alt.Chart(rows)
        .mark_bar(height={"band": 0.72})
        .encode(
            x=alt.X("from:Q", title=say("view.hours", lang), scale=whole),
            x2=alt.X2(field="to"),
            y=alt.Y(
                "unit:N",
                title=None,
                sort=[names.unit(u, lang) for u in moved],
                axis=alt.Axis(labelLimit=220, labelFlush=False),
            ),
            color=alt.Color("state:N", title=None, scale=scale, legend=alt.Legend(orient="top")),
            tooltip=["unit:N", "state:N", "clock:N"],
        )
        .properties(**in_rows(20, len(moved)))
    )


_STATE_AFTER: Final = {
    UnitAssigned: "turnout",
    UnitAlerted: "turnout",
    UnitArrived: "working",
    UnitAssembled: "waiting",
    UnitInPlace: "standby",
    UnitReleased: "standby",
    UnitRecalled: "standby",
    UnitHome: "standby",
    UnitTrapped: "trapped",
    UnitOutOfService: "out",
    UnitBackInService: "standby",
}


def _spans(trace: Trace) -> dict[str, list[tuple[float, float, str]]]:
    """Return, per unit, the spans of its states: from, to, state. [s]"""
    now = {e.unit: (0.0, "standby") for e in trace.of(UnitOnDuty)}
    spans: dict[str, list[tuple[float, float, str]]] = {unit: [] for unit in now}
    for event in trace.events:
        unit = getattr(event, "unit", None)
        state = "driving" if isinstance(event, UnitEnRoute) else _STATE_AFTER.get(type(event))
        if unit in now and state is not None:
            since, before = now[unit]
            if event.t_s > since:
                spans[unit].append((since, event.t_s, before))
            now[unit] = (event.t_s, state)
    for unit, (since, state) in now.items():
        spans[unit].append((since, trace.header.ends_at_s, state))
    return spans


UNITS: Final = {"s": (60.0, "min"), "m": (1000.0, "km"), "1": (0.01, "%")}
"""Unit of a metric: its size in the unit that is drawn, and the name of that."""


def _largest_m(d: Difference) -> float:
    return max((abs(v) for v in (d.mean_difference, d.low, d.high) if math.isfinite(v)), default=0.0)


def difference_chart(labelled: Sequence[tuple[str, Difference]], lang: str) -> alt.LayerChart:
    """Return mean differences with their intervals, each under its label: times in minutes, left of zero is earlier."""
    size, unit = UNITS.get(unit_of(labelled[0][1].metric), (1.0, "")) if labelled else UNITS["s"]
    if unit == UNITS["m"][1] and all(_largest_m(d) < size for _, d in labelled):
        size, unit = 1.0, "m"
    rows = pd.DataFrame(
        [
            {"label": label, "mean": d.mean_difference / size, "low": d.low / size, "high": d.high / size}
            for label, d in labelled
            if math.isfinite(d.mean_difference) and math.isfinite(d.low)
        ],
        columns=["label", "mean", "low", "high"],
    )
    timed = unit == UNITS["s"][1]
    text = say("view.difference_min", lang) if timed else f"{say('view.difference', lang)} {unit}".strip()
    less, more = (say(f"view.{key}", lang) for key in (("earlier", "later") if timed else ("less", "more")))
    apart = "\u2003" * 3  # em spaces: a picture collapses ordinary ones
    title = f"← {less}{apart}{text}{apart}{more} →"
    y = alt.Y("label:N", title=None, sort=list(rows["label"]), axis=alt.Axis(labelLimit=300, labelFlush=False))
    base = alt.Chart(rows)
    whisker = base.mark_rule(strokeWidth=2.5, color=BLUE).encode(
        x=alt.X("low:Q", title=title, axis=alt.Axis(tickCount=8), scale=alt.Scale(padding=24)),
        x2=alt.X2(field="high"),
        y=y,
    )
    tip = ["label:N", *(alt.Tooltip(f"{name}:Q", format=".1f" if timed else ".2f") for name in ("mean", "low", "high"))]
    dot = base.mark_point(filled=True, size=90, color=BLUE).encode(x="mean:Q", y=y, tooltip=tip)
    zero = alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(color=GREY, strokeDash=[4, 4]).encode(x="x:Q")
    return alt.layer(zero, whisker, dot).properties(**in_rows(26, rows["label"].nunique()))
