"""CSV files as people and programs write them: with commas, semicolons or tabs, packed or not; every line numbered."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from drillsim.base.errors import NetworkError, Problem
from drillsim.base.text_encoding import EncodingError, decoded

DELIMITERS: Final = (",", ";", "\t")
HEAD: Final = 1000
"""Characters that tell the delimiter where titles may stand above the names of the columns."""
Line = tuple[int, list[str]]
"""Number of the line on which a row ends, as an editor counts them, and its cells."""


def read_csv(path: Path, *, most_bytes: int, titled: bool = False, encoding: str = "") -> list[Line]:
    """Return the rows of a CSV file, the names of the columns among them; blank lines are left out.

    Parameters
    ----------
    most_bytes
        Size from which on the file is refused, unpacked. [bytes]
    titled
        Whether titles and other tables may stand above the names of the columns.
    encoding
        What its user says; see :func:`drillsim.base.text_encoding.decoded`.

    Raises
    ------
    NetworkError
        If it cannot be read.
    """
    text = read_text(path, most_bytes=most_bytes, encoding=encoding)
    try:
        return list(lines_of(text, titled=titled))
    except csv.Error as error:
        raise NetworkError([Problem("file_unreadable", where=str(path), values={"why": reason(error)})]) from None


def read_text(path: Path, *, most_bytes: int, encoding: str = "") -> str:
    """Return the text of a file, which is unpacked if it is called ``.gz``; a byte order mark is left out.

    It is in UTF-8 unless the file or its user says otherwise.

    Raises
    ------
    NetworkError
        If it is missing, a folder, too large, damaged or not in its encoding.
    """
    where = str(path)
    try:
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            content = file.read(most_bytes + 1)
        if len(content) > most_bytes:
            raise NetworkError([Problem("file_too_large", where=where, values={"most": f"{most_bytes // 10**6} MB"})])
        return decoded(content, encoding=encoding, path=path)
    except EncodingError as error:
        code = "not_utf8_table" if error.code == "not_utf8" else error.code
        raise NetworkError([Problem(code, where=where, values=error.values)]) from None
    except FileNotFoundError:
        raise NetworkError([Problem("file_missing", where=where)]) from None
    except IsADirectoryError:
        raise NetworkError([Problem("file_is_folder", where=where)]) from None
    except (OSError, EOFError, zlib.error) as error:
        raise NetworkError([Problem("file_unreadable", where=where, values={"why": reason(error)})]) from None


def lines_of(text: str, *, titled: bool = False) -> Iterator[Line]:
    r"""Yield the rows of a table; see :func:`read_csv`.

    Examples
    --------
    >>> list(lines_of('id;name\n1;"two\nlines"\n\n2;x'))
    [(1, ['id', 'name']), (3, ['1', 'two\nlines']), (5, ['2', 'x'])]
    """
    file = io.StringIO(text, newline="")
    head = text[:HEAD] if titled else text.lstrip("\r\n").partition("\n")[0]
    reader = csv.reader(file, delimiter=delimiter_of(head))
    yield from ((reader.line_num, cells) for cells in reader if cells)


def delimiter_of(head: str) -> str:
    """Return what stands between the cells, by the beginning of a table: in some countries programs write semicolons.

    Examples
    --------
    >>> delimiter_of("id;lat;lon"), delimiter_of("id,lat,lon"), delimiter_of("id")
    (';', ',', ',')
    """
    return max(DELIMITERS, key=head.count)


def reason(error: Exception) -> str:
    """Return why a file cannot be read, without its name, which stands before it."""
    return getattr(error, "strerror", None) or str(error)
