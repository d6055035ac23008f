"""A road network as one file: two Arrow tables, mapped into memory when it is opened.

    places (Arrow IPC) · sections (Arrow IPC) · more blocks · contents (JSON) · length of the contents · magic

The end is written last, so that a file that was cut short is seen to be one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

from drillsim.base.atomic_file import atomic_open
from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.network.network import RoadNetwork

MAGIC: Final = b"DRILLRD1"
SUFFIX: Final = ".roads"
ALIGN: Final = 64
"""Blocks begin at a multiple of this. [bytes]"""


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
        "format": 1,
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
        file.write(end + len(end).to_bytes(8, "little") + MAGIC)


def _ipc(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _write(file: Any, block: bytes) -> tuple[int, int]:
    file.write(b"\0" * (-file.tell() % ALIGN))
    at = file.tell()
    file.write(block)
    return at, len(block)


def open_network(path: Path | str) -> RoadNetwork:
    """Return the network of a file, mapped into memory.

    Raises
    ------
    NetworkError
        If there is no such file, it is no network, or it was cut short.
    """
    path = Path(path)
    buffer, contents = _open(path)
    tables = [_table(buffer, contents["index"][name]) for name in ("places", "sections")]
    orders = [
        np.frombuffer(_block(buffer, contents["index"][name]), dtype=np.int32)
        for name in ("place_order", "section_order")
    ]
    return RoadNetwork.trusted(
        contents["id"], *tables, digest=contents["digest"], orders=(orders[0], orders[1]), path=path.resolve(),
        reopen=open_network, provenance=contents["provenance"],
    )  # fmt: skip


def stored_blocks(path: Path | str) -> Mapping[str, memoryview]:
    """Return everything else that a network file holds, by name.

    Raises
    ------
    NetworkError
        If it is no network file.
    """
    buffer, contents = _open(Path(path))
    own = {"places", "sections", "place_order", "section_order"}
    return {name: memoryview(_block(buffer, where)) for name, where in contents["index"].items() if name not in own}


def _open(path: Path) -> tuple[Any, Any]:
    try:
        buffer = pa.memory_map(str(path)).read_buffer()
    except FileNotFoundError:
        raise NetworkError([Problem("file_missing", where=str(path))]) from None
    except (OSError, pa.ArrowException) as error:
        raise NetworkError([Problem("file_unreadable", where=str(path), values={"why": str(error)})]) from None
    tail = 8 + len(MAGIC)
    try:
        if len(buffer) < tail or bytes(buffer[len(buffer) - len(MAGIC) :]) != MAGIC:
            raise ValueError("its end is missing")  # noqa: TRY301  # one of several reasons that are told alike
        size = int.from_bytes(bytes(buffer[len(buffer) - tail : len(buffer) - len(MAGIC)]), "little")
        contents = json.loads(bytes(buffer[len(buffer) - tail - size : len(buffer) - tail]))
        if contents["ends_at"] + size + tail != len(buffer):
            raise ValueError("its beginning is missing")  # noqa: TRY301  # as above
    except ValueError as error:
        raise NetworkError([Problem("not_a_network", where=str(path), values={"why": str(error)})]) from None
    return buffer, contents


def _block(buffer: Any, where: tuple[int, int]) -> Any:
    return buffer.slice(*where)


def _table(buffer: Any, where: tuple[int, int]) -> pa.Table:
    return pa.ipc.open_file(pa.BufferReader(_block(buffer, where))).read_all()
