"""Road networks from tables: two CSV files in a folder, or rows written out."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np

from drillsim.base.errors import NetworkError, Problem
from drillsim.base.geodesy import great_circles_m
from drillsim.roads.csv_reader import read_csv
from drillsim.roads.network.coordinate_checks import coordinate_problem
from drillsim.roads.network.elements import Place, Section
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.store import SUFFIX, open_network
from drillsim.roads.network.table_columns import PLACE_COLUMNS, SECTION_COLUMNS
from drillsim.roads.network.validation import HIGHEST_M, LONGEST_M, LOWEST_M

MOST_ROWS: Final = 400_000
MOST_BYTES: Final = 100_000_000
MOST_LANES: Final = 100
MOST_LETTERS: Final = 300
"""Characters of a name or an id; OpenStreetMap has at most 255."""
NAMES: Final = frozenset({"id", "name_zh", "name_en", "from", "to", "road", "admin", "district"})
"""Columns of names and ids."""
MOST_PEOPLE: Final = 2_000_000_000
YES: Final = frozenset({"1", "true", "yes", "y", "是"})
NO: Final = frozenset({"", "0", "false", "no", "n", "否"})
BACKWARDS: Final = frozenset({"-1", "reverse"})
Row = Mapping[str, Any]
Located = tuple[str, Row]


def read_network(path: Path | str, *, encoding: str = "") -> RoadNetwork:
    """Return the network of a folder with ``nodes.csv`` and ``edges.csv``, or of a ``.roads`` file.

    Parameters
    ----------
    encoding
        That of the tables, where they do not say it themselves: ``gb18030``; UTF-8 if nothing is said.

    Raises
    ------
    NetworkError
        With every problem, each with file and line.
    """
    folder = Path(path)
    if folder.is_file() or (folder.suffix == SUFFIX and not folder.is_dir()):
        return open_network(folder)
    problems: list[Problem] = []
    nodes = read_rows(folder / "nodes.csv", ("id", "lat", "lon"), problems, encoding)
    edges = read_rows(folder / "edges.csv", ("from", "to", "length_km", "free_flow_kmh"), problems, encoding)
    if problems:
        raise NetworkError(problems)
    if not edges:
        raise NetworkError([Problem("table_empty", where=str(folder / "edges.csv"))])
    network = _network(nodes, edges, folder.name, str(folder / "nodes.csv"))
    unread = [
        f"{table}.csv: {name}"
        for table, rows, known in (("nodes", nodes, PLACE_COLUMNS), ("edges", edges, SECTION_COLUMNS))
        for name in (rows[0][1] if rows else {})
        if name and name not in known
    ]
    if unread:
        network.provenance = {**network.provenance, "unread_columns": unread}
    return network


def network_from_tables(nodes: Iterable[Row], edges: Iterable[Row], *, id: str, where: str = "") -> RoadNetwork:
    """Return the network of rows written out.

    Parameters
    ----------
    nodes
        Rows with ``id``, ``lat``, ``lon`` and, if wanted, the other columns of ``nodes.csv``.
    edges
        Rows with ``from``, ``to``, ``length_km``, ``free_flow_kmh`` and, if wanted, the other columns of ``edges.csv``.
    id
        Name of the network.
    where
        Where the rows stand, for messages.

    Raises
    ------
    NetworkError
        With every problem.
    """
    at = f"{where}." if where else ""
    return _network(
        [(f"{at}nodes.{i}", row) for i, row in enumerate(nodes)],
        [(f"{at}edges.{i}", row) for i, row in enumerate(edges)],
        id,
        f"{at}nodes",
    )


def _network(nodes: list[Located], edges: list[Located], name: str, nodes_at: str) -> RoadNetwork:
    problems: list[Problem] = []
    places = [(where, _place(where, row, problems)) for where, row in nodes]
    taken: dict[str, int] = {}
    sections = [(where, _section(where, row, taken, problems)) for where, row in edges]
    places, unknown = _with_heights_of_neighbours(places, nodes)
    strange = coordinate_problem(
        (p for _, p in places if p is not None), (s for _, s in sections if s is not None), nodes_at
    )
    if strange is not None:
        raise NetworkError([strange])
    wheres = {item.id: where for where, item in (*places, *sections) if item is not None}
    try:
        network = RoadNetwork(name, (p for _, p in places if p is not None), (s for _, s in sections if s is not None))
    except NetworkError as error:
        written = {str(row.get("id") or "").strip() for _, row in nodes}
        problems += [_placed(f, wheres) for f in error.problems if not _follows(f, written)]
    if problems:
        raise NetworkError(problems)
    if unknown:
        network.provenance = {"heights_filled": unknown}
    return network


def _with_heights_of_neighbours(
    places: list[tuple[str, Place | None]], rows: list[Located]
) -> tuple[list[tuple[str, Place | None]], int]:
    """Return the places where an empty height is that of the nearest place that has one, and how many are so filled.

    In a table without any height, all are 0: the ground is level.
    """
    told = [bool(str(row.get("elevation_m") or "").strip()) or row.get("elevation_m") == 0 for _, row in rows]
    known = [place for (_, place), has in zip(places, told, strict=True) if has and place is not None]
    if all(told) or not known:
        return places, 0
    lat, lon, height_m = (np.array([getattr(p, name) for p in known]) for name in ("lat", "lon", "elevation_m"))
    filled: list[tuple[str, Place | None]] = []
    for (where, place), has in zip(places, told, strict=True):
        if place is not None and not has:
            nearest = int(np.argmin(great_circles_m(place.lat, place.lon, lat, lon)))
            filled.append((where, replace(place, elevation_m=float(height_m[nearest]))))
        else:
            filled.append((where, place))
    return filled, told.count(False)


def _follows(problem: Problem, written: set[str]) -> bool:
    """Return whether a problem only follows from another: the end of a section is a place that is itself faulty."""
    return problem.code == "section_end" and problem.values["name"] in written


def _placed(problem: Problem, wheres: Mapping[str, str]) -> Problem:
    """Return a problem with file and line, and in the columns and units in which the row is written."""
    values, got = dict(problem.values), problem.got
    if values.get("field") == "length_m":
        values["field"], got = "length_km", f"{float(got) / 1000:g}"
        values |= {"most": f"{LONGEST_M / 1000:,.0f}"} if "most" in values else {}
    return Problem(problem.code, problem.path.rstrip(":"), wheres.get(problem.path, ""), values, got)


def _place(where: str, row: Row, problems: list[Problem]) -> Place | None:
    cells = _Cells(where, row, problems)
    name = cells.text("id", needed=True)
    place = Place(
        id=name,
        name_zh=cells.text("name_zh") or name,
        name_en=cells.text("name_en") or name,
        kind=cells.text("kind") or "place",
        lat=cells.number("lat", needed=True),
        lon=cells.number("lon", needed=True),
        elevation_m=cells.height("elevation_m"),
        population=cells.whole("population", most=MOST_PEOPLE),
        admin=cells.text("admin"),
        district=cells.text("district") or cells.text("admin"),
        source=cells.text("source"),
    )
    return None if cells.has_problem else place


def _section(where: str, row: Row, taken: dict[str, int], problems: list[Problem]) -> Section | None:
    cells = _Cells(where, row, problems)
    start, end, road = cells.text("from", needed=True), cells.text("to", needed=True), cells.text("road")
    if start and start == end:  # an importer may find such a road; in a hand-written table it is a slip
        problems.append(Problem("section_loop", where=where))
    name, direction = _section_id(start, end, road, taken), cells.direction("oneway")
    section = Section(
        id=name,
        start=end if direction < 0 else start,
        end=start if direction < 0 else end,
        road=road,
        length_m=1000.0 * cells.number("length_km", needed=True),
        free_flow_kmh=cells.number("free_flow_kmh", needed=True),
        name_zh=cells.text("name_zh"),
        road_class=cells.text("class") or "primary",
        oneway=direction != 0,
        max_elevation_m=cells.height("max_elevation_m") if cells.text("max_elevation_m") else None,
        toll=cells.text("toll"),
        carriageways=cells.text("carriageways"),
        source=cells.text("source"),
        confidence=cells.text("confidence"),
        lanes=cells.whole("lanes", most=MOST_LANES),
        surface=cells.text("surface") or "paved",
        bridge=cells.yes("bridge"),
        tunnel=cells.yes("tunnel"),
        max_height_m=cells.number_or_none("max_height_m"),
        max_weight_t=cells.number_or_none("max_weight_t"),
        risk=cells.text("risk"),
        delay_s=cells.number("delay_s"),
        profile=cells.profile("profile"),
        backward_kmh=None if direction else cells.number_or_none("backward_kmh"),
        max_width_m=cells.number_or_none("max_width_m"),
        closed=cells.text("closed"),
    )
    return None if cells.has_problem else section


def _section_id(start: str, end: str, road: str, taken: dict[str, int]) -> str:
    """Return a readable id; a further section of the same road between the same places gets a number."""
    name = f"{start}--{end}:{road}"
    taken[name] = taken.get(name, 0) + 1
    return name if taken[name] == 1 else f"{name}:{taken[name]}"


class _Cells:
    """The cells of one row, parsed as text or number; problems are collected."""

    def __init__(self, where: str, row: Row, problems: list[Problem]) -> None:
        self.where, self.row, self.problems, self.has_problem = where, row, problems, False

    def _problem(self, code: str, name: str, got: str = "", **values: object) -> None:
        self.has_problem = True
        self.problems.append(Problem(code, name, self.where, {"field": name, **values}, got))

    def text(self, name: str, *, needed: bool = False) -> str:
        value = self.row.get(name)
        if isinstance(value, bool | list | dict) and name in NAMES:
            self._problem("string_type", name, str(value)[:40])
        text = "" if value is None else str(value).strip()
        if needed and not text:
            self._problem("missing", name)
        if len(text) > MOST_LETTERS and name in NAMES:
            self._problem("string_too_long", name, text[:40], max_length=MOST_LETTERS)
        return text

    def yes(self, name: str) -> bool:
        word = self.text(name).lower()
        if word not in YES | NO:
            self._problem("not_yes_or_no", name, word[:40])
        return word in YES

    def direction(self, name: str) -> int:
        """Return 1 for a road driven from its beginning to its end, -1 against that, 0 for both."""
        word = self.text(name).lower()
        if word in BACKWARDS:
            return -1
        if word not in YES | NO:
            self._problem("oneway_word", name, word[:40])
        return int(word in YES)

    def height(self, name: str) -> float:
        """Return a height above sea level. [m]"""
        number = self.number(name)
        if not LOWEST_M <= number <= HIGHEST_M:
            self._problem("height_range", name, self.text(name)[:40], least=f"{LOWEST_M:g}", most=f"{HIGHEST_M:g}")
        return number

    def profile(self, name: str) -> tuple[float, ...]:
        """Return heights along the road, ``km:m km:m``, as distance and height, distance and height … [m]"""
        try:
            pairs = [tuple(map(float, pair.split(":"))) for pair in self.text(name).split()]
            return tuple(value for km, height_m in pairs for value in (1000.0 * km, height_m))
        except ValueError:
            self._problem("profile_word", name, self.text(name)[:40])
            return ()

    def number_or_none(self, name: str) -> float | None:
        number = self.number(name, default=math.nan)
        return None if math.isnan(number) else number

    def whole(self, name: str, *, most: int) -> int | None:
        if not self.text(name):
            return None
        number = self.number(name)
        if not (0 <= number <= most and number.is_integer()):
            self._problem("not_whole", name, self.text(name)[:40], most=f"{most:,}")
        return int(number)

    def number(self, name: str, *, needed: bool = False, default: float = 0.0) -> float:
        text = self.text(name, needed=needed)
        if not text:
            return default
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self._problem("float_parsing", name, text[:40])
            return default
        return number


def read_rows(path: Path, needed: tuple[str, ...], problems: list[Problem], encoding: str = "") -> list[Located]:
    """Return the rows of a CSV file with file and line; collect the problem if it cannot be read."""
    try:
        lines = read_csv(path, most_bytes=MOST_BYTES, encoding=encoding)
    except NetworkError as error:
        problems.extend(error.problems)
        return []
    header, rows = (lines[0][1], lines[1:]) if lines else ([], [])
    missing = [Problem("column_missing", "", f"{path}:1", {"field": name}) for name in needed if name not in header]
    twice = sorted({name for name in header if header.count(name) > 1})
    wrong = [*missing, *(Problem("column_twice", "", f"{path}:1", {"field": name}) for name in twice)]
    problems.extend(wrong)
    if wrong:
        return []
    if len(rows) > MOST_ROWS:
        problems.append(Problem("too_many_rows", where=f"{path}:{rows[MOST_ROWS][0]}", values={"most": MOST_ROWS}))
    return [(f"{path}:{line}", dict(zip(header, cells, strict=False))) for line, cells in rows[:MOST_ROWS]]
