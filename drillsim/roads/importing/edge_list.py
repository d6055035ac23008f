"""Raw roads: the edge list that every reader produces, before contraction to junctions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

SIGNALS: Final = 1
GIVE_WAY: Final = 2
"""A stop or give-way sign, or a mini-roundabout."""
CROSSING: Final = 4
ONE_DIRECTION: Final = 8
"""The sign stands for one direction of travel only."""
BLOCKED: Final = 16
"""A barrier that no vehicle passes and that cannot be opened: a fixed bollard, a block."""

UNSPECIFIED_HEIGHT: Final = 32
"""A bar above the road without a stated height."""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of the source, with the rights that an emergency service has on it."""

    id: str
    highway: str
    """Kind of road in the words of OpenStreetMap: ``motorway_link``, ``ferry``."""
    oneway: int = 0
    """1 along its nodes, -1 against them, 0 both."""
    limit_kmh: float | None = None
    """Speed limit along its nodes; infinite where it is lifted, None where it is not stated."""
    backward_limit_kmh: float | None = None
    """Speed limit against its nodes; None where it is the same."""
    name: str = ""
    ref: str = ""
    lanes: int | None = None
    surface: str = "paved"
    bridge: bool = False
    tunnel: bool = False
    max_height_m: float | None = None
    max_weight_t: float | None = None
    max_width_m: float | None = None
    closed: str = ""
    """When it is closed every year, as the column of sections has it; empty for never."""
    risk: str = ""
    duration_s: float | None = None
    """Crossing time in the timetable of a ferry. [s]"""
    length_m: float | None = None
    """Stated length; None to measure its course. [m]"""
    free_flow_kmh: float | None = None
    """What a car drives on it where the source tells travel times; None where a speed follows from its tags. [km/h]"""
    travel_s: float | None = None
    """What a car takes from end to end where the source tells so; its speed follows from its length. [s]"""


@dataclass(frozen=True, slots=True)
class Options:
    """What is wanted beside ordinary roads."""

    pedestrian: bool = False
    """Ways for people on foot that are wide enough, with the risk stated."""
    wrong_way: bool = False
    """Driving against one-way roads, with the risk stated."""
    encoding: str = ""
    """Encoding of tables that do not say it themselves: ``gb18030``; UTF-8 if nothing is said."""


@dataclass(slots=True)
class Tally:
    """Counts of what a reader dropped and guessed, by reason; filled while it reads."""

    dropped: Counter[str] = field(default_factory=Counter)
    guessed: Counter[str] = field(default_factory=Counter)
    not_applied: Counter[str] = field(default_factory=Counter)
    """What was read and binds nobody here, in the words of the source."""
    reserved: Counter[str] = field(default_factory=Counter)
    """Roads closed to ordinary traffic that fire engines use, by the word that closes them."""
    closed: Counter[str] = field(default_factory=Counter)
    """Roads closed for part of the year, by when."""
    at_times: Counter[str] = field(default_factory=Counter)
    """Roads closed at times in words that cannot be read, which are taken to be open."""
    clipped: int = 0
    """References to nodes that are not in the file."""
    blocked: int = 0
    """Roads that a fixed barrier cuts in two."""
    warnings: list[str] = field(default_factory=list)
    """Codes of messages."""
    licence: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class RawRoads:
    """Nodes, and ways as rows of nodes.

    Points that only shape a way are nodes too; their id is empty, and no way begins or ends at one.
    """

    node_ids: NDArray[Any]
    """(n,) whole numbers or texts."""
    prefix: str
    """Stands before an id of a node: ``n`` for OpenStreetMap."""
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    elevation_m: NDArray[np.float64]
    """NaN where it is not known."""
    flags: NDArray[np.uint8]
    """What delays there: :data:`SIGNALS` and so on."""
    ways: tuple[Way, ...]
    first: NDArray[np.int64]
    """(n_ways + 1,) where the nodes of each way begin in :attr:`rows`."""
    rows: NDArray[np.int64]
    """Rows of nodes, way after way."""

    def names(self, rows: NDArray[np.int64]) -> list[str]:
        """Return the ids of nodes as texts."""
        return [f"{self.prefix}{name}" for name in self.node_ids[rows].tolist()]


def flags_of(highway: str, direction: str = "") -> int:
    """Return the flags of a node with these tags.

    Examples
    --------
    >>> flags_of("traffic_signals", "forward") == SIGNALS | ONE_DIRECTION
    True
    """
    flag = {
        "traffic_signals": SIGNALS, "stop": GIVE_WAY, "give_way": GIVE_WAY, "mini_roundabout": GIVE_WAY,
        "crossing": CROSSING,
    }.get(highway, 0)  # fmt: skip
    return flag | ONE_DIRECTION if flag and direction in {"forward", "backward"} else flag


def in_rows(lists: Sequence[Iterable[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return where each list begins, and all of them in a row: (n_lists + 1,), (n,), as in :class:`RawRoads`."""
    kept = [np.fromiter(items, np.int64) for items in lists]
    first = np.concatenate([[0], np.cumsum([len(items) for items in kept], dtype=np.int64)])
    return first, np.concatenate(kept) if kept else np.zeros(0, np.int64)
