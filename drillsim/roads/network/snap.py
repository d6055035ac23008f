"""The place of a road network that is nearest to a point."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem
from drillsim.base.geodesy import in_space_m, over_ground_m
from drillsim.roads.network.columns import numbers
from drillsim.roads.network.network import RoadNetwork

FAR_M: Final = 500.0
"""A point that is farther from the network than this is pointed out."""
MOST_SNAP_M: Final = 50_000.0
"""A point that is farther from the network has a slip, or is meant for another network (assumption). [m]"""


@dataclass(frozen=True, slots=True)
class Snap:
    """A point and the place that stands for it."""

    place: str
    lat: float
    lon: float
    distance_m: float
    """From the point to the place, as the crow flies. [m]"""

    @property
    def far(self) -> bool:
        """Whether it is so far that the point may be wrong."""
        return self.distance_m > FAR_M

    @property
    def off_the_map(self) -> Mapping[str, str] | None:
        """The message for a point without a place near it; None for all others."""
        if self.distance_m <= MOST_SNAP_M:
            return None
        return {"km": f"{self.distance_m / 1000:.0f}", "most": f"{MOST_SNAP_M / 1000:.0f}"}


def snap(network: RoadNetwork, lat: float, lon: float) -> Snap:
    """Return the nearest place from which the largest part of the network can be reached.

    Parameters
    ----------
    lat, lon
        WGS 84. [deg]
    """
    tree, rows = _tree(network)
    straight_m, i = tree.query(in_space_m([lat], [lon])[0])
    return Snap(network.place_ids[int(rows[i])], lat, lon, over_ground_m(straight_m))


def snap_on_map(network: RoadNetwork, lat: float, lon: float, where: str = "") -> Snap:
    """Return the same for a point that must lie near the network.

    Parameters
    ----------
    where
        File and line, for messages.

    Raises
    ------
    NetworkError
        If it lies farther from it than any place can stand for.
    """
    found = snap(network, lat, lon)
    if found.off_the_map:
        raise NetworkError([Problem("off_the_map", where=where, values=found.off_the_map, got=f"{lat:g} {lon:g}")])
    return found


@lru_cache(maxsize=4)
def _tree(network: RoadNetwork) -> tuple[Any, NDArray[np.int64]]:
    from scipy.spatial import cKDTree  # noqa: PLC0415  # slow to load, seldom needed

    rows = np.flatnonzero(network.parts == 0)
    lat, lon = (numbers(network.place_columns[name])[rows] for name in ("lat", "lon"))
    return cKDTree(in_space_m(lat, lon)), rows
