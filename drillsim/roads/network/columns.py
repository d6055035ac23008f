"""A road network as columns: the form of importers, of network files and of memory.

Two Arrow tables, one row per place and one per section. They may lie in a file that is mapped into memory, so that
many processes share one copy and a million places open at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, fields
from hashlib import blake2b
from typing import Any, Final, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from drillsim.roads.network.elements import Place, Section

TEXT: Final = pa.dictionary(pa.int32(), pa.string())
PLACES: Final = pa.schema(
    [
        ("id", pa.string()), ("name_zh", pa.string()), ("name_en", pa.string()), ("kind", TEXT), ("lat", pa.float64()),
        ("lon", pa.float64()), ("elevation_m", pa.float64()), ("population", pa.int64()), ("admin", TEXT),
        ("district", TEXT), ("source", TEXT),
    ]
)  # fmt: skip
"""Columns of the places; ids are unique."""
SECTIONS: Final = pa.schema(
    [
        ("id", pa.string()), ("start", pa.int32()), ("end", pa.int32()), ("road", TEXT), ("length_m", pa.float64()),
        ("free_flow_kmh", pa.float64()), ("name_zh", TEXT), ("road_class", TEXT), ("oneway", pa.uint8()),
        ("max_elevation_m", pa.float64()), ("toll", TEXT), ("carriageways", TEXT), ("source", TEXT),
        ("confidence", TEXT), ("lanes", pa.int16()), ("surface", TEXT), ("bridge", pa.uint8()), ("tunnel", pa.uint8()),
        ("max_height_m", pa.float64()), ("max_weight_t", pa.float64()), ("risk", TEXT), ("delay_s", pa.float64()),
        ("geometry", pa.large_list(pa.int32())), ("profile", pa.large_list(pa.float64())),
        ("backward_kmh", pa.float64()), ("max_width_m", pa.float64()), ("closed", TEXT),
    ]
)  # fmt: skip
"""Columns of the sections; ``start`` and ``end`` are rows of places.

``geometry`` is the points between both ends as latitude, longitude, latitude … in units of 1e-7 degrees, empty for a
straight line. ``profile`` is the heights between both ends as distance from the start, height, distance, height …
[m], empty for an even grade.
"""
DEFAULTS: Final[Mapping[str, Any]] = {
    "kind": "junction", "elevation_m": 0.0, "lanes": None, "surface": "paved", "road_class": "unclassified",
    "oneway": 0, "bridge": 0, "tunnel": 0, "delay_s": 0.0, "name_zh": "", "name_en": "", "admin": "", "district": "",
    "source": "", "road": "", "toll": "", "carriageways": "", "confidence": "", "risk": "", "geometry": [],
    "profile": [], "closed": "",
}  # fmt: skip
"""Defaults of columns that an importer leaves out; null for columns not listed."""
LATER: Final = ("profile", "backward_kmh", "max_width_m", "closed")
"""Columns of sections that older files lack; where one holds nothing, a fingerprint is as if it were not there."""
GEOMETRY_DEG: Final = 1e-7
"""Unit of the points of a geometry. [deg]"""


def table(schema: pa.Schema, columns: Mapping[str, Any], n: int) -> pa.Table:
    """Return a table of *n* rows of that schema; a column that is left out holds its default.

    Parameters
    ----------
    columns
        By name, each of n values: numpy arrays, lists, or Arrow arrays.
    """
    made = []
    for field in schema:
        if field.name in columns:
            made.append(_array(columns[field.name], field.type))
        else:
            value = DEFAULTS.get(field.name)
            made.append(_same(value, n, field.type))
    return pa.table(made, schema=schema).combine_chunks()


def complete(sections: pa.Table) -> pa.Table:
    """Return a table of sections with the columns that older files lack."""
    for name in LATER:
        if name not in sections.column_names:
            field = SECTIONS.field(name)
            sections = sections.append_column(field, _same(DEFAULTS.get(name), sections.num_rows, field.type))
    return sections


def _array(values: Any, kind: pa.DataType) -> pa.Array:
    if isinstance(values, pa.ChunkedArray):
        values = values.combine_chunks()
    if isinstance(values, pa.Array):
        return values if values.type == kind else values.cast(kind)
    if pa.types.is_dictionary(kind):
        return pa.array(values, pa.string()).dictionary_encode()
    if kind == pa.uint8():
        values = np.asarray(values, dtype=np.uint8)
    return pa.array(values, kind)


def _same(value: Any, n: int, kind: pa.DataType) -> pa.Array:
    if pa.types.is_dictionary(kind):
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, np.int32)), pa.array([value or ""]))
    if value is None:
        return pa.nulls(n, kind)
    if isinstance(value, list):
        return pa.LargeListArray.from_arrays(pa.array(np.zeros(n + 1, np.int64)), pa.array([], kind.value_type))
    return pa.repeat(pa.scalar(value, kind), n)


def places_table(places: Iterable[Place]) -> pa.Table:
    """Return the table of places given one by one."""
    rows = [asdict(place) for place in places]
    return table(PLACES, {name: [row[name] for row in rows] for name in PLACES.names}, len(rows))


def sections_table(sections: Iterable[Section], row_of: Mapping[str, int]) -> pa.Table:
    """Return the table of sections given one by one; *row_of* maps a place to its row."""
    rows = [asdict(section) for section in sections]
    columns = {name: [row[name] for row in rows] for name in SECTIONS.names if name not in {"geometry", "start", "end"}}
    ends = {end: [row_of[row[end]] for row in rows] for end in ("start", "end")}
    return table(SECTIONS, columns | ends, len(rows))


def numbers(column: pa.ChunkedArray) -> NDArray[Any]:
    """Return a column of numbers as an (n_rows,) array, without a copy if it has no gaps; a gap is NaN or -1."""
    array = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
    if array.null_count == 0:
        return np.asarray(array.to_numpy(zero_copy_only=not pa.types.is_boolean(array.type)))
    filler = np.nan if pa.types.is_floating(array.type) else -1
    return np.asarray(array.fill_null(filler).to_numpy(zero_copy_only=False))


def holds_nothing(column: pa.ChunkedArray) -> bool:
    """Return whether a column has gaps, empty texts or empty lists alone."""
    if pa.types.is_large_list(column.type):
        return len(pc.list_flatten(column)) == 0
    if pa.types.is_dictionary(column.type):
        return bool(equals(column, "").all())
    return int(column.null_count) == len(column)


def content_of(column: pa.ChunkedArray) -> bytes:
    """Return the content of a column as bytes, the same however Arrow keeps it."""
    if pa.types.is_large_list(column.type):
        lengths = pc.list_value_length(column)
        return numbers(lengths).tobytes() + numbers(pc.list_flatten(column)).tobytes()
    if pa.types.is_dictionary(column.type) or pa.types.is_string(column.type):
        return _text_content(column)
    return np.ascontiguousarray(numbers(column)).tobytes()


def _text_content(column: pa.ChunkedArray) -> bytes:
    texts = column.combine_chunks()
    if pa.types.is_dictionary(texts.type):
        texts = texts.dictionary_decode()
    texts = texts.cast(pa.large_string())
    _, where, letters = texts.buffers()
    ends = np.frombuffer(where, np.int64)[texts.offset : texts.offset + len(texts) + 1]
    written = b"" if letters is None else bytes(letters[int(ends[0]) : int(ends[-1])])
    return np.diff(ends).tobytes() + written


def equals(column: pa.ChunkedArray, word: str) -> NDArray[np.bool_]:
    """Return the mask of rows where a column of :data:`TEXT` equals *word*: (n,); equal words are stored once."""
    parts = [np.zeros(0, bool)]
    for chunk in column.chunks:
        known = chunk.dictionary.to_pylist()
        codes = chunk.indices.to_numpy(zero_copy_only=False)
        parts.append(codes == known.index(word) if word in known else np.zeros(len(chunk), bool))
    return np.concatenate(parts)


MOST_TEXTS: Final = 300_000
"""Ids up to which all are kept as texts, which is faster and takes 100 bytes each."""


class Ids(Sequence[str]):
    """The ids of a table, by row; finds the row of an id without a dictionary of all of them.

    Parameters
    ----------
    column
        Unique texts.
    order
        Rows in the order of the ids' bytes, if they were sorted before.
    """

    __slots__ = ("_column", "_fingerprints", "_found", "_order", "_texts")

    def __init__(self, column: pa.ChunkedArray, order: NDArray[np.int32] | None = None) -> None:
        self._column = column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
        self._order = order
        self._found: dict[str, int] = {}
        self._texts: list[str] | None = None
        self._fingerprints: NDArray[np.uint64] | None = None

    @property
    def order(self) -> NDArray[np.int32]:
        """(n,) rows in the order of the ids' bytes."""
        if self._order is None:
            self._order = pc.sort_indices(self._column).to_numpy().astype(np.int32)
        return self._order

    @property
    def fingerprints(self) -> NDArray[np.uint64]:
        """(n,) fingerprint of each id, by which chance is drawn for it whatever its row."""
        if self._fingerprints is None:
            texts = self._column.to_pylist()
            digests = b"".join([blake2b(text.encode(), digest_size=8).digest() for text in texts])
            self._fingerprints = np.frombuffer(digests, "<u8").astype(np.uint64)
        return self._fingerprints

    def row(self, name: str) -> int:
        """Return the row of an id.

        Raises
        ------
        KeyError
            If there is none.
        """
        found = self._found.get(name)
        if found is None:
            found = self._found[name] = self._search(name)
        return found

    def rows(self, names: Sequence[str]) -> list[int]:
        """Return the rows of some ids.

        Raises
        ------
        KeyError
            If there is no such id.
        """
        try:
            return [self._found[name] for name in names]
        except KeyError:
            return [self.row(name) for name in names]

    def _search(self, name: str) -> int:
        order, wanted = self.order, name.encode()
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            if self._column[int(order[middle])].as_py().encode() < wanted:
                low = middle + 1
            else:
                high = middle
        if low < len(order) and self._column[int(order[low])].as_py() == name:
            return int(order[low])
        raise KeyError(name)

    def names(self, rows: NDArray[Any]) -> tuple[str, ...]:
        """Return the ids of some rows."""
        if self._texts is None and len(self._column) <= MOST_TEXTS:
            self._texts = self._column.to_pylist()
        if self._texts is None:
            return tuple(self._column.take(pa.array(rows)).to_pylist())
        texts = self._texts
        return tuple([texts[row] for row in rows.tolist()])

    def __len__(self) -> int:
        return len(self._column)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[str]: ...
    def __getitem__(self, index: int | slice) -> str | Sequence[str]:
        if isinstance(index, slice):
            return tuple(self._column[index].to_pylist())
        return str(self._column[int(index)].as_py())

    def __iter__(self) -> Iterator[str]:
        return iter(self._column.to_pylist())

    def __contains__(self, name: object) -> bool:
        try:
            self.row(name if isinstance(name, str) else "")
        except KeyError:
            return False
        return True


def places_of(rows: pa.Table) -> list[Place]:
    """Return the places of some rows."""
    return [Place(**row) for row in rows.to_pylist()]


def sections_of(rows: pa.Table, places: Ids) -> list[Section]:
    """Return the sections of some rows."""
    known = [field.name for field in fields(Section)]
    made = []
    for row in rows.select(known).to_pylist():
        ends = {"start": places[row["start"]], "end": places[row["end"]]}
        flags = {name: bool(row[name]) for name in ("oneway", "bridge", "tunnel")}
        made.append(Section(**(row | ends | flags | {"profile": tuple(row["profile"])})))
    return made
