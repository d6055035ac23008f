"""The policy is asked about open needs whenever there is news, whatever brought it."""

import pytest

from drillsim.trace.events import UnitAssigned
from tests.engine.conftest import MIN, engine, fire, gas, plan, run, scenario, station
from tests.engine.test_response_chain import when
from tests.engine.test_roads_under_way import closure, opening

HOUR = 3600.0
CUT = closure("p0", "p1", 0)


def assigned(*, injects=(), incidents=None, plans=None, **more):
    only = plan(station("west", "p0", engine()))
    world = scenario(incidents or [fire("far", "p2")], plans or only, injects=list(injects), **more)
    return when(run(world), UnitAssigned)


def test_a_need_is_news():
    assert assigned() == [MIN]


def test_a_unit_that_becomes_free_is_news():
    two = [fire("first", "p0"), fire("second", "p0")]

    assert assigned(incidents=two) == [MIN, 12 * MIN]  # a minute to turn out, ten minutes' work at its own door


def test_a_unit_that_is_repaired_is_news():
    broken = {"id": "broken", "at_s": 0, "text": "Engine trouble",
              "unit": {"node": "p0", "capability": "fire_attack", "for_s": "1 h"}}  # fmt: skip

    assert assigned(injects=[broken]) == [HOUR]


def test_a_road_that_is_known_to_be_open_again_is_news():
    assert assigned(injects=[CUT, opening("p0", "p1", "1 h")]) == [HOUR]


def test_a_road_whose_opening_is_reported_late_is_news_then():
    late = opening("p1", "p2", "1 h")
    late["road"]["reported_after_s"] = "30 min"

    assert assigned(injects=[closure("p1", "p2", 0), late]) == [1.5 * HOUR]


def test_a_road_that_opens_in_front_of_a_crew_is_news_at_once():
    late = opening("p0", "p1", "1 h")
    late["road"]["reported_after_s"] = "30 min"

    assert assigned(injects=[CUT, late]) == [HOUR]


@pytest.mark.usefixtures("hazards_of_tests")
@pytest.mark.parametrize("barrier", [{"closes": True, "grade": 0}, {"closes": False, "grade": 3}])
def test_a_hazard_that_no_longer_closes_the_road_or_keeps_units_from_it_is_news(barrier):
    assert assigned(hazards=[gas("p1", 0, until_s=HOUR, **barrier)]) == [HOUR]
