"""The road network that a command line names."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from drillsim.cli.inputs import UsageError
from drillsim.cli.words import say
from drillsim.errors import NetworkError, unknown_name
from drillsim.names import network_of
from drillsim.roads import SUFFIX, RoadNetwork, Section
from drillsim.shipping import find_network, no_such_network
from drillsim.terms import ROAD_WORDS, word

MOST_LOOKED_AT: Final = 200
"""Scenarios of a folder that are looked at."""


def named_network(name: str) -> RoadNetwork:
    """Return the network of a file or folder, or the shipped one of that name.

    Raises
    ------
    NetworkError
        If there is none, or it is faulty.
    """
    found = find_network(name, Path())
    if found is None:
        raise NetworkError([no_such_network(name)])
    return network_of(found)


def refuse_output(path: Path, lang: str, *, force: bool) -> None:
    """Refuse to write a network where it cannot or should not be written."""
    if path.suffix != SUFFIX:
        raise UsageError(say("network_name", lang, path=path))
    if path.is_dir():
        raise UsageError(say("is_folder", lang, path=path))
    if path.exists() and not force:
        user = _scenario_on(path)
        raise UsageError(say("exists", lang, path=path) if user is None else say("in_use", lang, path=path, user=user))
    if not path.parent.is_dir():
        raise UsageError(say("no_folder", lang, path=path.parent))


def _scenario_on(path: Path) -> Path | None:
    """Return a scenario in the same folder that plays on this network; it names places that another may not have."""
    names_it = re.compile(rf"^roads:\s*['\"]?(?:\./)?{re.escape(path.name)}['\"]?\s*$", re.MULTILINE)
    for scenario in sorted(path.parent.glob("*.yaml"))[:MOST_LOOKED_AT]:
        try:
            if names_it.search(scenario.read_text(encoding="utf-8")):
                return scenario
        except (OSError, UnicodeDecodeError):  # of what cannot be read nobody knows, and nothing is written here
            continue
    return None


def names_by_commas(text: str) -> list[str]:
    """Return the names that stand between commas."""
    return [name.strip() for name in text.split(",") if name.strip()]


def places_by_commas(network: RoadNetwork, text: str, lang: str) -> list[str]:
    """Return the places that stand between commas; refuse unknown ones, and none."""
    names = names_by_commas(text)
    if not names:
        raise UsageError(say("no_places", lang))
    for name in names:
        if name not in network.place_ids:
            raise UsageError(unknown_name("place", name, network.place_ids, lang))
    return names


def sections_by_commas(network: RoadNetwork, text: str, lang: str) -> list[str]:
    """Return the road sections that stand between commas; refuse unknown ones."""
    names = names_by_commas(text)
    for name in names:
        if name not in network.section_ids:
            raise UsageError(unknown_name("section", name, network.section_ids, lang))
    return names


def road_name(section: Section, lang: str) -> str:
    """Return what a road is called: its name or number, else what kind of road it is."""
    named = section.name_zh or section.road if lang == "zh" else section.road or section.name_zh
    return named or word(ROAD_WORDS, section.road_class, lang)


def place_name(network: RoadNetwork, place: str, lang: str) -> str:
    """Return what a place is called, with its id."""
    name = network.places[place].name(lang)
    if name == place:
        return name
    return f"{name}（{place}）" if lang == "zh" else f"{name} ({place})"


def refuse_map(path: Path | None, lang: str) -> None:
    """Refuse to draw a map where it cannot be written, before the work is done."""
    if path is None:
        return
    if path.is_dir():
        raise UsageError(say("is_folder", lang, path=path))
    if not path.parent.is_dir():
        raise UsageError(say("no_folder", lang, path=path.parent))
