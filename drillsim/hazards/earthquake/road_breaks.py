"""Where an earthquake and its aftershocks close the roads of a network: drawn section by section."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.stats import poisson

from drillsim.hazards.earthquake.settlements import lognormal
from drillsim.physics.earthquake.road_damage import (
    BRIDGES_PER_KM,
    OTHER_BRIDGES_PER_KM,
    SLIDE_CV,
    SLIDE_M3,
    Sections,
    critical_acceleration_ms2,
)
from drillsim.physics.earthquake.shaking import Motion, ShakingModel
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.random_streams import RandomStreams

STEP_KM: Final = 5.0
"""A section is looked at every five kilometres, on a straight line between its ends (assumption)."""
BELOW_SLOPES: Final = 0.3
"""Share of a mountain section that runs below slopes that can slide (assumption)."""
LEAST_MS2: Final = 0.3
"""Where the median PGA is weaker than this, no road is looked at (assumption). [m/s²]"""
LEAST_EXPECTED: Final = 1e-6
"""A section on which fewer slides and fewer lost bridges than this are expected stays open (numerical bound)."""


@dataclass(frozen=True, slots=True)
class Break:
    """What one shock does to one section."""

    section: str
    slides: int
    bridges: int
    volume_m3: float


def sections_near(ground: NetworkArrays, model: ShakingModel, relief_m: float) -> Sections:
    """Return the sections that a shock can reach, as points; those that climb *relief_m* run below slopes."""
    ends = ground.section_ends
    strong = model.at(ground.lat_deg, ground.lon_deg).pga_ms2 >= LEAST_MS2
    rows = np.flatnonzero(strong[ends].any(axis=1))
    km = ground.section_length_m[rows] / 1000.0
    count = np.maximum(1, np.ceil(km / STEP_KM)).astype(int)
    point = np.repeat(np.arange(len(rows)), count)
    along = (np.arange(len(point)) - np.repeat(np.cumsum(count) - count, count) + 0.5) / np.repeat(count, count)
    a, b = ends[rows[point], 0], ends[rows[point], 1]
    east_deg = ground.lon_deg[b] - ground.lon_deg[a]
    beyond_deg = ground.lon_deg[b] - 360.0 * np.round(east_deg / 360.0)  # across the 180th meridian if that is shorter
    classes = [ground.section_class[row] for row in rows]
    return Sections(
        ids=tuple(ground.section_ids.names(rows)),
        point_section=point,
        lat_deg=ground.lat_deg[a] * (1 - along) + ground.lat_deg[b] * along,
        lon_deg=ground.lon_deg[a] * (1 - along) + beyond_deg * along,
        km=np.repeat(km / count, count),
        mountain=ground.section_max_elevation_m[rows] - ground.section_min_elevation_m[rows] >= relief_m,
        bridges_per_km=np.array([BRIDGES_PER_KM.get(c, OTHER_BRIDGES_PER_KM) for c in classes]),
        designed=np.array([c == "motorway" for c in classes], bool),
    )


def breaks(
    sections: Sections, motion: Motion, streams: RandomStreams, name: tuple[str, ...], critical_ms2: float
) -> tuple[Break, ...]:
    """Draw the slides and the lost bridges of one shock.

    Counts are quantiles of uniform numbers per section, so that stronger shaking never closes fewer.
    """
    slides, bridges = sections.expected(motion.pga_ms2, motion.pgv_ms, critical_ms2)
    found = []
    for i in np.flatnonzero((slides * BELOW_SLOPES > LEAST_EXPECTED) | (bridges > LEAST_EXPECTED)):
        rng = streams.once(*name, sections.ids[i])
        uniform = rng.random(2)
        n_slides = int(poisson.ppf(uniform[0], slides[i] * BELOW_SLOPES))
        n_bridges = int(poisson.ppf(uniform[1], bridges[i]))
        if n_slides or n_bridges:
            volume = float(lognormal(rng, SLIDE_M3, SLIDE_CV, n_slides).sum())
            found.append(Break(sections.ids[i], n_slides, n_bridges, volume))
    return tuple(found)


def of_shocks(
    sections: Sections,
    shocks: Iterable[tuple[float, ShakingModel]],
    streams: RandomStreams,
    name: str,
    critical_ms2: float | None = None,
    scale: Callable[[int], float] = lambda _: 1.0,
) -> list[tuple[float, Break]]:
    """Return the breaks of a series of shocks, each with its moment. [s]

    Parameters
    ----------
    shocks
        Moment and shaking of each, in order of time.
    scale
        Factor on the critical acceleration by number of the shock: slopes that held once are weaker.
    """
    least = critical_acceleration_ms2() if critical_ms2 is None else critical_ms2
    found: list[tuple[float, Break]] = []
    for number, (t_s, model) in enumerate(shocks):
        motion = model.at(sections.lat_deg, sections.lon_deg)
        if float(np.max(motion.pga_ms2, initial=0.0)) < LEAST_MS2:
            continue
        address = (name, "roads", str(number))
        found += [(t_s, b) for b in breaks(sections, motion, streams, address, least * scale(number))]
    return found
