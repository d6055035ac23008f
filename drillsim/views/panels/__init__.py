"""Panels: one picture of a run each, shown wherever a run is shown, if it has anything to show.

A new panel is one new file in this folder with one subclass of :class:`Panel`; no page has to be edited.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import cache
from importlib import import_module
from inspect import isabstract
from pkgutil import iter_modules
from typing import Any, ClassVar, TypeAlias

from drillsim.language import Term
from drillsim.scenario.scenario import Scenario
from drillsim.trace.trace import Trace

Chart: TypeAlias = Any  # Altair has no one type that all its charts share
Picture: TypeAlias = Chart | str
"""A chart, or a whole page in HTML that loads nothing from elsewhere: a map."""


class Panel(ABC):
    """One picture of a run."""

    title: ClassVar[Term]
    """What it shows, for people."""
    rank: ClassVar[int] = 50
    """Where it stands among the others: low numbers come first."""

    @abstractmethod
    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether it has anything to show of this run."""

    @abstractmethod
    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Picture:
        """Return the picture, with its words in *lang*."""


@cache
def panels() -> tuple[Panel, ...]:
    """Return every panel, in the order in which they are shown; found once per process."""
    found: list[Panel] = []
    for module in sorted(iter_modules(__path__), key=lambda m: m.name):
        name = f"{__name__}.{module.name}"
        classes = [cls for cls in vars(import_module(name)).values() if isinstance(cls, type)]
        found += [cls() for cls in classes if issubclass(cls, Panel) and cls.__module__ == name and not isabstract(cls)]
    return tuple(sorted(found, key=lambda panel: (panel.rank, type(panel).__name__)))


def panels_for(trace: Trace, scenario: Scenario) -> tuple[Panel, ...]:
    """Return the panels that have something to show of a run."""
    return tuple(panel for panel in panels() if panel.applies(trace, scenario))
