"""Laws of shaking: which one is taken, and what the others would say."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drillsim.incidents.earthquake.laws import law_effects
from tests.incidents.test_earthquake import quake, world

HERE = {"id": "h", "node": "village", "population": 1000, "stock": {"A1": 1.0}, "indoors": 1.0}


@pytest.mark.parametrize(
    ("law", "magnitude", "taken"),
    [("auto", 4.0, "yu2013"), ("auto", 6.79, "yu2013"), ("auto", 6.8, "bssa14"), ("auto", 9.0, "bssa14"), ("yu2013", 7.5, "yu2013"), ("wang2000", 6.0, "wang2000")],
)  # fmt: skip
def test_the_law_goes_by_magnitude_unless_one_is_asked_for(law, magnitude, taken):
    asked = quake(attenuation=law, magnitude=magnitude)

    assert asked.law_of(asked.source()) == taken


@settings(deadline=None)
@given(hundredths=st.integers(400, 899), more=st.integers(1, 20), north=st.floats(-2, 2), east=st.floats(-2, 2))
def test_the_default_law_shakes_no_place_less_in_a_larger_earthquake(hundredths, more, north, east):
    """The step from one law to the other at 6.8 goes up everywhere; magnitudes of BSSA14 are rounded to make few tables."""
    read = []
    for m in (hundredths / 100.0, min(900, hundredths + more) / 100.0):
        one = quake(magnitude=m if m < 6.8 else round(m, 1))
        shaken = one.median(one.source()).at(np.array([36.05 + north]), np.array([100.05 + east]))
        read.append((shaken.pga_ms2[0], shaken.pgv_ms[0], shaken.intensity[0]))

    assert all(b >= a * (1 - 1e-9) for a, b in zip(*read, strict=True))


@pytest.mark.parametrize("pair", [(6.79, 6.8), (6.5, 6.51), (8.9, 9.0), (5.0, 5.1)])
def test_a_larger_earthquake_is_expected_to_harm_more(pair):
    def harm(magnitude):
        used = next(one for one in law_effects(quake(magnitude=magnitude, settlements=[HERE]), world()) if one.used)
        return used.trapped[1] + used.killed[1]

    assert harm(pair[1]) > harm(pair[0])


def test_every_law_says_what_it_expects_and_how_far_it_spreads():
    found = {one.law: one for one in law_effects(quake(magnitude=6.5), world())}

    assert list(found) == ["yu2013", "bssa14", "wang2000"]
    assert [name for name, one in found.items() if one.used] == ["yu2013"]
    for one in found.values():
        assert one.intensity.shape == (3, len(one.settlements))
        assert np.all(np.diff(one.trapped) > 0)
        assert np.all(np.diff(one.killed) > 0)
    wang = found["wang2000"].intensity
    assert wang[2] - wang[1] == pytest.approx(0.632)


def test_what_a_law_expects_is_the_mean_of_what_runs_draw():
    """A binomial count in each of 60 runs without luck of the shaking."""
    villages = [{**HERE, "population": 20_000}]
    expected = next(one for one in law_effects(quake(settlements=villages), world()) if one.used)
    drawn = []
    for replication in range(60):
        happened = quake(settlements=villages, aftershocks=False, roads_break=False).occur(world(replication))
        drawn.append(sum(len(hazard.trapped) for hazard in happened.hazards if hasattr(hazard, "trapped")))

    assert np.mean(drawn) == pytest.approx(expected.trapped[1], rel=0.02)


def test_a_rupture_that_runs_one_way_hits_the_village_ahead_and_spares_the_one_behind():
    """Places 30 km north and south of the epicentre; a rupture of 40 km to the north passes below the first."""
    ahead = {**HERE, "id": "north", "lat": 36.32, "lon": 100.05}
    behind = {**HERE, "id": "south", "lat": 35.78, "lon": 100.05}
    towards = quake(settlements=[ahead, behind], magnitude=7.1, strike_deg=0.0, rupture_km=40, rupture_begins=0.0)
    north, south = next(one for one in law_effects(towards, world()) if one.used).intensity[1]
    both_ways = next(
        one for one in law_effects(towards.model_copy(update={"rupture_begins": 0.5}), world()) if one.used
    )

    assert north > south + 1.0
    assert both_ways.intensity[1][0] == pytest.approx(both_ways.intensity[1][1], abs=0.05)
