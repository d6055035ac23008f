"""What a road network is made of: places, and the road sections between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

ROAD_CLASSES: Final = (
    "motorway", "trunk", "primary", "secondary", "tertiary", "unclassified", "residential", "service", "track",
    "pedestrian", "ferry",
)  # fmt: skip
"""Classes of road, from the widest to those that no vehicle drives in ordinary times."""
SURFACES: Final = ("paved", "gravel", "unpaved")
RISKS: Final = ("wrong_way", "pedestrian")
"""Why a section may be driven in an emergency only."""


@dataclass(frozen=True, slots=True)
class Place:
    """A town, junction or pass: a node of the network."""

    id: str
    name_zh: str
    name_en: str
    kind: str
    lat: float
    lon: float
    elevation_m: float = 0.0
    population: int | None = None
    admin: str = ""
    """Prefecture that it belongs to."""
    district: str = ""
    """District (county) that it belongs to; the smallest area that a station answers for."""
    source: str = ""

    def name(self, lang: str) -> str:
        """Return the name in *lang*; its id if it has none."""
        return (self.name_zh if lang == "zh" else self.name_en) or self.id


@dataclass(frozen=True, slots=True)
class Section:
    """A road section between two places, driven both ways unless it is one-way."""

    id: str
    start: str
    end: str
    road: str
    """Number or name of the road: ``G0613``."""
    length_m: float
    free_flow_kmh: float
    """What a car drives on a dry, empty road. [km/h]"""
    name_zh: str = ""
    road_class: str = "primary"
    oneway: bool = False
    max_elevation_m: float | None = None
    """Height of the pass, where there is one above both ends. [m]"""
    toll: str = ""
    carriageways: str = ""
    source: str = ""
    confidence: str = ""
    lanes: int | None = None
    """Lanes in both directions together."""
    surface: str = "paved"
    """``paved``, ``gravel`` or ``unpaved``."""
    bridge: bool = False
    tunnel: bool = False
    max_height_m: float | None = None
    """Highest vehicle that passes. [m]"""
    max_weight_t: float | None = None
    """Heaviest vehicle that may pass. [t]"""
    risk: str = ""
    """Why it is driven in an emergency only: ``wrong_way`` or ``pedestrian``; empty for an ordinary road."""
    delay_s: float = 0.0
    """Time lost at the junctions along it and at its ends. [s]"""
    profile: tuple[float, ...] = ()
    """Heights along its course, where it climbs and falls between its ends: distance from its start and height above
    sea level, distance and height … in order of distance. [m]"""
    backward_kmh: float | None = None
    """What a car drives from its end to its start where that differs from ``free_flow_kmh``. [km/h]"""
    max_width_m: float | None = None
    """Widest vehicle that passes. [m]"""
    closed: str = ""
    """When it is closed every year: ``11-01/04-30`` from November to April, ``winter``; several with ``;`` between."""
