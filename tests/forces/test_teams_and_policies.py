"""Teams by name in a plan, and the two policies that rank worksites."""

import pytest

from drillsim.base.errors import ScenarioError
from drillsim.dispatch import Call, Need
from drillsim.dispatch.most_alive_first import MostAliveFirst
from drillsim.dispatch.triage import Triage
from drillsim.forces.teams import TEAMS
from drillsim.language import vocabulary
from drillsim.scenario.plan import UnitSpec
from drillsim.scenario.plan_inheritance import unit_names
from tests.engine.conftest import engine, fire, plan, scenario, station


def units(*written, **more):
    world = scenario([fire("inc", "p2")], plan(station("base", "p0", *written), **more))
    return {u.id: u for u in world.plan().units}


def test_a_heavy_team_stands_as_two_squads_of_fifty():
    found = units({"id": "heavy", "team": "cn_heavy"})

    assert list(found) == ["heavy-1", "heavy-2"]
    assert {(u.crew, u.vehicles) for u in found.values()} == {(50, 10)}
    assert "usar_heavy" in found["heavy-1"].capabilities


def test_what_the_plan_says_of_a_team_goes_before_what_the_team_is():
    found = units({"id": "light", "team": "cn_light", "crew": 30, "vehicles": 4, "capabilities": ["rescue"]})
    light = found["light"]

    assert (light.crew, light.establishment, light.vehicles, light.capabilities) == (30, 45, 4, ("rescue",))


def test_a_wave_may_name_all_squads_of_a_team_at_once_or_one_of_them():
    wave = {
        "id": "w", "ordered_by": "x", "at_s": 0, "units": ["heavy"], "destination": "front",
    }  # fmt: skip
    area = {"id": "front", "node": "p3"}
    world = scenario(
        [fire("inc", "p2")],
        plan(station("base", "p0", {"id": "heavy", "team": "cn_heavy"}), waves=[wave], staging_areas=[area]),
        plan(station("base", "p0", {"id": "heavy", "team": "cn_heavy"}), waves=[wave | {"units": ["heavy-2"]}], staging_areas=[area]) | {"id": "other"},
    )  # fmt: skip

    assert world.plan("plan").waves[0].units == ("heavy-1", "heavy-2")
    assert world.plan("other").waves[0].units == ("heavy-2",)


def test_units_alike_are_numbered_so_that_a_number_in_their_name_is_not_taken_for_theirs():
    written = {"capabilities": ["rescue"], "crew": 5, "count": 2}
    found = units(
        {"id": "a", "title": {"en": "Engine", "zh": "消防车"}, **written},
        {"id": "b", "title": {"en": "Engine 7", "zh": "7号站"}, **written},
    )

    assert [u.title.en for u in found.values()] == ["Engine 1", "Engine 2", "Engine 7-1", "Engine 7-2"]
    assert found["b-2"].title.zh == "7号站 2"


def test_a_count_of_teams_counts_squads():
    assert unit_names(UnitSpec(id="h", team="insarag_heavy", count=4)) == ("h-1", "h-2", "h-3", "h-4")
    assert unit_names(UnitSpec(id="l", team="insarag_light")) == ("l",)


def test_a_team_that_nobody_knows_is_refused():
    with pytest.raises((ScenarioError, ValueError), match="team"):
        units({"id": "x", "team": "cn_huge"})


def test_teams_have_capabilities_that_the_glossary_knows():
    assert {c for team in TEAMS.values() for c in team.capabilities} <= {*vocabulary("capability"), "usar"}


def need(name, **facts):
    call = Call(name, "collapse", "p0", "west", 2, 0.0, {"usar": 1}, facts)
    return Need(call, 0, "usar", 60.0, "first_alarm")


def order(policy, *needs):
    return [n.call.incident for n in sorted(needs, key=policy.rank)]


def test_triage_a_comes_before_b_and_among_equals_the_site_with_most_people():
    few, many = need("few", triage=1, trapped=2), need("many", triage=1, trapped=9)
    late, unknown = need("late", triage=2, trapped=50), need("unknown")

    assert order(Triage(), unknown, late, few, many) == ["many", "few", "late", "unknown"]


def test_most_alive_first_goes_where_an_hour_of_work_frees_most():
    deep = need("deep", trapped=10, work_h=400)  # 10 / 404 an hour
    light = need("light", trapped=6, work_h=20)  # 6 / 24
    other = need("other")

    assert order(MostAliveFirst(), other, deep, light) == ["light", "deep", "other"]


def test_a_wave_that_another_thing_sets_off_in_a_plan_based_on_another_is_set_off_by_that_alone():
    wave = {"id": "wave", "units": ["a"], "ordered_by": "hq", "at_s": 60, "destination": "camp"}
    base = plan(station("west", "p0", engine("a")), staging_areas=[{"id": "camp", "node": "p3"}], waves=[wave])
    on_call = {"id": "wave", "units": ["a"], "ordered_by": "hq", "on_incident": "inc-1", "destination": "camp"}
    world = scenario([fire("inc-1", "p2")], base, {"id": "other", "based_on": "plan", "waves": [on_call]})

    (found,) = world.plan("other").waves
    assert (found.on_incident, found.at_s) == ("inc-1", None)
