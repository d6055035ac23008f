"""Dispatch: the policy is asked about all open needs, once after every event that brings news.

News is whatever a policy may decide by: a need was raised, a unit became free, the command centre knows better of a
road, a zone changed. Whoever changes such a fact says so with :meth:`Run.news`; nobody calls :func:`dispatch` but the
loop of the run.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from operator import add

from drillsim.base.errors import PluginError, blaming
from drillsim.base.quantities import LONGEST_S
from drillsim.dispatch import Candidate, Candidates, DispatchPolicy, Need
from drillsim.engine.run import FREE, Run, UnitState, Wanted, wanted
from drillsim.engine.unit import assign, is_near


def dispatch(run: Run) -> None:
    """Ask the policy about every open need, in the order of its ranks, and assign the units it chooses."""
    free = _free(run)
    if not free:
        return
    for _, need in tuple(run.queue):
        able = free.get(wanted(need))
        if not able:
            continue  # of a thousand sites, most wait for the same few
        chosen = _choose(run, need, able)
        if chosen is None:
            _ask_again_later(run, need)
            continue
        candidate, count = chosen
        state = run.incidents[need.call.incident]
        state.needs.remove(need)
        run.withdraw(need)
        assign(run, run.units[candidate.unit], state, need, candidate.travel_s, count)
        free = _free(run)
        if not free:
            return


def _free(run: Run) -> dict[Wanted, list[UnitState]]:
    """Return the assignable units by what is wanted of them, for the open needs that could be met, in order of id."""
    able = {what: _able(run, *what) for what, count in run.open_needs.items() if count}
    return {what: units for what, units in able.items() if units}


@dataclass(frozen=True, slots=True)
class _Units:
    """Assignable units for one place, with the lower bounds of all their travel times, computed at once."""

    target: str
    units: list[UnitState]
    nodes: list[str]
    """Node from which each can set out."""
    until_s: list[float]
    """Time until it can set out from there. [s]"""
    least_s: list[float]
    """Lower bound of the time until it is there. [s]"""

    def candidate(self, i: int) -> Candidate:
        """Return one of them as the policy sees it."""
        unit = self.units[i]
        return unit.candidate.at(
            self.nodes[i], self.target, self.until_s[i], self.least_s[i], stands=unit.journey is None
        )

    def within_reach(self, i: int) -> bool:
        """Return whether its force accepts a call this far away.

        The bound alone must not decide: how sharp it is depends on what else the router was prepared for.
        """
        reach_s = self.units[i].reach_s
        return self.least_s[i] <= reach_s and self.candidate(i).travel_s <= reach_s

    def gets_there(self, i: int) -> bool:
        """Return whether a road known to be open leads there."""
        return self.least_s[i] < math.inf and self.candidate(i).travel_s < math.inf


def _choose(run: Run, need: Need, able: list[UnitState]) -> tuple[Candidate, int] | None:
    known = _known_of(run, need, able)
    options = [i for i, unit in enumerate(able) if unit.reach_s >= LONGEST_S or known.within_reach(i)]
    count = len(options)
    while options:
        name = _ask(run, need, known, options)
        if name is None:
            return None
        chosen = next((i for i in options if able[i].spec.id == name), None)
        if chosen is None:
            names = ", ".join(able[i].spec.id for i in options)
            raise PluginError(f"policy {run.plan.dispatch.kind!r} chose {name!r}, which is not a candidate ({names})")
        candidate = known.candidate(chosen)
        if candidate.travel_s < math.inf:
            return candidate, count
        options = [i for i in options if known.gets_there(i)]
    return None


def _able(run: Run, capability: str, danger: bool, supply: str) -> list[UnitState]:
    """Return the free units with a capability, and with a supply on board if one is wanted, in order of unit id."""
    able = [unit for unit in run.able.get(capability, ()) if unit.dispatchable and unit.status in FREE]
    if supply:
        able = [unit for unit in able if unit.loaded and supply in unit.spec.carries]
    return [unit for unit in able if unit.enters_danger] if danger else able


def _known_of(run: Run, need: Need, able: list[UnitState]) -> _Units:
    now, state = run.now, run.incidents[need.call.incident]
    nodes, until_s = [], []
    for unit in able:
        node, s = unit.node, unit.away_s
        if unit.journey is not None:
            node, ready_at_s = unit.journey.next_place()
            s = ready_at_s - now
        elif s and is_near(unit, state):
            s = 0.0
        nodes.append(node)
        until_s.append(s)
    road_s = run.roads.at_least_s(nodes, need.call.node)
    return _Units(need.call.node, able, nodes, until_s, list(map(add, road_s, until_s)))


def _ask(run: Run, need: Need, known: _Units, options: list[int]) -> str | None:
    policy: DispatchPolicy = run.plan.dispatch
    if len(options) == len(known.units):
        candidates = Candidates(known.least_s, known.candidate)
    else:
        candidates = Candidates([known.least_s[i] for i in options], lambda number: known.candidate(options[number]))
    with blaming(f"policy {policy.kind!r}"):
        return policy.choose(need, candidates, run.now)


def _ask_again_later(run: Run, need: Need) -> None:
    """Schedule the policy's own wish to be asked again about a need, once per need."""
    when_s = run.plan.dispatch.ask_again_s(need)
    key = (need.call.incident, need.slot)
    if run.now < when_s < run.scenario.ends_at_s and key not in run.asked_again:
        run.asked_again.add(key)
        run.at(when_s, run.news)
