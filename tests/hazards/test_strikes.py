"""Explosions: what a vessel that bursts does to people, to tanks and to who works beside them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.integrate import quad

from drillsim.base.geodesy import moved
from drillsim.hazards import Intervention
from drillsim.hazards.flammable_gas import FlammableGas
from drillsim.hazards.release.blast_casualties import after, people_around
from drillsim.hazards.release.leak import Leak
from drillsim.hazards.release.tank_explosions import hit_by
from drillsim.hazards.release.tanks import Tank, TankState
from drillsim.hazards.release.toxic_casualties import Settlement
from drillsim.hazards.tank_farm import TankFarm
from drillsim.physics.blast.explosion import Explosion, burst_tnt_kg, expansion_j
from drillsim.physics.fire.domino import OVERPRESSURE_KPA
from drillsim.physics.gas.substances import SUBSTANCES
from drillsim.world.network_arrays import network_arrays
from tests.hazards.test_leaks_and_stores import NETWORK, world

BLEVE = Explosion(36.0, 100.0, 1200.0, 100_000.0, 46.0e6)
"""100 t of propane."""


def village(people=1000, outdoors=0.5):
    return (Settlement(id="v", node="a", people=people, outdoors=outdoors, radius_m=0),)


def vessel(**more):
    given = {"id": "v", "east_m": 0, "north_m": 0, "diameter_m": 8, "height_m": 8, "content_m3": 172,
             "substance": "propane", "vessel": "pressurised", **more}  # fmt: skip
    return Tank(**given)


def tank(name, east_m, **more):
    return Tank(id=name, east_m=east_m, north_m=0, diameter_m=20, substance="gasoline", content_m3=2000, **more)


def one(spec, explosion, away_m, state=None, luck=1.0, blast_luck=0.5):
    now = state or TankState("sound", spec.content_m3)
    (after_it,), caught = hit_by(
        (spec,), (now,), explosion, np.array([away_m]), np.array([luck]), np.array([blast_luck])
    )
    return after_it, caught


# --- the explosion ------------------------------------------------------------------------------------------------


def test_the_work_of_an_expanding_gas_is_the_integral_of_pressure_over_volume():
    gamma, inside, outside = 1.13, 1.8e6, 1.0e5
    until = (inside / outside) ** (1 / gamma)
    work, _ = quad(lambda v: inside * v**-gamma, 1.0, until)

    assert float(expansion_j(1.0, inside, gamma, outside)) == pytest.approx(work, rel=1e-6)


def test_twice_the_mass_is_twice_the_tnt_and_thin_air_makes_it_more():
    propane = SUBSTANCES["propane"]

    assert burst_tnt_kg(2000.0, propane) == pytest.approx(2 * burst_tnt_kg(1000.0, propane))
    assert burst_tnt_kg(1000.0, propane, 6.0e4) > burst_tnt_kg(1000.0, propane)


def test_a_bare_blast_has_no_heat():
    blast = Explosion(36.0, 100.0, 1000.0)

    assert (blast.lasts_s, blast.radius_m) == (0.0, 0.0)
    assert blast.kw_m2([10.0, 100.0]).tolist() == [0.0, 0.0]
    assert blast.lethal([5.0, 500.0]).tolist() == [True, False]


# --- people -------------------------------------------------------------------------------------------------------


def harmed(away_m, explosion=BLEVE, **more):
    people = people_around(village(**more), network_arrays(NETWORK), (36.0, 100.0))
    return after(people, explosion, away_m, 0.0)


def test_a_fireball_of_100_t_burns_people_in_the_open_and_walls_keep_it_out():
    # 500 m away: 24.9 kW/m2 for 17.7 s, a dose of 17.7 x 72.7 = 1288; Pr = -14.9 + 2.56 ln 1288 = 3.43: 5.8 % die,
    # and everybody else is burnt, for 402 is enough for that; 1.2 t of TNT make 2 kPa, which breaks windows
    outside, inside = harmed(500.0, outdoors=1.0), harmed(500.0, outdoors=0.0)

    assert outside.dead[0] == 58
    assert outside.hurt[0] == 1000 - outside.dead[0]
    assert (inside.dead, inside.hurt) == ((0,), (0,))


@given(st.floats(1.0, 5000.0), st.floats(1.0, 5000.0), st.floats(0.0, 1.0), st.integers(0, 5000))
def test_people_are_conserved_and_nobody_is_better_off_nearer(one_m, other_m, outdoors, people):
    near, far = (harmed(m, people=people, outdoors=outdoors) for m in sorted((one_m, other_m)))

    assert sum(near.headcount().values()) == sum(far.headcount().values()) == people
    assert near.dead[0] >= far.dead[0]
    assert near.headcount()["present"] <= far.headcount()["present"]


def test_a_second_explosion_kills_no_one_twice():
    once = harmed(100.0, outdoors=1.0)
    twice = after(once, BLEVE, 100.0, 0.0)

    assert once.dead[0] <= twice.dead[0] <= 1000
    assert sum(twice.headcount().values()) == 1000


# --- tanks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("sort", "vessel_of"), [("atmospheric", "atmospheric"), ("elongated", "atmospheric"),
                                                  ("small", "atmospheric"), ("pressurised", "pressurised")])  # fmt: skip
def test_below_the_threshold_of_its_sort_no_blast_breaks_a_tank_and_a_strong_one_does(sort, vessel_of):
    blast_class = "vessel" if sort == vessel_of else sort
    spec = tank("t", 0, vessel=vessel_of, blast_class=blast_class)
    blast = Explosion(36.0, 100.0, 1000.0)
    metres = np.arange(1.0, 500.0)
    below = float(metres[blast.kpa(metres) < OVERPRESSURE_KPA[sort]][0])

    assert one(spec, blast, below, blast_luck=0.0)[0].status == "sound"
    assert one(spec, blast, 5.0, blast_luck=0.5)[0].status == ("burst" if vessel_of == "pressurised" else "burning")


def test_a_fireball_over_an_atmospheric_tank_breaks_it_at_once_and_water_saves_it_farther_out():
    assert one(tank("t", 0), BLEVE, 0.0)[0].status == "burning"
    dry, _ = one(tank("t", 0), BLEVE, 300.0)
    wet, _ = one(tank("t", 0, fixed_cooling_l_min_m2=10.0), BLEVE, 300.0)

    assert dry.status == wet.status == "sound"
    assert dry.damage > wet.damage == 0.0


def test_damage_of_before_counts():
    worn = TankState("sound", 2000.0, damage=0.99)

    assert one(tank("t", 0), BLEVE, 300.0, state=worn)[0].status == "burning"


# --- the farm -----------------------------------------------------------------------------------------------------


def farm(*tanks, **more):
    return TankFarm(id="f", node="a", tanks=tanks, **more)


def played(hazard, state=None, until_s=86_400.0):
    state = state or hazard.begin(0.0, world())
    while hazard.next_change_s(state) < until_s and not state.explosions:
        state = hazard.advance(state, hazard.next_change_s(state))
    return state


def test_the_signal_comes_ten_minutes_before_a_vessel_bursts_and_everybody_gets_out_of_where_it_kills():
    hazard = farm(tank("t", -14), vessel(), burning=("t",))
    state = hazard.begin(0.0, world())
    assert not hazard.withdrawal_signal(state)
    assert hazard.exclusion(state, network_arrays(NETWORK)).places_ahead.get("a", 0) > 0
    signal_s = hazard.next_change_s(state)
    state = hazard.advance(state, signal_s)

    assert hazard.withdrawal_signal(state)
    assert hazard.exclusion(state, network_arrays(NETWORK)).places_ahead["a"] == 3
    assert hazard.next_change_s(state) == pytest.approx(signal_s + 600.0)


def test_a_vessel_that_bursts_makes_a_fireball_of_all_its_content_and_harms_people_around():
    state = played(farm(tank("t", -14), vessel(), burning=("t",), settlements=village()))
    hazard = farm(tank("t", -14), vessel(), burning=("t",), settlements=village())

    assert [s.fireball_kg for s in state.explosions] == [pytest.approx(172 * 582)]
    assert hazard.measures(state, 0.0)["tank_v"] == 6.0
    counts = hazard.people(state)
    assert sum(counts.values()) == 1000
    assert counts["dead"] == 550  # 500 in the open under the ball, a tenth of 500 in houses that collapse


def test_one_vessel_that_bursts_bursts_the_next_and_both_strike():
    hazard = farm(tank("t", -14), vessel(), vessel(id="w", east_m=20), burning=("t",), blast_luck=(0.5, 0.0, 0.0))
    state = played(hazard)

    assert len(state.explosions) == 2
    assert [t.status for t in state.tanks] == ["burning", "burst", "burst"]


def test_who_works_beside_a_vessel_when_it_bursts_is_recorded_and_who_withdrew_is_not():
    hazard = farm(tank("t", -14), vessel(), tank("far", 2000), burning=("t", "far"))
    begun = hazard.begin(0.0, world())
    at_work = hazard.intervene(begun, 1.0, Intervention("foam_on", "start", "i", "foam-t", 6))
    elsewhere = hazard.intervene(at_work, 1.0, Intervention("water_on", "start", "i", "cool-far", 9))
    back = hazard.intervene(elsewhere, 2.0, Intervention("foam_on", "crew", "i", "foam-t", 0))
    stayed, withdrew = (played(hazard, state) for state in (elsewhere, back))

    assert hazard.measures(stayed, 0.0)["responders_caught"] == 6
    assert any("6 people at work" in note.text() for note in hazard.advisories(stayed))
    assert hazard.measures(withdrew, 0.0)["responders_caught"] == 0


def test_cooling_beside_a_vessel_is_dangerous_work_and_stops_at_the_signal():
    beside, alone = farm(tank("t", -14), vessel(), burning=("t",)), farm(tank("t", -18), burning=("t",))
    danger = [
        {t.id: t.danger for t in hazard.tasks(hazard.begin(0.0, world()), "i")}["cool-t"] for hazard in (beside, alone)
    ]

    assert danger == [True, False]


# --- from one hazard to another ------------------------------------------------------------------------------------


def test_a_cloud_that_explodes_breaks_tanks_and_people_beside_it():
    gas = FlammableGas(
        id="x", node="a", leak=Leak(substance="propane", stored_kg=50_000, hole_mm=80), ignites_after_s=300
    )
    lit = gas.begin(0.0, world())
    while gas.stage(lit) == "leaking":
        lit = gas.advance(lit, gas.next_change_s(lit))
    (explosion,) = gas.explosions(lit)
    hazard = farm(tank("near", 20), tank("far", 3000), settlements=village())
    state = hazard.hit_by(hazard.begin(0.0, world()), 300.0, explosion)

    assert explosion.tnt_kg == lit.tnt_kg > 0
    assert [t.status for t in state.tanks] == ["burning", "sound"]
    assert hazard.people(state)["dead"] > 0


def test_a_fireball_lights_the_gas_it_comes_over_and_none_beyond():
    gas = FlammableGas(id="x", node="a", leak=Leak(substance="propane", stored_kg=50_000, hole_mm=50))
    state = gas.advance(gas.begin(0.0, world()), 300.0)
    far = replace(BLEVE, lat_deg=moved((36.0, 100.0), 0.0, 400.0)[0])

    assert gas.stage(gas.hit_by(state, 300.0, far)) == "leaking"
    assert gas.stage(gas.hit_by(state, 300.0, BLEVE)) == "burning"
