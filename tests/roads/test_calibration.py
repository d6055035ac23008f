"""Calibration: speeds that made the journeys are found again; the error is that of journeys it has not seen."""

import numpy as np
import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads import HeavyVehicleSpeed, Place, RoadNetwork, RoadState, Section, router_of
from drillsim.roads.speeds.calibration import calibrate
from drillsim.roads.speeds.observed_times import Observation, read_observations

TRUE = HeavyVehicleSpeed(class_kmh={"primary": 50.0, "secondary": 30.0})


@pytest.fixture(scope="module")
def town():
    """Return ten places in a row, joined by 2 km of primary and secondary road in turn."""
    places = [Place(f"p{i}", "", "", "town", 36.0, 100.0) for i in range(10)]
    classes = ("primary", "secondary")
    sections = [Section(f"s{i}", f"p{i}", f"p{i + 1}", "R", 2000.0, 80.0, road_class=classes[i % 2]) for i in range(9)]
    return RoadNetwork("row", places, sections)


def journeys(town, *, spread=0.0, siren=1.0, n=60):
    rng = np.random.default_rng(3)
    made = []
    for i in range(n):
        a, b = (f"p{x}" for x in rng.choice(10, 2, replace=False))
        wailing = i % 2 == 0
        s = router_of(town, TRUE).travel_s(a, b, RoadState()) / (siren if wailing else 1.0)
        made.append(Observation(a, b, s * float(np.exp(rng.normal(0, spread))), siren=wailing, hour=float(i % 24)))
    return made


def test_speeds_that_made_the_journeys_are_found_again(town):
    found = calibrate(town, journeys(town))

    assert found.speeds.class_kmh["primary"] == pytest.approx(50, rel=0.02)
    assert found.speeds.class_kmh["secondary"] == pytest.approx(30, rel=0.02)
    assert found.error_after < 0.02 < found.error_before


def test_the_siren_factor_is_found_where_both_sorts_of_journey_are_there(town):
    found = calibrate(town, journeys(town, siren=1.2))

    assert found.speeds.siren_factor == pytest.approx(1.2, rel=0.03)


def test_what_is_left_is_the_spread_of_the_journeys_themselves(town):
    """Half of a normal spread of 0.2 lies within 0.135."""
    found = calibrate(town, journeys(town, spread=0.2, n=200))

    assert found.error_after == pytest.approx(0.135, abs=0.04)
    assert set(found.error_by_hour) >= {"00-03", "21-24"}


def test_a_class_with_hardly_any_kilometres_moves_with_the_others_and_not_alone(town):
    """One journey of 2 km on a third class, told twice as fast: the fit does not make a race track of it."""
    places = [*town.places.values(), Place("q", "", "", "town", 36.0, 100.0)]
    more = Section("s9", "p9", "q", "R", 2000.0, 50.0, road_class="unclassified")
    network = RoadNetwork("row", places, [*town.sections.values(), more])
    s = router_of(network, TRUE).travel_s("p0", "q", RoadState())
    found = calibrate(network, [*journeys(town, spread=0.15), Observation("p0", "q", 0.8 * s)])

    assert 25 < found.speeds.class_kmh["unclassified"] < 60


def test_a_journey_far_off_all_others_is_left_out_and_named(town):
    found = calibrate(town, [*journeys(town), Observation("p0", "p9", 999_999.0)])

    assert found.strange == ("p0 - p9",)
    assert found.speeds.class_kmh["primary"] == pytest.approx(50, rel=0.02)


def test_journeys_between_places_that_no_road_joins_are_left_out_and_counted(town):
    with_one = [*journeys(town), Observation("p0", "p0", 10.0)]

    assert calibrate(town, with_one).unreachable == 1
    with pytest.raises(NetworkError, match="too few"):
        calibrate(town, journeys(town, n=3))


def test_a_table_of_journeys_is_read_and_its_problems_come_with_file_and_line(town, tmp_path):
    path = tmp_path / "journeys.csv"
    path.write_text("origin,destination,seconds,departure,siren\np0,p3,400,2026-01-02 08:30,no\n", encoding="utf-8")
    assert read_observations(path, town) == (Observation("p0", "p3", 400.0, siren=False, hour=8.5),)

    path.write_text("origin,destination,seconds\np0,p99,400\np0,p1,soon\n", encoding="utf-8")
    with pytest.raises(NetworkError) as caught:
        read_observations(path, town)
    assert [f.where.rpartition(":")[2] for f in caught.value.problems] == ["2", "3"]


def test_ends_may_be_points_with_the_distance_to_their_places(tmp_path):
    places = [Place(f"p{i}", "", "", "town", 36.0, 100.0 + 0.1 * i) for i in range(3)]
    sections = [Section(f"s{i}", f"p{i}", f"p{i + 1}", "R", 10_000.0, 80.0) for i in range(2)]
    path = tmp_path / "journeys.csv"
    path.write_text("origin;destination;seconds\n36.001 100.0;36.0, 100.2;400\n36.1 100.0;p1;400\n", encoding="utf-8")
    near, far = read_observations(path, RoadNetwork("row", places, sections))

    assert (near.origin, near.destination, near.far) == ("p0", "p2", False)
    assert near.off_m == pytest.approx(111, abs=1)
    assert far.far


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("8:30", 8.5), ("2026-01-02 08:30", 8.5), ("2026-01-02T23:15:00+08:00", 23.25), ("8.5", 8.5), ("2026-01-02 08:30:00-05:00", 8.5),
        ("8:30 PM", 20.5), ("2/1/2026 12:15:30 am", 0.25), ("12:00 p.m.", 12.0), ("下午 8:30", 20.5), ("上午8:30", 8.5),
        ("2026年1月2日 下午12:30", 12.5),
    ],
)  # fmt: skip
def test_departures_are_read_as_clock_hours(town, tmp_path, text, hour):
    path = tmp_path / "journeys.csv"
    path.write_text(f"origin,destination,seconds,departure,siren\np0,p1,90,{text},否\n", encoding="utf-8")
    (journey,) = read_observations(path, town)

    assert (journey.hour, journey.siren) == (hour, False)


@pytest.mark.parametrize("text", ["08:75", "08:30-09:30", "24:00", "13:30 PM", "下午 8:30 AM", "晚上 8:30", "08:30 x"])
def test_departures_that_may_mean_anything_else_are_refused(town, tmp_path, text):
    path = tmp_path / "journeys.csv"
    path.write_text(f"origin,destination,seconds,departure\np0,p1,90,{text}\n", encoding="utf-8")
    with pytest.raises(NetworkError) as caught:
        read_observations(path, town)

    assert [(problem.code, problem.got) for problem in caught.value.problems] == [("journey_departure", text)]


def test_a_point_in_another_country_is_no_end_of_a_journey(town, tmp_path):
    path = tmp_path / "journeys.csv"
    path.write_text("origin,destination,seconds\n48.8 2.3,p1,90\n", encoding="utf-8")
    with pytest.raises(NetworkError, match=r"journeys\.csv:2: lies \d+ km from the nearest place"):
        read_observations(path, town)


def test_what_is_no_time_of_day_or_neither_yes_nor_no_is_refused(town, tmp_path):
    path = tmp_path / "journeys.csv"
    path.write_text("origin,destination,seconds,departure,siren\np0,p1,90,25:10,maybe\np0,p1,90,2026-01-02,no\n")
    with pytest.raises(NetworkError) as caught:
        read_observations(path, town)

    assert [problem.code for problem in caught.value.problems] == [
        "journey_siren",
        "journey_departure",
        "journey_departure",
    ]
