"""A panel: one picture of a run, and what every one must say of itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
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

    @property
    def name(self) -> str:
        """What tells it from every other panel."""
        return type(self).__name__

    @abstractmethod
    def applies(self, trace: Trace, scenario: Scenario) -> bool:
        """Return whether it has anything to show of this run."""

    @abstractmethod
    def draw(self, trace: Trace, scenario: Scenario, lang: str) -> Picture:
        """Return the picture, with its words in *lang*."""
