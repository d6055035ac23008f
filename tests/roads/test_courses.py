"""Passes and gorges between both ends of a section: up and down, both ways, as if every node were a place."""

import numpy as np
import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads import (
    HeavyVehicleSpeed,
    Place,
    RoadNetwork,
    Section,
    network_from_tables,
    open_network,
    read_network,
    save_network,
    stretches_of,
)
from drillsim.world.network_arrays import network_arrays

KM = 1000.0


def road(profile=(), *, top_m=None, start_m=1000.0, end_m=1000.0):
    """Return one road of 20 km, 60 km/h on level ground for a fire engine."""
    places = [Place("a", "", "", "town", 0.0, 0.0, start_m), Place("b", "", "", "town", 0.0, 0.1, end_m)]
    section = Section("s", "a", "b", "G1", 20 * KM, 100.0, max_elevation_m=top_m, profile=profile)
    return RoadNetwork("road", places, [section])


def minutes(network, **speeds):
    return (HeavyVehicleSpeed(**speeds).section_s(network)[0] / 60).tolist()


def test_a_level_road_takes_its_length_over_the_speed():
    assert minutes(road()) == pytest.approx([20, 20])


def test_a_pass_is_climbed_and_descended_both_ways():
    """300 kW, 20 t: 255 kW at the wheels over 196.2 kN x (0.08 + 0.012) is 14.13 m/s; down 8 % at 40 km/h."""
    over = [10 * KM / (255 / (196.2 * 0.092)) / 60 + 15]  # 11.8 min up, 15 min down
    assert over[0] == pytest.approx(26.8, abs=0.05)

    assert minutes(road((10 * KM, 1800.0))) == pytest.approx(2 * over)
    assert minutes(road((10 * KM, 1800.0)), grade=False) == pytest.approx([20, 20])


def test_a_gorge_is_descended_and_climbed_both_ways():
    over = [10 * KM / (255 / (196.2 * 0.092)) / 60 + 15]

    assert minutes(road((10 * KM, 200.0))) == pytest.approx(2 * over)


def test_a_climb_on_a_short_part_counts_there_only():
    """2 km up 8 % take 2.36 min instead of 2, on 18 km of level road."""
    up, down = minutes(road((18 * KM, 1000.0), end_m=1160.0))
    assert up == pytest.approx(18 + 2 * KM / (255 / (196.2 * 0.092)) / 60)
    assert down == pytest.approx(18 + 2 / 40 * 60)


def test_an_engine_loses_power_on_the_pass_not_at_its_ends():
    """At 4000 m, in the middle of the climb from 3600 to 4400 m, 80 % of its power is left."""
    up = 10 * KM / (0.8 * 255 / (196.2 * 0.092)) / 60
    assert minutes(road((10 * KM, 4400.0), start_m=3600.0, end_m=3600.0)) == pytest.approx([up + 15, up + 15])


def test_where_only_the_highest_point_is_known_a_short_road_goes_up_and_down_at_one_grade():
    """From 1000 m to 1800 m and down to 1400 m: 1200 m over 20 km is 6 %, two thirds of it up."""
    stretches = stretches_of(road(top_m=1800.0, end_m=1400.0))

    assert stretches.length_m == pytest.approx([40 / 3 * KM, 20 / 3 * KM])
    assert stretches.rise_m.tolist() == [800.0, -400.0]
    assert stretches.middle_m.tolist() == [1400.0, 1600.0]


def test_where_only_the_highest_point_is_known_a_long_road_climbs_at_5_percent_near_it():
    """From 1000 m to 1300 m and down to 1200 m on 20 km: the top after 3/4 of it, 6 km of climb, 2 km of descent."""
    stretches = stretches_of(road(top_m=1300.0, end_m=1200.0))

    assert stretches.length_m == pytest.approx([9 * KM, 6 * KM, 2 * KM, 3 * KM])
    assert stretches.rise_m.tolist() == [0.0, 300.0, -100.0, 0.0]
    assert stretches.middle_m.tolist() == [1000.0, 1150.0, 1250.0, 1200.0]


def test_a_high_pass_slows_an_engine_though_the_road_is_long():
    """At 4500 m, in the middle of 10 km of climb to 4750 m, 75 % of 255 kW over 196.2 kN x (0.05 + 0.012): 56.6 km/h."""
    kmh = 3.6 * 0.75 * 255 / (196.2 * 0.062)
    assert kmh == pytest.approx(56.6, abs=0.05)

    over = road(top_m=4750.0, start_m=4250.0, end_m=4250.0)
    assert minutes(over) == pytest.approx([10 + 10 / kmh * 60] * 2)
    assert minutes(over) == pytest.approx([20.6] * 2, abs=0.01)


def test_a_highest_point_below_an_end_says_nothing():
    assert stretches_of(road(top_m=900.0)).rise_m.tolist() == [0.0]


@pytest.mark.parametrize(
    "profile",
    [(5.0,), (-1.0, 1000.0), (30 * KM, 1000.0), (9 * KM, 1000.0, 8 * KM, 1000.0), (1.0, 9001.0), (1.0, float("nan"))],
)
def test_heights_along_a_section_that_can_be_none_are_refused(profile):
    with pytest.raises(NetworkError, match="s: heights along a section must be pairs"):
        road(profile)


def test_heights_along_a_section_are_kept_by_files_and_graphs(tmp_path):
    network = road((10 * KM, 1800.0, 12 * KM, 1700.5))
    save_network(network, tmp_path / "road.roads")

    assert open_network(tmp_path / "road.roads").sections["s"].profile == (10 * KM, 1800.0, 12 * KM, 1700.5)
    assert RoadNetwork.from_graph(network.graph) == network
    assert network != road()


def test_a_table_tells_the_heights_along_a_road(tmp_path):
    (tmp_path / "nodes.csv").write_text("id,lat,lon,elevation_m\na,0,0,1000\nb,0,0.1,1000\n", encoding="utf-8")
    (tmp_path / "edges.csv").write_text(
        "from,to,length_km,free_flow_kmh,profile\na,b,20,100,5:200 12.5:900\n", encoding="utf-8"
    )

    assert read_network(tmp_path).sections["a--b:"].profile == (5 * KM, 200.0, 12.5 * KM, 900.0)


def test_a_table_with_another_profile_says_how_it_is_written():
    nodes = [{"id": "a", "lat": 0, "lon": 0}, {"id": "b", "lat": 0, "lon": 0.1}]
    edge = {"from": "a", "to": "b", "length_km": 20, "free_flow_kmh": 100, "profile": "5 km at 200 m"}

    with pytest.raises(NetworkError, match="profile: write km:m with blanks between"):
        network_from_tables(nodes, [edge], id="x")


def test_lowest_and_highest_points_and_the_part_above_a_height():
    """From 1000 m down to 200 m half-way, and up again: a quarter of each half lies above 800 m."""
    gorge, over = network_arrays(road((10 * KM, 200.0))), network_arrays(road(top_m=1800.0))

    assert gorge.section_min_elevation_m.tolist() == [200.0]
    assert gorge.section_max_elevation_m.tolist() == over.section_min_elevation_m.tolist() == [1000.0]
    assert gorge.part_above(800.0).tolist() == [0.25]
    assert [over.part_above(line).tolist() for line in (900.0, 1200.0, 1800.0)] == [[1.0], [0.75], [0.0]]


def test_a_road_of_even_grade_is_one_stretch():
    assert np.diff(stretches_of(road(end_m=1200.0)).section).tolist() == []
