"""A temple without hydrants, and a battery store that explodes without warning."""

import pytest

from drillsim.incidents.temple_fire import TempleFire
from drillsim.metrics import METRIC_FUNCTIONS
from drillsim.trace.events import HazardChanged, TaskAdded, TaskStarted, TaskWaiting
from tests.engine.conftest import plan, run, scenario, station


def temple(**more):
    return {
        "kind": "temple_fire", "id": "temple", "node": "p1", "starts_at_s": 0, "floor_m2": 200, "height_m": 10,
        "people": 4, "source_m": 1609.344, **more,
    }  # fmt: skip


def tankers(n, post=0):
    units = [
        {"id": "engine", "capabilities": ["fire_attack", "rescue"], "crew": 60, "turnout": 0},
        {"id": "tanker", "capabilities": ["water_supply"], "crew": 3, "turnout": 0, "count": n},
    ]
    there = (
        [station("post", "p1", {"id": "post", "capabilities": ["water_supply"], "crew": post, "turnout": 0})]
        if post
        else []
    )
    return plan(station("west", "p0", *units), *there)


def test_the_water_is_that_of_nfpa_1142_by_hand():
    kind = TempleFire.model_validate(temple())
    gallons = 200 * 10 / 0.028316846592 / 4 * 1.5 * 1.5

    assert kind.water_m3 == pytest.approx(gallons * 3.785411784e-3)
    assert kind.cycle_min(0.0) == pytest.approx(2 * 2.35 + 8000 / 1600 + 2)


def test_a_plateau_fills_tankers_more_slowly():
    kind = TempleFire.model_validate(temple())

    assert kind.cycle_min(4000.0) - kind.cycle_min(0.0) == pytest.approx(5 / 0.608 - 5, rel=3e-3)


def test_more_tankers_put_it_out_sooner():
    def out_s(n):
        return run(scenario([temple(tankers=n)], tankers(n))).of(HazardChanged)[-1]

    many, few = out_s(6), out_s(1)

    assert many.stage == few.stage == "out"
    assert few.t_s > many.t_s + 1800


def test_a_fire_whose_water_gives_out_goes_on():
    stages = [e.stage for e in run(scenario([temple(tankers=1)], tankers(1))).of(HazardChanged)]

    assert stages.count("attacked") > 1


def test_the_attack_waits_for_water():
    trace = run(scenario([temple(tankers=3)], tankers(3)))

    assert any(e.task == "attack" and e.lacking == "water_l" for e in trace.of(TaskWaiting))
    assert {f"shuttle-{n}" for n in (1, 2, 3)} <= {e.task for e in trace.of(TaskAdded)}


def test_nobody_fills_a_tanker_before_the_ice_is_open():
    frozen = temple(tankers=3, open_source="3 h")
    begun = {e.task: e.t_s for e in run(scenario([frozen], tankers(3))).of(TaskStarted)}
    sooner = {e.task: e.t_s for e in run(scenario([frozen], tankers(3, post=18))).of(TaskStarted)}

    assert begun["open-source"] < begun["shuttle-1"]
    assert sooner["shuttle-1"] < begun["shuttle-1"]


def store(**more):
    explodes = {"mean_s": 7200}
    return {
        "kind": "energy_storage",
        "id": "ess",
        "node": "p1",
        "starts_at_s": 0,
        "explosion": explodes,
        "needs": {"fire_attack": 1, "hazmat": 1},
        "safe_line_m": 50_000,
        **more,
    }


def crews(*, gas_team=True, engine=True):
    units = []
    if engine:
        units.append({"id": "engine", "capabilities": ["fire_attack", "water_supply"], "crew": 12, "turnout": 0})
    if gas_team:
        units.append({"id": "gas", "capabilities": ["hazmat"], "crew": 2, "turnout": 0})
    return plan(station("west", "p0", *units))


def caught(trace):
    return METRIC_FUNCTIONS["hazard_peak"](trace)["ess-store/caught_inside"]


def test_who_works_inside_unmeasured_gas_is_caught():
    assert caught(run(scenario([store(inside_work="40 h")], crews(gas_team=False)))) == 4


def test_measuring_the_gas_gives_the_signal_to_withdraw():
    assert caught(run(scenario([store(inside_work="40 h")], crews()))) == 0


def test_fire_goes_from_container_to_container_until_it_is_cooled():
    nobody = run(scenario([store(containers=3)], crews(gas_team=False, engine=False)))
    cooled = run(scenario([store(containers=3)], crews()))
    peak = METRIC_FUNCTIONS["hazard_peak"]

    assert peak(nobody)["ess-store/containers_lost"] == 3
    assert peak(cooled)["ess-store/containers_lost"] == 1
    assert [e.stage for e in nobody.of(HazardChanged)] == ["off_gas", "burning", "out"]


def test_cooling_ends_it_when_the_water_is_on_it():
    stages = [(e.stage, e.t_s) for e in run(scenario([store(containers=1)], crews())).of(HazardChanged)]

    assert [s for s, _ in stages] == ["off_gas", "cooling", "out"]
    assert stages[2][1] - stages[1][1] == pytest.approx(40_000 / 20)
