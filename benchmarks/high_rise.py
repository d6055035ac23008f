"""Run time of a fire in a tall building.  Usage: python benchmarks/high_rise.py [runs]"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

from drillsim import load_scenario, simulate

CASES = ("high-rise-night", "hospital-night", "changsha-facade-2022", "jiaozhou-road-2010")


def main(runs: int) -> None:
    """Print, per scenario, the median time of a run, its events, and what it simulates."""
    rows = [row(name, runs) for name in CASES]
    for one in rows:
        print(
            f"{one['scenario']:22} {one['hours']:4.0f} h  median {one['median_s']:.3f} s  "
            f"slowest {one['slowest_s']:.3f} s  {one['events']:6,} events"
        )
    Path("high_rise.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


def row(name: str, runs: int) -> dict[str, object]:
    """Measure one scenario with its first plan; the first run, which prepares the roads, is left out."""
    scenario = load_scenario(name)
    plan = scenario.plan()
    events = len(simulate(scenario, plan, seed=1).events)
    times_s = []
    for replication in range(1, runs + 1):
        began_s = time.perf_counter()
        simulate(scenario, plan, seed=1, replication=replication)
        times_s.append(time.perf_counter() - began_s)
    return {
        "scenario": name, "hours": scenario.ends_at_s / 3600, "events": events,
        "median_s": statistics.median(times_s), "slowest_s": max(times_s),
    }  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
