"""Text that is shown as it stands although Streamlit reads it as Markdown."""

from __future__ import annotations

import re
from typing import Final

MARKS: Final = re.compile(r"[\\`*_\[\]#~$<>|&]")
"""What means something in Markdown as the app writes it."""


def plain(title: str) -> str:
    """Return a title as Markdown that shows it as it stands, with its asterisks and brackets."""
    return MARKS.sub(r"\\\g<0>", title)
