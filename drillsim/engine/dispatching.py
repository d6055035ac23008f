"""Dispatch: whenever a need appears, a unit becomes free or a road changes, the policy is asked about open needs."""

from __future__ import annotations

from collections.abc import Sequence

from drillsim.dispatch import Candidate, DispatchPolicy, Need
from drillsim.engine.run import Run
from drillsim.engine.unit_life import assign
from drillsim.errors import PluginError


def dispatch(run: Run) -> None:
    """Ask the policy about every open need, in its own order of rank, and send whom it chooses."""
    needs = [need for state in run.open_incidents.values() for need in state.needs]
    if not needs:
        return
    policy: DispatchPolicy = run.plan.dispatch
    if len(needs) > 1:
        needs.sort(key=lambda n: (policy.rank(n), n.call.incident, n.slot))
    for need in needs:
        chosen = _choose(run, need)
        if chosen is None:
            _ask_again_later(run, need)
            continue
        candidate, count = chosen
        state = run.incidents[need.call.incident]
        state.needs.remove(need)
        assign(run, run.units[candidate.unit], state, need, candidate.travel_s, count)


def _choose(run: Run, need: Need) -> tuple[Candidate, int] | None:
    candidates = _candidates(run, need)
    count = len(candidates)
    while candidates:
        name = _ask(run.plan.dispatch, need, candidates, run.now)
        if name is None:
            return None
        chosen = next((candidate for candidate in candidates if candidate.unit == name), None)
        if chosen is None:
            known = ", ".join(candidate.unit for candidate in candidates)
            raise PluginError(f"policy {run.plan.dispatch.kind!r} chose {name!r}, which is not a candidate ({known})")
        if chosen.travel_s <= run.units[name].reach_s:
            return chosen, count
        candidates.remove(chosen)  # no open road leads there, or it is farther than its force goes
    return None


def _ask(policy: DispatchPolicy, need: Need, candidates: Sequence[Candidate], now_s: float) -> str | None:
    try:
        return policy.choose(need, tuple(candidates), now_s)
    except Exception as error:
        raise PluginError(f"policy {policy.kind!r} failed: {type(error).__name__}: {error}") from error


def _candidates(run: Run, need: Need) -> list[Candidate]:
    """Return the units that may be sent, in order of unit id; how long each takes is left open."""
    able = [unit for unit in run.able.get(need.capability, ()) if unit.free]
    if need.danger:
        able = [unit for unit in able if unit.enters_danger]
    if not able:
        return []
    now, target = run.now, need.call.node
    begins = [unit.journey.next_place() if unit.journey else (unit.node, now + unit.away_s) for unit in able]
    at_least_s = run.roads.at_least_s([node for node, _ in begins], target).tolist()
    found: list[Candidate] = []
    for unit, (node, ready_at_s), least_s in zip(able, begins, at_least_s, strict=True):
        until_s = ready_at_s - now
        if until_s + least_s <= unit.reach_s:
            found.append(unit.candidate.at(node, target, until_s, least_s))
    return found


def _ask_again_later(run: Run, need: Need) -> None:
    """Come back when the policy said it wants to be asked again, once per need."""
    when_s = run.plan.dispatch.ask_again_s(need)
    key = (need.call.incident, need.slot)
    if run.now < when_s < run.scenario.ends_at_s and key not in run.asked_again:
        run.asked_again.add(key)
        run.at(when_s, lambda: dispatch(run))
