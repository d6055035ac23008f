"""How one tank goes on: it fails in heat, burns down, is put out or not, and lights again while it is hot."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.hazards.release.farm_spec import FarmSpec
from drillsim.hazards.release.tanks import Tank, TankState
from drillsim.physics.fire.domino import THRESHOLD_KW_M2, net_heat_kw_m2, time_to_failure_s
from drillsim.physics.fire.foam import needed_margin
from drillsim.physics.fire.reignition import blanket_life_s, cold_in_s, temperature_c
from drillsim.physics.fire.tank_fuels import TANK_FUELS


@dataclass(frozen=True, slots=True)
class TankCourse:
    """What decides how one tank goes on until something else changes."""

    tank: Tank
    farm: FarmSpec
    wind_m_s: float
    air_c: float
    luck: float = 1.0
    """Factor on the time for which it stands heat."""
    foam_luck: tuple[float, ...] = ()
    """Factor on the foam that each attack takes, one after the other and round again; 1 if left out."""
    blanket_luck: tuple[float, ...] = ()
    """Factor on the life of the blanket that each leaves."""

    def left_s(self, now: TankState) -> float:
        """Return how long it stays as it is if nothing else changes. [s]"""
        if now.status == "sound":
            rate = self._damage_1_s(now)
            return (1.0 - now.damage) / rate if rate > 0 else math.inf
        if now.on_fire:
            burnt = now.content_m3 / self.tank.burns_m3_s
            return min(burnt, max(0.0, self.tank.foam_s - now.foam_s)) if now.foam_on else burnt
        if now.status == "down":
            return min(self._cold_in_s(now), math.inf if now.covered else now.blanket * self._blanket_s(now))
        return math.inf

    def next(self, now: TankState) -> TankState:
        """Return what it becomes when its time has come."""
        if now.status == "sound":
            return replace(now, status="burst" if self.tank.vessel == "pressurised" else "burning", damage=1.0)
        if now.status == "down":
            cold = self._cold_in_s(now) <= SAME_MOMENT_S
            return replace(now, status="out" if cold else "burning", hot_c=0.0, blanket=0.0)
        over = replace(now, foam_on=False, foam_s=0.0, foam_crew=0)
        if now.content_m3 <= self.tank.burns_m3_s * SAME_MOMENT_S:
            return replace(over, status="burnt_out", content_m3=0.0)
        return self._after_attack(replace(over, attacks=now.attacks + 1))

    def aged(self, now: TankState, past_s: float) -> TankState:
        """Return it some time later, before its next change."""
        if now.status == "sound":
            return replace(now, damage=min(1.0, now.damage + past_s * self._damage_1_s(now)))
        if now.on_fire:
            left = max(0.0, now.content_m3 - past_s * self.tank.burns_m3_s)
            return replace(now, content_m3=left, foam_s=now.foam_s + (past_s if now.foam_on else 0.0))
        if now.status == "down":
            lost = 0.0 if now.covered else past_s / self._blanket_s(now)
            hot_c = temperature_c(now.hot_c, self.air_c, past_s, self._tau_s(now))
            return replace(now, hot_c=hot_c, blanket=max(0.0, now.blanket - lost))
        return now

    def _after_attack(self, now: TankState) -> TankState:
        """Return it after an attack that was kept up for its time: knocked down, or burning on as before."""
        luck = _of(self.foam_luck, now.attacks)
        if self.farm.foam_margin < needed_margin(luck, obstructed=self.tank.obstructed):
            return replace(now, status="burning", failed=now.failed + 1)
        return replace(now, status="down", hot_c=self.farm.hot_c, blanket=1.0)

    def _blanket_s(self, now: TankState) -> float:
        return _of(self.blanket_luck, now.attacks) * blanket_life_s(self.farm.blanket_s, self.wind_m_s)

    def _cold_in_s(self, now: TankState) -> float:
        return cold_in_s(now.hot_c, TANK_FUELS[self.tank.substance].autoignition_c, self.air_c, self._tau_s(now))

    def _tau_s(self, now: TankState) -> float:
        return self.farm.cooled_tau_s if now.cooled else self.farm.air_tau_s

    def _damage_1_s(self, now: TankState) -> float:
        film = self.tank.fixed_cooling_l_min_m2 + (self.tank.film_l_min_m2 if now.cooled else 0.0)
        net = float(net_heat_kw_m2(now.kw_m2, film))
        if now.status != "sound" or net < THRESHOLD_KW_M2[self.tank.vessel]:
            return 0.0
        return 1.0 / (self.luck * float(time_to_failure_s(net, self.tank.volume_m3, self.tank.vessel)))


def _of(luck: tuple[float, ...], attacks: int) -> float:
    """Return the luck of the latest attack."""
    return luck[(attacks - 1) % len(luck)] if luck else 1.0
