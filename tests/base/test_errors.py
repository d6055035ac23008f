"""Errors that drillsim raises on purpose, and how they read."""

import inspect
import json
import pickle

import pytest

from drillsim.base import errors
from drillsim.base.errors import (
    DrillsimError,
    InputError,
    InvariantError,
    NetworkError,
    PluginError,
    Problem,
    ScenarioError,
    UnknownNameError,
    blaming,
    guess,
    unknown_name,
)
from drillsim.language import message
from drillsim.language.formatting import LONGEST, dotted, printable, short_repr

PROBLEM = Problem("unit_without", "plans.0", "town.yaml:3:5", {"id": "engine", "field": "crew"}, "null")


def classes():
    return [c for c in vars(errors).values() if inspect.isclass(c) and issubclass(c, Exception)]


def test_one_root_catches_every_error():
    assert len(classes()) > 6
    assert all(issubclass(cls, DrillsimError) for cls in classes())


@pytest.mark.parametrize("cls", classes())
def test_an_error_can_be_built_again_from_its_arguments(cls):
    error = cls([PROBLEM]) if issubclass(cls, InputError) else cls("it broke")

    again = type(error)(*error.args)

    assert len(error.args) == 1
    assert str(again) == str(error)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301  # our own


@pytest.mark.parametrize(
    ("cls", "builtin"),
    [
        (ScenarioError, ValueError),
        (NetworkError, ValueError),
        (UnknownNameError, LookupError),
        (InvariantError, AssertionError),
    ],
)
def test_an_error_is_also_what_python_would_have_raised(cls, builtin):
    assert issubclass(cls, builtin)


def test_a_problem_says_where_what_and_what_was_got_in_english():
    assert PROBLEM.text("en") == "town.yaml:3:5: plans.0: the unit 'engine' has no crew; write it (got null)"


def test_a_problem_says_where_what_and_what_was_got_in_chinese():
    assert PROBLEM.text("zh") == "town.yaml:3:5: plans.0: 力量单元“engine”缺少 crew，请补上（实际为 null）"


def test_a_problem_without_a_place_says_what_alone():
    assert Problem("file_empty").text("zh") == "文件是空的；可用 drillsim new 生成一份起始情景"


def test_an_input_error_lists_every_problem():
    assert ScenarioError([PROBLEM, Problem("string_type", "hazards.0")]).text("en").splitlines() == [
        "2 fault(s):",
        "  town.yaml:3:5: plans.0: the unit 'engine' has no crew; write it (got null)",
        "  hazards.0: no text; put it in quotes",
    ]


def test_a_misspelt_name_is_guessed():
    assert guess("nearst", ["nearest", "priority"]) == "nearest"
    assert guess("zzz", ["nearest", "priority"]) is None


def fails():
    json.loads("{")


def test_a_plug_in_that_fails_is_named_with_the_last_line_of_its_own():
    with pytest.raises(PluginError) as caught, blaming("policy 'last'"):
        fails()

    line = fails.__code__.co_firstlineno + 1
    assert str(caught.value).startswith("policy 'last' failed: JSONDecodeError: Expecting property name")
    assert str(caught.value).endswith(f" ({__file__}:{line})")


def test_an_unknown_name_is_said_in_both_languages():
    assert unknown_name("plan", "tow", ["one", "two"]) == "unknown plan 'tow'. Did you mean 'two'? Known: one, two"
    assert unknown_name("plan", "tow", ["one", "two"], "zh") == (
        "未知的力量部署方案“tow”。是否想写“two”？可选：one, two"
    )
    assert unknown_name("wave", "x", [], "zh") == "未知的梯队“x”。可选：-"


def test_a_message_that_does_not_exist_is_a_mistake_of_ours():
    with pytest.raises(KeyError):
        message("no_such_code")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "null"),
        (True, "true"),
        (1.50, "1.5"),
        (10**30, "1000000000000000000000000000000"),
        ("a\tb", r"'a\tb'"),
        ([1, "a", [2], {"b": 3}], "[1, a, […], {…}]"),
        ({"a": None, "b": [1]}, "{a: null, b: […]}"),
        ([0] * 100, "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, …]"),
        (["x" * 50, "y" * 50], "[" + "x" * 50 + ", …]"),
    ],
)
def test_what_stood_there_is_shown_short(value, expected):
    assert short_repr(value) == expected


def test_a_long_text_is_cut_and_a_path_shown_with_dots():
    assert printable("x" * 100) == "x" * (LONGEST - 1) + "…"
    assert dotted(("plans", 0, "node")) == "plans.0.node"
