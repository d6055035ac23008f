"""Place search: by id, name or a point nearby; and full-text search in names."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem, guess
from drillsim.roads.network.network import RoadNetwork
from drillsim.roads.network.snap import FAR_M, snap_on_map

POINT: Final = re.compile(r"(-?\d+(?:\.\d+)?)\s*[,;\s]\s*(-?\d+(?:\.\d+)?)")
MOST_LAT, MOST_LON = 90.0, 180.0
SHOWN: Final = 10
"""Places of one name that a message names."""
NAMES: Final = ("name_zh", "name_en")


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """A place, and what it was found by."""

    place: str
    """Id of the place found."""
    text: str
    """The text searched for."""
    off_m: float | None = None
    """How far the point that was written is from it; None for an id or a name. [m]"""

    @property
    def far(self) -> bool:
        """Whether it is so far from the point that the point may be wrong."""
        return self.off_m is not None and self.off_m > FAR_M


def find_place(network: RoadNetwork, text: str, where: str = "") -> FoundPlace:
    """Return the place with this id; else the only one with this name in either language; else that nearest to a point.

    Parameters
    ----------
    text
        An id, a name, or latitude and longitude in degrees, with a comma or blank between them.
    where
        File and line, for messages.

    Raises
    ------
    NetworkError
        If there is none, the point is far from the network, or several have the name; the message lists their ids.
    """
    text = text.strip()
    if text in network.place_ids:
        return FoundPlace(text, text)
    rows = _rows_by_name(network).get(text.casefold(), [])
    if len(rows) == 1:
        return FoundPlace(network.place_ids[rows[0]], text)
    if rows:
        ids = ", ".join([*network.place_ids.names(np.array(rows[:SHOWN])), *(["…"] if len(rows) > SHOWN else [])])
        raise NetworkError([Problem("place_ambiguous", where=where, values={"name": text, "n": len(rows), "ids": ids})])
    point = point_in(text)
    if point is None:
        meant = guess(text, [*network.place_ids, *_rows_by_name(network)])
        code = "place_unknown" if meant is None else "place_unknown_guess"
        raise NetworkError([Problem(code, where=where, values={"name": text[:80], "guess": meant or ""})])
    near = snap_on_map(network, *point, where)
    return FoundPlace(near.place, text, near.distance_m)


def find_places(network: RoadNetwork, text: str) -> tuple[FoundPlace, ...]:
    """Return the places that stand between commas; of a point, the comma may stand within.

    Raises
    ------
    NetworkError
        With a problem for every one that is not found.
    """
    found: list[FoundPlace] = []
    problems: list[Problem] = []
    for one in _parted(network, text):
        try:
            found.append(find_place(network, one))
        except NetworkError as error:
            problems += error.problems
    if problems:
        raise NetworkError(problems)
    return tuple(found)


def point_in(text: str) -> tuple[float, float] | None:
    """Return latitude and longitude; None if the text is none.

    Examples
    --------
    >>> point_in("36.62, 101.77"), point_in("36.62 101.77"), point_in("101.77,36.62"), point_in("n36")
    ((36.62, 101.77), (36.62, 101.77), None, None)
    """
    point = POINT.fullmatch(text.strip())
    if not point or abs(float(point[1])) > MOST_LAT or abs(float(point[2])) > MOST_LON:
        return None
    return float(point[1]), float(point[2])


def places_with(network: RoadNetwork, text: str = "") -> NDArray[np.int64]:
    """Return the rows of places whose id or name contains a text, of whatever case: (n,), those that equal it first."""
    text = text.strip()
    columns = [network.place_columns[name] for name in ("id", *NAMES)]
    contains = np.any([pc.match_substring(column, text, ignore_case=True).to_numpy() for column in columns], axis=0)
    rows = np.flatnonzero(contains)
    parts = [column.take(rows) for column in columns]
    equals = np.any([pc.equal(pc.utf8_lower(part), text.lower()).to_numpy() for part in parts], axis=0)
    return np.asarray(rows[np.argsort(~equals, kind="stable")])


def _parted(network: RoadNetwork, text: str) -> Iterator[str]:
    """Yield what stands between commas; ids, names and points may have commas of their own."""
    parts = text.split(",")
    at = 0
    while at < len(parts):
        joined = {width: ",".join(parts[at : at + width]).strip() for width in (1, 2, 3) if at + width <= len(parts)}
        width = next((width for width, one in joined.items() if _is_known(network, one)), 1)
        if width == 1 and not _is_known(network, joined[1]) and _is_number(joined[1]) and point_in(joined.get(2, "")):
            width = 2
        if joined[width]:
            yield joined[width]
        at += width


def _is_known(network: RoadNetwork, text: str) -> bool:
    return text in network.place_ids or text.casefold() in _rows_by_name(network)


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


@lru_cache(maxsize=2)
def _rows_by_name(network: RoadNetwork) -> dict[str, list[int]]:
    """Return the rows of places by their names in small letters, made when the first name is asked for."""
    rows: dict[str, list[int]] = {}
    chinese, english = (network.place_columns[name].to_pylist() for name in NAMES)
    for row, names in enumerate(zip(chinese, english, strict=True)):
        for name in {name.casefold() for name in names if name}:
            rows.setdefault(name, []).append(row)
    return rows
