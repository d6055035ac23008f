"""An earthquake: from shaking to worksites with people in them, broken roads, aftershocks and lines that are down."""

from __future__ import annotations

from typing import Literal

from drillsim.incidents.base import Occurrence
from drillsim.incidents.earthquake_course import Course
from drillsim.incidents.earthquake_input import EarthquakeInput
from drillsim.world.world import World


class Earthquake(EarthquakeInput):
    """An earthquake and everything that follows from it.

    Shaking brings buildings down on people and closes roads; aftershocks halt work and close more. Each worksite is an
    incident of its own whose call tells the people trapped, the INSARAG level and the triage; each closed road is one
    for engineers. Where they come to a closed road, units learn of it; so does the command centre.
    """

    kind: Literal["earthquake"] = "earthquake"
    """An earthquake."""

    def occur(self, world: World) -> Occurrence:
        """Return worksites, closed roads, aftershocks and the toll of one replication."""
        return Course(self, world).occurrence()
