"""Breakdowns: units that stop wherever they are, are missed where they were to be, and come back when repaired."""

from __future__ import annotations

import math
from collections.abc import Callable

from drillsim.engine.obstruction import feel
from drillsim.engine.run import Run, UnitState
from drillsim.engine.travel import record_trapped
from drillsim.engine.unit import leave_road, return_home
from drillsim.scenario.scenario import UnitInject
from drillsim.trace.events import UnitBackInService, UnitFreed, UnitOutOfService


def units_struck(run: Run, inject: UnitInject) -> list[UnitState]:
    """Return the units that a breakdown strikes: of those that stand at its place or belong there, wherever they are.

    Those that stand there come first, each group in order of unit id. A unit without a crew, or one that has broken
    down already, cannot break down.
    """
    able = [
        unit
        for _, unit in sorted(run.units.items())
        if inject.capability in unit.spec.capabilities and unit.spec.crew and unit.status != "out_of_service"
    ]
    standing = [unit for unit in able if unit.status == "standby" and unit.node == inject.node]
    away = [unit for unit in able if unit not in standing and inject.node in {unit.spec.node, unit.home_node}]
    return (standing + away)[: inject.units]


def break_down(run: Run, unit: UnitState, cause: str, for_s: float | None) -> None:
    """Take a unit out of service where it is, for some time or to ENDEX.

    On the road it stops; on scene it stops work. Another unit is requested for what it was sent to. A unit of a wave
    falls out of it.
    """
    was_trapped, state = unit.status == "trapped", run.incidents.get(unit.incident)
    unit.status = "out_of_service"  # first: leaving a scene tells the hazard, whose zones may come back here
    unit.back_s = math.inf if for_s is None else run.now + for_s
    unit.stranded = was_trapped
    if state is not None and unit.spec.id in state.present:
        state.work.leave(unit)
    unit.stop()
    unit.away_s = leave_road(run, unit) - run.now  # what is left of the section it is on, or of its walk to the road
    if unit.stretch is not None:
        unit.stretch = unit.stretch.stopped(run.now)
    run.record(UnitOutOfService(run.now, unit.spec.id, cause))
    if state is not None:
        state.lose(unit)
    if unit.marches_with is not None:
        unit.marches_with.lose(unit)
    strand(run, unit, cause)
    if unit.back_s < math.inf:
        run.at(unit.back_s, _repair(run, unit))


def strand(run: Run, unit: UnitState, because: str) -> None:
    """Record whether a zone reaches a unit that has broken down and cannot leave, or has receded from it."""
    in_danger = unit.stretch is None and run.roads.zones.drives_out(unit.node, unit.protection)
    if in_danger and not unit.stranded:
        record_trapped(run, unit, unit.node)
    elif unit.stranded and not in_danger:
        run.record(UnitFreed(run.now, unit.spec.id, unit.node, because))
    unit.stranded = in_danger


def _repair(run: Run, unit: UnitState) -> Callable[[], None]:
    """Return what makes a unit available again: where it stands, or on its way home."""

    def back() -> None:
        run.record(UnitBackInService(run.now, unit.spec.id))
        if unit.stretch is not None:
            unit.stretch = feel(run, unit.stretch, unit.spec.id)
            unit.away_s = unit.stretch.goes_on(0.0).there_s
        at_home = unit.node == unit.home_node and unit.away_s == 0.0 and not unit.stranded
        unit.status = "trapped" if unit.stranded else "standby" if at_home else "returning"
        unit.stranded = False
        run.news()
        if unit.wave is not None and unit.status != "trapped":
            unit.wave(unit)
        elif not at_home:
            return_home(run, unit)

    return back
