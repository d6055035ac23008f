"""What the app remembers, and when it must ask again."""

import os

import pytest

from drillsim.app import pictures, state
from drillsim.scenario.files import load_scenario
from tests.scenario.test_files import TOWN


@pytest.fixture
def town(tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text(TOWN, encoding="utf-8")
    return path


def test_a_scenario_is_read_once_and_again_when_its_file_has_changed(town):
    first = state._shipped(town)
    assert state._shipped(town) is first

    town.write_text(TOWN.replace("en: Town", "en: City"), encoding="utf-8")
    os.utime(town, (0, 0))

    assert state._shipped(town).title.en == "City"


def test_a_plan_is_run_once_and_again_when_anything_of_it_has_changed(town, monkeypatch):
    pictures.run_of.clear()
    asked = []
    monkeypatch.setattr(pictures, "simulate", lambda _, plan, seed: asked.append((plan.units[0].crew, seed)))
    scenario = load_scenario(town)
    town.write_text(TOWN.replace("crew: 6", "crew: 5"), encoding="utf-8")
    changed = load_scenario(town)

    for _ in range(2):
        pictures.run_of(scenario, scenario.plan("today"), 1)
        pictures.run_of(changed, changed.plan("today"), 1)
        pictures.run_of(scenario, scenario.plan("today"), 2)

    assert asked == [(6, 1), (5, 1), (6, 2)]
