"""A mobilisation wave: order, assembly, march as one column, in place."""

from __future__ import annotations

import math
from collections.abc import Mapping
from operator import attrgetter

from drillsim.engine.altitude import note_ascent
from drillsim.engine.column import Column
from drillsim.engine.process import Process
from drillsim.engine.run import FREE, Run, UnitState
from drillsim.engine.travel import Mover
from drillsim.engine.unit import go_home, leave_road, stand_by, turnout_s
from drillsim.roads import pass_time_s
from drillsim.scenario.plan import StagingArea, Wave
from drillsim.trace.events import (
    UnitAlerted,
    UnitAssembled,
    UnitInPlace,
    UnitLeftBehind,
    WaveClosed,
    WaveDeparted,
    WaveOrdered,
)


class WaveRun:
    """One mobilisation wave and its progress.

    Life: trigger, decision, order. Each unit is claimed when it is free, prepares, turns out and drives to the assembly
    point; when all have assembled, or the deadline has passed, they march as one column; latecomers follow alone. The
    wave is closed when the last unit is in place. It does not wait for who cannot come: a unit without a crew or broken
    down for good is left behind at once, one that waits for its repair or for a road to open when all others have
    assembled; that one follows alone.

    Draws are named after the incident that triggers the wave and the position of the wave and its units in the order,
    so that a plan which lets the same forces assemble elsewhere draws the same random numbers.
    """

    def __init__(self, run: Run, wave: Wave, number: int) -> None:
        self.run = run
        self.wave = wave
        self.stream_key = (wave.on_incident or "clock", f"wave-{number}")
        self.units = [run.units[name] for name in wave.units]
        areas = {area.id: area for area in run.plan.staging_areas}
        self.destination: StagingArea = areas[wave.destination]
        self.assembly = areas[wave.assembly] if wave.assembly is not None else None
        self.assembled: list[UnitState] = []
        self.left_behind: list[UnitState] = []
        """Units that never come."""
        self.in_place: list[UnitState] = []
        self.prepared: list[UnitState] = []
        """Units that have turned out."""
        self.marched: list[UnitState] = []
        """Units that left the assembly point as one column, in march order; those that fell out of it too."""
        self.ordered = self.departed = self.late = self.closed = False

    def life(self) -> Process:
        """Wait for the trigger and the decision, then give the order; the rest follows from the units' arrivals."""
        run, wave = self.run, self.wave
        if wave.on_incident is not None:
            yield run.called[wave.on_incident]
        else:
            yield run.env.timeout(wave.at_s or 0.0)
        yield run.env.timeout(run.draw_s(wave.decision, "decision", *self.stream_key))
        run.record(WaveOrdered(run.now, wave.id, wave.ordered_by.en, wave.units))
        self.ordered = True
        if self.assembly is not None and wave.leaves_after_s is not None:
            run.at(run.now + wave.leaves_after_s, self._deadline)
        for unit in self.units:
            self._claim(unit)

    def _claim(self, unit: UnitState) -> None:
        """Alert a unit now if it is free, else as soon as it becomes free."""
        why = self._never_comes(unit)
        if why is not None:
            self._leave_behind(unit, why)
            return
        unit.dispatchable, unit.marches_with = False, self
        if unit.status in FREE:
            self._take(unit)
        else:
            unit.wave = self._take

    def _never_comes(self, unit: UnitState) -> str | None:
        """Return why a unit cannot come, however long one waits."""
        if not unit.spec.crew:
            return "no_crew"
        return "broken_down" if unit.status == "out_of_service" and unit.back_s == math.inf else None

    def _hindrance(self, unit: UnitState) -> str | None:
        """Return what keeps a unit from coming for the time being: it waits for its repair, or for a road to open."""
        if unit.status == "out_of_service":
            return "broken_down"
        return "no_road" if unit.journey is not None and unit.journey.held else None

    def _leave_behind(self, unit: UnitState, why: str) -> None:
        unit.wave = unit.marches_with = None
        self.left_behind.append(unit)
        self.run.record(UnitLeftBehind(self.run.now, unit.spec.id, self.wave.id, why))
        self.go_on()

    def drive_out(self, unit: UnitState) -> None:
        """Let a unit that prepares or has assembled leave a zone at once, and come to the assembly point after it."""
        if unit in self.assembled:
            self.assembled.remove(unit)
        if unit not in self.prepared:
            self.prepared.append(unit)
        unit.obey(self.run.begin(self._move(unit, self.run.now)))

    def lose(self, unit: UnitState) -> None:
        """Go on without a unit that has broken down; it follows alone if it is repaired."""
        if unit in self.assembled:
            self.assembled.remove(unit)
        why = self._never_comes(unit)
        if why is not None:
            self._leave_behind(unit, why)
        else:
            unit.wave = self._take
            self.go_on()

    def _take(self, unit: UnitState) -> None:
        unit.wave = None
        unit.status = "with_wave"
        self.run.record(UnitAlerted(self.run.now, unit.spec.id, self.wave.id))
        ready_at_s = leave_road(self.run, unit)
        if unit.stretch is None and self.run.roads.zones.drives_out(unit.node, unit.protection):
            self.prepared.append(unit)  # it has no time to prepare there
        unit.obey(self.run.begin(self._move(unit, ready_at_s)))

    def _move(self, unit: UnitState, ready_at_s: float) -> Process:
        run = self.run
        if unit not in self.prepared:
            rolls = unit.stretch is not None
            if rolls:
                to, purpose = (self.destination, "march") if self.assembly is None else (self.assembly, "assembly")
                self._mover(unit, to, purpose, rolls=True).set_off()
            yield from self._prepare(unit)
            ready_at_s = leave_road(run, unit) if rolls else ready_at_s
        ready_at_s = max(ready_at_s, run.now)
        if self.assembly is None or unit in self.marched:
            yield self._mover(unit, self.destination, "march").set_off(not_before_s=ready_at_s)
            self._arrive(unit)
            return
        yield self._mover(unit, self.assembly, "assembly").set_off(not_before_s=ready_at_s)
        run.record(UnitAssembled(run.now, unit.spec.id, self.wave.id, unit.node))
        if self.departed:
            yield self._mover(unit, self.destination, "march").set_off()
            self._arrive(unit)
            return
        self.assembled.append(unit)
        self.go_on()

    def _prepare(self, unit: UnitState) -> Process:
        run, slot = self.run, self.units.index(unit)
        preparation_s = run.draw_s(self.wave.preparation, "preparation", *self.stream_key, slot)
        yield from run.wait(0.0 if self.wave.own_initiative else run.order_delay_s(unit.node))
        yield run.env.timeout(preparation_s + turnout_s(run, unit, *self.stream_key, slot))
        self.prepared.append(unit)

    def _deadline(self) -> None:
        self.late = True
        self.go_on()

    def go_on(self) -> None:
        """Let the column leave if nobody is waited for; close the wave if everybody who can come is in place."""
        run = self.run
        if self.assembled and not self.departed:
            absent = [u for u in self.units if u not in self.assembled and u not in self.left_behind]
            hindrances = {unit: self._hindrance(unit) for unit in absent}
            if self.late or all(hindrances.values()):
                self._depart({unit: why for unit, why in hindrances.items() if why})
        if self.in_place and len(self.in_place) == len(self.units) - len(self.left_behind) and not self.closed:
            self.closed = True
            run.record(WaveClosed(run.now, self.wave.id))

    def _depart(self, without: Mapping[UnitState, str]) -> None:
        run = self.run
        if self.assembly is None:
            return
        self.departed = True
        for unit, why in without.items():
            run.record(UnitLeftBehind(run.now, unit.spec.id, self.wave.id, why))
        units = sorted(self.assembled, key=self.units.index)
        self.assembled, self.marched = [], list(units)
        behind_s = self._behind_s(units)
        names = tuple(unit.spec.id for unit in units)
        vehicles = sum(unit.spec.vehicles for unit in units)
        run.record(WaveDeparted(run.now, self.wave.id, self.assembly.node, names, vehicles, behind_s[-1]))
        column = Column(names, behind_s, min(unit.protection for unit in units))
        for unit in units:
            unit.obey(run.begin(self._march(unit, column)))

    def _march(self, unit: UnitState, column: Column) -> Process:
        yield self._mover(unit, self.destination, "march", column).set_off()
        self._arrive(unit)

    def _behind_s(self, column: list[UnitState]) -> list[float]:
        """Return how far the last vehicle of each unit is behind the head of the column. [s]"""
        route = self.run.roads.route(column[0].node, self.destination.node)
        speed_kmh = 3.6 * route.length_m / route.travel_s if route and route.travel_s > 0 else self.SLOW_KMH
        vehicles, behind_s = 0, []
        for unit in column:
            vehicles += unit.spec.vehicles
            behind_s.append(pass_time_s(vehicles, speed_kmh, self.run.plan.march))
        return behind_s

    SLOW_KMH = 25.0
    """Speed of a column that knows no route or need not move: as on gravel (assumption). [km/h]"""

    def _mover(
        self, unit: UnitState, to: StagingArea, purpose: str, column: Column | None = None, *, rolls: bool = False
    ) -> Mover:
        return Mover(
            self.run, unit, to.node, purpose=purpose, target=self.wave.id, rules=self.run.plan.march, column=column,
            rolls=rolls,
        )  # fmt: skip

    def _arrive(self, unit: UnitState) -> None:
        """Put a unit in place; from then on it stands by there and is dispatched like any other."""
        run = self.run
        unit.home, unit.home_node, unit.dispatchable = self.destination.id, self.destination.node, True
        unit.marches_with = None
        note_ascent(run, unit, unit.node)
        run.record(UnitInPlace(run.now, unit.spec.id, self.wave.id, unit.node))
        stand_by(run, unit)
        if run.roads.zones.drives_out(unit.node, unit.protection):  # since the moment it arrived
            go_home(run, unit)
        self.in_place.append(unit)
        self.go_on()


def begin_waves(run: Run) -> None:
    """Start every wave of the plan; chance knows them by their rank in the order of ids."""
    for number, wave in enumerate(sorted(run.plan.waves, key=attrgetter("id"))):
        run.begin(WaveRun(run, wave, number).life())
