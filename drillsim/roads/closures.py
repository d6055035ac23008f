"""Roads of a network that are closed on a given day of the year."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

import numpy as np
import pyarrow as pa

from drillsim.roads.network.columns import numbers
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.seasons import is_closed_on


@lru_cache(maxsize=64)  # a run asks for every day of it
def closed_sections(network: RoadNetwork, day: date) -> tuple[str, ...]:
    """Return the sections that are closed on that day of the year, by row."""
    return tuple(_closed(network, day))


def _closed(network: RoadNetwork, day: date) -> Iterator[str]:
    words = network.section_columns["closed"].cast(pa.string()).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(words != "")
    if len(rows) == 0:
        return
    lat = numbers(network.place_columns["lat"])[network.section_ends[rows, 0]]
    for row, north in zip(rows.tolist(), lat.tolist(), strict=True):
        if is_closed_on(words[row], day, north):
            yield network.section_ids[row]
