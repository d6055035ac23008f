"""A new hazard, scenario kind or policy is one new file, or an outside package: nothing else is edited."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

import drillsim
from drillsim import dispatch, hazards, incidents
from drillsim.scenario.plugins import FOLDERS, every_plugin

IMPORTS = """
from typing import Literal
from drillsim.dispatch import DispatchPolicy
from drillsim.hazards import Hazard
from drillsim.incidents import Incident, IncidentKind, Occurrence, Task
from drillsim.language import Term
"""
POLICY = '''
class Last(DispatchPolicy):
    """The last unit by name."""
    kind: Literal["last"] = "last"
    """The last unit by name."""
    words = {"title": Term("Last", "末位"), "about": Term(__doc__, "派编号最后的力量。")}
    @classmethod
    def example(cls):
        return cls()
    def choose(self, need, candidates, now_s):
        return candidates[-1].unit
'''
HAZARD = '''
class Wall(Hazard):
    """Closes every road."""
    kind: Literal["wall"] = "wall"
    """Closes every road."""
    words = {"title": Term("Wall", "封锁"), "about": Term(__doc__, "封闭所有道路。"), "value.up": Term("up", "封闭中")}
    @classmethod
    def example(cls):
        return cls(id="wall")
    def begin(self, t_s, world):
        return "up"
    def stage(self, state):
        return state
    def speed_factors(self, state, ground):
        return dict.fromkeys(ground.section_ids, 0.0)
'''
KIND = '''
class Everywhere(IncidentKind):
    """One call at every place."""
    kind: Literal["everywhere"] = "everywhere"
    """One call at every place."""
    words = {"title": Term("Everywhere", "处处"), "about": Term(__doc__, "每处一起警情。")}
    @classmethod
    def example(cls):
        return cls(id="e")
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


def dropped_into(folder: str, path: Path) -> str:
    """Return the code that makes files of *path* stand in a folder of drillsim."""
    return f"import drillsim.{folder}; drillsim.{folder}.__path__.append({str(path)!r})\n"


def installed(path: Path, entry_points: str) -> Path:
    """Put a package on *path* that names these entry points."""
    info = path / "outside-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outside\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(textwrap.dedent(entry_points))
    return path


def test_one_file_dropped_into_each_folder_is_found_and_used(tmp_path):
    for folder, name, code in (("dispatch", "last", POLICY), ("hazards", "wall", HAZARD), ("incidents", "every", KIND)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / f"{name}.py").write_text(IMPORTS + code)
    extend = "".join(dropped_into(folder, tmp_path / folder) for folder in ("dispatch", "hazards", "incidents"))

    *assigned, closed = json.loads(run_python(extend + USE))

    assert assigned == [["e-a", "u-3"], ["e-b", "u-2"]]
    assert closed == 1


@pytest.mark.parametrize("where", ["everything.py", "everything/__init__.py", "everything/inner.py"])
def test_a_kind_its_hazard_and_a_policy_may_stand_in_one_file_or_package_of_any_folder(tmp_path, where):
    path = tmp_path / where
    path.parent.mkdir(exist_ok=True)
    path.write_text(IMPORTS + POLICY + HAZARD + KIND)
    if path.stem == "inner":
        path.with_name("__init__.py").write_text(
            "from drillsim.incidents.everything.inner import Everywhere, Last, Wall\n"
        )

    *assigned, closed = json.loads(run_python(dropped_into("incidents", tmp_path) + USE))

    assert assigned == [["e-a", "u-3"], ["e-b", "u-2"]]
    assert closed == 1


@pytest.mark.parametrize(
    "entry_points",
    [
        """\
        [drillsim.dispatch]
        last = outside:Last
        [drillsim.hazards]
        wall = outside:Wall
        [drillsim.incidents]
        everywhere = outside:Everywhere
        """,
        """\
        [drillsim.plugins]
        outside = outside
        """,
        """\
        [drillsim.plugins]
        last = outside:Last
        wall = outside:Wall
        everywhere = outside:Everywhere
        """,
    ],
    ids=["by folder", "a module", "classes"],
)
def test_an_outside_package_brings_them_by_entry_point(tmp_path, entry_points):
    (tmp_path / "outside.py").write_text(IMPORTS + POLICY + HAZARD + KIND)

    *assigned, closed = json.loads(run_python(USE, installed(tmp_path, entry_points)))

    assert assigned == [["e-a", "u-3"], ["e-b", "u-2"]]
    assert closed == 1


WORDS_ABOUT = ', "about": Term(__doc__, "派编号最后的力量。")'


@pytest.mark.parametrize(
    ("entry", "code", "said"),
    [
        ("broken = nowhere:Nothing", POLICY, "broken = nowhere:Nothing cannot be loaded"),
        ("broken = json:JSONDecoder", POLICY, "json:JSONDecoder: must be a subclass of one of drillsim.hazards.base.Ha"),
        ("broken = json", POLICY, "broken = json: the module holds no plug-in"),
        ("last = outside", POLICY.replace('"last"', '"nearest"'), "is taken by drillsim.dispatch.nearest"),
        ("last = outside", POLICY.replace("def choose", "def select"), "outside: Last must be a concrete subclass; it"),
        ("last = outside", POLICY.replace(WORDS_ABOUT, ""), "outside: Last lacks words['about']; write  words ="),
        (
            "last = outside", POLICY.replace("def choose", "def halts_work(self): ...\n\n    def choose"),
            "outside: Last.halts_work is never called; it is called withdrawal_signal now",
        ),
        ("last = outside", POLICY.replace("def example", "def sample"), "outside: Last lacks example(); write  words ="),
        ("last = outside", POLICY.replace('"about"', '"shape.x": Term("x", "x"), "about"'), "has a word 'shape.x'; a key"),
        ("last = outside", POLICY.replace('"about"', '"value.open": Term("x", "开"), "about"'), "is 'x / 开' here and 'open / 通行'"),
        ("last = outside", POLICY + "    metrics = {'x_m': None}\n", ': Last lacks titles; add to words: "metric.x_m": '),
    ],
)  # fmt: skip
def test_an_outside_package_that_breaks_the_contract_is_named_with_what_to_write(tmp_path, entry, code, said):
    (tmp_path / "outside.py").write_text(IMPORTS + code)
    use = """
from drillsim.base.errors import PluginError
from drillsim.scenario.plugins import kinds
try:
    kinds("dispatch")
except PluginError as error:
    print(error)
"""
    assert said in run_python(use, installed(tmp_path, f"[drillsim.plugins]\n{entry}\n"))


def test_words_of_a_plugin_are_known_before_anybody_asked_for_the_plugin(tmp_path):
    (tmp_path / "outside.py").write_text(IMPORTS + HAZARD)
    use = """
import drillsim.scenario.scenario
from drillsim.language import word
print([word("value", "up", lang) for lang in ("en", "zh", "fr")], word("kind", "wall", "zh"))
"""
    said = run_python(use, installed(tmp_path, "[drillsim.plugins]\noutside = outside\n"))
    assert said == "['up', '封闭中', 'up'] 封锁\n"


@pytest.mark.parametrize("folder", [hazards, incidents, dispatch], ids=lambda package: package.__name__)
def test_every_file_of_a_folder_holds_a_plugin_and_every_plugin_is_in_a_file_of_its_folder(folder):
    package = folder.__name__
    files = {path.stem for path in Path(folder.__file__).parent.glob("*.py")} - {"__init__", "base"}
    packages = {path.parent.name for path in Path(folder.__file__).parent.glob("*/__init__.py")}
    homes = {cls.__module__.split(".")[2] for cls in every_plugin() if cls.__module__.startswith(f"{package}.")}

    assert files <= homes
    assert homes <= files | packages
    assert {cls.__module__.split(".")[0] for cls in every_plugin()} == {"drillsim"}
    assert len(FOLDERS) == 3
