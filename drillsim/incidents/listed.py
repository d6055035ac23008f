"""Incidents that are written out one by one."""

from __future__ import annotations

from typing import Literal

from drillsim.ground import Ground
from drillsim.incidents import Incident, IncidentKind
from drillsim.streams import RandomStreams


class Listed(IncidentKind, Incident):
    """One incident, written out; the kind that is meant when none is named."""

    kind: Literal["listed"] = "listed"
    """One incident, written out."""

    def occur(self, ground: Ground, streams: RandomStreams) -> tuple[Incident, ...]:  # noqa: ARG002
        """Return this incident."""
        return (self,)
