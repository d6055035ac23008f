"""A scenario or plan as a person would write it: only the fields that were set, in their short forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from drillsim.base.quantities import Duration, Model, Text
from drillsim.roads import RoadNetwork

EXACT_BELOW = 2.0**53
"""Whole numbers below this are exact as floats."""


def to_yaml_data(value: Any) -> Any:
    """Return *value* as mappings, lists, strings and numbers.

    Fields that were never set are left out, because a plan that is based on another says only what differs.

    Examples
    --------
    >>> to_yaml_data((Duration(mean_s=90), Duration(p90_s=60, cv=0.5), Text(en="a", zh="a")))
    [90, {'p90_s': 60, 'cv': 0.5}, 'a']
    """
    if isinstance(value, Text) and value.en == value.zh:
        return value.en
    if isinstance(value, Duration) and value.model_fields_set == {"mean_s"}:
        return to_yaml_data(value.mean_s)
    if isinstance(value, Model):
        return {name: to_yaml_data(getattr(value, name)) for name in _fields_set(value)}
    if isinstance(value, Mapping):
        return {str(key): to_yaml_data(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [to_yaml_data(item) for item in value]
    return _scalar(value)


def _fields_set(value: Model) -> list[str]:
    """Return the fields that were set, in the order of the model, and ``kind`` unless it is the default."""
    names = value.model_fields_set - {"roads"}
    if getattr(value, "kind", "listed") != "listed":
        names |= {"kind"}
    return [name for name in type(value).model_fields if name in names]


def _scalar(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M" if not (value.second or value.microsecond) else "%Y-%m-%dT%H:%M:%S.%f")
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT_BELOW:
        return int(value)
    if isinstance(value, RoadNetwork):
        raise TypeError("a road network is written into files of its own")
    return value
