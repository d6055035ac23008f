"""README and docs: their code blocks run, their links lead somewhere, their generated pages are up to date."""

import importlib.util
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from drillsim.language import vocabulary

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"(?<!\!)\[[^\]]*\]\(([^)#\s]+)[^)]*\)|!\[[^\]]*\]\(([^)\s]+)\)")


def blocks(page: Path, *languages: str) -> list[str]:
    """Return the code blocks of a page in these languages."""
    return [code for language, code in BLOCK.findall(page.read_text(encoding="utf-8")) if language in languages]


def pages_with(*languages: str) -> list:
    """Return the pages that have such blocks, as test parameters."""
    return [pytest.param(p, id=str(p.relative_to(ROOT))) for p in PAGES if blocks(p, *languages)]


@pytest.fixture
def workplace(tmp_path, monkeypatch):
    """Return an empty folder with the shipped scenarios in it, as a user who cloned the project has."""
    shutil.copytree(ROOT / "scenarios", tmp_path / "scenarios")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("page", pages_with("python"))
def test_python_blocks_of_a_page_run_one_after_another(page, workplace):
    code = "\n".join(blocks(page, "python"))

    exec(compile(code, str(page), "exec"), {"__name__": "docs"})  # noqa: S102  # our own pages


@pytest.mark.parametrize("page", pages_with("bash"))
def test_drillsim_commands_of_a_page_run(page, workplace):
    for line in "\n".join(blocks(page, "bash")).splitlines():
        words = shlex.split(line, comments=True)
        if words[:1] == ["drillsim"] and words[1:2] != ["app"]:
            command = [sys.executable, "-c", "from drillsim.cli import main; main()", *words[1:]]
            done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
            assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"


def test_the_pieces_of_the_how_to_make_a_file_that_runs(workplace):
    from drillsim import load_scenario, simulate  # noqa: PLC0415

    page = ROOT / "docs" / "how-to" / "write-a-scenario.md"
    path = workplace / "scenarios" / "night-fire.yaml"
    path.write_text("\n".join(blocks(page, "yaml")), encoding="utf-8")
    scenario = load_scenario(path)

    assert scenario.plan("full-crews").units[0].crew == 6
    assert len(simulate(scenario, scenario.plan("today"), seed=1).events) > 10


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_scenarios_of_the_earthquake_page_run_with_all_their_plans(workplace, number):
    from drillsim import load_scenario, simulate  # noqa: PLC0415

    page = ROOT / "docs" / "how-to" / "simulate-an-earthquake.md"
    path = workplace / "scenarios" / "valley-quake.yaml"
    path.write_text(list(blocks(page, "yaml"))[number], encoding="utf-8")
    scenario = load_scenario(path)

    for spec in scenario.plans:
        assert len(simulate(scenario, scenario.plan(spec.id), seed=1).events) > 10


def test_the_page_of_own_roads_works_word_for_word(tmp_path, monkeypatch):
    """All that it names lies in one folder: a map, heights, a folder of tables, stations of one's own."""
    from tests.roads.importing.test_elevation import geotiff  # noqa: PLC0415

    monkeypatch.chdir(tmp_path)
    _small_map(tmp_path / "my-city.osm.pbf")
    geotiff(tmp_path / "heights.tif", [[2300.0] * 20] * 20, tie=(99.0, 37.0), cell_deg=0.1)
    (tmp_path / "my-folder").mkdir()
    (tmp_path / "my-folder" / "nodes.csv").write_text("id,x,y\n1,101.0,36\n2,101.01,36\n3,101.02,36\n")
    (tmp_path / "my-folder" / "links.csv").write_text("u,v,highway\n1,2,primary\n2,3,primary\n")
    (tmp_path / "stations.csv").write_text("name,node\nNorth,2\n")
    page = ROOT / "docs" / "how-to" / "bring-your-own-roads.md"
    written = [line.removeprefix("$ ") for line in "\n".join(blocks(page, "console")).splitlines() if line[:2] == "$ "]
    commands = [line for line in written if line.startswith("drillsim") and "journeys.csv" not in line]
    for line in [*commands, "drillsim check my-city.yaml"]:
        words = [sys.executable, "-c", "from drillsim.cli import main; main()", *shlex.split(line)[1:]]
        done = subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"

    assert len(commands) >= 5


def _small_map(path):
    """Write a street with side streets, a station and a village."""
    osmium = pytest.importorskip("osmium")
    node, way = osmium.osm.mutable.Node, osmium.osm.mutable.Way
    station = {"amenity": "fire_station", "name": "Station North"}
    with osmium.SimpleWriter(str(path)) as writer:
        for i in range(1, 6):
            writer.add_node(node(id=i, location=(100 + 0.01 * i, 36.0)))
        for i in range(1, 6):
            writer.add_node(node(id=i + 10, location=(100 + 0.01 * i, 36.002)))
        writer.add_node(node(id=90, location=(100.011, 36.001), tags=station))
        writer.add_node(node(id=92, location=(100.05, 36.0), tags={"place": "village", "population": "400"}))
        writer.add_way(way(id=1, nodes=list(range(1, 6)), tags={"highway": "primary"}))
        for i in range(1, 6):
            writer.add_way(way(id=i + 10, nodes=[i, i + 10], tags={"highway": "residential"}))


@pytest.mark.parametrize("page", [pytest.param(p, id=str(p.relative_to(ROOT))) for p in PAGES])
def test_links_within_the_project_lead_somewhere(page):
    targets = [a or b for a, b in LINK.findall(page.read_text(encoding="utf-8"))]
    missing = [t for t in targets if not t.startswith("http") and not (page.parent / t).exists()]

    assert missing == []


def test_the_reference_pages_are_those_that_the_code_gives():
    spec = importlib.util.spec_from_file_location("reference", ROOT / "tools" / "reference.py")
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    out_of_date = [
        name for name, text in reference.pages().items() if (reference.PAGES / name).read_text(encoding="utf-8") != text
    ]

    assert out_of_date == [], "run  python tools/reference.py"


def test_every_command_stands_on_the_page_of_the_command_line_with_its_options():
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    sections = dict(re.findall(r"^#+ drillsim (.*)\n([^#]*)", page, re.MULTILINE))
    rows = {name: len(re.findall(r"^\| `", text, re.MULTILINE)) for name, text in sections.items()}

    commands = {name for name in vocabulary("help") if name in sections}
    assert set(rows) == commands
    own = [name.rpartition(" ")[0] for name in vocabulary("help") if name not in commands]
    assert rows == {name: own.count(name) for name in rows}


def test_metrics_are_described_as_things():
    page = (ROOT / "docs" / "reference" / "metrics.md").read_text(encoding="utf-8")

    assert "| Per incident, the time from the call to the first unit on scene. [s] |" in page
    assert "Return" not in page


def test_both_read_mes_give_the_same_two_commands():
    english, chinese = (ROOT / name for name in ("README.md", "README.zh-CN.md"))

    assert blocks(english, "bash") == blocks(chinese, "bash")
