"""Dispatch: whenever a need appears, a unit becomes free or a road changes, the policy is asked about open needs."""

from __future__ import annotations

from collections.abc import Callable

from drillsim.dispatch import Candidate, Candidates, DispatchPolicy, Need
from drillsim.engine.run import FREE, Run, UnitState
from drillsim.engine.unit_life import assign
from drillsim.errors import PluginError, blaming


def dispatch(run: Run) -> None:
    """Ask the policy about every open need, in its own order of rank, and send whom it chooses."""
    needs = _that_could_be_met(run)
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


def _that_could_be_met(run: Run) -> list[Need]:
    """Return the open needs for which there is any free unit: of a thousand sites, most wait for the same few."""
    free: dict[tuple[str, bool], bool] = {}
    found = []
    for state in run.open_incidents.values():
        for need in state.needs:
            what = (need.capability, need.danger)
            if what not in free:
                free[what] = bool(_able(run, need))
            if free[what]:
                found.append(need)
    return found


def _choose(run: Run, need: Need) -> tuple[Candidate, int] | None:
    able = _able(run, need)
    begins = [unit.journey.next_place() if unit.journey else (unit.node, run.now + unit.away_s) for unit in able]
    least_s = _least_s(run, able, begins, need.call.node)
    options = [i for i, s in enumerate(least_s) if s <= able[i].reach_s]
    count = len(options)
    while options:
        name = _ask(run, need, [least_s[i] for i in options], _maker(run, need, able, begins, least_s, options))
        if name is None:
            return None
        chosen = next((i for i in options if able[i].spec.id == name), None)
        if chosen is None:
            known = ", ".join(able[i].spec.id for i in options)
            raise PluginError(f"policy {run.plan.dispatch.kind!r} chose {name!r}, which is not a candidate ({known})")
        candidate = _maker(run, need, able, begins, least_s, [chosen])(0)
        if candidate.travel_s <= able[chosen].reach_s:
            return candidate, count
        options.remove(chosen)  # no open road leads there, or it is farther than its force goes
    return None


def _able(run: Run, need: Need) -> list[UnitState]:
    """Return the units that may be sent, in order of unit id."""
    able = [unit for unit in run.able.get(need.capability, ()) if unit.status in FREE and unit.may_go]
    return [unit for unit in able if unit.enters_danger] if need.danger else able


def _least_s(run: Run, able: list[UnitState], begins: list[tuple[str, float]], target: str) -> list[float]:
    """Return a time for each unit that it does not undercut. [s]"""
    if not able:
        return []
    road_s = run.roads.at_least_s([node for node, _ in begins], target)
    return [s + ready_at_s - run.now for s, (_, ready_at_s) in zip(road_s.tolist(), begins, strict=True)]


def _maker(
    run: Run,
    need: Need,
    able: list[UnitState],
    begins: list[tuple[str, float]],
    least_s: list[float],
    options: list[int],
) -> Callable[[int], Candidate]:
    def make(number: int) -> Candidate:
        i = options[number]
        node, ready_at_s = begins[i]
        return able[i].candidate.at(node, need.call.node, ready_at_s - run.now, least_s[i])

    return make


def _ask(run: Run, need: Need, least_s: list[float], make: Callable[[int], Candidate]) -> str | None:
    policy: DispatchPolicy = run.plan.dispatch
    with blaming(f"policy {policy.kind!r}"):
        return policy.choose(need, Candidates(least_s, make), run.now)


def _ask_again_later(run: Run, need: Need) -> None:
    """Come back when the policy said it wants to be asked again, once per need."""
    when_s = run.plan.dispatch.ask_again_s(need)
    key = (need.call.incident, need.slot)
    if run.now < when_s < run.scenario.ends_at_s and key not in run.asked_again:
        run.asked_again.add(key)
        run.at(when_s, lambda: dispatch(run))
