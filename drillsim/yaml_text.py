"""Reads a YAML file that anybody may have written: plain values, the place of each, what is wrong with it.

YAML 1.2, and of that only what a scenario needs: mappings with text keys, lists, texts, numbers, true, false,
null. Aliases and tags are refused, so nothing can grow or run while a file is read; limits hold before any
work is done on what exceeds them. Nothing here recurses, so depth cannot break it.
"""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.reader import ReaderError

from drillsim.errors import Fault, ScenarioError
from drillsim.shown import dotted, printable
from drillsim.yaml_scalars import NumberTooLongError, plain_value

MOST_BYTES: Final = 2_000_000
"""Largest file that is read (assumption: fifty times what a large scenario takes)."""
MOST_LINE: Final = 100_000
"""Longest line that is read, in characters; a longer one makes the scanner slow (assumption)."""
MOST_DEPTH: Final = 30
"""Deepest nesting that is read; the format itself needs twelve levels."""
MOST_NODES: Final = 100_000
"""Most values that are read (assumption)."""
MOST_FAULTS: Final = 100
"""Faults after which reading stops (assumption: nobody reads more)."""

Path_ = tuple[str | int, ...]
Position = tuple[int, int]
"""Line and column, from 1."""


@dataclass(slots=True)
class Document:
    """Plain values of one file, and where each stands."""

    where: str
    """Name of the file."""
    data: Any = None
    values: dict[Path_, Position] = field(default_factory=dict)
    """Position of the value at a path."""
    keys: dict[Path_, Position] = field(default_factory=dict)
    """Position of the key at a path."""
    faults: list[Fault] = field(default_factory=list)
    """What is wrong with single values, though the rest could be read."""
    refused: set[Path_] = field(default_factory=set)
    """Paths of values that were refused: what stands there in ``data`` means nothing."""

    def at(self, position: Position) -> str:
        """Return a position as ``file:line:column``."""
        return f"{self.where}:{position[0]}:{position[1]}"


def read_yaml(path: Path | str) -> Document:
    """Read a file.

    Raises
    ------
    ScenarioError
        If it cannot be read at all, with the first reason.
    """
    return parse_yaml(read_text(path), str(path))


def read_text(path: Path | str) -> str:
    """Return the text of a file, after its size has been looked at.

    Raises
    ------
    ScenarioError
        If there is no such file, it is no ordinary file, too large, or not UTF-8.
    """
    path = Path(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _refusal(str(path), "file_is_folder")
        if not stat.S_ISREG(status.st_mode):
            raise _refusal(str(path), "file_not_regular")
        if status.st_size > MOST_BYTES:
            raise _refusal(str(path), "file_too_large", most=f"{MOST_BYTES // 10**6} MB")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _refusal(str(path), "file_missing") from error
    except ValueError as error:  # a name that no file can have: one with a NUL, or half a character
        if isinstance(error, ScenarioError):
            raise
        raise _refusal(ascii(str(path)), "file_missing") from error
    except OSError as error:
        raise _refusal(str(path), "file_unreadable", why=error.strerror or str(error)) from error
    return _decoded(content, str(path))


def _decoded(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, error.start - (before.rfind(b"\n") + 1) + 1
        raise _refusal(f"{where}:{line}:{column}", "not_utf8") from error


def parse_yaml(text: str, where: str = "text") -> Document:
    """Return the values in *text* and where each stands.

    Raises
    ------
    ScenarioError
        If it is no YAML, empty, more than one document, or beyond a limit.
    """
    document = Document(where)
    _check_characters(text, document)
    composer = _Composer(document)
    for event in _events(text, document):
        composer.take(event)
    if not composer.documents:
        raise _refusal(document.at((1, 1)), "file_empty")
    return document


def _refusal(where: str, code: str, **values: object) -> ScenarioError:
    return ScenarioError([Fault(code, where=where, values=values)])


def _check_characters(text: str, document: Document) -> None:
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise _refusal(document.at((line, nul - text.rfind("\n", 0, nul))), "nul")
    for number, line_text in enumerate(text.split("\n"), start=1):
        if len(line_text) > MOST_LINE:
            raise _refusal(document.at((number, 1)), "line_too_long", length=len(line_text), most=MOST_LINE)


def _events(text: str, document: Document) -> Iterator[Any]:
    """Yield what the parser finds; turn whatever it says or trips over into a fault with a place."""
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise ScenarioError([_syntax_fault(error, document)]) from error
    except ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        position = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        raise _refusal(document.at(position), "yaml_character") from error
    except (YAMLError, *_STUMBLES) as error:
        if isinstance(error, ScenarioError):
            raise
        raise _refusal(document.where, "yaml_broken", problem=type(error).__name__) from error


_STUMBLES: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""What the scanner is known to raise, besides its own errors, on a text that is no YAML."""
_PROBLEMS: Final = (
    ("'\\t'", "yaml_tab"),
    ("mapping values are not allowed", "yaml_colon"),
    ("could not find expected ':'", "yaml_no_colon"),
    ("expected <block end>", "yaml_indent"),
    ("expected ',' or", "yaml_bracket"),
    ("quoted scalar", "yaml_quote"),
    ("undefined alias", "yaml_alias"),
)


def _syntax_fault(error: MarkedYAMLError, document: Document) -> Fault:
    said = f"{error.problem or ''} {error.context or ''}"
    code = next((code for part, code in _PROBLEMS if part in said), "yaml_syntax")
    mark = error.problem_mark or error.context_mark
    where = document.at(_position(mark)) if isinstance(mark, StringMark) else document.where
    return Fault(code, where=where, values={"problem": " ".join(str(error.problem or error.context).split())})


def _position(mark: Any) -> Position:
    return mark.line + 1, mark.column + 1


@dataclass(slots=True)
class _Open:
    """A mapping or list that is still being read."""

    into: dict[str, Any] | list[Any]
    path: Path_
    key: str | None = None
    """Key whose value comes next."""


class _Composer:
    """Builds plain values from the parser's events, one by one."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.open: list[_Open] = []
        self.documents = 0
        self.nodes = 0

    def take(self, event: Any) -> None:
        """Add one event."""
        name = type(event).__name__
        if name == "DocumentStartEvent":
            self.documents += 1
            if self.documents > 1:
                raise _refusal(self._at(event), "yaml_documents")
        elif name in {"MappingEndEvent", "SequenceEndEvent"}:
            self.open.pop()
        elif name in {"ScalarEvent", "AliasEvent", "MappingStartEvent", "SequenceStartEvent"}:
            self._check_limits(event)
            self._take_node(event, name)

    def _at(self, event: Any) -> str:
        return self.document.at(_position(event.start_mark))

    def _check_limits(self, event: Any) -> None:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise _refusal(self._at(event), "too_many_nodes", most=MOST_NODES)
        if len(self.open) >= MOST_DEPTH:
            raise _refusal(self._at(event), "too_deep", most=MOST_DEPTH)
        if len(self.document.faults) >= MOST_FAULTS:
            raise ScenarioError(self.document.faults)

    def _take_node(self, event: Any, name: str) -> None:
        parent = self.open[-1] if self.open else None
        if parent is not None and isinstance(parent.into, dict) and parent.key is None:
            self._take_key(parent, event, name)
            return
        path = self._next_path(parent)
        self.document.values.setdefault(path, _position(event.start_mark))
        value = self._value(event, name, path)
        self._put(parent, value)
        if isinstance(value, (dict, list)):
            self.open.append(_Open(value, path))

    def _take_key(self, parent: _Open, event: Any, name: str) -> None:
        if name != "ScalarEvent":
            raise _refusal(self._at(event), "key_not_text")
        key = str(event.value)
        path = (*parent.path, key)
        self._check_text(key, event)
        if key in parent.into:
            self._fault("duplicate_key", event, path, key=printable(key))
        parent.key = key
        self.document.keys.setdefault(path, _position(event.start_mark))

    @staticmethod
    def _next_path(parent: _Open | None) -> Path_:
        if parent is None:
            return ()
        if isinstance(parent.into, list):
            return (*parent.path, len(parent.into))
        return (*parent.path, str(parent.key))

    def _put(self, parent: _Open | None, value: Any) -> None:
        if parent is None:
            self.document.data = value
        elif isinstance(parent.into, list):
            parent.into.append(value)
        else:
            parent.into.setdefault(str(parent.key), value)  # of two equal keys the first counts
            parent.key = None

    def _value(self, event: Any, name: str, path: Path_) -> Any:
        if name == "AliasEvent":
            return self._refuse("yaml_alias", event, path)
        if event.anchor is not None:
            self._fault("yaml_anchor", event, path)
        if event.tag is not None:
            self._refuse("yaml_tag", event, path, tag=printable(str(event.tag)))
        if name == "MappingStartEvent":
            return {}
        if name == "SequenceStartEvent":
            return []
        self._check_text(event.value, event)
        if event.style or not event.implicit[0]:
            return str(event.value)
        try:
            return plain_value(event.value)
        except NumberTooLongError:
            return self._refuse("number_too_long", event, path)

    def _check_text(self, text: str, event: Any) -> None:
        """Refuse what UTF-8 cannot hold, and NUL, which an escape in quotes can smuggle in."""
        if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
            raise _refusal(self._at(event), "yaml_character")

    def _fault(self, code: str, event: Any, path: Path_, **values: object) -> None:
        self.document.faults.append(Fault(code, dotted(path), self._at(event), values))

    def _refuse(self, code: str, event: Any, path: Path_, **values: object) -> None:
        self._fault(code, event, path, **values)
        self.document.refused.add(path)
