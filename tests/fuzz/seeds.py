"""Shipped scenarios with other seeds of chance, and those in a fictional city with other cities: invariants and ENDEX."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from drillsim.base.errors import InputError
from drillsim.checks import violations
from drillsim.engine import simulate
from drillsim.scenario.bundled_scenarios import shipped_scenarios
from drillsim.scenario.files import read_scenario
from drillsim.scenario.scenario import Scenario
from tests.fuzz.workers import FaultError, Result, judged

CITY = re.compile(r"(synth: \d+,?\s+seed: )\d+")


def seed_trial(_seed: int, number: int, _work: Path) -> Result:
    """Run every plan of one shipped scenario with a seed of its own, in a city of its own where it lies in one."""
    files = shipped_scenarios()
    path, seed = files[number % len(files)], 1 + number // len(files)

    def run() -> Result:
        try:
            scenario = _scenario(path, seed)
        except InputError as error:  # the city has no such place
            return {"accepted": False, "said": error.text("en")}
        events = 0
        for plan in scenario.plans:
            trace = simulate(scenario, scenario.plan(plan.id), seed=seed)
            broken = list(violations(trace))
            if broken:
                raise FaultError(f"plan {plan.id}: {broken[:3]}")
            events += len(trace.events)
        return {"accepted": True, "said": f"{events} events"}

    return judged({"kind": "seed", "of": path.stem, "changes": [f"seed {seed}"]}, run)


@cache
def _scenario(path: Path, seed: int) -> Scenario:
    text = CITY.sub(rf"\g<1>{seed}", path.read_text(encoding="utf-8"))
    return read_scenario(text, name=path.name, folder=path.parent)
