"""Hazards: sources of harm as functions of place and time, one file per phenomenon.

A hazard is piecewise-deterministic. Its state says when it will change next if nobody intervenes, and how an
intervention changes it; the engine schedules that moment and asks again after every intervention. So response
time decides escalation, and no hazard knows that there is an event engine.

A new hazard is one new file in this folder with one subclass of :class:`Hazard`, or the same in an outside package
that names it under the entry-point group ``drillsim.hazards``.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from drillsim.ground import Ground
from drillsim.units import EntityId, Model, Seconds


@dataclass(frozen=True, slots=True)
class Intervention:
    """Something that responders do to a hazard."""

    name: str
    """What a task says under ``intervention``: ``water_on``, ``snow_cleared`` …"""
    phase: Literal["start", "end"]
    """Whether the work on that task begins or is done."""
    incident: str
    """Where it is done."""


class Hazard(Model, ABC):
    """A source of harm. A subclass adds ``kind: Literal[...]`` and its parameters.

    The state may be any frozen value; it is made by :meth:`begin` and passed back unchanged.
    """

    kind: str
    """Which hazard this is."""
    id: EntityId
    """Short name, unique in the scenario."""
    starts_at_s: Seconds = 0.0
    """When it begins; a hazard that an incident names begins with that incident instead."""

    @abstractmethod
    def begin(self, t_s: float) -> Any:
        """Return the state at the moment *t_s* when the hazard begins."""

    @abstractmethod
    def stage(self, state: Any) -> str:
        """Return the stage that *state* is in, one word, for the trace."""

    def next_change_s(self, state: Any) -> float:  # noqa: ARG002  # default of the interface
        """Return when *state* changes next if nobody intervenes; ``inf`` if never. [s after STARTEX]"""
        return math.inf

    def advance(self, state: Any, t_s: float) -> Any:  # noqa: ARG002
        """Return the state after the change that was due at *t_s*."""
        return state

    def intervene(self, state: Any, t_s: float, intervention: Intervention) -> Any:  # noqa: ARG002
        """Return the state after *intervention* at *t_s*; the same state if it makes no difference."""
        return state

    def speed_factors(self, state: Any, ground: Ground) -> Mapping[str, float]:  # noqa: ARG002
        """Return the speed factor per road section that the hazard slows (0 closes it)."""
        return {}

    def work_factor(self, state: Any, t_s: float) -> float:  # noqa: ARG002
        """Return by how much the hazard multiplies the work of a task that acts on it and begins at *t_s*."""
        return 1.0
