"""From raw roads to a network and the report of the import."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.importing.coordinates import refuse_strange_coordinates, winding_ways, with_plausible_lengths
from drillsim.roads.importing.edge_list import Options, RawRoads, Tally
from drillsim.roads.importing.elevation import heights
from drillsim.roads.importing.junctions import Links, contract, links_of
from drillsim.roads.importing.node_heights import with_node_heights
from drillsim.roads.importing.node_retention import kept_nodes, named_nodes
from drillsim.roads.importing.profiles import PROFILES, Profile, free_flow_kmh
from drillsim.roads.importing.report import ImportReport, counted, report_of
from drillsim.roads.importing.sections import sections_of
from drillsim.roads.importing.travel_times import with_speeds_of_times
from drillsim.roads.network.columns import PLACES, numbers, table
from drillsim.roads.network.elements import ROAD_CLASSES
from drillsim.roads.network.network import RoadNetwork

WIDTH_RANK: Final = {name: rank for rank, name in enumerate(ROAD_CLASSES)}
MOST_ROADS: Final = 2
"""Roads after which a junction is called."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """What is wanted of an import, beside its source."""

    options: Options = field(default_factory=Options)
    profile: str = "generic"
    elevation: Path | str | None = None
    largest_part_only: bool = False
    kept_points: Sequence[tuple[float, float]] = ()
    keep: Sequence[str] | str = ()
    """Ids of nodes that stay places, or ``all``."""

    def speeds(self) -> Profile:
        """Return the profile of that name.

        Raises
        ------
        NetworkError
            If there is none.
        """
        if self.profile not in PROFILES:
            known = ", ".join(sorted(PROFILES))
            raise NetworkError([Problem("roads_profile", "profile", values={"known": known}, got=self.profile)])
        return PROFILES[self.profile]


DRAWN: Final = frozenset({"OpenStreetMap", "OSMnx", "GraphML"})
"""Formats whose roads are drawn from point to point."""
FAR_M: Final = 50_000.0
"""Two neighbouring points of a drawn road are hardly so far apart (assumption). [m]"""


def build(raw: RawRoads, tally: Tally, recipe: Recipe, *, source: str, kind: str) -> tuple[RoadNetwork, ImportReport]:
    """Return the network of raw roads, and the report.

    Parameters
    ----------
    tally
        What the reader counted; more is added here.
    source
        File or place that the roads come from.
    kind
        Format of the source.

    Raises
    ------
    NetworkError
        If there is no road in it, or the coordinates are none.
    """
    profile = recipe.speeds()
    if len(raw.rows) == 0:
        raise NetworkError([Problem("roads_none", where=source)])
    refuse_strange_coordinates(raw, source)
    raw = with_plausible_lengths(raw, tally)
    links = links_of(raw)
    if len(links.way) == 0:
        raise NetworkError([Problem("roads_none", where=source)])
    if kind in DRAWN:
        far = int((links.length_m > FAR_M).sum())
        if far:
            tally.guessed["far_link"] += far
    raw, known = with_node_heights(raw, links, tally, recipe.elevation, recipe.options.encoding)
    way_m = np.bincount(links.way, links.length_m, len(raw.ways)).astype(float)
    raw = with_speeds_of_times(raw, way_m, tally)
    speed_kmh, guessed = free_flow_kmh(raw.ways, way_m, profile)
    if guessed:
        tally.guessed["ferry_speed"] += guessed
    if all(way.limit_kmh is None and way.free_flow_kmh is None for way in raw.ways if way.highway != "ferry"):
        tally.warnings.append("no_speed")
    kept = kept_nodes(raw, links, recipe.keep, recipe.kept_points)
    chains = contract(raw, links, kept)
    sections, places = sections_of(raw, links, chains, speed_kmh, wrong_way=recipe.options.wrong_way)
    network = RoadNetwork.from_columns(name_of(source), _places(raw, places, sections), sections)
    merged = len(np.setdiff1d(named_nodes(raw, links), places))
    if recipe.largest_part_only:
        places = places[network.parts == 0]
        network = largest_part(network, tally)
        lost = np.setdiff1d(kept, places)
        if len(lost):
            tally.dropped["kept_elsewhere"] += len(lost)
    return network, report_of(
        network, tuple(tally.warnings), winding_ways(raw), source=source, format=kind, profile=profile.id,
        ways=len({way.id for way in raw.ways}), nodes=_used(links), merged=merged,
        arcs=int(2 * len(links.way) - links.oneway.sum()), heights_known=int(known[places].sum()), **counted(tally),
    )  # fmt: skip


def name_of(source: str) -> str:
    """Return the id of a network: the name of its file in lower-case letters, digits and hyphens.

    Examples
    --------
    >>> name_of("maps/Porto Alegre.osm.pbf")
    'porto-alegre'
    """
    stem = Path(source).name.partition(".")[0].lower()
    return re.sub(r"[^\w]+|_+", "-", stem).strip("-") or "roads"


def _used(links: Links) -> int:
    return len(np.unique(np.concatenate([links.tail, links.head])))


def _places(raw: RawRoads, rows: NDArray[np.int64], sections: pa.Table) -> pa.Table:
    ids = raw.names(rows)
    names = place_names(ids, sections)
    return table(
        PLACES,
        {
            "id": ids, "name_zh": names, "name_en": names, "lat": raw.lat[rows], "lon": raw.lon[rows],
            "elevation_m": raw.elevation_m[rows],
        },
        len(rows),
    )  # fmt: skip


def largest_part(network: RoadNetwork, tally: Tally) -> RoadNetwork:
    """Return the network without what is cut off from its largest part; count the sections left out."""
    kept = network.parts == 0
    row = np.cumsum(kept) - 1
    ends = network.section_ends
    inside = kept[ends].all(axis=1)
    if not inside.all():
        tally.dropped["other_parts"] += int((~inside).sum())
    sections = network.section_columns.filter(pa.array(inside))
    for index, name in enumerate(("start", "end")):
        at = sections.schema.get_field_index(name)
        sections = sections.set_column(at, sections.schema.field(at), pa.array(row[ends[inside, index]], pa.int32()))
    places = network.place_columns.filter(pa.array(kept))
    return RoadNetwork.from_columns(network.id, places.combine_chunks(), sections.combine_chunks())


def with_heights(network: RoadNetwork, path: Path | str, tally: Tally, encoding: str = "") -> RoadNetwork:
    """Return the network with the heights of a file, where it knows them."""
    places = network.place_columns
    lat, lon, own = (numbers(places[name]) for name in ("lat", "lon", "elevation_m"))
    found = heights(path, list(network.place_ids), lat, lon, tally, encoding)
    if not np.isfinite(found).any():
        tally.warnings.append("heights_elsewhere")
    at = places.schema.get_field_index("elevation_m")
    column = pa.array(np.where(np.isfinite(found), found, own))
    return RoadNetwork.from_columns(
        network.id, places.set_column(at, places.schema.field(at), column), network.section_columns
    )


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
    rank = [WIDTH_RANK[name] for name in _texts(sections["road_class"])]
    ends = np.concatenate([numbers(sections["start"]), numbers(sections["end"])])
    at: list[list[str]] = [[] for _ in ids]
    for place, section in zip(
        ends[order := np.argsort(np.tile(rank, 2), kind="stable")].tolist(), (order % len(roads)).tolist(), strict=True
    ):
        here, road = at[place], roads[section]
        if road and len(here) < MOST_ROADS and road not in here:
            here.append(road)
    return [" / ".join(here) or name for here, name in zip(at, ids, strict=True)]


def _texts(column: pa.ChunkedArray) -> list[str]:
    return list(column.to_pylist())
