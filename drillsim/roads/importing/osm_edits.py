"""What an editor has deleted and not uploaded: JOSM keeps it in its files with ``action='delete'``."""

from __future__ import annotations

import bz2
import gzip
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

Deleted = frozenset[tuple[str, int]]
"""``n``, ``w`` or ``r`` and the number of an object."""
OPENERS: Final[Mapping[str, Callable[..., Any]]] = {"osm": open, "osm.gz": gzip.open, "osm.bz2": bz2.open}
CHUNK: Final = 1 << 22
"""Bytes read at once."""
LONGEST: Final = 1 << 16
"""Bytes of the longest opening tag."""
TAG: Final = re.compile(rb"<(n|w|r)(?:ode|ay|elation)\s[^<>]*?\baction\s*=\s*(?:'delete'|\"delete\")[^<>]*>")
NUMBER: Final = re.compile(rb"\sid\s*=\s*['\"](-?\d+)['\"]")


def deleted_in(path: Path, kind: str) -> Deleted:
    """Return the objects of an OpenStreetMap file that are deleted; the parser does not tell.

    Parameters
    ----------
    kind
        Format of the file; only XML has such objects.
    """
    opener = OPENERS.get(kind)
    return frozenset() if opener is None else frozenset(_deleted(path, opener))


def _deleted(path: Path, opener: Callable[..., Any]) -> Iterator[tuple[str, int]]:
    rest = b""
    try:
        with opener(path, "rb") as file:
            while chunk := file.read(CHUNK):
                text = rest + chunk
                for tag in TAG.finditer(text):
                    number = NUMBER.search(tag[0])
                    if number:
                        yield tag[1].decode(), int(number[1])
                rest = text[max(text.rfind(b"<"), len(text) - LONGEST) :]
    except (EOFError, OSError, zlib.error):  # the parser finds the damage too, and says where it is
        return
