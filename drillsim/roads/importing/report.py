"""Import report: what was kept, dropped and guessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, asdict, dataclass, field, fields
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc

from drillsim.base.version import __version__
from drillsim.language import say, word
from drillsim.roads.importing.edge_list import Tally
from drillsim.roads.network.columns import numbers
from drillsim.roads.network.elements import ROAD_CLASSES
from drillsim.roads.network.network import RoadNetwork

MOST_PARTS: Final = 10
"""Most cut-off parts that are listed one by one."""
MOST_WORDS: Final = 20
"""Words of the source that are printed, the most frequent."""
MOST_KEPT: Final = 500
"""Words of the source that a report keeps."""
LONGEST_WORDS: Final = 80
"""Characters of one that are printed."""
MANY_CUT_OFF: Final = 0.1
"""Part of the places from which on it is worth a warning (assumption). [dimensionless]"""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the network that cannot be reached from the largest one and back."""

    places: int
    place: str
    """Id of its first place."""
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import kept, dropped and guessed; where it comes from."""

    source: str
    format: str
    profile: str
    licence: str
    """Empty where the source does not state it."""
    ways: int
    nodes: int
    """Nodes of roads before they were contracted."""
    arcs: int
    """Links between neighbouring nodes, one per direction of travel."""
    places: int
    sections: int
    dropped: Mapping[str, int]
    """Number of ways dropped, by reason."""
    guessed: Mapping[str, int]
    """Ways by what was guessed."""
    clipped: int
    """References to nodes that are not in the file."""
    blocked: int
    """Ways that a fixed barrier cuts in two."""
    heights_known: int
    """Places whose height the source or the file of heights tells."""
    parts: int
    """Parts that are cut off from the largest."""
    places_cut_off: int
    largest_parts: tuple[Part, ...]
    """The largest of the parts that are cut off."""
    south: float
    west: float
    north: float
    east: float
    km_by_class: Mapping[str, float]
    warnings: tuple[str, ...]
    """Codes of warnings."""
    winding: int = 0
    """Roads whose stated length is many times the straight line."""
    winding_named: tuple[str, ...] = ()
    """The ends of the first of them."""
    not_applied: Mapping[str, int] = field(default_factory=dict)
    """What was read and is not applied, by the words of the source: unknown barriers, limits of length."""
    reserved: Mapping[str, int] = field(default_factory=dict)
    """Roads closed to ordinary traffic that are used, by the words that close them."""
    closed: Mapping[str, int] = field(default_factory=dict)
    """Roads that are closed for part of the year, by when."""
    at_times: Mapping[str, int] = field(default_factory=dict)
    """Roads closed at times in words that cannot be read, which are taken to be open."""
    merged: int = 0
    """Nodes at which no roads meet and which became part of the course of a section."""

    def text(self, lang: str = "en") -> str:
        """Return the report in *lang*, one statement per line."""
        return "\n".join(self._lines(lang))

    def as_json(self) -> dict[str, Any]:
        """Return the report as JSON can hold it."""
        return asdict(self)

    def provenance(self) -> dict[str, Any]:
        """Return the provenance that goes into the network file."""
        return {"made_by": f"drillsim {__version__}", **self.as_json()}

    def _lines(self, lang: str) -> Iterator[str]:
        values = asdict(self)
        yield say("import.head", lang, **values)
        yield say("import.licence" if self.licence else "import.no_licence", lang, **values)
        for line in ("read", "kept", *(("merged",) if self.merged else ()), "box"):
            yield say(f"import.{line}", lang, **values)
        km = (
            f"{word('road_class', name, lang) if lang != 'en' else name} {length:.1f} km"
            for name, length in self.km_by_class.items()
        )
        yield say("import.km", lang, km=say("import.separator", lang).join(km))
        for line, counts in (("dropped", self.dropped), ("guessed", self.guessed)):
            if counts:
                yield say(f"import.{line}", lang, items=_items(f"import_{line}", counts, lang))
        for line in ("reserved", "closed", "at_times", "not_applied"):
            counts = getattr(self, line)
            if counts:
                yield say(f"import.{line}", lang, n=sum(counts.values()), items=_raw_items(counts, lang))
        if self.clipped:
            yield say("import.clipped", lang, **values)
        if self.blocked:
            yield say("import.blocked", lang, **values)
        yield say("import.heights", lang, known=self.heights_known, places=self.places)
        yield self._parts_line(lang)
        if self.winding:
            named = say("import.separator", lang).join(
                [*self.winding_named, *(["…"] if self.winding > len(self.winding_named) else [])]
            )
            yield say("import.warning", lang, text=say("import.winding", lang, n=self.winding, named=named))
        for code in self.warnings:
            yield say("import.warning", lang, text=say(f"import_warning.{code}", lang))

    def _parts_line(self, lang: str) -> str:
        if not self.parts:
            return say("import.whole", lang)
        items = say("import.separator", lang).join(
            say("import.part", lang, **asdict(part)) for part in self.largest_parts
        )
        return say("import.parts", lang, parts=self.parts, places=self.places_cut_off, items=items)


def report_in(provenance: Mapping[str, Any]) -> ImportReport | None:
    """Return the report that a network file keeps; None if it was not imported."""
    kept = {one.name: provenance[one.name] for one in fields(ImportReport) if one.name in provenance}
    needed = (one.name for one in fields(ImportReport) if one.default is MISSING and one.default_factory is MISSING)
    if any(name not in kept for name in needed):
        return None
    kept["winding_named"] = tuple(kept.get("winding_named", ()))
    kept["largest_parts"] = tuple(Part(**part) for part in kept["largest_parts"])
    return ImportReport(**kept)


def _items(context: str, counts: Mapping[str, int], lang: str) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return say("import.separator", lang).join(
        say("import.item", lang, name=word(context, code, lang), count=n) for code, n in ordered
    )


def _raw_items(counts: Mapping[str, int], lang: str) -> str:
    """Return words of the source with their numbers, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    items = [say("import.item", lang, name=_shown(name), count=n) for name, n in ordered[:MOST_WORDS]]
    return say("import.separator", lang).join([*items, *(["…"] if len(ordered) > MOST_WORDS else [])])


def _shown(text: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return printable if len(printable) <= LONGEST_WORDS else printable[: LONGEST_WORDS - 1] + "…"


def counted(tally: Tally) -> dict[str, Any]:
    """Return the counts of a reader as the fields of a report."""
    kept = {name: dict(Counter(getattr(tally, name)).most_common(MOST_KEPT)) for name in ("not_applied", "at_times")}
    plain = {name: dict(getattr(tally, name)) for name in ("dropped", "guessed", "reserved", "closed")}
    return {**kept, **plain, "clipped": tally.clipped, "blocked": tally.blocked, "licence": tally.licence}


def report_of(
    network: RoadNetwork, warnings: tuple[str, ...], winding: Sequence[str] = (), **known: Any
) -> ImportReport:
    """Return the report of a network; *known* is what only the reader can tell, *winding* names roads by their ends."""
    lat, lon = numbers(network.place_columns["lat"]), numbers(network.place_columns["lon"])
    cut_off = int((network.parts > 0).sum())
    if cut_off > MANY_CUT_OFF * len(lat):
        warnings = (*warnings, "many_parts")
    return ImportReport(
        places=len(lat),
        sections=network.section_columns.num_rows,
        parts=int(network.parts.max()),
        places_cut_off=cut_off,
        largest_parts=tuple(_largest_parts(network)),
        south=float(lat.min()),
        west=float(lon.min()),
        north=float(lat.max()),
        east=float(lon.max()),
        km_by_class=_km_by_class(network),
        warnings=warnings,
        winding=len(winding),
        winding_named=tuple(winding[:MOST_PARTS]),
        **known,
    )


def _largest_parts(network: RoadNetwork) -> Iterator[Part]:
    sizes = np.bincount(network.parts)
    for part in range(1, min(len(sizes), MOST_PARTS + 1)):
        row = int(np.argmax(network.parts == part))
        place = network.place_columns.slice(row, 1).to_pylist()[0]
        yield Part(int(sizes[part]), place["id"], place["lat"], place["lon"])


def _km_by_class(network: RoadNetwork) -> dict[str, float]:
    columns = network.section_columns
    ordinary = columns.filter(pc.not_equal(columns["risk"].cast("string"), "wrong_way"))
    length_m, classes = numbers(ordinary["length_m"]), np.array(ordinary["road_class"].to_pylist(), dtype=object)
    km = {name: float(length_m[classes == name].sum()) / 1000 for name in ROAD_CLASSES}
    return {name: round(length, 3) for name, length in km.items() if length > 0}
