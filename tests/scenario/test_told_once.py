"""A fault is told once, where it is."""

import pytest

from drillsim.base.errors import ScenarioError
from drillsim.scenario.files import read_scenario
from drillsim.scenario.lint import lint
from tests.scenario.test_files import TOWN

OBJECTIVE = "objectives:\n  - {id: fast, title: Fast, metric: METRIC, limit: 10 min}\n"


def problems(text):
    with pytest.raises(ScenarioError) as caught:
        read_scenario(text, name="town.yaml")
    return [(problem.code, problem.path, problem.where) for problem in caught.value.problems]


def line_of(text, part):
    return next(n for n, line in enumerate(text.splitlines(), start=1) if part in line)


def test_an_unknown_metric_is_told_at_its_name():
    text = TOWN + OBJECTIVE.replace("METRIC", "first_arival_s")
    (found,) = problems(text)

    assert found[:2] == ("unknown_name_guess", "objectives.0.metric")
    assert found[2].startswith(f"town.yaml:{line_of(text, 'first_arival_s')}:")


def test_an_unknown_task_to_wait_for_is_told_at_its_name():
    text = TOWN.replace("work: 1 h 30 min}", "work: 1 h 30 min, after: [atack]}")
    (found,) = problems(text)

    assert found[:2] == ("unknown_name_guess", "incidents.0.tasks.0.after.0")


def test_plans_based_on_each_other_are_told_once():
    text = TOWN + "  - {id: b, based_on: c}\n  - {id: c, based_on: b}\n  - {id: d, based_on: b}\n"

    assert [(code, path) for code, path, _ in problems(text)] == [("plan_circle", "plans.1.based_on")]


def test_a_unit_that_stands_twice_in_a_plan_is_not_told_again_for_plans_based_on_it():
    twice = "          - {id: engine, crew: 5, capabilities: [rescue]}\n  - {id: later, based_on: today}\n"

    assert [(code, path) for code, path, _ in problems(TOWN + twice)] == [
        ("duplicate_id", "plans.0.stations.0.units.1")
    ]


@pytest.mark.parametrize(
    "point", ["{lat: true, lon: 101.0}", "{lat: '36.1', lon: 101.0}", "{lat: .nan, lon: 101.0}", "{lat: null, lon: 0}"]
)
def test_a_point_has_numbers_for_coordinates(point):
    assert [(code, path) for code, path, _ in problems(TOWN.replace("node: b", f"node: {point}"))] == [
        ("coordinates", "incidents.0.node")
    ]


@pytest.mark.parametrize(("place", "told"), [("lat: 0, lon: 0", True), ("lat: 36.1, lon: 101.0", False)])
def test_a_settlement_far_from_all_roads_is_refused_where_it_stands(place, told):
    quake = f"""\
  - kind: earthquake
    id: quake
    node: a
    magnitude: 6
    settlements:
      - {{id: village, node: b, population: 100, {place}}}
"""
    text = TOWN.replace("incidents:\n", f"incidents:\n{quake}")
    if not told:
        assert len(read_scenario(text).incidents) == 2
        return
    assert [(code, path) for code, path, _ in problems(text)] == [("off_the_map", "incidents.0.settlements.0.lat")]


@pytest.mark.parametrize(("word", "told"), [("water_onn", ["unknown_intervention"]), ("water_on", [])])
def test_a_misspelt_intervention_is_pointed_out(word, told):
    town = read_scenario(TOWN.replace("min_crew: 4,", f"min_crew: 4, intervention: {word},"))

    found = [warning for warning in lint(town) if "intervention" in warning.code]
    assert [warning.code for warning in found] == told
    assert all("close to it: water_on" in warning.text("en") for warning in found)
