"""The pages, clicked without a browser."""

import errno
import re
from pathlib import Path

import pytest
import streamlit
from streamlit.testing.v1 import AppTest

import drillsim.app
from drillsim.app import batches, pictures, state
from drillsim.app.markdown import plain
from drillsim.base.errors import PluginError
from drillsim.scenario.files import load_scenario
from tests.engine.conftest import scenario
from tests.scenario.test_files import TOWN

SCRIPT = Path(drillsim.app.__file__).parent / "start.py"


@pytest.fixture
def app(tmp_path, monkeypatch):
    monkeypatch.setenv("DRILLSIM_HOME", str(tmp_path))
    monkeypatch.setenv("DRILLSIM_LANG", "en")
    test = AppTest.from_file(str(SCRIPT), default_timeout=120).run()
    assert not test.exception
    return test


def said(app) -> str:
    """Return what people read: a backslash before a sign keeps Markdown from it."""
    shown = "\n".join(
        str(e.value)
        for kind in (app.markdown, app.caption, app.info, app.success, app.warning, app.error)
        for e in kind
    )
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown)


def test_a_run_shows_objectives_and_tables(app):
    app.button(key="run_button").click().run()

    assert not app.exception
    assert "not met" in said(app)
    assert "All forces in place within 10 h" in said(app)
    waves, incidents = (table.value for table in app.dataframe)
    assert list(waves["Wave"]) == ["Wave east", "Wave lake", "Wave west", "Wave south"]  # as the plan has them
    assert "Collapsed brick school, 6 trapped" in list(incidents["Incident"])


def test_another_seed_asks_for_another_run(app):
    app.button(key="run_button").click().run()
    app.number_input(key="run_seed").set_value(2).run()

    assert "Choose a plan and run the exercise." in said(app)


def test_the_other_scenario_runs_too(app):
    box = app.selectbox(key="scenario_path_en")
    box.set_value(next(o for o in box.options if "Haidong" in o)).run() if isinstance(box.options[0], str) else None
    app.button(key="run_button").click().run()

    assert not app.exception
    assert "15 min" in said(app)


def test_it_speaks_chinese(app):
    app.session_state["lang"] = "zh"
    app.run()
    app.button(key="run_button").click().run()

    assert not app.exception
    assert "高原砺剑·2021" in said(app)
    assert "未达到" in said(app)
    assert "梯队" in app.dataframe[0].value.columns


FAILURES = {
    "disk": (OSError(errno.ENOSPC, "No space left on device", "/x/work"), "not be done: /x/work: the disk is full"),
    "memory": (MemoryError(), "not be done: memory has run out"),
    "plug-in": (PluginError("the rule 'own' failed"), "the rule 'own' failed"),
}


@pytest.mark.parametrize("name", FAILURES)
def test_a_run_that_fails_is_told_in_one_line_and_the_page_lives(app, monkeypatch, name):
    error, line = FAILURES[name]

    def failing(*_args, **_named):
        raise error

    monkeypatch.setattr(pictures, "simulate", failing)
    app.number_input(key="run_seed").set_value(77).run()  # a run that no other test has left in memory
    app.button(key="run_button").click().run()

    assert not app.exception
    assert [line in text for text in said(app).splitlines() if "fail" in text or "could not" in text] == [True]
    monkeypatch.undo()


@pytest.mark.parametrize("name", FAILURES)
def test_a_comparison_that_fails_is_told_in_one_line_and_can_be_asked_for_again(compare_page, monkeypatch, name):
    error, line = FAILURES[name]

    def failing(*_args, **_named):
        raise error

    monkeypatch.setattr(batches, "run_batch", failing)
    compare_page.button(key="compare_button").click().run()

    assert not compare_page.exception
    assert line in said(compare_page)
    assert "batch_under_way" not in compare_page.session_state


def test_a_folder_of_plans_that_cannot_be_read_is_told(app, monkeypatch):
    def failing(_scenario):
        raise PermissionError(errno.EACCES, "Permission denied", "/x/plans")

    monkeypatch.setattr(state, "with_saved_plans", failing)
    app.run()

    assert not app.exception
    assert "could not be done: /x/plans: " in said(app)


PLAN_PAGE = """
from drillsim.app import plan_page
from drillsim.app.state import begin

plan_page.show(begin())
"""


@pytest.fixture
def plan_page(tmp_path, monkeypatch):
    monkeypatch.setenv("DRILLSIM_HOME", str(tmp_path))
    monkeypatch.setenv("DRILLSIM_LANG", "en")
    return AppTest.from_string(PLAN_PAGE, default_timeout=120).run()


def test_a_saved_plan_keeps_its_title_when_it_is_edited(plan_page):
    plan_page.button(key="save_plan").click().run()
    assert "Saved" in said(plan_page)
    plan_page.selectbox(key="edit_base_en").select("as-ordered-1").run()

    assert [field.value for field in plan_page.text_input] == ["as-ordered-1", "As ordered *"]


def written(plan_page, table, *lines):
    """Write lines at the foot of a table; the editor cannot be typed into without a browser."""
    plan_page.session_state[table] = [*plan_page.session_state[table], *lines]
    plan_page.button(key="save_plan").click().run()
    assert not plan_page.exception
    return said(plan_page)


def test_a_line_that_is_half_filled_in_is_named_and_nothing_is_saved(plan_page, tmp_path):
    line = len(plan_page.session_state["units"]) + 1
    shown = written(plan_page, "units", {"station": None, "unit": "new", "crew": 5})

    assert f"line {line} of the units has no station" in shown
    assert "Saved" not in shown
    assert not list(tmp_path.rglob("*.yaml"))


def test_edits_of_a_plan_are_still_there_after_a_look_at_another(plan_page):
    rows = plan_page.session_state["units"]
    plan_page.session_state["units"] = [rows[0] | {"crew": 77}, *rows[1:]]
    plan_page.run()
    plan_page.selectbox(key="edit_base_en").select("two-staging-areas").run()
    assert plan_page.session_state["units"][0]["crew"] != 77
    plan_page.session_state["lang"] = "zh"
    plan_page.run()
    plan_page.selectbox(key="edit_base_zh").select("as-ordered").run()

    assert not plan_page.exception
    shown = plan_page.session_state["units"][0]
    assert shown["crew"] == 77
    assert shown["title"] != rows[0]["title"]  # in the language of now
    assert plan_page.dataframe[0].value["crew"].iloc[0] == 77

    plan_page.button(key="undo_edits").click().run()
    assert plan_page.session_state["units"][0]["crew"] == rows[0]["crew"]
    assert "undo_edits" not in [button.key for button in plan_page.button]


def test_a_plan_that_is_saved_again_as_it_was_shows_no_edits_of_before(plan_page):
    plan_page.button(key="save_plan").click().run()
    plan_page.selectbox(key="edit_base_en").select("as-ordered-1").run()
    first = plan_page.session_state["units"][0]
    for crew in (77, first["crew"]):
        plan_page.session_state["units"] = [first | {"crew": crew}, *plan_page.session_state["units"][1:]]
        plan_page.button(key="save_plan").click().run()
        assert "Saved" in said(plan_page)
        assert plan_page.session_state["units"][0]["crew"] == crew


def test_a_blank_line_is_no_unit(plan_page):
    blank = {"station": None, "unit": " ", "capabilities": []}

    assert "Saved" in written(plan_page, "units", {"station": None}, blank)
    assert "Saved" in written(plan_page, "stations", {"station": None, "force": "national_team"})


def test_what_was_saved_is_not_said_to_be_there_when_it_has_been_deleted(plan_page):
    plan_page.button(key="save_plan").click().run()
    plan_page.selectbox(key="edit_base_en").select("as-ordered-1").run()
    plan_page.button(key="delete_plan").click().run()

    assert plan_page.selectbox(key="edit_base_en").value == "as-ordered"
    assert "Saved" not in said(plan_page)


COMPARE_PAGE = PLAN_PAGE.replace("plan_page", "compare_page")


@pytest.fixture
def compare_page(tmp_path, monkeypatch):
    monkeypatch.setenv("DRILLSIM_HOME", str(tmp_path))
    monkeypatch.setenv("DRILLSIM_LANG", "en")
    return AppTest.from_string(COMPARE_PAGE, default_timeout=120).run()


def test_what_is_chosen_and_what_came_of_it_stay_in_another_language(compare_page):
    others = [spec.id for spec in load_scenario("gaoyuan-lijian-2021").plans][1:]
    compare_page.select_slider(key="compare_replications").set_value(20).run()
    compare_page.multiselect[0].set_value(others).run()
    compare_page.button(key="compare_button").click().run()
    before = compare_page.multiselect[0].options
    assert "What can be said" in said(compare_page)

    for lang, verdict in (("zh", "结论"), ("en", "What can be said")):
        compare_page.session_state["lang"] = lang
        compare_page.run()
        assert not compare_page.exception
        assert verdict in said(compare_page)
        assert compare_page.multiselect[0].value == others
        assert (compare_page.multiselect[0].options == before) is (lang == "en")


def test_a_title_with_asterisks_is_shown_with_them(compare_page):
    AppTest.from_string(PLAN_PAGE, default_timeout=120).run().button(key="save_plan").click().run()
    compare_page.select_slider(key="compare_replications").set_value(20).run()
    compare_page.multiselect[0].set_value(["two-staging-areas", "as-ordered-1"]).run()
    compare_page.button(key="compare_button").click().run()

    assert r"**As ordered \***" in [element.value for element in compare_page.markdown]


def test_a_comparison_that_is_stopped_says_how_far_it_came(compare_page, monkeypatch):
    def stopped(*_, progress, **__):
        progress(3, 40)
        streamlit.rerun()  # as a press on stop does

    monkeypatch.setattr("drillsim.app.compare_page.shared_batch", stopped)
    compare_page.select_slider(key="compare_replications").set_value(20).run()
    assert "Stopped" not in said(compare_page)
    compare_page.button(key="compare_button").click().run()

    assert not compare_page.exception
    assert "Stopped after 3 of 40 runs; nothing is kept." in said(compare_page)


def test_a_scenario_without_a_plan_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("drillsim.app.state._shipped", lambda _: scenario([]))
    monkeypatch.setenv("DRILLSIM_HOME", str(tmp_path))
    monkeypatch.setenv("DRILLSIM_LANG", "en")
    app = AppTest.from_file(str(SCRIPT), default_timeout=120).run()

    assert not app.exception
    assert "This scenario has no plan yet" in said(app)


def uploaded(app, encoding):
    app.file_uploader(key="scenario_upload").set_value(("town.yaml", TOWN.encode(encoding), "application/yaml")).run()
    assert not app.exception
    return "\n".join([said(app), *(block.value for block in app.code)])


def test_a_file_in_another_encoding_is_refused_with_the_place(app):
    assert "### Town" in uploaded(app, "utf-8-sig")
    assert "town.yaml:4:25: not UTF-8" in uploaded(app, "gbk")


def test_what_means_something_in_markdown_is_shown_as_it_stands():
    assert plain("No. 3 [*new*] $5 – 方案（一）") == r"No\. 3 \[\*new\*\] \$5 – 方案（一）"
