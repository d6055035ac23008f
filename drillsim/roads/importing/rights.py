"""Who may drive a road, by its tags, and whether a fire engine does so all the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from drillsim.roads.importing.edge_list import Tally

MOTOR: Final = ("emergency", "motor_vehicle", "motorcar", "hgv", "vehicle", "bus", "psv")
ALLOWED: Final = frozenset({
    "yes", "designated", "official", "permissive", "destination", "private", "permit", "delivery", "customers",
    "agricultural", "forestry", "residents", "emergency",
})  # fmt: skip
RESERVED: Final = ALLOWED - {"yes", "designated", "official", "permissive"} | {"military", "no", "employees", "staff"}
"""Values that keep ordinary traffic out and let a fire engine through (assumption: a gate is opened for it)."""
NEUTRAL: Final = frozenset({"unknown", "public", "permissive", "yes", "designated", "official", "customers"})
RIGHTS: Final = ("access", "vehicle", "motor_vehicle", "motorcar")
EMERGENCY_SERVICE: Final = frozenset({"emergency_access", "fire_lane", "emergency"})
FIRE_LANE: Final = frozenset({"yes", "designated", "fire_lane", "emergency_access", "official", "destination"})
FERRY_USERS: Final = (
    "foot", "bicycle", "passenger", "passengers", "horse", "wheelchair", "dog", "moped", "mofa", "motorcycle",
)  # fmt: skip
"""Who travels on a boat that may have no room for a fire engine."""
FOR_PEOPLE: Final = (
    "water taxi", "watertaxi", "water-taxi", "water bus", "waterbus", "river bus", "riverbus", "bateau bus",
    "bateau-bus", "vaporetto", "水上巴士", "水上的士", "水上出租",
)  # fmt: skip
"""Words in the name of a boat that carries people only."""
VEHICLES: Final = frozenset({"vehicle", "vehicles", "motorcar", "motorcars", "car", "cars", "hgv", "truck", "trucks"})


def is_for_emergencies(tags: Mapping[str, str]) -> bool:
    """Return whether a road is there for emergency services.

    Examples
    --------
    >>> is_for_emergencies({"service": "emergency_access", "access": "no"}), is_for_emergencies({"access": "emergency"})
    (True, True)
    >>> is_for_emergencies({"emergency": "no", "access": "no"})
    False
    """
    return (
        tags.get("service") in EMERGENCY_SERVICE
        or tags.get("emergency") in FIRE_LANE
        or tags.get("fire_lane") in FIRE_LANE
        or tags.get("designation") in {"fire_lane", "emergency_access", "emergency"}
        or any(tags.get(key) == "emergency" for key in RIGHTS)
    )


def motor_allowed(tags: Mapping[str, str]) -> bool:
    """Return whether the tags let motor vehicles of some kind through, emergency services among them.

    Examples
    --------
    >>> motor_allowed({"access": "no", "bus": "yes"}), motor_allowed({"access": "no", "foot": "yes"})
    (True, False)
    """
    return is_for_emergencies(tags) or any(tags.get(who) in ALLOWED for who in MOTOR)


def is_closed_to_all(tags: Mapping[str, str]) -> bool:
    """Return whether not even an emergency service may drive a road.

    Examples
    --------
    >>> is_closed_to_all({"access": "no"}), is_closed_to_all({"access": "no", "service": "emergency_access"})
    (True, False)
    >>> is_closed_to_all({"access": "private"}), is_closed_to_all({"emergency": "no"})
    (False, True)
    """
    return tags.get("emergency") == "no" or (tags.get("access") == "no" and not motor_allowed(tags))


def is_ferry_without_room(tags: Mapping[str, str]) -> bool:
    """Return whether the tags of a boat or shuttle train keep fire engines off.

    They do where they forbid motor vehicles or lorries, or name who travels and no motor vehicle among them.

    Examples
    --------
    >>> is_ferry_without_room({"foot": "yes", "bicycle": "yes"}), is_ferry_without_room({"foot": "yes", "hgv": "yes"})
    (True, False)
    >>> is_ferry_without_room({"motor_vehicle": "no"}), is_ferry_without_room({"motorcar": "yes", "hgv": "no"})
    (True, True)
    >>> is_ferry_without_room({}), is_ferry_without_room({"ferry": "water_taxi"})
    (False, True)
    >>> is_ferry_without_room({"name": "Baltimore Water Taxi: Blue Route"})
    True
    >>> is_ferry_without_room({"cargo": "vehicles;passengers"}), is_ferry_without_room({"cargo": "passengers"})
    (False, True)
    """
    if is_for_emergencies(tags):
        return False
    if any(tags.get(who) == "no" for who in ("motor_vehicle", "motorcar", "vehicle", "hgv")):
        return True
    carried = {word.strip() for word in tags.get("cargo", "").lower().split(";")} - {""}
    if motor_allowed(tags) or carried & VEHICLES:
        return False
    named = tags.get("name", "").lower()
    taxi = "taxi" in tags.get("ferry", "") or tags.get("water_taxi") == "yes" or any(one in named for one in FOR_PEOPLE)
    users = any(tags.get(who, "no") not in {"no", "unknown"} for who in FERRY_USERS)
    return taxi or users or bool(carried)


def is_ferry_with_room(tags: Mapping[str, str]) -> bool:
    """Return whether the tags of a boat say that it takes motor vehicles."""
    carried = {word.strip() for word in tags.get("cargo", "").lower().split(";")}
    return motor_allowed(tags) or bool(carried & VEHICLES)


def count_rights(tags: Mapping[str, str], tally: Tally) -> None:
    """Count a road that is used though it is closed to ordinary traffic, by its word, and words that are not known."""
    if is_for_emergencies(tags):
        tally.reserved["emergency"] += 1
        return
    for word in _reserved(tags):
        tally.reserved[word] += 1
        return
    for key in RIGHTS:
        unknown = [one for one in _values(tags.get(key, "")) if one not in RESERVED | ALLOWED | NEUTRAL]
        for one in unknown:
            tally.not_applied[f"{key}={one}"] += 1


def _reserved(tags: Mapping[str, str]) -> Iterator[str]:
    for who in ("bus", "psv"):
        if tags.get(who) in ALLOWED and any(tags.get(key) == "no" for key in RIGHTS):
            yield f"{who}={tags[who]}"
    for key in RIGHTS:
        values = _values(tags.get(key, ""))
        if values and all(one in RESERVED for one in values):
            yield f"{key}={values[0]}"


def _values(text: str) -> list[str]:
    return [one.strip() for one in text.lower().split(";") if one.strip()]
