"""Limits of a road by its tags: speed by direction, height, weight, width; and what binds but is not applied."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

from drillsim.roads.importing.barriers import HEIGHTS_M, WIDTHS_M
from drillsim.roads.importing.edge_list import Tally
from drillsim.roads.importing.rights import RIGHTS
from drillsim.roads.importing.tags import UNSPECIFIED, lane_count, metres, speed_kmh, surface_kind, tonnes

T = TypeVar("T", float, int, str)
ZONE_KEYS: Final = ("maxspeed:lanes", "maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic")
"""Tags that tell a limit where ``maxspeed`` does not."""
WEIGHTS_T: Final = (0.5, 200.0)
"""Limits outside are slips of the pen (assumption)."""
BOTH_WAYS: Final = ("", ":forward", ":backward", ":physical")
"""Ends of the keys of a limit of size; the lowest holds for both directions."""
WIDEST_NARROW_M: Final = 3.5
"""A carriageway that is wider says nothing about who fits (assumption); a narrower one is driven by what fits."""
BINDING: Final = frozenset({
    "maxheight", "maxweight", "maxwidth", "maxlength", "maxaxleload", "maxbogieweight", "maxweightrating", "maxaxles",
    "maxunladenweight", "maxincline", "incline", "height", "4wd_only", "hazmat", "temporary",
    "maxspeed", "oneway", "hgv", "hgv_articulated", "goods", "truck", "winter_service", "snowplowing",
    "ford", "ice_road", "winter_road", "tidal", "flood_prone",
})  # fmt: skip
"""Parts of keys that may bind a fire engine: what is not read of them is counted."""
STATES: Final = frozenset({"status", "operational_status", "condition", "state", "bridge", "tunnel", "construction"})
"""Last parts of keys that tell whether a road can be driven at all."""
OUT_OF_USE: Final = frozenset({
    "closed", "collapsed", "destroyed", "damaged", "broken", "blocked", "impassable", "out_of_order", "out_of_service",
    "abandoned", "disused", "construction", "under_construction",
})  # fmt: skip
"""Values of those keys that say it cannot."""
BY_LIMIT: Final = frozenset({"conditional", "lanes"})
"""Later parts of keys of rights whose values are read as texts of their own, and named by key alone."""
LEVEL: Final = frozenset(("incline", text) for text in ("up", "down", "yes", "0", "0%"))
"""Inclines that say nothing about their steepness."""
LORRIES: Final = frozenset({"hgv", "hgv_articulated", "goods", "truck"})
"""Rights of heavy vehicles, which do not bind a fire engine on its way to a call."""
BY_YES_OR_NO: Final = {
    "winter_service": "no", "snowplowing": "no", "ford": "yes", "tidal": "yes", "flood_prone": "yes", "ice_road": "",
    "winter_road": "", "4wd_only": "yes", "hazmat": "no",
}  # fmt: skip
"""Keys that tell of a danger with one value; roads of ice and snow are read as closures."""
READ: Final = frozenset({
    "maxspeed", "maxspeed:forward", "maxspeed:backward", "oneway", *ZONE_KEYS,
    *(f"{kind}{end}" for kind in ("maxheight", "maxweight", "maxwidth") for end in BOTH_WAYS),
})  # fmt: skip
SAY_NOTHING: Final = frozenset({
    "source", "type", "signed", "note", "description", "advisory", "url", "date", "check_date", "name", "ref",
})  # fmt: skip
"""Later parts of keys that tell about a limit and are none."""
OTHERS: Final = frozenset({
    "bicycle", "foot", "horse", "moped", "mofa", "motorcycle", "tram", "bus", "psv", "taxi", "mtb", "trailer",
    "caravan", "emergency", "fire", "fire_brigade", "practical", "urban",
})  # fmt: skip
"""Later parts of keys for whom a limit holds that is none for a fire engine, or that are read elsewhere."""
IDLE: Final = frozenset({
    "yes", "designated", "official", "unknown", "permissive", "national_network", "state_network", "terminal_access",
    "local", "local_network",
})  # fmt: skip
"""Values of a right that let pass."""


def limits_kmh(tags: Mapping[str, str], tally: Tally) -> tuple[float | None, float | None]:
    """Return the limits along the nodes of a way and against them; the second is None where it is the same. [km/h]

    Examples
    --------
    >>> limits_kmh({"maxspeed": "80", "maxspeed:backward": "30"}, Tally())
    (80.0, 30.0)
    >>> limits_kmh({"maxspeed:forward": "60"}, Tally()), limits_kmh({"maxspeed": "50"}, Tally())
    ((60.0, None), (50.0, None))
    """
    both = read_tag(tags, "maxspeed", speed_kmh, tally)
    along, against = (read_tag(tags, f"maxspeed:{way}", speed_kmh, tally) for way in ("forward", "backward"))
    if both is None and (along is None or against is None):  # signed as a zone, or by lane
        both = next((kmh for key in ZONE_KEYS if (kmh := speed_kmh(tags.get(key, ""))) is not None), None)
    sides = [
        next((kmh for kmh in order if kmh is not None), None)
        for order in ((along, both, against), (against, both, along))
    ]
    if sides[0] is None and "free_flow_kmh" not in tags:  # with a stated duration nothing is guessed
        tally.guessed["maxspeed_missing"] += 1
    return sides[0], None if sides[1] == sides[0] else sides[1]


def lanes_of(tags: Mapping[str, str], tally: Tally) -> int | None:
    """Return the lanes of both directions together.

    Examples
    --------
    >>> lanes_of({"lanes:forward": "2", "lanes:backward": "1"}, Tally()), lanes_of({"lanes": "2"}, Tally())
    (3, 2)
    """
    if "lanes" in tags:
        return read_tag(tags, "lanes", lane_count, tally)
    sides = [read_tag(tags, f"lanes:{way}", lane_count, tally) for way in ("forward", "backward", "both_ways")]
    known = [lanes for lanes in sides if lanes is not None]
    return sum(known) if sides[0] is not None and sides[1] is not None else None


def size_limits(tags: Mapping[str, str], tally: Tally, *, narrow: bool) -> dict[str, Any]:
    """Return the limits of height, weight and width that a :class:`Way` has.

    Parameters
    ----------
    narrow
        Whether the width of the carriageway is a limit where it is small; no sign says it on a wide road.
    """
    widths = _values(tags, [f"maxwidth{end}" for end in BOTH_WAYS], metres, WIDTHS_M, tally)
    carriageway_m = read_tag(tags, "width", metres, tally) if narrow else None
    if carriageway_m is not None and WIDTHS_M[0] <= carriageway_m < WIDEST_NARROW_M:
        widths = [*widths, carriageway_m]
    heights = _values(tags, [f"maxheight{end}" for end in BOTH_WAYS], metres, HEIGHTS_M, tally)
    weights = _values(tags, [f"maxweight{end}" for end in BOTH_WAYS[:3]], tonnes, WEIGHTS_T, tally)
    return {
        "max_height_m": min(heights, default=None),
        "max_weight_t": min(weights, default=None),
        "max_width_m": min(widths, default=None),
    }


def read_tag(tags: Mapping[str, str], key: str, read: Callable[[str], T | None], tally: Tally) -> T | None:
    """Return the value of a tag; count one that cannot be read."""
    text = tags.get(key, "").strip()
    if not text:
        return None
    value = read(text)
    if value is None and text.lower() not in UNSPECIFIED:
        tally.guessed[f"{key.partition(':')[0]}_unreadable"] += 1
    return value


def _values(
    tags: Mapping[str, str], keys: list[str], read: Callable[[str], float | None], within: tuple[float, float],
    tally: Tally,
) -> list[float]:  # fmt: skip
    values = [value for key in keys if (value := read_tag(tags, key, read, tally)) is not None]
    sound = [value for value in values if within[0] <= value <= within[1]]
    if len(sound) < len(values):
        tally.guessed[f"{keys[0]}_unreadable"] += 1
    return sound


def surface_of(highway: str, tags: Mapping[str, str], tally: Tally) -> str:
    """Return the surface; a track without one has that of its grade."""
    kind = read_tag(tags, "surface", surface_kind, tally)
    if kind is not None or highway == "ferry":
        return kind or "paved"
    if highway == "track" and "surface" not in tags:
        tally.guessed["surface_missing"] += 1
        return {"grade1": "paved", "grade2": "gravel"}.get(tags.get("tracktype", ""), "unpaved")
    return "paved"


def count_unread(tags: Mapping[str, str], tally: Tally) -> None:
    """Count what may bind a fire engine and is not applied, by its words."""
    for words in _unread(tags):
        tally.not_applied[words] += 1


def _unread(tags: Mapping[str, str]) -> Iterator[str]:
    for key, value in tags.items():
        first, *later = key.split(":")
        parts, text = {first, *later}, value.strip().lower()
        if key in READ or SAY_NOTHING & parts or OTHERS & set(later):
            continue
        if (later or [first])[-1] in STATES and (text in OUT_OF_USE or (key == "construction" and text == "yes")):
            yield f"{key}={text}"
        elif first in RIGHTS and later and "conditional" not in later:  # conditions are read, and counted, elsewhere
            if text not in IDLE:
                yield f"{key}={text}"
        elif parts & BINDING:
            yield from _binding(key, first, later, text)


def _binding(key: str, first: str, later: list[str], text: str) -> Iterator[str]:
    if first == "temporary" or (first in LORRIES and not BY_LIMIT & set(later)):
        if text not in IDLE:
            yield f"{key}={text}"
    elif "variable" in later:
        if text != "no":
            yield f"{key}={text}"
    elif not later and first in BY_YES_OR_NO:
        if text == BY_YES_OR_NO[first]:
            yield f"{key}={text}"
    elif text not in UNSPECIFIED and (first, text) not in LEVEL:
        yield key
