"""Acclimatisation: crews from lower ground work slower at altitude for some time."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from drillsim.base.quantities import Model, Seconds

Height = Annotated[float, Field(ge=0, le=9000, json_schema_extra={"unit": "m"})]


class Acclimatisation(Model):
    """When crews that come up from lower ground work slower, and by how much. All of it is an assumption."""

    above_m: Height = 2500.0
    """Only above this height."""
    climb_m: Height = 1000.0
    """Only at least so much above their station."""
    first_s: Seconds = 86400.0
    """For so long after they first come to such a place."""
    slower: Annotated[float, Field(ge=1, le=10)] = 1.2
    """By how much their work is multiplied, on top of what altitude does to everybody; 1 switches it off."""

    def affects(self, station_m: float, place_m: float) -> bool:
        """Return whether a crew stationed at one height is unacclimatised at another. [m]

        Examples
        --------
        >>> rules = Acclimatisation()
        >>> rules.affects(1520, 2640), rules.affects(2261, 3100), rules.affects(1000, 2500)
        (True, False, False)
        """
        return place_m > self.above_m and place_m - station_m >= self.climb_m
