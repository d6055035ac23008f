"""Speed profiles: default speeds of a car on a dry, empty road, by road class and country."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from drillsim.language import Term
from drillsim.roads.importing.edge_list import Way

FERRY_KMH: Final = 15.0
"""Speed of a ferry without a timetable (assumption)."""
FERRY_RANGE_KMH: Final = (1.0, 80.0)
"""Outside it the timetable is a slip of the pen, or the ferry is clipped (assumption)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """Speeds of one country or landscape."""

    id: str
    missing_kmh: Mapping[str, float]
    """Where there is no limit in the source."""
    most_kmh: Mapping[str, float]
    """Upper limit, whatever the sign says."""
    source: Term
    """Where the speeds are from, in English and Chinese."""


GENERIC: Final = Profile(
    "generic",
    missing_kmh={  # assumption, near what routing programs take by default; junctions delay on top of it, and a poor
        # surface slows further (a track is taken as if it were paved)
        "motorway": 100, "motorway_link": 50, "trunk": 85, "trunk_link": 45, "primary": 65, "primary_link": 40,
        "secondary": 55, "secondary_link": 35, "tertiary": 45, "tertiary_link": 30, "unclassified": 40, "road": 30,
        "residential": 30, "living_street": 15, "service": 15, "busway": 40, "track": 25, "pedestrian": 10,
        "footway": 8, "cycleway": 10, "path": 8, "bridleway": 8, "ferry": FERRY_KMH,
    },
    most_kmh={  # assumption: narrow roads are driven slower than their limit
        "motorway": 130, "motorway_link": 80, "trunk": 110, "trunk_link": 70, "primary": 100, "primary_link": 60,
        "secondary": 90, "secondary_link": 60, "tertiary": 80, "tertiary_link": 50, "unclassified": 70, "road": 50,
        "residential": 45, "living_street": 20, "service": 25, "busway": 60, "track": 30, "pedestrian": 10,
        "footway": 8, "cycleway": 10, "path": 8, "bridleway": 8,
    },
    source=Term("assumption, near what routing programs take", "假定，与常见路径规划软件相近"),
)  # fmt: skip
CHINA_URBAN: Final = Profile(
    "china_urban",
    missing_kmh={
        **GENERIC.missing_kmh,
        # design speeds of the code for design of urban roads CJJ 37-2012: expressway 60 to 100, arterial 40 to 60,
        # sub-arterial 30 to 50, branch 20 to 40; the middle one (from general knowledge of the code)
        "trunk": 80, "primary": 50, "secondary": 40, "tertiary": 30, "unclassified": 30, "residential": 25,
        # 0.5 to 0.7 of the main road's design speed on ramps (same code)
        "trunk_link": 45, "primary_link": 30, "secondary_link": 25, "tertiary_link": 20,
        # limits of expressways in cities are 80 to 120 (road traffic safety law, implementing regulation, article 78)
        "motorway": 100, "motorway_link": 50,
    },
    most_kmh={
        **GENERIC.most_kmh,
        # 50 is the limit on a road with one lane each way in a city, 30 without a centre line, 120 on expressways
        # (implementing regulation, articles 45 and 78)
        "motorway": 120, "residential": 40, "tertiary": 60, "unclassified": 50,
    },
    source=Term("design speeds of urban roads, CJJ 37-2012, from general knowledge",
            "城市道路设计速度 CJJ 37-2012，一般知识"),
)  # fmt: skip
CHINA_PLATEAU: Final = Profile(
    "china_plateau",
    missing_kmh={
        **GENERIC.missing_kmh,
        # design speeds of the technical standard of highway engineering JTG B01-2014 in mountains: expressway 80,
        # class 1 60, class 2 60 to 40, class 3 30, class 4 20 (from general knowledge of the standard)
        "motorway": 80, "motorway_link": 40, "trunk": 60, "trunk_link": 35, "primary": 50, "primary_link": 30,
        "secondary": 40, "secondary_link": 25, "tertiary": 30, "tertiary_link": 20, "unclassified": 20,
        "residential": 25, "track": 25, "service": 15,
    },
    most_kmh={
        **GENERIC.most_kmh,
        # 70 is the limit on a highway with one lane each way (implementing regulation, article 45); a heavy vehicle is
        # planned at 45 on a class-2 road, which is 0.8 of 56
        "motorway": 100, "trunk": 80, "primary": 70, "secondary": 60, "tertiary": 50, "unclassified": 40, "track": 25,
    },
    source=Term("design speeds of highways in mountains, JTG B01-2014, from general knowledge",
            "山区公路设计速度 JTG B01-2014，一般知识"),
)  # fmt: skip
PROFILES: Final[Mapping[str, Profile]] = {profile.id: profile for profile in (GENERIC, CHINA_URBAN, CHINA_PLATEAU)}


def free_flow_kmh(
    ways: Sequence[Way], length_m: NDArray[np.float64], profile: Profile
) -> tuple[NDArray[np.float64], int]:
    """Return the free-flow speed of each way, (n_ways, 2) along and against its nodes, and how many are guesses. [km/h]

    What the source says of travel times; else the lower of the limit and what is driven; where there is no limit, what
    the profile says.

    Parameters
    ----------
    length_m
        (n_ways,) [m]
    """
    speeds = np.empty((len(ways), 2))
    guessed = 0
    for row, way in enumerate(ways):
        if way.free_flow_kmh is not None:
            speeds[row] = way.free_flow_kmh
        elif way.highway == "ferry":
            kmh = 3.6 * length_m[row] / way.duration_s if way.duration_s else math.nan
            if not FERRY_RANGE_KMH[0] <= kmh <= FERRY_RANGE_KMH[1]:
                kmh, guessed = FERRY_KMH, guessed + 1
            speeds[row] = kmh
        elif way.limit_kmh is None:
            speeds[row] = profile.missing_kmh[way.highway]
        else:
            against = way.limit_kmh if way.backward_limit_kmh is None else way.backward_limit_kmh
            speeds[row] = np.minimum([way.limit_kmh, against], profile.most_kmh[way.highway])
    return speeds, guessed
