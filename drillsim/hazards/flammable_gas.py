"""A leak of flammable gas: a cloud that nobody may enter, that may light, explode and leave a jet fire."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, ClassVar, Final, Literal, Self

import numpy as np
from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from drillsim.base import portable
from drillsim.base.clock import SAME_MOMENT_S, clock_hour
from drillsim.base.geodesy import offsets_m
from drillsim.base.quantities import Model, Seconds, Share
from drillsim.hazards.base import Hazard, Intervention
from drillsim.hazards.release.blast_casualties import BlastCasualties, after, people_around
from drillsim.hazards.release.leak import Leak, Outflow, outflow
from drillsim.hazards.release.leak_tasks import LeakResponse
from drillsim.hazards.release.surroundings import exclusion_of, point_at, surroundings
from drillsim.hazards.release.toxic_casualties import Settlement
from drillsim.language import Term
from drillsim.physics.air import Sky, Stability, Terrain, kg_m3, pressure_ratio, stability_class
from drillsim.physics.blast.blast import INCIDENT, scaled_m, tnt_kg
from drillsim.physics.blast.explosion import Explosion
from drillsim.physics.fire.point_source import jet_length_m, radiation_kw_m2
from drillsim.physics.gas.centreline import GRID_M, LEAST_WIND_M_S, centreline
from drillsim.physics.gas.cloud import Points, Segment, at_points_kg_m3, range_advisories
from drillsim.physics.gas.substances import FLAMMABLE, Flammable
from drillsim.physics.validity import Array
from drillsim.world.advisory import Advisory
from drillsim.world.exclusion import Exclusion
from drillsim.world.incompatibility import Incompatibility
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.references import NodeRef
from drillsim.world.task import Task
from drillsim.world.weather import Weather
from drillsim.world.world import World

LOOK_S: Final = 300.0
HALT_S: Final = 600.0
"""Nobody goes in for so long after an explosion (assumption). [s]"""
KEEP_OUT_PART: Final = 0.1
"""Part of the lower flammable limit above which nobody goes in. Source: HazmatIQ, 10 % (found)."""
PUBLIC_KW_M2, NOBODY_KW_M2 = 1.6, 6.3
"""Heat for the public and for people in gear. Source: API 521 (knowledge). [kW/m²]"""
STOPS: Final = frozenset({"leak_plugged", "valve_closed", "transferred"})


class GasSpec(Model):
    """A leak of flammable gas, and when it lights."""

    east_m: Annotated[float, Field(ge=-5000, le=5000, json_schema_extra={"unit": "m"})] = 0.0
    """How far east of its place the leak is."""
    north_m: Annotated[float, Field(ge=-5000, le=5000, json_schema_extra={"unit": "m"})] = 0.0
    """How far north of it."""
    leak: Leak
    """What leaks, and how."""
    sky: Sky = "clear"
    """Cloud cover, for the stability of the air."""
    terrain: Terrain = "rural"
    """Whether houses stir up the air."""
    ignites_after_s: Seconds | None = None
    """When it meets a flame, from the start; never if left out."""
    blast_yield: Share = 0.04
    """Part of the heat of the cloud that goes into blast (0.03 to 0.10; knowledge)."""
    isolation_m: Annotated[float, Field(ge=0, le=2000, json_schema_extra={"unit": "m"})] = 300.0
    """No unit comes nearer than this on any side while it leaks unlit."""
    settlements: Annotated[tuple[Settlement, ...], Field(max_length=200)] = ()
    """People around; of their fields number, place, radius and the part outdoors count here."""
    response: LeakResponse = LeakResponse(curtain=False)
    """How it is dealt with."""

    @model_validator(mode="after")
    def _burns(self) -> Self:
        if self.leak.substance not in FLAMMABLE:
            known = ", ".join(sorted(FLAMMABLE))
            raise PydanticCustomError(
                "not_flammable", "not flammable", {"substance": self.leak.substance, "known": known}
            )
        return self

    @property
    def fuel(self) -> Flammable:
        """How it burns."""
        return FLAMMABLE[self.leak.substance]


@dataclass(frozen=True, slots=True)
class _Gas:
    t_s: float
    began_s: float
    stage: Literal["leaking", "burning", "over"]
    out: Outflow
    segment: Segment
    startex: datetime
    """For the clock, and with it the stability of the air."""
    origin: tuple[float, float]
    """Latitude and longitude of the leak."""
    people: BlastCasualties
    spilt_kg: float = 0.0
    tnt_kg: float = 0.0
    halt_until_s: float = 0.0
    inside: int = 0
    caught: int = 0
    explosions: tuple[Explosion, ...] = ()


class FlammableGas(GasSpec, Hazard):
    """A leak whose cloud nobody may enter above a tenth of the flammable limit; lit, it explodes and burns as a jet."""

    words = {
        "title": Term("Flammable gas", "可燃气云"),
        "about": Term(__doc__, "可燃气体泄漏：浓度超过爆炸下限十分之一处不得进入；遇火爆炸并形成喷射火。"),
        "field.ignites_after_s": Term("Lights after", "点燃时间"),
        "field.blast_yield": Term("Part of heat in the blast", "爆炸效率系数"),
        "value.airborne_gas_kg_s": Term("gas into the air [kg/s]", "气体逸散量 [千克/秒]"),
        "value.blast_tnt_kg": Term("blast, as TNT [kg]", "爆炸 TNT 当量 [千克]"),
        "value.caught_inside": Term("people caught inside", "爆炸时在内人员"),
        "value.flammable_kg": Term("flammable gas [kg]", "可燃气体量 [千克]"),
        "value.flammable_to_m": Term("flammable as far as [m]", "可燃范围 [米]"),
        "value.jet_flame_m": Term("jet flame [m]", "喷射火长度 [米]"),
        "value.over": Term("over", "泄漏终止"),
    }

    needs_separate_crews: ClassVar[bool] = True

    kind: Literal["flammable_gas"] = "flammable_gas"
    """A flammable release."""
    node: NodeRef
    """Place on the road network next to the leak."""

    @classmethod
    def example(cls) -> FlammableGas:
        """Return a leak of propane that lights after ten minutes, beside a works."""
        return cls(
            id="gas",
            node="village",
            leak={"substance": "propane", "stored_kg": 5000, "hole_mm": 20},
            ignites_after_s=600,
            settlements=[{"id": "works", "node": "village", "people": 100}],
        )

    def incompatibilities(self, ground: NetworkArrays, weather: Weather) -> Iterator[Incompatibility]:
        """Yield why the cloud cannot be in this wind."""
        if weather.wind_ms < LEAST_WIND_M_S:
            values = {"id": self.id, "wind": f"{weather.wind_ms:g}", "least": f"{LEAST_WIND_M_S:g}"}
            yield Incompatibility("wind_too_weak", values, of_weather=True)

    def begin(self, t_s: float, world: World) -> _Gas:
        """Return the state when the leak begins."""
        w, row = world.weather, world.ground.row(self.node)
        out = outflow(
            self.leak, air_c=w.temperature_c, elevation_m=float(np.nan_to_num(world.ground.elevation_m[row])),
            wind_m_s=w.wind_ms, terrain=self.terrain, averaging_s=18.0,
        )  # fmt: skip
        stability = stability_class(w.wind_ms, world.hour(t_s), self.sky, w.temperature_c)
        segment = self._segment(out.airborne_kg_s, t_s, w, stability)
        origin = point_at(world.ground, self.node, self.east_m, self.north_m)
        people = people_around(self.settlements, world.ground, origin)
        return _Gas(t_s, t_s, "leaking", out, segment, world.startex, origin, people)

    def stage(self, state: _Gas) -> str:
        """Return ``leaking``, ``burning`` (a jet fire) or ``over``."""
        return state.stage

    def next_change_s(self, state: _Gas) -> float:
        """Return when it lights, is empty, its rate falls, or its cloud is looked at again. [s after STARTEX]"""
        if state.stage == "over":
            return math.inf
        part = state.out.after(state.spilt_kg)
        ends = state.t_s + (part.until_kg - state.spilt_kg) / max(part.spill_kg_s, 1e-9)
        due = [ends, state.halt_until_s if state.halt_until_s > state.t_s else math.inf]
        if state.stage == "leaking":
            due.append(math.inf if self.ignites_after_s is None else state.began_s + self.ignites_after_s)
            settling = state.t_s - state.segment.from_s < 2 * LOOK_S
            due.append(state.t_s + LOOK_S if settling else math.inf)
        return max(min(due), state.t_s + SAME_MOMENT_S)

    def advance(self, state: _Gas, t_s: float) -> _Gas:
        """Let it light when it meets the flame, and end when there is no more."""
        state = self._until(state, t_s)
        if state.out.empty(state.spilt_kg):
            return replace(state, stage="over")
        rate = state.out.after(state.spilt_kg).airborne_kg_s
        state = replace(state, segment=replace(state.segment, rate_kg_s=rate))
        lights = None if self.ignites_after_s is None else state.began_s + self.ignites_after_s
        if state.stage == "leaking" and lights is not None and t_s >= lights - SAME_MOMENT_S:
            return self._lit(state)
        return state

    def intervene(self, state: _Gas, t_s: float, intervention: Intervention) -> _Gas:
        """Stop the leak; count who is at it."""
        if intervention.name not in STOPS or state.stage == "over":
            return state
        state = self._until(state, t_s)
        if intervention.phase == "end":
            return replace(state, stage="over", inside=0)
        return replace(state, inside=intervention.people)

    def weather_changed(self, state: _Gas, t_s: float, weather: Weather) -> _Gas:
        """Let the cloud lie along the new wind; what has left is soon below the limit (assumption)."""
        state = self._until(state, t_s)
        hour = clock_hour(state.startex, t_s)
        stability = stability_class(weather.wind_ms, hour, self.sky, weather.temperature_c)
        rate = state.out.after(state.spilt_kg).airborne_kg_s
        return replace(state, segment=self._segment(rate, t_s, weather, stability))

    def explosions(self, state: _Gas) -> tuple[Explosion, ...]:
        """Return its explosion, if it has lit."""
        return state.explosions

    def hit_by(self, state: _Gas, t_s: float, explosion: Explosion) -> _Gas:
        """Let an explosion elsewhere harm people, and light the leak if its fireball comes over it."""
        state = self._until(state, t_s)
        east_m, north_m = map(float, offsets_m(state.origin, explosion.lat_deg, explosion.lon_deg))
        state = replace(state, people=after(state.people, explosion, east_m, north_m))
        over_it = portable.hypot(east_m, north_m) <= explosion.radius_m
        return self._lit(state) if state.stage == "leaking" and over_it and explosion.radius_m > 0 else state

    def tasks(self, state: _Gas, incident: str) -> tuple[Task, ...]:
        """Return what stops the leak while it runs."""
        del incident
        return () if state.stage == "over" else self.response.to_stop()

    def holds_open(self, state: _Gas, incident: str) -> bool:
        """Return whether it leaks or burns."""
        del incident
        return state.stage != "over"

    def withdrawal_signal(self, state: _Gas) -> bool:
        """Return whether it has just exploded."""
        return state.t_s < state.halt_until_s

    def exclusion(self, state: _Gas, ground: NetworkArrays) -> Exclusion:
        """Keep everybody out of the cloud and the isolation distance, or of the heat of the jet."""
        if state.stage == "over":
            return Exclusion()
        near = surroundings(ground, self.node, self.east_m, self.north_m, 5000.0)
        away = np.maximum(portable.hypot(near.points.east_m, near.points.north_m), 1.0)
        if state.stage == "burning":
            heat = radiation_kw_m2(state.out.after(state.spilt_kg).spill_kg_s * self.fuel.heat_j_kg / 1000.0, away)
            grades = (heat > PUBLIC_KW_M2).astype(np.int8) + 2 * (heat > NOBODY_KW_M2).astype(np.int8)
            return exclusion_of(ground, near, grades, grades)
        limit = self._limit_kg_m3(state.out) * KEEP_OUT_PART
        now = 3 * (at_points_kg_m3(state.out.emission, (state.segment,), near.points, state.t_s, limit) > limit)
        soon = 3 * ((away <= self.isolation_m) | (self._steady(state, near.points, limit) > limit))
        return exclusion_of(ground, near, now.astype(np.int8), np.maximum(now, soon).astype(np.int8))

    def people(self, state: _Gas) -> Mapping[str, int]:
        """Return everybody around by state."""
        return state.people.headcount()

    def measures(self, state: _Gas, t_s: float) -> Mapping[str, float]:
        """Return rate, reach and mass of what can burn, the blast, the jet, and who was caught at the leak."""
        leaking, part = state.stage == "leaking", state.out.after(state.spilt_kg)
        return {
            "airborne_gas_kg_s": part.airborne_kg_s if leaking else 0.0,
            "flammable_to_m": self._reach_m(state) if leaking else 0.0,
            "flammable_kg": self._mass_kg(state, t_s) if leaking else 0.0,
            "blast_tnt_kg": state.tnt_kg,
            "jet_flame_m": float(jet_length_m(part.spill_kg_s, self.fuel.heat_j_kg))
            if state.stage == "burning"
            else 0.0,
            "caught_inside": float(state.caught),
        }

    def advisories(self, state: _Gas) -> tuple[Advisory, ...]:
        """Return what lies outside the valid range of a formula."""
        away = portable.hypot(state.people.east_m, state.people.north_m)
        blast = INCIDENT.advisories(scaled_m(state.tnt_kg, away)) if state.tnt_kg > 0 and self.settlements else ()
        return state.out.advisories + range_advisories(state.out.emission, (state.segment,)) + blast

    def _segment(self, rate_kg_s: float, t_s: float, weather: Weather, stability: Stability) -> Segment:
        return Segment(t_s, math.inf, rate_kg_s, weather.wind_ms, weather.wind_from_deg, stability)

    def _limit_kg_m3(self, out: Outflow) -> float:
        e = out.emission
        return float(kg_m3(1e6 * self.fuel.lower_limit, e.substance.molar_kg, e.elevation_m, e.air_k))

    def _steady(self, state: _Gas, points: Points, limit: float) -> Array:
        return at_points_kg_m3(state.out.emission, (state.segment,), points, state.segment.from_s + 1e6, limit)

    def _reach_m(self, state: _Gas) -> float:
        s = state.segment
        line = centreline(state.out.emission, s.rate_kg_s, s.wind_m_s, s.stability)
        above = np.flatnonzero(line.kg_m3 > self._limit_kg_m3(state.out))
        return float(GRID_M[above[-1]]) if above.size else 0.0

    def _mass_kg(self, state: _Gas, t_s: float) -> float:
        """Return how much gas is between the leak and where it is too thin to burn. [kg]"""
        crossing_s = self._reach_m(state) / max(state.segment.wind_m_s, LEAST_WIND_M_S)
        return state.segment.rate_kg_s * min(t_s - state.segment.from_s, crossing_s)

    def _until(self, state: _Gas, t_s: float) -> _Gas:
        past_s = max(0.0, t_s - state.t_s)
        spilt = state.spilt_kg + (0.0 if state.stage == "over" else state.out.after(state.spilt_kg).spill_kg_s * past_s)
        return replace(state, t_s=t_s, spilt_kg=min(spilt, state.out.leaves_kg))

    def _lit(self, state: _Gas) -> _Gas:
        """Explode what can burn, harm whom it reaches, and go on as a jet fire."""
        tnt = float(tnt_kg(self._mass_kg(state, state.t_s), self.fuel.heat_j_kg, self.blast_yield))
        explosion = Explosion(*state.origin, tnt, air=pressure_ratio(state.out.emission.elevation_m))
        lit = replace(state, stage="burning", tnt_kg=tnt, halt_until_s=state.t_s + HALT_S, caught=state.inside)
        return replace(lit, people=after(state.people, explosion, 0.0, 0.0), explosions=(*state.explosions, explosion))
