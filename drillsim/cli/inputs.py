"""Resolution of command-line arguments: scenarios, plans, road networks, places, output files."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from drillsim.base.errors import DrillsimError, NetworkError, unknown_name
from drillsim.cli.console import print_aside, print_text
from drillsim.language import say, word
from drillsim.language.formatting import printable
from drillsim.roads import SUFFIX, RoadNetwork, Section, find_places
from drillsim.scenario.bundled_scenarios import (
    find_network,
    find_scenario,
    is_bare_name,
    no_such_network,
    shipped_scenarios,
)
from drillsim.scenario.files import load_plan, load_scenario
from drillsim.scenario.plan import Plan
from drillsim.scenario.roads_field import network_of
from drillsim.scenario.scenario import Scenario

MOST_NAME: Final = 100
"""Characters of a name that are shown."""
MOST_LOOKED_AT: Final = 200
"""Scenarios of a folder that are searched."""


class UsageError(DrillsimError):
    """A request that cannot be met; the message says what can be done instead."""


def named_scenario(file: str, lang: str) -> Scenario:
    """Return the scenario of a file, or the shipped one of that id."""
    path = find_scenario(file)
    known = [shipped.stem for shipped in shipped_scenarios()]
    meant = file.strip().lower().replace("_", "-").removesuffix(".yaml")
    if not path.exists() and (is_bare_name(file) or meant in known):
        raise UsageError(unknown_name("scenario", file, known, lang))
    return load_scenario(path)


def with_plan_files(scenario: Scenario, files: Sequence[Path] | None) -> tuple[Scenario, list[str]]:
    """Return the scenario with the plans of *files* as well, and the ids of those."""
    ids = []
    for path in files or ():
        spec = load_plan(path, scenario)
        scenario = scenario.with_plan(spec)
        ids.append(spec.id)
    return scenario, ids


def named_plan(scenario: Scenario, plan_id: str | None, file: str, lang: str) -> Plan:
    """Return the plan of that id, the first one if none is named."""
    known = [spec.id for spec in scenario.plans]
    if not known:
        raise UsageError(say("cli.no_plans", lang, file=file))
    if plan_id is not None and plan_id not in known:
        raise UsageError(f"{file}: {unknown_name('plan', plan_id, known, lang)}")
    return scenario.plan(plan_id)


def named_network(name: str) -> RoadNetwork:
    """Return the network of a file or folder, or the shipped one of that name.

    Raises
    ------
    NetworkError
        If there is none, or it is invalid.
    """
    found = find_network(name, Path())
    if found is None:
        raise NetworkError([no_such_network(name)])
    return network_of(found)


def refuse_output(path: Path, lang: str, *, force: bool) -> None:
    """Refuse to write a network where it cannot or should not be written."""
    if path.suffix != SUFFIX:
        raise UsageError(say("cli.network_name", lang, path=path))
    if path.is_dir():
        raise UsageError(say("cli.is_folder", lang, path=path))
    if path.exists() and not force:
        user = _scenario_on(path)
        raise UsageError(
            say("cli.exists", lang, path=path) if user is None else say("cli.in_use", lang, path=path, user=user)
        )
    refuse_folder(path.parent, lang)


def _scenario_on(path: Path) -> Path | None:
    """Return a scenario in the same folder that uses this network; a new network may lack the places it names."""
    names_it = re.compile(rf"^roads:\s*['\"]?(?:\./)?{re.escape(path.name)}['\"]?\s*$", re.MULTILINE)
    for scenario in sorted(path.parent.glob("*.yaml"))[:MOST_LOOKED_AT]:
        try:
            if names_it.search(scenario.read_text(encoding="utf-8")):
                return scenario
        except (OSError, UnicodeDecodeError):  # unreadable files cannot be checked, and nothing is written here
            continue
    return None


def names_by_commas(text: str) -> list[str]:
    """Return the names in a comma-separated list."""
    return [name.strip() for name in text.split(",") if name.strip()]


def places_by_commas(network: RoadNetwork, text: str, lang: str, *, as_json: bool = False) -> list[str]:
    """Return the places of a comma-separated list, which must not be empty; print how far off coordinates are.

    Parameters
    ----------
    as_json
        Whether standard output is reserved for JSON; remarks about points then go to standard error.
    """
    if not names_by_commas(text):
        raise UsageError(say("cli.no_places", lang))
    try:
        found = find_places(network, text)
    except NetworkError as error:
        raise UsageError("\n".join(problem.text(lang) for problem in error.problems)) from None
    for one in found:
        if one.off_m is not None:
            place = printable(place_name(network, one.place, lang), MOST_NAME)
            line = say(
                "cli.far_off" if one.far else "cli.off", lang, name=one.text, place=place, metres=f"{one.off_m:.0f}"
            )
            (print_aside if as_json else print_text)(line)
    return [one.place for one in found]


def one_place(network: RoadNetwork, text: str, lang: str, *, as_json: bool = False) -> str:
    """Return the one place that is named; refuse several."""
    found = places_by_commas(network, text, lang, as_json=as_json)
    if len(found) > 1:
        raise UsageError(say("cli.one_place", lang, got=text))
    return found[0]


def sections_by_commas(network: RoadNetwork, text: str, lang: str) -> list[str]:
    """Return the road sections of a comma-separated list; refuse unknown ones."""
    names = names_by_commas(text)
    for name in names:
        if name not in network.section_ids:
            raise UsageError(unknown_name("section", name, network.section_ids, lang))
    return names


def road_name(section: Section, lang: str) -> str:
    """Return the name or number of a road, else its class."""
    own = {"zh": section.name_zh}.get(lang)
    return own or section.road or section.name_zh or word("road_class", section.road_class, lang)


def place_name(network: RoadNetwork, place: str, lang: str) -> str:
    """Return the name of a place with its id."""
    name = network.places[place].name(lang)
    if name == place:
        return name
    return say("cli.in_brackets", lang, name=name, place=place)


def refuse_map(path: Path | None, lang: str) -> None:
    """Refuse to draw a map where it cannot be written, before the work is done."""
    if path is None:
        return
    if path.is_dir():
        raise UsageError(say("cli.is_folder", lang, path=path))
    refuse_folder(path.parent, lang)


def refuse_folder(folder: Path, lang: str) -> None:
    """Refuse a folder that does not exist or is not writable."""
    if not folder.is_dir():
        raise UsageError(say("cli.no_folder", lang, path=folder))
    if not os.access(folder, os.W_OK):
        raise UsageError(f"{folder}: {say('file.not_allowed', lang)}")
