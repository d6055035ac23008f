"""Commands that describe a road network: info, with the sources of its speeds, and places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa

from drillsim.base.quantities import Model
from drillsim.cli.console import NEVER, print_json, print_table, print_text
from drillsim.cli.inputs import named_network
from drillsim.language import say, word
from drillsim.language.formatting import printable
from drillsim.roads import HeavyVehicleSpeed, MarchRules, RoadNetwork, numbers, places_with, router_of
from drillsim.roads.network.elements import ROAD_CLASSES
from drillsim.roads.speeds.speeds import SNOW_FACTOR, SURFACE_FACTOR
from drillsim.world.weather import Traffic

SOURCES: Final = (
    ("factor", "factor: 1", "", "march_tables"),
    ("motorway_cap_kmh", "motorway_cap_kmh: 200", "km/h", "planning_speed"),
    ("other_cap_kmh", "other_cap_kmh: 200", "km/h", "assumed"),
    ("siren_factor", "siren_factor: 1", "", "siren"),
    ("start_stop_s", "start_stop_s: 0", "s", "start_stop"),
    ("surface", "surface: false", "", "assumed"),
    ("grade", "grade: false", "", "grade"),
    ("power_kw", "grade: false", "kW", "engine"),
    ("descent_kmh", "grade: false", "km/h", "assumed"),
    ("limits", "limits: false", "", "signs"),
    ("junctions", "junctions: false", "", "junctions"),
    ("wrong_way_kmh", "wrong_way_kmh: 0", "km/h", "risk"),
    ("pedestrian_kmh", "pedestrian_kmh: 0", "km/h", "risk"),
)
"""Field of the plan's speeds, what switches it off, unit, key of its source in the catalogue."""
SCENARIO: Final = (
    ("snow", "weather: {snow: none}", "snow"),
    ("traffic", "traffic: {}", "traffic"),
    ("night_factor", "traffic: {night_factor: 1}", "assumed"),
)
"""Field of the scenario, what switches it off, key of its source."""

MOST: Final = 50
"""Places that are listed."""
MOST_NAME: Final = 60
"""Characters of a name that are shown."""
COLUMNS: Final = ("id", "name_zh", "name_en", "lat", "lon", "elevation_m")


def info(lang: str, *, network: str, as_json: bool) -> None:
    """Print what is in a network."""
    opened = named_network(network)
    if as_json:
        print_json(facts(opened))
        return
    print_network(opened, lang)
    print_table(
        say("cli.factors", lang), [say(f"cli.{key}", lang) for key in ("factor", "value", "left_out_by", "source")],
        list(factor_rows(lang, profile=profile_of(opened))),
    )  # fmt: skip


def facts(network: RoadNetwork) -> dict[str, Any]:
    """Return the figures of a network."""
    parts = np.bincount(network.parts)
    return {
        "id": network.id,
        "digest": network.digest,
        "places": len(network.places),
        "sections": len(network.sections),
        "parts": len(parts),
        "places_in_largest_part": int(parts.max(initial=0)),
        "length_km": {row[0]: row[2] for row in by_class(network)},
        "router": type(router_of(network, HeavyVehicleSpeed())).__name__,
        "speed_factors": [
            dict(zip(("factor", "value", "left_out_by", "source"), row, strict=True))
            for row in factor_rows("en", profile=profile_of(network))
        ],
        "provenance": dict(network.provenance),
    }


def profile_of(network: RoadNetwork) -> str:
    """Return the profile with which a network was imported; empty if its source states all speeds."""
    from drillsim.roads.importing.report import report_in

    report = report_in(network.provenance)
    return "" if report is None or "maxspeed_missing" not in report.guessed else str(report.profile)


def by_class(network: RoadNetwork) -> list[tuple[str, int, float, float]]:
    """Return, per class of road: name, sections, kilometres, mean speed of a heavy vehicle on them. [km/h]"""
    columns = network.section_columns
    names = np.asarray(columns["road_class"].cast(pa.string()).to_numpy(), dtype=str)
    length_m = numbers(columns["length_m"])
    seconds = HeavyVehicleSpeed().section_s(network)[:, 0]
    rows = []
    for name in ROAD_CLASSES:
        here = (names == name) & np.isfinite(seconds)
        if (names == name).any():
            kmh = 3.6 * length_m[here].sum() / max(seconds[here].sum(), 1e-9)
            km = float(length_m[names == name].sum()) / 1000
            rows.append((name, int((names == name).sum()), km, float(kmh)))
    return rows


def class_name(name: str, lang: str) -> str:
    """Return a class of road as a plan writes it; in other languages than English, with its word."""
    return f"{word('road_class', name, lang)} {name}" if lang != "en" else name


def _print_provenance(provenance: Mapping[str, Any], lang: str) -> None:
    """Print where a network comes from: the report of its import, or the provenance in its file."""
    from drillsim.roads.importing.report import report_in

    report = report_in(provenance)
    if report is not None:
        print_text(report.text(lang))
        return
    for name, value in provenance.items():
        print_text(f"{name}: {value}")


def print_network(network: RoadNetwork, lang: str) -> None:
    """Print the figures of a network."""
    parts = np.bincount(network.parts)
    print_text(f"{network.id}  {network.digest[:16]}")
    print_text(say("cli.network", lang, places=len(network.places), sections=len(network.sections)))
    share = parts.max(initial=0) / max(1, parts.sum())
    print_text(say("cli.parts", lang, n=len(parts), share=f"{share:.1%}"))
    _print_provenance(network.provenance, lang)
    print_table(
        "",
        [say(f"cli.{key}", lang) for key in ("road_class", "sections", "length", "heavy_kmh")],
        [
            (class_name(name, lang), f"{n:,}", f"{km:,.1f} km", f"{kmh:.0f} km/h")
            for name, n, km, kmh in by_class(network)
        ],
        right=(1, 2, 3),
    )


def places(lang: str, *, network: str, text: str, as_json: bool) -> None:
    """List the places whose id or name contains the text."""
    opened = named_network(network)
    rows = places_with(opened, text)
    shown = rows if as_json else rows[:MOST]
    found = opened.place_columns.select(list(COLUMNS)).take(pa.array(shown)).to_pylist()
    if as_json:
        print_json(found)
        return
    if not found:
        print_text(say("cli.no_such_place", lang, text=printable(text, MOST_NAME)))
        return
    print_table(
        "",
        [say(f"cli.{key}", lang) for key in ("id", "name_zh", "name_en", "lat", "lon", "elevation")],
        [
            (
                one["id"],
                printable(one["name_zh"], MOST_NAME),
                printable(one["name_en"], MOST_NAME),
                f"{one['lat']:.5f}",
                f"{one['lon']:.5f}",
                f"{one['elevation_m']:.0f} m",
            )
            for one in found
        ],
        right=(3, 4, 5),
    )
    if len(rows) > len(found):
        print_text(say("cli.more", lang, n=f"{len(rows) - len(found):,}"))


def factor_rows(
    lang: str, speeds: HeavyVehicleSpeed | None = None, profile: str = ""
) -> Iterator[tuple[str, str, str, str]]:
    """Yield each factor: its name, its value, what to write to leave it out, its source.

    Parameters
    ----------
    profile
        Profile with which the network was imported, if it was.
    """
    if profile:
        from drillsim.roads.importing.profiles import PROFILES

        known = PROFILES.get(profile)
        if known is None:
            value, why = say("cli.profile_unknown", lang, profile=printable(profile, MOST_NAME)), NEVER
        else:
            kmh = ", ".join(f"{name} {known.missing_kmh[name]:g}" for name in ROAD_CLASSES if name != "ferry")
            value, why = f"{profile}: {kmh} km/h", known.source.in_(lang)
        yield say("cli.unsigned", lang), value, "roads import --profile", why
    speeds, traffic = speeds or HeavyVehicleSpeed(), Traffic()
    for field, off, unit, source in SOURCES:
        yield (
            word("field", field, lang),
            _value(speeds, field, unit),
            f"speeds: {{{off}}}",
            say(f"speed_source.{source}", lang),
        )
    values = {"snow": _levels(SNOW_FACTOR), "traffic": "1", "night_factor": f"{traffic.night_factor:g}"}
    for field, off, source in SCENARIO:
        yield word("field", field, lang), values[field], off, say(f"speed_source.{source}", lang)
    rules = MarchRules()
    halts = f"{rules.first_halt_s / 60:g}, {rules.halt_s / 60:g}, {rules.rest_s / 60:g}, {rules.refuel_s / 60:g} min"
    yield (
        word("field", "march", lang),
        halts,
        "march: {first_halt_s: 0, halt_s: 0, rest_s: 0, refuel_s: 0}",
        say("speed_source.march", lang),
    )


def _value(speeds: Model, field: str, unit: str) -> str:
    value = getattr(speeds, field)
    if field == "surface":
        return _levels(SURFACE_FACTOR)
    if isinstance(value, bool):
        return "+" if value else "–"
    return f"{value:g} {unit}".strip()


def _levels(factors: dict[str, float]) -> str:
    return ", ".join(f"{name} {factor:g}" for name, factor in factors.items())
