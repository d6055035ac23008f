"""Why a file cannot be read or written, in words for people."""

from __future__ import annotations

import errno
from typing import Final

from drillsim.language import say

_REASONS: Final = {
    errno.EACCES: "file.not_allowed",
    errno.EPERM: "file.not_allowed",
    errno.EROFS: "file.not_allowed",
    errno.ENOENT: "file.not_there",
    errno.ENOSPC: "file.disk_full",
    errno.EDQUOT: "file.disk_full",
}


def reason_of(error: OSError, lang: str) -> str:
    """Return the name of the file that could not be read or written, and the reason.

    Examples
    --------
    >>> reason_of(OSError(errno.ENOSPC, "No space left on device", "out.json"), "en")
    'out.json: the disk is full'
    """
    cause = error.__cause__ if isinstance(error.__cause__, OSError) else error  # a WriteError says why by its cause
    key = _REASONS.get(cause.errno or 0)
    text = say(key, lang) if key else cause.strerror or str(cause)
    file = str(cause.filename or "")
    return f"{file}: {text}" if file else text
