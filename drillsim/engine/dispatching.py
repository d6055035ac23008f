"""Dispatch: whenever a need appears, a unit becomes free or a road changes, the policy is asked about open needs."""

from __future__ import annotations

from drillsim.dispatch import Candidate, DispatchPolicy, Need
from drillsim.engine.run import Run, UnitState
from drillsim.engine.unit_life import assign
from drillsim.errors import PluginError


def dispatch(run: Run) -> None:
    """Ask the policy about every open need, in its own order of rank, and send whom it chooses."""
    free = sorted((unit for unit in run.units.values() if unit.free), key=lambda unit: unit.spec.id)
    policy: DispatchPolicy = run.plan.dispatch
    for need in sorted(_open_needs(run), key=lambda n: (policy.rank(n), n.call.incident, n.slot)):
        if not free:
            return
        state = run.incidents[need.call.incident]
        chosen = _choose(run, need, free)
        if chosen is None:
            _ask_again_later(run, need)
            continue
        candidate, count = chosen
        state.needs.remove(need)
        unit = run.units[candidate.unit]
        free.remove(unit)
        assign(run, unit, state, need, candidate.travel_s, count)


def _open_needs(run: Run) -> list[Need]:
    return [need for state in run.open_incidents.values() for need in state.needs]


def _choose(run: Run, need: Need, free: list[UnitState]) -> tuple[Candidate, int] | None:
    candidates = _candidates(run, need, free)
    count = len(candidates)
    while candidates:
        name = _ask(run.plan.dispatch, need, tuple(candidates.values()), run.now)
        if name is None:
            return None
        if name not in candidates:
            known = ", ".join(candidates)
            raise PluginError(f"policy {run.plan.dispatch.kind!r} chose {name!r}, which is not a candidate ({known})")
        if candidates[name].travel_s <= _reach_s(run, name):
            return candidates[name], count
        del candidates[name]  # no open road leads there, or it is farther than its force goes
    return None


def _ask(policy: DispatchPolicy, need: Need, candidates: tuple[Candidate, ...], now_s: float) -> str | None:
    try:
        return policy.choose(need, candidates, now_s)
    except Exception as error:
        raise PluginError(f"policy {policy.kind!r} failed: {type(error).__name__}: {error}") from error


def _candidates(run: Run, need: Need, free: list[UnitState]) -> dict[str, Candidate]:
    able = [unit for unit in free if need.capability in unit.spec.capabilities]
    if need.danger:
        able = [unit for unit in able if run.plan.force_of(unit.spec).enters_danger]
    if not able:
        return {}
    begins = [unit.journey.next_place() if unit.journey else (unit.node, run.now + unit.away_s) for unit in able]
    target = need.call.node
    at_least_s = run.roads.at_least_s([node for node, _ in begins], target).tolist()
    found = {}
    for unit, (node, ready_at_s), least_s in zip(able, begins, at_least_s, strict=True):
        until_s = ready_at_s - run.now
        if until_s + least_s <= _reach_s(run, unit.spec.id):
            found[unit.spec.id] = _candidate(run, unit, node, target, until_s, until_s + least_s)
    return found


def _reach_s(run: Run, unit: str) -> float:
    return run.plan.force_of(run.units[unit].spec).reach_s


def _candidate(run: Run, unit: UnitState, node: str, target: str, until_s: float, at_least_s: float) -> Candidate:
    spec = unit.spec
    district = spec.district or run.scenario.roads.places[spec.node].district
    return Candidate(
        unit=spec.id, station=spec.station, district=district, force=spec.force, capabilities=spec.capabilities,
        crew=spec.crew, travel_s=lambda: until_s + run.roads.travel_s(node, target), at_least_s=at_least_s,
    )  # fmt: skip


def _ask_again_later(run: Run, need: Need) -> None:
    """Come back when the policy said it wants to be asked again, once per need."""
    when_s = run.plan.dispatch.ask_again_s(need)
    key = (need.call.incident, need.slot)
    if run.now < when_s < run.scenario.ends_at_s and key not in run.asked_again:
        run.asked_again.add(key)
        run.at(when_s, lambda: dispatch(run))
