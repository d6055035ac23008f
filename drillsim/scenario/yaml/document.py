"""A YAML file on its way to a model: what was written, where each value stands, and what is wrong with it so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from drillsim.base.errors import Problem, ScenarioError

Path_ = tuple[str | int, ...]
Position = tuple[int, int]
"""Line and column, from 1."""
REFUSED: Final = object()
"""Stands for a value that was refused: no field accepts it, so no later check takes it for a good one."""


class Finding(NamedTuple):
    """A problem, the value that it is about, and the line and column that order it among others."""

    position: Position
    path: Path_
    problem: Problem


@dataclass(frozen=True, slots=True)
class Document:
    """One file between two steps of its reading; a step returns a new document, with one list of problems so far."""

    where: str
    """Name of the file."""
    written: Any
    """Plain values as they are written: places and quotations come from here."""
    data: Any
    """The values to validate: those written, until a step puts what they mean in their stead."""
    values: Mapping[Path_, Position]
    """Position of the value at a path."""
    keys: Mapping[Path_, Position]
    """Position of the key at a path."""
    findings: tuple[Finding, ...] = ()
    """What is wrong with single values, though the rest could be read."""
    refused: frozenset[Path_] = frozenset()
    """Paths of values that mean nothing; whatever else is found there only follows from that."""

    def with_value(self, path: Path_, value: Any) -> Document:
        """Return the document with *value* to be validated at *path*."""
        return replace(self, data=_with(self.data, path, value))

    def with_findings(self, found: Iterable[Finding]) -> Document:
        """Return the document with more found wrong, but for what only follows from a value refused before."""
        new = [finding for finding in found if not self._is_refused(finding.path)]
        return replace(self, findings=(*self.findings, *new))

    def refuse(self, path: Path_, found: Iterable[Finding]) -> Document:
        """Return the document without a value at *path*, because of what was *found* there."""
        document = self.with_findings(found).with_value(path, REFUSED)
        return replace(document, refused=document.refused | {path})

    def _is_refused(self, path: Path_) -> bool:
        return any(path[:length] in self.refused for length in range(len(path) + 1))

    # --- places ---

    def at(self, position: Position) -> str:
        """Return a position as ``file:line:column``."""
        return at(self.where, position)

    def split(self, loc: Iterable[str | int]) -> tuple[Path_, Path_]:
        """Return the part of *loc* that is written in the file, and the rest.

        What pydantic adds is in no file: the ``[key]`` of a mapping, the ``mean_s`` of a time in its short form.
        """
        here = self.written
        path: list[str | int] = []
        rest: list[str | int] = []
        for part in loc:
            if _has(here, part):
                here = here[part]
                path.append(part)
            else:
                rest.append(part)
        return tuple(path), tuple(rest)

    def value(self, path: Path_) -> Any:
        """Return what is written at *path*."""
        here = self.written
        for part in path:
            here = here[part]
        return here

    def start(self, path: Path_) -> Position:
        """Return where the value at *path* begins: a mapping or list at its key, if it has one."""
        if isinstance(self.value(path), (dict, list)) and path in self.keys:
            return self.keys[path]
        return self.values.get(path, (1, 1))

    def place(self, problem: Problem, path: Path_ | None = None) -> Finding:
        """Return *problem* with the line and column of the value at *path*; at its own path if none is given.

        One that knows its place in another file keeps that.
        """
        if path is None:
            path, _ = self.split(loc_of(problem.path))
        position = self.start(path)
        return Finding(position, path, replace(problem, where=problem.where or self.at(position)))


def at(where: str, position: Position) -> str:
    """Return a position in the file *where* as ``file:line:column``."""
    return f"{where}:{position[0]}:{position[1]}"


def loc_of(dots: str) -> Path_:
    """Return keys and list indices of a dotted path.

    Examples
    --------
    >>> loc_of("plans.0.stations")
    ('plans', 0, 'stations')
    """
    return tuple(int(part) if part.isdecimal() else part for part in dots.split(".") if part)


def refusal(where: str, code: str, **values: object) -> ScenarioError:
    """Return the error of a file that cannot be read on."""
    return ScenarioError([Problem(code, where=where, values=values)])


def _has(data: Any, part: str | int) -> bool:
    if isinstance(data, Mapping):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data)


def _with(data: Any, path: Path_, value: Any) -> Any:
    """Return a copy of *data* with *value* at *path*; what lies beside the path is shared, not copied."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    copy: Any = list(data) if isinstance(data, list) else dict(data)
    copy[first] = _with(copy[first], rest, value)
    return copy
