"""A flammable leak: kept out of, stopped in time, or lit."""

import pytest

from drillsim.checks import violations
from drillsim.hazards import Intervention
from drillsim.hazards.flammable_gas import FlammableGas
from drillsim.hazards.release.blast_casualties import after, people_around
from drillsim.hazards.release.leak import Leak
from drillsim.hazards.release.toxic_casualties import Settlement
from drillsim.physics.blast.blast import tnt_kg
from drillsim.physics.blast.explosion import Explosion
from drillsim.trace.events import HazardChanged, HazardMeasured, PeopleChanged, UnitArrived
from drillsim.world.network_arrays import network_arrays
from drillsim.world.weather import Weather
from tests.engine.conftest import run
from tests.hazards.test_leaks_and_stores import NETWORK, world
from tests.incidents.test_chemical import WEST, town

LEAK = {"substance": "propane", "stored_kg": 20_000, "hole_mm": 25}


def gas(**more):
    spec = {"leak": LEAK, "isolation_m": 200, **more}
    return {"kind": "chemical", "id": "lpg", "node": "o", "starts_at_s": 0, "needs": {"hazmat": 1}, "gas": spec}


def measured(trace, name):
    return [dict(zip(e.names, e.values, strict=True))[name] for e in trace.of(HazardMeasured)]


def test_a_leak_that_is_stopped_in_time_never_lights():
    trace = run(town(WEST, incident=gas(ignites_after_s="7 h")))

    assert [e.stage for e in trace.of(HazardChanged)] == ["leaking", "over"]
    assert max(measured(trace, "blast_tnt_kg")) == 0.0
    assert all(e.node != "o" for e in trace.of(UnitArrived))
    assert violations(trace) == ()


def test_a_leak_that_lights_explodes_with_what_can_burn_and_goes_on_as_a_jet():
    village = {"id": "v", "node": "o", "people": 500, "outdoors": 0.2}
    trace = run(town(WEST, incident=gas(ignites_after_s="10 min", settlements=[village])))
    tnt, mass = max(measured(trace, "blast_tnt_kg")), max(measured(trace, "flammable_kg"))

    assert [e.stage for e in trace.of(HazardChanged)][:2] == ["leaking", "burning"]
    assert tnt == pytest.approx(float(tnt_kg(mass, 46.0e6)))
    # what leaked as gas before burns as a jet now: 8.36 kg/s of 46 MJ/kg make 0.00326 · (3.85e8)^0.478 = 41.4 m
    jet_m = 0.00326 * (max(measured(trace, "airborne_gas_kg_s")) * 46.0e6) ** 0.478
    assert jet_m == pytest.approx(41.4, abs=0.1)
    assert max(measured(trace, "jet_flame_m")) == pytest.approx(jet_m)
    last = trace.of(PeopleChanged)[-1]
    counts = dict(zip(last.states, last.counts, strict=True))
    assert sum(counts.values()) == 500
    assert counts["dead"] + counts["injured"] > 0


def test_who_is_at_the_leak_when_it_lights_is_caught():
    hazard = FlammableGas(id="x", node="a", leak=Leak(**LEAK), ignites_after_s=600)
    state = hazard.intervene(hazard.begin(0.0, world()), 300.0, Intervention("leak_plugged", "start", "i", "plug", 4))
    state = hazard.advance(state, 600.0)

    assert hazard.stage(state) == "burning"
    assert hazard.measures(state, 600.0)["caught_inside"] == 4
    assert hazard.withdrawal_signal(state)
    assert not hazard.withdrawal_signal(hazard.advance(state, hazard.next_change_s(state)))


def test_a_plug_ends_leak_or_jet():
    hazard = FlammableGas(id="x", node="a", leak=Leak(**LEAK))
    state = hazard.intervene(hazard.begin(0.0, world()), 300.0, Intervention("leak_plugged", "end", "i", "plug", 0))

    assert (hazard.stage(state), hazard.tasks(state, "i")) == ("over", ())
    assert hazard.intervene(state, 400.0, Intervention("leak_plugged", "end", "i", "plug", 0)) is state


def test_the_cloud_lies_along_the_wind_and_the_jet_heats_all_round():
    hazard = FlammableGas(id="x", node="a", leak=Leak(**LEAK), ignites_after_s=600, isolation_m=0)
    east, west = (hazard.begin(0.0, world(wind_ms=2, wind_from_deg=deg)) for deg in (270, 90))
    turned = hazard.weather_changed(west, 60.0, world(wind_ms=2, wind_from_deg=270).weather)

    ground = network_arrays(NETWORK)
    assert hazard.exclusion(east, ground).sections_ahead == hazard.exclusion(turned, ground).sections_ahead != {}
    assert hazard.exclusion(hazard.advance(east, 600.0), ground).places == {"a": 3}


def test_a_blast_kills_fewer_indoors_than_it_injures_and_nobody_far_away():
    houses = (Settlement(id="s", node="a", people=1000, outdoors=0.0, radius_m=0),)
    people = people_around(houses, network_arrays(NETWORK), (36.0, 100.0))
    near, far = (after(people, Explosion(36.0, 100.0, 2000.0), away_m, 0.0) for away_m in (60.0, 3000.0))

    assert 0 < near.dead[0] < near.hurt[0]
    assert (far.dead, far.hurt) == ((0,), (0,))


def test_something_that_does_not_burn_is_refused():
    with pytest.raises(ValueError, match="not flammable"):
        FlammableGas(id="x", node="a", leak={"substance": "chlorine", "stored_kg": 1, "hole_mm": 5})


def test_a_wind_that_freshens_by_night_makes_the_air_less_stable():
    leak = FlammableGas(id="x", node="a", leak=Leak(**LEAK))
    calm = leak.begin(11 * 3600.0, world(wind_ms=1.5))  # 23:00
    fresh = leak.weather_changed(calm, 11.5 * 3600.0, Weather(wind_ms=8))

    assert (calm.segment.stability, fresh.segment.stability) == ("F", "D")
    assert leak.measures(fresh, fresh.t_s)["flammable_to_m"] < leak.measures(calm, calm.t_s)["flammable_to_m"]
