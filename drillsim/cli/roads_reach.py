"""``drillsim roads reach``: which share of places and people is reached in time."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from drillsim.base.quantities import seconds
from drillsim.cli.inputs import UsageError
from drillsim.cli.networks import (
    named_network,
    names_by_commas,
    places_by_commas,
    refuse_map,
    sections_by_commas,
)
from drillsim.cli.printing import print_json, print_table, print_text
from drillsim.language import say
from drillsim.roads import HeavyVehicleSpeed, RoadState, numbers
from drillsim.roads.reach import Reach, coverage
from drillsim.scenario.saving import atomic_write


def main(
    lang: str, *, network: str, sources: str, within: str, unit: int, closed: str, map_: Path | None, as_json: bool
) -> None:
    """Print the coverage within some times."""
    refuse_map(map_, lang)
    limits_s = [_time_s(text, lang) for text in names_by_commas(within)]
    opened = named_network(network)
    state = RoadState(dict.fromkeys(sections_by_commas(opened, closed, lang), 0.0))
    begins = places_by_commas(opened, sources, lang, as_json=as_json)
    if not 1 <= unit <= len(begins):
        raise UsageError(say("cli.unit_number", lang, n=len(begins), got=unit))
    speeds_s = HeavyVehicleSpeed().section_s(opened)
    times_s = Reach(opened, speeds_s, state).from_nth(begins, unit)
    people = np.maximum(numbers(opened.place_columns["population"]).astype(float), 0.0)
    rows = [(s, coverage(times_s, s), coverage(times_s, s, people) if people.any() else float("nan")) for s in limits_s]
    if as_json:
        print_json([{"within_s": s, "places": p, "people": q} for s, p, q in rows])
    else:
        print_table(
            "",
            [say(f"cli.{key}", lang) for key in ("within", "share_places", "share_people")],
            [(f"{s / 60:g} min", f"{p:.1%}", "–" if np.isnan(q) else f"{q:.1%}") for s, p, q in rows],
            right=(0, 1, 2),
        )
        print_text(say("cli.unreachable", lang, n=int(np.isinf(times_s).sum())))
    if map_ is not None:
        from drillsim.views import page
        from drillsim.views.network_map import reach_map

        drawn = reach_map(opened, times_s, limits_s, begins, lang=lang)
        print_text(say("cli.wrote", lang, path=atomic_write(map_, page(drawn))))


def _time_s(text: str, lang: str) -> float:
    try:
        found = float(str(seconds(text)))
    except ValueError:
        raise UsageError(say("cli.bad_time", lang, got=text)) from None
    return found
