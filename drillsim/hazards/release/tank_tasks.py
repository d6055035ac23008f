"""What a tank calls for: cooling, foam attacks one after the other, a watch and a blanket after knock-down."""

from __future__ import annotations

import math
from typing import Final

from drillsim.base.quantities import Duration, Text
from drillsim.hazards.release.leak_tasks import FOAM, LONG_S, WATER
from drillsim.hazards.release.tanks import Tank
from drillsim.physics.fire.foam import CONCENTRATE_PART, COVER_PART, foam_minutes, solution_l_s
from drillsim.world.task import Task

MONITOR_L_S: Final = 40.0
"""Flow of one portable or vehicle monitor (assumption: 40 L/s; usual ones give 30 to 80)."""
DIKE: Final = "dike-foam"
"""Name of the foam attack on the dike."""
DIKE_S: Final = 60.0 * foam_minutes("dike")
"""How long it must be kept up; it does not fail (assumption). [s]"""


def cooling_task(tank: Tank, capability: str, aim_crew: int, *, on_fire: bool, danger: bool) -> Task:
    """Return the cooling of a tank; *danger* where a vessel may burst beside it."""
    flow = tank.cooling_l_s(on_fire=on_fire)
    return Task(
        id=f"cool-{tank.id}", title=Text(en=f"Cool tank {tank.id}", zh=f"冷却储罐 {tank.id}"),
        capabilities=(capability,), min_crew=_crew(flow, aim_crew), work=Duration(mean_s=LONG_S),
        uses={WATER: flow}, danger=danger, intervention="water_on",
    )  # fmt: skip


def watch_task(tank: Tank, capability: str, aim_crew: int, *, danger: bool) -> Task:
    """Return the cooling of a tank that was knocked down when nothing burns any more."""
    flow = tank.cooling_l_s(on_fire=False)
    return Task(
        id=f"watch-{tank.id}", title=Text(en=f"Keep tank {tank.id} cooled", zh=f"监护冷却储罐 {tank.id}"),
        capabilities=(capability,), min_crew=_crew(flow, aim_crew), work=Duration(mean_s=LONG_S), uses={WATER: flow},
        danger=danger, intervention="water_on",
    )  # fmt: skip


def blanket_task(tank: Tank, head: str, capability: str, aim_crew: int, *, danger: bool) -> Task:
    """Return the work of keeping the blanket of foam whole after knock-down; *head* begins its name."""
    flow = COVER_PART * tank.solution_l_s
    return Task(
        id=f"{head}-{tank.id}",
        title=Text(en=f"Keep the foam on tank {tank.id} whole", zh=f"储罐 {tank.id} 补充泡沫覆盖"),
        capabilities=(capability,), min_crew=_crew(flow, aim_crew), work=Duration(mean_s=LONG_S), uses=_foam(flow),
        danger=danger, intervention="blanket_on",
    )  # fmt: skip


def foam_head(attacks: int) -> str:
    """Return how the name of the next foam attack on a tank begins after so many: each is a task of its own."""
    return "foam" if attacks == 0 else f"foam{attacks + 1}"


def foam_task(
    tank: Tank, capability: str, aim_crew: int, margin: float, after: tuple[str, ...], attacks: int = 0
) -> Task:
    """Return the next foam attack on a tank after so many."""
    flow = tank.solution_l_s * margin
    again = (f" ({attacks + 1})", f"({attacks + 1})") if attacks else ("", "")
    return Task(
        id=f"{foam_head(attacks)}-{tank.id}",
        title=Text(en=f"Foam on tank {tank.id}{again[0]}", zh=f"储罐 {tank.id} 泡沫灭火{again[1]}"),
        capabilities=(capability,), min_crew=_crew(flow, aim_crew), work=Duration(mean_s=LONG_S), after=after,
        uses=_foam(flow), danger=True, intervention="foam_on",
    )  # fmt: skip


def dike_task(area_m2: float, capability: str, aim_crew: int, margin: float, after: tuple[str, ...]) -> Task:
    """Return the foam attack on what burns in the dike, which comes before any on a tank."""
    flow = solution_l_s("dike", area_m2) * margin
    return Task(
        id=DIKE, title=Text(en="Foam on the fire in the dike", zh="防火堤内流淌火泡沫灭火"), capabilities=(capability,),
        min_crew=_crew(flow, aim_crew), work=Duration(mean_s=LONG_S), after=after, uses=_foam(flow), danger=True,
        intervention="foam_on",
    )  # fmt: skip


def _foam(flow_l_s: float) -> dict[str, float]:
    return {FOAM: CONCENTRATE_PART * flow_l_s, WATER: (1.0 - CONCENTRATE_PART) * flow_l_s}


def _crew(flow_l_s: float, aim_crew: int) -> int:
    return aim_crew * max(1, math.ceil(flow_l_s / MONITOR_L_S))
