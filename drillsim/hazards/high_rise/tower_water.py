"""Water up a tall building: lines and who is at them, pumps, and what reaches which floor."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from drillsim.base import portable
from drillsim.base.clock import SAME_MOMENT_S
from drillsim.hazards.high_rise.tower import Tactics, Tower
from drillsim.physics.fire.fire_flow import needed_flow_l_s
from drillsim.physics.fire.hose import M_PER_MPA, line_flow_l_s, pump_factor

HOUSE_LINE_L_S: Final = 5.0
"""One house hydrant: 13 m of solid stream from 19 mm at 0.35 MPa. GB 50974 7.4.12 (knowledge). [L/s]"""
HOUSE_FLOW_L_S: Final = {"dwelling": 20.0, "office": 40.0, "hospital": 40.0}
"""What the house pump is laid out for in high-rises. GB 50974 table 3.5.2 (knowledge). [L/s]"""
AERIAL_L_S, AERIAL_SHARE = 40.0, 0.25
"""An aerial's monitor, and the part of its water that meets fire inside (assumptions)."""
HELD_L_S: Final = 7.5
"""Most that a 19 mm branch is held at: 17 m of solid stream (textbooks, knowledge). [L/s]"""
RELAY: Final = 1.8
"""Pressure of two engines in series over that of one (assumption: losses between them)."""
LEAST_TO_HOLD: Final = 2
"""People who keep a line that has been laid going (assumption: two at the branch)."""
MARGIN: Final = 1.5
"""An officer asks for water for a fire so much larger than seen (assumption)."""
MOST_LINES: Final = 4
"""Lines that find room on a floor: two stairs, two outlets each (assumption)."""
USABLE_L_S: Final = 4.0
"""A line that gives less is weak (assumption); 5 L/s is the least of a house hydrant. [L/s]"""
HOSE_PERSON_S_M: Final = 12.0
"""Hose laid up the stairs where the riser is of no use (assumption). [person·s/m]"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of hose on a floor."""

    floor: int
    people: int
    """People at it."""
    ready_s: float
    """When it is laid and charged. [s after STARTEX]"""


@dataclass(frozen=True, slots=True)
class Water:
    """Where water comes from and who holds a branch."""

    lines: Mapping[str, Line] = field(default_factory=dict)
    """By task."""
    supplied: bool = False
    """Whether an engine feeds the riser."""
    boosts: frozenset[str] = frozenset()
    """``high_pressure`` and ``relay``, where they stand."""
    streams: int = 0
    """Aerials at work."""
    ever: bool = False
    """Whether any reached a floor, or the façade from an aerial."""

    def head_mpa(self, tactics: Tactics, elevation_m: float) -> float:
        """Return the pressure of the fire service's pumps; 0 before an engine feeds the riser. [MPa]"""
        if not self.supplied and "high_pressure" not in self.boosts:
            return 0.0
        mpa = tactics.engine_pump_mpa * (RELAY if "relay" in self.boosts else 1.0)
        if "high_pressure" in self.boosts:
            mpa = max(mpa, tactics.high_pump_mpa)
        return mpa * pump_factor(elevation_m)

    def house_line_l_s(self, tower: Tower, floor: int, lines: int = 1) -> float:
        """Return what the house itself gives each of so many lines: its pump, or only the tank on its roof. [L/s]"""
        if tower.riser != "charged":
            return 0.0
        share = min(HOUSE_LINE_L_S, HOUSE_FLOW_L_S[tower.use] / max(1, lines))
        if tower.house_pump:
            return share
        tank_mpa = (tower.height_m(tower.storeys + 1) - tower.height_m(floor)) / M_PER_MPA
        return min(share, line_flow_l_s(tank_mpa, 0.0, lines=max(1, lines)))

    def line_l_s(self, tower: Tower, tactics: Tactics, floor: int, elevation_m: float, lines: int = 1) -> float:
        """Return what one of so many lines gives on a floor. [L/s]"""
        pumped = line_flow_l_s(
            self.head_mpa(tactics, elevation_m), tower.height_m(floor), lines=max(1, math.ceil(lines / tower.stairs)),
            bore_mm=tactics.branch_mm, most_l_s=HELD_L_S * portable.square(tactics.branch_mm / 19.0),
        )  # fmt: skip
        return max(self.house_line_l_s(tower, floor, lines), pumped)

    def flows(self, tower: Tower, tactics: Tactics, t_s: float, elevation_m: float) -> dict[int, float]:
        """Return the water from lines on each floor. [L/s]"""
        at_work = [
            line for line in self.lines.values() if line.people >= LEAST_TO_HOLD and line.ready_s <= t_s + SAME_MOMENT_S
        ]
        found: dict[int, float] = {}
        for line in at_work:
            flow = self.line_l_s(tower, tactics, line.floor, elevation_m, len(at_work))
            found[line.floor] = found.get(line.floor, 0.0) + flow
        return found

    def next_ready_s(self, t_s: float) -> float:
        """Return when the next line will be laid and charged; ``inf`` if none is being laid. [s after STARTEX]"""
        return min(
            (line.ready_s for line in self.lines.values() if line.ready_s > t_s + SAME_MOMENT_S), default=math.inf
        )

    def stream_l_s(self) -> float:
        """Return the water of aerials that meets fire. [L/s]"""
        return AERIAL_L_S * AERIAL_SHARE * self.streams if self.supplied else 0.0

    def weak(self, tower: Tower, tactics: Tactics, floor: int, elevation_m: float) -> bool:
        """Return whether an engine alone does not give usable lines on a floor and the house does not either."""
        if tower.house_pump and tower.riser == "charged":
            return False
        pump_mpa = tactics.engine_pump_mpa * pump_factor(elevation_m)
        return line_flow_l_s(pump_mpa, tower.height_m(floor), lines=2) < USABLE_L_S

    def hose_work_s(self, tower: Tower, floor: int) -> float:
        """Return the person-time of hose up the stairs, where the riser is of no use. [person·s]"""
        return HOSE_PERSON_S_M * tower.height_m(floor) if tower.riser == "failed" else 0.0


def wanted_lines(kw: float, line_l_s: float) -> int:
    """Return how many lines an officer calls for on a floor: one to attack and one to back it up at least.

    Examples
    --------
    >>> wanted_lines(1000.0, 6.5), wanted_lines(12_000.0, 6.5), wanted_lines(90_000.0, 6.5)
    (2, 3, 4)
    """
    needed = math.ceil(MARGIN * needed_flow_l_s(kw) / max(line_l_s, USABLE_L_S))
    return min(MOST_LINES, max(2, needed))
