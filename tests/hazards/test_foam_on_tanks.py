"""Foam on tanks: attacks that fail, blankets that decay, what must come first; relations that hold for every luck."""

import math
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from drillsim.hazards import Intervention
from drillsim.hazards.release.tanks import Tank
from drillsim.hazards.tank_farm import TankFarm
from drillsim.physics.fire.foam import success_part
from drillsim.physics.fire.reignition import blanket_life_s
from tests.hazards.test_leaks_and_stores import world

LUCK = st.lists(st.floats(0.3, 3.0), min_size=8, max_size=8).map(tuple)


def tank(name="t", **more):
    return Tank(**{"id": name, "east_m": 0, "north_m": 0, "diameter_m": 30, "substance": "gasoline",
                   "content_m3": 9000, **more})  # fmt: skip


def farm(*tanks, **more):
    given = {"burning": [t.id for t in tanks], **more}
    return TankFarm(id="f", node="a", tanks=tanks, **given)


def does(name, task, people, phase="start"):
    return Intervention(name, phase, "i", task, people)


def attacked(hazard, until, weather=None, most_s=300_000.0):
    """Put foam on whenever it is called for and wait, until something holds; return the state or None."""
    state = hazard.begin(0.0, weather or world(wind_ms=0))
    while not until(state):
        called = [t.id for t in hazard.tasks(state, "i") if t.intervention == "foam_on"]
        if called and hazard.next_change_s(state) > state.t_s:
            state = hazard.intervene(state, state.t_s, does("foam_on", called[0], 6))
        due_s = hazard.next_change_s(state)
        if due_s > most_s:
            return None
        state = hazard.advance(state, due_s)
    return state


def knocked_down(state):
    return state.tanks[0].status in {"down", "out", "burnt_out"}


# --- attacks --------------------------------------------------------------------------------------------------------


@given(LUCK, st.floats(1.0, 4.0), st.floats(1.0, 4.0), st.sampled_from(["fixed", "internal_floating"]))
def test_more_foam_never_puts_a_tank_out_later(luck, one, other, roof):
    slow, fast = (
        attacked(farm(tank(roof=roof), foam_margin=margin, foam_luck=(luck,)), knocked_down)
        for margin in sorted((one, other))
    )

    assert fast.t_s <= slow.t_s


def test_an_attack_that_fails_takes_its_time_again():
    # 65 min each; the first two take 0.8*1.5 and 0.8*1.3 of the standard's rate, the third 0.8
    state = attacked(farm(tank(), foam_luck=((1.5, 1.3, 1.0),)), knocked_down)

    assert state.t_s == pytest.approx(3 * 3900)
    assert (state.tanks[0].attacks, state.tanks[0].failed) == (3, 2)


def test_half_more_foam_saves_two_of_three_attacks():
    state = attacked(farm(tank(), foam_luck=((1.5, 1.3, 1.0),), foam_margin=1.5), knocked_down)

    assert state.t_s == pytest.approx(3900)


@given(st.floats(0.1, 10.0), st.floats(0.1, 10.0))
def test_success_rises_with_the_rate_and_a_roof_inside_lowers_it(one, other):
    low, high = success_part(sorted((one, other)))

    assert 0.0 <= low <= high <= 1.0
    assert success_part(one, obstructed=True) <= success_part(one)


def test_the_end_of_an_attack_that_is_over_does_not_stop_the_next():
    hazard = farm(tank(), foam_luck=((1.5, 1.0),))
    state = hazard.intervene(hazard.begin(0.0, world(wind_ms=0)), 0.0, does("foam_on", "foam-t", 6))
    state = hazard.advance(state, 3900.0)
    state = hazard.intervene(state, 4000.0, does("foam_on", "foam2-t", 6))
    again = hazard.intervene(state, 4100.0, does("foam_on", "foam-t", 0, "end"))

    assert again == state
    assert state.tanks[0].status == "foamed"


def test_luck_is_used_over_again_when_it_is_used_up():
    state = attacked(farm(tank(), foam_luck=((1.5, 1.3),)), lambda s: s.tanks[0].attacks == 5)

    assert state.tanks[0].failed == 5


# --- what comes first -----------------------------------------------------------------------------------------------


def test_no_tank_is_attacked_before_the_dike_is_out():
    hazard = farm(tank(), dike_fire_m2=500.0)
    state = hazard.begin(0.0, world(wind_ms=0))
    assert [t.id for t in hazard.tasks(state, "i") if t.intervention == "foam_on"] == ["dike-foam"]
    assert hazard.intervene(state, 0.0, does("foam_on", "foam-u", 6)) == state

    down = attacked(hazard, knocked_down)

    assert down.t_s == pytest.approx(1800 + 3900)


def test_a_dike_that_nobody_attacks_burns_on_and_holds_the_incident_open():
    hazard = farm(tank(content_m3=10), dike_fire_m2=500.0)
    state = hazard.begin(0.0, world(wind_ms=0))
    state = hazard.advance(state, hazard.next_change_s(state))

    assert state.tanks[0].status == "burnt_out"
    assert (hazard.stage(state), hazard.next_change_s(state)) == ("burning", math.inf)
    assert hazard.holds_open(state, "i")


# --- blankets -------------------------------------------------------------------------------------------------------


def alight_again(wind_ms, **more):
    hazard = farm(tank(), **more)
    weather = world(wind_ms=wind_ms)
    down = attacked(hazard, lambda s: s.tanks[0].status == "down", weather)
    return hazard.next_change_s(down) - down.t_s


@given(st.floats(0.0, 80.0), st.floats(0.0, 80.0), st.floats(0.3, 3.0))
def test_more_wind_never_makes_a_blanket_last_longer(one, other, luck):
    calm, windy = (alight_again(wind, blanket_luck=((luck,),)) for wind in sorted((one, other)))

    assert windy <= calm
    assert blanket_life_s(6235.0, max(one, other)) <= blanket_life_s(6235.0, min(one, other))


@pytest.mark.parametrize(("wind_ms", "expected_s"), [(0.0, 6235.0), (5.0, 3117.5), (10.0, 1558.75)])
def test_five_metres_a_second_halve_the_life_of_a_blanket(wind_ms, expected_s):
    assert alight_again(wind_ms) == pytest.approx(expected_s)


def test_wind_that_rises_counts_from_then_on():
    hazard = farm(tank())
    down = attacked(hazard, lambda s: s.tanks[0].status == "down")
    weather = world(wind_ms=5).weather
    later = hazard.weather_changed(down, down.t_s + 3117.5, weather)

    # half of its life is left, of 3117.5 s in 5 m/s
    assert hazard.next_change_s(later) == pytest.approx(down.t_s + 3117.5 + 0.5 * 3117.5)


def test_a_tank_of_a_liquid_that_lights_late_is_out_before_its_blanket_is_gone():
    hot = partial(farm, cooled_tau_s=3600)
    by_substance = {}
    for substance in ("gasoline", "xylene"):
        hazard = hot(tank(substance=substance))
        down = attacked(hazard, lambda s: s.tanks[0].status == "down")
        cooled = hazard.intervene(down, down.t_s, does("water_on", "watch-t", 3))
        by_substance[substance] = hazard.next_change_s(cooled) - down.t_s

    # in air of 10 deg C: 3600 ln(590/270) and 3600 ln(590/518)
    assert by_substance["gasoline"] == pytest.approx(2814.2, abs=0.1)
    assert by_substance["xylene"] == pytest.approx(468.5, abs=0.1)


def test_a_blanket_that_is_kept_whole_does_not_age_and_a_tank_that_lights_again_has_none():
    hazard = farm(tank())
    down = attacked(hazard, lambda s: s.tanks[0].status == "down")
    kept = hazard.intervene(down, down.t_s, does("blanket_on", "topup-t", 3))
    left = hazard.intervene(kept, down.t_s + 9000.0, does("blanket_on", "topup-t", 0, "crew"))
    alight = hazard.advance(left, hazard.next_change_s(left))

    assert left.tanks[0].blanket == 1.0
    assert alight.t_s == pytest.approx(down.t_s + 9000.0 + 6235.0)
    assert (alight.tanks[0].status, alight.tanks[0].covered) == ("burning", False)


def test_everybody_covers_what_is_down_while_something_burns_and_the_watch_when_nothing_does():
    hazard = farm(tank(), tank("u", east_m=500), watch_capability="fire_watch")
    one = attacked(hazard, lambda s: s.tanks[0].status == "down")
    called = {t.id: t.capabilities for t in hazard.tasks(one, "i")}
    assert called["cool-t"] == ("fire_attack",)
    assert called["blanket-t"] == ("foam",)

    covered = hazard.intervene(one, one.t_s, does("blanket_on", "blanket-t", 3))
    state = hazard.intervene(covered, one.t_s, does("foam_on", "foam-u", 6))
    both = hazard.advance(state, hazard.next_change_s(state))
    called = {t.id: t.capabilities for t in hazard.tasks(both, "i")}

    assert [t.status for t in both.tanks] == ["down", "down"]
    assert called["watch-t"] == called["topup-t"] == ("fire_watch",)
    assert not both.tanks[0].covered, "the task of those who covered it is over"


def test_water_on_a_neighbour_ends_with_its_task():
    """A neighbour that was cooled while a fire burnt is not cooled by nobody when it burns again."""
    hazard = farm(tank(), tank("n", east_m=42), burning=["t"])
    state = hazard.begin(0.0, world(wind_ms=0))
    state = hazard.intervene(state, 0.0, does("water_on", "cool-n", 3))
    state = hazard.intervene(state, 0.0, does("foam_on", "foam-t", 6))
    state = hazard.advance(state, hazard.next_change_s(state))
    assert (state.tanks[0].status, state.tanks[1].cooled) == ("down", False)
    alight = hazard.advance(state, hazard.next_change_s(state))

    assert alight.tanks[0].status == "burning"
    assert math.isfinite(hazard.next_change_s(alight))
    lost = hazard.advance(alight, hazard.next_change_s(alight))
    assert lost.tanks[1].status == "burning"


# --- what is refused ------------------------------------------------------------------------------------------------


def test_what_nobody_knows_how_it_burns_is_refused_where_it_would_burn():
    with pytest.raises(ValidationError, match="no burning rate"):
        tank(substance="acrylonitrile")
    bottle = tank("v", substance="ammonia", vessel="pressurised")
    with pytest.raises(ValidationError, match="no burning rate"):
        farm(bottle)
    assert farm(tank(), bottle, burning=["t"]).tanks[1].heat_mw == 0.0


def test_a_tank_holds_no_more_than_its_volume():
    assert tank(content_m3=10_600).content_m3 == 10_600  # pi/4 * 30^2 * 15 = 10 603
    with pytest.raises(ValidationError, match="overfull"):
        tank(content_m3=10_610)
