"""``drillsim roads bottlenecks``: which road matters most."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np

from drillsim.cli.networks import named_network, place_name, places_by_commas, road_name
from drillsim.cli.printing import print_json, print_table
from drillsim.language import say
from drillsim.roads import HeavyVehicleSpeed, RoadNetwork, numbers
from drillsim.roads.reach import Reach, bottlenecks


def main(lang: str, *, network: str, sources: str, top: int, as_json: bool) -> None:
    """Print the sections whose closure costs most."""
    opened = named_network(network)
    people = np.maximum(numbers(opened.place_columns["population"]).astype(float), 0.0)
    reach = Reach(opened, HeavyVehicleSpeed().section_s(opened))
    begins = places_by_commas(opened, sources, lang, as_json=as_json)
    found = bottlenecks(reach, begins, weights=people if people.any() else None, top=top)
    if as_json:
        print_json([asdict(bottleneck) for bottleneck in found])
        return
    counted = say("cli.people" if people.any() else "places", lang)
    print_table(
        "",
        [
            say("cli.section", lang),
            say("cli.road", lang),
            say("cli.between", lang),
            f"{say('cli.cut_off', lang)}\n({counted})",
            say("cli.extra_mean", lang),
            say("cli.carries", lang),
        ],
        [
            (
                b.section,
                road_name(opened.sections[b.section], lang),
                _between(opened, b.section, lang),
                f"{b.cut_off:,.0f}",
                f"{b.extra_s / 60:.2f} min",
                f"{b.carries:,.0f}",
            )
            for b in found
        ],
        right=(3, 4, 5),
    )


def _between(network: RoadNetwork, section: str, lang: str) -> str:
    """Return what the ends of a section are called."""
    ends = network.sections[section].start, network.sections[section].end
    return " – ".join(place_name(network, end, lang) for end in ends)
