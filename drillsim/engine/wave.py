"""A mobilisation wave: order, assembly, march as one column, in place."""

from __future__ import annotations

from operator import attrgetter

from drillsim.engine.altitude import note_ascent
from drillsim.engine.process import Process
from drillsim.engine.run import Run, UnitState
from drillsim.engine.travel import Mover
from drillsim.engine.unit import leave_road, stand_by, turnout_s
from drillsim.roads import pass_time_s
from drillsim.scenario.plan import StagingArea, Wave
from drillsim.trace.events import UnitAlerted, UnitAssembled, UnitInPlace, WaveClosed, WaveDeparted, WaveOrdered


class WaveRun:
    """One mobilisation wave and its progress.

    Life: trigger, decision, order. Each unit is claimed when it is free, prepares, turns out and drives to the assembly
    point; when all have assembled, or the deadline has passed, they march as one column; latecomers follow alone. The
    wave is closed when the last unit is in place.

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
        self.in_place = 0
        self.departed = False
        self.late = False

    def life(self) -> Process:
        """Wait for the trigger and the decision, then give the order; the rest follows from the units' arrivals."""
        run, wave = self.run, self.wave
        if wave.on_incident is not None:
            yield run.called[wave.on_incident]
        else:
            yield run.env.timeout(wave.at_s or 0.0)
        yield run.env.timeout(run.draw_s(wave.decision, "decision", *self.stream_key))
        run.record(WaveOrdered(run.now, wave.id, wave.ordered_by.en, wave.units))
        if self.assembly is not None and wave.leaves_after_s is not None:
            run.at(run.now + wave.leaves_after_s, self._deadline)
        for unit in self.units:
            self._claim(unit)

    def _claim(self, unit: UnitState) -> None:
        """Alert a unit now if it is free, else as soon as it becomes free."""
        unit.dispatchable = False
        if unit.status in {"standby", "returning"} and unit.spec.crew > 0:
            self._take(unit)
        else:
            unit.wave = self._take

    def _take(self, unit: UnitState) -> None:
        unit.wave = None
        unit.status = "with_wave"
        self.run.record(UnitAlerted(self.run.now, unit.spec.id, self.wave.id))
        unit.obey(self.run.begin(self._move(unit, leave_road(self.run, unit))))

    def _move(self, unit: UnitState, ready_at_s: float) -> Process:
        run, slot = self.run, self.units.index(unit)
        preparation_s = run.draw_s(self.wave.preparation, "preparation", *self.stream_key, slot)
        yield from run.wait(0.0 if self.wave.own_initiative else run.order_delay_s(unit.node))
        yield run.env.timeout(preparation_s + turnout_s(run, unit, *self.stream_key, slot))
        ready_at_s = max(ready_at_s, run.now)
        if self.assembly is None:
            yield self._mover([unit], self.destination, "march").set_off(not_before_s=ready_at_s)
            self._arrive(unit)
            return
        yield self._mover([unit], self.assembly, "assembly").set_off(not_before_s=ready_at_s)
        run.record(UnitAssembled(run.now, unit.spec.id, self.wave.id, unit.node))
        if self.departed:
            yield self._mover([unit], self.destination, "march").set_off()
            self._arrive(unit)
            return
        self.assembled.append(unit)
        if self.late or len(self.assembled) == len(self.units):
            run.begin(self._march())

    def _deadline(self) -> None:
        self.late = True
        if self.assembled and not self.departed:
            self.run.begin(self._march())

    def _march(self) -> Process:
        run = self.run
        if self.departed or self.assembly is None:
            return
        self.departed = True
        column = sorted(self.assembled, key=self.units.index)
        behind_s = self._behind_s(column)
        names = tuple(unit.spec.id for unit in column)
        vehicles = sum(unit.spec.vehicles for unit in column)
        run.record(WaveDeparted(run.now, self.wave.id, self.assembly.node, names, vehicles, behind_s[-1]))
        yield self._mover(column, self.destination, "march", behind_s).set_off()
        arrived_s = run.now
        for unit, behind in zip(column, behind_s, strict=True):
            yield run.env.timeout(max(0.0, arrived_s + behind - run.now))
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
        self, units: list[UnitState], to: StagingArea, purpose: str, behind_s: list[float] | None = None
    ) -> Mover:
        return Mover(
            self.run, units, to.node, purpose=purpose, target=self.wave.id, behind_s=behind_s or [0.0],
            rules=self.run.plan.march,
        )  # fmt: skip

    def _arrive(self, unit: UnitState) -> None:
        """Put a unit in place; from then on it stands by there and is dispatched like any other."""
        run = self.run
        unit.home, unit.home_node, unit.dispatchable = self.destination.id, self.destination.node, True
        note_ascent(run, unit, unit.node)
        run.record(UnitInPlace(run.now, unit.spec.id, self.wave.id, unit.node))
        stand_by(run, unit)
        self.in_place += 1
        if self.in_place == len(self.units):
            run.record(WaveClosed(run.now, self.wave.id))


def begin_waves(run: Run) -> None:
    """Start every wave of the plan; chance knows them by their rank in the order of ids."""
    for number, wave in enumerate(sorted(run.plan.waves, key=attrgetter("id"))):
        run.begin(WaveRun(run, wave, number).life())
