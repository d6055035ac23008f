"""Nothing of a run outlives it."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from drillsim.engine import simulate
from drillsim.engine.road_knowledge import RoadKnowledge
from tests.engine.conftest import engine, fire, plan, scenario, station


def test_nothing_of_a_run_waits_for_the_collector(monkeypatch):
    made: list[weakref.ref[object]] = []
    begin = RoadKnowledge.__init__

    def note(book: RoadKnowledge, *arguments: Any) -> None:
        begin(book, *arguments)
        made.append(weakref.ref(book))

    monkeypatch.setattr(RoadKnowledge, "__init__", note)
    world = scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine(), engine("b"))))
    simulate(world, world.plan(), seed=1)  # what is made once for all runs
    gc.collect()
    gc.disable()
    try:
        simulate(world, world.plan(), seed=1)
        assert [book() for book in made] == [None, None]
    finally:
        gc.enable()
