"""The fires of a scenario that is made from a map: what may burn there, and the water nearest to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from drillsim.base.geodesy import Point, offsets_m
from drillsim.language.formatting import printable
from drillsim.roads import Snap

MOST_HOSE_M: Final = 1000.0
"""Water that is farther from a fire is not laid on by hose (assumption). [m]"""
LAYING_S, LAYING_S_PER_M = 240.0, 2.0
"""Person-time of setting up and of each metre of hose to the water (assumption). [s, s/m]"""
WATER: Final = ("hydrant", "water")
MOST_NAME: Final = 80
"""Characters of a name."""
COLON: Final = {"en": ": ", "zh": "："}
Words = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Found:
    """A point of the map, and the place of the network that stands for it."""

    point: Any
    snap: Snap


ByKind = Mapping[str, Sequence[Found]]


def names_of(point: Any) -> dict[str, str]:
    """Return what a point of the map is called in both languages, each in the stead of another; empty for no name."""
    tags: Mapping[str, str] = getattr(point, "tags", {})
    english, chinese = tags.get("name:en", ""), tags.get("name:zh", "")
    said = {"en": english or point.name or chinese, "zh": chinese or point.name or english}
    return {lang: printable(name, MOST_NAME) for lang, name in said.items()}


@dataclass(frozen=True, slots=True)
class Burning:
    """A kind of fire: where it breaks out, when, and how much work it is."""

    id: str
    kind: str
    """Kind of place of the map."""
    largest: Callable[[Any], tuple[Any, ...]]
    """Tells the largest of its kind."""
    title: Words
    at: str
    crew: int
    work: str


BURNING: Final = (
    Burning("high-rise", "high_building", lambda p: (p.levels or 0, p.height_m or 0.0, p.id),
            {"en": "Fire in a high building", "zh": "高层建筑火灾"}, "1 h", 12, "20 h"),
    Burning("works", "industrial", lambda p: (p.area_m2 or 0.0, p.id),
            {"en": "Fire in an industrial area", "zh": "工业区火灾"}, "6 h", 8, "12 h"),
    Burning("hospital", "hospital", lambda p: (p.area_m2 or 0.0, p.id),
            {"en": "Fire in a hospital", "zh": "医院火灾"}, "12 h", 8, "8 h"),
)  # fmt: skip
NO_WATER: Final = {
    "en": "{title}: the map shows no water within 1 km; what it takes is brought along.",
    "zh": "{title}：地图 1 公里内没有水源；所需用水由车辆携带。",
}
HOSE: Final = {
    "en": "Laying hose to the water takes one person 4 minutes and 2 seconds a metre.",
    "zh": "铺设供水水带：单人 4 分钟，另加每米 2 秒。",
}


def burning(by_kind: ByKind) -> Iterator[tuple[Burning, Found]]:
    """Yield the fires, each at the largest place of its kind."""
    for fire in BURNING:
        places = by_kind.get(fire.kind, ())
        if places:
            sizes = [fire.largest(found.point) for found in places]
            yield fire, places[sizes.index(max(sizes))]


def fires(by_kind: ByKind) -> list[dict[str, Any]]:
    """Return the fires as a scenario says them."""
    return [_fire(fire, found, _water_m(by_kind, found)) for fire, found in burning(by_kind)]


def assumptions(by_kind: ByKind) -> list[dict[str, str]]:
    """Return what was assumed of their water."""
    said = []
    distances_m = [(fire, _water_m(by_kind, found)) for fire, found in burning(by_kind)]
    if any(metres is not None for _, metres in distances_m):
        said.append(dict(HOSE))
    for fire, metres in distances_m:
        if metres is None:
            said.append({lang: text.format(title=fire.title[lang]) for lang, text in NO_WATER.items()})
    return said


def _water_m(by_kind: ByKind, at: Found) -> float | None:
    """Return how far the nearest water or its edge is, as the crow flies; None if it is too far to lay hose. [m]"""
    points = [found.point for kind in WATER for found in by_kind.get(kind, ())]
    lines = [line for point in points for line in point.outline or (((point.lat, point.lon),),)]
    nearest_m = min((_to_line_m((at.point.lat, at.point.lon), line) for line in lines), default=MOST_HOSE_M + 1)
    return nearest_m if nearest_m <= MOST_HOSE_M else None


def _to_line_m(at: Point, line: Sequence[Point]) -> float:
    """Return how far the nearest point of a line is, or the one point of which it consists. [m]"""
    import shapely  # slow to load, seldom needed

    points = np.column_stack(offsets_m(at, *np.array(line).T))
    shape = shapely.LineString(points) if len(points) > 1 else shapely.Point(points[0])
    return float(shape.distance(shapely.Point(0.0, 0.0)))


def _fire(fire: Burning, found: Found, water_m: float | None) -> dict[str, Any]:
    attack = {
        "id": "attack", "title": {"en": "Attack the fire", "zh": "灭火"}, "capabilities": ["fire_attack"],
        "min_crew": 4, "useful_crew": fire.crew, "work": {"mean_s": fire.work, "cv": 0.3}, "danger": True,
    }  # fmt: skip
    search = {
        "id": "search", "title": {"en": "Search for people", "zh": "搜救人员"}, "capabilities": ["rescue"],
        "min_crew": 2, "useful_crew": 6, "work": "4 h", "danger": True,
    }  # fmt: skip
    names = names_of(found.point)
    return {
        "id": fire.id,
        "title": {lang: COLON[lang].join(filter(None, (text, names[lang]))) for lang, text in fire.title.items()},
        "type": "building_fire", "node": found.snap.place, "starts_at_s": fire.at, "priority": 1,
        "discovery": "3 min", "report": "2 min", "needs": {"fire_attack": 2, "rescue": 1},
        "tasks": [attack, search] if water_m is None else [_water(water_m), attack | {"after": ["water"]}, search],
    }  # fmt: skip


def _water(metres: float) -> dict[str, Any]:
    return {
        "id": "water",
        "title": {"en": f"Lay hose to the water, {metres:.0f} m", "zh": f"铺设供水水带（{metres:.0f} 米）"},
        "capabilities": ["water_supply"], "min_crew": 2, "work": round(LAYING_S + LAYING_S_PER_M * metres),
    }  # fmt: skip
