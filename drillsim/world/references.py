"""References from one part of an input to another, checked where they stand.

The reader of an input first collects the names it defines and passes them as validation context,
``{"node": {...}, "incident": {...}, …}``. A field of type :data:`NodeRef` then refuses a name that nothing
answers to, at its own place in the file and together with all other problems.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo
from pydantic_core import PydanticCustomError

from drillsim.base.errors import guess, some_of
from drillsim.roads import RoadNetwork, snap

MOST_LAT_DEG, MOST_LON_DEG = 90.0, 180.0


def _refers_to(what: str) -> AfterValidator:
    def check(value: str, info: ValidationInfo) -> str:
        known = (info.context or {}).get(what)
        if known is not None and value not in known:
            raise unknown_reference(what, value, known)
        return value

    return AfterValidator(check)


def unknown_reference(
    what: str, name: str, known: Collection[str], below: tuple[str | int, ...] = ()
) -> PydanticCustomError:
    """Return the problem of a *name* that is not among the *known* ones.

    Parameters
    ----------
    below
        Path from the part of the input that is checked to the name.
    """
    hint = guess(name, known)
    context = {"what": what, "name": name, "guess": hint, "known": some_of(known), "below": below}
    code = "unknown_name_guess" if hint else "unknown_name"
    return PydanticCustomError(code, "unknown {what} '{name}'", context)


def _name(what: str) -> tuple[object, Callable[..., object] | AfterValidator]:
    return Field(max_length=128, json_schema_extra={"refers_to": what}), _refers_to(what)


def _snapped(value: Any, info: ValidationInfo) -> Any:
    """Replace a point by its nearest place, and record the distance."""
    if not isinstance(value, Mapping) or set(value) != {"lat", "lon"}:
        return value
    context = info.context or {}
    if not isinstance(context.get("network"), RoadNetwork):
        raise PydanticCustomError("point_without_network", "no network")
    lat, lon = (_degrees(value[name]) for name in ("lat", "lon"))
    if not (abs(lat) <= MOST_LAT_DEG and abs(lon) <= MOST_LON_DEG):
        raise PydanticCustomError("coordinates", "no point on Earth")
    found = snap(context["network"], lat, lon)
    if found.off_the_map:
        raise PydanticCustomError("off_the_map", "off the map", dict(found.off_the_map))
    context.setdefault("snaps", []).append(found)
    return found.place


def _degrees(value: Any) -> float:
    """Return a number as it is, and what is none as no number: ``true`` is not 1, nor is a text a number."""
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else math.nan


NodeRef = Annotated[str, BeforeValidator(_snapped), *_name("node")]
"""Id of a place on the road network, or a point ``{lat: 36.6, lon: 101.7}``, for which the nearest place stands."""
SectionRef = Annotated[str, *_name("section")]
"""Id of a road section."""
IncidentRef = Annotated[str, *_name("incident")]
HazardRef = Annotated[str, *_name("hazard")]
UnitRef = Annotated[str, *_name("unit")]
StationRef = Annotated[str, *_name("station")]
StagingRef = Annotated[str, *_name("staging_area")]
PlanRef = Annotated[str, *_name("plan")]
