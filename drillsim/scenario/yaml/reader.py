"""Reads YAML from untrusted sources into plain values, with the position and the problems of each.

YAML 1.2, and of that only what a scenario needs: mappings with text keys, lists, texts, numbers, true, false,
null. Aliases and tags are refused, so a file can neither expand nor run code; limits are checked before the
work that they bound. Nothing recurses, so deep nesting cannot overflow the stack.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, StringMark, YAMLError
from ruamel.yaml.reader import ReaderError

from drillsim.base import text_encoding
from drillsim.base.errors import Problem, ScenarioError
from drillsim.base.text_encoding import EncodingError
from drillsim.scenario.yaml.composer import MOST_NODES, Composer, position_of
from drillsim.scenario.yaml.document import Document, at, refusal

MOST_BYTES: Final = 20_000_000
"""Largest file that is accepted (assumption: so much holds a million values)."""
MOST_LINE: Final = 100_000
"""Longest line that is accepted, in characters; longer ones make the scanner slow (assumption)."""


def read_yaml(path: Path | str) -> Document:
    """Read a file.

    Raises
    ------
    ScenarioError
        If it cannot be read at all, with the first reason.
    """
    return parse_yaml(read_text(path), str(path))


def read_text(path: Path | str) -> str:
    """Return the text of a file, after checking its type and size.

    Raises
    ------
    ScenarioError
        If it does not exist, is not a regular file, is too large, or is not UTF-8.
    """
    path = Path(path)
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise refusal(str(path), "file_is_folder")
        if not stat.S_ISREG(status.st_mode):
            raise refusal(str(path), "file_not_regular")
        if status.st_size > MOST_BYTES:
            raise refusal(str(path), "file_too_large", most=f"{MOST_BYTES // 10**6} MB")
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise refusal(str(path), "file_missing") from error
    except ValueError as error:  # a name that no file can have: one with a NUL, or half a character
        if isinstance(error, ScenarioError):
            raise
        raise refusal(ascii(str(path)), "file_missing") from error
    except OSError as error:
        raise refusal(str(path), "file_unreadable", why=error.strerror or str(error)) from error
    return decoded(content, str(path))


def decoded(content: bytes, where: str) -> str:
    """Decode the content of a file.

    Raises
    ------
    ScenarioError
        If it is not UTF-8, with the position of the first byte that is not, or not what its first line says.
    """
    try:
        return text_encoding.decoded(content)
    except EncodingError as error:
        if isinstance(cause := error.__cause__, UnicodeDecodeError) and error.code == "not_utf8":
            before = content[: cause.start]
            line, column = before.count(b"\n") + 1, cause.start - (before.rfind(b"\n") + 1) + 1
            where = f"{where}:{line}:{column}"
        raise refusal(where, error.code, **error.values) from error


def parse_yaml(text: str, where: str = "text") -> Document:
    """Return the values in *text*, with the position of each.

    Raises
    ------
    ScenarioError
        If it is not YAML, is empty, holds more than one document, or exceeds a limit.
    """
    _check_characters(text, where)
    _check_count(text, where)
    composer = Composer(where)
    for event in _events(text, where):
        composer.take(event)
    return composer.document()


def _check_characters(text: str, where: str) -> None:
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise refusal(at(where, (line, nul - text.rfind("\n", 0, nul))), "nul")
    for number, line_text in enumerate(text.split("\n"), start=1):
        if len(line_text) > MOST_LINE:
            raise refusal(at(where, (number, 1)), "line_too_long", length=len(line_text), most=MOST_LINE)


_DELIMITERS: Final = ((re.compile(r"^ *- ", re.MULTILINE), 1), (re.compile(r": "), 2), (re.compile(","), 1))
"""Patterns that delimit values, and how many values each accounts for: two for a key and its value.

Prose contains them too, but not a million times within the largest file that is accepted.
"""


def _check_count(text: str, where: str) -> None:
    """Refuse a text with far too many values before it is scanned, which would take seconds."""
    for delimiter, values in _DELIMITERS:
        last = next(islice(delimiter.finditer(text), MOST_NODES // values, None), None)
        if last is not None:
            before = text[: last.start()]
            position = (before.count("\n") + 1, last.start() - before.rfind("\n"))
            raise refusal(at(where, position), "too_many_nodes", most=MOST_NODES)


def _events(text: str, where: str) -> Iterator[Any]:
    """Yield the events of the parser; turn any error of it, or bug in it, into a problem with a position."""
    try:
        yield from YAML(typ="safe", pure=True).parse(text)
    except MarkedYAMLError as error:
        raise ScenarioError([_syntax_problem(error, where)]) from error
    except ReaderError as error:
        before = text[: error.position] if isinstance(error.position, int) else ""
        position = (before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
        raise refusal(at(where, position), "yaml_character") from error
    except (YAMLError, *_STUMBLES) as error:
        if isinstance(error, ScenarioError):
            raise
        raise refusal(where, "yaml_broken", problem=type(error).__name__) from error


_STUMBLES: Final = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)
"""Exceptions, besides its own, that the scanner is known to raise on malformed input."""
_PROBLEMS: Final = (
    ("'\\t'", "yaml_tab"),
    ("mapping values are not allowed", "yaml_colon"),
    ("could not find expected ':'", "yaml_no_colon"),
    ("expected <block end>", "yaml_indent"),
    ("expected ',' or", "yaml_bracket"),
    ("quoted scalar", "yaml_quote"),
    ("undefined alias", "yaml_alias"),
)


def _syntax_problem(error: MarkedYAMLError, where: str) -> Problem:
    reason = f"{error.problem or ''} {error.context or ''}"
    code = next((code for part, code in _PROBLEMS if part in reason), "yaml_syntax")
    mark = error.problem_mark or error.context_mark
    place = at(where, position_of(mark)) if isinstance(mark, StringMark) else where
    return Problem(code, where=place, values={"problem": " ".join(str(error.problem or error.context).split())})
