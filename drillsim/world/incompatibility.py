"""Incompatibilities of a hazard or scenario kind with its ground or its weather."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Incompatibility:
    """One reason."""

    code: str
    """Key of the message in :mod:`drillsim.language.messages`."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What the message needs to be written out."""
