"""The fictional city: the same from the same seed, of the size asked for, in one piece, and shaped like a valley."""

import numpy as np
import pyarrow as pa
import pytest

from drillsim.roads import HeavyVehicleSpeed, numbers
from drillsim.roads.reach import Reach, coverage
from drillsim.roads.synthetic import synthetic_city


@pytest.fixture(scope="module")
def city():
    return synthetic_city(5_000, seed=1)


def classes(network):
    return np.asarray(network.section_columns["road_class"].cast(pa.string()).to_pylist(), dtype=str)


@pytest.mark.parametrize("places", [500, 1_000, 10_000, pytest.param(100_000, marks=pytest.mark.slow)])
def test_it_has_the_places_asked_for_and_hangs_together(places):
    network = synthetic_city(places, seed=3).network

    assert len(network.places) == pytest.approx(places, rel=0.02)
    assert network.parts.max() == 0


def test_the_same_seed_gives_the_same_city_and_another_seed_another():
    one, again, other = (synthetic_city(1_000, seed=seed).network.digest for seed in (1, 1, 2))

    assert one == again != other


def test_small_streets_are_most_of_its_length_and_arterials_a_few_parts_in_a_hundred(city):
    length_m, kind = city.network.section_m, classes(city.network)

    def share(*names):
        return length_m[np.isin(kind, names)].sum() / length_m.sum()

    assert 0.50 <= share("residential", "service", "unclassified") <= 0.70
    assert 0.08 <= share("tertiary") <= 0.20
    assert 0.03 <= share("secondary") <= 0.12
    assert 0.03 <= share("primary") <= 0.13
    assert 0.02 <= share("trunk", "motorway") <= 0.10
    assert 2.5 <= 2 * len(kind) / len(city.network.places) <= 3.3


def test_it_lies_at_the_height_of_the_plateau_and_rises_up_the_arms(city):
    height_m = numbers(city.network.place_columns["elevation_m"])

    assert height_m.min() >= 2000
    assert height_m.max() <= 3100


def test_the_river_is_crossed_at_bridges_only(city):
    """The first street on either side of the river differs in the sign of its place; no other section joins them."""
    network = city.network
    lat, lon = (numbers(network.place_columns[name]) for name in ("lat", "lon"))
    # the line from the centre to the end of the east arm, where it runs nearly straight, is the river itself
    river = np.array(city.rivers[0])
    ends = network.section_ends
    crossing = [_cross(river, (lat[a], lon[a]), (lat[b], lon[b])) for a, b in ends[:4000]]
    bridge = numbers(network.section_columns["bridge"])[:4000] == 1
    wrong = np.flatnonzero(np.array(crossing) & ~bridge)

    assert np.sum(crossing) >= 3
    assert len(wrong) <= 0.1 * np.sum(crossing), network.section_ids.names(wrong)


def test_the_expressway_is_a_bridge_where_it_crosses_a_river_and_nowhere_else(city):
    network = city.network
    kind, bridge = classes(network), numbers(network.section_columns["bridge"]) == 1
    rivers = [np.array(river) for river in city.rivers]
    lat, lon = (numbers(network.place_columns[name]) for name in ("lat", "lon"))
    rows = np.flatnonzero(kind == "motorway")
    ends = network.section_ends[rows]
    over = [any(_cross(r, (lat[a], lon[a]), (lat[b], lon[b])) for r in rivers) for a, b in ends]

    assert 0 < bridge[rows].sum() < 0.3 * len(rows)
    assert bridge[rows].tolist() == over


def _cross(river, a, b):
    """Return whether the line from a to b crosses the river."""
    p, q = river[:-1], river[1:]

    def side(u, v, w):
        return (v[..., 0] - u[..., 0]) * (w[..., 1] - u[..., 1]) - (v[..., 1] - u[..., 1]) * (w[..., 0] - u[..., 0])

    a, b = np.array(a), np.array(b)
    return bool(((side(p, q, a) * side(p, q, b) < 0) & (side(a, b, p) * side(a, b, q) < 0)).any())


def test_stations_reach_most_of_it_and_not_all_within_eight_minutes(city):
    network = city.network
    stations = [network.place_ids[s.place] for s in city.stations]
    reach = Reach(network, HeavyVehicleSpeed().section_s(network)).from_nearest(stations)
    people = numbers(network.place_columns["population"]).astype(float)

    assert 0.75 <= coverage(reach, 480.0, people) < 1
    assert {s.force for s in city.stations} == {"national_team", "government_brigade", "micro_station"}


def test_people_live_in_buildings_and_a_few_of_these_are_towers(city):
    population = numbers(city.network.place_columns["population"]).sum()
    buildings = city.buildings

    assert 10 * len(city.network.places) <= population <= 30 * len(city.network.places)
    assert buildings.people_night.sum() == pytest.approx(population, rel=0.3)
    assert 0.005 <= np.mean(buildings.storeys >= 18) <= 0.10
    assert buildings.storeys.max() <= 40


def test_hydrants_have_gaps_and_the_park_has_places_and_substances(city):
    lat, lon = (numbers(city.network.place_columns[name]) for name in ("lat", "lon"))
    from_centre = np.hypot((lat - 36.62) * 111_000, (lon - 101.77) * 89_000)

    assert from_centre[city.hydrants].min() >= 690
    assert (from_centre < 690).sum() > 10
    assert len(city.chemical_park.places) >= 10
    assert "chlorine" in city.chemical_park.substances
    assert len(city.hospitals) >= 1


def test_a_ring_road_joins_the_arms_without_the_centre(city):
    """Between neighbouring arms there is one section of the ring; closing the centre leaves three ways round."""
    network = city.network
    long_m, kind = network.section_m, classes(network)
    east = np.array([place.lon for place in network.places.values()])[network.section_ends]
    ring = np.flatnonzero((kind == "trunk") & (long_m > 1_000))

    assert len(ring) == 4
    assert 1_000 < long_m[ring].max() < 10_000
    assert np.sum(east[ring].mean(axis=1) > np.median(east)) == 2
    assert not numbers(network.section_columns["bridge"])[ring].any()  # it meets the river where it is a street


def test_its_places_are_called_after_streets_in_both_languages_and_its_ids_are_plain_numbers(city):
    places = city.network.place_columns
    zh, en = (places[name].to_pylist() for name in ("name_zh", "name_en"))

    assert places["id"].to_pylist()[:2] == ["j0000", "j0001"]
    assert len(set(zh)) > 0.85 * len(zh)  # some streets go on without a crossing that has a name of its own
    assert not any(name.startswith("j0") for name in (*zh, *en))
    assert zh.count("中心广场") == en.count("Central Square") == 1
    assert all(name.isascii() for name in en)
    assert {zh[row][-1] for row in np.flatnonzero(np.array(places["kind"].to_pylist()) == "village")} == {"村"}


def test_every_section_of_a_street_has_its_name_and_no_other_street_has_it(city):
    sections = city.network.section_columns
    zh, en, kind = (sections[name].to_pylist() for name in ("name_zh", "road", "road_class"))

    assert all(zh)
    assert all(en)
    ring = {(a, b) for a, b in zip(zh, en, strict=True) if a == "环城路"}
    assert ring == {("环城路", "Ring Road")}
    assert {a for a, k in zip(zh, kind, strict=True) if k == "motorway"} == {"河谷高速"}
    assert len({a for a, b in set(zip(zh, en, strict=True))}) == len({b for a, b in set(zip(zh, en, strict=True))})


def test_the_same_seed_gives_the_same_names_and_another_seed_others():
    one, again, other = (synthetic_city(1_000, seed=seed).network.place_columns["name_zh"] for seed in (1, 1, 2))

    assert one == again
    assert one != other
