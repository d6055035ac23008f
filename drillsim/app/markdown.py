"""Escaping of text for Markdown."""

from __future__ import annotations

import re
from typing import Final

MARKS: Final = re.compile(r"[\\`*_\[\]#~$<>|&]")
"""Characters with a meaning in Markdown."""


def plain(title: str) -> str:
    """Return a title escaped, so that Markdown shows its asterisks and brackets."""
    return MARKS.sub(r"\\\g<0>", title)
