"""Which ways an emergency service may drive, in which direction: from tags to a :class:`Way`, or a reason to drop it.

Fire engines on their way to a call are not bound by routes, directions, speeds and signals, safety assured (road
traffic safety law of China, article 53; other countries' codes say the like). So private roads, bus lanes and roads
closed to motor vehicles by a sign are kept; what is closed altogether is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from drillsim.roads.importing.barriers import is_blocked, unread_barrier
from drillsim.roads.importing.conditions import closure_of, is_open_at_times
from drillsim.roads.importing.edge_list import Options, Tally, Way
from drillsim.roads.importing.limits import count_unread, lanes_of, limits_kmh, read_tag, size_limits, surface_of
from drillsim.roads.importing.rights import (
    count_rights,
    is_closed_to_all,
    is_ferry_with_room,
    is_ferry_without_room,
    motor_allowed,
)
from drillsim.roads.importing.tags import duration_s, metres

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
YES: Final = frozenset({"yes", "true", "1"})
NO: Final = frozenset({"no", "false", "0"})
BACKWARDS: Final = frozenset({"-1", "reverse"})
CHANGING: Final = frozenset({"reversible", "alternating", "alternate"})
"""Directions that change with the hour: driven both ways."""
SOMETIMES: Final = frozenset({"recommended", "unknown"})
"""Directions that do not bind: driven both ways."""
FERRY_ROUTES: Final = frozenset({"ferry", "shuttle_train"})
"""What carries vehicles; a train through a tunnel is driven as a ferry is."""


def way_of(name: str, tags: Mapping[str, str], options: Options, tally: Tally) -> Way | None:
    """Return the way that these tags describe, or None if it is not driven; count why, and what is guessed."""
    highway = highway_of(tags)
    reason = _reason_to_drop(highway, tags, options)
    if reason:
        tally.dropped[reason] += 1
        if reason == "not_a_road" and highway:
            tally.not_applied[f"highway={highway}"] += 1
        return None
    on_foot = highway in ON_FOOT and not motor_allowed(tags)
    _count_guesses(highway, tags, tally)
    along, against = (None, None) if highway == "ferry" else limits_kmh(tags, tally)
    return Way(
        id=name,
        highway=highway,
        oneway=0 if on_foot else oneway_of(highway, tags),
        limit_kmh=along,
        backward_limit_kmh=against,
        name=tags.get("name", "").strip(),
        ref=tags.get("ref", "").strip(),
        lanes=lanes_of(tags, tally),
        surface=surface_of(highway, tags, tally),
        bridge=tags.get("bridge", "no") not in NO,
        tunnel=tags.get("tunnel", "no") not in NO,
        **size_limits(tags, tally, narrow=highway not in {"ferry", "motorway", "trunk"}),
        closed=closure_of(tags, tally),
        risk="pedestrian" if on_foot else "",
        duration_s=read_tag(tags, "duration", duration_s, tally) if highway == "ferry" else None,
    )


def _count_guesses(highway: str, tags: Mapping[str, str], tally: Tally) -> None:
    direction = tags.get("oneway", "no").lower()
    if direction in CHANGING:
        tally.guessed["oneway_changes"] += 1
    elif direction not in YES | NO | BACKWARDS | SOMETIMES:
        tally.guessed["oneway_unreadable"] += 1
    if highway == "ferry" and not is_ferry_with_room(tags):
        tally.guessed["ferry_vehicles"] += 1
    if highway != "ferry":
        count_rights(tags, tally)
    barrier = unread_barrier(tags)
    if barrier:
        tally.not_applied[barrier] += 1
    count_unread(tags, tally)


def highway_of(tags: Mapping[str, str]) -> str:
    """Return the kind of road; the first known one of several.

    Examples
    --------
    >>> highway_of({"highway": "steps;residential"}), highway_of({"route": "ferry"})
    ('residential', 'ferry')
    """
    words = [word.strip() for word in tags.get("highway", "").lower().split(";")]
    if words == [""]:
        return "ferry" if tags.get("route") in FERRY_ROUTES else ""
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
    """Return why a way is not driven, the first of several; empty if it is."""
    reasons = {
        "not_built": highway in NOT_BUILT
        or any(tags.get(key) in YES for key in ("abandoned", "disused", "demolished", "razed")),
        "on_foot": highway in NEVER,
        "not_a_road": highway not in ROAD_CLASS,
        "area": tags.get("area") == "yes",
    }
    reason = next((name for name, holds in reasons.items() if holds), "")
    if not reason and highway in ON_FOOT and not motor_allowed(tags):
        reason = "" if options.pedestrian and _wide(highway, tags) else "on_foot"
    return reason or _obstacle(highway, tags)


def _obstacle(highway: str, tags: Mapping[str, str]) -> str:
    """Return what keeps even a fire engine off a road."""
    if tags.get("smoothness") == "impassable" or tags.get("impassable") in YES:
        return "impassable"
    if highway == "ferry":
        return "foot_ferry" if is_ferry_without_room(tags) or is_closed_to_all(tags) else ""
    if is_closed_to_all(tags) and not is_open_at_times(tags):
        return "no_access"
    return "barred" if is_blocked(tags) else ""


def _wide(highway: str, tags: Mapping[str, str]) -> bool:
    width_m = metres(tags.get("width", ""))
    return highway in WIDE_ENOUGH if width_m is None else width_m >= LEAST_WIDTH_M
