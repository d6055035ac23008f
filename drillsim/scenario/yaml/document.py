"""What was read from a YAML file: plain values, where each stands, and what is wrong with single ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from drillsim.base.errors import Problem, ScenarioError

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
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with single values, though the rest could be read."""
    refused: set[Path_] = field(default_factory=set)
    """Paths of values that were refused: what stands there in ``data`` means nothing."""

    def at(self, position: Position) -> str:
        """Return a position as ``file:line:column``."""
        return f"{self.where}:{position[0]}:{position[1]}"


def refusal(where: str, code: str, **values: object) -> ScenarioError:
    """Return the error of a file that cannot be read on."""
    return ScenarioError([Problem(code, where=where, values=values)])
