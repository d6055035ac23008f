"""Incompatibilities of a hazard or scenario kind with its ground or its weather."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Incompatibility:
    """One reason why a hazard or scenario kind cannot be played there."""

    code: str
    """Code of the message; a plug-in has its own among its ``words``, under ``error.CODE``."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Values that the message is filled in with."""
    of_weather: bool = False
    """Whether the weather is at fault rather than the hazard: it decides which field of the file is blamed."""
