"""The commands and their options; each is carried out by a module that is imported only when it is called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from drillsim.base.version import __version__
from drillsim.cli.commands import (
    Command,
    Group,
    chosen_language,
    known_language,
    needs_command,
    path_argument,
    path_option,
    whole_number,
)
from drillsim.cli.guard import INTERRUPTED, do
from drillsim.cli.roads import roads
from drillsim.language import language_codes

app = typer.Typer(
    cls=Group,
    invoke_without_command=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(roads, name="roads")


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"drillsim {__version__}")
        raise typer.Exit


Lang = Annotated[str | None, typer.Option(metavar=f"<{'|'.join(language_codes())}>", parser=known_language)]
Version = Annotated[bool, typer.Option("--version", is_eager=True, callback=_print_version)]
File = Annotated[str, typer.Argument()]
Plan = Annotated[str | None, typer.Option("--plan")]
PlanFiles = Annotated[list[Path] | None, path_option("--plan-file")]
Seed = Annotated[int, whole_number("--seed", least=0)]
Json = Annotated[bool, typer.Option("--json")]


def main(args: list[str] | None = None) -> None:
    """Run the command line, and exit."""
    args = sys.argv[1:] if args is None else args
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    args = _language_first(args)
    match args:
        case ["--lang", _]:  # a language and nothing else
            args.append("--help")
    lang = chosen_language(args)
    command: Any = get_command(app)
    try:
        code = command(args=args, prog_name="drillsim", standalone_mode=False, obj=lang)
    except typer.TyperException as error:
        from drillsim.cli.help import print_wrong_usage

        print_wrong_usage(error, lang)
        code = error.exit_code
    if code == INTERRUPTED:  # before the command had begun: Typer has taken the interrupt
        raise KeyboardInterrupt
    sys.exit(code)


def _language_first(args: list[str]) -> list[str]:
    """Move ``--lang`` in front of the command, wherever it was written.

    Examples
    --------
    >>> _language_first(["run", "x", "--lang", "zh"])
    ['--lang', 'zh', 'run', 'x']
    """
    found, rest = [], list(args)
    while "--lang" in rest[:-1]:
        at = rest.index("--lang")
        found = rest[at : at + 2]
        del rest[at : at + 2]
    while one := next((arg for arg in rest if arg.startswith("--lang=")), ""):
        found = ["--lang", one.partition("=")[2]]
        rest.remove(one)
    return found + rest


@app.callback()
def drillsim(ctx: typer.Context, *, lang: Lang = None, version: Version = False) -> None:  # noqa: ARG001  # read by main, and by its callback
    """``drillsim``."""
    needs_command(ctx)


@app.command(cls=Command)
def run(
    ctx: typer.Context,
    *,
    file: File,
    plan: Plan = None,
    plan_file: PlanFiles = None,
    seed: Seed = 1,
    replication: Annotated[int, whole_number(least=0)] = 0,
    trace: Annotated[Path | None, path_option()] = None,
    map_: Annotated[Path | None, path_option("--map")] = None,
    check: Annotated[bool, typer.Option("--check")] = False,
    as_json: Json = False,
) -> None:
    """``drillsim run``."""
    from drillsim.cli import run as command

    do(
        ctx.obj, command.main, file=file, plan=plan, plan_file=plan_file, seed=seed, replication=replication,
        trace=trace, map_=map_, check=check, as_json=as_json,
    )  # fmt: skip


@app.command(cls=Command)
def compare(
    ctx: typer.Context,
    *,
    file: File,
    plans: Annotated[str | None, typer.Option()] = None,
    plan_file: PlanFiles = None,
    replications: Annotated[int, whole_number(least=2, most=100_000)] = 200,
    seed: Seed = 1,
    jobs: Annotated[int, whole_number(least=1, most=256)] = 1,
    metric: Annotated[list[str] | None, typer.Option()] = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv")] = False,
) -> None:
    """``drillsim compare``."""
    from drillsim.cli import compare as command

    do(
        ctx.obj, command.main, file=file, plans=plans, plan_file=plan_file, replications=replications, seed=seed,
        jobs=jobs, metric=metric, as_json=as_json, as_csv=as_csv,
    )  # fmt: skip


@app.command(cls=Command)
def check(ctx: typer.Context, *, files: Annotated[list[str], typer.Argument()], seed: Seed = 1) -> None:
    """``drillsim check``."""
    from drillsim.cli import check as command

    do(ctx.obj, command.main, files=files, seed=seed)


@app.command(cls=Command)
def show(ctx: typer.Context, *, file: File, as_json: Json = False) -> None:
    """``drillsim show``."""
    from drillsim.cli import show as command

    do(ctx.obj, command.show, file=file, as_json=as_json)


@app.command(cls=Command)
def schema(
    ctx: typer.Context,
    *,
    what: Annotated[str, typer.Argument(metavar="[scenario|plan]")] = "scenario",
    output: Annotated[Path | None, path_option("--output", "-o")] = None,
) -> None:
    """``drillsim schema``."""
    from drillsim.cli import show as command

    do(ctx.obj, command.schema, what=what, output=output)


@app.command(cls=Command)
def new(
    ctx: typer.Context,
    *,
    path: Annotated[Path, path_argument()],
    source: Annotated[Path | None, path_option("--from")] = None,
    kind: Annotated[str | None, typer.Option("--kind")] = None,
    profile: Annotated[str, typer.Option()] = "generic",
    elevation: Annotated[Path | None, path_option()] = None,
    force: Annotated[bool, typer.Option("--force")] = False,
) -> None:
    """``drillsim new``."""
    from drillsim.cli import new as command

    do(
        ctx.obj, command.main, path=path, source=source, kind=kind, profile=profile, elevation=elevation, force=force,
    )  # fmt: skip


@app.command(cls=Command)
def plugins(ctx: typer.Context, *, as_json: Json = False) -> None:
    """``drillsim plugins``."""
    from drillsim.cli import show as command

    do(ctx.obj, command.plugins, as_json=as_json)


@app.command(name="app", cls=Command)
def start_app(
    ctx: typer.Context,
    *,
    port: Annotated[int, whole_number(least=1, most=65535)] = 8501,
    browser: Annotated[bool, typer.Option("--browser/--no-browser")] = True,
    hosts: Annotated[list[str] | None, typer.Option("--allow-host", metavar="<drills.example>")] = None,
) -> None:
    """``drillsim app``."""
    from drillsim.cli import app as command

    asked = ctx.find_root().params.get("lang")
    do(ctx.obj, command.main, port=port, browser=browser, hosts=hosts or (), asked=asked)
