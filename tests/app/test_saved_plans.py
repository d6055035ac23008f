"""Saved plans survive; a file that cannot be read is set aside, never lost."""

import pytest

from drillsim.app import saved_plans
from drillsim.plan import PlanSpec
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


def test_a_file_that_cannot_be_read_is_set_aside_and_the_others_are_kept(town):
    path = saved_plans.keep(town, PlanSpec(id="good", based_on="plan"))
    path.with_name("bad.yaml").write_text("id: [", encoding="utf-8")
    world, broken = saved_plans.with_saved_plans(town)

    assert (ids(world), broken) == (["plan", "good"], ("bad.yaml.unreadable",))
    assert path.with_name("bad.yaml.unreadable").read_text(encoding="utf-8") == "id: ["


def test_a_plan_can_be_forgotten(town):
    saved_plans.keep(town, PlanSpec(id="mine", based_on="plan"))
    saved_plans.forget(town, "mine")

    assert ids(saved_plans.with_saved_plans(town)[0]) == ["plan"]
