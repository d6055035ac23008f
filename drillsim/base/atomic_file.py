"""A file that appears whole or not at all, under the name that the user knows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from drillsim.base.errors import WriteError


@contextmanager
def atomic_open(path: Path) -> Iterator[BinaryIO]:
    """Give a file to write to, and put it in the place of *path* when all is written.

    What *path* links to is written, and the link stays.

    Raises
    ------
    WriteError
        If it cannot be written; the message names *path*.
    """
    target = Path(os.path.realpath(path))
    part = target.with_name(target.name + ".part")
    try:
        with part.open("wb") as file, _gone_if_it_fails(part):
            yield file
            file.flush()
            os.fsync(file.fileno())
        with _gone_if_it_fails(part):
            part.replace(target)
    except OSError as error:
        named = OSError(error.errno, error.strerror or str(error), str(path))  # the name that the user knows
        raise WriteError(f"{path}: cannot be written: {named.strerror}") from named


@contextmanager
def _gone_if_it_fails(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        part.unlink(missing_ok=True)
        raise
