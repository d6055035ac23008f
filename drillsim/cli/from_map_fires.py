"""The fires of a scenario that is made from a map: what may burn there, and the water nearest to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from drillsim.base.geodesy import Point, offsets_m
from drillsim.base.quantities import Text
from drillsim.language import say
from drillsim.language.formatting import printable
from drillsim.roads import Snap

MOST_HOSE_M: Final = 1000.0
"""Water that is farther from a fire is not laid on by hose (assumption). [m]"""
LAYING_S, LAYING_S_PER_M = 240.0, 2.0
"""Person-time of setting up and of each metre of hose to the water (assumption). [s, s/m]"""
WATER: Final = ("hydrant", "water")
MOST_NAME: Final = 80
"""Characters of a name."""
IN_FILES: Final = tuple(Text.model_fields)
"""Languages of the texts in a scenario file."""


@dataclass(frozen=True, slots=True)
class Found:
    """A point of the map and its nearest place of the network."""

    point: Any
    snap: Snap


ByKind = Mapping[str, Sequence[Found]]


def names_of(point: Any) -> dict[str, str]:
    """Return the names of a point of the map in the languages of a file; empty if it has none."""
    return {lang: name_of(point, lang) for lang in IN_FILES}


def name_of(point: Any, lang: str) -> str:
    """Return the name of a point of the map in *lang*, else the local one, else in any language of a file."""
    tags: Mapping[str, str] = getattr(point, "tags", {})
    names = (tags.get(f"name:{lang}"), point.name, *(tags.get(f"name:{other}") for other in IN_FILES))
    return printable(next((name for name in names if name), ""), MOST_NAME)


def text(key: str, **values: object) -> dict[str, str]:
    """Return a text in the languages of a file."""
    return {lang: say(f"from_map.{key}", lang, **values) for lang in IN_FILES}


@dataclass(frozen=True, slots=True)
class Burning:
    """A kind of fire: where it breaks out, when, and how much work it is."""

    id: str
    kind: str
    """Kind of point on the map."""
    largest: Callable[[Any], tuple[Any, ...]]
    """Sort key; the largest point of its kind burns."""
    title: str
    """Key of its title in the catalogue."""
    at: str
    crew: int
    work: str


BURNING: Final = (
    Burning("high-rise", "high_building", lambda p: (p.levels or 0, p.height_m or 0.0, p.id),
            "high_rise", "1 h", 12, "20 h"),
    Burning("works", "industrial", lambda p: (p.area_m2 or 0.0, p.id),
            "works", "6 h", 8, "12 h"),
    Burning("hospital", "hospital", lambda p: (p.area_m2 or 0.0, p.id),
            "hospital", "12 h", 8, "8 h"),
)  # fmt: skip


def burning(by_kind: ByKind) -> Iterator[tuple[Burning, Found]]:
    """Yield the fires, each at the largest place of its kind."""
    for fire in BURNING:
        places = by_kind.get(fire.kind, ())
        if places:
            sizes = [fire.largest(found.point) for found in places]
            yield fire, places[sizes.index(max(sizes))]


def fires(by_kind: ByKind) -> list[dict[str, Any]]:
    """Return the fires as they stand in a scenario file."""
    return [_fire(fire, found, _water_m(by_kind, found)) for fire, found in burning(by_kind)]


def assumptions(by_kind: ByKind) -> list[dict[str, str]]:
    """Return the assumptions about their water."""
    texts = []
    distances_m = [(fire, _water_m(by_kind, found)) for fire, found in burning(by_kind)]
    if any(metres is not None for _, metres in distances_m):
        texts.append(text("hose"))
    for fire, metres in distances_m:
        if metres is None:
            texts.append(
                {lang: say("from_map.no_water", lang, title=title) for lang, title in text(fire.title).items()}
            )
    return texts


def _water_m(by_kind: ByKind, at: Found) -> float | None:
    """Return the straight-line distance to the nearest water, None if it is too far to lay hose. [m]"""
    points = [found.point for kind in WATER for found in by_kind.get(kind, ())]
    lines = [line for point in points for line in point.outline or (((point.lat, point.lon),),)]
    nearest_m = min((_to_line_m((at.point.lat, at.point.lon), line) for line in lines), default=MOST_HOSE_M + 1)
    return nearest_m if nearest_m <= MOST_HOSE_M else None


def _to_line_m(at: Point, line: Sequence[Point]) -> float:
    """Return the distance to a line, or to the one point it consists of. [m]"""
    import shapely  # slow to load, seldom needed

    points = np.column_stack(offsets_m(at, *np.array(line).T))
    shape = shapely.LineString(points) if len(points) > 1 else shapely.Point(points[0])
    return float(shape.distance(shapely.Point(0.0, 0.0)))


def _fire(fire: Burning, found: Found, water_m: float | None) -> dict[str, Any]:
    attack = {
        "id": "attack", "title": text("attack"), "capabilities": ["fire_attack"],
        "min_crew": 4, "useful_crew": fire.crew, "work": {"mean_s": fire.work, "cv": 0.3}, "danger": True,
    }  # fmt: skip
    search = {
        "id": "search", "title": text("search"), "capabilities": ["rescue"],
        "min_crew": 2, "useful_crew": 6, "work": "4 h", "danger": True,
    }  # fmt: skip
    return {
        "id": fire.id,
        "title": _title(fire, found),
        "type": "building_fire", "node": found.snap.place, "starts_at_s": fire.at, "priority": 1,
        "discovery": "3 min", "report": "2 min", "needs": {"fire_attack": 2, "rescue": 1},
        "tasks": [attack, search] if water_m is None else [_water(water_m), attack | {"after": ["water"]}, search],
    }  # fmt: skip


def _title(fire: Burning, found: Found) -> dict[str, str]:
    """Return the kind of fire and the name of the place, if it has one."""
    names, kinds = names_of(found.point), text(fire.title)
    return {
        lang: say("from_map.fire_at", lang, fire=kind, place=names[lang]) if names[lang] else kind
        for lang, kind in kinds.items()
    }


def _water(metres: float) -> dict[str, Any]:
    return {
        "id": "water",
        "title": text("lay_hose", metres=f"{metres:.0f}"),
        "capabilities": ["water_supply"], "min_crew": 2, "work": round(LAYING_S + LAYING_S_PER_M * metres),
    }  # fmt: skip
