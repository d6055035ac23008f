"""Every metric by name: those of drillsim, and those that plug-ins bring."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

from drillsim.base.errors import PluginError
from drillsim.metrics import building_fires, casualties, hazard_results, incident_times, unit_work, wave_times
from drillsim.scenario.plugins import plugin_metrics
from drillsim.trace.trace import Trace

METRIC_FUNCTIONS: Final[Mapping[str, Callable[[Trace], dict[str, float]]]] = MappingProxyType(
    {
        "discovery_s": incident_times.discovery_s,
        "report_s": incident_times.report_s,
        "alarm_handling_s": incident_times.alarm_handling_s,
        "first_arrival_s": incident_times.first_arrival_s,
        "full_assignment_s": incident_times.full_assignment_s,
        "initiating_action_s": incident_times.initiating_action_s,
        "total_response_s": incident_times.total_response_s,
        "incident_closed_s": incident_times.incident_closed_s,
        "unmet_needs": incident_times.unmet_needs,
        "turnout_s": unit_work.turnout_s,
        "travel_s": unit_work.travel_s,
        "task_start_s": incident_times.task_start_s,
        "task_finish_s": incident_times.task_finish_s,
        "water_on_s": building_fires.water_on_s,
        "set_up_s": building_fires.set_up_s,
        "fire_met_kw": building_fires.fire_met_kw,
        "fire_out_s": building_fires.fire_out_s,
        "floors_burnt": building_fires.floors_burnt,
        "evacuation_s": building_fires.evacuation_s,
        "people_rescued": building_fires.people_rescued,
        "people_lost": casualties.people_lost,
        "people_injured": casualties.people_injured,
        "killed_at_once": casualties.killed_at_once,
        "first_out_s": casualties.first_out_s,
        "first_rescue_s": casualties.first_rescue_s,
        "assembly_s": wave_times.assembly_s,
        "march_s": wave_times.march_s,
        "first_in_place_s": wave_times.first_in_place_s,
        "closure_s": wave_times.closure_s,
        "alive_extricated": casualties.alive_extricated,
        "freed_by_neighbours": casualties.freed_by_neighbours,
        "died_trapped": casualties.died_trapped,
        "still_trapped": casualties.still_trapped,
        "alive_in_golden_time": casualties.alive_in_golden_time,
        "trapped_at_first": casualties.trapped_at_first,
        "villages_cut_off": casualties.villages_cut_off,
        "villages_on_foot": casualties.villages_on_foot,
        "villages_unreached": casualties.villages_unreached,
        "people_cut_off_h": casualties.people_cut_off_h,
        "closures_unknown_h": casualties.closures_unknown_h,
        "utilisation": unit_work.utilisation,
        "distance_m": unit_work.distance_m,
        "ran_dry_s": unit_work.ran_dry_s,
        "people_at_end": hazard_results.people_at_end,
        "tanks_destroyed": hazard_results.tanks_destroyed,
        "hazard_peak": hazard_results.hazard_peak,
    }
)
"""Every metric of drillsim by name."""

_UNITS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "discovery_s": "s",
        "report_s": "s",
        "alarm_handling_s": "s",
        "first_arrival_s": "s",
        "full_assignment_s": "s",
        "initiating_action_s": "s",
        "total_response_s": "s",
        "incident_closed_s": "s",
        "turnout_s": "s",
        "travel_s": "s",
        "task_start_s": "s",
        "task_finish_s": "s",
        "water_on_s": "s",
        "set_up_s": "s",
        "fire_met_kw": "kW",
        "fire_out_s": "s",
        "floors_burnt": "floor",
        "evacuation_s": "s",
        "people_rescued": "person",
        "people_lost": "person",
        "people_injured": "person",
        "killed_at_once": "person",
        "first_out_s": "s",
        "first_rescue_s": "s",
        "assembly_s": "s",
        "march_s": "s",
        "first_in_place_s": "s",
        "closure_s": "s",
        "alive_extricated": "person",
        "freed_by_neighbours": "person",
        "died_trapped": "person",
        "still_trapped": "person",
        "alive_in_golden_time": "person",
        "trapped_at_first": "person",
        "people_cut_off_h": "person·h",
        "closures_unknown_h": "h",
        "utilisation": "1",
        "distance_m": "m",
        "ran_dry_s": "s",
        "people_at_end": "person",
        "tanks_destroyed": "tank",
    }
)


def metric_functions() -> Mapping[str, Callable[[Trace], Mapping[str, float]]]:
    """Return every metric by name, those of plug-ins included: functions of a trace that return case → value."""
    own = {name: metric.values for name, metric in plugin_metrics().items()}
    for name in own:
        if name in METRIC_FUNCTIONS:
            raise PluginError(f"the metric {name!r} of a plug-in is one of drillsim's; give it another name")
    return {**METRIC_FUNCTIONS, **own}


def unit_of(metric: str) -> str:
    """Return the unit of a metric: ``s``, ``m``, ``1`` (a share), the name of another one, or empty (a count)."""
    own = plugin_metrics().get(metric)
    return _UNITS.get(metric, own.unit if own is not None else "")
