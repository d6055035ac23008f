"""What can hardly be meant is pointed out, in both languages."""

import pytest

from drillsim.remarks import remarks
from tests.engine.conftest import engine, fire, plan, scenario, station, task


def codes(world):
    return {(remark.code, remark.path) for remark in remarks(world)}


def test_a_sound_scenario_has_no_remarks():
    assert remarks(scenario([fire("inc-1", "p2")], plan(station("west", "p0", engine())))) == ()


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
    assert all(remark.text(lang) for remark in remarks(world))
