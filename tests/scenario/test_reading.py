"""A file is read in one pass forward: nothing is changed in place, names open no file, a problem is told once."""

import builtins
import re
from contextlib import suppress
from copy import deepcopy
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from drillsim.base.errors import Problem, ScenarioError
from drillsim.roads import read_network
from drillsim.scenario.files import load_scenario, read_plan, read_scenario
from drillsim.scenario.reference_tables import reference_tables
from drillsim.scenario.scenario import Scenario
from drillsim.scenario.yaml.document import REFUSED
from drillsim.scenario.yaml.reader import parse_yaml
from tests.scenario.test_files import BROKEN, NIGHT, TOWN, fuzz

ROADS = re.compile(r"roads:\n(  .*\n)+")


def problems(text, **how):
    with pytest.raises(ScenarioError) as caught:
        read_scenario(text, name="town.yaml", **how)
    return caught.value.problems


def lines(text, **how):
    return [problem.text() for problem in problems(text, **how)]


def with_quake(text, shakemap):
    return text.replace("incidents:\n", f"incidents:\n  - {{kind: earthquake, id: q, shakemap: {shakemap}}}\n", 1)


@pytest.fixture
def roads(tmp_path):
    """A folder with the road network of the town."""
    folder = tmp_path / "roads"
    folder.mkdir()
    (folder / "nodes.csv").write_text("id,lat,lon\na,36.0,101.0\nb,36.1,101.0\n")
    (folder / "edges.csv").write_text("from,to,road,length_km,free_flow_kmh\na,b,G1,12,80\n")
    return folder


@pytest.fixture
def nothing_opens(monkeypatch):
    def refuse(*args, **kwargs):
        raise AssertionError(f"opened {args}")

    monkeypatch.setattr(builtins, "open", refuse)
    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr("drillsim.scenario.roads_field.read_network", refuse)
    monkeypatch.setattr("drillsim.scenario.roads_field._city", refuse)


# --- a document is a value -------------------------------------------------------------------------------------


def test_a_document_cannot_be_changed():
    document = parse_yaml("a: *x\nb: [1, 2]\n")

    with pytest.raises(FrozenInstanceError):
        document.data = {}
    with pytest.raises(TypeError):
        document.values["a",] = (9, 9)
    assert isinstance(document.problems, tuple)
    assert isinstance(document.refused, frozenset)


def test_each_step_returns_a_new_document_and_leaves_the_old_one():
    before = parse_yaml("a: 1\nb: [{c: 2}, {c: 3}]\n", "f")

    replaced = before.with_value(("b", 1, "c"), 4)
    refused = replaced.refuse(("a",), [before.place(Problem("yaml_alias", "a"))])

    assert before.data == before.written == {"a": 1, "b": [{"c": 2}, {"c": 3}]}
    assert replaced.data == {"a": 1, "b": [{"c": 2}, {"c": 4}]}
    assert refused.data == {"a": REFUSED, "b": [{"c": 2}, {"c": 4}]}
    assert refused.written == before.written
    assert [len(document.problems) for document in (before, replaced, refused)] == [0, 0, 1]
    assert refused.problems[0].problem.where == "f:1:4"


def test_what_is_found_at_a_refused_value_only_follows_from_that():
    document = parse_yaml("a: {b: *x}\nc: 1\n")

    more = document.with_problems(document.place(Problem("missing", path)) for path in ("a.b", "a", "c"))

    assert [located.problem.path for located in more.problems] == ["a.b", "a", "c"]
    assert more.problems[0].problem.code == "yaml_alias"


@pytest.mark.parametrize("text", [TOWN, BROKEN, ROADS.sub("roads: nowhere\n", TOWN), with_quake(TOWN, "../x")])
def test_reading_changes_nothing_that_was_read(monkeypatch, text):
    read = []

    def parse(text, name):
        read.append(parse_yaml(text, name))
        read.append(deepcopy(read[0].written))
        return read[0]

    monkeypatch.setattr("drillsim.scenario.files.parse_yaml", parse)
    with suppress(ScenarioError):
        read_scenario(text, only_in_folder=True)
    document, written = read

    assert document.written == written
    assert document.data is document.written


# --- names are collected without opening a file ----------------------------------------------------------------


@pytest.mark.parametrize("where", ["/nowhere/at/all", Path("/nowhere"), {"synth": 600}, {"nodes": [], "edges": []}, 7])
@pytest.mark.usefixtures("nothing_opens")
def test_collecting_names_opens_no_file_and_builds_no_city(where):
    data = parse_yaml(TOWN).data

    known = reference_tables(data | {"roads": where})

    assert known["incident"] == {"fire-1"}
    assert (known["plan"], known["station"], known["unit"]) == ({"today"}, {"west"}, {"engine"})
    assert not {"node", "section", "network"} & known.keys()


def test_places_are_known_once_the_roads_have_been_read():
    town = read_scenario(TOWN)

    known = reference_tables({"roads": town.roads})

    assert set(known["node"]) == {"a", "b"}
    assert known["network"] is town.roads


@pytest.mark.parametrize("data", [{}, {"incidents": 7}, {"plans": [None, {"stations": {"id": 3}}], "injects": "x"}])
def test_anything_of_the_wrong_shape_defines_no_names(data):
    assert not any(reference_tables(data).values())


@pytest.mark.usefixtures("nothing_opens")
def test_reading_a_scenario_does_open_its_roads():
    """Else the tests here that nothing opens would hold of anything."""
    city = "drillsim: 1\nid: c\ntitle: C\nstartex: 2026-01-01 08:00\nends_at_s: 1 h\nroads: {synth: 600}\n"

    with pytest.raises(AssertionError, match="opened"):
        read_scenario(city)


def test_a_plan_file_opens_no_road_network(request):
    town = read_scenario(TOWN)
    request.getfixturevalue("nothing_opens")

    assert read_plan(NIGHT, town).id == "night"


# --- a scenario made in Python ---------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [Path, str, read_network])
def test_a_scenario_made_in_python_takes_roads_as_a_folder_or_a_network(roads, form):
    data = parse_yaml(TOWN).data
    tables = Scenario(**data)

    made = Scenario(**data | {"roads": form(roads)})

    assert made == tables == read_scenario(TOWN)


def test_a_scenario_made_in_python_does_not_change_what_it_is_made_of(roads):
    data = parse_yaml(TOWN).data | {"roads": roads}
    before = deepcopy(data)

    Scenario(**data)

    assert data == before


def test_roads_that_cannot_be_had_hide_nothing_else_of_a_scenario_made_in_python(tmp_path):
    data = parse_yaml(TOWN).data | {"roads": tmp_path / "none", "ends_at_s": -1}

    with pytest.raises(ValidationError) as caught:
        Scenario(**data)

    assert {error["loc"] for error in caught.value.errors()} == {("roads",), ("ends_at_s",)}


# --- every problem once, in the order of lines -----------------------------------------------------------------


def test_problems_of_every_step_come_in_the_order_of_lines():
    """From the reader (5), the search for files (6), the model (15) and its references to plans (21)."""
    text = ROADS.sub("roads: nowhere\n", TOWN).replace("ends_at_s: 4 h", "ends_at_s: &x 4 h")
    text = text.replace("starts_at_s: 5 min", "starts_at_s: soon").replace(
        "  - id: today", "  - id: today\n    based_on: x"
    )

    found = problems(text)

    assert [(p.where, p.path) for p in found] == [
        ("town.yaml:6:12", "ends_at_s"),
        ("town.yaml:7:8", "roads"),
        ("town.yaml:12:18", "incidents.0.starts_at_s"),
        ("town.yaml:18:15", "plans.0.based_on"),
    ]
    assert [p.code for p in found] == ["yaml_anchor", "no_such_network", "duration_text", "unknown_name"]


@pytest.mark.parametrize(
    ("old", "new", "only"),
    [
        ("node: b\n", "node: *x\n", "incidents.0.node: an alias"),
        ("lat: 36.1", "lat: *x", "roads.nodes.1.lat: an alias"),
        ("work: 1 h 30 min", "work: long", "incidents.0.tasks.0.work: no time"),
        ("[fire_attack]}   # the", "[Fire]}   # the", "plans.0.stations.0.units.0.capabilities.0: not a"),
        ("starts_at_s: 5 min", "starts_at_s: *x", "incidents.0.starts_at_s: an alias"),
    ],
)
def test_what_only_follows_from_a_problem_is_not_told(old, new, only):
    (line,) = lines(TOWN.replace(old, new, 1))

    assert only in line


def test_of_a_value_that_may_be_a_word_or_a_mapping_only_the_one_that_was_tried_is_told():
    quake = (
        "{kind: earthquake, id: q, node: a, magnitude: 6, settlements: [{id: s, node: b, population: 9, stock: %s}]}"
    )
    text = TOWN.replace("incidents:\n", f"incidents:\n  - {quake}\n", 1)

    (word,) = lines(text.replace("%s", "rurul"))
    (mapping,) = lines(text.replace("%s", "{B: 2}"))

    assert "settlements.0.stock: write one of: rural, urban" in word
    assert "settlements.0.stock.B: must be" in mapping


@fuzz
@given(st.data())
def test_whatever_is_wrong_is_told_once_and_in_the_order_of_lines(data):
    rows = data.draw(st.sampled_from([TOWN, BROKEN])).splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        n = data.draw(st.integers(0, len(rows) - 1))
        key = rows[n].partition(":")[0]
        rows[n] = data.draw(st.sampled_from([f"{key}: *x", f"{key}: 7", f"{key}: []", f"{rows[n]}\n{rows[n]}", ""]))
    try:
        read_scenario("\n".join(rows), name="f")
    except ScenarioError as error:
        found = error.problems
        places = [tuple(map(int, problem.where.split(":")[1:3])) for problem in found]
        assert places == sorted(places)
        assert len({(problem.code, problem.where, problem.path) for problem in found}) == len(found)


# --- names of files --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shakemap", ["/etc/hostname", "../grid.xml", "{file: /etc/hostname}", "{file: ../grid.xml}"])
def test_a_text_from_somebody_else_opens_no_shakemap_but_those_beside_it(shakemap):
    text = with_quake(TOWN, shakemap).replace("ends_at_s: 4 h", "ends_at_s: -1")

    assert [problem.code for problem in problems(text, only_in_folder=True)] == [
        "greater_than_equal", "shakemap_elsewhere",
    ]  # fmt: skip


def test_a_shakemap_is_looked_for_beside_the_file_however_it_is_named(tmp_path):
    for shakemap in ("none.xml", "{file: none.xml}"):
        (problem,) = problems(with_quake(TOWN, shakemap), folder=tmp_path)

        assert problem.code == "shakemap_missing"


def test_a_name_longer_than_any_file_has_is_a_problem_like_others():
    (problem,) = problems(ROADS.sub(f"roads: {'a' * 3000}\n", TOWN))

    assert problem.code == "no_such_network"
    with pytest.raises(ScenarioError, match="the file cannot be read"):
        load_scenario("a" * 3000)


def test_what_ids_lead_to_has_a_place_in_the_file():
    document = parse_yaml("plans:\n- id: night\n- id: day\n  waves:\n  - id: first\n", "town.yaml")

    assert document.named("plans.day") == "town.yaml:3:3"
    assert document.named("plans.day.waves.first/step") == "town.yaml:5:5"
    assert document.named("plans.noon") == "town.yaml:1:1"
    assert document.named("roads") == "town.yaml"
