"""An earthquake by several attenuation laws: people hit, and intensity at the settlements, each with its spread."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import altair as alt
import pandas as pd

from drillsim.incidents.earthquake import Earthquake
from drillsim.incidents.earthquake.laws import LawEffect, law_effects
from drillsim.language import Term, word
from drillsim.scenario.scenario import Scenario
from drillsim.trace.trace import Trace
from drillsim.views.panels import Chart, Panel
from drillsim.world.random_streams import RandomStreams
from drillsim.world.world import World

MOST_SETTLEMENTS: Final = 12
"""Settlements that are shown, those with most people."""
TRAPPED: Final = Term("Under rubble, alive at first", "压埋且初时存活")
KILLED: Final = Term("Killed at once", "当场遇难")
SPREAD: Final = Term(
    "People expected: median shaking, and one standard deviation of the law less and more everywhere",
    "预期人数：中值震动，及各处同时偏低、偏高一个标准差",
)
INTENSITY: Final = Term("Intensity at the settlements", "居民点烈度")
LARGEST: Final = Term(" (the {n} largest of {total})", "（{total} 个中最大的 {n} 个）")
USED: Final = Term("{law} (in use)", "{law}（采用）")


def effects(quake: Earthquake, scenario: Scenario) -> list[LawEffect]:
    """Return what each law expects of an earthquake of a scenario."""
    streams = RandomStreams(0)
    return list(
        law_effects(quake, World(scenario.ground, streams, scenario.startex, scenario.ends_at_s, scenario.weather))
    )


def named(effect: LawEffect, lang: str) -> str:
    """Return the name of a law, marked where the scenario shakes by it."""
    name = word("value", effect.law, lang)
    return USED.in_(lang).format(law=name) if effect.used else name


class LawsPanel(Panel):
    """Expected casualties and intensities by law, as points with bars of one standard deviation."""

    title = Term("Several attenuation laws", "不同衰减关系对比")
    rank = 9

    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether there is an earthquake in the scenario."""
        return any(isinstance(kind, Earthquake) for kind in scenario.incidents)

    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Chart:
        """Return one chart of people and one of intensities for each earthquake, one below the other."""
        charts: list[Any] = []
        for quake in (kind for kind in scenario.incidents if isinstance(kind, Earthquake)):
            found = effects(quake, scenario)
            charts += [_people(found, lang), _intensities(found, scenario, lang)]
        return alt.vconcat(*charts).resolve_scale(x="independent", y="independent")


def _bars(x: Any, **channels: Any) -> list[Any]:
    """Return bars from ``low`` to ``high`` and points on them, of data to come."""
    base = alt.Chart().encode(**channels)
    bars = base.mark_rule(strokeWidth=3, opacity=0.5).encode(x=x, x2="high:Q")
    tips = [alt.Tooltip(f"{name}:Q", format=",.1f") for name in ("low", "median", "high")]
    return [bars, base.mark_point(filled=True, size=70, opacity=1).encode(x="median:Q", tooltip=["law:N", *tips])]


def _people(found: list[LawEffect], lang: str) -> Any:
    rows = [
        {
            "law": named(one, lang), "what": what.in_(lang), "low": low, "median": middle, "high": high,
            "text": f"{middle:,.0f} ({low:,.0f} … {high:,.0f})",
        }
        for one in found
        for what, (low, middle, high) in ((TRAPPED, one.trapped.tolist()), (KILLED, one.killed.tolist()))
    ]  # fmt: skip
    x = alt.X("low:Q", scale=alt.Scale(type="symlog"), axis=None)
    y = alt.Y("law:N", sort=[named(one, lang) for one in found], title=None, axis=alt.Axis(labelLimit=240))
    text = alt.Chart().mark_text(dy=-11).encode(y=y, x="median:Q", text="text:N")
    chart = alt.layer(*_bars(x, y=y), text, data=pd.DataFrame(rows)).properties(width=560, height=130)
    facets = chart.facet(row=alt.Row("what:N", title=None, sort=[TRAPPED.in_(lang), KILLED.in_(lang)]))
    return facets.properties(title=SPREAD.in_(lang))


def _intensities(found: list[LawEffect], scenario: Scenario, lang: str) -> Any:
    settlements = found[0].settlements
    largest = sorted(range(len(settlements)), key=lambda i: -settlements[i].population)[:MOST_SETTLEMENTS]
    names = dict(_names(found[0], scenario, lang))
    rows = [
        {
            "law": named(one, lang), "settlement": names[i], "low": float(one.intensity[0, i]),
            "median": float(one.intensity[1, i]), "high": float(one.intensity[2, i]),
        }
        for one in found
        for i in largest
    ]  # fmt: skip
    laws = [named(one, lang) for one in found]
    left_out = len(largest) < len(settlements)
    more = LARGEST.in_(lang).format(n=len(largest), total=len(settlements)) if left_out else ""
    y = alt.Y("settlement:N", sort=[names[i] for i in largest], title=None, axis=alt.Axis(labelLimit=240))
    x = alt.X("low:Q", scale=alt.Scale(zero=False), title=INTENSITY.in_(lang) + more)
    colour = alt.Color("law:N", sort=laws, title=None, legend=alt.Legend(orient="top", labelLimit=240))
    layers = _bars(x, y=y, color=colour, yOffset=alt.YOffset("law:N", sort=laws))
    return alt.layer(*layers, data=pd.DataFrame(rows)).properties(width=560, height=34 * max(1, len(largest)))


def _names(effect: LawEffect, scenario: Scenario, lang: str) -> Iterator[tuple[int, str]]:
    for i, settlement in enumerate(effect.settlements):
        place = scenario.roads.places[settlement.node]
        yield i, settlement.title.in_(lang) if settlement.title is not None else place.name(lang)
