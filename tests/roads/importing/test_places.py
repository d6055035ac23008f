"""Places that matter to an emergency service, taken from OpenStreetMap files."""

import pytest

from drillsim.roads.importing import places_of_interest

SQUARE = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1)}
STEP_M = 111.195


def area(osm, **tags):
    said = {key.replace("__", ":"): value for key, value in tags.items()}
    return places_of_interest(osm(SQUARE, {9: ((1, 2, 3, 4, 1), said)}))


def point(osm, **tags):
    return places_of_interest(osm({1: (3, 4)}, {}, {1: {key.replace("__", ":"): v for key, v in tags.items()}}))


def test_a_fire_station_drawn_as_an_area_stands_in_its_middle(osm):
    (station,) = area(osm, amenity="fire_station", name="城东站")

    assert (station.kind, station.id, station.name) == ("fire_station", "w9", "城东站")
    assert (station.lat, station.lon) == pytest.approx((0.0005, 0.0005))
    assert station.area_m2 == pytest.approx(STEP_M**2, rel=1e-4)


@pytest.mark.parametrize(
    ("tags", "kind"),
    [
        ({"amenity": "hospital"}, "hospital"),
        ({"emergency": "fire_hydrant"}, "hydrant"),
        ({"emergency": "suction_point"}, "water"),
        ({"place": "town"}, "settlement"),
    ],
)
def test_points_are_known_by_their_tags(osm, tags, kind):
    (found,) = point(osm, **tags)

    assert (found.kind, found.id, found.lat, found.area_m2) == (kind, "n1", 0.003, None)


def test_a_building_is_high_from_ten_levels_or_27_metres(osm):
    (levels,) = area(osm, building="yes", building__levels="12")
    (tall,) = area(osm, building="yes", height="30 m")

    assert (levels.kind, levels.levels, tall.height_m) == ("high_building", 12, 30)
    assert area(osm, building="yes", building__levels="9") == ()


def test_industry_and_water_are_areas_with_a_size(osm):
    assert [found.kind for found in area(osm, landuse="industrial")] == ["industrial"]
    assert [found.kind for found in area(osm, natural="water")] == ["water"]
    assert point(osm, landuse="industrial") == ()


def test_a_settlement_tells_its_people_if_they_are_counted(osm):
    counted, uncounted = (point(osm, place="village", population=text)[0] for text in ("1,430", "many"))

    assert (counted.population, uncounted.population) == (1430, None)


def test_an_area_that_is_clipped_is_left_out(osm):
    assert places_of_interest(osm({1: (0, 0)}, {9: ((1, 2, 3, 1), {"landuse": "industrial"})})) == ()


def test_liechtenstein_has_six_fire_stations(shared):
    found = places_of_interest(shared / "liechtenstein.osm.pbf")

    assert sum(place.kind == "fire_station" for place in found) == 6
    assert any(place.kind == "settlement" and place.population for place in found)
