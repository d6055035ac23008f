"""A YAML file on its way to a model: the values as written, their positions, and the problems found so far."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, NamedTuple

from drillsim.base.errors import Problem, ScenarioError

Path_ = tuple[str | int, ...]
Position = tuple[int, int]
"""Line and column, from 1."""
REFUSED: Final = object()
"""Stands for a refused value. No field accepts it, so later checks cannot mistake it for a valid one."""


class LocatedProblem(NamedTuple):
    """A problem with the path of its value, and the position that it is sorted by."""

    position: Position
    path: Path_
    problem: Problem


@dataclass(frozen=True, slots=True)
class Document:
    """One file between two steps of reading; each step returns a new document with the problems found so far."""

    where: str
    """Name of the file."""
    written: Any
    """Plain values as written; positions and quotations refer to them."""
    data: Any
    """Values to validate: those written, except where a step has replaced one by what it names."""
    values: Mapping[Path_, Position]
    """Position of the value at a path."""
    keys: Mapping[Path_, Position]
    """Position of the key at a path."""
    problems: tuple[LocatedProblem, ...] = ()
    """Problems of single values in an otherwise readable file."""
    refused: frozenset[Path_] = frozenset()
    """Paths of values that were refused; further problems at or below them are echoes."""

    def with_value(self, path: Path_, value: Any) -> Document:
        """Return a copy with *value* at *path* of ``data``."""
        return replace(self, data=_with(self.data, path, value))

    def with_problems(self, found: Iterable[LocatedProblem]) -> Document:
        """Return a copy with more findings, except echoes of values that were refused before."""
        new = [located for located in found if not self._is_refused(located.path)]
        return replace(self, problems=(*self.problems, *new))

    def refuse(self, path: Path_, found: Iterable[LocatedProblem]) -> Document:
        """Return a copy in which the value at *path* is refused because of what was *found*."""
        document = self.with_problems(found).with_value(path, REFUSED)
        return replace(document, refused=document.refused | {path})

    def _is_refused(self, path: Path_) -> bool:
        return any(path[:length] in self.refused for length in range(len(path) + 1))

    # --- places ---

    def at(self, position: Position) -> str:
        """Format a position as ``file:line:column``."""
        return at(self.where, position)

    def split(self, loc: Iterable[str | int]) -> tuple[Path_, Path_]:
        """Split *loc* into the part that exists in the file and the rest.

        Pydantic adds parts that no file contains: ``[key]`` of a mapping, ``mean_s`` of a time in its short form.
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
        """Return the value as written at *path*."""
        here = self.written
        for part in path:
            here = here[part]
        return here

    def start(self, path: Path_) -> Position:
        """Return the position of the value at *path*; of its key if it is a mapping or list that has one."""
        if isinstance(self.value(path), (dict, list)) and path in self.keys:
            return self.keys[path]
        return self.values.get(path, (1, 1))

    def named(self, names: str) -> str:
        """Return the position of what ids lead to, as in ``plans.today``; as far as the file goes along with them."""
        here, path = self.written, list[str | int]()
        for name in names.split("."):
            ids = [item.get("id") for item in here if isinstance(item, dict)] if isinstance(here, list) else []
            part: str | int = next((i for i, of in enumerate(ids) if of == name.partition("/")[0]), name)
            if not _has(here, part):
                break
            here = here[part]
            path.append(part)
        return self.at(self.start(tuple(path))) if path else self.where

    def place(self, problem: Problem, path: Path_ | None = None) -> LocatedProblem:
        """Return *problem* with the position of the value at *path*, by default its own path.

        A problem that already has a position, in another file, keeps it.
        """
        if path is None:
            path, _ = self.split(loc_of(problem.path))
        position = self.start(path)
        return LocatedProblem(position, path, replace(problem, where=problem.where or self.at(position)))


def at(where: str, position: Position) -> str:
    """Format a position in the file *where* as ``file:line:column``."""
    return f"{where}:{position[0]}:{position[1]}"


def loc_of(dots: str) -> Path_:
    """Parse a dotted path into keys and list indices.

    Examples
    --------
    >>> loc_of("plans.0.stations")
    ('plans', 0, 'stations')
    """
    return tuple(int(part) if part.isdecimal() else part for part in dots.split(".") if part)


def refusal(where: str, code: str, **values: object) -> ScenarioError:
    """Return the error of a file that cannot be read any further."""
    return ScenarioError([Problem(code, where=where, values=values)])


def _has(data: Any, part: str | int) -> bool:
    if isinstance(data, Mapping):
        return part in data
    return isinstance(data, list) and isinstance(part, int) and 0 <= part < len(data)


def _with(data: Any, path: Path_, value: Any) -> Any:
    """Return *data* with *value* at *path*: mappings and lists along the path are copied, the rest is shared."""
    if not path:
        return value
    first, rest = path[0], path[1:]
    copy: Any = list(data) if isinstance(data, list) else dict(data)
    copy[first] = _with(copy[first], rest, value)
    return copy
