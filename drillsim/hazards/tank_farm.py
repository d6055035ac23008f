"""A tank farm on fire: heat weakens neighbours, water gives time, foam ends it, and it may light again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Final, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.conditions import Weather
from drillsim.ground import Ground
from drillsim.hazards import Hazard, Intervention
from drillsim.hazards.blast import overpressure_kpa
from drillsim.hazards.domino import (
    THRESHOLD_KW_M2,
    VOLUME,
    blast_failure_part,
    net_heat_kw_m2,
    time_to_failure_s,
)
from drillsim.hazards.exclusion import Exclusion
from drillsim.hazards.foam import CONCENTRATE_PART
from drillsim.hazards.leak_tasks import FOAM, LONG_S, WATER, water_task
from drillsim.hazards.pool_fire import RADIATING, radiation_kw_m2
from drillsim.hazards.surroundings import exclusion_of, surroundings
from drillsim.hazards.tanks import STATUSES, Tank, TankState, heat_kw_m2
from drillsim.hazards.valid_range import Array
from drillsim.references import NodeRef, unknown_reference
from drillsim.tasks import Task
from drillsim.units import Capability, Duration, Model, Positive, Seconds, Share, Text
from drillsim.world import World

SAME_S: Final = 1e-6
PUBLIC_KW_M2: Final = 1.6
"""Heat that does people no harm for long. Source: API 521 (knowledge). [kW/m²]"""
NOBODY_KW_M2: Final = 6.3
"""Heat in which people in gear can act for a minute at most. Source: API 521 (knowledge). [kW/m²]"""
WITHDRAW_S: Final = 600.0
"""A vessel that may burst within this time makes everybody withdraw (assumption). [s]"""
MONITOR_L_S: Final = 40.0
"""Flow of one portable or vehicle monitor (assumption: 40 L/s; usual ones give 30 to 80)."""
MONITOR_CREW: Final = 3
"""People at one monitor and its lines (assumption)."""
COOL_FROM_PART: Final = 1.0 / 3.0
"""Neighbours are cooled from this part of the heat that breaks them (assumption)."""


class FirstBlast(Model):
    """An explosion at the beginning, given by the TNT that would make the same blast."""

    tnt_kg: Annotated[float, Field(gt=0, le=1e7, json_schema_extra={"unit": "kg"})]
    """Equivalent mass."""
    east_m: Annotated[float, Field(ge=-5000, le=5000, json_schema_extra={"unit": "m"})] = 0.0
    """Where, east of the hazard's place."""
    north_m: Annotated[float, Field(ge=-5000, le=5000, json_schema_extra={"unit": "m"})] = 0.0
    """Where, north of it."""


@dataclass(frozen=True, slots=True)
class _Farm:
    t_s: float
    tanks: tuple[TankState, ...]
    wind_m_s: float
    from_deg: float
    bursts: int
    halt_until_s: float


class FarmSpec(Model):
    """Tanks, what burns at first, and how it is dealt with."""

    tanks: Annotated[tuple[Tank, ...], Field(min_length=1, max_length=100)]
    """The tanks."""
    burning: Annotated[tuple[str, ...], Field(max_length=100)] = ()
    """Those on fire from the start."""
    first_blast: FirstBlast | None = None
    """Explosion at the start; tanks that it breaks burn."""
    reignite_s: Annotated[Seconds, Field(gt=0)] = 10_800.0
    """A tank that was knocked down lights again when it is left uncooled for this long (Gulei 2015: 3 h, found)."""
    cold_after_s: Annotated[Seconds, Field(gt=0)] = 21_600.0
    """Cooling after which it cannot (GB 50160: 4 to 6 h; knowledge)."""
    main_l_s: Annotated[float, Field(ge=0, le=10_000, json_schema_extra={"unit": "L/s"})] = 300.0
    """Water that one unit brings from mains or open water while it is needed; 0 for none (assumption: 300 L/s)."""
    foam_capability: Capability = "foam"
    """What a foam attack takes."""
    cooling_capability: Capability = "fire_attack"
    """What cooling takes."""
    foam_after: Annotated[tuple[str, ...], Field(max_length=20)] = ()
    """Tasks of the incident before which no foam attack begins: reconnaissance …"""
    foam_margin: Annotated[float, Field(ge=1, le=10)] = 1.0
    """Factor on the least foam rate (1 is NFPA 11; large fires have taken much more)."""
    watch_capability: Capability = "fire_attack"
    """What it takes to keep a tank cooled after knock-down; ``fire_watch`` if only those detailed for it stay."""
    foam_at_once: Positive = 1
    """Tanks that are attacked with foam at the same time, in the order of the list: foam is kept together."""
    aim_crew: Positive = MONITOR_CREW
    """People at one monitor."""

    @model_validator(mode="after")
    def _names_fit(self) -> Self:
        known = [tank.id for tank in self.tanks]
        for name in known:
            if known.count(name) > 1:
                raise PydanticCustomError("duplicate_id", "the id '{name}' stands more than once", {"name": name})
        for name in self.burning:
            if name not in known:
                raise unknown_reference("tank", name, set(known))
        return self


class TankFarm(FarmSpec, Hazard):
    """Tanks that burn, heat each other, fail unless they are cooled in time, and light again if left too early.

    It calls for tasks as things go: cooling for each tank on fire and each that heat endangers, a foam attack for each
    on fire, a cover after knock-down until the tank is cold.
    """

    people_of_their_own: ClassVar[bool] = True

    kind: Literal["tank_farm"] = "tank_farm"
    """Tanks that set each other on fire."""
    node: NodeRef
    """Place on the road network from which the tanks' positions count."""
    luck: tuple[Annotated[float, Field(gt=0)], ...] = ()
    """For each tank, a factor on the time it stands heat; 1 if left out."""
    blast_luck: tuple[Share, ...] = ()
    """For each tank, how lucky it is in a blast, 0 to 1; 0.5 if left out."""

    # --- the course -------------------------------------------------------------------------------------

    def begin(self, t_s: float, world: World) -> _Farm:
        """Return the state at the start: what burns, and what the first blast breaks."""
        broken = self._broken()
        tanks = tuple(
            TankState("burning" if tank.id in self.burning or hit else "sound", tank.content_m3)
            for tank, hit in zip(self.tanks, broken, strict=True)
        )
        weather = world.weather
        return self._warm(_Farm(t_s, tanks, weather.wind_ms, weather.wind_from_deg, 0, t_s))

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
        return min(halt, *(state.t_s + self._left_s(i, tank) for i, tank in enumerate(state.tanks)))

    def advance(self, state: _Farm, t_s: float) -> _Farm:
        """Let every tank whose time has come become what it then is."""
        state = self._until(state, t_s)
        tanks, bursts, halt = list(state.tanks), state.bursts, state.halt_until_s
        for i, tank in enumerate(state.tanks):
            if self._left_s(i, tank) > SAME_S:
                continue
            tanks[i] = self._next(i, tank)
            if tanks[i].status == "burst":
                bursts, halt = bursts + 1, t_s + WITHDRAW_S
        return self._warm(replace(state, tanks=tuple(tanks), bursts=bursts, halt_until_s=halt))

    def intervene(self, state: _Farm, t_s: float, intervention: Intervention) -> _Farm:
        """Let water or foam go on or off a tank."""
        number = self._target(intervention)
        if number is None:
            return state
        on = intervention.phase != "end" and intervention.people > 0
        state = self._until(state, t_s)
        tank = state.tanks[number]
        if intervention.name == "foam_on":
            done = tank.foam_s >= self.tanks[number].foam_s - SAME_S
            new = replace(tank, foam_on=on, foam_s=tank.foam_s if on or done else 0.0)
            if tank.on_fire:
                new = replace(new, status="foamed" if on else "burning")
        else:
            new = replace(tank, cooled=on)
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
        first = [self._cooling(tank, on_fire=False) for _, tank in sorted(endangered, key=lambda pair: pair[0])]
        hot = [self._cooling(tank, on_fire=True) for _, tank, now in pairs if now.on_fire]
        hot += [self._watch(tank) for _, tank, now in pairs if now.status == "down"]
        water = (water_task(self.main_l_s),) if (first or hot) and self.main_l_s > 0 else ()
        attacked = [tank for _, tank, now in pairs if now.on_fire][: self.foam_at_once]
        return (*water, *first, *hot, *map(self._foam, attacked))

    def holds_open(self, state: _Farm, incident: str) -> bool:
        """Return whether anything burns or may light again."""
        del incident
        return any(tank.on_fire or tank.status == "down" for tank in state.tanks)

    def lets_go(self, state: _Farm, incident: str) -> bool:
        """Return whether nothing burns any more and only those detailed for it stay to watch."""
        del incident
        return self.watch_capability != self.cooling_capability and not any(tank.on_fire for tank in state.tanks)

    def halts_work(self, state: _Farm) -> bool:
        """Return whether a vessel may burst within ten minutes, or just has."""
        if state.t_s < state.halt_until_s:
            return True
        return any(
            spec.vessel == "pressurised" and now.status == "sound" and self._left_s(i, now) < WITHDRAW_S
            for i, (spec, now) in enumerate(zip(self.tanks, state.tanks, strict=True))
        )

    def exclusion(self, state: _Farm, ground: Ground) -> Exclusion:
        """Return the zones of heat on roads and places: the public out of 1.6 kW/m², everybody out of 6.3."""
        fires = [spec for spec, now in zip(self.tanks, state.tanks, strict=True) if now.on_fire]
        if not fires:
            return Exclusion()
        near = surroundings(ground, self.node, 0.0, 0.0, 3000.0)
        east, north = near.points.east_m, near.points.north_m
        heat = np.zeros(len(east))
        for spec in fires:
            heat += radiation_kw_m2(spec.diameter_m, np.hypot(east - spec.east_m, north - spec.north_m))
        grades = (heat > PUBLIC_KW_M2).astype(np.int8) + 2 * (heat > NOBODY_KW_M2).astype(np.int8)
        return exclusion_of(ground, near, grades, grades)

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
            "content_m3": sum(now.content_m3 for now in state.tanks),
            **by_tank,
        }

    def notes(self, state: _Farm) -> tuple[str, ...]:
        """Return what lies outside the valid range of a formula."""
        del state
        notes = (RADIATING.notes(t.diameter_m) + VOLUME.notes(t.volume_m3) for t in self.tanks)
        return tuple(dict.fromkeys(note for of_tank in notes for note in of_tank))

    # --- inside ---------------------------------------------------------------------------------------------

    def _broken(self) -> Array:
        blast = self.first_blast
        if blast is None:
            return np.zeros(len(self.tanks), dtype=bool)
        away = np.array([math.hypot(t.east_m - blast.east_m, t.north_m - blast.north_m) for t in self.tanks])
        kpa = overpressure_kpa(blast.tnt_kg, np.maximum(away, 1.0))
        chance = np.array([float(blast_failure_part(p, t.vessel)) for p, t in zip(kpa, self.tanks, strict=True)])
        luck = np.array(self.blast_luck or (0.5,) * len(self.tanks))
        return np.asarray(luck < chance)

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
        if tank.content_m3 <= spec.burns_m3_s * SAME_S:
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

    def _cooling(self, tank: Tank, *, on_fire: bool) -> Task:
        flow = tank.cooling_l_s(on_fire=on_fire)
        crew = self.aim_crew * max(1, math.ceil(flow / MONITOR_L_S))
        return Task(
            id=f"cool-{tank.id}", title=Text(en=f"Cool tank {tank.id}", zh=f"冷却储罐 {tank.id}"),
            capabilities=(self.cooling_capability,), min_crew=crew, work=Duration(mean_s=LONG_S),
            uses={WATER: flow}, intervention="water_on",
        )  # fmt: skip

    def _watch(self, tank: Tank) -> Task:
        flow = tank.cooling_l_s(on_fire=False)
        crew = self.aim_crew * max(1, math.ceil(flow / MONITOR_L_S))
        return Task(
            id=f"watch-{tank.id}", title=Text(en=f"Keep tank {tank.id} cooled", zh=f"监护冷却储罐 {tank.id}"),
            capabilities=(self.watch_capability,), min_crew=crew, work=Duration(mean_s=LONG_S), uses={WATER: flow},
            intervention="water_on",
        )  # fmt: skip

    def _foam(self, tank: Tank) -> Task:
        flow = tank.solution_l_s * self.foam_margin
        crew = self.aim_crew * max(1, math.ceil(flow / MONITOR_L_S))
        return Task(
            id=f"foam-{tank.id}", title=Text(en=f"Foam on tank {tank.id}", zh=f"储罐 {tank.id} 泡沫灭火"),
            capabilities=(self.foam_capability,), min_crew=crew, work=Duration(mean_s=LONG_S),
            after=self.foam_after,
            uses={FOAM: CONCENTRATE_PART * flow, WATER: (1.0 - CONCENTRATE_PART) * flow}, danger=True,
            intervention="foam_on",
        )  # fmt: skip
