"""``drillsim roads``: what is printed about a network, and what it takes to be refused."""

import json
import re

import pytest

from drillsim.cli import main
from drillsim.language import word
from drillsim.roads import HeavyVehicleSpeed, open_network, read_network, save_network
from drillsim.roads.network.store import stored_blocks
from drillsim.scenario.bundled_scenarios import find_network
from drillsim.scenario.files import load_scenario


@pytest.fixture
def cli(capsys, monkeypatch):
    """Run a command in this process; return its exit code, what it printed, and what it complained."""
    monkeypatch.setenv("DRILLSIM_LANG", "en")
    monkeypatch.setenv("COLUMNS", "100")

    def run(*args):
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


@pytest.fixture
def qinghai(tmp_path):
    path = tmp_path / "qinghai.roads"
    save_network(read_network(find_network("qinghai", tmp_path)), path)
    return path


def test_info_counts_places_sections_and_kilometres(cli):
    code, out, _ = cli("roads", "info", "qinghai")

    assert code == 0
    assert "155 places, 284 road sections" in out
    assert "motorway" in out
    assert json.loads(cli("roads", "info", "qinghai", "--json")[1])["places"] == 155


def test_a_network_that_is_not_there_is_answered_with_those_that_are(cli):
    code, _, err = cli("roads", "info", "qinhai")

    assert code == 2
    assert "qinghai" in err
    assert "Traceback" not in err


def test_reach_says_shares_and_draws_bands(cli, tmp_path):
    picture = tmp_path / "reach.html"
    code, out, _ = cli("roads", "reach", "qinghai", "--from", "xining, golmud", "--within", "1 h,9 h", "--map", picture)

    assert code == 0
    assert "60 min" in out
    assert "540 min" in picture.read_text(encoding="utf-8")
    rows = json.loads(cli("roads", "reach", "qinghai", "--from", "xining", "--within", "1 h,9 h", "--json")[1])
    assert 0 < rows[0]["places"] < rows[1]["places"] <= 1


def test_a_closed_road_and_the_second_unit_reach_less(cli):
    def share(*more):
        asked = ("roads", "reach", "qinghai", "--from", "xining,golmud", "--within", "3 h", "--json", *more)
        return json.loads(cli(*asked)[1])[0]["places"]

    assert share("--closed", "hekou--haishiwan:G6") < share()
    assert share("--unit", "2") < share()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--from", "xinin"), "Did you mean 'xining'"),
        (("--from", "xining", "--within", "soon"), "'soon' is no time"),
        (("--from", "xining", "--closed", "nowhere"), "unknown road section"),
        (("--from", "xining", "--unit", "3"), "there is no unit 3"),
    ],
)
def test_what_cannot_be_asked_is_said(cli, more, said):
    code, _, err = cli("roads", "reach", "qinghai", *more)

    assert code == 2
    assert said in err


def test_ways_come_fastest_first_with_the_roads_they_take(cli):
    code, said, _ = cli("roads", "ways", "qinghai", "--from", "xining", "--to", "maduo", "--ways", "2")
    found = json.loads(cli("roads", "ways", "qinghai", "--from", "xining", "--to", "maduo", "--json")[1])
    first = found[0]["sections"][3]
    again = json.loads(
        cli("roads", "ways", "qinghai", "--from", "xining", "--to", "maduo", "--closed", first, "--json")[1]
    )

    assert code == 0
    assert "G6 → G0613" in said
    assert [way["travel_s"] for way in found] == sorted(way["travel_s"] for way in found)
    assert len({tuple(way["sections"]) for way in found}) == 3
    assert all(first not in way["sections"] for way in again)
    assert again[0]["travel_s"] > found[0]["travel_s"]
    assert cli("roads", "ways", "qinghai", "--from", "xining", "--to", "nowhere")[0] == 2
    assert cli("roads", "ways", "qinghai", "--from", "xining", "--to", "maduo", "--closed", "none")[0] == 2


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("reach", "qinghai", "--from", "nowhere"), "未知的地点“nowhere”"),
        (("reach", "qinghai", "--from", ","), "请至少写一个出发地点"),
        (("reach", "qinghai", "--from", "xining", "--unit", "3"), "出发地点共 1 个"),
        (("ways", "qinghai", "--from", "xining", "--to", "nowhere"), "未知的地点“nowhere”"),
        (("ways", "qinghai", "--from", "xining", "--to", "maduo", "--closed", "x"), "未知的路段“x”"),
        (("bottlenecks", "qinghai", "--from", "nowhere"), "未知的地点“nowhere”"),
    ],
)
def test_what_cannot_be_asked_is_said_in_chinese_too(cli, command, said):
    code, _, err = cli("--lang", "zh", "roads", *command)

    assert code == 2
    assert said in err


def test_where_no_way_leads_it_is_said(cli, tmp_path):
    (tmp_path / "nodes.csv").write_text("id,lat,lon\na,36.0,101.0\nb,36.01,101.0\n")
    (tmp_path / "edges.csv").write_text("from,to,length_km,free_flow_kmh,oneway\na,b,1.2,60,yes\n")

    assert "no open road leads from b to a" in cli("roads", "ways", tmp_path, "--from", "b", "--to", "a")[1]


def test_bottlenecks_come_worst_first(cli):
    found = json.loads(cli("roads", "bottlenecks", "qinghai", "--from", "xining,golmud", "--json")[1])

    keys = [(-b["cut_off"], -b["extra_s"]) for b in found]
    assert len(found) == 10
    assert keys == sorted(keys)
    said = cli("roads", "bottlenecks", "qinghai", "--from", "xining")[1]
    assert "Cut off" in said
    assert "Zhongning (zhongning)" in said


def test_calibrate_prints_what_a_plan_may_say(cli, tmp_path):
    ends = ["golmud", "yushu", "maduo", "haiyan", "delingha", "chaka", "dulan", "gonghe"]
    rows = "\n".join(f"xining,{end},{3600 * (i + 2)},8:30" for i, end in enumerate(ends))
    path = tmp_path / "journeys.csv"
    path.write_text(f"origin,destination,seconds,departure\n{rows}\n", encoding="utf-8")
    code, out, _ = cli("roads", "calibrate", "qinghai", path)

    assert code == 0
    assert "Driven in all" in out
    assert "speeds: {class_kmh: {motorway:" in out
    assert "06-09" in out
    assert "1 left out, more than five times off what the others suggest" in out
    path.write_text(path.read_text(encoding="utf-8") + "36.7 101.75,maduo,14400,8:30\n", encoding="utf-8")
    told = json.loads(cli("roads", "calibrate", "qinghai", path, "--json")[1])
    assert (told["observations"], told["snapped"]) == (8, 1)
    assert [(row["destination"], row["off_m"]) for row in told["far"]] == [("maduo", told["snapped_most_m"])]
    assert told["snapped_most_m"] > 500


def test_prepare_puts_the_hierarchy_into_the_file(cli, qinghai):
    before = open_network(qinghai)
    assert cli("roads", "prepare", qinghai)[0] == 0

    assert any(name.startswith("hierarchy/") for name in stored_blocks(qinghai))
    assert open_network(qinghai) == before
    code, _, err = cli("roads", "prepare", "qinghai")
    assert (code, "roads import" in err) == (2, True)


MAP = """<?xml version='1.0' encoding='UTF-8'?>
<osm version="0.6">
{nodes}
<way id="1">{refs}<tag k="highway" v="primary"/><tag k="name" v="Main Street"/></way>
<node id="90" lat="36.001" lon="100.001"><tag k="amenity" v="fire_station"/><tag k="name" v="Station North"/></node>
<node id="91" lat="36.030" lon="100.010"><tag k="amenity" v="fire_station"/></node>
<node id="92" lat="36.000" lon="100.031"><tag k="place" v="village"/><tag k="population" v="400"/></node>
</osm>
"""


def test_bottlenecks_of_a_network_without_population_count_places(cli, tmp_path):
    (tmp_path / "nodes.csv").write_text("id,x,y\n1,101.0,36\n2,101.01,36\n3,101.02,36\n")
    (tmp_path / "links.csv").write_text("u,v,highway\n1,2,primary\n2,3,primary\n")
    roads = tmp_path / "line.roads"
    assert cli("roads", "import", tmp_path, "-o", roads, "--keep", "all")[0] == 0

    code, out, _ = cli("roads", "bottlenecks", roads, "--from", "1")

    assert code == 0
    assert "(places)" in out
    assert re.search(r"1 – 2 .*? 2 ", out)  # without the first section both other places are cut off


@pytest.fixture
def town(tmp_path):
    """Write a map: a street with five junctions, a station on it, one three kilometres off, and a village."""
    nodes = "".join(f'<node id="{i}" lat="36.0" lon="{100 + 0.01 * i}"/>' for i in range(1, 6))
    nodes += "".join(f'<node id="{i + 10}" lat="36.002" lon="{100 + 0.01 * i}"/>' for i in range(1, 6))
    refs = "".join(f'<nd ref="{i}"/>' for i in range(1, 6))
    sides = "".join(
        f'<way id="{i + 10}"><nd ref="{i}"/><nd ref="{i + 10}"/><tag k="highway" v="residential"/></way>'
        for i in range(1, 6)
    )
    path = tmp_path / "town.osm"
    text = MAP.format(nodes=nodes, refs=refs).replace("</osm>", sides + "</osm>")
    ordered = sorted(
        re.findall(r"<node [^>]*/>|<node [^>]*>.*?</node>", text), key=lambda n: int(re.search(r'id="(\d+)"', n)[1])
    )
    ways = re.findall(r"<way .*?</way>", text)
    path.write_text("<osm version='0.6'>" + "".join(ordered) + "".join(ways) + "</osm>", encoding="utf-8")
    return path


def test_import_writes_one_file_and_says_what_was_kept(cli, town, tmp_path):
    out = tmp_path / "town.roads"
    code, said, _ = cli("roads", "import", town, "-o", out, "--map", tmp_path / "town.html")

    assert code == 0
    assert "10 junctions" in said
    network = open_network(out)
    assert len(network.sections) == 9
    assert network.provenance["licence"].startswith("ODbL")
    assert (tmp_path / "town.html").exists()
    assert cli("roads", "import", town, "-o", out)[0] == 2
    assert json.loads(cli("roads", "import", town, "-o", out, "--force", "--json")[1])["places"] == 10


@pytest.mark.parametrize(
    ("source", "target", "said"),
    [
        ("none.osm", "x.roads", "no such file"),
        ("town.osm", "x.txt", "ends in .roads"),
        ("town.osm", "no/x.roads", "no such folder"),
        ("town.osm", "x.roads --map no/x.html", "no such folder"),
        ("town.osm", "x.roads --map .html", "this is a folder"),
    ],
)
def test_an_import_that_cannot_be_done_writes_nothing(cli, town, tmp_path, source, target, said):
    (tmp_path / ".html").mkdir()
    options = [str(tmp_path / part) if part.endswith(("roads", "txt", "html")) else part for part in target.split()]
    code, _, err = cli("roads", "import", tmp_path / source, "-o", *options)

    assert code == 2
    assert said in err
    assert {p.name for p in tmp_path.iterdir()} == {"town.osm", ".html"}


def test_what_an_import_did_is_said_again_by_info(cli, town, tmp_path):
    out = tmp_path / "town.roads"
    said = cli("--lang", "zh", "roads", "import", town, "-o", out)[1]
    again = cli("--lang", "zh", "roads", "info", out)[1]

    for line in ("读入：6 条道路", "推定：无限速：按道路类型取值 6", "各级道路长度：主干路"):
        assert line in said
        assert line in again


def test_info_says_that_it_does_not_know_the_profile_of_a_network(cli, town, tmp_path):
    out = tmp_path / "town.roads"
    cli("roads", "import", town, "-o", out)
    network = open_network(out)
    told = json.loads(json.dumps(dict(network.provenance)).replace('"generic"', '"mars"'))
    save_network(network, tmp_path / "mars.roads", provenance=told)
    code, said, err = cli("roads", "info", tmp_path / "mars.roads")

    assert (code, err) == (0, "")
    assert "mars: imported with a" in said  # the table folds it
    assert cli("roads", "info", tmp_path / "mars.roads", "--json")[0] == 0


def test_a_scenario_from_a_map_runs_and_far_stations_are_pointed_out_or_left_out(cli, town, tmp_path):
    near = (
        '<node id="93" lat="36.012" lon="100.02"><tag k="amenity" v="fire_station"/><tag k="name:zh" v="北站"/></node>'
    )
    town.write_text(
        town.read_text(encoding="utf-8").replace('<way id="1">', near + '<way id="1">', 1), encoding="utf-8"
    )
    path = tmp_path / "town.yaml"
    code, said, _ = cli("new", path, "--from", town)

    assert code == 0
    assert "Station North" in said
    assert "北站: the nearest place" in said  # a kilometre off
    assert "m away; check it" in said
    assert re.search(r"n91: 31\d\d m from any road that leads to the rest; left out", said)
    scenario = load_scenario(path)
    titles = [(s.title.en, s.title.zh) for s in scenario.plan("today").stations]
    assert titles == [("Station North", "Station North"), ("北站", "北站")]
    assert scenario.title.en == "Everyday calls: town"
    assert scenario.plans[0].title.en == "Stations of the map"
    assert cli("check", path)[0] == 0
    assert cli("run", path, "--check")[0] == 0
    assert cli("new", path, "--from", town)[0] == 2


def test_hospital_and_water_of_a_map_are_in_the_scenario_and_what_is_far_from_roads_is_told(cli, town, tmp_path):
    def node(number, lat, lon, **tags):
        inner = "".join(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items())
        return f'<node id="{number}" lat="{lat}" lon="{lon}">{inner}</node>'

    hospital = node(93, 36.0001, 100.02, amenity="hospital", name="Mercy")
    hydrant = node(94, 36.0011, 100.02, emergency="fire_hydrant")  # 111 m north of it
    hamlet = node(95, 36.02, 100.03, place="hamlet", name="Farley")
    text = town.read_text(encoding="utf-8")
    for name, extra in (("wet", hospital + hydrant + hamlet), ("dry", hospital)):
        town.write_text(text.replace('<way id="1">', extra + '<way id="1">', 1), encoding="utf-8")
        code, said, err = cli("new", tmp_path / f"{name}.yaml", "--from", town)
        assert code == 0, err
        assert "Mercy: Main Street (n2), 11 m away" in said
        assert ("Farley: the nearest place" in said) is (name == "wet")
        assert cli("run", tmp_path / f"{name}.yaml", "--check")[0] == 0
    wet, dry = (load_scenario(tmp_path / f"{name}.yaml") for name in ("wet", "dry"))

    (fire,) = (incident for incident in wet.incidents if getattr(incident, "id", "") == "hospital")
    assert (fire.title.zh, fire.node) == ("医院火灾：Mercy", "n2")
    assert wet.title.en == "Everyday calls and a fire: wet"
    assert [(task.id, task.after) for task in fire.tasks] == [("water", ()), ("attack", ("water",)), ("search", ())]
    assert fire.tasks[0].title.en == "Lay hose to the water, 111 m"
    assert any("no water within 1 km" in said.en for said in dry.assumptions)


def test_hose_is_laid_to_the_shore_of_a_lake_however_far_its_middle_is(cli, town, tmp_path):
    """A lake of 2 km by 4 km, its southern shore 78 m north of the hospital between two of its corners."""
    corners = [(36.0008, 100.0), (36.0008, 100.05), (36.02, 100.05), (36.02, 100.0)]
    lake = "".join(f'<node id="{100 + i}" lat="{lat}" lon="{lon}"/>' for i, (lat, lon) in enumerate(corners))
    hospital = '<node id="93" lat="36.0001" lon="100.02"><tag k="amenity" v="hospital"/></node>'
    refs = "".join(f'<nd ref="{100 + i}"/>' for i in (0, 1, 2, 3, 0))
    shore = f'<way id="50">{refs}<tag k="natural" v="water"/></way>'
    text = town.read_text(encoding="utf-8").replace('<way id="1">', hospital + lake + '<way id="1">', 1)
    town.write_text(text.replace("</osm>", shore + "</osm>"), encoding="utf-8")
    code, _, err = cli("new", tmp_path / "shore.yaml", "--from", town)
    assert code == 0, err
    scenario = load_scenario(tmp_path / "shore.yaml")

    (fire,) = (incident for incident in scenario.incidents if getattr(incident, "id", "") == "hospital")
    assert fire.tasks[0].title.en == "Lay hose to the water, 78 m"
    assert not any("no water" in said.en for said in scenario.assumptions)


def test_a_scenario_from_a_map_takes_heights_along(cli, town, tmp_path):
    (tmp_path / "heights.csv").write_text(
        "id,elevation_m\n" + "".join(f"n{i},3000\n" for i in [*range(1, 6), *range(11, 16)])
    )
    heights = ("--elevation", tmp_path / "heights.csv")
    code, said, err = cli("new", tmp_path / "high.yaml", "--from", town, *heights)

    assert code == 0, err
    assert "Heights: known for 10 of 10" in said
    assert {place.elevation_m for place in load_scenario(tmp_path / "high.yaml").roads.places.values()} == {3000}
    code, _, err = cli("new", tmp_path / "late.yaml", "--from", tmp_path / "high.roads", *heights)
    assert (code, "when a map is imported" in err) == (2, True)


def test_everyday_calls_come_from_where_a_network_says_that_people_live(cli, tmp_path):
    cli("new", tmp_path / "own.yaml", "--from", find_network("qinghai", tmp_path))
    (demand,) = load_scenario(tmp_path / "own.yaml").incidents

    assert max(demand.places, key=demand.places.get) == "chengdu"
    assert demand.places["xining"] == 1_559_752


def test_a_station_in_the_middle_of_a_long_road_stands_there(cli, tmp_path):
    """A road of 20 km without a junction, a station beside its middle."""
    nodes = "".join(f'<node id="{i}" lat="36.0" lon="{100 + 0.01 * i}"/>' for i in range(1, 24))
    refs = "".join(f'<nd ref="{i}"/>' for i in range(1, 24))
    station = '<node id="90" lat="36.001" lon="100.12"><tag k="amenity" v="fire_station"/></node>'
    path = tmp_path / "road.osm"
    way = f'<way id="1">{refs}<tag k="highway" v="primary"/></way>'
    path.write_text(f"<osm version='0.6'>{nodes}{station}{way}</osm>", encoding="utf-8")
    code, said, _ = cli("new", tmp_path / "road.yaml", "--from", path)

    assert code == 0
    assert "Station 1: n12, 111 m away" in said


def test_places_of_a_map_are_called_after_the_settlements_that_stand_there(cli, town, tmp_path):
    named = town.read_text(encoding="utf-8").replace(
        '<tag k="population"', '<tag k="name" v="Alberga"/><tag k="name:zh" v="阿尔贝加"/><tag k="population"'
    )
    town.write_text(named, encoding="utf-8")
    cli("new", tmp_path / "town.yaml", "--from", town)
    scenario = load_scenario(tmp_path / "town.yaml")

    names = {(place.name_en, place.name_zh) for place in scenario.roads.places.values()}
    assert ("Alberga", "阿尔贝加") in names


def test_a_scenario_from_roads_alone_runs_with_an_assumed_station(cli, town, tmp_path):
    roads, path = tmp_path / "kept.roads", tmp_path / "own.yaml"
    cli("roads", "import", town, "-o", roads)
    for source, name in ((roads, "own.yaml"), (roads, "kept.yaml"), (tables(tmp_path), "tables.yaml")):
        path = tmp_path / name
        code, said, err = cli("new", path, "--from", source)
        assert code == 0, err
        assert "names no fire station" in said
        plan = load_scenario(path).plans[0]
        assert (plan.title.en, plan.title.zh) == ("One assumed station", "假定的一座消防站")
        assert plan.stations[0].title.zh == "消防站 (假定)"
        assert ("holds roads alone" in said) is (source == roads)
        assert cli("run", path, "--check")[0] == 0
    assert open_network(tmp_path / "own.roads") == open_network(roads)
    assert open_network(tmp_path / "own.roads").provenance["licence"].startswith("ODbL")


def tables(tmp_path):
    """Write three places and the roads between them as tables of another maker."""
    folder = tmp_path / "tables"
    folder.mkdir()
    (folder / "nodes.csv").write_text("id,x,y\n1,101.0,36.0\n2,101.01,36.0\n3,101.02,36.0\n4,101.01,36.01\n")
    (folder / "links.csv").write_text("u,v,highway\n1,2,primary\n2,3,primary\n2,4,primary\n")
    return folder


def test_info_lists_every_factor_of_speed_with_its_switch_and_source(cli):
    said = json.loads(cli("roads", "info", "qinghai", "--json")[1])["speed_factors"]
    fields = set(HeavyVehicleSpeed.model_fields) - {"class_kmh", "mass_t", "height_m", "width_m"}
    switches = " ".join(row["left_out_by"] for row in said)

    assert all(row["source"] and row["value"] for row in said)
    assert {word("field", name, "en") for name in fields} <= {row["factor"] for row in said}
    assert {"Snow", "Traffic", "Factor at night", "March rules"} <= {row["factor"] for row in said}
    for switch in ("surface: false", "grade: false", "junctions: false", "limits: false", "siren_factor: 1"):
        assert switch in switches
    assert "重型车辆车速的构成" in cli("roads", "info", "qinghai", "--lang", "zh")[1]


def test_info_says_from_which_profile_the_speeds_of_unsigned_roads_are(cli, town, tmp_path):
    cli("roads", "import", town, "-o", tmp_path / "town.roads", "--profile", "china_plateau")
    first, *_ = json.loads(cli("roads", "info", tmp_path / "town.roads", "--json")[1])["speed_factors"]

    assert first["value"].startswith("china_plateau: motorway 80, trunk 60")
    assert "JTG B01-2014" in first["source"]


def test_a_fictional_city_is_written_and_says_what_it_is(cli, tmp_path):
    path = tmp_path / "city.roads"
    code, said, _ = cli("roads", "synth", "-o", path, "--places", "600", "--map", tmp_path / "city.html")
    drawn = (tmp_path / "city.html").read_text(encoding="utf-8")
    assert all(name in drawn for name in ("chemical park", "railway", "river", "Hydrants", "Stations", "trunk road"))

    assert code == 0
    assert "note: fictional" in said
    assert len(open_network(path).places) == pytest.approx(600, rel=0.02)


def test_nodes_that_a_table_names_stay_places(cli, tmp_path):
    folder = tmp_path / "tables"
    folder.mkdir()
    nodes = "\n".join(f"{i},{36 + i / 1000},101" for i in range(5))
    (folder / "nodes.csv").write_text(f"id,lat,lon\n{nodes}\n", encoding="utf-8")
    (folder / "edges.csv").write_text("u,v\n0,1\n1,2\n2,3\n3,4\n", encoding="utf-8")
    (tmp_path / "stations.csv").write_text("name,node\nA,2\n", encoding="utf-8")

    def places(*more):
        path = tmp_path / "x.roads"
        code, said, err = cli("roads", "import", folder, "-o", path, "--force", *more)
        return list(open_network(path).places) if code == 0 else err, said

    assert places() == (["0", "4"], places()[1])
    assert "Merged: 3 nodes" in places()[1]
    assert places("--keep", tmp_path / "stations.csv")[0] == ["0", "2", "4"]
    assert len(places("--keep", "all")[0]) == 5
    (tmp_path / "stations.csv").write_text("7\n", encoding="utf-8")
    assert "no node of a road: 7" in places("--keep", tmp_path / "stations.csv")[0]


def test_a_network_on_which_a_scenario_plays_is_not_offered_to_be_written_over(cli, town, tmp_path):
    cli("new", tmp_path / "town.yaml", "--from", town)
    code, _, err = cli("roads", "import", town, "-o", tmp_path / "town.roads")

    assert code == 2
    assert "town.yaml plays on it" in err
    assert "--force" not in err


def test_places_are_listed_with_their_ids_by_a_part_of_id_or_name(cli):
    code, said, _ = cli("roads", "places", "qinghai", "xining")
    everything = json.loads(cli("roads", "places", "qinghai", "--json")[1])

    assert code == 0
    assert re.search(r"xining +西宁\S* +Xining +36\.\d{5} +101\.\d{5} +\d+ m", said)
    assert "and 105 more" in cli("roads", "places", "qinghai")[1]
    assert len(everything) == 155
    assert set(everything[0]) == {"id", "name_zh", "name_en", "lat", "lon", "elevation_m"}
    assert json.loads(cli("roads", "places", "qinghai", "西宁", "--json")[1])[0]["id"] == "xining"
    assert "no place whose id or name contains 'atlantis'" in cli("roads", "places", "qinghai", "atlantis")[1]


def test_a_place_may_be_named_by_its_name_or_a_point(cli):
    def first(source, *more):
        code, said, err = cli("roads", "ways", "qinghai", "--from", source, "--to", "maduo", "--json", *more)
        assert code == 0, err
        return json.loads(said)[0]["places"][0], err

    assert first("西宁") == first("xining") == first("XINING") == ("xining", "")
    place, told = first("36.62,101.78")
    assert place == "xining"
    assert re.search(r"36\.62,101\.78: Xining \(xining\), \d+ m away", told)
    assert "check the point" in first("36.7 101.78")[1]
    said = cli("roads", "reach", "qinghai", "--from", "36.62, 101.78,golmud", "--unit", "2")[1]
    assert "36.62, 101.78: Xining (xining)" in said
    code, _, err = cli("roads", "ways", "qinghai", "--from", "xining,golmud", "--to", "maduo")
    assert (code, "more than one place" in err) == (2, True)


def test_a_map_that_cannot_be_written_is_refused_before_the_work(cli, tmp_path, monkeypatch):
    asked = ("roads", "reach", "no-such-network", "--from", "xining", "--map")  # it would be missed next
    missing = cli(*asked, tmp_path / "no" / "reach.html")
    monkeypatch.setattr("drillsim.cli.inputs.os.access", lambda *_: False)
    sealed = cli(*asked, tmp_path / "reach.html")

    assert (missing[0], "no such folder" in missing[2]) == (2, True)
    assert (sealed[0], "check the rights" in sealed[2]) == (2, True)


def test_ways_on_a_day_leave_out_roads_that_are_closed_every_year(cli, tmp_path):
    (tmp_path / "nodes.csv").write_text("id,lat,lon\na,36,100\nb,36,100.1\nc,36.05,100.05\n")
    rows = ("a,b,10,75,11-01/04-30", "a,c,10,75,", "c,b,10,75,")
    (tmp_path / "edges.csv").write_text("\n".join(["from,to,length_km,free_flow_kmh,closed", *rows]))
    asked = ("roads", "ways", tmp_path, "--from", "a", "--to", "b", "--ways", "1", "--json")

    def fastest(*more):
        return json.loads(cli(*asked, *more)[1])[0]["length_m"]

    assert fastest() == 10_000
    assert fastest("--date", "2026-03-01") == 20_000
    assert fastest("--date", "2026-05-01") == 10_000
    assert "write year, month and day" in cli(*asked, "--date", "yesterday")[2]


def test_a_table_of_too_few_journeys_is_named(cli, tmp_path):
    path = tmp_path / "journeys.csv"
    path.write_text("origin,destination,seconds\nxining,huangzhong,2400\n", encoding="utf-8")

    assert f"{path}: too few journeys between places that a road joins" in cli("roads", "calibrate", "qinghai", path)[2]
