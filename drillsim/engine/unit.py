"""The life of a unit: on duty, assigned, turned out, travelling, on scene, home; recalled, released, withdrawn."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING

from drillsim.dispatch import Need
from drillsim.engine.candidate import UnitCandidate
from drillsim.engine.process import Process
from drillsim.engine.run import Run, UnitState
from drillsim.engine.travel import Mover
from drillsim.forces.forces import GRADES
from drillsim.trace.events import (
    UnitArrived,
    UnitAssigned,
    UnitHome,
    UnitOnDuty,
    UnitRecalled,
    UnitReleased,
    UnitWithdrawn,
)

if TYPE_CHECKING:
    from drillsim.engine.incident import IncidentState


def put_on_duty(run: Run) -> None:
    """Place every unit of the plan at its station, in order of id."""
    ground = run.world.ground
    for spec in sorted(run.plan.units, key=attrgetter("id")):
        force = run.plan.force_of(spec)
        protection = GRADES[spec.protection or force.protection]
        run.units[spec.id] = UnitState(
            spec, "standby", spec.node, spec.station, spec.node, not spec.by_wave_only,
            UnitCandidate(spec, ground.district[ground.row(spec.node)], run.roads, protection, run.plan.speeds),
            force.reach_s,
            force.enters_danger, protection,
        )  # fmt: skip
        run.record(
            UnitOnDuty(
                run.now,
                spec.id,
                spec.station,
                spec.node,
                spec.force,
                spec.crew,
                spec.establishment,
                spec.vehicles,
                spec.capabilities,
                protection,
            )
        )
    for unit in run.units.values():
        for capability in unit.spec.capabilities if unit.spec.crew else ():
            run.able.setdefault(capability, []).append(unit)


def turnout_s(run: Run, unit: UnitState, *slot: str | int) -> float:
    """Draw the turnout time of the unit that fills *slot*; the same random numbers under every plan. [s]"""
    force = run.plan.force_of(unit.spec)
    by_clock = force.turnout_night if run.plan.night.holds(run.hour()) else force.turnout_day
    return run.draw_s(unit.spec.turnout or by_clock, "turnout", *slot)


def assign(run: Run, unit: UnitState, state: IncidentState, need: Need, expected_s: float, candidates: int) -> None:
    """Assign a free unit to a need of an incident."""
    state.coming[unit.spec.id] = unit
    state.ever_assigned = True
    unit.incident, unit.need = state.incident.id, need
    run.record(
        UnitAssigned(run.now, unit.spec.id, state.incident.id, need.slot, need.capability, expected_s, candidates)
    )
    near = is_near(unit, state)
    if near:
        unit.away_s = 0.0
    in_quarters, ready_at_s = unit.status == "standby", leave_road(run, unit)
    unit.status = "assigned"
    unit.obey(run.begin(_mission(run, unit, state, need.slot, in_quarters, ready_at_s, near=near)))


def is_near(unit: UnitState, state: IncidentState) -> bool:
    """Return whether a unit off the road is already in the village or quarter of an incident and need not drive."""
    there = state.incident.locality
    return there is not None and unit.journey is None and unit.away_s > 0 and unit.locality == there


def leave_road(run: Run, unit: UnitState) -> float:
    """End the journey of a unit, if it is on one; return when it can begin another, from its ``node``. [s]"""
    if unit.journey is None:
        away_s, unit.away_s = unit.away_s, 0.0
        return run.now + away_s
    unit.node, ready_at_s = unit.journey.drop()
    unit.locality = None  # on the road it has left its village
    return ready_at_s


def _mission(
    run: Run, unit: UnitState, state: IncidentState, slot: int, in_quarters: bool, ready_at_s: float, *, near: bool
) -> Process:
    if in_quarters:
        yield from run.wait(run.order_delay_s(unit.node))
        yield run.env.timeout(turnout_s(run, unit, state.incident.id, slot))
    unit.status = "en_route"
    yield from _go_to_scene(run, unit, state, ready_at_s, near=near)


def _go_to_scene(run: Run, unit: UnitState, state: IncidentState, ready_at_s: float, *, near: bool = False) -> Process:
    incident = state.incident
    mover = Mover(run, unit, incident.node, purpose="incident", target=incident.id, within_m=incident.safe_line_m)
    yield mover.set_off(not_before_s=ready_at_s)
    unit.away_s = run.draw_s(state.incident.approach, "approach", state.incident.id)
    unit.locality = state.incident.locality
    yield from run.wait(0.0 if near else unit.away_s)
    unit.status = "on_scene"
    run.record(UnitArrived(run.now, unit.spec.id, state.incident.id, unit.node))
    state.work.arrive(unit)
    if unit.supplies is not None:
        unit.supplies.look()


def withdraw(run: Run, unit: UnitState, because: str) -> None:
    """Withdraw a unit from the place where it works or stands, which the zone of a hazard reaches."""
    if unit.status == "on_scene":
        state = run.incidents[unit.incident]
        unit.status = "en_route"  # first: leaving tells the hazard, whose zones may change again and come back here
        state.work.leave(unit)
        run.record(UnitWithdrawn(run.now, unit.spec.id, unit.incident, because))
        state.coming[unit.spec.id] = unit
        unit.away_s = 0.0  # at the withdrawal signal crews leave at once and drop what they do
        unit.obey(run.begin(_go_to_scene(run, unit, state, leave_road(run, unit))))
        state.work.reassess()
    elif unit.status in {"assigned", "en_route"}:  # it turns out no longer, or walks no further to the scene
        if unit.status == "en_route":
            run.record(UnitWithdrawn(run.now, unit.spec.id, unit.incident, because))
        unit.status, unit.away_s = "en_route", 0.0
        unit.obey(run.begin(_go_to_scene(run, unit, run.incidents[unit.incident], leave_road(run, unit))))
    elif unit.status == "standby":
        go_home(run, unit)
    elif unit.status == "with_wave" and unit.marches_with is not None:
        unit.marches_with.drive_out(unit)


def release(run: Run, unit: UnitState) -> None:
    """Release a unit that is no longer needed on scene."""
    run.record(UnitReleased(run.now, unit.spec.id, unit.incident))
    _become_free(run, unit)


def recall(run: Run, unit: UnitState) -> None:
    """Recall a unit that has not arrived."""
    run.record(UnitRecalled(run.now, unit.spec.id, unit.incident))
    _become_free(run, unit)


def _become_free(run: Run, unit: UnitState) -> None:
    unit.incident = ""
    unit.away_s = leave_road(run, unit) - run.now  # the next order starts from there
    if unit.status != "trapped":  # a trapped unit stays trapped under any order until it gets out
        if unit.wave is not None:
            unit.wave(unit)
            return
        unit.status = "returning"
        run.news()
    return_home(run, unit)


def go_home(run: Run, unit: UnitState) -> None:
    """Send a unit that stands by to its station or staging area; out of a zone first, if it stands in one."""
    unit.status = "returning"
    return_home(run, unit)


def return_home(run: Run, unit: UnitState) -> None:
    """Let a unit that is free, or trapped, make for its station or staging area."""
    unit.obey(run.begin(_go_home(run, unit)))


def _go_home(run: Run, unit: UnitState) -> Process:
    ready_at_s = leave_road(run, unit)
    while (
        unit.node != unit.home_node
        or ready_at_s > run.now
        or run.roads.zones.drives_out(unit.node, unit.protection)  # perhaps since the moment it arrived
    ):
        yield Mover(run, unit, unit.home_node, purpose="return", target=unit.home).set_off(not_before_s=ready_at_s)
        ready_at_s = run.now
    stand_by(run, unit)


def stand_by(run: Run, unit: UnitState) -> None:
    """Make a unit available at its station or staging area."""
    unit.status, unit.loaded = "standby", True
    run.news()
    run.record(UnitHome(run.now, unit.spec.id, unit.home, unit.node))
    if unit.supplies is not None:
        unit.supplies.look()
    if unit.wave is not None and unit.status == "standby":  # claimed while it could not be taken: it was trapped
        unit.wave(unit)
