"""What a plan can never meet: people, supplies, roads and waves that a scenario asks for in vain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from drillsim.base.clock import clock_hour
from drillsim.base.errors import guess
from drillsim.incidents import Incident, IncidentKind
from drillsim.scenario.never_reached import Finding, OpenRoads, never_reached, starts_s, written_out
from drillsim.scenario.plan import Plan, Recon, Unit, Wave
from drillsim.scenario.scenario import Inject, Scenario
from drillsim.world.task import RESTART_S, Task

TRY_S: Final = 900.0
"""Interval at which it is asked whether an aircraft could fly. [s]"""


def never_met(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield what can never be met under a plan, whatever happens in a run."""
    roads = OpenRoads(scenario, plan)
    moving = [wave for wave in plan.waves if _sets_off(scenario, wave)]
    broken = {name for inject in scenario.injects if inject.at_s == 0 for name in _breaks_down(scenario, plan, inject)}
    units = [unit for unit in plan.units if unit.crew and _leaves(unit, moving) and unit.id not in broken]
    for incident in (*written_out(scenario), *_foreseen(scenario)):
        yield from _of_incident(plan, units, incident)
    yield from never_reached(scenario, plan, units, roads)
    for unit in plan.units:
        if unit.crew and not _leaves(unit, moving):
            yield "no_wave_for_unit", {"unit": unit.id}
    for wave in plan.waves:
        yield from (
            _of_wave(scenario, plan, wave, roads) if wave in moving else [("wave_never_ordered", {"wave": wave.id})]
        )
    for recon in plan.recon:
        if not _sets_off(scenario, recon) or not _ever_flies(scenario, plan, recon):
            yield "recon_never_leaves", {"recon": recon.id}


def _foreseen(scenario: Scenario) -> Iterator[Incident]:
    """Yield the incidents that scenario kinds, those of injects among them, bring about in every replication."""
    injected = [inject.incident for inject in scenario.injects if inject.incident is not None]
    for kind in (*scenario.incidents, *injected):
        if isinstance(kind, IncidentKind):
            yield from kind.foreseen()


def _leaves(unit: Unit, moving: Iterable[Wave]) -> bool:
    """Return whether a unit ever leaves its station."""
    return not unit.by_wave_only or any(unit.id in wave.units for wave in moving)


def _sets_off(scenario: Scenario, what: Wave | Recon) -> bool:
    """Return whether a wave or reconnaissance is set off before ENDEX, for all that is written."""
    return _trigger_s(scenario, what) < scenario.ends_at_s


def _trigger_s(scenario: Scenario, what: Wave | Recon) -> float:
    """Return the earliest moment that sets off a wave or reconnaissance. [s after STARTEX]"""
    begins_s = what.at_s if what.on_incident is None else starts_s(scenario).get(what.on_incident, 0.0)
    return begins_s or 0.0


def _ever_flies(scenario: Scenario, plan: Plan, recon: Recon) -> bool:
    """Return whether it can fly at any of the moments at which it would be tried."""
    if recon.by == "unit":
        return True
    snow = sorted([(0.0, scenario.weather.snow), *((i.at_s, i.weather.snow) for i in scenario.injects if i.weather)])
    t_s = _trigger_s(scenario, recon)
    while t_s < scenario.ends_at_s:
        now = [state for since_s, state in snow if since_s <= t_s][-1]
        dark = plan.night.holds(clock_hour(scenario.startex, t_s))
        if now != "heavy" and (recon.at_night or not dark):
            return True
        t_s += TRY_S
    return False


# --- people and supplies ---


def _of_incident(plan: Plan, units: list[Unit], incident: Incident) -> Iterator[Finding]:
    wanted = dict.fromkeys((c for task in incident.tasks for c in task.capabilities), 1) | dict(incident.needs or {})
    for capability, count in wanted.items():
        have = [unit for unit in units if capability in unit.capabilities]
        users = [task.id for task in incident.tasks if capability in task.capabilities]
        who = f"{incident.id}/{users[0]}" if users else incident.id
        values = {"name": capability, "who": who}
        if not any(capability in unit.capabilities for unit in plan.units):
            known = {c for unit in plan.units for c in unit.capabilities}
            yield "nobody_able", values | {"guess": guess(capability, known) or "-"}
        elif not have:
            yield "nobody_on_duty", values
        elif len(have) < count:
            yield "too_few_units", values | {"who": incident.id, "wanted": count, "units": len(have)}
    brought = {supply for task in incident.tasks for supply in task.yields}
    for task in incident.tasks:
        yield from _of_task(plan, units, task, f"{incident.id}/{task.id}")
        yield from _supplies(units, task, f"{incident.id}/{task.id}", brought)


def _of_task(plan: Plan, units: list[Unit], task: Task, who: str) -> Iterator[Finding]:
    """Yield whether all units together have too few people for a task."""
    able = [unit for unit in units if not set(unit.capabilities).isdisjoint(task.capabilities)]
    if not all(any(capability in unit.capabilities for unit in able) for capability in task.capabilities):
        return  # that is told of the capability
    values = {"who": who, "wanted": task.min_crew, "name": ", ".join(task.capabilities)}
    if task.one_unit:
        bold = [unit for unit in able if not task.danger or plan.force_of(unit).enters_danger]
        whole = [unit.crew for unit in bold if set(unit.capabilities) >= set(task.capabilities)]
        if max(whole, default=0) < task.min_crew:
            yield "too_few_in_one_unit", values | {"people": max(whole, default=0)}
            return
    people = sum(unit.crew for unit in able)
    if people < task.min_crew:
        yield "too_few_people", values | {"people": people}
        return
    entering = sum(unit.crew for unit in able if plan.force_of(unit).enters_danger)
    if task.danger and entering < task.min_crew:
        yield "too_few_in_danger", values | {"people": entering}


def _supplies(units: list[Unit], task: Task, who: str, brought: set[str]) -> Iterator[Finding]:
    """Yield the supplies of a task that nobody brings, or of which all units together bring too little to begin."""
    sets = None if task.spell is None else task.spell.supply
    for supply in dict.fromkeys((*task.uses, *(() if sets is None else (sets,)))):
        carried = sum(unit.carries.get(supply, 0.0) for unit in units)
        values = {"who": who, "name": supply}
        if supply in brought:
            continue
        if not carried:
            yield "nobody_carries", values
            continue
        least = max(task.uses.get(supply, 0.0) * RESTART_S, task.min_crew if supply == sets else 0)
        if carried < least:
            yield "carries_too_little", values | {"wanted": f"{least:g}", "carried": f"{carried:g}"}


# --- waves ---


def _of_wave(scenario: Scenario, plan: Plan, wave: Wave, roads: OpenRoads) -> Iterator[Finding]:
    areas = {area.id: area.node for area in plan.staging_areas}
    units = {unit.id: unit for unit in plan.units}
    stops = [areas[name] for name in (wave.assembly, wave.destination) if name is not None]
    comes = 0
    for name in wave.units:
        unit = units[name]
        legs = zip((unit.node, *stops), stops, strict=False)
        cut_off = next((end for start, end in legs if not roads.lead(start, end)), None)
        if not unit.crew:
            yield "wave_goes_without", {"wave": wave.id, "unit": name}
        elif cut_off is not None:
            yield "wave_cut_off", {"wave": wave.id, "unit": name, "place": cut_off}
        else:
            comes += 1
            yield from _breakdowns(scenario, plan, unit, wave)
    if not comes:
        yield "wave_never_leaves", {"wave": wave.id}


def _breakdowns(scenario: Scenario, plan: Plan, unit: Unit, wave: Wave) -> Iterator[Finding]:
    """Yield the injects that take a unit of a wave out of service until ENDEX, if all stand where they belong."""
    for inject in scenario.injects:
        if unit.id in _breaks_down(scenario, plan, inject):
            yield "wave_breaks_down", {"wave": wave.id, "unit": unit.id, "inject": inject.id}


def _breaks_down(scenario: Scenario, plan: Plan, inject: Inject) -> list[str]:
    """Return the units that an inject takes out of service until ENDEX, if all stand where they belong."""
    what = inject.unit
    if what is None or (what.for_s is not None and inject.at_s + what.for_s < scenario.ends_at_s):
        return []
    able = sorted(u.id for u in plan.units if u.node == what.node and what.capability in u.capabilities and u.crew)
    return able[: what.units]
