"""Barriers at a node of a road: what stops a fire engine, what it opens or drives over, how high and wide a gap is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

from drillsim.roads.importing.edge_list import Tally
from drillsim.roads.importing.rights import ALLOWED, MOTOR, motor_allowed
from drillsim.roads.importing.tags import metres

STOPS: Final = frozenset({
    "bollard", "block", "concrete_block", "jersey_barrier", "jersey", "guard_rail", "log", "debris", "rock", "rocks",
    "boulder", "boulders", "stone", "planter", "tree", "trees", "tank_trap", "cycle_barrier", "motorcycle_barrier",
    "bicycle_barrier", "horse_stile", "stile", "step_over", "turnstile", "full-height_turnstile", "kissing_gate",
    "wall",
    "retaining_wall", "city_wall", "fence", "railing", "hedge", "ditch", "earth_bank", "mound", "embankment", "pole",
    "steps", "cable_barrier", "delineator_wall", "barrier_board", "haha",
})  # fmt: skip
"""What stands across a road and is not opened like a gate (assumption: a fire crew does not clear it on the way)."""
PASSED: Final = frozenset({
    "gate", "lift_gate", "swing_gate", "sliding_gate", "sliding_beam", "hampshire_gate", "bump_gate", "wicket_gate",
    "security_gate", "sally_port", "spring_gate", "coupure", "chain", "rope", "cable", "bar", "barrier", "yes",
    "cattle_grid", "toll_booth", "toll", "border_control", "checkpoint", "police_checkpoint", "entrance", "kerb",
    "height_restrictor", "width_restrictor", "bus_trap", "sump_buster", "spikes", "ramp", "speed_bump", "delineator",
    "plastic_bollard", "no", "none", "open",
})  # fmt: skip
"""What a fire crew opens, cuts or drives over (assumption): gates, chains and lift gates; traps for cars with a narrow
track or little clearance, over which buses and lorries go; kerbs."""
OPENED: Final = frozenset({"removable", "foldable", "flexible", "rising", "retractable", "movable", "plastic"})
"""Bollards that a fire crew takes out, folds or drives over."""
HEIGHTS_M: Final = (1.5, 10.0)
WIDTHS_M: Final = (0.5, 20.0)
"""Limits outside are slips of the pen (assumption)."""
BAR_HEIGHTS: Final = ("maxheight", "maxheight:physical")
GAP_WIDTHS: Final = ("maxwidth", "maxwidth:physical")


def barrier_of(tags: Mapping[str, str]) -> str:
    """Return the kind of barrier, in small letters; empty if there is none."""
    return tags.get("barrier", "").strip().lower()


def is_blocked(tags: Mapping[str, str]) -> bool:
    """Return whether a barrier stops a fire vehicle.

    Examples
    --------
    >>> is_blocked({"barrier": "bollard"}), is_blocked({"barrier": "bollard", "bollard": "removable"})
    (True, False)
    >>> is_blocked({"barrier": "block", "emergency": "yes"}), is_blocked({"barrier": "gate", "access": "no"})
    (False, False)
    >>> is_blocked({"barrier": "concrete_block"}), is_blocked({"barrier": "lift_gate", "locked": "yes"})
    (True, False)
    """
    open_to_all = tags.get("access") in ALLOWED - {"private"} and not any(tags.get(who) == "no" for who in MOTOR)
    allowed = open_to_all or motor_allowed(tags)
    return barrier_of(tags) in STOPS and tags.get("bollard") not in OPENED and not allowed


def unread_barrier(tags: Mapping[str, str]) -> str:
    """Return the words of a barrier that is not known, and therefore passed; empty for one that is.

    Examples
    --------
    >>> unread_barrier({"barrier": "moon_rock"}), unread_barrier({"barrier": "gate"}), unread_barrier({})
    ('barrier=moon_rock', '', '')
    """
    word = barrier_of(tags)
    return f"barrier={word}" if word and word not in STOPS | PASSED else ""


def is_locked(tags: Mapping[str, str]) -> bool:
    """Return whether a fire crew must open a lock to pass."""
    return bool(barrier_of(tags)) and tags.get("locked") == "yes" and not is_blocked(tags)


def count_barrier(tags: Mapping[str, str], tally: Tally) -> None:
    """Count a barrier whose word is not known, and a lock that is taken to be opened."""
    word = unread_barrier(tags)
    if word:
        tally.not_applied[word] += 1
    if is_locked(tags):
        tally.guessed["barrier_locked"] += 1


def bar_height_m(tags: Mapping[str, str]) -> float | None:
    """Return the greatest height of a vehicle that passes under a barrier at a node. [m]

    Examples
    --------
    >>> bar_height_m({"barrier": "height_restrictor", "maxheight": "2.2"}), bar_height_m({"highway": "crossing"})
    (2.2, None)
    """
    return _least(tags, BAR_HEIGHTS, HEIGHTS_M)


def gap_width_m(tags: Mapping[str, str]) -> float | None:
    """Return the greatest width of a vehicle that passes through a gap at a node. [m]

    Examples
    --------
    >>> gap_width_m({"barrier": "gate", "maxwidth:physical": "200 cm"}), gap_width_m({"barrier": "gate"})
    (2.0, None)
    """
    return _least(tags, GAP_WIDTHS, WIDTHS_M)


def _least(tags: Any, keys: tuple[str, ...], within: tuple[float, float]) -> float | None:
    read: Callable[[str], float | None] = metres
    known = [read(tags.get(key, "")) for key in keys]
    return min((value for value in known if value and within[0] <= value <= within[1]), default=None)
