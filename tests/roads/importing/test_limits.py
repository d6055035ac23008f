"""Limits by direction, width, barriers and boats, in whatever words, and the count of what is not applied."""

import networkx as nx
import pytest

from drillsim.roads import HeavyVehicleSpeed, router_of
from drillsim.roads.importing import import_graph, import_roads
from drillsim.roads.importing.access import way_of
from drillsim.roads.importing.edge_list import Options, Tally
from drillsim.roads.network.state import RoadState

DEG_M = 111.195  # between two nodes of the file


def read(**tags):
    tally = Tally()
    way = way_of("w1", {"highway": "primary"} | {k.replace("__", ":"): v for k, v in tags.items()}, Options(), tally)
    return way, tally


def minutes(network, start, end):
    route = router_of(network, HeavyVehicleSpeed(other_cap_kmh=200)).fastest(start, end, RoadState())
    return None if route is None else route.travel_s / 60


@pytest.mark.parametrize(
    ("tags", "width_m"),
    [
        ({"maxwidth": "2"}, 2), ({"maxwidth": "7'0\""}, 7 * 0.3048), ({"maxwidth__physical": "220 cm"}, 2.2),
        ({"maxwidth": "3", "maxwidth__physical": "2.3"}, 2.3), ({"maxwidth__backward": "2.4"}, 2.4),
        ({"width": "2.1"}, 2.1), ({"width": "7"}, None), ({"maxwidth": "default"}, None), ({}, None),
    ],
)  # fmt: skip
def test_the_width_that_passes_is_the_least_that_is_said(tags, width_m):
    assert read(**tags)[0].max_width_m == (width_m if width_m is None else pytest.approx(width_m))


def test_a_wide_road_says_nothing_of_who_fits_and_neither_does_a_motorway():
    assert read(width="3.5")[0].max_width_m is None
    assert read(highway="motorway", width="2")[0].max_width_m is None


def test_a_limit_of_width_that_can_be_none_is_counted():
    way, tally = read(maxwidth="narrow", width="?")

    assert way.max_width_m is None
    assert (tally.guessed["maxwidth_unreadable"], tally.guessed["width_unreadable"]) == (1, 1)


def test_a_vehicle_wider_than_a_road_does_not_drive_it(line_of):
    network, _ = import_roads(line_of(maxwidth="2.4"))

    assert minutes(network, "n1", "n3") is None
    assert router_of(network, HeavyVehicleSpeed(width_m=2.3)).fastest("n1", "n3", RoadState()) is not None
    assert router_of(network, HeavyVehicleSpeed(limits=False)).fastest("n1", "n3", RoadState()) is not None


@pytest.mark.parametrize("tags", [{"barrier": "gate", "maxwidth": "2"}, {"traffic_calming": "choker", "maxwidth": "2"}])
def test_a_gap_at_a_node_is_as_narrow_as_it_says_from_either_side(osm, tags):
    nodes = {i: (i, 0) for i in range(1, 6)}
    network, _ = import_roads(osm(nodes, {9: ((1, 2, 3, 4, 5), {"highway": "residential"})}, {3: tags}), keep="all")

    assert [s.max_width_m for s in network.sections.values()] == [None, 2, 2, None]


def test_each_direction_takes_as_long_as_its_limit(line_of):
    network, _ = import_roads(line_of(highway="primary", maxspeed="72", maxspeed__backward="36"))
    (section,) = network.sections.values()

    assert (section.free_flow_kmh, section.backward_kmh) == (pytest.approx(72), pytest.approx(36))
    # 222.39 m at 0.8 of 20 m/s, and of 10 m/s
    assert minutes(network, "n1", "n3") == pytest.approx(222.39 / 16 / 60, rel=1e-4)
    assert minutes(network, "n3", "n1") == pytest.approx(222.39 / 8 / 60, rel=1e-4)


def test_a_road_drawn_against_its_traffic_has_the_backward_limit(line_of):
    network, _ = import_roads(line_of(highway="primary", oneway="-1", maxspeed="72", maxspeed__backward="36"))
    (section,) = network.sections.values()

    assert (section.start, section.end, section.oneway) == ("n3", "n1", True)
    assert (section.free_flow_kmh, section.backward_kmh) == (pytest.approx(36), None)


def test_limits_of_two_ways_that_were_drawn_towards_each_other_are_put_together_by_direction(osm):
    tags = {"highway": "primary", "maxspeed:forward": "72", "maxspeed:backward": "36"}
    network, _ = import_roads(osm({1: (0, 0), 2: (1, 0), 3: (2, 0)}, {8: ((1, 2), tags), 9: ((3, 2), tags)}))
    (section,) = network.sections.values()

    # half of it at 72, half at 36, in both directions: 2 / (1/72 + 1/36) = 48
    assert (section.free_flow_kmh, section.backward_kmh) == (pytest.approx(48), None)


@pytest.mark.parametrize("simplified", [True, False])
def test_edges_of_a_graph_that_run_against_their_road_have_its_other_limit(simplified):
    graph = nx.MultiDiGraph(crs="epsg:4326")
    graph.add_node(1, x=100.0, y=36.0)
    graph.add_node(2, x=100.1, y=36.0)
    tags = {"highway": "primary", "osmid": 7, "maxspeed:forward": "70", "maxspeed:backward": "30", "length": 9500.0}
    names = tags if simplified else {key.replace(":", "_"): value for key, value in tags.items()}
    graph.add_edge(1, 2, oneway=False, reversed=False, **names)
    graph.add_edge(2, 1, oneway=False, reversed=True, **names)
    network, _ = import_graph(graph)
    (section,) = network.sections.values()

    assert (section.start, section.free_flow_kmh, section.backward_kmh) == ("1", pytest.approx(70), pytest.approx(30))


@pytest.mark.parametrize(
    "word", ["concrete_block", "jersey_barrier", "log", "debris", "planter", "stile", "kissing_gate", "cycle_barrier"]
)
def test_what_stands_across_a_road_ends_it_from_either_side(osm, word):
    nodes = {i: (10 * i, 0) for i in range(1, 6)}
    path = osm(nodes, {9: ((1, 2, 3, 4, 5), {"highway": "residential"})}, {3: {"barrier": word}})
    network, report = import_roads(path)

    assert report.blocked == 1
    assert {(s.start, s.end) for s in network.sections.values()} == {("n1", "n3"), ("n3-2", "n5")}
    assert sum(s.length_m for s in network.sections.values()) == pytest.approx(40 * DEG_M, rel=1e-4)  # nothing is lost
    assert minutes(network, "n1", "n5") is None


def test_a_barrier_where_two_ways_meet_parts_them_and_one_on_a_ring_opens_it(osm):
    nodes = {1: (0, 0), 2: (10, 0), 3: (20, 0), 4: (10, 10)}
    street, bar = {"highway": "residential"}, {2: {"barrier": "bollard"}}
    parted, _ = import_roads(osm(nodes, {8: ((1, 2), street), 9: ((2, 3), street)}, bar))
    ring, _ = import_roads(osm(nodes, {9: ((2, 3, 4, 2), street)}, bar))

    assert {(s.start, s.end) for s in parted.sections.values()} == {("n1", "n2"), ("n2-2", "n3")}
    assert {(s.start, s.end) for s in ring.sections.values()} == {("n2", "n2-2")}


@pytest.mark.parametrize(
    "word",
    ["gate", "lift_gate", "swing_gate", "chain", "cattle_grid", "toll_booth", "border_control", "entrance", "kerb", "yes",
     "sump_buster", "bus_trap"],
)  # fmt: skip
def test_what_a_fire_crew_opens_or_drives_over_is_passed_and_no_guess(osm, word):
    nodes = {i: (i, 0) for i in range(1, 4)}
    network, report = import_roads(osm(nodes, {9: ((1, 2, 3), {"highway": "residential"})}, {2: {"barrier": word}}))

    assert (len(network.sections), report.blocked, dict(report.not_applied)) == (1, 0, {})


def test_barriers_that_are_unknown_locked_or_at_a_junction_are_counted(osm):
    nodes = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (3, 0), 5: (4, 0), 6: (3, 1)}
    street = {"highway": "residential"}
    path = osm(
        nodes, {8: ((1, 2, 3, 4, 5), street), 9: ((4, 6), street)},
        {2: {"barrier": "moon_rock"}, 3: {"barrier": "gate", "locked": "yes"}, 4: {"barrier": "bollard"}},
    )  # fmt: skip
    _, report = import_roads(path)

    assert dict(report.not_applied) == {"barrier=moon_rock": 1}
    assert (report.guessed["barrier_locked"], report.guessed["barrier_at_junction"]) == (1, 1)
    assert "barrier=moon_rock" in report.text("en")
    assert "barrier=moon_rock" in report.text("zh")


def test_a_road_that_is_a_barrier_along_its_length_is_dropped():
    way, tally = read(barrier="jersey_barrier")

    assert (way, dict(tally.dropped)) == (None, {"barred": 1})


@pytest.mark.parametrize(
    ("tags", "word"),
    [
        ({"access": "no", "service": "emergency_access"}, "emergency"), ({"access": "emergency"}, "emergency"),
        ({"access": "no", "motor_vehicle": "emergency"}, "emergency"), ({"access": "no", "emergency": "yes"}, "emergency"),
        ({"highway": "footway", "service": "fire_lane"}, "emergency"), ({"access": "private"}, "access=private"),
        ({"access": "no", "bus": "yes"}, "bus=yes"), ({"motor_vehicle": "forestry"}, "motor_vehicle=forestry"),
        ({"motor_vehicle": "agricultural;forestry"}, "motor_vehicle=agricultural"), ({"access": "military"}, "access=military"),
    ],
)  # fmt: skip
def test_reserved_roads_are_driven_and_counted_by_their_word(tags, word):
    way, tally = read(**tags)

    assert way.risk == ""
    assert dict(tally.reserved) == {word: 1}


def test_a_right_in_an_unknown_word_is_counted():
    assert dict(read(access="dragons")[1].not_applied) == {"access=dragons": 1}


@pytest.mark.parametrize(
    ("tags", "driven"),
    [
        ({"foot": "yes", "bicycle": "yes"}, False), ({"passenger": "yes"}, False), ({"ferry": "water_taxi"}, False),
        ({"name": "Harbour Water Taxi"}, False), ({"motor_vehicle": "no"}, False), ({"motorcar": "yes", "hgv": "no"}, False), ({"access": "no"}, False),
        ({"foot": "yes", "motor_vehicle": "yes"}, True), ({"foot": "yes", "emergency": "yes"}, True),
        ({"cargo": "vehicles", "foot": "yes"}, True), ({}, True), ({"access": "yes"}, True), ({"foot": "no"}, True),
    ],
)  # fmt: skip
@pytest.mark.parametrize("route", ["ferry", "shuttle_train"])
def test_a_boat_or_shuttle_train_takes_fire_engines_unless_its_tags_name_others_alone(route, tags, driven):
    tally = Tally()
    way = way_of("w1", {"route": route, **tags}, Options(), tally)

    assert (way is not None) == driven
    assert tally.dropped["foot_ferry"] == (not driven)


@pytest.mark.parametrize(
    ("tags", "closed"),
    [
        ({"motor_vehicle__conditional": "no @ (Nov-Apr)"}, "11-01/04-30"),
        ({"access__conditional": "no @ (Nov 15-Mar 31)"}, "11-15/03-31"),
        ({"vehicle__conditional": "no @ Dec; no @ (Jan 1-15)"}, "12-01/01-15"),
        ({"access__conditional": "no @ (winter)"}, "winter"),
        ({"access": "no", "access__conditional": "yes @ (May 16-Oct 31)"}, "11-01/05-15"),
        ({"motor_vehicle": "no", "motor_vehicle__conditional": "destination @ (Jun-Sep)"}, "10-01/05-31"),
        ({"seasonal": "summer;autumn"}, "winter;spring"), ({"ice_road": "yes"}, "spring;summer;autumn"),
        ({"winter_road": "yes"}, "spring;summer;autumn"), ({"opening_hours": "May-Oct"}, "11-01/04-30"),
        ({"opening_hours": "Nov-Apr off"}, "11-01/04-30"), ({"opening_hours": "24/7"}, ""), ({}, ""),
        ({"access__conditional": "delivery @ (Nov-Apr)"}, ""), ({"seasonal": "no"}, ""),
    ],
)  # fmt: skip
def test_closures_by_the_time_of_the_year_are_read_from_every_tag_that_tells_them(tags, closed):
    way, tally = read(**tags)

    assert way.closed == closed
    assert dict(tally.closed) == ({closed: 1} if closed else {})
    assert dict(tally.at_times) == {}


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ({"motor_vehicle__conditional": "no @ (22:00-06:00)"}, "motor_vehicle:conditional=no @ (22:00-06:00)"),
        ({"access__conditional": "no @ (snow)"}, "access:conditional=no @ (snow)"),
        ({"access__conditional": "no in winter"}, "access:conditional=no in winter"),
        ({"seasonal": "yes"}, "seasonal=yes"), ({"opening_hours": "Mo-Fr 06:00-22:00"}, "opening_hours=mo-fr 06:00-22:00"),
    ],
)  # fmt: skip
def test_closures_that_cannot_be_read_are_counted_with_their_words_and_taken_to_be_open(tags, said):
    way, tally = read(**tags)

    assert way.closed == ""
    assert dict(tally.at_times) == {said: 1}


def test_a_closure_of_part_of_a_road_is_a_section_of_its_own_and_the_report_says_when(osm):
    tags = {"highway": "primary"}
    shut = tags | {"motor_vehicle:conditional": "no @ (Nov-Apr)"}
    network, report = import_roads(osm({1: (0, 0), 2: (1, 0), 3: (2, 0)}, {8: ((1, 2), tags), 9: ((2, 3), shut)}))

    assert [(s.end, s.closed) for s in network.sections.values()] == [("n2", ""), ("n3", "11-01/04-30")]
    assert "part of the year, 1: 11-01/04-30" in report.text("en")
    assert "11-01/04-30" in report.text("zh")


@pytest.mark.parametrize(
    ("tags", "said"),
    [
        ({"maxlength": "10"}, "maxlength"), ({"maxaxleload": "8"}, "maxaxleload"), ({"hgv": "no"}, "hgv=no"),
        ({"maxspeed__conditional": "60 @ (wet)"}, "maxspeed:conditional"), ({"maxspeed__hgv": "60"}, "maxspeed:hgv"),
        ({"oneway__conditional": "yes @ (Su)"}, "oneway:conditional"), ({"winter_service": "no"}, "winter_service=no"),
        ({"maxweight__conditional": "7.5 @ (Mar-Apr)"}, "maxweight:conditional"), ({"ford": "yes"}, "ford=yes"),
        ({"motor_vehicle__forward": "no"}, "motor_vehicle:forward=no"), ({"hgv__forward": "no"}, "hgv:forward=no"),
        ({"vehicle__backward": "no"}, "vehicle:backward=no"), ({"access__temporary": "no"}, "access:temporary=no"),
        ({"temporary__access": "no"}, "temporary:access=no"), ({"access__lanes": "no|yes"}, "access:lanes=no|yes"),
        ({"operational_status": "closed"}, "operational_status=closed"), ({"bridge": "collapsed"}, "bridge=collapsed"),
        ({"highway__state": "closed"}, "highway:state=closed"), ({"construction": "yes"}, "construction=yes"),
        ({"maxunladenweight": "3"}, "maxunladenweight"), ({"incline": "35%"}, "incline"),
        ({"4wd_only": "yes"}, "4wd_only=yes"), ({"hazmat": "no"}, "hazmat=no"), ({"height": "2"}, "height"),
        ({"tunnel__maxheight": "2"}, "tunnel:maxheight"), ({"maxspeed__variable": "yes"}, "maxspeed:variable=yes"),
    ],
)  # fmt: skip
def test_what_may_bind_and_is_not_applied_is_counted_by_its_word(tags, said):
    assert dict(read(**tags)[1].not_applied) == {said: 1}


@pytest.mark.parametrize(
    "tags",
    [
        {"oneway__bicycle": "no", "oneway": "yes"}, {"maxspeed__type": "sign", "maxspeed": "50"}, {"hgv": "national_network"}, {"hazard": "rock"},
        {"maxheight": "default"}, {"incline": "up"}, {"bridge": "yes"}, {"motor_vehicle__forward": "yes"},
        {"maxspeed__bus": "40"}, {"source__maxspeed": "sign"}, {"maxweight__signed": "no"},
    ],
)  # fmt: skip
def test_what_binds_nobody_here_is_not_counted(tags):
    assert dict(read(**tags)[1].not_applied) == {}


def test_kinds_of_way_that_are_no_roads_are_named():
    tally = Tally()

    assert way_of("w1", {"highway": "raceway"}, Options(), tally) is None
    assert (dict(tally.dropped), dict(tally.not_applied)) == ({"not_a_road": 1}, {"highway=raceway": 1})


@pytest.mark.parametrize("value", ["reversible", "alternating"])
def test_a_direction_that_changes_is_driven_both_ways_and_counted(value):
    way, tally = read(oneway=value)

    assert (way.oneway, tally.guessed["oneway_changes"]) == (0, 1)


def test_lanes_by_direction_are_added():
    assert read(lanes__forward="2", lanes__backward="1")[0].lanes == 3
    assert read(lanes__forward="2")[0].lanes is None


def test_bans_on_turns_are_counted_by_their_word(osm):
    extra = '<relation id="1"><tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>'
    path = osm({1: (0, 0), 2: (1, 0)}, {9: ((1, 2), {"highway": "primary"})}, extra=extra)

    assert dict(import_roads(path)[1].not_applied) == {"restriction=no_left_turn": 1}


@pytest.mark.parametrize(("said", "kept"), [({}, 1), ({"motor_vehicle": "yes"}, 2)])
def test_what_the_route_of_a_boat_says_holds_for_its_ways_that_say_nothing(osm, said, kept):
    boat = (
        '<member type="way" ref="9" role=""/><tag k="type" v="route"/><tag k="route" v="ferry"/><tag k="foot" v="yes"/>'
    )
    ways = {8: ((1, 2), {"highway": "primary"}), 9: ((2, 3), {"route": "ferry"} | said)}
    path = osm({1: (0, 0), 2: (1, 0), 3: (20, 0)}, ways, extra=f'<relation id="1">{boat}</relation>')
    network, report = import_roads(path)

    assert len(network.sections) == kept
    assert report.dropped.get("foot_ferry", 0) == 2 - kept
    assert "ferry_vehicles" not in report.guessed


def test_tables_tell_barriers_at_nodes_and_limits_of_edges_as_files_do(tmp_path):
    (tmp_path / "nodes.csv").write_text(
        "id,x,y,barrier,locked,maxheight\na,100,36,,,\nb,100.01,36,bollard,,\nc,100.02,36,moon_rock,,2.2\nd,100.03,36,,,\n"
    )
    head = "from,to,highway,maxspeed,maxspeed:backward,maxwidth,motor_vehicle:conditional"
    rows = ("a,b,primary,70,30,2,", "b,c,primary,70,,,no @ (Nov-Apr)", "c,d,primary,70,,,")
    (tmp_path / "edges.csv").write_text("\n".join([head, *rows]))
    network, report = import_roads(tmp_path)
    found = {
        (s.start, s.end): (s.free_flow_kmh, s.backward_kmh, s.max_width_m, s.closed) for s in network.sections.values()
    }

    assert found == {
        ("a", "b"): (pytest.approx(70), pytest.approx(30), 2, ""),
        ("b-2", "c"): (pytest.approx(70), None, None, "11-01/04-30"),
        ("c", "d"): (pytest.approx(70), None, None, ""),
    }
    assert report.blocked == 1
    assert dict(report.not_applied) == {"barrier=moon_rock": 1, "node maxheight": 1}
