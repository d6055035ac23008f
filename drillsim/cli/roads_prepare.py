"""Commands that make or change a road network: import, prepare, calibrate, synth."""

from __future__ import annotations

import shlex
import time
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from drillsim.base.errors import NetworkError
from drillsim.cli.console import print_json, print_table, print_text
from drillsim.cli.inputs import UsageError, named_network, refuse_map, refuse_output
from drillsim.cli.roads_info import class_name, print_network
from drillsim.language import say
from drillsim.roads import open_network, save_network
from drillsim.roads.routing.hierarchy import hierarchy_blocks
from drillsim.roads.speeds.calibration import calibrate as fitted
from drillsim.roads.speeds.observed_times import read_observations
from drillsim.scenario.saving import atomic_write

MOST_NAMED: Final = 10
"""Journeys that are listed one by one."""


def import_(
    lang: str, *, source: str, output: Path, profile: str, pedestrian: bool, wrong_way: bool, elevation: Path | None,
    largest_part: bool, keep: str | None, encoding: str, map_: Path | None, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Import a network, write it, and report what was kept, dropped and guessed."""
    refuse_output(output, lang, force=force)
    refuse_map(map_, lang)
    from drillsim.roads import importing

    kept: Any = () if keep is None else keep
    if keep not in {None, importing.ALL}:
        kept = importing.read_kept(str(keep), encoding=encoding)
    network, report = importing.import_roads(
        source, profile=profile, pedestrian=pedestrian, wrong_way=wrong_way, elevation=elevation,
        largest_part_only=largest_part, keep=kept, encoding=encoding,
    )  # fmt: skip
    save_network(network, output, provenance=report.provenance())
    if as_json:
        print_json(report.as_json())
    else:
        print_text(report.text(lang))
        print_text(say("cli.wrote", lang, path=output))
    if map_ is not None:
        from drillsim.views import page
        from drillsim.views.network_map import network_map

        drawn = network_map(network, lang=lang)
        print_text(say("cli.wrote", lang, path=atomic_write(map_, page(drawn))))


def prepare(lang: str, *, network: str) -> None:
    """Build the hierarchy and rewrite the file with it."""
    opened = named_network(network)
    if opened.path is None:
        raise UsageError(say("cli.import_first", lang, path=network, quoted=shlex.quote(network)))
    began_s = time.perf_counter()
    save_network(opened, Path(opened.path), blocks=hierarchy_blocks(opened))
    print_text(say("cli.prepared", lang, path=opened.path, seconds=f"{time.perf_counter() - began_s:.1f}"))


def calibrate(lang: str, *, network: str, journeys: Path, folds: int, encoding: str, as_json: bool) -> None:
    """Fit the speeds and print them as a plan would have them."""
    opened = named_network(network)
    observations = read_observations(journeys, opened, encoding=encoding)
    try:
        found = fitted(opened, observations, folds=folds)
    except NetworkError as too_few:
        raise NetworkError(replace(problem, where=str(journeys)) for problem in too_few.problems) from too_few
    snapped = [o for o in observations if o.off_m]
    if as_json:
        points = {
            "snapped": len(snapped),
            "snapped_most_m": max((o.off_m for o in snapped), default=0.0),
            "far": [{"origin": o.origin, "destination": o.destination, "off_m": o.off_m} for o in snapped if o.far],
        }
        print_json(asdict(found) | {"speeds": found.speeds.model_dump(exclude_defaults=True)} | points)
        return
    print_text(say("cli.journeys", lang, n=found.observations, out=found.unreachable))
    if snapped:
        print_text(say("cli.journeys_snapped", lang, n=len(snapped), most=f"{max(o.off_m for o in snapped):.0f}"))
    far = [f"{o.origin} - {o.destination}" for o in snapped if o.far]
    if far:
        print_text(say("cli.journeys_far", lang, n=len(far), names="; ".join(far[:MOST_NAMED])))
    if found.strange:
        print_text(say("cli.strange_journeys", lang, n=len(found.strange), names="; ".join(found.strange[:MOST_NAMED])))
    print_table(
        "",
        [say(f"cli.{key}", lang) for key in ("road_class", "driven", "heavy_kmh")],
        [
            (class_name(name, lang), f"{km:,.0f} km", f"{found.speeds.class_kmh[name]:.1f} km/h")
            for name, km in found.km_by_class.items()
        ],
        right=(1, 2),
    )
    print_text(say("cli.siren", lang, factor=f"{found.speeds.siren_factor:.2f}"))
    error = {"before": f"{found.error_before:.1%}", "after": f"{found.error_after:.1%}"}
    print_text(say("cli.error", lang, **error, bias=f"{found.bias_after:+.1%}"))
    hours = "  ".join(f"{part} {ratio:.2f}" for part, ratio in found.error_by_hour.items())
    if hours:
        print_text(say("cli.by_hour", lang, hours=hours))
    classes = ", ".join(f"{name}: {kmh:.1f}" for name, kmh in found.speeds.class_kmh.items())
    caps = f"motorway_cap_kmh: {found.speeds.motorway_cap_kmh:g}, other_cap_kmh: {found.speeds.other_cap_kmh:g}"
    text = f"speeds: {{class_kmh: {{{classes}}}, siren_factor: {found.speeds.siren_factor:.2f}, {caps}}}"
    print_text(say("cli.write_plan", lang) + "\n" + text)


def synth(lang: str, *, output: Path, places: int, seed: int, map_: Path | None, force: bool) -> None:
    """Make a city and write its network, and its map if asked for."""
    refuse_output(output, lang, force=force)
    refuse_map(map_, lang)
    from drillsim.roads.synthetic import synthetic_city

    city = synthetic_city(places, seed=seed)
    provenance = {"source": f"drillsim roads synth --places {places} --seed {seed}", "note": "fictional"}
    save_network(city.network, output, provenance=provenance)
    print_network(open_network(output), lang)
    print_text(say("cli.wrote", lang, path=output))
    if map_ is not None:
        from drillsim.views import page
        from drillsim.views.network_map import network_map

        drawn = network_map(city.network, lang=lang, city=city)
        print_text(say("cli.wrote", lang, path=atomic_write(map_, page(drawn))))
