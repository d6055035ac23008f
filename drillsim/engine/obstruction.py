"""A road that changes under the wheels: the speed of a unit on it, and whether an obstruction lies before or behind it.

A closed section is obstructed at one place. A unit that is past it drives on, one that comes to it turns round.
"""

from __future__ import annotations

from dataclasses import replace

from drillsim.engine.run import Run
from drillsim.engine.stretch import Stretch
from drillsim.world.advisory import Advisory, advisory_event


def feel(run: Run, on: Stretch, unit: str) -> Stretch:
    """Return the section that a unit is on after a change of the roads; the same object if it does not touch it."""
    truth = run.roads.truth
    factor = truth.factor(on.section)
    now = on
    if factor == 0 and not on.closed:
        now = _closed(run, on, unit)
    elif factor > 0 and on.closed:
        now = replace(on, closed=False, blocked=None)
    speed = factor or on.factor, truth.overall
    return now if speed == (on.factor, on.overall) else now.at_speed(run.now, *speed)


def obstruction(run: Run, section: str) -> float:
    """Return where along a closed section it is obstructed, from its first end; anywhere is as likely. [0..1]

    Drawn by section and by what closed it, so that it is the same under every plan.
    """
    return float(run.streams.once("obstruction", section, run.roads.closed_by.get(section, "")).random())


def tell_of_turning(run: Run, on: Stretch, unit: str) -> None:
    """Say that a unit turns round in front of the obstruction of the section that it is on."""
    _tell(run, "unit_turns_at_obstruction", on, unit, on.blocked or 0.0)


def _closed(run: Run, on: Stretch, unit: str) -> Stretch:
    from_first_end = obstruction(run, on.section)
    place = from_first_end if on.along else 1.0 - from_first_end
    if place >= on.share_at(run.now):
        return replace(on, closed=True, blocked=place)
    _tell(run, "unit_past_obstruction", on, unit, place)
    return replace(on, closed=True)


def _tell(run: Run, code: str, on: Stretch, unit: str, place: float) -> None:
    km = place * float(run.scenario.roads.section_m[on.row]) / 1000.0
    parts = Advisory.of(code, unit=unit, section=on.section, km=km, node=on.behind)
    run.record(advisory_event(run.now, run.roads.closed_by.get(on.section, unit), parts))
