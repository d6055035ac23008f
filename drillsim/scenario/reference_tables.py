"""Collects the names that an input defines, before it is validated, so that references can be checked in place.

Opens no file. Accepts malformed input: anything of the wrong shape defines no names, and validation will say why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from drillsim.base.quantities import MOST_COUNT
from drillsim.forces.teams import TEAMS
from drillsim.roads import RoadNetwork


def reference_tables(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the validation context of a scenario: known names by what they name, and the network itself.

    Places and road sections are known if ``roads`` is a network already; if not, references to them go unchecked.
    """
    context: dict[str, Any] = {
        "hazard": set(_ids(data, "hazards")),
        "incident": {*_ids(data, "incidents"), *_inject_incidents(data)},
        **plan_names(list(_items(data, "plans"))),
    }
    network = data.get("roads")
    if not isinstance(network, RoadNetwork):
        return context
    return context | {"node": network.place_ids, "section": network.section_ids, "network": network}


def plan_names(plans: list[Any]) -> dict[str, set[str]]:
    """Return the names that plans define between them."""
    stations = [station for plan in plans for station in _items(plan, "stations")]
    return {
        "plan": {name for plan in plans if isinstance(name := _get(plan, "id"), str)},
        "station": {name for s in stations if isinstance(name := _get(s, "id"), str)},
        "unit": {name for s in stations for unit in _items(s, "units") for name in _unit_names(unit)},
        "staging_area": {name for plan in plans for name in _ids(plan, "staging_areas")},
    }


def _unit_names(unit: Any) -> Iterator[str]:
    name, count, team = _get(unit, "id"), _get(unit, "count"), _get(unit, "team")
    if count is None and isinstance(team, str) and team in TEAMS and TEAMS[team].squads > 1:
        count = TEAMS[team].squads
    if isinstance(name, str):
        yield name
        if isinstance(count, int) and 0 < count <= MOST_COUNT:  # a larger one is refused when the plan is read
            yield from (f"{name}-{n}" for n in range(1, count + 1))


def _inject_incidents(data: Any) -> Iterator[str]:
    for inject in _items(data, "injects"):
        name = _get(_get(inject, "incident"), "id")
        if isinstance(name, str):
            yield name


def _ids(data: Any, key: str) -> Iterator[str]:
    for item in _items(data, key):
        name = _get(item, "id")
        if isinstance(name, str):
            yield name


def _items(data: Any, key: str) -> Iterator[Any]:
    value = _get(data, key)
    if isinstance(value, (list, tuple)):
        yield from value


def _get(item: Any, key: str) -> Any:
    return item.get(key) if isinstance(item, Mapping) else getattr(item, key, None)
