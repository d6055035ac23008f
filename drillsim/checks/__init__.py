"""What must hold in every trace, whatever was simulated or recorded. Checked in every test and behind ``--check``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from drillsim.base.errors import InvariantError
from drillsim.checks.order import everybody_is_introduced, time_never_falls
from drillsim.checks.orders import (
    a_need_is_met_once,
    a_unit_does_one_thing_at_a_time,
    a_unit_goes_where_it_was_sent,
    a_wave_closes_when_all_are_in_place,
)
from drillsim.checks.places import a_unit_is_in_one_place, journeys_are_whole, nobody_vanishes
from drillsim.checks.scenes import (
    people_touched_by_a_hazard_are_conserved,
    supplies_are_never_less_than_nothing,
    work_and_people_are_conserved,
)
from drillsim.checks.zones import a_trapped_unit_stays_until_it_is_freed, nobody_is_where_protection_does_not_reach
from drillsim.trace.trace import Trace

__all__ = ["INVARIANTS", "check_invariants", "violations"]

MOST_SHOWN: Final = 20

INVARIANTS: Final[tuple[Callable[[Trace], Iterator[str]], ...]] = (
    time_never_falls,
    everybody_is_introduced,
    journeys_are_whole,
    a_unit_is_in_one_place,
    nobody_vanishes,
    a_unit_does_one_thing_at_a_time,
    a_unit_goes_where_it_was_sent,
    a_need_is_met_once,
    a_wave_closes_when_all_are_in_place,
    work_and_people_are_conserved,
    people_touched_by_a_hazard_are_conserved,
    supplies_are_never_less_than_nothing,
    nobody_is_where_protection_does_not_reach,
    a_trapped_unit_stays_until_it_is_freed,
)
"""All invariants; each yields what contradicts it."""


def check_invariants(trace: Trace) -> None:
    """Raise if *trace* contradicts itself.

    Raises
    ------
    InvariantError
        With every contradiction found, at most twenty.
    """
    found = violations(trace)
    if found:
        more = f"\n… and {len(found) - MOST_SHOWN} more" if len(found) > MOST_SHOWN else ""
        raise InvariantError("the trace contradicts itself:\n" + "\n".join(found[:MOST_SHOWN]) + more)


def violations(trace: Trace) -> tuple[str, ...]:
    """Return every contradiction in *trace*, in words; events are counted from 0."""
    return tuple(problem for invariant in INVARIANTS for problem in invariant(trace))
