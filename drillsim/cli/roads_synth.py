"""``drillsim roads synth``: a fictional city."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from drillsim.cli.networks import refuse_output
from drillsim.cli.printing import print_text
from drillsim.cli.roads_info import print_network
from drillsim.cli.words import say
from drillsim.roads import open_network, save_network


def main(lang: str, *, output: Path, places: int, seed: int, force: bool) -> None:
    """Make a city and write its network."""
    refuse_output(output, lang, force=force)
    city = import_module("drillsim.roads.synth").synthetic_city(places, seed=seed)
    provenance = {"source": f"drillsim roads synth --places {places} --seed {seed}", "note": "fictional"}
    save_network(city.network, output, provenance=provenance)
    print_network(open_network(output), lang)  # as it was written, with where it comes from
    print_text(say("wrote", lang, path=output))
