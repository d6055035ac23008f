"""GraphML files, as OSMnx writes them and others."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final
from xml.parsers import expat

from drillsim.base.errors import NetworkError, Problem
from drillsim.roads.importing.edge_list import Options, RawRoads, Tally
from drillsim.roads.importing.graph import raw_of_graph

CHUNK: Final = 1 << 20
"""Bytes read at once."""


def read_graphml(path: Path, options: Options, tally: Tally) -> RawRoads:
    """Return the roads of a GraphML file; values may all be texts.

    Raises
    ------
    NetworkError
        If it is no XML, declares entities, or nodes have no coordinates.
    """
    reader = _Reader(path)
    try:
        with path.open("rb") as file:
            while chunk := file.read(CHUNK):
                reader.parser.Parse(chunk, False)
            reader.parser.Parse(b"", True)
    except (expat.ExpatError, OSError, ValueError, LookupError) as error:
        if isinstance(error, NetworkError):
            raise
        raise NetworkError([Problem("roads_broken", where=str(path), values={"why": str(error)})]) from None
    return raw_of_graph(
        reader.nodes, reader.edges, reader.about, options, tally, directed=reader.directed, where=str(path)
    )


class _Reader:
    """What has been read of a file."""

    def __init__(self, path: Path) -> None:
        self.nodes: dict[str, dict[str, str]] = {}
        self.edges: list[tuple[str, str, dict[str, str]]] = []
        self.about: dict[str, str] = {}
        self.directed = True
        self._where = str(path)
        self._names: dict[str, str] = {}
        self._within: list[dict[str, str]] = []
        self._key: str | None = None
        self._text: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text.append
        self.parser.EntityDeclHandler = self._refuse

    def _refuse(self, *_: Any) -> None:
        raise NetworkError([Problem("roads_entities", where=self._where)])

    def _start(self, tag: str, given: Mapping[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        if name == "key":
            self._names[given.get("id", "")] = given.get("attr.name", given.get("id", ""))
        elif name == "graph":
            self.directed = given.get("edgedefault", "directed") == "directed"
            self._within.append(self.about)
        elif name == "node":
            self._within.append(self.nodes.setdefault(given["id"], {}))
        elif name == "edge":
            self.edges.append((given["source"], given["target"], {}))
            self._within.append(self.edges[-1][2])
        elif name == "data":
            self._key = given.get("key")
            self._text.clear()

    def _end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if name == "data" and self._key is not None and self._within:
            self._within[-1][self._names.get(self._key, self._key)] = "".join(self._text).strip()
            self._key = None
        elif name in {"graph", "node", "edge"}:
            self._within.pop()
