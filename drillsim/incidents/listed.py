"""Incidents that are written out one by one."""

from __future__ import annotations

from typing import Literal

from drillsim.incidents.base import Incident, IncidentKind, Occurrence
from drillsim.world.world import World


class Listed(IncidentKind, Incident):
    """One incident, written out; the kind that is meant when none is named."""

    kind: Literal["listed"] = "listed"
    """One incident, written out."""

    def occur(self, world: World) -> Occurrence:
        """Return this incident."""
        return Occurrence((self,))
