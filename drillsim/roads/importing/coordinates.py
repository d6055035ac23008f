"""Checks of coordinates (degrees, not swapped) and of stated lengths (plausible for their course)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem
from drillsim.base.geodesy import great_circles_m
from drillsim.roads.importing.edge_list import RawRoads, Tally
from drillsim.roads.network.columns import numbers
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.validation import SHORTEST

MOST_LAT: Final = 90.0
MOST_LON: Final = 180.0
ALIKE: Final = 0.05
"""Stated and measured lengths that differ by no more than this part are the same. [dimensionless]"""
WINDING, LONG_M = 20.0, 100_000.0
"""A stated length is believed up to so many times the measured one, and if it is no longer than this (assumption)."""
REPORTED_M: Final = 20_000.0
"""A length above this and beyond :data:`WINDING` times the measured one is reported. Hairpins seldom make a road five
times as long as the straight line, a short road may be a loop, metres among kilometres are a thousand times
(assumption). [m]
"""
SHOWN: Final = 5
"""Nodes that a message names."""
ENOUGH: Final = 20
"""Fewer ways with a stated length prove nothing."""


def refuse_strange_coordinates(raw: RawRoads, where: str) -> None:
    """Refuse roads whose coordinates are not degrees, or are swapped, with one problem.

    Raises
    ------
    NetworkError
        If so.
    """
    used = np.unique(raw.rows)
    lat, lon = raw.lat[used], raw.lon[used]
    if not (np.isfinite(lat).all() and np.isfinite(lon).all()):
        missing = used[~(np.isfinite(lat) & np.isfinite(lon))][:SHOWN]
        got = ", ".join(str(name) for name in raw.node_ids[missing].tolist())
        raise NetworkError([Problem("roads_coordinates_missing", where=where, got=got)])
    got = f"{_span(lat)}; {_span(lon)}"
    if (np.abs(lon) > MOST_LON).any() or (np.abs(lat) > MOST_LON).any():
        raise NetworkError([Problem("roads_in_metres", where=where, got=got)])
    if (np.abs(lat) > MOST_LAT).any() or _fits_swapped(raw):
        raise NetworkError([Problem("roads_swapped", where=where, got=got)])


def with_plausible_lengths(raw: RawRoads, tally: Tally) -> RawRoads:
    """Return the roads without stated lengths below the straight line or absurdly long ones; count these."""
    lat, lon = raw.lat, raw.lon
    start, end = raw.rows[raw.first[:-1]], raw.rows[raw.first[1:] - 1]
    direct_m = great_circles_m(lat[start], lon[start], lat[end], lon[end])
    stated = np.array([np.inf if way.length_m is None else way.length_m for way in raw.ways])
    short = stated < SHORTEST * direct_m
    long = np.isfinite(stated) & (stated > LONG_M) & (stated > WINDING * _measured(raw, raw.lat, raw.lon))
    for why, wrong in (("length_too_short", short), ("length_too_long", long)):
        if wrong.any():
            tally.guessed[why] += int(wrong.sum())
    if not (short | long).any():
        return raw
    ways = (replace(way, length_m=None) if wrong else way for way, wrong in zip(raw.ways, short | long, strict=True))
    return replace(raw, ways=tuple(ways))


def winding_ways(raw: RawRoads) -> list[str]:
    """Return both ends of every road whose stated length is many times that of its course."""
    stated = np.array([np.nan if way.length_m is None else way.length_m for way in raw.ways])
    rows = np.flatnonzero(_winds(stated, _measured(raw, raw.lat, raw.lon)))
    ends = ((raw.rows[raw.first[row]], raw.rows[raw.first[row + 1] - 1]) for row in rows)
    return [f"{raw.prefix}{raw.node_ids[a]} – {raw.prefix}{raw.node_ids[b]}" for a, b in ends]


def winding_sections(network: RoadNetwork) -> list[str]:
    """Return both ends of every section that is many times as long as the straight line between them."""
    lat, lon = (numbers(network.place_columns[name]) for name in ("lat", "lon"))
    start, end = network.section_ends.T
    direct_m = great_circles_m(lat[start], lon[start], lat[end], lon[end])
    ends = network.section_ends[_winds(network.section_m, direct_m) & (start != end)]
    return [" – ".join(network.place_ids.names(pair)) for pair in ends]


def _winds(stated_m: NDArray[np.float64], direct_m: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray((stated_m > REPORTED_M) & (stated_m > WINDING * direct_m))


def _span(values: NDArray[np.float64]) -> str:
    return f"{values.min():.7g} … {values.max():.7g}"


def _fits_swapped(raw: RawRoads) -> bool:
    """Return whether the stated lengths fit the coordinates only if latitude and longitude change places."""
    stated = np.array([np.nan if way.length_m is None else way.length_m for way in raw.ways])
    known = np.isfinite(stated) & (stated > 0)
    if known.sum() < ENOUGH:
        return False
    measured, swapped = _measured(raw, raw.lat, raw.lon), _measured(raw, raw.lon, raw.lat)
    return bool(_off(measured[known], stated[known]) > ALIKE > _off(swapped[known], stated[known]))


def _off(measured: NDArray[np.float64], stated: NDArray[np.float64]) -> float:
    """Return the median relative error of measured lengths."""
    return float(np.median(np.abs(measured / stated - 1)))


def _measured(raw: RawRoads, lat: NDArray[np.float64], lon: NDArray[np.float64]) -> NDArray[np.float64]:
    if (np.abs(lat) > MOST_LAT).any():
        return np.full(len(raw.ways), np.inf)
    lat, lon = lat[raw.rows], lon[raw.rows]
    steps = np.append(great_circles_m(lat[:-1], lon[:-1], lat[1:], lon[1:]), 0.0)
    steps[raw.first[1:] - 1] = 0.0  # from the last node of a way to the first of the next
    return np.asarray(np.add.reduceat(steps, raw.first[:-1]))
