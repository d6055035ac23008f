"""Small worlds whose times follow by mental arithmetic.

A road runs straight through the places p0, p1 …; neighbours are 10 km apart and a heavy vehicle drives 60 km/h (0.8
of the 75 km/h of a car), so a step takes 10 minutes.
Nothing is left to chance unless a test says so: alarm handling takes 1 minute, turnout 1 minute.
"""

import math
import sys
from types import ModuleType
from typing import Any, Literal

import pytest

from drillsim.checks import check_invariants
from drillsim.engine import simulate
from drillsim.hazards import Hazard
from drillsim.scenario import plugins
from drillsim.scenario.scenario import Scenario
from drillsim.trace.trace import Trace
from drillsim.world.exclusion import Exclusion

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


class Gas(Hazard):
    """One place and the roads to it, of a grade, between two moments; it may close the roads to everybody as well."""

    kind: Literal["gas_of_tests"] = "gas_of_tests"
    place: str = "p1"
    sections: tuple[str, ...] = ()
    grade: int = 3
    until_s: float = math.inf
    ahead: bool = True
    closes: bool = False
    model_config = {"allow_inf_nan": True}

    def begin(self, t_s, world):
        return "there"

    def stage(self, state):
        return state

    def next_change_s(self, state):
        return self.until_s if state == "there" else math.inf

    def advance(self, state, t_s):
        return "gone"

    def speed_factors(self, state, ground):
        return dict.fromkeys(self.sections, 0.0) if self.closes and state == "there" else {}

    def exclusion(self, state, ground):
        if state == "gone" or not self.grade:
            return Exclusion()
        here, roads = {self.place: self.grade}, dict.fromkeys(self.sections, self.grade)
        return Exclusion(here, roads, here, roads) if self.ahead else Exclusion(here, roads)


HAZARDS_OF_TESTS = {"gas_of_tests": Gas}


@pytest.fixture
def hazards_of_tests(monkeypatch):
    """Let scenarios use the hazards of these tests, as if an outside package had brought them."""
    monkeypatch.setitem(sys.modules, "drillsim_of_tests", ModuleType("drillsim_of_tests"))
    real = plugins.kinds
    monkeypatch.setattr(
        plugins, "kinds", lambda folder: {**real(folder), **(HAZARDS_OF_TESTS if folder == "hazards" else {})}
    )


def gas(place, at, **more):
    """Return gas at a place and on the roads to it."""
    n = int(place[1:])
    roads = [f"p{i}--p{i + 1}:G1" for i in (n - 1, n) if i >= 0]
    return {"kind": "gas_of_tests", "id": "gas", "place": place, "starts_at_s": at, "sections": roads, **more}
