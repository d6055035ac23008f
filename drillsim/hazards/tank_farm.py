"""A tank farm on fire: heat weakens neighbours, water gives time, foam ends it, and it may light again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Final, Literal

import numpy as np
from pydantic import Field

from drillsim.base import portable
from drillsim.base.clock import SAME_MOMENT_S
from drillsim.base.geodesy import moved, offsets_m
from drillsim.base.quantities import Share
from drillsim.hazards.base import Hazard, Intervention
from drillsim.hazards.release.blast_casualties import BlastCasualties, after, people_around
from drillsim.hazards.release.farm_spec import FarmSpec
from drillsim.hazards.release.farm_words import WORDS
from drillsim.hazards.release.leak_tasks import water_task
from drillsim.hazards.release.surroundings import exclusion_of, point_at, surroundings
from drillsim.hazards.release.tank_explosions import burst_of, hit_by, walls_m
from drillsim.hazards.release.tank_tasks import cooling_task, foam_task, watch_task
from drillsim.hazards.release.tanks import STATUSES, Tank, TankState, heat_around_kw_m2, heat_kw_m2
from drillsim.language import Term
from drillsim.physics.air import pressure_pa
from drillsim.physics.blast.explosion import Explosion, lethal_m
from drillsim.physics.fire.domino import THRESHOLD_KW_M2, VOLUME, net_heat_kw_m2, time_to_failure_s
from drillsim.physics.fire.point_source import FIREBALL_MASS
from drillsim.physics.fire.pool_fire import RADIATING
from drillsim.world.advisory import Advisory
from drillsim.world.exclusion import Exclusion
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.references import NodeRef
from drillsim.world.task import Task
from drillsim.world.weather import Weather
from drillsim.world.world import World

LATE_S: Final = 1e-3
"""The signal to withdraw from a vessel is given at once where it is due this soon (numerical tolerance). [s]"""
PUBLIC_KW_M2: Final = 1.6
"""Heat that does people no harm for long. Source: API 521 (knowledge). [kW/m²]"""
NOBODY_KW_M2: Final = 6.3
"""Heat in which people in gear can act for a minute at most. Source: API 521 (knowledge). [kW/m²]"""
WITHDRAW_S: Final = 600.0
"""A vessel that may burst within this time makes everybody withdraw (assumption). [s]"""
COOL_FROM_PART: Final = 1.0 / 3.0
"""Neighbours are cooled from this part of the heat that breaks them (assumption)."""


@dataclass(frozen=True, slots=True)
class _Farm:
    t_s: float
    tanks: tuple[TankState, ...]
    wind_m_s: float
    from_deg: float
    halt_until_s: float
    origin: tuple[float, float]
    """Latitude and longitude from which positions count."""
    outside_pa: float
    people: BlastCasualties
    explosions: tuple[Explosion, ...] = ()
    caught: int = 0
    """People at work whom an explosion caught where it kills."""


class TankFarm(FarmSpec, Hazard):
    """Tanks that burn, heat each other, fail unless they are cooled in time, and light again if left too early.

    It calls for tasks as things go: cooling for each tank on fire and each that heat endangers, a foam attack for each
    on fire, a cover after knock-down until the tank is cold.
    """

    words = {
        "title": Term("Burning tanks", "罐区火灾"),
        "about": Term(__doc__, "储罐燃烧并烘烤邻罐；冷却不及时则失效，撤离过早则复燃。"),
        "value.content_m3": Term("content left [m³]", "剩余储量 [立方米]"),
        "value.heat_mw": Term("heat release [MW]", "热释放速率 [兆瓦]"),
        "value.responders_caught": Term("responders caught", "受困救援人员"),
        "value.tanks_burning": Term("tanks burning", "着火储罐数"),
        "value.tanks_down": Term("tanks down", "损毁储罐数"),
        **WORDS,
    }

    needs_separate_crews: ClassVar[bool] = True

    kind: Literal["tank_farm"] = "tank_farm"
    """Tanks that set each other on fire."""
    node: NodeRef
    """Place on the road network from which the tanks' positions count."""
    luck: tuple[Annotated[float, Field(gt=0)], ...] = ()
    """For each tank, a factor on the time it stands heat; 1 if left out."""
    blast_luck: tuple[Share, ...] = ()
    """For each tank, how lucky it is in a blast, 0 to 1; 0.5 if left out."""

    @classmethod
    def example(cls) -> TankFarm:
        """Return two tanks, of which one burns."""
        alike = {"north_m": 0, "diameter_m": 30, "substance": "xylene", "content_m3": 900}
        tanks = [{"id": "t0", "east_m": 0, **alike}, {"id": "t1", "east_m": 45, **alike}]
        return cls(id="tanks", node="village", tanks=tanks, burning=["t0"])

    # --- the course -------------------------------------------------------------------------------------

    def begin(self, t_s: float, world: World) -> _Farm:
        """Return the state at the start: what burns, and what the first blast breaks."""
        tanks = tuple(TankState("burning" if t.id in self.burning else "sound", t.content_m3) for t in self.tanks)
        weather, blast = world.weather, self.first_blast
        origin = point_at(world.ground, self.node, 0.0, 0.0)
        elevation_m = float(np.nan_to_num(world.ground.elevation_m[world.ground.row(self.node)]))
        state = _Farm(
            t_s, tanks, weather.wind_ms, weather.wind_from_deg, t_s, origin, float(pressure_pa(elevation_m)),
            people_around(self.settlements, world.ground, origin),
        )  # fmt: skip
        first = [] if blast is None else [Explosion(*moved(origin, blast.east_m, blast.north_m), blast.tnt_kg)]
        return self._warm(self._hit(replace(state, explosions=tuple(first)), first))

    def stage(self, state: _Farm) -> str:
        """Return ``burning``, ``knocked_down``, ``out`` or ``burnt_out``."""
        if any(tank.on_fire for tank in state.tanks):
            return "burning"
        if any(tank.status == "down" for tank in state.tanks):
            return "knocked_down"
        return "out" if any(tank.status == "out" for tank in state.tanks) else "burnt_out"

    def next_change_s(self, state: _Farm) -> float:
        """Return when the next tank fails, is knocked down, burnt out, cold or alight again. [s after STARTEX]"""
        halt = state.halt_until_s if state.halt_until_s > state.t_s else math.inf
        ends_s = (state.t_s + self._left_s(i, tank) for i, tank in enumerate(state.tanks))
        return min(halt, self._signal_s(state), *ends_s)

    def advance(self, state: _Farm, t_s: float) -> _Farm:
        """Let every tank whose time has come become what it then is."""
        state = self._until(state, t_s)
        due = [self._left_s(i, tank) <= SAME_MOMENT_S for i, tank in enumerate(state.tanks)]
        tanks = tuple(self._next(i, tank) if due[i] else tank for i, tank in enumerate(state.tanks))
        burst = [i for i, tank in enumerate(tanks) if due[i] and tank.status == "burst"]
        return self._warm(self._hit(*self._burst(replace(state, tanks=tanks), burst)))

    def explosions(self, state: _Farm) -> tuple[Explosion, ...]:
        """Return the first explosion and those of vessels that have burst."""
        return state.explosions

    def hit_by(self, state: _Farm, t_s: float, explosion: Explosion) -> _Farm:
        """Let an explosion elsewhere break tanks and harm people."""
        return self._warm(self._hit(self._until(state, t_s), [explosion]))

    def intervene(self, state: _Farm, t_s: float, intervention: Intervention) -> _Farm:
        """Let water or foam go on or off a tank."""
        number = self._target(intervention)
        if number is None:
            return state
        crew = 0 if intervention.phase == "end" else intervention.people
        on = crew > 0
        state = self._until(state, t_s)
        tank = state.tanks[number]
        if intervention.name == "foam_on":
            done = tank.foam_s >= self.tanks[number].foam_s - SAME_MOMENT_S
            new = replace(tank, foam_on=on, foam_crew=crew, foam_s=tank.foam_s if on or done else 0.0)
            if tank.on_fire:
                new = replace(new, status="foamed" if on else "burning")
        else:
            new = replace(tank, cooled=on, cooling_crew=crew)
        tanks = (*state.tanks[:number], new, *state.tanks[number + 1 :])
        return self._warm(replace(state, tanks=tanks))

    def weather_changed(self, state: _Farm, t_s: float, weather: Weather) -> _Farm:
        """Let the wind tilt the flames another way."""
        state = self._until(state, t_s)
        return self._warm(replace(state, wind_m_s=weather.wind_ms, from_deg=weather.wind_from_deg))

    # --- what it calls for ------------------------------------------------------------------------------

    def tasks(self, state: _Farm, incident: str) -> tuple[Task, ...]:
        """Return cooling for what burns or is endangered, foam for what burns, a cover for what was knocked down."""
        del incident
        pairs = [(i, self.tanks[i], now) for i, now in enumerate(state.tanks)]
        endangered = [
            (self._left_s(i, now), tank)
            for i, tank, now in pairs
            if now.status == "sound" and now.kw_m2 >= COOL_FROM_PART * THRESHOLD_KW_M2[tank.vessel]
        ]
        by, crew = self.cooling_capability, self.aim_crew
        first = [
            cooling_task(tank, by, crew, on_fire=False, danger=self._danger(state, tank))
            for _, tank in sorted(endangered, key=lambda pair: pair[0])
        ]
        hot = [
            cooling_task(tank, by, crew, on_fire=True, danger=self._danger(state, tank))
            for _, tank, now in pairs
            if now.on_fire
        ]
        hot += [
            watch_task(tank, self.watch_capability, crew, danger=self._danger(state, tank))
            for _, tank, now in pairs
            if now.status == "down"
        ]
        water = (water_task(self.main_l_s),) if (first or hot) and self.main_l_s > 0 else ()
        attacked = [tank for _, tank, now in pairs if now.on_fire][: self.foam_at_once]
        foam = [foam_task(t, self.foam_capability, crew, self.foam_margin, self.foam_after) for t in attacked]
        return (*water, *first, *hot, *foam)

    def holds_open(self, state: _Farm, incident: str) -> bool:
        """Return whether anything burns or may light again."""
        del incident
        return any(tank.on_fire or tank.status == "down" for tank in state.tanks)

    def releases_idle_units(self, state: _Farm, incident: str) -> bool:
        """Return whether nothing burns any more and only those detailed for it stay to watch."""
        del incident
        return self.watch_capability != self.cooling_capability and not any(tank.on_fire for tank in state.tanks)

    def withdrawal_signal(self, state: _Farm) -> bool:
        """Return whether a vessel may burst within ten minutes, or just has."""
        return state.t_s < state.halt_until_s or bool(self._about_to_burst(state))

    def exclusion(self, state: _Farm, ground: NetworkArrays) -> Exclusion:
        """Return the zones on roads and places: the public out of 1.6 kW/m², everybody out of 6.3.

        Everybody keeps, or gets, out of where a vessel kills that may burst within ten minutes.
        """
        fires = [spec for spec, now in zip(self.tanks, state.tanks, strict=True) if now.on_fire]
        vessels = self._about_to_burst(state)
        if not fires and not vessels:
            return Exclusion()
        near = surroundings(ground, self.node, 0.0, 0.0, 3000.0)
        east, north = near.points.east_m, near.points.north_m
        heat = np.zeros(len(east))
        for spec in fires:
            heat += heat_around_kw_m2(near.points, spec.east_m, spec.north_m, spec.diameter_m)
        grades = (heat > PUBLIC_KW_M2).astype(np.int8) + 2 * (heat > NOBODY_KW_M2).astype(np.int8)
        soon = grades
        for spec in vessels:
            explosion = burst_of(spec, spec.content_m3, (0.0, 0.0), state.outside_pa)
            deadly = portable.hypot(east - spec.east_m, north - spec.north_m) <= lethal_m(explosion)
            soon = np.maximum(soon, 3 * deadly.astype(np.int8))
        return exclusion_of(ground, near, grades, soon)

    def people(self, state: _Farm) -> Mapping[str, int]:
        """Return everybody around by state; nothing if nobody is."""
        return state.people.headcount() if self.settlements else {}

    def measures(self, state: _Farm, t_s: float) -> Mapping[str, float]:
        """Return how many tanks burn, are down or lost, what they give off, and how each one is."""
        del t_s
        fires = [spec for spec, now in zip(self.tanks, state.tanks, strict=True) if now.on_fire]
        by_tank = {
            f"tank_{spec.id.replace('-', '_')}": float(STATUSES.index(now.status))
            for spec, now in zip(self.tanks, state.tanks, strict=True)
        }
        return {
            "tanks_burning": float(len(fires)),
            "tanks_down": float(sum(now.status == "down" for now in state.tanks)),
            "tanks_lost": float(sum(now.status != "sound" for now in state.tanks)),
            "heat_mw": sum(spec.heat_mw for spec in fires),
            "responders_caught": float(state.caught),
            "content_m3": sum(now.content_m3 for now in state.tanks),
            **by_tank,
        }

    def advisories(self, state: _Farm) -> tuple[Advisory, ...]:
        """Return what lies outside the valid range of a formula."""
        advisories = [
            advisory
            for t in self.tanks
            for advisory in (*RADIATING.advisories(t.diameter_m), *VOLUME.advisories(t.volume_m3))
        ]
        for explosion in state.explosions:
            advisories += FIREBALL_MASS.advisories(explosion.fireball_kg) if explosion.fireball_kg > 0 else ()
        if state.caught:
            advisories.append(Advisory.of("people_caught", people=state.caught))
        return tuple(dict.fromkeys(advisories))

    # --- inside ---------------------------------------------------------------------------------------------

    def _hit(self, state: _Farm, explosions: list[Explosion]) -> _Farm:
        """Let explosions happen, and those of the vessels that they burst."""
        luck = np.array(self.luck or (1.0,) * len(self.tanks))
        blast_luck = np.array(self.blast_luck or (0.5,) * len(self.tanks))
        while explosions:
            explosion, *explosions = explosions
            east_m, north_m = map(float, offsets_m(state.origin, explosion.lat_deg, explosion.lon_deg))
            away = walls_m(self.tanks, east_m, north_m)
            tanks, caught = hit_by(self.tanks, state.tanks, explosion, away, luck, blast_luck)
            burst = [
                i for i, (before, now) in enumerate(zip(state.tanks, tanks, strict=True))
                if now.status == "burst" != before.status
            ]  # fmt: skip
            people = after(state.people, explosion, east_m, north_m)
            state = replace(state, tanks=tanks, caught=state.caught + caught, people=people)
            state, more = self._burst(state, burst)
            explosions += more
        return state

    def _burst(self, state: _Farm, numbers: list[int]) -> tuple[_Farm, list[Explosion]]:
        """Empty vessels that have burst; return the explosions that they make."""
        tanks, explosions = list(state.tanks), []
        for i in numbers:
            spec = self.tanks[i]
            at = moved(state.origin, spec.east_m, spec.north_m)
            explosions.append(burst_of(spec, tanks[i].content_m3, at, state.outside_pa))
            tanks[i] = replace(tanks[i], content_m3=0.0)
        halt = state.t_s + WITHDRAW_S if numbers else state.halt_until_s
        made = (*state.explosions, *explosions)
        return replace(state, tanks=tuple(tanks), explosions=made, halt_until_s=halt), explosions

    def _about_to_burst(self, state: _Farm) -> list[Tank]:
        return [
            spec for i, (spec, now) in enumerate(zip(self.tanks, state.tanks, strict=True))
            if spec.vessel == "pressurised" and now.status == "sound" and self._left_s(i, now) <= WITHDRAW_S + LATE_S
        ]  # fmt: skip

    def _danger(self, state: _Farm, tank: Tank) -> bool:
        """Return whether a vessel that bursts would kill at the wall of a tank."""
        return any(
            walls_m((tank,), v.east_m, v.north_m)[0]
            <= lethal_m(burst_of(v, v.content_m3, (0.0, 0.0), state.outside_pa))
            for v in self.tanks
            if v.vessel == "pressurised"
        )

    def _signal_s(self, state: _Farm) -> float:
        """Return when the signal to withdraw is next due. [s after STARTEX]"""
        left = [
            self._left_s(i, now) - WITHDRAW_S for i, (spec, now) in enumerate(zip(self.tanks, state.tanks, strict=True))
            if spec.vessel == "pressurised" and now.status == "sound"
        ]  # fmt: skip
        return state.t_s + min((s for s in left if s > LATE_S), default=math.inf)

    def _warm(self, state: _Farm) -> _Farm:
        """Work out the heat on every tank anew."""
        on_fire = np.array([tank.on_fire for tank in state.tanks])
        heat = heat_kw_m2(self.tanks, on_fire, state.wind_m_s, state.from_deg)
        tanks = tuple(replace(tank, kw_m2=float(kw)) for tank, kw in zip(state.tanks, heat, strict=True))
        return replace(state, tanks=tanks)

    def _net_kw_m2(self, number: int, tank: TankState) -> float:
        spec = self.tanks[number]
        film = spec.fixed_cooling_l_min_m2 + (spec.film_l_min_m2 if tank.cooled else 0.0)
        return float(net_heat_kw_m2(tank.kw_m2, film))

    def _damage_1_s(self, number: int, tank: TankState) -> float:
        spec = self.tanks[number]
        net = self._net_kw_m2(number, tank)
        if tank.status != "sound" or net < THRESHOLD_KW_M2[spec.vessel]:
            return 0.0
        luck = self.luck[number] if self.luck else 1.0
        return 1.0 / (luck * float(time_to_failure_s(net, spec.volume_m3, spec.vessel)))

    def _left_s(self, number: int, tank: TankState) -> float:
        """Return how long a tank stays as it is if nothing else changes. [s]"""
        spec = self.tanks[number]
        if tank.status == "sound":
            rate = self._damage_1_s(number, tank)
            return (1.0 - tank.damage) / rate if rate > 0 else math.inf
        if tank.on_fire:
            burnt = tank.content_m3 / spec.burns_m3_s if spec.burns_m3_s > 0 else math.inf
            return min(burnt, spec.foam_s - tank.foam_s) if tank.foam_on else burnt
        if tank.status == "down":
            return tank.hot * self.cold_after_s if tank.cooled else self.reignite_s - tank.uncooled_s
        return math.inf

    def _next(self, number: int, tank: TankState) -> TankState:
        """Return what a tank whose time has come becomes."""
        spec = self.tanks[number]
        if tank.status == "sound":
            return replace(tank, status="burst" if spec.vessel == "pressurised" else "burning", damage=1.0)
        if tank.status == "down":
            if tank.cooled:
                return replace(tank, status="out", hot=0.0, cooled=False)
            return replace(tank, status="burning", foam_s=0.0, hot=0.0, uncooled_s=0.0)
        if tank.content_m3 <= spec.burns_m3_s * SAME_MOMENT_S:
            return replace(tank, status="burnt_out", content_m3=0.0, foam_on=False, cooled=False)
        return replace(tank, status="down", foam_on=False, cooled=False, hot=1.0, uncooled_s=0.0)

    def _until(self, state: _Farm, t_s: float) -> _Farm:
        past_s = t_s - state.t_s
        if past_s <= 0:
            return state
        tanks = tuple(self._aged(i, tank, past_s) for i, tank in enumerate(state.tanks))
        return replace(state, t_s=t_s, tanks=tanks)

    def _aged(self, number: int, tank: TankState, past_s: float) -> TankState:
        if tank.status == "sound":
            return replace(tank, damage=min(1.0, tank.damage + past_s * self._damage_1_s(number, tank)))
        if tank.on_fire:
            left = max(0.0, tank.content_m3 - past_s * self.tanks[number].burns_m3_s)
            return replace(tank, content_m3=left, foam_s=tank.foam_s + (past_s if tank.foam_on else 0.0))
        if tank.status == "down" and tank.cooled:
            return replace(tank, hot=max(0.0, tank.hot - past_s / self.cold_after_s))
        if tank.status == "down":
            return replace(tank, uncooled_s=tank.uncooled_s + past_s)
        return tank

    def _target(self, intervention: Intervention) -> int | None:
        heads = {"foam_on": ("foam",), "water_on": ("cool", "watch")}
        head, _, name = intervention.task.partition("-")
        if head not in heads.get(intervention.name, ()):
            return None
        return next((i for i, tank in enumerate(self.tanks) if tank.id == name), None)
