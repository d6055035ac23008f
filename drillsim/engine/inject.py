"""Injects: scripted messages and changes that are delivered at their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from drillsim.engine.incident import bring_about
from drillsim.engine.road_changes import SEASON, change_roads, report, slow_all_roads
from drillsim.engine.run import Run, UnitState
from drillsim.scenario.scenario import Inject, RoadInject, UnitInject
from drillsim.trace.events import InjectDelivered, UnitBackInService, UnitOutOfService, WeatherChanged
from drillsim.world.weather import Weather


def begin_injects(run: Run) -> None:
    """Schedule every inject, and the weather at STARTEX."""
    run.at(0.0, lambda: _weather(run, run.scenario.weather))
    run.at(0.0, lambda: _traffic(run))
    for inject in run.scenario.injects:
        if inject.incident is not None:
            run.called[inject.incident.id] = run.env.event()
            bring_about(run, inject.incident, cause=inject.incident.id, not_before_s=inject.at_s)
        run.at(inject.at_s, _delivery(run, inject))


def _delivery(run: Run, inject: Inject) -> Callable[[], None]:
    return lambda: _deliver(run, inject)


def _deliver(run: Run, inject: Inject) -> None:
    units = _standing(run, inject.unit) if inject.unit is not None else []
    run.record(InjectDelivered(run.now, inject.id, _effect(inject, units)))
    if inject.road is not None:
        _road(run, inject.id, inject.road)
    if inject.weather is not None:
        _weather(run, inject.weather)
    if inject.unit is not None:
        _break_down(run, inject.id, inject.unit, units)


def _effect(inject: Inject, units: list[UnitState]) -> str:
    """Return the kind of change an inject makes, as one word for the trace."""
    if inject.unit is not None:
        return "unit" if units else "none"
    effects = (name for name in ("road", "incident", "weather") if getattr(inject, name) is not None)
    return next(effects, "message")


def _road(run: Run, name: str, inject: RoadInject) -> None:
    sections = [s.id for s in run.scenario.roads.sections_between(*inject.between, road=inject.road)]
    factors = {**run.roads.in_layer("injects"), **dict.fromkeys(sections, inject.speed_factor)}
    at_once = inject.reported_after_s == 0
    by = "inject" if at_once else ""
    change_roads(run, "injects", factors, cause=name, reported_by=by)
    season = run.roads.in_layer(SEASON)
    if not season.keys().isdisjoint(sections):  # what is said of a road stands above when it is usually closed
        others = {section: factor for section, factor in season.items() if section not in sections}
        change_roads(run, SEASON, others, cause=name, reported_by=by)
    if not at_once:
        run.at(run.now + inject.reported_after_s, lambda: report(run, sections, "inject"))


def _standing(run: Run, inject: UnitInject) -> list[UnitState]:
    at_place = (
        unit
        for _, unit in sorted(run.units.items())
        if unit.status == "standby" and unit.node == inject.node and inject.capability in unit.spec.capabilities
    )
    return list(at_place)[: inject.units]


def _break_down(run: Run, cause: str, inject: UnitInject, units: list[UnitState]) -> None:
    for unit in units:
        unit.status = "out_of_service"
        run.record(UnitOutOfService(run.now, unit.spec.id, cause))
        if inject.for_s is not None:
            run.at(run.now + inject.for_s, _repair(run, unit))


def _repair(run: Run, unit: UnitState) -> Callable[[], None]:
    def back() -> None:
        unit.status = "standby"
        run.record(UnitBackInService(run.now, unit.spec.id))
        run.news()
        if unit.wave is not None:
            unit.wave(unit)

    return back


def _traffic(run: Run) -> None:
    """Apply the present traffic, and schedule its next change."""
    slow_all_roads(run)
    startex = run.scenario.startex
    change = run.scenario.traffic.next_change(startex + timedelta(seconds=run.now))
    if change is not None:
        run.at((change - startex).total_seconds(), lambda: _traffic(run))


def _weather(run: Run, weather: Weather) -> None:
    run.weather, run.world = weather, replace(run.world, weather=weather)
    run.record(WeatherChanged(run.now, weather.temperature_c, weather.wind_ms, weather.wind_from_deg, weather.snow))
    slow_all_roads(run)
    for hazard in run.hazards.values():
        hazard.weather_changed(weather)
