"""Collects the names that an input defines, before it is validated, so that references can be checked in place.

It must bear any input at all: what has not the expected shape defines no names, and validation will say why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from drillsim.base.errors import NetworkError, Problem
from drillsim.base.quantities import MOST_COUNT
from drillsim.forces.teams import TEAMS
from drillsim.roads import RoadNetwork, network_from_tables, read_network

FEWEST_SYNTH: Final = 500
MOST_SYNTH: Final = 100_000
"""Places of a fictional city that a scenario may ask for; a larger one is made once with ``drillsim roads synth``."""


def reference_tables(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the validation context of a scenario: known names by what they name, and the network itself.

    A kind of name that cannot be known, because the network cannot be read, is left out, and references to it are
    not checked.
    """
    context: dict[str, Any] = {
        "hazard": set(_ids(data, "hazards")),
        "incident": {*_ids(data, "incidents"), *_inject_incidents(data)},
        **plan_names(list(_items(data, "plans"))),
    }
    try:
        network = network_of(data.get("roads"))
    except NetworkError:
        return context
    return context | {"node": network.place_ids, "section": network.section_ids, "network": network}


def network_of(value: Any) -> RoadNetwork:
    """Return the road network that a scenario names: a folder or file, inline tables, a fictional city, or a network.

    Raises
    ------
    NetworkError
        If it cannot be had.
    """
    if isinstance(value, RoadNetwork):
        return value
    if isinstance(value, (str, Path)):
        return read_network(value)
    tables = value if isinstance(value, Mapping) else {}
    if "synth" in tables:
        return _fictional(tables)
    return network_from_tables(_rows(tables.get("nodes")), _rows(tables.get("edges")), id="inline", where="roads")


def _fictional(asked: Mapping[str, Any]) -> RoadNetwork:
    """Return the roads of a fictional city: ``{synth: 3000, seed: 1}``."""
    places, seed = asked["synth"], asked.get("seed", 1)
    whole = all(isinstance(n, int) and not isinstance(n, bool) for n in (places, seed))
    sound = whole and set(asked) <= {"synth", "seed"}
    if not sound or not FEWEST_SYNTH <= places <= MOST_SYNTH or seed < 0:
        values = {"least": FEWEST_SYNTH, "most": MOST_SYNTH}
        raise NetworkError([Problem("synth_size", values=values, got=f"{places!s:.20}, {seed!s:.20}")])
    return _city(places, seed)


@lru_cache(maxsize=4)
def _city(places: int, seed: int) -> RoadNetwork:
    # scenarios seldom ask for one, and it takes scipy's trees to make it
    network: RoadNetwork = import_module("drillsim.roads.synthetic").synthetic_city(places, seed=seed).network
    return network


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, (list, tuple)) else []


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
