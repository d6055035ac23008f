"""The parts of a burning building: people on stairs, fire by floor, smoke, water, tasks."""

import math
import re
from dataclasses import replace
from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from drillsim.hazards.high_rise.tower import USES, Tactics, Tower
from drillsim.hazards.high_rise.tower_egress import (
    EVACUATED,
    IN_PLACE,
    OVERCOME,
    REFUGE,
    Stair,
    _flows,
    breathe,
    people_of,
    searched,
    shut_in,
    to_carry,
    told,
    walk,
)
from drillsim.hazards.high_rise.tower_fire import IGNITED_KW, SpreadDraws, burn, ignite, room_of
from drillsim.hazards.high_rise.tower_smoke import clear_smoke, smoke_after
from drillsim.hazards.high_rise.tower_tasks import Brief, Fireground, spell
from drillsim.hazards.high_rise.tower_water import Line, Water, wanted_lines
from drillsim.hazards.high_rise_fire import HighRiseFire
from drillsim.language import vocabulary
from drillsim.physics.fire.egress import SLOPE_M_PER_M, capacity_p_s, passing_s
from drillsim.roads import network_from_tables
from drillsim.world.network_arrays import network_arrays
from drillsim.world.random_streams import RandomStreams
from drillsim.world.weather import Weather
from drillsim.world.world import World

FREE_MS = 0.85 * 1.08
PAIR = network_from_tables(
    [{"id": "a", "lat": 36, "lon": 100}, {"id": "b", "lat": 36, "lon": 100.1}],
    [{"from": "a", "to": "b", "length_km": 10, "free_flow_kmh": 60}],
    id="pair",
)
SURE = SpreadDraws(np.full(60, 600.0), np.ones(60, dtype=bool), np.ones(60, dtype=bool), np.full((60, 1), math.inf))


# --- people ---


def crowd(tower, n=None, *, at_s=0.0):
    people = people_of(tower, 0.0, 14.0, np.random.default_rng(1))
    return replace(people, moves_s=np.full(len(people.state), at_s), walks=np.ones(len(people.state), dtype=bool))


def emptied_s(people, tower, climbing=0, step_s=5.0):
    t_s = 0.0
    while (people.state != EVACUATED).any():
        t_s += step_s
        people = walk(people, tower, t_s, climbing)
        assert t_s < 20_000
    return t_s


@pytest.mark.parametrize(("storeys", "n", "width_m"), [(2, 500, 1.2), (20, 1900, 1.2), (10, 900, 1.5)])
def test_a_crowd_is_out_after_the_time_of_the_closed_form(storeys, n, width_m):
    tower = Tower(storeys=storeys, use="office", people=n, present=1.0, stairs=1, stair_width_m=width_m)
    closed_form_s = passing_s(n, width_m, 1.08) + tower.storey_m * SLOPE_M_PER_M / FREE_MS

    assert emptied_s(crowd(tower), tower) == pytest.approx(closed_form_s, rel=0.05)


def test_one_person_walks_down_at_the_free_speed():
    tower = Tower(storeys=20, use="office", people=1, present=1.0, stairs=1)
    one = replace(crowd(tower), floor=np.array([20]))

    assert emptied_s(one, tower) == pytest.approx(19 * 3.0 * SLOPE_M_PER_M / FREE_MS, abs=15)


def test_crews_on_their_way_up_take_half_of_a_stair():
    tower = Tower(storeys=10, use="office", people=900, present=1.0, stairs=1, stair_width_m=1.5)
    alone, beside = emptied_s(crowd(tower), tower), emptied_s(crowd(tower), tower, climbing=4)

    assert beside / alone == pytest.approx(capacity_p_s(1.5, 1.08) / capacity_p_s(0.9, 1.08), rel=0.05)


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 30), st.integers(0, 300), st.integers(1, 3), st.integers(0, 10), st.floats(0.0, 1.0))
def test_everybody_is_somewhere_whatever_happens(storeys, n, stairs, climbing, impaired):
    tower = Tower(storeys=storeys, people=n, present=1.0, stairs=stairs, impaired=impaired)
    people = told(people_of(tower, 0.0, 2.0, np.random.default_rng(n)), 0.0)
    for t_s in range(0, 1800, 90):
        people = walk(people, tower, float(t_s), climbing)
        ppm = np.full(storeys, 3000.0)
        people = breathe(people, ppm, 0.1 * ppm, np.zeros((stairs, storeys)), 90.0)
        if t_s == 900:
            people = searched(people, 2, float(t_s))
        assert sum(people.counts().values()) == n
        assert min(people.counts().values()) >= 0
        assert ((people.floor >= 1) & (people.floor <= storeys)).all()


def test_who_cannot_walk_waits_in_refuge_and_is_carried_by_a_search():
    tower = Tower(storeys=4, people=30, present=1.0, impaired=1.0, use="office")
    waiting = walk(told(people_of(tower, 0.0, 10.0, np.random.default_rng(2)), 0.0), tower, 600.0, 0)

    assert waiting.counts()["refuge"] == 30
    assert to_carry(waiting, 3) == 10
    assert searched(waiting, 3, 600.0).counts()["rescued"] == 10


def test_a_dose_overcomes_about_as_many_as_the_distribution_says_and_more_of_it_kills():
    tower = Tower(storeys=2, people=20_000, present=1.0)
    people = people_of(tower, 0.0, 10.0, np.random.default_rng(3))
    ppm, stairs = np.full(2, 3500.0), np.zeros((2, 2))
    once = breathe(people, ppm, ppm, stairs, 600.0)

    assert (once.state != IN_PLACE).mean() == pytest.approx(0.5, abs=0.02)
    assert (once.state == OVERCOME).mean() == pytest.approx(0.5 - 0.136, abs=0.02)
    assert not np.isin(once.state, (REFUGE,)).any()


# --- fire ---


def course(tower, *, floor=2, until_s=3600.0, water=None, growth="medium", outside=False, stream=-1.0):
    room, blaze, t_s = room_of(tower, growth), ignite(tower, floor, 0.0, outside=outside), 0.0
    peaks = np.zeros(tower.storeys)
    while t_s < until_s:
        blaze = burn(blaze, tower, room, SURE_OF(tower), (t_s, t_s + 30.0), water(t_s) if water else {}, stream)
        peaks, t_s = np.maximum(peaks, blaze.kw), t_s + 30.0
    return blaze, peaks


def SURE_OF(tower):  # noqa: N802  # a constant per building
    n = tower.storeys
    return SpreadDraws(SURE.to_next_s[:n], SURE.enters[:n], SURE.shuts[:n], SURE.next_room_s[:n])


def test_a_fire_left_alone_takes_the_floors_above_one_after_another_and_never_the_one_below():
    blaze, peaks = course(Tower(storeys=5, people=0), floor=3, until_s=2 * 3600.0)

    assert peaks[2:].tolist() == [15_000.0] * 3  # 250 kW/m² on 60 m²
    assert (peaks[:2] == 0).all()
    assert blaze.burnt_mj[2] <= 1.01 * 780 * 60


def test_flames_that_do_not_reach_over_the_wall_between_windows_do_not_spread():
    _, peaks = course(Tower(storeys=5, people=0, spandrel_m=5.0), floor=3, until_s=2 * 3600.0)

    assert (peaks > 0).sum() == 1


def test_enough_water_puts_it_out_and_a_line_above_keeps_the_next_floor():
    tower = Tower(storeys=5, people=0)
    blaze, peaks = course(tower, floor=3, until_s=7200.0, water=lambda t_s: {3: 20.0, 4: 5.0} if t_s >= 900 else {})

    assert not blaze.kw.any()
    assert peaks[3] == 0.0
    assert blaze.over[2]


def test_too_little_water_makes_a_smaller_fire_than_none():
    tower = Tower(storeys=2, people=0, use="office")
    (dry, _), (damp, _) = (
        course(tower, until_s=900.0, water=w) for w in (None, lambda t_s: {2: 1.0} if t_s > 500 else {})
    )

    assert 0 < damp.kw[1] < dry.kw[1]


def test_sprinklers_hold_two_floors_at_a_time_and_a_third_grows_meanwhile():
    tower = Tower(storeys=10, people=0, sprinklers="working")
    room = room_of(tower, "fast")
    start = ignite(tower, 2, 0.0, outside=False)
    three = replace(start, kw=np.where(np.isin(np.arange(10), (1, 4, 7)), IGNITED_KW, 0.0))
    peaks = np.zeros(10)
    for t_s in np.arange(0.0, 900.0, 30.0):
        three = burn(three, tower, room, SURE_OF(tower), (t_s, t_s + 30.0), {})
        peaks = np.maximum(peaks, three.kw)

    # after 27 steps of 30 s under water exp(-810/410) of it is left; the third floor burns all of 250 kW/m² on 60 m²
    assert three.kw[[1, 4]] == pytest.approx(peaks[1] * math.exp(-810 / 410), rel=0.01)
    assert three.kw[7] == 15_000.0
    # a sprinkler opens at 2.5 (48 · 3 / 5.38)^1.5 = 346 kW: the fire is 86 s old, and in the step of 30 s in which it
    # gets there it grows to 0.0469 · 116² = 630 kW at most
    assert 346.0 < peaks[1] == peaks[4] < 630.0


def test_an_aerial_puts_out_cladding_as_high_as_it_reaches():
    tower = Tower(storeys=20, people=0, facade="combustible", facade_enters=0.0)
    free, _ = course(tower, outside=True, until_s=600.0)
    wet, _ = course(tower, outside=True, until_s=600.0, stream=100.0)

    # in ten minutes 35 m up and 3 m down, storeys of 3 m: eleven above the second floor, and the one below
    assert np.flatnonzero(free.facade(600.0)).tolist() == list(range(13))
    assert wet.facade(600.0).sum() == 0
    assert not wet.alive(600.0)


FLATS = Tower(storeys=4, people=0, floor_m2=180, facade="combustible")
"""Floors of three flats of 60 m²."""


def flares(tower=FLATS, *, until_s, next_room_s=900.0, water=None):
    """Return the fire that began outside on floor 2 where each flat takes the next so long after it is out."""
    room, blaze, t_s = room_of(tower, "medium"), ignite(tower, 2, 0.0, outside=True), 0.0
    draws = replace(SURE_OF(tower), next_room_s=np.full((tower.storeys, tower.rooms_per_floor), next_room_s))
    begun = {}
    while t_s < until_s:
        blaze = burn(blaze, tower, room, draws, (t_s, t_s + 30.0), water(t_s) if water else {})
        t_s += 30.0
        begun.setdefault((int(blaze.room[1]), bool(blaze.kw[1])), t_s)
    return blaze, begun


def test_a_fire_behind_burnt_cladding_takes_one_flat_after_the_other_and_then_is_out():
    blaze, begun = flares(until_s=36_000.0)

    # cladding burns at the windows for 300 s, then the flat: 300 s and its step; the next 900 s after it died
    assert begun[0, True] == 300.0
    assert begun[1, True] - begun[0, True] == pytest.approx(begun[2, True] - begun[1, True], abs=30.0)
    assert blaze.room[1] == 2
    assert not blaze.alive(36_000.0)


def test_a_dead_fire_smoulders_until_it_flares_up_and_a_line_on_the_floor_keeps_it_down():
    def drenched(t_s):
        return {2: 40.0} if t_s >= 1200 else {}

    def then_left(t_s):
        return {2: 40.0} if 1200 <= t_s < 1500 else {}

    out, _ = flares(until_s=2700.0, water=drenched)
    left, begun = flares(until_s=2700.0, water=then_left)

    assert not out.kw[1]
    assert out.room[1] == 0
    assert left.kw[1] > 0
    assert left.room[1] == 1
    # 15 MW against 41.6 MW of cooling: out after 300 ln(41.6/26.6) = 134 s, by 1350 s; 900 s on it flares up
    assert begun[1, True] == pytest.approx(1350.0 + 900.0, abs=60.0)
    assert flares(until_s=1800.0, water=then_left)[0].smoulders


def test_behind_sound_walls_a_fire_dies_once():
    sound = replace(SURE_OF(Tower(storeys=2, people=0)), next_room_s=np.full((2, 10), 60.0))
    tower = Tower(storeys=2, people=0)
    blaze, t_s = ignite(tower, 2, 0.0, outside=False), 0.0
    while t_s < 4 * 3600.0:
        blaze = burn(blaze, tower, room_of(tower, "medium"), sound, (t_s, t_s + 30.0), {})
        t_s += 30.0

    assert not blaze.smoulders
    assert blaze.room.tolist() == [0, 0]


def test_fire_at_the_windows_and_in_the_corridor_shuts_in_who_has_not_left():
    tower = Tower(storeys=3, use="office", people=20, present=1.0, impaired=0.0)
    people = replace(crowd(tower, at_s=100.0), moves_s=np.full(20, 100.0))
    third = np.array([False, False, True])
    shut = walk(shut_in(people, third), tower, 600.0, 0)

    assert shut.counts()["in_place"] == 10
    assert shut.counts()["evacuated"] == 10
    assert to_carry(shut, 3) == 10
    assert searched(shut, 3, 600.0).counts()["rescued"] == 10
    assert walk(shut_in(shut, np.zeros(3, dtype=bool)), tower, 1200.0, 0).counts()["evacuated"] == 20


def test_only_the_flat_that_burns_is_full_of_its_smoke():
    tower = Tower(storeys=2, people=30, present=1.0, floor_m2=180)
    people = people_of(tower, 0.0, 10.0, np.random.default_rng(5))
    ppm = np.array([0.0, 35_000.0])
    breathed = breathe(people, ppm, 0.0 * ppm, np.zeros((2, 2)), 60.0, np.array([0, 2]))

    assert set(people.room.tolist()) == {0, 1, 2}
    assert (breathed.dose > 0).tolist() == (people.room == 2).tolist()


def test_an_exit_is_shut_only_where_cladding_and_a_flashed_over_room_burn():
    tower = Tower(storeys=3, people=0, facade="combustible")
    blaze = ignite(tower, 2, 0.0, outside=True)
    burning = replace(blaze, kw=np.array([0.0, 9e3, 9e3]), flashed=np.array([False, True, True]))

    assert burning.exits_shut(60.0, SURE_OF(tower)).tolist() == [False, True, False]
    assert not blaze.exits_shut(60.0, SURE_OF(tower)).any()
    assert not burning.exits_shut(60.0, replace(SURE_OF(tower), shuts=np.zeros(3, dtype=bool))).any()


# --- smoke ---


def smoke_of(tower, *, minutes=20, **how):
    blaze, _ = course(tower, floor=3, until_s=1200.0)
    smoke, facts = clear_smoke(tower), {"outside_c": 10.0, "door_open": False, "fans": False, "vented": False} | how
    for _ in range(2 * minutes):
        smoke = smoke_after(smoke, blaze, tower, 30.0, flashover_kw=5000.0, **facts)
    return smoke


def test_a_door_held_open_by_a_hose_fills_the_first_stair_and_fans_keep_both_clear():
    tower = Tower(storeys=10, people=0)
    shut, ajar, blown = smoke_of(tower), smoke_of(tower, door_open=True), smoke_of(tower, fans=True)

    assert ajar.shares[0] > 3 * shut.shares[0] > 0
    assert ajar.shares[1] == pytest.approx(shut.shares[1])
    assert not blown.shares.any()
    assert not smoke_of(Tower(storeys=10, people=0, pressurised=True)).thick


def test_a_cold_night_draws_more_smoke_into_the_stairs_below_the_middle_of_the_building():
    tower = Tower(storeys=30, people=0)

    assert smoke_of(tower, outside_c=-20.0).shares[1] > smoke_of(tower, outside_c=20.0).shares[1]


def test_ventilation_thins_the_smoke_on_the_floor_of_the_fire():
    tower = Tower(storeys=5, people=0)

    assert smoke_of(tower, vented=True).room_ppm[2] == pytest.approx(0.2 * smoke_of(tower).room_ppm[2])


# --- water ---

OFF = Tower(storeys=40, people=0, house_pump=False, riser="dry")


def test_water_comes_from_the_house_until_an_engine_gives_more():
    house = Tower(storeys=20, people=0)
    fed = Water(supplied=True)

    assert Water().line_l_s(house, Tactics(), 10, 0.0) == 5.0
    assert fed.line_l_s(house, Tactics(), 2, 0.0) == 7.5
    assert Water().line_l_s(OFF, Tactics(), 2, 0.0) == 0.0


def test_the_tank_on_the_roof_gives_more_the_lower_the_floor():
    tower = Tower(storeys=30, people=0, house_pump=False)
    flows = [Water().house_line_l_s(tower, floor) for floor in (30, 28, 25, 5)]

    # 3 m of head against 40 m of hose, the nozzle and the feed: Q² = 3 / (0.07 + 1/1.577 + 0.004); with 9 m sqrt(3) as
    # much, with 18 m more than the 5 L/s that a line of the house gives
    assert flows == pytest.approx([2.06, 2.06 * math.sqrt(3), 5.0, 5.0], abs=0.01)


def test_two_engines_in_series_and_a_high_pressure_pump_reach_higher():
    def flow(*boosts):
        return Water(supplied=True, boosts=frozenset(boosts)).line_l_s(OFF, Tactics(), 36, 0.0)

    assert flow() == 0.0
    assert flow("relay") == flow("high_pressure") == 7.5


def test_a_line_gives_nothing_before_it_is_laid_or_with_one_person_at_it():
    line, water = Line(3, 4, 100.0), Water(supplied=True)

    def on(line, t_s):
        return replace(water, lines={"line-3-1": line}).flows(OFF, Tactics(), t_s, 0.0)

    assert on(line, 99.0) == {}
    assert on(line, 100.0) == {3: 7.5}
    assert on(replace(line, people=1), 100.0) == {}
    assert replace(water, lines={"line-3-1": line}).next_ready_s(0.0) == 100.0
    assert water.next_ready_s(0.0) == math.inf


@given(st.floats(0.0, 1e5), st.floats(0.0, 1e5))
def test_a_larger_fire_never_calls_for_fewer_lines(kw, other):
    less, more = sorted((kw, other))

    assert 2 <= wanted_lines(less, 6.5) <= wanted_lines(more, 6.5) <= 4


# --- tasks ---


def ground(**more):
    return Fireground(Tower(storeys=30, people=0, **more), Tactics(), 0.0)


def ids(brief, **more):
    return [task.id for task in ground(**more).tasks(brief)]


FIRE = Brief(20, lines=((20, 2),), cover=21, search=(20, 21), begun=True, known=True)


def test_before_an_officer_is_there_only_the_lift_is_called_for():
    assert ids(Brief(20)) == ["fire-lift"]
    assert ids(Brief(20), fire_lifts=0) == []


def test_a_house_without_water_has_supply_before_the_lines():
    assert ids(FIRE).index("line-20-2") < ids(FIRE).index("water-supply")
    dry = ids(FIRE, riser="dry")
    assert dry.index("water-supply") < dry.index("line-20-1")


def test_when_the_fire_is_out_searches_and_overhaul_are_left():
    sectors = [f"search-{floor}-{n}" for floor in (20, 21) for n in range(1, 9)]
    assert ids(replace(FIRE, fire=False, burnt=True, lines=(), cover=None)) == [*sectors, "overhaul"]


def test_with_a_forward_post_crews_start_two_floors_below():
    line = {task.id: task for task in ground().tasks(FIRE)}["line-20-1"]
    staged = {task.id: task for task in ground().tasks(replace(FIRE, staged=True))}["line-20-1"]

    assert staged.access.mean_s == 40.0
    assert line.access.mean_s == pytest.approx(10 * 20 + 9 * 30 + 150)


def test_a_lift_is_taken_only_where_it_is_faster_than_the_stairs():
    low = Brief(3, lines=((3, 1),), begun=True, lift=True, lift_wait_s=120.0)
    high = replace(FIRE, lift=True, lift_wait_s=120.0)
    access = {f: {t.id: t.access.mean_s for t in ground().tasks(b)} for f, b in ((3, low), (20, high))}

    assert access[3]["line-3-1"] == 40.0
    # a wait of 120 s; the car rides to two floors below, 17 of 30 storeys: 34 s down to the lobby and 34 s up, 20 s at
    # the doors; then two floors on foot
    assert access[20]["line-20-1"] == pytest.approx(120 + 34 + 34 + 20 + 40)


def test_a_spell_lasts_as_long_as_the_air_and_a_minute_at_least():
    assert spell(Tactics()).work_s == pytest.approx(60 * (2040 * (1 - 5.5 / 30) - 2 * 40) / 70)
    assert spell(Tactics(cylinder_l=50)).work_s == 60.0


def test_every_task_that_can_be_called_for_has_a_name_in_both_languages():
    every = replace(FIRE, first_aid=True, weak=True, stream=True, large=True)
    called = [*ids(every), *ids(replace(FIRE, fire=False, burnt=True)), "size-up"]

    assert {re.sub(r"(-\d+)+$", "", name) for name in called} <= set(vocabulary("task"))


# --- weather ---


def test_colder_weather_is_felt_and_the_same_weather_is_not():
    moment = datetime(2026, 3, 2, 10)  # noqa: DTZ001  # local
    fire = HighRiseFire(id="x", tower=Tower(storeys=10, people=0), floor=3)
    state = fire.begin(0.0, World(network_arrays(PAIR), RandomStreams(1), moment, 3600.0, Weather()))

    assert fire.weather_changed(state, 60.0, Weather(wind_ms=9.0)) is state
    assert fire.weather_changed(state, 60.0, Weather(temperature_c=-20.0)).outside_c == -20.0


# --- what cannot be ---


@pytest.mark.parametrize(
    "wrong", [{"storeys": 1}, {"people": -1}, {"stair_width_m": 0}, {"stairs": 0}, {"floor_m2": 0}, {"use": "castle"}]
)
def test_a_building_that_cannot_be_is_refused(wrong):
    with pytest.raises(ValidationError):
        Tower(**({"storeys": 10, "people": 100} | wrong))


def test_a_fire_above_the_roof_is_refused():
    with pytest.raises(ValidationError, match="above the roof"):
        HighRiseFire(id="x", tower=Tower(storeys=10, people=0), floor=11)


def test_a_use_says_what_the_standards_say_of_fuel_and_people():
    """Fire load: EN 1991-1-2, table E.4. Pre-movement: PD 7974-6, middles of its ranges. Shares are assumptions."""
    assert {use: (facts.fuel_mj_m2, facts.room_m2) for use, facts in USES.items()} == {
        "dwelling": (780.0, 60.0), "office": (420.0, 400.0), "hospital": (230.0, 60.0),
    }  # fmt: skip
    assert {use: (facts.pre_movement_s, facts.asleep_s) for use, facts in USES.items()} == {
        "dwelling": ((120.0, 600.0), (450.0, 1200.0)),
        "office": ((45.0, 135.0), (45.0, 135.0)),
        "hospital": ((60.0, 300.0), (300.0, 900.0)),
    }
    assert {use: (facts.day_share, facts.night_share, facts.impaired_share, facts.behind_doors)
            for use, facts in USES.items()} == {
        "dwelling": (0.4, 0.95, 0.03, 0.05), "office": (0.9, 0.03, 0.01, 1.0), "hospital": (1.0, 0.8, 0.4, 0.2),
    }  # fmt: skip


def test_a_flight_of_stairs_by_the_figures_of_the_sfpe_handbook():
    stair = Stair.of(Tower(storeys=11, people=0))

    # 3 m of height are 5.55 m of stair, walked freely at 0.85 · 1.08 m/s; 0.9 m of 1.2 m are used
    assert stair.step_s == pytest.approx(5.55 / 0.918, rel=1e-3)
    # 1.015 people per second and metre
    assert stair.capacity == pytest.approx(0.9 * 1.015 * 6.046, rel=1e-3)
    # 3.5 people per square metre stand still
    assert stair.jam == pytest.approx(3.5 * 0.9 * 5.55, rel=1e-3)


FLIGHT = Stair(step_s=1.0, capacity=4.0, jam=10.0, wave=1.0)


def flows(on, queue):
    """Return how many go down from each of three floors of one stair, how many enter, and what is left over."""
    down, enter, carry = _flows(np.array([on]), np.array([queue]), (FLIGHT, FLIGHT), np.zeros((2, 1, 3)))
    return down[0].tolist(), enter[0].tolist(), carry.ravel().tolist()


def test_where_there_is_room_for_all_nobody_waits_at_a_landing():
    # the flight below floor 2 has room for four: two come from above, one from the floor
    assert flows([0.0, 0.0, 2.0], [0.0, 1.0, 0.0]) == ([0, 0, 2], [0, 1, 0], [0] * 6)


def test_where_there_is_not_those_from_above_and_those_from_the_floor_take_turns():
    # eight of ten stand on the flight below floor 2: one comes from above and one from the floor, four leave below
    assert flows([0.0, 8.0, 6.0], [0.0, 5.0, 0.0])[:2] == ([0, 4, 1], [0, 1, 0])


def test_on_the_plateau_an_engine_pumps_with_less_pressure():
    fed = Water(supplied=True)

    # a turbo-diesel loses a fifth of its power at 4000 m: 0.8^(2/3)
    assert fed.head_mpa(Tactics(), 4000.0) == pytest.approx(0.8618, rel=1e-4)
    assert Water().head_mpa(Tactics(), 0.0) == 0.0
