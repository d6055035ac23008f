"""The glossary: everything that people see has a name in English and in Chinese."""

import pytest

from drillsim.engine import simulate
from drillsim.forces.forces import FORCES
from drillsim.language import vocabulary, word
from drillsim.language.tasks import task_word
from drillsim.scenario.bundled_scenarios import shipped_scenarios
from drillsim.scenario.files import load_scenario
from drillsim.scenario.model_paths import reachable_models
from drillsim.scenario.plan import Plan, PlanSpec, Station, Unit
from drillsim.scenario.plugins import FOLDERS, kinds
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import IncidentStarted, event_types

DESIGN_NOUNS = {
    "Scenario", "Plan", "RoadNetwork", "RoadState", "Hazard", "Incident", "Task", "Unit", "Station", "DispatchPolicy",
    "Inject", "Trace", "Outcome", "Batch", "Comparison",
}  # fmt: skip


def test_every_noun_of_the_design_is_in_the_glossary():
    assert set(vocabulary("noun")) >= DESIGN_NOUNS


def test_every_event_is_in_the_glossary_and_nothing_else_is():
    assert list(vocabulary("event")) == list(event_types())


def test_every_field_of_an_input_is_in_the_glossary():
    models = reachable_models(Scenario, PlanSpec)
    fields = {name for model in models for name in model.model_fields}

    assert {"min_crew", "peak_kw", "calls_per_hour", "vehicle_gap_m", "neighbours_after_s"} <= fields
    assert fields - set(vocabulary("field")) == set()


def test_a_complete_plan_has_no_field_of_its_own_that_people_would_see():
    fields = {name for model in (Plan, Station, Unit) for name in model.model_fields}

    assert fields - set(vocabulary("field")) == {"station"}


def test_every_built_in_kind_and_force_is_in_the_glossary():
    built_in = {kind for folder in FOLDERS for kind in kinds(folder)}

    assert built_in | set(FORCES) == set(vocabulary("kind"))
    assert built_in == set(vocabulary("about"))


def test_every_choice_of_a_field_is_in_the_glossary():
    snow = {"none", "light", "heavy"}
    growth = {"slow", "medium", "fast", "ultra_fast"}

    assert snow | growth | {"lognormal", "exponential"} <= set(vocabulary("value"))


def test_no_two_metrics_share_a_label():
    for lang in ("en", "zh"):
        labels = [word("metric", name, lang) for name in vocabulary("metric")]
        assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_two_events_kinds_capabilities_or_things_share_a_label(lang):
    for context in ("event", "kind", "capability"):
        labels = [word(context, name, lang) for name in vocabulary(context)]
        assert sorted(set(labels)) == sorted(labels)
    assert {word("thing", "node", lang)} == {word("thing", "place", lang)}


def test_a_word_that_the_glossary_does_not_know_is_shown_as_it_is():
    assert word("capability", "cable_car_rescue", "zh") == "cable car rescue"


def test_every_capability_and_type_of_incident_of_the_shipped_scenarios_is_in_the_glossary():
    unknown = set()
    for path in shipped_scenarios():
        world = load_scenario(path)
        plans = [world.plan(spec.id) for spec in world.plans]
        happened = simulate(world, plans[0], seed=1)
        unknown |= {name for plan in plans for unit in plan.units for name in unit.capabilities} - set(
            vocabulary("capability")
        )
        unknown |= {event.type for event in happened.of(IncidentStarted)} - set(vocabulary("incident_type"))

    assert unknown == set()


def test_tasks_that_a_hazard_calls_for_are_named_with_their_numbers():
    assert task_word("line-30-2", "en") == "Attack line 30-2"
    assert task_word("forward-post", "zh") == "前方进攻起点"
    assert task_word("dig-3", "en") == "dig-3"
