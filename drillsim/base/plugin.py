"""What a plug-in tells of itself in its own file: its words, an example, its metrics and its pictures."""

from __future__ import annotations

from abc import ABC
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, ClassVar, Final, Literal, Self

from drillsim.base.errors import PluginError
from drillsim.base.quantities import Model
from drillsim.language import DeclaredTwiceError, Key, Term, declare
from drillsim.language.catalogue import SOURCE, catalogue

CONTEXTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "field": "a field of the file",
        "value": "a stage, a state of people, a measure, an intervention, a choice of a field",
        "task": "a task without a title, by its id",
        "incident_type": "a type of incident",
        "capability": "something that units can do",
        "supply": "something that tasks use up",
        "error": "an incompatibility, or another problem of the file, by its code",
        "advisory": "an advisory, by its code",
        "quantity": "what a valid range is about",
        "metric": "the title of a metric",
        "unit": "the unit of a metric that drillsim does not know",
        "picture": "the title of a picture",
        "column": "a column of a picture",
    }
)
"""What a word may stand for: the first part of its key, before the dot."""


UNITS: Final = ("", "1", "s", "m", "h", "kW", "person", "person·h", "floor", "tank")
"""Units of metrics that need no word: empty for a count, ``1`` for a share that is shown in percent. Times in ``s`` are
shown in minutes or hours where they are long, lengths in ``m`` from 1000 m on in km."""


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric that a plug-in brings; its title is among its words, under ``metric.NAME``."""

    values: Callable[[Any], Mapping[str, float]]
    """Returns, of a :class:`drillsim.trace.trace.Trace`, case → value; no case where it does not apply. Its docstring
    is the description on the reference page."""
    unit: str = ""
    """Unit: one of :data:`UNITS`, or one that the plug-in has a word for, under ``unit.NAME``; empty for a count."""


Row = Mapping[str, float | str]


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart of a run that a plug-in brings, as a description; its title is a word, under ``picture.NAME``.

    A column is called what its word says, under ``column.NAME``; ``h``, hours after STARTEX, has one already. Text in a
    column is shown as the word ``value.TEXT``, or as it stands if there is none: the id of a hazard.
    """

    rows: Callable[[Any], Iterable[Row]]
    """Returns the rows, of a :class:`drillsim.trace.trace.Trace`; none where there is nothing to show."""
    x: str
    """Column along the horizontal axis."""
    y: str
    """Column along the vertical axis."""
    colour: str = ""
    """Column that tells the curves apart; one curve if empty."""
    mark: Literal["line", "step", "area", "bar", "point"] = "line"
    """How rows are drawn; ``step`` holds a value until the next row."""
    rank: int = 50
    """Where it stands among the other pictures: low numbers come first."""


class Plugin(Model, ABC):
    """Base of hazards, scenario kinds and dispatch policies: everything about one stands in its class."""

    words: ClassVar[Mapping[str, Term]] = {}
    """What it is called and what it says, in English and Chinese. ``title`` and ``about`` are needed; of ``about``,
    the English is the first line: ``Term(__doc__, "…")``. The rest is ``CONTEXT.NAME``, see :data:`CONTEXTS`: a field,
    a stage, an advisory that no other plug-in has said already."""
    metrics: ClassVar[Mapping[str, Metric]] = {}
    """Metrics that it brings, by name."""
    pictures: ClassVar[Mapping[str, Picture]] = {}
    """Pictures that it brings, by name."""

    kind: str
    """Name in a file. A subclass writes ``kind: Literal["…"] = "…"``."""

    @classmethod
    def example(cls) -> Self:
        """Return one with sensible parameters, on the example ground.

        That ground has the places ``town`` and ``village`` and the road section ``town--village:`` between them, see
        :mod:`drillsim.scenario.example`. The contract tests are tried on it, the reference page shows it, and
        ``drillsim new`` writes it into a scenario.
        """
        raise PluginError(f"{cls.__module__}: {cls.__name__} lacks example(); {HOW}")


def declare_words(cls: type[Plugin], kind: str, origin: str) -> None:
    """Make the words of a plug-in known.

    Raises
    ------
    PluginError
        If it lacks one that each must have, drillsim or another plug-in has another word under one of its keys, or
        nobody has a word for the unit of a metric.
    """
    missing = [f"words[{name!r}]" for name in ("title", "about") if name not in cls.__dict__.get("words", {})]
    missing += [] if "example" in cls.__dict__ else ["example()"]
    if missing:
        raise PluginError(f"{origin}: {cls.__name__} lacks {', '.join(missing)}; {HOW}")
    for old, new in RENAMED_HOOKS.items():
        if hasattr(cls, old):
            raise PluginError(f"{origin}: {cls.__name__}.{old} is never called; it is called {new} now")
    untitled = [f"metric.{name}" for name in cls.metrics] + [f"picture.{name}" for name in cls.pictures]
    untitled = [f'"{key}": Term("…", "…")' for key in untitled if key not in cls.words]
    if untitled:
        raise PluginError(f"{origin}: {cls.__name__} lacks titles; add to words: {', '.join(untitled)}")
    _check_units(cls, origin)
    words = {_key(name, kind, cls, origin): _first_line(term) for name, term in cls.words.items()}
    if not cls.__module__.startswith("drillsim."):  # of its own, tests see to it
        _refuse_words_of_drillsim(words, kind, origin)
    try:
        declare(words, f"{kind} ({cls.__module__})")
    except DeclaredTwiceError as error:
        raise PluginError(f"{origin}: the word {error}; {RENAME.format(kind=kind)}") from error


RENAMED_HOOKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "misfits": "incompatibilities",
        "weather_misfits": "incompatibilities",
        "strikes": "explosions",
        "struck": "hit_by",
        "halts_work": "withdrawal_signal",
        "lets_go": "releases_idle_units",
        "notes": "advisories",
        "people_of_their_own": "needs_separate_crews",
    }
)
"""Hooks by the names that they had once: a class with one of them would silently do less than its author thinks."""


def _check_units(cls: type[Plugin], origin: str) -> None:
    for name, metric in cls.metrics.items():
        unit = getattr(metric, "unit", "")
        if unit not in UNITS and f"unit.{unit}" not in cls.words:
            known = ", ".join(repr(one) for one in UNITS)
            raise PluginError(
                f"{origin}: the metric {name!r} of {cls.__name__} has the unit {unit!r}; "
                f'add to words: "unit.{unit}": Term("{unit}", "…"), or use one of {known}'
            )


def _refuse_words_of_drillsim(words: Mapping[Key, Term], kind: str, origin: str) -> None:
    own = catalogue(SOURCE)
    for key, term in words.items():
        if own.get(key, term.en) != term.en:
            raise PluginError(
                f"{origin}: the word {'.'.join(key)} is {term.en!r} here and {own[key]!r} in drillsim itself;"
                f" {RENAME.format(kind=kind)}"
            )


RENAME: Final = "say the same, or give what it names (a field, a stage, a code) a name of its own: {kind}_…"
HOW: Final = (
    'write  words = {"title": Term("Grass fire", "草原火灾"), "about": Term(__doc__, "…")}'
    "  and  @classmethod def example(cls): return cls(id=…)  into the class"
)


def _key(name: str, kind: str, cls: type[Plugin], origin: str) -> Key:
    context, _, word = name.partition(".")
    if name in {"title", "about"}:
        return ("kind" if name == "title" else "about"), kind
    if context not in CONTEXTS or not word:
        known = ", ".join(f"{one}.…" for one in CONTEXTS)
        raise PluginError(f"{origin}: {cls.__name__} has a word {name!r}; a key is title, about, or one of {known}")
    return context, word


def _first_line(term: Term) -> Term:
    """Return a term without what follows its first line: that of a docstring says what a class is."""
    return Term(term.en.strip().partition("\n")[0], term.zh)
