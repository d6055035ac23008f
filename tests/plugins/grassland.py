"""A grassland fire: hazard, scenario kind, words, advisory, metric and picture in one file, as an author writes one."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np
from pydantic import Field

from drillsim.base.plugin import Metric, Picture
from drillsim.base.quantities import Duration, Metres, Seconds
from drillsim.hazards import Hazard, Intervention
from drillsim.incidents import CallSettings, Incident, IncidentKind, Occurrence, Task
from drillsim.language import Term
from drillsim.trace.events import HazardMeasured
from drillsim.trace.trace import Trace
from drillsim.world.advisory import Advisory
from drillsim.world.exclusion import Exclusion
from drillsim.world.incompatibility import Incompatibility
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.weather import Weather
from drillsim.world.world import World

WIND_PART = 0.2
"""Spread of the head over wind speed in cured grass (Cruz, Alexander and Kilinc 2022, rule of thumb: 20 %)."""
MEASURED_WIND_M_S = 15.0
"""Wind up to which the rule of thumb was compared with fires (assumption of this example)."""
STEP_S = 600.0
LINE_OVER_HEAD = 2.2
"""Length of the burning line over the run of the head: an ellipse a third as wide as long (assumption)."""


@dataclass(frozen=True, slots=True)
class _Front:
    stage: Literal["running", "contained", "burnt_down"]
    at_s: float
    head_m: float
    """How far the head has run."""
    beaten_m: float
    """Line that crews have beaten out."""
    people: int
    """People who beat."""
    wind_m_s: float


def burnt_ha(trace: Trace) -> dict[str, float]:
    """Return, per hazard, the grass burnt by ENDEX. [ha]"""
    found: dict[str, float] = {}
    for event in trace.of(HazardMeasured):
        if "burnt_ha" in event.names:
            found[event.hazard] = event.values[event.names.index("burnt_ha")]
    return found


def front(trace: Trace) -> Iterator[dict[str, float | str]]:
    """Yield the length of the burning line."""
    for event in trace.of(HazardMeasured):
        if "front_m" in event.names:
            line_m = event.values[event.names.index("front_m")]
            yield {"h": event.t_s / 3600, "line_km": line_m / 1000, "hazard": event.hazard}


class GrasslandFront(Hazard):
    """A line of fire that runs with the wind through cured grass until it is beaten out.

    Every ten minutes the head has run a fifth of the way of the wind. Crews beat out line; when they have beaten all
    there is, the fire is contained.
    """

    words = {
        "title": Term("Grassland fire front", "草原火线"),
        "about": Term(__doc__, "火线随风蔓延，直至扑打完毕。"),
        "field.line_m_h": Term("Line beaten out per person and hour", "人均每小时扑打火线"),
        "field.grass_s": Term("Grass for", "可燃时长"),
        "value.running": Term("running", "蔓延"),
        "value.contained": Term("contained", "合围"),
        "value.burnt_down": Term("burnt down", "燃尽"),
        "value.front_m": Term("burning line [m]", "火线长度 [米]"),
        "value.burnt_ha": Term("burnt [ha]", "过火面积 [公顷]"),
        "task.beat-front": Term("Beat out the line", "扑打火线"),
        "error.front_without_wind": Term(
            "the grass needs wind to burn, at least {least} m/s", "风速至少 {least} 米/秒"
        ),
        "advisory.front_in_storm": Term(
            "wind {wind} m/s: faster than any front measured", "风速 {wind} 米/秒，超出实测火线"
        ),
        "metric.grass_burnt_ha": Term("Grass burnt", "过火草场面积"),
        "unit.ha": Term("ha", "公顷"),
        "picture.front": Term("Burning line", "火线变化"),
        "column.line_km": Term("Burning line [km]", "火线长度 [公里]"),
        "column.hazard": Term("Fire", "火场"),
    }
    metrics = {"grass_burnt_ha": Metric(burnt_ha, unit="ha")}
    pictures = {"front": Picture(front, x="h", y="line_km", colour="hazard", mark="line")}

    kind: Literal["grassland_front"] = "grassland_front"
    """A grassland fire front."""
    node: str
    """Place where it began."""
    line_m_h: Annotated[float, Field(gt=0, le=1000, json_schema_extra={"unit": "m/h"})] = 60.0
    """Line that one person beats out in an hour (assumption)."""
    grass_s: Seconds = 6 * 3600.0
    """For how long there is grass before it."""

    @classmethod
    def example(cls) -> GrasslandFront:
        """Return a front at the village."""
        return cls(id="front", node="village")

    def incompatibilities(self, ground: NetworkArrays, weather: Weather) -> Iterator[Incompatibility]:
        """Yield that there is no wind."""
        if weather.wind_ms < 1:
            yield Incompatibility("front_without_wind", {"least": 1}, of_weather=True)

    def begin(self, t_s: float, world: World) -> _Front:
        """Return a front that has not run yet."""
        return _Front("running", t_s, 0.0, 0.0, 0, world.weather.wind_ms)

    def stage(self, state: _Front) -> str:
        """Return ``running``, ``contained`` or ``burnt_down``."""
        return state.stage

    def next_change_s(self, state: _Front) -> float:
        """Return the end of the step."""
        return state.at_s + STEP_S if state.stage == "running" else math.inf

    def advance(self, state: _Front, t_s: float) -> _Front:
        """Let it run to *t_s*; contain it when as much line is beaten out as there is."""
        now = self._at(state, t_s)
        if now.beaten_m >= self._line_m(now) > 0:
            return replace(now, stage="contained")
        return replace(now, stage="burnt_down") if now.head_m >= self._farthest_m(now) else now

    def intervene(self, state: _Front, t_s: float, intervention: Intervention) -> _Front:
        """Beat out line with as many people as are at it."""
        if intervention.name != "beat_out" or state.stage != "running":
            return state
        return replace(self._at(state, t_s), people=intervention.people)

    def weather_changed(self, state: _Front, t_s: float, weather: Weather) -> _Front:
        """Run on with the new wind."""
        return replace(self._at(state, t_s), wind_m_s=weather.wind_ms) if state.stage == "running" else state

    def tasks(self, state: _Front, incident: str) -> tuple[Task, ...]:
        """Call for people to beat while it spreads."""
        if state.stage != "running":
            return ()
        work = Duration(mean_s=24 * 3600.0)
        crew = {"min_crew": 4, "useful_crew": 200}
        return (Task(id="beat-front", capabilities=("fire_attack",), work=work, intervention="beat_out", **crew),)

    def holds_open(self, state: _Front, incident: str) -> bool:
        """Return whether it still spreads."""
        return state.stage == "running"

    def exclusion(self, state: _Front, ground: NetworkArrays) -> Exclusion:
        """Return that nobody may be where the head passes in the next half hour, if that is not where it began."""
        if state.stage != "running":
            return Exclusion()
        return Exclusion(
            places=self._within(state.head_m, ground),
            places_ahead=self._within(state.head_m + 1800.0 * WIND_PART * state.wind_m_s, ground),
        )

    def advisories(self, state: _Front) -> tuple[Advisory, ...]:
        """Say that the wind is stronger than any that a front was measured in."""
        storm = state.wind_m_s > MEASURED_WIND_M_S
        return (Advisory.of("front_in_storm", wind=state.wind_m_s),) if storm else ()

    def measures(self, state: _Front, t_s: float) -> Mapping[str, float]:
        """Return the burning line and the area."""
        now = self._at(state, t_s) if state.stage == "running" else state
        burning_m = max(0.0, self._line_m(now) - now.beaten_m) if state.stage == "running" else 0.0
        return {"front_m": burning_m, "burnt_ha": math.pi / 4 * now.head_m * now.head_m / 3 / 1e4}

    def _at(self, state: _Front, t_s: float) -> _Front:
        passed_s = t_s - state.at_s
        head_m = min(self._farthest_m(state), state.head_m + WIND_PART * state.wind_m_s * passed_s)
        beaten_m = state.beaten_m + state.people * self.line_m_h * passed_s / 3600.0
        return replace(state, at_s=t_s, head_m=head_m, beaten_m=beaten_m)

    def _farthest_m(self, state: _Front) -> float:
        return WIND_PART * state.wind_m_s * self.grass_s

    @staticmethod
    def _line_m(state: _Front) -> float:
        return LINE_OVER_HEAD * state.head_m

    def _within(self, reach_m: float, ground: NetworkArrays) -> dict[str, int]:
        row = ground.row(self.node)
        east = (ground.lon_deg - ground.lon_deg[row]) * 111_195 * math.cos(math.radians(ground.lat_deg[row]))
        north = (ground.lat_deg - ground.lat_deg[row]) * 111_195
        away = np.hypot(east, north)
        return dict.fromkeys(ground.place_ids.names(np.flatnonzero((away > 0) & (away <= reach_m))), 3)


class GrasslandFire(CallSettings, IncidentKind):
    """Grass burns; crews beat out its edge."""

    words = {
        "title": Term("Grassland fire", "草原火灾"),
        "about": Term(__doc__, "草原起火，扑打火线。"),
    }

    kind: Literal["grassland_fire"] = "grassland_fire"
    """A grassland fire."""
    discovery: Duration = Duration(mean_s=900)
    """From the start until a herder sees the smoke (assumption: 15 minutes)."""
    safe_line_m: Metres = 3000.0
    """Units work from a safe place at most this far from it."""

    @classmethod
    def example(cls) -> GrasslandFire:
        """Return a fire at the village after ten minutes."""
        return cls(id="grass", node="village", starts_at_s="10 min")

    def occur(self, world: World) -> Occurrence:
        """Return the incident and its front."""
        fire = GrasslandFront(id=f"{self.id}-front", node=self.node)
        size_up = Task(id="size-up", capabilities=("fire_attack",), min_crew=2, work=Duration(mean_s=600))
        incident = Incident(
            **self.call_settings(), id=self.id, type="grassland_fire", tasks=(size_up,), hazard=fire.id,
            safe_line_m=self.safe_line_m,
        )  # fmt: skip
        return Occurrence((incident,), (fire,))
