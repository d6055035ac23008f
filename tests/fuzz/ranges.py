"""Every field of every scenario kind, hazard and plan at, inside and outside its bounds, alone and a few together.

It runs and keeps the invariants, or is refused with line and column.
"""

from __future__ import annotations

import copy
import json
import re
import signal
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from drillsim.base.errors import ScenarioError
from drillsim.checks import violations
from drillsim.engine import simulate
from drillsim.scenario.bundled_scenarios import shipped_scenarios
from drillsim.scenario.example import example_file, example_kinds
from drillsim.scenario.files import read_scenario
from drillsim.scenario.json_schema import scenario_schema
from drillsim.scenario.yaml.reader import parse_yaml
from tests.fuzz.fields import Field, Fields, Value
from tests.fuzz.workers import FaultError, Result, judged

LONGEST_S: Final = 20.0
"""Processor time beyond which a run hangs. [s]"""
WHOLE: Final = """\
drillsim: 1
id: whole
title: Whole
startex: 2021-03-29 07:00
ends_at_s: 12 h
travel_time_cv: 0.2
response_times: urban
roads:
  nodes:
    - {id: a, lat: 36.0, lon: 101.0, elevation_m: 2200, admin: west, population: 10000}
    - {id: b, lat: 36.1, lon: 101.0, elevation_m: 3100, admin: west}
    - {id: c, lat: 36.2, lon: 101.1, elevation_m: 3600, admin: east}
  edges:
    - {from: a, to: b, road: G1, length_km: 12, free_flow_kmh: 80, class: trunk, delay_s: 10}
    - {from: b, to: c, road: G1, length_km: 16, free_flow_kmh: 60, surface: unpaved}
    - {from: a, to: c, road: S2, length_km: 40, free_flow_kmh: 60}
hazards:
  - {kind: road_closures, id: slides, sections: ["b--c:G1"], starts_at_s: 1 h, lasts_s: 2 h}
incidents:
  - id: fire-1
    node: b
    type: building_fire
    starts_at_s: 5 min
    needs: {fire_attack: 2}
    tasks:
      - {id: attack, capabilities: [fire_attack], min_crew: 4, useful_crew: 9, work: 1 h 30 min, uses: {water_l: 2}, spell: {work_s: 600, rest_s: 300, supply: air_set}}
      - {id: search, capabilities: [rescue], after: [attack], work: {mean_s: 1200, cv: 0.3}, access: 5 min}
      - {id: supply, capabilities: [rescue], work: 1 h, yields: {water_l: 4}}
  - {id: crash-1, node: c, type: rescue, starts_at_s: 40 min, tasks: [{id: free, capabilities: [rescue], work: 30 min}]}
injects:
  - {id: slide, at_s: 30 min, text: A slide, road: {between: [b, c], road: G1, speed_factor: 0.5, reported_after_s: 600}}
  - {id: snow, at_s: 1 h, text: Snow, weather: {snow: heavy}}
  - {id: broken, at_s: 2 h, text: Broken, unit: {node: b, capability: rescue, for_s: 3600}}
  - {id: late, at_s: 3 h, text: Late, incident: {id: late, node: a, type: rescue, starts_at_s: 0, tasks: [{id: free, capabilities: [rescue], work: 30 min}]}}
objectives:
  - {id: first-arrival, title: First arrival, metric: first_arrival_s, limit: 2400, share: 0.9}
plans:
  - id: today
    stations:
      - id: west
        node: a
        units:
          - {id: engine, crew: 6, establishment: 6, capabilities: [fire_attack], count: 4, carries: {water_l: 4000, air_set: 12}}
          - {id: rescue, crew: 4, capabilities: [rescue, fire_attack], count: 3, vehicles: 2, carries: {air_set: 12}}
    staging_areas: [{id: front, node: b}, {id: yard, node: a}]
    recon: [{id: eye, base: a, around: c, radius_km: 20, on_incident: fire-1}]
    waves:
      - {id: wave-1, ordered_by: ground, units: [rescue], destination: front, on_incident: fire-1, assembly: yard, leaves_after_s: 1800, preparation: 600, decision: 60}
    speeds: {factor: 0.8}
    march: {vehicles_per_march_unit: 2}
    acclimatisation: {above_m: 2500}
    forces: {national_team: {turnout_day: 60, turnout_night: 120}}
    night: {from_hour: 22, to_hour: 6}
"""
TOO_SLOW: Final = frozenset({"changsha-facade-2022", "jiaozhou-road-2010", "hospital-night", "chlorine-park"})
"""Shipped scenarios whose own run takes several seconds."""
PLACE: Final = re.compile(r":\d+:\d+$")


@cache
def originals() -> dict[str, tuple[Any, Path]]:
    """Return the data of the files that are changed, and the folder that they lie in."""
    made = {"whole": (parse_yaml(WHOLE).data, Path())}
    made |= {kind: (parse_yaml(example_file(kind, "example")).data, Path()) for kind in example_kinds()}
    for path in shipped_scenarios():
        if path.stem not in TOO_SLOW:
            made[path.stem] = (parse_yaml(path.read_text(encoding="utf-8")).data, path.parent)
    return made


@cache
def _fields() -> Fields:
    return Fields(scenario_schema())


@cache
def fields_of(name: str) -> list[Field]:
    """Return the fields of a file."""
    fields = _fields().of(originals()[name][0])
    return [f for f in fields if name == "whole" or _of_the_kind(f, originals()[name][0])]


def _of_the_kind(field: Field, data: Any) -> bool:
    """Return whether a field belongs to what the file is about; the plan and the rest have a file of their own."""
    first = field.path[0]
    return first == "weather" or (first in {"incidents", "hazards"} and first in data) or "dispatch" in field.path


@cache
def singles(seed: int) -> list[tuple[str, Field, Value]]:
    """Return every value of every field of every file, in an order that only the seed decides."""
    dice = Random(seed)
    every = [
        (name, field, value)
        for name in originals()
        for field in fields_of(name)
        for value in _fields().values(field, dice)
    ]
    dice.shuffle(every)
    return every


def range_trial(seed: int, number: int, _folder: Path) -> Result:
    """Try one value of one field for the first numbers, then two to four fields together."""
    alone = singles(seed)
    if number < len(alone):
        name, field, value = alone[number]
        changes = [(field, value)]
    else:
        dice = Random(f"{seed} {number}")
        name = dice.choice(list(originals()))
        chosen = dice.sample(fields_of(name), min(len(fields_of(name)), dice.randint(2, 4)))
        changes = [(field, dice.choice(_inside(field, dice))) for field in chosen]
    about = {
        "kind": "range",
        "of": name,
        "changes": [f"{'.'.join(map(str, f.path))} = {v.of!r:.200}" for f, v in changes],
    }
    return judged(about, lambda: _tried(name, changes))


def _inside(field: Field, dice: Random) -> list[Value]:
    values = list(_fields().values(field, dice))
    return [value for value in values if value.allowed] or values


def _tried(name: str, changes: list[tuple[Field, Value]]) -> Result:
    original, folder = originals()[name]
    data = copy.deepcopy(original)
    for field, value in changes:
        field.put(data, value.of)
    text = json.dumps(data, indent=1)
    with limited(), warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            scenario = read_scenario(text, name="w.yaml", folder=folder)
        except ScenarioError as error:
            return {"accepted": False, "said": _refused(error, changes)}
        if len(changes) == 1 and not changes[0][1].allowed:
            raise FaultError("the schema refuses it, and it is read")
        trace = simulate(scenario, scenario.plan(), seed=1)
        broken = violations(trace)
    if broken:
        raise FaultError(f"{len(broken)} broken: {broken[:3]}")
    return {"accepted": True, "said": f"{len(trace.events)} events"}


def _refused(error: ScenarioError, changes: list[tuple[Field, Value]]) -> str:
    said = error.text("en")
    for problem in error.problems:
        if not PLACE.search(problem.where):
            raise FaultError(f"refused without line and column: {said}")
        if problem.code == "other_check":
            raise FaultError(f"refused without words of its own: {said}")
    return said


@contextmanager
def limited() -> Iterator[None]:
    """Raise if what is done within takes longer than it may."""

    def late(*_: object) -> None:
        raise FaultError(f"more than {LONGEST_S:g} s")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, LONGEST_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
