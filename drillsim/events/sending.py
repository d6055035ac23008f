"""Units that stand ready and are sent."""

from __future__ import annotations

from dataclasses import dataclass

from drillsim.events.base import Event


@dataclass(frozen=True, slots=True)
class UnitOnDuty(Event):
    """A unit stands at its station, ready or, with too small a crew, not."""

    unit: str
    station: str
    node: str
    force: str
    crew: int
    establishment: int
    vehicles: int
    capabilities: tuple[str, ...]
    protection: int = 1
    """Highest grade of danger that it goes through: 0 none, 1 with breathing apparatus, 2 in gas-tight suits."""


@dataclass(frozen=True, slots=True)
class UnitAssigned(Event):
    """A unit is sent to an incident."""

    unit: str
    incident: str
    slot: int
    capability: str
    expected_s: float
    """Travel time that the command centre expected. [s]"""
    candidates: int
    """How many units could have been sent."""


@dataclass(frozen=True, slots=True)
class UnitAlerted(Event):
    """A unit is told to move with a wave."""

    unit: str
    wave: str
