"""The ground that examples of plug-ins lie on, and a runnable scenario of any example."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any, Final

from drillsim.base.errors import UnknownNameError, unknown_name
from drillsim.base.plugin import Plugin
from drillsim.dispatch import DispatchPolicy
from drillsim.hazards import Hazard
from drillsim.incidents import IncidentKind, Task
from drillsim.incidents.demand import Demand
from drillsim.incidents.listed import Listed
from drillsim.language import word
from drillsim.roads import RoadNetwork, network_from_tables
from drillsim.scenario.dump import to_yaml_data
from drillsim.scenario.plugins import kinds
from drillsim.scenario.saving import as_yaml
from drillsim.scenario.scenario import Scenario
from drillsim.scenario.yaml.reader import parse_yaml
from drillsim.world.network_arrays import network_arrays
from drillsim.world.random_streams import RandomStreams
from drillsim.world.weather import Weather
from drillsim.world.world import World

NODES: Final[tuple[Mapping[str, Any], ...]] = (
    {"id": "town", "name_en": "Town", "name_zh": "县城", "lat": 36.0, "lon": 100.0, "elevation_m": 2000},
    {"id": "village", "name_en": "Village", "name_zh": "山村", "lat": 36.0, "lon": 100.1, "elevation_m": 4000},
)
EDGES: Final[tuple[Mapping[str, Any], ...]] = ({"from": "town", "to": "village", "length_km": 10, "free_flow_kmh": 60},)
"""One road that climbs from the town into the mountains, the section ``town--village:``."""
STARTEX: Final = datetime(2026, 3, 2, 7)  # noqa: DTZ001  # local, as in a file
ENDEX_S: Final = 86_400.0
STEPS: Final = 50
"""Changes of a hazard over which its tasks are collected; who needs another capability later is not found."""
CREW: Final = 6
MOST_UNITS: Final = 6
"""Units of one capability in the plan of an example (assumption: a county has no more)."""


@cache
def example_network() -> RoadNetwork:
    """Return the ground of examples: a town, a village above it, and one road between them."""
    return network_from_tables(NODES, EDGES, id="example")


def example_world(seed: int = 1) -> World:
    """Return the world on that ground, at seven in the morning, for a day."""
    return World(network_arrays(example_network()), RandomStreams(seed), STARTEX, ENDEX_S, Weather())


def example_file(kind: str, scenario_id: str) -> str:
    """Return the text of a scenario file that runs the example of a plug-in.

    Parameters
    ----------
    kind
        A scenario kind, a hazard or a dispatch policy.
    scenario_id
        Id of the scenario.

    Raises
    ------
    UnknownNameError
        If there is no such plug-in.
    """
    plugin = _class_of(kind).example()
    hazards, incidents, policy = _parts(plugin)
    data = {
        "drillsim": 1,
        "id": scenario_id,
        "title": {lang: word("kind", kind, lang) for lang in ("en", "zh")},
        "startex": to_yaml_data(STARTEX),
        "ends_at_s": "24 h",
        "roads": {"nodes": [dict(row) for row in NODES], "edges": [dict(row) for row in EDGES]},
        "hazards": [to_yaml_data(hazard) for hazard in hazards],
        "incidents": [to_yaml_data(incident) for incident in incidents],
        "plans": [
            {
                "id": "all-in-town",
                "title": {"en": "All in the town", "zh": "力量均驻县城"},
                "dispatch": to_yaml_data(policy) if policy is not None else {"kind": "nearest"},
                "stations": [{"id": "town", "node": "town", "units": list(_units(hazards, incidents))}],
            }
        ],
    }
    return as_yaml({name: value for name, value in data.items() if value != []})


def example_scenario(kind: str) -> Scenario:
    """Return the scenario of :func:`example_file`.

    Raises
    ------
    UnknownNameError
        If there is no such plug-in.
    """
    return Scenario(**parse_yaml(example_file(kind, "example")).data)


def example_kinds() -> Mapping[str, type[Plugin]]:
    """Return the plug-ins by name: of the same name, a scenario kind before a hazard, a hazard before a policy."""
    return {**kinds("dispatch"), **kinds("hazards"), **kinds("incidents")}


def _class_of(kind: str) -> type[Plugin]:
    known = example_kinds()
    if kind not in known:
        raise UnknownNameError(unknown_name("kind_plugin", kind, known))
    return known[kind]


def _parts(plugin: Plugin) -> tuple[list[Hazard], list[IncidentKind], DispatchPolicy | None]:
    """Return the hazards and incidents that let a plug-in show what it does, and the policy if it is one."""
    if isinstance(plugin, IncidentKind):
        return [], [plugin], None
    if isinstance(plugin, Hazard):
        return [plugin], [Listed.example().model_copy(update={"hazard": plugin.id})], None
    return [], [Demand.example()], plugin if isinstance(plugin, DispatchPolicy) else None


def _units(hazards: Iterable[Hazard], incidents: Iterable[IncidentKind]) -> Iterator[dict[str, Any]]:
    """Yield a unit for each capability that the example asks for, as many as its first alarms do."""
    world = example_world()
    wanted: dict[str, int] = {}
    crews: dict[str, int] = {}
    for occurrence in (kind.occur(world) for kind in incidents):
        tasks = [task for hazard in (*hazards, *occurrence.hazards) for task in _tasks_of(hazard, world)]
        for incident in occurrence.incidents:
            tasks += incident.tasks
            for capability, count in incident.first_alarm().items():
                wanted[capability] = min(MOST_UNITS, max(count, wanted.get(capability, 1)))
        for task in tasks:
            for capability in task.capabilities:
                wanted.setdefault(capability, 1)
                crews[capability] = max(task.min_crew, crews.get(capability, CREW))
    for capability, count in sorted(wanted.items()):
        name = capability.replace("_", "-")
        yield {"id": name, "count": count, "crew": crews.get(capability, CREW), "capabilities": [capability]}


def _tasks_of(hazard: Hazard, world: World) -> Iterator[Task]:
    """Yield the tasks that a hazard calls for while it is left alone."""
    state = hazard.begin(hazard.starts_at_s, world)
    for _ in range(STEPS):
        yield from hazard.tasks(state, "example")
        due_s = hazard.next_change_s(state)
        if due_s == math.inf:
            return
        state = hazard.advance(state, due_s)
