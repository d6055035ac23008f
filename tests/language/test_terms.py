"""The glossary: everything that people see has a name in English and in Chinese."""

import re

import pytest

import drillsim.language.terms as glossary
from drillsim.engine import simulate
from drillsim.forces.forces import FORCES
from drillsim.language.terms import (
    CAPABILITIES,
    EVENTS,
    FIELDS,
    INCIDENT_TYPES,
    KINDS,
    METRICS,
    NOUNS,
    VALUES,
    WHAT,
    task_word,
    word,
)
from drillsim.scenario.bundled_scenarios import shipped_scenarios
from drillsim.scenario.files import load_scenario
from drillsim.scenario.model_paths import reachable_models
from drillsim.scenario.plan import Plan, PlanSpec, Station, Unit
from drillsim.scenario.plugins import FOLDERS, kinds
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import IncidentStarted, event_types

ALL = {
    name: terms
    for name, terms in vars(glossary).items()
    if name.isupper() and isinstance(terms, dict) and name in glossary.__all__
}
DESIGN_NOUNS = {
    "Scenario", "Plan", "RoadNetwork", "RoadState", "Hazard", "Incident", "Task", "Unit", "Station", "DispatchPolicy",
    "Inject", "Trace", "Outcome", "Batch", "Comparison",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_term_has_both_languages_and_chinese_is_chinese(name):
    for key, term in ALL[name].items():
        assert term.en.strip(), key
        assert re.search(r"[\u4e00-\u9fff]", term.zh), key
        assert not re.search(r"[\u4e00-\u9fff]", term.en), key


def test_every_noun_of_the_design_is_in_the_glossary():
    assert set(NOUNS) >= DESIGN_NOUNS


def test_every_event_is_in_the_glossary_and_nothing_else_is():
    assert list(EVENTS) == list(event_types())


def test_every_field_of_an_input_is_in_the_glossary():
    models = reachable_models(Scenario, PlanSpec)
    fields = {name for model in models for name in model.model_fields}

    assert {"min_crew", "peak_kw", "calls_per_hour", "vehicle_gap_m", "neighbours_after_s"} <= fields
    assert fields - set(FIELDS) == set()


def test_a_complete_plan_has_no_field_of_its_own_that_people_would_see():
    fields = {name for model in (Plan, Station, Unit) for name in model.model_fields}

    assert fields - set(FIELDS) == {"station"}


def test_every_built_in_kind_and_force_is_in_the_glossary():
    built_in = {kind for folder in FOLDERS for kind, cls in kinds(folder).items() if cls.__module__.startswith("drill")}

    assert built_in | set(FORCES) == set(KINDS)


def test_every_choice_of_a_field_is_in_the_glossary():
    snow = {"none", "light", "heavy"}
    growth = {"slow", "medium", "fast", "ultra_fast"}

    assert snow | growth | {"lognormal", "exponential"} <= set(VALUES)


def test_no_two_metrics_share_a_label():
    for lang in ("en", "zh"):
        labels = [term.in_(lang) for term in METRICS.values()]
        assert sorted(set(labels)) == sorted(labels)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_no_two_events_kinds_capabilities_or_things_share_a_label(lang):
    for terms in (EVENTS, KINDS, CAPABILITIES):
        labels = [term.in_(lang) for term in terms.values()]
        assert sorted(set(labels)) == sorted(labels)
    assert {word(WHAT, "node", lang)} == {word(WHAT, "place", lang)}


def test_a_word_that_the_glossary_does_not_know_is_shown_as_it_is():
    assert word(CAPABILITIES, "cable_car_rescue", "zh") == "cable car rescue"


def test_every_capability_and_type_of_incident_of_the_shipped_scenarios_is_in_the_glossary():
    unknown = set()
    for path in shipped_scenarios():
        world = load_scenario(path)
        plans = [world.plan(spec.id) for spec in world.plans]
        happened = simulate(world, plans[0], seed=1)
        unknown |= {name for plan in plans for unit in plan.units for name in unit.capabilities} - set(CAPABILITIES)
        unknown |= {event.type for event in happened.of(IncidentStarted)} - set(INCIDENT_TYPES)

    assert unknown == set()


def test_tasks_that_a_hazard_calls_for_are_named_with_their_numbers():
    assert task_word("line-30-2", "en") == "Attack line 30-2"
    assert task_word("forward-post", "zh") == "前方进攻起点"
    assert task_word("dig-3", "en") == "dig-3"
