"""Self-supply of units away from home: it lasts for a time; then a logistics unit refills it, or the unit goes back."""

from __future__ import annotations

from typing import Final

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.engine.run import Run, UnitState
from drillsim.engine.unit import go_home, release
from drillsim.forces.teams import SUPPLIER
from drillsim.trace.events import UnitRanDry, UnitResupplied

_IN_ONE_PLACE: Final = frozenset({"on_scene", "standby"})


class SelfSupply:
    """The self-supply of one unit: food, water and fuel for a stated time.

    The time runs from when the unit leaves its station; it is full again once the unit is back there. When it is used
    up, a logistics unit refills it, if one stands or works where the unit is or at its staging area and is not dry
    itself. Otherwise the unit stops work and goes back to its station. A unit that is on the road at that moment checks
    on arrival.
    """

    def __init__(self, run: Run, unit: UnitState, lasts_s: float) -> None:
        self.run = run
        self.unit = unit
        self.lasts_s = lasts_s
        self.until_s: float | None = None
        """When it will be used up; None at the station."""

    def set_out(self) -> None:
        """Start the countdown, unless it is running."""
        if self.until_s is None:
            self._fill()

    def look(self) -> None:
        """Check whether it is used up, where the unit now works or stands."""
        if self.until_s is None or self.unit.status not in _IN_ONE_PLACE:
            return
        if self.unit.status == "standby" and self.unit.home == self.unit.spec.station:
            self._come_home()
        elif self.dry:
            supplier = self._supplier()
            if supplier is None:
                self._go_back()
            else:
                self.run.record(UnitResupplied(self.run.now, self.unit.spec.id, supplier.spec.id))
                self._fill()

    @property
    def dry(self) -> bool:
        """Whether it is used up."""
        return self.until_s is not None and self.run.now >= self.until_s - SAME_MOMENT_S

    def _fill(self) -> None:
        self.until_s = self.run.now + self.lasts_s
        if self.until_s < self.run.scenario.ends_at_s:
            self.run.at(self.until_s, self.look)

    def _supplier(self) -> UnitState | None:
        """Return the logistics unit that refills it: the first by id, never the dry unit itself."""
        places = {self.unit.node, self.unit.home_node}
        for unit in self.run.able.get(SUPPLIER, ()):
            there = unit.status in _IN_ONE_PLACE and unit.node in places
            if there and not (isinstance(unit.supplies, SelfSupply) and unit.supplies.dry):
                return unit
        return None

    def _go_back(self) -> None:
        """Stop work and return; until the unit is at its station it cannot be dispatched."""
        run, unit = self.run, self.unit
        run.record(UnitRanDry(run.now, unit.spec.id, unit.node))
        unit.home, unit.home_node, unit.dispatchable = unit.spec.station, unit.spec.node, False
        if unit.status == "standby":
            go_home(run, unit)
            return
        state = run.incidents[unit.incident]
        unit.status = "returning"  # first, for the same reason as in ``unit.withdraw``
        state.work.leave(unit)
        release(run, unit)
        state.work.reassess()

    def _come_home(self) -> None:
        """Refill at the station; a unit that had run dry can be dispatched again."""
        was_dry, self.until_s = self.dry, None
        if was_dry and not self.unit.dispatchable:
            self.unit.dispatchable = True
            self.run.news()


def begin_self_supply(run: Run) -> None:
    """Create the self-supply of every unit that the plan limits."""
    for unit in run.units.values():
        if unit.spec.self_sufficient_s is not None:
            unit.supplies = SelfSupply(run, unit, unit.spec.self_sufficient_s)
