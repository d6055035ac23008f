"""Contraction to junctions: chains of links between neighbouring nodes become one section each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.base.geodesy import great_circles_m
from drillsim.roads.importing.access import ROAD_CLASS
from drillsim.roads.importing.edge_list import RawRoads

PASSED: Final = 2
"""Ends of road that meet at a node which a road only passes."""


@dataclass(frozen=True, slots=True, eq=False)
class Links:
    """The stretches between neighbouring nodes; a one-way link runs from ``tail`` to ``head``."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    way: NDArray[np.int64]
    """Row of :attr:`RawRoads.ways`."""
    oneway: NDArray[np.bool_]
    length_m: NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Chains:
    """Links in the order in which they are driven, chain after chain."""

    link: NDArray[np.int64]
    forward: NDArray[np.bool_]
    """Whether the chain drives the link from its tail to its head."""
    first: NDArray[np.int64]
    """(n_chains,) where each begins in :attr:`link`."""
    start: NDArray[np.int64]
    """(n_chains,) node at which it begins."""
    end: NDArray[np.int64]


def links_of(raw: RawRoads) -> Links:
    """Return the links of all ways, against the order of the nodes where a way is driven against it."""
    count = np.diff(raw.first)
    way = np.repeat(np.arange(len(raw.ways)), np.maximum(count - 1, 0))
    at = np.arange(len(raw.rows))
    last = np.zeros(len(raw.rows), bool)
    last[raw.first[1:][count > 0] - 1] = True
    begin = at[~last]
    tail, head = raw.rows[begin], raw.rows[begin + 1]
    moves = tail != head
    tail, head, way = tail[moves], head[moves], way[moves]
    lat, lon = raw.lat, raw.lon
    length_m = _as_stated(raw, way, great_circles_m(lat[tail], lon[tail], lat[head], lon[head]))
    direction = np.array([one.oneway for one in raw.ways], np.int8)[way]
    against = direction < 0
    tail, head = np.where(against, head, tail), np.where(against, tail, head)
    return Links(tail, head, way, direction != 0, length_m)


def _as_stated(raw: RawRoads, way: NDArray[np.int64], length_m: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return (n_links,) lengths, scaled so that those of a way add up to the length that the source states. [m]"""
    stated = np.array([np.nan if one.length_m is None else one.length_m for one in raw.ways])
    measured = np.bincount(way, length_m, len(raw.ways))
    factor = np.ones(len(raw.ways))
    np.divide(stated, measured, out=factor, where=np.isfinite(stated) & (measured > 0))
    return np.asarray(length_m * factor[way])


def contract(raw: RawRoads, links: Links, kept: NDArray[np.int64] | None = None) -> Chains:
    """Return the chains between junctions.

    Parameters
    ----------
    kept
        Nodes that are not passed over though they are no junctions.

    Notes
    -----
    A node is passed over where exactly two links meet that agree in class, direction, risk, surface and yearly
    closure. A closed road with one junction on it is a loop from there to there; a ring without any keeps one place.
    """
    n = len(raw.node_ids)
    ends = np.concatenate([links.tail, links.head])
    rows = np.tile(np.arange(len(links.tail)), 2)
    interior = _interior(raw, links, n)
    if kept is not None:
        interior[kept] = False
    other = np.zeros(n, np.int64)
    np.bitwise_xor.at(other, ends[interior[ends]], rows[interior[ends]])
    return _walks(links, interior, other)


def _interior(raw: RawRoads, links: Links, n: int) -> NDArray[np.bool_]:
    """Return which nodes are passed over: (n_nodes,)."""
    _, kind = np.unique(
        [f"{ROAD_CLASS[one.highway]} {one.oneway != 0} {one.risk} {one.surface} {one.closed}" for one in raw.ways],
        return_inverse=True,
    )
    kinds = kind[links.way] if len(raw.ways) else np.zeros(0, np.int64)
    ends = np.concatenate([links.tail, links.head])
    least, most = np.full(n, np.iinfo(np.int64).max), np.full(n, -1)
    np.minimum.at(least, ends, np.tile(kinds, 2))
    np.maximum.at(most, ends, np.tile(kinds, 2))
    leaving = np.bincount(links.tail[links.oneway], minlength=n)
    arriving = np.bincount(links.head[links.oneway], minlength=n)
    two_ends = np.bincount(ends, minlength=n) == PASSED
    return np.asarray(two_ends & (least == most) & (leaving == arriving))


def _walks(links: Links, interior: NDArray[np.bool_], other: NDArray[np.int64]) -> Chains:
    """Follow every chain from one junction to the next; plain lists are faster here than arrays."""
    tail, head, oneway = links.tail.tolist(), links.head.tolist(), links.oneway.tolist()
    passed, pairs = interior.tolist(), other.tolist()
    walked = bytearray(len(tail))
    order: list[int] = []
    forward: list[bool] = []
    chains: list[tuple[int, int, int]] = []

    def walk(link: int, start: int) -> None:
        begin, node = len(order), start
        while True:
            walked[link] = 1
            along = tail[link] == node
            order.append(link)
            forward.append(along)
            node = head[link] if along else tail[link]
            if not passed[node] or node == start:
                break
            link ^= pairs[node]
        chains.append((begin, start, node))

    for link in range(len(tail)):
        if not walked[link] and not passed[tail[link]]:
            walk(link, tail[link])
        elif not walked[link] and not passed[head[link]] and not oneway[link]:
            walk(link, head[link])
    for link in range(len(tail)):
        if not walked[link]:  # a ring
            walk(link, tail[link])
    first, start, end = np.array(chains, np.int64).reshape(-1, 3).T
    return Chains(np.array(order, np.int64), np.array(forward, bool), first, start, end)
