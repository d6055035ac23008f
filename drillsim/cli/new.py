"""``drillsim new``: a scenario to begin with, small and commented, or from a map of one's own city."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any, Final

from drillsim.cli.console import print_text
from drillsim.cli.from_map import (
    MOST_FAR,
    MOST_STATIONS,
    as_text,
    by_kind_of,
    near_roads,
    scenario_data,
    told,
    with_names,
)
from drillsim.cli.from_map_fires import ByKind, Found, names_of
from drillsim.cli.inputs import UsageError, place_name, refuse_folder
from drillsim.cli.starter import starter
from drillsim.language import say
from drillsim.language.formatting import printable
from drillsim.roads import SUFFIX, RoadNetwork, open_network, save_network
from drillsim.scenario.files import load_scenario
from drillsim.scenario.saving import atomic_write

KEPT_KINDS: Final = frozenset({"fire_station", "hospital", "settlement", "industrial", "high_building"})
"""What the scenario may name stands at a place of its own, even between two junctions."""


def main(lang: str, *, path: Path, source: Path | None, profile: str, elevation: Path | None, force: bool) -> None:
    """Write the scenario."""
    if path.is_dir():
        raise UsageError(say("cli.is_folder", lang, path=path))
    if path.exists() and not force:
        raise UsageError(say("cli.exists", lang, path=path))
    refuse_folder(path.parent, lang)
    if source is None:
        atomic_write(path, starter(_id_of(path), shlex.quote(str(path)), lang))
    else:
        _from_map(path, source, profile, elevation, lang, force=force)
    print_text(say("cli.wrote", lang, path=path))
    print_text(say("cli.begin", lang, path=shlex.quote(str(path))))


def _from_map(path: Path, source: Path, profile: str, elevation: Path | None, lang: str, *, force: bool) -> None:
    """Put the roads into a file beside the scenario, and take stations, buildings and settlements from the map."""
    roads = path.with_suffix(SUFFIX)
    if roads.exists() and not force and roads.resolve() != source.resolve():
        raise UsageError(say("cli.exists", lang, path=roads))
    from drillsim.roads import importing

    points: tuple[Any, ...] = ()
    if source.suffix == SUFFIX and source.is_file():
        if elevation is not None:
            raise UsageError(say("cli.heights_late", lang, path=source))
        network = open_network(source)
        licence, provenance, report = str(network.provenance.get("licence") or ""), network.provenance, None
    else:
        if importing.holds_places(source):  # other formats hold roads alone
            points = importing.places_of_interest(source)
        kept = [(point.lat, point.lon) for point in points if point.kind in KEPT_KINDS]
        network, report = importing.import_roads(source, profile=profile, elevation=elevation, kept_points=kept)
        licence, provenance = report.licence, report.provenance()
        network = with_names(network, points)
    by_kind, far = near_roads(by_kind_of(network, points))
    text = as_text(
        scenario_data(_id_of(path), roads.name, network, by_kind),
        say("cli.from_map", lang, source=printable(source.name, 80), licence=licence or "–"),
    )
    if roads.resolve() != source.resolve():
        save_network(network, roads, provenance=provenance)
    atomic_write(path, text)
    load_scenario(path)
    if report is not None:
        print_text(report.text(lang))
    if "fire_station" not in by_kind:
        print_text(say("cli.no_station", lang))
        if report is None:
            print_text(say("cli.network_alone", lang))
    _tell_places(network, by_kind, lang)
    _tell_left_out(by_kind, far, lang)
    print_text(say("cli.wrote", lang, path=roads))


def _tell_places(network: RoadNetwork, by_kind: ByKind, lang: str) -> None:
    """Say at which place of the network stands what the map has, and how far that is."""
    for named, found in told(by_kind, lang):
        key = "station_far" if found.snap.far else "station_at"
        place = printable(place_name(network, found.snap.place, lang), 100)
        print_text(say(f"cli.{key}", lang, name=named, place=place, metres=f"{found.snap.distance_m:.0f}"))


def _tell_left_out(by_kind: ByKind, far: list[Found], lang: str) -> None:
    """Say what of the map is not in the scenario, and why."""
    for found in far[:MOST_FAR]:
        named = names_of(found.point)[lang] or found.point.id
        print_text(say("cli.left_out", lang, name=named, metres=f"{found.snap.distance_m:.0f}"))
    if len(far) > MOST_FAR:
        print_text(say("cli.more_left_out", lang, n=len(far) - MOST_FAR))
    further = len(by_kind.get("fire_station", ())) - MOST_STATIONS
    if further > 0:
        print_text(say("cli.more_stations", lang, n=further, most=MOST_STATIONS))


def _id_of(path: Path) -> str:
    """Return a short name made from the name of the file."""
    words = re.findall(r"[a-z0-9]+", path.stem.lower())
    name = "-".join(words)[:60].strip("-")
    return name if name[:1].isalpha() else f"scenario-{name}".strip("-")
