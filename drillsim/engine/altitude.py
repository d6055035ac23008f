"""Acclimatisation in a run: when a crew reached altitude, and how much slower it works for it."""

from __future__ import annotations

from drillsim.engine.run import Run, UnitState
from drillsim.engine.task_progress import TaskProgress


def note_ascent(run: Run, unit: UnitState, node: str) -> None:
    """Record when a unit first reaches a place high enough above home to slow its people."""
    ground, usual = run.world.ground, unit.spec.acclimatised
    if unit.high_since_s is not None or usual:
        return
    place_m, rules = float(ground.elevation_m[ground.row(node)]), run.plan.acclimatisation
    station_m = float(ground.elevation_m[ground.row(unit.spec.node)])
    if place_m > rules.above_m if usual is False else rules.affects(station_m, place_m):
        unit.high_since_s = run.now


def altitude_factor(run: Run, p: TaskProgress) -> float:
    """Return the factor on the work of a task for unacclimatised people among its crew. [dimensionless]"""
    rules = run.plan.acclimatisation
    new = sum(p.people_of(name) for name in p.units if _is_new(run.units[name], run.now, rules.first_s))
    return 1.0 + (rules.slower - 1.0) * new / p.crew if new else 1.0


def _is_new(unit: UnitState, now_s: float, first_s: float) -> bool:
    return unit.high_since_s is not None and now_s < unit.high_since_s + first_s
