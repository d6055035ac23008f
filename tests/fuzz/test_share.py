"""A small share of what ``python -m tests.fuzz`` does, and proof that it would notice."""

from random import Random

import pytest

from tests.fuzz.__main__ import main, report
from tests.fuzz.fields import Field, numbers
from tests.fuzz.mutants import use_in
from tests.fuzz.mutate import flipped, mutant_of
from tests.fuzz.relations import again, nothing_acts_before_it_happens
from tests.fuzz.subjects import subjects
from tests.fuzz.workers import FaultError, judged, tried
from tests.fuzz.worlds import run_of, world_of

pytestmark = pytest.mark.no_cover


@pytest.mark.slow
@pytest.mark.parametrize(
    ("what", "count"), [("mutants", 250), ("worlds", 80), ("flips", 60), ("kills", 9), ("ranges", 60)]
)
def test_a_share_finds_nothing(what, count, capsys):
    assert main([what, "--count", str(count)]) == 0, capsys.readouterr().out


@pytest.mark.slow
def test_every_original_is_accepted(tmp_path):
    for kind, subject in subjects(tmp_path).items():
        for name, good in subject.good.items():
            accepted, said = use_in(tmp_path, subject, good, "en")
            assert accepted, f"{kind} {name}: {said}"


def test_values_lie_at_inside_and_outside_both_ends():
    found = list(numbers({"type": "integer", "minimum": 2, "maximum": 6}, Random(1)))

    assert {value.of for value in found if not value.allowed} == {1, 7}
    assert {value.of for value in found if value.allowed} >= {2, 3, 5, 6}
    opened = list(numbers({"type": "number", "exclusiveMinimum": 0, "maximum": 5}, Random(1)))
    assert next(value.of for value in opened if not value.allowed) == 0


def test_a_field_that_is_left_out_is_written_with_what_holds_it():
    data = {"plans": [{}]}
    Field(("plans", 0, "march", "halt_s"), {}, ((("plans", 0, "march"), {}),)).put(data, 60)

    assert data == {"plans": [{"march": {"halt_s": 60}}]}


def test_the_same_number_is_the_same_mutant():
    good = b"a: 1\nb: [2, 3]\n"
    made = [mutant_of(good, "yaml", Random("1 5")) for _ in range(2)]
    assert made[0] == made[1]
    assert made[0].content != good
    assert {mutant_of(good, "yaml", Random(n)).content for n in range(50)} > {made[0].content} or made[0].changes


def test_a_flip_changes_one_bit():
    assert flipped(b"\x00\x00", 9) == b"\x00\x02"


def test_a_trial_that_dies_or_hangs_is_a_finding(tmp_path):
    (tmp_path / "trial.py").write_text(
        "import os, sys\n"
        "from tests.fuzz.workers import work\n"
        "def trial(n):\n"
        "    if n == 1: os.abort()\n"
        "    if n == 2:\n"
        "        while True: pass\n"
        "    if n == 3: raise KeyError(n)\n"
        "    return {'kind': 'x', 'accepted': n == 0}\n"
        "work([int(n) for n in sys.argv[1].split(',')], trial, cpu_s=1)\n",
        encoding="utf-8",
    )
    found = {r["number"]: r for r in tried([str(tmp_path / "trial.py")], 5, jobs=1)}

    assert sorted(found) == [0, 1, 2, 3, 4]
    assert found[0]["accepted"] is True
    assert found[1]["fault"] == "died with -6"
    assert found[2]["fault"] == "hangs"
    assert "KeyError: 3" in found[3]["fault"]
    assert found[4]["accepted"] is False


def test_a_report_counts_findings(capsys):
    results = [
        {"number": 0, "kind": "plan", "of": "mine", "changes": ["x"], "accepted": True, "said": "in order"},
        {"number": 1, "kind": "plan", "of": "mine", "changes": ["y"], "fault": "Traceback"},
    ]
    assert report(results, 1, 1) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "2 tried, 1 accepted, 1 faults"


def test_whatever_a_trial_raises_is_a_fault():
    def trial():
        raise ValueError("unexpected")

    assert "ValueError: unexpected" in judged({"kind": "x"}, trial)["fault"]


def test_a_relation_that_does_not_hold_is_told():
    world = world_of(Random("1 0"))
    trace = run_of(world)
    other = run_of({**world, "travel_time_cv": 0.4})
    with pytest.raises(FaultError, match="run again: event"):
        again(world, other, Random(1))
    nothing_acts_before_it_happens(world, trace, Random(1))
