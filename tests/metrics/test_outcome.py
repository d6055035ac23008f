"""From a trace to an outcome: every metric, objectives judged, percentiles."""

import json
import math
import pickle
from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillsim.base.errors import PluginError
from drillsim.base.plugin import Metric
from drillsim.language import vocabulary
from drillsim.metrics import METRIC_FUNCTIONS, evaluate, percentile, registry
from drillsim.scenario.scenario import Objective
from tests.metrics.conftest import arrived, called, on_duty, trace

THREE_CALLS = trace(
    *called(0, "a"), *called(0, "b"), *called(0, "c"), arrived(300, incident="a"), arrived(600, incident="b")
)


def objective(**values):
    return Objective(**{"id": "soon", "title": "Soon", "metric": "first_arrival_s", "limit": 600} | values)


def judge(trace_, **values):
    return evaluate(trace_, [objective(**values)]).objectives[0]


def test_every_metric_of_the_glossary_has_a_function_of_its_name_and_no_other():
    assert list(METRIC_FUNCTIONS) == list(vocabulary("metric"))
    assert all(function.__name__ == name for name, function in METRIC_FUNCTIONS.items())


def test_an_outcome_holds_every_metric_and_says_of_which_run():
    result = evaluate(trace(*called(60), on_duty(), seed=7, replication=3, plan="two-stations", scenario_digest="abc"))

    assert (result.seed, result.replication, result.plan, result.scenario_digest) == (7, 3, "two-stations", "abc")
    assert set(result.values) == set(vocabulary("metric"))
    assert result.values["first_arrival_s"] == {"fire": math.inf}
    assert result.objectives == ()


def test_metrics_of_a_trace_in_which_nothing_happened_have_no_cases():
    assert all(values == {} for values in evaluate(trace()).values.values())


def test_an_objective_is_met_when_the_share_of_cases_within_the_limit_is_reached():
    most, all_ = judge(THREE_CALLS, share=0.6), judge(THREE_CALLS)

    assert (most.achieved, most.met, most.cases) == (pytest.approx(2 / 3), True, 3)
    assert (all_.achieved, all_.met) == (pytest.approx(2 / 3), False)


def test_a_case_exactly_at_the_limit_keeps_it_even_after_rounding():
    a_third = trace(*called(0.1), arrived(0.1 + 600.0))

    assert judge(a_third).met
    assert not judge(trace(*called(0), arrived(600.01))).met


def test_nine_of_ten_is_ninety_percent():
    calls = [event for n in range(10) for event in called(0, f"i{n}")]
    nine = trace(*calls, *(arrived(60, incident=f"i{n}") for n in range(9)))

    assert judge(nine, share=0.9).met
    assert not judge(nine, share=0.91).met


def test_an_objective_about_one_case_looks_at_that_case_only():
    assert judge(THREE_CALLS, case="a").met
    assert not judge(THREE_CALLS, case="c").met
    assert judge(THREE_CALLS, case="a").cases == 1


def test_an_objective_about_a_case_that_does_not_exist_is_not_met():
    assert (judge(THREE_CALLS, case="z").achieved, judge(THREE_CALLS, case="z").met) == (0, False)


def test_an_objective_about_all_cases_is_met_when_there_are_none():
    assert (judge(trace()).achieved, judge(trace()).met, judge(trace()).cases) == (1, True, 0)


def test_an_outcome_goes_to_another_process_and_back():
    result = evaluate(THREE_CALLS, [objective()])

    assert pickle.loads(pickle.dumps(result)) == result  # noqa: S301  # written a moment ago


def test_an_outcome_is_a_value_that_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        evaluate(trace()).plan = "other"


def test_an_outcome_as_json_writes_what_never_happened_as_a_word():
    data = json.loads(json.dumps(evaluate(THREE_CALLS, [objective()]).as_json(), allow_nan=False))

    assert data["values"]["first_arrival_s"] == {"a": 300, "b": 600, "c": "never"}
    assert data["objectives"] == [
        {
            "id": "soon",
            "metric": "first_arrival_s",
            "limit": 600,
            "share": 1,
            "achieved": 2 / 3,
            "met": False,
            "cases": 3,
        }
    ]
    assert (data["plan"], data["seed"], data["replication"]) == ("plan", 1, 0)


def test_a_percentile_is_a_value_that_occurred():
    assert [percentile([50, 10, 40, 20, 30], share) for share in (0.2, 0.21, 0.5, 0.9, 1.0)] == [10, 20, 30, 50, 50]


def test_a_percentile_is_infinite_when_too_many_were_never_reached():
    values = [60.0, 120.0, 90.0, math.inf]

    assert percentile(values, 0.75) == 120
    assert percentile(values, 0.9) == math.inf


def test_a_percentile_of_nothing_is_no_number():
    assert math.isnan(percentile([], 0.9))


@given(st.lists(st.floats(0, 1e6) | st.just(math.inf), min_size=1, max_size=40), st.integers(1, 100), st.floats(0, 1e6))
def test_a_percentile_keeps_a_limit_exactly_if_that_share_of_the_values_does(values, percent, limit):
    keep = sum(value <= limit for value in values)

    assert (percentile(values, percent / 100) <= limit) == (100 * keep >= percent * len(values))


def test_a_plugin_may_not_take_the_name_of_a_metric_of_drillsim(monkeypatch):
    monkeypatch.setattr(registry, "plugin_metrics", lambda: {"travel_s": Metric(lambda _: {})})

    with pytest.raises(PluginError, match="'travel_s' of a plug-in is one of drillsim's"):
        registry.metric_functions()
