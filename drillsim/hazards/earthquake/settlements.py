"""Settlements under shaking: population by building class, people trapped, and the resulting worksites."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from drillsim.base import portable
from drillsim.physics.earthquake.casualties import USUAL_WORK, RubbleWork, Toll, Trapped, toll
from drillsim.physics.earthquake.damage import CLASSES, Make
from drillsim.world.random_streams import RandomStreams

NEIGHBOURS_SHARE: Final = 0.10
"""Share of the unhurt who dig for neighbours (assumption)."""
NEIGHBOURS_PER_TRAPPED: Final = 4
"""Neighbours who can dig for one person (assumption)."""
FOOT_KMH: Final = 3.0
"""Pace on foot with a load. [km/h] (knowledge: march planning)"""
CLIMB_M_H: Final = 600.0
"""Climb on foot. [m/h] (knowledge: Naismith)"""
TRACK_KMH: Final = 25.0
"""Speed on gravel and mountain tracks. [km/h] (knowledge: march planning)"""
MOST_AT_ONE_SITE: Final = 250
"""People trapped at one worksite at most: a block of flats (assumption)."""
TRIAGE_A_H: Final = 12.0
"""INSARAG triage A: confirmed live victims who are out within 12 hours (knowledge). [h]"""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """How many of the unhurt dig for those under rubble."""

    share: float = NEIGHBOURS_SHARE
    """Share of the unhurt who dig."""
    per_trapped: float = NEIGHBOURS_PER_TRAPPED
    """Neighbours who can dig for one person."""


@dataclass(frozen=True, slots=True)
class Site:
    """One worksite: people trapped under rubble of one make."""

    make: Make
    trapped: tuple[Trapped, ...]
    neighbours: int
    work_h: float
    """Work that a planner would expect. [person·h]"""

    @property
    def asr_level(self) -> int:
        """INSARAG level of the work: 3 rapid search and rescue, 4 full search and rescue."""
        return 3 if self.make == "adobe" else 4

    def triage(self, crew: int) -> int:
        """Return 1 for A (all out within 12 h by *crew* people), 2 for B."""
        return 1 if self.work_h / crew <= TRIAGE_A_H else 2


@dataclass(frozen=True, slots=True)
class Shaken:
    """What became of one settlement."""

    toll: Mapping[str, int]
    """People who are not trapped, by state."""
    sites: tuple[Site, ...]
    """Worksites; more than *most_sites* where these would hold more than :data:`MOST_AT_ONE_SITE` people each."""


def shake(
    population: int,
    stock: Mapping[str, float],
    intensity: float,
    indoors: float,
    streams: RandomStreams,
    name: tuple[str, ...],
    *,
    scale_s: float,
    people_per_site: int,
    most_sites: int,
    work: RubbleWork = USUAL_WORK,
    neighbours: Neighbours | None = None,
) -> Shaken:
    """Draw the casualties of one settlement and the sites where people are trapped.

    Parameters
    ----------
    population
        People, indoors or not.
    stock
        Share of people by building class; need not sum to one.
    indoors
        Share of people who are indoors.
    name
        Address of its random streams.
    scale_s
        Scale of the survival curve. [s]
    work
        What it takes to free somebody.
    neighbours
        How many unhurt people dig; as usual if left out.
    """
    near = neighbours or Neighbours()
    inside = split(round(population * indoors), stock)
    tolls = {
        name_of_class: toll(people, intensity, name_of_class, streams(*name, name_of_class), scale_s=scale_s, work=work)
        for name_of_class, people in inside.items()
        if people > 0
    }
    counts = _together(tolls.values())
    counts["unhurt"] += population - sum(inside.values())
    trapped: dict[Make, list[Trapped]] = {}
    for name_of_class, found in tolls.items():
        trapped.setdefault(CLASSES[name_of_class].make, []).extend(found.trapped)
    groups = [(make, group) for make, people in trapped.items() for group in _groups(people, people_per_site)]
    if len(groups) > most_sites:
        larger = math.ceil(sum(len(people) for people in trapped.values()) / max(1, most_sites - len(trapped)))
        size = min(larger, MOST_AT_ONE_SITE)
        groups = [(make, group) for make, people in trapped.items() for group in _groups(people, size)]
    help_each = min(near.share * counts["unhurt"] / max(1, sum(len(group) for _, group in groups)), near.per_trapped)
    sites = tuple(
        Site(make, tuple(group), round(len(group) * help_each), len(group) * work.expected_s(make) / 3600.0)
        for make, group in groups
    )
    return Shaken(counts, sites)


def split(people: int, stock: Mapping[str, float]) -> dict[str, int]:
    """Return whole people by class in the given shares, none lost: the largest remainders are rounded up.

    Examples
    --------
    >>> split(10, {"A1": 0.5, "B": 0.25, "C": 0.25})
    {'A1': 5, 'B': 3, 'C': 2}
    """
    total = sum(stock.values())
    exact = {name: people * share / total for name, share in stock.items()}
    whole = {name: math.floor(x) for name, x in exact.items()}
    missing = people - sum(whole.values())
    for name in sorted(exact, key=lambda n: whole[n] - exact[n])[:missing]:
        whole[name] += 1
    return whole


def _together(tolls: Iterable[Toll]) -> dict[str, int]:
    states = ("unhurt", "hurt_light", "hurt_hospital", "hurt_critical", "killed")
    found = list(tolls)
    return {state: sum(getattr(t, state) for t in found) for state in states}


def _groups(people: list[Trapped], size: int) -> list[list[Trapped]]:
    count = math.ceil(len(people) / size)
    return [people[i::count] for i in range(count)]


def access_s(track_km: float, climb_m: float, *, blocked: bool) -> float:
    """Return the access time from the road to a settlement: driven, or on foot where the track is blocked. [s]

    Examples
    --------
    >>> round(access_s(5.0, 300.0, blocked=False) / 60), round(access_s(5.0, 300.0, blocked=True) / 60)
    (12, 130)
    """
    if not blocked:
        return track_km / TRACK_KMH * 3600.0
    return (track_km / FOOT_KMH + abs(climb_m) / CLIMB_M_H) * 3600.0


def lognormal(rng: np.random.Generator, median: float, cv: float, size: int) -> np.ndarray:
    """Return draws of a lognormal with the given median and coefficient of variation: (n,) with *size* for n."""
    return np.asarray(median * portable.exp(math.sqrt(portable.log1p(portable.square(cv))) * rng.standard_normal(size)))
