"""Injects of one moment are delivered by id, whatever their order in the file."""

import itertools

from drillsim.trace.events import InjectDelivered
from tests.engine.conftest import engine, fire, plan, run, scenario, station


def test_the_order_of_injects_in_the_file_does_not_decide():
    def road(name, factor):
        what = {"between": ["p0", "p1"], "speed_factor": factor}
        return {"id": name, "at_s": "30 min", "text": "x", "road": what}

    injects = [road("a-shut", 0), road("b-open", 1), {"id": "c-word", "at_s": "30 min", "text": "x"}]
    worlds = [
        scenario([fire("inc-1", "p2", at="1 h")], plan(station("west", "p0", engine())), injects=list(order))
        for order in itertools.permutations(injects)
    ]
    traces = [run(world) for world in worlds]

    assert [e.inject for e in traces[0].of(InjectDelivered)] == ["a-shut", "b-open", "c-word"]
    assert len({trace.events for trace in traces}) == 1
