"""``drillsim roads synth``: a fictional city."""

from __future__ import annotations

from pathlib import Path

from drillsim.cli.networks import refuse_map, refuse_output
from drillsim.cli.printing import print_text
from drillsim.cli.roads_info import print_network
from drillsim.language import say
from drillsim.roads import open_network, save_network
from drillsim.scenario.saving import atomic_write


def main(lang: str, *, output: Path, places: int, seed: int, map_: Path | None, force: bool) -> None:
    """Make a city, write its network and, if asked for, its map."""
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
