"""Injects: scripted messages and changes that are delivered at their time."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from operator import attrgetter

from drillsim.engine.breakdown import break_down, units_struck
from drillsim.engine.incident import bring_about
from drillsim.engine.road_changes import SEASON, change_roads, report, slow_all_roads
from drillsim.engine.run import Run, UnitState
from drillsim.scenario.scenario import Inject, RoadInject
from drillsim.trace.events import InjectDelivered, WeatherChanged
from drillsim.world.weather import Weather


def begin_injects(run: Run) -> None:
    """Schedule every inject, and the weather at STARTEX; those of one moment are delivered by id."""
    run.at(0.0, lambda: _weather(run, run.scenario.weather))
    run.at(0.0, lambda: _traffic(run))
    for inject in sorted(run.scenario.injects, key=attrgetter("id")):
        if inject.incident is not None:
            run.called[inject.incident.id] = run.env.event()
            bring_about(run, inject.incident, cause=inject.incident.id, not_before_s=inject.at_s)
        run.at(inject.at_s, _delivery(run, inject))


def _delivery(run: Run, inject: Inject) -> Callable[[], None]:
    return lambda: _deliver(run, inject)


def _deliver(run: Run, inject: Inject) -> None:
    units = units_struck(run, inject.unit) if inject.unit is not None else []
    run.record(InjectDelivered(run.now, inject.id, _effect(run, inject, units)))
    if inject.road is not None:
        _road(run, inject.id, inject.road)
    if inject.weather is not None:
        _weather(run, inject.weather)
    for unit in units:
        if inject.unit is not None and unit.status != "out_of_service":
            break_down(run, unit, inject.id, inject.unit.for_s)


def _effect(run: Run, inject: Inject, units: list[UnitState]) -> str:
    """Return the kind of change an inject makes now, as one word for the trace; ``none`` if it makes none."""
    effects = [name for name in ("road", "incident", "unit", "weather") if getattr(inject, name) is not None]
    if not effects:
        return "message"
    happens = (
        (inject.unit is not None and bool(units))
        or (inject.road is not None and run.roads.would_change("injects", _factors(run, inject.road)))
        or (inject.incident is not None and run.now + inject.incident.starts_at_s < run.scenario.ends_at_s)
        or (inject.weather is not None and inject.weather != run.weather)
    )
    return effects[0] if happens else "none"


def _factors(run: Run, inject: RoadInject) -> dict[str, float]:
    sections = run.scenario.roads.sections_between(*inject.between, road=inject.road)
    return dict.fromkeys([section.id for section in sections], inject.speed_factor)


def _road(run: Run, name: str, inject: RoadInject) -> None:
    changed = _factors(run, inject)
    at_once = inject.reported_after_s == 0
    by = "inject" if at_once else ""
    change_roads(run, "injects", {**run.roads.in_layer("injects"), **changed}, cause=name, reported_by=by)
    season = run.roads.in_layer(SEASON)
    if not season.keys().isdisjoint(changed):  # what is said of a road stands above when it is usually closed
        others = {section: factor for section, factor in season.items() if section not in changed}
        change_roads(run, SEASON, others, cause=name, reported_by=by)

    if not at_once:
        run.at(run.now + inject.reported_after_s, lambda: report(run, changed, "inject"))


def _traffic(run: Run) -> None:
    """Apply the present traffic, and schedule its next change."""
    slow_all_roads(run)
    startex = run.scenario.startex
    change = run.scenario.traffic_by_hour.next_change(startex + timedelta(seconds=run.now))
    if change is not None:
        run.at((change - startex).total_seconds(), lambda: _traffic(run))


def _weather(run: Run, weather: Weather) -> None:
    run.weather, run.world = weather, replace(run.world, weather=weather)
    run.record(WeatherChanged(run.now, weather.temperature_c, weather.wind_ms, weather.wind_from_deg, weather.snow))
    slow_all_roads(run)
    for hazard in run.hazards.values():
        hazard.weather_changed(weather)
