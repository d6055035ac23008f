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


def test_of_a_water_the_edge_is_known_as_far_as_it_is_in_the_file(osm):
    tags = {9: ((1, 2, 3, 4, 1), {"natural": "water"}), 10: ((1, 7, 2, 3), {"natural": "water"})}
    clipped, whole = places_of_interest(osm(SQUARE, tags))[::-1]

    assert whole.outline == (((0, 0), (0.001, 0), (0.001, 0.001), (0, 0.001), (0, 0)),)
    assert clipped.outline == (((0, 0),), ((0.001, 0), (0.001, 0.001)))
    assert area(osm, landuse="industrial")[0].outline == ()


def test_a_settlement_tells_its_people_if_they_are_counted(osm):
    counted, uncounted = (point(osm, place="village", population=text)[0] for text in ("1,430", "many"))

    assert (counted.population, uncounted.population) == (1430, None)


def test_of_an_area_that_is_clipped_the_nodes_that_are_there_tell_where_it_is(osm):
    (works,) = places_of_interest(osm({1: (0, 0), 2: (1, 0)}, {9: ((1, 2, 3, 1), {"landuse": "industrial"})}))

    assert ((works.lat, works.lon), works.area_m2) == (pytest.approx((0.0005, 0.0)), None)


STATION = {"amenity": "fire_station", "name": "城东站"}
HOSPITAL = "".join(f'<tag k="{k}" v="{v}"/>' for k, v in {"type": "multipolygon", "amenity": "hospital"}.items())


@pytest.mark.parametrize("order", ["nodes last", "ways out of order", "drawn as an open line"])
def test_a_station_is_found_however_the_file_was_written(osm, order):
    refs = (1, 2, 3, 4) if order == "drawn as an open line" else (1, 2, 3, 4, 1)
    path = osm(SQUARE, {9: (refs, STATION), 8: ((1, 2), {"highway": "residential"})})
    if order == "nodes last":  # as queries of servers answer
        lines = path.read_text(encoding="utf-8").splitlines()
        lines[1:-1] = sorted(lines[1:-1], reverse=True)
        path.write_text("\n".join(lines), encoding="utf-8")

    (station,) = places_of_interest(path)

    assert (station.name, station.lat, station.lon) == ("城东站", pytest.approx(0.0005), pytest.approx(0.0005))


def test_an_area_of_several_edges_is_put_together(osm):
    members = '<member type="way" ref="8" role="outer"/><member type="way" ref="9" role="outer"/>'
    path = osm(
        SQUARE, {8: ((1, 2, 3), {}), 9: ((1, 4, 3), {})}, extra=f'<relation id="5">{members}{HOSPITAL}</relation>'
    )
    (hospital,) = places_of_interest(path)

    assert (hospital.id, hospital.lat) == ("r5", pytest.approx(0.0005))
    assert hospital.area_m2 == pytest.approx(STEP_M**2, rel=1e-4)


def test_what_is_given_up_is_no_station(osm):
    assert point(osm, amenity="fire_station", disused="yes") == ()


def test_liechtenstein_has_six_fire_stations(shared):
    found = places_of_interest(shared / "liechtenstein.osm.pbf")

    assert sum(place.kind == "fire_station" for place in found) == 6
    assert any(place.kind == "settlement" and place.population for place in found)
