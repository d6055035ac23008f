"""What goes wrong in a command becomes a message and an exit code."""

import errno
import signal

import pytest
import typer

from drillsim import cli
from drillsim.base.errors import InvariantError, Problem, ScenarioError, WriteError
from drillsim.cli import application
from drillsim.cli.guard import do


def ended(main, capsys, lang="en"):
    with pytest.raises(typer.Exit) as caught:
        do(lang, main)
    return caught.value.exit_code, capsys.readouterr().err.strip()


def raising(error):
    def main(lang):
        raise error

    return main


@pytest.mark.parametrize(
    ("number", "en", "zh"),
    [
        (errno.EACCES, "this may not be read or written; check the rights", "没有读写权限，请检查权限"),
        (errno.ENOENT, "there is no such file or folder", "文件或文件夹不存在"),
        (errno.ENOSPC, "the disk is full", "磁盘已满"),
    ],
)
def test_why_a_file_cannot_be_used_is_said_in_both_languages(capsys, number, en, zh):
    refused = raising(OSError(number, "in words of the system", "out.json"))

    assert ended(refused, capsys) == (2, f"out.json: {en}")
    assert ended(refused, capsys, "zh") == (2, f"out.json: {zh}")


def test_what_cannot_be_written_is_said_by_its_cause(capsys):
    error = WriteError("out.json cannot be written")
    error.__cause__ = OSError(errno.ENOSPC, "in words of the system", "out.json")

    assert ended(raising(error), capsys)[1].startswith("out.json: ")


@pytest.mark.parametrize(
    ("error", "code"),
    [(ScenarioError([Problem("file_missing")]), 2), (InvariantError("no"), 3)],
)
def test_each_way_to_fail_has_an_exit_code(capsys, error, code):
    assert ended(raising(error), capsys)[0] == code


def test_an_interrupt_ends_with_130_and_one_line(capsys):
    for interrupt, said in (
        (KeyboardInterrupt(), "Interrupted."),
        (KeyboardInterrupt("After 2 runs."), "After 2 runs."),
    ):
        with pytest.raises(SystemExit) as caught:
            do("en", raising(interrupt))
        assert (caught.value.code, capsys.readouterr().err) == (130, f"{said}\n")


def test_a_command_that_works_ends_with_0_and_gets_its_options(capsys):
    got = []

    with pytest.raises(typer.Exit) as caught:
        do("zh", lambda lang, *, n: got.append((lang, n)), n=3)

    assert caught.value.exit_code == 0
    assert got == [("zh", 3)]


def test_an_interrupt_that_a_library_makes_an_error_of_its_own_is_still_one(capsys, monkeypatch):
    def building(_args):
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt as interrupt:
            raise ValueError("the model cannot be built") from interrupt

    monkeypatch.setattr(application, "main", building)
    with pytest.raises(SystemExit) as caught:
        cli.main([])

    assert caught.value.code == 130
    assert capsys.readouterr().err == "Interrupted.\n"
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_an_error_without_an_interrupt_is_not_hidden(monkeypatch):
    def failing(_args):
        raise ValueError("a fault of the program")

    monkeypatch.setattr(application, "main", failing)
    with pytest.raises(ValueError, match="a fault of the program"):
        cli.main([])
