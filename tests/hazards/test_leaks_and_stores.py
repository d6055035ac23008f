"""What a leak gives off in each case, and what a battery store does when cooling comes and goes."""

import math
from datetime import datetime

import numpy as np
import pytest

from drillsim.hazards import Intervention
from drillsim.hazards.battery_station import BatteryStation
from drillsim.hazards.release.leak import Leak, outflow
from drillsim.hazards.release.leak_tasks import LeakResponse
from drillsim.hazards.release.surroundings import surroundings
from drillsim.hazards.release.tanks import Tank
from drillsim.hazards.release.toxic_casualties import (
    Settlement,
    harm,
    headcount,
    leave_at_s,
    no_doses,
    spread_m,
    take_up,
)
from drillsim.hazards.tank_farm import TankFarm
from drillsim.hazards.toxic_cloud import ToxicCloud
from drillsim.physics.gas.release import gas_kg_s, liquid_kg_s
from drillsim.physics.gas.substances import SUBSTANCES
from drillsim.roads import network_from_tables
from drillsim.world.network_arrays import network_arrays
from drillsim.world.random_streams import RandomStreams
from drillsim.world.weather import Weather
from drillsim.world.world import World
from tests.golden_ground import ground

NETWORK = network_from_tables(
    [
        {"id": "a", "lat": 36, "lon": 100, "elevation_m": 2000},
        {"id": "b", "lat": 36, "lon": 100.1, "elevation_m": 2000},
    ],
    [{"from": "a", "to": "b", "length_km": 10, "free_flow_kmh": 60}],
    id="pair",
)


def world(**weather):
    return World(network_arrays(NETWORK), RandomStreams(1), datetime(2026, 5, 1, 12), 86_400.0, Weather(**weather))  # noqa: DTZ001  # local


def out(*, air_c=20.0, wind=3.0, elevation_m=0.0, **leak):
    given = {"stored_kg": 10_000, "hole_mm": 20, **leak}
    return outflow(Leak(**given), air_c=air_c, elevation_m=elevation_m, wind_m_s=wind, terrain="rural", averaging_s=600)


def test_a_cold_liquid_evaporates_from_its_pool_and_no_faster_than_it_comes():
    benzene = out(substance="benzene", head_m=5)

    # the first of ten parts: the head falls from 5 to 4.5 m
    ends = [float(liquid_kg_s(0.02, 876, 0.0, head_m)) for head_m in (5.0, 4.5)]
    assert benzene.spill_kg_s == pytest.approx(sum(ends) / 2)
    assert 0 < benzene.airborne_kg_s <= benzene.spill_kg_s
    assert benzene.emission.source is None


def test_a_bund_keeps_the_pool_and_its_vapour_small():
    free, bunded = out(substance="benzene", head_m=5), out(substance="benzene", head_m=5, bund_m2=20)

    assert bunded.airborne_kg_s < free.airborne_kg_s
    assert bunded.spill_kg_s == free.spill_kg_s


def test_a_refrigerated_liquid_boils_off_the_ground():
    ammonia = out(substance="ammonia", stored_c=-34, head_m=4, bund_m2=50)

    assert 0 < ammonia.airborne_kg_s < ammonia.spill_kg_s


def test_a_liquid_that_boils_only_in_the_thin_air_of_the_plateau_boils_off_there():
    plateau = out(substance="hydrogen_cyanide", stored_c=5, head_m=5, bund_m2=50, elevation_m=4000)  # boils at 12 °C

    assert plateau.airborne_kg_s > 0


def test_a_pressurised_liquid_is_carried_off_as_heavy_fog():
    chlorine = out(substance="chlorine", bund_m2=1)

    # 1 - exp(-949 · 54.05 / 288,000) = 0.163 flash, and as much goes along as droplets; the bund holds the rest, of which
    # less than a thousandth boils off
    assert chlorine.airborne_kg_s / chlorine.spill_kg_s == pytest.approx(2 * 0.1631, abs=0.001)
    assert chlorine.emission.source.gas_kg_m3 > chlorine.emission.source.air_kg_m3


def test_gas_leaves_whole_and_a_light_one_is_passive():
    gas = out(substance="carbon_monoxide", phase="gas", overpressure_kpa=500)

    assert gas.airborne_kg_s == gas.spill_kg_s > 0
    assert gas.emission.source is None
    # choked: the rate goes with the pressure, which falls by 50 kPa in the first of ten parts
    first = float(gas_kg_s(0.02, 601_325.0, 0.02801 * 601_325 / (8.314462618 * 293.15), 1.40))
    assert gas.spill_kg_s == pytest.approx(first * (1 - 25_000 / 601_325), rel=1e-4)


def test_the_plateau_makes_more_of_a_liquid_flash():
    low, high = (out(substance="chlorine", bund_m2=1, elevation_m=h) for h in (0.0, 4000.0))

    assert high.airborne_kg_s / high.spill_kg_s > low.airborne_kg_s / low.spill_kg_s


def test_a_hole_wider_than_the_formula_was_made_for_is_noted():
    assert "hole 500 mm is outside" in out(substance="chlorine", hole_mm=500).advisories[0].text()
    assert out(substance="chlorine").advisories == ()


def test_a_tank_empties_in_the_time_of_torricelli():
    # 20 t of benzene, 5 m of it above a hole of 50 mm: t = A/(Cd a) sqrt(2 h/g), A = m/(rho h)
    leak = out(substance="benzene", stored_kg=20_000, hole_mm=50, head_m=5)
    area_m2 = 20_000 / 876 / 5
    closed_s = area_m2 / (0.63 * math.pi * 0.025**2) * math.sqrt(2 * 5 / 9.80665)
    edges = [0.0, *(p.until_kg for p in leak.parts)]
    taken_s = sum((b - a) / p.spill_kg_s for a, b, p in zip(edges[:-1], edges[1:], leak.parts, strict=True))

    assert leak.leaves_kg == 20_000
    assert taken_s == pytest.approx(closed_s)
    assert [p.spill_kg_s for p in leak.parts] == sorted((p.spill_kg_s for p in leak.parts), reverse=True)


def test_a_gas_leaves_until_it_has_the_pressure_outside_and_a_liquid_keeps_its_vapour_up():
    gas = out(substance="carbon_monoxide", phase="gas", overpressure_kpa=500)
    chlorine = out(substance="chlorine", phase="gas")

    assert gas.leaves_kg == pytest.approx(10_000 * 500 / 601.325, rel=1e-4)
    assert len(gas.parts) == 10
    assert (len(chlorine.parts), chlorine.leaves_kg) == (1, 10_000)


def test_a_source_ends_when_the_vessel_is_empty():
    cloud = ToxicCloud(id="x", node="a", leak=Leak(substance="ammonia", stored_kg=2000, hole_mm=50, head_m=3,
                                                   stored_c=-34))  # fmt: skip
    state = cloud.begin(0.0, world())
    rates = []
    while cloud.stage(state) == "leaking":
        rates.append(cloud.measures(state, state.t_s)["airborne_kg_s"])
        state = cloud.advance(state, cloud.next_change_s(state))
    edges = [0.0, *(p.until_kg for p in state.out.parts)]
    parts = zip(edges[:-1], edges[1:], state.out.parts, strict=True)

    assert rates == sorted(rates, reverse=True)
    assert rates[-1] < rates[0]
    assert state.t_s == pytest.approx(sum((b - a) / p.spill_kg_s for a, b, p in parts), rel=1e-6)
    assert state.spilt_kg == pytest.approx(2000)
    assert cloud.stage(state) == "evaporating"
    assert cloud.measures(state, state.t_s)["airborne_kg_s"] == pytest.approx(state.out.pool_kg_s)
    on_ground_kg = sum((b - a) / p.spill_kg_s * (p.into_pool_kg_s - p.from_pool_kg_s) for a, b, p in zip(
        edges[:-1], edges[1:], state.out.parts, strict=True))  # fmt: skip
    assert state.pool_kg == pytest.approx(on_ground_kg, rel=1e-6)
    ends_s = state.t_s + on_ground_kg / state.out.pool_kg_s
    while cloud.stage(state) == "evaporating":
        state = cloud.advance(state, cloud.next_change_s(state))
    assert state.t_s == pytest.approx(ends_s, rel=1e-6)
    assert cloud.measures(state, state.t_s)["airborne_kg_s"] == 0.0


def test_curtain_and_plug_change_the_cloud_and_an_empty_tank_ends_it():
    cloud = ToxicCloud(id="x", node="a", leak=Leak(substance="chlorine", stored_kg=500, hole_mm=10))
    begun = cloud.begin(0.0, world())
    held = cloud.intervene(begun, 60.0, Intervention("water_curtain", "start", "i", "curtain", 3))
    dry = cloud.intervene(held, 90.0, Intervention("water_curtain", "crew", "i", "curtain", 0))
    plugged = cloud.intervene(dry, 120.0, Intervention("leak_plugged", "end", "i", "plug", 0))

    rate = [cloud.measures(s, s.t_s)["airborne_kg_s"] for s in (begun, held, dry, plugged)]
    assert rate[1] == pytest.approx(rate[0] / 2)
    assert rate[2] == rate[0]
    assert cloud.stage(plugged) == "evaporating"
    assert rate[3] == pytest.approx(begun.out.pool_kg_s)  # what lies on the ground goes on, the jet does not
    assert cloud.tasks(plugged, "i") == ()
    again = cloud.intervene(plugged, 130.0, Intervention("water_curtain", "start", "i", "curtain", 3))
    assert (again.stage, again.segments[-1].rate_kg_s) == ("evaporating", pytest.approx(begun.out.pool_kg_s / 2))


def test_weather_no_longer_matters_to_a_cloud_that_is_gone():
    cloud = ToxicCloud(id="x", node="a", leak=Leak(substance="chlorine", stored_kg=50, hole_mm=10))
    state = cloud.begin(0.0, world())
    while cloud.stage(state) != "gone":
        state = cloud.advance(state, cloud.next_change_s(state))

    assert cloud.weather_changed(state, state.t_s + 60, Weather()) is state
    assert cloud.exclusion(state, network_arrays(NETWORK)).places == {}


def test_who_leaves_takes_up_no_more_once_clear():
    village = (Settlement(id="v", node="a", people=100, outdoors=1.0, leaving_s=60, clear_s=60, radius_m=0),)
    warned = [0.0]
    steps = np.arange(0.0, 1260.0, 60.0)
    outside = np.full((20, 1, 20), 100.0)
    chlorine = SUBSTANCES["chlorine"].toxic
    early = take_up(no_doses(1), village, outside[:5], steps[:6], np.array(warned), chlorine, 2.9)
    late = take_up(no_doses(1), village, outside, steps, np.array(warned), chlorine, 2.9)

    assert late.load[..., 1].max() == early.load[..., 1].max()
    assert float(leave_at_s(village, np.array(warned)).max()) < 60
    assert spread_m(village)[0].max() == 0.0
    counted = headcount(village, np.zeros((1, 20)), np.zeros((1, 20)), np.array(warned), 1e4, np.array([0.5]))
    assert counted["evacuated"] == 100


def test_a_tank_larger_than_the_formula_of_its_failure_is_noted():
    wide = {"id": "t", "east_m": 0, "north_m": 0, "diameter_m": 40, "substance": "xylene", "content_m3": 900}

    def advisories(height_m):
        farm = TankFarm(id="x", node="a", tanks=[{**wide, "height_m": height_m}], burning=["t"])
        return farm.advisories(farm.begin(0.0, world()))

    assert advisories(15) == ()  # 18,850 m³
    assert "volume of the vessel 25132.7 m³ is outside 5 to 20000 m³" in advisories(20)[0].text()


def test_cooling_that_stops_lets_a_store_burn_on():
    store = BatteryStation(id="x", node="a", containers=2, explodes_after_s=600, spreads_after_s=1200)

    def water(state, t_s, people):
        return store.intervene(state, t_s, Intervention("water_on", "crew", "i", "cooling", people))

    state = water(store.begin(0.0, world()), 60.0, 4)
    state = store.advance(state, 600.0)
    assert store.stage(state) == "cooling"
    state = water(state, 900.0, 0)
    assert (store.stage(state), store.next_change_s(state)) == ("burning", 2100.0)
    state = store.advance(state, 2100.0)
    assert store.measures(state, 2100.0)["containers_lost"] == 2
    state = water(state, 2200.0, 4)
    assert store.next_change_s(state) == pytest.approx(2200 + (2 * 40_000 - 300 * 20) / 20)
    assert store.stage(store.advance(state, store.next_change_s(state))) == "out"


def test_polar_liquids_need_more_foam_and_wide_tanks_too():
    def tank(**more):
        return Tank(
            **{
                "id": "t",
                "east_m": 0,
                "north_m": 0,
                "diameter_m": 20,
                "content_m3": 100,
                "substance": "gasoline",
                **more,
            }
        )

    assert tank(substance="methanol").solution_l_s / tank().solution_l_s == pytest.approx(10.4 / 6.5)
    assert tank(diameter_m=40).attack == "large_tank"
    assert tank().concentrate_l == pytest.approx(0.03 * tank().solution_l_s * 65 * 60)


def test_two_tanks_must_not_have_one_name():
    one = {"id": "t", "east_m": 0, "north_m": 0, "diameter_m": 20, "content_m3": 100, "substance": "gasoline"}
    with pytest.raises(ValueError, match="'t' stands more than once"):
        TankFarm(id="x", node="a", tanks=[one, {**one, "east_m": 50}])


def test_each_injured_person_takes_eight_minutes_of_decontamination_and_half_an_hour_of_a_medic():
    decon, treat = LeakResponse(decon_lanes=2).for_injured(1, 3)

    assert (decon.work.mean_s, decon.min_crew, decon.useful_crew) == (3 * 480 * 2, 2, 4)
    assert (treat.work.mean_s, treat.min_crew, treat.useful_crew, treat.after) == (3 * 1800, 1, 3, ("decon-1",))


def test_people_are_spread_evenly_over_the_disc_of_their_village():
    east, north = spread_m((Settlement(id="v", node="a", people=100, radius_m=200),))

    # half of the square of the radius on average; the middle is the village's
    assert (east**2 + north**2).mean() == pytest.approx(200**2 / 2)
    assert abs(east.mean()) < 10
    assert abs(north.mean()) < 10


def test_gas_that_the_wind_has_carried_sixty_kilometres_away_is_forgotten():
    cloud = ToxicCloud(id="x", node="a", leak=Leak(substance="chlorine", stored_kg=1e6, hole_mm=5))
    state = cloud.begin(0.0, world(wind_ms=4.0))

    def turned(state, t_s, from_deg):
        return cloud.weather_changed(state, t_s, Weather(wind_ms=4.0, wind_from_deg=from_deg))

    soon = turned(turned(state, 600.0, 90.0), 600.0 + 14_000, 180.0)
    late = turned(turned(state, 600.0, 90.0), 600.0 + 16_000, 180.0)

    # 60 km at 4 m/s are 15,000 s
    assert [s.from_deg for s in soon.segments] == [270.0, 90.0, 180.0]
    assert [s.from_deg for s in late.segments] == [90.0, 180.0]


@pytest.mark.parametrize(("length_m", "points"), [(80, 2), (250, 4), (300, 4), (90_000, 400)])
def test_a_road_is_looked_at_every_hundred_metres_ends_included(length_m, points):
    place = ground({"places": {"a": [0, 0, 0], "b": [length_m - 0.5, 0, 0]}})

    assert len(surroundings(place, "a", 0.0, 0.0, 1e5).points.east_m) == 2 + points


@pytest.mark.parametrize(
    ("substance", "ppm", "minutes", "hurt"),
    [  # AEGL-3: chlorine 50, 28, 20 ppm for 10, 30, 60 min; sulfur dioxide 30 ppm for each
        ("chlorine", 51, 10, True), ("chlorine", 49, 10, False), ("chlorine", 29, 30, True), ("chlorine", 27, 30, False),
        ("chlorine", 21, 60, True), ("chlorine", 19, 60, False), ("chlorine", 100, 1, False), ("chlorine", 120, 1, True),
        ("sulfur_dioxide", 31, 10, True), ("sulfur_dioxide", 29, 60, False),
    ],
)  # fmt: skip
def test_the_injured_are_those_above_aegl_3_for_the_time_of_their_exposure(substance, ppm, minutes, hurt):
    """A minute at C is a ten-minute mean of C (1/10)**(1/2.75) = 0.433 C of chlorine: 43 and 52 ppm."""
    toxic, per_ppm = SUBSTANCES[substance].toxic, 2.5
    village = (Settlement(id="v", node="a", people=20, outdoors=1.0, protect="nothing"),)
    outside = np.full((minutes, 1, 20), ppm * per_ppm)
    doses = take_up(no_doses(1), village, outside, 60.0 * np.arange(minutes + 1.0), np.array([1e9]), toxic, per_ppm)

    dead, injured = harm(doses, village, toxic)
    assert (injured.sum() > 0.0) == hurt
    assert dead.sum() + injured.sum() == pytest.approx(20.0 if hurt else dead.sum())


def test_who_was_once_above_the_guideline_stays_injured_and_what_is_harmless_counts_for_nothing():
    toxic, village = SUBSTANCES["sulfur_dioxide"].toxic, (Settlement(id="v", node="a", people=20, outdoors=1.0),)
    doses = no_doses(1)
    for first, ppm in ((0.0, 40.0), (600.0, 10.0)):  # ten minutes above 30 ppm, ten below the 9.6 ppm of eight hours
        steps = first + 60.0 * np.arange(11.0)
        doses = take_up(doses, village, np.full((10, 1, 20), ppm * 2.5), steps, np.array([1e9]), toxic, 2.5)

    assert doses.part_of_aegl_3[0, 0, 1] == pytest.approx(40.0 / 30.0, rel=1e-6)
    assert doses.exposed_min[0, 0, 1] == 20.0  # 10 ppm is still above 9.6
    assert doses.exposed_min[0, 0, 0] < doses.exposed_min[0, 0, 1]  # indoors it comes later


def test_limits_release_and_source_are_those_of_the_air_of_the_place():
    """At 4000 m the standard atmosphere has 61,640 Pa, 0.608 of that at sea level: as many ppm are as much less gas."""
    cloud = ToxicCloud(id="x", node="a", leak=Leak(substance="chlorine", stored_kg=50, hole_mm=10))
    low, high = (out(substance="chlorine", air_c=15.0, elevation_m=h) for h in (0.0, 4000.0))
    warm = [cloud.levels_kg_m3(o)[0] for o in (low, high)]

    assert warm[0] == pytest.approx(2.0e-6 * 0.0709 * 101_325 / (8.314462618 * 288.15), rel=1e-3)  # AEGL-2, 2 ppm
    assert warm[1] / warm[0] == pytest.approx(61_640 / 101_325, rel=1e-3)
    assert high.emission.source.air_kg_m3 == pytest.approx(61_640 * 0.028964 / (8.314462618 * 288.15), rel=1e-3)
    over = 585_500 - 61_640  # CoolProp 8: 585.5 kPa at 15 °C
    assert high.spill_kg_s == pytest.approx(0.63 * math.pi / 4 * 0.02**2 * math.sqrt(2 * 1562 * over), rel=0.005)
    assert high.airborne_kg_s > low.airborne_kg_s  # it boils colder, so that more of it flashes
