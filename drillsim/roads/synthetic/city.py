"""A fictional plateau valley city from a seed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from drillsim.base import portable
from drillsim.base.geodesy import great_circles_m
from drillsim.roads.importing.build import place_names
from drillsim.roads.network.columns import GEOMETRY_DEG, PLACES, SECTIONS, numbers, table
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.synthetic import forces, people
from drillsim.roads.synthetic.connectors import Added, connectors
from drillsim.roads.synthetic.names import OTHER, SQUARE, street_names, village_name
from drillsim.roads.synthetic.streets import BLOCK_M, NAMES, RAIL_LINE, TERTIARY, Streets, ring_column, streets_of
from drillsim.roads.synthetic.valley import Array, Valley, degrees, heights_m, nearest_arm, valley_of

Ints = NDArray[np.int64]
KMH: Final = {"trunk": 70.0, "primary": 60.0, "secondary": 50.0, "tertiary": 40.0, "residential": 30.0, "service": 20.0}
SLACK: Final = 1.06
"""So many more places are laid out than asked for; the outermost are then cut off."""
WINDING: Final = {"track": 1.25, "motorway": 1.02}
"""Length over straight line, where it is not 1.01 (assumption)."""
BOW, BOW_POINTS, LONG_M = 0.06, 15, 1000.0
"""How far the ring road bows out between two arms, as part of the distance; that makes it a hundredth longer. [m]"""
SIGNAL_S: Final = 0.35
"""Time lost at each end of a section of an avenue: five seconds at signals, one junction in seven has them. [s]"""
LOW_UNDERPASSES, HEIGHTS_M = 0.35, (2.8, 3.2, 3.5, 4.2)
"""Part of the underpasses of the railway that is low, and how low (assumption). [m]"""
WEAK_BRIDGES, WEIGHTS_T = 0.12, (10.0, 15.0, 30.0)
"""Part of the bridges that is weak, and how weak (assumption). [t]"""
DISTRICTS: Final = ("城中区", "城东区", "城西区", "城北区", "南川区")
"""The centre, and one for each arm."""
MOST_NAMED: Final = 100_000
"""Places of a city whose streets have names; a larger one is for benchmarks and has none."""


@dataclass(frozen=True, slots=True)
class ChemicalPark:
    """Works downstream, on the left bank of the east arm."""

    outline: tuple[tuple[float, float], ...]
    """Corners as (latitude, longitude). [deg]"""
    places: tuple[str, ...]
    substances: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class City:
    """A fictional city: roads, people, buildings, forces."""

    network: RoadNetwork
    buildings: people.Buildings
    stations: tuple[forces.FireStation, ...]
    hydrants: Ints
    """Rows of places."""
    hospitals: Ints
    chemical_park: ChemicalPark
    rail: tuple[tuple[float, float], ...]
    """Course of the railway as (latitude, longitude). [deg]"""
    rivers: tuple[tuple[tuple[float, float], ...], ...]


@dataclass(frozen=True, eq=False)
class _Draft:
    """Places and sections before they are numbered for good."""

    points: Array
    height_m: Array
    arm: Ints
    along_m: Array
    across_m: Array
    village: NDArray[np.bool_]
    sections: dict[str, Any]


def synthetic_city(places: int, *, seed: int) -> City:
    """Return a fictional city with about so many places on its roads.

    Parameters
    ----------
    places
        From 500 to 1,000,000; met within two percent.
    seed
        Any integer from 0; the same seed gives the same city.
    """
    valley, draft = _laid_out(places, seed)
    draft = _cut_to(draft, places)
    rng = np.random.default_rng([seed, 7])
    from_centre_m = np.sqrt(portable.square(draft.points).sum(axis=1))
    living = people.people_of(from_centre_m, draft.village, rng)
    network = _network(f"synth-{places}-{seed}", draft, living, from_centre_m)
    if places <= MOST_NAMED:
        network = _named(network, draft, ring_column(valley), seed)
    classes = np.asarray(network.section_columns["road_class"].cast(pa.string()).to_numpy(), dtype=str)
    wide = np.isin(classes, ("primary", "secondary", "tertiary", "trunk"))
    on_wide = np.unique(network.section_ends[wide].ravel()).astype(np.int64)
    on_wide = on_wide[~draft.village[on_wide]]
    return City(
        network=network,
        buildings=people.buildings_of(living, from_centre_m, rng),
        stations=forces.stations_of(draft.points, on_wide, rng),
        hydrants=forces.hydrants_of(draft.points, on_wide, draft.village, rng),
        hospitals=forces.hospitals_of(draft.points, on_wide, int(living.sum()), rng),
        chemical_park=_park(network, draft),
        rail=_rail(valley),
        rivers=tuple(_course(line[::10]) for line in valley.lines),
    )


def _laid_out(places: int, seed: int) -> tuple[Valley, _Draft]:
    """Return a city that is a little larger than asked for."""
    scale = 1.0
    for round_ in range(6):
        rng = np.random.default_rng([seed, 1])
        area_m2 = scale * SLACK * places * BLOCK_M[0] * BLOCK_M[1]
        width_m = float(portable.power(np.clip(0.42 * np.sqrt(area_m2), 900.0, 60_000.0), 0.9) * 1.4)
        valley = valley_of(area_m2 / (2.0 * width_m), width_m, rng)
        draft = _connected(_draft(valley, rng))
        found = len(draft.points)
        if 1.0 <= found / places <= 1.15 or round_ == 5:  # noqa: PLR2004  # the last try
            break
        scale *= 1.05 * places / found
    return valley, draft


def _draft(valley: Valley, rng: np.random.Generator) -> _Draft:
    streets = streets_of(valley, rng)
    added = connectors(valley, streets, rng)
    points = np.concatenate([streets.points, added.points])
    arm = np.concatenate([streets.arm, nearest_arm(valley, added.points)])
    along = np.concatenate([streets.along_m, np.sqrt(portable.square(added.points).sum(axis=1))])
    across = np.concatenate([streets.across_m, np.zeros(len(added.points))])
    height = heights_m(arm, along, across)
    height[len(streets.points) :] += added.height_m
    village = np.concatenate([np.zeros(len(streets.points), bool), added.village])
    return _Draft(points, height, arm, along, across, village, _sections(streets, added, rng))


def _sections(streets: Streets, added: Added, rng: np.random.Generator) -> dict[str, Any]:
    names = np.array(NAMES, dtype="U16")[streets.kind]
    n, links = len(streets.tail), added.links
    nothing = np.full(len(links), np.nan)
    low = streets.under_rail & (rng.random(n) < LOW_UNDERPASSES)
    weak = streets.bridge & (rng.random(n) < WEAK_BRIDGES)
    columns = {
        "tail": (streets.tail, [link.tail for link in links]),
        "head": (streets.head, [link.head for link in links]),
        "road_class": (names, np.array([link.road_class for link in links], dtype="U16")),
        "free_flow_kmh": ([KMH[name] for name in names], [link.kmh for link in links]),
        "oneway": (streets.oneway, np.zeros(len(links), bool)),
        "bridge": (streets.bridge, [link.bridge for link in links]),
        "max_height_m": (np.where(low, rng.choice(HEIGHTS_M, n), np.nan), nothing),
        "max_weight_t": (np.where(weak, rng.choice(WEIGHTS_T, n), np.nan), nothing),
        "surface": (np.full(n, "paved"), np.where([link.gravel for link in links], "gravel", "paved")),
        "along": (streets.along, np.zeros(len(links), bool)),
        "street": (streets.number, np.array([link.street for link in links], np.int64)),
        "delay_s": (np.where(streets.kind <= TERTIARY, 2 * SIGNAL_S, 0.0), np.zeros(len(links))),
    }
    return {name: np.concatenate([np.asarray(part) for part in parts]) for name, parts in columns.items()}


def _connected(draft: _Draft) -> _Draft:
    """Return the largest part in which every place can be reached from every other."""
    network = _network("draft", draft, np.zeros(len(draft.points), np.int64), np.zeros(len(draft.points)))
    return _only(draft, network.parts == 0)


def _cut_to(draft: _Draft, places: int) -> _Draft:
    """Cut off the outermost places until no more are left than asked for."""
    while len(draft.points) > places:
        far = np.sqrt(portable.square(draft.points).sum(axis=1))
        limit = np.partition(far, places - 1)[places - 1]
        draft = _connected(_only(draft, far <= limit))
    return draft


def _only(draft: _Draft, kept: NDArray[np.bool_]) -> _Draft:
    row = np.cumsum(kept) - 1
    tail, head = draft.sections["tail"], draft.sections["head"]
    inside = kept[tail] & kept[head]
    sections = {name: values[inside] for name, values in draft.sections.items()}
    sections |= {"tail": row[sections["tail"]], "head": row[sections["head"]]}
    arrays = {
        name: getattr(draft, name)[kept] for name in ("points", "height_m", "arm", "along_m", "across_m", "village")
    }
    return replace(draft, **arrays, sections=sections)


def _network(name: str, draft: _Draft, living: Ints, from_centre_m: Array) -> RoadNetwork:
    n, m = len(draft.points), len(draft.sections["tail"])
    lat, lon = degrees(draft.points)
    width = len(str(max(n, m)))
    district = np.array(DISTRICTS)[_districts(draft, from_centre_m)]
    places = table(
        PLACES,
        {
            "id": [f"j{i:0{width}d}" for i in range(n)], "lat": lat, "lon": lon, "elevation_m": draft.height_m,
            "population": living,
            "kind": np.where(draft.village, "village", "junction"), "admin": ["虚构市"] * n, "district": district,
        },
        n,
    )  # fmt: skip
    s = draft.sections
    tail, head = s["tail"], s["head"]
    straight_m = great_circles_m(lat[tail], lon[tail], lat[head], lon[head])
    winding = np.full(m, 1.01)
    for kind, factor in WINDING.items():
        winding[s["road_class"] == kind] = factor
    columns = {key: s[key] for key in s if key not in {"tail", "head", "along", "street"}}
    for key in ("max_height_m", "max_weight_t"):
        columns[key] = pa.array(s[key], from_pandas=True)
    columns |= {
        "id": [f"s{i:0{width}d}" for i in range(m)], "start": s["tail"].astype(np.int32),
        "end": s["head"].astype(np.int32), "length_m": straight_m * winding,
        "geometry": _courses(draft, straight_m),
    }  # fmt: skip
    return RoadNetwork.from_columns(name, places, table(SECTIONS, columns, m))


def _courses(draft: _Draft, straight_m: Array) -> pa.Array:
    """Return the points between the ends of the sections: of the ring road over the slopes a bow, of others none."""
    s = draft.sections
    bows = (s["street"] != OTHER) & (s["road_class"] == "trunk") & (straight_m > LONG_M)
    along = np.linspace(0.0, 1.0, BOW_POINTS + 2)[1:-1]
    courses: list[list[int]] = [[] for _ in straight_m]
    for row in np.flatnonzero(bows).tolist():
        a, b = draft.points[s["tail"][row]], draft.points[s["head"][row]]
        out = np.array([a[1] - b[1], b[0] - a[0]])
        out *= np.sign((out * (a + b)).sum()) * BOW
        points = a + along[:, None] * (b - a) + (4 * along * (1 - along))[:, None] * out
        degrees_ = np.column_stack(degrees(points))
        courses[row] = np.rint(degrees_ / GEOMETRY_DEG).astype(np.int64).ravel().tolist()
    return pa.array(courses, SECTIONS.field("geometry").type)


def _districts(draft: _Draft, from_centre_m: Array) -> Ints:
    """Return the district of each place: the centre, or that of its arm."""
    central = from_centre_m < 0.25 * max(1.0, float(from_centre_m.max(initial=0.0)))
    return np.where(central, 0, 1 + draft.arm)


def _named(network: RoadNetwork, draft: _Draft, ring: int, seed: int) -> RoadNetwork:
    """Return the network with names of its streets, crossings and villages; the ids stay."""
    streets = street_names(draft.sections, draft.arm, ring, seed)
    sections, places = network.section_columns, network.place_columns
    for column, names in (("name_zh", streets.zh), ("road", streets.en)):
        sections = _with_column(sections, column, names)
    ids = network.place_ids.names(np.arange(places.num_rows))
    centre = int(np.argmin(portable.square(draft.points).sum(axis=1)))
    for column, square, language in (("name_zh", SQUARE[0], 0), ("name_en", SQUARE[1], 1)):
        words = sections if language == 0 else _with_column(sections, "name_zh", streets.en)
        names = place_names(ids, words)
        names[centre] = square
        for number, row in enumerate(np.flatnonzero(draft.village).tolist()):
            names[row] = village_name(number, seed)[language]
        places = _with_column(places, column, names)
    return RoadNetwork.from_columns(network.id, places, sections)


def _with_column(table_: pa.Table, name: str, values: list[str]) -> pa.Table:
    at = table_.schema.get_field_index(name)
    kind = table_.schema.field(at)
    return table_.set_column(at, kind, pa.array(values, pa.string()).cast(kind.type))


def _park(network: RoadNetwork, draft: _Draft) -> ChemicalPark:
    """Return the park: a tenth of the east arm, well downstream, between bank and railway."""
    east = (draft.arm == 0) & ~draft.village
    low, high = np.quantile(draft.along_m[east], [0.78, 0.9])
    inside = east & (draft.along_m >= low) & (draft.along_m <= high) & (draft.across_m < 0)
    rows = np.flatnonzero(inside)
    lat, lon = (numbers(network.place_columns[name])[rows] for name in ("lat", "lon"))
    box = ((lat.min(), lon.min()), (lat.min(), lon.max()), (lat.max(), lon.max()), (lat.max(), lon.min()))
    outline = tuple((float(a), float(b)) for a, b in box)
    return ChemicalPark(outline, network.place_ids.names(rows), ("chlorine", "ammonia", "methanol", "lpg"))


def _rail(valley: Valley) -> tuple[tuple[float, float], ...]:
    """Return the railway: beside the river on the two long arms, slantwise over it in the centre."""
    across = RAIL_LINE * BLOCK_M[1]
    west, east = (valley.lines[arm][20::10] + across * valley.normals[arm][20::10] for arm in (1, 0))
    return _course(np.vstack([west[::-1], east]))


def _course(points: Array) -> tuple[tuple[float, float], ...]:
    lat, lon = degrees(points)
    return tuple(zip(lat.tolist(), lon.tolist(), strict=True))
