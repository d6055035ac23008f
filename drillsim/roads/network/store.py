"""A road network as one file: two Arrow tables, mapped into memory when it is opened.

    places (Arrow IPC) · sections (Arrow IPC) · more blocks · contents (JSON) · its checksum · its length · magic

The end is written last, so that a file that was cut short is seen to be one. The contents hold the checksum of every
block. A block is checked when it is first used, so that a million places open at once and nothing damaged is ever used.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from drillsim.base.atomic_file import atomic_open
from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.network.network import RoadNetwork

MAGIC: Final = b"DRILLRD2"
OLD_MAGIC: Final = b"DRILLRD1"
"""Of files without checksums and without heights along the roads."""
SUFFIX: Final = ".roads"
ALIGN: Final = 64
"""Blocks begin at a multiple of this. [bytes]"""
CRC_BYTES, LENGTH_BYTES = 4, 8
OWN: Final = frozenset({"places", "sections", "place_order", "section_order"})
"""Blocks that every network has."""


def save_network(
    network: RoadNetwork, path: Path | str, *, provenance: Mapping[str, Any] | None = None,
    blocks: Mapping[str, bytes] | None = None,
) -> None:  # fmt: skip
    """Write a network into one file, or nothing at all if that fails.

    Parameters
    ----------
    provenance
        Where it comes from: source, licence, when it was made, by which version; what the file tells about itself.
    blocks
        More content by name: what was prepared for fast routing.

    Raises
    ------
    WriteError
        If it cannot be written; the message names the file that was asked for.
    """
    orders = {"place_order": network.place_ids.order.tobytes(), "section_order": network.section_ids.order.tobytes()}
    contents = {
        "format": 2,
        "id": network.id,
        "digest": network.digest,
        "provenance": {**network.provenance, **(provenance or {})},
    }
    with atomic_open(Path(path)) as file:
        index = {
            "places": _write(file, _ipc(network.place_columns)),
            "sections": _write(file, _ipc(network.section_columns)),
        }
        for name, block in {**orders, **(blocks or {})}.items():
            index[name] = _write(file, block)
        end = json.dumps(contents | {"index": index, "ends_at": file.tell()}, ensure_ascii=False).encode()
        size = len(end).to_bytes(LENGTH_BYTES, "little")
        file.write(end + zlib.crc32(end).to_bytes(CRC_BYTES, "little") + size + MAGIC)


def _ipc(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _write(file: Any, block: bytes) -> tuple[int, int, int]:
    """Write a block; return where it begins, its length and its checksum."""
    file.write(b"\0" * (-file.tell() % ALIGN))
    at = file.tell()
    file.write(block)
    return at, len(block), zlib.crc32(block)


def open_network(path: Path | str) -> RoadNetwork:
    """Return the network of a file, mapped into memory; its tables are checked when they are first used.

    Raises
    ------
    NetworkError
        If there is no such file, it is no network, an older version made it, it was cut short or it is damaged; for
        damage in its tables, then and there where they are first used.
    """
    path = Path(path)
    file = _NetworkFile(path)
    return RoadNetwork.trusted(
        file.contents["id"], file, digest=file.contents["digest"], path=path.resolve(), reopen=open_network,
        provenance=file.contents["provenance"],
    )  # fmt: skip


def stored_blocks(path: Path | str) -> Mapping[str, memoryview]:
    """Return everything else that a network file holds, by name.

    Raises
    ------
    NetworkError
        If it is no network file, or damaged.
    """
    file = _NetworkFile(Path(path))
    return {name: memoryview(file.block(name)) for name in file.contents["index"] if name not in OWN}


class _NetworkFile:
    """An open network file; each block is checked before it is handed out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._buffer, self.contents = _open(path)

    def table(self, name: str) -> pa.Table:
        """Return the table in a block."""
        return pa.ipc.open_file(pa.BufferReader(self.block(name))).read_all()

    def order(self, name: str) -> NDArray[np.int32]:
        """Return the rows in a block: (n,)."""
        return np.frombuffer(self.block(name), dtype=np.int32)

    def block(self, name: str) -> pa.Buffer:
        """Return the bytes of a block.

        Raises
        ------
        NetworkError
            If they are not those that were written.
        """
        at, size, checksum = self.contents["index"][name]
        block = self._buffer.slice(at, size)
        if zlib.crc32(block) != checksum:
            raise NetworkError([Problem("network_damaged", where=str(self.path), values={"part": name})])
        return block


def _open(path: Path) -> tuple[pa.Buffer, Mapping[str, Any]]:
    try:
        buffer = pa.memory_map(str(path)).read_buffer()
    except FileNotFoundError:
        raise NetworkError([Problem("file_missing", where=str(path))]) from None
    except (OSError, pa.ArrowException) as error:
        raise NetworkError([Problem("file_unreadable", where=str(path), values={"why": str(error)})]) from None
    magic = bytes(buffer[max(0, len(buffer) - len(MAGIC)) :])
    if magic == OLD_MAGIC:
        raise NetworkError([Problem("network_old", where=str(path))])
    if magic != MAGIC:
        raise NetworkError([Problem("not_a_network", where=str(path), values={"why": "its end is missing"})])
    return buffer, _contents(buffer, path)


def _contents(buffer: pa.Buffer, path: Path) -> Mapping[str, Any]:
    """Return what stands at the end of a file: names, and where each block lies."""
    tail = CRC_BYTES + LENGTH_BYTES + len(MAGIC)
    end = bytes(buffer[max(0, len(buffer) - tail) :])
    size = int.from_bytes(end[CRC_BYTES : -len(MAGIC)], "little")
    begin = len(buffer) - tail - size
    text = bytes(buffer[begin : begin + size]) if begin >= 0 else b""
    if begin < 0 or zlib.crc32(text) != int.from_bytes(end[:CRC_BYTES], "little"):
        raise NetworkError([Problem("network_damaged", where=str(path), values={"part": "contents"})])
    contents: Mapping[str, Any] = json.loads(text)
    if contents["ends_at"] != begin:
        raise NetworkError([Problem("not_a_network", where=str(path), values={"why": "its beginning is missing"})])
    return contents
