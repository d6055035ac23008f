"""Traces are those of the golden list, whatever vector units the processor has."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from numpy._core._multiarray_umath import __cpu_dispatch__, __cpu_features__

from tests import digests

ROOT = Path(__file__).parent.parent
VECTOR_UNITS = " ".join(name for name in __cpu_dispatch__ if __cpu_features__.get(name))
"""The units of this processor that numpy chooses at run time."""
PLAIN_LIBRARY = "glibc.cpu.hwcaps=-AVX,-AVX2,-AVX512F,-FMA,-FMA4"
"""The functions of the C library without fused multiply-add, where it is glibc on x86-64."""
TRACE = """
import sys
from drillsim import load_scenario, simulate
for name in sys.argv[1:]:
    scenario = load_scenario(name)
    for replication in range(2):
        print(simulate(scenario, scenario.plan(scenario.plans[0].id), seed=1, replication=replication).digest())
"""


def run(*arguments, without=""):
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NPY_DISABLE_CPU_FEATURES": without}
    if without:
        environment["GLIBC_TUNABLES"] = PLAIN_LIBRARY
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=280, check=False)


def test_the_list_has_every_shipped_scenario():
    listed = {name.split()[0] for name in json.loads(digests.LIST.read_text())}
    assert listed == {path.stem for path in (ROOT / "scenarios").glob("*.yaml")}


def test_a_difference_is_named():
    now, listed = {"a p 1": "11", "b p 1": "22"}, {"a p 1": "11", "b p 1": "33", "c p 1": "44"}
    assert digests.differences(now, listed) == ["b p 1: 22, listed is 33", "c p 1: no such run, listed is 44"]


@pytest.mark.skipif(not VECTOR_UNITS, reason="numpy chooses no vector units on this processor")
def test_a_trace_does_not_depend_on_vector_units():
    with_units, without = (run("-c", TRACE, "chlorine-park", "valley-night", without=u) for u in ("", VECTOR_UNITS))
    assert with_units.returncode == without.returncode == 0, without.stderr
    assert len(with_units.stdout.split()) == 4
    assert with_units.stdout == without.stdout


@pytest.mark.slow
@pytest.mark.parametrize("without", ["", VECTOR_UNITS], ids=["as it is", "without vector units"])
def test_traces_are_those_of_the_list(without):
    result = run("-m", "tests.digests", without=without)
    assert result.returncode == 0, result.stdout + result.stderr
