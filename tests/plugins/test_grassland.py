"""A whole plug-in in one file: from an outside package, and dropped into a folder, with nothing else edited."""

import json
import re
import shutil
import tomllib
from pathlib import Path

import pytest

from tests.plugins import grassland
from tests.plugins.test_discovery import dropped_into, installed, run_python

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "add-a-policy-hazard-or-kind.md"


def blocks(language: str) -> list[str]:
    """Return the code blocks of the page in a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


CHECK = "import {module}\nfrom drillsim.testing import check_plugin\ncheck_plugin({module})\nprint('kept')\n"
USE = """
import json
from drillsim.comparison import compare
from drillsim.engine import simulate
from drillsim.language import word
from drillsim.metrics import evaluate
from drillsim.scenario.example import example_scenario
from drillsim.scenario.scenario import Objective
from drillsim.views.amounts import amount
from drillsim.views.panels import panels_for
scenario = example_scenario("grassland_fire")
trace = simulate(scenario, scenario.plan(), seed=1)
outcome = evaluate(trace, [Objective(id="o", title="o", metric="grass_burnt_ha", limit=2000)])
panel = panels_for(trace, scenario)[0]
print(json.dumps({
    "first": next(e.values for e in trace.events if type(e).__name__ == "HazardMeasured" and e.t_s == 1200),
    "burnt": outcome.values["grass_burnt_ha"],
    "met": outcome.objectives[0].met,
    "said": [word("metric", "grass_burnt_ha", lang) for lang in ("en", "zh")],
    "amount": [amount(1.5, "grass_burnt_ha", lang) for lang in ("en", "zh")],
    "picture": panel.title.in_("zh"),
    "axes": [panel.draw(trace, scenario, lang).to_dict()["encoding"]["x"]["title"] for lang in ("en", "zh")],
    "drawn": len(panel.draw(trace, scenario, "en").data),
}))
"""


def as_outside_package(path: Path, module: str) -> Path:
    return installed(path, f"[drillsim.plugins]\n{module} = {module}\n")


def test_an_outside_package_keeps_the_contract_with_a_test_of_three_lines(tmp_path):
    shutil.copy(grassland.__file__, tmp_path / "grassland.py")

    assert run_python(CHECK.format(module="grassland"), as_outside_package(tmp_path, "grassland")) == "kept\n"


@pytest.mark.parametrize("number", [0, 1])
def test_each_file_of_the_how_to_keeps_the_contract_by_itself(tmp_path, number):
    (tmp_path / "river.py").write_text(blocks("python")[number], encoding="utf-8")

    assert run_python(CHECK.format(module="river"), as_outside_package(tmp_path, "river")) == "kept\n"


def test_the_package_of_the_how_to_passes_the_test_of_the_how_to(tmp_path):
    project = tomllib.loads(blocks("toml")[0])
    (tmp_path / "my_package").mkdir()
    (tmp_path / "my_package" / "__init__.py").touch()
    (tmp_path / "my_package" / "river.py").write_text(blocks("python")[1], encoding="utf-8")
    points = project["project"]["entry-points"]["drillsim.plugins"]
    installed(tmp_path, "[drillsim.plugins]\n" + "".join(f"{name} = {module}\n" for name, module in points.items()))

    assert project["tool"]["setuptools"]["packages"] == ["my_package"]
    assert len(blocks("python")) == 3
    assert run_python(f"{blocks('python')[2]}\ntest_it_keeps_its_contract()\nprint('kept')", tmp_path) == "kept\n"


@pytest.mark.parametrize("where", ["outside", "dropped"])
def test_its_metric_words_and_picture_are_known_everywhere(tmp_path, where):
    shutil.copy(grassland.__file__, tmp_path / "grassland.py")
    if where == "outside":
        said = run_python(USE, as_outside_package(tmp_path, "grassland"))
    else:
        said = run_python(dropped_into("incidents", tmp_path) + USE)
    found = json.loads(said)

    assert found["first"] == [528.0, pytest.approx(1.508, abs=0.001)]  # 0.2 × 2 m/s × 600 s × 2.2; π/4 × 240 × 80 m²
    assert found["burnt"].keys() == {"grass-front"}
    assert found["met"]
    assert found["said"] == ["Grass burnt", "过火草场面积"]
    assert found["amount"] == ["1.5 ha", "1.5 公顷"]
    assert found["picture"] == "火线变化"
    assert found["axes"] == ["Hours after STARTEX", "演练开始后（小时）"]
    assert found["drawn"] > 10


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('        "value.running": Term("running", "蔓延"),\n', "", 'add to words: "value.running": Term("…", "…")'),
        ('Term("running", "蔓延")', 'Term("running", "")', "say these in English and in Chinese: value.running"),
        ('    """Place where it began."""\n', "", "write a docstring under each of these fields: node"),
        ("return state.at_s + STEP_S if", "return state.at_s if", "it must lie after the state"),
        ("STEP_S = 600.0", "STEP_S = 6.0", "it has not come to rest after 1000 changes"),
        ('if intervention.name != "beat_out" or', "if", "the same state for a name it does not know"),
        ("(away > 0) & (away <= reach_m))), 3)", "(away > 0) & (away <= reach_m))), 4)", "write 1, 2 or 3"),
        ("places=self._within(state.head_m,", "places=self._within(state.head_m + 3000,", "but does not at town"),
        ('Task(id="beat-front"', 'Task(id="beat-edge"', 'or add to words: "task.beat-edge"'),
        ('"column.line_km": Term("Burning line [km]", "火线长度 [公里]"),', "", 'add to words: "column.line_km"'),
        ("    metrics = {", "    metrics = {} and {", "has words for metrics that it does not bring"),
        ('GrasslandFront(id=f"{self.id}-front"', 'GrasslandFront(id="front"', "is named after it: grass-…, not front"),
    ],
)
def test_a_breach_of_the_contract_is_said_with_what_to_write(tmp_path, old, new, said):
    code = Path(grassland.__file__).read_text(encoding="utf-8")
    assert old in code
    (tmp_path / "grassland.py").write_text(code.replace(old, new), encoding="utf-8")
    tried = "import grassland\nfrom drillsim.testing import check_plugin\ntry:\n    check_plugin(grassland)\n"
    tried += "except AssertionError as error:\n    print(error)\n"

    assert said in run_python(tried, as_outside_package(tmp_path, "grassland"))


FEWER = """    def people(self, state):
        return {{"rising": 3 if state.dyke else 4}}

    def tasks(self, state, incident):
        return (Task(id="build-dyke", capabilities=("engineering",), work=60, intervention="dig"),)

    def {hook}:
        known = "intervention" not in locals() or locals()["intervention"].name == "dig"
        return replace(state, dyke=True) if known else state

    def advisories"""
RIVER = [
    ('        "advisory.river_long"', '        "advisory.river_other"', 'add to words: "advisory.river_long": Term("… {hours}"'),
    ('        "error.river_frozen"', '        "error.river_other"', 'add to words: "error.river_frozen": Term('),
    ('        "value.flooded_roads"', '        "value.wet_roads"', 'add to words: "value.flooded_roads": Term('),
    ('unit="h"', 'unit="cm"', "has the unit 'cm'; add to words: \"unit.cm\": Term("),
    ('"field.rises_s": Term("Rises for"', '"field.along": Term("Rises for"', "in rising_river (river); say the same, or give"),
    ('"value.rising": Term("rising"', '"unit.kW": Term("rising"', "unit.kW is 'rising' here and 'kW' in drillsim itself"),
    ("    def advisories", FEWER.format(hook="intervene(self, state, t_s, intervention)"), "intervene() with 'dig', phase 'start', loses"),
    ("    def advisories", FEWER.format(hook="hit_by(self, state, t_s, explosion)"), "hit_by() loses or makes people"),
    ("    def advisories", FEWER.format(hook="weather_changed(self, state, t_s, weather)"), "weather_changed() loses or"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), RIVER)
def test_a_breach_in_the_file_of_the_how_to_is_said_with_what_to_write(tmp_path, old, new, said):
    code = blocks("python")[1]
    assert old in code
    code = code.replace(old, new).replace("240 * 3600", "1")
    (tmp_path / "river.py").write_text(code, encoding="utf-8")
    tried = "import river\nfrom drillsim.testing import check_plugin\ntry:\n    check_plugin(river)\n"
    tried += "except Exception as error:\n    print(type(error).__name__, error)\n"

    answer = run_python(tried, as_outside_package(tmp_path, "river"))
    assert answer.startswith(("AssertionError", "PluginError"))
    assert said in answer
