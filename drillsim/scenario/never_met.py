"""What a plan can never meet: people, supplies, roads and waves that a scenario asks for in vain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, TypeAlias

from drillsim.base.errors import guess
from drillsim.base.quantities import LONGEST_S
from drillsim.incidents import Incident
from drillsim.roads import RoadState, router_of
from drillsim.scenario.plan import Plan, Recon, Unit, Wave
from drillsim.scenario.scenario import Inject, Scenario
from drillsim.world.task import Task

Finding: TypeAlias = tuple[str, dict[str, Any]]
"""A message by its key, and its values."""


def never_met(scenario: Scenario, plan: Plan) -> Iterator[Finding]:
    """Yield what can never be met under a plan, whatever happens in a run."""
    roads = _Roads(scenario, plan)
    moving = [wave for wave in plan.waves if _sets_off(scenario, wave)]
    units = [unit for unit in plan.units if unit.crew and _leaves(unit, moving)]
    for incident in written_out(scenario):
        yield from _of_incident(plan, units, incident)
    yield from _of_roads(scenario, plan, units, roads)
    for unit in plan.units:
        if unit.crew and not _leaves(unit, moving):
            yield "no_wave_for_unit", {"unit": unit.id}
    for wave in plan.waves:
        yield from (
            _of_wave(scenario, plan, wave, roads) if wave in moving else [("wave_never_ordered", {"wave": wave.id})]
        )
    for recon in plan.recon:
        if not _sets_off(scenario, recon):
            yield "recon_never_leaves", {"recon": recon.id}


def written_out(scenario: Scenario) -> list[Incident]:
    """Return the incidents that are written out, those of injects among them."""
    injected = [inject.incident for inject in scenario.injects if inject.incident is not None]
    return [i for i in (*scenario.incidents, *injected) if isinstance(i, Incident)]


def _leaves(unit: Unit, moving: Iterable[Wave]) -> bool:
    """Return whether a unit ever leaves its station."""
    return not unit.by_wave_only or any(unit.id in wave.units for wave in moving)


def _sets_off(scenario: Scenario, what: Wave | Recon) -> bool:
    """Return whether a wave or reconnaissance is set off before ENDEX, for all that is written."""
    starts_s = {kind.id: float(getattr(kind, "starts_at_s", 0.0)) for kind in scenario.incidents}
    starts_s |= {i.incident.id: i.at_s + i.incident.starts_at_s for i in scenario.injects if i.incident is not None}
    begins_s = what.at_s if what.on_incident is None else starts_s.get(what.on_incident, 0.0)
    return (begins_s or 0.0) < scenario.ends_at_s


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
        whole = [unit.crew for unit in able if set(unit.capabilities) >= set(task.capabilities)]
        if max(whole, default=0) < task.min_crew:
            yield "too_few_in_one_unit", values | {"people": max(whole, default=0)}
            return
    people = sum(unit.crew for unit in able)
    if people < task.min_crew:
        yield "too_few_people", values | {"people": people}
        return
    bold = sum(unit.crew for unit in able if plan.force_of(unit).enters_danger)
    if task.danger and bold < task.min_crew:
        yield "too_few_in_danger", values | {"people": bold}


def _supplies(units: list[Unit], task: Task, who: str, brought: set[str]) -> Iterator[Finding]:
    """Yield the supplies of a task that nobody brings, or too few air sets for its minimum crew."""
    sets = None if task.spell is None else task.spell.supply
    for supply in dict.fromkeys((*task.uses, *(() if sets is None else (sets,)))):
        carried = sum(unit.carries.get(supply, 0.0) for unit in units)
        values = {"who": who, "name": supply}
        if supply in brought:
            continue
        if not carried:
            yield "nobody_carries", values
        elif supply == sets and carried < task.min_crew:
            yield "carries_too_little", values | {"wanted": task.min_crew, "carried": f"{carried:g}"}


# --- roads ---


class _Roads:
    """The roads without those that injects close from STARTEX to ENDEX, as units of a plan drive them."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.router = router_of(scenario.roads, plan.speeds)
        self.state = RoadState(dict.fromkeys(closed_throughout(scenario), 0.0))
        self._known: dict[tuple[str, str], float] = {}

    def travel_s(self, source: str, target: str) -> float:
        """Return the travel time if all other roads are open; ``inf`` if none leads there. [s]"""
        key = (source, target)
        if key not in self._known:
            self._known[key] = 0.0 if source == target else self.router.travel_s(source, target, self.state)
        return self._known[key]

    def lead(self, source: str, target: str, within_s: float = LONGEST_S) -> bool:
        """Return whether a unit gets from one place to another, in at most *within_s*. [s]"""
        return self.travel_s(source, target) <= within_s


def closed_throughout(scenario: Scenario) -> Iterator[str]:
    """Yield the road sections that an inject closes at STARTEX and no later one changes."""
    changes: dict[str, list[Inject]] = {}
    for inject in sorted(scenario.injects, key=attrgetter("at_s")):
        if inject.road is not None and inject.at_s < scenario.ends_at_s:
            for section in scenario.roads.sections_between(*inject.road.between, road=inject.road.road):
                changes.setdefault(section.id, []).append(inject)
    for name, (first, *later) in changes.items():
        always = all(i.road is not None and i.road.speed_factor == 0 for i in (first, *later))
        if first.at_s == 0 and always:
            yield name


def _of_roads(scenario: Scenario, plan: Plan, units: list[Unit], roads: _Roads) -> Iterator[Finding]:
    """Yield the incidents that no unit with a capability can get to."""
    areas = {area.id: area.node for area in plan.staging_areas}
    moved = {name: areas[wave.destination] for wave in plan.waves for name in wave.units}
    for incident in written_out(scenario):
        if incident.safe_line_m:
            continue  # a safe place nearby does as well
        for capability in dict.fromkeys(c for task in incident.tasks for c in task.capabilities):
            able = [unit for unit in units if capability in unit.capabilities]
            if able and not any(_gets_there(plan, unit, incident.node, moved, roads) for unit in able):
                place = scenario.roads.places[incident.node].id
                yield "no_way_there", {"name": capability, "who": incident.id, "place": place}


def _gets_there(plan: Plan, unit: Unit, node: str, moved: dict[str, str], roads: _Roads) -> bool:
    """Return whether a unit can be sent to a place from its station, or from where a wave takes it."""
    reach_s = plan.force_of(unit).reach_s
    starts = [unit.node] if not unit.by_wave_only else []
    starts += [moved[unit.id]] if unit.id in moved else []
    return any(roads.lead(start, node, reach_s) for start in starts)


# --- waves ---


def _of_wave(scenario: Scenario, plan: Plan, wave: Wave, roads: _Roads) -> Iterator[Finding]:
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
        what = inject.unit
        if what is None or (what.for_s is not None and inject.at_s + what.for_s < scenario.ends_at_s):
            continue
        able = sorted(u.id for u in plan.units if u.node == what.node and what.capability in u.capabilities and u.crew)
        if unit.id in able[: what.units]:
            yield "wave_breaks_down", {"wave": wave.id, "unit": unit.id, "inject": inject.id}
