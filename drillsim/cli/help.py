"""The layout of help and of usage errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from drillsim.cli.usage_error import WrongUsage
from drillsim.language import say
from drillsim.language.formatting import printable

_OPTION = r"(?<![\w-])--?[a-z][\w-]*"
"""An option within a sentence."""


def print_help(command: Any, ctx: Any) -> None:
    """Print the usage of a command, its description, and its arguments, options and commands."""
    console = Console(highlight=False)
    console.print(Padding(Text(_usage(command, ctx), style="bold"), 1))
    console.print(Padding(_prose(command.help), (0, 1, 1, 1)))
    params = command.get_params(ctx)
    for kind in ("argument", "option"):
        rows = [_row(param, ctx) for param in params if param.param_type_name == kind and not param.hidden]
        _print_panel(console, say(f"usage.{kind}s", ctx.obj), _without_empty(rows))
    commands = getattr(command, "commands", {})
    rows = [
        [Text(name, style="bold cyan", no_wrap=True), Text(one.short_help, overflow="fold")]
        for name, one in commands.items()
    ]
    _print_panel(console, say("usage.commands", ctx.obj), rows)


def print_wrong_usage(error: Any, lang: str) -> None:
    """Print the usage of the command and the error, to standard error."""
    console = Console(stderr=True, highlight=False)
    ctx = getattr(error, "ctx", None)
    if ctx is not None:
        console.print(Text(_usage(ctx.command, ctx), style="bold"))
        console.print(Text(say("usage.see_help", lang, command=ctx.command_path), style="dim"))
    text = Text(wrong_usage(error, lang), overflow="fold")
    console.print(Panel(text, border_style="red", title=say("usage.error", lang), title_align="left"))


def wrong_usage(error: Any, lang: str) -> str:
    """Return the message for a usage error; typer's own are recognised by type and fields, not by their English."""
    match error:
        case WrongUsage():
            values = {name: printable(str(value)) for name, value in error.values.items()}
            why = say(f"usage.{error.key}", lang, **values)
            return why if error.param is None else say("usage.bad_value", lang, name=_hint(error), why=why)
        case typer.BadParameter(param=param) if param is not None and hasattr(error, "param_type"):  # it is missing
            return say(f"usage.missing_{param.param_type_name}", lang, name=_hint(error))
        case typer.BadParameter():
            return say("usage.bad_value", lang, name=_hint(error), why=error.message)
    name = getattr(error, "option_name", None)
    if name is None:
        return str(error.format_message())
    if not hasattr(error, "possibilities"):
        known = next(param for param in error.ctx.command.get_params(error.ctx) if name in param.opts)
        return say("usage.no_value" if known.is_flag else "usage.needs_value", lang, name=name)
    key = "usage.no_option_guess" if error.possibilities else "usage.no_option"
    return say(key, lang, name=printable(name), guess=", ".join(sorted(error.possibilities or ())))


def _hint(error: Any) -> str:
    return str(error.param.get_error_hint())


def _usage(command: Any, ctx: Any) -> str:
    """Return the usage of a command, on one line."""
    pieces = [say("usage.options_piece", ctx.obj)]
    pieces += [piece for param in command.get_params(ctx) for piece in param.get_usage_pieces(ctx)]
    if hasattr(command, "commands"):
        pieces.append(say("usage.command_piece", ctx.obj))
    return say("usage.usage", ctx.obj, call=" ".join([ctx.command_path, *pieces]))


def _prose(text: str) -> Text:
    """Return the description of a command; all but its first paragraph is dim."""
    first, gap, rest = text.partition("\n\n")
    return Text.assemble(first, gap, (" ".join(rest.splitlines()), "dim"))


def _row(param: Any, ctx: Any) -> list[Text]:
    """Return the row of a parameter: required mark, names, type, help."""
    argument = param.param_type_name == "argument"
    name = param.display_name_raw + ("..." if param.nargs != 1 and param.metavar is None else "") if argument else ""
    kind = Text(param.display_type_rich(ctx=ctx) or "", style="bold yellow", overflow="fold")
    return [
        Text("*" if param.required else "", style="red"),
        _names(param.opts, "--", "bold cyan") if not argument else Text(),
        Text(name, style="bold cyan") if argument else _names(param.opts, "-", "bold green"),
        _names(param.secondary_opts, "--", "bold magenta"),
        _names(param.secondary_opts, "-", "bold red"),
        kind.append(_bounds(param)),
        _help(param, ctx.obj),
    ]


def _names(names: Sequence[str], dashes: str, style: str) -> Text:
    long = dashes == "--"
    return Text(",".join(name for name in names if name.startswith("--") == long), style=style)


def _bounds(param: Any) -> str:
    least, most = getattr(param, "min", None), getattr(param, "max", None)
    if least is None:
        return ""
    return f" [x>={least}]" if most is None else f" [{least}<=x<={most}]"


def _help(param: Any, lang: str) -> Text:
    """Return the help of a parameter with its default."""
    text = Text(breakable(param.help), overflow="fold")
    text.highlight_regex(_OPTION, "bold cyan")
    value = param.opts[0].lstrip("-") if param.default is True else param.default
    if value is not None and value is not False and value != "":
        text.append(" ").append(say("usage.default", lang, value=value), style="dim")
    if param.required:
        text.append(" ").append(say("usage.required", lang), style="dim red")
    return text


def breakable(text: str) -> str:
    """Allow a line break after full-width punctuation: lines are broken at spaces, and Chinese has none.

    Examples
    --------
    >>> breakable("方案编号，以逗号分隔。")
    '方案编号， 以逗号分隔。'
    """
    return re.sub(r"([，；：、。])(?=\S)", r"\1 ", text)


def _without_empty(rows: list[list[Text]]) -> list[list[Text]]:
    """Drop the column of required marks if nothing is required."""
    return rows if any(row[0].plain for row in rows) else [row[1:] for row in rows]


def _print_panel(console: Console, title: str, rows: Iterable[Sequence[Text]]) -> None:
    """Print rows in a frame; without rows, print nothing."""
    rows = list(rows)
    if not rows:
        return
    table = Table(show_header=False, expand=True, box=None, pad_edge=False, padding=(0, 1))
    for _ in rows[0][:-1]:
        table.add_column()
    table.add_column(ratio=1)
    for row in rows:
        table.add_row(*row)
    console.print(Panel(table, border_style="dim", title=title, title_align="left"))
