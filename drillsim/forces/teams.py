"""Standard teams by name: the crew, vehicles and capabilities of a unit that states only its team.

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
    dogs: int
    """Search dogs of one squad."""
    self_sufficient_s: float
    """How long it lives on what it brings. [s]"""
    capabilities: tuple[str, ...]


SUPPLIER: Final = "logistics"
"""Capability of units that resupply others."""
_DAY_S: Final = 86400.0
"""Seconds of a day, by definition. [s]"""
_LIGHT: Final = ("search", "rescue", "usar", "medical")
_HEAVY: Final = (*_LIGHT, "usar_heavy")

TEAMS: Final[Mapping[str, Team]] = MappingProxyType(
    {
        "cn_heavy": Team(2, 50, 10, 3, 3 * _DAY_S, (*_HEAVY, "search_dogs")),
        "cn_light": Team(1, 45, 8, 0, 3 * _DAY_S, _LIGHT),
        "cn_county": Team(1, 45, 7, 0, 3 * _DAY_S, _LIGHT),
        "insarag_heavy": Team(2, 31, 6, 2, 10 * _DAY_S, (*_HEAVY, "search_dogs")),
        "insarag_medium": Team(1, 42, 6, 2, 7 * _DAY_S, (*_LIGHT, "search_dogs")),
        "insarag_light": Team(1, 20, 3, 0, 5 * _DAY_S, ("search", "rescue")),
        "engineering": Team(1, 20, 8, 0, 3 * _DAY_S, ("engineering",)),
        "medical": Team(1, 12, 4, 0, 3 * _DAY_S, ("medical",)),
        "logistics": Team(1, 30, 12, 0, 10 * _DAY_S, ("logistics",)),
        "dog_group": Team(1, 10, 3, 6, 3 * _DAY_S, ("search", "search_dogs")),
    }
)
"""Teams by name.

China, heavy 100 people with 20 to 25 vehicles and light 45 with 7 to 9: solved from the strengths of Haixi and Golmud
2022 and Maduo 2021 (found); county teams 45 people, one worksite (Sichuan 2017, found). INSARAG light 20, one site;
medium 42, one site; heavy 62, two sites (knowledge). Vehicles of INSARAG teams, and the other teams, are assumptions.
Dogs: 12 went with two heavy teams of Gansu in 2023 (found), so six to a heavy team; the others are assumptions.
Self-sufficient: county teams three days (Sichuan 2017, found), INSARAG 5, 7 and 10 days (knowledge); three days for the
other Chinese teams and ten for logistics are assumptions.
"""
