"""The height of every node: as the source or a file of heights tells it, between two that are known, or the nearest."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from drillsim.base.geodesy import in_space_m
from drillsim.roads.importing.edge_list import RawRoads, Tally
from drillsim.roads.importing.elevation import heights, sensible
from drillsim.roads.importing.junctions import Chains, Links, contract

ENOUGH_HEIGHTS: Final = 0.5
"""Part of the nodes whose height must be known, else none is used (assumption). [dimensionless]"""


def with_node_heights(
    raw: RawRoads, links: Links, tally: Tally, path: Path | str | None, encoding: str = ""
) -> tuple[RawRoads, NDArray[np.bool_]]:
    """Return the roads with a height at every node, and at which nodes it is known: (n_nodes,).

    Along a road, a height that is not known follows from the known ones to both sides; so does that of a node in a
    tunnel or on a bridge where a file of heights tells that of the ground. Other nodes take the nearest known one.

    Parameters
    ----------
    path
        File of heights, if there is one.
    encoding
        That of the file, if it is a table and not in UTF-8.

    Raises
    ------
    NetworkError
        If the file of heights cannot be used.
    """
    height = np.where(sensible(raw.elevation_m), raw.elevation_m, np.nan)
    wrong = int((np.isfinite(raw.elevation_m) & np.isnan(height)).sum())
    if wrong:
        tally.guessed["height_unreadable"] += wrong
    if path is not None:
        found = heights(path, raw.names(np.arange(len(raw.node_ids))), raw.lat, raw.lon, tally, encoding)
        if not np.isfinite(found).any():
            tally.warnings.append("heights_elsewhere")
        off_ground = np.isfinite(found) & _off_ground(raw)
        if off_ground.any():
            tally.guessed["height_off_ground"] += int(off_ground.sum())
        height = np.where(np.isfinite(found) & ~off_ground, found, height)
    known = np.isfinite(height)
    told = known | (off_ground if path is not None else False)
    named = np.unique(raw.rows)
    if (
        raw.node_ids.dtype == object
    ):  # points between nodes, which have no name, are known where a file tells them, only
        named = named[np.array([name != "" for name in raw.node_ids[named].tolist()], bool)]
    share = told[named].mean() if len(named) else 0.0
    if share < ENOUGH_HEIGHTS:
        tally.warnings.append("heights_few" if share else "level")
        return replace(raw, elevation_m=np.zeros(len(height))), known
    height = _between(raw, links, height)
    unknown = np.isnan(height)
    if unknown[named].any():
        tally.warnings.append("heights_filled")
    there = np.isfinite(raw.lat) & np.isfinite(raw.lon)
    missing = unknown & there
    if missing.any():
        tree = cKDTree(in_space_m(raw.lat[~unknown & there], raw.lon[~unknown & there]))
        nearest = tree.query(in_space_m(raw.lat[missing], raw.lon[missing]))[1]
        height[missing] = height[~unknown & there][nearest]
    return replace(raw, elevation_m=np.where(np.isfinite(height), height, 0.0)), known


def _off_ground(raw: RawRoads) -> NDArray[np.bool_]:
    """Return which nodes lie within tunnels and bridges, the portals and abutments not among them: (n_nodes,)."""
    inside = np.array([way.tunnel or way.bridge for way in raw.ways], bool)
    way = np.repeat(np.arange(len(raw.ways)), np.diff(raw.first))
    n = len(raw.node_ids)
    count, within = np.bincount(raw.rows, minlength=n), np.bincount(raw.rows[inside[way]], minlength=n)
    ends = np.concatenate([raw.rows[raw.first[:-1]], raw.rows[raw.first[1:] - 1]])
    dead = (np.bincount(ends, minlength=n) == 1) & (count == 1)
    return np.asarray((within > 0) & (within == count) & ~dead)


def _between(raw: RawRoads, links: Links, height: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the heights with those between two known ones along a road: (n_nodes,). [m]"""
    if np.isfinite(height).all() or not np.isfinite(height).any():
        return height.copy()
    chains = contract(raw, links)
    reached = np.where(chains.forward, links.head[chains.link], links.tail[chains.link])
    node = np.insert(reached, chains.first, chains.start)
    chain = np.insert(
        np.repeat(np.arange(len(chains.first)), _count(chains)), chains.first, np.arange(len(chains.first))
    )
    step_m = np.insert(links.length_m[chains.link], chains.first, 0.0)
    driven_m = np.cumsum(step_m)
    known = np.isfinite(height[node])
    at = np.arange(len(node))
    before = np.maximum.accumulate(np.where(known, at, -1))
    after = np.minimum.accumulate(np.where(known, at, len(node))[::-1])[::-1]
    fits = ~known & (before >= 0) & (after < len(node))
    fits[fits] = (chain[before[fits]] == chain[fits]) & (chain[after[fits]] == chain[fits])
    low, high = before[fits], after[fits]
    span_m = driven_m[high] - driven_m[low]
    part = np.divide(driven_m[fits] - driven_m[low], span_m, out=np.zeros_like(span_m), where=span_m > 0)
    filled = height.copy()
    filled[node[fits]] = height[node[low]] + part * (height[node[high]] - height[node[low]])
    return filled


def _count(chains: Chains) -> NDArray[np.int64]:
    return np.diff(np.append(chains.first, len(chains.link)))
