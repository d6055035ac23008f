"""A unit as a candidate for dispatch, with a travel time that is computed only if the policy asks."""

from __future__ import annotations

import math

from drillsim.dispatch import Candidate
from drillsim.engine.road_knowledge import RoadKnowledge
from drillsim.roads import HeavyVehicleSpeed
from drillsim.scenario.plan import Unit


class UnitCandidate(Candidate):
    """A unit as a candidate; one object per unit and run, because candidates are asked for thousands of times."""

    __slots__ = (
        "_asked_s", "_node", "_protection", "_roads", "_speeds", "_stands", "_target", "_until_s", "able_to",
    )  # fmt: skip

    def __init__(
        self, spec: Unit, district: str, roads: RoadKnowledge, protection: int, speeds: HeavyVehicleSpeed
    ) -> None:
        super().__init__(
            unit=spec.id, station=spec.station, force=spec.force, capabilities=spec.capabilities, crew=spec.crew,
            district=spec.district or district, travel_s=0.0,
        )  # fmt: skip
        self._roads = roads
        self._protection = protection
        self._speeds = speeds
        self.able_to = frozenset(spec.capabilities)

    def at(self, node: str, target: str, until_s: float, at_least_s: float, *, stands: bool) -> UnitCandidate:
        """Take the unit's present position and target, and forget the travel time of the former."""
        self._node, self._target, self._until_s, self._stands = node, target, until_s, stands
        self.at_least_s = at_least_s
        self._asked_s = None if at_least_s < math.inf else math.inf
        return self

    @property
    def travel_s(self) -> float:
        """Expected travel time; routed on first use, and not at all if even an undisturbed network has no route. [s]"""
        if self._asked_s is None:
            driving_s = self._roads.travel_s(self._node, self._target, self._protection)
            self._asked_s = self._until_s + (
                self._speeds.standing_to_standing_s(driving_s) if self._stands else driving_s
            )
        return self._asked_s
