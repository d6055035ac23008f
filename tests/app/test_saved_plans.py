"""Saved plans survive; a file that cannot be used now is left alone, never lost."""

import pytest

from drillsim.app import saved_plans
from drillsim.scenario.plan import PlanSpec
from tests.engine.conftest import engine, plan, scenario, station


@pytest.fixture
def town(tmp_path, monkeypatch):
    monkeypatch.setenv("DRILLSIM_HOME", str(tmp_path))
    return scenario([], plan(station("west", "p0", engine())))


def ids(world):
    return [spec.id for spec in world.plans]


def test_a_saved_plan_is_there_again(town):
    saved_plans.keep(town, PlanSpec(id="mine", based_on="plan"))
    world, broken = saved_plans.with_saved_plans(town)

    assert (ids(world), broken) == (["plan", "mine"], ())
    assert saved_plans.is_saved(town, "mine")
    assert not saved_plans.is_saved(town, "plan")


def test_a_saved_plan_may_be_based_on_another_whatever_the_order(town):
    saved_plans.keep(town, PlanSpec(id="a", based_on="z"))
    saved_plans.keep(town, PlanSpec(id="z", based_on="plan"))

    assert set(ids(saved_plans.with_saved_plans(town)[0])) == {"plan", "a", "z"}


def test_a_file_that_cannot_be_read_is_left_alone_and_the_others_are_kept(town):
    path = saved_plans.keep(town, PlanSpec(id="good", based_on="plan"))
    path.with_name("bad.yaml").write_text("id: [", encoding="utf-8")
    world, broken = saved_plans.with_saved_plans(town)

    assert (ids(world), broken) == (["plan", "good"], ("bad.yaml",))
    assert path.with_name("bad.yaml").read_text(encoding="utf-8") == "id: ["


def test_a_plan_that_does_not_fit_another_form_of_the_scenario_is_there_again_with_the_first(town):
    saved_plans.keep(town, PlanSpec(id="mine", based_on="plan"))
    other = scenario([], plan(station("west", "p0", engine())) | {"id": "renamed"})

    assert saved_plans.with_saved_plans(other)[1] == ("mine.yaml",)
    assert ids(saved_plans.with_saved_plans(town)[0]) == ["plan", "mine"]


def test_a_plan_that_others_are_based_on_is_not_deleted(town):
    saved_plans.keep(town, PlanSpec(id="a", based_on="plan"))
    saved_plans.keep(town, PlanSpec(id="b", based_on="a"))
    world, _ = saved_plans.with_saved_plans(town)
    saved_plans.forget(world, "a")

    assert saved_plans.based_on(world, "a") == ("b",)
    assert set(ids(saved_plans.with_saved_plans(town)[0])) == {"plan", "a", "b"}


def test_a_plan_can_be_forgotten(town):
    saved_plans.keep(town, PlanSpec(id="mine", based_on="plan"))
    saved_plans.forget(town, "mine")

    assert ids(saved_plans.with_saved_plans(town)[0]) == ["plan"]


def test_a_change_that_leaves_another_plan_incomplete_is_known_before_it_is_saved(town):
    own = {"id": "a", "based_on": "plan", "stations": [{"id": "east", "node": "p2", "units": [engine("e")]}]}
    saved_plans.keep(town, PlanSpec.model_validate(own))
    on_a = {"id": "b", "based_on": "a", "stations": [{"id": "east", "units": [{"id": "e", "vehicles": 2}]}]}
    saved_plans.keep(town, PlanSpec.model_validate(on_a))
    world, _ = saved_plans.with_saved_plans(town)
    renamed = own | {"stations": [{"id": "east", "node": "p2", "units": [engine("foam")]}]}

    assert saved_plans.incompatibilities(world, PlanSpec.model_validate(own)) == ()
    assert saved_plans.incompatibilities(world, PlanSpec.model_validate(renamed)) == ("b",)
