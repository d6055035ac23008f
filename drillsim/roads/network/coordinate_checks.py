"""Whether all of a table's coordinates are metres, or latitude and longitude swapped: said once, not line by line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import numpy as np

from drillsim.base.errors import Problem
from drillsim.base.geodesy import great_circles_m
from drillsim.roads.network.elements import Place, Section
from drillsim.roads.network.validation import SHORTEST

MOST: Final = 0.5
"""Where more than this part of the places is wrong, it is no slip in a row or two. [dimensionless]"""
MANY: Final = 0.1
"""Part of the sections that are shorter than the straight line from which on it is none either. [dimensionless]"""
FEWEST: Final = 5
"""Sections that must be, for so few may be wrong themselves."""


def coordinate_problem(places: Iterable[Place], sections: Iterable[Section], where: str) -> Problem | None:
    """Return what is wrong with all coordinates at once, or None.

    Latitudes that are swapped and yet could be some betray themselves by the lengths of the sections: many are less
    than the straight line, and would not be if they were swapped back.
    """
    at = {place.id: (place.lat, place.lon) for place in places}
    lat, lon = np.array(list(at.values()), float).reshape(-1, 2).T
    if len(lat) == 0:
        return None
    got = f"{lat.min():.7g} … {lat.max():.7g}; {lon.min():.7g} … {lon.max():.7g}"
    beyond = np.maximum(np.abs(lat), np.abs(lon)) > 180  # noqa: PLR2004  # degrees
    if beyond.mean() > MOST:
        return Problem("roads_in_metres", where=where, got=got)
    if (~beyond & (np.abs(lat) > 90)).mean() > MOST or _fit_swapped(at, sections):  # noqa: PLR2004  # degrees
        return Problem("roads_swapped", where=where, got=got)
    return None


def _fit_swapped(at: dict[str, tuple[float, float]], sections: Iterable[Section]) -> bool:
    joined = [(at[s.start], at[s.end], s.length_m) for s in sections if s.start in at and s.end in at]
    if not joined:
        return False
    ends = np.array([(*a, *b) for a, b, _ in joined])
    stated_m = np.array([length for *_, length in joined])
    to_yaml_data, swapped = (
        int((stated_m < SHORTEST * great_circles_m(*ends.T[order])).sum()) for order in ([0, 1, 2, 3], [1, 0, 3, 2])
    )
    return to_yaml_data >= max(FEWEST, MANY * len(joined)) and 10 * swapped <= to_yaml_data
