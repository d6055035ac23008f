"""The base class of events."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened at one moment."""

    t_s: float
    """Moment. [s after STARTEX]"""
