"""The commands under ``drillsim roads``: import, look at, prepare, measure and calibrate road networks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drillsim.cli.commands import Command, Group, needs_command, path_argument, path_option, whole_number
from drillsim.cli.guard import do

roads = typer.Typer(cls=Group, invoke_without_command=True)

Network = Annotated[str, typer.Argument()]
Encoding = Annotated[str, typer.Option()]
Output = Annotated[Path, path_option("--output", "-o")]
Elevation = Annotated[Path | None, path_option()]
Map = Annotated[Path | None, path_option("--map")]
Places = Annotated[str, typer.Option("--from")]
Closed = Annotated[str, typer.Option()]
Date = Annotated[str, typer.Option()]
Force = Annotated[bool, typer.Option("--force")]
Json = Annotated[bool, typer.Option("--json")]


@roads.callback()
def group(ctx: typer.Context) -> None:
    """``drillsim roads``."""
    needs_command(ctx)


@roads.command(name="import", cls=Command)
def import_(
    ctx: typer.Context,
    *,
    source: Annotated[str, typer.Argument()],
    output: Output,
    profile: Annotated[str, typer.Option()] = "generic",
    pedestrian: Annotated[bool, typer.Option("--pedestrian")] = False,
    wrong_way: Annotated[bool, typer.Option("--wrong-way")] = False,
    elevation: Elevation = None,
    largest_part: Annotated[bool, typer.Option("--largest-part")] = False,
    keep: Annotated[str | None, typer.Option()] = None,
    encoding: Encoding = "",
    map_: Map = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """``drillsim roads import``."""
    from drillsim.cli import roads_prepare as command

    do(
        ctx.obj, command.import_, source=source, output=output, profile=profile, pedestrian=pedestrian,
        wrong_way=wrong_way, elevation=elevation, largest_part=largest_part, keep=keep, encoding=encoding, map_=map_,
        force=force, as_json=as_json,
    )  # fmt: skip


@roads.command(cls=Command)
def info(ctx: typer.Context, *, network: Network, as_json: Json = False) -> None:
    """``drillsim roads info``."""
    from drillsim.cli import roads_info as command

    do(ctx.obj, command.info, network=network, as_json=as_json)


@roads.command(cls=Command)
def places(
    ctx: typer.Context, *, network: Network, text: Annotated[str, typer.Argument()] = "", as_json: Json = False
) -> None:
    """``drillsim roads places``."""
    from drillsim.cli import roads_info as command

    do(ctx.obj, command.places, network=network, text=text, as_json=as_json)


@roads.command(cls=Command)
def prepare(ctx: typer.Context, *, network: Network) -> None:
    """``drillsim roads prepare``."""
    from drillsim.cli import roads_prepare as command

    do(ctx.obj, command.prepare, network=network)


@roads.command(cls=Command)
def reach(
    ctx: typer.Context,
    *,
    network: Network,
    sources: Places,
    within: Annotated[str, typer.Option()] = "5 min,10 min,15 min",
    unit: Annotated[int, whole_number(least=1)] = 1,
    closed: Closed = "",
    date: Date = "",
    map_: Map = None,
    as_json: Json = False,
) -> None:
    """``drillsim roads reach``."""
    from drillsim.cli import roads_routes as command

    do(
        ctx.obj, command.reach, network=network, sources=sources, within=within, unit=unit, closed=closed, date=date,
        map_=map_,
        as_json=as_json,
    )  # fmt: skip


@roads.command(cls=Command)
def ways(
    ctx: typer.Context,
    *,
    network: Network,
    source: Annotated[str, typer.Option("--from")],
    target: Annotated[str, typer.Option("--to")],
    count: Annotated[int, whole_number("--ways", least=1, most=20)] = 3,
    closed: Closed = "",
    date: Date = "",
    as_json: Json = False,
) -> None:
    """``drillsim roads ways``."""
    from drillsim.cli import roads_routes as command

    do(
        ctx.obj, command.ways, network=network, source=source, target=target, count=count, closed=closed,
        date=date, as_json=as_json,
    )  # fmt: skip


@roads.command(cls=Command)
def bottlenecks(
    ctx: typer.Context,
    *,
    network: Network,
    sources: Places,
    top: Annotated[int, whole_number(least=1, most=1000)] = 10,
    as_json: Json = False,
) -> None:
    """``drillsim roads bottlenecks``."""
    from drillsim.cli import roads_routes as command

    do(ctx.obj, command.bottlenecks, network=network, sources=sources, top=top, as_json=as_json)


@roads.command(cls=Command)
def calibrate(
    ctx: typer.Context,
    *,
    network: Network,
    journeys: Annotated[Path, path_argument()],
    folds: Annotated[int, whole_number(least=2, most=20)] = 5,
    encoding: Encoding = "",
    as_json: Json = False,
) -> None:
    """``drillsim roads calibrate``."""
    from drillsim.cli import roads_prepare as command

    do(
        ctx.obj, command.calibrate, network=network, journeys=journeys, folds=folds, encoding=encoding, as_json=as_json,
    )  # fmt: skip


@roads.command(cls=Command)
def synth(
    ctx: typer.Context,
    *,
    output: Output,
    places: Annotated[int, whole_number(least=500, most=1_000_000)] = 5_000,
    seed: Annotated[int, whole_number(least=0)] = 1,
    map_: Map = None,
    force: Force = False,
) -> None:
    """``drillsim roads synth``."""
    from drillsim.cli import roads_prepare as command

    do(ctx.obj, command.synth, output=output, places=places, seed=seed, map_=map_, force=force)
