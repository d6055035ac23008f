"""The commands under ``drillsim roads``: import, look at, prepare, measure and calibrate road networks."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from drillsim.cli.guard import do

roads = typer.Typer(no_args_is_help=True, help="Import, look at, measure and calibrate road networks.")

Network = Annotated[str, typer.Argument(help="Network file (.roads), folder of tables, or name of a shipped one.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="Network file to write: .roads.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON in place of tables.")]
Places = Annotated[str, typer.Option("--from", help="Places that units come from (id, name or lat,lon), by commas.")]


@roads.command(name="import")
def import_(
    ctx: typer.Context,
    *,
    source: Annotated[str, typer.Argument(help="OSM file, GraphML, GeoParquet, GeoPackage or folder of tables.")],
    output: Output,
    profile: Annotated[str, typer.Option(help="Speeds where none is tagged.")] = "generic",
    pedestrian: Annotated[bool, typer.Option("--pedestrian", help="Keep ways for people on foot, as a risk.")] = False,
    wrong_way: Annotated[bool, typer.Option("--wrong-way", help="Keep one-way roads backwards, as a risk.")] = False,
    elevation: Annotated[Path | None, typer.Option(help="Heights: CSV or GeoTIFF.")] = None,
    largest_part: Annotated[bool, typer.Option("--largest-part", help="Leave out what is cut off.")] = False,
    keep: Annotated[
        str | None, typer.Option(help="Nodes that stay places: 'all', or a file with one id a line or a column id.")
    ] = None,
    map_: Annotated[Path | None, typer.Option("--map", help="Write a map of the network: .html.")] = None,
    force: Force = False,
    as_json: Json = False,
) -> None:
    """Import a road network into one file, and say what was kept, dropped and guessed."""
    from drillsim.cli import roads_import as command

    do(
        ctx.obj, command.main, source=source, output=output, profile=profile, pedestrian=pedestrian,
        wrong_way=wrong_way, elevation=elevation, largest_part=largest_part, keep=keep, map_=map_, force=force,
        as_json=as_json,
    )  # fmt: skip


@roads.command()
def info(ctx: typer.Context, *, network: Network, as_json: Json = False) -> None:
    """Say what is in a road network, what is cut off, and how speeds come about."""
    from drillsim.cli import roads_info as command

    do(ctx.obj, command.main, network=network, as_json=as_json)


@roads.command()
def places(
    ctx: typer.Context,
    *,
    network: Network,
    text: Annotated[str, typer.Argument(help="Part of an id or a name; all places if left out.")] = "",
    as_json: Json = False,
) -> None:
    """List the places of a network: ids, names, coordinates, heights."""
    from drillsim.cli import roads_places as command

    do(ctx.obj, command.main, network=network, text=text, as_json=as_json)


@roads.command()
def prepare(ctx: typer.Context, *, network: Network) -> None:
    """Build the hierarchy for fast routing and store it in the network file: once, minutes for a million places."""
    from drillsim.cli import roads_prepare as command

    do(ctx.obj, command.main, network=network)


@roads.command()
def reach(
    ctx: typer.Context,
    *,
    network: Network,
    sources: Places,
    within: Annotated[str, typer.Option(help="Times, by commas: 5 min,10 min.")] = "5 min,10 min,15 min",
    unit: Annotated[int, typer.Option(min=1, help="Which unit counts: 1 the first, 2 the second to arrive.")] = 1,
    closed: Annotated[str, typer.Option(help="Road sections that are closed, by commas.")] = "",
    map_: Annotated[Path | None, typer.Option("--map", help="Write a map of the bands: .html.")] = None,
    as_json: Json = False,
) -> None:
    """Say which share of places and people is reached within some times."""
    from drillsim.cli import roads_reach as command

    do(
        ctx.obj, command.main, network=network, sources=sources, within=within, unit=unit, closed=closed, map_=map_,
        as_json=as_json,
    )  # fmt: skip


@roads.command()
def ways(
    ctx: typer.Context,
    *,
    network: Network,
    source: Annotated[str, typer.Option("--from", help="Place where a unit sets out: id, name or lat,lon.")],
    target: Annotated[str, typer.Option("--to", help="Place where it is going: id, name or lat,lon.")],
    count: Annotated[int, typer.Option("--ways", min=1, max=20, help="How many ways, the fastest first.")] = 3,
    closed: Annotated[str, typer.Option(help="Road sections that are closed, by commas.")] = "",
    as_json: Json = False,
) -> None:
    """Say which ways lead from one place to another, how long each takes and over which roads."""
    from drillsim.cli import roads_ways as command

    do(
        ctx.obj, command.main, network=network, source=source, target=target, count=count, closed=closed,
        as_json=as_json,
    )  # fmt: skip


@roads.command()
def bottlenecks(
    ctx: typer.Context,
    *,
    network: Network,
    sources: Places,
    top: Annotated[int, typer.Option(min=1, max=1000, help="How many to show.")] = 10,
    as_json: Json = False,
) -> None:
    """Say which road matters most: closing it cuts off most people or costs them most minutes."""
    from drillsim.cli import roads_bottlenecks as command

    do(ctx.obj, command.main, network=network, sources=sources, top=top, as_json=as_json)


@roads.command()
def calibrate(
    ctx: typer.Context,
    *,
    network: Network,
    journeys: Annotated[Path, typer.Argument(help="CSV: origin, destination, seconds; departure, siren if known.")],
    folds: Annotated[int, typer.Option(min=2, max=20, help="Parts of the cross-validation.")] = 5,
    as_json: Json = False,
) -> None:
    """Fit speeds by class of road to journeys that were timed, and say how far off they are."""
    from drillsim.cli import roads_calibrate as command

    do(ctx.obj, command.main, network=network, journeys=journeys, folds=folds, as_json=as_json)


@roads.command()
def synth(
    ctx: typer.Context,
    *,
    output: Output,
    places: Annotated[int, typer.Option(min=500, max=1_000_000, help="How many places.")] = 5_000,
    seed: Annotated[int, typer.Option(min=0, help="Seed of everything that chance decides.")] = 1,
    map_: Annotated[Path | None, typer.Option("--map", help="Write a map of the city: .html.")] = None,
    force: Force = False,
) -> None:
    """Make a fictional city in a plateau valley, for trials and benchmarks."""
    from drillsim.cli import roads_synth as command

    do(ctx.obj, command.main, output=output, places=places, seed=seed, map_=map_, force=force)
