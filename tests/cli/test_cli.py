"""The command line: what is printed, what is written, how it ends."""

import csv
import json
import os
import re
import socket
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from rich.cells import cell_len

import drillsim
from drillsim.base.errors import InvariantError
from drillsim.base.version import __version__
from drillsim.cli import main
from drillsim.cli.app import app_command
from drillsim.cli.commands import chosen_language
from drillsim.cli.console import clock, hours, progress, quantity
from drillsim.language import say
from drillsim.scenario.bundled_scenarios import find_scenario, shipped_scenarios
from drillsim.scenario.files import load_scenario
from drillsim.trace.trace import Trace
from tests.scenario.test_files import BROKEN, NIGHT, TOWN

ROOT = Path(drillsim.__file__).parent.parent
COMMANDS = ("run", "compare", "check", "show", "schema", "new", "plugins", "roads", "app")


@pytest.fixture(autouse=True)
def english(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "DRILLSIM_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def town(tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text(TOWN, encoding="utf-8")
    return path


@pytest.fixture
def starter(tmp_path, cli):
    path = tmp_path / "my-town.yaml"
    assert cli("new", path)[0] == 0
    return path


@pytest.fixture
def cli(capsys):
    """Run a command in this process; return its exit code, what it printed, and what it complained."""

    def run(*args):
        with pytest.raises(SystemExit) as ended:
            main([str(arg) for arg in args])
        out, err = capsys.readouterr()
        return ended.value.code or 0, out, err

    return run


def process(*args, **more):
    code = "import sys; from drillsim.cli import main; main(sys.argv[1:])"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
    return subprocess.Popen([sys.executable, "-c", code, *map(str, args)], env=env, cwd=ROOT, **more)


# --- help, version, language -----------------------------------------------------------------------------------


def test_help_names_every_command_and_every_exit_code(cli):
    code, out, _ = cli("--help")

    assert code == 0
    assert all(re.search(rf"│ {name} ", out) for name in COMMANDS)
    assert "Exit codes: 0 it worked" in out


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_in_both_languages(cli, command):
    code, out, _ = cli(command, "--help")
    code_zh, out_zh, _ = cli("--lang", "zh", command, "--help")

    assert (code, code_zh) == (0, 0)
    assert not re.search(r"[\u4e00-\u9fff]", out)
    assert say(f"help.{command}", "zh")[:12] in out_zh


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["", *COMMANDS, "roads import", "roads reach", "roads calibrate"])
def test_no_help_is_cut_off_in_a_terminal_of_80_columns(cli, command, lang):
    code, out, _ = cli("--lang", lang, *command.split(), "--help")

    assert code == 0
    assert "…" not in out


def test_help_and_version_come_up_fast(cli):
    before = os.times()
    with process("--version", stdout=subprocess.PIPE) as asked:
        out, _ = asked.communicate(timeout=60)
    after = os.times()

    assert out.decode().strip() == f"drillsim {__version__}"
    # time that it worked, not time that others kept it waiting
    assert after.children_user + after.children_system - before.children_user - before.children_system < 3.0


def test_what_only_one_command_needs_is_not_loaded_for_the_others():
    heavy = ("streamlit", "folium", "pandas", "altair", "osmium")
    code = f"import sys, drillsim.cli; print([m for m in {heavy} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True)

    assert loaded.stdout.strip() == "[]"


def test_the_language_is_asked_for_or_taken_from_the_environment(monkeypatch):
    assert chosen_language([]) == "en"
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert chosen_language([]) == "zh"
    monkeypatch.setenv("DRILLSIM_LANG", "en")
    assert chosen_language([]) == "en"
    assert chosen_language(["run", "--lang", "zh"]) == "zh"


def test_without_a_variable_the_language_is_that_of_the_system(monkeypatch):
    monkeypatch.setattr("locale.getlocale", lambda: ("Chinese (Simplified)_China", "936"))
    assert chosen_language([]) == "zh"
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    assert chosen_language([]) == "en"


# --- run -------------------------------------------------------------------------------------------------------


def test_a_run_prints_incidents_tasks_objectives_and_a_digest(cli, starter):
    code, out, err = cli("run", starter)

    assert (code, err) == (0, "")
    for text in (
        "Both crews in the centre",
        "Market on fire",
        "Attack the fire",
        "First unit within 20 minutes",
        "digest",
    ):
        assert text in out


def test_a_run_is_printed_in_chinese(cli, starter):
    _, out, _ = cli("--lang", "zh", "run", starter)

    for text in ("两组力量均驻县城", "市场火灾", "内攻灭火", "首个到场", "演练目标"):
        assert text in out


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("command", ["run", "show"])
def test_tables_fit_a_terminal_of_80_columns(cli, starter, lang, command):
    _, out, _ = cli("--lang", lang, command, starter)

    assert max(cell_len(line) for line in out.splitlines()) <= 80


def test_the_same_seed_gives_the_same_digest_and_another_seed_another(cli, starter):
    digests = [json.loads(cli("run", starter, "--json", "--seed", seed)[1])["digest"] for seed in (1, 1, 2)]

    assert digests[0] == digests[1] != digests[2]


def test_a_run_prints_json_with_every_metric(cli, starter):
    _, out, _ = cli("run", starter, "--json", "--plan", "one-in-east")
    data = json.loads(out)

    assert data["run"]["plan"] == "one-in-east"
    assert {row["incident"] for row in data["incidents"]} == {"market", "crash"}
    assert set(data["metrics"]["first_arrival_s"]) == {"market", "crash"}
    assert data["objectives"][0]["id"] == "first-in-20"


def test_the_injects_of_a_run_are_told_with_sender_receiver_and_expected_action(cli):
    code, out, _ = cli("run", "gaoyuan-lijian-2021")
    told = re.sub(r"\s+", " ", out)

    assert code == 0
    assert "Injects" in told
    assert all(part in told for part in ("aftershock-", "cell →", "engineers."))  # columns are narrow


def test_a_wave_is_listed_with_units_vehicles_and_people(cli, tmp_path):
    path = tmp_path / "wave.yaml"
    wave = """\
    staging_areas: [{id: camp, node: b}]
    waves:
      - {id: help, title: {en: Help, zh: 增援}, ordered_by: HQ, at_s: 0, units: [relief], destination: camp}
"""
    relief = "          - {id: relief, crew: 7, vehicles: 3, count: 2, capabilities: [rescue], by_wave_only: true}\n"
    path.write_text(TOWN + relief + wave, encoding="utf-8")

    _, out, _ = cli("run", path)
    row = json.loads(cli("run", path, "--json")[1])["waves"][0]

    assert re.search(r"Help .* 2 +6 +14\b", out)
    assert (row["units"], row["vehicles"], row["people"], row["ordered_s"]) == (2, 6, 14, 0)
    assert 0 <= row["departed_s"] < row["first_in_place_s"] <= row["closed_s"] < 4 * 3600


def test_teams_and_waves_are_shown_with_what_they_consist_of(cli, tmp_path):
    path = tmp_path / "teams.yaml"
    wave = """\
    staging_areas: [{id: camp, node: b}]
    waves:
      - id: help
        response_level: II
        ordered_by: Province
        at_s: 0
        decision: 30 min
        preparation: 90 min
        units: [relief]
        destination: camp
"""
    relief = "          - {id: relief, team: cn_heavy, by_wave_only: true}\n"
    path.write_text(TOWN + relief + wave, encoding="utf-8")

    _, out, _ = cli("show", path)

    assert re.search(r"Heavy team +2 +100 +20 +6 +72:00", out)
    assert re.search(r"help +II +Province +0:30 +1:30 +2 +100", out)


def test_a_need_that_nobody_can_meet_is_listed(cli, tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text(TOWN.replace("[fire_attack], min_crew: 4", "[fire_attack, ladder], min_crew: 4"), encoding="utf-8")

    _, out, _ = cli("run", path)
    need = json.loads(cli("run", path, "--json")[1])["unmet_needs"][0]

    assert "Unmet needs at ENDEX" in out
    assert (need["incident"], need["capability"]) == ("fire-1", "ladder")


@pytest.mark.parametrize("name", ["trace.jsonl", "trace.parquet"])
def test_a_trace_is_written_and_can_be_read(cli, starter, tmp_path, name):
    code, out, _ = cli("run", starter, "--trace", tmp_path / name)

    assert code == 0
    assert f"Wrote {tmp_path / name}" in out.replace("\n", "")
    assert Trace.read(tmp_path / name).digest()[:16] in out


@pytest.mark.parametrize(("lang", "name"), [("zh", "市场火灾"), ("en", "Market on fire")])
def test_a_map_is_written_as_one_page_in_the_language_asked_for(cli, starter, tmp_path, lang, name):
    code, out, _ = cli("--lang", lang, "run", starter, "--map", tmp_path / "map.html")

    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert code == 0
    assert "map.html" in out.replace("\n", "")
    assert name in page
    assert not re.search(r"<(script|link)[^>]+(src|href)=", page)


def test_a_plan_may_come_from_a_file_of_its_own(cli, town, tmp_path):
    (tmp_path / "night.yaml").write_text(NIGHT, encoding="utf-8")

    code, out, _ = cli("run", town, "--plan-file", tmp_path / "night.yaml", "--json")

    assert code == 0
    assert json.loads(out)["run"]["plan"] == "night"


def test_a_run_can_be_checked_and_a_contradiction_ends_with_3(cli, starter, monkeypatch):
    assert "keeps every invariant" in cli("run", starter, "--check")[1]

    def broken(*args, **more):
        raise InvariantError("time runs backwards")

    monkeypatch.setattr("drillsim.cli.run.check_invariants", broken)
    code, _, err = cli("run", starter, "--check")

    assert (code, err) == (3, "time runs backwards\n")


# --- compare -----------------------------------------------------------------------------------------------------


def test_a_comparison_says_in_a_sentence_what_the_objectives_are_about(cli, starter):
    code, out, err = cli("compare", starter, "--replications", 20)

    assert (code, err) == (0, "")
    assert "reference: Both crews in the centre" in out
    assert "One crew in the east is 16 min earlier than Both crews in the centre" in re.sub(r"\s+", " ", out)
    assert "First arrival" in out
    assert max(cell_len(line) for line in out.splitlines()) <= 80


@pytest.mark.parametrize(("lang", "title"), [("en", "Replications that met"), ("zh", "达成演练目标的推演占比")])
def test_a_comparison_says_how_often_each_plan_met_each_objective(cli, starter, lang, title):
    args = ("compare", starter, "--replications", 5, "--lang", lang)
    met = json.loads(cli(*args, "--json")[1])["share_of_replications_that_met"]
    shares = [f"{met[plan]['first-in-20']:.0%}" for plan in ("all-in-centre", "one-in-east")]

    out = cli(*args)[1]

    assert title in out
    assert re.search(rf"20 ?(minutes|分钟).* {shares[0]} +{shares[1]} *\n", out)
    assert title not in cli(*args, "--metric", "closure_s")[1]


def test_a_comparison_is_printed_in_chinese_and_for_one_metric_case_by_case(cli, starter):
    _, out, _ = cli("--lang", "zh", "compare", starter, "--replications", 5, "--metric", "first_arrival_s")

    assert "基准方案：两组力量均驻县城" in out
    assert "客货车相撞" in out
    assert "处置结束" not in out
    assert max(cell_len(line) for line in out.splitlines()) <= 80


def test_the_first_plan_named_is_the_reference(cli, starter):
    args = ("compare", starter, "--replications", 5, "--json", "--metric", "first_arrival_s")
    one = json.loads(cli(*args)[1])
    other = json.loads(cli(*args, "--plans", "one-in-east,all-in-centre")[1])

    assert (one["reference"], other["reference"]) == ("all-in-centre", "one-in-east")
    differences = [data["comparisons"][0]["differences"][0]["mean_difference"] for data in (one, other)]
    assert differences[0] == pytest.approx(-differences[1]) != 0
    assert one["share_of_replications_that_met"]["one-in-east"]["first-in-20"] >= 0.8


def test_a_comparison_is_printed_as_csv(cli, starter):
    rows = list(csv.DictReader(cli("compare", starter, "--replications", 3, "--csv")[1].splitlines()))

    assert {(row["plan_a"], row["plan_b"]) for row in rows} == {("all-in-centre", "one-in-east")}
    assert {"first_arrival_s", "distance_m"} <= {row["metric"] for row in rows}
    assert all(int(row["replications"]) == 3 for row in rows)


def test_what_too_few_replications_reached_has_no_interval(cli, tmp_path):
    path = tmp_path / "town.yaml"
    night = "".join(f"    {line}\n" if n else f"  - {line}\n" for n, line in enumerate(NIGHT.splitlines()))
    path.write_text(TOWN.replace("ends_at_s: 4 h", "ends_at_s: 20 min") + night, encoding="utf-8")

    _, out, _ = cli("compare", path, "--replications", 3, "--metric", "task_finish_s")
    rows = list(csv.DictReader(cli("compare", path, "--replications", 3, "--csv")[1].splitlines()))

    assert re.search(r"Task finish +– +– +– +– +3 / 3", out)
    assert [row["low"] for row in rows if row["metric"] == "task_finish_s"] == [""]


def test_plans_that_are_alike_do_not_differ(cli, tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text(TOWN + "  - {id: same, based_on: today}\n", encoding="utf-8")

    assert "do not differ in any metric" in cli("compare", path, "--replications", 3)[1]


def test_a_plan_file_takes_part_in_a_comparison(cli, town, tmp_path):
    (tmp_path / "night.yaml").write_text(NIGHT, encoding="utf-8")

    args = ("compare", town, "--plan-file", tmp_path / "night.yaml", "--replications", 3, "--json")

    assert json.loads(cli(*args)[1])["comparisons"][0]["plan_b"] == "night"


# --- how it ends -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["run", "{town}", "--plan", "todya"], "unknown plan 'todya'. Did you mean 'today'? Known: today"),
        (["run", "{tmp}/none.yaml"], "there is no such file"),
        (["run", "no-such-scenario"], "unknown scenario 'no-such-scenario'. Known: "),
        (["run", "{tmp}"], "this is a folder"),
        (["run", "{town}", "--trace", "{tmp}/trace.txt"], "ends in .jsonl or .parquet"),
        (["run", "{town}", "--trace", "{tmp}/none/trace.jsonl"], "no such folder"),
        (["run", "{town}", "--plan", "today", "--plan-file", "{town}"], "either --plan or --plan-file"),
        (["run", "{town}", "--seed", "-1"], "Invalid value for '--seed'"),
        (["run"], "Missing argument"),
        (["rnu"], "No such command"),
        (["show", "{tmp}/none.yaml"], "there is no such file"),
        (["schema", "world"], "write scenario or plan, not 'world'"),
        (["new", "{town}"], "is there already; --force writes over it"),
        (["new", "{tmp}/none/town.yaml"], "no such folder"),
        (["compare", "{town}"], "takes two plans or more; the scenario has: today"),
        (["compare", "{town}", "--plans", "today,tody"], "unknown plan 'tody'"),
        (["compare", "{town}", "--plans", "today,today"], "named twice"),
        (["compare", "{town}", "--metric", "first_arival_s"], "Did you mean 'first_arrival_s'?"),
        (["check", "{tmp}/none.yaml"], "there is no such file"),
        (["run", "river_city"], "Did you mean 'river-city'?"),
        (["run", "River-City.yaml"], "Did you mean 'river-city'?"),
        (["run", "{town}", "--seed", str(2**128)], "seed: write a whole number from 0 below 2^128"),
        (["run", "{town}", "--replication", str(2**64)], "replication: write a whole number from 0 below 2^64"),
    ],
)
def test_what_cannot_be_done_ends_with_2_and_says_why(cli, town, tmp_path, args, said):
    code, out, err = cli(*(arg.format(town=town, tmp=tmp_path) for arg in args))

    assert code == 2
    assert said in re.sub(r"[\s│]+", " ", err)
    assert "Traceback" not in out + err


def test_a_language_alone_asks_for_the_help(cli):
    code, out, _ = cli("--lang", "zh")

    assert code == 0
    assert "用法：drillsim [选项] 命令 [参数]..." in out


def test_the_problems_of_a_file_are_said_in_the_language_asked_for(cli, tmp_path):
    path = tmp_path / "broken.yaml"
    path.write_text(BROKEN, encoding="utf-8")

    code, out, err = cli("--lang", "zh", "run", path)

    assert (code, out) == (2, "")
    assert err.startswith("共 6 处错误：\n")
    assert f"{path}:13:11: incidents.0.node: 未知的地点“bb”。是否想写“b”？" in err


def test_a_closed_pipe_is_no_error(starter):
    with process("schema", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        asked.stdout.close()
        err = asked.stderr.read()
        code = asked.wait(timeout=60)

    assert (code, err) == (0, b"")


def test_an_interrupted_command_ends_with_130(cli, starter, monkeypatch):
    def interrupted(*args, **more):
        raise KeyboardInterrupt

    monkeypatch.setattr("drillsim.cli.run.simulate", interrupted)

    assert cli("run", starter)[0] == 130


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Interrupted after 2 of 6 runs; nothing is kept.\n"),
        ("zh", "推演在第 2 次（共 6 次）后被中断；结果未保存。\n"),
    ],
)
def test_an_interrupted_comparison_says_how_far_it_came(cli, starter, monkeypatch, lang, said):
    def interrupted(*args, progress, **more):
        progress(2, 6)
        raise KeyboardInterrupt

    monkeypatch.setattr("drillsim.cli.compare.run_batch", interrupted)

    assert cli("compare", starter, "--replications", 3, "--lang", lang) == (130, "", said)


@pytest.mark.parametrize("heavy", ["typer", "numpy", "simpy"])
def test_interrupted_while_it_is_loading_it_ends_with_130_and_one_line(starter, heavy):
    code = f"""
import sys

class CtrlC:
    def find_spec(self, name, path=None, target=None):
        if name == "{heavy}":
            raise KeyboardInterrupt

sys.meta_path.insert(0, CtrlC())
from drillsim.cli import main
main(["run", {str(starter)!r}])
"""
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=False)

    assert (ended.returncode, ended.stderr) == (130, b"Interrupted.\n")


# --- the other commands ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_starter_scenario_is_in_order_and_commented_in_the_language_asked_for(cli, tmp_path, lang):
    path = tmp_path / "Räumung 2.yaml"

    code, _, _ = cli("new", path, "--lang", lang)

    assert code == 0
    assert [plan.id for plan in load_scenario(path).plans] == ["all-in-centre", "one-in-east"]
    assert (path.read_text(encoding="utf-8").startswith("# 起始情景")) == (lang == "zh")


def test_the_command_to_go_on_with_can_be_pasted_whatever_the_name_of_the_file(cli, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    out = cli("new", "城 市.yaml")[1]

    assert "Now:  drillsim run '城 市.yaml'" in out
    assert "# Run it: drillsim run '城 市.yaml'" in (tmp_path / "城 市.yaml").read_text(encoding="utf-8")


def test_a_file_is_written_over_only_by_force(cli, town):
    assert cli("new", town)[0] == 2
    assert load_scenario(town).id == "town"
    assert cli("new", town, "--force")[0] == 0
    assert len(load_scenario(town).plans) == 2


def test_the_example_of_a_kind_is_written_as_a_scenario_that_runs(tmp_path, cli):
    path = tmp_path / "temple.yaml"

    assert cli("new", path, "--kind", "temple_fire")[0] == 0
    assert cli("run", path, "--check")[0] == 0
    assert load_scenario(path).incidents[0].kind == "temple_fire"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["--kind", "temple_fir"], "unknown kind of plug-in 'temple_fir'. Did you mean 'temple_fire'?"),
        (["--kind", "nearest", "--from", "x.osm"], "--kind and --from make a scenario each; give one of them"),
    ],
)
def test_an_unknown_kind_or_a_kind_and_a_map_write_nothing(tmp_path, cli, args, said):
    code, _, complaint = cli("new", tmp_path / "x.yaml", *args)

    assert code == 2
    assert said in " ".join(complaint.split())
    assert list(tmp_path.iterdir()) == []


def test_a_scenario_is_shown_with_its_plans_side_by_side(cli, starter):
    _, out, _ = cli("show", starter)

    for text in (
        "market-fire",
        "Growing fire",
        "bridge",
        "first-in-20"[:0],
        "all-in-centre",
        "one-in-east",
        "Nearest unit",
    ):
        assert text in out


@pytest.mark.parametrize(
    ("name", "lang", "said"),
    [
        ("jishishan-2023", "en", ("Earthquake, M 6.2", "35.70, 102.79; 8 km from Jishishan")),
        ("jishishan-2023", "zh", ("6.2级地震", "距积石山")),
        ("gaoyuan-lijian-2021", "en", ("Earthquake, M 7.0", "Kanbula")),
        ("temple-fire", "zh", ("寺院殿堂着火", "坎布拉")),
    ],
)
def test_whatever_brings_incidents_about_is_shown_with_its_name_and_place(cli, monkeypatch, name, lang, said):
    monkeypatch.setenv("COLUMNS", "160")
    _, out, _ = cli("show", name, "--lang", lang)

    assert all(text in out for text in said)


def test_a_scenario_is_shown_as_json(cli, starter):
    data = json.loads(cli("show", starter, "--json")[1])

    assert data["id"] == "my-town"
    assert data["plans"][1]["based_on"] == "all-in-centre"
    assert len(data["digest"]) == 64


def test_every_plug_in_is_listed_with_its_origin(cli):
    _, out, _ = cli("plugins")
    data = json.loads(cli("plugins", "--json")[1])

    assert "drillsim.dispatch.nearest" in re.sub(r"\s+", "", out) or "run_card" in out
    assert {"fire_growth", "snowfall", "listed", "demand", "nearest", "run_card"} <= {row["kind"] for row in data}
    assert all(row["about"] and row["origin"] for row in data)


def test_every_plug_in_that_comes_along_is_told_in_chinese(cli):
    data = json.loads(cli("plugins", "--json", "--lang", "zh")[1])
    own = {(row["folder"], row["kind"]): row["about"] for row in data if row["origin"].startswith("drillsim.")}

    assert [key for key, about in own.items() if about.isascii()] == []


def test_the_schema_is_printed_or_written(cli, tmp_path):
    printed = json.loads(cli("schema", "plan")[1])
    assert cli("schema", "plan", "-o", tmp_path / "plan.json")[0] == 0

    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8")) == printed
    assert "stations" in printed["properties"]


def test_the_app_is_served_to_this_machine_alone():
    command = app_command(Path("main.py"), port=8600)
    options = dict(zip(command[5::2], command[6::2], strict=True))

    assert command[1:5] == ["-m", "streamlit", "run", "main.py"]
    assert options["--server.address"] == "127.0.0.1"
    assert options["--server.port"] == "8600"
    assert options["--browser.gatherUsageStats"] == "false"
    assert options["--server.headless"] == "true"
    assert options["--server.maxUploadSize"] == "2"
    assert options["--logger.hideWelcomeMessage"] == "true"  # else it offers to install things, on the page, too


def test_a_good_file_is_in_order_and_all_bad_files_are_said(cli, starter, tmp_path):
    broken = tmp_path / "broken.yaml"
    broken.write_text(BROKEN, encoding="utf-8")

    code, out, _ = cli("check", starter)
    assert (code, "in order. 2 plan(s)" in re.sub(r"\s+", " ", out)) == (0, True)

    code, _, err = cli("check", broken, starter, tmp_path / "none.yaml")
    assert code == 2
    assert err.startswith("7 fault(s):")


def test_a_scenario_without_plans_cannot_be_checked_or_run(cli, tmp_path):
    path = tmp_path / "town.yaml"
    path.write_text(TOWN[: TOWN.index("plans:")], encoding="utf-8")

    for command in ("check", "run"):
        code, _, err = cli(command, path)
        assert (code, err) == (2, f"{path}: has no plan; there is nothing to run\n")


def test_one_plan_file_is_enough_for_a_run(cli, town):
    assert cli("run", town, "--plan-file", town, "--plan-file", town)[2] == "write --plan-file once\n"


def test_a_file_that_may_not_be_written_is_said(cli, starter, monkeypatch):
    def refused(*args):
        raise PermissionError(13, "Permission denied", "trace.jsonl")

    monkeypatch.setattr(Trace, "write", refused)

    assert cli("run", starter, "--trace", "trace.jsonl")[::2] == (
        2,
        "trace.jsonl: this may not be read or written; check the rights\n",
    )


@pytest.mark.parametrize(
    ("option", "name"), [("--trace", "run.jsonl"), ("--trace", "run.parquet"), ("--map", "map.html")]
)
def test_what_cannot_be_written_is_named_as_it_was_named(cli, starter, tmp_path, option, name):
    path = tmp_path / "out" / name
    path.mkdir(parents=True)

    code, _, err = cli("run", starter, option, path)

    assert (code, err) == (2, f"{path}: Is a directory\n")
    assert list(path.parent.iterdir()) == [path]


def test_a_map_is_written_through_a_link(cli, starter, tmp_path):
    (tmp_path / "map.html").symlink_to(tmp_path / "latest")

    assert cli("run", starter, "--map", tmp_path / "map.html")[0] == 0
    assert (tmp_path / "map.html").is_symlink()
    assert (tmp_path / "latest").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_the_app_is_started_and_a_taken_port_is_said(cli, monkeypatch):
    started = []

    class Server:
        """A server that ends at once."""

        returncode = 0

        def __init__(self, command, **_):
            started.append(command)

        def poll(self):
            return self.returncode

    monkeypatch.setattr("drillsim.cli.app.subprocess.Popen", Server)
    monkeypatch.setattr("drillsim.cli.app.Path.is_file", lambda _: True)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        taken.listen()
        assert cli("app", "--port", port)[::2] == (2, f"port {port} is in use; choose another one with --port\n")

    code, out, _ = cli("app", "--port", port, "--no-browser")

    assert (code, f"http://127.0.0.1:{port}" in out) == (0, True)
    assert started[0][started[0].index("--server.headless") + 1] == "true"


def test_an_installation_without_the_app_says_so(cli, monkeypatch):
    monkeypatch.setattr("drillsim.cli.app.Path.is_file", lambda _: False)

    assert cli("app")[::2] == (2, "the app is not part of this installation\n")


def test_long_tables_are_cut_short(cli, tmp_path):
    path = tmp_path / "town.yaml"
    calls = "".join(
        f"  - {{id: c{n}, node: a, type: road_crash, starts_at_s: {n}, "
        "tasks: [{id: free, capabilities: [rescue], work: 1 h}]}\n"
        for n in range(60)
    )
    path.write_text(TOWN.replace("plans:", calls + "plans:"), encoding="utf-8")

    assert "… and 41 more; --json prints all" in cli("show", path)[1]
    assert "… and 41 more; --json prints all" in cli("run", path)[1]


def test_a_run_whose_table_is_not_read_to_the_end_still_writes_its_trace(starter, tmp_path):
    path = tmp_path / "trace.jsonl"
    with process("run", starter, "--trace", path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        asked.stdout.close()
        err = asked.stderr.read()
        code = asked.wait(timeout=60)

    assert (code, err) == (0, b"")
    assert Trace.read(path).events


def test_a_comparison_cut_short_by_its_reader_is_no_error(starter):
    with process("run", starter, "--json", stdout=subprocess.PIPE, stderr=subprocess.PIPE) as asked:
        asked.stdout.close()
        assert (asked.stderr.read(), asked.wait(timeout=60)) == (b"", 0)


def test_progress_is_a_bar_where_somebody_watches(monkeypatch, capsys):
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    with progress("Running") as report:
        report(1, 2)

    assert "1/2" in capsys.readouterr().err


def test_progress_in_a_file_is_a_line_now_and_then(monkeypatch, capsys):
    clock_s = [0.0]
    monkeypatch.setattr("drillsim.cli.console.time.monotonic", lambda: clock_s[0])
    with progress("Running") as report:
        for done in range(1, 101):
            clock_s[0] += 1.0 if done <= 50 else 0.1
            report(done, 100)

    assert capsys.readouterr().err.splitlines() == [f"Running: {done}/100" for done in (10, 20, 30, 40, 50, 100)]


def test_what_is_done_soon_shows_no_progress_in_a_file(capsys):
    with progress("Running") as report:
        report(1, 2)

    assert capsys.readouterr().err == ""


# --- shipped scenarios ---------------------------------------------------------------------------------------------


def test_a_bare_name_finds_a_shipped_scenario(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for path in shipped_scenarios():
        assert find_scenario(path.stem) == path
    assert find_scenario("no-such-scenario") == Path("no-such-scenario")
    assert find_scenario("town.yaml") == Path("town.yaml")


# --- how things are written ------------------------------------------------------------------------------------------


def test_times_are_hours_and_minutes_after_startex_and_on_the_clock():
    startex = datetime(2021, 3, 29, 7)  # noqa: DTZ001

    assert [hours(t) for t in (0, 29, 31, 3599, 36000, float("inf"))] == ["0:00", "0:00", "0:01", "1:00", "10:00", "–"]
    assert [clock(startex, t) for t in (0, 3600, 17 * 3600)] == ["07:00", "08:00", "+1 00:00"]
    assert quantity(0.5, "1") == "50.0 %"
