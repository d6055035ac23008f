"""Exclusion zones: grades of places and sections, the roads as a unit may use them, and safe places nearby."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

import numpy as np

from drillsim.base import portable
from drillsim.base.geodesy import great_circle_m, offsets_m
from drillsim.roads import RoadNetwork, RoadState, numbers
from drillsim.world.exclusion import Exclusion

ANYWHERE = 9
"""Protection above every grade, by definition, for queries that concern no particular unit."""
_apart_m = lru_cache(maxsize=65_536)(great_circle_m)
"""Asked of the same few places again and again."""
MOST_STAY = 1
"""Highest grade at which a unit may stay, whatever its suit: suits are for work, not for waiting."""


class Zones:
    """The exclusion zones of all hazards together: of each place and section, the worst grade that any gives it.

    Each hazard puts its own zones whenever they change, and everything derived from them is forgotten then. 'Ahead'
    are the zones now or soon: units leave and avoid those; 'now' only matters to a unit that is already inside one and
    looks for a way out.
    """

    def __init__(self, network: RoadNetwork) -> None:
        self.network = network
        self._of: dict[str, Exclusion] = {}
        self.places: Mapping[str, int] = {}
        self.sections: Mapping[str, int] = {}
        self.places_ahead: Mapping[str, int] = {}
        self.sections_ahead: Mapping[str, int] = {}
        self._known: RoadState | None = None
        self._closed: dict[tuple[int, bool], RoadState] = {}
        """Cache of :meth:`seen`, by protection and whether the unit is leaving a zone."""
        self._nearest: dict[str, tuple[str, ...]] = {}

    @property
    def any(self) -> bool:
        """Whether any zone exists now or soon."""
        return bool(self.places_ahead or self.sections_ahead)

    def put(self, hazard: str, exclusion: Exclusion) -> bool:
        """Replace the zones of a hazard; return whether anything changed."""
        if self._of.get(hazard, Exclusion()) == exclusion:
            return False
        self._of[hazard] = exclusion
        exclusions = self._of.values()
        self.places, self.sections = _worst(e.places for e in exclusions), _worst(e.sections for e in exclusions)
        self.places_ahead = _worst(e.places_ahead for e in exclusions)
        self.sections_ahead = _worst(e.sections_ahead for e in exclusions)
        self._closed = {}
        self._nearest = {}
        return True

    def drives_out(self, place: str, protection: int) -> bool:
        """Return whether a unit must not stay at a place: the zone is there or soon will be."""
        return self.places_ahead.get(place, 0) > min(protection, MOST_STAY)

    def hazard_at(self, place: str) -> str:
        """Return the hazard with the worst grade at a place; of equals, the first by id."""
        return max(sorted(self._of), key=lambda hazard: self._of[hazard].places_ahead.get(place, 0))

    def forbids(self, place: str, protection: int) -> bool:
        """Return whether a unit must not come to a place."""
        return self.places_ahead.get(place, 0) > protection

    def seen(self, known: RoadState, protection: int, source: str) -> RoadState:
        """Return the known roads as a unit may use them: sections too dangerous for it are closed.

        A unit that stands in a zone may leave through sections that are not yet too dangerous.
        """
        if not self.any or protection >= ANYWHERE:
            return known
        leaving = self.forbids(source, protection)
        if known is not self._known:  # knowledge only moves forward, so what was cached before is never asked again
            self._known, self._closed = known, {}
        key = (protection, leaving)
        if key not in self._closed:
            graded = self.sections if leaving else self.sections_ahead
            self._closed[key] = known.with_factors({s: 0.0 for s, grade in graded.items() if grade > protection})
        return self._closed[key]

    def near(self, place: str) -> Iterator[str]:
        """Yield places without danger, the nearest to *place* first: upwind and aside, for a cloud lies downwind."""
        if place not in self._nearest:
            at = self.network.places[place]
            lat, lon = (numbers(self.network.place_columns[name]) for name in ("lat", "lon"))
            away_m = portable.hypot(*offsets_m((at.lat, at.lon), lat, lon))
            names = (self.network.place_ids[int(row)] for row in np.argsort(away_m, kind="stable"))
            safe = (name for name in names if not self.places_ahead.get(name, 0))
            self._nearest[place] = tuple(islice(safe, self.TRIED))
        yield from self._nearest[place]

    TRIED = 40
    """Most safe places to which a route is tried (assumption)."""

    def apart_m(self, place: str, other: str) -> float:
        """Return the great-circle distance between two places. [m]"""
        a, b = self.network.places[place], self.network.places[other]
        return _apart_m(a.lat, a.lon, b.lat, b.lon)


def _worst(all_of_them: Iterator[Mapping[str, int]]) -> dict[str, int]:
    worst: dict[str, int] = {}
    for grades in all_of_them:
        for name, grade in grades.items():
            worst[name] = max(grade, worst.get(name, 0))
    return worst
