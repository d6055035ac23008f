"""What stood in a file, as it is shown in a message: on one line, short, harmless on any terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final

LONGEST: Final = 60
"""Characters that are shown (assumption: half a terminal line)."""
_WORDS: Final = {None: "null", True: "true", False: "false"}


def short_repr(value: Any) -> str:
    r"""Return *value* much as a person wrote it, shortened.

    Examples
    --------
    >>> short_repr("a\nb"), short_repr({"kind": "floood", "id": "f"}), short_repr([1, [2]]), short_repr(None)
    ("'a\\nb'", '{kind: floood, id: f}', '[1, […]]', 'null')
    """
    if isinstance(value, str):
        return f"'{printable(value)}'"
    if isinstance(value, Mapping):
        return _listed((f"{key}: {_inner(item)}" for key, item in value.items()), "{}", len(value))
    if isinstance(value, Sequence):
        return _listed((_inner(item) for item in value), "[]", len(value))
    return _scalar(value)


def printable(text: str, most: int = LONGEST) -> str:
    r"""Return *text* on one line, shortened, with escapes for what a terminal would not show.

    Examples
    --------
    >>> printable("西宁\x1b[31m\ud800"), printable("abcdef", 4)
    ('西宁\\x1b[31m\\ud800', 'abc…')
    """
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in cut)


def dotted(path: Iterable[str | int]) -> str:
    """Return a path into a document: ``plans.0.stations.2.node``."""
    return printable(".".join(map(str, path)), 200)


def _inner(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{…}"
    if isinstance(value, str):
        return printable(value)
    return "[…]" if isinstance(value, Sequence) else _scalar(value)


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return _WORDS[value]
    if isinstance(value, int) and abs(value) >= 10**LONGEST:
        return printable(hex(value))  # in decimals it could take minutes
    return printable(f"{value:g}" if isinstance(value, float) else str(value))


def _listed(items: Iterator[str], brackets: str, count: int) -> str:
    """Join as many of *items* as fit."""
    taken: list[str] = []
    for item in islice(items, 12):
        if sum(map(len, taken)) + len(item) > LONGEST:
            break
        taken.append(printable(item))
    rest = ["…"] if len(taken) < count else []
    return brackets[0] + ", ".join(taken + rest) + brackets[1]
