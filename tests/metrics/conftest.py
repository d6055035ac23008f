"""Traces written by hand: one function per event, with the least that must be said."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from drillsim.metrics import Outcome
from drillsim.trace.events import (
    CallHandled,
    CallReceived,
    Event,
    IncidentDiscovered,
    IncidentStarted,
    NeedRaised,
    TaskStarted,
    UnitArrived,
    UnitAssigned,
    UnitEnRoute,
    UnitOnDuty,
    UnitReleased,
    UnitRerouted,
)
from drillsim.trace.trace import Trace, TraceHeader

HOUR_S = 3600.0


def trace(*events: Event, ends_at_s: float = HOUR_S, **header: Any) -> Trace:
    values: dict[str, Any] = {
        "scenario": "town", "scenario_digest": "s", "plan": "plan", "plan_digest": "p", "seed": 1, "replication": 0,
        "startex": "2021-03-29T12:00:00", "ends_at_s": ends_at_s, "source": "simulated", "version": "0",
    }  # fmt: skip
    return Trace(TraceHeader(**values | header), events)


def outcome(
    replication: int = 0,
    *,
    plan: str = "plan",
    seed: int | None = 1,
    scenario: str = "s",
    plan_digest: str = "p",
    **values: dict[str, float],
) -> Outcome:
    return Outcome(
        scenario_digest=scenario, plan=plan, plan_digest=plan_digest, seed=seed, replication=replication,
        values=values, objectives=(),
    )  # fmt: skip


def on_duty(unit: str = "engine", *, node: str = "p0", crew: int = 6) -> UnitOnDuty:
    return UnitOnDuty(0.0, unit, "west", node, "national_team", crew, crew, 1, ("fire_attack",))


def started(t_s: float = 0.0, incident: str = "fire", *, tasks: tuple[str, ...] = ("work",)) -> IncidentStarted:
    return IncidentStarted(t_s, incident, "p2", 2, "building_fire", tasks)


def called(t_s: float, incident: str = "fire", *, handled_s: float = 0.0) -> tuple[Event, ...]:
    """An incident that begins, is noticed and called in at one moment, and handled so much later."""
    chain = (started(t_s, incident), IncidentDiscovered(t_s, incident), CallReceived(t_s, incident))
    return (*chain, CallHandled(t_s + handled_s, incident))


def need(t_s: float, slot: int = 0, *, incident: str = "fire", reason: str = "first_alarm") -> NeedRaised:
    return NeedRaised(t_s, incident, slot, "fire_attack", reason)


def assigned(t_s: float, unit: str = "engine", *, incident: str = "fire", slot: int = 0) -> UnitAssigned:
    return UnitAssigned(t_s, unit, incident, slot, "fire_attack", 0.0, 1)


def drives(
    t_s: float,
    *stops: tuple[str, float],
    unit: str = "engine",
    purpose: str = "incident",
    target: str = "fire",
    km: float = 20.0,
) -> UnitEnRoute:
    nodes, times_s = tuple(node for node, _ in stops), tuple(at_s for _, at_s in stops)
    sections = tuple(f"{a}--{b}" for a, b in pairwise(nodes))
    return UnitEnRoute(t_s, unit, purpose, target, nodes, times_s, sections, 1000 * km)


def turns(t_s: float, *stops: tuple[str, float], **more: Any) -> UnitRerouted:
    way = drives(t_s, *stops, **more)
    return UnitRerouted(
        t_s, way.unit, way.purpose, way.target, way.nodes, way.times_s, way.sections, way.length_m, "p1--p2"
    )


def arrived(t_s: float, unit: str = "engine", *, incident: str = "fire", node: str = "p2") -> UnitArrived:
    return UnitArrived(t_s, unit, incident, node)


def released(t_s: float, unit: str = "engine", *, incident: str = "fire") -> UnitReleased:
    return UnitReleased(t_s, unit, incident)


def begins(
    t_s: float, task: str = "work", *, incident: str = "fire", people: int = 6, units: tuple[str, ...] = ("engine",),
    work: float = 3600.0,
) -> TaskStarted:  # fmt: skip
    return TaskStarted(t_s, incident, task, people, units, work, people)
