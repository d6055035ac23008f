"""Traffic by the hour: the same way, slower; a unit under way feels it at once."""

from datetime import datetime

import pytest

from drillsim.trace.events import UnitArrived
from drillsim.world.weather import Traffic
from tests.engine.conftest import MIN, engine, fire, plan, run, scenario, station

RUSH = (1.0,) * 12 + (0.5,) + (1.0,) * 11
"""Half as fast from noon to one; the exercise begins at noon."""


def arrival_min(at, node, **traffic):
    world = scenario([fire("inc-1", node, at=at)], plan(station("west", "p0", engine())), traffic=traffic)
    return run(world).of(UnitArrived)[0].t_s / MIN


def test_in_the_rush_hour_a_way_takes_twice_as_long():
    """Alarm and turnout take a minute each; ten minutes of way become twenty."""
    assert arrival_min(0, "p1", weekday=RUSH) == pytest.approx(1 + 1 + 20)
    assert arrival_min("61 min", "p1", weekday=RUSH) == pytest.approx(61 + 1 + 1 + 10)


def test_a_unit_under_way_drives_on_as_usual_from_the_moment_the_rush_ends():
    """It leaves at 2 min, passes places at 22 and 42 min; at 60 the rush ends a kilometre before the third."""
    assert arrival_min(0, "p4", weekday=RUSH) == pytest.approx(61 + 10)


def test_the_weekend_has_its_own_factors():
    traffic = Traffic(weekday=RUSH)

    assert traffic.factor(datetime.fromisoformat("2021-03-29 12:30")) == 0.5
    assert traffic.factor(datetime.fromisoformat("2021-03-28 12:30")) == 1.0
    assert traffic.next_change(datetime.fromisoformat("2021-03-26 13:30")) == datetime.fromisoformat("2021-03-29 12:00")
    assert Traffic().next_change(datetime.fromisoformat("2021-03-26")) is None
