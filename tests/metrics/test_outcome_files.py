"""Outcomes in files: written, read, and the parts of a batch joined."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drillsim.base.errors import OutcomeError, WriteError
from drillsim.metrics import ObjectiveResult, Outcome, evaluate, outcome_files, read_outcomes, write_outcomes
from drillsim.metrics.registry import unit_of
from tests.metrics.conftest import arrived, called, outcome, trace

NUMBERS = st.floats(0, allow_nan=False) | st.integers(0, 10**9)
OUTCOMES = st.builds(
    Outcome,
    scenario_digest=st.text(),
    plan=st.text(),
    plan_digest=st.text(),
    seed=st.none() | st.integers(0, 2**31),
    replication=st.none() | st.integers(0, 2**31),
    values=st.dictionaries(st.text().filter(lambda name: unit_of(name) != "1"), st.dictionaries(st.text(), NUMBERS)),
    objectives=st.lists(
        st.builds(
            ObjectiveResult, id=st.text(), metric=st.text(), limit=st.floats(0, 1e9), share=st.floats(0, 1),
            achieved=st.floats(0, 1), met=st.booleans(), cases=st.integers(0, 1000),
        )
    ).map(tuple),
)  # fmt: skip


def part(first, *plans, each=2, **more):
    return {
        plan: tuple(
            outcome(n, plan=plan, first_arrival_s={"fire": math.inf if n == 1 else 60.0 * n}, **more)
            for n in range(first, first + each)
        )
        for plan in plans or ("a", "b")
    }


@given(OUTCOMES)
def test_an_outcome_comes_back_from_json_as_it_was(one):
    assert Outcome.from_json(json.loads(json.dumps(one.as_json(), allow_nan=False))) == one


def test_an_outcome_of_a_run_comes_back_from_json_with_what_was_never_reached_and_what_has_no_case():
    one = evaluate(trace(*called(0, "a"), *called(0, "b"), arrived(300, incident="a")))

    again = Outcome.from_json(json.loads(json.dumps(one.as_json())))

    assert again == one
    assert again.values["first_arrival_s"] == {"a": 300, "b": math.inf}
    assert again.values["closure_s"] == {}


def test_what_is_no_number_comes_back_as_that():
    one = outcome(first_arrival_s={"fire": math.nan})

    assert math.isnan(Outcome.from_json(one.as_json()).values["first_arrival_s"]["fire"])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({}, "no outcome: scenario_digest: "),
        (outcome().as_json() | {"values": {"first_arrival_s": {"fire": "soon"}}}, "values.first_arrival_s.fire"),
        (outcome().as_json() | {"values": {"first_arrival_s": {"fire": False}}}, "values.first_arrival_s.fire"),
        (outcome().as_json() | {"seed": True}, "no outcome: seed"),
        (outcome().as_json() | {"replication": "1"}, "no outcome: replication"),
        (outcome().as_json() | {"values": 3}, "no outcome: values: "),
        (outcome().as_json() | {"values": {"first_arrival_s": 3}}, "no outcome: values.first_arrival_s: "),
    ],
)
def test_what_is_no_outcome_is_refused_with_its_place(data, said):
    with pytest.raises(OutcomeError) as caught:
        Outcome.from_json(data)

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("metric", "value", "said"),
    [
        ("first_arrival_s", -60.0, "values.first_arrival_s.fire: -60 s cannot be"),
        ("first_arrival_s", -math.inf, "values.first_arrival_s.fire: -inf s cannot be"),
        ("people_rescued", -1, "values.people_rescued.fire: -1 person cannot be"),
        ("unmet_needs", -1, "values.unmet_needs.fire: -1"),
        ("utilisation", 1.5, "values.utilisation.fire: 1.5 1 cannot be"),
    ],
)
def test_a_number_that_no_run_gives_is_refused_though_it_has_no_checksum(tmp_path, metric, value, said):
    one = outcome(**{metric: {"fire": value}})
    path = tmp_path / "part.jsonl"
    path.write_text('{"outcomes":1,"count":1,"version":"0"}\n' + json.dumps(one.as_json()) + "\n", encoding="utf-8")

    with pytest.raises(OutcomeError) as caught:
        read_outcomes(path)

    assert f"{path}:2: no outcome: {said}" in str(caught.value)


@pytest.mark.parametrize(("metric", "value"), [("first_arrival_s", 0.0), ("utilisation", 1.0), ("hazard_peak", -3.0)])
def test_what_a_run_can_give_is_read(metric, value):
    one = outcome(**{metric: {"fire": value}})

    assert Outcome.from_json(one.as_json()) == one


def test_the_parts_of_a_batch_are_joined_in_order_of_replication_whatever_the_order_of_files(tmp_path):
    files = [write_outcomes(tmp_path / f"{first}.jsonl", part(first)) for first in (10, 0, 2)]

    joined = read_outcomes(*files)

    assert list(joined) == ["a", "b"]
    assert joined["a"] == part(0)["a"] + part(2)["a"] + part(10)["a"]


def test_plans_may_lie_in_files_of_their_own(tmp_path):
    files = [write_outcomes(tmp_path / f"{plan}.jsonl", part(0, plan)) for plan in "ab"]

    assert read_outcomes(*files) == part(0)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (part(2, scenario="t"), "its scenario is not that"),
        (part(2, plan_digest="edited"), "its plan 'a' is not the one that the outcomes before had"),
        (part(2, seed=2), "its seed is 2, that of the outcomes before 1"),
        (part(1), "plan 'a' has replication 1 twice"),
        (part(2, "a"), "plan 'b' lacks 2 replication(s) that another plan has, the first is 2"),
    ],
)
def test_what_does_not_belong_together_is_not_joined(tmp_path, other, said):
    files = [write_outcomes(tmp_path / f"{n}.jsonl", one) for n, one in enumerate((part(0), other))]

    with pytest.raises(OutcomeError) as caught:
        read_outcomes(*files)

    assert said in str(caught.value)


def test_parts_that_two_versions_made_are_not_joined(tmp_path, monkeypatch):
    one = write_outcomes(tmp_path / "1.jsonl", part(0))
    monkeypatch.setattr(outcome_files, "__version__", "9.9")
    other = write_outcomes(tmp_path / "2.jsonl", part(2))

    with pytest.raises(OutcomeError, match=r"drillsim 9\.9 made it"):
        read_outcomes(one, other)
    assert read_outcomes(other) == part(2)


def test_a_file_with_another_number_than_was_written_is_refused(tmp_path):
    path = write_outcomes(tmp_path / "part.jsonl", part(0))
    head, first, *rest = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join((head, first.replace('"seed":1', '"seed":3'), *rest)), encoding="utf-8")
    assert '"seed":3' in path.read_text(encoding="utf-8")

    with pytest.raises(OutcomeError, match=r"part\.jsonl: it is not what was written"):
        read_outcomes(path)


def test_a_file_that_was_cut_short_is_refused(tmp_path):
    path = write_outcomes(tmp_path / "part.jsonl", part(0))
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")

    with pytest.raises(OutcomeError, match="the header says 4 outcomes, the file has 3; it was cut short"):
        read_outcomes(path)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1: not a JSON line"),
        ("[1]\n", ":1: expected a JSON object"),
        ('{"trace":2}\n', ":1: expected outcomes of format 1, got None"),
        ('{"outcomes":1,"count":0}\n', ":1: version must be text"),
        ('{"outcomes":1,"count":0,"version":"0","crc32":{}}\n', ": it is not what was written"),
        ('{"outcomes":1,"count":1,"version":"0"}\n{"plan":"a"}\n', ":2: no outcome: scenario_digest"),
    ],
)
def test_a_file_that_holds_no_outcomes_is_refused_with_its_line(tmp_path, text, said):
    path = tmp_path / "part.jsonl"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(OutcomeError) as caught:
        read_outcomes(path)

    assert f"{path}{said}" in str(caught.value)


def test_a_file_that_is_not_there_or_cannot_be_written_is_named(tmp_path):
    with pytest.raises(OutcomeError, match=r"none\.jsonl: cannot be read"):
        read_outcomes(tmp_path / "none.jsonl")
    with pytest.raises(WriteError, match=r"part\.jsonl: cannot be written"):
        write_outcomes(tmp_path / "none" / "part.jsonl", part(0))
