"""Every error that drillsim raises on purpose.

* :class:`DrillsimError`: the root; catch this one to catch them all

  * :class:`InputError`: something a person wrote is wrong; it lists every :class:`Problem`

    * :class:`ScenarioError`: in a scenario or plan
    * :class:`NetworkError`: in a road network

  * :class:`UnknownNameError`: a name that nothing answers to
  * :class:`PluginError`: a hazard, scenario kind or policy does not keep its contract
  * :class:`TraceError`: a trace file cannot be read
  * :class:`OutcomeError`: outcomes cannot be read, or do not belong together
  * :class:`WriteError`: a file cannot be written
  * :class:`InvariantError`: a trace contradicts itself

Every class takes exactly one positional argument, because SimPy rebuilds an exception that crosses a
process as ``type(exc)(*exc.args)``.
"""

from __future__ import annotations

import heapq
import traceback
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from drillsim.language import message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in an input: where, what, what was got."""

    code: str
    """Key of the message in :mod:`drillsim.language.messages`."""
    path: str = ""
    """Where inside the document: ``plans.0.stations.2.node``."""
    where: str = ""
    """``file:line:column`` where known, else the name of the document."""
    values: Mapping[str, object] = field(default_factory=dict)
    """What the message needs to be written out."""
    got: str = ""
    """What stood there, shortened."""

    def text(self, lang: str = "en") -> str:
        """Return the problem as one line in *lang* (``en`` or ``zh``)."""
        text = message(self.code, lang, **self.values)
        got = message("got", lang, got=self.got) if self.got else ""
        head = ": ".join(part for part in (self.where, self.path) if part)
        return f"{head}: {text}{got}" if head else f"{text}{got}"


class DrillsimError(Exception):
    """Root of all errors that drillsim raises on purpose."""


class InputError(DrillsimError, ValueError):
    """Something a person wrote is wrong; the message lists every problem found.

    Parameters
    ----------
    problems
        At least one :class:`Problem`.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def text(self, lang: str = "en") -> str:
        """Return a heading and one line per problem, in *lang*."""
        lines = [message("n_faults", lang, n=len(self.problems))]
        return "\n".join(lines + [f"  {problem.text(lang)}" for problem in self.problems])

    def __str__(self) -> str:
        return self.text()


class ScenarioError(InputError):
    """A scenario or plan says something impossible; the message says where and what to write."""


class NetworkError(InputError):
    """A road network breaks the graph contract."""


class SeedError(InputError):
    """A seed or the number of a replication is no whole number from 0, or too large."""


class UnknownNameError(DrillsimError, LookupError):
    """A name that nothing answers to; the message guesses the intended one."""


class PluginError(DrillsimError):
    """A hazard, scenario kind or policy does not keep its contract."""


_OURS: Final = "drillsim.engine."
"""Modules that call plug-ins."""


@contextmanager
def blaming(plugin: str) -> Iterator[None]:
    """Turn whatever a plug-in raises into a :class:`PluginError` that names it, and the line where it failed."""
    try:
        yield
    except DrillsimError:
        raise
    except (Exception, SystemExit) as error:  # nor may it end the program
        raise PluginError(f"{plugin} failed: {type(error).__name__}: {error}{_line_of(error)}") from error


def _line_of(error: BaseException) -> str:
    """Return file and line where a plug-in failed, in brackets; nothing if it was not even entered.

    That is the last line of its own package: what it called further down failed because of it.
    """
    steps = [
        (str(frame.f_globals.get("__name__")), f"{frame.f_code.co_filename}:{line}")
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    entered = [(module, line) for module, line in steps if module != __name__ and not module.startswith(_OURS)]
    if not entered:
        return ""
    package = entered[0][0].partition(".")[0]
    return f" ({[line for module, line in entered if module.partition('.')[0] == package][-1]})"


class TraceError(DrillsimError, ValueError):
    """A trace cannot be read."""


class OutcomeError(DrillsimError, ValueError):
    """Outcomes cannot be read, or do not belong together."""


class WriteError(DrillsimError, OSError):
    """A file cannot be written; the message names it and says why, and its cause is what the system said."""


class InvariantError(DrillsimError, AssertionError):
    """A trace contradicts itself; the message lists the contradictions."""


MOST_GUESSED = 5000
"""Names among which a misspelt one is looked for; in a million that would take minutes."""


def guess(name: str, known: Iterable[str]) -> str | None:
    """Return the *known* name that *name* most likely stands for, or None.

    Examples
    --------
    >>> guess("nearst", ["nearest", "priority"])
    'nearest'
    """
    known = list(known)
    if len(known) > MOST_GUESSED:
        return next((other for other in known if other.casefold() == name.casefold()), None)
    close = get_close_matches(name, sorted(known), n=1)
    return close[0] if close else None


def some_of(known: Iterable[str], most: int = 20) -> str:
    """Return the first of the *known* names, and whether there are more.

    Examples
    --------
    >>> some_of(["b", "a", "c"], most=2)
    'a, b, …'
    """
    first = heapq.nsmallest(most + 1, known)
    return ", ".join([*first[:most], "…"] if len(first) > most else first) or "-"


def unknown_name(what: str, name: str, known: Iterable[str], lang: str = "en") -> str:
    """Say that *name* is not a known *what*, guess the intended one, list the rest.

    Examples
    --------
    >>> unknown_name("plan", "tow", ["one", "two"])
    "unknown plan 'tow'. Did you mean 'two'? Known: one, two"
    """
    known = list(known)
    hint = guess(name, known)
    code = "unknown_name_guess" if hint else "unknown_name"
    return message(code, lang, what=what, name=name, guess=hint, known=some_of(known))
