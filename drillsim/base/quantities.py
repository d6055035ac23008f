"""Quantities with units: parsed from what people write, kept in SI units.

The model keeps SI units and says the unit in the name of the field (``_s``, ``_m``, ``_kmh``). A person may
write a bare number in that unit, or a text that carries its own: ``45``, ``90 s``, ``5 min``, ``1 h 30 min``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import cached_property, lru_cache
from typing import Annotated, Any, Final, Literal, Self

import numpy as np
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, PydanticKnownError

from drillsim.base import portable
from drillsim.base.numbers import only_numbers
from drillsim.base.unseen import first_unseen

_SECONDS: Final = {
    "s": 1.0, "sec": 1.0, "秒": 1.0,
    "min": 60.0, "分": 60.0, "分钟": 60.0,
    "h": 3600.0, "小时": 3600.0, "时": 3600.0,
    "d": 86400.0, "天": 86400.0,
}  # fmt: skip
_PART: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*(分钟|小时|sec|min|秒|分|时|天|[shd])\s*")
_MINUS: Final = ("-", "\N{MINUS SIGN}", "\N{EN DASH}")
LONGEST_S: Final = 10 * 366 * 86400.0
"""No time in a scenario is longer than ten years: a longer one is a slip of the pen."""


def seconds(value: object) -> object:
    """Turn a text such as ``1 h 30 min`` into seconds; leave anything else as it is.

    Examples
    --------
    >>> seconds("1 h 30 min"), seconds("90 s"), seconds("5分钟"), seconds(45)
    (5400.0, 90.0, 300.0, 45)
    """
    if not isinstance(value, (str, bool)):
        return value
    text = str(value).strip()
    if _is_number(text):
        return float(text)
    if text[:1] in _MINUS and _parts(text[1:]):
        raise PydanticCustomError(
            "duration_negative", "a time is not negative: none lies before STARTEX; write 0 or more"
        )
    parts = _parts(text)
    if not parts:
        raise PydanticCustomError("duration_text", "write a time such as 45, '90 s' or '1 h 30 min'")
    return sum(float(number) * _SECONDS[unit] for number, unit in parts)


def _parts(text: str) -> list[tuple[str, str]]:
    """Return the numbers and units in a text; none if it contains anything else."""
    return [] if _PART.sub("", text).strip() else _PART.findall(text)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


class Model(BaseModel):
    """Base of every input model: frozen, unknown fields refused, a docstring under every field."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, allow_inf_nan=False, validate_default=True
    )

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """Return a copy with some fields replaced, validated like any input; cached properties are not copied.

        Raises
        ------
        ValidationError
            If a new value is refused, or no field has its name; pydantic itself would take anything.
        """
        if not update:
            return self.with_valid({}, deep=deep)
        original = self.with_valid({}, deep=True) if deep else self
        kept = {name: getattr(original, name) for name in self.model_fields_set}
        return type(self).model_validate({**kept, **update})

    def with_valid(self, changes: Mapping[str, Any], *, deep: bool = False) -> Self:
        """Return a copy with some fields replaced by values that are known to be valid: they are not checked again."""
        copy = super().model_copy(update=changes, deep=deep)
        for name in copy.__dict__.keys() - type(self).model_fields.keys():
            del copy.__dict__[name]
        return copy

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of the model, in which only numbers are numbers."""
        return only_numbers(handler(source))


def _unit(unit: str) -> dict[str, str]:
    return {"unit": unit}


Seconds = Annotated[float, BeforeValidator(seconds), Field(ge=0, le=LONGEST_S, json_schema_extra={**_unit("s")})]
"""A time or a moment after STARTEX. [s]"""
Metres = Annotated[float, Field(ge=0, le=1e6, json_schema_extra={**_unit("m")})]
"""A distance. [m]"""
Share = Annotated[float, Field(ge=0, le=1)]
"""A part of a whole, 0 to 1."""
MOST_COUNT: Final = 100_000
Count = Annotated[int, Field(ge=0, le=MOST_COUNT)]
Positive = Annotated[int, Field(ge=1, le=100_000)]
Called = Annotated[int, Field(ge=1, le=1000)]
"""Units of one capability that one alarm calls for (assumption: more never go to one place on one alarm)."""
EntityId = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$", max_length=64)]
"""A short name: lower-case letters, digits and single hyphens."""
Capability = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""What a unit can do and a task may need: ``fire_attack``, ``rescue``, ``usar_heavy`` …"""
SupplyName = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""Something that is used up, with its unit: ``water_l``, ``foam_l``, ``air_set`` …"""
IncidentType = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
"""What sort of incident it is, as run cards name it: ``building_fire``, ``collapse``, ``road_crash`` …"""

Z90: Final = 1.2815515655446004
"""Standard normal quantile of 90 %."""


@lru_cache(maxsize=256)
def _sigma_of(cv: float) -> float:
    """Return the standard deviation of the logarithm of a lognormal number."""
    return math.sqrt(portable.log1p(portable.square(cv)))


@lru_cache(maxsize=256)
def _median_of_mean(cv: float) -> float:
    """Return the median of a lognormal number over its mean."""
    return portable.exp(-0.5 * portable.square(_sigma_of(cv)))


class Duration(Model):
    """How long something takes: a fixed time, or a time drawn for each incident or slot.

    Give exactly one of ``mean_s``, ``median_s`` and ``p90_s``. With ``cv`` 0 the time is fixed. A bare number or
    text is a fixed time.
    """

    mean_s: Seconds | None = None
    """Mean."""
    median_s: Seconds | None = None
    """Median: half of all cases are faster."""
    p90_s: Seconds | None = None
    """Ninetieth percentile, as response standards state it: nine of ten cases are at least as fast."""
    cv: Annotated[float, Field(ge=0, le=10)] = 0.0
    """Coefficient of variation: standard deviation divided by mean."""
    shape: Literal["lognormal", "exponential"] = "lognormal"
    """Distribution. ``exponential`` needs ``mean_s`` and has its own spread."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        return {"mean_s": value} if isinstance(value, (int, float, str)) else value  # a truth value is refused there

    @model_validator(mode="after")
    def _one_size(self) -> Duration:
        given = [s for s in (self.mean_s, self.median_s, self.p90_s) if s is not None]
        if len(given) != 1 or (self.shape == "exponential" and self.mean_s is None):
            raise PydanticCustomError(
                "duration_size", "give exactly one of mean_s, median_s, p90_s (exponential: mean_s)"
            )
        return self

    @cached_property
    def fixed(self) -> bool:
        """Whether it is always the same."""
        return self.cv == 0 and self.shape == "lognormal"

    @cached_property
    def typical_s(self) -> float:
        """The median of a lognormal, the mean of an exponential: what a planner would expect. [s]"""
        if self.shape == "exponential":
            return self.mean_s or 0.0
        if self.mean_s is not None:
            return self.mean_s * _median_of_mean(self.cv)
        if self.median_s is not None:
            return self.median_s
        return (self.p90_s or 0.0) * portable.exp(-Z90 * self._sigma)

    @cached_property
    def _sigma(self) -> float:
        return _sigma_of(self.cv)

    def draw(self, rng: np.random.Generator) -> float:
        """Draw one time. [s]

        Lognormal with mu = ln q - z_p s and s = sqrt(ln(1 + cv²)), where q is the stated p-quantile.

        Examples
        --------
        >>> Duration(mean_s=60).draw(np.random.default_rng(1))
        60.0
        """
        if self.shape == "exponential":
            return float(rng.exponential(self.mean_s or 0.0))
        if self.fixed:
            return self.typical_s
        return self.typical_s * portable.exp(self._sigma * float(rng.standard_normal()))


def _both_languages(value: object) -> object:
    if value is None or isinstance(value, (bool, int, float)):
        raise PydanticKnownError("string_type")
    return {"en": value, "zh": value} if isinstance(value, str) else value


def _without_controls(text: str) -> str:
    code = first_unseen(text)
    if code:
        raise PydanticCustomError("text_control", "a character that cannot be seen", {"code": code})
    return text


Shown = Annotated[str, Field(max_length=2000), AfterValidator(_without_controls)]


class Text(Model):
    """A text for people, in English and Chinese; a bare text stands for both."""

    en: Shown
    """English."""
    zh: Shown
    """Chinese."""

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        return _both_languages(value)

    def in_(self, lang: str) -> str:
        """Return the text in *lang*."""
        return self.zh if lang == "zh" else self.en


def _unique(values: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(values)) != len(values):
        raise PydanticCustomError("duplicate", "says the same thing twice")
    return values


Capabilities = Annotated[tuple[Capability, ...], Field(max_length=50), AfterValidator(_unique)]
