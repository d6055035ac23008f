"""A unit of a run as the dispatcher sees it."""

from __future__ import annotations

import math

from drillsim.dispatch import Candidate
from drillsim.engine.road_knowledge import RoadKnowledge
from drillsim.scenario.plan import Unit


class UnitCandidate(Candidate):
    """A unit of a run as a candidate: one for the whole run, because it is asked for thousands of times."""

    __slots__ = ("_asked_s", "_node", "_protection", "_roads", "_target", "_until_s", "able_to")

    def __init__(self, spec: Unit, district: str, roads: RoadKnowledge, protection: int) -> None:
        super().__init__(
            unit=spec.id, station=spec.station, force=spec.force, capabilities=spec.capabilities, crew=spec.crew,
            district=spec.district or district, travel_s=0.0,
        )  # fmt: skip
        self._roads = roads
        self._protection = protection
        self.able_to = frozenset(spec.capabilities)

    def at(self, node: str, target: str, until_s: float, at_least_s: float) -> UnitCandidate:
        """Be where the unit is now."""
        self._node, self._target, self._until_s = node, target, until_s
        self.at_least_s = at_least_s
        self._asked_s = None if at_least_s < math.inf else math.inf
        return self

    @property
    def travel_s(self) -> float:
        """Expected travel time; the roads are asked once, and only if there is a way as usual. [s]"""
        if self._asked_s is None:
            self._asked_s = self._until_s + self._roads.travel_s(self._node, self._target, self._protection)
        return self._asked_s
