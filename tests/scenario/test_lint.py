"""What can hardly be meant is pointed out, in both languages."""

import pytest

from drillsim.scenario.lint import lint
from tests.engine.conftest import engine, fire, plan, scenario, station, task


def codes(world):
    return {(warning.code, warning.path) for warning in lint(world)}


def test_a_sound_scenario_has_no_remarks():
    assert lint(scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine())))) == ()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everything_that_can_hardly_be_meant_is_named(lang):
    world = scenario(
        [fire("inc-1", "p2", tasks=[task(capabilities=["fire_atack"])]), fire("late", "p2", at="30 h")],
        plan(station("west", "p0", engine(crew=9, establishment=6))),
        injects=[
            {"id": "down", "at_s": 60, "text": "x", "unit": {"node": "p0", "capability": "fire_attack", "units": 2}},
            {"id": "never", "at_s": "24 h", "text": "x"},
        ],
        objectives=[{"id": "o", "title": "x", "metric": "first_arrival_s", "case": "inc-2", "limit": 60}],
    )

    assert codes(world) == {
        ("after_endex", "incidents.late"), ("after_endex", "injects.never"), ("objective_case", "objectives.o"),
        ("nobody_able", "plans.plan"), ("more_than_established", "plans.plan"), ("inject_without_unit", "plans.plan"),
    }  # fmt: skip
    assert all(warning.text(lang) for warning in lint(world))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_teams_that_run_out_of_supplies_with_nobody_to_fill_them_are_named(lang):
    """County teams live three days on their own; the exercise lasts four."""
    team, light = {"id": "county", "team": "cn_county"}, {"id": "light", "team": "insarag_light"}
    kitchen = {"id": "kitchen", "team": "logistics"}

    def world(*units, ends="96 h"):
        return scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine(), *units)), ends_at_s=ends)

    (said,) = lint(world(team, light))
    assert (said.code, said.path) == ("runs_dry", "plans.plan")
    assert said.values == {"n": 1, "unit": "county", "hours": "72", "ends": "96"}
    assert "72" in said.text(lang)
    assert lint(world(team, kitchen)) == ()
    assert lint(world(team, ends="72 h")) == ()
    assert len(lint(world(team, kitchen | {"crew": 0}))) == 1


def test_a_point_stands_for_the_nearest_place_and_the_distance_is_told():
    """p2 lies at 36.0, 100.2; a thousandth of a degree north of it is 111 m, a hundredth 1.1 km."""
    world = scenario(
        [fire("near", {"lat": 36.001, "lon": 100.2}), fire("far", {"lat": 36.01, "lon": 100.2})],
        plan(station("west", {"lat": 36.0, "lon": 100.0}, engine())),
    )

    assert {incident.node for incident in world.incidents} == {"p2"}
    assert world.plan().units[0].node == "p0"
    texts = {(r.code, r.text("en").partition("100.20000")[2]) for r in lint(world)}
    assert ("snapped", ", 111 m away") in texts
    assert ("snapped_far", " is 1112 m away; check the point") in texts


def test_a_point_of_another_region_is_refused():
    """Half a degree of latitude is 56 km."""
    with pytest.raises(ValueError, match="off the map"):
        scenario([fire("near", {"lat": 36.5, "lon": 100.2})], plan(station("west", "p0", engine())))


def test_a_point_that_is_none_is_refused():
    with pytest.raises(ValueError, match="no point on Earth"):
        scenario([fire("near", {"lat": 136.0, "lon": 100.2})], plan(station("west", "p0", engine())))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_stands_on_an_island_is_pointed_out(lang):
    roads = {
        "nodes": [{"id": name, "lat": 36.0, "lon": 100.0 + 0.1 * i} for i, name in enumerate("abcde")],
        "edges": [
            {"from": a, "to": b, "length_km": 12, "free_flow_kmh": 60} for a, b in (("a", "b"), ("b", "c"), ("d", "e"))
        ],
    }
    world = scenario([fire("inc-1", "e")], plan(station("west", "d", engine())), roads=roads)

    assert codes(world) == {("cut_off", "incidents.inc-1"), ("cut_off", "plans.plan")}
    assert all("d" in warning.text(lang) or "e" in warning.text(lang) for warning in lint(world))
