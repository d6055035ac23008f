"""Builds plain values from the event stream of a YAML parser, without recursion and within limits."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from drillsim.base.errors import Problem, ScenarioError
from drillsim.language.formatting import dotted, printable
from drillsim.scenario.yaml.document import Document, LocatedProblem, Path_, Position, at, refusal
from drillsim.scenario.yaml.scalars import NumberTooLongError, plain_value

MOST_DEPTH: Final = 30
"""Deepest nesting that is accepted; the format itself needs twelve levels."""
MOST_NODES: Final = 1_000_000
"""Most values that are accepted: they take about a gigabyte and half a minute (measured: 0.7 kB, 35 µs each)."""
MOST_PROBLEMS: Final = 100
"""Most problems of a file; reading stops after them (assumption: nobody reads more)."""


def position_of(mark: Any) -> Position:
    """Return line and column of a parser mark, counted from 1."""
    return mark.line + 1, mark.column + 1


@dataclass(slots=True)
class _Open:
    """A mapping or list that has begun and not ended."""

    into: dict[str, Any] | list[Any]
    path: Path_
    key: str | None = None
    """Key whose value is read next."""


class Composer:
    """Collects the events of one file; :meth:`document` returns the frozen result.

    Parameters
    ----------
    where
        Name of the file.
    """

    def __init__(self, where: str) -> None:
        self._where = where
        self._open: list[_Open] = []
        self._documents = 0
        self._nodes = 0
        self._root: Any = None
        self._values: dict[Path_, Position] = {}
        self._keys: dict[Path_, Position] = {}
        self._problems: list[LocatedProblem] = []
        self._refused: set[Path_] = set()

    def document(self) -> Document:
        """Return the document that was read.

        Raises
        ------
        ScenarioError
            If the file is empty.
        """
        if not self._documents:
            raise refusal(at(self._where, (1, 1)), "file_empty")
        return Document(
            self._where,
            written=self._root,
            data=self._root,
            values=MappingProxyType(self._values),
            keys=MappingProxyType(self._keys),
            problems=tuple(self._problems),
            refused=frozenset(self._refused),
        )

    def take(self, event: Any) -> None:
        """Process one parser event."""
        name = type(event).__name__
        if name == "DocumentStartEvent":
            self._documents += 1
            if self._documents > 1:
                raise refusal(self._at(event), "yaml_documents")
        elif name in {"MappingEndEvent", "SequenceEndEvent"}:
            self._open.pop()
        elif name in {"ScalarEvent", "AliasEvent", "MappingStartEvent", "SequenceStartEvent"}:
            self._check_limits(event)
            self._take_node(event, name)

    def _at(self, event: Any) -> str:
        return at(self._where, position_of(event.start_mark))

    def _check_limits(self, event: Any) -> None:
        self._nodes += 1
        if self._nodes > MOST_NODES:
            raise refusal(self._at(event), "too_many_nodes", most=MOST_NODES)
        if len(self._open) >= MOST_DEPTH:
            raise refusal(self._at(event), "too_deep", most=MOST_DEPTH)
        if len(self._problems) >= MOST_PROBLEMS:
            raise ScenarioError(located.problem for located in self._problems)

    def _take_node(self, event: Any, name: str) -> None:
        parent = self._open[-1] if self._open else None
        if parent is not None and isinstance(parent.into, dict) and parent.key is None:
            self._take_key(parent, event, name)
            return
        path = self._next_path(parent)
        self._values.setdefault(path, position_of(event.start_mark))
        value = self._value(event, name, path)
        self._put(parent, value)
        if isinstance(value, (dict, list)):
            self._open.append(_Open(value, path))

    def _take_key(self, parent: _Open, event: Any, name: str) -> None:
        if name != "ScalarEvent":
            raise refusal(self._at(event), "key_not_text")
        key = str(event.value)
        path = (*parent.path, key)
        self._check_text(key, event)
        if key in parent.into:
            self._record("duplicate_key", event, path, key=printable(key))
        parent.key = key
        self._keys.setdefault(path, position_of(event.start_mark))

    @staticmethod
    def _next_path(parent: _Open | None) -> Path_:
        if parent is None:
            return ()
        if isinstance(parent.into, list):
            return (*parent.path, len(parent.into))
        return (*parent.path, str(parent.key))

    def _put(self, parent: _Open | None, value: Any) -> None:
        if parent is None:
            self._root = value
        elif isinstance(parent.into, list):
            parent.into.append(value)
        else:
            parent.into.setdefault(str(parent.key), value)  # of two equal keys the first counts
            parent.key = None

    def _value(self, event: Any, name: str, path: Path_) -> Any:
        if name == "AliasEvent":
            return self._refuse("yaml_alias", event, path)
        if event.anchor is not None:
            self._record("yaml_anchor", event, path)
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
        """Refuse surrogates, which UTF-8 cannot encode, and NUL, which a quoted escape can smuggle in."""
        if "\0" in text or any("\ud800" <= char <= "\udfff" for char in text):
            raise refusal(self._at(event), "yaml_character")

    def _record(self, code: str, event: Any, path: Path_, **values: object) -> None:
        problem = Problem(code, dotted(path), self._at(event), values)
        self._problems.append(LocatedProblem(position_of(event.start_mark), path, problem))

    def _refuse(self, code: str, event: Any, path: Path_, **values: object) -> None:
        self._record(code, event, path, **values)
        self._refused.add(path)
