"""What common random numbers save in a paired comparison.

Usage: python benchmarks/common_random_numbers.py [replications]
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from drillsim import load_scenario, run_batch

ROOT = Path(__file__).parents[1]
CASES = (
    ("gaoyuan-lijian-2021", "as-ordered", "neighbours-first", "closure_s"),
    ("haidong-week", "today", "full-crews", "incident_closed_s"),
    ("haidong-week", "today", "one-more-station", "first_arrival_s"),
)


def main(replications: int) -> None:
    """Print, per pair of plans, the variance of the mean difference with common and with independent random numbers."""
    rows = [row(*case, replications) for case in CASES]
    for one in rows:
        print(
            f"{one['scenario']:22} {one['plans']:30} {one['metric']:18} "
            f"paired sd {one['paired_sd_s']:7.1f} s   independent sd {one['independent_sd_s']:7.1f} s   "
            f"variance ratio {one['variance_ratio']:6.1f}   {one['runs_per_s']:5.0f} runs/s"
        )
    Path("common_random_numbers.json").write_text(json.dumps(rows, indent=1), encoding="utf-8")


def row(name: str, first: str, second: str, metric: str, replications: int) -> dict[str, object]:
    """Measure one pair of plans."""
    scenario = load_scenario(ROOT / "scenarios" / f"{name}.yaml")
    plans = [scenario.plan(first), scenario.plan(second)]
    began_s = time.perf_counter()
    paired = run_batch(scenario, plans, replications=replications, seed=1)
    took_s = time.perf_counter() - began_s
    other = run_batch(scenario, plans[1:], replications=replications, seed=2)
    a, b, c = (means(outcomes, metric) for outcomes in (paired[first], paired[second], other[second]))
    return {
        "scenario": name,
        "plans": f"{first} / {second}",
        "metric": metric,
        "paired_sd_s": float(np.std(b - a, ddof=1)),
        "independent_sd_s": float(np.std(c - a, ddof=1)),
        "variance_ratio": float(np.var(c - a, ddof=1) / np.var(b - a, ddof=1)),
        "runs_per_s": 2 * replications / took_s,
    }


def means(outcomes: tuple, metric: str) -> np.ndarray:
    """Return, per replication, the mean over the cases that were reached: (replications,) array. [s]"""
    values = [np.array(list(outcome.values[metric].values())) for outcome in outcomes]
    return np.array([v[np.isfinite(v)].mean() for v in values])


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
