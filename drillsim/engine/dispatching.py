"""Dispatch: whenever a need appears, a unit becomes free or a road changes, the policy is asked about open needs."""

from __future__ import annotations

from collections.abc import Callable

from drillsim.dispatch import Candidate, Candidates, DispatchPolicy, Need
from drillsim.engine.run import FREE, Run, UnitState
from drillsim.engine.unit_life import assign, is_near
from drillsim.errors import PluginError, blaming


def dispatch(run: Run) -> None:
    """Ask the policy about every open need, in its own order of rank, and send whom it chooses."""
    free = _free(run)
    if not free:
        return
    for _, need in tuple(run.queue):
        able = free.get((need.capability, need.danger))
        if not able:
            continue  # of a thousand sites, most wait for the same few
        chosen = _choose(run, need, able)
        if chosen is None:
            _ask_again_later(run, need)
            continue
        candidate, count = chosen
        state = run.incidents[need.call.incident]
        state.needs.remove(need)
        run.want_no_more(need)
        assign(run, run.units[candidate.unit], state, need, candidate.travel_s, count)
        free = _free(run)
        if not free:
            return


def _free(run: Run) -> dict[tuple[str, bool], list[UnitState]]:
    """Return, for every sort of need that is open and could be met, the units that may be sent, in order of id."""
    able = {what: _able(run, *what) for what, count in run.wanted.items() if count}
    return {what: units for what, units in able.items() if units}


def _choose(run: Run, need: Need, able: list[UnitState]) -> tuple[Candidate, int] | None:
    begins = _begins(run, need, able)
    least_s = _least_s(run, begins, need.call.node)
    options = [i for i, (s, unit) in enumerate(zip(least_s, able, strict=True)) if s <= unit.reach_s]
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


def _begins(run: Run, need: Need, able: list[UnitState]) -> list[tuple[str, float]]:
    """Return, for each unit, the place and moment from which it can set out."""
    now, state = run.now, run.incidents[need.call.incident]
    begins = []
    for unit in able:
        if unit.journey is not None:
            begins.append(unit.journey.next_place())
        else:
            begins.append((unit.node, now if unit.away_s == 0 or is_near(unit, state) else now + unit.away_s))
    return begins


def _able(run: Run, capability: str, danger: bool) -> list[UnitState]:
    """Return the units that may be sent, in order of unit id."""
    able = [unit for unit in run.able.get(capability, ()) if unit.dispatchable and unit.status in FREE]
    return [unit for unit in able if unit.enters_danger] if danger else able


def _least_s(run: Run, begins: list[tuple[str, float]], target: str) -> list[float]:
    """Return a time for each unit that it does not undercut. [s]"""
    now = run.now
    road_s = run.roads.at_least_s([node for node, _ in begins], target)
    return [s + ready_at_s - now for s, (_, ready_at_s) in zip(road_s, begins, strict=True)]


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
