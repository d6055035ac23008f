"""A run leaves nothing behind that only the garbage collector could free: it is off while replications go."""

import gc

from drillsim.engine import simulate
from tests.engine.conftest import engine, fire, plan, scenario, station


def test_a_run_that_ends_in_mid_journey_breaks_its_reference_cycles():
    own = engine(self_sufficient_s="72 h")
    world = scenario(
        [fire("far", "p7"), fire("near", "p1")],
        plan(station("west", "p0", own, engine("b")), station("e", "p3")),
        ends_at_s="20 min",
    )
    simulate(world, world.plan(), seed=1)  # what is made once, on first use, is made now
    gc.collect()
    gc.disable()
    try:
        simulate(world, world.plan(), seed=2)
        assert gc.collect() == 0
    finally:
        gc.enable()
