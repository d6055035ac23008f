"""The classes of our commands: they speak a language of the catalogue, and say themselves what is wrong in a call.

The language stands in ``ctx.obj`` from the start. What typer would say of its own accord is not shown: help and
messages are laid out in :mod:`drillsim.cli.help` with texts of the catalogue.
"""

from __future__ import annotations

import locale
import os
from collections.abc import Callable, Sequence
from difflib import get_close_matches
from functools import partial
from typing import Any, Final

import typer
from typer.core import TyperCommand, TyperGroup

from drillsim.language import has, language_codes, say, spoken

WRONG_USAGE: Final = 2
"""Exit code of a call that cannot be understood."""
path_option = partial(typer.Option, readable=False)
path_argument = partial(typer.Argument, readable=False)
"""For paths: whether a file can be read is found out, and said, where it is read."""


class WrongUsage(typer.BadParameter):
    """What is wrong in a call: a text of the context ``usage``, and what it is filled with."""

    def __init__(self, key: str, ctx: typer.Context | None = None, **values: object) -> None:
        super().__init__(key, ctx=ctx)
        self.key = key
        self.values = values


class Command(TyperCommand):
    """A command whose help and complaints are in the language of its context."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments; refuse what is left over, and tell every complaint the command that it is about."""
        ctx.allow_extra_args = True
        left = _parsed(super().parse_args, ctx, args)
        if left and not ctx.resilient_parsing:
            raise WrongUsage("too_many", ctx, names=" ".join(left))
        return left

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # printed, as typer does with rich
        """Print the help."""
        _print_help(self, ctx)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return completions, each with its help."""
        fill_in(self, ctx)
        return super().shell_complete(ctx, incomplete)


class Group(TyperGroup):
    """A group of commands whose help and complaints are in the language of its context."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments up to the name of a command."""
        return _parsed(super().parse_args, ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that is named first; refuse an unknown one."""
        name = args[0]
        if name not in self.commands and not ctx.resilient_parsing:
            guesses = get_close_matches(name, self.commands)
            key = "no_command_guess" if guesses else "no_command"
            raise WrongUsage(key, ctx, name=name, guess=", ".join(guesses))
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # printed, as typer does with rich
        """Print the help."""
        _print_help(self, ctx)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return completions, each with its help."""
        fill_in(self, ctx)
        return super().shell_complete(ctx, incomplete)


def _parsed(parse_args: Callable[[Any, list[str]], list[str]], ctx: Any, args: list[str]) -> list[str]:
    """Parse; a complaint that does not know its command is told it."""
    try:
        return parse_args(ctx, args)
    except typer.TyperException as error:
        if getattr(error, "ctx", None) is None:
            vars(error)["ctx"] = ctx
        raise


def _print_help(command: Any, ctx: Any) -> None:
    from drillsim.cli.help import print_help

    fill_in(command, ctx)
    print_help(command, ctx)


def needs_command(ctx: typer.Context) -> None:
    """Show the help of a group that is called without a command."""
    if ctx.invoked_subcommand is None:
        ctx.get_help()
        raise typer.Exit(WRONG_USAGE)


def fill_in(command: Any, ctx: Any) -> None:
    """Give a command, its parameters and the commands under it their texts."""
    key = " ".join(ctx.command_path.split()[1:]) or "drillsim"
    command.help = say(f"help.{key}", ctx.obj)
    for param in command.get_params(ctx):
        own = f"{key} {param.name}"
        param.help = say(f"help.{own}" if has("help", own) else f"usage.{param.name}", ctx.obj)
    for name, one in getattr(command, "commands", {}).items():
        path = name if key == "drillsim" else f"{key} {name}"
        one.short_help = say(f"help.{path}", ctx.obj).partition("\n")[0]


def whole_number(*names: str, least: int, most: int | None = None) -> Any:
    """Return an option that is a whole number within bounds."""
    return typer.Option(*names, min=least, max=most, parser=partial(_whole, least=least, most=most))


def _whole(value: object, *, least: int, most: int | None) -> int:
    """Return the number that was written.

    Examples
    --------
    >>> _whole(" 12", least=0, most=None), _whole(3, least=1, most=3)
    (12, 3)
    """
    try:
        number = int(str(value))
    except ValueError:
        number = None
    if number is None or number < least or (most is not None and number > most):
        key = "whole_from" if most is None else "whole_from_to"
        raise WrongUsage(key, least=least, most=most, got=value)
    return number


def known_language(code: str) -> str:
    """Return the code of a language that drillsim speaks."""
    if code not in language_codes():
        raise WrongUsage("language", got=code, known=", ".join(language_codes()))
    return code


def chosen_language(args: Sequence[str]) -> str:
    """Return the language that the arguments ask for, else the environment, else the locale.

    Examples
    --------
    >>> chosen_language(["--lang", "zh", "run"]), chosen_language(["run", "--lang=en"])
    ('zh', 'en')
    """
    asked = next((arg.partition("=")[2] for arg in args if arg.startswith("--lang=")), "")
    if not asked and "--lang" in args[:-1]:
        asked = args[args.index("--lang") + 1]
    named = (asked, *(os.environ.get(name, "") for name in ("DRILLSIM_LANG", "LC_ALL", "LC_MESSAGES", "LANG")))
    return spoken(next((name for name in named if name), "") or locale.getlocale()[0] or "")
