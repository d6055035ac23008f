"""Teams as they are known by name: what a unit has that says no more than which team it is.

A team that can hold several worksites stands as that many units alike, one squad for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

TeamName = Literal[
    "cn_heavy", "cn_light", "cn_county", "insarag_heavy", "insarag_medium", "insarag_light", "engineering", "medical",
    "logistics", "dog_group",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Team:
    """What one team consists of."""

    squads: int
    """Worksites that it can hold at once; one unit each."""
    people: int
    """People in one squad."""
    vehicles: int
    """Vehicles of one squad."""
    capabilities: tuple[str, ...]


_LIGHT: Final = ("search", "rescue", "usar", "medical")
_HEAVY: Final = (*_LIGHT, "usar_heavy")

TEAMS: Final[Mapping[str, Team]] = MappingProxyType(
    {
        "cn_heavy": Team(2, 50, 10, (*_HEAVY, "search_dogs")),
        "cn_light": Team(1, 45, 8, _LIGHT),
        "cn_county": Team(1, 45, 7, _LIGHT),
        "insarag_heavy": Team(2, 31, 6, (*_HEAVY, "search_dogs")),
        "insarag_medium": Team(1, 42, 6, (*_LIGHT, "search_dogs")),
        "insarag_light": Team(1, 20, 3, ("search", "rescue")),
        "engineering": Team(1, 20, 8, ("engineering",)),
        "medical": Team(1, 12, 4, ("medical",)),
        "logistics": Team(1, 30, 12, ("logistics",)),
        "dog_group": Team(1, 10, 3, ("search", "search_dogs")),
    }
)
"""Teams by name.

China, heavy 100 people with 20 to 25 vehicles and light 45 with 7 to 9: solved from the strengths of Haixi and Golmud
2022 and Maduo 2021 (found); county teams 45 people, one worksite (Sichuan 2017, found). INSARAG light 20, one site;
medium 42, one site; heavy 62, two sites (knowledge). Vehicles of INSARAG teams, and the other teams, are assumptions.
All of them can supply themselves for longer than the 72 hours of an exercise, so that no limit is kept here.
"""
