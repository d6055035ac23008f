"""Casualties and cut-off villages of an earthquake. One case, ``all``: everybody counted by hazards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from drillsim.trace.events import HazardMeasured, PeopleChanged, SectionChanged, SectionReported
from drillsim.trace.trace import Trace

ALL = "all"
GOLDEN_S = 72 * 3600.0
"""Within this the service wants everybody out: the golden 72 hours. [s]"""


def totals(trace: Trace) -> Iterator[tuple[float, dict[str, int]]]:
    """Yield, for each moment at which anybody's state changes, how many are in each state from then on, in all."""
    now: dict[str, dict[str, int]] = {}
    total: Counter[str] = Counter()
    changes = trace.of(PeopleChanged)
    for i, event in enumerate(changes):
        total.subtract(now.get(event.hazard, {}))
        now[event.hazard] = dict(zip(event.states, event.counts, strict=True))
        total.update(now[event.hazard])
        if i + 1 == len(changes) or changes[i + 1].t_s > event.t_s:
            yield event.t_s, dict(total)


def _last(trace: Trace, *states: str, within_s: float = float("inf")) -> dict[str, float]:
    """Return how many people are in any of *states* at ENDEX, or so long after the first change; {} if none count."""
    found: dict[str, int] = {}
    first_s = None
    for t_s, counts in totals(trace):
        first_s = t_s if first_s is None else first_s
        if t_s - first_s <= within_s:
            found = counts
    if "trapped" not in found:
        return {}
    return {ALL: float(sum(found.get(state, 0) for state in states))}


def alive_extricated(trace: Trace) -> dict[str, float]:
    """Return how many people crews have brought out alive by ENDEX. [people]"""
    return _last(trace, "extricated_alive")


def freed_by_neighbours(trace: Trace) -> dict[str, float]:
    """Return how many people neighbours have freed by ENDEX. [people]"""
    return _last(trace, "freed_by_neighbours")


def died_trapped(trace: Trace) -> dict[str, float]:
    """Return how many people have died under rubble by ENDEX who were alive at first. [people]"""
    return _last(trace, "dead_in_rubble", "recovered_dead")


def still_trapped(trace: Trace) -> dict[str, float]:
    """Return how many people are trapped alive at ENDEX. [people]"""
    return _last(trace, "trapped")


def alive_in_golden_time(trace: Trace) -> dict[str, float]:
    """Return how many people were out alive within 72 hours. [people]"""
    return _last(trace, "extricated_alive", "freed_by_neighbours", within_s=GOLDEN_S)


def trapped_at_first(trace: Trace) -> dict[str, float]:
    """Return how many people were trapped alive at first. [people]"""
    states = ("trapped", "extricated_alive", "freed_by_neighbours", "dead_in_rubble", "recovered_dead")
    return _last(trace, *states)


def villages_cut_off(trace: Trace) -> dict[str, float]:
    """Return how many villages were cut off at most at any time. [villages]"""
    counts = [n for _, n in measured(trace, "villages_cut_off")]
    return {ALL: max(counts)} if counts else {}


def villages_on_foot(trace: Trace) -> dict[str, float]:
    """Return how many villages were reached only on foot, at most: over a slide, or by a blocked track. [villages]"""
    roads, tracks = ([n for _, n in measured(trace, name)] for name in ("villages_cut_off_on_foot", "villages_on_foot"))
    return {ALL: max(roads, default=0.0) + max(tracks, default=0.0)} if roads or tracks else {}


def villages_unreached(trace: Trace) -> dict[str, float]:
    """Return how many villages could be reached neither by road nor on foot, at most. [villages]"""
    pairs = zip(measured(trace, "villages_cut_off"), measured(trace, "villages_cut_off_on_foot"), strict=True)
    counts = [n - on_foot for (_, n), (_, on_foot) in pairs]
    return {ALL: max(counts)} if counts else {}


def people_cut_off_h(trace: Trace) -> dict[str, float]:
    """Return the hours for which people were cut off, summed over people. [person·h]"""
    steps = list(measured(trace, "people_cut_off"))
    if not steps:
        return {}
    ends_s = [t_s for t_s, _ in steps[1:]] + [trace.header.ends_at_s]
    return {ALL: sum(n * (end_s - t_s) for (t_s, n), end_s in zip(steps, ends_s, strict=True)) / 3600.0}


def measured(trace: Trace, name: str) -> Iterator[tuple[float, float]]:
    """Yield the moments and values of one measure of hazards."""
    for event in trace.of(HazardMeasured):
        if name in event.names:
            yield event.t_s, event.values[event.names.index(name)]


def closures_unknown_h(trace: Trace) -> dict[str, float]:
    """Return, per road section that was closed, for how long the command centre did not know. [h]

    Counted until it is reported, open again, or ENDEX.
    """
    since: dict[str, float] = {}
    unknown: dict[str, float] = {}
    for event in trace.events:
        if isinstance(event, SectionChanged) and event.factor == 0:
            since.setdefault(event.section, event.t_s)
            unknown.setdefault(event.section, 0.0)
        elif isinstance(event, (SectionChanged, SectionReported)) and event.section in since:
            unknown[event.section] += (event.t_s - since.pop(event.section)) / 3600.0
    for section, t_s in since.items():
        unknown[section] += (trace.header.ends_at_s - t_s) / 3600.0
    return unknown
