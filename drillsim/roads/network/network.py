"""The road network: an immutable value over columns, with a networkx graph on demand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cached_property
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from drillsim.base.errors import NetworkError, Problem, UnknownNameError, unknown_name
from drillsim.roads.network.columns import (
    GEOMETRY_DEG,
    LATER,
    Ids,
    complete,
    content_of,
    holds_nothing,
    numbers,
    places_of,
    places_table,
    sections_of,
    sections_table,
)
from drillsim.roads.network.elements import Place, Section
from drillsim.roads.network.graphs import parts_of_graph
from drillsim.roads.network.validation import breaches

T = TypeVar("T")
MOST_NAMED = 10
"""Places of a part that is cut off which are named."""


class StoredColumns(Protocol):
    """Where the columns of a network are: in memory, or in a file from which they are read when they are asked for."""

    def table(self, name: str) -> pa.Table:
        """Return the table of ``places`` or ``sections``."""

    def order(self, name: str) -> NDArray[np.int32] | None:
        """Return the rows in the order of the ids' bytes: ``place_order`` or ``section_order``; None if unknown."""


class _Tables:
    """Columns in memory."""

    def __init__(self, places: pa.Table, sections: pa.Table) -> None:
        self._tables = {"places": places, "sections": sections}

    def table(self, name: str) -> pa.Table:
        return self._tables[name]

    def order(self, _: str) -> None:
        return None


class RoadNetwork:
    """Places and the road sections between them; never changed by a run.

    **Graph contract.** :attr:`graph` is a frozen ``networkx.MultiDiGraph``. A node is the id of a place (text) and
    carries every field of :class:`Place`; an edge goes in one driving direction, its key is the id of the section
    (text), and it carries every field of :class:`Section`. A section that is not one-way has two edges with the same
    key. Lengths are in metres, speeds in km/h, coordinates in degrees (WGS 84). Ids are unique, both ends of a section
    exist, speeds are finite and positive, lengths finite and not negative, and no section is shorter than 0.98 of the
    great circle between its ends (less a metre of rounding).

    The same content is in :attr:`place_columns` and :attr:`section_columns`, which is what the model computes with;
    the graph is built when somebody asks for it.

    Rows are in order of the ids, in whatever order places and sections are given, so that of two routes that take the
    same time the same one is found. Two networks with the same content are equal, whatever they are called.

    Raises
    ------
    NetworkError
        With every breach of the contract.
    """

    def __init__(self, id: str, places: Iterable[Place], sections: Iterable[Section]) -> None:  # it is one
        place_table = places_table(sorted(places, key=attrgetter("id")))
        rows: dict[str, int] = {}
        for row, name in enumerate(place_table["id"].to_pylist()):
            rows.setdefault(name, row)
        sections = sorted(sections, key=attrgetter("id"))
        lost = [
            Problem("section_end", s.id, values={"name": e})
            for s in sections
            for e in (s.start, s.end)
            if e not in rows
        ]
        whole = [s for s in sections if s.start in rows and s.end in rows]
        self._begin(id, place_table, sections_table(whole, rows), lost)

    @classmethod
    def from_columns(cls, id: str, places: pa.Table, sections: pa.Table) -> RoadNetwork:
        """Return the network of two tables with the schemas ``PLACES`` and ``SECTIONS`` of :mod:`.columns`.

        Raises
        ------
        NetworkError
            With every breach of the contract.
        """
        network = cls.__new__(cls)
        network._begin(id, places, sections, [])  # noqa: SLF001  # its own
        return network

    @classmethod
    def trusted(
        cls, id: str, stored: StoredColumns, *, digest: str, path: Path, reopen: Callable[[Path], RoadNetwork],
        provenance: Mapping[str, Any],
    ) -> RoadNetwork:  # fmt: skip
        """Return the network of a file that was checked when it was written; another process is to *reopen* it.

        Its columns are read from *stored* when they are first used.
        """
        network = cls.__new__(cls)
        network._set(id, stored)  # noqa: SLF001  # its own
        network.digest = digest
        network.path, network.provenance = path, provenance
        network._reopen = reopen  # noqa: SLF001  # its own
        return network

    def _begin(self, name: str, places: pa.Table, sections: pa.Table, problems: list[Problem]) -> None:
        sections = complete(sections)
        problems = [*breaches(places, sections), *problems]
        if problems:
            raise NetworkError(problems)
        self._set(name, _Tables(places, sections))

    def _set(self, name: str, stored: StoredColumns) -> None:
        self.id = name
        self._stored = stored
        self.path: Path | None = None
        self._reopen: Callable[[Path], RoadNetwork] | None = None
        self.provenance: Mapping[str, Any] = {}

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RoadNetwork) and self.digest == other.digest

    def __hash__(self) -> int:
        return int(self.digest[:15], 16)

    def __repr__(self) -> str:
        return f"RoadNetwork({self.id!r}, {len(self.places)} places, {len(self.sections)} sections)"

    def __reduce__(self) -> tuple[Any, ...]:
        if self.path is not None and self._reopen is not None:
            return self._reopen, (self.path,)
        return RoadNetwork.from_columns, (self.id, self.place_columns, self.section_columns)

    @cached_property
    def digest(self) -> str:
        """Fingerprint of every place and section."""
        found = sha256()
        for columns in (self.place_columns, self.section_columns):
            for name in columns.column_names:
                if name in LATER and holds_nothing(columns[name]):
                    continue
                found.update(name.encode())
                found.update(content_of(columns[name]))
        return found.hexdigest()

    @cached_property
    def place_columns(self) -> pa.Table:
        """The places as a table of the schema ``PLACES``."""
        return self._stored.table("places")

    @cached_property
    def section_columns(self) -> pa.Table:
        """The sections as a table of the schema ``SECTIONS``."""
        return complete(self._stored.table("sections"))

    @cached_property
    def place_ids(self) -> Ids:
        """Ids of the places, by row."""
        return Ids(self.place_columns["id"], self._stored.order("place_order"))

    @cached_property
    def section_ids(self) -> Ids:
        """Ids of the sections, by row."""
        return Ids(self.section_columns["id"], self._stored.order("section_order"))

    @cached_property
    def places(self) -> Mapping[str, Place]:
        """Places by id."""
        return _Rows(self.place_ids, lambda rows: places_of(self.place_columns.take(rows)))

    @cached_property
    def sections(self) -> Mapping[str, Section]:
        """Sections by id."""
        return _Rows(self.section_ids, lambda rows: sections_of(self.section_columns.take(rows), self.place_ids))

    @cached_property
    def section_m(self) -> NDArray[np.float64]:
        """(n_sections,) length. [m]"""
        return numbers(self.section_columns["length_m"])

    @cached_property
    def section_ends(self) -> NDArray[np.int32]:
        """(n_sections, 2) rows of the places at both ends."""
        return np.column_stack([numbers(self.section_columns["start"]), numbers(self.section_columns["end"])])

    @cached_property
    def graph(self) -> Any:
        """The network as a frozen ``networkx.MultiDiGraph``; see the contract above."""
        import networkx as nx  # slow to load, seldom needed

        graph = nx.MultiDiGraph(id=self.id)
        for place in self.places.values():
            graph.add_node(place.id, **asdict(place))
        for section in self.sections.values():
            row = asdict(section)
            graph.add_edge(section.start, section.end, key=section.id, **row)
            if not section.oneway:
                graph.add_edge(section.end, section.start, key=section.id, **row)
        return nx.freeze(graph)

    @cached_property
    def parts(self) -> NDArray[np.int32]:
        """(n_places,) number of the part in which every place can be reached from every other; 0 is the largest.

        Roads that are driven only at a risk do not count.
        """
        ends = self.section_ends
        plain = np.asarray(pc.equal(self.section_columns["risk"].cast(pa.string()), "").to_numpy())
        both = plain & (numbers(self.section_columns["oneway"]) == 0)
        tail, head = np.concatenate([ends[plain, 0], ends[both, 1]]), np.concatenate([ends[plain, 1], ends[both, 0]])
        n = len(self.place_ids)
        from scipy.sparse import coo_matrix  # noqa: PLC0415  # slow to load, seldom needed
        from scipy.sparse.csgraph import connected_components  # noqa: PLC0415  # as above

        matrix = coo_matrix((np.ones(len(tail), np.int8), (tail, head)), shape=(n, n)).tocsr()
        _, label = connected_components(matrix, directed=True, connection="strong")
        sizes = np.bincount(label)
        first = np.full(len(sizes), n)
        np.minimum.at(first, label, np.arange(n))
        rank = np.empty(len(sizes), np.int32)
        rank[np.lexsort((first, -sizes))] = np.arange(len(sizes), dtype=np.int32)
        return np.asarray(rank[label])

    @cached_property
    def warnings(self) -> tuple[str, ...]:
        """What is allowed and yet worth knowing: parts that are cut off from the largest."""
        return tuple(self._warnings())

    def _warnings(self) -> Iterator[str]:
        cut_off = np.flatnonzero(self.parts > 0)
        for part in np.unique(self.parts[cut_off])[:MOST_NAMED]:
            names = sorted(self.place_ids.names(np.flatnonzero(self.parts == part)))
            yield f"cut off from the largest part: {', '.join(names[:MOST_NAMED])}"

    @cached_property
    def _between(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Sections in order of the pair of places that they join, and each pair as a number: both (n_sections,)."""
        ends = np.sort(self.section_ends, axis=1).astype(np.int64)
        pairs = ends[:, 0] * len(self.place_ids) + ends[:, 1]
        order = np.argsort(pairs, kind="stable")
        return order, pairs[order]

    @cached_property
    def _at_places(self) -> tuple[NDArray[Any], NDArray[Any]]:
        """Sections in order of the place at one of their ends, and where each place begins in it."""
        ends = self.section_ends
        at = np.concatenate([ends[:, 0], ends[:, 1]])
        order = np.argsort(at, kind="stable")
        return order % len(ends), np.searchsorted(at[order], np.arange(len(self.place_ids) + 1))

    def sections_at(self, place_row: int) -> tuple[str, ...]:
        """Return the sections that begin or end at the place in that row."""
        sections, first = self._at_places
        return self.section_ids.names(np.unique(sections[first[place_row] : first[place_row + 1]]))

    def next_to(self, place: str) -> tuple[str, ...]:
        """Return the places that a section joins with *place*, in order of id."""
        ends = (self.sections[name] for name in self.sections_at(self.place_ids.row(place)))
        return tuple(sorted({end for section in ends for end in (section.start, section.end)} - {place}))

    def sections_between(self, a: str, b: str, road: str | None = None) -> tuple[Section, ...]:
        """Return the sections that join two places directly, all or those of one *road*."""
        if a not in self.place_ids or b not in self.place_ids:
            return ()
        low, high = sorted((self.place_ids.row(a), self.place_ids.row(b)))
        order, pairs = self._between
        pair = low * len(self.place_ids) + high
        rows = order[np.searchsorted(pairs, pair, "left") : np.searchsorted(pairs, pair, "right")]
        found = (self.sections[name] for name in self.section_ids.names(np.sort(rows)))
        return tuple(section for section in found if road is None or section.road == road)

    def line(self, section: str) -> list[tuple[float, float]]:
        """Return the course of a section as (latitude, longitude), both ends included. [deg]"""
        row = self.section_ids.row(section)
        ends = [self.places[self.place_ids[int(end)]] for end in self.section_ends[row]]
        points = np.array(self.section_columns["geometry"][row].as_py() or [], dtype=float) * GEOMETRY_DEG
        between = [(float(lat), float(lon)) for lat, lon in points.reshape(-1, 2)]
        return [(ends[0].lat, ends[0].lon), *between, (ends[1].lat, ends[1].lon)]

    def place(self, name: str) -> Place:
        """Return a place by id.

        Raises
        ------
        UnknownNameError
            If there is none; the message guesses the intended one.
        """
        if name not in self.place_ids:
            raise UnknownNameError(unknown_name("place", name, self.place_ids))
        return self.places[name]

    @classmethod
    def from_graph(cls, graph: Any, id: str = "graph") -> RoadNetwork:
        """Return the network of a ``networkx.MultiDiGraph`` that keeps the contract; nothing is merged or guessed.

        For any other graph there is :func:`drillsim.roads.importing.import_graph`.

        Parameters
        ----------
        graph
            Nodes need ``lat`` and ``lon``; edges need ``length_m`` and ``free_flow_kmh``, and a key for each section,
            the same for both of its directions. All other fields of :class:`Place` and :class:`Section` may be left
            out; a section is one-way where ``oneway`` says so, or where it has one edge and says nothing.
        id
            Name of the network.

        Raises
        ------
        NetworkError
            If it is a graph of another kind, and with every breach of the contract, missing attributes included.
        """
        return cls(id, *parts_of_graph(graph))


class _Rows(Mapping[str, T], Generic[T]):
    """A lazy mapping from ids to the places or sections of a table."""

    def __init__(self, ids: Ids, make: Callable[[Any], list[T]]) -> None:
        self._ids = ids
        self._make = make
        self._made: dict[int, T] = {}

    def __getitem__(self, name: str) -> T:
        row = self._ids.row(name)
        if row not in self._made:
            self._made[row] = self._make(pa.array([row]))[0]
        return self._made[row]

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, name: object) -> bool:
        return name in self._ids

    def values(self) -> Any:
        """Return all of them, by row."""
        if len(self._made) < len(self._ids):
            self._made = dict(enumerate(self._make(pa.array(np.arange(len(self._ids))))))
        return self._made.values()

    def items(self) -> Any:
        """Return all of them with their ids, by row."""
        return zip(self._ids, self.values(), strict=True)
