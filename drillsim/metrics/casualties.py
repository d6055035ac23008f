"""Casualties of every kind, and villages that an earthquake cuts off. One case, ``all``: all whom hazards count."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from drillsim.trace.events import HazardMeasured, PeopleChanged, SectionChanged, SectionReported
from drillsim.trace.people_states import BROUGHT_OUT, DEAD, DIED_TRAPPED, INJURED, KILLED_AT_ONCE, OUT_ALIVE, WAITING
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


def people_lost(trace: Trace) -> dict[str, float]:
    """Return how many people were dead by ENDEX, of anything: at once, under rubble, of fire, gas or blast. [people]"""
    return _at_end(trace, DEAD)


def people_injured(trace: Trace) -> dict[str, float]:
    """Return how many people were alive and hurt at ENDEX; whoever came out of rubble is. [people]

    Those still under rubble are not among them, see :func:`still_trapped`.
    """
    return _at_end(trace, INJURED)


def killed_at_once(trace: Trace) -> dict[str, float]:
    """Return how many people an earthquake killed at once. [people]"""
    return _at_end(trace, KILLED_AT_ONCE)


def first_out_s(trace: Trace) -> dict[str, float]:
    """Return the time from the onset of a hazard until the first person was out alive, whoever freed them. [s]

    Of those who could not come out by themselves; infinite if nobody did by ENDEX.
    """
    return _first(trace, OUT_ALIVE)


def first_rescue_s(trace: Trace) -> dict[str, float]:
    """Return the time from the onset of a hazard until crews first had somebody out alive. [s]

    Infinite if they had nobody out by ENDEX, though somebody waited for them.
    """
    return _first(trace, BROUGHT_OUT)


def _at_end(trace: Trace, states: frozenset[str]) -> dict[str, float]:
    """Return how many people are in any of *states* at ENDEX; {} if no hazard counts any of them."""
    found: dict[str, int] = {}
    for event in trace.of(PeopleChanged):
        if not states.isdisjoint(event.states):
            pairs = zip(event.states, event.counts, strict=True)
            found[event.hazard] = sum(n for state, n in pairs if state in states)
    return {ALL: float(sum(found.values()))} if found else {}


def _first(trace: Trace, states: frozenset[str]) -> dict[str, float]:
    """Return when anybody was first in any of *states*, from the onset of that hazard; {} if nobody ever waited."""
    onset_s: dict[str, float] = {}
    waited, soonest_s = False, math.inf
    for event in trace.of(PeopleChanged):
        began_s = onset_s.setdefault(event.hazard, event.t_s)
        some = {state for state, n in zip(event.states, event.counts, strict=True) if n > 0}
        waited = waited or not some.isdisjoint(WAITING | states)
        if not some.isdisjoint(states):
            soonest_s = min(soonest_s, event.t_s - began_s)
    return {ALL: soonest_s} if waited else {}


def _last(trace: Trace, *states: str, within_s: float = math.inf) -> dict[str, float]:
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
    return _last(trace, *DIED_TRAPPED)


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
