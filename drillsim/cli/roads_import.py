"""``drillsim roads import``: a road network from elsewhere into one file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from drillsim.cli.networks import refuse_map, refuse_output
from drillsim.cli.printing import print_json, print_text
from drillsim.language import say
from drillsim.roads import save_network
from drillsim.scenario.saving import atomic_write


def main(
    lang: str, *, source: str, output: Path, profile: str, pedestrian: bool, wrong_way: bool, elevation: Path | None,
    largest_part: bool, keep: str | None, map_: Path | None, force: bool, as_json: bool,
) -> None:  # fmt: skip
    """Import, say what was kept, dropped and guessed, and write the file."""
    refuse_output(output, lang, force=force)
    refuse_map(map_, lang)
    from drillsim.roads import importing

    kept: Any = () if keep is None else importing.ALL if keep == importing.ALL else importing.read_kept(keep)
    network, report = importing.import_roads(
        source, profile=profile, pedestrian=pedestrian, wrong_way=wrong_way, elevation=elevation,
        largest_part_only=largest_part, keep=kept,
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
