"""What a tank farm calls for, in order: cooling of what is endangered first, foam on the dike before any tank."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from drillsim.hazards.release.farm_spec import FarmSpec
from drillsim.hazards.release.leak_tasks import water_task
from drillsim.hazards.release.tank_tasks import cooling_task, cover_task, dike_task, foam_task, watch_task
from drillsim.hazards.release.tanks import Tank, TankState
from drillsim.world.task import Task


def farm_tasks(
    farm: FarmSpec,
    now: Sequence[TankState],
    endangered: Sequence[Tank],
    danger: Callable[[Tank], bool],
    *,
    dike_burns: bool,
) -> tuple[Task, ...]:
    """Return cooling for what burns or is endangered, foam for what burns, a watch and a cover after knock-down.

    Parameters
    ----------
    now
        How each tank of the farm is.
    endangered
        Sound tanks that heat wears down, the one that fails first first.
    danger
        Whether a vessel may burst beside a tank.
    dike_burns
        Whether what burns in the dike must be put out before any tank is attacked.
    """
    by, crew = farm.cooling_capability, farm.aim_crew
    on_fire = [(tank, state) for tank, state in zip(farm.tanks, now, strict=True) if state.on_fire]
    down = [tank for tank, state in zip(farm.tanks, now, strict=True) if state.status == "down"]
    cooling = [cooling_task(t, by, crew, on_fire=False, danger=danger(t)) for t in endangered]
    cooling += [cooling_task(t, by, crew, on_fire=True, danger=danger(t)) for t, _ in on_fire]
    cooling += [watch_task(t, farm.watch_capability, crew, danger=danger(t)) for t in down]
    detailed = farm.watch_capability != farm.cooling_capability
    covering = farm.watch_capability if detailed else farm.foam_capability
    foam = [cover_task(t, covering, crew, danger=danger(t)) for t in down]
    if dike_burns:
        foam += [dike_task(farm.dike_fire_m2, farm.foam_capability, crew, farm.foam_margin, farm.foam_after)]
    else:
        foam += [
            foam_task(t, farm.foam_capability, crew, farm.foam_margin, farm.foam_after, state.attacks)
            for t, state in on_fire[: farm.foam_at_once]
        ]
    water = (water_task(farm.main_l_s),) if (cooling or foam) and farm.main_l_s > 0 else ()
    return (*water, *cooling, *foam)
