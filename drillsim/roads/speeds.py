"""How fast a heavy fire vehicle drives."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from drillsim.roads.network import Section
from drillsim.units import Model

Kmh = Annotated[float, Field(gt=0, le=200, json_schema_extra={"unit": "km/h"})]

SNOW_FACTOR: Final = {"none": 1.0, "light": 0.90, "heavy": 0.65}
"""Middle of the ranges 0.85–0.95 (light snow) and 0.60–0.70 (heavy snow). [dimensionless]"""


def snow_speed_factor(level: Literal["none", "light", "heavy"]) -> float:
    """Return the part of its speed that a vehicle keeps on a road with snow. [dimensionless]

    Notes
    -----
    Highway Capacity Manual 2016: 0.85 to 0.95 in light snow, 0.60 to 0.70 in heavy snow; the middle of each range is
    taken. From general knowledge of the manual; wants checking. Packed snow and ice in the mountains are worse (0.4 to
    0.6) and not covered.

    Examples
    --------
    >>> snow_speed_factor("heavy")
    0.65
    """
    return SNOW_FACTOR[level]


class HeavyVehicleSpeed(Model):
    """Speed of a heavy vehicle on a road section: part of what a car drives there, up to a cap per class of road.

    The rule of the march tables: leg speed = min(class limit x 0.8, slowest vehicle). From general knowledge of
    planning practice, to be checked against observed marches: Xining to Yushu is planned at 55-65 km/h, Qamdo to Yushu
    was driven at about 40 km/h in 2010.
    """

    factor: Annotated[float, Field(gt=0, le=1.5)] = 0.8
    """Part of the free-flow speed of a car."""
    motorway_cap_kmh: Kmh = 70.0
    """Most on a motorway: planning speed of heavy vehicles on an expressway."""
    other_cap_kmh: Kmh = 60.0
    """Most on any other road (assumption)."""

    def speed_kmh(self, section: Section) -> float:
        """Return the speed on *section* when it is dry and open. [km/h]"""
        cap_kmh = self.motorway_cap_kmh if section.road_class == "motorway" else self.other_cap_kmh
        return min(self.factor * section.free_flow_kmh, cap_kmh)
