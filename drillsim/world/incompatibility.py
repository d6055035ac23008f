"""Why a hazard or a scenario kind cannot be on some ground or in some weather."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Incompatibility:
    """One reason."""

    code: str
    """Code of the message; a plug-in has its own among its ``words``, under ``error.CODE``."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What the message needs to be written out."""
    of_weather: bool = False
    """Whether the weather is wrong and not what is written of the hazard: that is where the file is to be changed."""
