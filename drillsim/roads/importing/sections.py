"""Attributes of sections: the links of a chain combined into columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from drillsim.base.unseen import without_unseen
from drillsim.roads.importing.access import ROAD_CLASS
from drillsim.roads.importing.edge_list import CROSSING, GIVE_WAY, ONE_DIRECTION, SIGNALS, RawRoads, Way
from drillsim.roads.importing.junctions import Chains, Links
from drillsim.roads.network.columns import GEOMETRY_DEG, SECTIONS, table

SAME_SPEED: Final = 1e-9
"""Speeds of both directions that differ by less than this part are the same. [dimensionless]"""
SIGNALS_S: Final = 5.0
"""Lost at traffic signals with lights and siren (assumption). [s]"""
GIVE_WAY_S: Final = 3.0
"""Lost at a stop or give-way sign or a mini-roundabout (assumption). [s]"""
CROSSING_S: Final = 1.0
"""Lost at a crossing for people on foot (assumption). [s]"""
ONE_OF_TWO: Final = 0.5
"""Part of the time that counts where a sign stands for one of both directions: a section has one delay for both."""
GRADE_OVER_M: Final = 100.0
"""Heights along a course are averaged over this, because a grade between points that lie closer is that of the noise of
a height model (assumption). [m]"""
EVEN_M: Final = 0.5
"""A course that is nowhere farther from an even grade has that grade (assumption). [m]"""
WRONG_WAY_KMH: Final = 20.0
"""Speed against a one-way road (assumption). [km/h]"""


def sections_of(
    raw: RawRoads, links: Links, chains: Chains, speed_kmh: NDArray[np.float64], *, wrong_way: bool
) -> tuple[pa.Table, NDArray[np.int64]]:
    """Return the table of sections, and the nodes that are its places, in the order of their rows.

    Parameters
    ----------
    speed_kmh
        (n_ways, 2) free-flow speed along and against the nodes of each way. [km/h]
    wrong_way
        Whether each one-way section, motorways excepted, has one against it with that risk.
    """
    places, ends = np.unique(np.concatenate([chains.start, chains.end]), return_inverse=True)
    n = len(chains.first)
    columns: dict[str, Any] = {"start": ends[:n], "end": ends[n:], **_measures(raw, links, chains, speed_kmh)}
    columns |= _words(raw, links, chains)
    columns |= _heights(raw, links, chains)
    columns["delay_s"] = _delay_s(raw, links, chains)
    first, points = _between(links, chains)
    made = table(SECTIONS, columns | {"geometry": _geometry(raw, first, points)}, n)
    if wrong_way:
        road_class = np.array(columns["road_class"], dtype=object)
        rows = np.flatnonzero(columns["oneway"] & (road_class != "motorway"))
        made = pa.concat_tables([made, _against(made.take(pa.array(rows)), raw, first, points, rows)])
    return made.unify_dictionaries().combine_chunks(), places


def node_delay_s(raw: RawRoads, links: Links) -> NDArray[np.float64]:
    """Return the time lost by passing each node: (n_nodes,). [s]"""
    delay = np.zeros(len(raw.flags))
    for flag, seconds in ((CROSSING, CROSSING_S), (GIVE_WAY, GIVE_WAY_S), (SIGNALS, SIGNALS_S)):
        delay[raw.flags & flag != 0] = seconds
    both_ways = np.zeros(len(delay), bool)
    both_ways[links.tail[~links.oneway]] = True
    both_ways[links.head[~links.oneway]] = True
    return np.where((raw.flags & ONE_DIRECTION != 0) & both_ways, ONE_OF_TWO * delay, delay)


def _delay_s(raw: RawRoads, links: Links, chains: Chains) -> NDArray[np.float64]:
    """Return the time lost along each chain, (n_chains,): half at each end, so that a junction counts once. [s]"""
    delay = node_delay_s(raw, links)
    half = delay / 2
    return np.asarray(
        _summed(half[links.tail[chains.link]] + half[links.head[chains.link]], chains) if len(chains.link) else half[:0]
    )


def _summed(values: NDArray[Any], chains: Chains) -> NDArray[Any]:
    return np.asarray(np.add.reduceat(values, chains.first)) if len(chains.first) else values[:0]


def _over(reduce: Any, values: NDArray[Any], chains: Chains) -> NDArray[Any]:
    """Reduce values of links, (n_links,), to one per chain, (n_chains,)."""
    return np.asarray(reduce.reduceat(values, chains.first)) if len(chains.first) else values[:0]


def _measures(
    raw: RawRoads, links: Links, chains: Chains, speed_kmh: NDArray[np.float64]
) -> dict[str, NDArray[Any] | pa.Array]:
    way = links.way[chains.link]
    length_m = links.length_m[chains.link]
    turned = np.array([one.oneway < 0 for one in raw.ways], bool)[way]  # such a link runs against the nodes of its way
    side = (chains.forward == turned).astype(np.int64)
    along, against = (_mean_kmh(length_m, speed_kmh[way, column], chains) for column in (side, 1 - side))
    alike = np.isclose(against, along, rtol=SAME_SPEED, atol=0.0)
    oneway = _over(np.maximum, links.oneway[chains.link], chains)
    read = _reader(raw, way)
    return {
        "length_m": _summed(length_m, chains),
        "free_flow_kmh": along,
        "backward_kmh": _known(np.where(oneway | alike, np.nan, against), pa.float64()),
        "oneway": oneway,
        "bridge": _over(np.maximum, read(lambda one: one.bridge, bool), chains),
        "tunnel": _over(np.maximum, read(lambda one: one.tunnel, bool), chains),
        "lanes": _known(_over(np.fmin, read(lambda one: one.lanes, float), chains), pa.int16()),
        "max_height_m": _known(_over(np.fmin, read(lambda one: one.max_height_m, float), chains), pa.float64()),
        "max_weight_t": _known(_over(np.fmin, read(lambda one: one.max_weight_t, float), chains), pa.float64()),
        "max_width_m": _known(_over(np.fmin, read(lambda one: one.max_width_m, float), chains), pa.float64()),
    }


def _mean_kmh(length_m: NDArray[np.float64], kmh: NDArray[np.float64], chains: Chains) -> NDArray[np.float64]:
    """Return the speed of each chain, (n_chains,), at which its links take as long; the lowest where it has none."""
    seconds = _summed(3.6 * length_m / kmh, chains)
    slowest = _over(np.minimum, kmh, chains)
    return np.asarray(np.divide(3.6 * _summed(length_m, chains), seconds, out=slowest, where=seconds > 0))


def _reader(raw: RawRoads, way: NDArray[np.int64]) -> Callable[[Callable[[Way], Any], type], NDArray[Any]]:
    def read(field: Callable[[Way], Any], kind: type) -> NDArray[Any]:
        return np.array([field(one) for one in raw.ways], kind)[way]

    return read


def _known(values: NDArray[np.float64], kind: pa.DataType) -> pa.Array:
    """Return the values, (n,), with a gap for NaN."""
    return pa.array(values, pa.float64(), from_pandas=True).cast(kind)


def _words(raw: RawRoads, links: Links, chains: Chains) -> dict[str, Any]:
    """Return the names; those of the way that has most of a chain."""
    main = _main_ways(raw, links, chains)
    ways = [raw.ways[row] for row in main.tolist()]
    return {
        "id": _ids([way.id for way in ways]),
        "road": [without_unseen(way.ref or way.name) for way in ways],
        "name_zh": [without_unseen(way.name) for way in ways],
        "road_class": [ROAD_CLASS[way.highway] for way in ways],
        "surface": [way.surface for way in ways],
        "risk": [way.risk for way in ways],
        "closed": [way.closed for way in ways],
        "source": [f"way {way.id.removeprefix('w')}" if raw.prefix else way.id for way in ways],
    }


def _ids(ways: list[str]) -> list[str]:
    """Return the id of each section: that of its way and a number, for one way has many."""
    count: dict[str, int] = {}
    names = []
    for way in ways:
        count[way] = count.get(way, 0) + 1
        names.append(f"{way}.{count[way]}")
    return names


def _main_ways(raw: RawRoads, links: Links, chains: Chains) -> NDArray[np.int64]:
    chain = np.repeat(np.arange(len(chains.first)), np.diff(np.append(chains.first, len(chains.link))))
    pairs, inverse = np.unique(chain * len(raw.ways) + links.way[chains.link], return_inverse=True)
    length_m = np.bincount(inverse, links.length_m[chains.link], len(pairs))
    of_chain = pairs // max(1, len(raw.ways))
    order = np.lexsort((-length_m, of_chain))
    first = np.searchsorted(of_chain[order], np.arange(len(chains.first)))
    return np.asarray(pairs[order][first] % max(1, len(raw.ways)))


def _between(links: Links, chains: Chains) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the nodes between the ends of each chain: where each begins (n + 1,), and all of them."""
    reached = np.where(chains.forward, links.head[chains.link], links.tail[chains.link])
    inside = np.ones(len(reached), bool)
    last = np.append(chains.first[1:], len(reached)) - 1
    inside[last] = False
    count = last - chains.first
    return np.concatenate([[0], np.cumsum(count)]).astype(np.int64), reached[inside]


def _geometry(raw: RawRoads, first: NDArray[np.int64], points: NDArray[np.int64]) -> pa.Array:
    degrees = np.column_stack([raw.lat[points], raw.lon[points]])
    values = np.rint(degrees / GEOMETRY_DEG).astype(np.int32).ravel()
    return pa.LargeListArray.from_arrays(pa.array(2 * first), pa.array(values))


def _heights(raw: RawRoads, links: Links, chains: Chains) -> dict[str, pa.Array]:
    """Return the height of the pass where there is one above both ends, and the heights along the course."""
    height = raw.elevation_m
    top = _over(np.fmax, np.fmax(height[links.tail[chains.link]], height[links.head[chains.link]]), chains)
    ends = np.fmax(height[chains.start], height[chains.end])
    return {
        "max_elevation_m": _known(np.where(top > ends, top, np.nan), pa.float64()),
        "profile": _profiles(height, links, chains),
    }


def _profiles(height: NDArray[np.float64], links: Links, chains: Chains) -> pa.Array:
    """Return the heights between the ends of each chain, none where it climbs evenly; see :data:`GRADE_OVER_M`."""
    n = len(chains.first)
    length_m = links.length_m[chains.link]
    total_m = _summed(length_m, chains)
    chain = np.repeat(np.arange(n), np.diff(np.append(chains.first, len(length_m))))
    driven_m = np.cumsum(length_m)
    distance_m = driven_m - np.append(0.0, driven_m)[chains.first][chain]
    height_m = height[np.where(chains.forward, links.head[chains.link], links.tail[chains.link])]
    inside = (distance_m > 0) & (distance_m < total_m[chain])
    chain, distance_m, height_m = chain[inside], distance_m[inside], height_m[inside]
    step = np.floor(distance_m / GRADE_OVER_M)
    begins = np.flatnonzero((np.diff(chain, prepend=-1) != 0) | (np.diff(step, prepend=-1.0) != 0))
    if len(begins) == 0:
        return _flat(np.zeros(n, np.int64), np.zeros(0))
    count = np.diff(np.append(begins, len(chain)))
    chain = chain[begins]
    distance_m, height_m = (np.add.reduceat(values, begins) / count for values in (distance_m, height_m))
    even_m = height[chains.start][chain]
    even_m = even_m + (height[chains.end][chain] - even_m) * distance_m / total_m[chain]
    uneven = np.bincount(chain, np.abs(height_m - even_m) > EVEN_M, n) > 0
    kept = uneven[chain]
    points = np.column_stack([distance_m[kept], height_m[kept]])
    return _flat(np.bincount(chain[kept], minlength=n), np.round(points, 1).ravel())


def _flat(count: NDArray[np.int64], values: NDArray[np.float64]) -> pa.Array:
    """Return lists of so many points with two values each."""
    first = np.concatenate([[0], 2 * np.cumsum(count)]).astype(np.int64)
    return pa.LargeListArray.from_arrays(pa.array(first), pa.array(values))


def _turned(profiles: list[list[float]], length_m: NDArray[np.float64]) -> pa.Array:
    """Return the heights along the same courses driven the other way."""
    turned = [
        np.column_stack([metres - np.array(one[-2::-2]), one[::-2]]).ravel()
        for one, metres in zip(profiles, length_m.tolist(), strict=True)
    ]
    count = np.array([len(one) // 2 for one in turned], np.int64)
    return _flat(count, np.round(np.concatenate([np.zeros(0), *turned]), 1))


def _against(
    made: pa.Table, raw: RawRoads, first: NDArray[np.int64], points: NDArray[np.int64], rows: NDArray[np.int64]
) -> pa.Table:
    """Return the sections of these rows turned round."""
    count = np.diff(first)[rows]
    new_first = np.concatenate([[0], np.cumsum(count)]).astype(np.int64)
    within = np.arange(new_first[-1]) - np.repeat(new_first[:-1], count)
    turned = points[np.repeat(first[1:][rows] - 1, count) - within]
    columns = {name: made[name] for name in SECTIONS.names} | {
        "id": [f"{name}-against" for name in made["id"].to_pylist()],
        "start": made["end"],
        "end": made["start"],
        "free_flow_kmh": np.minimum(made["free_flow_kmh"].to_numpy(), WRONG_WAY_KMH),
        "risk": ["wrong_way"] * len(rows),
        "geometry": _geometry(raw, new_first, turned),
        "profile": _turned(made["profile"].to_pylist(), made["length_m"].to_numpy()),
    }
    return table(SECTIONS, columns, len(rows))
