"""Reach and bottlenecks on a road whose times follow by mental arithmetic."""

import numpy as np
import pytest
from hypothesis import given, settings

from drillsim.base.errors import DrillsimError, UnknownNameError
from drillsim.roads import Place, RoadNetwork, RoadState, Section, numbers
from drillsim.roads.reach import Reach, bottlenecks, coverage
from tests.roads.test_routing import network_of, plain_s, roads, some, state_of

MIN = 60.0


def line(*more):
    """Return five places in a row, a minute apart."""
    places = [Place(f"p{i}", "", "", "town", 36.0, 100.0) for i in range(5)]
    sections = [Section(f"s{i}", f"p{i}", f"p{i + 1}", "R", 1000.0, 60.0) for i in range(4)]
    return RoadNetwork("line", places, [*sections, *more])


def reach(*more, state=None):
    network = line(*more)
    seconds = [s.length_m / 1000 * MIN for s in network.sections.values()]
    return Reach(network, np.column_stack([seconds, seconds]), state)


def test_each_place_is_as_far_as_its_minutes_from_the_nearest():
    assert (reach().from_nearest(["p0", "p4"]) / MIN).tolist() == [0, 1, 2, 1, 0]
    assert (reach().between(["p0", "p4"], ["p1", "p2"]) / MIN).tolist() == [[1, 2], [3, 2]]


def test_the_second_unit_comes_from_the_farther_station():
    assert (reach().from_nth(["p0", "p4"], 2) / MIN).tolist() == [4, 3, 2, 3, 4]
    with pytest.raises(DrillsimError, match="from 1 to that"):
        reach().from_nth(["p0"], 2)


def test_a_closed_road_cuts_off_and_snow_slows():
    closed = reach(state=RoadState({"s1": 0.0}, overall=0.5))

    assert (closed.from_nearest(["p0"])[:2] / MIN).tolist() == [0, 2]
    assert np.isinf(closed.from_nearest(["p0"])[2:]).all()


def test_coverage_counts_places_or_people():
    times_s = reach().from_nearest(["p0"])

    assert coverage(times_s, 2 * MIN) == pytest.approx(3 / 5)
    assert coverage(times_s, 2 * MIN, np.array([10, 0, 0, 0, 30.0])) == pytest.approx(0.25)


def test_the_road_that_matters_most_cuts_off_most_then_costs_most():
    """The road round from p0 to p4 takes ten minutes; without s0, p1 is reached after thirteen and not one."""
    alone = bottlenecks(reach(), ["p0"])
    assert [(b.section, b.cut_off) for b in alone] == [("s0", 4), ("s1", 3), ("s2", 2), ("s3", 1)]

    worst = bottlenecks(reach(Section("round", "p0", "p4", "R", 10_000.0, 60.0)), ["p0"], top=1)[0]
    assert (worst.section, worst.cut_off) == ("s0", 0)
    assert worst.extra_s == pytest.approx(MIN * ((13 - 1) + (12 - 2) + (11 - 3) + (10 - 4)) / 5)


def test_whom_a_road_cuts_off_comes_before_the_minutes_that_another_costs():
    """Without s1, s2 or s3 the one person at p4 is lost; without s0 a way round of 29 min costs everybody 28 min."""
    roundabout = Section("round", "p0", "p1", "R", 29_000.0, 60.0)
    found = bottlenecks(reach(roundabout), ["p0"], weights=np.array([0.0, 50.0, 0.0, 0.0, 1.0]))

    assert [(b.section, b.cut_off, b.extra_s) for b in found] == [
        ("s1", 1, 0), ("s2", 1, 0), ("s3", 1, 0), ("s0", 0, pytest.approx(28 * MIN)),
    ]  # fmt: skip


def test_a_place_that_nobody_ever_reaches_is_not_lost_to_a_closure():
    places = [Place(f"p{i}", "", "", "town", 36.0, 100.0) for i in range(3)]
    network = RoadNetwork("island", places, [Section("s0", "p0", "p1", "R", 1000.0, 60.0)])
    (worst,) = bottlenecks(Reach(network, np.full((1, 2), MIN)), ["p0"])

    assert (worst.section, worst.cut_off, worst.extra_s) == ("s0", 1, 0)


def test_an_unknown_or_missing_place_is_said():
    with pytest.raises(UnknownNameError, match="unknown place"):
        reach().from_nearest(["nowhere"])
    with pytest.raises(DrillsimError, match="at least one"):
        reach().from_nearest([])


@settings(max_examples=60, deadline=None)
@given(edges=roads, closed=some, slow=some)
def test_times_between_many_places_and_from_the_nth_source_are_those_of_networkx(edges, closed, slow):
    network = network_of(edges)
    seconds = 60.0 * numbers(network.section_columns["length_m"]) / 1000.0
    state, names = state_of(network, closed, slow), list(network.places)
    reach, exact = Reach(network, np.column_stack([seconds, seconds]), state), plain_s(network, state)
    wanted = np.array([[exact[a].get(b, np.inf) for b in names] for a in names])

    assert reach.between(names, names) == pytest.approx(wanted, abs=1e-6)
    assert reach.from_nearest(names[:3]) == pytest.approx(wanted[:3].min(axis=0), abs=1e-6)
    for n in (1, 2, 3):
        assert reach.from_nth(names[:3], n) == pytest.approx(np.sort(wanted[:3], axis=0)[n - 1], abs=1e-6)
