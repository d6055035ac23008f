"""Response times of a city, taken by name: what they bring, what goes before them, and the law of RAND and ISO."""

import itertools
from pathlib import Path

import pytest

from drillsim import load_scenario
from drillsim.roads import HeavyVehicleSpeed, network_from_tables
from drillsim.scenario.response_times import RESPONSE_TIMES
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import UnitArrived, UnitEnRoute
from drillsim.world.weather import Traffic
from tests.engine.conftest import engine, fire, plan, run, scenario, station

SCENARIOS = Path(__file__).parents[2] / "scenarios"
MILE_KM = 1.609344
PACE_S_KM = 1.7 * 60 / MILE_KM
"""Of the law of RAND and ISO, T = 0.65 + 1.7 D minutes for D miles: 63.4 s for a kilometre, at 56.8 km/h."""


def street(km: float, kmh: float = 50.0) -> list[dict[str, object]]:
    return [{"from": "p0", "to": "p1", "length_km": km, "free_flow_kmh": kmh}]


def ends() -> list[dict[str, object]]:
    """Both ends of a street, 180 m apart as the crow flies."""
    return [{"id": f"p{i}", "lat": 36.0, "lon": 100 + 0.002 * i, "elevation_m": 0.0} for i in range(2)]


def world(km: float = 1.0, *, kmh: float = 50.0, unit: dict[str, object] | None = None, **more: object) -> Scenario:
    a_plan = {"id": "plan", "stations": [station("st", "p0", unit or engine())], **more.pop("plan", {})}
    return scenario([fire("f", "p1")], a_plan, edges=street(km, kmh), nodes=ends(), **more)


def travel_s(there: Scenario) -> float:
    trace = run(there)
    left, arrived = (next(e.t_s for e in trace.events if isinstance(e, kind)) for kind in (UnitEnRoute, UnitArrived))
    return arrived - left


@pytest.mark.parametrize(("km", "seconds"), [(1, 102.4), (5, 355.9), (8 * MILE_KM, 39 + 8 * 102)])
def test_the_law_follows_from_its_speed_and_its_loss(km, seconds):
    """0.65 min are 39 s: 39 + 63.4 = 102.4 s for 1 km, 39 + 5 x 63.4 = 355.9 s for 5 km."""
    law = HeavyVehicleSpeed(factor=1.0, start_stop_s=39.0)
    there = world(km, kmh=3600 / PACE_S_KM, plan={"speeds": law})
    assert travel_s(there) == pytest.approx(seconds, abs=0.1)


def test_short_ways_follow_the_square_root():
    """RAND's other branch, T = 2.1 sqrt(D) minutes below 0.38 miles: a quarter of a mile takes 1.05 minutes."""
    law = HeavyVehicleSpeed(factor=1.0, start_stop_s=39.0)
    there = world(MILE_KM / 4, kmh=3600 / PACE_S_KM, plan={"speeds": law})
    assert travel_s(there) == pytest.approx(63.0, rel=0.01)


def test_the_branches_meet_with_one_slope():
    speeds = HeavyVehicleSpeed(start_stop_s=40)
    below, at, above = (speeds.standing_to_standing_s(s) for s in (39.999, 40, 40.001))
    assert at == 80
    assert at - below == pytest.approx(0.001, rel=1e-3)
    assert above - at == pytest.approx(0.001, rel=1e-3)


def test_urban_crews_drive_a_kilometre_in_72_s_at_noon():
    """50 km/h x 1.68 = 84, at most 70 km/h: 51.4 s; traffic 0.95: 54.1 s; 18 s for starting and stopping."""
    there = world(response_times="urban", startex="2026-03-02 12:00")
    assert travel_s(there) == pytest.approx(51.43 / 0.95 + 18, abs=0.05)


def test_urban_crews_drive_five_kilometres_in_289_s_at_noon():
    """5 x 54.1 = 270.7 s and 18 s."""
    there = world(5.0, response_times="urban", startex="2026-03-02 12:00")
    assert travel_s(there) == pytest.approx(288.7, abs=0.1)


def test_without_response_times_nothing_changes():
    """0.8 x 50 = 40 km/h: 90 s for a kilometre; turnout and alarm handling are those of before."""
    there = world()
    assert travel_s(there) == pytest.approx(90)
    assert there.traffic_by_hour == Traffic()
    assert there.plan().speeds == HeavyVehicleSpeed()
    assert not there.plan().forces
    assert there.plan().alarm_handling.p90_s == 64


def test_turnout_is_of_the_kind_of_force_and_the_hour():
    urban = RESPONSE_TIMES["urban"]
    unit = {"id": "engine", "capabilities": ["fire_attack"], "crew": 4}
    there = world(unit=unit, response_times="urban").plan()
    force = there.force_of(there.units[0])
    assert (force.turnout_day.mean_s, force.turnout_night.mean_s) == (79, 138)
    assert [urban.night.holds(hour) for hour in (22.9, 23, 6.9, 7)] == [False, True, True, False]
    assert "micro_station" not in there.forces  # its own standard holds


def test_what_is_written_goes_before_field_by_field():
    own = {"speeds": {"siren_factor": 1.2}, "alarm_handling": "1 min", "night": {"from_hour": 20, "to_hour": 8}}
    there = world(response_times="urban", traffic={"night_factor": 0.5}, plan=own)
    speeds = there.plan().speeds
    assert (speeds.siren_factor, speeds.start_stop_s, speeds.factor) == (1.2, 18, 1)
    assert there.plan().alarm_handling.mean_s == 60
    assert there.plan().night.from_hour == 20
    assert there.traffic_by_hour == Traffic(night_factor=0.5)


def test_more_traffic_is_never_faster():
    factors = (1.0, 0.97, 0.95, 0.9, 0.865, 0.5, 0.1)
    times = [travel_s(world(3.0, response_times="urban", traffic={"weekday": [f] * 24})) for f in factors]
    assert all(a < b for a, b in itertools.pairwise(times))


def test_a_siren_is_never_slower():
    network = network_from_tables(ends(), street(3.0), id="s", where="roads")
    times = [HeavyVehicleSpeed(siren_factor=s).section_s(network)[0, 0] for s in (0.8, 1, 1.2, 1.43, 1.68, 2)]
    assert all(a >= b for a, b in itertools.pairwise(times))
    assert times[1] == pytest.approx(270)  # 3 km at 40 km/h
    assert times[-1] == pytest.approx(180)  # 3 km at the cap of 60 km/h


@pytest.mark.parametrize("start_stop_s", [0.0, 1.0, 18.0, 300.0])
def test_a_longer_drive_is_never_sooner_there(start_stop_s):
    speeds = HeavyVehicleSpeed(start_stop_s=start_stop_s)
    times = [speeds.standing_to_standing_s(s) for s in (0, 0.5, 1, 10, 18, 60, 299, 300, 301, 3600, float("inf"))]
    assert times == sorted(times)


def test_the_dispatcher_expects_what_is_driven():
    there = world(2.0, response_times="urban", startex="2026-03-02 02:00", unit=engine(turnout=0))
    trace = run(there)
    (expected_s,) = (e.expected_s for e in trace.events if type(e).__name__ == "UnitAssigned")
    assert expected_s == pytest.approx(2 * 51.43 + 18, abs=0.1)
    assert travel_s(there) == pytest.approx(expected_s, abs=0.1)


@pytest.mark.parametrize("name", sorted(RESPONSE_TIMES))
def test_every_row_says_its_source_and_runs(name):
    there = world(2.0, response_times=name, assumptions=["Roads are dry."])
    assert [text.en for text in there.taken_for_granted] == ["Roads are dry.", RESPONSE_TIMES[name].source.en]
    assert travel_s(there) > 0


@pytest.mark.parametrize("name", ["valley-night", "chlorine-park"])
def test_a_shipped_scenario_keeps_its_invariants_with_them(name):
    shipped = load_scenario(SCENARIOS / f"{name}.yaml").model_copy(update={"response_times": "urban"})
    for replication in range(3):
        run(shipped, replication=replication)  # it checks them


def test_an_unknown_name_is_refused():
    with pytest.raises(ValueError, match="urban"):
        world(response_times="urbn")


def test_a_plan_reads_the_same_with_a_base():
    base = plan(station("st", "p0", engine()), speeds={"siren_factor": 1.5})
    more = {"id": "more", "based_on": "plan"}
    there = scenario([fire("f", "p1")], base, more, edges=street(1.0), nodes=ends(), response_times="urban")
    assert there.plan("more").speeds == there.plan("plan").speeds
    assert there.plan("more").speeds.siren_factor == 1.5
