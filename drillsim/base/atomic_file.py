"""Atomic file writes: a reader sees the old file or the complete new one, never a part."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from drillsim.base.errors import WriteError


@contextmanager
def atomic_open(path: Path) -> Iterator[BinaryIO]:
    """Yield a binary file to write to; replace *path* with it once it is complete.

    Every write has a temporary file of its own, so several processes may write one file: the last to finish wins. A
    symbolic link is followed: its target is replaced and the link stays. A device or pipe is written as it is.

    Raises
    ------
    WriteError
        If it cannot be written; the message names *path*.
    """
    target = Path(os.path.realpath(path))
    try:
        if target.exists() and not (target.is_file() or target.is_dir()):
            with target.open("wb") as file:
                yield file
            return
        _check_may_be_replaced(target)
        part = target.with_name(f".{secrets.token_hex(8)}.part")
        with _gone_if_it_fails(part):
            with part.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            part.replace(target)
    except OSError as error:
        named = OSError(
            error.errno, error.strerror or str(error), str(path)
        )  # the name as the user wrote it, not that of the temporary file
        raise WriteError(f"{path}: cannot be written: {named.strerror}") from named


def _check_may_be_replaced(target: Path) -> None:
    """Refuse a folder, and a file that its owner has protected: replacing asks for the rights of the folder only."""
    if target.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


@contextmanager
def _gone_if_it_fails(part: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        part.unlink(missing_ok=True)
        raise
