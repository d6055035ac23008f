"""Hazards in a run: the engine asks each when it changes next, and tells it what responders do."""

from __future__ import annotations

from typing import Any

from drillsim.engine.run import Run
from drillsim.engine.travel import change_roads
from drillsim.events import HazardChanged
from drillsim.hazards import Hazard, Intervention


class HazardRun:
    """One hazard and its present state; it has none before it begins."""

    def __init__(self, run: Run, hazard: Hazard) -> None:
        self.run = run
        self.hazard = hazard
        self.state: Any = None
        self.version = 0

    @property
    def begun(self) -> bool:
        """Whether the hazard has begun."""
        return self.version > 0

    def begin(self) -> None:
        """Let the hazard begin now, once."""
        if not self.begun:
            self._become(self.hazard.begin(self.run.now), "onset")

    def intervene(self, intervention: Intervention) -> None:
        """Tell the hazard what responders do."""
        if self.begun:
            state = self.hazard.intervene(self.state, self.run.now, intervention)
            if state != self.state:
                self._become(state, intervention.name)

    def work_factor(self) -> float:
        """Return by how much the hazard multiplies work that begins now."""
        return self.hazard.work_factor(self.state, self.run.now) if self.begun else 1.0

    def _become(self, state: Any, cause: str) -> None:
        run, name = self.run, self.hazard.id
        stage = self.hazard.stage(state)
        if self.state is None or stage != self.hazard.stage(self.state):
            run.record(HazardChanged(run.now, name, stage, cause))
        self.state = state
        factors = self.hazard.speed_factors(state, run.scenario.ground)
        change_roads(run, f"hazard {name}", factors, cause=name, reported_by="hazard")
        self._wait_for_change()

    def _wait_for_change(self) -> None:
        self.version += 1
        version, due_s = self.version, self.hazard.next_change_s(self.state)
        if due_s < self.run.scenario.ends_at_s:
            self.run.at(due_s, lambda: self._advance() if version == self.version else None)

    def _advance(self) -> None:
        self._become(self.hazard.advance(self.state, self.run.now), "course")


def begin_hazards(run: Run) -> None:
    """Schedule every hazard that no incident begins with."""
    tied = {state.incident.hazard for state in run.incidents.values()}
    for name, hazard_run in run.hazards.items():
        if name not in tied:
            run.at(hazard_run.hazard.starts_at_s, hazard_run.begin)
