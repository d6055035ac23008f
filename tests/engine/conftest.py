"""Small worlds whose times follow by mental arithmetic.

A road runs straight through the places p0, p1 …; neighbours are 10 km apart and a heavy vehicle drives 60 km/h (0.8
of the 75 km/h of a car), so a step takes 10 minutes.
Nothing is left to chance unless a test says so: alarm handling takes 1 minute, turnout 1 minute.
"""

from __future__ import annotations

from typing import Any

import pytest

from drillsim.checks import check_invariants
from drillsim.engine import simulate
from drillsim.scenario.scenario import Scenario
from drillsim.trace.trace import Trace

MIN = 60.0
STEP_S = 10 * MIN


def places(n: int = 8, **elevation_m: float) -> list[dict[str, Any]]:
    return [
        {
            "id": f"p{i}",
            "lat": 36.0,
            "lon": 100.0 + 0.1 * i,
            "elevation_m": elevation_m.get(f"p{i}", 0.0),
            "admin": "west" if i < n / 2 else "east",
        }
        for i in range(n)
    ]


def road(a: str, b: str, km: float = 10, number: str = "G1") -> dict[str, Any]:
    return {"from": a, "to": b, "length_km": km, "free_flow_kmh": 75, "road": number}


def straight(n: int = 8) -> list[dict[str, Any]]:
    return [road(f"p{i}", f"p{i + 1}") for i in range(n - 1)]


def task(name: str = "work", *, work: object = "10 min", **more: object) -> dict[str, Any]:
    return {"id": name, "capabilities": ["fire_attack"], "work": work, **more}


def fire(name: str, node: str, at: object = 0, **more: object) -> dict[str, Any]:
    return {"id": name, "node": node, "type": "building_fire", "starts_at_s": at, "tasks": [task()], **more}


def engine(name: str = "engine", **more: object) -> dict[str, Any]:
    return {"id": name, "capabilities": ["fire_attack"], "crew": 1, "turnout": "1 min", **more}


def station(name: str, node: str, *units: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"id": name, "node": node, "units": list(units), **more}


def plan(*stations: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"id": "plan", "stations": list(stations), "alarm_handling": "1 min", **more}


def scenario(
    incidents: list[dict[str, Any]], *plans: dict[str, Any], edges: list[dict[str, Any]] | None = None, **more: Any
) -> Scenario:
    world = {"nodes": more.pop("nodes", places()), "edges": edges or straight()}
    data = {
        "drillsim": 1, "id": "town", "title": "Town", "startex": "2021-03-29 12:00", "ends_at_s": "24 h", "roads": world,
        "travel_time_cv": 0.0, "incidents": incidents, "plans": list(plans), **more,
    }  # fmt: skip
    return Scenario(**data)


def run(world: Scenario, plan_id: str | None = None, *, seed: int = 1, replication: int = 0) -> Trace:
    trace = simulate(world, world.plan(plan_id), seed=seed, replication=replication)
    check_invariants(trace)
    return trace


@pytest.fixture
def one_engine() -> dict[str, Any]:
    """One engine at p0."""
    return plan(station("west", "p0", engine()))
