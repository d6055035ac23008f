"""Atomic file writes: a reader sees the old file or the complete new one, never a part."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from drillsim.base.errors import WriteError


@contextmanager
def atomic_open(path: Path) -> Iterator[BinaryIO]:
    """Yield a binary file to write to; replace *path* with it once it is complete.

    A symbolic link is followed: its target is replaced and the link stays.

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
        named = OSError(
            error.errno, error.strerror or str(error), str(path)
        )  # the name as the user wrote it, not that of the temporary file
        raise WriteError(f"{path}: cannot be written: {named.strerror}") from named


@contextmanager
def _gone_if_it_fails(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        part.unlink(missing_ok=True)
        raise
