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
    if not candidates:
        return None
    try:
        name = run.plan.dispatch.choose(need, tuple(candidates.values()), run.now)
    except Exception as error:
        raise PluginError(f"policy {run.plan.dispatch.kind!r} failed: {type(error).__name__}: {error}") from error
    if name is None:
        return None
    if name not in candidates:
        known = ", ".join(candidates)
        raise PluginError(f"policy {run.plan.dispatch.kind!r} chose {name!r}, which is not a candidate ({known})")
    return candidates[name], len(candidates)


def _candidates(run: Run, need: Need, free: list[UnitState]) -> dict[str, Candidate]:
    able = [unit for unit in free if need.capability in unit.spec.capabilities]
    if not able:
        return {}
    times_s = run.roads.times_to(need.call.node)
    found = {}
    for unit in able:
        node, ready_at_s = unit.journey.next_place() if unit.journey else (unit.node, run.now + unit.away_s)
        if node not in times_s:
            continue
        travel_s = times_s[node] + ready_at_s - run.now
        force = run.plan.force_of(unit.spec)
        if travel_s <= force.reach_s and (force.enters_danger or not need.danger):
            found[unit.spec.id] = _candidate(run, unit, travel_s)
    return found


def _candidate(run: Run, unit: UnitState, travel_s: float) -> Candidate:
    spec = unit.spec
    district = spec.district or run.scenario.roads.places[spec.node].district
    return Candidate(
        unit=spec.id, station=spec.station, district=district, force=spec.force, capabilities=spec.capabilities,
        crew=spec.crew, travel_s=travel_s,
    )  # fmt: skip


def _ask_again_later(run: Run, need: Need) -> None:
    """Come back when the policy said it wants to be asked again, once per need."""
    when_s = run.plan.dispatch.ask_again_s(need)
    key = (need.call.incident, need.slot)
    if run.now < when_s < run.scenario.ends_at_s and key not in run.asked_again:
        run.asked_again.add(key)
        run.at(when_s, lambda: dispatch(run))
