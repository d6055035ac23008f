"""A new hazard, scenario kind or policy is one new file, or an outside package: nothing else is edited."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import drillsim
from drillsim.scenario.plugins import kinds

POLICY = '''
"""The last unit by name answers."""
from typing import Literal
from drillsim.dispatch import DispatchPolicy

class Last(DispatchPolicy):
    """The last unit by name."""
    kind: Literal["last"] = "last"
    """The last unit by name."""
    def choose(self, need, candidates, now_s):
        return candidates[-1].unit
'''
HAZARD = '''
"""Everything is closed from the start."""
from typing import Literal
from drillsim.hazards import Hazard

class Wall(Hazard):
    """Closes every road."""
    kind: Literal["wall"] = "wall"
    """Closes every road."""
    def begin(self, t_s, world):
        return "up"
    def stage(self, state):
        return state
    def speed_factors(self, state, ground):
        return dict.fromkeys(ground.section_ids, 0.0)
'''
KIND = '''
"""One call at every place."""
from typing import Literal
from drillsim.incidents import Incident, IncidentKind, Occurrence, Task

class Everywhere(IncidentKind):
    """One call at every place."""
    kind: Literal["everywhere"] = "everywhere"
    """One call at every place."""
    def occur(self, world):
        task = Task(id="work", capabilities=["rescue"], work=60)
        return Occurrence(tuple(
            Incident(id=f"{self.id}-{p}", node=p, type="call", starts_at_s=0, tasks=[task])
            for p in world.ground.place_ids
        ))
'''
USE = """
import json
from drillsim.engine import simulate
from drillsim.trace.events import SectionChanged, UnitAssigned
from drillsim.scenario.scenario import Scenario
world = Scenario(
    drillsim=1, id="w", title="w", startex="2021-01-01 12:00", ends_at_s="2 h",
    roads={"nodes": [{"id": n, "lat": 36, "lon": 100 + i / 10} for i, n in enumerate("ab")],
           "edges": [{"from": "a", "to": "b", "length_km": 10, "free_flow_kmh": 60}]},
    hazards=[{"kind": "wall", "id": "wall", "starts_at_s": "1 h"}],
    incidents=[{"kind": "everywhere", "id": "e"}],
    plans=[{"id": "p", "alarm_handling": 0, "dispatch": {"kind": "last"}, "stations": [
        {"id": "s", "node": "a", "units": [{"id": "u", "count": 3, "capabilities": ["rescue"], "crew": 2}]}]}],
)
trace = simulate(world, world.plan(), seed=1)
print(json.dumps([[e.incident, e.unit] for e in trace.of(UnitAssigned)] + [len(trace.of(SectionChanged))]))
"""


def run_python(code: str, *path: Path) -> str:
    """Run *code* in a fresh interpreter that finds *path* first."""
    env = {"PYTHONPATH": ":".join(map(str, (*path, Path(drillsim.__file__).parents[1]))), "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_one_file_dropped_into_each_folder_is_found_and_used(tmp_path):
    for folder, name, code in (("dispatch", "last", POLICY), ("hazards", "wall", HAZARD), ("incidents", "every", KIND)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.py").write_text(code)
    extend = "".join(
        f"import drillsim.{f}; drillsim.{f}.__path__.append({str(tmp_path / f)!r})\n"
        for f in ("dispatch", "hazards", "incidents")
    )

    *assigned, closed = json.loads(run_python(extend + USE))

    assert assigned == [["e-a", "u-3"], ["e-b", "u-2"]]
    assert closed == 1


def test_an_outside_package_brings_them_by_entry_point(tmp_path):
    (tmp_path / "outside.py").write_text(POLICY + HAZARD + KIND)
    info = tmp_path / "outside-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outside\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        textwrap.dedent("""\
        [drillsim.dispatch]
        last = outside:Last
        [drillsim.hazards]
        wall = outside:Wall
        [drillsim.incidents]
        everywhere = outside:Everywhere
        """)
    )

    *assigned, closed = json.loads(run_python(USE, tmp_path))

    assert assigned == [["e-a", "u-3"], ["e-b", "u-2"]]
    assert closed == 1


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ("broken = nowhere:Nothing", "cannot be loaded"),
        ("broken = json:JSONDecoder", "must be a concrete subclass"),
        ("nearest = outside:Last", None),
    ],
)
def test_an_outside_package_that_breaks_the_contract_is_named(tmp_path, entry, said):
    (tmp_path / "outside.py").write_text(POLICY.replace('"last"', '"nearest"'))
    info = tmp_path / "outside-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outside\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[drillsim.dispatch]\n{entry}\n")
    code = """
from drillsim.base.errors import PluginError
from drillsim.scenario.plugins import kinds
try:
    kinds("dispatch")
except PluginError as error:
    print(error)
"""
    assert (said or "is taken by") in run_python(code, tmp_path)


def test_the_built_in_kinds_are_these():
    assert set(kinds("dispatch")) == {
        "most_alive_first", "nearest", "own_district", "priority", "run_card", "triage"
    }  # fmt: skip
    assert set(kinds("hazards")) == {
        "battery_station", "broken_roads", "collapsed_site", "earthquake_toll", "fire_growth", "flammable_gas",
        "high_rise_fire", "road_closures", "snowfall", "tank_farm", "timber_hall", "toxic_cloud",
    }  # fmt: skip
    assert set(kinds("incidents")) == {
        "chemical", "demand", "earthquake", "energy_storage", "high_rise", "listed", "temple_fire",
    }  # fmt: skip
