"""``drillsim roads places``: which places a network has, and the ids that name them."""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from drillsim.cli.networks import named_network
from drillsim.cli.printing import print_json, print_table, print_text
from drillsim.language import say
from drillsim.language.formatting import printable
from drillsim.roads import places_with

MOST: Final = 50
"""Places that are listed."""
MOST_NAME: Final = 60
"""Characters of a name."""
COLUMNS: Final = ("id", "name_zh", "name_en", "lat", "lon", "elevation_m")


def main(lang: str, *, network: str, text: str, as_json: bool) -> None:
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
