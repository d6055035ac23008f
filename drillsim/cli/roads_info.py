"""Commands that say what is in a road network: info and places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa

from drillsim.cli.console import print_json, print_table, print_text
from drillsim.cli.inputs import named_network
from drillsim.cli.speed_factors import factor_rows
from drillsim.language import say, word
from drillsim.language.formatting import printable
from drillsim.roads import HeavyVehicleSpeed, RoadNetwork, numbers, places_with, router_of
from drillsim.roads.network.elements import ROAD_CLASSES

MOST: Final = 50
"""Places that are listed."""
MOST_NAME: Final = 60
"""Characters of a name."""
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
    """Return a class of road as a plan writes it, with the Chinese word where that is asked for."""
    return f"{word('road_class', name, lang)} {name}" if lang != "en" else name


def _print_provenance(provenance: Mapping[str, Any], lang: str) -> None:
    """Print where a network comes from: the report of its import, or what else its file tells."""
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
