"""Every hazard against the numbers of its sources: one table each in ``golden/``, its inputs beside it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from drillsim.hazards import Hazard, Intervention
from drillsim.hazards.release.surroundings import moved
from drillsim.incidents import Task
from drillsim.physics.blast.explosion import Explosion
from drillsim.scenario.plugins import kinds
from drillsim.world.network_arrays import NetworkArrays
from drillsim.world.random_streams import RandomStreams
from drillsim.world.weather import Weather
from drillsim.world.world import World
from tests.golden import every_row, named_inputs, picked, tables
from tests.golden_ground import ground

GOLDEN = Path(__file__).parent / "golden"
MOST_CHANGES = 10_000


def test_every_hazard_has_numbers_of_its_own():
    written = {name for name, rows in tables(GOLDEN).items() if rows}

    assert written == {kind for kind, cls in kinds("hazards").items() if cls.__module__.startswith("drillsim.")}


@pytest.mark.parametrize("row", every_row(GOLDEN))
def test_a_hazard_gives_the_numbers_of_its_sources(row):
    t_s = float(row["time_s"])

    row.holds_for(seen(*at(row.table, row["input"], t_s), row["measure"]))


@cache
def at(kind: str, name: str, t_s: float) -> tuple[Hazard, Any, float, NetworkArrays]:
    """Return a hazard, its state at a moment of a named course, that moment and the ground."""
    given = named_inputs(GOLDEN / f"{kind}.yaml")[name]
    place = ground(given.get("ground"))
    hazard = kinds("hazards")[kind].model_validate({"kind": kind, "id": "x", **given.get("hazard", {})})
    return hazard, course(hazard, world(place, given), given, t_s), t_s, place


def world(place: NetworkArrays, given: Mapping[str, Any]) -> World:
    startex = datetime.fromisoformat(given.get("startex", "2026-05-01T12:00"))
    return World(place, RandomStreams(1), startex, 30 * 86_400.0, Weather(**given.get("weather", {})))


def course(hazard: Hazard, world: World, given: Mapping[str, Any], until_s: float) -> Any:
    """Return the state at a moment after the acts of an input, each at its moment, after what is due then."""
    state = hazard.begin(float(given.get("begins_s", 0.0)), world)
    acts = [act for act in given.get("acts", ()) if act["at_s"] <= until_s]
    for act in (*acts, {"at_s": until_s}):
        at_s = float(act["at_s"])
        for _ in range(MOST_CHANGES):
            if (due_s := hazard.next_change_s(state)) > at_s:
                break
            state = hazard.advance(state, due_s)
        state = acted(hazard, state, at_s, act, world)
    return state


def acted(hazard: Hazard, state: Any, at_s: float, act: Mapping[str, Any], world: World) -> Any:
    """Return the state after an intervention, another weather or an explosion elsewhere."""
    if "weather" in act:
        return hazard.weather_changed(state, at_s, Weather(**act["weather"]))
    if "explosion" in act:
        blast = dict(act["explosion"])
        origin = (float(world.ground.lat_deg[0]), float(world.ground.lon_deg[0]))
        lat_deg, lon_deg = moved(origin, float(blast.pop("east_m")), float(blast.pop("north_m")))
        return hazard.hit_by(state, at_s, Explosion(lat_deg, lon_deg, **blast))
    if "does" in act:
        done = {"phase": "start", "incident": "i", "task": "", "people": 0} | {
            key: value for key, value in act.items() if key in {"phase", "incident", "task", "people"}
        }
        return hazard.intervene(state, at_s, Intervention(name=act["does"], **done))
    return state


def seen(hazard: Hazard, state: Any, t_s: float, place: NetworkArrays, measure: str) -> Any:
    """Return what a hazard says of its state, by the name of a hook and a path into its answer."""
    hook, _, path = measure.partition(".")
    if hook == "work_factor":
        return hazard.work_factor(state, t_s, task(hazard, state, path))
    if hook == "order_delay_s":
        return hazard.order_delay_s(state, t_s, path)
    if hook == "measures":
        return hazard.measures(state, t_s).get(path)
    answers = {
        "speed_factors": lambda: hazard.speed_factors(state, place),
        "exclusion": lambda: hazard.exclusion(state, place),
        "tasks": lambda: hazard.tasks(state, "i"),
        "alarm_level": lambda: hazard.alarm_level(state, "i"),
        "holds_open": lambda: hazard.holds_open(state, "i"),
        "releases_idle_units": lambda: hazard.releases_idle_units(state, "i"),
    }
    answer = answers[hook]() if hook in answers else getattr(hazard, hook)(state)
    return picked(answer, path)


def task(hazard: Hazard, state: Any, name: str) -> Task:
    """Return the task of that id that the hazard calls for, or one that does what its name says."""
    called_for = picked(hazard.tasks(state, "i"), name)
    does = name.partition("-")[0]
    return called_for or Task(id=name.replace("_", "-"), capabilities=["rescue"], work="10 min", intervention=does)
