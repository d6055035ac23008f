"""Gas that left between two moments under one wind, and where later winds carry it.

As long as the wind stays, a segment is a plume straight downwind. When the wind turns, what has left is a line of puffs
that the new wind carries off side by side: the line keeps its direction and is moved as a whole, and each of its puffs
grows with all the way that it has come (Gaussian puffs as CALPUFF moves them, here as one slanted piece; the stability
of the air in which it left is kept: an assumption).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import ArrayLike

from drillsim.hazards.chemical.atmosphere import WIND, Stability
from drillsim.hazards.chemical.valid_range import Array

LEAST_WIND_M_S: Final = WIND.low


@dataclass(frozen=True, slots=True)
class Turn:
    """Another wind, from a moment on."""

    t_s: float
    wind_m_s: float
    from_deg: float


@dataclass(frozen=True, slots=True)
class Segment:
    """Gas that left between two moments under one wind and at one rate."""

    from_s: float
    until_s: float
    """``inf`` while it goes on."""
    rate_kg_s: float
    wind_m_s: float
    from_deg: float
    """Where the wind comes from; 0 north, 90 east. [deg]"""
    stability: Stability
    turns: tuple[Turn, ...] = ()
    """Winds that have carried it since, in order of time."""

    @property
    def steady_wind_m_s(self) -> float:
        """The wind in which it left, at least the least one that the formulas hold for. [m/s]"""
        return max(self.wind_m_s, LEAST_WIND_M_S)

    @property
    def carried_by(self) -> tuple[float, float]:
        """Speed and direction of the wind that carries it now. [m/s], [deg]"""
        last = self.turns[-1] if self.turns else self
        return last.wind_m_s, last.from_deg


def turned(segments: Iterable[Segment], t_s: float, wind_m_s: float, from_deg: float) -> tuple[Segment, ...]:
    """Let the wind that blows from now on carry what has left; no change if it is the wind of before."""
    turn = Turn(t_s, wind_m_s, from_deg)
    return tuple(
        s if s.carried_by == (wind_m_s, from_deg) else replace(s, until_s=min(s.until_s, t_s), turns=(*s.turns, turn))
        for s in segments
    )


@dataclass(frozen=True, slots=True)
class Drift:
    """How later winds have moved a segment."""

    east_m: Array
    north_m: Array
    way_m: Array
    """Length of the way, turns and all. [m]"""
    left_s: Array
    """Until when its own wind carried it. [s after STARTEX]"""


def drift(segment: Segment, t_s: ArrayLike) -> Drift:
    """Return how later winds have moved a segment at some moments.

    Examples
    --------
    >>> west_wind_then_south = Segment(0, 60, 1, 2, 270, "D", (Turn(60, 3, 180), Turn(80, 1, 270)))
    >>> moved = drift(west_wind_then_south, 90.0)
    >>> [round(float(v), 6) for v in (moved.east_m, moved.north_m, moved.way_m, moved.left_s)]
    [10.0, 60.0, 70.0, 60.0]
    """
    t = np.asarray(t_s, dtype=float)
    east, north, way = np.zeros(t.shape), np.zeros(t.shape), np.zeros(t.shape)
    for turn, end_s in zip(segment.turns, [*(turn.t_s for turn in segment.turns[1:]), np.inf], strict=False):
        moved = max(turn.wind_m_s, LEAST_WIND_M_S) * (np.clip(t, turn.t_s, end_s) - turn.t_s)
        angle = np.radians(turn.from_deg)
        east, north, way = east - moved * np.sin(angle), north - moved * np.cos(angle), way + moved
    return Drift(east, north, way, np.minimum(t, segment.turns[0].t_s) if segment.turns else t)


def along_and_across_m(segment: Segment, east_m: ArrayLike, north_m: ArrayLike) -> tuple[Array, Array]:
    """Return coordinates downwind, and across to the right of the wind, of a segment in the wind it left in. [m]

    Examples
    --------
    >>> west_wind = Segment(0, 1, 1, 2, 270, "D")
    >>> [float(v.round(6)) for v in along_and_across_m(west_wind, 100.0, 5.0)]
    [100.0, -5.0]
    """
    angle = np.radians(segment.from_deg)
    east, north = np.asarray(east_m, dtype=float), np.asarray(north_m, dtype=float)
    return -east * np.sin(angle) - north * np.cos(angle), -east * np.cos(angle) + north * np.sin(angle)


def tail_m(segment: Segment, t_s: float) -> float:
    """Return how far the last of its gas has come; 0 while it goes on. [m]"""
    moved = drift(segment, t_s)
    own_s = float(moved.left_s) - segment.until_s
    return max(0.0, segment.steady_wind_m_s * own_s) + float(moved.way_m)
