"""Road changes: the true state changes, the command centre learns of it, and journeys are rerouted.

The command centre may learn of it at once, by a report, or from the first unit at the section. Only journeys whose
route a change touches are rerouted.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from functools import partial

import numpy as np

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.engine.run import Run, UnitState
from drillsim.roads import closed_sections, snow_speed_factor
from drillsim.trace.events import SectionChanged, SectionReported

SEASON = "season"
"""Layer of the roads that are closed for part of every year, and cause of that."""
DAY_S = 86_400.0
"""A day, by definition. [s]"""
NO_ROWS = np.zeros(0, np.int32)
"""Cause of a change that affects all roads."""


def change_roads(run: Run, layer: str, factors: Mapping[str, float], *, cause: str, reported_by: str) -> None:
    """Replace one layer of the true state of the roads; with *reported_by*, the command centre knows at once."""
    changed = run.roads.set_layer(layer, factors)
    for section in changed:
        factor = run.roads.truth.factor(section)
        run.record(SectionChanged(run.now, section, factor, cause))
        if factor == 0:
            run.roads.closed_by[section] = cause
    better = bool(reported_by) and _learn(run, changed, reported_by)
    reroute_affected(run, changed, better=better)
    _look_round(run, changed)


def _look_round(run: Run, changed: Iterable[str]) -> None:
    """Let crews report roads that have opened in front of them; those under way see them when they come there."""
    known, truth = run.roads.known, run.roads.truth
    opened = [section for section in changed if known.is_closed(section) and not truth.is_closed(section)]
    if not opened:
        return
    for name, unit in sorted(run.units.items()):
        node = _stands_at(unit)
        seen = () if node is None else run.roads.opened_at(node)
        if seen:
            report(run, seen, name)
    for journey in tuple(run.journeys):
        if journey in run.journeys:
            journey.watch()


def _stands_at(unit: UnitState) -> str | None:
    """Return the place where a unit stands with a crew that can look about; None on the way or off the road."""
    if unit.journey is not None:
        return unit.journey.stands_at()
    return None if unit.stretch is not None or unit.away_s > 0 or unit.spec.crew == 0 else unit.node


def keep_the_season(run: Run) -> None:
    """Close the roads that are closed every year on the day of STARTEX, and at midnight those of the next; all know.

    What an inject says of a road stands above when it is usually closed.
    """
    startex = run.scenario.startex
    _close_for(run, startex.date())
    midnight = datetime.combine(startex.date(), time.min, startex.tzinfo)
    for n in range(1, math.ceil(run.scenario.ends_at_s / DAY_S) + 1):
        day = midnight + timedelta(days=n)
        before, after = (closed_sections(run.scenario.roads, d.date()) for d in (day - timedelta(days=1), day))
        if before != after:
            run.at((day - startex).total_seconds(), partial(_close_for, run, day.date()))


def _close_for(run: Run, day: date) -> None:
    said = run.roads.in_layer("injects")
    closed = {section: 0.0 for section in closed_sections(run.scenario.roads, day) if section not in said}
    if closed != run.roads.in_layer(SEASON):
        change_roads(run, SEASON, closed, cause=SEASON, reported_by=SEASON)


def slow_all_roads(run: Run) -> None:
    """Apply the present weather and traffic to all roads; everybody sees them, so no section is recorded."""
    moment = run.scenario.startex + timedelta(seconds=run.now + SAME_MOMENT_S)
    factor = snow_speed_factor(run.weather.snow) * run.scenario.traffic_by_hour.factor(moment)
    if factor != run.roads.known.overall:
        better = run.roads.slow_all(factor)
        run.news()
        for journey in tuple(run.journeys):
            if journey in run.journeys:
                journey.reroute(NO_ROWS, "all", better=better)


def report(run: Run, sections: Iterable[str], by: str) -> None:
    """Tell the command centre the true state of *sections*; journeys that this touches are rerouted."""
    sections = tuple(sections)
    reroute_affected(run, sections, better=_learn(run, sections, by))


def _learn(run: Run, sections: Iterable[str], by: str) -> bool:
    """Update the command centre's knowledge; return whether any road is better than it thought."""
    before = run.roads.known
    news = run.roads.learn(sections)
    for section in news:
        run.record(SectionReported(run.now, section, run.roads.known.factor(section), by))
        for state in run.about_section.get(section, ()):
            state.find()
    if news:
        run.news()
    return any(run.roads.known.factor(section) > before.factor(section) for section in news)


def reroute_affected(run: Run, sections: tuple[str, ...], *, better: bool) -> None:
    """Reroute every journey that a change of *sections* touches; all of them if a road is *better*."""
    if not sections:
        return
    rows = run.roads.rows(sections)
    for journey in tuple(run.journeys):
        if journey in run.journeys:  # rerouting one may have ended another
            journey.reroute(rows, sections[0], better=better)
