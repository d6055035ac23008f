"""A scenario of the example of any plug-in: what it is made of, and that it reads as a file."""

import pytest

from drillsim.base.errors import UnknownNameError
from drillsim.scenario.example import example_file, example_world
from drillsim.scenario.files import load_scenario
from drillsim.scenario.plugins import every_plugin


@pytest.mark.parametrize("plugin", every_plugin(), ids=lambda cls: cls.__name__)
def test_the_file_of_an_example_is_read_without_a_problem(tmp_path, plugin):
    path = tmp_path / "mine.yaml"
    path.write_text(example_file(plugin.model_fields["kind"].default, "mine"), encoding="utf-8")
    scenario = load_scenario(path)
    parts = (*scenario.hazards, *scenario.incidents, scenario.plan().dispatch)

    assert scenario.id == "mine"
    assert plugin in {type(part) for part in parts}


def test_the_plan_of_an_example_has_the_units_that_its_first_alarm_and_its_tasks_ask_for(tmp_path):
    path = tmp_path / "temple.yaml"
    path.write_text(example_file("temple_fire", "temple"), encoding="utf-8")
    scenario = load_scenario(path)
    wanted = scenario.incidents[0].occur(example_world()).incidents[0].first_alarm()
    units = [unit.capabilities[0] for unit in scenario.plan().units]

    assert wanted["water_supply"] > 6  # of which a county has but six
    assert {name: units.count(name) for name in set(units)} == {"fire_attack": 1, "rescue": 1, "water_supply": 6}


def test_a_hazard_is_given_an_incident_that_begins_it(tmp_path):
    path = tmp_path / "hall.yaml"
    path.write_text(example_file("timber_hall", "hall"), encoding="utf-8")

    assert [incident.hazard for incident in load_scenario(path).incidents] == ["hall"]


def test_an_unknown_kind_is_refused_with_a_guess():
    with pytest.raises(UnknownNameError, match="Did you mean 'temple_fire'"):
        example_file("temple_fir", "x")
