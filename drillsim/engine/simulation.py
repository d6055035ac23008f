"""Simulation: one replication of a plan on a scenario, as a trace."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from drillsim.base import portable
from drillsim.base.errors import PluginError, blaming
from drillsim.base.version import __version__
from drillsim.engine.dispatching import dispatch
from drillsim.engine.hazard import HazardRun, begin_hazards
from drillsim.engine.incident import bring_about
from drillsim.engine.inject import begin_injects
from drillsim.engine.recon import begin_recon
from drillsim.engine.road_changes import keep_the_season
from drillsim.engine.road_knowledge import RoadKnowledge
from drillsim.engine.run import Run
from drillsim.engine.supplies import begin_self_supply
from drillsim.engine.unit import put_on_duty
from drillsim.engine.wave import begin_waves
from drillsim.hazards import Hazard
from drillsim.roads import Router, router_of
from drillsim.scenario.plan import Plan
from drillsim.scenario.scenario import Scenario
from drillsim.trace.trace import Trace, TraceHeader
from drillsim.world.advisory import advisory_event
from drillsim.world.random_streams import RandomStreams


def simulate(scenario: Scenario, plan: Plan, *, seed: int, replication: int = 0) -> Trace:
    """Simulate one replication of *plan* on *scenario* and return its trace.

    Parameters
    ----------
    scenario
        What will happen whatever we decide.
    plan
        A complete plan, from :meth:`drillsim.scenario.scenario.Scenario.plan`.
    seed
        Any whole number from 0 below 2**128; with the replication it fixes everything that chance decides.
    replication
        Which replication of that seed, from 0.

    Returns
    -------
    Trace
        Every event before ENDEX, in order. The same arguments give the same trace on every x86-64 processor,
        with the same versions of numpy and scipy; ``docs/explanation/same-trace.md`` has what remains.
    """
    with _uncollected():
        streams = RandomStreams(seed, replication)
        run = _set_up(scenario, plan, streams)
        run.go(scenario.ends_at_s, lambda: dispatch(run))
        events = tuple(run.events)
        run.dissolve()
    return Trace(_header(scenario, plan, streams), events)


def prepare(scenario: Scenario, plan: Plan) -> Router:
    """Prepare what all replications of a plan share: travel times, and the routes from where units stand."""
    router = router_of(scenario.roads, plan.speeds)
    router.prepare(unit.node for unit in plan.units)
    router.prepare(area.node for area in plan.staging_areas)
    return router


def _set_up(scenario: Scenario, plan: Plan, streams: RandomStreams) -> Run:
    """Create a run and schedule everything that begins by itself."""
    roads = RoadKnowledge(scenario.roads, prepare(scenario, plan), _travel_factors(scenario, streams))
    run = Run(scenario, plan, streams, roads)
    keep_the_season(run)
    put_on_duty(run)
    _add_hazards(run, scenario.hazards, "the scenario")
    for kind in sorted(scenario.incidents, key=attrgetter("id")):
        run.called[kind.id] = run.env.event()
        with blaming(f"scenario kind {kind.id!r} ({kind.kind})"):
            occurrence = kind.occur(run.world)
        _add_hazards(run, occurrence.hazards, kind.id)
        for advisory in occurrence.advisories:
            run.record(advisory_event(0.0, kind.id, advisory))
        for incident in occurrence.incidents:
            bring_about(run, incident, cause=kind.id)
    begin_self_supply(run)
    begin_injects(run)
    begin_hazards(run)
    begin_waves(run)
    begin_recon(run)
    return run


def _add_hazards(run: Run, hazards: Iterable[Hazard], source: str) -> None:
    for hazard in sorted(hazards, key=attrgetter("id")):
        if hazard.id in run.hazards:
            raise PluginError(f"two hazards are called {hazard.id!r}, one of them of {source}")
        run.hazards[hazard.id] = HazardRun(run, hazard)
        if type(hazard).order_delay_s is not Hazard.order_delay_s:
            run.comms_outages.append(run.hazards[hazard.id])


@contextmanager
def _uncollected() -> Iterator[None]:
    """Disable cyclic garbage collection during a run, which only allocates; it cost a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _travel_factors(scenario: Scenario, streams: RandomStreams) -> NDArray[np.float64]:
    """Draw the factor on the travel time of each section, by id: (n_sections,) lognormal, median 1. [dimensionless]"""
    sections = scenario.roads.section_ids
    if scenario.travel_time_cv == 0:
        return np.ones(len(sections))
    sigma = np.sqrt(portable.log1p(portable.square(scenario.travel_time_cv)))
    return np.asarray(portable.exp(sigma * streams.standard_normals("travel-time", sections.fingerprints)))


def _header(scenario: Scenario, plan: Plan, streams: RandomStreams) -> TraceHeader:
    return TraceHeader(
        scenario=scenario.id,
        scenario_digest=scenario.digest(),
        plan=plan.id,
        plan_digest=plan.digest(),
        seed=streams.seed,
        replication=streams.replication,
        startex=scenario.startex.isoformat(timespec="seconds"),
        ends_at_s=scenario.ends_at_s,
        source="simulated",
        version=__version__,
    )
