"""A tank farm on fire: heat weakens neighbours, water gives time, foam may end it, and a hot tank lights again."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, ClassVar, Final, Literal

import numpy as np
from pydantic import Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from drillsim.base.clock import SAME_MOMENT_S
from drillsim.base.geodesy import moved, offsets_m
from drillsim.base.quantities import Share
from drillsim.hazards.base import Hazard, Intervention
from drillsim.hazards.release.blast_casualties import BlastCasualties, after, people_around
from drillsim.hazards.release.farm_spec import FarmSpec
from drillsim.hazards.release.farm_tasks import called_for, farm_tasks
from drillsim.hazards.release.farm_words import WORDS
from drillsim.hazards.release.farm_zones import farm_exclusion
from drillsim.hazards.release.surroundings import point_at
from drillsim.hazards.release.tank_course import TankCourse
from drillsim.hazards.release.tank_explosions import burst_of, hit_by, walls_m
from drillsim.hazards.release.tank_tasks import DIKE, DIKE_S
from drillsim.hazards.release.tanks import (
    STATUSES,
    Tank,
    TankState,
    heat_kw_m2,
    still_worked_at,
)
from drillsim.language import Term
from drillsim.physics.air import pressure_pa, pressure_ratio
from drillsim.physics.blast.explosion import Explosion, lethal_m
from drillsim.physics.fire.domino import VOLUME
from drillsim.physics.fire.point_source import FIREBALL_MASS
from drillsim.physics.fire.pool_fire import RADIATING
from drillsim.world.advisory import Advisory
from drillsim.world.exclusion import Exclusion
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.references import NodeRef
from drillsim.world.task import Task
from drillsim.world.weather import Weather
from drillsim.world.world import World

Luck = Annotated[float, Field(ge=1e-3, le=1e3)]
"""A factor that is drawn."""
LATE_S: Final = 1e-3
"""The signal to withdraw from a vessel is given at once where it is due this soon (numerical tolerance). [s]"""
WITHDRAW_S: Final = 600.0
"""A vessel that may burst within this time makes everybody withdraw (assumption). [s]"""


@dataclass(frozen=True, slots=True)
class _Farm:
    t_s: float
    tanks: tuple[TankState, ...]
    wind_m_s: float
    from_deg: float
    air_c: float
    halt_until_s: float
    origin: tuple[float, float]
    """Latitude and longitude from which positions count."""
    outside_pa: float
    people: BlastCasualties
    explosions: tuple[Explosion, ...] = ()
    caught: int = 0
    """People at work whom an explosion caught where it kills."""
    dike_burns: bool = False
    dike_crew: int = 0
    dike_s: float = 0.0
    """How long foam has been put on the dike without a break."""


class TankFarm(FarmSpec, Hazard):
    """Tanks that burn, heat each other, fail unless they are cooled in time, and light again if left too early.

    It calls for tasks as things go: cooling for each tank on fire and each that heat endangers, a foam attack for each
    on fire, a watch and a blanket of foam after knock-down until the tank is cold. An attack that was kept up for its
    time fails if its rate was less than this fire takes; the next is a task of its own. A blanket of foam that nobody
    renews decays, and the tank lights again if it is still hot.
    """

    words = {
        "title": Term("Burning tanks", "罐区火灾"),
        "about": Term(__doc__, "储罐燃烧并烘烤邻罐；冷却不及时则失效；泡沫进攻可能失败，泡沫层破坏后高温罐体复燃。"),
        "value.content_m3": Term("content left [m³]", "剩余储量 [立方米]"),
        "value.heat_mw": Term("heat release [MW]", "热释放速率 [兆瓦]"),
        "value.attacks_failed": Term("foam attacks that failed", "失败的泡沫进攻次数"),
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
    luck: tuple[Luck, ...] = ()
    """For each tank, a factor on the time it stands heat; 1 if left out."""
    blast_luck: tuple[Share, ...] = ()
    """For each tank, how lucky it is in a blast, 0 to 1; 0.5 if left out."""
    foam_luck: tuple[tuple[Luck, ...], ...] = ()
    """For each tank, a factor on the foam that each attack takes, one after the other; 1 if left out."""
    blanket_luck: tuple[tuple[Luck, ...], ...] = ()
    """For each tank, a factor on the life of the blanket that each attack leaves; 1 if left out."""

    @field_validator("luck", "blast_luck", "foam_luck", "blanket_luck")
    @classmethod
    def _one_for_each_tank(cls, given: tuple[object, ...], info: ValidationInfo) -> tuple[object, ...]:
        tanks = info.data.get("tanks", given)
        if given and len(given) != len(tanks):
            values = {"given": len(given), "tanks": len(tanks)}
            raise PydanticCustomError("luck_for_each_tank", "luck of {given} for {tanks} tanks", values)
        return given

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
            t_s, tanks, weather.wind_ms, weather.wind_from_deg, weather.temperature_c, t_s, origin,
            float(pressure_pa(elevation_m)), people_around(self.settlements, world.ground, origin),
            dike_burns=self.dike_fire_m2 > 0,
        )  # fmt: skip
        at = None if blast is None else moved(origin, blast.east_m, blast.north_m)
        air = pressure_ratio(elevation_m)
        first = [] if blast is None or at is None else [Explosion(*at, blast.tnt_kg, air=air)]
        return self._warm(self._hit(replace(state, explosions=tuple(first)), first))

    def stage(self, state: _Farm) -> str:
        """Return ``burning``, ``knocked_down``, ``out`` or ``burnt_out``."""
        if state.dike_burns or any(tank.on_fire for tank in state.tanks):
            return "burning"
        if any(tank.status == "down" for tank in state.tanks):
            return "knocked_down"
        return "out" if any(tank.status == "out" for tank in state.tanks) else "burnt_out"

    def next_change_s(self, state: _Farm) -> float:
        """Return when the next tank fails, an attack ends, one is burnt out, cold or alight again. [s after STARTEX]"""
        halt = state.halt_until_s if state.halt_until_s > state.t_s else math.inf
        dike = state.t_s + self._dike_left_s(state)
        ends_s = (state.t_s + self._left_s(i, state) for i in range(len(self.tanks)))
        return min(halt, dike, self._signal_s(state), *ends_s)

    def advance(self, state: _Farm, t_s: float) -> _Farm:
        """Let every tank whose time has come become what it then is."""
        state = self._until(state, t_s)
        if self._dike_left_s(state) <= SAME_MOMENT_S:
            state = replace(state, dike_burns=False, dike_crew=0, dike_s=0.0)
        due = [self._left_s(i, state) <= SAME_MOMENT_S for i in range(len(self.tanks))]
        tanks = tuple(self._course(i, state).next(tank) if due[i] else tank for i, tank in enumerate(state.tanks))
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
        crew = 0 if intervention.phase == "end" else intervention.people
        if intervention.name == "foam_on" and intervention.task == DIKE:
            state = self._until(state, t_s)
            return replace(state, dike_crew=crew, dike_s=state.dike_s if crew > 0 else 0.0)
        number = self._target(state, intervention)
        if number is None:
            return state
        state = self._until(state, t_s)
        tank, on = state.tanks[number], crew > 0
        by = intervention.task.partition("-")[0] if on else ""
        if intervention.name == "foam_on":
            done = tank.foam_s >= self.tanks[number].foam_s - SAME_MOMENT_S
            new = replace(tank, foam_on=on, foam_crew=crew, foam_s=tank.foam_s if on or done else 0.0)
            if tank.on_fire:
                new = replace(new, status="foamed" if on else "burning")
        elif intervention.name == "blanket_on":
            new = replace(tank, covered_by=by, cover_crew=crew)
        else:
            new = replace(tank, cooled_by=by, cooling_crew=crew)
        tanks = (*state.tanks[:number], new, *state.tanks[number + 1 :])
        return self._warm(replace(state, tanks=tanks))

    def weather_changed(self, state: _Farm, t_s: float, weather: Weather) -> _Farm:
        """Let the wind tilt the flames another way and wear blankets of foam faster or slower."""
        state = self._until(state, t_s)
        wind = replace(state, wind_m_s=weather.wind_ms, from_deg=weather.wind_from_deg, air_c=weather.temperature_c)
        return self._warm(wind)

    # --- what it calls for ------------------------------------------------------------------------------

    def tasks(self, state: _Farm, incident: str) -> tuple[Task, ...]:
        """Return cooling for what burns or is endangered, foam for what burns, a watch over what was knocked down."""
        del incident
        worn = sorted((self._left_s(i, state), i) for i, now in enumerate(state.tanks) if now.status == "sound")
        return farm_tasks(
            self, state.tanks, [i for _, i in worn], lambda tank: self._danger(state, tank), dike_burns=state.dike_burns
        )

    def holds_open(self, state: _Farm, incident: str) -> bool:
        """Return whether anything burns or may light again."""
        del incident
        return state.dike_burns or any(tank.on_fire or tank.status == "down" for tank in state.tanks)

    def releases_idle_units(self, state: _Farm, incident: str) -> bool:
        """Return whether nothing burns any more and only those detailed for it stay to watch."""
        del incident
        return self.watch_capability != self.cooling_capability and self.stage(state) != "burning"

    def withdrawal_signal(self, state: _Farm) -> bool:
        """Return whether a vessel may burst within ten minutes, or just has."""
        return state.t_s < state.halt_until_s or bool(self._about_to_burst(state))

    def exclusion(self, state: _Farm, ground: NetworkArrays) -> Exclusion:
        """Return the zones on roads and places: the public out of 1.6 kW/m², everybody out of 6.3.

        Everybody keeps, or gets, out of where a vessel kills that may burst within ten minutes.
        """
        fires = [spec for spec, now in zip(self.tanks, state.tanks, strict=True) if now.on_fire]
        return farm_exclusion(ground, self.node, fires, self._about_to_burst(state), state.outside_pa)

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
            "attacks_failed": float(sum(now.failed for now in state.tanks)),
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
            if spec.vessel == "pressurised" and now.status == "sound" and self._left_s(i, state) <= WITHDRAW_S + LATE_S
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
            self._left_s(i, state) - WITHDRAW_S
            for i, (spec, now) in enumerate(zip(self.tanks, state.tanks, strict=True))
            if spec.vessel == "pressurised" and now.status == "sound"
        ]  # fmt: skip
        return state.t_s + min((s for s in left if s > LATE_S), default=math.inf)

    def _warm(self, state: _Farm) -> _Farm:
        """Work out the heat on every tank anew, and whose task there is over."""
        on_fire = np.array([tank.on_fire for tank in state.tanks])
        heat = heat_kw_m2(self.tanks, on_fire, state.wind_m_s, state.from_deg)
        tanks = tuple(replace(tank, kw_m2=float(kw)) for tank, kw in zip(state.tanks, heat, strict=True))
        quiet = self.stage(state) != "burning"
        kept = (
            still_worked_at(tank, called_for(spec, tank, quiet=quiet))
            for spec, tank in zip(self.tanks, tanks, strict=True)
        )
        return replace(state, tanks=tuple(kept))

    def _course(self, number: int, state: _Farm) -> TankCourse:
        """Return what decides how a tank goes on."""
        return TankCourse(
            self.tanks[number], self, state.wind_m_s, state.air_c,
            self.luck[number] if self.luck else 1.0,
            self.foam_luck[number] if self.foam_luck else (),
            self.blanket_luck[number] if self.blanket_luck else (),
        )  # fmt: skip

    def _left_s(self, number: int, state: _Farm) -> float:
        """Return how long a tank stays as it is if nothing else changes. [s]"""
        return self._course(number, state).left_s(state.tanks[number])

    def _dike_left_s(self, state: _Farm) -> float:
        return max(0.0, DIKE_S - state.dike_s) if state.dike_burns and state.dike_crew > 0 else math.inf

    def _until(self, state: _Farm, t_s: float) -> _Farm:
        past_s = t_s - state.t_s
        if past_s <= 0:
            return state
        tanks = tuple(self._course(i, state).aged(tank, past_s) for i, tank in enumerate(state.tanks))
        dike_s = state.dike_s + (past_s if state.dike_crew > 0 else 0.0)
        return replace(state, t_s=t_s, tanks=tanks, dike_s=dike_s)

    def _target(self, state: _Farm, intervention: Intervention) -> int | None:
        """Return which tank a task acts on; none if it is one of an attack that is over."""
        head, _, name = intervention.task.partition("-")
        number = next((i for i, tank in enumerate(self.tanks) if tank.id == name), None)
        if number is None:
            return None
        quiet = self.stage(state) != "burning"
        return number if head in called_for(self.tanks[number], state.tanks[number], quiet=quiet) else None
