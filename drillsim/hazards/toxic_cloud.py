"""A release of a toxic substance: where its cloud goes, which zones it makes, whom it harms."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Final, Literal

import numpy as np
from numpy.typing import NDArray

from drillsim.base import portable
from drillsim.base.clock import SAME_MOMENT_S, clock_hour
from drillsim.base.quantities import Share
from drillsim.hazards.base import Hazard, Intervention
from drillsim.hazards.release.cloud_spec import CloudSpec
from drillsim.hazards.release.leak import Outflow, outflow
from drillsim.hazards.release.plumes import carried_on
from drillsim.hazards.release.surroundings import exclusion_of, place_offsets_m, point_at, surroundings
from drillsim.hazards.release.toxic_casualties import Doses, harm, headcount, leave_at_s, no_doses, spread_m, take_up
from drillsim.language import Term
from drillsim.physics.air import Stability, kg_m3, stability_class
from drillsim.physics.gas.cloud import (
    Points,
    Segment,
    at_points_kg_m3,
    farthest_of_m,
    range_advisories,
)
from drillsim.physics.gas.toxicity import aegl_ppm
from drillsim.physics.validity import Array
from drillsim.world.advisory import Advisory
from drillsim.world.exclusion import Exclusion
from drillsim.world.incompatibility import Incompatibility
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.references import NodeRef
from drillsim.world.task import Task
from drillsim.world.weather import Weather
from drillsim.world.world import World

AHEAD_S: Final = 900.0
"""Units keep out of where the cloud will be within this time if the wind stays (assumption). [s]"""
MOMENTS_AHEAD: Final = 15
"""At so many moments of that time it is looked where a cloud that drifts off will be (numerical)."""
LOOK_S: Final = 60.0
LOOK_PART: Final = 0.2
"""Zones are looked at again after a minute, or a fifth of the time since wind or leak changed (numerical). [s], [-]"""
DOSE_STEP_S: Final = 60.0
LEAST_STEPS: Final = 12
"""Doses are taken up in steps of a minute at most, and in twelve at least between two looks (numerical): a cloud of a
few seconds passes within the first minute, and takes longer the farther it has drifted. [s], [-]"""
FARTHEST_M: Final = 30_000.0
"""Roads and places beyond this are not looked at (numerical bound). [m]"""
SAME_PART: Final = 1e-9
"""A pool of less than this part of what leaks is rounding (numerical tolerance)."""
EXPLOSIVE_PART: Final = 0.1
"""Part of the lower flammable limit above which nobody goes in. Source: HazmatIQ, 10 % (found)."""
BATCH_S: Final = 1800.0
"""Injured people are brought to the decontamination point in batches, one in this time at most (assumption). [s]"""
NOBODY: Final = 3
"""Grade of an exclusion that nobody may enter, by definition."""
HARMLESS_KG_M3: Final = 1e-12
"""So little gas harms nobody, of any substance: a millionth of a milligram in a cubic metre (assumption). [kg/m³]"""
KNOWN: Final = ("leak_plugged", "valve_closed", "transferred", "water_curtain", "people_warned", "pool_covered")


@dataclass(frozen=True, slots=True, eq=False)
class _Cloud:
    startex: datetime
    settled_at: Points
    """Where the people are: (n_settlements · COHORTS,)."""
    weather: Weather
    began_s: float
    t_s: float
    out: Outflow
    segments: tuple[Segment, ...]
    spilt_kg: float
    pool_kg: float
    stage: Literal["leaking", "held", "evaporating", "drifting", "gone"]
    curtain: float
    doses: Doses
    warned_s: Array
    batches: tuple[int, ...] = ()
    """Injured people for whom decontamination and care have been called for, by batch."""
    batch_s: float = -math.inf


def _once_stopped(state: _Cloud) -> Literal["evaporating", "drifting"]:
    """Return the stage of a leak that nothing leaves any more: what lies on the ground still evaporates."""
    return "evaporating" if state.pool_kg > 0.0 and state.out.pool_kg_s > 0.0 else "drifting"


def _mg_m3_per_ppm(out: Outflow) -> float:
    e = out.emission
    return 1e6 * float(kg_m3(1.0, e.substance.molar_kg, e.elevation_m, e.air_k))


class ToxicCloud(CloudSpec, Hazard):
    """A leak whose cloud drifts with the wind, shuts roads and places to whoever is not protected, and harms people.

    Zones: warm above AEGL-2 for 60 minutes, hot above IDLH or AEGL-3 if that is lower, closed to everybody above a
    tenth of the lower flammable limit. They move when the weather does.
    """

    words = {
        "title": Term("Toxic cloud", "有毒气云"),
        "about": Term(__doc__, "有毒气云随风扩散，未着防护者不得进入所及道路和地点，并造成人员伤亡。"),
        "field.stability": Term("Stability class", "大气稳定度"),
        "field.drainage": Term("Drainage flow", "山谷泄流"),
        "field.averaging_s": Term("Averaging time", "平均时间"),
        "field.curtain_part": Term("Part that a curtain takes out", "水幕削减比例"),
        "field.step_s": Term("Longest step", "最大步长"),
        "field.from_deg": Term("From direction", "来向"),
        "field.wind_m_s": Term("Speed of the flow", "泄流风速"),
        "field.below_m_s": Term("Only below wind of", "背景风速上限"),
        "value.airborne_kg_s": Term("into the air [kg/s]", "逸散量 [千克/秒]"),
        "value.cloud_from_deg": Term("cloud comes from [°]", "云团来向 [度]"),
        "value.cloud_wind_ms": Term("wind in the cloud [m/s]", "云团风速 [米/秒]"),
        "value.warm_reach_m": Term("reach of the warm zone [m]", "温区范围 [米]"),
        "value.hot_reach_m": Term("reach of the hot zone [m]", "热区范围 [米]"),
        "value.spilt_kg": Term("spilt [kg]", "泄漏量 [千克]"),
        "value.stability": Term("stability class", "大气稳定度"),
        "value.held": Term("held by a water curtain", "水幕控制"),
        "value.evaporating": Term("evaporating", "液池蒸发"),
        "value.drifting": Term("drifting off", "气云飘散"),
        "value.people_warned": Term("people warned", "群众预警"),
        "error.not_toxic": Term(
            "no toxic limits are known of '{substance}'; write one of: {known}",
            "物质“{substance}”没有毒性限值；可选：{known}",
        ),
        "error.wind_too_strong": Term(
            "wind of {wind} m/s is beyond what plumes of '{id}' were ever measured in; write at most {most} m/s",
            "风速 {wind} 米/秒，超出“{id}”气云模型的实测范围；最多写 {most} 米/秒",
        ),
    }

    needs_separate_crews: ClassVar[bool] = True

    kind: Literal["toxic_cloud"] = "toxic_cloud"
    """A toxic release and its cloud."""
    node: NodeRef
    """Place on the road network next to the leak."""
    luck: tuple[Share, ...] = ()
    """For each settlement, where fractions of people are rounded up; 0.5 if left out."""

    @classmethod
    def example(cls) -> ToxicCloud:
        """Return a small leak of chlorine beside a works."""
        return cls(
            id="cloud",
            node="village",
            leak={"substance": "chlorine", "stored_kg": 50, "hole_mm": 10},
            settlements=[{"id": "works", "node": "village", "people": 100}],
            step_s=900,
        )

    def incompatibilities(self, ground: NetworkArrays, weather: Weather) -> Iterator[Incompatibility]:
        """Yield why the cloud cannot be in this wind."""
        yield from self.wind_incompatibilities(self.id, weather)

    # --- the course -----------------------------------------------------------------------------------

    def begin(self, t_s: float, world: World) -> _Cloud:
        """Return the state when the leak begins."""
        weather = world.weather
        row = world.ground.row(self.node)
        wind_m_s, _, _ = self._wind(weather, world.hour(t_s))
        out = outflow(
            self.leak, air_c=weather.temperature_c, elevation_m=float(np.nan_to_num(world.ground.elevation_m[row])),
            wind_m_s=wind_m_s, terrain=self.terrain, averaging_s=self.averaging_s,
        )  # fmt: skip
        warned = np.array([t_s + s.warned_after_s for s in self.settlements])
        state = _Cloud(
            world.startex, self._settled_at(world.ground), weather, t_s, t_s, out, (), 0.0, 0.0, "leaking", 1.0,
            no_doses(len(self.settlements)), warned,
        )  # fmt: skip
        return self._blow(state)

    def stage(self, state: _Cloud) -> str:
        """Return ``leaking``, ``held`` (behind a curtain), ``evaporating`` (from a pool), ``drifting`` or ``gone``."""
        return state.stage

    def next_change_s(self, state: _Cloud) -> float:
        """Return when the tank is empty, the rate falls, or zones are looked at again. [s after STARTEX]"""
        if state.stage == "gone":
            return self._last_is_clear_s(state)
        since = max(
            (s.until_s if math.isfinite(s.until_s) else s.from_s for s in state.segments), default=state.began_s
        )
        look_s = min(self.step_s, max(LOOK_S, LOOK_PART * (state.t_s - since)))
        return min(state.t_s + look_s, self._part_ends_s(state))

    def advance(self, state: _Cloud, t_s: float) -> _Cloud:
        """Bring doses, spilt mass and plumes up to *t_s*."""
        state = self._with_batch(self._until(state, t_s))
        if state.stage in {"leaking", "held"} and state.out.empty(state.spilt_kg):
            return self._blow(replace(state, stage=_once_stopped(state)))
        if state.stage == "evaporating" and state.pool_kg <= 0.0:
            return self._blow(replace(state, stage="drifting"))
        if state.stage == "gone":
            return state
        if state.stage == "drifting" and self._gone(state):
            return replace(state, stage="gone", segments=())
        return self._blow(state)

    def intervene(self, state: _Cloud, t_s: float, intervention: Intervention) -> _Cloud:
        """Stop the leak, take part of the cloud out with water, or warn people."""
        if intervention.name not in KNOWN or state.stage == "gone":
            return state
        state = self._until(state, t_s)
        name, phase = intervention.name, intervention.phase
        runs = state.stage in {"leaking", "held"}
        if name in {"leak_plugged", "valve_closed", "transferred"} and phase == "end" and runs:
            return self._blow(replace(state, stage=_once_stopped(state)))
        if name == "water_curtain" and state.stage != "drifting":
            on = phase == "start" or (phase == "crew" and intervention.people > 0)
            part = 1.0 - self.curtain_part if on else 1.0
            stage = state.stage if not runs else "held" if on else "leaking"
            return self._blow(replace(state, curtain=part, stage=stage))
        if name == "people_warned" and phase == "start":
            told = t_s + np.array([s.told_after_s for s in self.settlements])
            return replace(state, warned_s=np.minimum(state.warned_s, told))
        return state

    def weather_changed(self, state: _Cloud, t_s: float, weather: Weather) -> _Cloud:
        """Let the plume turn: a new one begins, the old one drifts off."""
        if state.stage == "gone":
            return state
        return self._blow(replace(self._until(state, t_s), weather=weather))

    # --- what it calls for, and what others need to know -----------------------------------------------------

    def tasks(self, state: _Cloud, incident: str) -> tuple[Task, ...]:
        """Return what stops the leak while it runs, and care of the injured."""
        del incident
        to_stop = self.response.to_stop() if state.stage in {"leaking", "held"} else ()
        care = (self.response.for_injured(i, n) for i, n in enumerate(state.batches, start=1))
        return (*to_stop, *(task for tasks in care for task in tasks))

    def holds_open(self, state: _Cloud, incident: str) -> bool:
        """Return whether gas is about that still harms."""
        del incident
        return state.stage != "gone"

    def exclusion(self, state: _Cloud, ground: NetworkArrays) -> Exclusion:
        """Return the zones on roads and places: where the cloud is, and where it will be within 15 minutes."""
        if state.stage == "gone":
            return Exclusion()
        near = surroundings(ground, self.node, self.east_m, self.north_m, FARTHEST_M)
        now = self._grades(state, near.points, np.array([state.t_s]))
        soon = self._grades(state, near.points, state.t_s + self._ahead_s(state))
        if state.stage in {"leaking", "held"}:
            around = portable.hypot(near.points.east_m, near.points.north_m) <= self.isolation_m
            soon = np.maximum(soon, NOBODY * around.astype(np.int8))
        return exclusion_of(ground, near, now, np.asarray(np.maximum(now, soon), dtype=np.int8))

    def people(self, state: _Cloud) -> Mapping[str, int]:
        """Return everybody around by state."""
        dead, hurt = harm(state.doses, self.settlements, self.toxic)
        luck = np.array(self.luck or (0.5,) * len(self.settlements))
        return headcount(self.settlements, dead, hurt, state.warned_s, state.t_s, luck)

    def measures(self, state: _Cloud, t_s: float) -> Mapping[str, float]:
        """Return rate, wind and how far the zones reach."""
        rate = sum(s.rate_kg_s for s in state.segments if math.isinf(s.until_s))
        wind_m_s, from_deg, stability = self._wind(state.weather, clock_hour(state.startex, t_s))
        warm, hot, _ = self.levels_kg_m3(state.out)
        return {
            "airborne_kg_s": rate,
            "spilt_kg": state.spilt_kg,
            "cloud_wind_ms": wind_m_s,
            "cloud_from_deg": from_deg,
            "stability": float("ABCDEF".index(stability) + 1),
            "warm_reach_m": self._reach(state, warm, t_s),
            "hot_reach_m": self._reach(state, hot, t_s),
        }

    def advisories(self, state: _Cloud) -> tuple[Advisory, ...]:
        """Return what lies outside the valid range of a formula."""
        return state.out.advisories + range_advisories(state.out.emission, state.segments)

    def levels_kg_m3(self, out: Outflow) -> tuple[float, float, float]:
        """Return the concentrations from which a place is warm, hot, closed to everybody. [kg/m³]"""
        e = out.emission
        s = e.substance
        warm = aegl_ppm(self.toxic, 2) or self.toxic.erpg_ppm[1]
        hot = min(self.toxic.idlh_ppm, aegl_ppm(self.toxic, 3) or math.inf)
        closed = EXPLOSIVE_PART * s.flammable.lower_limit * 1e6 if s.flammable is not None else math.inf
        warm, hot = min(warm, hot), max(warm, hot)
        made = kg_m3(np.array([warm, hot, min(closed, 1e6)]), s.molar_kg, e.elevation_m, e.air_k)
        return float(made[0]), float(made[1]), float(made[2]) if math.isfinite(closed) else math.inf

    # --- inside --------------------------------------------------------------------------------------------

    def _wind(self, weather: Weather, hour: float) -> tuple[float, float, Stability]:
        if self.drainage is not None and self.drainage.flows(hour, weather.wind_ms, self.sky):
            return self.drainage.wind_m_s, self.drainage.from_deg, self.stability or "F"
        stability = self.stability or stability_class(weather.wind_ms, hour, self.sky, weather.temperature_c)
        return weather.wind_ms, weather.wind_from_deg, stability

    def _with_batch(self, state: _Cloud) -> _Cloud:
        """Call for care of those who were injured since the last batch, every half hour."""
        waiting = self.people(state)["injured"] - sum(state.batches) if self.settlements else 0
        if waiting <= 0 or state.t_s < state.batch_s + BATCH_S:
            return state
        return replace(state, batches=(*state.batches, waiting), batch_s=state.t_s)

    def _rate_kg_s(self, state: _Cloud) -> float:
        """Return what becomes cloud. [kg/s]"""
        if state.stage in {"drifting", "gone"}:
            return 0.0
        if state.stage == "evaporating":
            return state.out.pool_kg_s * state.curtain
        return state.out.after(state.spilt_kg).airborne_kg_s * state.curtain

    def _part_ends_s(self, state: _Cloud) -> float:
        """Return when the rate falls, or all has left the tank or the pool. [s after STARTEX]"""
        if state.stage == "evaporating":
            return max(state.t_s + SAME_MOMENT_S, state.t_s + state.pool_kg / state.out.pool_kg_s)
        part = state.out.after(state.spilt_kg)
        if state.stage not in {"leaking", "held"} or part.spill_kg_s <= 0:
            return math.inf
        return max(state.t_s + SAME_MOMENT_S, state.t_s + (part.until_kg - state.spilt_kg) / part.spill_kg_s)

    def _blow(self, state: _Cloud) -> _Cloud:
        """End the plume that goes on and begin another, if wind or rate are no longer what they were."""
        wind = self._wind(state.weather, clock_hour(state.startex, state.t_s))
        blown = carried_on(state.segments, self._rate_kg_s(state), wind, state.t_s, 2.0 * FARTHEST_M)
        return state if blown is state.segments else replace(state, segments=blown)

    def _last_is_clear_s(self, state: _Cloud) -> float:
        """Return when the last who leave are out of danger; ``inf`` if they are. [s after STARTEX]"""
        leave = leave_at_s(self.settlements, state.warned_s)
        clear = [t.max() + s.clear_s for t, s in zip(leave, self.settlements, strict=True) if np.isfinite(t).all()]
        last_s = max(clear, default=0.0)
        return last_s if last_s > state.t_s else math.inf

    def _gone(self, state: _Cloud) -> bool:
        warm = self.levels_kg_m3(state.out)[0]
        return self._reach(state, warm, state.t_s) == 0.0

    def _reach(self, state: _Cloud, level: float, t_s: float) -> float:
        return farthest_of_m(state.out.emission, state.segments, level, t_s)

    def _until(self, state: _Cloud, t_s: float) -> _Cloud:
        """Take up doses and spill until *t_s*."""
        if t_s <= state.t_s:
            return state
        spilling = state.stage in {"leaking", "held"}
        part = state.out.after(state.spilt_kg)
        rate = part.spill_kg_s if spilling else 0.0
        spilt = state.spilt_kg + rate * (t_s - state.t_s)
        pool = state.pool_kg + state.out.pool_grows_kg_s(state.spilt_kg, state.stage) * (t_s - state.t_s)
        doses = state.doses
        if self.settlements and state.segments:
            doses = take_up(
                doses, self.settlements, *self._outside(state, t_s), state.warned_s, self.toxic,
                _mg_m3_per_ppm(state.out),
            )  # fmt: skip
        pool = pool if pool > SAME_PART * state.out.leaves_kg else 0.0
        return replace(state, t_s=t_s, spilt_kg=min(spilt, state.out.leaves_kg), pool_kg=pool, doses=doses)

    def _outside(self, state: _Cloud, t_s: float) -> tuple[Array, Array]:
        steps = max(LEAST_STEPS, math.ceil((t_s - state.t_s) / DOSE_STEP_S))
        times = np.linspace(state.t_s, t_s, steps + 1)
        middle = 0.5 * (times[:-1] + times[1:])
        cloud = at_points_kg_m3(state.out.emission, state.segments, state.settled_at, middle, HARMLESS_KG_M3)
        return 1e6 * cloud.reshape(steps, len(self.settlements), -1), times

    def _settled_at(self, ground: NetworkArrays) -> Points:
        rows = [ground.row(s.node) for s in self.settlements]
        east, north = place_offsets_m(ground, point_at(ground, self.node, self.east_m, self.north_m))
        out_e, out_n = spread_m(self.settlements)
        return Points((east[rows][:, np.newaxis] + out_e).ravel(), (north[rows][:, np.newaxis] + out_n).ravel())

    def _ahead_s(self, state: _Cloud) -> Array:
        """Return after which times it is looked where the cloud will be: (n,). [s]

        A plume that goes on only grows. One that has ended drifts past a place in between.
        """
        if all(math.isinf(s.until_s) for s in state.segments):
            return np.array([AHEAD_S])
        return AHEAD_S * np.arange(1, MOMENTS_AHEAD + 1) / MOMENTS_AHEAD

    def _grades(self, state: _Cloud, points: Points, t_s: Array) -> NDArray[np.int8]:
        """Return the worst grade of each point over some moments: (n_points,)."""
        levels = self.levels_kg_m3(state.out)
        cloud = at_points_kg_m3(state.out.emission, state.segments, points, t_s, levels[0])
        grades = np.searchsorted(np.array(levels), np.asarray(cloud.max(axis=0)), side="left")
        return np.asarray(grades, dtype=np.int8)
