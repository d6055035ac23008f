"""No unit is ever in a zone above its protection, however the wind turns."""

import random

import pytest

from drillsim.checks import violations
from drillsim.engine import simulate
from drillsim.scenario.bundled_scenarios import find_scenario
from drillsim.scenario.files import load_scenario
from drillsim.scenario.scenario import Inject
from drillsim.world.weather import Weather


def any_weather(rng):
    return Weather(temperature_c=10, wind_ms=rng.uniform(0.6, 9), wind_from_deg=rng.uniform(0, 359))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["chlorine-park", "ammonia-cold-store", "valley-night"])
def test_nobody_is_caught_however_the_wind_turns(name):
    base, rng = load_scenario(find_scenario(name)), random.Random(5)
    for k in range(6):
        turns = tuple(
            Inject(id=f"w{i}", at_s=600 + 1200 * i, text="The wind turns.", weather=any_weather(rng)) for i in range(8)
        )
        world = base.model_copy(update={"injects": turns, "weather": any_weather(rng)})
        for spec in world.plans[:2]:
            assert violations(simulate(world, world.plan(spec.id), seed=k)) == ()
