"""Two people edit one saved plan: nobody's edits vanish behind «Saved»."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.app.test_pages import PLAN_PAGE, said

PLAN = "as-ordered-1"


@pytest.fixture
def users(tmp_path, monkeypatch):
    """Two sessions that have opened the same saved plan."""
    monkeypatch.setenv("DRILLSIM_HOME", str(tmp_path))
    monkeypatch.setenv("DRILLSIM_LANG", "en")
    first = AppTest.from_string(PLAN_PAGE, default_timeout=120).run()
    first.button(key="save_plan").click().run()
    second = AppTest.from_string(PLAN_PAGE, default_timeout=120).run()
    for user in (first, second):
        user.selectbox(key="edit_base_en").select(PLAN).run()
    return first, second


def title(user, row, text):
    rows = user.session_state["units"]
    user.session_state["units"] = [r | {"title": text} if n == row else r for n, r in enumerate(rows)]
    user.run()


def titles(user):
    return [row["title"] for row in user.session_state["units"]]


def on_disk(folder):
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.rglob("*.yaml")))


def test_the_second_to_save_is_told_and_keeps_the_edits(users, tmp_path):
    first, second = users
    title(first, 0, "Edited by A")
    title(second, 3, "Edited by B")
    first.button(key="save_plan").click().run()
    second.button(key="save_plan").click().run()

    assert "Saved" in said(first)
    assert "Saved" not in said(second)
    assert "Somebody else has changed this plan" in said(second)
    assert "Edited by A" in on_disk(tmp_path)
    assert "Edited by B" not in on_disk(tmp_path)
    assert titles(second)[3] == "Edited by B"


def test_the_second_may_save_under_another_name_and_both_plans_stand(users, tmp_path):
    first, second = users
    title(first, 0, "Edited by A")
    title(second, 3, "Edited by B")
    first.button(key="save_plan").click().run()
    second.text_input[0].set_value("of-b").run()
    second.button(key="save_plan").click().run()

    assert not second.exception
    assert "Saved" in said(second)
    files = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.rglob("*.yaml")}
    assert "Edited by A" in files[f"{PLAN}.yaml"]
    assert "Edited by B" in files["of-b.yaml"]


def test_the_second_may_overwrite_and_is_then_up_to_date(users, tmp_path):
    first, second = users
    title(first, 0, "Edited by A")
    title(second, 3, "Edited by B")
    first.button(key="save_plan").click().run()
    second.run()
    second.button(key="overwrite_plan").click().run()

    assert "Saved" in said(second)
    assert "Somebody else" not in said(second)
    assert "Edited by B" in on_disk(tmp_path)
    assert "Edited by A" not in on_disk(tmp_path)


def test_whoever_undoes_the_edits_sees_the_plan_of_the_other(users):
    first, second = users
    title(first, 0, "Edited by A")
    title(second, 3, "Edited by B")
    first.button(key="save_plan").click().run()
    second.button(key="undo_edits").click().run()

    assert titles(second)[0] == "Edited by A"
    assert "Edited by B" not in titles(second)
    assert "Somebody else" not in said(second)


def test_a_plan_that_another_deletes_while_it_is_edited_can_be_saved_again_with_the_edits(users, tmp_path):
    first, second = users
    title(second, 3, "Edited by B")
    first.button(key="delete_plan").click().run()
    assert on_disk(tmp_path) == ""
    second.run()
    assert "Somebody else has deleted this plan" in said(second)
    assert titles(second)[3] == "Edited by B"
    second.button(key="save_plan").click().run()

    assert not second.exception
    assert "Saved" in said(second)
    assert "deleted" not in said(second)
    assert [path.name for path in tmp_path.rglob("*.yaml")] == [f"{PLAN}.yaml"]
    assert "Edited by B" in on_disk(tmp_path)


def test_the_edits_of_a_deleted_plan_wait_while_another_plan_is_shown(users, tmp_path):
    first, second = users
    title(second, 3, "Edited by B")
    second.selectbox(key="edit_base_en").select("as-ordered").run()
    first.button(key="delete_plan").click().run()
    second.selectbox(key="edit_base_en").select(PLAN).run()

    assert "Somebody else has deleted this plan" in said(second)
    assert titles(second)[3] == "Edited by B"


def test_a_deleted_plan_is_let_go_by_undoing_its_edits(users, tmp_path):
    first, second = users
    title(second, 3, "Edited by B")
    first.button(key="delete_plan").click().run()
    second.run()
    second.button(key="undo_edits").click().run()

    assert not second.exception
    assert second.selectbox(key="edit_base_en").value != PLAN
    assert "deleted" not in said(second)


def test_whoever_has_edited_nothing_sees_the_plan_of_the_other(users):
    first, second = users
    title(first, 0, "Edited by A")
    first.button(key="save_plan").click().run()
    second.run()

    assert titles(second)[0] == "Edited by A"
    assert "Somebody else" not in said(second)


def test_a_plan_saved_under_the_same_new_name_by_two_is_not_overwritten(tmp_path, monkeypatch):
    monkeypatch.setenv("DRILLSIM_HOME", str(tmp_path))
    monkeypatch.setenv("DRILLSIM_LANG", "en")
    first, second = (AppTest.from_string(PLAN_PAGE, default_timeout=120).run() for _ in range(2))
    for user, text in ((first, "Edited by A"), (second, "Edited by B")):
        user.text_input[0].set_value("same").run()
        title(user, 0, text)
        user.button(key="save_plan").click().run()

    assert "Saved" in said(first)
    assert "belongs to another saved plan" in said(second)
    assert "Edited by A" in on_disk(tmp_path)
    assert titles(second)[0] == "Edited by B"


def test_a_plan_that_cannot_be_written_is_told_with_the_reason_and_its_edits_stay(tmp_path, monkeypatch):
    (tmp_path / "plans").write_text("a file where the folder should be")
    monkeypatch.setenv("DRILLSIM_HOME", str(tmp_path))
    monkeypatch.setenv("DRILLSIM_LANG", "en")
    user = AppTest.from_string(PLAN_PAGE, default_timeout=120).run()
    title(user, 0, "Edited")
    user.button(key="save_plan").click().run()

    assert not user.exception
    assert "Not saved. Your edits are still here." in said(user)
    assert "Saved" not in said(user)
    assert titles(user)[0] == "Edited"
