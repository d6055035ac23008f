"""Which roads an emergency service drives, in which direction, and what is read of them."""

import pytest

from drillsim.roads.importing import import_roads
from drillsim.roads.importing.access import way_of
from drillsim.roads.importing.edge_list import Options, Tally


def way(**tags):
    return way_of("w1", {key.replace("__", ":"): value for key, value in tags.items()}, Options(), Tally())


def reason(**tags):
    tally = Tally()
    assert way_of("w1", {key.replace("__", ":"): value for key, value in tags.items()}, Options(), tally) is None
    return dict(tally.dropped)


@pytest.mark.parametrize(
    "tags",
    [
        {"highway": "service", "access": "private"},
        {"highway": "residential", "access": "destination"},
        {"highway": "residential", "motor_vehicle": "no"},
        {"highway": "busway", "access": "no", "bus": "yes"},
        {"highway": "service", "access": "no", "emergency": "yes"},
        {"highway": "footway", "emergency": "designated"},
        {"highway": "living_street"},
    ],
)
def test_a_fire_engine_may_drive_where_others_may_not(tags):
    assert way(**tags).risk == ""


@pytest.mark.parametrize(
    ("tags", "why"),
    [
        ({"highway": "service", "access": "no"}, "no_access"),
        ({"highway": "service", "emergency": "no"}, "no_access"),
        ({"highway": "construction", "construction": "primary"}, "not_built"),
        ({"highway": "proposed"}, "not_built"),
        ({"highway": "track", "abandoned": "yes"}, "not_built"),
        ({"highway": "footway"}, "on_foot"),
        ({"highway": "steps"}, "on_foot"),
        ({"highway": "bus_guideway"}, "not_a_road"),
        ({"highway": "service", "area": "yes"}, "area"),
        ({"highway": "track", "smoothness": "impassable"}, "impassable"),
        ({"route": "ferry", "motor_vehicle": "no"}, "foot_ferry"),
    ],
)
def test_what_is_dropped_is_counted_by_its_reason(tags, why):
    assert reason(**tags) == {why: 1}


@pytest.mark.parametrize(
    ("tags", "direction"),
    [
        ({"oneway": "yes"}, 1), ({"oneway": "1"}, 1), ({"oneway": "true"}, 1), ({"oneway": "-1"}, -1),
        ({"oneway": "reverse"}, -1), ({"oneway": "no"}, 0), ({"oneway": "reversible"}, 0), ({}, 0),
        ({"junction": "roundabout"}, 1), ({"junction": "roundabout", "oneway": "no"}, 0),
        ({"oneway": "yes", "oneway:emergency": "no"}, 0), ({"oneway": "yes", "oneway:fire": "no"}, 0),
        ({"oneway": "yes", "busway": "opposite_lane"}, 0),
    ],
)  # fmt: skip
def test_one_way_in_every_spelling(tags, direction):
    assert way(highway="primary", **tags).oneway == direction


def test_a_motorway_is_one_way_unless_it_says_otherwise_and_its_links_are_not():
    assert way(highway="motorway").oneway == 1
    assert way(highway="motorway", oneway="no").oneway == 0
    assert way(highway="motorway_link").oneway == 0


def test_limits_of_height_and_weight_are_the_lowest_that_are_said():
    low = way(highway="primary", maxheight="4.5", maxheight__physical="3.8", maxweight="7.5 t")

    assert (low.max_height_m, low.max_weight_t) == (3.8, 7.5)


def test_a_limit_that_cannot_be_is_counted_and_not_believed():
    tally = Tally()
    read = way_of(
        "w1", {"highway": "primary", "maxheight": "35", "maxspeed": "fast", "lanes": "some"}, Options(), tally
    )

    assert (read.max_height_m, read.limit_kmh, read.lanes) == (None, None, None)
    assert dict(tally.guessed) == {
        "maxheight_unreadable": 1, "maxspeed_unreadable": 1, "lanes_unreadable": 1, "maxspeed_missing": 1,
    }  # fmt: skip


def test_that_no_limit_is_signed_is_no_guess():
    tally = Tally()
    way_of("w1", {"highway": "primary", "maxheight": "default", "maxspeed": "none"}, Options(), tally)

    assert dict(tally.guessed) == {}


@pytest.mark.parametrize(
    ("tags", "limits"),
    [
        ({"maxspeed__forward": "60", "maxspeed__backward": "40"}, (60, 40)),
        ({"maxspeed": "80", "maxspeed__backward": "30"}, (80, 30)),
        ({"maxspeed": "80", "maxspeed__forward": "30"}, (30, 80)),
        ({"maxspeed__forward": "60"}, (60, None)),  # nothing is said of the other direction
        ({"maxspeed__forward": "60", "zone__maxspeed": "DE:30"}, (60, 30)),
        ({"maxspeed": "50", "maxspeed__forward": "50"}, (50, None)),
    ],
)
def test_each_direction_has_a_limit_of_its_own(tags, limits):
    read = way(highway="primary", **tags)

    assert (read.limit_kmh, read.backward_limit_kmh) == limits


def test_a_track_without_a_surface_has_that_of_its_grade():
    assert [way(highway="track", tracktype=f"grade{n}").surface for n in (1, 2, 5)] == ["paved", "gravel", "unpaved"]
    assert way(highway="track", surface="asphalt").surface == "paved"


def test_wide_ways_for_people_on_foot_come_with_their_risk_when_asked_for(line_of):
    wide, _ = import_roads(line_of(highway="footway", width="3.5"), pedestrian=True)

    (section,) = wide.sections.values()
    assert (section.road_class, section.risk) == ("pedestrian", "pedestrian")
    assert reason(highway="footway", width="1.5") == {"on_foot": 1}
    assert way_of("w1", {"highway": "path"}, Options(pedestrian=True), Tally()) is None


@pytest.mark.parametrize(
    ("tags", "kmh"),
    [
        ({"maxspeed:type": "CN:urban"}, 50),
        ({"source:maxspeed": "DE:rural"}, 70),  # more than is driven there
        ({"zone:maxspeed": "DE:30"}, 30),
        ({"zone:traffic": "GB:urban"}, 48.28032),
        ({"maxspeed:lanes": "60|40"}, 40),
        ({"maxspeed": "60", "zone:maxspeed": "DE:30"}, 60),
    ],
)
def test_a_limit_signed_as_a_zone_or_by_lane_is_read_where_no_other_is(line_of, tags, kmh):
    said = {key.replace(":", "__"): value for key, value in tags.items()}
    (section,) = import_roads(line_of(highway="unclassified", **said))[0].sections.values()

    assert section.free_flow_kmh == pytest.approx(kmh)


def test_a_fixed_bollard_cuts_a_road_and_one_that_comes_out_or_a_gate_does_not(osm):
    def sections(barrier):
        nodes = {i: (i, 0) for i in range(1, 6)}
        return import_roads(
            osm(nodes, {9: ((1, 2, 3, 4, 5), {"highway": "residential"})}, tags={3: barrier}, name="b.osm")
        )

    for passed in (
        {"barrier": "gate"},
        {"barrier": "bollard", "bollard": "removable"},
        {"barrier": "block", "emergency": "yes"},
        {"barrier": "bollard", "access": "yes"},
    ):
        network, report = sections(passed)
        assert (len(network.sections), report.blocked) == (1, 0)
    network, report = sections({"barrier": "bollard"})
    assert (len(network.sections), report.blocked, network.parts.max()) == (2, 1, 1)
    assert "1 roads are cut in two" in report.text()


def test_a_bollard_at_which_the_road_was_parted_in_two_ways_cuts_it(osm):
    nodes, road = {i: (i, 0) for i in range(1, 6)}, {"highway": "residential"}
    network, report = import_roads(
        osm(nodes, {8: ((1, 2, 3), road), 9: ((3, 4, 5), road)}, {3: {"barrier": "bollard"}})
    )

    assert (report.blocked, network.parts.max()) == (1, 1)


def test_below_a_bar_no_vehicle_drives_that_is_higher(osm):
    nodes = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (1, 1)}
    ways = {8: ((1, 2, 3), {"highway": "residential"}), 9: ((1, 4, 3), {"highway": "residential"})}

    def heights(bar):
        network, report = import_roads(
            osm(nodes | {5: (0, -1), 6: (3, 0)}, ways | {7: ((5, 1), ways[8][1]), 6: ((3, 6), ways[8][1])}, {2: bar})
        )
        return {s.id: s.max_height_m for s in network.sections.values()}, report.guessed

    said, _ = heights({"barrier": "height_restrictor", "maxheight": "2.2 m"})
    unsaid, guessed = heights({"barrier": "height_restrictor"})

    assert said == {"w8.1": 2.2, "w9.1": None, "w7.1": None, "w6.1": None}
    assert (unsaid["w8.1"], guessed["height_bar"]) == (2.5, 1)


def test_a_bar_where_roads_meet_limits_none_of_them(osm):
    nodes, road = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (1, 1)}, {"highway": "residential"}
    network, _ = import_roads(osm(nodes, {8: ((1, 2, 3), road), 9: ((2, 4), road)}, {2: {"maxheight": "2.2"}}))

    assert {section.max_height_m for section in network.sections.values()} == {None}


def test_a_ferry_of_which_nobody_says_what_it_takes_is_a_guess():
    tally = Tally()
    assert way_of("w1", {"route": "ferry", "duration": "20"}, Options(), tally) is not None
    assert tally.guessed == {"ferry_vehicles": 1}


def test_a_bollard_where_roads_meet_cuts_none_of_them(osm):
    nodes = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (1, 1)}
    ways = {8: ((1, 2, 3), {"highway": "residential"}), 9: ((2, 4), {"highway": "residential"})}
    _, report = import_roads(osm(nodes, ways, tags={2: {"barrier": "bollard"}}))

    assert (report.blocked, report.parts) == (0, 0)
