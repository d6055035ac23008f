"""Which ways an emergency service may drive, in which direction: from tags to a :class:`Way`, or a reason to drop it.

Fire engines on their way to a call are not bound by routes, directions, speeds and signals, safety assured (road
traffic safety law of China, article 53; other countries' codes say the like). So private roads, bus lanes and roads
closed to motor vehicles by a sign are kept; what is closed altogether is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeVar

from drillsim.roads.importing.edge_list import Options, Tally, Way
from drillsim.roads.importing.tags import (
    UNSPECIFIED,
    duration_s,
    lane_count,
    metres,
    speed_kmh,
    surface_kind,
    tonnes,
)

T = TypeVar("T", float, int, str)
ROAD_CLASS: Final[Mapping[str, str]] = {
    "motorway": "motorway", "motorway_link": "motorway", "trunk": "trunk", "trunk_link": "trunk",
    "primary": "primary", "primary_link": "primary", "secondary": "secondary", "secondary_link": "secondary",
    "tertiary": "tertiary", "tertiary_link": "tertiary", "unclassified": "unclassified", "road": "unclassified",
    "residential": "residential", "living_street": "residential", "service": "service", "busway": "service",
    "track": "track", "pedestrian": "pedestrian", "footway": "pedestrian", "cycleway": "pedestrian",
    "path": "pedestrian", "bridleway": "pedestrian", "ferry": "ferry",
}  # fmt: skip
"""Kinds of road that are read, in the words of OpenStreetMap, and their class here."""
ON_FOOT: Final = frozenset({"pedestrian", "footway", "cycleway", "path", "bridleway"})
NEVER: Final = frozenset({"steps", "corridor", "elevator", "platform", "via_ferrata", "ladder"})
NOT_BUILT: Final = frozenset({
    "construction", "proposed", "planned", "abandoned", "disused", "razed", "demolished", "removed", "dismantled", "no",
})  # fmt: skip
WIDE_ENOUGH: Final = frozenset({"pedestrian", "cycleway"})
"""Taken to be wide enough where no width is tagged (assumption)."""
LEAST_WIDTH_M: Final = 3.0
"""A way for people on foot that is narrower is not driven (assumption: a fire vehicle is 2.5 m wide)."""
MOTOR: Final = ("emergency", "motor_vehicle", "motorcar", "hgv", "vehicle", "bus", "psv")
ALLOWED: Final = frozenset({
    "yes", "designated", "official", "permissive", "destination", "private", "permit", "delivery", "customers",
    "agricultural", "forestry", "residents", "emergency",
})  # fmt: skip
BARRIERS: Final = frozenset({
    "bollard", "block", "jersey_barrier", "log", "debris", "cycle_barrier", "motorcycle_barrier", "stile", "turnstile",
    "kissing_gate", "wall",
})  # fmt: skip
"""What stands across a road and is not opened like a gate (assumption: a fire crew opens gates, chains, lift gates)."""
OPENED: Final = frozenset({"removable", "foldable", "flexible", "rising", "retractable", "movable", "plastic"})
"""Bollards that a fire crew takes out, folds or drives over."""
YES: Final = frozenset({"yes", "true", "1"})
NO: Final = frozenset({"no", "false", "0"})
BACKWARDS: Final = frozenset({"-1", "reverse"})
SOMETIMES: Final = frozenset({"reversible", "alternating", "alternate", "recommended", "unknown"})
"""Directions that change with the hour, or bind nobody: driven both ways."""
ZONE_KEYS: Final = ("maxspeed:lanes", "maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic")
"""Tags that tell a limit where ``maxspeed`` does not."""
HEIGHTS_M: Final = (1.5, 10.0)
WEIGHTS_T: Final = (0.5, 200.0)
"""Limits outside are slips of the pen (assumption)."""


def way_of(name: str, tags: Mapping[str, str], options: Options, tally: Tally) -> Way | None:
    """Return the way that these tags describe, or None if it is not driven; count why, and what is guessed."""
    highway = highway_of(tags)
    reason = _reason_to_drop(highway, tags, options)
    if reason:
        tally.dropped[reason] += 1
        return None
    on_foot = highway in ON_FOOT and not _motor_allowed(tags)
    if tags.get("oneway", "no").lower() not in YES | NO | BACKWARDS | SOMETIMES:
        tally.guessed["oneway_unreadable"] += 1
    if highway == "ferry" and not _motor_allowed(tags):
        tally.guessed["ferry_vehicles"] += 1
    return Way(
        id=name,
        highway=highway,
        oneway=0 if on_foot else oneway_of(highway, tags),
        limit_kmh=None if highway == "ferry" else _limit(tags, tally),
        name=tags.get("name", "").strip(),
        ref=tags.get("ref", "").strip(),
        lanes=_read(tags, "lanes", lane_count, tally),
        surface=_surface(highway, tags, tally),
        bridge=tags.get("bridge", "no") not in NO,
        tunnel=tags.get("tunnel", "no") not in NO,
        max_height_m=_least(tags, ("maxheight", "maxheight:physical"), metres, HEIGHTS_M, tally),
        max_weight_t=_least(tags, ("maxweight",), tonnes, WEIGHTS_T, tally),
        risk="pedestrian" if on_foot else "",
        duration_s=_read(tags, "duration", duration_s, tally) if highway == "ferry" else None,
    )


def highway_of(tags: Mapping[str, str]) -> str:
    """Return the kind of road; the first known one of several.

    Examples
    --------
    >>> highway_of({"highway": "steps;residential"}), highway_of({"route": "ferry"})
    ('residential', 'ferry')
    """
    words = [word.strip() for word in tags.get("highway", "").lower().split(";")]
    if words == [""]:
        return "ferry" if tags.get("route") == "ferry" else ""
    return next((word for word in words if word in ROAD_CLASS), words[0])


def oneway_of(highway: str, tags: Mapping[str, str]) -> int:
    """Return 1 for a road driven along its nodes only, -1 against them, 0 for both.

    Examples
    --------
    >>> oneway_of("primary", {"oneway": "-1"}), oneway_of("motorway", {}), oneway_of("motorway", {"oneway": "no"})
    (-1, 1, 0)
    >>> oneway_of("primary", {"oneway": "yes", "oneway:bus": "no"})  # a bus lane against the traffic
    0
    """
    if any(tags.get(f"oneway:{who}") in NO for who in ("emergency", "fire", "fire_brigade", "bus", "psv")):
        return 0
    if any(tags.get(key) == "opposite_lane" for key in ("busway", "busway:left", "busway:right", "busway:both")):
        return 0
    value = tags.get("oneway", "").lower()
    if value in YES:
        return 1
    if value in BACKWARDS:
        return -1
    if value:  # no, or changing with the hour
        return 0
    return int(tags.get("junction") in {"roundabout", "circular"} or highway == "motorway")


def _reason_to_drop(highway: str, tags: Mapping[str, str], options: Options) -> str:
    if highway in NOT_BUILT or any(tags.get(key) in YES for key in ("abandoned", "disused", "demolished", "razed")):
        return "not_built"
    if highway in NEVER:
        return "on_foot"
    if highway not in ROAD_CLASS:
        return "not_a_road"
    if tags.get("area") == "yes":
        return "area"
    if highway in ON_FOOT and not _motor_allowed(tags) and not (options.pedestrian and _wide(highway, tags)):
        return "on_foot"
    closed = any(tags.get(key) == "impassable" for key in ("smoothness",)) or tags.get("impassable") in YES
    return "impassable" if closed else _no_access(highway, tags)


def _no_access(highway: str, tags: Mapping[str, str]) -> str:
    if tags.get("emergency") == "no" or (tags.get("access") == "no" and not _motor_allowed(tags)):
        return "no_access"
    if highway == "ferry" and any(tags.get(key) == "no" for key in ("motor_vehicle", "motorcar", "vehicle")):
        return "foot_ferry"
    return ""


def is_blocked(tags: Mapping[str, str]) -> bool:
    """Return whether a barrier at a node stops a fire vehicle.

    Examples
    --------
    >>> is_blocked({"barrier": "bollard"}), is_blocked({"barrier": "bollard", "bollard": "removable"})
    (True, False)
    >>> is_blocked({"barrier": "block", "emergency": "yes"}), is_blocked({"barrier": "gate", "access": "no"})
    (False, False)
    """
    open_to_all = tags.get("access") in ALLOWED - {"private"} and not any(tags.get(who) == "no" for who in MOTOR)
    allowed = open_to_all or _motor_allowed(tags)
    return tags.get("barrier") in BARRIERS and tags.get("bollard") not in OPENED and not allowed


def bar_height_m(tags: Mapping[str, str]) -> float | None:
    """Return how high a vehicle may be that passes below what stands at a node. [m]

    Examples
    --------
    >>> bar_height_m({"barrier": "height_restrictor", "maxheight": "2.2"}), bar_height_m({"highway": "crossing"})
    (2.2, None)
    """
    known = [metres(tags.get(key, "")) for key in ("maxheight", "maxheight:physical")]
    return min((height for height in known if height and HEIGHTS_M[0] <= height <= HEIGHTS_M[1]), default=None)


def _motor_allowed(tags: Mapping[str, str]) -> bool:
    return any(tags.get(who) in ALLOWED for who in MOTOR)


def _wide(highway: str, tags: Mapping[str, str]) -> bool:
    width_m = metres(tags.get("width", ""))
    return highway in WIDE_ENOUGH if width_m is None else width_m >= LEAST_WIDTH_M


def _limit(tags: Mapping[str, str], tally: Tally) -> float | None:
    """Return the limit; of two directions the mean, of no limit for all the one for heavy vehicles is not taken."""
    limit = _read(tags, "maxspeed", speed_kmh, tally)
    if limit is None:  # signed as a zone, or by lane
        limit = next((kmh for key in ZONE_KEYS if (kmh := speed_kmh(tags.get(key, ""))) is not None), None)
    if limit is None:
        ways = [_read(tags, f"maxspeed:{way}", speed_kmh, tally) for way in ("forward", "backward")]
        both = [value for value in ways if value is not None]
        limit = sum(both) / len(both) if both else None
    if limit is None and "free_flow_kmh" not in tags:  # who knows the time that it takes need not guess
        tally.guessed["maxspeed_missing"] += 1
    return limit


def _read(tags: Mapping[str, str], key: str, read: Callable[[str], T | None], tally: Tally) -> T | None:
    text = tags.get(key, "").strip()
    if not text:
        return None
    value = read(text)
    if value is None and text.lower() not in UNSPECIFIED:
        tally.guessed[f"{key.partition(':')[0]}_unreadable"] += 1
    return value


def _least(
    tags: Mapping[str, str], keys: tuple[str, ...], read: Callable[[str], float | None], within: tuple[float, float],
    tally: Tally,
) -> float | None:  # fmt: skip
    values = [value for key in keys if (value := _read(tags, key, read, tally)) is not None]
    sound = [value for value in values if within[0] <= value <= within[1]]
    if len(sound) < len(values):
        tally.guessed[f"{keys[0]}_unreadable"] += 1
    return min(sound, default=None)


def _surface(highway: str, tags: Mapping[str, str], tally: Tally) -> str:
    kind = _read(tags, "surface", surface_kind, tally)
    if kind is not None or highway == "ferry":
        return kind or "paved"
    if highway == "track" and "surface" not in tags:
        tally.guessed["surface_missing"] += 1
        return {"grade1": "paved", "grade2": "gravel"}.get(tags.get("tracktype", ""), "unpaved")
    return "paved"
