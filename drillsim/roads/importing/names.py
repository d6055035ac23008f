"""Names of junctions: those of the roads that meet there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa

from drillsim.roads.network.columns import numbers
from drillsim.roads.network.elements import ROAD_CLASSES

RANK: Final = {name: rank for rank, name in enumerate(ROAD_CLASSES)}
MOST: Final = 2
"""Roads after which a junction is called."""


def place_names(ids: Sequence[str], sections: pa.Table) -> list[str]:
    """Return the name of each place: the two widest roads that meet there, or its id where none has a name.

    Parameters
    ----------
    ids
        By row.
    sections
        Table with the schema :data:`drillsim.roads.network.columns.SECTIONS`.
    """
    roads = [name or road for name, road in zip(_texts(sections["name_zh"]), _texts(sections["road"]), strict=True)]
    rank = [RANK[name] for name in _texts(sections["road_class"])]
    ends = np.concatenate([numbers(sections["start"]), numbers(sections["end"])])
    at: list[list[str]] = [[] for _ in ids]
    for place, section in zip(
        ends[order := np.argsort(np.tile(rank, 2), kind="stable")].tolist(), (order % len(roads)).tolist(), strict=True
    ):
        here, road = at[place], roads[section]
        if road and len(here) < MOST and road not in here:
            here.append(road)
    return [" / ".join(here) or name for here, name in zip(at, ids, strict=True)]


def _texts(column: pa.ChunkedArray) -> list[str]:
    return list(column.to_pylist())
