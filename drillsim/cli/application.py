"""Every command and its options; what each does is in a module of its own, imported when it is called."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.main import get_command

from drillsim.base.version import __version__
from drillsim.cli.guard import do
from drillsim.cli.language import Language, chosen_language
from drillsim.cli.roads_commands import roads

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(roads, name="roads")


def _say_version(asked: bool) -> None:
    if asked:
        typer.echo(f"drillsim {__version__}")
        raise typer.Exit


File = Annotated[str, typer.Argument(help="Scenario file, or the id of one that comes with drillsim.")]
Plan = Annotated[str | None, typer.Option("--plan", help="Id of the plan; the first one if left out.")]
PlanFiles = Annotated[list[Path] | None, typer.Option("--plan-file", help="Plan in a file of its own.")]
Seed = Annotated[int, typer.Option("--seed", min=0, help="Seed of everything that chance decides.")]
Version = Annotated[bool, typer.Option("--version", is_eager=True, callback=_say_version, help="Print the version.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON in place of tables; what never happens is 'never'.")]


def main(args: list[str] | None = None) -> None:
    """Run the command line."""
    args = sys.argv[1:] if args is None else args
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    args = _language_first(args)
    match args:
        case ["--lang", _]:  # a language and nothing else
            args.append("--help")
    command: Any = get_command(app)
    if chosen_language(args) == "zh":
        from drillsim.cli import chinese

        chinese.put_in_chinese(command)
        chinese.call(command, args)
    command(args=args, prog_name="drillsim")


def _language_first(args: list[str]) -> list[str]:
    """Put ``--lang`` before the command, wherever it was written.

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
def drillsim(
    ctx: typer.Context,
    *,
    lang: Annotated[Language | None, typer.Option(help="Language; else DRILLSIM_LANG, else the locale.")] = None,
    _version: Version = False,
) -> None:
    """Simulate emergency drills and plan the response.

    Exit codes: 0 it worked (objectives may still be unmet), 2 wrong usage or a fault in a file, 3 a run that
    contradicts itself, 130 interrupted.
    """
    ctx.obj = chosen_language([f"--lang={lang}"] if lang else [])


@app.command()
def run(
    ctx: typer.Context,
    *,
    file: File,
    plan: Plan = None,
    plan_file: PlanFiles = None,
    seed: Seed = 1,
    replication: Annotated[int, typer.Option(min=0, help="Which replication of that seed.")] = 0,
    trace: Annotated[Path | None, typer.Option(help="Write the trace: .jsonl or .parquet.")] = None,
    map_: Annotated[Path | None, typer.Option("--map", help="Write a map: .html.")] = None,
    check: Annotated[bool, typer.Option("--check", help="Check the run against the invariants.")] = False,
    as_json: Json = False,
) -> None:
    """Run one plan once and print what happened."""
    from drillsim.cli import run as command

    do(
        ctx.obj, command.main, file=file, plan=plan, plan_file=plan_file, seed=seed, replication=replication,
        trace=trace, map_=map_, check=check, as_json=as_json,
    )  # fmt: skip


@app.command()
def compare(
    ctx: typer.Context,
    *,
    file: File,
    plans: Annotated[
        str | None, typer.Option(help="Ids of plans, by commas, the reference first; all if left out.")
    ] = None,
    plan_file: PlanFiles = None,
    replications: Annotated[int, typer.Option(min=2, max=100_000, help="Runs of each plan.")] = 200,
    seed: Seed = 1,
    jobs: Annotated[int, typer.Option(min=1, max=256, help="Processes.")] = 1,
    metric: Annotated[list[str] | None, typer.Option(help="Metric to show; all that differ if left out.")] = None,
    as_json: Json = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV in place of tables.")] = False,
) -> None:
    """Compare plans over many replications, with intervals; the first plan is the reference."""
    from drillsim.cli import compare as command

    do(
        ctx.obj, command.main, file=file, plans=plans, plan_file=plan_file, replications=replications, seed=seed,
        jobs=jobs, metric=metric, as_json=as_json, as_csv=as_csv,
    )  # fmt: skip


@app.command()
def check(
    ctx: typer.Context,
    *,
    files: Annotated[list[str], typer.Argument(help="Scenario files.")],
    seed: Seed = 1,
) -> None:
    """Check scenario files: read them, run every plan once, check the runs against the invariants."""
    from drillsim.cli import check as command

    do(ctx.obj, command.main, files=files, seed=seed)


@app.command()
def show(ctx: typer.Context, *, file: File, as_json: Json = False) -> None:
    """Show what is in a scenario: incidents, injects, objectives, plans side by side."""
    from drillsim.cli import show as command

    do(ctx.obj, command.main, file=file, as_json=as_json)


@app.command()
def schema(
    ctx: typer.Context,
    *,
    what: Annotated[str, typer.Argument(help="scenario or plan.", metavar="[scenario|plan]")] = "scenario",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write it to a file.")] = None,
) -> None:
    """Print the JSON Schema of scenario or plan files, for editors."""
    from drillsim.cli import schema as command

    do(ctx.obj, command.main, what=what, output=output)


@app.command()
def new(
    ctx: typer.Context,
    *,
    path: Annotated[Path, typer.Argument(help="File to write.")],
    source: Annotated[
        Path | None,
        typer.Option("--from", help="OSM file of your own city: roads, stations, buildings; or roads alone."),
    ] = None,
    profile: Annotated[str, typer.Option(help="Speeds where the map tells none.")] = "generic",
    elevation: Annotated[Path | None, typer.Option(help="Heights: CSV or GeoTIFF.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Write over a file that is there.")] = False,
) -> None:
    """Write a scenario that runs, to begin with: a small commented one, or one of your own city from a map."""
    from drillsim.cli import new as command

    do(ctx.obj, command.main, path=path, source=source, profile=profile, elevation=elevation, force=force)


@app.command()
def plugins(ctx: typer.Context, *, as_json: Json = False) -> None:
    """List hazards, scenario kinds and dispatch policies, and where each comes from."""
    from drillsim.cli import plugins as command

    do(ctx.obj, command.main, as_json=as_json)


@app.command(name="app")
def start_app(
    ctx: typer.Context,
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port on this machine.")] = 8501,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the browser.")] = True,
) -> None:
    """Start the app in the browser, on this machine only."""
    asked = ctx.find_root().params.get("lang")
    from drillsim.cli import app as command

    do(ctx.obj, command.main, port=port, browser=browser, asked=asked)
