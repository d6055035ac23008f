"""Who an earthquake can hit: settlements, where they lie, what they are built of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.incidents.earthquake.input import EarthquakeInput, Settlement
from drillsim.physics.earthquake.attenuation import Array
from drillsim.physics.earthquake.damage import STOCKS
from drillsim.world.network_arrays import NetworkArrays

URBAN_FROM: Final = 20_000
"""People from which a settlement has the building stock of a town, if nothing is said (assumption)."""


def name_of(settlement: Settlement) -> str:
    """Return how a settlement is called where nobody knows the language: its place, and its title if it has one."""
    title = settlement.title
    return settlement.node if title is None or title.en == settlement.node else f"{settlement.node} ({title.en})"


def settlements_of(quake: EarthquakeInput, ground: NetworkArrays) -> tuple[Settlement, ...]:
    """Return the settlements of an earthquake: those written, or all places of the road network with people."""
    return tuple(_places(ground)) if quake.settlements is None else quake.settlements


def where(settlements: Sequence[Settlement], ground: NetworkArrays) -> tuple[NDArray[np.int64], Array, Array]:
    """Return the rows of the places from which settlements are reached, and where they lie: (n,), (n,), (n,). [deg]"""
    rows = np.array([ground.row(s.node) for s in settlements], int)
    pairs = list(zip(settlements, rows, strict=True))
    lat = np.array([s.lat if s.lat is not None else ground.lat_deg[r] for s, r in pairs], float)
    lon = np.array([s.lon if s.lon is not None else ground.lon_deg[r] for s, r in pairs], float)
    return rows, lat, lon


def _places(ground: NetworkArrays) -> Iterator[Settlement]:
    """Yield the places of the road network where people live."""
    for row in np.flatnonzero(ground.population > 0):
        node = ground.place_ids[int(row)]
        name = "".join(c if c.isascii() and c.isalnum() else "-" for c in node.lower()).strip("-")
        yield Settlement.model_construct(
            id=f"p{row}-{name}"[:64], title=None, node=node, lat=None, lon=None, elevation_m=None,
            population=int(ground.population[row]), stock=None, indoors=None,
        )  # fmt: skip


def stock_of(settlement: Settlement) -> Mapping[str, float]:
    """Return the share of people by building class."""
    if isinstance(settlement.stock, Mapping):
        return settlement.stock
    return STOCKS[settlement.stock or ("urban" if settlement.population >= URBAN_FROM else "rural")]
