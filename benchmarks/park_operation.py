"""Run time of a chemical accident.  Usage: python benchmarks/park_operation.py [repeats]"""

from __future__ import annotations

import json
import statistics
import sys
import time
from pathlib import Path

import numpy as np

from drillsim import load_scenario, simulate
from drillsim.hazards.release.leak import Leak, outflow
from drillsim.physics.gas.cloud import Points, Segment, at_points_kg_m3, concentration_kg_m3

ROOT = Path(__file__).parents[1]
CASES = ("chlorine-park", "ammonia-cold-store", "valley-night", "gulei-2015", "energy-storage")
GRID = 300


def main(repeats: int) -> None:
    """Print the time of one run of each scenario, and of a cloud on a grid, vectorised and point by point."""
    rows = [scenario(name, repeats) for name in CASES]
    for row in rows:
        print(f"{row['scenario']:22} {row['hours']:5.0f} h   {row['median_s']:6.2f} s   {row['events']:6} events")
    grid = plume_grid()
    print(f"plume on {GRID} x {GRID}: {grid['all_s']:.3f} s at once, {grid['again_s']:.4f} s again later,")
    print(f"point by point {grid['each_s']:.0f} s ({grid['each_s'] / grid['all_s']:.0f} x)")
    Path("park_operation.json").write_text(json.dumps({"runs": rows, "grid": grid}, indent=1), encoding="utf-8")


def scenario(name: str, repeats: int) -> dict[str, object]:
    """Measure one scenario under its first plan, the network opened before."""
    world = load_scenario(ROOT / "scenarios" / f"{name}.yaml")
    plan = world.plan()
    simulate(world, plan, seed=1)
    took, events = [], 0
    for replication in range(repeats):
        began_s = time.perf_counter()
        events = len(simulate(world, plan, seed=1, replication=replication).events)
        took.append(time.perf_counter() - began_s)
    return {
        "scenario": name, "hours": world.ends_at_s / 3600, "median_s": statistics.median(took), "events": events,
    }  # fmt: skip


def plume_grid() -> dict[str, float]:
    """Measure twelve plumes, one an hour, on a square of places."""
    leak = Leak(substance="chlorine", stored_kg=20_000, hole_mm=12)
    out = outflow(leak, air_c=15, elevation_m=0, wind_m_s=3, terrain="rural", averaging_s=600)
    segments = tuple(
        Segment(3600.0 * h, 3600.0 * (h + 1), out.airborne_kg_s, 3.0, 270.0 + 10 * h, "D") for h in range(12)
    )
    east, north = (a.ravel() for a in np.meshgrid(*2 * [np.linspace(-10_000, 10_000, GRID)]))
    points = Points(east, north)
    began_s = time.perf_counter()
    at_points_kg_m3(out.emission, segments, points, 43_200.0, 1e-9)
    all_s = time.perf_counter() - began_s
    began_s = time.perf_counter()
    at_points_kg_m3(out.emission, segments, points, 43_300.0, 1e-9)
    again_s = time.perf_counter() - began_s
    began_s = time.perf_counter()
    for e, n in zip(east[:900].tolist(), north[:900].tolist(), strict=True):
        concentration_kg_m3(out.emission, segments, e, n, 43_200.0)
    each_s = (time.perf_counter() - began_s) * east.size / 900
    return {"all_s": all_s, "again_s": again_s, "each_s": each_s}


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
