"""Write docs/validation/gaoyuan-lijian-2021.md:  python tools/validate_gaoyuan.py"""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np

from drillsim import Scenario, load_scenario, run_batch
from drillsim.metrics import Outcome, percentile

ROOT = Path(__file__).parents[1]
REPLICATIONS = 100
REPORTED_H = 10.0

HEAD = """# The drill 高原砺剑·2021: what was reported, what the model gives

Reported (CCTV, Qinghai Daily): scripted M7.0 at 07:00 on 29 March 2021, order to the province at 07:05, 3 heavy and 6
light teams with logistics and communications, 682 people with 141 vehicles, by air, rail and road; *arrived one after
another and at work* by 17:00, ten hours after. The scenario has the order at five minutes and the same people and
vehicles; everything else was set once, from sources or as a stated assumption, and not changed after the first run.

`python tools/validate_gaoyuan.py` makes this page ({n} replications, seed 1).
"""
TAIL = """
## Where it misses, and why

- The eastern and lake waves, {near} of the 682 people, are in place well within the ten hours. Those from Delingha,
  Golmud, Maqin and Yushu are not: 400 to 910 km of road take 11 to 18 hours of march, halts included. The drill moved
  some forces by aircraft and train; the reports do not say which, and this scenario has roads only. With teams from
  Gansu in place of Golmud and Yushu the last unit comes hours earlier.
- "By 17:00 had arrived" need not mean all of them, nor all at Kanbula.
- Preparation (two hours in nine of ten cases) is a planning figure, and every team needs it at the same time.
- The bases of most teams are assumptions; only the heavy team of Haixi and the light teams of Golmud and Golog are
  attested.
"""


def main() -> None:
    """Run every plan and write the page."""
    scenario = load_scenario(ROOT / "scenarios" / "gaoyuan-lijian-2021.yaml")
    plans = [scenario.plan(spec.id) for spec in scenario.plans]
    batch = run_batch(scenario, plans, replications=REPLICATIONS, seed=1)
    parts = [HEAD.format(n=REPLICATIONS)]
    parts += [_plan(scenario, plan, outcomes) for plan, outcomes in batch.items()]
    near = sum(u.crew for u in plans[0].units if u.id in {n for w in plans[0].waves[:2] for n in w.units})
    page = "\n".join(parts) + TAIL.format(near=near)
    (ROOT / "docs" / "validation" / "gaoyuan-lijian-2021.md").write_text(page, encoding="utf-8")


def _plan(scenario: Scenario, plan: str, outcomes: tuple[Outcome, ...]) -> str:
    rows = "".join(_wave(wave, outcomes) for wave in outcomes[0].values["closure_s"])
    people = {u.id: u.crew for u in scenario.plan(plan).units if u.by_wave_only}
    last = [max(o.values["closure_s"].values()) / 3600 for o in outcomes]
    head = "| wave | first in place, mean | all in place, mean | 5 % … 95 % | it is |\n|---|---|---|---|---|\n"
    total = (
        f"\nAll {sum(people.values())} people in place after {np.mean(last):.1f} h on the mean "
        f"({np.mean(last) - REPORTED_H:+.1f} h against the reported ten hours).\n"
    )
    return f"## {plan}\n\n{head}{rows}{total}"


def _wave(wave: str, outcomes: tuple[Outcome, ...]) -> str:
    first = [o.values["first_in_place_s"][wave] / 3600 for o in outcomes]
    closed = [o.values["closure_s"][wave] / 3600 for o in outcomes]
    low, high = percentile(closed, 0.05), percentile(closed, 0.95)
    never = sum(math.isinf(h) for h in closed)
    tail = f", {never} never" if never else ""
    times = f"{np.mean(first):.1f} h | {np.mean(closed):.1f} h | {low:.1f} … {high:.1f} h{tail}"
    return f"| {wave} | {times} | free; order, people, bases: input |\n"


if __name__ == "__main__":
    main()
