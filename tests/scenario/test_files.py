"""Scenario and plan files: what is read, what is refused, what is written."""

import ast
import io
import re
import time
from datetime import datetime
from pathlib import Path
from textwrap import dedent
from typing import Literal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import model_validator
from pydantic_core import PydanticCustomError
from ruamel.yaml import YAML

import drillsim
from drillsim.base.errors import InputError, ScenarioError
from drillsim.cli.new import starter
from drillsim.hazards.snowfall import Snowfall
from drillsim.language import has, languages, message
from drillsim.scenario.dump import to_yaml_data
from drillsim.scenario.files import load_plan, load_scenario, read_plan, read_scenario, save_plan, save_scenario
from drillsim.scenario.plugins import kinds
from drillsim.scenario.yaml.composer import MOST_NODES, MOST_PROBLEMS
from drillsim.scenario.yaml.reader import parse_yaml

PACKAGE = Path(drillsim.__file__).parent

TOWN = """\
# A town with two places
drillsim: 1
id: town
title: {en: Town, zh: 小镇}   # both languages
startex: 2021-03-29 07:00
ends_at_s: 4 h
roads:
  nodes:
    - {id: a, lat: 36.0, lon: 101.0}
    - {id: b, lat: 36.1, lon: 101.0}
  edges:
    - {from: a, to: b, road: G1, length_km: 12, free_flow_kmh: 80}
incidents:
  - id: fire-1
    node: b
    type: building_fire
    starts_at_s: 5 min
    tasks:
      - {id: attack, capabilities: [fire_attack], min_crew: 4, work: 1 h 30 min}
plans:
  # as it is
  - id: today
    stations:
      - id: west
        node: a
        units:
          - {id: engine, crew: 6, capabilities: [fire_attack]}   # the old one
"""


def problems(text, lang="en"):
    with pytest.raises(ScenarioError) as caught:
        read_scenario(text, name="town.yaml")
    return [problem.text(lang) for problem in caught.value.problems]


# --- what is read ------------------------------------------------------------------------------------------


def test_a_scenario_is_read_with_its_units_turned_into_seconds():
    town = read_scenario(TOWN)

    assert (town.id, town.title.zh) == ("town", "小镇")
    assert town.ends_at_s == 4 * 3600
    assert town.incidents[0].tasks[0].work.mean_s == 5400
    assert town.plan().units[0].id == "engine"


@pytest.mark.parametrize("count", [2, 1001])
def test_each_of_many_units_alike_can_be_called_by_its_number(count):
    town = TOWN.replace("id: engine,", f"id: engine, count: {count},") + (
        "    staging_areas: [{id: yard, node: b}]\n"
        "    waves:\n"
        f"      - {{id: help, ordered_by: {{en: Town, zh: 镇政府}}, at_s: 0, units: [engine-{count}], destination: yard}}\n"
    )

    (wave,) = read_scenario(town).plan("today").waves

    assert wave.units == (f"engine-{count}",)


@pytest.mark.parametrize("clock", ["2021-03-29 07:00", "2021-03-29T07:00:00", "'2021-03-29 07:00'"])
def test_startex_is_a_local_clock_time_however_it_is_written(clock):
    assert read_scenario(TOWN.replace("2021-03-29 07:00", clock)).startex == datetime(2021, 3, 29, 7)  # noqa: DTZ001


@pytest.mark.parametrize("clock", ["5", "2021-03-29 07:00+08:00", "9999-12-31 23:59", "0001-01-01 00:00"])
def test_startex_with_a_zone_or_out_of_reach_is_refused(clock):
    (problem,) = problems(TOWN.replace("2021-03-29 07:00", clock))

    assert problem.startswith("town.yaml:5:10: startex: no local clock time between 1900 and 2200; write it like")


def test_yaml_is_read_as_version_1_2():
    data = parse_yaml("{a: 10:30, b: no, c: 012, d: 0x10, e: 1e3, f: ~, g: '12', 8: x, h: .5, i: -.inf}").data

    assert data == {
        "a": "10:30", "b": "no", "c": 12, "d": 16, "e": 1000.0,
        "f": None, "g": "12", "8": "x", "h": 0.5, "i": float("-inf"),
    }  # fmt: skip


def test_roads_are_looked_for_beside_the_file(tmp_path):
    roads = tmp_path / "roads"
    roads.mkdir()
    (roads / "nodes.csv").write_text("id,lat,lon\na,36.0,101.0\nb,36.1,101.0\n")
    (roads / "edges.csv").write_text("from,to,road,length_km,free_flow_kmh\na,b,G1,12,80\n")
    (tmp_path / "town.yaml").write_text(re.sub(r"roads:\n(  .*\n)+", "roads: roads\n", TOWN), encoding="utf-8")

    assert load_scenario(tmp_path / "town.yaml").roads == read_scenario(TOWN).roads


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path):
    (tmp_path / "town.yaml").write_bytes(b"\xef\xbb\xbf" + TOWN.replace("\n", "\r\n").encode())

    assert load_scenario(tmp_path / "town.yaml") == read_scenario(TOWN)


# --- all problems at once, each at its place -------------------------------------------------------------------

HAZARDS = ", ".join(kinds("hazards"))
BROKEN = """\
drillsim: 1
id: town
title: Town
startex: 2021-03-29 07:00
ends_at_s: 4 hours
roads:
  nodes: [{id: a, lat: 36.0, lon: 101.0}, {id: b, lat: 36.1, lon: 101.0}]
  edges: [{from: a, to: b, length_km: 12, free_flow_kmh: 80}]
hazards:
  - {kind: snowfal, id: snow, falls_s: 1 h}
incidents:
  - id: fire-1
    node: bb
    type: building_fire
    starts_at_s: -60
    tasks:
      - id: attack
        capabilities: [fire_attack]
        work: 1 h
        min_crw: 4
plans:
  - id: today
    stations:
      - id: west
        node: a
        units:
          - crew: 6
            capabilities: [fire_attack]
"""


def test_every_problem_of_a_file_is_said_at_once_in_english():
    assert problems(BROKEN) == [
        "town.yaml:5:12: ends_at_s: no time; write seconds, or a text such as '90 s', '5 min', '1 h 30 min'"
        " (got '4 hours')",
        f"town.yaml:10:12: hazards.0.kind: unknown kind of hazard 'snowfal'. Did you mean 'snowfall'? Known: {HAZARDS}",
        "town.yaml:13:11: incidents.0.node: unknown place 'bb'. Did you mean 'b'? Known: a, b",
        "town.yaml:15:18: incidents.0.starts_at_s: must be 0 or more (got -60)",
        "town.yaml:20:9: incidents.0.tasks.0.min_crw: unknown field 'min_crw'. Did you mean 'min_crew'? (got 4)",
        "town.yaml:27:13: plans.0.stations.0.units.0.id: 'id' is missing; add it",
    ]


def test_every_problem_of_a_file_is_said_at_once_in_chinese():
    assert problems(BROKEN, "zh") == [
        "town.yaml:5:12: ends_at_s: 不是时间；请写秒数，或如“90 s”“5 min”“1 h 30 min”“5分钟”（实际为 '4 hours'）",
        f"town.yaml:10:12: hazards.0.kind: 未知的致灾因子类型“snowfal”。是否想写“snowfall”？可选：{HAZARDS}",
        "town.yaml:13:11: incidents.0.node: 未知的地点“bb”。是否想写“b”？可选：a, b",
        "town.yaml:15:18: incidents.0.starts_at_s: 必须大于或等于 0（实际为 -60）",
        "town.yaml:20:9: incidents.0.tasks.0.min_crw: 未知字段“min_crw”。是否想写“min_crew”？（实际为 4）",
        "town.yaml:27:13: plans.0.stations.0.units.0.id: 缺少必填项“id”，请补上",
    ]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("node: a\n", "nod: a\n", "town.yaml:25:9: plans.0.stations.0.nod: unknown field 'nod'. "),
        ("crew: 6", "crew: 6.5", "town.yaml:27:32: plans.0.stations.0.units.0.crew: no whole number"),
        ("crew: 6, ", "", "town.yaml:27:13: plans.0.stations.0.units.0: the unit 'engine' has no crew; write it"),
        ("id: today", "id: Today", "town.yaml:22:9: plans.0.id: not a well-formed id; "),
        ("fire_attack]}", "Fire]}", "town.yaml:27:50: plans.0.stations.0.units.0.capabilities.0: not a"),
        ("length_km: 12", "length_km: 1", "town.yaml:12:7: roads.edges.0: 1.0 km is less than the straight line"),
        ("id: b, lat", "id: b, name_zh: {a: 1}, lat", "town.yaml:10:15: roads.nodes.1.name_zh: no text; put it in quotes (got {'a': 1})"),
        ("lat: 36.1", "ltt: 36.1", "town.yaml:10:20: roads.nodes.1.ltt: unknown field 'ltt'. Did you mean 'lat'?"),
        ("  edges:", "  edgs:", "town.yaml:11:3: roads.edgs: unknown field 'edgs'. Did you mean 'edges'?"),
        ("    - {from: a, to: b, road", "    - []\n    - {from: a, to: b, road", "town.yaml:12:7: roads.edges.0: no mapping; write 'key: value' lines (got [])"),
        ("lat: 36.1", "lat: north", "town.yaml:10:20: roads.nodes.1.lat: no number; write one (got north)"),
        ("to: b", "to: c", "town.yaml:12:7: roads.edges.0: no place 'c'; add it to nodes"),
        ("title: {en: Town, zh: 小镇}", "title: {en: Town}", "town.yaml:4:1: title.zh: 'zh' is missing; add it"),
        ("title: {en: Town, zh: 小镇}", "title: [Town]", "town.yaml:4:1: title: no mapping; write"),
        ("drillsim: 1", "drillsim: 2", "town.yaml:2:11: drillsim: write one of: 1 (got 2)"),
        ("id: town", "id: town\nid: city", "town.yaml:4:1: id: 'id' stands twice; keep one"),
        ("id: town", "id: &x town", "town.yaml:3:5: id: an anchor (&name); remove it"),
        ("id: town", "id: *x", "town.yaml:3:5: id: an alias (*name); write the value out"),
        ("id: town", "id: !!python/object:os.system town", "town.yaml:3:5: id: a tag (tag:yaml.org,2002:python/object"),
        ("crew: 6", f"crew: {'9' * 5000}", "town.yaml:27:32: plans.0.stations.0.units.0.crew: a number with too many"),
        ("    node: b", "\tnode: b", "town.yaml:15:1: a tab; indent with spaces"),
        ("id: town", "id: to: wn", "town.yaml:3:7: a colon where none can stand; put the text in quotes"),
        ("[fire_attack]", "[fire_attack", "town.yaml:19:79: a bracket is not closed, or a comma is missing"),
        ("id: town", "id: 'town", "town.yaml:28:1: a quotation mark is not closed; add it"),
    ],
)  # fmt: skip
def test_a_slip_is_said_at_its_place(old, new, expected):
    said = problems(TOWN.replace(old, new, 1))

    assert expected in [line[: len(expected)] for line in said]


def test_a_road_network_that_cannot_be_found_hides_no_other_problem():
    text = BROKEN.replace("roads:", "roads: qinghei\nold_roads:", 1)
    with pytest.raises(ScenarioError) as error:
        read_scenario(text, name="town.yaml")
    said = [problem.text() for problem in error.value.problems]

    assert [s for s in said if "Did you mean 'qinghai'?" in s]
    assert [s for s in said if "incidents.0.starts_at_s" in s or "plans.0" in s]
    assert not [s for s in said if "write the folder of a road network" in s]


def test_a_problem_of_a_road_file_is_said_with_the_place_in_that_file(tmp_path):
    (tmp_path / "roads").mkdir()
    (tmp_path / "roads/nodes.csv").write_text("id,lat,lon\na,36.0,101.0\nb,here,101.0\n")
    (tmp_path / "roads/edges.csv").write_text("from,to,length_km,free_flow_kmh\na,b,12,80\n")
    (tmp_path / "town.yaml").write_text(re.sub(r"roads:\n(  .*\n)+", "roads: roads\n", TOWN), encoding="utf-8")

    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "town.yaml")

    assert caught.value.problems[0].text() == f"{tmp_path}/roads/nodes.csv:3: lat: no number; write one (got here)"


def test_what_a_plug_in_says_without_a_message_of_ours_is_passed_on(monkeypatch):
    class Blizzard(Snowfall):
        kind: Literal["blizzard"] = "blizzard"

        @model_validator(mode="after")
        def _too_much(self):
            raise PydanticCustomError("of_its_own", "too much of {what}", {"what": "snow"})

    monkeypatch.setattr("drillsim.scenario.plugins.kinds", lambda folder: {**kinds(folder), "blizzard": Blizzard})
    text = TOWN.replace("incidents:", "hazards: [{kind: blizzard, id: b, falls_s: 1 h}]\nincidents:", 1)

    assert problems(text) == [
        "town.yaml:13:11: hazards.0: too much of snow (got {kind: blizzard, id: b, falls_s: 1 h})"
    ]
    assert problems(text, "zh")[0].startswith("town.yaml:13:11: hazards.0: 不符合要求（of_its_own）：too much of snow")


def test_an_item_that_is_wrong_does_not_make_its_list_too_short():
    said = problems(TOWN.replace("work: 1 h 30 min", "work: long"))

    assert len(said) == 1
    assert "tasks.0.work: no time" in said[0]


def test_a_misspelt_key_of_a_mapping_is_said_at_the_key():
    text = TOWN.replace(
        "incidents:\n",
        """incidents:
  - kind: demand
    id: day
    calls_per_hour: 1
    until_s: 1 h
    places: {a: 1, bb: 2}
    calls: [{type: road_crash, tasks: [{id: free, capabilities: [rescue], work: 1 h}]}]
""",
        1,
    )

    assert problems(text) == [
        "town.yaml:18:20: incidents.0.places.bb: unknown place 'bb'. Did you mean 'b'? Known: a, b"
    ]


def test_what_stood_there_is_shown_on_one_short_line():
    (problem,) = problems(TOWN.replace("startex: 2021-03-29 07:00", 'startex: "' + "\\x1b[31m\\n" * 50 + '"'))

    assert "\x1b" not in problem
    assert "\n" not in problem
    assert len(problem) < 400


# --- what is refused, at once --------------------------------------------------------------------------------

REFUSED = {
    "nothing": ("", "empty"),
    "only a comment": ("# nothing\n", "empty"),
    "null": ("~", "empty"),
    "a number": ("12", "no mapping"),
    "a list": ("- 1", "no mapping"),
    "two documents": ("a: 1\n---\nb: 2\n", "second document"),
    "a list as a key": ("? [a]\n: 1\n", "key must be a text"),
    "NUL": ("a: \0", "NUL"),
    "NUL by an escape": ('a: "\\0"', "no text may hold"),
    "half a character": ('a: "\\ud800"', "no text may hold"),
    "a control character": ("a: \x07", "no text may hold"),
    "a directive without a document": ("%a", "not valid YAML"),
    "a million brackets": ("[" * 1_000_000, "characters"),
    "many lines of brackets": ("[[[[[[[[[\n" * 100_000, "nested more than 30 deep"),
    "deep mappings": ("".join(" " * n + "a:\n" for n in range(1400)), "nested more than 30 deep"),
    "deep flow mappings": ("{a: " * 20_000, "nested more than 30 deep"),
    "deep lists": ("- " * 40_000, "nested more than 30 deep"),
    "a billion laughs": ("a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n", "anchor"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_text_is_refused_in_under_a_second(name):
    text, expected = REFUSED[name]
    started = time.monotonic()

    said = problems(text)

    assert time.monotonic() - started < 1.0
    assert expected in " ".join(said)


@pytest.mark.parametrize(
    "text",
    [
        "a: [" + "1,\n" * (MOST_NODES + 1) + "]",
        "a:\n" + "  - 1\n" * (MOST_NODES + 1),
        "".join(f"k{n}: 1\n" for n in range(MOST_NODES // 2 + 1)),
        "a:\n" + "  - {x: 1, y: 2}\n" * (MOST_NODES // 4 + 1),
    ],
)
def test_more_values_than_any_scenario_needs_are_refused_before_they_are_read(text):
    started = time.monotonic()

    (problem,) = problems(text)

    assert f"more than {MOST_NODES} values" in problem
    assert time.monotonic() - started < 3.0  # reading them would take half a minute


def test_too_many_values_without_signs_that_can_be_counted_are_refused_while_they_are_read(monkeypatch):
    monkeypatch.setattr("drillsim.scenario.yaml.composer.MOST_NODES", 1000)
    (problem,) = problems("a:\n" + "-\n" * 1001)

    assert "more than 1000 values" in problem


def test_a_file_of_100_mb_is_refused_by_its_size_alone(tmp_path):
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    started = time.monotonic()

    with pytest.raises(ScenarioError, match="larger than 20 MB"):
        load_scenario(path)

    assert time.monotonic() - started < 0.2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("none.yaml", "no such file"),
        (".", "a folder"),
        ("a.yaml/b.yaml", "no such file"),
        ("a\0b", "no such file"),
    ],
)
def test_what_is_no_file_is_refused(tmp_path, name, expected):
    (tmp_path / "a.yaml").write_text(TOWN, encoding="utf-8")

    with pytest.raises(ScenarioError, match=expected):
        load_scenario(tmp_path / name)


def test_a_file_that_may_not_be_read_is_refused(tmp_path, monkeypatch):
    def refused(*args):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "town.yaml").write_text(TOWN, encoding="utf-8")
    monkeypatch.setattr(Path, "open", refused)

    with pytest.raises(ScenarioError, match="the file cannot be read: Permission denied"):
        load_scenario(tmp_path / "town.yaml")


def test_whatever_the_scanner_stumbles_over_is_a_problem_of_the_file(monkeypatch):
    def stumble(*args):
        raise AssertionError

    monkeypatch.setattr(YAML, "parse", stumble)

    assert problems(TOWN) == ["town.yaml: not valid YAML (AssertionError)"]


def test_reading_stops_when_too_much_is_wrong():
    assert len(problems("a: 1\n" * 1000)) == MOST_PROBLEMS


def test_a_device_is_refused_without_being_read():
    with pytest.raises(ScenarioError, match="not an ordinary file"):
        load_scenario("/dev/zero")


def test_a_file_in_another_encoding_is_refused_with_line_and_column(tmp_path):
    path = tmp_path / "gbk.yaml"
    path.write_bytes("id: a\ntitle: 小镇\n".encode("gbk"))

    with pytest.raises(ScenarioError, match=re.escape(f"{path}:2:10: not UTF-8; save the file")):
        load_scenario(path)


# --- plans in files of their own -----------------------------------------------------------------------------

NIGHT = """\
id: night
based_on: today
stations:
  - id: east
    node: b
    units: [{id: second, crew: 6, capabilities: [fire_attack]}]
"""


def test_a_plan_file_may_change_a_plan_of_the_scenario():
    town = read_scenario(TOWN)
    spec = read_plan(NIGHT, town)

    assert [unit.id for unit in town.with_plan(spec).plan("night").units] == ["engine", "second"]


def test_the_problems_of_a_plan_file_are_said_at_their_places():
    with pytest.raises(ScenarioError) as caught:
        read_plan(
            NIGHT.replace("node: b", "node: c").replace("today", "tody"),
            read_scenario(TOWN),
            name="night.yaml",
        )

    assert [problem.text() for problem in caught.value.problems] == [
        "night.yaml:2:11: based_on: unknown plan 'tody'. Did you mean 'today'? Known: night, today",
        "night.yaml:5:11: stations.0.node: unknown place 'c'. Known: a, b",
    ]


def test_what_only_shows_when_the_plan_is_complete_is_said_at_its_place():
    with pytest.raises(ScenarioError) as caught:
        read_plan(NIGHT.replace("id: second, crew: 6", "id: engine"), read_scenario(TOWN), name="night.yaml")

    assert "night.yaml:6:13: stations.0.units.0: the id 'engine' stands more than once" in str(caught.value)


# --- what is written -----------------------------------------------------------------------------------------


def test_a_saved_plan_reads_back_equal(tmp_path):
    town = read_scenario(TOWN)
    spec = read_plan(NIGHT, town)

    path = save_plan(tmp_path / "night.yaml", spec)

    assert load_plan(path, town) == spec
    assert load_plan(path, town).model_fields_set == spec.model_fields_set
    assert list(tmp_path.iterdir()) == [path]


def test_an_unchanged_scenario_is_written_as_it_stood(tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text(TOWN, encoding="utf-8")

    save_scenario(path, load_scenario(path))

    assert path.read_text(encoding="utf-8") == TOWN


def test_a_changed_scenario_keeps_the_comments_of_its_author(tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text(TOWN, encoding="utf-8")
    town = load_scenario(path)
    changed = town.model_copy(update={"ends_at_s": 7200.0}).with_plan(read_plan(NIGHT, town))

    save_scenario(path, changed)

    assert load_scenario(path) == changed
    for comment in ("# A town with two places", "# both languages", "# as it is", "# the old one"):
        assert comment in path.read_text(encoding="utf-8")


def test_a_scenario_without_a_file_needs_to_be_told_where_its_roads_are(tmp_path):
    town = read_scenario(TOWN)

    with pytest.raises(ScenarioError, match="no road network"):
        save_scenario(tmp_path / "new.yaml", town)
    save_scenario(tmp_path / "new.yaml", town, roads=parse_yaml(TOWN).data["roads"])

    assert load_scenario(tmp_path / "new.yaml") == town


@pytest.mark.parametrize("unit", ["{id: engine, crew: 5}", "{id: third, crew: 4, count: 2, capabilities: [rescue]}"])
def test_whatever_changes_in_a_plan_the_file_reads_back_equal(tmp_path, unit):
    town = read_scenario(TOWN)
    path = tmp_path / "night.yaml"
    path.write_text(NIGHT + "dispatch: {kind: nearest} # for now\nalarm_handling: 2 min\n", encoding="utf-8")
    more = "alarm_handling: {p90_s: 64, cv: 0.5}\ndispatch: {kind: own_district}\nforces:\n"
    force = "  social_team: {turnout_day: 30 min, turnout_night: {mean_s: 1 h, cv: 0.25}}\n"
    west = f"  - {{id: west, units: [{unit}]}}\n"
    spec = read_plan(NIGHT + west + more + force, town)

    save_plan(path, spec)

    assert load_plan(path, town) == spec
    assert town.with_plan(load_plan(path, town)).plan("night") == town.with_plan(spec).plan("night")


def test_a_scenario_with_everything_in_it_reads_back_equal(tmp_path):
    text = starter("my-town", "my-town.yaml", "en").replace("07:00", "07:00:30")
    path = tmp_path / "my-town.yaml"

    save_scenario(path, read_scenario(text), roads=parse_yaml(text).data["roads"])

    assert load_scenario(path) == read_scenario(text)


def test_a_road_network_is_not_written_by_accident():
    with pytest.raises(TypeError, match="files of its own"):
        to_yaml_data({"roads": read_scenario(TOWN).roads})


def test_a_plan_is_written_over_a_file_that_cannot_be_read(tmp_path):
    path = tmp_path / "night.yaml"
    path.write_text("a: [", encoding="utf-8")
    town = read_scenario(TOWN)
    spec = read_plan(NIGHT, town)

    save_plan(path, spec)

    assert load_plan(path, town) == spec


# --- messages ------------------------------------------------------------------------------------------------


CODE_AT = {"PydanticCustomError": 0, "Problem": 0, "_fault": 0, "_problem": 0, "_record": 0, "_refuse": 0, "refusal": 1}


def codes_raised():
    """Every code of a problem that stands in the source as a text, and the file it stands in."""
    for path in PACKAGE.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call):
                place = CODE_AT.get(getattr(call.func, "id", getattr(call.func, "attr", "")), 99)
                for node in ast.walk(call.args[place]) if place < len(call.args) else ():
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield node.value, path.name


def test_every_code_in_the_source_has_a_message():
    raised = set(codes_raised())

    assert {(code, file) for code, file in raised if not has("error", code)} == set()
    assert {"wave_trigger", "plan_circle", "yaml_tag", "too_deep", "crew_order"} <= {code for code, _ in raised}


def test_a_check_without_a_message_is_still_said_in_both_languages():
    assert not has("error", "url_parsing")
    assert message("other_check", "zh", type="url_parsing", said="x") == "不符合要求（url_parsing）：x"


def test_what_a_message_names_comes_from_the_glossary():
    for path in PACKAGE.rglob("*.py"):
        for name in re.findall(
            r'(?:_refers_to|_name|_unknown|unknown_reference|unknown_name)\("(\w+)"', path.read_text()
        ):
            assert has("thing", name), path


# --- anything at all -----------------------------------------------------------------------------------------

ANY_SCALAR = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12)
SOME_KEYS = st.sampled_from(
    ["drillsim", "id", "title", "startex", "ends_at_s", "roads", "nodes", "edges", "hazards", "incidents", "plans",
     "kind", "tasks", "stations", "units", "waves", "based_on", "dispatch", "en", "zh", "lat", "lon", "weather"]
)  # fmt: skip
ANY_TREE = st.recursive(
    ANY_SCALAR | st.sampled_from(["listed", "snowfall", "1 h", "2021-03-29 07:00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(SOME_KEYS | st.text(max_size=5), inner, max_size=4),
    max_leaves=20,
)
fuzz = settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def loads_or_refuses(text):
    refused = None
    try:
        read_scenario(text)
    except ScenarioError as error:
        refused = error
    if refused is not None:
        assert refused.problems
        assert all(refused.text(lang).encode() for lang in languages())


@fuzz
@given(st.text())
def test_any_text_is_read_or_refused(text):
    loads_or_refuses(text)


@fuzz
@given(st.text(alphabet="[]{}:,-&*!|>'\"%@`#?~ \n\tab01."))
def test_any_punctuation_is_read_or_refused(text):
    loads_or_refuses(text)


@fuzz
@given(st.dictionaries(SOME_KEYS, ANY_TREE, max_size=6))
def test_any_tree_is_read_or_refused(tree):
    stream = io.StringIO()
    try:
        YAML(typ="safe", pure=True).dump(tree, stream)
    except UnicodeEncodeError:
        return
    loads_or_refuses(stream.getvalue())


@fuzz
@given(st.data())
def test_any_change_of_a_good_scenario_is_read_or_refused(data):
    lines = TOWN.splitlines()
    n = data.draw(st.integers(0, len(lines) - 1))
    key = lines[n].partition(":")[0]
    lines[n] = data.draw(st.sampled_from([key + ": " + data.draw(st.text(max_size=8)), "", lines[n] * 2, key]))
    loads_or_refuses("\n".join(lines))


def places_in(tree, path=()):
    yield path
    items = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    for key, item in items:
        yield from places_in(item, (*path, key))


@fuzz
@given(st.data())
def test_anything_anywhere_in_a_good_scenario_is_read_or_refused(data):
    tree = parse_yaml(starter("my-town", "my-town.yaml", "zh")).data
    *path, last = data.draw(st.sampled_from([path for path in places_in(tree) if path]))
    inner = tree
    for key in path:
        inner = inner[key]
    inner[last] = data.draw(ANY_TREE)
    stream = io.StringIO()
    try:
        YAML(typ="safe", pure=True).dump(tree, stream)
    except UnicodeEncodeError:
        return
    loads_or_refuses(stream.getvalue())


@settings(fuzz, max_examples=50)
@given(st.binary(max_size=60))
def test_any_file_is_read_or_refused(tmp_path_factory, content):
    path = tmp_path_factory.mktemp("any") / "any.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError):
        load_scenario(path)


def test_indented_text_is_understood_as_such():
    assert parse_yaml(dedent("a: |\n  x\n  y\n")).data == {"a": "x\ny\n"}


@pytest.mark.parametrize("roads", ["../qinghai", "/etc", "a/b", ".."])
def test_a_text_from_somebody_else_reads_no_folder_but_the_one_it_may(roads):
    text = f"drillsim: 1\nid: x\nroads: {roads}\n"

    with pytest.raises(ScenarioError) as caught:
        read_scenario(text, only_in_folder=True)

    assert "without a path" in caught.value.text("en")
    assert "不写路径" in caught.value.text("zh")


# --- a fictional city ------------------------------------------------------------------------------------------


def test_a_scenario_may_ask_for_a_fictional_city():
    scenario = read_scenario(CITY.replace("SIZE", "600"))

    assert len(scenario.roads.places) == pytest.approx(600, rel=0.02)
    assert read_scenario(CITY.replace("SIZE", "600")).digest() == scenario.digest()


@pytest.mark.parametrize("size", ["10", "2000000", "many", "600, seed: -1", "600, colour: red"])
def test_a_city_of_no_size_is_refused_with_what_to_write(size):
    with pytest.raises(ScenarioError, match=r"500 to 100000"):
        read_scenario(CITY.replace("SIZE", size))


CITY = """\
drillsim: 1
id: city
title: City
startex: 2026-01-01 08:00
ends_at_s: 1 h
roads: {synth: SIZE}
"""
