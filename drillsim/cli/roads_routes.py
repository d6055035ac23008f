"""Commands that compute routes: ``reach``, ``ways``, ``bottlenecks``."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date as calendar_date
from itertools import groupby
from pathlib import Path

import numpy as np

from drillsim.base.quantities import seconds
from drillsim.cli.console import print_json, print_table, print_text
from drillsim.cli.inputs import (
    UsageError,
    named_network,
    names_by_commas,
    one_place,
    place_name,
    places_by_commas,
    refuse_map,
    road_name,
    sections_by_commas,
)
from drillsim.language import say
from drillsim.roads import (
    HeavyVehicleSpeed,
    RoadNetwork,
    RoadState,
    Route,
    alternatives,
    closed_sections,
    numbers,
    router_of,
)
from drillsim.roads.reach import Reach, coverage
from drillsim.roads.reach import bottlenecks as worst_closures
from drillsim.scenario.saving import atomic_write


def reach(
    lang: str,
    *,
    network: str,
    sources: str,
    within: str,
    unit: int,
    closed: str,
    date: str,
    map_: Path | None,
    as_json: bool,
) -> None:
    """Print the coverage within each time limit."""
    refuse_map(map_, lang)
    limits_s = [_time_s(text, lang) for text in names_by_commas(within)]
    opened = named_network(network)
    state = _state(opened, closed, date, lang)
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


def _state(network: RoadNetwork, closed: str, day: str, lang: str) -> RoadState:
    """Return the roads with some sections closed, and those that are closed every year on a day."""
    names = sections_by_commas(network, closed, lang)
    if day:
        try:
            names += closed_sections(network, calendar_date.fromisoformat(day))
        except ValueError:
            raise UsageError(say("cli.bad_date", lang, got=day)) from None
    return RoadState(dict.fromkeys(names, 0.0))


def _time_s(text: str, lang: str) -> float:
    try:
        found = float(str(seconds(text)))
    except ValueError:
        raise UsageError(say("cli.bad_time", lang, got=text)) from None
    return found


def ways(
    lang: str, *, network: str, source: str, target: str, count: int, closed: str, date: str, as_json: bool
) -> None:
    """Print up to *count* routes, the fastest first."""
    opened = named_network(network)
    state = _state(opened, closed, date, lang)
    source, target = (one_place(opened, text, lang, as_json=as_json) for text in (source, target))
    found = alternatives(router_of(opened, HeavyVehicleSpeed()), source, target, count, state)
    if as_json:
        print_json([_as_json(route) for route in found])
    elif not found:
        print_text(
            say("cli.no_way", lang, source=place_name(opened, source, lang), target=place_name(opened, target, lang))
        )
    else:
        print_table(
            "",
            [say(f"cli.{key}", lang) for key in ("way", "time", "length", "roads_on_it")],
            [
                (
                    str(i),
                    f"{route.travel_s / 60:.1f} min",
                    f"{route.length_m / 1000:.2f} km",
                    " → ".join(_roads(route, lang)),
                )
                for i, route in enumerate(found, start=1)
            ],
            right=(0, 1, 2),
        )


def _as_json(route: Route) -> dict[str, object]:
    return {
        "travel_s": route.travel_s, "length_m": route.length_m, "places": list(route.nodes),
        "sections": list(route.sections),
    }  # fmt: skip


def _roads(route: Route, lang: str) -> list[str]:
    """Return the roads along a route, consecutive sections of one road once; unnamed roads by class."""
    sections = [route.network.sections[name] for name in route.sections]
    return [name for name, _ in groupby(road_name(section, lang) for section in sections)]


def bottlenecks(lang: str, *, network: str, sources: str, top: int, as_json: bool) -> None:
    """Print the sections whose closure costs most."""
    opened = named_network(network)
    people = np.maximum(numbers(opened.place_columns["population"]).astype(float), 0.0)
    reach = Reach(opened, HeavyVehicleSpeed().section_s(opened))
    begins = places_by_commas(opened, sources, lang, as_json=as_json)
    found = worst_closures(reach, begins, weights=people if people.any() else None, top=top)
    if as_json:
        print_json([asdict(bottleneck) for bottleneck in found])
        return
    counted = say("cli.people" if people.any() else "cli.places", lang)
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
    """Return the names of the ends of a section."""
    ends = network.sections[section].start, network.sections[section].end
    return " – ".join(place_name(network, end, lang) for end in ends)
