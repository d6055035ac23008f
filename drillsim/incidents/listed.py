"""Incidents that are written out one by one."""

from __future__ import annotations

from typing import Literal

from drillsim.incidents.base import Incident, IncidentKind, Occurrence
from drillsim.language import Term
from drillsim.world.world import World


class Listed(IncidentKind, Incident):
    """One incident, written out; the kind that is meant when none is named."""

    words = {
        "title": Term("Listed incident", "设定灾情"),
        "about": Term(__doc__, "逐项写明的一起灾情；未写类型时即为此类。"),
    }

    kind: Literal["listed"] = "listed"
    """One incident, written out."""

    @classmethod
    def example(cls) -> Listed:
        """Return a fire that one crew puts out."""
        return cls(
            id="fire",
            node="village",
            type="building_fire",
            starts_at_s="10 min",
            tasks=[{"id": "work", "capabilities": ["fire_attack"], "work": "10 min"}],
        )

    def occur(self, world: World) -> Occurrence:
        """Return this incident."""
        return Occurrence((self,))
