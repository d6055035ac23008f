"""72 hours of an earthquake over a whole province: 300 settlements, about 1,000 worksites, 150 units.

    python benchmarks/earthquake_province.py [replications]

Villages stand at random around the places of the Qinghai road network within 150 km of Xining; units of every
prefecture move in waves. Prints the time of a run, its size, and what takes it.
"""

from __future__ import annotations

import sys
import time
from collections import Counter

import numpy as np

from drillsim import load_scenario, simulate
from drillsim.roads import RoadNetwork
from drillsim.scenario.bundled_scenarios import find_scenario
from drillsim.scenario.scenario import Scenario
from drillsim.trace.events import IncidentStarted, PeopleChanged, SectionChanged

SETTLEMENTS, UNITS = 300, 150
EPICENTRE = (36.50, 101.60)
NEAR_DEG = 1.2  # about 130 km
STATIONS = ("xining", "pingan", "gonghe", "xihai", "tongren", "delingha", "golmud", "maqin", "yushu", "linxia")


def settlements(network: RoadNetwork) -> list[dict[str, object]]:
    """Return villages of 500 to 10,500 people within 15 km of places near the epicentre."""
    rng = np.random.default_rng(1)
    near = [
        (name, place) for name, place in network.places.items()
        if np.hypot(place.lat - EPICENTRE[0], (place.lon - EPICENTRE[1]) * 0.8) < NEAR_DEG
    ]  # fmt: skip
    found = []
    for n in range(SETTLEMENTS):
        name, place = near[n % len(near)]
        d_lat, d_lon = rng.uniform(-0.13, 0.13, 2)
        found.append({
            "id": f"v{n}", "node": name, "lat": place.lat + float(d_lat), "lon": place.lon + float(d_lon),
            "population": int(rng.uniform(500, 10_500)), "stock": "rural",
        })  # fmt: skip
    return found


def province() -> Scenario:
    """Return the scenario with one plan."""
    network = load_scenario(find_scenario("gaoyuan-lijian-2021")).roads
    able = ["search", "rescue", "usar", "usar_heavy", "medical"]
    stations = [
        {"id": f"s-{node}", "node": node, "units": [
            {"id": f"u-{node}", "count": UNITS // len(STATIONS) - 1, "capabilities": able, "crew": 45, "vehicles": 8,
             "by_wave_only": True},
            {"id": f"e-{node}", "capabilities": ["engineering"], "crew": 20, "vehicles": 6}]}
        for node in STATIONS
    ]  # fmt: skip
    plan = {
        "id": "all", "dispatch": {"kind": "triage"}, "stations": stations,
        "staging_areas": [{"id": "forward", "node": "huangzhong"}],
        "waves": [
            {"id": "all", "ordered_by": "province", "at_s": 0, "decision": "10 min",
             "preparation": {"p90_s": "2 h", "cv": 0.35}, "units": [f"u-{node}" for node in STATIONS],
             "destination": "forward"}
        ],
    }  # fmt: skip
    quake = {
        "kind": "earthquake", "id": "quake", "magnitude": 7.3, "lat": EPICENTRE[0], "lon": EPICENTRE[1],
        "strike_deg": 120, "luck": False, "people_per_site": 2, "settlements": settlements(network),
    }  # fmt: skip
    return Scenario(
        drillsim=1, id="province", title="Province", startex="2026-01-15 02:00", ends_at_s="72 h", roads=network,
        incidents=[quake], plans=[plan],
    )  # fmt: skip


def main(replications: int) -> None:
    scenario = province()
    plan = scenario.plan()
    simulate(scenario, plan, seed=1)  # imports and caches
    for replication in range(replications):
        start, cpu = time.perf_counter(), time.process_time()
        trace = simulate(scenario, plan, seed=1, replication=replication)
        took_s, cpu_s = time.perf_counter() - start, time.process_time() - cpu
        types = Counter(e.type for e in trace.of(IncidentStarted))
        sites = sum(n for name, n in types.items() if name.startswith("collapse"))
        last = {e.hazard: dict(zip(e.states, e.counts, strict=True)) for e in trace.of(PeopleChanged)}
        people: Counter[str] = Counter()
        for counts in last.values():
            people.update(counts)
        closed = sum(e.factor == 0 for e in trace.of(SectionChanged))
        size = f"{SETTLEMENTS} settlements, {sites} worksites, {len(plan.units)} units, {closed} sections closed"
        freed = f"{people['freed_by_neighbours']} freed by neighbours, {people['extricated_alive']} by crews"
        print(f"{took_s:.2f} s ({cpu_s:.2f} s of processor): {size}, {len(trace.events)} events")
        print(f"    {freed}, {people['dead_in_rubble']} died under rubble")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
