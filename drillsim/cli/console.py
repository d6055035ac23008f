"""Console output: text, tables, times and progress."""

from __future__ import annotations

import json
import math
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, Final

from rich import box
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

NEVER = "–"
STEPS: Final = 10
"""Lines of progress at most: one for each tenth of the work."""
BETWEEN_LINES_S: Final = 5.0
"""Least time between two lines of progress; shorter work prints none. [s]"""


class _Printer(Console):
    """A console that raises on a closed pipe, so that the command can end quietly."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def printer() -> Console:
    """Return a console on standard output: no markup, no highlighting, 80 columns if it is not a terminal."""
    return _Printer(highlight=False, markup=False, emoji=False, soft_wrap=False)


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]], *, right: Iterable[int] = ()) -> None:
    """Print a table; the columns *right* hold numbers. Without rows, print nothing."""
    rows = list(rows)
    if not rows:
        return
    table = Table(title=Text(title, style="bold"), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    numbers = set(right)
    for i, name in enumerate(head):
        table.add_column(Text(name), justify="right" if i in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    printer().print(table)


def print_text(text: str = "") -> None:
    """Print a line of text, wrapped at words."""
    printer().print(Text(text))


def print_aside(text: str) -> None:
    """Print a line of text to standard error: standard output is being read by a program."""
    sys.stderr.write(text + "\n")


def print_json(value: Any) -> None:
    """Print JSON; what never happens is ``"never"``."""
    sys.stdout.write(json.dumps(_plain(value), ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def _plain(value: Any) -> Any:
    if isinstance(value, float) and not math.isfinite(value):
        return None if math.isnan(value) else "never"
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def hours(t_s: float) -> str:
    """Return a time as h:mm, rounded to the minute; a dash for what never happens.

    Examples
    --------
    >>> hours(5400.0), hours(math.inf), hours(-60.0)
    ('1:30', '–', '-0:01')
    """
    if not math.isfinite(t_s):
        return NEVER
    minutes = round(abs(t_s) / 60)
    return f"{'-' if t_s < 0 and minutes else ''}{minutes // 60}:{minutes % 60:02d}"


def clock(startex: datetime, t_s: float) -> str:
    """Return the clock time of a moment, with the number of days after STARTEX if any; a dash for never.

    Examples
    --------
    >>> clock(datetime(2021, 3, 29, 7), 5400.0), clock(datetime(2021, 3, 29, 23), 7200.0)
    ('08:30', '+1 01:00')
    """
    if not math.isfinite(t_s):
        return NEVER
    moment = startex + timedelta(seconds=round(t_s / 60) * 60)
    days = (moment.date() - startex.date()).days
    return f"+{days} {moment:%H:%M}" if days else f"{moment:%H:%M}"


def moment(startex: datetime, t_s: float) -> str:
    """Return a moment for a table cell: h:mm after STARTEX, and the clock below."""
    return f"{hours(t_s)}\n{clock(startex, t_s)}" if math.isfinite(t_s) else NEVER


KILOMETRE_M: Final = 999.5
"""Length from which on it is shown in km: below, it rounds to three digits."""


def quantity(value: float, unit: str) -> str:
    """Return the value of a metric with its unit, for people.

    Examples
    --------
    >>> quantity(1.78, "m"), quantity(350.4, "m")
    ('1.78 m', '350 m')
    >>> quantity(5400.0, "s"), quantity(12345.0, "m"), quantity(0.256, "1"), quantity(3.0, "")
    ('1:30', '12.3 km', '25.6 %', '3')
    """
    if not math.isfinite(value):
        return NEVER
    if unit == "s":
        return hours(value)
    if unit == "m":
        return f"{value / 1000:.1f} km" if abs(value) >= KILOMETRE_M else f"{value:.3g} m"
    return f"{100 * value:.1f} %" if unit == "1" else f"{value:.4g}"


class _Lines:
    """Progress as lines: at most one for each step, and never two in quick succession."""

    def __init__(self, what: str) -> None:
        self._what = what
        self._steps = 0
        self._printed_at_s = time.monotonic()

    def __call__(self, done: int, total: int) -> None:
        steps, now_s = STEPS * done // total, time.monotonic()
        if steps > self._steps and now_s - self._printed_at_s >= BETWEEN_LINES_S:
            self._steps, self._printed_at_s = steps, now_s
            sys.stderr.write(f"{self._what}: {done}/{total}\n")
            sys.stderr.flush()


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int], None]]:
    """Show a progress bar on standard error, or occasional lines if that is not a terminal."""
    if not sys.stderr.isatty():
        yield _Lines(what)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
