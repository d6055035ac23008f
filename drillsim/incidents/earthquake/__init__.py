"""An earthquake: from shaking to worksites with people in them, broken roads, aftershocks and lines that are down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from drillsim.base.quantities import Text
from drillsim.incidents.base import Occurrence
from drillsim.incidents.earthquake.course import Course
from drillsim.incidents.earthquake.input import EarthquakeInput
from drillsim.incidents.earthquake.words import WORDS
from drillsim.language import Term
from drillsim.world.world import World


class Earthquake(EarthquakeInput):
    """An earthquake and everything that follows from it.

    Shaking brings buildings down on people and closes roads; aftershocks halt work and close more. Each worksite is an
    incident of its own whose call tells the people trapped, the INSARAG level and the triage; each closed road is one
    for engineers. Where they come to a closed road, units learn of it; so does the command centre.
    """

    words = {
        "title": Term("Earthquake", "地震"),
        "about": Term(__doc__, "一次地震及其全部后果。"),
        **WORDS,
    }

    kind: Literal["earthquake"] = "earthquake"
    """An earthquake."""

    @classmethod
    def example(cls) -> Earthquake:
        """Return an earthquake of magnitude 7 between the town and a village of three thousand."""
        return cls(
            id="quake",
            magnitude=7.0,
            lat=36.0,
            lon=100.05,
            settlements=[
                {"id": "village", "node": "village", "lat": 36.01, "lon": 100.11, "population": 3000, "stock": "rural"}
            ],
        )

    def titles(self) -> Mapping[str, Text]:
        """Return the names of the settlements, by which their worksites go: several may share a place of the roads."""
        return {f"{self.id}-{s.id}": s.title for s in self.settlements or () if s.title is not None}

    def occur(self, world: World) -> Occurrence:
        """Return worksites, closed roads, aftershocks and the toll of one replication."""
        return Course(self, world).occurrence()
