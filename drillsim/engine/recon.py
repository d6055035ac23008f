"""Reconnaissance: a helicopter, a drone or a unit surveys an area, and the command centre learns its true state.

The observer goes to the centre of the area and sweeps outwards: a point is seen when the whole circle inside it
has been swept. The true state of its roads is then known, and incidents there are discovered. Dusk or heavy snow
makes an aircraft turn back; it goes on from what it saw last once it can fly again.
"""

from __future__ import annotations

import math
from operator import attrgetter
from typing import Any

import numpy as np

from drillsim.base import portable
from drillsim.base.geodesy import offsets_m
from drillsim.engine.process import Process
from drillsim.engine.road_changes import report
from drillsim.engine.run import Run
from drillsim.scenario.plan import Recon
from drillsim.trace.events import PlaceSeen, ReconDeparted

RETRY_S = 1800.0
"""Time between two checks of whether it can fly (assumption). [s]"""


def begin_recon(run: Run) -> None:
    """Start every reconnaissance of the plan; chance knows them by their rank in the order of ids."""
    for number, recon in enumerate(sorted(run.plan.recon, key=attrgetter("id"))):
        run.begin(_life(run, recon, number))


def _life(run: Run, recon: Recon, number: int) -> Process:
    if recon.on_incident is not None:
        yield run.called[recon.on_incident]
    else:
        yield from run.wait(recon.at_s or 0.0)
    yield from run.wait(run.draw_s(recon.ready, "recon", str(number)))
    places, sections = _distances_km(run, recon)
    out_s = float(places[run.scenario.ground.row(recon.base)]) / recon.pace_kmh * 3600.0
    seen: dict[float, tuple[list[int], list[int]]] = {}
    for kind, distances_km in enumerate((places, sections)):
        for row in np.flatnonzero(distances_km <= recon.radius_km):
            swept_h = math.pi * portable.square(float(distances_km[row])) / (recon.pace_kmh * recon.width_km)
            seen.setdefault(swept_h * 3600.0, ([], []))[kind].append(int(row))
    swept_s, left = 0.0, sorted(seen)
    while left:
        yield from _set_off(run, recon, out_s)
        begins_s = run.now - swept_s
        while left:
            yield from run.wait(max(0.0, begins_s + left[0] - run.now))
            if not _can_go(run, recon):
                break  # it has turned back, and goes on from here when it can
            swept_s = left.pop(0)
            _see(run, recon, *seen[swept_s])


def _set_off(run: Run, recon: Recon, out_s: float) -> Process:
    """Wait until it can go, and go to where it sweeps."""
    while not _can_go(run, recon):
        yield run.env.timeout(RETRY_S)
    run.record(ReconDeparted(run.now, recon.id, recon.by, recon.base, recon.around))
    yield from run.wait(out_s)


def _can_go(run: Run, recon: Recon) -> bool:
    """Return whether it can fly now: not in heavy snow, and at night only if it may; a unit can always go."""
    if recon.by == "unit":
        return True
    return run.weather.snow != "heavy" and (recon.at_night or not run.plan.night.holds(run.hour()))


def _distances_km(run: Run, recon: Recon) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Return the distances of places (n_places,) and of section midpoints (n_sections,) from the middle. [km]"""
    ground = run.scenario.ground
    row = ground.row(recon.around)
    centre = float(ground.lat_deg[row]), float(ground.lon_deg[row])
    east_m, north_m = offsets_m(centre, ground.lat_deg, ground.lon_deg)
    ends = ground.section_ends
    middle_m = portable.hypot(north_m[ends].mean(axis=1), east_m[ends].mean(axis=1))
    return portable.hypot(north_m, east_m) / 1000.0, middle_m / 1000.0


def _see(run: Run, recon: Recon, places: list[int], sections: list[int]) -> None:
    ground = run.scenario.ground
    for row in places:
        node = ground.place_ids[row]
        run.record(PlaceSeen(run.now, recon.id, node))
        for state in run.at_node.get(node, ()):
            state.find()
    report(run, (ground.section_ids[row] for row in sections), recon.id)
