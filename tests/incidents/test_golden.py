"""Every scenario kind against the numbers of its sources: one table each in ``golden/``, its inputs beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from statistics import fmean, median
from types import MappingProxyType
from typing import Final

import pytest

from drillsim.incidents import Occurrence
from drillsim.scenario.plugins import kinds
from drillsim.world.random_streams import RandomStreams
from drillsim.world.weather import Weather
from drillsim.world.world import World
from tests.golden import every_row, named_inputs, picked, tables
from tests.golden_ground import ground

GOLDEN = Path(__file__).parent / "golden"
TAKEN: Final[Mapping[str, Callable[[Sequence[float]], float]]] = MappingProxyType({"mean": fmean, "median": median})


def test_every_kind_has_numbers_of_its_own():
    written = {name for name, rows in tables(GOLDEN).items() if rows}

    assert written == {kind for kind, cls in kinds("incidents").items() if cls.__module__.startswith("drillsim.")}


@pytest.mark.parametrize("row", every_row(GOLDEN))
def test_a_kind_brings_about_the_numbers_of_its_sources(row):
    found = occurrences(row.table, row["input"])
    taken, _, path = row["measure"].partition(".")

    row.holds_for(
        TAKEN[taken]([picked(one, path) for one in found]) if taken in TAKEN else picked(found[0], row["measure"])
    )


@cache
def occurrences(kind: str, name: str) -> tuple[Occurrence, ...]:
    """Return what an input brings about, in as many replications as it asks for."""
    given = named_inputs(GOLDEN / f"{kind}.yaml")[name]
    place = ground(given.get("ground"))
    cls = kinds("incidents")[kind]
    begins = {"starts_at_s": 0} if "starts_at_s" in cls.model_fields else {}
    incident = cls.model_validate({"kind": kind, "id": "x", **begins, **given["incident"]})
    startex = datetime.fromisoformat(given.get("startex", "2026-05-01T12:00"))
    return tuple(
        incident.occur(World(place, RandomStreams(1, n), startex, 30 * 86_400.0, Weather(**given.get("weather", {}))))
        for n in range(given.get("replications", 1))
    )
