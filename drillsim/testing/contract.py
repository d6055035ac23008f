"""What every plug-in keeps: it is described, it has its words, its example can be stored, sent and run."""

from __future__ import annotations

import math
import pickle
from collections.abc import Iterable
from itertools import islice
from typing import Final

from drillsim.base.plugin import Plugin, declare_words
from drillsim.checks import violations
from drillsim.engine import simulate
from drillsim.hazards import Hazard
from drillsim.incidents import IncidentKind
from drillsim.language import has, language_codes, message
from drillsim.language.tasks import task_word
from drillsim.scenario.example import example_scenario, example_world
from drillsim.scenario.model_paths import reachable_models
from drillsim.scenario.plugins import every_plugin, kinds
from drillsim.trace.trace import Trace
from drillsim.world.advisory import Advisory, advisory_breach
from drillsim.world.task import Task
from drillsim.world.weather import Weather

WEATHERS: Final = (
    Weather(),
    Weather(temperature_c=-30.0),
    Weather(temperature_c=45.0),
    Weather(wind_ms=0.0),
    Weather(wind_ms=40.0, wind_from_deg=90.0),
    Weather(temperature_c=-10.0, snow="heavy"),
)
"""Weathers in which a plug-in is tried: mild, frost, heat, calm, a storm from the other side, snow."""
MOST_ROWS = 1000
"""Rows of a picture that are looked at."""


def require(holds: bool, name: str, breach: str) -> None:
    """Raise an ``AssertionError`` that names who breaks the contract, unless it *holds*."""
    if not holds:
        raise AssertionError(f"{name}: {breach}")


def check_declarations(cls: type[Plugin]) -> None:
    """Check that a plug-in and its fields are described and have words, and that its example can be written and sent.

    Raises
    ------
    AssertionError
        With what is wrong and what to write.
    """
    name, kind = cls.__name__, cls.model_fields["kind"].default
    require(isinstance(kind, str), name, "needs a field  kind: Literal['…'] = '…'")
    require(bool(cls.__dict__.get("__doc__")), name, "needs a docstring; its first line says what it is")
    require(bool(cls.model_config.get("frozen")), name, "must be frozen; derive it from Hazard, IncidentKind …")
    require(cls.model_config.get("extra") == "forbid", name, "must forbid unknown fields")
    bare = [field for field, info in cls.model_fields.items() if not info.description]
    require(not bare, name, f"write a docstring under each of these fields: {', '.join(bare)}")
    every_plugin()  # whoever was there before has a word first
    declare_words(cls, kind, cls.__module__)
    require_words(name, "field", (field for model in reachable_models(cls) for field in model.model_fields))
    require_words(name, "metric", cls.metrics)
    strangers = [key for key in cls.words if key.startswith("metric.") and key[7:] not in cls.metrics]
    require(not strangers, name, f"has words for metrics that it does not bring: {', '.join(strangers)}")
    lacking = [key for key, term in cls.words.items() if not (term.en.strip() and term.zh.strip())]
    require(not lacking, name, f"say these in English and in Chinese: {', '.join(lacking)}")
    _check_example(cls)


def _check_example(cls: type[Plugin]) -> None:
    name, example = cls.__name__, cls.example()
    require(type(example) is cls, name, f"example() must return a {name}, not a {type(example).__name__}")
    written = cls.model_validate(example.model_dump(mode="json"))
    require(written == example, name, "its example must be the same when it is written down and read back")
    sent = pickle.loads(pickle.dumps(example))  # noqa: S301  # what we have just pickled
    require(sent == example, name, "its example must be the same in another process (pickle)")


def require_words(name: str, context: str, words: Iterable[str]) -> None:
    """Raise an ``AssertionError`` unless each of *words* has one, in its class or in the catalogue."""
    lacking = sorted({word for word in words if not has(context, word)})
    wanted = ", ".join(f'"{context}.{word}": Term("…", "…")' for word in lacking)
    require(not lacking, name, f"add to words: {wanted}")


def require_task_words(name: str, tasks: Iterable[Task]) -> None:
    """Raise an ``AssertionError`` unless each task has a title or a word, and says what it can be done by in words."""
    tasks = tuple(tasks)
    bare = sorted({task.id for task in tasks if task.title is None and task_word(task.id, "en") == task.id})
    wanted = ", ".join(f'"task.{task}": Term("…", "…")' for task in bare)
    require(not bare, name, f"give these tasks a title, or add to words: {wanted}")
    require_words(name, "capability", (capability for task in tasks for capability in task.capabilities))


def require_advisory_words(name: str, advisories: Iterable[Advisory]) -> None:
    """Raise an ``AssertionError`` unless each advisory has a text, and the parts that the text needs."""
    for one in advisories:
        breach = advisory_breach(one)
        require(not breach, name, breach)


def require_error_words(plugin: Hazard | IncidentKind) -> None:
    """Raise an ``AssertionError`` unless each incompatibility that is met in one of several weathers can be said."""
    name, ground = type(plugin).__name__, example_world().ground
    for weather in WEATHERS:
        for one in plugin.incompatibilities(ground, weather):
            require_words(name, "error", (one.code,))
            try:
                for lang in language_codes():
                    message(one.code, lang, **one.values)
            except KeyError as error:
                breach = f"the incompatibility {one.code!r} lacks the value {error.args[0]!r} that its text needs"
                require(False, name, breach)


def check_run(cls: type[Plugin]) -> Trace:
    """Check that the example runs, that nothing in its trace contradicts itself, and what the plug-in says of it.

    Raises
    ------
    AssertionError
        With what is wrong.
    """
    name, kind = cls.__name__, cls.model_fields["kind"].default
    found = next((known[kind] for known in map(kinds, ("hazards", "incidents", "dispatch")) if kind in known), None)
    require(
        found is cls, name, f"the kind {kind!r} is not found; name its module under  drillsim.plugins  as entry point"
    )
    scenario = example_scenario(kind)
    trace = simulate(scenario, scenario.plan(), seed=1)
    broken = list(islice(violations(trace), 5))
    require(not broken, name, f"its example makes a trace that contradicts itself: {'; '.join(map(str, broken))}")
    for metric, declared in cls.metrics.items():
        values = declared.values(trace)
        require(bool(declared.values.__doc__), name, f"the function of the metric {metric} needs a docstring")
        wrong = [case for case, value in values.items() if math.isnan(value)]
        require(not wrong, name, f"the metric {metric} is no number in the cases {', '.join(wrong)}")
    for picture, drawn in cls.pictures.items():
        columns = {column for column in (drawn.x, drawn.y, drawn.colour) if column}
        require_words(name, "column", columns)
        for row in islice(drawn.rows(trace), MOST_ROWS):
            require(columns <= set(row), name, f"a row of the picture {picture} lacks {', '.join(columns - set(row))}")
    return trace
