"""What the command line says of itself: help and wrong usage, in any language of the catalogue."""

import re

import pytest
from babel.messages.pofile import read_po, write_po
from typer.main import get_command

from drillsim.cli import main
from drillsim.cli.application import app
from drillsim.language import catalogue as catalogues
from drillsim.language import languages, vocabulary
from drillsim.language.catalogue import FOLDER, catalogue

WORD = re.compile(r"[A-Za-z]{2,}")
TYPE = re.compile(r"<[^>]*>|\[[0-9]*<?=?x[<>]=[0-9]+\]|\[scenario\|plan\]")
"""How the type of a parameter is noted: the same in every language."""


def tree(group, path=()):
    """Yield every command with the names that lead to it."""
    yield path, group
    for name, one in getattr(group, "commands", {}).items():
        yield from tree(one, (*path, name))


COMMANDS = dict(tree(get_command(app)))
NAMES = {"drillsim"} | {
    word
    for path, command in COMMANDS.items()
    for text in (*path, *(t for p in command.params for t in (p.name, *p.opts, *p.secondary_opts, str(p.default))))
    for word in WORD.findall(text)
} | {"help"}  # fmt: skip
"""What people type, in every language."""
WRONG = (
    ["run"],
    ["roads", "reach", "x"],
    ["rnu"],
    ["no-such"],
    ["run", "7", "--sede", "1"],
    ["run", "7", "--zzzz"],
    ["run", "7", "-q"],
    ["run", "7", "--seed"],
    ["run", "7", "--json=1"],
    ["run", "7", "8", "9"],
    ["run", "7", "--seed", "-1"],
    ["run", "7", "--seed", "1.5"],
    ["app", "--port", "70000"],
    ["--lang"],
)


@pytest.fixture(autouse=True)
def surroundings(monkeypatch):
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "DRILLSIM_LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def other_language(tmp_path, monkeypatch):
    """Speak one more language, whose texts are a sign and what is filled in."""
    monkeypatch.setattr(catalogues, "FOLDER", tmp_path)
    for file in FOLDER.glob("*.po"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    with (FOLDER / "en.po").open("rb") as file:
        texts = read_po(file)
    for text in texts:
        if text.id:
            text.string = " ".join(["¤", *re.findall(r"{\w+}", text.string)])
    with (tmp_path / "xx.po").open("wb") as file:
        write_po(file, texts)
    catalogue.cache_clear()
    languages.cache_clear()
    yield "xx"
    catalogue.cache_clear()
    languages.cache_clear()


def said(capsys, *args):
    with pytest.raises(SystemExit) as ended:
        main([*args])
    out, err = capsys.readouterr()
    return ended.value.code or 0, out, err


def words_of_others(text):
    """Return the words that neither the catalogue nor the names of commands and options account for."""
    return set(WORD.findall(TYPE.sub("", text))) - NAMES - {"lang", "xx", "rnu", "no", "such", "sede", "zzzz"}


def test_there_is_a_text_for_every_command_and_parameter_and_for_nothing_else():
    keys = {" ".join(path) or "drillsim" for path in COMMANDS}
    keys |= {f"{' '.join(path) or 'drillsim'} {param.name}" for path, one in COMMANDS.items() for param in one.params}

    assert keys - set(vocabulary("help")) == {"drillsim install_completion", "drillsim show_completion"}
    assert set(vocabulary("help")) - keys == set()


@pytest.mark.parametrize("path", COMMANDS)
def test_help_in_one_more_language_shows_its_catalogue_and_no_word_of_typer(capsys, other_language, path):
    code, out, _ = said(capsys, *path, "--help", "--lang", other_language)

    assert (code, words_of_others(out)) == (0, set())
    assert "¤" in out


@pytest.mark.parametrize("args", WRONG, ids=" ".join)
def test_wrong_usage_in_one_more_language_shows_its_catalogue_and_no_word_of_typer(
    capsys, monkeypatch, other_language, args
):
    monkeypatch.setenv("DRILLSIM_LANG", other_language)
    code, out, err = said(capsys, *args)

    assert (code, out, words_of_others(err)) == (2, "", set())
    assert err.count("¤") >= 3  # how it is called, where to look, what is wrong


def test_a_language_that_nobody_speaks_is_refused_with_those_that_are_spoken(capsys, other_language):
    code, _, err = said(capsys, "--lang", "fr", "run", "x")

    assert code == 2
    assert "write one of en, xx, zh, not 'fr'" in err


@pytest.mark.parametrize(
    ("args", "english", "chinese"),
    [
        (["run"], "Missing argument 'file'.", "缺少 'file'"),
        (["rnu"], "No such command 'rnu'. Did you mean run?", "没有命令“rnu”。是否想写 run？"),
        (["run", "x", "--seed", "-1"], "'--seed': write a whole number of 0 or more, not '-1'",
         "'--seed' 的值不可用：须为不小于 0 的整数，而不是“-1”"),
        (["run", "x", "--seed", "one"], "whole number of 0 or more, not 'one'", "整数，而不是“one”"),
        (["app", "--port", "70000"], "whole number from 1 to 65535, not '70000'", "须为 1 至 65535 的整数"),
        (["run", "x", "--sede"], "No such option: --sede. Did you mean --seed?", "没有选项 --sede。是否想写 --seed？"),
        (["run", "x", "--seed"], "Option '--seed' requires an argument.", "选项 --seed 之后须写值"),
        (["run", "x", "--json=1"], "Option '--json' does not take a value.", "选项 --json 之后不写值"),
        (["run", "x", "y", "z"], "Unexpected arguments: y z", "多余的参数：y z"),
        (["roads", "reach", "x"], "Missing option '--from'.", "缺少 '--from'"),
    ],
)  # fmt: skip
def test_wrong_usage_is_said_with_what_to_write(capsys, monkeypatch, args, english, chinese):
    _, _, err = said(capsys, *args)
    monkeypatch.setenv("DRILLSIM_LANG", "zh")
    code, out, err_zh = said(capsys, *args)

    assert (code, out) == (2, "")
    assert english in err
    assert chinese in err_zh
    assert "--help --lang zh" in err_zh


@pytest.mark.parametrize("args", [[], ["roads"]], ids=["drillsim", "roads"])
def test_a_group_without_a_command_shows_its_help_and_ends_with_2(capsys, args):
    code, out, err = said(capsys, *args)

    assert (code, err) == (2, "")
    assert "COMMAND [ARGS]..." in out


def test_completions_are_told_in_the_language_that_is_spoken(capsys, monkeypatch):
    for name, value in {"_DRILLSIM_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": "drillsim ro",
                        "DRILLSIM_LANG": "zh"}.items():  # fmt: skip
        monkeypatch.setenv(name, value)
    code, out, _ = said(capsys)

    assert code == 0
    assert "roads" in out
    assert "导入、查看、度量和校准路网" in out
