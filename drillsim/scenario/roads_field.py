"""The field ``roads`` of a scenario: reads the road network that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from drillsim.base.errors import NetworkError, Problem, guess
from drillsim.roads import RoadNetwork, network_from_tables, read_network
from drillsim.roads.network.table_columns import PLACE_COLUMNS, SECTION_COLUMNS

FEWEST_SYNTH: Final = 500
MOST_SYNTH: Final = 100_000
"""Places of a fictional city that a scenario may ask for; a larger one is made once with ``drillsim roads synth``."""
MOST_SHOWN: Final = 40
"""Characters of a wrong value that a message shows."""
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
    problems = [
        *_unknown("", value, ("nodes", "edges")),
        *_of_rows("nodes", value.get("nodes"), PLACE_COLUMNS),
        *_of_rows("edges", value.get("edges"), SECTION_COLUMNS),
    ]
    if problems:
        raise NetworkError(problems)
    return network_from_tables(value.get("nodes") or (), value.get("edges") or (), id="inline", where="roads")


def _of_rows(table: str, rows: Any, columns: Iterable[str]) -> Iterator[Problem]:
    """Yield what is no list of rows, what is no row, and which columns nobody reads."""
    if rows is None:
        return
    if not isinstance(rows, list | tuple):
        yield Problem("list_type", table, "roads", got=str(rows)[:MOST_SHOWN])
        return
    for i, row in enumerate(rows):
        if isinstance(row, Mapping):
            yield from _unknown(f"{table}.{i}.", row, columns)
        else:
            yield Problem("mapping_type", f"{table}.{i}", "roads", got=str(row)[:MOST_SHOWN])


def _unknown(at: str, row: Mapping[str, Any], known: Iterable[str]) -> Iterator[Problem]:
    for name in row.keys() - set(known):
        hint = guess(str(name), known)
        values = {"field": str(name)[:MOST_SHOWN], "guess": hint}
        yield Problem("extra_forbidden_guess" if hint else "extra_forbidden", f"{at}{name}", "roads", values)


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
