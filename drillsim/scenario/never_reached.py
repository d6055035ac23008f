"""Roads and places that no unit of a plan can reach in time: closed until ENDEX, too far, or cut off."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import takewhile
from operator import attrgetter
from typing import Any, Final, TypeAlias

from drillsim.hazards.road_closures import RoadClosures
from drillsim.incidents import Incident
from drillsim.roads import RoadState, closed_sections, router_of
from drillsim.scenario.plan import Plan, Unit
from drillsim.scenario.scenario import Inject, Scenario

Finding: TypeAlias = tuple[str, dict[str, Any]]
"""A message by its key, and its values."""
DAY_S: Final = 86_400.0
MOST_SITES: Final = 50
"""With more sites than these it is not asked whether a unit may come from another one."""


def written_out(scenario: Scenario) -> list[Incident]:
    """Return the incidents that are written out, those of injects among them."""
    injected = [inject.incident for inject in scenario.injects if inject.incident is not None]
    return [i for i in (*scenario.incidents, *injected) if isinstance(i, Incident)]


def starts_s(scenario: Scenario) -> dict[str, float]:
    """Return when each incident or scenario kind begins, by id. [s after STARTEX]"""
    starts_s = {kind.id: float(getattr(kind, "starts_at_s", 0.0)) for kind in scenario.incidents}
    injects = [inject for inject in scenario.injects if inject.incident is not None]
    return starts_s | {i.incident.id: i.at_s + i.incident.starts_at_s for i in injects if i.incident is not None}


class OpenRoads:
    """The roads as units of a plan drive them, without those that are closed from some moment until ENDEX."""

    def __init__(self, scenario: Scenario, plan: Plan) -> None:
        self.router = router_of(scenario.roads, plan.speeds)
        self.closed_s = closed_for_good_s(scenario)
        self._states: dict[frozenset[str], RoadState] = {}
        self._known: dict[tuple[str, str, frozenset[str]], float] = {}

    def travel_s(self, source: str, target: str, from_s: float = 0.0) -> float:
        """Return the travel time from a moment on if all other roads are open; ``inf`` if none leads there. [s]"""
        closed = frozenset(section for section, s in self.closed_s.items() if s <= from_s)
        key = (source, target, closed)
        if key not in self._known:
            state = self._states.setdefault(closed, RoadState(dict.fromkeys(sorted(closed), 0.0)))
            self._known[key] = 0.0 if source == target else self.router.travel_s(source, target, state)
        return self._known[key]

    def lead(self, source: str, target: str) -> bool:
        """Return whether a road leads from one place to another."""
        return self.travel_s(source, target) < math.inf


def closed_for_good_s(scenario: Scenario) -> dict[str, float]:
    """Return from when on each section is closed that is closed until ENDEX. [s after STARTEX]"""
    changes: dict[str, list[Inject]] = {}
    for inject in sorted(scenario.injects, key=attrgetter("at_s", "id")):
        if inject.road is not None and inject.at_s < scenario.ends_at_s:
            for row in scenario.roads.sections_between(*inject.road.between, road=inject.road.road):
                changes.setdefault(row.id, []).append(inject)
    closed_s = dict.fromkeys(closed_sections(scenario.roads, scenario.startex.date()), 0.0)
    for n in range(1, math.ceil(scenario.ends_at_s / DAY_S) + 1):
        today = set(closed_sections(scenario.roads, (scenario.startex + timedelta(days=n)).date()))
        closed_s = {section: s for section, s in closed_s.items() if section in today}
    for section, injects in changes.items():
        closed_s.pop(section, None)  # what an inject says of a road stands above when it is usually closed
        last = list(takewhile(lambda i: i.road is not None and i.road.speed_factor == 0, reversed(injects)))
        if last:
            closed_s[section] = last[-1].at_s
    for hazard in scenario.hazards:
        if isinstance(hazard, RoadClosures) and hazard.speed_factor == 0 and hazard.lasts_s is None:
            for section in hazard.sections:
                closed_s[section] = min(hazard.starts_at_s, closed_s.get(section, math.inf))
    return closed_s


def never_reached(scenario: Scenario, plan: Plan, units: list[Unit], roads: OpenRoads) -> Iterator[Finding]:
    """Yield the incidents that no unit with a capability can get to, or not before ENDEX at usual speeds."""
    areas = {area.id: area.node for area in plan.staging_areas}
    moved = {name: areas[wave.destination] for wave in plan.waves for name in wave.units}
    begins_s = starts_s(scenario)
    sites = sorted({incident.node for incident in written_out(scenario)})

    def other_sites(node: str) -> Callable[[Unit], list[str]]:
        elsewhere = [site for site in sites if site != node] if len(sites) <= MOST_SITES else []
        return lambda _: elsewhere

    def own_starts(unit: Unit) -> list[str]:
        return [*([] if unit.by_wave_only else [unit.node]), *([moved[unit.id]] if unit.id in moved else [])]

    for incident in written_out(scenario):
        t_s = begins_s.get(incident.id, 0.0)
        if incident.safe_line_m or t_s >= scenario.ends_at_s:
            continue  # a safe place nearby does as well
        for capability in dict.fromkeys(c for task in incident.tasks for c in task.capabilities):
            able = [unit for unit in units if capability in unit.capabilities]
            least_s = _soonest_s(plan, able, own_starts, incident.node, roads, t_s)
            if able and t_s > 0 and t_s + least_s >= scenario.ends_at_s:
                # whoever worked at another site before, perhaps behind the closed road, may come from there
                least_s = min(least_s, _soonest_s(plan, able, other_sites(incident.node), incident.node, roads, t_s))
            values = {"name": capability, "who": incident.id, "place": scenario.roads.places[incident.node].id}
            if able and least_s == math.inf:
                yield "no_way_there", values
            elif able and t_s + least_s >= scenario.ends_at_s:
                yield "too_far_to_come", values | {"hours": f"{least_s / 3600:.1f}"}


def _soonest_s(
    plan: Plan, able: list[Unit], starts: Callable[[Unit], list[str]], node: str, roads: OpenRoads, t_s: float
) -> float:
    """Return how soon the first of some units gets to a place within the reach of its force; ``inf`` if none. [s]"""
    soonest_s = math.inf
    for unit in able:
        least_s = min((roads.travel_s(start, node, t_s) for start in starts(unit)), default=math.inf)
        if least_s <= plan.force_of(unit).reach_s:
            soonest_s = min(soonest_s, least_s)
    return soonest_s
