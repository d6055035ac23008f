"""Incompatibilities of a hazard or scenario kind with its ground or its weather."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Incompatibility:
    """One reason why a hazard or scenario kind cannot be played there."""

    code: str
    """Name of the message in the catalogue, in the context ``error``."""
    values: Mapping[str, object] = field(default_factory=dict)
    """Values that the message is filled in with."""
