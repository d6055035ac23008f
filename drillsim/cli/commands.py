"""The classes of the commands: help and usage errors come from the catalogue, not from typer.

``ctx.obj`` holds the language from the start. :mod:`drillsim.cli.help` lays out help and usage errors; typer parses.
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

from drillsim.cli.usage_error import WrongUsage
from drillsim.language import has, language_codes, say, spoken

WRONG_USAGE: Final = 2
"""Exit code of a call that cannot be understood."""
path_option = partial(typer.Option, readable=False)
path_argument = partial(typer.Argument, readable=False)
"""For paths. Typer would check that a file is readable; the code that reads it does, and says so in every language."""


class Command(TyperCommand):
    """A command that speaks the language of its context."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the arguments; refuse those that are left over."""
        ctx.allow_extra_args = True
        left = _parsed(super().parse_args, ctx, args)
        if left and not ctx.resilient_parsing:
            raise WrongUsage("too_many", ctx, names=" ".join(left))
        return left

    def format_help(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002  # printed, as typer does with rich
        """Print the help."""
        _print_help(self, ctx)

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return completions with their help texts."""
        fill_in(self, ctx)
        return super().shell_complete(ctx, incomplete)


class Group(TyperGroup):
    """A group of commands that speaks the language of its context."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the options in front of the name of a command."""
        return _parsed(super().parse_args, ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> tuple[str | None, Any, list[str]]:
        """Return the command that the first argument names; refuse an unknown one."""
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
    """Parse; an error that typer raises without a context gets this one, so that the usage can be shown."""
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
    """Set the help of a command, of its parameters and of the commands under it."""
    key = " ".join(ctx.command_path.split()[1:]) or "drillsim"
    command.help = say(f"help.{key}", ctx.obj)
    for param in command.get_params(ctx):
        own = f"{key} {param.name}"
        param.help = say(f"help.{own}" if has("help", own) else f"usage.{param.name}", ctx.obj)
    for name, one in getattr(command, "commands", {}).items():
        path = name if key == "drillsim" else f"{key} {name}"
        one.short_help = say(f"help.{path}", ctx.obj).partition("\n")[0]


def whole_number(*names: str, least: int, most: int | None = None) -> Any:
    """Return an option that takes a whole number within bounds."""
    return typer.Option(*names, min=least, max=most, parser=partial(_whole, least=least, most=most))


def _whole(value: object, *, least: int, most: int | None) -> int:
    """Parse a whole number; refuse any other text and what is out of bounds.

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
    """Return *code* if drillsim speaks that language; refuse it otherwise."""
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
