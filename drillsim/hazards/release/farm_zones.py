"""Where nobody, or nobody but crews, may be near burning tanks and vessels that may burst."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from drillsim.base import portable
from drillsim.hazards.release.surroundings import exclusion_of, surroundings
from drillsim.hazards.release.tank_explosions import burst_of
from drillsim.hazards.release.tanks import Tank, heat_around_kw_m2
from drillsim.physics.blast.explosion import lethal_m
from drillsim.physics.fire.pool_fire import radiation_kw_m2
from drillsim.world.exclusion import Exclusion
from drillsim.world.network_arrays import NetworkArrays

PUBLIC_KW_M2: Final = 1.6
"""Heat that does people no harm for long. Source: API 521 (knowledge). [kW/m²]"""
NOBODY_KW_M2: Final = 6.3
"""Heat in which people in gear can act for a minute at most. Source: API 521 (knowledge). [kW/m²]"""
WITHIN_M: Final = 3000.0
"""How far from a tank roads and places are looked at, farther where its zone reaches beyond (assumption). [m]"""


def farm_exclusion(
    ground: NetworkArrays, node: str, fires: Sequence[Tank], about_to_burst: Sequence[Tank], outside_pa: float
) -> Exclusion:
    """Return the zones on roads and places: the public out of 1.6 kW/m², everybody out of 6.3.

    Everybody keeps, or gets, out of where a vessel kills that is about to burst.
    """
    if not fires and not about_to_burst:
        return Exclusion()
    bursts = [burst_of(tank, tank.content_m3, (0.0, 0.0), outside_pa) for tank in about_to_burst]
    reach_m = [lethal_m(explosion) for explosion in bursts]
    reach_m += [warm_m(tank.diameter_m, len(fires)) for tank in fires]
    near = surroundings(
        ground, node, 0.0, 0.0, max(WITHIN_M, *reach_m) + max(_away_m(tank) for tank in (*fires, *about_to_burst))
    )
    east, north = near.points.east_m, near.points.north_m
    heat = np.zeros(len(east))
    for tank in fires:
        heat += heat_around_kw_m2(near.points, tank.east_m, tank.north_m, tank.diameter_m)
    grades = (heat > PUBLIC_KW_M2).astype(np.int8) + 2 * (heat > NOBODY_KW_M2).astype(np.int8)
    soon = grades
    for tank, explosion in zip(about_to_burst, bursts, strict=True):
        deadly = portable.hypot(east - tank.east_m, north - tank.north_m) <= lethal_m(explosion)
        soon = np.maximum(soon, 3 * deadly.astype(np.int8))
    return exclusion_of(ground, near, grades, soon)


def warm_m(diameter_m: float, fires: int) -> float:
    """Return beyond which distance so many fires of one diameter, all at one spot, harm nobody. [m]

    Examples
    --------
    >>> round(warm_m(30.0, 1), 1)
    124.6
    """
    a_diameter_off = float(radiation_kw_m2(diameter_m, diameter_m))
    return diameter_m * float(portable.power(fires * a_diameter_off / PUBLIC_KW_M2, 1.0 / 1.59))


def _away_m(tank: Tank) -> float:
    return float(portable.hypot(tank.east_m, tank.north_m))
