"""The benchmarks run, and the models that they compare do the same."""

import sys
from importlib import import_module
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.mark.slow
def test_the_naive_model_and_the_journeys_arrive_at_the_same_times_and_all_libraries_cost_the_same(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    row = import_module("routing_replications").row(1_000)
    ways = import_module("routing_queries").measure(1_000)

    assert row["arrivals_compared"] > 250
    assert row["journeys_ratio"] > 5  # 30 and more on a machine with nothing else to do
    assert row["ratio"] > 1
    assert {"networkx", "scipy", "hierarchy: drillsim"} <= {one["library"] for one in ways}
    for name in ("routing_replications", "routing_queries", "journeys"):
        sys.modules.pop(name)
