"""OpenStreetMap files: formats, clipped references, ferries, speeds, and what a report says."""

import bz2
import gzip
import json

import pytest

from drillsim.base.errors import NetworkError
from drillsim.roads import open_network, save_network
from drillsim.roads.importing import import_roads, osm_objects, places_of_interest

NODES = {1: (0, 0), 2: (1, 0), 3: (2, 0)}
ROAD = {"highway": "residential"}


def speed(path, **options):
    network, report = import_roads(path, **options)
    (section,) = network.sections.values()
    return section.free_flow_kmh, report


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress)])
def test_a_packed_file_reads_like_a_plain_one_whatever_it_is_called(line_of, tmp_path, suffix, pack):
    plain = line_of()
    packed, misnamed = tmp_path / f"packed.osm{suffix}", tmp_path / "misnamed.osm"
    for path in (packed, misnamed):
        path.write_bytes(pack(plain.read_bytes()))

    assert import_roads(packed)[0] == import_roads(misnamed)[0] == import_roads(plain)[0]


@pytest.mark.parametrize("pack", [bytes, gzip.compress, bz2.compress])
def test_what_an_editor_has_deleted_is_neither_road_nor_station_what_it_has_added_is(tmp_path, pack):
    path = tmp_path / "edited.osm"
    nodes = "".join(f"<node id='{i}' lat='{i / 1000}' lon='0'/>" for i in (1, 2, -3))
    gone = "<node id='5' version='2' action='delete' lat='0.001' lon='0'><tag k='amenity' v='fire_station'/></node>"
    road = "<tag k='highway' v='primary'/></way>"
    ways = f"<way id='7' action='modify'><nd ref='1'/><nd ref='2'/>{road}<way id='-9'><nd ref='2'/><nd ref='-3'/>{road}"
    deleted = f'<way id="8" user="a" action="delete"><nd ref="1"/><nd ref="-3"/>{road}'
    path.write_bytes(pack(f"<osm version='0.6' generator='JOSM'>{nodes}{gone}{ways}{deleted}</osm>".encode()))
    network, report = import_roads(path)

    assert {(s.start, s.end) for s in network.sections.values()} == {("n1", "n-3")}
    assert (report.ways, report.dropped) == (2, {"deleted": 1})
    assert places_of_interest(path) == ()


def test_a_large_file_whose_nodes_are_filtered_first_reads_the_same(line_of, monkeypatch):
    path = line_of(maxspeed="20")
    wanted = import_roads(path)[0]
    monkeypatch.setattr(osm_objects, "LARGE_BYTES", 0)

    assert import_roads(path)[0] == wanted


def test_a_pbf_reads_like_xml(line_of, tmp_path):
    osmium = pytest.importorskip("osmium")
    plain, packed = line_of(maxspeed="20"), tmp_path / "packed.osm.pbf"
    with osmium.SimpleWriter(str(packed)) as writer:
        for item in osmium.FileProcessor(str(plain)):
            writer.add(item)

    assert import_roads(packed)[0] == import_roads(plain)[0]


def test_a_road_goes_on_in_pieces_where_its_nodes_are_clipped_away(osm):
    nodes = {1: (0, 0), 2: (1, 0), 4: (3, 0), 5: (4, 0)}
    network, report = import_roads(osm(nodes, {9: ((1, 2, 3, 4, 5, 6), ROAD)}))

    assert [(s.start, s.end) for s in network.sections.values()] == [("n1", "n2"), ("n4", "n5")]
    assert report.clipped == 2
    assert "2" in next(line for line in report.text("zh").splitlines() if line.startswith("截断"))


def test_a_draft_with_negative_ids_is_read(osm):
    network, _ = import_roads(osm({-1: (0, 0), -2: (1, 0)}, {-9: ((-1, -2), ROAD)}))

    assert list(network.places) == ["n-2", "n-1"]


def test_coordinates_that_stand_in_the_ways_themselves_are_read(tmp_path):
    path = tmp_path / "answer.osm"
    nodes = "".join(f'<nd ref="{ref}" lat="{lat}" lon="101.7"/>' for ref, lat in ((1, 36.6), (2, 36.61)))
    path.write_text(
        f'<osm version="0.6"><way id="9">{nodes}<tag k="highway" v="primary"/></way></osm>', encoding="utf-8"
    )
    network, report = import_roads(path)

    assert [place.lat for place in network.places.values()] == [36.6, 36.61]
    assert report.clipped == 0


def test_what_stands_in_a_file_twice_is_read_once_and_a_history_is_refused(osm):
    path = osm(NODES, {9: ((1, 2, 3), ROAD)})
    text = path.read_text(encoding="utf-8")
    way = text[text.index("<way") : text.index("</osm>")]

    path.write_text(text.replace("</osm>", f"{way}</osm>"), encoding="utf-8")
    assert len(import_roads(path)[0].sections) == 1

    path.write_text(text.replace("</osm>", way.replace('id="9"', 'id="9" version="2"') + "</osm>"), encoding="utf-8")
    with pytest.raises(NetworkError, match="several versions"):
        import_roads(path)


def test_free_flow_is_the_limit_or_what_is_driven_whichever_is_less(line_of):
    assert speed(line_of(maxspeed="20"))[0] == pytest.approx(20)
    assert speed(line_of(maxspeed="100"))[0] == pytest.approx(45)  # nobody drives 100 in a residential street
    assert speed(line_of(highway="motorway", maxspeed="none"))[0] == pytest.approx(130)


def test_without_a_limit_the_profile_says_the_speed_and_the_report_that_it_did(line_of):
    urban, report = speed(line_of(), profile="china_urban")
    plateau, _ = speed(line_of(highway="primary"), profile="china_plateau")

    assert (urban, plateau) == (pytest.approx(25), pytest.approx(50))
    assert report.guessed == {"maxspeed_missing": 1}
    assert "no_speed" in report.warnings


def test_a_ferry_keeps_its_timetable_or_sails_at_fifteen(osm):
    ferry = {"route": "ferry", "name": "Ferry"}
    timed, _ = speed(osm(NODES, {9: ((1, 2, 3), ferry | {"duration": "PT2M"})}))
    untimed, report = speed(osm(NODES, {9: ((1, 2, 3), ferry)}))

    assert timed == pytest.approx(6.67, abs=0.01)  # 222.4 m in 2 minutes
    assert untimed == pytest.approx(15)
    assert report.guessed["ferry_speed"] == 1


def test_a_junction_is_called_after_the_roads_that_meet_there(osm):
    ways = {
        8: ((1, 2, 3), {"highway": "primary", "name": "东关大街"}),
        9: ((2, 4), {"highway": "residential", "name": "北小街"}),
    }
    network, _ = import_roads(osm(NODES | {4: (1, 1)}, ways))

    assert network.places["n2"].name_zh == "东关大街 / 北小街"


def test_a_part_that_is_cut_off_is_told_and_can_be_left_out(osm):
    nodes = {1: (9, 9), 2: (9, 10), 3: (0, 0), 4: (1, 0), 5: (2, 0)}
    path = osm(nodes, {8: ((3, 4), ROAD), 7: ((4, 5), {"highway": "primary"}), 9: ((1, 2), ROAD)})
    _, told = import_roads(path)
    network, left_out = import_roads(path, largest_part_only=True)

    assert (told.parts, told.places_cut_off, told.largest_parts[0].place) == (1, 2, "n1")
    assert list(network.places) == ["n3", "n4", "n5"]
    assert {(s.start, s.end) for s in network.sections.values()} == {("n3", "n4"), ("n4", "n5")}
    assert (left_out.parts, left_out.dropped) == (0, {"other_parts": 1})


def test_bans_on_turns_are_said_not_to_be_applied(osm):
    ban = '<relation id="1"><tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>'
    _, report = import_roads(osm(NODES, {9: ((1, 2), ROAD)}, extra=ban))

    assert "restrictions" in report.warnings


def test_the_report_is_said_in_both_languages_and_goes_into_the_file(line_of, tmp_path):
    network, report = import_roads(line_of())
    save_network(network, tmp_path / "small.roads", provenance=report.provenance())
    kept = open_network(tmp_path / "small.roads")

    assert "© OpenStreetMap contributors" in report.text("en")
    assert "2 个路口，1 条路段" in report.text("zh")
    assert kept == network
    assert kept.provenance["licence"] == report.licence
    assert json.loads(json.dumps(report.as_json()))["km_by_class"] == {"residential": 0.222}


def test_a_profile_that_nobody_knows_is_refused_with_the_known_ones(line_of):
    with pytest.raises(NetworkError, match="china_plateau, china_urban, generic"):
        import_roads(line_of(), profile="mars")
