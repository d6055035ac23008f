"""What a tank calls for: cooling, a foam attack, a watch after knock-down."""

from __future__ import annotations

import math
from typing import Final

from drillsim.base.quantities import Duration, Text
from drillsim.hazards.release.leak_tasks import FOAM, LONG_S, WATER
from drillsim.hazards.release.tanks import Tank
from drillsim.physics.fire.foam import CONCENTRATE_PART
from drillsim.world.task import Task

MONITOR_L_S: Final = 40.0
"""Flow of one portable or vehicle monitor (assumption: 40 L/s; usual ones give 30 to 80)."""


def cooling_task(tank: Tank, capability: str, aim_crew: int, *, on_fire: bool, danger: bool) -> Task:
    """Return the cooling of a tank; *danger* where a vessel may burst beside it."""
    flow = tank.cooling_l_s(on_fire=on_fire)
    return Task(
        id=f"cool-{tank.id}", title=Text(en=f"Cool tank {tank.id}", zh=f"冷却储罐 {tank.id}"),
        capabilities=(capability,), min_crew=_crew(flow, aim_crew), work=Duration(mean_s=LONG_S),
        uses={WATER: flow}, danger=danger, intervention="water_on",
    )  # fmt: skip


def watch_task(tank: Tank, capability: str, aim_crew: int, *, danger: bool) -> Task:
    """Return the cooling of a tank after knock-down."""
    flow = tank.cooling_l_s(on_fire=False)
    return Task(
        id=f"watch-{tank.id}", title=Text(en=f"Keep tank {tank.id} cooled", zh=f"监护冷却储罐 {tank.id}"),
        capabilities=(capability,), min_crew=_crew(flow, aim_crew), work=Duration(mean_s=LONG_S), uses={WATER: flow},
        danger=danger, intervention="water_on",
    )  # fmt: skip


def foam_task(tank: Tank, capability: str, aim_crew: int, margin: float, after: tuple[str, ...]) -> Task:
    """Return the foam attack on a tank."""
    flow = tank.solution_l_s * margin
    return Task(
        id=f"foam-{tank.id}", title=Text(en=f"Foam on tank {tank.id}", zh=f"储罐 {tank.id} 泡沫灭火"),
        capabilities=(capability,), min_crew=_crew(flow, aim_crew), work=Duration(mean_s=LONG_S), after=after,
        uses={FOAM: CONCENTRATE_PART * flow, WATER: (1.0 - CONCENTRATE_PART) * flow}, danger=True,
        intervention="foam_on",
    )  # fmt: skip


def _crew(flow_l_s: float, aim_crew: int) -> int:
    return aim_crew * max(1, math.ceil(flow_l_s / MONITOR_L_S))
