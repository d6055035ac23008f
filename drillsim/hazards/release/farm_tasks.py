"""What a tank farm calls for, in order: cooling of what is endangered first, foam on the dike before any tank."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from drillsim.hazards.release.farm_spec import FarmSpec
from drillsim.hazards.release.leak_tasks import water_task
from drillsim.hazards.release.tank_tasks import blanket_task, cooling_task, dike_task, foam_head, foam_task, watch_task
from drillsim.hazards.release.tanks import Tank, TankState
from drillsim.physics.fire.domino import THRESHOLD_KW_M2
from drillsim.world.task import Task

COOL_FROM_PART: Final = 1.0 / 3.0
"""Neighbours are cooled from this part of the heat that breaks them (assumption)."""


def called_for(tank: Tank, now: TankState, *, quiet: bool) -> tuple[str, ...]:
    """Return the first words of the tasks that may act on a tank as it is: what cools it, what brings foam.

    While anything burns, everybody at the scene keeps cool and covered what was knocked down; when nothing does
    (*quiet*), that is for those who stay to watch.
    """
    if now.on_fire:
        return ("cool", foam_head(now.attacks))
    if now.status == "down":
        return ("watch", "topup") if quiet else ("cool", "blanket")
    endangered = now.status == "sound" and now.kw_m2 >= COOL_FROM_PART * THRESHOLD_KW_M2[tank.vessel]
    return ("cool",) if endangered else ()


def farm_tasks(
    farm: FarmSpec,
    now: Sequence[TankState],
    worn_first: Sequence[int],
    danger: Callable[[Tank], bool],
    *,
    dike_burns: bool,
) -> tuple[Task, ...]:
    """Return cooling for what burns or is endangered, foam for what burns, a watch and a blanket after knock-down.

    Parameters
    ----------
    now
        How each tank of the farm is.
    worn_first
        Numbers of the sound tanks, the one that fails first first.
    danger
        Whether a vessel may burst beside a tank.
    dike_burns
        Whether what burns in the dike must be put out before any tank is attacked.
    """
    by, crew = farm.cooling_capability, farm.aim_crew
    pairs = list(zip(farm.tanks, now, strict=True))
    on_fire = [(tank, state) for tank, state in pairs if state.on_fire]
    quiet = not on_fire and not dike_burns
    sound = [farm.tanks[i] for i in worn_first if called_for(farm.tanks[i], now[i], quiet=quiet)]
    down = [tank for tank, state in pairs if state.status == "down"]
    cooling = [cooling_task(t, by, crew, on_fire=False, danger=danger(t)) for t in sound]
    cooling += [cooling_task(t, by, crew, on_fire=True, danger=danger(t)) for t, _ in on_fire]
    if quiet:
        detailed = farm.watch_capability != farm.cooling_capability
        topping = farm.watch_capability if detailed else farm.foam_capability
        cooling += [watch_task(t, farm.watch_capability, crew, danger=danger(t)) for t in down]
        foam = [blanket_task(t, "topup", topping, crew, danger=danger(t)) for t in down]
    else:
        cooling += [cooling_task(t, by, crew, on_fire=False, danger=danger(t)) for t in down]
        foam = [blanket_task(t, "blanket", farm.foam_capability, crew, danger=danger(t)) for t in down]
    if dike_burns:
        foam += [dike_task(farm.dike_fire_m2, farm.foam_capability, crew, farm.foam_margin, farm.foam_after)]
    else:
        foam += [
            foam_task(t, farm.foam_capability, crew, farm.foam_margin, farm.foam_after, state.attacks)
            for t, state in on_fire[: farm.foam_at_once]
        ]
    water = (water_task(farm.main_l_s),) if (cooling or foam) and farm.main_l_s > 0 else ()
    return (*water, *cooling, *foam)
