"""Resolves an unquoted YAML 1.2 scalar: a number, true, false, null, or the text itself."""

from __future__ import annotations

import re
from typing import Final

LONGEST_NUMBER: Final = 40
"""Characters beyond which a number is a typing error, and slow to convert (assumption)."""

_WORDS: Final[dict[str, bool | None]] = {
    "": None, "~": None, "null": None, "Null": None, "NULL": None,
    "true": True, "True": True, "TRUE": True,
    "false": False, "False": False, "FALSE": False,
}  # fmt: skip
_SPECIAL: Final = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)")
_INTEGER: Final = re.compile(r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")


class NumberTooLongError(ValueError):
    """A number with more digits than any quantity has."""


def plain_value(text: str) -> str | int | float | bool | None:
    """Return the value that an unquoted *text* stands for in the core schema of YAML 1.2.

    A clock time and a date stay texts.

    Raises
    ------
    NumberTooLongError
        If it is a number of more than 40 characters.

    Examples
    --------
    >>> plain_value("12"), plain_value("1.5e3"), plain_value("10:30"), plain_value("no"), plain_value("~")
    (12, 1500.0, '10:30', 'no', None)
    """
    if text in _WORDS:
        return _WORDS[text]
    if _SPECIAL.fullmatch(text):
        return float(text.replace(".", "", 1))
    integer = _INTEGER.fullmatch(text)
    if not integer and not _FLOAT.fullmatch(text):
        return text
    if len(text) > LONGEST_NUMBER:
        raise NumberTooLongError
    return _integer(text) if integer else float(text)


def _integer(text: str) -> int:
    if text.startswith(("0o", "0x")):
        return int(text, 0)
    return int(text)
