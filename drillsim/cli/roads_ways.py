"""``drillsim roads ways``: the fastest way between two places, and the next best."""

from __future__ import annotations

from itertools import groupby

from drillsim.cli.networks import named_network, one_place, place_name, road_name, sections_by_commas
from drillsim.cli.printing import print_json, print_table, print_text
from drillsim.language import say
from drillsim.roads import HeavyVehicleSpeed, RoadState, Route, alternatives, router_of


def main(lang: str, *, network: str, source: str, target: str, count: int, closed: str, as_json: bool) -> None:
    """Print up to so many ways, the fastest first."""
    opened = named_network(network)
    state = RoadState(dict.fromkeys(sections_by_commas(opened, closed, lang), 0.0))
    source, target = (one_place(opened, text, lang, as_json=as_json) for text in (source, target))
    found = alternatives(router_of(opened, HeavyVehicleSpeed()), source, target, count, state)
    if as_json:
        print_json([_as_json(way) for way in found])
    elif not found:
        print_text(
            say("cli.no_way", lang, source=place_name(opened, source, lang), target=place_name(opened, target, lang))
        )
    else:
        print_table(
            "",
            [say(f"cli.{key}", lang) for key in ("way", "time", "length", "roads_on_it")],
            [
                (str(i), f"{way.travel_s / 60:.1f} min", f"{way.length_m / 1000:.2f} km", " → ".join(_roads(way, lang)))
                for i, way in enumerate(found, start=1)
            ],
            right=(0, 1, 2),
        )


def _as_json(way: Route) -> dict[str, object]:
    return {
        "travel_s": way.travel_s, "length_m": way.length_m, "places": list(way.nodes), "sections": list(way.sections),
    }  # fmt: skip


def _roads(way: Route, lang: str) -> list[str]:
    """Return the roads on a way, each once for a stretch; those without a name by their class."""
    sections = [way.network.sections[name] for name in way.sections]
    return [name for name, _ in groupby(road_name(section, lang) for section in sections)]
