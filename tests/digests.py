"""The golden list: digests of every shipped scenario with every plan and a few seeds.

``python -m tests.digests --write`` makes it anew in under a minute, and ``python -m tests.digests`` compares. Whoever
makes it anew gives the reason per scenario in the changelog.
"""

from __future__ import annotations

import json
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from drillsim import load_scenario, simulate

LIST = Path(__file__).parent / "digests.json"
SCENARIOS = Path(__file__).parent.parent / "scenarios"
SEEDS = (1, 2, 3)
ONE_SEED = {"jiaozhou-road-2010", "changsha-facade-2022"}
"""Scenarios that take long, with the first seed only."""


def digests_of(name: str) -> dict[str, str]:
    """Return the digests of one shipped scenario, by scenario, plan and seed."""
    scenario = load_scenario(str(SCENARIOS / f"{name}.yaml"))
    return {
        f"{name} {plan.id} {seed}": simulate(scenario, scenario.plan(plan.id), seed=seed).digest()
        for plan in scenario.plans
        for seed in (SEEDS[:1] if name in ONE_SEED else SEEDS)
    }


def all_digests() -> dict[str, str]:
    """Return the digests of all shipped scenarios, computed by as many processes as there are processors."""
    names = sorted((path.stem for path in SCENARIOS.glob("*.yaml")), key=lambda name: (name not in ONE_SEED, name))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        found = pool.map(digests_of, names)
        return dict(sorted(item for part in found for item in part.items()))


def differences(now: dict[str, str], listed: dict[str, str]) -> list[str]:
    """Return in one line each which digests are other than listed, missing, or not listed."""
    return [
        f"{name}: {now.get(name, 'no such run')[:12]}, listed is {listed.get(name, 'nothing')[:12]}"
        for name in sorted({*now, *listed})
        if now.get(name) != listed.get(name)
    ]


def main() -> None:
    """Write the list, or compare with it and end with 1 if something differs."""
    now = all_digests()
    if sys.argv[1:] == ["--write"]:
        LIST.write_text(json.dumps(now, indent=1) + "\n", encoding="utf-8")
        print(f"{len(now)} digests written")
        return
    differ = differences(now, json.loads(LIST.read_text(encoding="utf-8")))
    print(*differ, f"{len(now)} digests, {len(differ)} differ", sep="\n")
    if differ:
        print("if that is meant: python -m tests.digests --write, and give the reason per scenario in CHANGELOG.md")
    sys.exit(bool(differ))


if __name__ == "__main__":
    main()
