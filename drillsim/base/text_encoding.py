"""The encoding of a text file: UTF-8, or what the file, a file beside it or its user says; never a guess."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Final

MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"), (b"\x84\x31\x95\x33", "gb18030"), (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)  # fmt: skip
"""Byte order marks; the second is that of GB18030."""
DECLARED: Final = re.compile(rb"\A#[^\n]*?coding[:=][ \t]*([-\w.]+)[^\n]*(?:\n|\Z)")
"""A first line such as ``# encoding: gb18030`` (as PEP 263 has it for Python)."""
KNOWN: Final = {
    "utf-8": "utf-8", "utf-8-sig": "utf-8", "gb18030": "gb18030", "gbk": "gb18030", "gb2312": "gb18030",
    "big5": "big5", "utf-16": "utf-16", "cp1252": "cp1252", "iso8859-1": "cp1252",
}  # fmt: skip
"""Encodings that are read; GB18030 holds GBK and GB 2312."""
CODE_PAGES: Final = {"936": "gb18030", "54936": "gb18030", "65001": "utf-8", "950": "big5", "1252": "cp1252"}


class EncodingError(ValueError):
    """A text that is not in its encoding: the name of a message in the context ``error``, and its values."""

    def __init__(self, code: str, **values: object) -> None:
        self.code, self.values = code, values
        super().__init__(code)


def decoded(content: bytes, *, encoding: str = "", path: Path | None = None) -> str:
    r"""Return the text of a file, without its byte order mark; a line that declares the encoding is left blank.

    Parameters
    ----------
    encoding
        What its user says; else a mark, a declaring first line, or a file ``.cpg`` beside *path* says it; else UTF-8.

    Raises
    ------
    EncodingError
        If the encoding is unknown, or the text is not in it; what is not said is not guessed.

    Examples
    --------
    >>> decoded("# encoding: gb18030\nid\n西宁".encode("gb18030"))
    '\nid\n西宁'
    >>> decoded("西宁".encode("gbk"), encoding="GBK")
    '西宁'
    """
    marked = next((name for mark, name in MARKS if content.startswith(mark)), "")
    first = DECLARED.match(content)
    declared = first[1].decode("ascii", "replace") if first else ""
    said = encoding or marked or declared or _beside(path)
    name = _known(said) if said else "utf-8"
    try:
        text = content.decode(name)
    except UnicodeError as error:
        raise EncodingError("not_encoded" if said else "not_utf8", name=said) from error
    text = text.removeprefix("\ufeff")
    return text[text.index("\n") if "\n" in text else len(text) :] if first else text


def _beside(path: Path | None) -> str:
    """Return what a file ``.cpg`` beside a table says, as those beside the tables of shapefiles do."""
    if path is None:
        return ""
    file = path.with_suffix(".cpg")
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()[:40] if file.is_file() else ""
    except OSError:
        return ""


def _known(said: str) -> str:
    try:
        return CODE_PAGES[said] if said in CODE_PAGES else KNOWN[codecs.lookup(said).name]
    except (LookupError, ValueError):
        known = ", ".join(sorted({*KNOWN.values(), "gbk"}))
        raise EncodingError("encoding_unknown", name=said[:40], known=known) from None
