"""What an explosion does to tanks and to those who work at them, and what a tank that bursts does in turn."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import numpy as np

from drillsim.base import portable
from drillsim.hazards.release.tanks import Tank, TankState
from drillsim.physics.air import SEA_LEVEL_PA
from drillsim.physics.blast.explosion import Explosion, burst_tnt_kg
from drillsim.physics.fire.domino import THRESHOLD_KW_M2, blast_failure_part, net_heat_kw_m2, time_to_failure_s
from drillsim.physics.validity import Array

ENGULFED_KW_M2: Final = 100.0
"""Heat of a fireball in which an atmospheric tank fails at once. Source: Cozzani 2006 (knowledge)."""


def burst_of(tank: Tank, content_m3: float, at: tuple[float, float], outside_pa: float) -> Explosion:
    """Return the explosion of a vessel that bursts: all that is in it burns in the fireball."""
    mass_kg = content_m3 * tank.content.liquid_kg_m3
    tnt_kg = float(burst_tnt_kg(mass_kg, tank.content, outside_pa))
    return Explosion(*at, tnt_kg, mass_kg, tank.fuel.heat_j_kg, air=outside_pa / SEA_LEVEL_PA)


def walls_m(tanks: tuple[Tank, ...], east_m: float, north_m: float) -> Array:
    """Return how far the nearest wall of each tank is from a point. (n_tanks,) [m]"""
    return np.array([
        max(0.0, float(portable.hypot(t.east_m - east_m, t.north_m - north_m)) - 0.5 * t.diameter_m) for t in tanks
    ])  # fmt: skip


def hit_by(
    tanks: tuple[Tank, ...],
    now: tuple[TankState, ...],
    explosion: Explosion,
    away_m: Array,
    luck: Array,
    blast_luck: Array,
) -> tuple[tuple[TankState, ...], int]:
    """Return how the tanks are after an explosion, and how many at work beside them it caught.

    Parameters
    ----------
    tanks, now
        The tanks, and how each is.
    strike, away_m
        The explosion, and how far it is from each tank. (n_tanks,) [m]
    luck, blast_luck
        (n_tanks,) factor on the time each stands heat; share of blasts of one strength that it stands.

    Notes
    -----
    A sound tank breaks at once if the blast is above the threshold of its sort and its probit goes against it, or if
    heat has taken the rest of its strength by the end of the fireball; the same luck decides in every blast, so that
    a weaker one never breaks what a stronger one did not. Whoever works at a tank counts as standing at its wall
    (assumption), and as caught where one in a hundred dies.
    """
    kpa, heat, lethal = explosion.kpa(away_m), explosion.kw_m2(away_m), explosion.lethal(away_m)
    after = []
    for i, (tank, state) in enumerate(zip(tanks, now, strict=True)):
        hit = replace(state, cooling_crew=0, foam_crew=0, cover_crew=0) if lethal[i] else state
        if state.status == "sound":
            broken = blast_luck[i] < float(blast_failure_part(kpa[i], tank.blast_sort))
            damage = 1.0 if broken else min(1.0, state.damage + _heat_damage(tank, state, heat[i], explosion, luck[i]))
            hit = replace(hit, damage=damage)
            if damage >= 1.0:
                hit = replace(hit, status="burst" if tank.vessel == "pressurised" else "burning")
        after.append(hit)
    caught = sum(s.cooling_crew + s.foam_crew + s.cover_crew for s, dies in zip(now, lethal, strict=True) if dies)
    return tuple(after), caught


def _heat_damage(tank: Tank, state: TankState, kw_m2: float, explosion: Explosion, luck: float) -> float:
    """Return the part of its strength that the heat of a fireball takes from a tank."""
    film = tank.fixed_cooling_l_min_m2 + (tank.film_l_min_m2 if state.cooled else 0.0)
    net = float(net_heat_kw_m2(kw_m2, film))
    if net < THRESHOLD_KW_M2[tank.vessel]:
        return 0.0
    if tank.vessel == "atmospheric" and net >= ENGULFED_KW_M2:
        return 1.0
    return explosion.lasts_s / (luck * float(time_to_failure_s(net, tank.volume_m3, tank.vessel)))
