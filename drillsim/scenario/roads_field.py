"""The field ``roads`` of a scenario: reads the road network that it names."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads import RoadNetwork, network_from_tables, read_network

FEWEST_SYNTH: Final = 500
MOST_SYNTH: Final = 100_000
"""Places of a fictional city that a scenario may ask for; a larger one is made once with ``drillsim roads synth``."""
NAMES_ROADS: Final = (str, Path, Mapping)
"""Types of a value that names a road network."""


def network_of(value: str | Path | Mapping[str, Any]) -> RoadNetwork:
    """Return the road network that a scenario names: a folder or file, inline tables, or a fictional city.

    Raises
    ------
    NetworkError
        If it is missing or invalid.
    """
    if not isinstance(value, Mapping):
        return read_network(value)
    if "synth" in value:
        return _fictional(value)
    return network_from_tables(_rows(value.get("nodes")), _rows(value.get("edges")), id="inline", where="roads")


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
    from drillsim.roads.synthetic import synthetic_city

    return synthetic_city(places, seed=seed).network


def _rows(value: Any) -> list[Mapping[str, Any]]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, (list, tuple)) else []
