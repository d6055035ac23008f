"""Travel times of a source in place of speeds: with a length or without, the time is what counts."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.roads.importing.edge_list import RawRoads, Tally
from drillsim.roads.importing.tags import MOST_KMH

TRAVEL_S: Final = "travel_s"
TIMES_S: Final[Mapping[str, float]] = {
    TRAVEL_S: 1.0, "travel_time_s": 1.0, "travel_time": 1.0, "traveltime": 1.0, "time_s": 1.0, "seconds": 1.0,
    "travel_time_min": 60.0, "time_min": 60.0, "minutes": 60.0, "travel_time_h": 3600.0, "time_h": 3600.0,
    "hours": 3600.0,
}  # fmt: skip
"""What columns of travel times are called, and the unit of each; the first that is there is taken. [s]"""
SPEEDS: Final = ("free_flow_kmh", "maxspeed")
"""What goes before a travel time of a graph, which follows from it there."""


def told_s(tags: Mapping[str, str]) -> float | None:
    """Return the travel time in the tags of an edge, None if there is none; NaN if it is no number above 0. [s]

    Examples
    --------
    >>> told_s({"travel_time": "90"}), told_s({"minutes": "2"}), told_s({"name": "G6"})
    (90.0, 120.0, None)
    """
    name = next((name for name in TIMES_S if name in tags), None)
    if name is None:
        return None
    try:
        seconds = TIMES_S[name] * float(tags[name])
    except ValueError:
        return math.nan
    return seconds if 0 < seconds < math.inf else math.nan


def with_speeds_of_times(raw: RawRoads, length_m: NDArray[np.float64], tally: Tally) -> RawRoads:
    """Return the roads with the speeds that their travel times mean; count the times that cannot be.

    Parameters
    ----------
    length_m
        (n_ways,) [m]
    """
    ways = list(raw.ways)
    for row, way in enumerate(ways):
        if way.travel_s is None:
            continue
        kmh = 3.6 * float(length_m[row]) / way.travel_s
        if 0 < kmh <= MOST_KMH:
            ways[row] = replace(way, free_flow_kmh=kmh)
        else:
            tally.guessed["travel_time_unusable"] += 1
    return replace(raw, ways=tuple(ways))
