"""The engine against queueing theory, through the public names only.

One place, calls at random, exponential work, no driving: with waiting calls that is the M/M/c queue, and with calls
that lapse at once Erlang's loss system. 30 long runs at each load; the exact value must lie in their 99 % interval.
"""

import math

import numpy as np
import pytest
from scipy import stats

from drillsim.engine import simulate
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import CallHandled, IncidentLapsed, UnitAssigned

MEAN_S = 600.0
RUNS = 30
WARM_UP_S = 50 * 3600.0
LOADS = [(2, 0.5, 200), (3, 0.7, 200), (2, 0.9, 600)]

pytestmark = [pytest.mark.slow, pytest.mark.no_cover]  # hundreds of thousands of calls: coverage would take minutes


def queue(units: int, load: float, hours: int, **call) -> Scenario:
    """Return a scenario whose *units* are busy for *load* of the time."""
    work = {"mean_s": MEAN_S, "shape": "exponential"}
    serve = {"id": "serve", "capabilities": ["serve"], "work": work}
    place = [{"id": "here", "lat": 36, "lon": 100}, {"id": "there", "lat": 36, "lon": 100.1}]
    return Scenario(
        drillsim=1,
        id="queue",
        title="Queue",
        startex="2021-01-01 00:00",
        ends_at_s=f"{hours} h",
        roads={"nodes": place, "edges": [{"from": "here", "to": "there", "length_km": 20, "free_flow_kmh": 60}]},
        incidents=[
            {
                "kind": "demand",
                "id": "call",
                "calls_per_hour": load * units * 3600 / MEAN_S,
                "until_s": f"{hours} h",
                "places": {"here": 1},
                "calls": [{"type": "call", "tasks": [serve], **call}],
            }
        ],
        plans=[
            {
                "id": "plan",
                "alarm_handling": 0,
                "stations": [
                    {
                        "id": "station",
                        "node": "here",
                        "units": [{"id": "unit", "count": units, "capabilities": ["serve"], "crew": 1, "turnout": 0}],
                    }
                ],
            }
        ],
    )


def interval(means: list[float]) -> tuple[float, float]:
    """Return the 99 % Student interval of the mean of independent runs."""
    low, high = stats.t.interval(0.99, len(means) - 1, np.mean(means), stats.sem(means))
    return float(low), float(high)


def mean_wait_s(world: Scenario, replication: int) -> float:
    """Return the mean time from a handled call to the assignment, after warm-up; still waiting is left out."""
    trace = simulate(world, world.plan(), seed=1, replication=replication)
    called = {e.incident: e.t_s for e in trace.of(CallHandled) if e.t_s > WARM_UP_S}
    return float(np.mean([e.t_s - called[e.incident] for e in trace.of(UnitAssigned) if e.incident in called]))


def lapsed_share(world: Scenario, replication: int) -> float:
    """Return the share of calls for which no unit was free."""
    trace = simulate(world, world.plan(), seed=1, replication=replication)
    return len(trace.of(IncidentLapsed)) / len(trace.of(CallHandled))


@pytest.mark.parametrize(("units", "load", "hours"), LOADS)
def test_the_mean_wait_is_that_of_the_m_m_c_queue(units, load, hours):
    a = load * units
    terms = [a**k / math.factorial(k) for k in range(units)]
    waiting = a**units / math.factorial(units) / (1 - load)
    erlang_c = waiting / (sum(terms) + waiting)
    exact_s = erlang_c * MEAN_S / (units * (1 - load))
    world = queue(units, load, hours)

    low, high = interval([mean_wait_s(world, r) for r in range(RUNS)])

    assert low <= exact_s <= high
    assert high - low < 0.4 * exact_s, "the interval must be narrow enough to mean something"


@pytest.mark.parametrize(("units", "load", "hours"), LOADS)
def test_the_share_of_lost_calls_is_that_of_erlangs_loss_system(units, load, hours):
    a = load * units
    terms = [a**k / math.factorial(k) for k in range(units + 1)]
    exact = terms[-1] / sum(terms)
    world = queue(units, load, hours, lapses_after_s=0)

    low, high = interval([lapsed_share(world, r) for r in range(RUNS)])

    assert low <= exact <= high
    assert high - low < 0.1 * exact
